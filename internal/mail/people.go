package mail

// Mails when a contact person is replaced.

// contactNew asks the new person for a yes; the forløb goes on meanwhile.
type contactNew struct {
	Role    string
	Waiting string
	Link    string
}

func fillContactNew(d *draft) (any, error) {
	return contactNew{Role: d.Party.Role.Label(), Waiting: d.waitingSentence(), Link: d.consent(d.Party)}, nil
}

// contactOld says goodbye to who was replaced.
type contactOld struct {
	Role   string
	Erased string
}

func fillContactOld(d *draft) (any, error) {
	return contactOld{Role: d.Party.Role.Label(), Erased: date(d.Forloeb.EraseAt())}, nil
}
