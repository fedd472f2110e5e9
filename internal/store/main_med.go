package store

import (
	"context"
	"slices"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// agreedLately are the workplaces that have agreed on a forløb in the past
// year, that the HovedMED of their municipality may be told of and has not
// been. One whose name has been deleted is told of no more.
const agreedLately = `
	select w.id, w.municipality, lower(n.name) as name, a.themes
	from forloeb f
	join workplaces w on w.forloeb_id = f.id and not w.only_applies and w.left_at is null and w.municipality is not null
	join workplace_names n on n.workplace_id = w.id
	join applications a on a.forloeb_id = f.id and a.revision = f.revision
	where f.policy->>'tell_main_med' = 'true' and f.status not in ('withdrawn', 'stopped')
		and exists (select from forloeb_events e where e.forloeb_id = f.id and e."to" = 'awaiting_consultant' and e.at > forloeb_now(f) - interval '1 year')
		and not exists (select from main_med_told t where t.workplace_id = w.id)
		and ($1 = '' or w.municipality = $1)
	order by w.municipality, w.id`

// MainMEDNotices are what each municipality's HovedMED can be told now.
func (s *Store) MainMEDNotices(ctx context.Context) ([]forloeb.MainMEDNotice, error) {
	return mainMEDNotices(ctx, s.db, "")
}

func mainMEDNotices(ctx context.Context, q asker, municipality string) (list []forloeb.MainMEDNotice, err error) {
	var rows []struct {
		ID           uuid.UUID      `db:"id"`
		Municipality string         `db:"municipality"`
		Name         string         `db:"name"`
		Themes       pq.StringArray `db:"themes"`
	}
	if err := q.SelectContext(ctx, &rows, agreedLately, municipality); err != nil {
		return nil, err
	}
	names := map[string]map[string]bool{}
	for _, r := range rows {
		if names[r.Municipality] == nil {
			names[r.Municipality] = map[string]bool{}
			list = append(list, forloeb.MainMEDNotice{Municipality: r.Municipality})
		}
		names[r.Municipality][r.Name] = true
		n := &list[len(list)-1]
		n.Workplaces = append(n.Workplaces, r.ID)
		for _, t := range r.Themes {
			if theme := forloeb.ThemeCode(t); !slices.Contains(n.Themes, theme) {
				n.Themes = append(n.Themes, theme)
			}
		}
	}
	list = slices.DeleteFunc(list, func(n forloeb.MainMEDNotice) bool { return len(names[n.Municipality]) < forloeb.LeastTold })
	for i := range list {
		slices.Sort(list[i].Themes) // not in the order of the workplaces
	}
	return list, nil
}

// TellMainMED writes down that a notice has been sent, as it was read; or
// forloeb.ErrNoticeChanged. Nobody stands behind two.
func (s *Store) TellMainMED(ctx context.Context, seen forloeb.MainMEDNotice, by forloeb.Actor) error {
	return s.tx(ctx, "notice", func(tx *transaction) error {
		if _, err := tx.ExecContext(ctx, `select pg_advisory_xact_lock(hashtextextended($1, 0))`, "notice "+seen.Municipality); err != nil {
			return err
		}
		now, err := mainMEDNotices(ctx, tx, seen.Municipality)
		if err != nil {
			return err
		}
		if len(now) != 1 || !slices.Equal(now[0].Workplaces, seen.Workplaces) {
			return forloeb.ErrNoticeChanged
		}
		_, err = tx.ExecContext(ctx, `
			with notice as (insert into main_med_notices (municipality, themes, told_by) values ($1, $2, $3) returning id)
			insert into main_med_told (workplace_id, notice_id) select w, notice.id from notice, unnest($4::uuid[]) w`,
			seen.Municipality, themes(now[0].Themes), by.ID, pq.Array(seen.Workplaces))
		return err
	})
}
