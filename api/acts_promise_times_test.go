package api

import (
	"net/url"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// The situations in this file are about when the parties meet.

// findsTheNext finds the meeting ahead.
func findsTheNext(_ *office, k *staffCase) { k.Which = k.NextMeeting(k.Now) }

func findsTheFirst(_ *office, k *staffCase) { k.Which = &k.Meetings[0] }

func timeSituations() []situation {
	typed := func(date string) url.Values { return typedTimes1(date, "13.00", atWorkplace, "") }
	series := url.Values{"date": {"11-3-2027", "13-5-2027"}, "start": {"13", "9"}, "length": {"180", "120"}, "where": {atWorkplace}}
	more := func(o *office, id uuid.UUID) {
		o.env.Do(id, storetest.Secretary, forloeb.GrantExtra{N: 1, Reason: "Aftalt."})
	}
	cancelsAll := func(o *office, id uuid.UUID) {
		for _, m := range o.env.Read(id).Meetings {
			if m.State == forloeb.Booked {
				o.env.Do(id, storetest.Secretary, forloeb.CancelMeeting{Meeting: m.ID})
			}
		}
	}
	unsent := func(o *office) uuid.UUID {
		id := planned(o)
		o.env.Mailer(func(forloeb.Letter) forloeb.Outcome { return forloeb.Outcome{State: forloeb.MailPlanned, Code: "421"} })
		booksNext(o, id)
		o.env.Settle(id)
		return id
	}
	threeHeld := func(o *office) uuid.UUID {
		id := planned(o)
		for _, day := range []int{1, 3, 8} {
			o.holds(id, at(2026, 12, day, 13, 0))
		}
		return id
	}
	nextMorning := func(o *office, id uuid.UUID) { o.env.RunTo(id, o.env.Now(id).AddDate(0, 0, 4)) }
	later := after(finishedEarly, func(o *office, id uuid.UUID) { o.env.RunTo(id, at(2026, 12, 16, 12, 0)) })
	return []situation{
		{name: "the first", act: &bookAct, set: planned, sent: typed("11-3-2027")},
		{name: "the next", act: &bookAct, set: met, by: forloeb.RoleConsultant, sent: typed("11-3-2027")},
		{name: "with something to prepare", act: &bookAct, set: planned, sent: over(typed("11-3-2027"), url.Values{prepField: {"Spørg kollegerne."}})},
		{name: "of a meeting ahead", act: &prepAct, set: met, find: findsTheNext, sent: url.Values{prepField: {"Spørg kollegerne."}}},
		{name: "in progress", act: &planAct, set: met, by: forloeb.RoleConsultant, sent: url.Values{"arrangement": {"Fire møder."}, "follow_up": {"I september."}}},
		{name: "tomorrow", act: &bookAct, set: planned, sent: typed("25-11-2026")},
		{name: "a party has left", act: &bookAct, set: after(met, leaves), sent: typed("11-3-2027")},
		{name: "the first of more", act: &bookAct, set: after(planned, more), sent: typed("11-3-2027")},
		{name: "the first again of more", act: &bookAct, set: after(after(after(planned, booksNext), more), cancelsAll), sent: typed("11-3-2027")},
		{name: "more, resting", act: &bookAct, set: after(allMet, more), sent: typed("11-2-2027")},
		{name: "finished early", act: &bookAct, set: finishedEarly, sent: typed("11-2-2027")},
		{name: "more, finished early", act: &bookAct, set: after(finishedEarly, more), sent: typed("11-2-2027")},
		{name: "a series", act: &proposeAct, set: planned, sent: series},
		{name: "the rest", act: &proposeAct, set: met, by: forloeb.RoleConsultant, sent: series},

		{name: "everybody knows of it", act: &moveAct, set: met, find: findsTheNext, sent: typed("15-1-2027")},
		{name: "a party has left", act: &moveAct, set: after(met, leaves), find: findsTheNext, sent: typed("15-1-2027")},
		{name: "nobody knows of it yet", act: &moveAct, set: unsent, find: findsTheNext, sent: typed("15-1-2027")},
		{name: "it is over", act: &moveAct, set: overNow, find: func(o *office, k *staffCase) { k.Which = &k.Meetings[1] }, sent: typed("15-1-2027")},
		{name: "an address was corrected", act: &moveAct, find: findsTheNext, sent: typed("15-1-2027"), set: after(met, func(o *office, id uuid.UUID) {
			o.env.Do(id, storetest.Secretary, forloeb.CorrectAddress{Party: o.env.Party(id, forloeb.Rep).ID, Email: "amir.ny@example.dk"})
		})},

		{name: "everybody knows of it", act: &cancelAct, set: met, find: findsTheNext},
		{name: "the only one", act: &cancelAct, set: after(planned, booksNext), find: findsTheFirst},
		{name: "a party has left", act: &cancelAct, set: after(met, leaves), find: findsTheNext},
		{name: "nobody knows of it yet", act: &cancelAct, set: unsent, find: findsTheNext},
		{name: "it is over", act: &cancelAct, set: overNow, find: func(o *office, k *staffCase) { k.Which = &k.Meetings[1] }},
		{name: "it has begun", act: &cancelAct, find: findsTheNext, set: func(o *office) uuid.UUID {
			id := met(o)
			o.env.RunTo(id, at(2027, 1, 12, 13, 30))
			return id
		}},

		{name: "the first", act: &recordAct, set: planned, sent: typed("20-11-2026")},
		{name: "the first of more", act: &recordAct, set: after(planned, more), sent: typed("20-11-2026")},
		{name: "with another ahead", act: &recordAct, set: met, sent: typed("4-12-2026")},
		{name: "the last", act: &recordAct, set: threeHeld, sent: typed("4-12-2026"), then: nextMorning},
		{name: "the last, and a party has left", act: &recordAct, set: after(threeHeld, leaves), sent: typed("4-12-2026"), then: nextMorning},
		{name: "an earlier one, finished early", act: &recordAct, set: later, sent: typed("4-12-2026")},
		{name: "a later one, finished early", act: &recordAct, set: later, sent: typed("15-12-2026"), then: nextMorning},
		{name: "a later one, finished long ago", act: &recordAct, sent: typed("15-12-2026"), set: after(finishedEarly, func(o *office, id uuid.UUID) {
			o.env.RunTo(id, time.Date(2027, 1, 12, 12, 0, 0, 0, forloeb.Copenhagen))
		})},
	}
}
