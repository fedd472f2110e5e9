package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// Concern is something about a meeting's time that a person must tick off
// before it is booked, moved or written down. It refuses nothing: there may be
// good reasons.
type Concern struct {
	Code  ConcernCode
	Date  time.Time // the meeting's start, or the other meeting's, the last day of leave, the deadline
	Until time.Time // the meeting's end
	Text  string    // words for the sentence: which holiday, where the other meeting is
}

// ConcernCode names a concern.
type ConcernCode string

// Every concern.
const (
	ConcernHoliday ConcernCode = "holiday"
	ConcernWeekend ConcernCode = "weekend"
	ConcernQuiet   ConcernCode = "quiet"
	ConcernHours   ConcernCode = "odd_hours" // ticked off, it is the deed's OddHours
	ConcernLeave   ConcernCode = "leave"
	ConcernClash   ConcernCode = "clash"
	ConcernSoon    ConcernCode = "soon"
	ConcernLate    ConcernCode = "late"
)

var concerns = map[ConcernCode]string{
	ConcernHoliday: "{Dato} er {tekst}.",
	ConcernWeekend: "{Dato} ligger i en weekend.",
	ConcernQuiet:   "{Dato} ligger i {tekst}.",
	ConcernHours:   "Mødet ligger {tid}.",
	ConcernLeave:   "{Hvem} har ferie til og med {dato}.",
	ConcernClash:   "{Hvem} har et andet møde {kl}[ {tekst}].",
	ConcernSoon:    "Mødet ligger så tæt på, at parterne ikke får en påmindelse.",
	ConcernLate:    "Det første møde skal holdes senest {dato}.",
}

// Danish says it to the consultant, whose calendar it is.
func (c Concern) Danish() string { return c.danish("Du") }

// DanishToOthers says it to anybody else who plans for the consultant.
func (c Concern) DanishToOthers() string { return c.danish("Konsulenten") }

func (c Concern) danish(whose string) string {
	return fill(concerns[c.Code], map[string]string{
		"Hvem": whose, "tekst": c.Text, "dato": Date(c.Date), "Dato": Capital(Date(c.Date)),
		"kl": Clock(c.Date), "tid": ClockRange(c.Date, c.Until),
	})
}

// Concerns are what a person must tick off about a meeting at this time. The
// meeting is the one that is moved, and nil for a new one. A clash with
// another meeting of the same forløb is none: that is refused.
func (f *Forloeb) Concerns(d Diary, meeting uuid.UUID, start, end, now time.Time) []Concern {
	list := f.slotConcerns(d, start, end, now)
	if by := f.StartBy(); start.After(now) && f.isFirst(meeting, start) && passed(by, end) {
		list = append(list, Concern{Code: ConcernLate, Date: by})
	}
	return list
}

// isFirst reports whether a meeting is, or would be, the forløb's first.
func (f *Forloeb) isFirst(meeting uuid.UUID, start time.Time) bool {
	return f.MeetingNumber(&Meeting{ID: meeting, StartsAt: start}) == 1
}

// slotConcerns are those that do not depend on which meeting it is.
func (f *Forloeb) slotConcerns(d Diary, start, end, now time.Time) (list []Concern) {
	add := func(when bool, c Concern) {
		if when {
			list = append(list, c)
		}
	}
	holiday := HolidayName(start)
	add(holiday != "", Concern{Code: ConcernHoliday, Date: start, Text: holiday})
	add(holiday == "" && !WorkingDay(start), Concern{Code: ConcernWeekend, Date: start})
	add(WorkingDay(start) && Quiet(start), Concern{Code: ConcernQuiet, Date: start, Text: quietName(start)})
	add(oddHours(start, end), Concern{Code: ConcernHours, Date: start, Until: end})
	for _, l := range d.Leaves {
		add(l.covers(start), Concern{Code: ConcernLeave, Date: l.To})
	}
	here := f.Lead().Municipality
	for _, b := range d.Busy {
		add(b.Forloeb != f.ID && b.near(here, start, end), Concern{Code: ConcernClash, Date: b.From, Text: placeName(b.Municipality)})
	}
	add(start.After(now) && !f.remindAt(start).After(now), Concern{Code: ConcernSoon, Date: start})
	return list
}

// quietName is what people call a quiet period.
func quietName(t time.Time) string {
	if t.In(Copenhagen).Month() == time.July {
		return "sommerferien"
	}
	return "juleferien"
}

// placeName completes "et møde …": "i Vejle", "i Region Sjælland"; "" for an unknown place.
func placeName(code string) string {
	if m, known := MunicipalityByCode(code); known {
		return m.Where()
	}
	if region := RegionLabel(code); region != "" {
		return "i " + region
	}
	return ""
}
