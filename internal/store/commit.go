package store

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Commit takes one step of the workflow: status, event, mails owed, moot
// mails cancelled, tasks opened or closed, in one transaction. It holds when
// version and status are as the workflow read them. Otherwise it is stale, or
// this same call retried after it had succeeded; in both cases nothing is
// written, nil is returned, and the row tells the workflow where it is.
func (s *Store) Commit(ctx context.Context, c forloeb.Change) error {
	id, err := uuid.Parse(c.ID)
	if err != nil {
		return fmt.Errorf("commit: %w", err)
	}
	return s.tx(ctx, step(c), func(tx *transaction) error {
		f, _, err := lock(ctx, tx, id)
		if err != nil || f.Version != c.Version || f.Status != c.From {
			return err
		}
		return commit(ctx, tx, f, c, s.RequestsAnHour)
	})
}

// step names a step: for where it leads, or for why it is taken.
func step(c forloeb.Change) string {
	if c.From != c.To {
		return "step to " + string(c.To)
	}
	return "step " + c.Cause
}

func commit(ctx context.Context, tx *transaction, f *forloeb.Forloeb, c forloeb.Change, requestsAnHour int) error {
	w := committer{ctx: ctx, tx: tx, f: f, c: c, requestsAnHour: requestsAnHour}
	f.Apply(c)
	effects := f.Effects(c)
	for _, write := range []func() error{
		w.transition,
		func() error { return w.effects(effects) },
		w.heldTasks,
		w.oweProvider,
		w.freed,
		w.show,
	} {
		if err := write(); err != nil {
			return fmt.Errorf("commit %s: %w", c.Cause, err)
		}
	}
	return nil
}

type committer struct {
	ctx context.Context
	tx  *transaction
	f   *forloeb.Forloeb
	c   forloeb.Change

	requestsAnHour int // 0: any number

	held bool // a mail that was written waits for a person
}

func (w *committer) exec(query string, args ...any) error {
	_, err := w.tx.ExecContext(w.ctx, query, args...)
	return err
}

// transition writes the status with its event. The database refuses a step
// that does not exist or does not follow.
func (w *committer) transition() error {
	if w.c.Cause == string(forloeb.MatchAgain) {
		return w.exec(`update forloeb set match_tried_at = $2 where id = $1`, w.f.ID, w.c.Now)
	}
	if w.c.From == w.c.To {
		return nil
	}
	if w.c.To.Closed() {
		if err := w.exec(forgetDraftsOf, w.f.ID); err != nil {
			return err
		}
	}
	if w.c.To == forloeb.Planning {
		if err := w.exec(`update assignments set accepted_at = $2 where forloeb_id = $1 and until is null and accepted_at is null`, w.f.ID, w.c.Now); err != nil {
			return err
		}
	}
	seq := w.f.StatusSeq()
	if err := w.exec(`insert into forloeb_events (forloeb_id, seq, "from", "to", cause, facts_version, at) values ($1, $2, $3, $4, $5, $6, $7)`,
		w.f.ID, seq, w.c.From, w.c.To, w.c.Cause, w.c.Version, w.c.Now); err != nil {
		return err
	}
	return w.exec(`
		update forloeb set status = $2, status_since = $3, status_seq = $4,
			reopen_to = case when $5 then null else reopen_to end
		where id = $1`, w.f.ID, w.c.To, w.c.Now, seq, w.c.From.Closed())
}

func (w *committer) effects(e forloeb.Effects) error {
	for _, m := range e.Mails {
		if err := w.plan(m); err != nil {
			return err
		}
	}
	for _, id := range e.CancelMails {
		if err := w.exec(`update mails set state = 'cancelled' where id = $1 and state = 'planned'`, id); err != nil {
			return err
		}
	}
	for _, id := range e.CancelMeetings {
		if err := w.exec(cancelMeeting+`id = $1`, id, w.c.Now); err != nil {
			return err
		}
	}
	for _, i := range e.Invite {
		if err := w.invite(i); err != nil {
			return err
		}
	}
	if err := w.putOut(e.PutOut); err != nil {
		return err
	}
	return w.tasks(e)
}

func (w *committer) invite(i forloeb.Invitation) error {
	if err := w.exec(forgetDrafts, i.PartyID); err != nil {
		return err
	}
	if err := w.exec(`insert into evaluations (id, workplace_id, wave) values ($1, $2, $3) on conflict (workplace_id, wave) do nothing`,
		uuid.New(), i.WorkplaceID, i.Wave); err != nil {
		return err
	}
	return w.exec(`insert into invitations (evaluation_id, party_id)
		select id, $2 from evaluations where workplace_id = $1 and wave = $3 on conflict do nothing`, i.WorkplaceID, i.PartyID, i.Wave)
}

// heldTasks open in the same step as the mails that are held: that they are is
// known when they are rows, and nothing else may come to wake the forløb.
func (w *committer) heldTasks() error {
	if !w.held {
		return nil
	}
	f, err := load(w.ctx, w.tx.whole, w.f.ID)
	if err != nil {
		return err
	}
	now := f.Effects(forloeb.Change{From: f.Status, To: f.Status, Now: w.c.Now})
	return w.tasks(forloeb.Effects{OpenTasks: now.OpenTasks})
}

func (w *committer) tasks(e forloeb.Effects) error {
	for _, t := range e.OpenTasks {
		if err := w.exec(`insert into tasks (forloeb_id, kind, subject, opened_at) values ($1, $2, $3, $4) on conflict do nothing`,
			w.f.ID, t.Kind, t.Subject, t.OpenedAt); err != nil {
			return err
		}
	}
	for _, id := range e.CloseTasks {
		if err := w.exec(`update tasks set closed_at = $2 where id = $1 and closed_at is null`, id, w.c.Now); err != nil {
			return err
		}
	}
	return nil
}

// freed tells the forløb that wait for a consultant when a place is free.
func (w *committer) freed() error {
	if w.f.Assignment() == nil || !occupies(w.c.From) || occupies(w.c.To) {
		return nil
	}
	_, err := nudgeWaiting(w.ctx, w.tx, w.f.ID)
	return err
}

// occupies reports whether a forløb takes up one of its consultant's places;
// the query for candidates counts by the same rule.
func occupies(s forloeb.Status) bool {
	return s == forloeb.AwaitingConsultant || s == forloeb.Planning || s == forloeb.InProgress
}

// show writes what lists show, from the rows as they are now, and that the
// workflow has acted on everything when it says so.
func (w *committer) show() error {
	f, err := load(w.ctx, w.tx.whole, w.f.ID)
	if err != nil {
		return err
	}
	if w.c.Settled {
		f.Seen = w.c.Version
	}
	return w.exec(`update forloeb set seen_version = $2, waiting = $3, next_at = $4, needs_attention = $5 where id = $1`,
		f.ID, f.Seen, toJSON(f.Waiting(w.c.Now)), nullable(f.NextAt(w.c.Now).Truncate(time.Microsecond)), f.NeedsAttention())
}
