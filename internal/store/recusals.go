package store

import (
	"context"
	"database/sql"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

type recusalRow struct {
	ID         uuid.UUID         `db:"id"`
	Consultant uuid.UUID         `db:"consultant_id"`
	Place      string            `db:"place"`
	Workplace  string            `db:"workplace"`
	Reason     string            `db:"reason"`
	ByKind     forloeb.ActorKind `db:"by_kind"`
	ByID       string            `db:"by_id"`
	At         time.Time         `db:"at"`
}

func (r recusalRow) recusal() forloeb.Recusal {
	return forloeb.Recusal{ID: r.ID, Consultant: r.Consultant, Place: r.Place, Workplace: r.Workplace, Reason: r.Reason,
		By: forloeb.Actor{Kind: r.ByKind, ID: r.ByID}, At: r.At}
}

// Recusals are those of a consultant that are in force, the latest first. Why
// is told to the consultant and the head alone.
func (s *Store) Recusals(ctx context.Context, consultant uuid.UUID) (list []forloeb.Recusal, err error) {
	var rows []recusalRow
	if err := s.db.SelectContext(ctx, &rows, `
		select id, consultant_id, place, workplace, by_kind, by_id, at from recusals
		where consultant_id = $1 and ended_at is null order by at desc, id`, consultant); err != nil {
		return nil, err
	}
	reasons, err := s.recusalReasons(ctx, consultant)
	for _, r := range rows {
		r.Reason = reasons[r.ID]
		list = append(list, r.recusal())
	}
	return list, err
}

// recusalReasons are why, by recusal: to those who may read it.
func (s *Store) recusalReasons(ctx context.Context, consultant uuid.UUID) (map[uuid.UUID]string, error) {
	if forloeb.Asker(ctx).Role == forloeb.RoleHead {
		ctx = forloeb.As(ctx, forloeb.HeadViewer)
	}
	var rows []struct {
		ID     uuid.UUID `db:"recusal_id"`
		Reason string    `db:"reason"`
	}
	err := s.db.SelectContext(ctx, &rows, `select recusal_id, reason from recusal_reasons where consultant_id = $1`, consultant)
	reasons := map[uuid.UUID]string{}
	for _, r := range rows {
		reasons[r.ID] = r.Reason
	}
	return reasons, err
}

const recusedSQL = `
	select f.id, f.reference, f.version, forloeb_now(f) as now, coalesce(n.name, '') as workplace
	from forloeb f join assignments a on a.forloeb_id = f.id and a.until is null
	left join workplaces w on w.forloeb_id = f.id and w.position = 1 left join workplace_names n on n.workplace_id = w.id
	where a.consultant_id = $1 and f.status = any ($2) and recusal_covers($3, $4, f.id)
	order by f.status_since`

type recusedRow struct {
	nudgedRow
	Reference string `db:"reference"`
	Workplace string `db:"workplace"`
}

func recused(ctx context.Context, q asker, r forloeb.Recusal, more string) (rows []recusedRow, err error) {
	err = q.SelectContext(ctx, &rows, recusedSQL+more, r.Consultant, pq.Array(forloeb.RecusableStatuses), pq.Array(r.Places()), r.Workplace)
	return rows, err
}

// RecusedFrom are the open forløb that a consultant has where a recusal is
// about.
func (s *Store) RecusedFrom(ctx context.Context, r forloeb.Recusal) (list []forloeb.RecusedForloeb, err error) {
	rows, err := recused(ctx, s.db, r, "")
	for _, row := range rows {
		list = append(list, forloeb.RecusedForloeb{Twin: forloeb.Twin{ID: row.ID, Reference: row.Reference}, Workplace: row.Workplace})
	}
	return list, err
}

// Recuse registers where a consultant is not to have forløb, and tells those
// they have there: nothing else happens to them. ErrNotFound when whoever asks
// has no such consultant.
func (s *Store) Recuse(ctx context.Context, r forloeb.Recusal) (acts []forloeb.Act, err error) {
	err = s.tx(ctx, "recuse", func(tx *transaction) error {
		if err := openRecusals(ctx, tx, r.Consultant); err != nil {
			return err
		}
		acts, err = recuse(ctx, tx, r)
		return err
	})
	if uniqueViolation(err, "recusals_in_force") {
		return nil, &forloeb.Refusal{Code: forloeb.RefuseRecusedAlready}
	}
	return acts, err
}

// openRecusals takes Match's lock, so that no forløb is given away meanwhile,
// and refuses a consultant who is not whoever's asks. From there on the
// transaction keeps house.
func openRecusals(ctx context.Context, tx *transaction, consultant uuid.UUID) error {
	if err := lockMatching(ctx, tx); err != nil {
		return err
	}
	who := forloeb.Asker(ctx)
	if who.Role == forloeb.RoleConsultant && who.Consultant != consultant {
		return ErrNotFound
	}
	var found bool
	if err := tx.GetContext(ctx, &found, `select exists (select from consultants k where k.id = $1 and `+providerIs("k", 2)+`)`, consultant, only(ctx)); err != nil {
		return err
	}
	if !found {
		return ErrNotFound
	}
	return keepHouse(ctx, tx)
}

func recuse(ctx context.Context, tx *transaction, r forloeb.Recusal) ([]forloeb.Act, error) {
	if _, err := tx.ExecContext(ctx, `
		insert into recusals (id, consultant_id, place, places, workplace, by_kind, by_id) values ($1, $2, $3, $4, $5, $6, $7)`,
		r.ID, r.Consultant, r.Place, pq.Array(r.Places()), r.Workplace, r.By.Kind, r.By.ID); err != nil {
		return nil, err
	}
	if r.Reason != "" {
		if err := asHead(ctx, tx, `insert into recusal_reasons (recusal_id, consultant_id, reason) values ($1, $2, $3)`, r.ID, r.Consultant, r.Reason); err != nil {
			return nil, err
		}
	}
	return tellRecused(ctx, tx, r, r.By, forloeb.RecusedLine())
}

// asHead writes what the head and the consultant alone read: whoever wrote it
// down need not be one of them.
func asHead(ctx context.Context, tx *transaction, query string, args ...any) error {
	if err := look(ctx, tx.Tx, forloeb.HeadViewer); err != nil {
		return err
	}
	if _, err := tx.ExecContext(ctx, query, args...); err != nil {
		return err
	}
	return keepHouse(ctx, tx)
}

// tellRecused tells the forløb that the consultant has there.
func tellRecused(ctx context.Context, tx *transaction, r forloeb.Recusal, by forloeb.Actor, line forloeb.Line) (acts []forloeb.Act, err error) {
	rows, err := recused(ctx, tx, r, ` for update of f`)
	if err != nil {
		return nil, err
	}
	for _, row := range rows {
		act, err := nudge(ctx, tx, row.nudgedRow, line, by)
		if err != nil {
			return nil, err
		}
		acts = append(acts, act)
	}
	return acts, nil
}

// EndRecusal ends one; why it was registered is gone with it. Those who wait
// for a consultant look again. ErrNotFound when the consultant has no such one
// in force.
func (s *Store) EndRecusal(ctx context.Context, consultant, id uuid.UUID, by forloeb.Actor) (acts []forloeb.Act, err error) {
	err = s.tx(ctx, "end recusal", func(tx *transaction) error {
		if err := openRecusals(ctx, tx, consultant); err != nil {
			return err
		}
		acts, err = endRecusal(ctx, tx, consultant, id, by)
		return err
	})
	return acts, err
}

func endRecusal(ctx context.Context, tx *transaction, consultant, id uuid.UUID, by forloeb.Actor) ([]forloeb.Act, error) {
	var row recusalRow
	err := tx.GetContext(ctx, &row, `
		select id, consultant_id, place, workplace, '' as reason, by_kind, by_id, at from recusals
		where id = $1 and consultant_id = $2 and ended_at is null`, id, consultant)
	if err == sql.ErrNoRows {
		return nil, ErrNotFound
	}
	if err != nil {
		return nil, err
	}
	r := row.recusal()
	if err := r.MayEnd(by); err != nil {
		return nil, err
	}
	if _, err := tx.ExecContext(ctx, `update recusals set ended_at = now() where id = $1`, id); err != nil {
		return nil, err
	}
	if err := asHead(ctx, tx, `delete from recusal_reasons where recusal_id = $1`, id); err != nil {
		return nil, err
	}
	acts, err := tellRecused(ctx, tx, r, by, forloeb.RecusalEndedLine())
	if err != nil {
		return nil, err
	}
	waiting, err := nudgeWaiting(ctx, tx, uuid.Nil)
	return append(acts, waiting...), err
}
