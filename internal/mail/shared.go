package mail

import "example.dk/spark/internal/forloeb"

// Mails of a forløb in which several workplaces take part.

// workplaceInvited asks a party whether its workplace takes part.
type workplaceInvited struct {
	Applicant string // "HovedMED i Aarhus Kommune"
	Type      string // "et fællesforløb"
	Corrected bool   // the address was wrong; an earlier link is dead
	Role      string
	Deadline  string
	Link      string
}

func fillWorkplaceInvited(d *draft) (any, error) {
	return workplaceInvited{
		Applicant: d.Forloeb.ApplicantName(), Type: d.Forloeb.TypeWords(), Corrected: d.Party.LinkVersion > 1,
		Role: d.Party.Role.Label(), Deadline: d.consentDeadline(d.Party), Link: d.consent(d.Party),
	}, nil
}

// jointStarted tells those who take part that it begins.
type jointStarted struct {
	Workplaces int
	Waiting    string
	Link       string
}

func fillJointStarted(d *draft) (any, error) {
	return jointStarted{Workplaces: d.Forloeb.WorkplaceCount(), Waiting: d.waitingSentence(), Link: d.statusLink()}, nil
}

// workplaceLeft tells a workplace that it takes no part, or no longer does.
type workplaceLeft struct {
	Reason forloeb.OutReason
	At     string
}

func fillWorkplaceLeft(d *draft) (any, error) {
	w := d.Forloeb.PlaceOf(d.Party)
	return workplaceLeft{Reason: w.OutReason, At: date(w.LeftAt)}, nil
}
