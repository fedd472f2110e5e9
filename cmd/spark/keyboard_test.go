package main

import (
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// Nothing needs a mouse: a representative answers, and a secretary logs in,
// finds the forløb and books a meeting, with the keyboard alone.
func TestTheKeyboardIsEnough(t *testing.T) {
	r := newRunning(t)
	p := r.apply("tast", nil)
	r.answer(p.leader, forloeb.Yes, nil)

	rep := r.atLaptop()
	rep.follows(p.rep.email, "/samtykke/")
	rep.TabTo("answer-yes")
	rep.Press("Space")
	rep.TabTo("signature")
	rep.Press(p.rep.name)
	rep.TabTo("send")
	rep.Enter()
	rep.Says("Dit ja er modtaget")
	r.stands(p, forloeb.Planning)

	anna := r.atLaptop()
	anna.at("/login")
	anna.TabTo("login")
	anna.Enter()
	anna.TabToWords("Anna Berg")
	anna.Enter()
	anna.TabTo("search")
	anna.Press(p.reference)
	anna.Enter()
	anna.Says("Skolen tast")
	anna.TabToWords("Aftal et møde")
	anna.Enter()
	anna.TabTo("date-1")
	anna.Press(plainDay(time.Now()).Format("2-1-2006"))
	anna.TabTo("start-1")
	anna.Press("Backspace", "Backspace", "Backspace", "Backspace", "Backspace", "13")
	anna.TabTo("send")
	anna.Enter()
	anna.Says("kl. 13.00")
	anna.TabTo("send")
	anna.Enter()
	anna.Says("Mødet er aftalt")
	v, err := r.staff.settled(t.Context(), p.id)
	require.NoError(t, err)
	require.Len(t, v.Meetings.List, 1)
}

// plainDay is a coming day on which nothing speaks against a meeting.
func plainDay(now time.Time) time.Time {
	day := now.AddDate(0, 0, 7)
	for !forloeb.WorkingDay(day) || day.Day() < 10 || !slices.Contains([]time.Month{time.March, time.June, time.September, time.November}, day.Month()) {
		day = day.AddDate(0, 0, 1)
	}
	return day
}
