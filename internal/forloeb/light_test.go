package forloeb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestTheLightOfAPromisedDay(t *testing.T) {
	promised := time.Date(2026, 12, 14, 23, 59, 0, 0, Copenhagen) // a Monday
	day := func(month time.Month, day, hour int) time.Time {
		return time.Date(2026, month, day, hour, 0, 0, 0, Copenhagen)
	}
	for _, c := range []struct {
		now  time.Time
		want string
	}{
		{day(11, 23, 9), "I god tid"},
		{day(12, 8, 9), "I god tid"}, // four working days left
		{day(12, 9, 0), "Snart (3 hverdage)"},
		{day(12, 10, 9), "Snart (2 hverdage)"},
		{day(12, 11, 9), "Snart (1 hverdag)"},
		{day(12, 13, 9), "Snart (1 hverdag)"},
		{day(12, 14, 0), "Snart (0 hverdage)"},
		{day(12, 14, 23), "Snart (0 hverdage)"},
		{day(12, 15, 0), "Over tid (1 hverdag)"},
		{day(12, 21, 9), "Over tid (5 hverdage)"},
		{day(12, 28, 9), "Over tid (8 hverdage)"}, // Christmas Eve and Christmas are none
	} {
		require.Equal(t, c.want, LightAt(promised, c.now).Words(), c.now)
	}
	friday := time.Date(2026, 12, 11, 23, 59, 0, 0, Copenhagen)
	require.Equal(t, "Over tid (0 hverdage)", LightAt(friday, day(12, 12, 9)).Words())
	require.Equal(t, LightRed, LightAt(friday, day(12, 12, 9)).Colour)
	require.Equal(t, Light{}, LightAt(time.Time{}, promised))
	require.Empty(t, Light{}.Words())
}

func TestARowsLightIsOffWhereNothingIsPromised(t *testing.T) {
	now := time.Date(2026, 12, 14, 9, 0, 0, 0, Copenhagen)
	row := ListRow{Status: Planning, Settled: true, Now: now, Waiting: Waiting{Key: WaitPlanContactLate, Deadline: now.AddDate(0, 0, -3)}}
	require.Equal(t, Light{LightRed, 1}, row.Light())
	working := row
	working.Settled = false
	require.Equal(t, Light{}, working.Light(), "somebody may just have done it")
	closed := row
	closed.Status = Lapsed
	require.Equal(t, Light{}, closed.Light(), "the date is when data are erased")
	row.Waiting.Deadline = time.Time{}
	require.Equal(t, Light{}, row.Light())
}

func TestARowsStatusAsStaffSeeIt(t *testing.T) {
	june := time.Date(2027, 6, 30, 9, 0, 0, 0, Copenhagen)
	for want, row := range map[string]ListRow{
		"Mangler konsulent":       {Status: AwaitingConsultant, Waiting: Waiting{Key: WaitAssignFull, Next: june}},
		"Har spurgt en konsulent": {Status: AwaitingConsultant, Waiting: Waiting{Key: WaitAssignOffered, Next: june}},
		"Mangler ekspert":         {Status: AwaitingConsultant, Provider: ProviderNFA, Waiting: Waiting{Key: WaitAssignProvider}},
		"Venter på vurdering":     {Status: AwaitingAssessment, Waiting: Waiting{Key: WaitAssessPool}},
		"På venteliste":           {Status: AwaitingAssessment, Waiting: Waiting{Key: WaitAssessWaitlist, Next: june}},
		"Hviler til 30.6.2027":    {Status: AwaitingEvaluation, Waiting: Waiting{Key: WaitEvalRest, Next: june}},
		"På pause til 30.6.2027":  {Status: Planning, Waiting: Waiting{Key: WaitPaused, Next: june}},
		"På pause":                {Status: Planning, Waiting: Waiting{Key: WaitPaused}},
		"Hviler":                  {Status: AwaitingEvaluation, Waiting: Waiting{Key: WaitEvalRestLate, Deadline: june}},
	} {
		require.Equal(t, want, row.StatusLabel())
	}
	for _, w := range waitingScenes() { // the row and the forløb's page say the same
		if w.key != WaitProcessing && w.key != WaitEvalRestLate && !w.key.Self() {
			row := ListRow{Status: w.s.Status, Provider: w.s.Provider, Waiting: w.s.Waiting(w.now)}
			require.Equal(t, w.s.StaffStatusLabel(w.now), row.StatusLabel(), w.key)
		}
	}
}
