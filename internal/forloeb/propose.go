package forloeb

import (
	"slices"
	"time"
)

// Wish is how somebody would like the meetings to lie. What is zero is as the
// forløb usually has it: see Usual.
type Wish struct {
	Earliest     time.Time      // its day is the first to be proposed
	Weekdays     []time.Weekday // no other days
	Hour, Minute int            // when a meeting begins
	Length       time.Duration
	Weeks        int // at least, from one meeting to the next
	Place        string
}

// Slot is a proposed meeting.
type Slot struct {
	Number   int // what people will call the meeting
	StartsAt time.Time
	EndsAt   time.Time
	Place    string
}

const (
	// A meeting is three hours long (VPT, 22 February 2023), in the morning.
	usualHour   = 9
	usualLength = 3 * time.Hour

	// courseWeeks is how long the meetings take from the first to the last:
	// four to five of them over six to twelve months (VPT, January 2018). The
	// shorter is proposed: it is easier to put a meeting off than to find an
	// earlier date, and half a year leaves room for that.
	courseWeeks = 26

	// noticeDays are the working days that the parties have from the
	// invitation to the reminder, so that the two do not come together.
	noticeDays = 3

	// searchDays is how far from the day that was wished for a date is looked
	// for: past a July, and no further than what is still an answer to the wish.
	searchDays = 91
)

// MissingMeetings is how many meetings are planned and neither held nor
// booked; none when the forløb cannot have meetings now, or the consultant has
// said that the last one was held.
func (f *Forloeb) MissingMeetings() int {
	if f.mayMeet() != nil || !f.FinishedAt.IsZero() {
		return 0
	}
	return max(0, f.Required()-f.HeldCount()-f.BookedCount())
}

// Usual is how the forløb has its meetings: as the last one, and before that
// in the morning of any day, spread over the course.
func (f *Forloeb) Usual() Wish {
	usual := Wish{Hour: usualHour, Length: usualLength, Weeks: max(1, courseWeeks/max(1, f.Required()-1))}
	last := f.lastPlanned()
	if last == nil {
		return usual
	}
	usual.Place = last.Place
	start := last.StartsAt.In(Copenhagen)
	if !oddHours(start, last.EndsAt) {
		usual.Hour, usual.Minute, usual.Length = start.Hour(), start.Minute(), last.EndsAt.Sub(start)
	}
	if day := start.Weekday(); day != time.Saturday && day != time.Sunday {
		usual.Weekdays = []time.Weekday{day}
	}
	return usual
}

// lastPlanned is the last of the meetings held and booked; nil without any.
func (f *Forloeb) lastPlanned() (last *Meeting) {
	for i := range f.Meetings {
		m := &f.Meetings[i]
		if (m.State == Held || m.State == Booked) && (last == nil || m.StartsAt.After(last.StartsAt)) {
			last = m
		}
	}
	return last
}

// or fills in what is not wished for.
func (w Wish) or(usual Wish) Wish {
	if len(w.Weekdays) == 0 {
		w.Weekdays = usual.Weekdays
	}
	if w.Hour == 0 && w.Minute == 0 { // nobody meets at midnight
		w.Hour, w.Minute = usual.Hour, usual.Minute
	}
	if w.Length <= 0 {
		w.Length = usual.Length
	}
	if w.Weeks <= 0 {
		w.Weeks = usual.Weeks
	}
	if w.Place == "" {
		w.Place = usual.Place
	}
	return w
}

// Propose finds dates for the missing meetings, one after the other, each on
// the first day that is free of every concern. The first is late enough for an
// invitation and a reminder, and after those already booked. Being the earliest
// it also keeps the date by which a forløb must start, whenever that can be
// kept; if not, Concerns says so of it. The same facts give the same dates.
// Fewer than MissingMeetings come back when there is no room within a quarter
// of a year of the day wished for, or when the wish itself would be of concern
// or refused.
func (f *Forloeb) Propose(d Diary, now time.Time, wish Wish) (slots []Slot) {
	wish = wish.or(f.Usual())
	missing, counting := f.MissingMeetings(), f.HeldCount()+f.BookedCount()
	day := f.firstDay(wish, now)
	for len(slots) < missing {
		slot, found := f.freeSlot(d, wish, day, now)
		if !found {
			break
		}
		slot.Number = counting + len(slots) + 1
		slots = append(slots, slot)
		day = noon(slot.StartsAt, 7*wish.Weeks)
		if len(wish.Weekdays) == 0 { // the first sets the day, as it would once it is booked
			wish.Weekdays = []time.Weekday{slot.StartsAt.Weekday()}
		}
	}
	return slots
}

// firstDay is noon of the first day to propose. A first date that was wished
// for need not be weeks after the last meeting, but after it.
func (f *Forloeb) firstDay(wish Wish, now time.Time) time.Time {
	day := noon(AddWorkingDays(now, noticeDays+f.Policy.MeetingReminder), 0)
	if p := f.Paused(now); p != nil {
		day = later(day, noon(p.Until, 1))
	}
	last := f.lastPlanned()
	switch {
	case !wish.Earliest.IsZero() && last != nil:
		return later(day, later(noon(wish.Earliest, 0), noon(last.EndsAt, 1)))
	case !wish.Earliest.IsZero():
		return later(day, noon(wish.Earliest, 0))
	case last != nil:
		return later(day, noon(last.StartsAt, 7*wish.Weeks))
	}
	return day
}

// freeSlot is the first one from a day on, which is given at noon.
func (f *Forloeb) freeSlot(d Diary, wish Wish, day, now time.Time) (Slot, bool) {
	for until := noon(day, searchDays); day.Before(until); day = noon(day, 1) {
		s := Slot{StartsAt: onClock(day, 0, wish.Hour, wish.Minute), Place: wish.Place}
		s.EndsAt = s.StartsAt.Add(wish.Length)
		if wish.allows(s.StartsAt) && f.times(s.StartsAt, s.EndsAt, false) == nil && len(f.slotConcerns(d, s.StartsAt, s.EndsAt, now)) == 0 {
			return s, true
		}
	}
	return Slot{}, false
}

func (w Wish) allows(day time.Time) bool {
	return len(w.Weekdays) == 0 || slices.Contains(w.Weekdays, day.Weekday())
}
