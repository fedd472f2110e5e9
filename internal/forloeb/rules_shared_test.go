package forloeb

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// jointSubmission is a good application for a fællesforløb of so many
// workplaces, each in a municipality of its own.
func jointSubmission(workplaces int, change ...func(s *Submission)) Submission {
	s := goodSubmission()
	s.Type, s.Body, s.Workplace, s.Sector, s.Employees = Joint, MainMED, "", "", ""
	all := Municipalities()
	for n := range workplaces {
		s.Participants = append(s.Participants, Participant{
			Workplace: fmt.Sprintf("Sted nummer %d", n+1), Municipality: all[n%len(all)].Code, Sector: SectorElderly, Employees: Employees20To49,
			Leader: Contact{Name: "Lis Lund", Email: fmt.Sprintf("lis.%d@example.dk", n)},
			Rep:    Representative{Name: "Rie Rask", Role: RoleAMR, Email: fmt.Sprintf("rie.%d@example.dk", n)},
		})
	}
	for _, c := range change {
		c(&s)
	}
	return s
}

func TestB6AForloebAcrossWorkplacesAndMunicipalities(t *testing.T) {
	s := jointSubmission(98)
	require.Empty(t, s.Check(applied))
	seen := map[string]bool{}
	for _, p := range s.Participants {
		seen[p.Municipality] = true
	}
	require.Len(t, seen, 98)
	require.Equal(t, []string{"participants.3.municipality"}, wrong(jointSubmission(5, func(s *Submission) { s.Participants[3].Municipality = "999" }), applied))
}

// The letter is from the day itself.
func TestE1JointForloebFrom9January2019(t *testing.T) {
	opens := time.Date(2019, 1, 9, 0, 0, 0, 0, Copenhagen)
	first := func(at time.Time) []Mistake { return jointSubmission(2).Check(at) }
	require.Empty(t, first(opens))
	require.Equal(t, []Mistake{{Field: "type", Code: MistakeTypeNotOpen, Date: opens, Text: "Fællesforløb"}}, first(opens.Add(-time.Second)))
	require.Empty(t, applicationWith(func(*Submission) {}).Check(opens.Add(-time.Second)), "one workplace could apply all the time")
}

func TestE4TwoOrMoreWorkplacesTakePart(t *testing.T) {
	require.Equal(t, []string{"participants"}, wrong(jointSubmission(0), applied))
	require.Equal(t, []string{"participants"}, wrong(jointSubmission(1), applied))
	require.Empty(t, wrong(jointSubmission(2), applied))
	require.Equal(t, []string{"participants"}, wrong(jointSubmission(99), applied))
	require.Equal(t, []string{"participants.1.workplace"}, wrong(jointSubmission(2, func(s *Submission) {
		s.Participants[1].Workplace, s.Participants[1].Municipality = s.Participants[0].Workplace, s.Participants[0].Municipality
	}), applied))
	require.Equal(t, []string{"participants"}, wrong(applicationWith(func(s *Submission) { s.Participants = jointSubmission(2).Participants }), applied))
	for quorum, fields := range map[int][]string{-1: {"quorum"}, 1: {"quorum"}, 2: nil, 4: nil, 5: {"quorum"}} {
		require.Equal(t, fields, wrong(jointSubmission(4, func(s *Submission) { s.Quorum = quorum }), applied), quorum)
	}
}

// What it starts from is part of what everybody says yes to.
func TestE5AJointForloebMayStartFromAFocus(t *testing.T) {
	with := jointSubmission(2, func(s *Submission) { s.Focus = "  Trygt   arbejde alene " })
	require.Empty(t, with.Check(applied))
	require.Equal(t, "Trygt arbejde alene", with.Clean().Focus)
	require.NotEqual(t, jointSubmission(2).Hash(), with.Hash())
	require.Equal(t, []string{"focus"}, wrong(jointSubmission(2, func(s *Submission) { s.Focus = "Se www.example.dk" }), applied))
}

// A forløb may be for all of a branche, with a theme: then every workplace is of it.
func TestE6AForloebForAllOfABranche(t *testing.T) {
	with := jointSubmission(3, func(s *Submission) { s.Sector, s.Themes = SectorElderly, []ThemeCode{ThemeLoneWork} })
	require.Empty(t, with.Check(applied))
	require.NotEqual(t, jointSubmission(3).Hash(), with.Hash(), "it is part of what everybody says yes to")

	other := jointSubmission(3, func(s *Submission) { s.Sector, s.Participants[1].Sector = SectorElderly, SectorSchool })
	require.Equal(t, []Mistake{{Field: "participants.1.sector", Code: MistakeOtherSector, Text: "Ældre og pleje"}}, other.Check(applied))
	require.Equal(t, []string{"themes"}, wrong(jointSubmission(3, func(s *Submission) { s.Sector, s.Themes = SectorElderly, nil }), applied))
	require.Equal(t, []string{"sector"}, wrong(jointSubmission(3, func(s *Submission) { s.Sector = "shoes" }), applied))
	require.Empty(t, wrong(jointSubmission(3, func(s *Submission) { s.Participants[1].Sector = SectorSchool }), applied), "of several branches, when it names none")
}

func TestE7FourToFiveMeetings(t *testing.T) {
	programme, _ := ProgrammeByCode(Spark)
	s := newShared(2).joining()
	s.Policy = programme.PolicyFor(Joint)
	s.say(s.places[0], Yes, Yes).say(s.places[1], Yes, Yes).goes(AwaitingConsultant)
	s.assigned(s.now)
	s.goes(Planning).goes(InProgress)
	require.Equal(t, 4, s.Required())
	one, two := GrantExtra{N: 1, Reason: "Alle vil have et møde mere"}, GrantExtra{N: 2, Reason: "Alle vil have to"}
	require.NoError(t, s.Judge(one, s.byConsultant(), s.now))
	require.Equal(t, RefuseTooManyMeetings, refusal(t, s.Judge(two, s.byConsultant(), s.now)))
	require.Equal(t, 6, programme.PolicyFor(Individual).MaxMeetings)
}

func TestE8EachWorkplaceEvaluatesForItself(t *testing.T) {
	s := newShared(2).joining()
	s.say(s.places[0], Yes, Yes).say(s.places[1], Yes, Yes).goes(AwaitingConsultant)
	s.assigned(s.now)
	s.goes(Planning)
	s.meeting(Held, at13(2027, 1, 12))
	s.goes(InProgress)
	s.now = at13(2027, 1, 13)
	s.goes(AwaitingEvaluation)
	s.now = s.EvaluationAt()
	s.goes(Evaluating)
	of := map[string]int{}
	for _, i := range s.Invitations {
		of[i.WorkplaceID.String()]++
	}
	require.Equal(t, map[string]int{s.places[0].String(): 2, s.places[1].String(): 2}, of)
}

func TestE10HigherCommitteesApply(t *testing.T) {
	for body, fields := range map[Body][]string{
		MainMED: nil, DepartmentMED: nil, SectorMED: nil, AreaMED: nil, CenterMED: nil, OtherBody: {"body_name"},
		Trio: {"body"}, LocalMED: {"body"}, AMGroup: {"body"},
	} {
		require.Equal(t, fields, wrong(jointSubmission(2, func(s *Submission) { s.Body = body }), applied), body)
	}
	other := jointSubmission(2, func(s *Submission) { s.Body, s.BodyName = OtherBody, "Arbejdsmiljøudvalget for skoler" })
	require.Empty(t, other.Check(applied))
	s := newShared(2)
	s.Application.Body, s.Application.Texts.BodyName = OtherBody, "arbejdsmiljøudvalget for skoler"
	require.Equal(t, "Arbejdsmiljøudvalget for skoler i Aarhus Kommune", s.ApplicantName())
}

func TestE11OnePairAppliesForAll(t *testing.T) {
	nobody := jointSubmission(2)
	nobody.Leader, nobody.Rep = Contact{}, Representative{}
	require.Subset(t, wrong(nobody, applied), []string{"leader_name", "leader_email", "rep_name", "rep_email"})

	s := newShared(2).rest()
	s.say(s.lead(), Yes, No)
	require.Equal(t, 1, s.View(s.now).No, "one of the pair says no: there is no application")
	require.Zero(t, s.got(s.places[0], MailWorkplaceInvited))
}
