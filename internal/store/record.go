package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/trace"
)

// Record writes a fact and its act in one transaction: lock the row, ask the
// rule, write, version + 1, insert the act. What is illegal is refused with a
// *forloeb.Refusal and nothing is written. Any other error means that it is
// not known whether the fact was written; asking again is safe.
func (s *Store) Record(ctx context.Context, id uuid.UUID, by forloeb.Actor, d forloeb.Deed) (forloeb.Recorded, error) {
	return s.RecordAll(ctx, id, by, []forloeb.Deed{d})
}

// RecordAll writes several facts in one transaction, as Record writes one: a
// series of meetings that a person confirms together. Each is judged after
// those before it and has a version and an act of its own. One that is illegal
// refuses them all; the refusal's Item tells which.
func (s *Store) RecordAll(ctx context.Context, id uuid.UUID, by forloeb.Actor, deeds []forloeb.Deed) (all forloeb.Recorded, err error) {
	err = s.tx(ctx, string(deeds[0].Line().Name), func(tx *transaction) error {
		for _, d := range deeds {
			if err := beforeLock(ctx, tx, d); err != nil {
				return err
			}
		}
		all, err = recordAll(ctx, tx, id, by, deeds)
		return err
	})
	return all, err
}

func recordAll(ctx context.Context, tx *transaction, id uuid.UUID, by forloeb.Actor, deeds []forloeb.Deed) (all forloeb.Recorded, err error) {
	for i, d := range deeds {
		r, err := record(ctx, tx, id, by, d)
		if err != nil {
			return all, numbered(err, i, len(deeds))
		}
		if i == 0 {
			all.Forloeb, all.Now = r.Forloeb, r.Now
		}
		all.Acts = append(all.Acts, r.Acts...)
	}
	return all, nil
}

// numbered tells which of several deeds was refused, in a copy: some refusals
// are shared.
func numbered(err error, i, of int) error {
	var shared *forloeb.Refusal
	if of == 1 || !errors.As(err, &shared) {
		return err
	}
	r := *shared
	r.Item = i + 1
	return &r
}

// beforeLock takes the lock of what spans forløb. That for a choice of
// consultant is taken in Match's order: a person and Match never give away the
// same last place.
func beforeLock(ctx context.Context, tx *transaction, d forloeb.Deed) error {
	switch d.(type) {
	case forloeb.Assign:
		return lockMatching(ctx, tx)
	case forloeb.CloseDuplicate:
		return lockDuplicates(ctx, tx)
	}
	return nil
}

func record(ctx context.Context, tx *transaction, id uuid.UUID, by forloeb.Actor, d forloeb.Deed) (r forloeb.Recorded, err error) {
	if r.Forloeb, r.Now, err = lock(ctx, tx, id); err != nil {
		return r, err
	}
	if err := r.Forloeb.Judge(d, by, r.Now); err != nil {
		return r, err
	}
	w := writer{ctx: ctx, tx: tx, f: r.Forloeb, by: by, now: r.Now, version: r.Forloeb.Version + 1}
	if err := w.write(d); err != nil {
		return r, fmt.Errorf("record %s: %w", d.Line().Name, err)
	}
	act, err := w.act(d.Line())
	if err != nil {
		return r, err
	}
	r.Acts = append(w.nudged, act)
	return r, nil
}

// writer writes one deed's rows.
type writer struct {
	ctx     context.Context
	tx      *transaction
	f       *forloeb.Forloeb
	by      forloeb.Actor
	now     time.Time
	version int64
	nudged  []forloeb.Act
}

// write is the table of what each deed writes.
func (w *writer) write(d forloeb.Deed) error {
	switch d := d.(type) {
	case forloeb.AnswerConsent:
		return w.answerConsent(d)
	case forloeb.ExtendDeadline:
		return w.extend(d)
	case forloeb.PauseForloeb:
		return w.pause(d)
	case forloeb.ResumeForloeb:
		return w.resume()
	case forloeb.AskPause:
		return w.askPause(d)
	case forloeb.NoteAnswer:
		return w.noteAnswer(d)
	case forloeb.ContestAnswer:
		return w.contestAnswer(d)
	case forloeb.ChangeApplication:
		return w.changeApplication(d)
	case forloeb.AskLink:
		return w.set("parties", "link_asked_at", d.Party)
	case forloeb.AskText:
		return w.set("parties", "text_asked_at", d.Party)
	case forloeb.AskReopen:
		return w.set("parties", "reopen_asked_at", d.Party)
	case forloeb.CorrectAddress:
		return w.correctAddress(d)
	case forloeb.ReplaceParty:
		return w.replaceParty(d)
	case forloeb.LeaveParty:
		return w.leaveParty(d)
	case forloeb.AddGuest:
		return w.addGuest(d)
	case forloeb.RemoveGuest:
		return w.removeGuest(d)
	case forloeb.Decide:
		return w.decide(d)
	case forloeb.Assign:
		return w.assign(d)
	case forloeb.Release:
		return w.release(d)
	case forloeb.Accept:
		return w.accept()
	case forloeb.Decline:
		return w.decline(d)
	case forloeb.BookMeeting:
		return w.book(d)
	case forloeb.RecordMeeting:
		return w.recordMeeting(d)
	case forloeb.MoveMeeting:
		return w.move(d)
	case forloeb.CancelMeeting:
		return w.cancel(d)
	case forloeb.AskOtherTime:
		return w.askOtherTime(d)
	case forloeb.WritePrepTask:
		return w.writePrepTask(d)
	case forloeb.WritePlan:
		return w.writePlan(d)
	case forloeb.RegisterMeeting:
		return w.register(d)
	case forloeb.GrantExtra:
		return w.grantExtra(d)
	case forloeb.FinishMeetings:
		return w.finish(d)
	case forloeb.Withdraw:
		return w.withdraw(d)
	case forloeb.Stop:
		return w.stop(d)
	case forloeb.CloseDuplicate:
		return w.closeDuplicate(d)
	case forloeb.Reopen:
		return w.reopen(d)
	case forloeb.AnswerEvaluation:
		return w.answerEvaluation(d)
	case forloeb.RefuseEvaluation:
		return w.refuseEvaluation(d)
	case forloeb.LeaveWorkplace:
		return w.leaveWorkplace(d)
	case forloeb.TakeWorkplaceIn:
		return w.takeWorkplaceIn(d)
	case forloeb.BeginShared:
		return w.forloeb(`begun_at = $2`, w.now)
	case forloeb.ListContact:
		return w.exec(`update parties set listed_at = case when $2 then $3::timestamptz end where id = $1`, d.Party, d.On, w.now)
	case forloeb.SettleMail:
		return w.settleMail(d)
	case forloeb.CloseTask:
		return w.exec(`update tasks set closed_at = $2 where id = $1 and closed_at is null`, d.Task, w.now)
	}
	return fmt.Errorf("no rows are known for %T", d)
}

func (w *writer) exec(query string, args ...any) error {
	_, err := w.tx.ExecContext(w.ctx, query, args...)
	return err
}

// set writes the time of the deed into a column of the row it is about.
func (w *writer) set(table, column string, id uuid.UUID) error {
	return w.exec(fmt.Sprintf(`update %s set %s = $2 where id = $1`, table, column), id, w.now)
}

// forloeb writes a fact into the forløb's own row.
func (w *writer) forloeb(set string, args ...any) error {
	return w.exec(`update forloeb set `+set+` where id = $1`, append([]any{w.f.ID}, args...)...)
}

// remark keeps free text apart from the facts, so that anonymising is a delete.
func (w *writer) remark(kind, text string, party *uuid.UUID) error {
	if text = forloeb.CleanText(text); text == "" {
		return nil
	}
	return w.exec(`insert into remarks (forloeb_id, party_id, version, kind, text) values ($1, $2, $3, $4, $5)`,
		w.f.ID, party, w.version, kind, text)
}

// act closes the deed: version + 1 and the line the workflow hears of.
func (w *writer) act(l forloeb.Line) (forloeb.Act, error) {
	a := forloeb.Act{ForloebID: w.f.ID, Version: w.version, Name: l.Name, Ref: l.Ref, Detail: l.Detail, Actor: w.by, At: w.now}
	if err := w.forloeb(`version = $2`, w.version); err != nil {
		return a, err
	}
	err := insertAct(w.ctx, w.tx, &a)
	return a, err
}

// insertAct writes an act and the span that everything it causes is under.
func insertAct(ctx context.Context, tx *transaction, a *forloeb.Act) error {
	ctx, span := trace.Within(ctx, "act "+string(a.Name), trace.Forloeb(a.ForloebID), trace.Version(a.Version))
	defer span.End("")
	a.Carried = trace.Carried(ctx)
	_, err := tx.ExecContext(ctx, `
		insert into acts (forloeb_id, version, name, ref, detail, actor_kind, actor_id, at, traceparent)
		values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''))`,
		a.ForloebID, a.Version, a.Name, a.Ref, a.Detail, a.Actor.Kind, a.Actor.ID, a.At, a.Carried)
	return err
}

func toJSON(v any) []byte {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // only our own plain types come here
	}
	return b
}
