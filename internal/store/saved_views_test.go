package store_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// comer is somebody who has logged in.
func comer(t *testing.T, e *storetest.Env, access forloeb.Access) forloeb.Principal {
	t.Helper()
	m, err := e.Front.SignIn(t.Context(), forloeb.Identity{
		Issuer: "test", Subject: uuid.NewString(), Name: access.String(), Email: "x@example.dk", Role: access.Role, Provider: access.Provider,
	})
	require.NoError(t, err)
	return m.Principal
}

func TestSavedViewsAreOnesOwnAndTheShared(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	head, anna := comer(t, e, forloeb.Access{Role: forloeb.RoleHead}), comer(t, e, forloeb.Access{Role: forloeb.RoleSecretariat})
	nfa := comer(t, e, forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA})
	save := func(who forloeb.Principal, name string, shared bool) error {
		return e.Front.SaveView(forloeb.AskedBy(t.Context(), who), who.ID, forloeb.SavedView{
			Name: name, Shared: shared, Narrowing: forloeb.Narrowing{Tab: forloeb.TabOpen, Municipality: "740", Attention: true},
		})
	}
	names := func(who forloeb.Principal) (list []string) {
		views, err := e.Front.SavedViews(forloeb.AskedBy(t.Context(), who), who)
		require.NoError(t, err)
		for _, v := range views {
			require.Equal(t, forloeb.Narrowing{Tab: forloeb.TabOpen, Municipality: "740", Attention: true}, v.Narrowing)
			list = append(list, v.Name)
		}
		return list
	}
	require.NoError(t, save(head, "Lederens", false))
	require.NoError(t, save(head, "Fælles", true))
	require.NoError(t, save(anna, " Annas   egen ", false))
	require.NoError(t, save(nfa, "Vores", false))
	require.ErrorIs(t, save(anna, "ANNAS egen", false), forloeb.ErrViewNameTaken)
	require.Equal(t, []string{"Fælles", "Annas egen"}, names(anna))
	require.Equal(t, []string{"Fælles", "Lederens"}, names(head))
	require.Equal(t, []string{"Vores"}, names(nfa))

	// The wall shows no more to a question that forgot its condition.
	for who, rows := range map[*forloeb.Principal]int{&anna: 2, &head: 2, &nfa: 1} {
		require.Equal(t, rows, bare(t, e.Front, forloeb.AskedBy(t.Context(), *who), "saved_views"), who.Role)
	}
	require.Zero(t, bare(t, e.Front, t.Context(), "saved_views"), "nobody")
	all, err := e.Front.SavedViews(forloeb.AskedBy(t.Context(), head), head)
	require.NoError(t, err)
	lone := all[1]
	require.Equal(t, "Lederens", lone.Name)
	asAnna := forloeb.AskedBy(t.Context(), anna)
	require.NoError(t, e.Front.ChangeView(asAnna, lone.ID, "Taget", true), "which reaches no row")
	require.NoError(t, e.Front.DropView(asAnna, lone.ID))
	require.Equal(t, []string{"Fælles", "Lederens"}, names(head))
	_, err = e.Front.SavedView(asAnna, anna, lone.ID)
	var refused *forloeb.Refusal
	require.ErrorAs(t, err, &refused)

	asHead := forloeb.AskedBy(t.Context(), head)
	require.ErrorIs(t, e.Front.ChangeView(asHead, lone.ID, "fælles", false), forloeb.ErrViewNameTaken)
	require.NoError(t, e.Front.ChangeView(asHead, lone.ID, "Omdøbt", false))
	require.Equal(t, []string{"Fælles", "Omdøbt"}, names(head))
	require.NoError(t, e.Front.DropView(asHead, lone.ID))
	require.Equal(t, []string{"Fælles"}, names(head))
}

func TestSavedViewsAreAtMostTwenty(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	anna := comer(t, e, forloeb.Access{Role: forloeb.RoleSecretariat})
	ctx := forloeb.AskedBy(t.Context(), anna)
	save := func(n int) error {
		return e.Front.SaveView(ctx, anna.ID, forloeb.SavedView{Name: fmt.Sprint("Nr. ", n), Narrowing: forloeb.Narrowing{Tab: forloeb.TabAll}})
	}
	for n := range forloeb.MaxSavedViews {
		require.NoError(t, save(n))
	}
	require.ErrorIs(t, save(forloeb.MaxSavedViews), forloeb.ErrTooManyViews)
	require.Equal(t, forloeb.MaxSavedViews, e.Count(`select count(*) from saved_views`))
}
