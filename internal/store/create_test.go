package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

func TestCreateWritesWhatTheApplicationTells(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	sub := storetest.Submission()
	created, err := e.API.Create(t.Context(), sub.Clean(), "key", storetest.Applicant)
	require.NoError(t, err)
	f := e.Read(created.ID)
	want := sub.Clean()
	want.Declared = false // declared anew with every change
	require.Equal(t, want, f.Submission())
	require.Equal(t, sub.Hash(), f.Application.Hash)
	require.Equal(t, forloeb.DefaultPolicy, f.Policy)
	require.Equal(t, forloeb.AwaitingConsent, f.Status)
	require.Equal(t, []forloeb.Act{{ForloebID: f.ID, Version: 1, Name: forloeb.ApplicationChanged, Detail: "applied", Actor: storetest.Applicant, At: created.Acts[0].At}}, created.Acts)
	require.EqualValues(t, 1, f.Version)
	require.False(t, f.Settled())
	require.Equal(t, f.CreatedAt, f.Events[0].At)
	require.Empty(t, f.Mails, "mails are the process's")
}

func TestFiftyAtOnceWithTheSameKeyAreOne(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	sub := storetest.Submission().Clean()
	other := e.OpenHouse()
	ids, errs := make([]uuid.UUID, 50), make([]error, 50)
	acts := make([]int, 50)
	atOnce(50, func(i int) {
		s := e.API
		if i%2 == 1 {
			s = other
		}
		var c forloeb.Created
		c, errs[i] = s.Create(context.Background(), sub, "the same key", storetest.Applicant)
		ids[i], acts[i] = c.ID, len(c.Acts)
	})
	require.NoError(t, errors.Join(errs...))
	total := 0
	for i, id := range ids {
		require.Equal(t, ids[0], id)
		total += acts[i]
	}
	require.Equal(t, 1, total, "one of them has something to relay")
	for _, table := range []string{"forloeb", "applications", "acts", "idempotency_keys", "workplaces"} {
		require.Equal(t, 1, e.Count(`select count(*) from `+table), table)
	}
}

func TestAKeyIsForOneApplication(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	sub := storetest.Submission().Clean()
	_, err := e.API.Create(t.Context(), sub, "key", storetest.Applicant)
	require.NoError(t, err)
	for name, change := range map[string]func(*forloeb.Submission){
		"another workplace": func(s *forloeb.Submission) { s.Workplace = "Nørreskolen" },
		"another address":   func(s *forloeb.Submission) { s.Rep.Email = "en.anden@example.dk" },
		"another phone":     func(s *forloeb.Submission) { s.Leader.Phone = "70 00 00 99" },
	} {
		changed := sub
		change(&changed)
		_, err = e.API.Create(t.Context(), changed, "key", storetest.Applicant)
		require.ErrorIs(t, err, store.ErrKeyReused, name)
	}
	require.Equal(t, 1, e.Count(`select count(*) from forloeb`))
}

// The form and the API must go on when a year's four digits are nearly used up.
func TestReferencesNeverRunOut(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	first := e.Apply()
	year := e.Read(first).Reference[:3]
	e.Exec(`alter table forloeb disable trigger user`)
	e.Exec(`insert into forloeb (id, reference, programme, type, policy, created_at)
		select gen_random_uuid(), $1 || lpad(n::text, 4, '0'), 'spark', 'individual', '{}', now() from generate_series(0, 9999) n
		on conflict do nothing`, year)
	e.Exec(`alter table forloeb enable trigger user`)
	require.Regexp(t, `^\d\d-\d{6}$`, e.Read(e.Apply()).Reference)
}

// atOnce runs f n times, all released by one barrier.
func atOnce(n int, f func(i int)) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	for i := range n {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gate
			f(i)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
}

// Two consents at the same instant, 3,000 times, by two processes: the obvious
// SQL (write my own, then count) leaves one pair in three stuck.
func TestConsentsAtTheSameInstantNeverStick(t *testing.T) {
	t.Parallel()
	const pairs, batch = 3000, 100
	e := storetest.New(t)
	ids := e.Many(pairs)
	processes := []*store.Store{e.API, e.OpenHouse()}
	for from := 0; from < pairs; from += batch {
		var parties []forloeb.AnswerConsent
		for _, id := range ids[from : from+batch] {
			f := e.Read(id)
			for _, p := range f.CurrentParties() {
				parties = append(parties, storetest.Answer(f, p, forloeb.Yes))
			}
		}
		errs := make([]error, 2*batch)
		atOnce(2*batch, func(i int) {
			by := forloeb.Actor{Kind: forloeb.ActorParty, ID: parties[i].Party.String()}
			_, errs[i] = processes[i%2].Record(context.Background(), ids[from+i/2], by, parties[i])
		})
		require.NoError(t, errors.Join(errs...))
	}
	errs := make([]error, pairs)
	atOnce(8, func(worker int) {
		for i := worker; i < pairs; i += 8 {
			errs[i] = e.Step(context.Background(), ids[i])
		}
	})
	require.NoError(t, errors.Join(errs...))
	require.Equal(t, pairs, e.Count(`select count(*) from forloeb where status = 'awaiting_consultant'`), "none is stuck")
	require.Equal(t, pairs, e.Count(`select count(*) from forloeb_events where "to" = 'awaiting_consultant'`), "none went twice")
	require.Equal(t, 2*pairs, e.Count(`select count(*) from consents`))
	require.Equal(t, 3*pairs, e.Count(`select count(*) from acts`))
	for _, kind := range []string{"answer_yes", "both_agreed"} {
		require.Equal(t, 2*pairs, e.Count(`select count(*) from mails where kind = $1`, kind), kind)
	}
}

// Fifty clicks on one link are one answer.
func TestFiftyAnswersFromOnePartyAreOne(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply()
	f := e.Read(id)
	p := f.CurrentParties()[0]
	errs := make([]error, 50)
	atOnce(50, func(i int) {
		answer := forloeb.Yes
		if i%2 == 1 {
			answer = forloeb.No
		}
		_, errs[i] = e.API.Record(context.Background(), id, storetest.By(p), storetest.Answer(f, p, answer))
	})
	written := 0
	for _, err := range errs {
		var r *forloeb.Refusal
		switch {
		case err == nil:
			written++
		default:
			require.ErrorAs(t, err, &r)
			require.Contains(t, []forloeb.RefusalCode{forloeb.RefuseAlreadyAnswered}, r.Code, fmt.Sprint(err))
		}
	}
	require.Equal(t, 1, written)
	require.EqualValues(t, 2, e.Read(id).Version)
}
