package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// pool applies for n workplaces of an assessed intake, both agree, and they
// wait for assessment.
func pool(e *storetest.Env, n int) (ids []uuid.UUID) {
	for range n {
		id := e.Apply()
		e.Policy(id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
		e.Agree(id)
		e.Settle(id)
		ids = append(ids, id)
	}
	return ids
}

func choose(id uuid.UUID, d forloeb.Decision, r forloeb.RejectReason) forloeb.RoundChoice {
	return forloeb.RoundChoice{Forloeb: id, Decision: d, Reason: r}
}

func openRound(t *testing.T, e *storetest.Env) forloeb.Round {
	t.Helper()
	r, err := e.API.OpenRound(t.Context(), forloeb.Spark)
	require.NoError(t, err)
	return r
}

// A region's workplace has neither a municipality nor a sector: it counts by its
// region and its type of unit.
func TestARoundOfTheRegions(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	nfa := e.Expert("Nanna Frost", forloeb.ProviderNFA, 9)
	assessed := func() uuid.UUID {
		id := e.Apply(storetest.Regional)
		e.Policy(id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
		e.Agree(id)
		e.Settle(id)
		return id
	}
	closes := func(id uuid.UUID, d forloeb.Decision) uuid.UUID {
		t.Helper()
		require.NoError(t, e.API.SaveRound(t.Context(), forloeb.Regional, storetest.Secretary, []forloeb.RoundChoice{choose(id, d, "")}))
		open, err := e.API.OpenRound(t.Context(), forloeb.Regional)
		require.NoError(t, err)
		closed, err := e.API.CloseRound(t.Context(), forloeb.Regional, storetest.Secretary, open.Seen())
		require.NoError(t, err)
		e.Settle(id)
		return closed.ID
	}
	helped := assessed()
	closes(helped, forloeb.Approve)
	e.Do(helped, storetest.Secretary, forloeb.Assign{Consultant: nfa})
	e.Settle(helped)

	later := assessed()
	record, err := e.API.ClosedRound(t.Context(), closes(later, forloeb.Waitlist))
	require.NoError(t, err)
	require.Len(t, record.Lines, 1)
	require.Equal(t, "midtjylland", record.Lines[0].Municipality)
	require.Equal(t, forloeb.Sector(forloeb.UnitHospital), record.Lines[0].Sector)
	require.Equal(t, 1, record.Lines[0].Earlier, "a unit of that name in the region has had one")
	require.Equal(t, map[string]int{"midtjylland": 1}, record.Lately.Municipalities)
	require.Equal(t, map[string]int{string(forloeb.UnitHospital): 1}, record.Lately.Sectors)
}

func TestARoundIsClosedWhole(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx := t.Context()
	require.Empty(t, openRound(t, e).Lines)

	helped := e.Apply()
	e.Consultant("Karen Lund", 1)
	e.Agree(helped)
	e.Settle(helped)
	ids := pool(e, 3)
	e.Apply() // waits for its parties, and for nobody's assessment

	r := openRound(t, e)
	require.Len(t, r.Lines, 3)
	require.True(t, r.SavedAt.IsZero())
	require.Equal(t, 3, r.Lacking())
	require.Equal(t, map[string]int{"751": 1}, r.Lately.Municipalities)
	for i, l := range r.Lines {
		require.Equal(t, ids[i], l.Choice.Forloeb, "the longest waiting first")
		require.Equal(t, "Tranemoseskolen", l.Workplace)
		require.Equal(t, 1, l.Earlier, "a workplace of that name has had one")
		require.Equal(t, 2, l.People)
	}
	_, err := e.API.CloseRound(ctx, forloeb.Spark, storetest.Secretary, r.Seen())
	require.ErrorIs(t, err, forloeb.ErrRoundUndecided)

	save := func(choices ...forloeb.RoundChoice) {
		require.NoError(t, e.API.SaveRound(ctx, forloeb.Spark, storetest.Secretary, choices))
	}
	save(choose(ids[0], forloeb.Approve, ""), choose(ids[1], forloeb.Reject, ""))
	save(choose(ids[1], forloeb.Reject, forloeb.RejectRecent), choose(ids[2], forloeb.Waitlist, forloeb.RejectSpread))
	r = openRound(t, e)
	require.Zero(t, r.Lacking())
	require.Equal(t, forloeb.Approve, r.Lines[0].Choice.Decision, "what the second form did not name stays")
	require.Equal(t, forloeb.AwaitingAssessment, e.Read(ids[0]).Status, "a draft decides nothing")
	require.Zero(t, e.Count(`select count(*) from rounds`))

	closed, err := e.API.CloseRound(ctx, forloeb.Spark, storetest.Secretary, r.Seen())
	require.NoError(t, err)
	require.Len(t, closed.Acts, 3)
	for i, want := range []forloeb.Status{forloeb.AwaitingConsultant, forloeb.Rejected, forloeb.AwaitingAssessment} {
		e.Settle(ids[i])
		require.Equal(t, want, e.Read(ids[i]).Status)
	}
	require.Zero(t, e.Count(`select count(*) from round_drafts`)+e.Count(`select count(*) from round_choices`))

	next := openRound(t, e)
	require.Len(t, next.Lines, 1)
	require.True(t, next.Lines[0].Waitlisted)
	require.Empty(t, next.Lines[0].Choice.Decision, "decided anew each time")

	record, err := e.API.ClosedRound(ctx, closed.ID)
	require.NoError(t, err)
	require.Equal(t, 1, record.Number)
	require.Equal(t, r.Lately, record.Lately)
	require.Len(t, record.Lines, 3)
	require.Equal(t, forloeb.RejectRecent, record.Lines[1].Choice.Reason)
	require.Empty(t, record.Lines[2].Choice.Reason, "of a rejection alone")
	require.Empty(t, record.Lines[0].Workplace, "nothing in the record is personal")
	all, err := e.API.ClosedRounds(ctx, forloeb.Spark)
	require.NoError(t, err)
	require.Equal(t, []forloeb.Round{record}, all)
	_, err = e.API.ClosedRound(ctx, uuid.New())
	require.ErrorIs(t, err, store.ErrNotFound)
}

// What somebody has not seen is not closed: a choice saved since, one who came,
// one who went.
func TestARoundThatHasChangedIsNotClosed(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx := t.Context()
	ids := pool(e, 2)
	save := func(d forloeb.Decision, ids ...uuid.UUID) {
		for _, id := range ids {
			require.NoError(t, e.API.SaveRound(ctx, forloeb.Spark, storetest.Secretary, []forloeb.RoundChoice{choose(id, d, "")}))
		}
	}
	changed := func(seen forloeb.RoundSeen) {
		t.Helper()
		acts := e.Count(`select count(*) from acts`)
		_, err := e.API.CloseRound(ctx, forloeb.Spark, storetest.Secretary, seen)
		require.ErrorIs(t, err, forloeb.ErrRoundChanged)
		require.Equal(t, acts, e.Count(`select count(*) from acts`), "nothing is written")
		require.Zero(t, e.Count(`select count(*) from rounds`))
	}
	save(forloeb.Approve, ids...)
	seen := openRound(t, e).Seen()
	save(forloeb.Waitlist, ids[0])
	changed(seen)

	seen = openRound(t, e).Seen()
	came := pool(e, 1)[0]
	changed(seen)

	save(forloeb.Approve, came)
	seen = openRound(t, e).Seen()
	e.Do(ids[1], storetest.Secretary, forloeb.Stop{Reason: "Arbejdspladsen lukker."})
	changed(seen)
	e.Settle(ids[1])
	changed(seen)

	_, err := e.API.CloseRound(ctx, forloeb.Spark, storetest.Secretary, openRound(t, e).Seen())
	require.NoError(t, err)
}

func TestTheRecordOfARoundCannotBeChanged(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ids := pool(e, 1)
	require.NoError(t, e.API.SaveRound(t.Context(), forloeb.Spark, storetest.Secretary, []forloeb.RoundChoice{choose(ids[0], forloeb.Approve, "")}))
	_, err := e.API.CloseRound(t.Context(), forloeb.Spark, storetest.Secretary, openRound(t, e).Seen())
	require.NoError(t, err)
	for _, role := range []string{"spark_api", "spark_worker"} {
		db := e.Connect(role)
		for _, change := range []string{
			`update round_lines set decision = 'waitlisted'`, `delete from round_lines`, `update rounds set number = 2`, `delete from rounds`,
		} {
			_, err := db.Exec(change)
			require.ErrorContains(t, err, "permission denied", role+": "+change)
		}
	}
}

// Two who close at once: one round, and every letter once.
func TestOneOfTwoClosesTheRound(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	for _, id := range pool(e, 3) {
		require.NoError(t, e.API.SaveRound(t.Context(), forloeb.Spark, storetest.Secretary, []forloeb.RoundChoice{choose(id, forloeb.Approve, "")}))
	}
	seen := openRound(t, e).Seen()
	results := make(chan error, 2)
	for range 2 {
		go func() {
			_, err := e.API.CloseRound(t.Context(), forloeb.Spark, storetest.Secretary, seen)
			results <- err
		}()
	}
	var errs []error
	for range 2 {
		select {
		case err := <-results:
			errs = append(errs, err)
		case <-time.After(time.Minute):
			require.Fail(t, "they wait for each other")
		}
	}
	require.Contains(t, errs, error(nil))
	require.Contains(t, errs, forloeb.ErrRoundChanged)
	require.Equal(t, 1, e.Count(`select count(*) from rounds`))
	require.Equal(t, 3, e.Count(`select count(*) from acts where name = 'assessment-decided'`))
}
