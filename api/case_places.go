package api

import (
	"strconv"

	"example.dk/spark/internal/forloeb"
)

// placesOf are the workplaces of a shared forløb, as staff see them.
func placesOf(k staffCase) (list []casePlace) {
	if !k.Shared() {
		return nil
	}
	for i := range k.Workplaces {
		if w := &k.Workplaces[i]; !w.OnlyApplies {
			list = append(list, casePlaceOf(k, w))
		}
	}
	return list
}

func casePlaceOf(k staffCase, w *forloeb.Workplace) casePlace {
	place := casePlace{ID: w.ID.String(), Name: w.Name, Facts: municipalityName(w.Municipality) + " · " + w.Sector.Label() + " · " + w.Employees.Label() + " ansatte", State: placeState(k, w)}
	for _, p := range k.Of(w.ID) {
		place.Parties = append(place.Parties, partyOf(k, p))
	}
	place.Guests = guestsAt(k, w)
	k.Place = w
	for _, a := range placeActs {
		if a.legal(k) {
			place.Ways = append(place.Ways, wayOn{Label: a.labelled(k), Address: a.address(k)})
		}
	}
	return place
}

// placeState says whether a workplace is with it, and since when.
func placeState(k staffCase, w *forloeb.Workplace) badge {
	switch {
	case k.AskedAgain(w, k.Now):
		return badge{"Spurgt igen " + forloeb.ShortDate(w.AskedAgainAt), "warning"}
	case w.OutReason == forloeb.OutDeclined:
		return badge{Text: "Sagde nej " + forloeb.ShortDate(w.LeftAt)}
	case w.OutReason == forloeb.OutSilent:
		return badge{Text: "Svarede ikke inden " + forloeb.ShortDate(w.LeftAt)}
	case w.Out():
		return badge{Text: "Forlod forløbet " + forloeb.ShortDate(w.LeftAt)}
	case k.Joined(w):
		return badge{"Med siden " + forloeb.ShortDate(k.JoinedAt(w)), "success"}
	case k.Status == forloeb.AwaitingConsent && !k.Joining():
		return badge{Text: "Ikke spurgt endnu"}
	}
	return badge{"Har ikke svaret", "warning"}
}

// joinedWords are how many workplaces are with it: "2 af 3 arbejdspladser er med".
func joinedWords(k staffCase) string {
	all, joined := len(k.Workplaces)-1, 0
	for _, w := range k.Participants() {
		if k.Joined(w) {
			joined++
		}
	}
	return strconv.Itoa(joined) + " af " + strconv.Itoa(all) + " arbejdspladser er med"
}
