package api

import (
	"cmp"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// refreshAfter is how soon a page looks again while the forløb is worked on,
// in seconds.
const refreshAfter = 3

// showStatus is a party's own page: what we wait for, what has happened and
// what comes.
func (s *Server) showStatus(c *gin.Context) error {
	v := visitorOf(c)
	return s.write(c, http.StatusOK, s.statusPage(v))
}

func (s *Server) statusPage(v visitor) *statusPage {
	f := v.Forloeb
	page := &statusPage{
		Base: s.baseOf(v), Links: v.Links, Reference: f.Reference, Workplace: v.place().Name,
		Started: f.Consultant() != nil, Waiting: s.waitingBox(v), Consultant: cardOf(f.Consultant()),
		Timeline: timelineOf(v), Closed: f.Status.Closed(), Network: v.inNetwork(),
	}
	page.Waiting.Live, page.AskPause = v.Links.Live(), canAskPause(v)
	if m := f.NextMeeting(v.Now); m != nil && m.PrepTask != "" {
		page.PrepTask = prepCard{Meeting: m.StartsAt, Text: m.PrepTask, Address: v.Links.ToMeeting(m)}
	}
	page.Plans = slices.DeleteFunc(plansOf(f), func(p planCard) bool { return p.Text == "" })
	for _, g := range f.GuestsOf(v.Party.WorkplaceID) {
		page.Guests = append(page.Guests, g.Name)
	}
	page.AddGuest = len(page.Guests) > 0 || v.mayAddGuest() == nil
	switch f.Status {
	case forloeb.Stopped:
		page.Reason = cmp.Or(f.DuplicateWords(), f.StopText)
	case forloeb.Rejected:
		page.Reason = f.DecisionText
	}
	if f.Status.Closed() {
		page.ApplyAgain = v.Links.Status + againPath
		page.AskReopen = f.ReopenTo == "" && v.Now.Before(f.ReopenUntil())
	}
	return page
}

func cardOf(c *forloeb.Consultant) contactCard {
	if c == nil {
		return contactCard{}
	}
	return contactCard{Name: c.Name, Phone: c.Phone, Email: c.Email}
}

func timelineOf(v visitor) (items []timelineItem) {
	for _, m := range v.Forloeb.Timeline(v.Now, forloeb.Applicant) {
		item := itemOf(m)
		if m.Meeting != nil {
			item.Link = v.Links.ToMeeting(m.Meeting)
			item.Linking = "Se møde " + strconv.Itoa(v.Forloeb.MeetingNumber(m.Meeting)) + ", eller bed om et andet tidspunkt"
		}
		items = append(items, item)
	}
	return items
}

// itemOf is one line of a timeline.
func itemOf(m forloeb.Moment) timelineItem {
	item := timelineItem{When: past, At: m.At, Date: forloeb.Capital(m.When), Text: m.Text}
	switch m.Kind {
	case forloeb.MomentNext:
		item.When = next
	case forloeb.MomentFuture:
		item.When = future
	}
	return item
}

// waitingBox says what we wait for, and gives a button to the one we wait for.
func (s *Server) waitingBox(v visitor) waitingBox {
	w := v.Forloeb.WaitingFor(v.Party, v.Now)
	box := waitingBox{Sentence: w.Sentence(), OnYou: w.Key.Self()}
	switch {
	case !v.Forloeb.Settled():
		box.Refresh = refreshAfter
	case w.Key == forloeb.WaitEvalSelf:
		box.Action, box.Address = "Svar på spørgeskemaet", v.Links.Evaluation
	case box.OnYou:
		box.Action, box.Address = "Læs ansøgningen, og svar", v.Links.Consent
	}
	return box
}

// baseOf tells a page of a wound-on clock, which only development has.
func (s *Server) baseOf(v visitor) (b Base) {
	if s.config.Development && clockMoved(v.Now) {
		b.Clock = v.Now
	}
	return b
}

// showAgain is the form, filled in with a closed application.
func (s *Server) showAgain(c *gin.Context) error {
	v := visitorOf(c)
	if !v.Forloeb.Status.Closed() {
		return redirect{v.Links.Status}
	}
	if v.Forloeb.Programme == forloeb.Regional {
		return s.showRegionalAgain(c, v)
	}
	before := v.Forloeb.Submission()
	if v.Forloeb.Shared() && v.Forloeb.Applies(v.Party) {
		page := newSharedApplyPage(spark(), v.Now)
		page.Form, page.Shared, page.Prefilled = formOf(before), sharedFormOf(before), true
		page.Closed = s.closed(c, spark())
		page.withKey()
		return s.write(c, http.StatusOK, page)
	}
	page := newApplyPage(spark(), v.Now)
	page.Form, page.Prefilled, page.Closed = formOf(before), true, s.closed(c, spark())
	if v.Forloeb.Shared() {
		page.Form = ownForm(v)
	}
	return s.write(c, http.StatusOK, page.withKey())
}

// askApplication mails a one-hour link to the application's text, which the
// status page does not show after both have answered.
func (s *Server) askApplication(c *gin.Context) error {
	v := visitorOf(c)
	if err := s.spend(c.Request.Context(), spendLink); err != nil {
		return err
	}
	err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.AskText{Party: v.Party.ID})
	if refusedWith(err, forloeb.RefuseTooSoon) != nil {
		err = nil // it is on its way already
	}
	if err != nil {
		return err
	}
	return linkSent()
}

// showApplication shows the text by such a link.
func (s *Server) showApplication(c *gin.Context) error {
	v := visitorOf(c)
	opened, err := s.links.Open(link.ApplicationView, c.Param("token"))
	if err != nil {
		return errUnknownLink
	}
	return s.write(c, http.StatusOK, &applicationPage{
		Base: s.baseOf(v), Reference: v.Forloeb.Reference, Application: freezeFor(v.Forloeb, v.place()), Until: opened.Expires, Status: v.Links.Status,
	})
}

// askReopen tells the secretariat that a party wants the application opened
// again. Opening it is the secretariat's.
func (s *Server) askReopen(c *gin.Context) error {
	v := visitorOf(c)
	if err := s.spend(c.Request.Context(), spendLink); err != nil {
		return err
	}
	if err := s.record(c.Request.Context(), v.Forloeb.ID, v.actor(), forloeb.AskReopen{Party: v.Party.ID}); err != nil && refusedWith(err, forloeb.RefuseTooSoon) == nil {
		return err
	}
	return reopenAsked()
}
