package mail

import (
	"strconv"

	"github.com/emersion/go-ical"

	"example.dk/spark/internal/forloeb"
)

// refreshEvery is how often a calendar that is followed may ask again, as far
// as it listens to that.
const refreshEvery = "PT1H"

// Feed is a consultant's meetings for a calendar that follows them: one entry
// each, with the identity of the invitation, so that whoever has both has one.
// It names nobody, neither those invited nor who invites.
func (Calendar) Feed(meetings []forloeb.FeedMeeting) ([]byte, error) {
	if len(meetings) == 0 { // which the encoder refuses, and calendars take
		return []byte("BEGIN:VCALENDAR\r\nPRODID:" + calendarProduct + "\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"), nil
	}
	calendar := newCalendar()
	refresh := ical.NewProp(ical.PropRefreshInterval)
	refresh.Params.Set(ical.ParamValue, string(ical.ValueDuration)) // which the standard wants said (RFC 7986, 5.7)
	refresh.Value = refreshEvery
	calendar.Props.Set(refresh)
	for _, m := range meetings {
		calendar.Children = append(calendar.Children, feedEntry(m).Component)
	}
	return encoded(calendar)
}

func feedEntry(m forloeb.FeedMeeting) *ical.Event {
	method := methodRequest
	if m.State == forloeb.Cancelled {
		method = methodCancel
	}
	programme, _ := forloeb.ProgrammeByCode(m.Programme)
	e := ical.NewEvent()
	e.Props.SetText(ical.PropUID, forloeb.CleanLine(m.UID))
	e.Props.SetDateTime(ical.PropDateTimeStamp, m.ChangedAt.UTC()) // without a method, when it was last changed (RFC 5545, 3.8.7.2)
	e.Props.SetDateTime(ical.PropDateTimeStart, m.StartsAt.UTC())
	e.Props.SetDateTime(ical.PropDateTimeEnd, m.EndsAt.UTC())
	e.Props.Set(&ical.Prop{Name: ical.PropSequence, Value: strconv.Itoa(m.Sequence)})
	e.Props.SetText(ical.PropSummary, ownSummary(programme.Words, m.Reference, method))
	e.Props.SetText(ical.PropStatus, calendarStatus(method))
	e.Props.SetText(ical.PropClass, "PRIVATE")
	if place := forloeb.CleanLine(m.Place); place != "" {
		e.Props.SetText(ical.PropLocation, place)
	}
	return e
}
