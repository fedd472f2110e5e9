package api

import (
	"strconv"

	"example.dk/spark/internal/forloeb"
)

func heldOf(k staffCase) string {
	return strconv.Itoa(k.HeldCount()) + " af " + strconv.Itoa(k.Required()) + " møder er holdt."
}

func meetingsOf(k staffCase) (list []caseMeeting) {
	for i := range k.Meetings {
		m := &k.Meetings[i]
		list = append(list, caseMeeting{
			ID: m.ID.String(), Name: meetingNumber(k, m), When: forloeb.Capital(forloeb.Interval(m.StartsAt, m.EndsAt)), Place: m.Place, PrepTask: m.PrepTask, Online: m.OnlineAddress(), For: concerned(k, m),
			State: meetingBadge(k, m), Ways: meetingWays(k, m),
		})
	}
	return list
}

// concerned names the workplaces that a meeting is for, when it is not for all.
func concerned(k staffCase, m *forloeb.Meeting) string {
	var names []string
	for _, id := range m.Workplaces {
		if w := k.Workplace(id); w != nil {
			names = append(names, w.Name)
		}
	}
	return forloeb.AndList(names)
}

// meetingNumber numbers the meetings that count.
func meetingNumber(k staffCase, m *forloeb.Meeting) string {
	if m.State == forloeb.Held || m.State == forloeb.Booked {
		return "Møde " + strconv.Itoa(k.MeetingNumber(m))
	}
	return "Møde"
}

func meetingBadge(k staffCase, m *forloeb.Meeting) badge {
	switch {
	case m.State == forloeb.Booked && !m.EndsAt.After(k.Now):
		return badge{notRegistered, "warning"}
	case m.State == forloeb.Booked:
		return badge{m.State.Label(), "info"}
	case m.State == forloeb.Held:
		return badge{m.State.Label(), "success"}
	}
	return badge{Text: m.State.Label()}
}

// meetingWays are the pages on which something can be done about a meeting
// now.
func meetingWays(k staffCase, m *forloeb.Meeting) (ways []wayOn) {
	k.Which = m
	switch {
	case m.State == forloeb.Booked && k.registrable():
		ways = append(ways, wayOn{Label: noteLabel, Address: registerAddress(k, m.ID)})
	case k.correctable():
		ways = append(ways, wayOn{Label: "Ret", Address: correctAddress(k)})
	}
	for _, a := range meetingActs {
		if a.legal(k) {
			ways = append(ways, wayOn{Label: a.labelled(k), Address: a.address(k)})
		}
	}
	if k.mayNote() {
		ways = append(ways, wayOn{Label: "Mine noter", Address: ownNotesAddress(k)})
	}
	return ways
}
