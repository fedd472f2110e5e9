package api

import (
	"net/url"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// The acts in this file are about mødedeltagere: who else at a workplace hears of
// the meetings.

// guestActs are offered beside the guests of a workplace.
var guestActs = []*act{&addGuestAct, &removeGuestAct}

// findGuest finds the guest that the address names.
func findGuest(_ *Server, c *gin.Context, k *staffCase) error {
	id, err := uuid.Parse(c.Param("guest"))
	if err != nil {
		return errNoRoute
	}
	if k.Comer = k.Guest(id); k.Comer == nil {
		return errNoRoute
	}
	return nil
}

var addGuestAct = act{
	path: "arbejdspladser/{workplace}/deltagere", label: "Skriv en mødedeltager på", about: "En mere fra arbejdspladsen får indkaldelserne.",
	done: "Mødedeltageren er skrevet på og får besked.", roles: byAllStaff, find: findPlace,
	example: someGuest,
	mails:   addGuestMails,
	form: func(k staffCase, a asking) actForm {
		name, email := a.line("name", "Navn", ""), a.line("email", "Mail", "")
		name.Autocomplete, email.Autocomplete, email.Kind = "off", "off", "email"
		email.Hint = "En adresse, som kun denne person læser."
		return actForm{
			Lead: "Det gælder " + k.Place.Name + ". Spørg personen først: Det er frivilligt.",
			Effects: append(promised(k, addGuestMails(k, someGuest(k))),
				"Mødedeltageren hører kun om møderne: ikke om sagen, og ikke om spørgeskemaet.", "I hver mail er der et link, så de kan tage sig selv af."),
			Fields: []field{name, email},
		}
	},
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.AddGuest{Workplace: k.Place.ID, Guest: uuid.New(), Name: sent.Get("name"), Email: sent.Get("email")}, nil
	},
}

func someGuest(k staffCase) forloeb.Deed {
	return forloeb.AddGuest{Workplace: k.Place.ID, Guest: uuid.Max, Name: "NN", Email: someAddress}
}

const newGuest = "den nye mødedeltager"

// addGuestMails are the first mail and, when it has left, the invitations to what is
// booked.
func addGuestMails(k staffCase, d forloeb.Deed) []mailing {
	mails := foreseen(k, d, newGuest)
	for i := range k.Meetings {
		if m := &k.Meetings[i]; m.State == forloeb.Booked && m.StartsAt.After(k.Now) && m.IsForWorkplace(k.Place.ID) {
			mails = append(mails, mailing{Kind: forloeb.MailMeetingInvitation, Newcomer: newGuest}.when("Når den mail er sendt,"))
		}
	}
	return mails
}

var removeGuestAct = act{
	path: "deltagere/{guest}/tag-af", label: "Tag mødedeltageren af", about: "De får ikke flere mails om møderne.",
	done: "Mødedeltageren er taget af.", roles: byAllStaff, find: findGuest,
	example: removesGuest,
	mails:   func(k staffCase, d forloeb.Deed) []mailing { return foreseen(k, d, "") },
	form: func(k staffCase, _ asking) actForm {
		return actForm{
			Lead:    "Det gælder " + k.Comer.Name + ".",
			Effects: append(promised(k, foreseen(k, removesGuest(k), "")), "Møderne står fast for de andre.", "Personen kan skrives på igen."),
		}
	},
	deed: func(k staffCase, _ url.Values) (forloeb.Deed, []fieldError) { return removesGuest(k), nil },
}

func removesGuest(k staffCase) forloeb.Deed { return forloeb.RemoveGuest{Guest: k.Comer.ID} }

// caseGuests are the mødedeltagere of a workplace, as staff see them.
type caseGuests struct {
	List []caseGuest
	Add  wayOn // where one is written on; empty when that cannot be done now
}

// caseGuest is one of them.
type caseGuest struct {
	Name, Email string
	By          string // who wrote them on, and when
	Trouble     string // what is the matter with a mail to them; empty when nothing is
	Remove      wayOn
}

func guestsAt(k staffCase, w *forloeb.Workplace) (all caseGuests) {
	k.Place = w
	if addGuestAct.legal(k) {
		all.Add = wayOn{Label: addGuestAct.labelled(k), Address: addGuestAct.address(k)}
	}
	for _, k.Comer = range k.GuestsOf(w.ID) {
		line := caseGuest{
			Name: k.Comer.Name, Email: k.Comer.Email, Trouble: guestTrouble(k),
			By: "skrevet på af " + guestBy(k.Forloeb, k.Comer) + " " + forloeb.ShortDate(k.Comer.AddedAt),
		}
		if removeGuestAct.legal(k) {
			line.Remove = wayOn{Label: removeGuestAct.labelled(k), Address: removeGuestAct.address(k)}
		}
		all.List = append(all.List, line)
	}
	return all
}

func guestTrouble(k staffCase) string {
	if m := troubledMail(k, k.Comer.ID); m != nil {
		return "mail " + unsentWords(m)
	}
	return ""
}
