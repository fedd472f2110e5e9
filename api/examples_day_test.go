package api

import (
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Pages of the consultant's own.
func dayExamples() []example {
	now := at(2026, 12, 21, 9, 14)
	at := func(path string, p pageData) pageData { return seenBy(exampleKarenWho, path, p) }
	day := func(rows []forloeb.ListRow, cases []staffCase, meetings ...forloeb.OwnMeeting) pageData {
		return at(consultantArea+"/", newDayPage(now, rows, cases, meetings))
	}
	calendar := func(meetings []forloeb.OwnMeeting, leaves ...forloeb.Leave) pageData {
		page := newCalendarPage(now, meetings, leaves)
		page.Followed = followedCalendar{Make: makeLinkPath, Drop: dropLinkPath, Version: 1}
		return at(consultantArea+"/kalender", page)
	}
	own := func(closed, further bool, found forloeb.ListPage) pageData {
		return at(ownPath, newOwnPage(closed, further, found))
	}
	return []example{
		{"day", day(ownRowExamples(), []staffCase{wished(), fresh(0), fresh(20), unplanned(), planned1()}, exampleOwnMeetings()...)},
		{"day-idle", day(ownRowExamples()[:1], nil, exampleOwnMeetings()[3])},
		{"day-none", day(nil, nil)},
		{"own", own(false, false, forloeb.ListPage{Rows: ownRowExamples()})},
		{"own-more", own(false, true, forloeb.ListPage{Rows: ownRowExamples(), Next: "x"})},
		{"own-none", own(false, false, forloeb.ListPage{})},
		{"own-closed", own(true, false, forloeb.ListPage{Rows: closedRows()})},
		{"own-closed-none", own(true, false, forloeb.ListPage{})},
		{"calendar", calendar(exampleOwnMeetings(), forloeb.Leave{From: at2027(2, 15), To: at2027(2, 19)}, forloeb.Leave{From: at2027(3, 1), To: at2027(3, 1)},
			forloeb.Leave{From: now.AddDate(0, 0, -5), To: now.AddDate(0, 0, -3)})},
		{"calendar-none", calendar(nil)},
		{"calendar-followed", followedExample(calendar(exampleOwnMeetings()[3:]))},
		{"day-expert", seenBy(exampleExpertWho, consultantArea+"/", newDayPage(now, nil, nil, nil))},
	}
}

func followedExample(p pageData) pageData {
	p.(*calendarPage).Followed = followedCalendar{Make: makeLinkPath, Drop: dropLinkPath, Version: 1, Since: at(2026, 12, 1, 9, 0),
		Address: "https://spark.example.dk/kalender/AAAAAAAAQACAAAAAAAAAAQ.WKqdj0HMzNHUcWq3dS0PRc9JWWH0-ots3lYa5rbbuwU.ics"}
	return p
}

// elsewhere is a case of its own, at another workplace.
func elsewhere(n byte, workplace string, change func(k *staffCase)) staffCase {
	return caseAt(exampleKarenWho, func(k *staffCase) {
		k.ID[15], k.Reference = n, "26-48"+string('0'+n/10)+string('0'+n%10)
		k.Workplaces[0].Name = workplace
		change(k)
	})
}

// wished has a meeting that both parties cannot come to.
func wished() staffCase {
	return elsewhere(21, "Tranemoseskolen", func(k *staffCase) {
		next := &k.Meetings[1]
		next.OtherTimes = []forloeb.OtherTime{
			{Party: leaderOf(k).ID, At: at(2026, 12, 18, 10, 0), Text: "Hellere om formiddagen.\nFredag går også."}, {Party: repOf(k).ID, At: at(2026, 12, 18, 11, 0)},
		}
	})
}

// fresh was assigned a while ago, and nothing has happened.
func fresh(days int) staffCase {
	return elsewhere(byte(22+days), "Søhulen Børnehus", func(k *staffCase) {
		k.Now, k.Meetings = at(2026, 12, 1, 9, 14).AddDate(0, 0, days), nil
		k.Status, k.StatusSince = forloeb.Planning, at(2026, 11, 26, 9, 30)
		k.Events = []forloeb.Event{{Seq: 1, From: forloeb.AwaitingConsent, To: forloeb.AwaitingConsultant, At: at(2026, 11, 26, 9, 0)}, {Seq: 2, To: forloeb.Planning, At: k.StatusSince}}
	})
}

// unplanned has nothing in the calendar.
func unplanned() staffCase {
	return elsewhere(23, "Hjemmeplejen Syd", func(k *staffCase) { k.Meetings = k.Meetings[:1] })
}

// planned1 has one meeting in the calendar, and others are missing.
func planned1() staffCase { return elsewhere(24, "Mosevang Plejecenter", func(*staffCase) {}) }

func ownRowExamples() []forloeb.ListRow {
	row := func(n byte, workplace string, status forloeb.Status, w forloeb.Waiting) forloeb.ListRow {
		return forloeb.ListRow{ID: uuid.UUID{15: n}, Reference: "26-48" + string('0'+n/10) + string('0'+n%10), Workplace: workplace, Status: status,
			Waiting: w, Settled: true, Now: at(2026, 12, 21, 9, 14)}
	}
	rows := []forloeb.ListRow{
		row(21, "Tranemoseskolen", forloeb.InProgress, forloeb.Waiting{Key: forloeb.WaitMeetNext, N: 2, M: 4, At: at(2027, 1, 21, 13, 0), Next: at(2027, 1, 19, 13, 0)}),
		row(25, "Ældrecentret Medarbejderrepræsentantgården", forloeb.AwaitingEvaluation, forloeb.Waiting{Key: forloeb.WaitEvalRest, Since: at(2026, 11, 2, 13, 0), Next: at(2027, 2, 2, 9, 0)}),
		row(26, "Børnehaven Solsikken", forloeb.InProgress, forloeb.Waiting{}),
	}
	rows[2].Settled = false
	return rows
}

func closedRows() []forloeb.ListRow {
	rows := ownRowExamples()[:1]
	rows[0].Status, rows[0].Waiting = forloeb.Completed, forloeb.Waiting{Key: forloeb.WaitDoneCompleted, Since: at(2026, 12, 1, 9, 0), Deadline: at(2028, 12, 1, 9, 0)}
	return rows
}

func exampleOwnMeetings() []forloeb.OwnMeeting {
	now := at(2026, 12, 21, 9, 14)
	meeting := func(n byte, start time.Time, place string, state forloeb.MeetingState) forloeb.OwnMeeting {
		return forloeb.OwnMeeting{Forloeb: uuid.UUID{15: n}, Reference: "26-4821", Workplace: "Tranemoseskolen", Meeting: uuid.UUID{14: n}, Number: int(n),
			StartsAt: start, EndsAt: start.Add(3 * time.Hour), Place: place, State: state, Now: now,
			Attendees: []forloeb.Attendee{{Side: forloeb.Leader, Name: "Mette Holm", Phone: "20 00 00 00"}, {Side: forloeb.Rep, Name: "Amir Dahl"}}}
	}
	return []forloeb.OwnMeeting{
		meeting(1, now.AddDate(0, 0, -20), "Skolevej 1", forloeb.Held),
		meeting(1, now.AddDate(0, 0, -10), "", forloeb.NoShow),
		meeting(2, at(2026, 12, 18, 13, 0), "Skolevej 1", forloeb.Booked),
		meeting(3, at(2026, 12, 21, 13, 0), "hos arbejdspladsen, lokale 3", forloeb.Booked),
		meeting(4, at(2026, 12, 22, 9, 0), "https://moede.example.dk/spark", forloeb.Booked),
		meeting(5, at(2027, 1, 21, 9, 0), "", forloeb.Booked),
	}
}
