package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// recuse registers one as the secretariat.
func recuse(t *testing.T, e *storetest.Env, r forloeb.Recusal) uuid.UUID {
	t.Helper()
	r.ID, r.By = uuid.New(), storetest.Secretary
	_, err := e.Front.Recuse(asSecretariat(t), r.Clean())
	require.NoError(t, err)
	return r.ID
}

func asSecretariat(t *testing.T) context.Context {
	return forloeb.AskedBy(t.Context(), forloeb.Principal{ID: uuid.New(), Role: forloeb.RoleSecretariat})
}

func TestMatchPassesOverWhoIsRecused(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]forloeb.Recusal{
		"in the municipality": {},
		"at the workplace":    {Workplace: "tranemose-skolen"},
	} {
		e := storetest.New(t)
		id := waiting(e)
		lead := e.Read(id).Lead()
		e.Exec(`update workplace_names set name = 'Tranemoseskolen'`)
		r.Consultant, r.Place = e.Consultant("Karen Lund", 8), lead.Municipality
		kept := recuse(t, e, r)
		m, err := e.Worker.Match(t.Context(), id, time.Now())
		require.NoError(t, err)
		require.False(t, m.Assigned, name)
		_, err = e.API.Record(t.Context(), id, storetest.Secretary, forloeb.Assign{Consultant: r.Consultant, Reason: "Den eneste."})
		var no *forloeb.Refusal
		require.ErrorAs(t, err, &no)
		require.Equal(t, forloeb.RefuseRecused, no.Code, "no reason overrules it")

		acts, err := e.Front.EndRecusal(asSecretariat(t), r.Consultant, kept, storetest.Secretary)
		require.NoError(t, err)
		require.Len(t, acts, 1, "who waits looks again")
		m, err = e.Worker.Match(t.Context(), id, time.Now())
		require.NoError(t, err)
		require.True(t, m.Assigned, name)
	}
}

func TestARecusalElsewhereKeepsNobodyAway(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := waiting(e)
	e.Exec(`update workplace_names set name = 'Tranemoseskolen'`)
	karen, place := e.Consultant("Karen Lund", 8), e.Read(id).Lead().Municipality
	recuse(t, e, forloeb.Recusal{Consultant: karen, Place: place, Workplace: "Søhulen Børnehus"})
	recuse(t, e, forloeb.Recusal{Consultant: karen, Place: "411999", Workplace: ""})
	recuse(t, e, forloeb.Recusal{Consultant: e.Consultant("Bo Skov", 0), Place: place})
	m, err := e.Worker.Match(t.Context(), id, time.Now())
	require.NoError(t, err)
	require.True(t, m.Assigned)
}

// The next in rank after a no is not somebody who is recused, and neither is
// whoever takes over.
func TestNextInRankAndReassignmentPassOverWhoIsRecused(t *testing.T) {
	t.Parallel()
	l, _ := offered(t)
	liv, bo := l.Consultant("Liv Dam", 8), l.Consultant("Bo Skov", 8)
	home, _ := forloeb.MunicipalityByCode(l.Read(l.id).Lead().Municipality)
	l.Exec(`update consultants set regions = array[$2] where id = $1`, bo, home.Region(l.Read(l.id).CreatedAt))
	ranked, err := l.API.Ranking(t.Context(), l.id)
	require.NoError(t, err)
	require.Equal(t, bo, ranked[0].ID, "before")
	recuse(t, l.Env, forloeb.Recusal{Consultant: bo, Place: home.Code})
	l.do(consultantOf(l), forloeb.Decline{Reason: forloeb.DeclineNoRoom})
	require.Equal(t, liv, l.Read(l.id).Offer().Consultant.ID)
	l.do(consultantOf(l), forloeb.Accept{})
	l.status(forloeb.Planning)
	require.Equal(t, forloeb.RefuseRecused, l.Refused(l.id, storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Liv er syg."}).Code)
}

// Nothing is taken away in silence: the forløb stays, and a task says that
// somebody must decide. It goes with its cause.
func TestARecusalOfAnOpenForloebIsATask(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	f := inHandAt(e, "")
	karen, open := f.Consultant().ID, func() (n int) {
		return e.Count(`select count(*) from tasks where kind = 'recused' and closed_at is null and forloeb_id = $1`, f.ID)
	}
	r := forloeb.Recusal{Consultant: karen, Place: f.Lead().Municipality}
	found, err := e.Front.RecusedFrom(asSecretariat(t), r)
	require.NoError(t, err)
	require.Len(t, found, 1)
	require.Equal(t, f.Reference, found[0].Reference)
	kept := recuse(t, e, r)
	e.Settle(f.ID)
	require.Equal(t, 1, open())
	require.Equal(t, karen, e.Read(f.ID).Consultant().ID)
	require.Equal(t, kept, e.Read(f.ID).Recused)
	_, err = e.Front.EndRecusal(asSecretariat(t), karen, kept, storetest.Secretary)
	require.NoError(t, err)
	e.Settle(f.ID)
	require.Zero(t, open())
	recuse(t, e, r)
	e.Settle(f.ID)
	require.Equal(t, 1, open(), "another one asks anew")
	bo := e.Consultant("Bo Skov", 8)
	e.Do(f.ID, storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Habilitet."})
	e.Settle(f.ID)
	require.Zero(t, open())
}

func TestWhyIsForTheHeadAndTheConsultantAlone(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen, bo := e.Consultant("Karen Lund", 8), e.Consultant("Bo Skov", 8)
	nanna := e.Expert("Nanna", forloeb.ProviderNFA, 5)
	const why = "Min søster arbejder der."
	kept := recuse(t, e, forloeb.Recusal{Consultant: karen, Place: "630", Reason: why})
	recuse(t, e, forloeb.Recusal{Consultant: nanna, Place: "syddanmark", Reason: why})
	as := func(who forloeb.Principal) context.Context { return forloeb.AskedBy(t.Context(), who) }
	for name, test := range map[string]struct {
		who        forloeb.Principal
		of         uuid.UUID
		sees, told bool
	}{
		"the head":           {forloeb.Principal{Role: forloeb.RoleHead}, karen, true, true},
		"the secretariat":    {forloeb.Principal{Role: forloeb.RoleSecretariat}, karen, true, false},
		"Karen":              {forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: karen}, karen, true, true},
		"Bo":                 {forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: bo}, karen, false, false},
		"a provider":         {forloeb.Principal{Role: forloeb.RoleProvider, Provider: forloeb.ProviderRUC}, karen, false, false},
		"her provider":       {forloeb.Principal{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}, nanna, true, false},
		"the other provider": {forloeb.Principal{Role: forloeb.RoleProvider, Provider: forloeb.ProviderRUC}, nanna, false, false},
		"a reader":           {forloeb.Principal{Role: forloeb.RoleReader}, karen, false, false},
	} {
		list, err := e.Front.Recusals(as(test.who), test.of)
		require.NoError(t, err)
		require.Equal(t, test.sees, len(list) == 1, name)
		require.Equal(t, test.told, len(list) == 1 && list[0].Reason == why, name)
		seen, told := 0, 0
		if test.sees {
			seen = 1
		}
		if test.told {
			told = 1
		}
		if test.who.Role != forloeb.RoleSecretariat && test.who.Role != forloeb.RoleHead {
			require.Equal(t, seen, bare(t, e.Front, as(test.who), "recusals"), "without a condition: %s", name)
			require.Equal(t, told, bare(t, e.Front, as(test.who), "recusal_reasons"), "without a condition: %s", name)
		} else {
			require.Zero(t, bare(t, e.Front, as(test.who), "recusal_reasons"), "without a condition: %s", name)
		}
	}

	secretariat := asSecretariat(t)
	_, err := e.Front.Recuse(secretariat, forloeb.Recusal{ID: uuid.New(), Consultant: karen, Place: "630", By: storetest.Secretary})
	var no *forloeb.Refusal
	require.ErrorAs(t, err, &no)
	require.Equal(t, forloeb.RefuseRecusedAlready, no.Code)
	own := as(forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: karen})
	_, err = e.Front.EndRecusal(own, karen, kept, forloeb.Actor{Kind: forloeb.ActorConsultant, ID: karen.String()})
	require.ErrorAs(t, err, &no)
	require.Equal(t, forloeb.RefuseRecusalNotYours, no.Code)
	for name, ctx := range map[string]context.Context{"Bo": as(forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: bo}), "a provider": as(forloeb.Principal{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA})} {
		_, err = e.Front.EndRecusal(ctx, karen, kept, storetest.Secretary)
		require.ErrorAs(t, err, &no, name)
		require.Equal(t, forloeb.RefuseNotFound, no.Code, name)
		_, err = e.Front.Recuse(ctx, forloeb.Recusal{ID: uuid.New(), Consultant: karen, Place: "631", By: storetest.Secretary})
		require.ErrorAs(t, err, &no, name)
	}
	_, err = e.Front.EndRecusal(secretariat, karen, kept, storetest.Secretary)
	require.NoError(t, err)
	require.Equal(t, 1, e.Count(`select count(*) from recusal_reasons`), "gone with what it was about")
	_, err = e.Front.EndRecusal(secretariat, karen, kept, storetest.Secretary)
	require.ErrorAs(t, err, &no)
	require.Equal(t, forloeb.RefuseNotFound, no.Code)
}
