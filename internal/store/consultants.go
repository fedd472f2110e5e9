package store

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// Consultants lists every consultant by name, with load and leave in real
// time: they span forløb.
func (s *Store) Consultants(ctx context.Context) ([]forloeb.ConsultantRow, error) {
	return consultants(ctx, s.db, nil)
}

var consultantsSQL = `
	select k.id, coalesce(k.provider, '') as provider, k.name, k.email, k.phone, k.themes, k.regions, k.capacity, k.active,
		(select count(*) from assignments a join forloeb f on f.id = a.forloeb_id
			where a.consultant_id = k.id and a.until is null
				and f.status in ('awaiting_consultant', 'planning', 'in_progress')) as load,
		exists (select 1 from leaves l where l.consultant_id = k.id and l.days @> ` + today + `) as on_leave,
		(select coalesce(json_agg(json_build_object('from', lower(l.days), 'to', upper(l.days) - 1) order by l.days), '[]')
			from leaves l where l.consultant_id = k.id and upper(l.days) > ` + today + `) as leaves
	from consultants k
	where ($1::uuid is null or k.id = $1) and ` + providerIs("k", 2) + `
	order by k.name collate "da-x-icu", k.id`

// today is the date in Denmark, in real time.
const today = `(now() at time zone 'Europe/Copenhagen')::date`

type consultantListRow struct {
	consultantRow
	Load    int    `db:"load"`
	OnLeave bool   `db:"on_leave"`
	Leaves  []byte `db:"leaves"`
}

func consultants(ctx context.Context, q asker, id *uuid.UUID) ([]forloeb.ConsultantRow, error) {
	var rows []consultantListRow
	if err := q.SelectContext(ctx, &rows, consultantsSQL, id, only(ctx)); err != nil {
		return nil, err
	}
	list := make([]forloeb.ConsultantRow, len(rows))
	for i, r := range rows {
		leaves, err := readLeaves(r.Leaves)
		if err != nil {
			return nil, err
		}
		list[i] = forloeb.ConsultantRow{
			ConsultantRecord: forloeb.ConsultantRecord{Consultant: r.consultant(), Leaves: leaves},
			Load:             r.Load, OnLeave: r.OnLeave,
		}
	}
	return list, nil
}

func readLeaves(document []byte) (leaves []forloeb.Leave, err error) {
	var days []struct{ From, To string }
	if err := json.Unmarshal(document, &days); err != nil {
		return nil, err
	}
	for _, d := range days {
		from, err := time.ParseInLocation(time.DateOnly, d.From, forloeb.Copenhagen)
		if err != nil {
			return nil, err
		}
		to, err := time.ParseInLocation(time.DateOnly, d.To, forloeb.Copenhagen)
		if err != nil {
			return nil, err
		}
		leaves = append(leaves, forloeb.Leave{From: from, To: to})
	}
	return leaves, nil
}

// SaveConsultant writes a consultant, a new one when the id is nil; whose
// expert somebody is never changes, and a provider's people write only
// their own: ErrNotFound for somebody else's. A change that makes room nudges the forløb that wait for a consultant.
func (s *Store) SaveConsultant(ctx context.Context, c forloeb.ConsultantRecord) (saved forloeb.SavedConsultant, err error) {
	if c = cleanConsultant(c); len(c.Mistakes()) > 0 || c.Capacity < 0 {
		return saved, forloeb.ErrBadConsultant
	}
	c.Provider = cmp.Or(only(ctx), c.Provider)
	if c.ID == uuid.Nil {
		c.ID = uuid.New()
	}
	saved.ID = c.ID
	err = s.tx(ctx, "consultant", func(tx *transaction) error {
		saved.Acts, err = saveConsultant(ctx, tx, c)
		return err
	})
	if uniqueViolation(err, "consultants_email_key") {
		return saved, forloeb.ErrAddressTaken
	}
	return saved, err
}

func cleanConsultant(c forloeb.ConsultantRecord) forloeb.ConsultantRecord {
	c.Name, c.Phone = forloeb.CleanLine(c.Name), forloeb.CleanLine(c.Phone)
	c.Email = forloeb.NormaliseEmail(c.Email)
	c.Leaves = mergeLeaves(c.Leaves)
	return c
}

// mergeLeaves drops periods that end before they begin, and joins those that
// overlap: the database holds each day once.
func mergeLeaves(leaves []forloeb.Leave) (merged []forloeb.Leave) {
	leaves = slices.DeleteFunc(slices.Clone(leaves), func(l forloeb.Leave) bool { return l.To.Before(l.From) })
	slices.SortFunc(leaves, func(a, b forloeb.Leave) int { return cmp.Or(a.From.Compare(b.From), a.To.Compare(b.To)) })
	for _, l := range leaves {
		if last := len(merged) - 1; last >= 0 && !l.From.After(merged[last].To) {
			if l.To.After(merged[last].To) {
				merged[last].To = l.To
			}
			continue
		}
		merged = append(merged, l)
	}
	return merged
}

func saveConsultant(ctx context.Context, tx *transaction, c forloeb.ConsultantRecord) ([]forloeb.Act, error) {
	if err := lockMatching(ctx, tx); err != nil {
		return nil, err
	}
	before, err := consultants(ctx, tx, &c.ID)
	if err != nil {
		return nil, err
	}
	if err := notOthers(ctx, tx, c.ID); err != nil {
		return nil, err
	}
	if err := writeConsultant(ctx, tx, c); err != nil {
		return nil, err
	}
	after, err := consultants(ctx, tx, &c.ID)
	if err != nil || !makesRoom(before, after[0]) {
		return nil, err
	}
	return nudgeWaiting(ctx, tx, uuid.Nil)
}

// notOthers answers ErrNotFound where the consultant is beyond whoever asks.
func notOthers(ctx context.Context, tx *transaction, id uuid.UUID) error {
	var others bool
	err := tx.GetContext(ctx, &others, `select exists (select 1 from consultants k where k.id = $1 and not coalesce(`+providerIs("k", 2)+`, false))`, id, only(ctx))
	if others {
		return ErrNotFound
	}
	return err
}

func writeConsultant(ctx context.Context, tx *transaction, c forloeb.ConsultantRecord) error {
	if _, err := tx.ExecContext(ctx, `
		insert into consultants (id, name, email, phone, themes, regions, capacity, active, provider, since) values ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, ''), now())
		on conflict (id) do update set name = excluded.name, email = excluded.email, phone = excluded.phone, themes = excluded.themes,
			regions = excluded.regions, capacity = excluded.capacity, active = excluded.active`,
		c.ID, c.Name, c.Email, c.Phone, themes(c.Themes), pq.Array(nonNil(c.Regions)), c.Capacity, c.Active, c.Provider); err != nil {
		return err
	}
	// Leave that is over stays as it was.
	if _, err := tx.ExecContext(ctx, `delete from leaves where consultant_id = $1 and upper(days) > `+today, c.ID); err != nil {
		return err
	}
	for _, l := range c.Leaves {
		if _, err := tx.ExecContext(ctx, `
			insert into leaves (consultant_id, days) select $1, d from (select daterange($2, $3, '[]') as d) n where upper(d) > `+today,
			c.ID, dateOf(l.From), dateOf(l.To)); err != nil {
			return fmt.Errorf("leave: %w", err)
		}
	}
	return nil
}

func dateOf(t time.Time) string { return t.In(forloeb.Copenhagen).Format(time.DateOnly) }

func nonNil(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

// makesRoom reports whether a forløb that fitted nobody may fit the
// consultant now.
func makesRoom(before []forloeb.ConsultantRow, now forloeb.ConsultantRow) bool {
	if !now.Active || now.OnLeave || now.Load >= now.Capacity {
		return false
	}
	if len(before) == 0 {
		return true
	}
	old := before[0]
	return !old.Active || old.OnLeave || old.Load >= old.Capacity ||
		!contains(old.Themes, now.Themes) || !contains(old.Regions, now.Regions)
}

func contains[T comparable](all, some []T) bool {
	for _, v := range some {
		if !slices.Contains(all, v) {
			return false
		}
	}
	return true
}
