package mail

import "example.dk/spark/internal/forloeb"

// Mails to the parties about who their consultant is.

// consultantAssigned introduces the consultant.
type consultantAssigned struct {
	Consultant string
	ContactBy  string
	Link       string
}

func fillConsultantAssigned(d *draft) (any, error) {
	a := d.Forloeb.Assignment()
	if a == nil {
		return nil, errIncomplete
	}
	return consultantAssigned{
		Consultant: contact(&a.Consultant),
		ContactBy:  date(d.Forloeb.ContactBy()),
		Link:       d.statusLink(),
	}, nil
}

// consultantChanged introduces another one.
type consultantChanged struct {
	Consultant string
	From       string
	Meetings   bool // there are meetings ahead, and they stand
}

func fillConsultantChanged(d *draft) (any, error) {
	a := d.Forloeb.Assignment()
	if a == nil {
		return nil, errIncomplete
	}
	return consultantChanged{
		Consultant: forloeb.Capital(contact(&a.Consultant)),
		From:       date(a.Since()),
		Meetings:   d.bookedAhead(),
	}, nil
}
