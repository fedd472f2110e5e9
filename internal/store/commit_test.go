package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// agreed is a forløb whose parties have both agreed and whose workflow has
// not heard of it.
func agreed(e *storetest.Env) (uuid.UUID, forloeb.Change) {
	id := e.Apply()
	e.Settle(id)
	e.Agree(id)
	return id, forloeb.Change{ID: id.String(), Version: e.Read(id).Version, From: forloeb.AwaitingConsent, To: forloeb.AwaitingConsultant,
		Cause: string(forloeb.ConsentAnswered), Now: e.Now(id)}
}

func TestCommitTwiceIsOnce(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id, change := agreed(e)
	require.NoError(t, e.Worker.Commit(t.Context(), change))
	once := e.Read(id)
	require.Equal(t, forloeb.AwaitingConsultant, once.Status)
	require.NoError(t, e.Worker.Commit(t.Context(), change))
	require.Equal(t, once, e.Read(id))
}

func TestCommitsAtOnceAreOne(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id, change := agreed(e)
	other := e.Open(store.RoleWorker)
	errs := make([]error, 20)
	atOnce(20, func(i int) {
		s := e.Worker
		if i%2 == 1 {
			s = other
		}
		errs[i] = s.Commit(context.Background(), change)
	})
	require.NoError(t, errors.Join(errs...))
	f := e.Read(id)
	require.Len(t, f.Events, 2)
	kinds := map[forloeb.MailKind]int{}
	for _, m := range f.Mails {
		kinds[m.Kind]++
	}
	require.Equal(t, map[forloeb.MailKind]int{forloeb.MailConsentRequest: 2, forloeb.MailAnswerYes: 2, forloeb.MailBothAgreed: 2}, kinds, "effects are there once")
}

func TestAStaleCommitWritesNothing(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id, change := agreed(e)
	p := e.Party(id, forloeb.Leader)
	e.Do(id, storetest.By(p), forloeb.Withdraw{Party: p.ID})
	before := e.Read(id)
	require.NoError(t, e.Worker.Commit(t.Context(), change))
	require.Equal(t, before, e.Read(id))
	e.Settle(id)
	require.Equal(t, forloeb.Withdrawn, e.Read(id).Status)
}

func TestCommitOfWhatIsNotThere(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	change := forloeb.Change{ID: uuid.NewString(), From: forloeb.Planning, To: forloeb.Planning, Now: time.Now()}
	require.ErrorIs(t, e.Worker.Commit(t.Context(), change), store.ErrNotFound)
	change.ID = "not an id"
	require.Error(t, e.Worker.Commit(t.Context(), change))
}

func TestSettlingTellsWhichVersionWasSeen(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply()
	require.False(t, e.Read(id).Settled())
	require.Equal(t, forloeb.WaitProcessing, e.Read(id).Waiting(time.Now()).Key)
	e.Settle(id)
	require.True(t, e.Read(id).Settled())
	p := e.Party(id, forloeb.Leader)
	e.Do(id, storetest.By(p), forloeb.AskLink{Party: p.ID})
	require.False(t, e.Read(id).Settled())
}

// The database refuses what no code of ours does.
func TestTheDatabaseRefusesASkippedStep(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply()
	insert := func(seq int, from, to string) error {
		_, err := e.DB.Exec(`insert into forloeb_events (forloeb_id, seq, "from", "to", cause, facts_version, at) values ($1, $2, $3, $4, 'test', 1, now())`, id, seq, from, to)
		return err
	}
	require.ErrorContains(t, insert(2, "awaiting_consent", "planning"), "foreign key", "no such step")
	require.ErrorContains(t, insert(2, "planning", "in_progress"), "does not follow")
	require.ErrorContains(t, insert(3, "awaiting_consent", "declined"), "does not follow", "no gap")
	require.Error(t, insert(1, "none", "awaiting_consent"))
	_, err := e.DB.Exec(`update forloeb set status = 'planning' where id = $1`, id)
	require.ErrorContains(t, err, "status and last event differ")
	tx := e.DB.MustBegin()
	_, err = tx.Exec(`insert into forloeb_events (forloeb_id, seq, "from", "to", cause, facts_version, at) values ($1, 2, 'awaiting_consent', 'declined', 'test', 1, now())`, id)
	require.NoError(t, err)
	require.ErrorContains(t, tx.Commit(), "status and last event differ", "an event without the status")
	require.Equal(t, forloeb.AwaitingConsent, e.Read(id).Status)
}

func TestRolesMayWriteNoMoreThanTheirPart(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply()
	e.Settle(id)
	party := e.Party(id, forloeb.Rep).ID
	for role, statements := range map[string][]string{
		store.RoleAPI: {
			`update forloeb set status = 'declined'`,
			`update forloeb set seen_version = version`,
			`update forloeb set waiting = '{}'`,
			`update forloeb set clock_offset = '1 day'`,
			`update forloeb set policy = '{}'`,
			`insert into forloeb (id, reference, programme, type, policy, created_at, status) values (gen_random_uuid(), 'x', 'spark', 'individual', '{}', now(), 'completed')`,
			`insert into forloeb_events (forloeb_id, seq, "from", "to", cause, facts_version, at) values ('` + id.String() + `', 2, 'awaiting_consent', 'declined', 'x', 1, now())`,
			`insert into mails (forloeb_id, kind, recipient, ordinal, message_id, planned_at) values ('` + id.String() + `', 'x', gen_random_uuid(), 1, 'x', now())`,
			`insert into tasks (forloeb_id, kind, subject, opened_at) values ('` + id.String() + `', 'x', 'x', now())`,
			`update mails set recipient = gen_random_uuid()`,
			`update acts set name = 'x'`,
			`delete from acts`,
			`delete from forloeb`,
			`update staff set subject = 'x'`, `delete from staff`,
			`update sessions set token = 'x'`, `update kept_forms set staff_id = gen_random_uuid()`,
			`insert into transitions values ('planning', 'completed')`,
			`create table x ()`, `alter table forloeb disable trigger all`, `drop table consents`, `truncate acts`,
			`create function x() returns int language sql as 'select 1'`,
		},
		store.RoleWorker: {
			`insert into consents (party_id, revision, answer, text_hash, at, channel) values ('` + party.String() + `', 1, 'yes', 'x', now(), 'link')`,
			`update consents set answer = 'yes'`,
			`insert into applications select * from applications`,
			`update party_contacts set email = 'x'`,
			`update forloeb set withdrawn_at = now()`,
			`insert into meetings select * from meetings`,
			`delete from forloeb_events`,
			`update forloeb_events set cause = 'x'`,
			`insert into api_tokens select * from api_tokens`,
			`select subject from staff`, `select issuer from staff`, `update staff set digest = true`, `update staff set role = 'head'`, `select 1 from sessions`, `select 1 from kept_forms`,
			`insert into transitions values ('planning', 'completed')`,
			`create table x ()`, `alter table forloeb disable trigger all`, `drop table consents`, `truncate acts`,
		},
	} {
		db := e.Connect(role)
		for _, statement := range statements {
			_, err := db.Exec(statement)
			require.Error(t, err, "%s: %s", role, statement)
			require.Regexp(t, `permission denied|must be owner`, err.Error(), "%s: %s", role, statement)
		}
	}
}
