package api

import (
	"net/url"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// exampleGuest is written on by the leader and has been told.
func exampleGuest(k *staffCase) *forloeb.Guest {
	k.Guests = []forloeb.Guest{{ID: uuid.MustParse("00000000-0000-4000-8000-00000000c001"), WorkplaceID: k.Lead().ID, By: leaderOf(k).ID,
		Name: "Ida Berg", Email: "ida.berg@example.dk", AddedAt: at(2026, 12, 14, 10, 0)}}
	mailTo(k, forloeb.MailGuestAdded, k.Guests[0].ID, 1, forloeb.MailSent, at(2026, 12, 14, 10, 0))
	mailTo(k, forloeb.MailMeetingInvitation, k.Guests[0].ID, 2000, forloeb.MailSent, at(2026, 12, 14, 10, 1)).Ref = k.Meetings[1].ID.String()
	return &k.Guests[0]
}

// guestActExamples are the acts about mødedeltagere.
func guestActExamples() (all []example) {
	asks := func(name string, a *act, sent url.Values, wrong []fieldError) {
		k := exampleCase(exampleAnna)
		k.Place, k.Comer = &k.Workplaces[0], exampleGuest(&k)
		all = append(all, example{"act-" + name, seenBy(exampleAnna, k.Home(), actPageOf(k, a, asking{wrong: wrong, typed: sent}))})
	}
	asks("guest", &addGuestAct, nil, nil)
	asks("guest-errors", &addGuestAct, url.Values{"name": {"Ida Berg"}, "email": {"amir@example.dk"}}, []fieldError{{"email", (&forloeb.Refusal{Code: forloeb.RefuseGuestKnown}).Danish()}})
	asks("guest-remove", &removeGuestAct, nil, nil)
	return all
}

// guestExamples are the pages of the parties and of the guests themselves.
func guestExamples() []example {
	some := []guestLine{{"Ida Berg", "ida.berg@example.dk", "/status/abc.def/deltagere/1"}, {"Bo Lind", "bo.lind@example.dk", "/status/abc.def/deltagere/2"}}
	page := func(change func(*guestsPage)) *guestsPage {
		p := &guestsPage{Links: exampleLinks, Reference: "26-4817", Most: "tre"}
		change(p)
		return p
	}
	own := func(off bool) *guestPage {
		return &guestPage{Reference: "26-4817", By: "Mette Holm (leder)", Mail: "ida.berg@example.dk", Action: "/deltager/abc.def", Off: off}
	}
	return []example{
		{"guests", page(func(p *guestsPage) { p.List = some })},
		{"guests-none", page(func(*guestsPage) {})},
		{"guests-full", page(func(p *guestsPage) { p.List, p.Full = append(some, some[0]), true })},
		{"guests-closed", page(func(p *guestsPage) { p.Closed = true })},
		{"guests-errors", page(func(p *guestsPage) {
			p.Form = guestForm{Name: "Ida Berg", Email: "amir@example.dk"}
			p.Errors = []fieldError{{"email", (&forloeb.Refusal{Code: forloeb.RefuseGuestKnown}).Danish()}}
		})},
		{"guest", own(false)},
		{"guest-off", own(true)},
	}
}
