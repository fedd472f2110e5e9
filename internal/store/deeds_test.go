package store_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// rows is what the database holds of one forløb, to see that a refusal wrote
// nothing.
func rows(l *life) (counts []string) {
	l.t.Helper()
	for _, table := range []string{"applications", "workplaces", "parties", "acts", "forloeb_events", "assignments", "meetings", "mails", "tasks", "remarks", "conflicts"} {
		counts = append(counts, fmt.Sprint(table, " ", l.Count(`select count(*) from `+table+` where forloeb_id = $1`, l.id)))
	}
	for _, table := range []string{"consents", "signatures", "meeting_places", "answers", "answer_remarks", "party_contacts"} {
		counts = append(counts, fmt.Sprint(table, " ", l.Count(`select count(*) from `+table)))
	}
	return counts
}

// refused checks that a deed is refused with a code and leaves no trace.
func (l *life) refused(code forloeb.RefusalCode, by forloeb.Actor, d forloeb.Deed) {
	l.t.Helper()
	before, counts := l.Read(l.id), rows(l)
	require.Equal(l.t, code, l.Refused(l.id, by, d).Code, "%T", d)
	require.Equal(l.t, before, l.Read(l.id), "%T", d)
	require.Equal(l.t, counts, rows(l), "%T", d)
}

// fact records a deed, and checks what is the same for all: one act, version
// + 1, and that the status is left to the process.
func (l *life) fact(by forloeb.Actor, d forloeb.Deed) *forloeb.Forloeb {
	l.t.Helper()
	before := l.Read(l.id)
	r := l.Do(l.id, by, d)
	f := l.Read(l.id)
	require.Equal(l.t, before.Version+1, f.Version)
	require.Equal(l.t, before.Status, f.Status)
	require.Len(l.t, f.Acts, len(before.Acts)+1)
	last := f.Acts[len(f.Acts)-1]
	require.Equal(l.t, d.Line(), forloeb.Line{Name: last.Name, Ref: last.Ref, Detail: last.Detail})
	require.Equal(l.t, by, last.Actor)
	told := r.Acts[len(r.Acts)-1]
	require.True(l.t, last.At.Equal(told.At))
	told.At = last.At
	require.Equal(l.t, last, told)
	require.Equal(l.t, before.Version, r.Forloeb.Version, "as it was under the lock")
	return f
}

func TestDeedsOfTheParties(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Settle(l.id)
	f := l.Read(l.id)
	leader, rep := f.CurrentParties()[0], f.CurrentParties()[1]
	yes := storetest.Answer(f, leader, forloeb.Yes)

	unsigned, nothingToFix, stranger := yes, storetest.Answer(f, leader, forloeb.Fix), yes
	unsigned.Signature, nothingToFix.Remark, stranger.Party = "12", " ", uuid.New()
	l.refused(forloeb.RefuseNoSignature, storetest.By(leader), unsigned)
	l.refused(forloeb.RefuseNoRemark, storetest.By(leader), nothingToFix)
	l.refused(forloeb.RefuseNotAParty, storetest.By(leader), stranger)

	got := l.fact(storetest.By(leader), yes).Party(leader.ID).Consent
	require.Equal(t, forloeb.Yes, got.Answer)
	require.Equal(t, "Mette Holm", got.Signature)
	require.Equal(t, f.Application.Hash, got.TextHash)
	require.Equal(t, forloeb.ByLink, got.Channel)
	l.refused(forloeb.RefuseAlreadyAnswered, storetest.By(leader), storetest.Answer(f, leader, forloeb.No))

	l.fact(storetest.By(rep), forloeb.AskLink{Party: rep.ID})
	l.refused(forloeb.RefuseTooSoon, storetest.By(rep), forloeb.AskLink{Party: rep.ID})
	l.fact(storetest.By(rep), forloeb.AskText{Party: rep.ID})
	l.refused(forloeb.RefuseTooSoon, storetest.By(rep), forloeb.AskText{Party: rep.ID})
	l.Settle(l.id)
	l.post("2026-11-23 10:00 answer_yes leader", "2026-11-23 10:00 application_text rep", "2026-11-23 10:00 consent_request leader",
		"2026-11-23 10:00 consent_request rep", "2026-11-23 10:00 link_again rep")

	f = l.fact(storetest.By(rep), forloeb.LeaveParty{Party: rep.ID, Successor: "Sofie Krogh"})
	require.False(t, f.Party(rep.ID).LeftAt.IsZero())
	require.Equal(t, 1, l.Count(`select count(*) from remarks where kind = 'left' and text = 'Sofie Krogh'`))
	l.refused(forloeb.RefusePartyLeft, storetest.By(rep), forloeb.LeaveParty{Party: rep.ID})
	l.refused(forloeb.RefusePartyLeft, storetest.By(rep), storetest.Answer(f, rep, forloeb.Yes))
	l.refused(forloeb.RefusePartyLeft, storetest.By(rep), forloeb.AskLink{Party: rep.ID})

	f = l.fact(storetest.By(leader), forloeb.Withdraw{Party: leader.ID, Reason: "Vi venter."})
	require.False(t, f.WithdrawnAt.IsZero())
	l.refused(forloeb.RefuseClosed, storetest.By(leader), forloeb.Withdraw{Party: leader.ID})
	l.Settle(l.id)
	l.fact(storetest.By(leader), forloeb.AskReopen{Party: leader.ID})
	l.Settle(l.id)
	require.Equal(t, []string{"reopen_asked"}, l.tasks())
}

func TestDeedsAboutPeople(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Settle(l.id)
	f := l.Read(l.id)
	leader, rep := f.CurrentParties()[0], f.CurrentParties()[1]
	address := func(email string) forloeb.CorrectAddress {
		return forloeb.CorrectAddress{Party: rep.ID, Email: email}
	}
	l.refused(forloeb.RefuseBadAddress, storetest.Secretary, address("amir@"))
	l.refused(forloeb.RefuseSameAddress, storetest.Secretary, address(leader.Contact.Email))
	got := l.fact(storetest.Secretary, address(" Amir.Dahl@Example.dk ")).Party(rep.ID)
	require.Equal(t, "amir.dahl@example.dk", got.Contact.Email)
	require.Zero(t, got.Corrections, "only the starter's are counted")

	withPhone := func(phone string) forloeb.CorrectAddress {
		d := address(got.Contact.Email)
		d.Phone = &phone
		return d
	}
	require.Equal(t, "70 00 00 09", l.fact(storetest.Secretary, withPhone(" 70 00 00\t09")).Party(rep.ID).Contact.Phone)
	require.Equal(t, "70 00 00 09", l.fact(storetest.Secretary, address(got.Contact.Email)).Party(rep.ID).Contact.Phone, "kept")
	require.Empty(t, l.fact(storetest.Secretary, withPhone("")).Party(rep.ID).Contact.Phone, "removed")

	same := replacement(rep.ID)
	same.Contact.Name = "METTE  holm"
	l.refused(forloeb.RefuseSamePerson, storetest.Secretary, same)
	nobody := replacement(rep.ID)
	nobody.Contact.Name = ""
	l.refused(forloeb.RefuseNoName, storetest.Secretary, nobody)
	by := replacement(rep.ID)
	f = l.fact(storetest.Secretary, by)
	require.Equal(t, rep.ID, f.Party(by.New).ReplacesParty)
	require.Equal(t, forloeb.RoleAMR, f.Party(by.New).Role)
	require.False(t, f.Party(rep.ID).Current())
	l.refused(forloeb.RefusePartyReplaced, storetest.Secretary, replacement(rep.ID))

	l.refused(forloeb.RefuseNotFound, storetest.Secretary, forloeb.SettleMail{Mail: 999, Action: forloeb.ResendMail})
	l.refused(forloeb.RefuseNotFound, storetest.Secretary, forloeb.CloseTask{Task: 999})
	for _, action := range []forloeb.MailAction{forloeb.ResendMail, forloeb.ReleaseMail, forloeb.LetMailBe} {
		l.refused(forloeb.RefuseMailNotSettleable, storetest.Secretary, forloeb.SettleMail{Mail: f.Mails[0].ID, Action: action})
	}
}

func TestDeedsAboutAssignment(t *testing.T) {
	t.Parallel()
	l := begin(t)
	karen, bo := l.Consultant("Karen Lund", 1), l.Consultant("Bo Skov", 1)
	l.refused(forloeb.RefuseNotAssessed, storetest.Secretary, forloeb.Decide{Decision: forloeb.Approve})
	l.refused(forloeb.RefuseCatchingUp, storetest.Secretary, forloeb.Assign{Consultant: karen})
	l.Settle(l.id)
	l.refused(forloeb.RefuseWrongStatus, storetest.Secretary, forloeb.Assign{Consultant: karen})
	l.refused(forloeb.RefuseWrongStatus, storetest.Secretary, forloeb.Release{Reason: "x"})
	l.Policy(l.id, func(p *forloeb.Policy) { p.Assignment = forloeb.Proposed })
	l.agree()
	l.refused(forloeb.RefuseConsultantUnknown, storetest.Secretary, forloeb.Assign{Consultant: uuid.New()})
	f := l.fact(storetest.Secretary, forloeb.Assign{Consultant: karen})
	require.Equal(t, "chosen", f.Assignment().Reason)
	require.Len(t, f.Assignment().Score, 3)
	l.refused(forloeb.RefuseAlreadyAssigned, storetest.Secretary, forloeb.Assign{Consultant: karen})
	l.Settle(l.id)
	l.refused(forloeb.RefuseNoReason, storetest.Secretary, forloeb.Assign{Consultant: bo})
	f = l.fact(storetest.Secretary, forloeb.Assign{Consultant: bo, Reason: "Karen er syg."})
	require.Equal(t, "reassigned", f.Assignment().Reason)
	require.Len(t, f.Assignments, 2)
	l.Settle(l.id)
	l.refused(forloeb.RefuseNoReason, storetest.Secretary, forloeb.Release{})
	require.Nil(t, l.fact(storetest.Secretary, forloeb.Release{Reason: "Bo er inhabil."}).Assignment())
	l.Settle(l.id)
	l.status(forloeb.AwaitingConsultant)
	edited := l.Read(l.id).Submission()
	edited.Workplace, edited.Declared = "Nørreskolen", true
	require.Equal(t, "Nørreskolen", l.fact(storetest.Secretary, forloeb.ChangeApplication{Submission: edited.Clean()}).Lead().Name)
}

func TestDeedsAboutMeetings(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	book := func(start time.Time, long time.Duration) forloeb.BookMeeting {
		return forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: start, EndsAt: start.Add(long), Place: "Lærerværelset"}
	}
	l.refused(forloeb.RefuseBadMeetingTime, storetest.Secretary, book(at(2026, 12, 8, 13, 0), -time.Hour))
	l.refused(forloeb.RefuseBadMeetingTime, storetest.Secretary, book(at(2026, 12, 8, 7, 0), 11*time.Hour))
	l.refused(forloeb.RefuseMeetingPast, storetest.Secretary, book(at(2026, 11, 23, 13, 0), time.Hour))
	l.refused(forloeb.RefuseMeetingHours, storetest.Secretary, book(at(2026, 12, 8, 20, 0), time.Hour))
	late := book(at(2026, 12, 7, 20, 0), time.Hour)
	late.OddHours = true
	require.Equal(t, forloeb.Booked, l.fact(storetest.Secretary, late).Meeting(late.Meeting).State)
	l.Settle(l.id)
	l.refused(forloeb.RefuseMeetingBookedAlready, storetest.Secretary, func() forloeb.BookMeeting {
		b := book(at(2026, 12, 7, 20, 30), time.Hour)
		b.OddHours = true
		return b
	}())
	l.refused(forloeb.RefuseNotFound, storetest.Secretary, forloeb.CancelMeeting{Meeting: uuid.New()})
	l.refused(forloeb.RefuseNotFound, storetest.Secretary, forloeb.RegisterMeeting{Meeting: uuid.New()})
	l.refused(forloeb.RefuseMeetingNotBegun, storetest.Secretary, forloeb.RegisterMeeting{Meeting: late.Meeting, Held: true})
	l.refused(forloeb.RefuseNoReason, storetest.Secretary, forloeb.GrantExtra{N: 1})
	l.refused(forloeb.RefuseTooManyMeetings, storetest.Secretary, forloeb.GrantExtra{N: 3, Reason: "x"})
	l.refused(forloeb.RefuseNoMeetingHeld, storetest.Secretary, forloeb.FinishMeetings{})
	l.refused(forloeb.RefuseMeetingPast, storetest.Secretary,
		forloeb.MoveMeeting{Meeting: late.Meeting, StartsAt: at(2026, 11, 23, 9, 0), EndsAt: at(2026, 11, 23, 10, 0)})
	record := func(start time.Time) forloeb.RecordMeeting {
		return forloeb.RecordMeeting{Meeting: uuid.New(), StartsAt: start, EndsAt: start.Add(time.Hour)}
	}
	l.refused(forloeb.RefuseMeetingNotBegun, storetest.Secretary, record(at(2026, 12, 1, 9, 0)))
	l.refused(forloeb.RefuseMeetingTooFarBack, storetest.Secretary, record(at(2026, 9, 1, 9, 0)))
	f := l.fact(storetest.Secretary, forloeb.CancelMeeting{Meeting: late.Meeting, Reason: "Sygdom."})
	require.Equal(t, forloeb.Cancelled, f.Meeting(late.Meeting).State)
	l.Settle(l.id)
	l.refused(forloeb.RefuseMeetingNotBooked, storetest.Secretary, forloeb.CancelMeeting{Meeting: late.Meeting})
	l.refused(forloeb.RefuseMeetingNotBooked, storetest.Secretary, forloeb.RegisterMeeting{Meeting: late.Meeting})
	held := record(at(2026, 11, 24, 9, 0))
	f = l.fact(storetest.Secretary, held)
	require.Equal(t, 2, f.Meeting(held.Meeting).Ordinal)
	require.Equal(t, 1, f.HeldCount())
	l.Settle(l.id)
	require.False(t, l.fact(storetest.Secretary, forloeb.FinishMeetings{Reason: "Nok."}).FinishedAt.IsZero())
}

func TestSeveralDeedsAtOnce(t *testing.T) {
	t.Parallel()
	l := meeting(t)
	book := func(month time.Month, day int) forloeb.BookMeeting {
		start := at(2027, month, day, 9, 0)
		return forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: start, EndsAt: start.Add(3 * time.Hour), Place: "Lærerværelset"}
	}
	series := []forloeb.BookMeeting{book(1, 12), book(3, 2), book(4, 20), book(6, 15)}
	deeds := func(list ...forloeb.BookMeeting) (all []forloeb.Deed) {
		for _, d := range list {
			all = append(all, d)
		}
		return all
	}

	// One that is illegal refuses all of them, and says which it was.
	for code, wrong := range map[forloeb.RefusalCode][]forloeb.BookMeeting{
		forloeb.RefuseMeetingBookedAlready: {series[0], series[1], book(1, 12)},
		forloeb.RefuseMeetingPast:          {series[0], series[1], {Meeting: uuid.New(), StartsAt: at(2026, 11, 1, 9, 0), EndsAt: at(2026, 11, 1, 10, 0)}},
		forloeb.RefuseNeedsExtraMeetings:   {series[0], series[1], series[2], series[3], book(8, 10)},
	} {
		before, counts := l.Read(l.id), rows(l)
		_, err := l.API.RecordAll(t.Context(), l.id, storetest.Secretary, deeds(wrong...))
		var r *forloeb.Refusal
		require.ErrorAs(t, err, &r)
		require.Equal(t, code, r.Code)
		require.Equal(t, len(wrong), r.Item, "the last one")
		require.Equal(t, before, l.Read(l.id))
		require.Equal(t, counts, rows(l))
	}
	_, err := l.API.RecordAll(t.Context(), uuid.New(), storetest.Secretary, deeds(series...))
	require.ErrorAs(t, err, new(*forloeb.Refusal))
	require.Zero(t, store.ErrNotFound.Item, "a refusal that is shared stays as it is")

	// Together they are what they would be one by one.
	before := l.Read(l.id)
	r, err := l.API.RecordAll(t.Context(), l.id, storetest.Secretary, deeds(series...))
	require.NoError(t, err)
	require.Equal(t, before.Version, r.Forloeb.Version, "as it was before the first")
	require.Len(t, r.Acts, 4)
	f := l.Read(l.id)
	require.Equal(t, before.Version+4, f.Version)
	for i, d := range series {
		act, m := f.Acts[len(f.Acts)-4+i], f.Meeting(d.Meeting)
		require.Equal(t, d.Line(), forloeb.Line{Name: act.Name, Ref: act.Ref})
		require.Equal(t, before.Version+int64(i)+1, act.Version)
		require.Equal(t, act.Version, r.Acts[i].Version)
		require.Equal(t, i+1, m.Ordinal)
		require.Equal(t, "Lærerværelset", m.Place)
	}
	l.Settle(l.id)
	l.status(forloeb.InProgress)
	var invited []string
	for range series {
		invited = append(invited, l.everybody("2026-11-24 12:00", "meeting_invitation")...)
	}
	require.ElementsMatch(t, invited, l.Post(l.id), "an invitation each")
	require.Equal(t, 4, l.Count(`select count(distinct ref) from mails where forloeb_id = $1 and kind = 'meeting_invitation'`, l.id))
}

// Complaint K35.
func TestDeedsOfTheEvaluation(t *testing.T) {
	t.Parallel()
	l := sleeping(t)
	leader, rep := l.Party(l.id, forloeb.Leader), l.Party(l.id, forloeb.Rep)
	answer := forloeb.AnswerEvaluation{Party: leader.ID, Answers: storetest.Evaluation()}
	l.refused(forloeb.RefuseWrongStatus, storetest.By(leader), answer)
	l.to(2027, 6, 30, 12, 0)
	l.refused(forloeb.RefuseEvaluationIncomplete, storetest.By(leader), forloeb.AnswerEvaluation{Party: leader.ID})
	f := l.fact(storetest.By(leader), answer)
	require.False(t, f.Invitation(leader.ID).AnsweredAt.IsZero())
	require.Equal(t, 1, l.Count(`select count(*) from answers a join answer_remarks r on r.answer_id = a.id
		where choices = '{"planned": "yes", "ongoing": "yes"}' and r.remark = 'Godt forløb.' and day = '2027-06-30'`))
	l.refused(forloeb.RefuseEvaluationAnswered, storetest.By(leader), answer)
	f = l.fact(storetest.By(rep), forloeb.RefuseEvaluation{Party: rep.ID})
	require.False(t, f.Invitation(rep.ID).RefusedAt.IsZero())
	l.Settle(l.id)
	l.status(forloeb.Completed)
	l.refused(forloeb.RefuseEvaluationClosed, storetest.By(rep), forloeb.AnswerEvaluation{Party: rep.ID, Answers: storetest.Evaluation()})
	l.refused(forloeb.RefuseNotReopenable, storetest.Secretary, forloeb.Reopen{Reason: "x"})
	l.refused(forloeb.RefuseClosed, storetest.By(leader), forloeb.Withdraw{Party: leader.ID})
}

func TestDeedsOnWhatIsNotThere(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	require.Equal(t, forloeb.RefuseNotFound, e.Refused(uuid.New(), storetest.Secretary, forloeb.Stop{Reason: "x"}).Code)
	for _, find := range []func() error{
		func() error { _, err := e.API.Forloeb(t.Context(), uuid.New()); return err },
		func() error { _, err := e.API.Party(t.Context(), uuid.New()); return err },
		func() error { _, err := e.API.ByMeeting(t.Context(), uuid.New()); return err },
		func() error { _, err := e.API.ByMail(t.Context(), 999); return err },
		func() error { _, err := e.API.ByTask(t.Context(), 999); return err },
		func() error { _, err := e.API.Now(t.Context(), uuid.New()); return err },
	} {
		var r *forloeb.Refusal
		require.ErrorAs(t, find(), &r)
		require.Equal(t, forloeb.RefuseNotFound, r.Code)
	}
}
