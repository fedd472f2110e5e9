package crash

import (
	"slices"
	"strings"
	"time"
)

// settles is how long a worker takes, at most, from the mail server's answer to
// the row that says so, when nothing disturbs it but a busy machine.
const settles = 3 * time.Second

// mails: what is owed arrives, once, and nothing else does (I5, I6).
func (c *checker) mails() error {
	var owed []struct {
		Forloeb, Kind, State string
		MessageID            string `db:"message_id"`
		Collected            bool   // said in another mail of the day
	}
	if err := c.db.Select(&owed, `select forloeb_id::text as forloeb, kind, state, message_id, code = 'collected' as collected from mails
		union all select '', 'draft', state, message_id, false from draft_mails
		union all select '', 'staff', state, message_id, false from staff_mails`); err != nil {
		return err
	}
	copies := map[string][]taking{}
	for _, t := range c.taken {
		if t.Accepted {
			copies[bare(t.MessageID)] = append(copies[bare(t.MessageID)], t)
		}
	}
	for _, m := range owed {
		arrived := copies[m.MessageID]
		delete(copies, m.MessageID)
		switch {
		case m.Collected: // a server may have taken it in doubt before another mail of the day said it too
			if c.needless(arrived, 0) > 0 {
				c.violates("I6 no copy without a reason", m.Forloeb, "%s was taken %d times without a doubt, and another mail of the day says it too", m.Kind, len(arrived))
			}
		case m.State == "sent" && len(arrived) == 0 && !c.takenSince(m.MessageID):
			c.violates("I6 a sent mail has arrived", m.Forloeb, "%s is sent, and no server took it", m.Kind)
		case (m.State == "cancelled" || m.State == "failed") && c.needless(arrived, 0) > 0:
			c.violates("I6 a cancelled mail does not arrive", m.Forloeb, "%s is %s, and was taken", m.Kind, m.State)
		case c.needless(arrived, 1) > 0:
			c.violates("I6 no copy without a reason", m.Forloeb, "%s was taken %d times, and nothing was in doubt", m.Kind, len(arrived))
		case m.Kind == "evaluation_request" && len(arrived) > 1:
			c.violates("I7 one questionnaire", m.Forloeb, "taken %d times", len(arrived))
		}
	}
	for id, arrived := range copies {
		c.violates("I5 one Message-ID for one mail", "", "%s to %s belongs to no mail", id, arrived[0].To)
	}
	return nil
}

// takenSince reports whether a server has taken a mail since the look at all of
// them.
func (c *checker) takenSince(id string) bool {
	return slices.ContainsFunc(c.takings(), func(t taking) bool { return t.Accepted && bare(t.MessageID) == id })
}

// needless counts the copies beyond those allowed that nothing explains: the
// one before left nothing in doubt.
func (c *checker) needless(arrived []taking, allowed int) (n int) {
	if len(arrived) <= allowed {
		return 0
	}
	for _, before := range arrived[:len(arrived)-allowed] {
		if !before.Ambiguous && !c.disturbed(before.AcceptedAt) {
			n++
		}
	}
	return n
}

// disturbed reports whether whoever had to write down that a mail was taken may
// have been kept from it: a worker, or the database.
func (c *checker) disturbed(taken time.Time) bool {
	for _, b := range c.history.breaks() {
		if strings.HasPrefix(b.target, "worker") || b.target == "postgres" {
			if b.from.Before(taken.Add(settles)) && b.to.After(taken) {
				return true
			}
		}
	}
	return false
}
