package forloeb

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func TestB2TheRepresentativeIsSafetyRepOrShopSteward(t *testing.T) {
	for role, fields := range map[Role][]string{RoleAMR: nil, RoleTR: nil, RoleLeader: {"rep_role"}, "": {"rep_role"}} {
		require.Equal(t, fields, wrong(applicationWith(func(s *Submission) { s.Rep.Role = role }), applied), role)
	}
}

// After the last meeting nobody of SPARK's is asked to do anything, and at the
// end nothing is owed.
func TestB4TheWorkplaceGoesOnByItself(t *testing.T) {
	s := newScene().held(4).to(AwaitingEvaluation, at13(2027, 3, 31).Add(4*time.Hour))
	resting := s.agenda(s.StatusSince)
	require.NotEmpty(t, resting)
	for _, e := range resting {
		for _, m := range e.mails {
			require.NotNil(t, s.Party(m.Recipient), m.Kind)
		}
	}
	done := newScene().evaluating().to(Completed, at13(2027, 7, 28))
	require.Empty(t, done.Agenda(at13(2027, 7, 29)))
	require.Equal(t, RefuseClosed, refusal(t, done.Judge(meetingAt(at13(2027, 8, 11), time.Hour), done.byConsultant(), at13(2027, 7, 29))))
}

func TestB5EitherPartyMayStart(t *testing.T) {
	for _, starter := range []StartedBy{StartedByLeader, StartedByRep} {
		require.Empty(t, applicationWith(func(s *Submission) { s.StartedBy = starter }).Check(applied))
		s := newScene()
		s.Application.StartedBy = starter
		require.Equal(t, 2, s.View(s.start).Pending, "who wrote it still confirms it")
		require.True(t, s.Started(s.Party(s.leader)) != s.Started(s.Party(s.rep)))
	}
	require.Equal(t, []string{"started_by"}, wrong(applicationWith(func(s *Submission) { s.StartedBy = "consultant" }), applied))
}

func openCodes(at time.Time) (codes []ThemeCode) {
	programme, _ := ProgrammeByCode(Spark)
	for _, theme := range programme.OpenThemes(at) {
		codes = append(codes, theme.Code)
	}
	return codes
}

func TestB8TwoThemesWereAddedAndNoneTaken(t *testing.T) {
	four := openCodes(time.Date(2018, 9, 30, 23, 59, 59, 0, Copenhagen))
	require.ElementsMatch(t, []ThemeCode{ThemeChange, ThemeCooperation, ThemeViolence, ThemeWorkContent}, four)
	everyDay(func(day time.Time) {
		require.ElementsMatch(t, append(slices.Clone(four), ThemeLoneWork, ThemeHarassment), openCodes(day), day)
	})
}

func TestB9NoOtherThemeIsNeeded(t *testing.T) {
	for _, other := range []ThemeCode{"other", "stress", "Chikane"} {
		require.Equal(t, []string{"themes"}, wrong(applicationWith(func(s *Submission) { s.Themes = append(s.Themes, other) }), applied))
	}
}

// A consultant of its region can take any workplace in the country, by the
// regions of 2026 and those of 2027; one of the other regions cannot.
func TestB11ConsultantsCoverTheWholeCountry(t *testing.T) {
	old := time.Date(2026, 12, 31, 12, 0, 0, 0, Copenhagen)
	for _, at := range []time.Time{old, old.AddDate(0, 0, 1)} {
		for _, m := range Municipalities() {
			need := Need{Themes: []ThemeCode{ThemeChange}, Municipality: m.Code, At: at}
			ranked := Rank(need, []Candidate{
				based([]string{m.Region(at)}),
				based(slices.DeleteFunc(Regions(at), func(r string) bool { return r == m.Region(at) || r == m.Region(old) })),
			})
			require.True(t, ranked[0].Fits(), m.Name)
			require.Equal(t, []string{ObstacleRegion}, ranked[1].Obstacles, m.Name)
		}
	}
}

// based is a consultant with room who travels in the regions.
func based(regions []string) Candidate {
	return Candidate{Consultant: Consultant{ID: uuid.New(), Themes: []ThemeCode{ThemeChange}, Regions: regions, Capacity: 1, Active: true}}
}

func TestB13AllSixThemesCanBeAppliedForAtOnce(t *testing.T) {
	six := []ThemeCode{ThemeCooperation, ThemeWorkContent, ThemeChange, ThemeLoneWork, ThemeHarassment, ThemeViolence}
	s := applicationWith(func(s *Submission) { s.Themes = six })
	require.Empty(t, s.Check(applied))
	require.Len(t, s.Clean().Themes, 6)
	require.Equal(t, []string{"themes"}, wrong(applicationWith(func(s *Submission) { s.Themes = nil }), applied), "at least one")
}
