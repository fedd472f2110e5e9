package api

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

const ownPath = consultantArea + "/forloeb"

// ownAddress is a consultant's page of one of their forløb.
func ownAddress(id uuid.UUID) string { return ownPath + "/" + id.String() }

// ownStream tells a consultant's pages when to look again.
var ownStream = liveStream{Address: consultantArea + livePath}

// What the address of the list may say.
const (
	closedParameter = "lukkede"
	cursorParameter = "fra"
)

// showOwn lists a consultant's own forløb: the open ones, or the closed.
func (s *Server) showOwn(c *gin.Context) error {
	closed := c.Query(closedParameter) != ""
	filter := forloeb.ListFilter{Consultant: principal(c.Request.Context()).Consultant, Statuses: statuses(closed), Cursor: c.Query(cursorParameter)}
	found, err := s.store.List(c.Request.Context(), filter)
	if errors.Is(err, forloeb.ErrBadCursor) {
		return redirect{ownList(closed, "")}
	}
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, newOwnPage(closed, filter.Cursor != "", found))
}

func newOwnPage(closed, further bool, found forloeb.ListPage) *ownPage {
	page := &ownPage{Closed: closed, Live: ownStream}
	for _, r := range found.Rows {
		page.List = append(page.List, newOwnLine(r))
	}
	if further {
		page.First = ownList(closed, "")
	}
	if found.Next != "" {
		page.Next = ownList(closed, found.Next)
	}
	return page
}

// ownList is the address of a page of the list.
func ownList(closed bool, cursor string) string {
	query := url.Values{}
	if closed {
		query.Set(closedParameter, "1")
	}
	if cursor != "" {
		query.Set(cursorParameter, cursor)
	}
	if len(query) == 0 {
		return ownPath
	}
	return ownPath + "?" + query.Encode()
}

// newOwnLine tells what the workflow wrote last: what was promised and did not
// come is left out.
func newOwnLine(r forloeb.ListRow) ownLine {
	line := ownLine{
		ID: r.ID.String(), Case: ownCase{Address: ownAddress(r.ID), Workplace: r.Workplace, Reference: r.Reference},
		Status: rowBadge(r), Sentence: r.Waiting.Promising(r.Now).Own().Short(),
	}
	if !r.Settled {
		line.Sentence = unread
	}
	return line
}

// How far the calendar reaches.
const (
	calendarBackDays = forloeb.FeedBackDays
	calendarYears    = 2 // ahead
)

// showCalendar is a consultant's meetings and leave.
func (s *Server) showCalendar(c *gin.Context) error {
	ctx, who, now := c.Request.Context(), principal(c.Request.Context()), s.now()
	since := now.AddDate(0, 0, -calendarBackDays)
	meetings, err := s.store.OwnMeetings(ctx, who.Consultant, since)
	if err != nil {
		return err
	}
	diary, err := s.store.Diary(ctx, who.Consultant, since, now.AddDate(calendarYears, 0, 0))
	if err != nil {
		return err
	}
	l, err := s.store.CalendarLink(ctx, who.Consultant)
	if err != nil {
		return err
	}
	page := newCalendarPage(now, meetings, diary.Leaves)
	page.Followed = s.followed(who.Consultant, l)
	return s.write(c, http.StatusOK, page)
}

// calendarItem is an entry with the times by which it is placed.
type calendarItem struct {
	calendarEntry
	from time.Time
	past bool
}

func newCalendarPage(now time.Time, meetings []forloeb.OwnMeeting, leaves []forloeb.Leave) *calendarPage {
	var items []calendarItem
	for _, m := range meetings {
		items = append(items, meetingItem(m))
	}
	for _, l := range leaves {
		items = append(items, leaveItem(l, now))
	}
	slices.SortStableFunc(items, func(a, b calendarItem) int { return a.from.Compare(b.from) })
	page := &calendarPage{Live: ownStream}
	for _, i := range items {
		if i.past {
			page.Past = inMonth(page.Past, i)
		} else {
			page.Ahead = inMonth(page.Ahead, i)
		}
	}
	return page
}

// inMonth adds an entry to the last month, or begins the next.
func inMonth(months []calendarMonth, i calendarItem) []calendarMonth {
	name := forloeb.Month(i.from)
	if len(months) == 0 || months[len(months)-1].Name != name {
		months = append(months, calendarMonth{Name: name})
	}
	last := &months[len(months)-1]
	last.Entries = append(last.Entries, i.calendarEntry)
	return months
}

func meetingItem(m forloeb.OwnMeeting) calendarItem {
	entry := calendarEntry{When: forloeb.Capital(forloeb.Interval(m.StartsAt, m.EndsAt)), Name: "Møde", Place: meetingPlaceOf(m.Place), Case: ownCaseOf(m)}
	if m.State == forloeb.Booked || m.State == forloeb.Held {
		entry.Name = numbered(m.Number)
	}
	switch {
	case m.Unregistered():
		entry.State = notRegistered
	case m.State != forloeb.Booked:
		entry.State = m.State.Label()
	}
	return calendarItem{entry, m.StartsAt, !m.EndsAt.After(m.Now)}
}

// notRegistered is said of a meeting that is over and that nobody has said
// was held.
const notRegistered = "Ikke noteret"

func leaveItem(l forloeb.Leave, now time.Time) calendarItem {
	when := forloeb.Capital(forloeb.Date(l.From))
	if !l.To.Equal(l.From) {
		when += " til og med " + forloeb.Date(l.To)
	}
	return calendarItem{calendarEntry{When: when, Name: "Ferie"}, l.From, forloeb.EndOfDay(l.To).Before(now)}
}
