package activities

import (
	"errors"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestLookReadsTheRowAtTheWorkflowsTime(t *testing.T) {
	store, id := &rowStore{}, uuid.New()
	view, err := (&Activities{Store: store}).Look(t.Context(), LookInput{ID: id, Now: now})
	require.NoError(t, err)
	require.EqualValues(t, 3, view.Version)
	require.Equal(t, id, store.asked)
	require.Equal(t, now, store.at)
}

func TestCommitWritesTheChange(t *testing.T) {
	store, change := &rowStore{}, forloeb.Change{ID: uuid.NewString(), Version: 3, From: forloeb.Planning, To: forloeb.InProgress, Now: now}
	require.NoError(t, (&Activities{Store: store}).Commit(t.Context(), change))
	require.Equal(t, change, store.changed)
}

func TestMatchIsAskedAtTheWorkflowsTime(t *testing.T) {
	store, id := &rowStore{}, uuid.New()
	matched, err := (&Activities{Store: store}).Match(t.Context(), MatchInput{ID: id, Now: now})
	require.NoError(t, err)
	require.True(t, matched.Assigned)
	require.Equal(t, id, store.asked)
	require.Equal(t, now, store.at)
}

// An error of the database is left to be tried again.
func TestErrorsOfTheDatabaseAreReturned(t *testing.T) {
	do := &Activities{Store: &rowStore{err: errors.New("away")}}
	_, err := do.Look(t.Context(), LookInput{ID: uuid.New(), Now: now})
	require.Error(t, err)
	require.Error(t, do.Commit(t.Context(), forloeb.Change{}))
	matched, err := do.Match(t.Context(), MatchInput{ID: uuid.New(), Now: now})
	require.Error(t, err)
	require.False(t, matched.Assigned)
}
