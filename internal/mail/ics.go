package mail

import (
	"bytes"
	"errors"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/emersion/go-ical"

	"example.dk/spark/internal/forloeb"
)

// iTIP methods (RFC 5546): an entry to put into the calendar, or to take out.
const (
	methodRequest = "REQUEST"
	methodCancel  = "CANCEL"
)

var errCalendar = errors.New("mail: the calendar entry cannot be written")

var calendarMethods = map[forloeb.MailKind]string{
	forloeb.MailMeetingInvitation: methodRequest,
	forloeb.MailMeetingMoved:      methodRequest,
	forloeb.MailMeetingCancelled:  methodCancel,
}

// attachCalendar adds the entry to the mails that change a calendar.
func attachCalendar(m *Message, d *draft) error {
	method, changes := calendarMethods[d.Mail.Kind]
	if !changes {
		return nil
	}
	entry, err := encodeCalendar(calendarEntry(m, d, method), method)
	m.Calendar, m.CalendarMethod = entry, method
	return err
}

// Calendar writes meetings for whoever wants what came with the invitation
// once more.
type Calendar struct {
	Organizer netmail.Address // the sender of the mails
}

// CalendarFile is a booked meeting for a party's own calendar: an iCalendar
// object with the entry of the invitation.
func (c Calendar) CalendarFile(f *forloeb.Forloeb, to *forloeb.Party, m *forloeb.Meeting, now time.Time) ([]byte, error) {
	d := &draft{Letter: forloeb.Letter{Mail: forloeb.Mail{Ordinal: f.CalendarOrdinal(to.ID, m)}, Forloeb: f, Party: to, Meeting: m, Date: now}}
	entry := calendarEntry(&Message{From: c.Organizer, To: recipient(d)}, d, methodRequest)
	return encodeCalendar(entry, methodRequest)
}

// calendarEntry is one meeting as one person's calendar sees it. Colleagues
// read calendars: the summary says no more than it must, there is no
// description, and the entry is private. No answer is asked for, since nobody
// would read it. The UID is the row's, and the sequence counts on from it, so that a
// move takes the old entry's place.
func calendarEntry(m *Message, d *draft, method string) *ical.Event {
	meeting := d.Meeting
	e := ical.NewEvent()
	e.Props.SetText(ical.PropUID, forloeb.CleanLine(meeting.ICSUID))
	e.Props.SetDateTime(ical.PropDateTimeStamp, d.Date.UTC())
	e.Props.SetDateTime(ical.PropDateTimeStart, meeting.StartsAt.UTC())
	e.Props.SetDateTime(ical.PropDateTimeEnd, meeting.EndsAt.UTC())
	e.Props.Set(&ical.Prop{Name: ical.PropSequence, Value: strconv.FormatInt(meeting.EntrySequence(d.Mail.Ordinal, method == methodCancel), 10)})
	e.Props.SetText(ical.PropSummary, calendarSummary(d, method))
	e.Props.SetText(ical.PropStatus, calendarStatus(method))
	e.Props.SetText(ical.PropClass, "PRIVATE")
	if place := forloeb.CleanLine(meeting.Place); place != "" {
		e.Props.SetText(ical.PropLocation, place)
	}
	e.Props.Set(organizer(m.From))
	e.Props.Set(attendee(m.To))
	return e
}

func calendarSummary(d *draft, method string) string {
	if d.toConsultant() {
		return ownSummary(d.Forloeb.Words(), d.Forloeb.Reference, method)
	}
	return summary(d.Forloeb.Words().Meeting, method)
}

// ownSummary: a consultant with three meetings a day must be able to tell them
// apart, and the number opens nothing.
func ownSummary(words forloeb.Words, reference, method string) string {
	return summary(words.Meeting+" "+forloeb.CleanLine(reference), method)
}

func summary(name, method string) string {
	if method == methodCancel {
		return "Aflyst: " + name
	}
	return name
}

func calendarStatus(method string) string {
	if method == methodCancel {
		return string(ical.EventCancelled)
	}
	return string(ical.EventConfirmed)
}

func organizer(a netmail.Address) *ical.Prop { return calendarAddress(ical.PropOrganizer, a) }

func attendee(a netmail.Address) *ical.Prop {
	p := calendarAddress(ical.PropAttendee, a)
	p.Params.Set(ical.ParamRole, "REQ-PARTICIPANT")
	p.Params.Set(ical.ParamParticipationStatus, "NEEDS-ACTION")
	p.Params.Set(ical.ParamRSVP, "FALSE")
	return p
}

// calendarAddress cleans the name itself: the encoder looks for line breaks in
// values and not in parameters, and a quote cannot stand in one at all.
func calendarAddress(name string, a netmail.Address) *ical.Prop {
	p := ical.NewProp(name)
	p.Value = "mailto:" + a.Address
	if cn := strings.ReplaceAll(forloeb.CleanLine(a.Name), `"`, ""); cn != "" {
		p.Params.Set(ical.ParamCommonName, cn)
	}
	return p
}

func encodeCalendar(e *ical.Event, method string) ([]byte, error) {
	calendar := newCalendar()
	calendar.Props.SetText(ical.PropMethod, method)
	calendar.Children = append(calendar.Children, e.Component)
	return encoded(calendar)
}

const calendarProduct = "-//SPARK//Forloeb//DA"

func newCalendar() *ical.Calendar {
	calendar := ical.NewCalendar()
	calendar.Props.SetText(ical.PropVersion, "2.0")
	calendar.Props.SetText(ical.PropProductID, calendarProduct)
	return calendar
}

func encoded(calendar *ical.Calendar) ([]byte, error) {
	var out bytes.Buffer
	if err := ical.NewEncoder(&out).Encode(calendar); err != nil {
		return nil, errCalendar // the encoder's own error may quote a name
	}
	return fold(out.Bytes()), nil
}

// maxLine is the octets of a line without its end (RFC 5545, section 3.1).
const maxLine = 75

// fold breaks long lines, which the encoder leaves to others, and never
// inside a letter.
func fold(lines []byte) []byte {
	var out bytes.Buffer
	for line := range bytes.Lines(lines) {
		content, room := bytes.TrimSuffix(line, []byte("\r\n")), maxLine
		for len(content) > room {
			cut := room
			for !utf8.RuneStart(content[cut]) {
				cut--
			}
			out.Write(content[:cut])
			out.WriteString("\r\n ")
			content, room = content[cut:], maxLine-1 // the space counts
		}
		out.Write(content)
		out.WriteString("\r\n")
	}
	return out.Bytes()
}
