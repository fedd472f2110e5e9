package forloeb

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// proposed writes a proposal as "3: torsdag den 11. marts 2027 kl. 13.00–16.00".
func (s *scene) proposed(d Diary, now time.Time, wish Wish) (list []string) {
	for _, slot := range s.Propose(d, now, wish) {
		list = append(list, itoa(int64(slot.Number))+": "+Interval(slot.StartsAt, slot.EndsAt))
	}
	return list
}

func TestProposeANewCourse(t *testing.T) {
	s := newScene().planning()
	now := danishTime(t, "2026-11-26 15:00")
	require.Equal(t, []string{
		"1: torsdag den 3. december 2026 kl. 9.00–12.00", // five working days ahead
		"2: torsdag den 28. januar 2027 kl. 9.00–12.00",
		"3: torsdag den 1. april 2027 kl. 9.00–12.00", // a week later: Easter
		"4: torsdag den 27. maj 2027 kl. 9.00–12.00",  // half a year after the first
	}, s.proposed(Diary{}, now, Wish{}))
	require.Equal(t, 4, s.MissingMeetings())

	quiet := s.Propose(Diary{}, danishTime(t, "2026-12-17 15:00"), Wish{})[0]
	require.Equal(t, "mandag den 4. januar 2027", Date(quiet.StartsAt), "after Christmas")
}

func TestProposeGoesOnAsTheLastMeeting(t *testing.T) {
	s := newScene().held(2) // 10 and 31 March 2027, two Wednesdays at 13
	s.Meetings[1].Place = "Lærerværelset"
	now := danishTime(t, "2027-04-01 12:00")
	require.Equal(t, []string{
		"3: onsdag den 26. maj 2027 kl. 13.00–16.00",
		"4: onsdag den 4. august 2027 kl. 13.00–16.00", // past July, and still a Wednesday
	}, s.proposed(Diary{}, now, Wish{}))
	require.Equal(t, "Lærerværelset", s.Propose(Diary{}, now, Wish{})[0].Place)

	s.meeting(Booked, danishTime(t, "2027-05-05 09:30"))
	require.Equal(t, []string{"4: onsdag den 30. juni 2027 kl. 9.30–12.30"}, s.proposed(Diary{}, now, Wish{}))
	s.meeting(Booked, danishTime(t, "2027-06-02 09:30"))
	require.Empty(t, s.proposed(Diary{}, now, Wish{}), "all are planned")
	s.ExtraMeetings = 2
	require.Equal(t, []string{
		"5: onsdag den 4. august 2027 kl. 9.30–12.30",
		"6: onsdag den 8. september 2027 kl. 9.30–12.30",
	}, s.proposed(Diary{}, now, Wish{}), "six meetings lie closer")
}

func TestProposeAsWished(t *testing.T) {
	s := newScene().held(2)
	now := danishTime(t, "2027-04-01 12:00")
	require.Equal(t, []string{
		"3: tirsdag den 20. april 2027 kl. 8.30–10.00",
		"4: tirsdag den 4. maj 2027 kl. 8.30–10.00",
	}, s.proposed(Diary{}, now, Wish{Earliest: danishTime(t, "2027-04-15"), Weekdays: []time.Weekday{time.Tuesday}, Hour: 8, Minute: 30, Length: 90 * time.Minute, Weeks: 2}))
	require.Equal(t, []string{
		"3: onsdag den 14. april 2027 kl. 13.00–16.00", // the earliest that leaves time for a reminder
		"4: onsdag den 21. april 2027 kl. 13.00–16.00",
	}, s.proposed(Diary{}, now, Wish{Earliest: danishTime(t, "2027-04-02"), Weeks: 1}))
	require.Empty(t, s.proposed(Diary{}, now, Wish{Hour: 19}), "would have to be ticked off")
	require.Empty(t, s.proposed(Diary{}, now, Wish{Length: 12 * time.Hour}), "would be refused")
}

func TestUsualTimesThatCannotBeProposed(t *testing.T) {
	s := newScene().planning()
	s.meeting(Held, danishTime(t, "2027-01-09 20:30")) // a Saturday night
	s.meeting(NoShow, danishTime(t, "2027-01-14 10:00"))
	require.Equal(t, Wish{Hour: 9, Length: 3 * time.Hour, Weeks: 8}, s.Usual())
}

func TestProposeAroundTheDiary(t *testing.T) {
	s := newScene().planning()
	now := danishTime(t, "2026-11-26 15:00")
	d := Diary{
		Busy: []Busy{
			{Forloeb: uuid.New(), Municipality: "630", From: danishTime(t, "2026-12-03 12:30"), To: danishTime(t, "2026-12-03 14:00")},
			{Forloeb: uuid.New(), Municipality: "751", From: danishTime(t, "2026-12-04 12:00"), To: danishTime(t, "2026-12-04 14:00")},
		},
		Leaves: []Leave{{From: danishTime(t, "2027-01-20"), To: danishTime(t, "2027-02-12")}},
	}
	require.Equal(t, []string{
		"1: fredag den 4. december 2026 kl. 9.00–12.00",
		"2: fredag den 19. februar 2027 kl. 9.00–12.00",
		"3: fredag den 16. april 2027 kl. 9.00–12.00",
		"4: fredag den 11. juni 2027 kl. 9.00–12.00",
	}, s.proposed(d, now, Wish{}))

	away := Diary{Leaves: []Leave{{From: danishTime(t, "2026-12-01"), To: danishTime(t, "2027-06-30")}}}
	require.Empty(t, s.proposed(away, now, Wish{}), "no room")
	away.Leaves[0].From = danishTime(t, "2027-01-01")
	require.Len(t, s.proposed(away, now, Wish{}), 1, "fewer than are missing")
}

// A forløb that must have started gets a date all the same, with the concern.
func TestProposeWhenItIsLate(t *testing.T) {
	s := newScene().planning() // starts by 26 May 2027
	now := danishTime(t, "2027-05-18 12:00")
	first := s.Propose(Diary{}, now, Wish{})[0]
	require.Equal(t, "tirsdag den 25. maj 2027", Date(first.StartsAt))
	away := Diary{Leaves: []Leave{{From: danishTime(t, "2027-05-25"), To: danishTime(t, "2027-05-31")}}}
	late := s.Propose(away, now, Wish{})[0]
	require.Equal(t, "tirsdag den 1. juni 2027", Date(late.StartsAt))
	require.Equal(t, []ConcernCode{ConcernLate}, s.concernsOf(away, late.StartsAt, 3, now))
}

func TestProposeOnlyWhereMeetingsArePlanned(t *testing.T) {
	now := danishTime(t, "2027-04-01 12:00")
	finished := newScene().held(2)
	finished.FinishedAt = now
	unassigned := newScene().held(2)
	unassigned.Assignments[0].Until = now
	for name, s := range map[string]*scene{
		"waiting for answers": newScene().asked(),
		"no consultant":       unassigned,
		"finished early":      finished,
		"all held":            newScene().held(4),
		"stopped":             newScene().held(2).to(Stopped, now),
		"evaluating":          newScene().evaluating(),
	} {
		require.Zero(t, s.MissingMeetings(), name)
		require.Empty(t, s.proposed(Diary{}, now, Wish{}), name)
	}
}

// anyCourse is a forløb with a consultant and any meetings in the year around
// an instant.
func anyCourse(r *rapid.T, now time.Time) *scene {
	s := newScene().planning()
	s.start = now
	s.ExtraMeetings = rapid.IntRange(0, 2).Draw(r, "extra")
	for range rapid.IntRange(0, 6).Draw(r, "meetings") {
		state := rapid.SampledFrom([]MeetingState{Held, Booked, NoShow, Cancelled}).Draw(r, "state")
		hours := time.Duration(rapid.IntRange(1, 180*24).Draw(r, "hours")) * time.Hour
		if state != Booked {
			hours = -hours
		}
		s.meeting(state, now.Add(hours))
	}
	if s.HeldCount() > 0 {
		s.to(InProgress, now)
	}
	return s
}

func anyDiary(r *rapid.T, now time.Time) (d Diary) {
	municipalities := rapid.SampledFrom([]string{"751", "630", "101"})
	for range rapid.IntRange(0, 60).Draw(r, "busy") {
		from := onClock(now, rapid.IntRange(0, 500).Draw(r, "day"), rapid.IntRange(6, 19).Draw(r, "hour"), 15*rapid.IntRange(0, 3).Draw(r, "quarter"))
		d.Busy = append(d.Busy, Busy{Forloeb: uuid.New(), Municipality: municipalities.Draw(r, "municipality"),
			From: from, To: from.Add(time.Duration(rapid.IntRange(1, 8).Draw(r, "long")) * time.Hour)})
	}
	for range rapid.IntRange(0, 5).Draw(r, "leaves") {
		from := onClock(now, rapid.IntRange(-20, 500).Draw(r, "first day"), 0, 0)
		d.Leaves = append(d.Leaves, Leave{From: from, To: onClock(from, rapid.IntRange(0, 60).Draw(r, "days"), 0, 0)})
	}
	return d
}

func anyWish(r *rapid.T, now time.Time) (w Wish) {
	if rapid.Bool().Draw(r, "earliest?") {
		w.Earliest = now.AddDate(0, 0, rapid.IntRange(-30, 300).Draw(r, "earliest"))
	}
	w.Weekdays = rapid.SliceOfN(rapid.SampledFrom([]time.Weekday{time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday}), 0, 3).Draw(r, "weekdays")
	w.Hour = rapid.IntRange(0, 23).Draw(r, "at")
	w.Length = time.Duration(rapid.IntRange(0, 4*11).Draw(r, "quarters")) * 15 * time.Minute
	w.Weeks = rapid.IntRange(0, 12).Draw(r, "weeks")
	return w
}

func TestProposalsKeepEveryRule(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		now := sceneStart.AddDate(0, 0, rapid.IntRange(5, 900).Draw(r, "now")).Add(time.Duration(rapid.IntRange(0, 24*60).Draw(r, "minute")) * time.Minute)
		s, d, wish := anyCourse(r, now), anyDiary(r, now), anyWish(r, now)
		slots := s.Propose(d, now, wish)
		require.Equal(r, slots, s.Propose(d, now, wish), "the same facts, the same dates")
		require.LessOrEqual(r, len(slots), s.MissingMeetings())
		full := wish.or(s.Usual())
		before := s.lastPlanned()
		for i, slot := range slots {
			start := slot.StartsAt
			weekend := start.Weekday() == time.Saturday || start.Weekday() == time.Sunday
			require.False(r, weekend || expectedClosed(t, start) || Quiet(start), "a working day: %s", start)
			require.True(r, start.Hour() >= 7 && !slot.EndsAt.After(onClock(start, 0, 20, 0)), "by day: %s", start)
			require.Equal(r, []int{full.Hour, full.Minute}, []int{start.Hour(), start.Minute()})
			require.Equal(r, full.Length, slot.EndsAt.Sub(start))
			if len(full.Weekdays) == 0 {
				full.Weekdays = []time.Weekday{start.Weekday()}
			}
			require.Contains(r, full.Weekdays, start.Weekday())
			for _, l := range d.Leaves {
				require.False(r, !start.Before(l.From) && start.Before(l.To.AddDate(0, 0, 1)), "leave: %s", start)
			}
			for _, b := range d.Busy {
				room := time.Hour
				if b.Municipality == "751" {
					room = 0
				}
				require.False(r, start.Before(b.To.Add(room)) && b.From.Before(slot.EndsAt.Add(room)), "busy: %s", start)
			}
			if i == 0 {
				require.GreaterOrEqual(r, WorkingDaysBetween(now, start), 5)
				require.False(r, !wish.Earliest.IsZero() && start.Before(onClock(wish.Earliest, 0, 0, 0)))
			} else {
				require.False(r, start.Before(slots[i-1].StartsAt.AddDate(0, 0, 7*full.Weeks)), "weeks between")
			}
			require.True(r, before == nil || start.After(before.EndsAt), "after those already booked")

			book := BookMeeting{Meeting: uuid.New(), StartsAt: start, EndsAt: slot.EndsAt}
			require.NoError(r, book.Check(s.Forloeb, Actor{}, now), "every one of them can be booked")
			s.meeting(Booked, start)
			m := &s.Meetings[len(s.Meetings)-1]
			m.ID, m.EndsAt, m.BookedAt = book.Meeting, slot.EndsAt, now
			require.Equal(r, slot.Number, s.MeetingNumber(m))
			require.True(r, s.MeetingReminderAt(m, now).After(now), "with a reminder to come")
		}
	})
}

// Whatever the day, an empty diary has room for the whole course.
func TestAnEmptyDiaryHasRoom(t *testing.T) {
	s := newScene().planning()
	everyDay(func(now time.Time) {
		require.Len(t, s.Propose(Diary{}, now, Wish{}), 4, now)
		require.Len(t, s.Propose(Diary{}, now, Wish{Weekdays: []time.Weekday{time.Thursday}, Weeks: 1}), 4, now)
	})
}
