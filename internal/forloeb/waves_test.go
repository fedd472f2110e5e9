package forloeb

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// A row from before there could be several waves holds a number, and so does one
// with one wave now.
func TestOldRowsHaveOneWave(t *testing.T) {
	var old Policy
	require.NoError(t, json.Unmarshal([]byte(`{"evaluation_months":3,"evaluation_days":28}`), &old))
	require.Equal(t, Waves{3}, old.Evaluations)
	for _, waves := range []Waves{{3}, {0, 3}, {0}} {
		text, err := json.Marshal(Policy{Evaluations: waves})
		require.NoError(t, err)
		if len(waves) == 1 {
			require.Contains(t, string(text), `"evaluation_months":`+string('0'+rune(waves[0]))+`,`)
		}
		var again Policy
		require.NoError(t, json.Unmarshal(text, &again))
		require.Equal(t, waves, again.Evaluations)
	}
	require.Error(t, json.Unmarshal([]byte(`{"evaluation_months":"soon"}`), &old))
}

// Every programme asks at least once, the earliest first.
func TestWavesAreInOrder(t *testing.T) {
	for _, p := range Programmes {
		require.NotEmpty(t, p.Policy.Evaluations)
		for i, wave := range p.Policy.Evaluations[1:] {
			require.Greater(t, wave, p.Policy.Evaluations[i])
		}
	}
}

func TestWavesInWords(t *testing.T) {
	require.Equal(t, "tre måneder efter", Waves{3}.After())
	require.Equal(t, "lige efter og tre måneder efter", Waves{0, 3}.After())
	require.Equal(t, "en måned efter", Wave(1).After())
	require.Equal(t, []string{"", "tre måneder"}, []string{Wave(0).Length(), Wave(3).Length()})
}

// The first wave is on the next working day, in working hours; the last as ever.
func TestWhenAWaveComes(t *testing.T) {
	friday := time.Date(2027, 6, 4, 15, 0, 0, 0, Copenhagen)
	require.Equal(t, time.Date(2027, 6, 7, 9, 0, 0, 0, Copenhagen), (calendar{Policy: DefaultPolicy}).at(0, friday))
	require.Equal(t, time.Date(2027, 9, 6, 9, 0, 0, 0, Copenhagen), (calendar{Policy: DefaultPolicy}).at(3, friday))
	short := Policy{Day: time.Second}
	require.Equal(t, friday.Add(time.Second), (calendar{Policy: short}).at(0, friday))
	require.Equal(t, friday.Add(90*time.Second), (calendar{Policy: short}).at(3, friday))
}

// twice is a forløb with so many workplaces that is asked right after and three
// months after, at rest after meetings that were all held.
func twice(places int, meetings ...time.Time) *shared {
	s := newShared(places).joining()
	s.Policy.Evaluations = Waves{0, 3}
	for _, place := range s.places {
		s.at(3).say(place, Yes, Yes)
	}
	s.goes(AwaitingConsultant).assigned(s.now)
	s.goes(Planning)
	for _, at := range meetings {
		s.meeting(Held, at)
	}
	return s.goes(InProgress)
}

// Each workplace of a shared forløb is asked right after its own last meeting, as
// soon as that is known to be the last, and never so late that it is asked twice
// at once.
func TestEachWorkplaceIsAskedInEachWave(t *testing.T) {
	all, own := at13(2027, 3, 10), at13(2027, 3, 31)
	s := twice(2, all, own)
	s.Meetings[1].Workplaces = []uuid.UUID{s.places[0]}
	s.now = own.Add(4 * time.Hour)
	s.goes(AwaitingEvaluation)
	require.Zero(t, s.got(s.places[0], MailEvaluationRequest)+s.got(s.places[1], MailEvaluationRequest), "not in the evening")
	next := time.Date(2027, 4, 1, 8, 0, 0, 0, Copenhagen)
	require.Equal(t, next, s.NextAsked(s.now))

	s.now = next.Add(time.Hour)
	s.rest()
	require.Equal(t, 2, s.got(s.places[0], MailEvaluationRequest))
	require.Equal(t, 2, s.got(s.places[1], MailEvaluationRequest))
	require.Zero(t, s.got(s.lead(), MailEvaluationRequest))
	require.Zero(t, s.View(s.now).Unanswered, "no status waits for it")

	s.now = s.EvaluationAt()
	require.Equal(t, "10.6.2027", ShortDate(s.now))
	s.goes(Evaluating)
	require.Equal(t, 4, s.got(s.places[1], MailEvaluationRequest))
	require.Equal(t, 2, s.got(s.places[0], MailEvaluationRequest))
	require.Equal(t, 4, s.View(s.now).Unanswered)
	s.now = s.evaluationAtFor(s.places[0])
	s.rest()
	require.Equal(t, 4, s.got(s.places[0], MailEvaluationRequest))
	require.Empty(t, s.turns(s.now))
}

// A workplace whose last meeting is long ago is asked once, and one that has just
// had its own is asked in both waves, also when the first has brought the forløb to
// its evaluation.
func TestAnOvertakenWaveIsLeftOut(t *testing.T) {
	long, own := at13(2027, 1, 12), at13(2027, 6, 2)
	s := twice(2, long, own)
	s.Meetings[1].Workplaces = []uuid.UUID{s.places[0]}
	s.now = own.Add(20 * time.Hour)
	s.goes(AwaitingEvaluation)
	require.Zero(t, s.got(s.places[1], MailEvaluationRequest))
	require.Contains(t, s.Agenda(s.now), Due{EvaluationDue, s.StatusSince})
	s.goes(Evaluating)
	require.Equal(t, 2, s.got(s.places[1], MailEvaluationRequest))
	require.True(t, s.Invitation(s.Of(s.places[1])[0].ID).Wave == 1)
	require.Equal(t, 2, s.got(s.places[0], MailEvaluationRequest), "it has just had its last meeting")
	require.True(t, s.EvaluationCloses().IsZero(), "one is yet to be asked for the last time")
	require.Contains(t, s.Agenda(s.now), Due{EvaluationNext, s.evaluationAtFor(s.places[0])})
}

// After a night of standstill the first wave too waits until the office opens.
func TestTheFirstWaveKeepsOfficeHours(t *testing.T) {
	s := twice(2, at13(2027, 6, 4)) // a Friday
	s.now = time.Date(2027, 6, 4, 17, 0, 0, 0, Copenhagen)
	s.goes(AwaitingEvaluation)
	s.now = time.Date(2027, 6, 12, 3, 0, 0, 0, Copenhagen) // a Saturday
	require.Empty(t, s.Effects(Change{From: s.Status, To: s.Status, Now: s.now}).Invite)
	monday := time.Date(2027, 6, 14, 8, 0, 0, 0, Copenhagen)
	require.Equal(t, monday, s.NextAsked(s.now))
	s.now = monday
	require.Len(t, s.Effects(Change{From: s.Status, To: s.Status, Now: s.now}).Invite, 4)
}
