package store_test

import (
	"errors"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// summed is what all slots sum to, a line for each group that is not empty.
func summed(t *testing.T, e *storetest.Env) (lines []string) {
	t.Helper()
	require.NoError(t, e.DB.Select(&lines, `
		select concat_ws(' ', programme, kind, value, year, sum(n), sum(answered), sum(people_asked), sum(people_answered), sum(planned), sum(ongoing))
		from sums group by programme, kind, value, year
		having (sum(n), sum(answered), sum(people_asked), sum(people_answered), sum(planned), sum(ongoing)) <> (0, 0, 0, 0, 0, 0) order by 1`))
	require.NotEmpty(t, lines)
	return lines
}

// requireSummed fails unless the sums are what the rows say when all of them are
// counted from the beginning.
func requireSummed(t *testing.T, e *storetest.Env) {
	t.Helper()
	before := summed(t, e)
	e.Exec(`select sums_again()`)
	require.Equal(t, before, summed(t, e))
}

// Whatever happens to a forløb, the sums are of what its rows say now.
func TestSumsAreOfWhatTheRowsSay(t *testing.T) {
	t.Parallel()
	e := answered(t)
	requireSummed(t, e)
	e.Agree(first(t, e))
	gone := e.Apply()
	p := e.Party(gone, forloeb.Leader)
	e.Do(gone, storetest.By(p), forloeb.Withdraw{Party: p.ID})
	e.Settle(gone)
	requireSummed(t, e)
	e.Exec(`update workplaces set municipality = '751' where forloeb_id = $1`, gone)
	e.Exec(`delete from outcomes where workplace_id = (select workplace_id from outcomes limit 1)`)
	requireSummed(t, e)
	e.Exec(`delete from courses`)
	e.Exec(`delete from outcomes`)
	require.Zero(t, e.Count(`select count(*) from (select from sums group by programme, kind, value, year
		having sum(n) <> 0 or sum(answered) <> 0 or sum(people_asked) <> 0 or sum(people_answered) <> 0 or sum(planned) <> 0 or sum(ongoing) <> 0) left_over`))
}

// Transactions that write at once, of which some are undone, neither wait for
// each other nor lose what another adds: of every two, one says first what the
// other says last, which would be a deadlock if they added in the same rows.
func TestSumsOfManyAtOnce(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	var evaluations []uuid.UUID
	for range 12 {
		said(e, e.Apply(), 0)
	}
	require.NoError(t, e.DB.Select(&evaluations, `select id from evaluations`))
	undone := errors.New("undone")
	var all errgroup.Group
	for worker := range 6 {
		words := []string{neither, everything}
		if worker%2 == 1 {
			slices.Reverse(words)
		}
		all.Go(func() error {
			for i := range 20 {
				err := inTransaction(e.DB, func(tx *sqlx.Tx) error {
					for j, choices := range words {
						if _, err := tx.Exec(`insert into answers (id, evaluation_id, version, choices, day) values ($1, $2, 1, $3, '2027-03-01')`,
							uuid.New(), evaluations[2*worker+j], choices); err != nil {
							return err
						}
					}
					if i%3 == 2 {
						return undone
					}
					return nil
				})
				if err != nil && !errors.Is(err, undone) {
					return err
				}
			}
			return nil
		})
	}
	require.NoError(t, all.Wait())
	require.Equal(t, 12*14, e.Count(`select sum(people_answered) from sums where kind = 'time'`))
	require.Greater(t, e.Count(`select count(distinct slot) from sums`), 1, "some were at it at once")
	requireSummed(t, e)
}

func inTransaction(db *sqlx.DB, do func(*sqlx.Tx) error) error {
	tx, err := db.Beginx()
	if err != nil {
		return err
	}
	defer tx.Rollback() // after a commit this does nothing
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}
