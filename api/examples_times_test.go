package api

import (
	"net/url"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// timesExamples are the acts about meetings: as they ask, as they say back,
// and what is said of a meeting afterwards.
func timesExamples() []example {
	var all []example
	for _, area := range []struct {
		name string
		who  forloeb.Principal
	}{{"own-", exampleKarenWho}, {"", exampleAnna}} {
		add := func(name string, k staffCase, page pageData) {
			all = append(all, example{area.name + name, seenBy(area.who, k.Home(), page)})
		}
		k := caseAt(area.who, func(*staffCase) {})
		moved := caseAt(area.who, func(k *staffCase) {
			k.Meetings[1].OtherTimes = wished().Meetings[1].OtherTimes
			k.Which = &k.Meetings[1]
		})
		add("book", k, actPageOf(k, &bookAct, asking{}))
		add("book-echo", k, bookAct.saysBack(k, typedTimes1("11-3-2027", "13.00", atWorkplace, "")))
		add("book-online", k, bookAct.saysBack(k, typedTimes1("11-3-2027", "13.00", atOnline, "https://moede.example.dk/spark")))
		add("book-concerns", busy(k), bookAct.saysBack(busy(k), typedTimes1("25-3-2027", "21.30", atOther, "Biblioteket")))
		forgotten := typedTimes1("25-3-2027", "21.30", atOther, "Biblioteket")
		forgotten.Set(stepName, stepDo)
		add("book-forgotten", busy(k), bookAct.saysBack(busy(k), forgotten))
		prepared := caseAt(area.who, func(k *staffCase) { withPlans(k); k.Which = &k.Meetings[1] })
		add("book-prepare", k, bookAct.saysBack(k, over(typedTimes1("11-3-2027", "13.00", atWorkplace, ""), url.Values{prepField: {"Spørg tre kolleger, hvad der gør en god dag.\nSkriv det ned."}})))
		add("prep-task", moved, actPageOf(moved, &prepAct, asking{}))
		add("prep-task-again", prepared, actPageOf(prepared, &prepAct, asking{}))
		add("plan-again", prepared, shownActOf(prepared, &planAct, asking{}))
		add("propose", k, proposed(&proposeAct, k, nil))
		add("propose-form", k, actPageOf(k, &proposeAct, asking{typed: typedFrom(k, k.Propose(k.Diary, k.Now, forloeb.Wish{}), nil)}))
		add("move", moved, actPageOf(moved, &moveAct, asking{}))
		add("move-echo", moved, moveAct.saysBack(moved, typedTimes1("12-3-2027", "9", atWorkplace, "")))
		add("cancel", moved, actPageOf(moved, &cancelAct, asking{}))
		add("record-echo", k, recordAct.saysBack(k, typedTimes1("14-12-2026", "9", atWorkplace, "")))
		over := caseAt(area.who, func(k *staffCase) { k.Now, k.Which = at(2027, 1, 21, 16, 5), &k.Meetings[1] })
		add("register", over, newRegisterPage(over))
		if area.who.Role == forloeb.RoleConsultant {
			note := forloeb.MeetingNote{Text: "Stemningen var trykket.\nSpørg til vagterne næste gang.", Version: 2, At: at(2027, 1, 21, 16, 20)}
			add("notes-none", over, newOwnNotesPage(over, forloeb.MeetingNote{}, asking{}))
			add("notes", over, newOwnNotesPage(over, note, asking{typed: url.Values{noteField: {note.Text}}}))
			conflict := newOwnNotesPage(over, note, asking{typed: url.Values{noteField: {"Skrevet i et andet vindue."}}})
			conflict.changed(note)
			add("notes-conflict", over, conflict)
			ended := caseAt(area.who, func(k *staffCase) { closed(k, forloeb.InProgress, forloeb.Stopped); k.Which = &k.Meetings[1] })
			add("notes-ended", ended, newOwnNotesPage(ended, note, asking{typed: url.Values{noteField: {note.Text}}}))
			add("notes-erased", ended, ownNotesErased(ended))
		}
	}
	return append(all, mistypedExamples()...)
}

// withPlans has everything written down.
func withPlans(k *staffCase) {
	k.Acts = append(k.Acts, forloeb.Act{Version: 1, Actor: exampleKarenWho.Actor(), At: at(2026, 12, 3, 9, 0)})
	k.Plans = []forloeb.Plan{
		{Kind: forloeb.Arrangement, Version: 1, Text: "Fire møder på skolen, hver på tre timer, med hele personalet.\nMellem møderne prøver hvert team én ting af."},
		{Kind: forloeb.FollowUp, Version: 9999, Text: "TRIO'en tager det op på hvert personalemøde til sommer."},
	}
	k.Meetings[1].PrepTask = "Spørg tre kolleger, hvad der gør en god dag."
}

func mistypedExamples() (all []example) {
	k := exampleCase(exampleKarenWho)
	add := func(name string, a *act, k staffCase, sent url.Values) {
		_, wrong := a.read(k, sent)
		all = append(all, example{name, seenBy(k.By, k.Home(), actPageOf(k, a, asking{wrong: wrong, typed: sent}))})
	}
	add("book-nothing", &bookAct, k, url.Values{})
	add("book-mistyped", &bookAct, k, typedTimes1("i morgen", "middag", atOnline, "moede.example.dk"))
	add("book-past", &bookAct, k, typedTimes1("1-12-2026", "13.00", atOther, ""))
	add("book-clash", &bookAct, k, typedTimes1("21-1-2027", "14.00", atWorkplace, ""))
	add("book-cpr", &bookAct, k, typedTimes1("11-3-2027", "13.00", atOther, "Spørg 010203-1234"))
	add("record-future", &recordAct, k, typedTimes1("11-3-2027", "13.00", atWorkplace, ""))
	add("propose-mistyped", &proposeAct, k, url.Values{"date": {"11-3-2027", "31-4-2027"}, "start": {"9", "9"}, "length": {"165", "x"}, "where": {atWorkplace}})
	add("plan-mistyped", &planAct, k, url.Values{"arrangement": {"Ring til 010203-1234"}})
	add("plan-unchanged", &planAct, k, url.Values{})
	k.Which = &k.Meetings[1]
	add("prep-task-mistyped", &prepAct, k, url.Values{prepField: {"Ring til 010203-1234"}})
	add("move-nowhere", &moveAct, k, typedTimes1("21-1-2027", "13.00", atOther, "Skolevej 1"))

	crowded := exampleCase(exampleKarenWho)
	crowded.Diary.Leaves = []forloeb.Leave{{From: at2027(2, 1), To: at2027(12, 31)}}
	fewer := proposed(&proposeAct, caseAt(exampleKarenWho, func(k *staffCase) {
		k.Meetings, k.Diary = nil, crowded.Diary
	}), nil)
	all = append(all, example{"propose-fewer", seenBy(exampleKarenWho, crowded.Home(), fewer)},
		example{"propose-none", seenBy(exampleKarenWho, crowded.Home(), actPageOf(crowded, &proposeAct, asking{}))})
	again := func(name string, wish url.Values) {
		k := exampleCase(exampleKarenWho)
		sent := over(typedFrom(k, k.Propose(k.Diary, k.Now, forloeb.Wish{}), nil), wish)
		all = append(all, example{name, seenBy(k.By, k.Home(), proposed(&proposeAct, k, sent))})
	}
	again("propose-wish", url.Values{wishFrom: {"1-2-2027"}, wishWeekday: {"4"}, wishClock: {"13"}})
	again("propose-wish-mistyped", url.Values{wishFrom: {"snart"}, wishClock: {"efter frokost"}})
	again("propose-wish-nowhere", url.Values{wishClock: {"21.30"}})
	return append(all, registeredExamples()...)
}

// typedTimes1 is a form about one meeting, filled in.
func typedTimes1(date, start, where, place string) url.Values {
	return url.Values{versionName: {"9"}, "date": {date}, "start": {start}, "length": {"180"}, "where": {where}, "place": {place}}
}

// busy has a consultant with a meeting and leave in the way.
func busy(k staffCase) staffCase {
	k.Diary = forloeb.Diary{
		Busy:   []forloeb.Busy{{Forloeb: uuid.Max, Municipality: "630", From: at(2027, 3, 25, 20, 0), To: at(2027, 3, 25, 21, 0)}},
		Leaves: []forloeb.Leave{{From: at2027(3, 22), To: at2027(3, 26)}},
	}
	return k
}

func registeredExamples() (all []example) {
	add := func(name string, page func(staffCase) pageData, change func(k *staffCase)) {
		k := caseAt(exampleKarenWho, func(k *staffCase) { k.Which = &k.Meetings[0]; change(k) })
		all = append(all, example{name, seenBy(exampleKarenWho, k.Home(), page(k))})
	}
	registered := func(k staffCase) pageData { return newRegisteredPage(k) }
	asks := func(k staffCase) pageData { return newRegisterPage(k) }
	lastHeld := func(k *staffCase) { held(k, 4); k.Which = &k.Meetings[3]; k.Now = k.Which.StateAt }
	add("registered", registered, func(k *staffCase) {})
	add("registered-unplanned", registered, func(k *staffCase) { k.Meetings = k.Meetings[:1]; k.Which = &k.Meetings[0] })
	add("registered-last", registered, lastHeld)
	add("registered-no-show", registered, func(k *staffCase) {
		k.Meetings = k.Meetings[:1]
		k.Which = &k.Meetings[0]
		k.Which.State = forloeb.NoShow
	})
	add("registered-long-ago", registered, func(k *staffCase) { k.Now = at(2027, 1, 15, 9, 0) })
	add("registered-closed", registered, func(k *staffCase) { closed(k, forloeb.InProgress, forloeb.Stopped) })
	add("registered-another-unnoted", registered, func(k *staffCase) { k.Now = k.Meetings[1].EndsAt })
	add("register-last", asks, func(k *staffCase) { lastHeld(k); k.Which.State = forloeb.Booked })
	add("correct", asks, func(*staffCase) {})
	add("correct-last", asks, lastHeld)
	add("correct-no-show", asks, func(k *staffCase) { lastHeld(k); k.Which.State = forloeb.NoShow })
	return all
}
