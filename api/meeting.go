package api

import (
	"net/http"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// showMeeting is the meeting that the link names, or else the next one. A
// link without a meeting, when none is to come, shows those there have been.
func (s *Server) showMeeting(c *gin.Context) error {
	v := visitorOf(c)
	m := meetingOf(c, v)
	if m == nil {
		return s.write(c, http.StatusOK, s.meetingsPage(v))
	}
	return s.write(c, http.StatusOK, s.meetingPage(v, m))
}

// meetingOf finds the meeting that an address is about. A number that is
// broken leads to the next meeting, as no number does.
func meetingOf(c *gin.Context, v visitor) *forloeb.Meeting {
	number := link.MeetingNumber(c.Request.URL.Query())
	for i := range v.Forloeb.Meetings {
		if m := &v.Forloeb.Meetings[i]; m.Ordinal == number {
			return m
		}
	}
	return v.Forloeb.NextMeeting(v.Now)
}

// sendOtherTime tells the consultant that a party cannot come.
func (s *Server) sendOtherTime(c *gin.Context) error {
	v := visitorOf(c)
	var form otherTimeForm
	if c.ShouldBind(&form) != nil {
		return errBadForm
	}
	m := meetingOf(c, v)
	switch {
	case m == nil:
		return seeOther(c, v.Links.Meeting)
	case form.Ask == "": // a robot that sends a form as it stands presses no button
		return seeOther(c, v.Links.ToMeeting(m))
	}
	d := askingFor(v, m, form)
	if mistake, found := d.Mistake(); found {
		return s.otherTimeAgain(c, v, m, form, mistake.Danish())
	}
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return again(err, s.otherTimeFilled(v, m, form))
	}
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), d)
	if r := refusedWith(err, forloeb.RefuseMeetingMoved); r != nil {
		return s.otherTimeAgain(c, v, m, form, r.Danish())
	}
	if err != nil && refusedWith(err, forloeb.RefuseAlreadyAsked, forloeb.RefuseMeetingBegun, forloeb.RefuseMeetingNotBooked) == nil {
		return err
	}
	return seeOther(c, v.Links.ToMeeting(m)) // which says how it stands
}

func askingFor(v visitor, m *forloeb.Meeting, form otherTimeForm) forloeb.AskOtherTime {
	return forloeb.AskOtherTime{Party: v.Party.ID, Meeting: m.ID, StartsAt: time.Unix(form.Starts, 0), Text: form.OtherTime}
}

// otherTimeAgain shows the form with what was typed and what is wrong with it.
// The time is the one that holds now, so that it can be sent again.
func (s *Server) otherTimeAgain(c *gin.Context, v visitor, m *forloeb.Meeting, form otherTimeForm, wrong string) error {
	page := s.otherTimeFilled(v, m, form)
	page.Errors = []fieldError{{"other_time", wrong}}
	return s.write(c, http.StatusUnprocessableEntity, page)
}

func (s *Server) otherTimeFilled(v visitor, m *forloeb.Meeting, form otherTimeForm) *meetingPage {
	page := s.meetingPage(v, m)
	page.Form.OtherTime = form.OtherTime
	return page
}

// sendCalendarFile is the meeting for the party's own calendar. One that is
// over or cancelled is not for any calendar.
func (s *Server) sendCalendarFile(c *gin.Context) error {
	v := visitorOf(c)
	m := meetingOf(c, v)
	switch {
	case m == nil:
		return redirect{v.Links.Meeting}
	case !inCalendar(m, v.Now):
		return redirect{v.Links.ToMeeting(m)}
	}
	file, err := s.calendar.CalendarFile(v.Forloeb, v.Party, m, v.Now)
	if err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="spark-moede-`+strconv.Itoa(m.Ordinal)+`.ics"`)
	c.Data(http.StatusOK, "text/calendar; charset=utf-8", file)
	return nil
}

func inCalendar(m *forloeb.Meeting, now time.Time) bool {
	return m.State == forloeb.Booked && m.EndsAt.After(now)
}

func (s *Server) meetingPage(v visitor, m *forloeb.Meeting) *meetingPage {
	f := v.Forloeb
	page := &meetingPage{
		Base: s.baseOf(v), Links: v.Links, Reference: f.Reference, Workplace: v.place().Name,
		Name: meetingName(f, m), Stage: stageOf(m, v.Now), StartsAt: m.StartsAt, Place: m.Place, Online: m.OnlineAddress(), PrepTask: m.PrepTask,
		Invited: invited(f), Consultant: cardOf(f.Consultant()), Address: v.Links.ToMeeting(m),
		Form: otherTimeForm{Starts: m.StartsAt.Unix()},
	}
	if inCalendar(m, v.Now) {
		page.Calendar = v.Links.CalendarFile(m)
	}
	if page.Stage == meetingAhead && !m.MovedFrom.IsZero() && !m.MovedFrom.Equal(m.StartsAt) {
		page.MovedFrom = m.MovedFrom
	}
	if page.Stage == meetingCancelled {
		page.CancelledAt = m.StateAt
	}
	if next := f.NextMeeting(v.Now); next != nil && next.ID != m.ID {
		page.Next = linkTo(v, next)
	}
	page.asked(v, m)
	if !f.Settled() {
		page.Waiting = s.waitingBox(v)
	}
	if page.CanAsk {
		page.Waiting.Refresh = 0 // nothing that is being written is taken away
	}
	return page
}

// asked says who has asked for another time, and whether the reader can.
func (p *meetingPage) asked(v visitor, m *forloeb.Meeting) {
	p.CanAsk = v.Forloeb.Judge(askingFor(v, m, p.Form), v.actor(), v.Now) == nil
	if mine := v.Forloeb.AskedOtherTime(m, v.Party, v.Now); mine != nil {
		p.AskedAt, p.JustAsked = mine.At, v.Now.Sub(mine.At) < justNow
	}
	if o := v.Forloeb.Other(v.Party); o != nil && v.Forloeb.AskedOtherTime(m, o, v.Now) != nil {
		p.OtherAsked = forloeb.Capital(o.Side.Label())
	}
}

// meetingName is what a meeting is called and when it is. One that does not
// count has no number.
func meetingName(f *forloeb.Forloeb, m *forloeb.Meeting) string {
	when := forloeb.Interval(m.StartsAt, m.EndsAt)
	if m.State == forloeb.Booked || m.State == forloeb.Held {
		return "Møde " + strconv.Itoa(f.MeetingNumber(m)) + " – " + when
	}
	return "Mødet " + when
}

func linkTo(v visitor, m *forloeb.Meeting) meetingLink {
	return meetingLink{Name: meetingName(v.Forloeb, m), Address: v.Links.ToMeeting(m)}
}

// invited are those who have the meeting in their calendars.
func invited(f *forloeb.Forloeb) (list []invitee) {
	for _, p := range f.CurrentParties() {
		if p.Reachable() {
			list = append(list, invitee{p.Contact.Name, p.Side.Noun()})
		}
	}
	if c := f.Consultant(); c != nil {
		list = append(list, invitee{c.Name, f.Words().Consultant})
	}
	return list
}

func (s *Server) meetingsPage(v visitor) *meetingsPage {
	page := &meetingsPage{
		Base: s.baseOf(v), Links: v.Links, Reference: v.Forloeb.Reference, Workplace: v.place().Name, Waiting: s.waitingBox(v),
	}
	for i := range v.Forloeb.Meetings {
		m := &v.Forloeb.Meetings[i]
		page.Meetings = append(page.Meetings, meetingLine{linkTo(v, m), whatBecameOf(m)})
	}
	return page
}

func whatBecameOf(m *forloeb.Meeting) string {
	if m.State == forloeb.Booked {
		return "Mangler at blive noteret"
	}
	return m.State.Label()
}
