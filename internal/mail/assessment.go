package mail

// Mails about the secretariat's decision, where applications are assessed,
// and while a workplace waits.

// approved says yes.
type approved struct {
	Waiting string
	StartBy string
}

func fillApproved(d *draft) (any, error) {
	return approved{Waiting: d.waitingSentence(), StartBy: date(d.Forloeb.StartBy())}, nil
}

// waitlisted says not yet.
type waitlisted struct {
	AgainAt string
	Link    string
}

func fillWaitlisted(d *draft) (any, error) {
	return waitlisted{AgainAt: date(d.waiting().Next), Link: d.statusLink()}, nil
}

// rejected says no; the reason stands behind the link, never in the mail.
type rejected struct {
	Link string
}

func fillRejected(d *draft) (any, error) { return rejected{Link: d.statusLink()}, nil }

// stillWaiting is the month's sign of life.
type stillWaiting struct {
	Waiting string
}

func fillStillWaiting(d *draft) (any, error) { return stillWaiting{Waiting: d.waitingSentence()}, nil }
