package api

import (
	"net/url"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// hasGuest has one written on by staff, of the workplace with that number.
func hasGuest(place int) func(o *office, id uuid.UUID) {
	return func(o *office, id uuid.UUID) {
		o.env.Do(id, storetest.Secretary, forloeb.AddGuest{
			Workplace: o.env.Read(id).Workplaces[place].ID, Guest: uuid.New(), Name: "Bo Lind", Email: "bo.lind@example.dk"})
	}
}

func guestSituations() (list []situation) {
	nothing := func(*office, uuid.UUID) {}
	at := func(place int) func(o *office, k *staffCase) {
		return func(_ *office, k *staffCase) { k.Place = &k.Workplaces[place] }
	}
	the := func(_ *office, k *staffCase) { k.Comer = &k.Guests[0] }
	ida := url.Values{"name": {"Ida Berg"}, "email": {"ida.berg@example.dk"}}
	elsewhere := after(sharedMet, func(o *office, id uuid.UUID) {
		f, start := o.env.Read(id), at2027(2, 9)
		o.env.Do(id, storetest.Secretary, forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: start, EndsAt: start.Add(2 * time.Hour), Workplaces: []uuid.UUID{f.Participants()[0].ID}})
	})
	return append(list,
		situation{name: "before a meeting is booked", act: &addGuestAct, set: planned, find: at(0), sent: ida},
		situation{name: "with a meeting ahead", act: &addGuestAct, set: met, find: at(0), sent: ida, then: nothing},
		situation{name: "by the consultant", act: &addGuestAct, by: forloeb.RoleConsultant, set: met, find: at(0), sent: ida, then: nothing},
		situation{name: "at a workplace that a meeting is not for", act: &addGuestAct, set: elsewhere, find: at(2), sent: ida, then: nothing},
		situation{name: "before a meeting is booked", act: &removeGuestAct, set: after(planned, hasGuest(0)), find: the},
		situation{name: "with a meeting ahead", act: &removeGuestAct, set: after(met, hasGuest(0)), find: the},
		situation{name: "with a guest", act: &stopAct, set: after(met, hasGuest(0)), sent: why},
		situation{name: "with a guest", act: &cancelAct, set: after(met, hasGuest(0)), find: func(o *office, k *staffCase) { k.Which = k.NextMeeting(k.Now) }, sent: why},
	)
}
