package store

import (
	"context"
	"database/sql"
	"time"

	"example.dk/spark/internal/forloeb"
)

// unsettledAfter is how late a forløb must be to count as unsettled: as long
// as the sweep waits before it nudges one.
const unsettledAfter = time.Minute

// vital is one figure: what it counts, of which programme and which code.
type vital struct {
	What, Programme, Code string
	Value                 float64
}

// Vitals reads every figure in one statement, so that they are of one moment.
// Ages are by the database's clock.
func (s *Store) Vitals(ctx context.Context) (forloeb.Vitals, error) {
	var rows []vital
	err := s.db.SelectContext(asHouse(ctx), &rows, `
		with unsettled as (
			select id, min(since) as since from (`+late+`) late
			where since < clock_timestamp() - make_interval(secs => $1) group by id)
		select 'forloeb' as what, programme, status as code, count(*)::float8 as value from listed group by programme, status
		union all select 'tasks', '', kind, count(*) from tasks where closed_at is null group by kind
		union all select 'mails', '', state, count(*) from mails where state not in ('sent', 'cancelled') and not held group by state
		union all select 'drafts', '', state, count(*) from draft_mails where state <> 'sent' group by state
		union all select 'held', '', '', count(*) from mails where held and state = 'planned'
		union all select 'overdue', '', '', count(*) from listed where `+overdue+`
		union all select 'unsettled', '', '', count(*) from unsettled
		union all select 'oldest unsettled', '', '', `+age("min(since)")+` from unsettled
		union all select 'oldest unrelayed', '', '', `+age("min(written_at)")+` from acts where relayed_at is null
		union all select 'oldest unsent', '', '', `+age("min(real_at)")+` from mails where state in ('planned', 'sending') and not held`,
		unsettledAfter.Seconds())
	return vitalsOf(rows), err
}

// age is the seconds since a point in time, 0 for none or one to come.
func age(since string) string {
	return `coalesce(greatest(extract(epoch from clock_timestamp() - ` + since + `), 0), 0)`
}

func vitalsOf(rows []vital) forloeb.Vitals {
	v := forloeb.Vitals{
		Forloeb: map[forloeb.StatusOf]int{}, Tasks: map[forloeb.TaskKind]int{}, Mails: map[forloeb.MailState]int{}, Drafts: map[forloeb.MailState]int{},
	}
	for _, r := range rows {
		count, since := int(r.Value), time.Duration(r.Value*float64(time.Second))
		switch r.What {
		case "forloeb":
			v.Forloeb[forloeb.StatusOf{Programme: forloeb.ProgrammeCode(r.Programme), Status: forloeb.Status(r.Code)}] = count
		case "tasks":
			v.Tasks[forloeb.TaskKind(r.Code)] = count
		case "mails":
			v.Mails[forloeb.MailState(r.Code)] = count
		case "drafts":
			v.Drafts[forloeb.MailState(r.Code)] = count
		case "held":
			v.Held = count
		case "overdue":
			v.Overdue = count
		case "unsettled":
			v.Unsettled = count
		case "oldest unsettled":
			v.OldestUnsettled = since
		case "oldest unrelayed":
			v.OldestUnrelayed = since
		case "oldest unsent":
			v.OldestUnsent = since
		}
	}
	return v
}

// Stats are the figures of the pool of connections.
func (s *Store) Stats() sql.DBStats { return s.db.db.Stats() }
