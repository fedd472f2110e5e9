package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// wants is somebody of the staff who has turned the mail in the morning on.
func wants(t *testing.T, e *storetest.Env, access forloeb.Access) forloeb.Principal {
	t.Helper()
	who := comer(t, e, access)
	require.NoError(t, e.Front.SetDigest(t.Context(), who.ID, true))
	on, err := e.Front.WantsDigest(t.Context(), who.ID)
	require.NoError(t, err)
	require.True(t, on)
	return who
}

// claims takes every mail to staff that is due, by whom it is to.
func claims(t *testing.T, e *storetest.Env) map[forloeb.Access]forloeb.StaffLetter {
	t.Helper()
	letters := map[forloeb.Access]forloeb.StaffLetter{}
	for {
		l, err := e.Worker.ClaimStaffMail(t.Context(), time.Now())
		require.NoError(t, err)
		if l == nil {
			return letters
		}
		letters[l.Access] = *l
		require.NoError(t, e.Worker.SettleStaffMail(t.Context(), l.Mail.ID, l.Attempt, forloeb.Outcome{State: forloeb.MailSent}, 0))
	}
}

// The mail in the morning is sent once a person and day, to those who want it and
// may come in, and tells what waits and nobody's name.
func TestADigestIsOneAPersonAndDay(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	secretary := forloeb.Access{Role: forloeb.RoleSecretariat}
	nfa := forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}
	anna := wants(t, e, secretary)
	wants(t, e, nfa)
	wants(t, e, forloeb.Access{Role: forloeb.RoleReader})
	comer(t, e, forloeb.Access{Role: forloeb.RoleHead}) // does not
	gone, closed := wants(t, e, secretary), wants(t, e, secretary)
	e.Exec(`update staff set last_login_at = now() - interval '61 days' where id = $1`, gone.ID)
	require.NoError(t, e.Front.SetStaffActive(t.Context(), closed.ID, false))

	first, second := e.Apply(), e.Apply()
	for _, id := range []uuid.UUID{first, second} {
		e.Settle(id)
		e.Answer(id, forloeb.Leader, forloeb.Fix)
		e.Settle(id)
	}
	e.Exec(`update tasks set opened_at = now() - interval '3 days' where forloeb_id = $1`, second)
	today := time.Now()
	for range 2 {
		require.NoError(t, e.Worker.PlanDigests(t.Context(), today))
	}
	require.Equal(t, 2, e.Count(`select count(*) from staff_mails`), "the secretary's and NFA's")
	letters := claims(t, e)
	require.Len(t, letters, 1)
	require.Equal(t, 1, e.Count(`select count(*) from staff_mails where state = 'cancelled'`), "nothing waits for NFA")
	l := letters[secretary]
	require.Equal(t, forloeb.StaffDigest, l.Kind)
	require.Equal(t, "x@example.dk", l.Email)
	require.Len(t, l.Digest.Tasks, 1)
	require.Equal(t, 2, l.Digest.Tasks[0].Count)
	require.Equal(t, forloeb.TaskFix, l.Digest.Tasks[0].Kind)
	require.Equal(t, e.Read(second).Reference, l.Digest.Tasks[0].Oldest)
	require.NoError(t, e.Worker.PlanDigests(t.Context(), today))
	require.Empty(t, claims(t, e), "once a day")

	// What is put off waits for nobody; and what was not sent yesterday is not
	// sent today.
	e.Exec(`update staff_mails set day = day - 1, state = 'planned' where staff_id = $1`, anna.ID)
	e.Exec(`insert into task_delays (task_id, until, put_off_by, put_off_at) select id, current_date + 9, $1, now() from tasks`, anna.ID)
	require.NoError(t, e.Worker.PlanDigests(t.Context(), today))
	require.Empty(t, claims(t, e))
	require.Equal(t, 3, e.Count(`select count(*) from staff_mails where state = 'cancelled'`))
}

// A role may end between the row and the mail.
func TestNobodyWhoseRoleHasEndedGetsADigest(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply()
	e.Settle(id)
	e.Answer(id, forloeb.Leader, forloeb.Fix)
	e.Settle(id)
	for name, ends := range map[string]func(who forloeb.Principal){
		"closed":  func(who forloeb.Principal) { require.NoError(t, e.Front.SetStaffActive(t.Context(), who.ID, false)) },
		"refused": func(who forloeb.Principal) { e.Exec(`update staff set subject = $1::text where id = $1`, who.ID) },
		"changed": func(who forloeb.Principal) { e.Exec(`update staff set role = 'reader' where id = $1`, who.ID) },
		"off":     func(who forloeb.Principal) { require.NoError(t, e.Front.SetDigest(t.Context(), who.ID, false)) },
	} {
		who := wants(t, e, forloeb.Access{Role: forloeb.RoleHead})
		require.NoError(t, e.Worker.PlanDigests(t.Context(), time.Now()), name)
		ends(who)
		if name == "refused" {
			_, err := e.Front.SignIn(t.Context(), forloeb.Identity{Issuer: "test", Subject: who.ID.String(), Email: "x@example.dk"})
			require.ErrorIs(t, err, forloeb.ErrNoAccess)
		}
		require.Empty(t, claims(t, e), name)
	}
}

// A consultant hears of the meetings of their own day.
func TestAConsultantsDigest(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	f := inHandAt(e, "")
	e.Exec(`update consultants set email = 'own@example.dk' where id = $1`, f.Consultant().ID)
	m, err := e.Front.SignIn(t.Context(), forloeb.Identity{Issuer: "test", Subject: uuid.NewString(), Name: "Karen", Email: "own@example.dk", Role: forloeb.RoleConsultant})
	require.NoError(t, err)
	require.NoError(t, e.Front.SetDigest(t.Context(), m.ID, true))
	e.Exec(`update meetings set starts_at = forloeb_now(f) - interval '3 days', ends_at = forloeb_now(f) - interval '3 days' + interval '2 hours', state = 'booked'
		from forloeb f where f.id = forloeb_id and forloeb_id = $1`, f.ID)
	require.NoError(t, e.Worker.PlanDigests(t.Context(), time.Now()))
	l, found := claims(t, e)[forloeb.Access{Role: forloeb.RoleConsultant}]
	require.True(t, found)
	require.Empty(t, l.Digest.Tasks)
	require.Empty(t, l.Digest.Meetings)
	require.NotEmpty(t, l.Digest.Unregistered)
	require.Equal(t, f.Reference, l.Digest.Unregistered[0].Reference)

	e.Exec(`delete from staff_mails`)
	e.Exec(`update meetings set starts_at = date_trunc('day', forloeb_now(f), 'Europe/Copenhagen') + interval '23 hours 50 minutes', ends_at = date_trunc('day', forloeb_now(f), 'Europe/Copenhagen') + interval '25 hours'
		from forloeb f where f.id = forloeb_id and forloeb_id = $1`, f.ID)
	require.NoError(t, e.Worker.PlanDigests(t.Context(), time.Now()))
	l = claims(t, e)[forloeb.Access{Role: forloeb.RoleConsultant}]
	require.NotEmpty(t, l.Digest.Meetings)
	require.Empty(t, l.Digest.Unregistered)

	e.Exec(`delete from staff_mails`)
	e.Exec(`update consultants set active = false where id = $1`, f.Consultant().ID)
	require.NoError(t, e.Worker.PlanDigests(t.Context(), time.Now()))
	require.Empty(t, claims(t, e), "who has stopped gets none")
}

// A provider's people hear when a forløb becomes theirs: each once, in the step
// that makes it so, and not when an expert is chosen already.
func TestAProviderHearsOfANewForloeb(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	nfa := forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}
	comer(t, e, nfa)
	comer(t, e, forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderRUC})
	comer(t, e, forloeb.Access{Role: forloeb.RoleSecretariat})
	agreed := func(change ...func(*forloeb.Submission)) *forloeb.Forloeb {
		id := e.Apply(change...)
		e.Settle(id)
		e.Agree(id)
		require.Zero(t, e.Count(`select count(*) from staff_mails where forloeb_id = $1`, id), "not before the step")
		e.Settle(id)
		return e.Read(id)
	}
	atNFA := func(s *forloeb.Submission) { s.Provider = forloeb.ProviderNFA }
	first := agreed(storetest.Regional, atNFA)
	l := claims(t, e)
	require.Len(t, l, 1)
	require.Equal(t, forloeb.StaffProviderNew, l[nfa].Kind)
	require.Equal(t, first.Reference, l[nfa].Reference)
	require.Equal(t, first.NewsBy(), l[nfa].ChooseBy)
	require.Zero(t, e.Count(`select count(*) from staff_mails where forloeb_id = $1`, agreed().ID), "one of SPARK's own is no provider's")

	expert := e.Expert("Nanna", forloeb.ProviderNFA, 5)
	second := agreed(storetest.Regional, atNFA)
	e.Do(second.ID, storetest.Secretary, forloeb.Assign{Consultant: expert})
	require.Empty(t, claims(t, e))
	require.Equal(t, 1, e.Count(`select count(*) from staff_mails where state = 'cancelled' and forloeb_id = $1`, second.ID))
}
