package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// regionalDay is one on which the regional programme was agreed.
var regionalDay = time.Date(2022, 5, 10, 9, 0, 0, 0, forloeb.Copenhagen)

// waitingForNFA is a regional forløb that both have agreed to.
func waitingForNFA(e *storetest.Env) uuid.UUID {
	id := e.ApplyAt(regionalDay, storetest.Regional)
	e.Settle(id)
	e.Agree(id)
	e.Settle(id)
	return id
}

func TestC32ExpertsOfTheProviderAloneAreAssigned(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	spark, nfa, ruc := e.Consultant("Karen Lund", 9), e.Expert("Nanna Frost", forloeb.ProviderNFA, 9), e.Expert("Rune Ulv", forloeb.ProviderRUC, 9)
	regional := waitingForNFA(e)
	f := e.Read(regional)
	require.Equal(t, forloeb.AwaitingConsultant, f.Status, "the provider chooses: nobody is matched")
	require.Equal(t, forloeb.WaitAssignProvider, f.Waiting(e.Now(regional)).Key)

	ranked, err := e.API.Ranking(t.Context(), regional)
	require.NoError(t, err)
	require.Len(t, ranked, 1)
	require.Equal(t, nfa, ranked[0].ID)
	for _, other := range []uuid.UUID{spark, ruc} {
		r := e.Refused(regional, storetest.Secretary, forloeb.Assign{Consultant: other, Reason: "Jeg vil."})
		require.Equal(t, forloeb.RefuseConsultantUnknown, r.Code)
	}
	e.Do(regional, storetest.Secretary, forloeb.Assign{Consultant: nfa})
	e.Settle(regional)
	f = e.Read(regional)
	require.Equal(t, forloeb.Planning, f.Status)
	require.Equal(t, forloeb.ProviderNFA, f.Consultant().Provider)
}

func TestSparkIsNeverCarriedOutByAnExpert(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	expert := e.Expert("Nanna Frost", forloeb.ProviderNFA, 9)
	id := waiting(e)
	require.Equal(t, forloeb.AwaitingConsultant, e.Read(id).Status)
	ranked, err := e.API.Ranking(t.Context(), id)
	require.NoError(t, err)
	require.Empty(t, ranked)
	require.Equal(t, forloeb.RefuseConsultantUnknown, e.Refused(id, storetest.Secretary, forloeb.Assign{Consultant: expert, Reason: "Jeg vil."}).Code)
}

func TestC25ARegionalApplicationIsKeptWhole(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := waitingForNFA(e)
	f := e.Read(id)
	require.Equal(t, forloeb.ProviderNFA, f.Provider)
	w := f.Lead()
	require.Equal(t, "midtjylland", w.Region)
	require.Equal(t, forloeb.UnitHospital, w.UnitType)
	require.Empty(t, w.Municipality)
	require.Equal(t, "Region Midtjylland", w.Where())
	again := f.Submission()
	again.Declared = true
	require.Empty(t, again.Check(regionalDay))
	require.Equal(t, f.Application.Hash, again.Hash())

	spark := waiting(e)
	list := func(filter forloeb.ListFilter) (ids []uuid.UUID) {
		page, err := e.API.List(t.Context(), filter)
		require.NoError(t, err)
		for _, row := range page.Rows {
			ids = append(ids, row.ID)
		}
		return ids
	}
	require.Equal(t, []uuid.UUID{id}, list(forloeb.ListFilter{Provider: forloeb.ProviderNFA}))
	require.Empty(t, list(forloeb.ListFilter{Provider: forloeb.ProviderRUC}))
	require.ElementsMatch(t, []uuid.UUID{id, spark}, list(forloeb.ListFilter{}))
	page, err := e.API.List(t.Context(), forloeb.ListFilter{Provider: forloeb.ProviderNFA})
	require.NoError(t, err)
	require.Equal(t, "Region Midtjylland", page.Rows[0].Where())
	require.Equal(t, "NFA", page.Rows[0].Waiting.Awaited())
}
