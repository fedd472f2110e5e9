package forloeb

import (
	"errors"
	"time"
)

// Deed is something a person does to a forløb. Check is the rule: it sees
// every fact under the row's lock and refuses what is illegal there and then,
// with a Refusal that says why. What it lets through is written, and a line in
// acts tells the workflow.
type Deed interface {
	Line() Line
	Check(f *Forloeb, by Actor, now time.Time) error
}

// Line is what stands in acts: ids and codes only.
type Line struct {
	Name   ActName
	Ref    string // id of what it is about
	Detail string // code
}

// Judge asks a deed's rule. What the status forbids while the workflow has
// still to act on an earlier fact may be legal in a moment: that refusal is
// catching_up. Staff have no link that could be replaced: to them the person
// is.
func (f *Forloeb) Judge(d Deed, by Actor, now time.Time) error {
	if c := f.Chosen(); by.Kind == ActorConsultant && (c == nil || c.ID.String() != by.ID) {
		return f.refuse(RefuseNotFound) // somebody else's, perhaps since a moment ago
	}
	if by.Kind == ActorProvider && f.Provider == "" {
		return f.refuse(RefuseNotFound) // SPARK's own; which provider's, the store keeps to
	}
	err := d.Check(f, by, now)
	var r *Refusal
	if errors.As(err, &r) && !f.Settled() && (r.Code == RefuseWrongStatus || r.Code == RefuseClosed && f.ReopenTo != "") {
		return f.refuse(RefuseCatchingUp)
	}
	if r != nil && r.Code == RefuseLinkReplaced && by.RunsForloeb() {
		return f.refuse(RefusePartyReplaced)
	}
	return err
}

func (f *Forloeb) refuse(c RefusalCode) *Refusal {
	return &Refusal{Code: c, Status: f.Status}
}

func (f *Forloeb) refuseOn(c RefusalCode, date time.Time) *Refusal {
	return &Refusal{Code: c, Status: f.Status, Date: date}
}

// in refuses unless the forløb stands at one of the statuses.
func (f *Forloeb) in(statuses ...Status) error {
	for _, s := range statuses {
		if f.Status == s {
			return nil
		}
	}
	if f.Status.Closed() {
		return f.refuseOn(RefuseClosed, f.StatusSince)
	}
	return f.refuse(RefuseWrongStatus)
}

// open refuses a closed forløb, and one that is about to close.
func (f *Forloeb) open() error {
	if f.Status.Closed() {
		return f.refuseOn(RefuseClosed, f.StatusSince)
	}
	if !f.WithdrawnAt.IsZero() || !f.StoppedAt.IsZero() {
		return f.refuseOn(RefuseClosed, later(f.WithdrawnAt, f.StoppedAt))
	}
	return nil
}

// party finds the current party a deed is about.
func (f *Forloeb) party(id interface{ String() string }) (*Party, error) {
	for i := range f.Parties {
		if p := &f.Parties[i]; p.ID.String() == id.String() {
			if !p.Current() {
				return nil, f.refuse(RefuseLinkReplaced)
			}
			return p, nil
		}
	}
	return nil, f.refuse(RefuseNotAParty)
}

func (f *Forloeb) needReason(reason string) error {
	if CleanText(reason) == "" {
		return f.refuse(RefuseNoReason)
	}
	return nil
}

func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
