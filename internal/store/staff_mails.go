package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"

	"example.dk/spark/internal/forloeb"
)

// Mails to staff. A crash at any of these statements is what an attempt that
// never told how it ended is, which the tests of drafts' mails try: the rows and
// the rules are the same.

// SetDigest says whether somebody wants the mail in the morning.
func (s *Store) SetDigest(ctx context.Context, staff uuid.UUID, on bool) error {
	_, err := s.db.ExecContext(ctx, `update staff set digest = $2 where id = $1`, staff, on)
	return err
}

// WantsDigest reports whether they do.
func (s *Store) WantsDigest(ctx context.Context, staff uuid.UUID) (on bool, err error) {
	err = s.db.GetContext(ctx, &on, `select digest from staff where id = $1`, staff)
	return on, notFound(err)
}

// PlanDigests owes today's digests, once a person, and gives up those of earlier
// days: yesterday's is of no use. Who has not logged in for long gets none.
func (s *Store) PlanDigests(ctx context.Context, day time.Time) error {
	today := day.Format(time.DateOnly)
	if _, err := s.db.ExecContext(ctx, `
		update staff_mails set state = case state when 'planned' then 'cancelled' else 'uncertain' end
		where kind = 'digest' and day < $1 and state in ('planned', 'sending') and (state = 'planned' or due_at <= now())`, today); err != nil {
		return err
	}
	if _, err := s.db.ExecContext(ctx, `delete from staff_mails where kind = 'digest' and day < $1::date - 30`, today); err != nil {
		return err
	}
	_, err := s.db.ExecContext(ctx, `
		insert into staff_mails (staff_id, kind, day)
		select s.id, 'digest', $1 from `+mayGetMail+`
			and s.digest and s.role <> 'reader' and s.last_login_at > now() - make_interval(days => $2)
			and not exists (select from staff_mails m where m.staff_id = s.id and m.day = $1)
		on conflict do nothing`, today, forloeb.StaffMailDays)
	return err
}

// mayGetMail are those of the staff who may come in.
const mayGetMail = `staff s left join consultants k on k.id = s.consultant_id and s.role = 'consultant' where s.active and coalesce(k.active, true) `

// oweProvider tells a provider's people of a forløb when it becomes theirs to
// find an expert for: once each, also when it comes back later.
func (w *committer) oweProvider() error {
	if w.c.To != forloeb.AwaitingConsultant || w.c.From == w.c.To || w.f.Provider == "" {
		return nil
	}
	return w.exec(`
		insert into staff_mails (staff_id, kind, forloeb_id)
		select s.id, 'provider_new', $1 from `+mayGetMail+` and s.role = 'provider' and s.provider = $2
		on conflict do nothing`, w.f.ID, w.f.Provider)
}

// ClaimStaffMail takes a mail to a member of staff that is to be sent now, with
// what it says as of now, or nil. One that has nothing to say any more is
// cancelled instead.
func (s *Store) ClaimStaffMail(ctx context.Context, now time.Time) (l *forloeb.StaffLetter, err error) {
	whole, err := s.whole.statement(ctx, s.db)
	if err != nil {
		return nil, err
	}
	for again := true; again && err == nil; {
		err = s.db.transact(ctx, func(tx *sqlx.Tx) error {
			l, again, err = claimStaffMail(ctx, &transaction{Tx: tx, whole: tx.StmtxContext(ctx, whole)}, now)
			return err
		}, (*sqlx.Tx).Commit)
	}
	return l, err
}

// claimStaffMail reports that it cancelled one, and that there may be another.
func claimStaffMail(ctx context.Context, tx *transaction, now time.Time) (_ *forloeb.StaffLetter, again bool, err error) {
	l, consultant, err := takeStaffMail(ctx, tx)
	if l == nil || err != nil {
		return nil, false, err
	}
	says, err := fillStaffLetter(ctx, tx, l, consultant, now)
	if err != nil || says {
		return l, false, err
	}
	_, err = tx.ExecContext(ctx, `update staff_mails set state = 'cancelled' where id = $1`, l.Mail.ID)
	return nil, true, err
}

// takeStaffMail takes the next row, as a mail about a draft is taken.
func takeStaffMail(ctx context.Context, tx *transaction) (*forloeb.StaffLetter, uuid.UUID, error) {
	var l forloeb.StaffLetter
	var consultant, about uuid.NullUUID
	err := tx.QueryRowxContext(ctx, `
		with next as (
			select m.id, m.state, s.name, s.email, s.role, s.consultant_id, coalesce(s.provider, k.provider, '') as provider
			from staff_mails m, `+mayGetMail+`
				and s.id = m.staff_id and m.state in ('planned', 'sending') and m.due_at <= now() and not mails_wait() and (m.kind <> 'digest' or s.digest and s.role <> 'reader')
			order by m.due_at limit 1 for update of m skip locked)
		update staff_mails m set state = 'sending', attempts = m.attempts + 1, doubts = m.doubts + (m.state = 'sending')::int,
			due_at = now() + make_interval(secs => $1)
		from next where m.id = next.id
		returning m.id, next.state, m.doubts, m.attempts, m.message_id, m.planned_at, m.kind, m.forloeb_id, next.name, next.email, next.role, next.provider, next.consultant_id`,
		draftAttempt.Seconds()).Scan(&l.Mail.ID, &l.Mail.State, &l.Mail.Doubts, &l.Attempt, &l.MessageID, &l.Date, &l.Kind, &about, &l.Name, &l.Email,
		&l.Access.Role, &l.Access.Provider, &consultant)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, consultant.UUID, nil
	}
	l.ForloebID = about.UUID
	return &l, consultant.UUID, err
}

// fillStaffLetter reads what it is to say, and reports whether that is anything.
func fillStaffLetter(ctx context.Context, tx *transaction, l *forloeb.StaffLetter, consultant uuid.UUID, now time.Time) (says bool, err error) {
	switch {
	case l.Kind == forloeb.StaffProviderNew:
		f, err := load(ctx, tx.whole, l.ForloebID)
		if err != nil {
			return false, err
		}
		l.Reference, l.ChooseBy = f.Reference, f.NewsBy()
		return f.Status == forloeb.AwaitingConsultant && f.Assignment() == nil && f.Provider == l.Access.Provider && l.Access.Role == forloeb.RoleProvider, nil
	case l.Access.Role == forloeb.RoleConsultant:
		err = ownDay(ctx, tx, &l.Digest, consultant)
	default:
		err = tasksToday(ctx, tx, &l.Digest, l.Access.Provider)
	}
	l.Digest.Day = now
	return !l.Digest.Empty(), err
}

// tasksToday counts what waits for those who run forløb, as their morning page
// does.
func tasksToday(ctx context.Context, tx *transaction, d *forloeb.DayDigest, provider forloeb.ProviderCode) error {
	return tx.SelectContext(ctx, &d.Tasks, `
		select t.kind, count(*) as count, (array_agg(f.reference order by t.opened_at, t.id))[1] as oldest, min(t.opened_at) as since
		from tasks t join forloeb f on f.id = t.forloeb_id
		where t.closed_at is null and ($1 = '' or f.provider = $1)
			and not exists (select from task_delays d where d.task_id = t.id and d.until > (forloeb_now(f) at time zone 'Europe/Copenhagen')::date)
		group by t.kind order by min(t.opened_at), t.kind`, provider)
}

// ownDay is a consultant's meetings today, and those they have not said anything
// about.
func ownDay(ctx context.Context, tx *transaction, d *forloeb.DayDigest, consultant uuid.UUID) error {
	var rows []struct {
		forloeb.DigestItem
		Over bool
	}
	if err := tx.SelectContext(ctx, &rows, `
		select f.reference, m.starts_at as since, m.ends_at as before, m.ends_at <= forloeb_now(f) as over
		from assignments a join forloeb f on f.id = a.forloeb_id join meetings m on m.forloeb_id = f.id
		where a.consultant_id = $1 and a.until is null and a.accepted_at is not null and m.state = 'booked'
			and f.status in ('planning', 'in_progress', 'awaiting_evaluation')
			and (m.ends_at <= forloeb_now(f) or (m.starts_at at time zone 'Europe/Copenhagen')::date = (forloeb_now(f) at time zone 'Europe/Copenhagen')::date)
		order by m.starts_at, m.id`, consultant); err != nil {
		return err
	}
	for _, r := range rows {
		if r.Over {
			d.Unregistered = append(d.Unregistered, r.DigestItem)
		} else {
			d.Meetings = append(d.Meetings, r.DigestItem)
		}
	}
	return nil
}

// SettleStaffMail writes what became of an attempt to send, as for a mail about a
// draft.
func (s *Store) SettleStaffMail(ctx context.Context, mail int64, attempt int, o forloeb.Outcome, pause time.Duration) error {
	_, err := s.db.ExecContext(ctx, settlePost("staff_mails"), mail, attempt, o.State, o.Code, o.Doubts, pause.Seconds())
	return err
}
