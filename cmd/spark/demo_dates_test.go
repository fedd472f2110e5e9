package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// Whatever the day the demo is run (every fifth here, so every weekday): people meet on working days in their
// order, the evaluation is clamped to a month's end, and the clocks change.
func TestPlanForEveryDay(t *testing.T) {
	hours := []int{0, 9, 15, 23}
	for day := time.Date(2026, 1, 1, 0, 30, 0, 0, forloeb.Copenhagen); day.Year() < 2034; day = day.AddDate(0, 0, 5) {
		checkPlan(t, day.Add(time.Duration(hours[day.Day()%len(hours)])*time.Hour))
	}
}

func checkPlan(t *testing.T, start time.Time) {
	p := newPlan(start)
	order := []time.Time{start, p.Scanned, p.Confirmed, p.Reminded, p.Agreed, p.Booked,
		p.Meetings[0], p.Meetings[1], p.Moved, p.Before, p.Meetings[2], p.Meetings[3], p.ended()}
	for i := 1; i < len(order); i++ {
		require.True(t, order[i].After(order[i-1]), "start %s: date %d of %v", start, i, order)
	}
	for _, m := range append(p.Meetings[:], p.Before) {
		require.True(t, forloeb.WorkingDay(m) && !forloeb.Quiet(m) && m.In(forloeb.Copenhagen).Hour() == meetingHour, "start %s: meeting %s", start, m)
	}
	require.True(t, p.Moved.After(p.Meetings[1].AddDate(0, 0, 1)), "start %s", start)
	require.True(t, p.Moved.Before(meetingReminderDate(p.Before)), "start %s: moved before anybody is reminded", start)
	require.True(t, p.Booked.Before(meetingReminderDate(p.Meetings[0])), "start %s", start)
	for i := 1; i < 4; i++ {
		require.True(t, p.Meetings[i-1].AddDate(0, 0, 1).Before(meetingReminderDate(p.Meetings[i])), "start %s: meeting %d is booked before its reminder", start, i+1)
	}
	last := p.Meetings[3]
	require.NotEqual(t, last.Day(), forloeb.AddMonths(last, 3).Day(), "start %s: no month end", start)
	require.True(t, p.Meetings[0].Before(forloeb.AddMonths(p.Agreed, 6)), "start %s: begins in six months", start)
	// Mostly within nine months; longer when three such month ends in a row are weekends, as in 2031.
	require.True(t, last.Before(forloeb.AddMonths(p.Agreed, 14)), "start %s: an end", start)
	evaluated := evaluationDate(last)
	second := quietly(forloeb.AddCountingDays(evaluated, 14))
	require.True(t, p.ended().Before(second), "start %s: the last answer comes before another reminder", start)
	require.True(t, evaluated.AddDate(0, 0, 2).Before(evaluationReminderDate(evaluated)), "start %s: the first answer comes before any", start)
	require.True(t, reminderDate(start, 10).Before(consentDeadline(start)), "start %s: two reminders before the deadline", start)
	_, changes := changesClock(start, p.ended())
	require.True(t, changes, "start %s: no change to or from summer time", start)
}

// The dates of the story as it was written, for a start on Monday 23 November
// 2026.
func TestPlanAcrossEaster(t *testing.T) {
	p := newPlan(time.Date(2026, 11, 23, 14, 30, 0, 0, forloeb.Copenhagen))
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2027, month, day, hour, minute, 0, 0, forloeb.Copenhagen)
	}
	require.Equal(t, at(3, 31, meetingHour, 0), p.Meetings[3])
	require.Equal(t, at(3, 24, meetingHour, 0), meetingReminderDate(p.Meetings[3]))
	require.Equal(t, []string{"skærtorsdag", "langfredag", "påskedag", "anden påskedag"}, holidays(meetingReminderDate(p.Meetings[3]), p.Meetings[3]))
	require.Equal(t, at(6, 30, 9, 0), evaluationDate(p.Meetings[3]))
	summer, found := changesClock(p.Scanned, p.ended())
	require.True(t, found)
	require.Equal(t, at(3, 28, 12, 0), summer)
	// July is quiet: the reminder waits until August.
	require.Equal(t, at(8, 9, 8, 0), evaluationReminderDate(evaluationDate(p.Meetings[3])))
	require.Equal(t, 9, p.months())
}
