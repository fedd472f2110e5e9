package crash

import (
	"context"
	"time"
)

// still is how long nothing at all may move before what is left counts as
// stuck. However long the whole takes, nobody is stuck while something moves.
const still = 2 * time.Minute

// looksEvery is how often the rows are asked.
const looksEvery = 2 * time.Second

// state is how far everything is.
type state struct {
	Left    int    // facts that are not acted on or relayed, and mails that nobody holds back
	Waiting int    // pairs that await consent
	Mails   int    // that are sent
	Moved   string // another each time that anything has moved
}

// calm waits until nothing is left to do, or nothing moves any more: what
// does not hold then, the rules tell.
func (r *race) calm(ctx context.Context) error {
	var last state
	var moved, told time.Time
	for {
		now, err := r.look(ctx)
		switch {
		case err != nil:
			return err
		case now.Left == 0 || ctx.Err() != nil:
			return ctx.Err()
		case now.Moved != last.Moved:
			last, moved = now, time.Now()
		case time.Since(moved) > still:
			r.tells("  nothing has moved for %s: %d left to do", still, now.Left)
			return nil
		}
		if time.Since(told) > tellsEvery {
			told = time.Now()
			r.tells("  %s: %d pairs await consent, %d mails are sent, %d left to do", told.Format(time.TimeOnly), now.Waiting, now.Mails, now.Left)
		}
		pause(ctx, looksEvery)
	}
}

func (r *race) look(ctx context.Context) (now state, err error) {
	err = r.stack.db.GetContext(ctx, &now, `
		select f.unseen + a.unrelayed + m.unsent as left, f.waiting, m.sent as mails, concat_ws(' ', f.seen, f.steps, a.unrelayed, m.sent, m.unsent, m.attempts) as moved
		from (select count(*) filter (where seen_version < version) as unseen, sum(seen_version) as seen, sum(status_seq) as steps,
				count(*) filter (where status = 'awaiting_consent' and id in `+paired+`) as waiting from forloeb) f,
			(select count(*) as unrelayed from acts where relayed_at is null) a,
			(select count(*) filter (where state = 'sent') as sent, count(*) filter (where state in ('planned', 'sending') and not held) as unsent,
				sum(attempts) as attempts from mails) m`)
	return now, err
}
