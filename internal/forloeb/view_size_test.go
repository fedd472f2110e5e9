package forloeb

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// maxView is what a look may add to a history, however many workplaces there are.
const maxView = 2 << 10

// course lives through a whole shared forløb, looking at it before and after
// every mail, and returns the largest view.
func (s *shared) course(t *testing.T) (largest int) {
	look := func() {
		v := s.View(s.now)
		for i := range v.Owed {
			v.Owed[i] += 1_000_000_000 // as when the programme has run for years
		}
		v.Version, v.Seen = v.Version+1_000_000, v.Seen+1_000_000
		text, err := json.Marshal(v)
		require.NoError(t, err)
		require.LessOrEqual(t, len(v.Owed), MaxOwed)
		largest = max(largest, len(text))
	}
	s.owing = look
	s.joining()
	for i, place := range s.places {
		s.at(2 + i%3)
		for _, p := range s.Of(place) {
			s.says(p.ID, Yes, s.now)
		}
	}
	s.rest().goes(AwaitingConsultant).assigned(s.now)
	s.goes(Planning)
	first := at13(2027, 1, 12)
	for n := range 4 {
		s.meeting(Booked, first.AddDate(0, 0, 14*n))
	}
	s.meeting(Booked, first.AddDate(0, 0, 60))
	s.Meetings[4].Workplaces = []uuid.UUID{s.places[0]}
	s.goes(InProgress)
	for i := range s.Meetings {
		m := &s.Meetings[i]
		for _, at := range []time.Time{s.remindAt(m.StartsAt), m.EndsAt.AddDate(0, 0, 3)} {
			s.now = later(s.now, at)
			look()
			s.rest()
		}
		m.State, m.StateAt = Held, m.EndsAt
		s.rest()
	}
	s.goes(AwaitingEvaluation)
	for _, at := range []time.Time{s.NextAsked(s.now), s.EvaluationAt()} {
		s.now = later(s.now, at)
		look()
		s.rest()
	}
	s.goes(Evaluating)
	for _, days := range []int{8, 15, 60} {
		s.now = s.now.AddDate(0, 0, days)
		look()
		s.rest()
	}
	return largest
}

func TestTheViewStaysSmall(t *testing.T) {
	for _, places := range []int{2, 20, 98} {
		s := newShared(places)
		s.Policy.Evaluations = Waves{0, 3}
		largest := s.course(t)
		require.LessOrEqual(t, largest, maxView)
		require.GreaterOrEqual(t, len(s.Mails), 2*places*10, "it was a whole course")
		t.Logf("%d workplaces: at most %d bytes, %d mails", places, largest, len(s.Mails))
	}
}
