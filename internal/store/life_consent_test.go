package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// Complaint K9.
func TestDeclined(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 23, 12, 0).answer(forloeb.Leader, forloeb.Yes)
	l.Post(l.id)
	l.to(2026, 11, 24, 22, 0).answer(forloeb.Rep, forloeb.No)
	l.post("2026-11-24 22:00 answer_no rep", "2026-11-24 22:00 declined leader")
	l.status(forloeb.Declined)
	l.to(2027, 11, 24, 12, 0)
	l.post()
}

// Complaint K1, K27.
func TestLapsed(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 23, 12, 0).answer(forloeb.Leader, forloeb.Yes)
	l.Post(l.id)
	l.to(2026, 12, 14, 23, 59)
	l.post("2026-11-26 10:00 consent_reminder rep",
		"2026-12-07 10:00 consent_reminder rep", "2026-12-07 10:00 other_missing leader")
	l.status(forloeb.AwaitingConsent)
	l.to(2026, 12, 15, 0, 30)
	l.post("2026-12-14 23:59 lapsed leader", "2026-12-14 23:59 lapsed rep")
	l.status(forloeb.Lapsed)
}

func TestAnsweringAfterTheDeadlineIsRefusedAlsoWhileTheProcessIsLate(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Settle(l.id)
	rep := l.Party(l.id, forloeb.Rep)
	yes := storetest.Answer(l.Read(l.id), rep, forloeb.Yes)
	l.Wind(l.id, at(2026, 12, 15, 0, 1))
	r := l.Refused(l.id, storetest.By(rep), yes)
	require.Equal(t, forloeb.RefuseDeadlinePassed, r.Code)
	require.True(t, r.Date.Equal(at(2026, 12, 14, 23, 59).Add(59e9)))
	l.Wind(l.id, at(2026, 12, 14, 23, 58))
	l.Do(l.id, storetest.By(rep), yes)
}

func TestConsentOverJuly(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	l := &life{Env: e, t: t, id: e.ApplyAt(at(2027, 6, 28, 10, 0))} // a Monday
	l.to(2027, 8, 31, 12, 0)
	l.post("2027-06-28 10:00 consent_request leader", "2027-06-28 10:00 consent_request rep",
		"2027-08-02 08:00 consent_reminder leader", "2027-08-02 08:00 consent_reminder rep",
		"2027-08-11 08:00 consent_reminder leader", "2027-08-11 08:00 consent_reminder rep",
		"2027-08-19 23:59 lapsed leader", "2027-08-19 23:59 lapsed rep")
}

// What was missed while the system was down is one mail, in office hours.
//
// Complaint K8.
func TestMissedRemindersCollapseToOne(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 23, 12, 0).answer(forloeb.Leader, forloeb.Yes)
	l.Post(l.id)
	l.SettleAt(l.id, at(2026, 12, 12, 22, 0)) // a Saturday night
	l.post()
	l.to(2026, 12, 14, 12, 0)
	l.post("2026-12-14 08:00 consent_reminder rep", "2026-12-14 08:00 other_missing leader")
}

func TestAddressCorrected(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 23, 12, 0)
	l.Post(l.id)
	rep := l.Party(l.id, forloeb.Rep)
	l.do(storetest.Applicant, forloeb.CorrectAddress{Party: rep.ID, Email: "amir.den.rigtige@example.dk"})
	l.post("2026-11-23 12:00 consent_request rep")
	require.Equal(t, rep.LinkVersion+1, l.Party(l.id, forloeb.Rep).LinkVersion)
	require.Equal(t, "amir.den.rigtige@example.dk", l.Party(l.id, forloeb.Rep).Contact.Email)

	l.do(storetest.Applicant, forloeb.CorrectAddress{Party: rep.ID, Email: "amir.to@example.dk"})
	r := l.Refused(l.id, storetest.Applicant, forloeb.CorrectAddress{Party: rep.ID, Email: "amir.tre@example.dk"})
	require.Equal(t, forloeb.RefuseTooManyCorrections, r.Code)
	l.Post(l.id)
	l.to(2026, 12, 14, 23, 58) // its own clock starts anew
	l.post("2026-11-26 10:00 consent_reminder leader", "2026-11-26 12:00 consent_reminder rep",
		"2026-12-07 10:00 consent_reminder leader", "2026-12-07 12:00 consent_reminder rep")
}

func TestNotMe(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 23, 12, 0)
	l.Post(l.id)
	rep := l.Party(l.id, forloeb.Rep)
	l.answer(forloeb.Rep, forloeb.NotMe)
	l.post()
	require.Equal(t, []string{"wrong_person"}, l.tasks())
	require.Equal(t, rep.LinkVersion+1, l.Party(l.id, forloeb.Rep).LinkVersion, "the link is dead")
	l.to(2027, 2, 1, 12, 0) // nobody lapses, and nobody writes to a stranger
	l.post("2026-11-26 10:00 consent_reminder leader", "2026-12-07 10:00 consent_reminder leader")
	l.status(forloeb.AwaitingConsent)

	l.do(storetest.Secretary, forloeb.CorrectAddress{Party: rep.ID, Email: "amir.den.rigtige@example.dk"})
	l.post("2027-02-01 12:00 consent_request rep")
	require.Empty(t, l.tasks())
}

func TestFixAskedAndEdited(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 23, 12, 0).answer(forloeb.Leader, forloeb.Yes)
	l.Post(l.id)
	l.to(2026, 11, 24, 12, 0).answer(forloeb.Rep, forloeb.Fix)
	l.post("2026-11-24 12:00 fix_asked leader")
	require.Equal(t, []string{"fix"}, l.tasks())
	l.to(2027, 1, 11, 12, 0) // the clocks stand still
	l.post()
	l.status(forloeb.AwaitingConsent)

	edited := l.Read(l.id).Submission()
	edited.Employees, edited.Declared = forloeb.Employees20To49, true
	l.do(storetest.Secretary, forloeb.ChangeApplication{Submission: edited.Clean()})
	l.post("2027-01-11 12:00 changed leader", "2027-01-11 12:00 changed rep")
	require.Empty(t, l.tasks())
	f := l.Read(l.id)
	require.Equal(t, 2, f.Application.Revision)
	require.Len(t, f.Pending(), 2, "the answers are void")
	old := storetest.Answer(f, l.Party(l.id, forloeb.Leader), forloeb.Yes)
	old.Revision = 1
	require.Equal(t, forloeb.RefuseRevisionChanged, l.Refused(l.id, storetest.Applicant, old).Code)

	l.agree()
	l.status(forloeb.AwaitingConsultant)
	require.Equal(t, 3, l.Count(`select count(*) from consents`), "the first yes is kept")
}

func TestPartyReplacedBeforeTheAnswer(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 24, 12, 0)
	l.Post(l.id)
	old := l.Party(l.id, forloeb.Rep)
	yes := storetest.Answer(l.Read(l.id), old, forloeb.Yes)
	l.do(storetest.Secretary, replacement(old.ID))
	l.post("2026-11-24 12:00 consent_request rep", "2026-11-24 12:00 contact_old rep")
	require.Equal(t, forloeb.RefuseLinkReplaced, l.Refused(l.id, storetest.By(old), yes).Code)
	l.agree()
	l.status(forloeb.AwaitingConsultant)
}

func replacement(party uuid.UUID) forloeb.ReplaceParty {
	return forloeb.ReplaceParty{Party: party, New: uuid.New(), Role: forloeb.RoleAMR,
		Contact: forloeb.Contact{Name: "Sofie Krogh", Email: "sofie.krogh@example.dk"}}
}

func TestEditedWhileWaitingForAConsultant(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.to(2026, 11, 24, 12, 0).agree()
	l.Post(l.id)
	l.status(forloeb.AwaitingConsultant)
	edited := l.Read(l.id).Submission()
	edited.Themes, edited.Declared = []forloeb.ThemeCode{forloeb.ThemeChange}, true
	l.do(storetest.Secretary, forloeb.ChangeApplication{Submission: edited.Clean()})
	l.status(forloeb.AwaitingConsent)
	l.post("2026-11-24 12:00 changed leader", "2026-11-24 12:00 changed rep")
	l.agree()
	l.status(forloeb.AwaitingConsultant)
}

// Complaint K24.
func TestAMailThatCannotArriveIsATaskAndNobodyLapses(t *testing.T) {
	t.Parallel()
	l := begin(t)
	toRep := func(letter forloeb.Letter) forloeb.Outcome {
		if letter.Party != nil && letter.Party.Side == forloeb.Rep {
			return forloeb.Outcome{State: forloeb.MailFailed, Code: "550"}
		}
		return forloeb.Outcome{State: forloeb.MailSent}
	}
	l.Mailer(toRep)
	l.to(2026, 11, 23, 12, 0).answer(forloeb.Leader, forloeb.Yes)
	require.Equal(t, []string{"mail"}, l.tasks())
	l.Post(l.id)
	l.to(2027, 2, 1, 12, 0)
	l.post()
	l.status(forloeb.AwaitingConsent)

	request := l.mailID(forloeb.MailConsentRequest, forloeb.Rep)
	l.Mailer(nil)
	l.do(storetest.Secretary, forloeb.SettleMail{Mail: request, Action: forloeb.ResendMail})
	l.post("2027-02-01 12:00 consent_request rep")
	require.Empty(t, l.tasks())
	l.to(2027, 2, 23, 12, 0)
	l.post("2027-02-04 12:00 consent_reminder rep",
		"2027-02-15 12:00 consent_reminder rep", "2027-02-15 12:00 other_missing leader",
		"2027-02-22 23:59 lapsed leader", "2027-02-22 23:59 lapsed rep")
}

func (l *life) mailID(kind forloeb.MailKind, side forloeb.Side) (id int64) {
	l.t.Helper()
	require.NoError(l.t, l.DB.Get(&id, `select m.id from mails m join parties p on p.id = m.recipient
		where m.forloeb_id = $1 and m.kind = $2 and p.side = $3 order by m.id desc limit 1`, l.id, kind, side))
	return id
}

// Whoever lets a failed mail be has decided: the other party does not wait
// for ever.
func TestAFailedMailThatIsLetBeStartsTheClock(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Mailer(func(forloeb.Letter) forloeb.Outcome { return forloeb.Outcome{State: forloeb.MailFailed, Code: "550"} })
	l.to(2026, 11, 24, 12, 0)
	l.Mailer(nil)
	require.Equal(t, []string{"mail", "mail"}, l.tasks())
	for _, side := range []forloeb.Side{forloeb.Leader, forloeb.Rep} {
		l.do(storetest.Secretary, forloeb.SettleMail{Mail: l.mailID(forloeb.MailConsentRequest, side), Action: forloeb.LetMailBe})
	}
	require.Empty(t, l.tasks())
	l.to(2026, 12, 16, 12, 0)
	l.post("2026-12-15 23:59 lapsed leader", "2026-12-15 23:59 lapsed rep")
}

func TestMailsUnsentForFiveDaysAreATask(t *testing.T) {
	t.Parallel()
	l := begin(t)
	l.Mailer(func(forloeb.Letter) forloeb.Outcome { return forloeb.Outcome{State: forloeb.MailPlanned, Code: "451"} })
	l.to(2026, 11, 28, 9, 59)
	require.Empty(t, l.tasks())
	l.to(2026, 11, 28, 10, 1)
	require.Equal(t, []string{"mail", "mail"}, l.tasks())
	l.Mailer(nil)
	l.SettleAt(l.id, at(2026, 11, 30, 12, 0))
	require.Empty(t, l.tasks())
	l.post("2026-11-30 12:00 consent_request leader", "2026-11-30 12:00 consent_request rep")
}

// A yes from an address that several read is a flag, and no more than that.
func TestAYesFromASharedMailboxIsAFlag(t *testing.T) {
	t.Parallel()
	l := begin(t, func(s *forloeb.Submission) { s.Rep.Email = "kontakt@example.dk" })
	require.Empty(t, l.tasks())
	l.to(2026, 11, 24, 12, 0).answer(forloeb.Rep, forloeb.Yes)
	require.Equal(t, []string{"shared_mailbox"}, l.tasks())
	l.answer(forloeb.Leader, forloeb.Yes)
	require.Contains(t, l.tasks(), "shared_mailbox")
	require.Equal(t, forloeb.AwaitingConsultant, l.Read(l.id).Status)
}
