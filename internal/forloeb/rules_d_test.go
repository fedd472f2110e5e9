package forloeb

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func TestD1LoneWorkAndHarassmentFromOctober2018(t *testing.T) {
	opened := time.Date(2018, 10, 1, 0, 0, 0, 0, Copenhagen)
	requireOpenFrom(t, ThemeLoneWork, opened)
	requireOpenFrom(t, ThemeHarassment, opened)
	for day := formOpened; day.Before(opened); day = day.AddDate(0, 0, 1) {
		s := applicationWith(func(s *Submission) { s.Themes = []ThemeCode{ThemeLoneWork, ThemeHarassment, ThemeViolence} })
		require.Equal(t, []string{"themes", "themes"}, wrong(s, day), day)
	}
}

// A change of consultant leaves one in charge, with a reason, and keeps who it
// was before.
func TestD9OneConsultantAtATime(t *testing.T) {
	s, now := newScene().held(1), at13(2027, 4, 1)
	first, by := s.consultant, Actor{Kind: ActorSecretary}
	change := Assign{Consultant: uuid.New()}
	require.Equal(t, RefuseNoReason, refusal(t, s.Judge(change, by, now)))
	change.Reason = "Barsel."
	require.NoError(t, s.Judge(change, by, now))
	change.Consultant = first
	require.Equal(t, RefuseAlreadyAssigned, refusal(t, s.Judge(change, by, now)))

	s.consultant = uuid.New()
	s.assigned(now)
	require.Equal(t, s.consultant, s.Consultant().ID)
	require.NotNil(t, s.Expert(first))
}
