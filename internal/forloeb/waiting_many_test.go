package forloeb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Nobody says »begge« of three workplaces.
func TestASharedForloebSpeaksOfMoreThanTwo(t *testing.T) {
	s := newShared(3).joining()
	for _, place := range s.places {
		s.say(place, Yes, Yes)
	}
	s.goes(AwaitingConsultant)
	w := s.Waiting(s.now)
	require.Equal(t, WaitAssignSearching, w.Key)
	require.Contains(t, w.Sentence(), "De, der er med, havde bekræftet ")
	for _, p := range []*Party{s.Applicants()[0], s.Of(s.places[0])[0]} {
		require.Equal(t, w.Sentence(), s.SeenBy(p).WaitingFor(p, s.now).Sentence(), "everybody reads the same")
	}
	require.NotContains(t, s.Waiting(s.now).Sentence(), "egge")
	for _, m := range s.Timeline(s.now, Staff) {
		require.NotContains(t, m.Text, "Begge har bekræftet")
	}
}

// Of the questionnaire, a workplace hears about its own two; who has none of
// their own hears about them all.
func TestTheQuestionnaireOfMany(t *testing.T) {
	require.Contains(t, Waiting{Key: WaitEvalMissing, Many: true}.Sentence(), "svar fra arbejdspladserne")
	require.Contains(t, Waiting{Key: WaitEvalMissing}.Sentence(), "mangler ét svar")
	s := newShared(3).joining()
	own := s.SeenBy(s.Of(s.places[0])[0])
	require.False(t, own.meansMany(WaitEvalNone))
	require.True(t, s.SeenBy(s.Applicants()[0]).meansMany(WaitEvalNone))
	require.True(t, s.meansMany(WaitEvalNone))
	require.False(t, newScene().agreed().meansMany(WaitAssignSearching), "of one workplace there are two")
}

func TestWhatIsSaidOfManyHasNoHoles(t *testing.T) {
	day := time.Date(2027, 3, 11, 13, 0, 0, 0, Copenhagen)
	for key := range manyWords {
		whole(t, Waiting{Key: key, Many: true, Since: day, Next: day, Deadline: day, At: day})
	}
}
