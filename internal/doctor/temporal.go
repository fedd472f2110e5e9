package doctor

import (
	"context"
	"strings"
	"time"
)

const (
	answersWithin = 10 * time.Second

	day = 24 * time.Hour
	// retention is how long Temporal should keep what has ended: shorter, and
	// what went wrong in the holidays cannot be looked up after them.
	retention = 30 * day
	// skewed clocks show wrong times; by a minute, and what is young seems late.
	skewed, skewedMuch = 5 * time.Second, time.Minute
)

// temporal reports whether workflows can be asked about.
func (p Patient) temporal(ctx context.Context) (found []Finding, reached bool) {
	found = p.clock(ctx, nil, ClockDatabase, "PostgreSQL", p.Database)
	if p.Process == nil {
		return found, false
	}
	asking, cancel := context.WithTimeout(ctx, answersWithin)
	defer cancel()
	if err := p.Process.Available(asking); err != nil {
		return append(found, fail(TemporalReached, "start Temporal, or set TEMPORAL_ADDRESS and TEMPORAL_TLS_* right; until then facts and mails wait in their rows",
			"Temporal does not answer: %s.", words(err))), false
	}
	found = append(found, ok(TemporalReached, "Temporal answers."))
	name, keeps, known, err := p.Process.Namespace(ctx)
	switch {
	case err != nil:
		return append(found, unasked(Namespace, "The namespace "+name, err)), false
	case !known:
		return append(found, fail(Namespace, "create it with 30 days' retention (temporal operator namespace create), or set TEMPORAL_NAMESPACE right",
			"Temporal has no namespace %s.", name)), false
	}
	found = append(found, ok(Namespace, "The namespace is %s.", name), retained(keeps), p.attributes(ctx), p.workers(ctx), p.releases(ctx))
	return p.clock(ctx, found, ClockTemporal, "Temporal", p.Process), true
}

func retained(keeps time.Duration) Finding {
	if keeps < retention {
		return warn(Retention, "set it to 30 days: temporal operator namespace update --retention 30d", "Temporal forgets what has ended after %d days.", keeps/day)
	}
	return ok(Retention, "Temporal keeps what has ended for %d days.", keeps/day)
}

func (p Patient) attributes(ctx context.Context) Finding {
	missing, err := p.Process.MissingSearchAttributes(ctx)
	switch {
	case err != nil:
		return unasked(SearchAttributes, "The search attributes", err)
	case len(missing) > 0:
		f := fail(SearchAttributes, "create them (temporal operator search-attribute create), or run spark doctor --fix where we may",
			"Search attributes are missing, and no forløb can move: %s.", strings.Join(missing, ", "))
		f.mend = p.Process.EnsureSearchAttributes
		return f
	}
	return ok(SearchAttributes, "The search attributes are there.")
}

func (p Patient) workers(ctx context.Context) Finding {
	idle, err := p.Process.IdleQueues(ctx)
	switch {
	case err != nil:
		return unasked(Workers, "The task queues", err)
	case len(idle) > 0:
		return fail(Workers, "start spark worker with the same TEMPORAL_NAMESPACE", "No worker asks for work on the task queue %s.", strings.Join(idle, " and "))
	}
	return ok(Workers, "Workers ask for work on every task queue.")
}

// releases finds workers that wait in vain: Temporal gives the work to another
// release than theirs.
func (p Patient) releases(ctx context.Context) Finding {
	current, served, waiting, err := p.Process.Served(ctx)
	if err != nil {
		return unasked(Releases, "The releases", err)
	}
	if !served && len(waiting) > 0 {
		return fail(Releases, "run spark release current with the release of the workers that run, or start workers of the current one",
			"Temporal gives the work to release %s, of which no worker runs; workers of %s wait.", current, strings.Join(waiting, " and "))
	}
	return ok(Releases, "Temporal gives the work to release %s.", current)
}

// clocked tells the time.
type clocked interface {
	Clock(ctx context.Context) (time.Time, error)
}

// clock adds how far a server's clock is from ours. What the question itself
// took is not the clock's fault. A server that does not answer has a finding
// of its own.
func (p Patient) clock(ctx context.Context, found []Finding, name, whose string, server clocked) []Finding {
	if server == nil {
		return found
	}
	before := p.Now()
	theirs, err := server.Clock(ctx)
	if err != nil {
		return found
	}
	skew := max(before.Sub(theirs), theirs.Sub(p.Now()), 0)
	const remedy = "let every machine keep time by NTP"
	switch says := "The clocks of this machine and of %s are %s apart."; {
	case skew > skewedMuch:
		return append(found, fail(name, remedy, says, whose, skew.Round(time.Second)))
	case skew > skewed:
		return append(found, warn(name, remedy, says, whose, skew.Round(time.Second)))
	}
	return append(found, ok(name, "The clocks of this machine and of %s agree.", whose))
}
