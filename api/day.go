package api

import (
	"cmp"
	"context"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// showDay is the consultant's day.
func (s *Server) showDay(c *gin.Context) error {
	ctx, who := c.Request.Context(), principal(c.Request.Context())
	rows, err := s.ownRows(ctx, who)
	if err != nil {
		return err
	}
	cases, err := s.underWay(ctx, who, rows)
	if err != nil {
		return err
	}
	now := s.now()
	meetings, err := s.store.OwnMeetings(ctx, who.Consultant, now)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, newDayPage(now, rows, cases, meetings))
}

// ownRows are all open forløb of a consultant.
func (s *Server) ownRows(ctx context.Context, who forloeb.Principal) (rows []forloeb.ListRow, err error) {
	filter := forloeb.ListFilter{Consultant: who.Consultant, Statuses: statuses(false)}
	for {
		page, err := s.store.List(ctx, filter)
		if err != nil {
			return nil, err
		}
		rows = append(rows, page.Rows...)
		if filter.Cursor = page.Next; filter.Cursor == "" {
			return rows, nil
		}
	}
}

// statuses are the closed ones, or the open.
func statuses(closed bool) []forloeb.Status {
	return slices.DeleteFunc(slices.Clone(forloeb.Statuses), func(s forloeb.Status) bool { return s.Closed() != closed })
}

// underWay reads the forløb that they are asked to take and those that have
// their meetings now: a handful, since that is what a consultant has room for.
func (s *Server) underWay(ctx context.Context, who forloeb.Principal, rows []forloeb.ListRow) (cases []staffCase, err error) {
	for _, r := range rows {
		if r.Status != forloeb.AwaitingConsultant && r.Status != forloeb.Planning && r.Status != forloeb.InProgress {
			continue
		}
		f, err := s.store.Forloeb(ctx, r.ID)
		if err != nil {
			return nil, err
		}
		if c := f.Chosen(); c != nil && c.ID == who.Consultant { // it may have been handed over just now
			cases = append(cases, staffCase{Forloeb: f, By: who, Now: r.Now, Area: consultantArea})
		}
	}
	return cases, nil
}

func newDayPage(now time.Time, rows []forloeb.ListRow, cases []staffCase, meetings []forloeb.OwnMeeting) *dayPage {
	page := &dayPage{Today: now, Live: ownStream}
	for _, k := range cases {
		if isOffer(k) {
			page.Now = append(page.Now, toAnswer(k))
		}
	}
	cases = slices.DeleteFunc(slices.Clone(cases), isOffer)
	for _, m := range meetings {
		switch {
		case m.Unregistered():
			page.Now = append(page.Now, toRegister(m))
		case m.State == forloeb.Booked && isSoon(m):
			page.Soon = append(page.Soon, newDayMeeting(m))
		}
	}
	for _, k := range cases {
		page.Now = append(page.Now, otherTimes(k)...)
	}
	for _, k := range cases {
		if awaitsFirstContact(k) {
			page.Now = append(page.Now, firstContact(k))
		}
	}
	for _, k := range byDeadline(slices.DeleteFunc(slices.Clone(cases), func(k staffCase) bool { return k.MissingMeetings() == 0 || awaitsFirstContact(k) })) {
		page.Plan = append(page.Plan, toPlan(k))
	}
	for _, r := range rows {
		page.Own = append(page.Own, newOwnLine(r))
	}
	return page
}

// toRegister asks whether a meeting was held.
func toRegister(m forloeb.OwnMeeting) dayTask {
	at := ownCaseOf(m)
	return dayTask{
		Case:     at,
		Sentence: numbered(m.Number) + " var " + forloeb.Interval(m.StartsAt, m.EndsAt) + ".",
		Ways:     []dayWay{{Label: "Notér møde " + strconv.Itoa(m.Number) + " hos " + at.Workplace, Address: at.Address + "/moeder/" + m.Meeting.String() + registerPath}},
	}
}

// toAnswer asks whether they take a forløb.
func toAnswer(k staffCase) dayTask {
	with := k.Lead().Name
	return dayTask{
		Case:     k.own(),
		Sentence: "Nyt forløb til dig. Kan du ikke tage det, så sig nej senest " + forloeb.DateTime(k.OfferEnds()) + ".",
		Ways:     []dayWay{{Label: "Sig ja", With: with, Address: acceptAct.address(k)}, {Label: "Sig nej", With: with, Address: declineAct.address(k)}},
	}
}

// otherTimes are the meetings of a forløb that a party cannot come to.
func otherTimes(k staffCase) (tasks []dayTask) {
	for i := range k.Meetings {
		m := &k.Meetings[i]
		k.Which = m
		wishes := k.OtherTimesAsked(m, k.Now)
		if len(wishes) == 0 {
			continue
		}
		number := strconv.Itoa(k.MeetingNumber(m))
		task := dayTask{
			Case:  k.own(),
			Calls: callsOf(k),
			Ways:  []dayWay{{Label: "Flyt møde " + number, With: k.Lead().Name, Address: moveAct.address(k)}},
		}
		var who []string
		for _, w := range wishes {
			who = append(who, k.Party(w.Party).Side.Label())
			if w.Text != "" {
				task.Words = append(task.Words, w.Text)
			}
		}
		task.Sentence = forloeb.Capital(forloeb.AndList(who)) + " kan ikke komme til møde " + number + " " + forloeb.Interval(m.StartsAt, m.EndsAt) + ". Mødet står, til du flytter det."
		tasks = append(tasks, task)
	}
	return tasks
}

// awaitsFirstContact reports whether no meeting has been spoken of yet.
func awaitsFirstContact(k staffCase) bool {
	return k.Status == forloeb.Planning && len(k.Meetings) == 0 && k.MissingMeetings() > 0
}

func firstContact(k staffCase) dayTask {
	task := dayTask{Case: k.own(), Sentence: "Aftal det første møde senest " + forloeb.Date(k.ContactBy()) + ".", Calls: callsOf(k), Ways: waysToPlan(k)}
	if k.Now.After(k.ContactBy()) {
		task.Sentence = "Det første møde skulle have været aftalt senest " + forloeb.Date(k.ContactBy()) + ". Det skal holdes senest " + forloeb.Date(k.StartBy()) + "."
	}
	return task
}

// byDeadline puts what has nothing in the calendar first, by when something
// must be, and then the rest by their next meeting.
func byDeadline(cases []staffCase) []staffCase {
	rank := func(k staffCase) time.Time {
		if m := k.NextMeeting(k.Now); m != nil {
			return m.StartsAt
		}
		return k.Waiting(k.Now).Deadline
	}
	slices.SortStableFunc(cases, func(a, b staffCase) int {
		return cmp.Or(min(a.BookedCount(), 1)-min(b.BookedCount(), 1), rank(a).Compare(rank(b)))
	})
	return cases
}

// toPlan asks for the meetings that are missing.
func toPlan(k staffCase) dayTask {
	task := dayTask{Case: k.own(), Sentence: k.waitingTo().Sentence(), Calls: callsOf(k), Ways: waysToPlan(k)}
	if k.BookedCount() > 0 {
		task.Sentence = forloeb.Capital(meetings(k.MissingMeetings())) + " mangler at blive aftalt."
		if next := k.NextMeeting(k.Now); next != nil {
			task.Sentence += " Møde " + strconv.Itoa(k.MeetingNumber(next)) + " er " + forloeb.Date(next.StartsAt) + "."
		}
	}
	return task
}

// waysToPlan lead to the next meeting, and to all that are missing.
func waysToPlan(k staffCase) []dayWay {
	with := k.Lead().Name
	ways := []dayWay{{Label: "Aftal møde " + strconv.Itoa(k.nextNumber()), With: with, Address: bookAct.address(k)}}
	if n := k.MissingMeetings(); n > 1 {
		ways = append(ways, dayWay{Label: "Foreslå " + strconv.Itoa(n) + " datoer", With: with, Address: proposeAct.address(k)})
	}
	return ways
}

// isSoon reports whether a meeting is today or tomorrow, and not over.
func isSoon(m forloeb.OwnMeeting) bool {
	return m.EndsAt.After(m.Now) && daysUntil(m.StartsAt, m.Now) <= 1
}

// daysUntil is how many midnights lie between.
func daysUntil(t, now time.Time) int {
	day := func(t time.Time) time.Time { return forloeb.EndOfDay(t) }
	return int(day(t).Sub(day(now)).Round(24*time.Hour) / (24 * time.Hour))
}

func newDayMeeting(m forloeb.OwnMeeting) dayMeeting {
	when := "I dag "
	if daysUntil(m.StartsAt, m.Now) == 1 {
		when = "I morgen "
	}
	d := dayMeeting{Case: ownCaseOf(m), When: when + forloeb.ClockRange(m.StartsAt, m.EndsAt), Name: numbered(m.Number), Place: meetingPlaceOf(m.Place)}
	for _, a := range m.Attendees {
		if a.Phone != "" {
			d.Calls = append(d.Calls, call{a.Side.Label(), a.Name, a.Phone})
		}
	}
	return d
}

func numbered(n int) string { return "Møde " + strconv.Itoa(n) }

func meetingPlaceOf(place string) meetingPlace {
	if u := (&forloeb.Meeting{Place: place}).OnlineAddress(); u != nil {
		return meetingPlace{Online: u}
	}
	return meetingPlace{Words: forloeb.Capital(place)}
}

// callsOf are the parties who can be called.
func callsOf(k staffCase) (calls []call) {
	for _, p := range k.CurrentParties() {
		if p.Reachable() && p.Contact.Phone != "" {
			calls = append(calls, call{p.Side.Label(), p.Contact.Name, p.Contact.Phone})
		}
	}
	return calls
}

func (k staffCase) own() ownCase {
	return ownCase{Address: k.Home(), Workplace: k.Lead().Name, Reference: k.Reference}
}

func ownCaseOf(m forloeb.OwnMeeting) ownCase {
	return ownCase{Address: ownAddress(m.Forloeb), Workplace: m.Workplace, Reference: m.Reference}
}
