package mail

import "example.dk/spark/internal/forloeb"

// Mails when a forløb closes before its time, and when it is opened again.

// declined tells the other party, and not why.
type declined struct {
	Link string
}

func fillDeclined(d *draft) (any, error) { return declined{Link: d.statusLink()}, nil }

// lapsed tells both that the deadline has passed.
type lapsed struct {
	Shared      bool // too few workplaces joined
	Deadline    string
	ReopenUntil string
	Erased      string
	Link        string
}

func fillLapsed(d *draft) (any, error) {
	deadline := d.Forloeb.ConsentCloses()
	if deadline.IsZero() {
		deadline = d.Forloeb.StatusSince
	}
	return lapsed{
		Shared:      d.Forloeb.Shared(),
		Deadline:    date(deadline),
		ReopenUntil: date(d.Forloeb.ReopenUntil()),
		Erased:      date(d.Forloeb.EraseAt()),
		Link:        d.statusLink(),
	}, nil
}

// withdrawn tells both that one of them took it back.
type withdrawn struct {
	Started     bool // there was a consultant: it is a forløb and no longer an application
	At          string
	Cancelled   []string // meetings
	Erased      string
	ReopenUntil string
}

func fillWithdrawn(d *draft) (any, error) {
	return withdrawn{
		Started:     d.started(),
		At:          date(d.ended()),
		Cancelled:   d.cancelledMeetings(),
		Erased:      date(d.Forloeb.EraseAt()),
		ReopenUntil: date(d.Forloeb.ReopenUntil()),
	}, nil
}

// stopped tells both that the secretariat ended it; why stands behind the
// link.
type stopped struct {
	Started   bool
	At        string
	Cancelled []string
	Erased    string
	Link      string
}

func fillStopped(d *draft) (any, error) {
	return stopped{
		Started:   d.started(),
		At:        date(d.ended()),
		Cancelled: d.cancelledMeetings(),
		Erased:    date(d.Forloeb.EraseAt()),
		Link:      d.statusLink(),
	}, nil
}

// duplicate tells a party that the workplace has another application. Which one
// it is, only those are told who are party to that too.
type duplicate struct {
	stopped
	Other string // its reference; empty to those it is not for
}

func fillDuplicate(d *draft) (any, error) {
	if d.Forloeb.DuplicateOf == nil {
		return nil, errIncomplete
	}
	closed, err := fillStopped(d)
	return duplicate{stopped: closed.(stopped), Other: d.Forloeb.DuplicateOf.Reference}, err
}

// reopened tells both that it goes on.
type reopened struct {
	Started  bool
	Answered bool // the reader's answer still stands
	At       string
	Waiting  string
	Link     string
}

func fillReopened(d *draft) (any, error) {
	r := reopened{
		Started:  d.started(),
		Answered: d.Party.Consent != nil,
		At:       date(d.Forloeb.ReopenedAt),
		Waiting:  d.waitingSentence(),
		Link:     d.statusLink(),
	}
	if d.Forloeb.Status == forloeb.AwaitingConsent && !r.Answered {
		r.Link = d.consent(d.Party)
	}
	return r, nil
}
