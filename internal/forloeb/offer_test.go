package forloeb

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// Whoever is asked may see and answer; to the applicants there is nobody yet.
func TestAnOfferIsNobodysYet(t *testing.T) {
	s := newScene().agreed().offered(sceneStart.AddDate(0, 0, 3)) // a Thursday
	require.Nil(t, s.Consultant())
	require.Equal(t, s.consultant, s.Chosen().ID)
	require.Equal(t, s.days(7), s.OfferEnds(), "two working days, over a weekend")
	require.False(t, s.View(s.days(4)).Assigned)
	require.Equal(t, WaitAssignOffered, s.Waiting(s.days(4)).Key)
	for _, p := range s.CurrentParties() {
		require.Equal(t, WaitAssignSearching, s.WaitingFor(p, s.days(4)).Key)
	}
	for _, m := range s.Timeline(s.days(4), Applicant) {
		require.NotContains(t, m.Text, "Karen")
	}
	require.Equal(t, []MailKind{MailConsultantNew}, kindsOf(s.Effects(Change{From: s.Status, To: s.Status, Now: s.days(3)}).Mails))
}

func kindsOf(mails []Mail) (kinds []MailKind) {
	for _, m := range mails {
		if m.Kind != MailAnswerYes && m.Kind != MailBothAgreed {
			kinds = append(kinds, m.Kind)
		}
	}
	return kinds
}

// A policy from before there were offers makes the forløb theirs at once.
func TestWithoutDaysToAnswerNobodyIsAsked(t *testing.T) {
	s := newScene().agreed()
	require.True(t, s.TakenAt(s.days(4)).IsZero())
	s.Policy.OfferDays = 0
	require.Equal(t, s.days(4), s.TakenAt(s.days(4)))
	s.Policy.OfferDays, s.Status = 2, InProgress
	require.Equal(t, s.days(4), s.TakenAt(s.days(4)), "meetings under way need somebody")
	require.Zero(t, Programmes[1].Policy.OfferDays, "a provider has asked its own people")
}

func TestWhoMayAnswerAnOffer(t *testing.T) {
	consultant := func(s *scene) Actor { return Actor{Kind: ActorConsultant, ID: s.consultant.String()} }
	offered := func() *scene { return newScene().agreed().offered(sceneStart.AddDate(0, 0, 3)) }
	yes, no := Accept{}, Decline{Reason: DeclineNoRoom}
	for name, c := range map[string]struct {
		scene *scene
		by    Actor
		deed  Deed
		want  RefusalCode
	}{
		"yes":                      {scene: offered(), deed: yes},
		"no":                       {scene: offered(), deed: no},
		"no, and why is not known": {scene: offered(), deed: Decline{}, want: RefuseNoReason},
		"another reason, unsaid":   {scene: offered(), deed: Decline{Reason: DeclineOther, Words: " "}, want: RefuseNoReason},
		"another reason":           {scene: offered(), deed: Decline{Reason: DeclineOther, Words: "Jeg skifter arbejde."}},
		"somebody else":            {scene: offered(), by: Actor{Kind: ActorConsultant, ID: uuid.NewString()}, deed: yes, want: RefuseNotFound},
		"the secretariat":          {scene: offered(), by: Actor{Kind: ActorSecretary, ID: "anna"}, deed: no},
		"yes twice":                {scene: newScene().planning(), deed: yes, want: RefuseAlreadyAccepted},
		"too late to say no":       {scene: newScene().planning(), deed: no, want: RefuseAlreadyAccepted},
		"nobody is asked":          {scene: newScene().agreed(), by: Actor{Kind: ActorSecretary, ID: "anna"}, deed: yes, want: RefuseNotAssigned},
		"before both have agreed":  {scene: newScene().asked(), by: Actor{Kind: ActorSecretary, ID: "anna"}, deed: yes, want: RefuseWrongStatus},
		"withdrawn":                {scene: offered().with(func(s *scene) { s.WithdrawnAt = s.days(4) }), deed: yes, want: RefuseClosed},
	} {
		by := c.by
		if by == (Actor{}) {
			by = consultant(c.scene)
		}
		var refused *Refusal
		if err := c.scene.Judge(c.deed, by, c.scene.days(4)); c.want == "" {
			require.NoError(t, err, name)
		} else if require.ErrorAs(t, err, &refused, name); refused != nil {
			require.Equal(t, c.want, refused.Code, name)
		}
	}
}

// Booking is a yes, and so it can be done at once.
func TestWhoeverIsAskedCanBook(t *testing.T) {
	s := newScene().agreed().offered(sceneStart.AddDate(0, 0, 3))
	start := at13(2027, 1, 12)
	book := BookMeeting{Meeting: uuid.New(), StartsAt: start, EndsAt: start.Add(3 * time.Hour)}
	by := Actor{Kind: ActorConsultant, ID: s.consultant.String()}
	require.NoError(t, s.Judge(book, by, s.days(4)))
	s.Assignments = nil
	require.Error(t, s.Judge(book, Actor{Kind: ActorSecretary, ID: "anna"}, s.days(4)))
}

// A no is between the consultants and the secretariat.
func TestWhatADeclineLeaves(t *testing.T) {
	s := newScene().agreed().offered(sceneStart.AddDate(0, 0, 3)).refused(DeclineNoRoom, sceneStart.AddDate(0, 0, 4))
	s.Assignments[0].Reason = "automatic"
	require.False(t, s.Choose())
	require.True(t, s.Agenda(s.days(4))[0].What == MatchAgain)
	require.Contains(t, texts(s.Timeline(s.days(5), Staff)), "Karen Lund sagde nej: ikke plads")
	for _, text := range texts(s.Timeline(s.days(5), Applicant)) {
		require.NotContains(t, text, "Karen")
	}
	s.Assignments[0].Reason = "chosen"
	require.True(t, s.Choose(), "a person chose, and chooses again")
	require.Equal(t, WaitAssignManual, s.Waiting(s.days(5)).Key)
	require.Equal(t, WaitAssignSearching, s.WaitingFor(s.CurrentParties()[0], s.days(5)).Key)
	tasks := s.wanted(s.days(5))
	require.Equal(t, TaskNoConsultant, tasks[len(tasks)-1].Kind)
	require.Equal(t, "Karen Lund har sagt nej: ikke plads. Vælg en anden.", s.TaskSentence(Task{Kind: TaskNoConsultant}, s.days(5)))

	s.consultant = uuid.New()
	s.assigned(s.days(6)).to(Planning, s.days(6))
	letters := kindsOf(s.Effects(Change{From: s.Status, To: s.Status, Now: s.days(6)}).Mails)
	require.Contains(t, letters, MailConsultantAssigned, "the first the applicants hear of")
	require.NotContains(t, letters, MailConsultantChanged)
	require.NotContains(t, letters, MailConsultantGone)
	require.Equal(t, WaitPlanContact, s.Waiting(s.days(6)).Key, "nobody took over from anybody")
}

func texts(moments []Moment) (list []string) {
	for _, m := range moments {
		list = append(list, m.Text)
	}
	return list
}
