package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// matchingLock is held while a consultant is chosen: the load is counted
// inside it, so that two forløb never get the same last place.
const matchingLock = 7_210_001

func lockMatching(ctx context.Context, tx *transaction) error {
	_, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock($1)`, matchingLock)
	return err
}

// Match assigns the best consultant with room, if there is one.
func (s *Store) Match(ctx context.Context, id uuid.UUID, now time.Time) (m forloeb.Matched, err error) {
	err = s.tx(ctx, "match", func(tx *transaction) error {
		m, err = match(ctx, tx, id, now)
		return err
	})
	return m, err
}

func match(ctx context.Context, tx *transaction, id uuid.UUID, now time.Time) (forloeb.Matched, error) {
	none := forloeb.Matched{}
	if err := lockMatching(ctx, tx); err != nil {
		return none, err
	}
	f, _, err := lock(ctx, tx, id)
	if err != nil || f.Status != forloeb.AwaitingConsultant {
		return none, err
	}
	if f.Assignment() != nil { // this same call, retried
		return forloeb.Matched{Assigned: true}, nil
	}
	ranked, err := rank(ctx, tx, f, now)
	if err != nil || len(ranked) == 0 || !ranked[0].Fits() {
		return none, err
	}
	return assignBest(ctx, tx, f.ID, ranked[0])
}

func assignBest(ctx context.Context, tx *transaction, id uuid.UUID, best forloeb.Ranked) (forloeb.Matched, error) {
	system := forloeb.Actor{Kind: forloeb.ActorSystem, ID: "match"}
	_, err := record(ctx, tx, id, system, forloeb.Assign{Consultant: best.ID, Auto: true, Score: best.Score})
	var refused *forloeb.Refusal
	if errors.As(err, &refused) { // withdrawn in the meantime: look again
		return forloeb.Matched{}, nil
	}
	return forloeb.Matched{Assigned: err == nil}, err
}

// Ranking shows every consultant in the order the matching would take them,
// with the reasons. It locks nothing: it is for a person to look at.
func (s *Store) Ranking(ctx context.Context, id uuid.UUID) ([]forloeb.Ranked, error) {
	f, err := s.Forloeb(ctx, id)
	if err != nil {
		return nil, err
	}
	return rank(ctx, s.db, f, time.Now())
}

// candidates counts load and leave in real time: they span forløb. The load is
// counted in one pass for all: Match holds a lock that everybody waits for.
// Only those of the forløb's own provider are any, and only SPARK's own where
// there is none.
const candidates = `
	select k.id, coalesce(k.provider, '') as provider, k.name, k.email, k.phone, k.themes, k.regions, k.capacity, k.active,
		coalesce(busy.load, 0) as load,
		exists (select 1 from leaves l where l.consultant_id = k.id and l.days @> ` + today + `) as on_leave,
		exists (select 1 from conflicts c where c.consultant_id = k.id and c.forloeb_id = $1) as conflict,
		exists (select 1 from conflicts c where c.consultant_id = k.id and c.forloeb_id = $1 and c.interest) as interest,
		recused(k.id, $1) is not null as recused,
		coalesce((select max(a.at) from assignments a where a.consultant_id = k.id), 'epoch') as last_assigned,
		k.since, (select max(a.at) from assignments a where a.consultant_id = k.id and a.until is null) as given
	from consultants k
	left join (
		select a.consultant_id, count(*) as load from assignments a join forloeb o on o.id = a.forloeb_id
		where a.until is null and o.id <> $1 and o.status in ('awaiting_consultant', 'planning', 'in_progress')
		group by a.consultant_id) busy on busy.consultant_id = k.id
	where k.provider is not distinct from (select provider from forloeb where id = $1)`

type candidateRow struct {
	consultantRow
	Load         int          `db:"load"`
	OnLeave      bool         `db:"on_leave"`
	Conflict     bool         `db:"conflict"`
	Interest     bool         `db:"interest"`
	Recused      bool         `db:"recused"`
	LastAssigned time.Time    `db:"last_assigned"`
	Since        sql.NullTime `db:"since"`
	Given        sql.NullTime `db:"given"` // the newest that they still have
}

type consultantRow struct {
	ID       uuid.UUID      `db:"id"`
	Provider string         `db:"provider"`
	Name     string         `db:"name"`
	Email    string         `db:"email"`
	Phone    string         `db:"phone"`
	Themes   pq.StringArray `db:"themes"`
	Regions  pq.StringArray `db:"regions"`
	Capacity int            `db:"capacity"`
	Active   bool           `db:"active"`
}

func (r consultantRow) consultant() forloeb.Consultant {
	c := forloeb.Consultant{ID: r.ID, Provider: forloeb.ProviderCode(r.Provider), Name: r.Name, Email: r.Email, Phone: r.Phone, Regions: r.Regions, Capacity: r.Capacity, Active: r.Active}
	for _, t := range r.Themes {
		c.Themes = append(c.Themes, forloeb.ThemeCode(t))
	}
	return c
}

func rank(ctx context.Context, q asker, f *forloeb.Forloeb, now time.Time) ([]forloeb.Ranked, error) {
	var rows []candidateRow
	if err := q.SelectContext(ctx, &rows, candidates, f.ID); err != nil {
		return nil, err
	}
	list := make([]forloeb.Candidate, len(rows))
	for i, r := range rows {
		list[i] = forloeb.Candidate{Consultant: r.consultant(), Load: r.Load, OnLeave: r.OnLeave, Conflict: r.Conflict, Interest: r.Interest, Recused: r.Recused, LastAssigned: r.LastAssigned,
			Settling: forloeb.Settling(r.Since.Time, r.Given.Time, time.Now())}
	}
	return forloeb.Rank(f.Need(now), list), nil
}

// nudgeWaiting tells the forløb that wait for a consultant that one may have
// room now, oldest first. It waits for one that is being written to: passed
// over, that one would not look again before the next working morning. All
// who nudge take the rows in the same order. A provider's forløb wait for no
// room of ours.
func nudgeWaiting(ctx context.Context, tx *transaction, except uuid.UUID) (acts []forloeb.Act, err error) {
	var waiting []nudgedRow
	if err := keepHouse(ctx, tx); err != nil {
		return nil, err
	}
	if err := tx.SelectContext(ctx, &waiting, `
		select id, version, forloeb_now(f) as now from forloeb f
		where status = 'awaiting_consultant' and provider is null and id <> $1
		order by status_since limit 50
		for update`, except); err != nil {
		return nil, err
	}
	for _, f := range waiting {
		if _, err := tx.ExecContext(ctx, `update forloeb set match_tried_at = null where id = $1`, f.ID); err != nil {
			return nil, err
		}
		a, err := nudge(ctx, tx, f, forloeb.Line{Name: forloeb.CapacityFreed}, forloeb.Actor{Kind: forloeb.ActorSystem, ID: "match"})
		if err != nil {
			return nil, err
		}
		acts = append(acts, a)
	}
	return acts, nil
}

// nudgedRow is a forløb, locked, that is told of something outside it.
type nudgedRow struct {
	ID      uuid.UUID `db:"id"`
	Version int64     `db:"version"`
	Now     time.Time `db:"now"`
}

// nudge writes an act into a forløb that was not asked about.
func nudge(ctx context.Context, tx *transaction, f nudgedRow, l forloeb.Line, by forloeb.Actor) (forloeb.Act, error) {
	a := forloeb.Act{ForloebID: f.ID, Version: f.Version + 1, Name: l.Name, Ref: l.Ref, Detail: l.Detail, Actor: by, At: f.Now}
	if _, err := tx.ExecContext(ctx, `update forloeb set version = $2 where id = $1`, f.ID, a.Version); err != nil {
		return a, err
	}
	err := insertAct(ctx, tx, &a)
	return a, err
}
