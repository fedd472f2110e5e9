package devstack

import (
	"bytes"
	"fmt"
	"strings"
	"time"
	_ "time/tzdata" // a bare machine has no time zones

	"github.com/emersion/go-ical"
)

// fact is one line about a calendar file.
type fact struct{ Name, Value string }

// calendarFacts says in words what a calendar program would do with the file.
func calendarFacts(content []byte) []fact {
	cal, err := ical.NewDecoder(bytes.NewReader(content)).Decode()
	if err != nil {
		return []fact{{"Fejl", "Kalenderfilen kan ikke læses: " + err.Error()}}
	}
	var facts []fact
	add := func(name, value string) {
		if value != "" {
			facts = append(facts, fact{name, value})
		}
	}
	add("Slags", kind(text(cal.Props, ical.PropMethod)))
	for _, e := range cal.Events() {
		add("Hvad", text(e.Props, ical.PropSummary))
		add("Hvornår", when(e))
		add("Hvor", text(e.Props, ical.PropLocation))
		add("Fra", person(e.Props.Get(ical.PropOrganizer)))
		for _, a := range e.Props.Values(ical.PropAttendee) {
			add("Til", person(&a))
		}
		add("Beskrivelse", text(e.Props, ical.PropDescription))
		add("Status", text(e.Props, ical.PropStatus))
		add("Synlighed", text(e.Props, ical.PropClass))
		add("Nummer (UID)", text(e.Props, ical.PropUID))
		add("Udgave (SEQUENCE)", raw(e.Props, ical.PropSequence))
	}
	return facts
}

func kind(method string) string {
	switch method {
	case "REQUEST":
		return "Indkaldelse (REQUEST)"
	case "CANCEL":
		return "Aflysning (CANCEL)"
	}
	return method
}

func text(props ical.Props, name string) string {
	s, err := props.Text(name)
	if err != nil {
		return raw(props, name)
	}
	return s
}

func raw(props ical.Props, name string) string {
	if p := props.Get(name); p != nil {
		return p.Value
	}
	return ""
}

func person(p *ical.Prop) string {
	if p == nil {
		return ""
	}
	address := p.Value
	if strings.HasPrefix(strings.ToLower(address), "mailto:") {
		address = address[len("mailto:"):]
	}
	if name := p.Params.Get(ical.ParamCommonName); name != "" {
		return name + " <" + address + ">"
	}
	return address
}

func when(e ical.Event) string {
	start, err := e.DateTimeStart(copenhagen)
	if err != nil {
		return ""
	}
	start = start.In(copenhagen)
	day := fmt.Sprintf("%s den %d. %s %d", weekdays[start.Weekday()], start.Day(), months[start.Month()-1], start.Year())
	end, err := e.DateTimeEnd(copenhagen)
	if err != nil || !end.After(start) {
		return day + " kl. " + clock(start)
	}
	return day + " kl. " + clock(start) + "–" + clock(end.In(copenhagen))
}

var (
	copenhagen = mustLocation("Europe/Copenhagen")
	weekdays   = [...]string{"søndag", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag"}
	months     = [...]string{"januar", "februar", "marts", "april", "maj", "juni", "juli", "august", "september", "oktober", "november", "december"}
)

func mustLocation(name string) *time.Location {
	l, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zones are in the binary
	}
	return l
}

func clock(t time.Time) string { return fmt.Sprintf("%d.%02d", t.Hour(), t.Minute()) }

// tableTime is for lists, where the long form is in the way.
func tableTime(t time.Time) string {
	t = t.In(copenhagen)
	return t.Format("02.01.2006") + " kl. " + clock(t)
}
