package crash

import (
	"slices"
	"sync"
)

// orderly is how each tale ends when nobody dies, in every lane.
type orderly struct {
	mu   sync.Mutex
	ends map[string][]string
}

// of is how a tale ends; the first that is asked for says so itself.
func (o *orderly) of(name string, lines []string) []string {
	o.mu.Lock()
	defer o.mu.Unlock()
	if _, known := o.ends[name]; !known {
		o.ends[name] = lines
	}
	return o.ends[name]
}

// outcome is how a forløb ended, in lines that are the same whenever the same
// happened: its steps, what people did, the mails that were owed and sent, and
// what is left to do. Left out is what the calendar may write or not, depending
// on how long things took: a letter about what comes, and all mails of a forløb
// that lives by dates.
const outcome = `
	select line from (
		select 1 as part, e.seq as n, format('step %s: %s → %s', e.seq, e."from", e."to") as line from forloeb_events e where e.forloeb_id = $1
		union all
		select 2, 0, format('%s × %s', count(*), ` + ledger + `) from acts a
		where a.forloeb_id = $1 and a.actor_kind <> 'system' and not (a.name = 'mail-settled' and a.detail in ('resend', 'let_be'))
		group by ` + ledger + `
		union all
		select 3, 0, format('%s × mail %s to %s is %s', count(*), m.kind, coalesce(p.side, 'consultant'),
			case m.state when 'uncertain' then 'sent' else m.state end)
		from mails m left join parties p on p.id = m.recipient
		where m.forloeb_id = $1 and m.kind <> 'meetings_done' and not $2
		group by m.kind, coalesce(p.side, 'consultant'), case m.state when 'uncertain' then 'sent' else m.state end
		union all
		select 4, 0, format('%s × meeting is %s', count(*), state) from meetings where forloeb_id = $1 group by state
		union all
		select 5, 0, format('task %s is open', kind) from tasks where forloeb_id = $1 and closed_at is null
	) lines order by part, n, line`

// compares tells what is not as it is when nobody dies.
func (l *lane) compares(c *checker, t *tale, p plot) error {
	var lines []string
	if err := l.db.SelectContext(l.ctx, &lines, outcome, t.m.id, p.dated); err != nil {
		return err
	}
	orderly := l.orderly.of(p.name, lines)
	for _, line := range orderly {
		if !slices.Contains(lines, line) {
			c.violates("it ends as it does when nobody dies", t.m.id, "%s: %q is missing", p.name, line)
		}
	}
	for _, line := range lines {
		if !slices.Contains(orderly, line) {
			c.violates("it ends as it does when nobody dies", t.m.id, "%s: %q is new", p.name, line)
		}
	}
	return nil
}
