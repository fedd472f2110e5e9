package forloeb

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Lead is the workplace that applied: the only one of an individual forløb.
func (f *Forloeb) Lead() Workplace {
	if len(f.Workplaces) == 0 {
		return Workplace{}
	}
	return f.Workplaces[0]
}

// Party finds a party, replaced or not; nil when there is none.
func (f *Forloeb) Party(id uuid.UUID) *Party {
	for i := range f.Parties {
		if f.Parties[i].ID == id {
			return &f.Parties[i]
		}
	}
	return nil
}

// CurrentParties are those to write to, leaders first. Those of a workplace that is
// out are none of them.
func (f *Forloeb) CurrentParties() []*Party {
	return slices.DeleteFunc(f.everyParty(), func(p *Party) bool { return f.out(p) })
}

func (f *Forloeb) out(p *Party) bool {
	w := f.Workplace(p.WorkplaceID)
	return w != nil && w.Out()
}

// everyParty are the current ones of all workplaces, those that are out too.
func (f *Forloeb) everyParty() (current []*Party) {
	for _, side := range []Side{Leader, Rep} {
		for i := range f.Parties {
			if p := &f.Parties[i]; p.Current() && p.Side == side {
				current = append(current, p)
			}
		}
	}
	return current
}

// Other is the party across the table at the same workplace; nil when there
// is none.
func (f *Forloeb) Other(p *Party) *Party {
	for i := range f.Parties {
		o := &f.Parties[i]
		if o.Current() && o.WorkplaceID == p.WorkplaceID && o.Side == p.Side.Other() {
			return o
		}
	}
	return nil
}

// Started reports whether this party filled in the application.
func (f *Forloeb) Started(p *Party) bool {
	return string(f.Application.StartedBy) == string(p.Side) && p.ReplacesParty == uuid.Nil
}

// Pending are the current parties who have not answered this revision. The
// workplaces of a shared forløb are asked when the applying pair has agreed, and
// of one that has said no nobody is asked any more.
func (f *Forloeb) Pending() (pending []*Party) {
	asked := f.CurrentParties()
	if f.Shared() && f.Status == AwaitingConsent {
		asked = f.askedNow()
	}
	for _, p := range asked {
		if p.Consent == nil {
			pending = append(pending, p)
		}
	}
	return pending
}

func (f *Forloeb) askedNow() []*Party {
	if !f.Joining() {
		return f.Applicants()
	}
	return slices.DeleteFunc(f.CurrentParties(), func(p *Party) bool { return f.saidNo(f.Workplace(p.WorkplaceID)) })
}

// Edited reports whether the text is another than the one first sent: a
// revision made by opening again is the same text.
func (f *Forloeb) Edited() bool { return f.Application.Revision > 1 && !f.copied() }

// copied reports whether this revision was made by opening again.
func (f *Forloeb) copied() bool {
	for _, a := range f.Acts {
		if a.Name == ForloebReopened && a.At.Equal(f.Application.At) {
			return true
		}
	}
	return false
}

// SaidNo reports whether one of those who apply has answered no to this text.
func (f *Forloeb) SaidNo() bool { return anySaid(f.Applicants(), No) }

// AwaitsAnswer reports whether this party is asked to answer now.
func (f *Forloeb) AwaitsAnswer(p *Party) bool {
	return f.Status == AwaitingConsent && p.Consent == nil && !f.AskedForFix() && slices.Contains(f.Pending(), p)
}

// AskedForFix reports whether those who apply want their text corrected, so that
// the clocks stand still. What a workplace that was asked to join wants corrected
// is a task, and stops nobody else.
func (f *Forloeb) AskedForFix() bool {
	for _, p := range f.Applicants() {
		if !p.FixAskedAt.IsZero() {
			return true
		}
	}
	return false
}

// Assignment is the one in force, an offer too; nil when no consultant is
// assigned.
func (f *Forloeb) Assignment() *Assignment {
	if n := len(f.Assignments); n > 0 && f.Assignments[n-1].Until.IsZero() {
		return &f.Assignments[n-1]
	}
	return nil
}

// Consultant is the one responsible now; nil when there is none. Whoever is
// asked and has not said yes is not it yet: see Chosen.
func (f *Forloeb) Consultant() *Consultant {
	if a := f.Assignment(); a != nil && a.Taken() {
		return &a.Consultant
	}
	return nil
}

// Chosen is the consultant who may see the forløb now: the one responsible, or
// the one who is asked; nil when there is none.
func (f *Forloeb) Chosen() *Consultant {
	if a := f.Assignment(); a != nil {
		return &a.Consultant
	}
	return nil
}

// Meeting finds a meeting; nil when there is none.
func (f *Forloeb) Meeting(id uuid.UUID) *Meeting {
	for i := range f.Meetings {
		if f.Meetings[i].ID == id {
			return &f.Meetings[i]
		}
	}
	return nil
}

func (f *Forloeb) count(state MeetingState) (n int) {
	for _, m := range f.Meetings {
		if m.State == state {
			n++
		}
	}
	return n
}

// HeldCount is the number of meetings held; a no-show does not count.
func (f *Forloeb) HeldCount() int { return f.count(Held) }

// BookedCount is the number of meetings booked and not yet registered.
func (f *Forloeb) BookedCount() int { return f.count(Booked) }

// Required is the number of meetings planned, extra ones included.
func (f *Forloeb) Required() int { return f.Policy.Meetings + f.ExtraMeetings }

// LastHeld is the end of the last held meeting; zero without one.
func (f *Forloeb) LastHeld() (last time.Time) {
	for _, m := range f.Meetings {
		if m.State == Held && m.EndsAt.After(last) {
			last = m.EndsAt
		}
	}
	return last
}

// NextMeeting is the first booked meeting that has not ended; nil without one.
func (f *Forloeb) NextMeeting(now time.Time) *Meeting {
	for i := range f.Meetings {
		if m := &f.Meetings[i]; m.State == Booked && m.EndsAt.After(now) {
			return m
		}
	}
	return nil
}

// MeetingNumber is the number people know a meeting by: its place among those
// that count, in time.
func (f *Forloeb) MeetingNumber(m *Meeting) int {
	n := 1
	for i := range f.Meetings {
		o := &f.Meetings[i]
		if o.ID != m.ID && (o.State == Held || o.State == Booked) && o.StartsAt.Before(m.StartsAt) {
			n++
		}
	}
	return n
}

// statusSince is when the forløb last came to a status; zero when it never did.
func (f *Forloeb) statusSince(s Status) (at time.Time) {
	for _, e := range f.Events {
		if e.To == s {
			at = e.At
		}
	}
	return at
}

// StatusSeq is the number of the last transition.
func (f *Forloeb) StatusSeq() int {
	if len(f.Events) == 0 {
		return 0
	}
	return f.Events[len(f.Events)-1].Seq
}

// StatusBefore is the status a closed forløb came from.
func (f *Forloeb) StatusBefore() Status {
	if len(f.Events) == 0 {
		return ""
	}
	return f.Events[len(f.Events)-1].From
}

// Agreed is when both parties had agreed; zero before that.
func (f *Forloeb) Agreed() time.Time {
	var at time.Time
	for _, e := range f.Events {
		if e.From == AwaitingConsent && (e.To == AwaitingConsultant || e.To == AwaitingAssessment) {
			at = e.At
		}
	}
	return at
}

// ClosedAt is when the forløb closed; zero while it is open.
func (f *Forloeb) ClosedAt() time.Time {
	if !f.Status.Closed() {
		return time.Time{}
	}
	return f.StatusSince
}

// Expert is the consultant with an id among all who have had the forløb; nil
// when none had.
func (f *Forloeb) Expert(id uuid.UUID) *Consultant {
	for i := range f.Assignments {
		if f.Assignments[i].Consultant.ID == id {
			return &f.Assignments[i].Consultant
		}
	}
	return nil
}

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// sameFullName compares two people's names: spaces and case do not matter.
func sameFullName(a, b string) bool {
	return a != "" && strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
