package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Of a task t of a forløb f: who has taken it, as long as they may come in,
// and until when it is put off.
const (
	holders = `
		left join lateral (
			select c.holder, c.claimed_at, coalesce(s.name, k.label) as name from task_claims c
			left join staff s on s.id = c.holder and s.active and (s.role in ('secretariat', 'head') or s.provider = f.provider)
			left join api_tokens k on k.id = c.holder and k.revoked_at is null and k.expires_at > now()
			where c.task_id = t.id and coalesce(s.name, k.label) is not null) c on true`
	delays = `
		left join lateral (
			select d.until, d.until::timestamp at time zone 'Europe/Copenhagen' as begins, coalesce(s.name, k.label, '') as name from task_delays d
			left join staff s on s.id = d.put_off_by left join api_tokens k on k.id = d.put_off_by
			where d.task_id = t.id and d.until > (forloeb_now(f) at time zone 'Europe/Copenhagen')::date) d on true`
	handlingColumns = `c.holder, coalesce(c.name, '') as holder_name, c.claimed_at, d.begins as put_off_until, coalesce(d.name, '') as put_off_by`
)

type handlingRow struct {
	Holder     uuid.NullUUID `db:"holder"`
	HolderName string        `db:"holder_name"`
	ClaimedAt  *time.Time    `db:"claimed_at"`
	Until      *time.Time    `db:"put_off_until"`
	PutOffBy   string        `db:"put_off_by"`
}

func (r handlingRow) handling() (h forloeb.Handling) {
	if r.Holder.Valid {
		h.Claim = forloeb.Claim{By: r.Holder.UUID, Name: r.HolderName, At: *r.ClaimedAt}
	}
	if r.Until != nil {
		h.PutOff = forloeb.PutOff{Until: *r.Until, Name: r.PutOffBy}
	}
	return h
}

// Handlings are how the open tasks of a forløb are shared, by the task's
// number.
func (s *Store) Handlings(ctx context.Context, id uuid.UUID) (map[int64]forloeb.Handling, error) {
	var rows []struct {
		Task int64 `db:"id"`
		handlingRow
	}
	err := s.db.SelectContext(ctx, &rows, `
		select t.id, `+handlingColumns+` from tasks t join forloeb f on f.id = t.forloeb_id`+holders+delays+`
		where f.id = $1 and t.closed_at is null and `+within(2), id, only(ctx))
	all := map[int64]forloeb.Handling{}
	for _, r := range rows {
		all[r.Task] = r.handling()
	}
	return all, err
}

// ClaimTask gives an open task to whoever asks. Of two who ask at once one
// gets it, and the other is refused. From is whom it is deliberately taken
// over from; nil when it is thought to be free.
func (s *Store) ClaimTask(ctx context.Context, task int64, by, from uuid.UUID) error {
	return s.onTask(ctx, "task claim", task, func(tx *transaction, f *forloeb.Forloeb, t forloeb.Task, now time.Time) error {
		held, err := claimOf(ctx, tx, task)
		if err != nil || held.By == by {
			return err
		}
		if err := held.Judge(by, from); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `
			insert into task_claims (task_id, holder, claimed_at) values ($1, $2, $3)
			on conflict (task_id) do update set holder = excluded.holder, claimed_at = excluded.claimed_at`, task, by, now)
		return err
	})
}

// GiveUpTask lets go of a task that whoever asks has. What they do not have is
// left as it is.
func (s *Store) GiveUpTask(ctx context.Context, task int64, by uuid.UUID) error {
	return s.onTask(ctx, "task claim", task, func(tx *transaction, _ *forloeb.Forloeb, _ forloeb.Task, _ time.Time) error {
		_, err := tx.ExecContext(ctx, `delete from task_claims where task_id = $1 and holder = $2`, task, by)
		return err
	})
}

// PutOffTask hides an open task until a day, and lets go of it. The reason
// becomes a note; empty for none.
func (s *Store) PutOffTask(ctx context.Context, task int64, by forloeb.Principal, until time.Time, reason string) error {
	return s.onTask(ctx, "task delay", task, func(tx *transaction, f *forloeb.Forloeb, t forloeb.Task, now time.Time) error {
		if err := f.JudgePutOff(t, until, now); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `
			insert into task_delays (task_id, until, put_off_by, put_off_at) values ($1, $2, $3, $4)
			on conflict (task_id) do update set until = excluded.until, put_off_by = excluded.put_off_by, put_off_at = excluded.put_off_at`,
			task, dateOf(until), by.ID, now); err != nil {
			return err
		}
		if _, err := tx.ExecContext(ctx, `delete from task_claims where task_id = $1`, task); err != nil {
			return err
		}
		if reason = forloeb.CleanText(reason); reason == "" {
			return nil
		}
		return writeNote(ctx, tx, f, by, "Udskudt til "+forloeb.Date(until)+": "+reason, now)
	})
}

// ShowTask takes back that a task is put off.
func (s *Store) ShowTask(ctx context.Context, task int64) error {
	return s.onTask(ctx, "task delay", task, func(tx *transaction, _ *forloeb.Forloeb, _ forloeb.Task, _ time.Time) error {
		_, err := tx.ExecContext(ctx, `delete from task_delays where task_id = $1`, task)
		return err
	})
}

// onTask does something about an open task, with its forløb locked: whatever
// closes a task holds the same lock. ErrNotFound when there is no such task.
func (s *Store) onTask(ctx context.Context, what string, task int64, do func(*transaction, *forloeb.Forloeb, forloeb.Task, time.Time) error) error {
	return s.tx(ctx, what, func(tx *transaction) error {
		var id uuid.UUID
		if err := tx.GetContext(ctx, &id, `select forloeb_id from tasks where id = $1`, task); err != nil {
			return notFound(err)
		}
		f, now, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		for _, t := range f.Tasks {
			if t.ID == task && t.Open() {
				return do(tx, f, t, now)
			}
		}
		return &forloeb.Refusal{Code: forloeb.RefuseTaskClosed}
	})
}

func claimOf(ctx context.Context, tx *transaction, task int64) (forloeb.Claim, error) {
	var row handlingRow
	err := tx.GetContext(ctx, &row, `
		select c.holder, coalesce(c.name, '') as holder_name, c.claimed_at
		from tasks t join forloeb f on f.id = t.forloeb_id`+holders+` where t.id = $1`, task)
	if errors.Is(err, sql.ErrNoRows) {
		return forloeb.Claim{}, ErrNotFound
	}
	return row.handling().Claim, err
}

// SettledSince are the tasks that were closed since then, the latest first: at
// most forloeb.MaxRows.
func (s *Store) SettledSince(ctx context.Context, since time.Time) (list []forloeb.SettledTask, err error) {
	var rows []struct {
		taskRow
		By string `db:"by"`
	}
	err = s.db.SelectContext(ctx, &rows, `
		select `+taskColumns+`, coalesce(s.name, k.label, '') as by
		from `+tasksWithForloeb+holders+delays+`
		left join acts a on a.forloeb_id = f.id and a.name = 'facts-changed' and a.detail = 'task' and a.ref = t.id::text
		left join staff s on s.id::text = a.actor_id
		left join api_tokens k on k.id::text = a.actor_id
		where t.closed_at - f.clock_offset >= $1 and `+within(2)+`
		order by t.closed_at desc, t.id desc limit $3`, since, only(ctx), forloeb.MaxRows)
	for _, r := range rows {
		list = append(list, forloeb.SettledTask{TaskRow: r.row(), By: r.By})
	}
	return list, err
}
