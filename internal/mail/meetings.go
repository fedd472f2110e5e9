package mail

import (
	"net/url"

	"example.dk/spark/internal/forloeb"
)

// Mails about meetings. The consultant gets the same news as the parties, in
// a shorter frame and with a link to the case.

// venue is where a meeting is held. A place on the web is a link in the HTML
// part, and the same words in both.
type venue struct {
	Place  string
	Online *url.URL // nil when it is not on the web
}

func venueOf(m *forloeb.Meeting) venue {
	return venue{Place: forloeb.CleanLine(m.Place), Online: m.OnlineAddress()}
}

// meetingInvitation comes with a calendar entry.
type meetingInvitation struct {
	ToConsultant bool
	ToGuest      bool
	Number       int
	Start        string
	When         string // interval
	Prepare      bool   // there is something to do before it; what, stands on the page
	Link         string
	venue
}

func fillMeetingInvitation(d *draft) (any, error) {
	m := d.Meeting
	if m == nil {
		return nil, errIncomplete
	}
	return meetingInvitation{
		ToConsultant: d.toConsultant(),
		ToGuest:      d.toGuest(),
		Number:       d.Forloeb.MeetingNumber(m),
		Start:        forloeb.DateTime(m.StartsAt),
		When:         forloeb.Interval(m.StartsAt, m.EndsAt),
		Prepare:      m.PrepTask != "" && !d.toGuest(),
		Link:         d.meetingLink(),
		venue:        venueOf(m),
	}, nil
}

// meetingMoved comes with an entry that takes the old one's place.
type meetingMoved struct {
	ToConsultant bool
	ToGuest      bool
	Number       int
	Old          string
	Start        string
	When         string
	Link         string
	venue
}

func fillMeetingMoved(d *draft) (any, error) {
	m := d.Meeting
	if m == nil {
		return nil, errIncomplete
	}
	return meetingMoved{
		ToConsultant: d.toConsultant(),
		ToGuest:      d.toGuest(),
		Number:       d.Forloeb.MeetingNumber(m),
		Old:          date(m.MovedFrom),
		Start:        forloeb.DateTime(m.StartsAt),
		When:         forloeb.Interval(m.StartsAt, m.EndsAt),
		Link:         d.meetingLink(),
		venue:        venueOf(m),
	}, nil
}

// meetingCancelled comes with an entry that takes the meeting out of the
// calendar. A consultant who is no longer on the forløb gets it too, and a guest
// who was taken off: then the meeting itself stands.
type meetingCancelled struct {
	ToConsultant bool
	ToGuest      bool
	HandedOver   bool
	Date         string
	Start        string
	NewDateBy    string // when the consultant has found another one
	Waiting      string // or else what comes next
}

func fillMeetingCancelled(d *draft) (any, error) {
	m := d.Meeting
	if m == nil {
		return nil, errIncomplete
	}
	c := meetingCancelled{
		ToConsultant: d.toConsultant(),
		ToGuest:      d.toGuest(),
		HandedOver:   m.State == forloeb.Booked,
		Date:         date(m.StartsAt),
		Start:        forloeb.DateTime(m.StartsAt),
	}
	if d.toGuest() {
		return c, nil // what comes next is for the parties
	}
	if w := d.waiting(); w.Key == forloeb.WaitMeetCancelled {
		c.NewDateBy = date(w.Deadline)
	} else {
		c.Waiting = w.Sentence()
	}
	return c, nil
}

// meetingReminder comes two working days before.
type meetingReminder struct {
	ToGuest bool
	Start   string
	When    string
	Prepare bool   // as in the invitation
	Phone   string // the consultant's
	Link    string
	venue
}

func fillMeetingReminder(d *draft) (any, error) {
	m := d.Meeting
	if m == nil {
		return nil, errIncomplete
	}
	reminder := meetingReminder{
		ToGuest: d.toGuest(),
		Start:   forloeb.DateTime(m.StartsAt),
		When:    forloeb.Interval(m.StartsAt, m.EndsAt),
		Prepare: m.PrepTask != "" && !d.toGuest(),
		Link:    d.meetingLink(),
		venue:   venueOf(m),
	}
	if c := d.Forloeb.Consultant(); c != nil {
		reminder.Phone = forloeb.CleanLine(c.Phone)
	}
	return reminder, nil
}

// meetingLink leads a party to the meeting and the consultant to the case.
func (d *draft) meetingLink() string {
	switch {
	case d.toConsultant():
		return d.consultantCase("")
	case d.toGuest():
		return "" // the mail says it all; the link that a guest has takes them off
	}
	return d.meeting(d.Party, d.Meeting)
}

// extraMeetings says that there will be more.
type extraMeetings struct {
	More  string // "ét møde mere", "2 møder mere", "flere møder"
	Total int
	After string // when the questionnaire comes: "tre måneder efter"
	Link  string
}

func fillExtraMeetings(d *draft) (any, error) {
	return extraMeetings{
		More:  moreMeetings(d.Forloeb),
		Total: d.Forloeb.Required(),
		After: d.Forloeb.Policy.Evaluations.After(),
		Link:  d.statusLink(),
	}, nil
}

// moreMeetings is how many were agreed on. What each of several grants was for
// is not remembered, so only the total is told then.
func moreMeetings(f *forloeb.Forloeb) string {
	grants := 0
	for _, a := range f.Acts {
		if a.Name == forloeb.ExtraMeetingsGranted {
			grants++
		}
	}
	if grants > 1 {
		return "flere møder"
	}
	return counted(f.ExtraMeetings, "møde", "møder") + " mere"
}

// meetingsDone says what comes after the last meeting, and when.
type meetingsDone struct {
	Held         string
	Early        string // the first time they are asked, when that is still to come and not the last
	EvaluationAt string // the last time
	Link         string
}

func fillMeetingsDone(d *draft) (any, error) {
	at := d.Forloeb.EvaluationAt()
	if at.IsZero() {
		return nil, errIncomplete
	}
	m := meetingsDone{Held: counted(d.Forloeb.HeldCount(), "møde", "møder"), EvaluationAt: date(at), Link: d.statusLink()}
	if next := d.Forloeb.NextAsked(d.Date); next.IsZero() {
		m.EvaluationAt = forloeb.Capital(m.EvaluationAt)
	} else {
		m.Early = forloeb.Capital(date(next))
	}
	return m, nil
}
