package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/crashpoint"
	"example.dk/spark/internal/forloeb"
)

// oneAConsultant is the index that links a consultant to one person.
const oneAConsultant = "staff_one_a_consultant"

// SignIn notes that somebody has logged in, and tells what they may do. Name,
// address and role follow the login; issuer and subject say who it is.
// forloeb.ErrNoAccess when they may do nothing: nothing is written then, but
// that the sessions they may have are over, and their mail in the morning. So are the earlier sessions of a
// person whose role or provider has changed.
func (s *Store) SignIn(ctx context.Context, who forloeb.Identity) (m forloeb.StaffMember, err error) {
	err = s.tx(ctx, "login", func(tx *transaction) (err error) {
		m, err = signIn(ctx, tx, who)
		return err
	})
	if errors.Is(err, forloeb.ErrNoAccess) || uniqueViolation(err, oneAConsultant) {
		err = s.refuse(ctx, who)
	}
	return m, err
}

func (s *Store) refuse(ctx context.Context, who forloeb.Identity) error {
	if _, err := statement(ctx, s.db, "login refused", `update staff set sessions_from = now(), digest = false where issuer = $1 and subject = $2`, who.Issuer, who.Subject); err != nil {
		return err
	}
	return forloeb.ErrNoAccess
}

func signIn(ctx context.Context, tx *transaction, who forloeb.Identity) (m forloeb.StaffMember, err error) {
	if !who.Access().Valid() {
		return m, forloeb.ErrNoAccess
	}
	var consultant uuid.NullUUID
	if who.Role == forloeb.RoleConsultant {
		if consultant, err = consultantOf(ctx, tx, who); err != nil {
			return m, err
		}
	}
	var id uuid.UUID
	err = tx.GetContext(ctx, &id, `
		insert into staff (id, issuer, subject, name, email, role, consultant_id, provider) values ($1, $2, $3, $4, $5, $6, $7, nullif($8, ''))
		on conflict (issuer, subject) do update set name = excluded.name, email = excluded.email, role = excluded.role,
			consultant_id = coalesce(excluded.consultant_id, staff.consultant_id), provider = excluded.provider, last_login_at = now(),
			sessions_from = case when (staff.role, staff.provider) is not distinct from (excluded.role, excluded.provider) then staff.sessions_from else now() end
			where staff.active
		returning id`,
		uuid.New(), who.Issuer, who.Subject, forloeb.CleanLine(who.Name), forloeb.NormaliseEmail(who.Email), who.Role, consultant, who.Provider)
	if err != nil {
		return m, noAccess(err)
	}
	return staffMember(ctx, tx, id)
}

// consultantOf is the consultant that the person is: the one they were linked
// to, else the one with their address. The row is locked, so that two first
// logins are one after the other.
func consultantOf(ctx context.Context, tx *transaction, who forloeb.Identity) (id uuid.NullUUID, err error) {
	err = tx.GetContext(ctx, &id, `
		select k.id from consultants k left join staff s on s.issuer = $1 and s.subject = $2
		where k.active and case when s.consultant_id is null then lower(k.email) = $3 else k.id = s.consultant_id end
		for no key update of k`, who.Issuer, who.Subject, forloeb.NormaliseEmail(who.Email))
	return id, noAccess(err)
}

func noAccess(err error) error {
	if errors.Is(err, sql.ErrNoRows) {
		return forloeb.ErrNoAccess
	}
	return err
}

// StaffMember is asked on every request. ErrNotFound when there is none. Who
// is a consultant is active as long as the consultant is.
func (s *Store) StaffMember(ctx context.Context, id uuid.UUID) (forloeb.StaffMember, error) {
	return staffMember(ctx, s.db, id)
}

func staffMember(ctx context.Context, q asker, id uuid.UUID) (forloeb.StaffMember, error) {
	var row staffRow
	if err := q.GetContext(ctx, &row, selectStaff+`where s.id = $1`, id); err != nil {
		return forloeb.StaffMember{}, notFound(err)
	}
	return row.member(), nil
}

// StaffMembers lists everybody who has logged in, by name.
func (s *Store) StaffMembers(ctx context.Context) (list []forloeb.StaffMember, err error) {
	var rows []staffRow
	err = s.db.SelectContext(ctx, &rows, selectStaff+`order by s.name collate "da-x-icu", s.id`)
	for _, r := range rows {
		list = append(list, r.member())
	}
	return list, err
}

const selectStaff = `
	select s.id, s.name, s.email, s.role, coalesce(s.provider, k.provider, '') as provider, s.sessions_from, s.last_login_at, k.id as consultant_id, s.active and coalesce(k.active, true) as active
	from staff s left join consultants k on k.id = s.consultant_id and s.role = 'consultant' `

type staffRow struct {
	ID           uuid.UUID         `db:"id"`
	Name         string            `db:"name"`
	Email        string            `db:"email"`
	Role         forloeb.StaffRole `db:"role"`
	Consultant   uuid.NullUUID     `db:"consultant_id"`
	Provider     string            `db:"provider"`
	Active       bool              `db:"active"`
	SessionsFrom time.Time         `db:"sessions_from"`
	LastLoginAt  time.Time         `db:"last_login_at"`
}

func (r staffRow) member() forloeb.StaffMember {
	return forloeb.StaffMember{
		Principal: forloeb.Principal{ID: r.ID, Role: r.Role, Consultant: r.Consultant.UUID, Provider: forloeb.ProviderCode(r.Provider), Name: r.Name},
		Email:     r.Email, Active: r.Active, SessionsFrom: r.SessionsFrom, LastLoginAt: r.LastLoginAt,
	}
}

// SetStaffActive says whether somebody may log in. Who may not is logged out
// at once. ErrNotFound when there is nobody; forloeb.ErrConsultantTaken when
// the consultant they were is somebody else now.
func (s *Store) SetStaffActive(ctx context.Context, id uuid.UUID, active bool) error {
	err := s.updateStaff(ctx, `active = $2, digest = digest and $2, sessions_from = case when $2 then sessions_from else now() end`, id, active)
	if uniqueViolation(err, oneAConsultant) {
		return forloeb.ErrConsultantTaken
	}
	return err
}

// EndSessions logs somebody out everywhere. ErrNotFound when there is nobody.
func (s *Store) EndSessions(ctx context.Context, id uuid.UUID) error {
	return s.updateStaff(ctx, `sessions_from = now()`, id)
}

func (s *Store) updateStaff(ctx context.Context, set string, id uuid.UUID, args ...any) error {
	var updated uuid.UUID
	crashpoint.Hit("before commit", "staff")
	err := s.db.GetContext(ctx, &updated, `update staff set `+set+` where id = $1 returning id`, append([]any{id}, args...)...)
	crashpoint.Hit("after commit", "staff")
	return notFound(err)
}
