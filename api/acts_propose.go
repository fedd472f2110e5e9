package api

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"example.dk/spark/internal/forloeb"
)

// proposeAct begins where the others end: with dates that are said back, free
// of concerns and ready to be booked. Each can be changed first.
var proposeAct = act{
	path: "moeder/foreslaa", label: "Foreslå datoer", about: "Til alle de møder, der mangler. Parterne får indkaldelser, når du har sagt ja.",
	done: "Møderne er aftalt, og indkaldelserne bliver sendt nu.", roles: byAllStaff,
	offered: func(k staffCase) bool { return k.MissingMeetings() > 1 },
	find:    findDiary,
	example: anyMeeting,
	mails:   invitations,
	begin:   proposed,
	form: func(k staffCase, a asking) actForm {
		usual, missing := k.Usual(), max(1, k.MissingMeetings())
		form := actForm{
			Heading: "Aftal " + meetings(missing), Button: seeFirst,
			Lead:   "Skal et af dem ikke aftales nu, så lad datoen stå tom. " + k.invites(),
			Fields: slices.Concat(a.times(k, slices.Repeat([]typedTime{undated(usual)}, missing)...), a.place(usual.Place), a.concerned(k, "Hvem er møderne for?", invitesAll)),
		}
		if len(k.Propose(k.Diary, k.Now, forloeb.Wish{})) == 0 {
			form.Lead = "Vi kan ikke finde ledige datoer i kalenderen de næste tre måneder. Skriv dem selv. " + form.Lead
		}
		return form
	},
	deeds: bookingsForSome,
	echo: func(k staffCase, sent url.Values, page *echoPage) {
		page.onlyFor(k, sent)
		page.Subheading, page.Button = "Aftal "+meetings(len(page.slots)), "Aftal "+meetings(len(page.slots))
		page.Wish = wishFields(sent, nil)
		if len(page.slots) > 1 {
			page.Effects = append(page.Effects, "Der kommer en mail for hvert møde.")
		}
	},
}

// What is asked for besides the usual.
const (
	wishFrom    = "from"
	wishWeekday = "weekday"
	wishClock   = "clock"
)

// proposed says back the dates that the calendar has room for, as though they
// had been typed. Where there is no room, it says back what there was; nil
// when that was nothing.
func proposed(a *act, k staffCase, sent url.Values) *echoPage {
	wish, wrong := wishOf(sent)
	slots := k.Propose(k.Diary, k.Now, wish)
	if len(wrong) == 0 && len(slots) > 0 {
		page := a.saysBack(k, typedFrom(k, slots, sent))
		if len(slots) < k.MissingMeetings() {
			page.Note = "Der er kun plads til " + meetings(len(slots)) + " inden for tre måneder. Aftal resten senere."
		}
		return page
	}
	if sent == nil {
		return nil
	}
	page := a.saysBack(k, sent)
	if page.Errors = wrong; wrong == nil {
		page.Note = "Der er ingen ledige datoer, der passer til det, i de næste tre måneder. Datoerne her er som før."
	}
	page.Wish, page.WishOpen = wishFields(sent, wrong), true
	return page
}

// typedFrom is a form filled in with proposed dates.
func typedFrom(k staffCase, slots []forloeb.Slot, sent url.Values) url.Values {
	values := url.Values{versionName: {strconv.FormatInt(k.Version, 10)}}
	for _, s := range slots {
		t := typedAs(s.StartsAt, s.EndsAt)
		values.Add("date", t.Date)
		values.Add("start", t.Start)
		values.Add("length", t.Length)
	}
	where, detail := splitPlace(slots[0].Place)
	values[placesField] = everyPlace(k)
	if sent != nil {
		values[placesField] = sent[placesField]
	}
	values.Set("where", where)
	values.Set("place", detail)
	for _, name := range []string{wishFrom, wishWeekday, wishClock} {
		values.Set(name, sent.Get(name))
	}
	return values
}

// wishOf reads which dates are asked for; what is empty is as usual.
func wishOf(sent url.Values) (w forloeb.Wish, wrong []fieldError) {
	if typed := sent.Get(wishFrom); typed != "" {
		from, err := forloeb.ParseDate(typed)
		if w.Earliest = from; err != nil {
			wrong = append(wrong, fieldError{wishFrom, forloeb.ErrDate.Danish()})
		}
	}
	if day, err := strconv.Atoi(sent.Get(wishWeekday)); err == nil {
		w.Weekdays = []time.Weekday{time.Weekday(day)}
	}
	if typed := sent.Get(wishClock); typed != "" {
		var err error
		if w.Hour, w.Minute, err = forloeb.ParseClock(typed); err != nil {
			wrong = append(wrong, fieldError{wishClock, forloeb.ErrClock.Danish()})
		}
	}
	return w, wrong
}

var weekdayOptions = []option{
	{Value: "1", Label: "Mandag"}, {Value: "2", Label: "Tirsdag"}, {Value: "3", Label: "Onsdag"}, {Value: "4", Label: "Torsdag"}, {Value: "5", Label: "Fredag"},
}

func wishFields(sent url.Values, wrong []fieldError) []field {
	a := asking{wrong: wrong, typed: sent}
	from, weekday, clock := a.line(wishFrom, "Tidligst", ""), a.line(wishWeekday, "Ugedag", ""), a.line(wishClock, "Starter kl.", "")
	from.Hint, from.Width, from.Autocomplete, from.Optional = "Fx 11-3-2027", "char-11", "off", true
	weekday.Control, weekday.First, weekday.Options, weekday.Optional = "select", "Som det passer", weekdayOptions, true
	clock.Hint, clock.Width, clock.Autocomplete, clock.Optional = "Fx 13.00", "char-8", "off", true
	return []field{from, weekday, clock}
}
