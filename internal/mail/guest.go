package mail

import "example.dk/spark/internal/forloeb"

// guestAdded tells somebody that they have been written on as a mødedeltager: by
// whom, to what, and that it is voluntary.
type guestAdded struct {
	By     string // "Åse Østergård"; the office where staff did
	Others string // who takes part for the workplace: "Åse Østergård (leder) og Søren Bøgh (arbejdsmiljørepræsentant)"
	Next   string // the next meeting, when one is booked
}

func fillGuestAdded(d *draft) (any, error) {
	g := guestAdded{By: d.Forloeb.Words().Office, Others: d.place(d.Guest)}
	if p := d.Forloeb.Party(d.Guest.By); p != nil && personName(p.Contact.Name) != "" {
		g.By = personName(p.Contact.Name)
	}
	if m := d.Forloeb.NextMeeting(d.Now); m != nil {
		g.Next = forloeb.DateTime(m.StartsAt)
	}
	return g, nil
}

// place names the two who take part for the guest's workplace, with what they are.
func (d *draft) place(g *forloeb.Guest) string {
	var names []string
	for _, p := range d.Forloeb.Of(g.WorkplaceID) {
		if name := personName(p.Contact.Name); name != "" {
			names = append(names, name+" ("+p.Side.Noun()+")")
		}
	}
	return forloeb.AndList(names)
}
