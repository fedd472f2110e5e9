package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestTheYearIsCopenhagens(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	newYear := time.Date(2027, time.January, 1, 0, 0, 0, 0, forloeb.Copenhagen)
	e.ApplyAt(newYear.Add(-time.Minute))
	e.ApplyAt(newYear)
	e.ApplyAt(newYear.AddDate(1, 0, 0).Add(-time.Minute))
	for year, want := range map[int]forloeb.YearCounts{2026: {Received: 1}, 2027: {Received: 2}, 2028: {}} {
		counts, err := e.API.Year(t.Context(), year)
		require.NoError(t, err)
		require.Equal(t, want, counts, year)
	}
}

// said writes down what each of a workplace's people answered in a wave.
func said(e *storetest.Env, id uuid.UUID, wave int, choices ...string) {
	evaluation := uuid.New()
	e.Exec(`insert into evaluations (id, workplace_id, wave) values ($1, $2, $3)`, evaluation, e.Read(id).Lead().ID, wave)
	for _, c := range choices {
		e.Exec(`insert into answers (id, evaluation_id, version, choices, day) values ($1, $2, 1, $3, '2027-03-01')`, uuid.New(), evaluation, c)
	}
}

const (
	neither    = `{"planned": "no", "ongoing": "unknown"}`
	planned    = `{"planned": "yes", "ongoing": "no"}`
	ongoing    = `{"planned": "no", "ongoing": "yes"}`
	everything = `{"planned": "yes", "ongoing": "yes"}`
)

// answered are five workplaces: one has planned, one is under way, one says
// both by two people, one says neither, and one said everything right after its
// last meeting, and nothing three months later.
func answered(t *testing.T) *storetest.Env {
	e := storetest.New(t)
	for _, choices := range [][]string{{planned, neither}, {ongoing}, {planned, ongoing}, {neither, neither}} {
		said(e, e.Apply(), 0, choices...)
	}
	said(e, e.Apply(), 0) // nobody has answered
	e.API.Policy = func(p forloeb.Programme) forloeb.Policy {
		p.Policy.Evaluations = forloeb.Waves{0, 3}
		return p.Policy
	}
	late := e.Apply()
	said(e, late, 0, everything, everything)
	said(e, late, 1, neither)
	said(e, e.Apply(), 0, everything) // asked once of two times
	said(e, e.Apply(storetest.Regional), 1, everything)
	return e
}

func TestA25TheShareThatHasPlanned(t *testing.T) {
	t.Parallel()
	i, err := answered(t).API.Initiatives(t.Context(), forloeb.Spark)
	require.NoError(t, err)
	require.Equal(t, forloeb.Initiatives{Answered: 5, Planned: 2, Ongoing: 2}, i)
	require.Equal(t, 40, i.PlannedShare())
	require.True(t, i.Shown())
}

func TestA26TheShareThatIsUnderWay(t *testing.T) {
	t.Parallel()
	e := answered(t)
	said(e, e.Apply(), 1, everything)
	i, err := e.API.Initiatives(t.Context(), forloeb.Spark)
	require.NoError(t, err)
	require.Equal(t, forloeb.Initiatives{Answered: 6, Planned: 3, Ongoing: 3}, i)
	require.Equal(t, 50, i.OngoingShare())

	nobody, err := e.API.Initiatives(t.Context(), "none")
	require.NoError(t, err)
	require.False(t, nobody.Shown())
	require.Zero(t, nobody.OngoingShare())
}
