package store_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// refusal is the code that err refuses with.
func refusal(t *testing.T, err error) forloeb.RefusalCode {
	t.Helper()
	var r *forloeb.Refusal
	require.ErrorAs(t, err, &r)
	return r.Code
}

// clerkOf is somebody of the secretariat who has logged in.
func clerkOf(t *testing.T, e *storetest.Env, name string) forloeb.Principal {
	t.Helper()
	return signsIn(t, e, login(forloeb.RoleSecretariat, func(who *forloeb.Identity) { who.Name = name })).Principal
}

// onThePile is a forløb with one open task.
func onThePile(e *storetest.Env) (id uuid.UUID, task int64) {
	id = waiting(e)
	return id, e.Read(id).Tasks[0].ID
}

func claim(t *testing.T, e *storetest.Env, id uuid.UUID, task int64) forloeb.Claim {
	t.Helper()
	all, err := e.API.Handlings(t.Context(), id)
	require.NoError(t, err)
	return all[task].Claim
}

func TestATaskIsTakenByOne(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id, task := onThePile(e)
	before := e.Read(id).Version
	var clerks []forloeb.Principal
	for i := range 5 {
		clerks = append(clerks, clerkOf(t, e, fmt.Sprintf("Anna %d", i)))
	}
	var all sync.WaitGroup
	errs := make([]error, len(clerks))
	for i, who := range clerks {
		all.Go(func() { errs[i] = e.API.ClaimTask(t.Context(), task, who.ID, uuid.Nil) })
	}
	all.Wait()
	held := claim(t, e, id, task)
	taken := 0
	for i, who := range clerks {
		if errs[i] == nil {
			taken++
			require.Equal(t, who.ID, held.By)
			require.Equal(t, who.Name, held.Name)
			continue
		}
		require.Equal(t, forloeb.RefuseTaskTaken, refusal(t, errs[i]))
	}
	require.Equal(t, 1, taken)
	require.WithinDuration(t, e.Now(id), held.At, time.Minute)
	require.Equal(t, before, e.Read(id).Version, "it is no deed of the forløb")

	me, other := held.By, clerks[0]
	if me == other.ID {
		other = clerks[1]
	}
	require.NoError(t, e.API.ClaimTask(t.Context(), task, me, uuid.Nil), "a second click")
	require.Equal(t, held, claim(t, e, id, task), "since the first")
	require.Equal(t, forloeb.RefuseTaskTaken, refusal(t, e.API.ClaimTask(t.Context(), task, other.ID, uuid.New())), "somebody else has it by now")
	require.NoError(t, e.API.GiveUpTask(t.Context(), task, other.ID))
	require.Equal(t, me, claim(t, e, id, task).By, "only one's own")

	list, err := e.API.Tasks(t.Context(), forloeb.TaskFilter{Which: forloeb.TasksWaiting, Holder: me})
	require.NoError(t, err)
	require.Len(t, list.Rows, 1)
	require.Equal(t, held, list.Rows[0].Claim)
	list, err = e.API.Tasks(t.Context(), forloeb.TaskFilter{Which: forloeb.TasksWaiting, Holder: other.ID})
	require.NoError(t, err)
	require.Empty(t, list.Rows)

	require.NoError(t, e.API.ClaimTask(t.Context(), task, other.ID, me), "deliberately")
	require.Equal(t, other.ID, claim(t, e, id, task).By)
	require.NoError(t, e.API.GiveUpTask(t.Context(), task, other.ID))
	require.False(t, claim(t, e, id, task).Taken())
}

func TestAClaimEnds(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id, task := onThePile(e)
	anna, bo := clerkOf(t, e, "Anna Bech"), clerkOf(t, e, "Bo Dam")
	require.NoError(t, e.API.ClaimTask(t.Context(), task, anna.ID, uuid.Nil))
	require.NoError(t, e.API.SetStaffActive(t.Context(), anna.ID, false))
	require.False(t, claim(t, e, id, task).Taken(), "who may not come in any more has nothing")
	require.NoError(t, e.API.ClaimTask(t.Context(), task, bo.ID, uuid.Nil))
	require.Equal(t, "Bo Dam", claim(t, e, id, task).Name)

	secret, err := e.API.CreateToken(t.Context(), forloeb.RoleSecretariat, uuid.Nil, "Journalen", time.Hour)
	require.NoError(t, err)
	program, err := e.API.Token(t.Context(), secret)
	require.NoError(t, err)
	require.NoError(t, e.API.ClaimTask(t.Context(), task, program.ID, bo.ID))
	require.Equal(t, "Journalen", claim(t, e, id, task).Name)
	require.NoError(t, e.API.RevokeToken(t.Context(), program.ID))
	require.False(t, claim(t, e, id, task).Taken())

	require.NoError(t, e.API.ClaimTask(t.Context(), task, bo.ID, uuid.Nil))
	e.Do(id, storetest.Secretary, forloeb.Assign{Consultant: e.Consultant("Karen Lund", 3), Reason: "Hun har tid."})
	e.Settle(id)
	require.Empty(t, claim(t, e, id, task))
	require.Equal(t, forloeb.RefuseTaskClosed, refusal(t, e.API.ClaimTask(t.Context(), task, bo.ID, uuid.Nil)))
	require.Equal(t, forloeb.RefuseNotFound, refusal(t, e.API.ClaimTask(t.Context(), 999_999, bo.ID, uuid.Nil)))
}

func TestATaskIsPutOff(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id, task := onThePile(e)
	anna := clerkOf(t, e, "Anna Bech")
	now := e.Now(id)
	day := func(days int) time.Time { return forloeb.EndOfDay(now.AddDate(0, 0, days-1)).Add(time.Second) }
	for _, bad := range []time.Time{day(0), day(-3), now.AddDate(1, 0, 2)} {
		require.Equal(t, forloeb.RefusePutOffDay, refusal(t, e.API.PutOffTask(t.Context(), task, anna, bad, "")))
	}
	startBy := e.Read(id).StartBy()
	require.Equal(t, forloeb.RefusePutOffLate, refusal(t, e.API.PutOffTask(t.Context(), task, anna, startBy.AddDate(0, 0, 1), "")))
	require.Equal(t, forloeb.RefuseUnfitText, refusal(t, e.API.PutOffTask(t.Context(), task, anna, day(2), "Spørg 010203-1234.")))
	require.Empty(t, notes(t, e, t.Context(), id))

	require.NoError(t, e.API.ClaimTask(t.Context(), task, anna.ID, uuid.Nil))
	require.NoError(t, e.API.PutOffTask(t.Context(), task, anna, day(2), "Karen er hjemme igen."))
	waitingRows := func(which forloeb.TaskChoice) []forloeb.TaskRow {
		page, err := e.API.Tasks(t.Context(), forloeb.TaskFilter{Which: which})
		require.NoError(t, err)
		return page.Rows
	}
	require.Empty(t, waitingRows(forloeb.TasksWaiting))
	counts, err := e.API.OpenTasks(t.Context())
	require.NoError(t, err)
	require.Empty(t, counts)
	require.Len(t, waitingRows(forloeb.TasksOpen), 1)
	off := waitingRows(forloeb.TasksPutOff)
	require.Len(t, off, 1)
	require.True(t, off[0].PutOff.Until.Equal(day(2)))
	require.Equal(t, "Anna Bech", off[0].PutOff.Name)
	require.False(t, off[0].Claim.Taken(), "it is let go of")
	require.Equal(t, "Udskudt til "+forloeb.Date(day(2))+": Karen er hjemme igen.", notes(t, e, t.Context(), id)[0].Text)

	e.Wind(id, day(2))
	require.Len(t, waitingRows(forloeb.TasksWaiting), 1, "on its day it is back")
	require.Empty(t, waitingRows(forloeb.TasksPutOff))
	require.NoError(t, e.API.PutOffTask(t.Context(), task, anna, day(9), ""))
	require.Empty(t, waitingRows(forloeb.TasksWaiting))
	require.NoError(t, e.API.ShowTask(t.Context(), task))
	require.Len(t, waitingRows(forloeb.TasksWaiting), 1)
}

func notes(t *testing.T, e *storetest.Env, ctx context.Context, id uuid.UUID) []forloeb.Note {
	t.Helper()
	list, err := e.API.Notes(ctx, id)
	require.NoError(t, err)
	return list
}

func TestNotes(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply(storetest.Regional, func(s *forloeb.Submission) { s.Provider = forloeb.ProviderNFA })
	anna, head := clerkOf(t, e, "Anna Bech"), signsIn(t, e, login(forloeb.RoleHead)).Principal
	nina := signsIn(t, e, login(forloeb.RoleProvider, func(who *forloeb.Identity) { who.Name, who.Provider = "Nina Falk", forloeb.ProviderNFA })).Principal
	asNina := forloeb.AskedBy(t.Context(), nina)
	before := e.Read(id).Version

	require.Equal(t, forloeb.RefuseNoText, refusal(t, e.API.WriteNote(t.Context(), id, anna, " \n ")))
	require.Equal(t, forloeb.RefuseUnfitText, refusal(t, e.API.WriteNote(t.Context(), id, anna, "Spørg 010203-1234.")))
	require.NoError(t, e.API.WriteNote(t.Context(), id, anna, "Lederen ringede.\r\nHun vender tilbage. "))
	require.NoError(t, e.API.WriteNote(asNina, id, nina, "Vi tager den i næste uge."))
	require.Equal(t, before, e.Read(id).Version)

	all := notes(t, e, t.Context(), id)
	require.Len(t, all, 2)
	require.Equal(t, "Lederen ringede.\nHun vender tilbage.", all[0].Text)
	require.Equal(t, []string{"Anna Bech", "Nina Falk"}, []string{all[0].Name, all[1].Name})
	require.WithinDuration(t, e.Now(id), all[0].At, time.Minute)
	require.Equal(t, all[1:], notes(t, e, asNina, id), "a provider reads its own")
	require.Empty(t, notes(t, e, asProvider(t, forloeb.ProviderRUC), id))
	require.ErrorIs(t, e.API.WriteNote(asProvider(t, forloeb.ProviderRUC), id, nina, "Vi ser med."), store.ErrNotFound)

	require.ErrorIs(t, e.API.StrikeNote(asNina, id, all[0].ID, nina), store.ErrNotFound, "one that they cannot read")
	require.ErrorIs(t, e.API.StrikeNote(t.Context(), uuid.New(), all[0].ID, anna), store.ErrNotFound)
	require.Equal(t, forloeb.RefuseNoteStands, refusal(t, e.API.StrikeNote(t.Context(), id, all[1].ID, anna)), "a colleague's")
	require.NoError(t, e.API.StrikeNote(asNina, id, all[1].ID, nina))
	require.NoError(t, e.API.StrikeNote(t.Context(), id, all[0].ID, head))
	require.Equal(t, forloeb.RefuseNoteStands, refusal(t, e.API.StrikeNote(t.Context(), id, all[0].ID, head)), "once")
	for i, n := range notes(t, e, t.Context(), id) {
		require.Empty(t, n.Text)
		require.False(t, n.Struck.IsZero())
		require.Equal(t, []string{head.Name, nina.Name}[i], n.StruckBy)
	}
	require.Zero(t, e.Count(`select count(*) from notes where notes::text like '%ringede%'`))

	e.Exec(`delete from notes`) // as anonymising does
	e.Do(id, storetest.Secretary, forloeb.Withdraw{})
	e.Settle(id)
	e.Exec(`delete from party_contacts`)
	require.Equal(t, forloeb.RefuseErased, refusal(t, e.API.WriteNote(t.Context(), id, anna, "Hun hed Mette.")))
}

func TestWhatWasSettled(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	anna := clerkOf(t, e, "Anna Bech")
	id, byItself := onThePile(e)
	e.Do(id, storetest.Secretary, forloeb.Assign{Consultant: e.Consultant("Karen Lund", 9), Reason: "Hun har tid."})
	e.Settle(id)
	var byHand, old int64
	e.Get(&byHand, `insert into tasks (forloeb_id, kind, subject, opened_at) values ($1, 'open_too_long', 'x', now()) returning id`, id)
	e.Get(&old, `insert into tasks (forloeb_id, kind, subject, opened_at, closed_at) values ($1, 'open_too_long', 'y', now(), now() - interval '9 days') returning id`, id)
	e.Do(id, anna.Actor(), forloeb.CloseTask{Task: byHand})
	list, err := e.API.SettledSince(t.Context(), time.Now().AddDate(0, 0, -1))
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, []int64{byHand, byItself}, []int64{list[0].ID, list[1].ID}, "the latest first")
	require.Equal(t, []string{"Anna Bech", ""}, []string{list[0].By, list[1].By})
	require.Equal(t, "Tranemoseskolen", list[0].Workplace)
	list, err = e.API.SettledSince(asProvider(t, forloeb.ProviderNFA), time.Now().AddDate(0, 0, -1))
	require.NoError(t, err)
	require.Empty(t, list)
}

// The process has to do with nothing of the pile but until when a task is put off,
// which no mail in the morning then counts.
func TestThePileIsTheApisAlone(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	worker := e.Connect(store.RoleWorker)
	for _, reaches := range []string{
		`select from task_claims`, `select from notes`, `select put_off_by from task_delays`, `select put_off_at from task_delays`,
		`update task_delays set until = current_date`, `delete from task_delays`,
	} {
		_, err := worker.Exec(reaches)
		var denied interface{ SQLState() string }
		require.True(t, errors.As(err, &denied), reaches)
		require.Equal(t, "42501", denied.SQLState(), reaches)
	}
	_, err := worker.Exec(`select task_id, until from task_delays`)
	require.NoError(t, err)
}

// Pages that are open hear of what colleagues do with the pile, and of notes.
func TestThePileIsNews(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id, task := onThePile(e)
	anna := clerkOf(t, e, "Anna Bech")
	staff := listening(t, e.API.Listen)
	staff.told(forloeb.News{})
	for _, do := range []func() error{
		func() error { return e.API.ClaimTask(t.Context(), task, anna.ID, uuid.Nil) },
		func() error { return e.API.GiveUpTask(t.Context(), task, anna.ID) },
		func() error {
			return e.API.PutOffTask(t.Context(), task, anna, forloeb.EndOfDay(e.Now(id)).Add(time.Second), "")
		},
		func() error { return e.API.ShowTask(t.Context(), task) },
		func() error { return e.API.WriteNote(t.Context(), id, anna, "Lederen ringede.") },
		func() error { return e.API.StrikeNote(t.Context(), id, notes(t, e, t.Context(), id)[0].ID, anna) },
	} {
		staff.hush(e)
		require.NoError(t, do())
		staff.told(forloeb.News{Forloeb: id})
	}
}
