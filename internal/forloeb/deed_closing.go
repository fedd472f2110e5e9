package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// Withdraw is a party's no after all: by the same link until the evaluation
// has closed.
type Withdraw struct {
	Party  uuid.UUID // nil when the secretariat writes it down for somebody
	Reason string    // optional
}

// Line names the act.
func (d Withdraw) Line() Line {
	if d.Party == uuid.Nil {
		return Line{Name: ForloebWithdrawn}
	}
	return Line{Name: ForloebWithdrawn, Ref: d.Party.String()}
}

// Check: while the forløb is open.
func (d Withdraw) Check(f *Forloeb, by Actor, now time.Time) error {
	if d.Party != uuid.Nil {
		p, err := f.party(d.Party)
		if err != nil {
			return err
		}
		if !f.Applies(p) {
			return f.refuse(RefuseNotAParty) // only their own workplace can leave
		}
	}
	return f.open()
}

// Stop is the secretariat's end of a forløb. The parties read the reason.
type Stop struct{ Reason string }

// Line names the act.
func (d Stop) Line() Line { return Line{Name: ForloebStopped} }

// Check: while the forløb is open, with a reason.
func (d Stop) Check(f *Forloeb, by Actor, now time.Time) error {
	return first(f.open(), f.needReason(d.Reason))
}

// Reopen opens a closed forløb again, to the status it came from.
type Reopen struct{ Reason string }

// Line names the act.
func (d Reopen) Line() Line { return Line{Name: ForloebReopened} }

// Check: within 30 days, before anonymising, with a reason.
func (d Reopen) Check(f *Forloeb, by Actor, now time.Time) error {
	switch until := f.ReopenUntil(); {
	case !f.Status.Closed():
		return f.refuse(RefuseWrongStatus)
	case !f.reopenable() || f.ReopenTo != "":
		return f.refuse(RefuseNotReopenable)
	case now.After(until):
		return f.refuseOn(RefuseReopenTooLate, until)
	}
	return f.needReason(d.Reason)
}

// AskReopen is a party who wants a closed forløb opened again. Opening it is
// the secretariat's.
type AskReopen struct{ Party uuid.UUID }

// Line names the act.
func (d AskReopen) Line() Line { return Line{FactsChanged, d.Party.String(), "reopen"} }

// Check: while it can be opened, once in ten minutes.
func (d AskReopen) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	switch until := f.ReopenUntil(); {
	case err != nil:
		return err
	case !f.reopenable():
		return f.refuse(RefuseNotReopenable)
	case now.After(until):
		return f.refuseOn(RefuseReopenTooLate, until)
	}
	return f.notAgain(p.ReopenAskedAt, now)
}
