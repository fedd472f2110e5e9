package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// meeting is a forløb with a consultant since Tuesday 24 November 2026 at 12.
func meeting(t *testing.T) *life {
	l := begin(t)
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 12, 0).agree()
	l.Post(l.id)
	return l
}

func (l *life) everybody(when, kind string) []string {
	return []string{when + " " + kind + " consultant", when + " " + kind + " leader", when + " " + kind + " rep"}
}

// Complaint K13, K14, K15, K17.
func TestMeetingMovedAndCancelled(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	l.post(l.everybody("2026-11-24 12:00", "meeting_invitation")...)
	before := l.Read(l.id).Meeting(m)

	l.to(2026, 11, 30, 12, 0)
	start := at(2026, 12, 15, 9, 0)
	l.do(storetest.Secretary, forloeb.MoveMeeting{Meeting: m, StartsAt: start, EndsAt: start.Add(2 * time.Hour)})
	l.post(l.everybody("2026-11-30 12:00", "meeting_moved")...)
	moved := l.Read(l.id).Meeting(m)
	require.Equal(t, before.ICSUID, moved.ICSUID)
	require.Equal(t, before.Sequence+1, moved.Sequence)
	require.True(t, moved.MovedFrom.Equal(before.StartsAt))
	require.Equal(t, "Lærerværelset", moved.Place, "kept")

	l.to(2026, 12, 12, 12, 0)
	l.post("2026-12-11 09:00 meeting_reminder leader", "2026-12-11 09:00 meeting_reminder rep")
	l.do(storetest.Secretary, forloeb.CancelMeeting{Meeting: m})
	l.post(l.everybody("2026-12-12 12:00", "meeting_cancelled")...)
	require.Equal(t, moved.Sequence+1, l.Read(l.id).Meeting(m).Sequence)
	l.status(forloeb.Planning) // nothing is booked or held
	l.to(2026, 12, 21, 12, 0)
	l.post("2026-12-18 12:00 c_first_missing consultant") // five working days after the cancellation, a Saturday
}

// Whoever has not got the invitation yet is invited to the new time, and not
// told of a move.
func TestMovedBeforeTheInvitationWasSent(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	l.Mailer(func(forloeb.Letter) forloeb.Outcome { return forloeb.Outcome{State: forloeb.MailPlanned, Code: "421"} })
	m := l.book(2026, 12, 8)
	start := at(2026, 12, 9, 9, 0)
	l.do(storetest.Secretary, forloeb.MoveMeeting{Meeting: m, StartsAt: start, EndsAt: start.Add(time.Hour)})
	l.Mailer(nil)
	l.Settle(l.id)
	l.post(l.everybody("2026-11-24 12:00", "meeting_invitation")...)
}

// A new address is a new link: what stands in the old mails leads nowhere, so
// the meetings to come are sent anew.
func TestAnAddressCorrectedAfterAMeetingWasBooked(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	l.Post(l.id)
	rep := l.Party(l.id, forloeb.Rep)
	phone := "70 00 00 09"
	l.do(storetest.Secretary, forloeb.CorrectAddress{Party: rep.ID, Email: rep.Contact.Email, Phone: &phone})
	l.post() // the link is as it was

	l.do(storetest.Secretary, forloeb.CorrectAddress{Party: rep.ID, Email: "amir.ny@example.dk"})
	l.post("2026-11-24 12:00 link_again rep", "2026-11-24 12:00 meeting_invitation rep")
	start := at(2026, 12, 15, 9, 0)
	l.do(storetest.Secretary, forloeb.MoveMeeting{Meeting: m, StartsAt: start, EndsAt: start.Add(time.Hour)})
	l.post(l.everybody("2026-11-24 12:00", "meeting_moved")...)

	l.to(2026, 12, 13, 12, 0)
	l.post("2026-12-11 09:00 meeting_reminder leader", "2026-12-11 09:00 meeting_reminder rep")
	l.do(storetest.Secretary, forloeb.CorrectAddress{Party: rep.ID, Email: "amir.igen@example.dk"})
	l.post("2026-12-13 12:00 link_again rep", "2026-12-13 12:00 meeting_invitation rep") // and no second reminder
	l.do(storetest.Secretary, forloeb.CancelMeeting{Meeting: m})
	l.post(l.everybody("2026-12-13 12:00", "meeting_cancelled")...)
}

// One invitation to the new address is enough, also when the old one had not
// left yet.
func TestAnAddressCorrectedBeforeTheInvitationWasSent(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	l.Mailer(func(forloeb.Letter) forloeb.Outcome { return forloeb.Outcome{State: forloeb.MailPlanned, Code: "421"} })
	l.book(2026, 12, 8)
	l.do(storetest.Secretary, forloeb.CorrectAddress{Party: l.Party(l.id, forloeb.Rep).ID, Email: "amir.ny@example.dk"})
	l.Mailer(nil)
	l.Settle(l.id)
	l.post("2026-11-24 12:00 link_again rep", "2026-11-24 12:00 meeting_invitation consultant",
		"2026-11-24 12:00 meeting_invitation leader", "2026-11-24 12:00 meeting_invitation rep")
}

// Complaint K16.
func TestNoShowRecordedAndCorrected(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	l.Post(l.id)
	l.to(2026, 12, 8, 17, 0).do(storetest.Secretary, forloeb.RegisterMeeting{Meeting: m})
	l.Post(l.id)
	l.status(forloeb.Planning)
	require.Zero(t, l.Read(l.id).HeldCount(), "a no-show does not count")

	l.held(m) // it was held after all
	l.status(forloeb.InProgress)
	l.post()

	recorded := uuid.New()
	l.SettleAt(l.id, at(2026, 12, 22, 12, 0))
	start := at(2026, 12, 18, 10, 0)
	l.do(storetest.Secretary, forloeb.RecordMeeting{Meeting: recorded, StartsAt: start, EndsAt: start.Add(2 * time.Hour)})
	l.post()
	require.Equal(t, 2, l.Read(l.id).HeldCount())

	l.Wind(l.id, at(2027, 1, 20, 12, 0))
	r := l.Refused(l.id, storetest.Secretary, forloeb.RegisterMeeting{Meeting: m})
	require.Equal(t, forloeb.RefuseTooLongAgo, r.Code)
}

func TestAMeetingNobodyRegisters(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	l.Post(l.id)
	l.to(2026, 12, 16, 7, 59)
	l.post("2026-12-04 13:00 meeting_reminder leader", "2026-12-04 13:00 meeting_reminder rep",
		"2026-12-09 08:00 c_register consultant", "2026-12-11 08:00 c_register consultant")
	require.Empty(t, l.tasks())
	l.to(2026, 12, 16, 8, 1)
	require.Equal(t, []string{"register"}, l.tasks())
	l.held(m)
	require.Empty(t, l.tasks())
}

func TestNothingInTheCalendar(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	l.to(2026, 12, 8, 16, 30).held(m)
	l.Post(l.id)
	l.to(2027, 1, 8, 12, 0)
	l.post("2027-01-04 08:00 c_next_missing consultant") // ten working days later the office closes for Christmas
	l.to(2027, 1, 11, 17, 0)
	require.Equal(t, []string{"next_meeting"}, l.tasks())
	l.book(2027, 1, 20)
	require.Empty(t, l.tasks())
}

func TestExtraMeetings(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	for _, day := range []int{8, 10, 14, 16} {
		m := l.book(2026, 12, day)
		if day < 16 {
			l.to(2026, 12, day, 17, 0).held(m)
		}
	}
	tooMany := forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: at(2026, 12, 18, 9, 0), EndsAt: at(2026, 12, 18, 11, 0)}
	require.Equal(t, forloeb.RefuseNeedsExtraMeetings, l.Refused(l.id, storetest.Secretary, tooMany).Code)
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.GrantExtra{N: 1, Reason: "Der er mere at tale om."})
	l.post("2026-12-14 17:00 extra_meetings leader", "2026-12-14 17:00 extra_meetings rep")
	require.Equal(t, 5, l.Read(l.id).Required())
	l.do(storetest.Secretary, tooMany)
	require.Equal(t, forloeb.RefuseTooManyMeetings, l.Refused(l.id, storetest.Secretary, forloeb.GrantExtra{N: 2, Reason: "Flere endnu."}).Code)

	f := l.Read(l.id)
	l.to(2026, 12, 16, 17, 0).held(f.Meetings[3].ID)
	l.status(forloeb.InProgress)
	l.to(2026, 12, 18, 12, 0).held(tooMany.Meeting)
	l.status(forloeb.AwaitingEvaluation)
}

func TestFinishedEarly(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	m := l.book(2026, 12, 8)
	require.Equal(t, forloeb.RefuseNoMeetingHeld, l.Refused(l.id, storetest.Secretary, forloeb.FinishMeetings{}).Code)
	l.to(2026, 12, 8, 17, 0).held(m)
	l.book(2026, 12, 17)
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.FinishMeetings{Reason: "De er kommet godt videre."})
	l.status(forloeb.AwaitingEvaluation)
	l.post(l.everybody("2026-12-08 17:00", "meeting_cancelled")...)
	l.to(2027, 3, 8, 12, 0)
	l.post("2026-12-09 08:00 meetings_done leader", "2026-12-09 08:00 meetings_done rep",
		"2027-03-08 09:00 evaluation_request leader", "2027-03-08 09:00 evaluation_request rep")
}

func TestANewMeetingStartsTheClockAgain(t *testing.T) {
	t.Parallel()
	l := sleeping(t)
	l.to(2027, 4, 20, 12, 0)
	l.Post(l.id)
	l.do(storetest.Secretary, forloeb.GrantExtra{N: 1, Reason: "De vil gerne følge op."})
	l.status(forloeb.InProgress)
	m := l.book(2027, 5, 12)
	l.to(2027, 5, 12, 17, 0).held(m)
	l.status(forloeb.AwaitingEvaluation)
	l.Post(l.id)
	l.to(2027, 8, 11, 12, 0)
	l.post("2027-05-13 08:00 meetings_done leader", "2027-05-13 08:00 meetings_done rep")
	l.to(2027, 8, 12, 12, 0)
	l.post("2027-08-12 09:00 evaluation_request leader", "2027-08-12 09:00 evaluation_request rep")
	late := forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: at(2027, 9, 1, 9, 0), EndsAt: at(2027, 9, 1, 11, 0)}
	require.Equal(t, forloeb.RefuseWrongStatus, l.Refused(l.id, storetest.Secretary, late).Code, "once the evaluation has begun")
}
