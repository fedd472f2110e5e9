package mail

import (
	"fmt"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// This file and the other two of samples make up forløb and letters: whoever
// words the mails is shown them, and the tests hold every mail to them.

// What must never be read in a mail, each recognisable.
const (
	canaryWorkplace = "Kanariefuglens Børnehus"
	canaryText      = "KANARIE-FRITEKST"
	canaryPhone     = "70701234"
	canaryPlace     = "Rådhuset, Rønhaveplads 1, lokale Ærø"
)

var (
	leaderID     = uuid.MustParse("11111111-1111-4111-8111-111111111111")
	repID        = uuid.MustParse("22222222-2222-4222-8222-222222222222")
	oldRepID     = uuid.MustParse("33333333-3333-4333-8333-333333333333")
	consultantID = uuid.MustParse("44444444-4444-4444-8444-444444444444")
	formerID     = uuid.MustParse("55555555-5555-4555-8555-555555555555")
	workplaceID  = uuid.MustParse("66666666-6666-4666-8666-666666666666")
	meetingID    = uuid.MustParse("77777777-7777-4777-8777-777777777777")
	guestID      = uuid.MustParse("a1a1a1a1-a1a1-41a1-81a1-a1a1a1a1a1a1")
	evaluationID = uuid.MustParse("88888888-8888-4888-8888-888888888888")
)

// clock is a moment in Danish time.
func clock(s string) time.Time {
	t, err := time.ParseInLocation("2006-01-02 15:04", s, forloeb.Copenhagen)
	if err != nil {
		panic(err)
	}
	return t
}

// start is when the sample application was sent.
var start = clock("2026-11-23 14:30")

// sample is an application from Sønderborg that both have been asked about.
func sample() *forloeb.Forloeb {
	f := &forloeb.Forloeb{
		ID: uuid.MustParse("99999999-9999-4999-8999-999999999999"), Reference: "26-4817",
		Programme: forloeb.Spark, Type: forloeb.Individual,
		Status: forloeb.AwaitingConsent, StatusSince: start, Version: 3, Seen: 2,
		Policy: forloeb.DefaultPolicy, CreatedAt: start,
		Application: forloeb.Application{
			Revision: 1, StartedBy: forloeb.StartedByLeader, Body: forloeb.Trio,
			Themes: []forloeb.ThemeCode{forloeb.ThemeLoneWork, forloeb.ThemeHarassment},
			Texts:  forloeb.ApplicationTexts{Situation: canaryText + " 1", ChangeGoal: canaryText + " 4", Tried: canaryText + " 2", Timing: canaryText + " 3"},
			Hash:   canaryText + " 4", At: start,
		},
		DecisionText: canaryText + " 5", StopText: canaryText + " 6",
		Workplaces: []forloeb.Workplace{{ID: workplaceID, Name: canaryWorkplace, Municipality: "540", Sector: forloeb.SectorDaycare}},
		Parties: []forloeb.Party{
			{ID: leaderID, WorkplaceID: workplaceID, Side: forloeb.Leader, Role: forloeb.RoleLeader, LinkVersion: 1, FixText: canaryText + " 7",
				Contact: forloeb.Contact{Name: "Åse Østergård", Title: canaryText + " 8", Email: "aase@sonderborg.example.dk", Phone: canaryPhone}},
			{ID: repID, WorkplaceID: workplaceID, Side: forloeb.Rep, Role: forloeb.RoleAMR, LinkVersion: 1,
				Contact: forloeb.Contact{Name: "Søren Bøgh Ærenlund", Email: "soeren@sonderborg.example.dk", Phone: canaryPhone}},
		},
	}
	asked(f, leaderID, start)
	asked(f, repID, start)
	return f
}

func asked(f *forloeb.Forloeb, to uuid.UUID, at time.Time) {
	f.Mails = append(f.Mails, forloeb.Mail{ID: int64(len(f.Mails) + 1), Kind: forloeb.MailConsentRequest, Recipient: to,
		Ordinal: 1001, State: forloeb.MailSent, PlannedAt: at, SentAt: at})
}

func answers(f *forloeb.Forloeb, party uuid.UUID, a forloeb.Answer, at time.Time) {
	f.Party(party).Consent = &forloeb.Consent{Revision: f.Application.Revision, Answer: a, Signature: canaryText + " 9", At: at}
}

func moves(f *forloeb.Forloeb, to forloeb.Status, at time.Time) {
	f.Apply(forloeb.Change{From: f.Status, To: to, Now: at})
}

// agreed: both have said yes.
func agreed() *forloeb.Forloeb {
	f := sample()
	answers(f, leaderID, forloeb.Yes, clock("2026-11-24 09:10"))
	answers(f, repID, forloeb.Yes, clock("2026-11-26 11:05"))
	moves(f, forloeb.AwaitingConsultant, clock("2026-11-26 11:05"))
	return f
}

func karen() forloeb.Consultant {
	return forloeb.Consultant{ID: consultantID, Name: "Karen Lund", Email: "karen@spark.example.dk", Phone: "20 30 40 50", LinkVersion: 2}
}

func former() forloeb.Consultant {
	return forloeb.Consultant{ID: formerID, Name: "Jørgen Åkjær", Email: "joergen@spark.example.dk", Phone: "20 30 40 51"}
}

// assigned: Karen has it.
func assigned() *forloeb.Forloeb {
	f := agreed()
	at := clock("2026-11-26 11:06")
	f.Assignments = []forloeb.Assignment{{ID: 7, Consultant: karen(), Reason: canaryText + " 10", At: at, AcceptedAt: at}}
	moves(f, forloeb.Planning, at)
	return f
}

func handedOver() *forloeb.Forloeb {
	f := booked()
	at := clock("2027-01-04 10:00")
	f.Assignments = []forloeb.Assignment{
		{ID: 6, Consultant: former(), At: clock("2026-11-26 11:06"), AcceptedAt: clock("2026-11-26 11:06"), Until: at},
		{ID: 7, Consultant: karen(), At: at, AcceptedAt: at},
	}
	return f
}

// booked: one meeting held, the next in the calendar.
func booked() *forloeb.Forloeb {
	f := assigned()
	moves(f, forloeb.InProgress, clock("2026-12-01 10:00"))
	f.Meetings = []forloeb.Meeting{
		{ID: evaluationID, Ordinal: 1, StartsAt: clock("2026-12-10 13:00"), EndsAt: clock("2026-12-10 16:00"), State: forloeb.Held,
			Place: canaryPlace, ICSUID: "m1@spark.example.dk", StateAt: clock("2026-12-10 16:10"), BookedAt: clock("2026-12-01 10:00")},
		{ID: meetingID, Ordinal: 3, StartsAt: clock("2027-01-21 13:00"), EndsAt: clock("2027-01-21 16:00"), State: forloeb.Booked,
			Place: canaryPlace, ICSUID: "m2@spark.example.dk", BookedAt: clock("2026-12-10 16:15")},
	}
	return f
}

// finished: all four are held.
func finished() *forloeb.Forloeb {
	f := booked()
	f.Meetings = nil
	for i, day := range []string{"2026-12-10", "2027-01-21", "2027-03-11", "2027-03-31"} {
		f.Meetings = append(f.Meetings, forloeb.Meeting{
			ID: uuid.NewSHA1(meetingID, []byte(day)), Ordinal: i + 1, StartsAt: clock(day + " 13:00"), EndsAt: clock(day + " 16:00"),
			State: forloeb.Held, StateAt: clock(day + " 16:10"), ICSUID: fmt.Sprintf("m%d@spark.example.dk", i+1)})
	}
	moves(f, forloeb.AwaitingEvaluation, clock("2027-03-31 16:10"))
	return f
}

// evaluating: the questionnaire is to be sent to both.
func evaluating() *forloeb.Forloeb {
	f := finished()
	at := clock("2027-06-30 09:00")
	moves(f, forloeb.Evaluating, at)
	asks(f, at)
	return f
}

// asks invites both.
func asks(f *forloeb.Forloeb, at time.Time) {
	for i, p := range []uuid.UUID{leaderID, repID} {
		f.Invitations = append(f.Invitations, forloeb.Invitation{EvaluationID: evaluationID, WorkplaceID: workplaceID, PartyID: p})
		f.Mails = append(f.Mails, forloeb.Mail{ID: int64(100 + i), Kind: forloeb.MailEvaluationRequest, Recipient: p, Ordinal: 1,
			State: forloeb.MailPlanned, PlannedAt: at})
	}
}

func evaluationSent() *forloeb.Forloeb { return requestsSent(evaluating()) }

func requestsSent(f *forloeb.Forloeb) *forloeb.Forloeb {
	for i := range f.Mails {
		if m := &f.Mails[i]; m.Kind == forloeb.MailEvaluationRequest {
			m.State, m.SentAt = forloeb.MailSent, m.PlannedAt
		}
	}
	return f
}

// closes ends a forløb by withdrawal or stop, with its meeting cancelled.
func closes(f *forloeb.Forloeb, to forloeb.Status, at time.Time) *forloeb.Forloeb {
	moves(f, to, at)
	if to == forloeb.Withdrawn {
		f.WithdrawnAt = at
	} else {
		f.StoppedAt = at
	}
	for i := range f.Meetings {
		if m := &f.Meetings[i]; m.State == forloeb.Booked {
			m.State, m.StateAt, m.Sequence = forloeb.Cancelled, at, m.Sequence+1
		}
	}
	return f
}

// reopens puts it back where it was.
func reopens(f *forloeb.Forloeb, at time.Time) *forloeb.Forloeb {
	f.ReopenedAt = at
	moves(f, f.StatusBefore(), at)
	return f
}

// letter is a mail of that kind from the forløb to a party, a guest or a consultant.
func letter(kind forloeb.MailKind, f *forloeb.Forloeb, to uuid.UUID, now time.Time, with ...func(*forloeb.Letter)) forloeb.Letter {
	l := forloeb.Letter{
		Mail:      forloeb.Mail{ID: 4711, Kind: kind, Recipient: to, Ordinal: 1, State: forloeb.MailSending, PlannedAt: now},
		MessageID: "4711." + string(kind) + "@spark.example.dk", Date: now, Forloeb: f, Now: now,
	}
	l.Party, l.Guest = f.Party(to), f.Guest(to)
	if l.Party == nil && l.Guest == nil {
		c := karen()
		if to == formerID {
			c = former()
		}
		l.Consultant = &c
	}
	for _, change := range with {
		change(&l)
	}
	return l
}

// withGuest: the leader, or staff, has written a mødedeltager on.
func withGuest(f *forloeb.Forloeb, by uuid.UUID) *forloeb.Forloeb {
	f.Guests = []forloeb.Guest{{ID: guestID, WorkplaceID: workplaceID, By: by, Name: "Ærø Sjöberg", Email: "aeroe@sonderborg.example.dk", AddedAt: start}}
	return f
}

// guestOff: and they have been taken off again.
func guestOff(f *forloeb.Forloeb) *forloeb.Forloeb {
	withGuest(f, leaderID).Guests[0].RemovedAt = clock("2027-01-04 10:00")
	return f
}

func ordinal(n int64) func(*forloeb.Letter) { return func(l *forloeb.Letter) { l.Mail.Ordinal = n } }

func ref(id uuid.UUID) func(*forloeb.Letter) { return refers(id.String()) }

func refers(to string) func(*forloeb.Letter) {
	return func(l *forloeb.Letter) { l.Mail.Ref = to }
}

// about is the meeting the letter is about.
func about(change func(*forloeb.Meeting)) func(*forloeb.Letter) {
	return func(l *forloeb.Letter) {
		l.Meeting = l.Forloeb.Meeting(meetingID)
		change(l.Meeting)
	}
}

func asItIs(*forloeb.Meeting) {}

// onlinePlace is a place on the web, with what HTML must escape.
const onlinePlace = "https://video.example.dk/moede/17?kode=4&rum=2"

func prepared(m *forloeb.Meeting) { m.PrepTask = canaryText + " 13" }

func online(m *forloeb.Meeting) { m.Place = onlinePlace }

func moved(m *forloeb.Meeting) {
	m.MovedFrom, m.Sequence = m.StartsAt, m.Sequence+1
	m.StartsAt, m.EndsAt = clock("2027-01-28 09:00"), clock("2027-01-28 12:00")
}

func cancelled(m *forloeb.Meeting) {
	m.State, m.StateAt, m.Sequence = forloeb.Cancelled, clock("2027-01-14 10:00"), m.Sequence+2
}

func lines(n int) func(*forloeb.Letter) {
	return func(l *forloeb.Letter) {
		for i := range n {
			l.Digest = append(l.Digest, forloeb.DigestItem{
				Reference: fmt.Sprintf("26-48%02d", 17+i), Meeting: 2, MeetingID: meetingID,
				Since: clock("2026-12-10 13:00").AddDate(0, 0, i), Before: clock("2026-12-30 23:59").AddDate(0, 0, i)})
		}
	}
}

// regionalLetter is the same letter in a forløb of the regional programme.
func regionalLetter(l forloeb.Letter) forloeb.Letter {
	f := *l.Forloeb
	f.Programme, f.Type, f.Provider = forloeb.Regional, forloeb.ExpertAdvice, forloeb.ProviderNFA
	l.Forloeb = &f
	return l
}
