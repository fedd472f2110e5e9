package store_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// login is what a provider tells about somebody nobody else is.
func login(role forloeb.StaffRole, change ...func(*forloeb.Identity)) forloeb.Identity {
	subject := uuid.NewString()
	who := forloeb.Identity{Issuer: "https://login.example.dk", Subject: subject, Name: "Karen Lund", Email: subject + "@example.dk", Role: role}
	for _, c := range change {
		c(&who)
	}
	return who
}

// consultantLogin is the login of somebody whose address a consultant has.
func consultantLogin(e *storetest.Env, consultant uuid.UUID) forloeb.Identity {
	return login(forloeb.RoleConsultant, func(who *forloeb.Identity) {
		for _, c := range consultants(e) {
			if c.ID == consultant {
				who.Email = c.Email
			}
		}
	})
}

func consultants(e *storetest.Env) (list []forloeb.Consultant) {
	if err := e.DB.Select(&list, `select id, email from consultants`); err != nil {
		panic(err)
	}
	return list
}

// signsIn is a login that must be let in.
func signsIn(t *testing.T, e *storetest.Env, who forloeb.Identity) forloeb.StaffMember {
	t.Helper()
	m, err := e.API.SignIn(t.Context(), who)
	require.NoError(t, err)
	require.True(t, m.Active)
	require.Equal(t, m, member(t, e, m.ID), "as every request reads it")
	return m
}

func refused(t *testing.T, e *storetest.Env, who forloeb.Identity) {
	t.Helper()
	m, err := e.API.SignIn(t.Context(), who)
	require.ErrorIs(t, err, forloeb.ErrNoAccess)
	require.Zero(t, m)
}

func member(t *testing.T, e *storetest.Env, id uuid.UUID) forloeb.StaffMember {
	t.Helper()
	m, err := e.API.StaffMember(t.Context(), id)
	require.NoError(t, err)
	return m
}

func TestSigningIn(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	who := login(forloeb.RoleSecretariat, func(who *forloeb.Identity) { who.Name, who.Email = " Karen\tLund ", " Karen.Lund@Example.dk" })
	first := signsIn(t, e, who)
	require.Equal(t, "Karen Lund", first.Name)
	require.Equal(t, "karen.lund@example.dk", first.Email)
	require.Equal(t, forloeb.RoleSecretariat, first.Role)
	require.Zero(t, first.Consultant)
	require.Zero(t, first.Until)
	require.Equal(t, first.LastLoginAt, first.SessionsFrom, "the session that begins now is not over")

	who.Name, who.Email = "Karen Friis", "karen.friis@example.dk"
	again := signsIn(t, e, who)
	require.Equal(t, first.ID, again.ID, "a new address is the same person")
	require.Equal(t, "Karen Friis", again.Name)
	require.Equal(t, "karen.friis@example.dk", again.Email)
	require.True(t, again.LastLoginAt.After(first.LastLoginAt))
	require.Equal(t, first.SessionsFrom, again.SessionsFrom, "other sessions go on")

	for name, change := range map[string]func(*forloeb.Identity){
		"subject": func(who *forloeb.Identity) { who.Subject += "x" },
		"issuer":  func(who *forloeb.Identity) { who.Issuer += "x" },
	} {
		other := who
		change(&other)
		require.NotEqual(t, first.ID, signsIn(t, e, other).ID, "another %s is another person, whatever the address", name)
	}
	_, err := e.API.StaffMember(t.Context(), uuid.New())
	require.ErrorIs(t, err, store.ErrNotFound)
	for _, nobody := range []forloeb.Identity{
		login(forloeb.RoleHead, func(who *forloeb.Identity) { who.Subject = "" }),
		login(forloeb.RoleHead, func(who *forloeb.Identity) { who.Issuer = "" }),
	} {
		_, err := e.API.SignIn(t.Context(), nobody)
		require.Error(t, err, "two people without a name must not become one")
	}
}

func TestEveryRoleAndNoOtherMaySignInAndHaveATokenOfItsOwn(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen := e.Consultant("Karen Lund", 1)
	for _, role := range forloeb.StaffRoles {
		consultant := uuid.Nil
		who := login(role)
		if role == forloeb.RoleProvider {
			continue // see TestAProvidersPeopleSignInForTheirOwn
		}
		if role == forloeb.RoleConsultant {
			consultant, who = karen, consultantLogin(e, karen)
		}
		m := signsIn(t, e, who)
		require.Equal(t, role, m.Role)
		require.Equal(t, consultant, m.Consultant)
		secret, err := e.API.CreateToken(t.Context(), role, consultant, "", time.Hour)
		require.NoError(t, err, role)
		p, err := e.API.Token(t.Context(), secret)
		require.NoError(t, err)
		require.Equal(t, role, p.Role)
		if role != forloeb.RoleConsultant {
			_, err := e.API.CreateToken(t.Context(), role, karen, "", time.Hour)
			require.Error(t, err, "%s is no consultant", role)
		}
	}
	people := e.Count(`select count(*) from staff`)
	for _, role := range []forloeb.StaffRole{"", "owner", "Secretariat"} {
		refused(t, e, login(role))
		_, err := e.DB.Exec(`update staff set role = $1`, role)
		require.ErrorContains(t, err, "staff_role_check")
	}
	require.Equal(t, people, e.Count(`select count(*) from staff`), "nothing is written of who is refused")
}

func TestAConsultantIsFoundByAddressOnceAndThenByID(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen, jens := e.Consultant("Karen Lund", 1), e.Consultant("Jens Åkjær", 1)
	who := consultantLogin(e, karen)
	e.Exec(`update consultants set email = initcap(email) where id = $1`, karen)
	first := signsIn(t, e, who)
	require.Equal(t, karen, first.Consultant, "in small letters or capitals")

	who.Email = "karen.friis@example.dk"
	require.Equal(t, karen, signsIn(t, e, who).Consultant, "a new address in the login")
	who.Email = consultantLogin(e, jens).Email
	require.Equal(t, karen, signsIn(t, e, who).Consultant, "even if it is another's")
	e.Exec(`update consultants set email = 'ny@example.dk' where id = $1`, karen)
	require.Equal(t, karen, signsIn(t, e, who).Consultant, "or the consultant's is changed")
	require.Equal(t, 1, e.Count(`select count(*) from staff`))

	who.Role = forloeb.RoleSecretariat
	require.Zero(t, signsIn(t, e, who).Consultant, "the secretariat sees every forløb")
	who.Role = forloeb.RoleConsultant
	require.Equal(t, karen, signsIn(t, e, who).Consultant)
}

func TestAConsultantNobodyKnowsHasNoAccessYet(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	stranger := login(forloeb.RoleConsultant)
	refused(t, e, stranger)
	require.Zero(t, e.Count(`select count(*) from staff`))
	karen := e.Consultant("Karen Lund", 1)
	e.Exec(`update consultants set email = $2 where id = $1`, karen, stranger.Email)
	first := signsIn(t, e, stranger)
	require.Equal(t, karen, first.Consultant, "the secretariat has written her down")

	secretary := login(forloeb.RoleSecretariat)
	before := signsIn(t, e, secretary)
	secretary.Role = forloeb.RoleConsultant
	refused(t, e, secretary)
	after := member(t, e, before.ID)
	require.Equal(t, forloeb.RoleSecretariat, after.Role, "as it was")
	require.True(t, after.SessionsFrom.After(before.LastLoginAt), "what the login does not say any more, no session says")
	secretary.Role = forloeb.RoleSecretariat
	require.Equal(t, before.ID, signsIn(t, e, secretary).ID)
}

func TestAConsultantWhoHasStoppedHasNoAccess(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen, jens := e.Consultant("Karen Lund", 1), e.Consultant("Jens Åkjær", 1)
	who := consultantLogin(e, karen)
	m := signsIn(t, e, who)
	e.Exec(`update consultants set active = false`)
	require.False(t, member(t, e, m.ID).Active, "at the next request")
	refused(t, e, who)
	refused(t, e, consultantLogin(e, jens))
	require.Equal(t, 1, e.Count(`select count(*) from staff`))
	require.Equal(t, 1, e.Count(`select count(*) from staff where active`), "the person themself has not been shut out")

	secretary := who
	secretary.Role = forloeb.RoleSecretariat
	require.Equal(t, m.ID, signsIn(t, e, secretary).ID, "who has another part now is let in")
	e.Exec(`update consultants set active = true`)
	require.Equal(t, karen, signsIn(t, e, who).Consultant)
}

// A login waits for who is writing to the consultant, and sees what came of it.
func TestAConsultantWhoIsBeingStoppedHasNoAccess(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	who := consultantLogin(e, e.Consultant("Karen Lund", 1))
	tx := e.DB.MustBegin()
	tx.MustExec(`update consultants set active = false`)
	result := make(chan error, 1)
	go func() {
		_, err := e.API.SignIn(t.Context(), who)
		result <- err
	}()
	require.Eventually(t, func() bool {
		return len(result) > 0 || e.Count(`select count(*) from pg_locks l join pg_stat_activity a using (pid) where not l.granted and a.datname = current_database()`) > 0
	}, time.Minute, time.Millisecond)
	require.NoError(t, tx.Commit())
	require.ErrorIs(t, <-result, forloeb.ErrNoAccess)
	require.Zero(t, e.Count(`select count(*) from staff`))
}

func TestTwoPeopleAreNotTheSameConsultant(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen := e.Consultant("Karen Lund", 1)
	first, second := consultantLogin(e, karen), consultantLogin(e, karen)
	m := signsIn(t, e, first)
	refused(t, e, second)
	require.Equal(t, 1, e.Count(`select count(*) from staff`))

	require.NoError(t, e.API.SetStaffActive(t.Context(), m.ID, false))
	next := signsIn(t, e, second)
	require.Equal(t, karen, next.Consultant, "a new login takes over from one that is shut")
	require.ErrorIs(t, e.API.SetStaffActive(t.Context(), m.ID, true), forloeb.ErrConsultantTaken)
	refused(t, e, first)
	require.NoError(t, e.API.SetStaffActive(t.Context(), next.ID, false))
	require.NoError(t, e.API.SetStaffActive(t.Context(), m.ID, true))
	require.Equal(t, karen, signsIn(t, e, first).Consultant)
}

// Two tabs at the very first login, and a stranger with the same address.
func TestFirstLoginsAtOnce(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	other := e.OpenHouse()
	for round := range 50 {
		karen := e.Consultant(fmt.Sprint("Karen Lund ", round), 1)
		people := []forloeb.Identity{consultantLogin(e, karen), consultantLogin(e, karen)}
		errs := make([]error, 20)
		atOnce(len(errs), func(i int) {
			s := e.API
			if i/2%2 == 1 {
				s = other
			}
			_, errs[i] = s.SignIn(t.Context(), people[i%2])
		})
		in := errs[0] == nil
		for i, err := range errs {
			if in == (i%2 == 0) {
				require.NoError(t, err, "one of the two is let in, every time")
			} else {
				require.ErrorIs(t, err, forloeb.ErrNoAccess)
			}
		}
	}
	require.Equal(t, 50, e.Count(`select count(*) from staff`))
}

func TestAnotherRoleEndsEarlierSessions(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	who := login(forloeb.RoleSecretariat)
	before := signsIn(t, e, who)
	who.Role = forloeb.RoleReader
	after := signsIn(t, e, who)
	require.Equal(t, forloeb.RoleReader, after.Role)
	require.True(t, after.SessionsFrom.After(before.LastLoginAt))
	require.Equal(t, after.LastLoginAt, after.SessionsFrom, "the session that begins now is not over")

	who.Role = ""
	refused(t, e, who)
	require.True(t, member(t, e, after.ID).SessionsFrom.After(after.LastLoginAt), "who has no role any more is logged out")
}

func TestShuttingSomebodyOut(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx := t.Context()
	who := login(forloeb.RoleHead)
	m, other := signsIn(t, e, who), signsIn(t, e, login(forloeb.RoleSecretariat))
	require.NoError(t, e.API.EndSessions(ctx, m.ID))
	ended := member(t, e, m.ID)
	require.True(t, ended.Active)
	require.True(t, ended.SessionsFrom.After(m.LastLoginAt))
	back := signsIn(t, e, who)
	require.False(t, back.LastLoginAt.Before(back.SessionsFrom))

	require.NoError(t, e.API.SetStaffActive(ctx, m.ID, false))
	shut := member(t, e, m.ID)
	require.False(t, shut.Active)
	require.True(t, shut.SessionsFrom.After(back.LastLoginAt))
	refused(t, e, who)
	require.NoError(t, e.API.SetStaffActive(ctx, m.ID, true))
	open := member(t, e, m.ID)
	require.True(t, open.Active)
	require.False(t, open.SessionsFrom.Before(shut.SessionsFrom), "what has ended does not come back")
	require.Equal(t, m.ID, signsIn(t, e, who).ID)
	require.Equal(t, other, member(t, e, other.ID), "nobody else has noticed")

	require.ErrorIs(t, e.API.EndSessions(ctx, uuid.New()), store.ErrNotFound)
	require.ErrorIs(t, e.API.SetStaffActive(ctx, uuid.New(), false), store.ErrNotFound)
}

func TestStaffMembersByName(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	none, err := e.API.StaffMembers(t.Context())
	require.NoError(t, err)
	require.Empty(t, none)
	var want []forloeb.StaffMember
	for _, name := range []string{"Anders And", "Zenia Holm", "Ærke Dahl", "Østen Friis", "Åse Lund"} {
		want = append([]forloeb.StaffMember{signsIn(t, e, login(forloeb.RoleReader, func(who *forloeb.Identity) { who.Name = name }))}, want...)
	}
	list, err := e.API.StaffMembers(t.Context())
	require.NoError(t, err)
	for i, m := range list {
		require.Equal(t, want[len(want)-1-i], m)
	}
}

func TestALoginThatTheDatabaseCannotAnswerIsNoRefusal(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Exec(`revoke select on staff from spark_api`)
	_, err := e.API.SignIn(t.Context(), login(forloeb.RoleHead))
	require.Error(t, err)
	require.False(t, errors.Is(err, forloeb.ErrNoAccess))
}
