package forloeb

import (
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// waitingScene is a forløb, the moment it is looked at, and what it says.
type waitingScene struct {
	key  WaitKey
	s    *scene
	now  time.Time
	want string
}

func (w waitingScene) waiting() Waiting {
	if w.key.Self() {
		return w.s.WaitingFor(w.s.Party(w.s.leader), w.now)
	}
	return w.s.Waiting(w.now)
}

// with changes a scene in passing.
func (s *scene) with(change func(s *scene)) *scene { change(s); return s }

func (s *scene) assessed() *scene {
	s.Policy.Intake = Assessed
	return s.asked().says(s.leader, Yes, s.days(1)).says(s.rep, Yes, s.days(3)).to(AwaitingAssessment, s.days(3))
}

// queued has neither party asked yet.
func (s *scene) queued() *scene {
	for _, p := range s.CurrentParties() {
		s.post(MailConsentRequest, p.ID, s.askOrdinal(p), MailPlanned, s.start)
	}
	return s
}

func (s *scene) edited(at time.Time) *scene {
	s.Application.Revision, s.Application.At = 2, at
	for _, p := range s.CurrentParties() {
		s.post(MailChanged, p.ID, s.askOrdinal(p), MailSent, at)
	}
	return s
}

// waitingScenes reach every key of the catalogue.
func waitingScenes() []waitingScene {
	d := func(n int) time.Time { return sceneStart.AddDate(0, 0, n).Add(time.Hour) }
	march := at13(2027, 3, 31)
	june := time.Date(2027, 6, 30, 12, 0, 0, 0, Copenhagen)
	return []waitingScene{
		{WaitProcessing, newScene().asked().with(func(s *scene) { s.says(s.leader, Yes, s.days(1)).Version++ }), d(1), ""},

		{WaitConsentSelf, newScene().asked(), d(0), ""},
		{WaitConsentNone, newScene().asked(), d(0), ""},
		{WaitConsentOne, newScene().asked().with(func(s *scene) { s.says(s.leader, Yes, s.days(1)) }), d(1), ""},
		{WaitConsentLast, newScene().asked().with(func(s *scene) {
			s.says(s.leader, Yes, s.days(1)).remind(s.rep, 1, s.days(3)).remind(s.rep, 2, s.days(14))
		}), d(15), ""},
		{WaitConsentLast, newScene().asked().with(func(s *scene) {
			s.remind(s.leader, 2, s.days(14)).remind(s.rep, 2, s.days(14))
		}), d(15), ""},
		{WaitConsentLate, newScene().asked(), d(22), ""},
		{WaitConsentQueued, newScene().queued(), d(0), ""},
		{WaitConsentQueuedLate, newScene().queued(), d(1), ""},
		{WaitConsentHeld, newScene().asked().with(func(s *scene) {
			m := s.askMail(s.Party(s.rep))
			m.State, m.SentAt, m.Held = MailPlanned, time.Time{}, true
		}), d(0), ""},
		{WaitConsentBounced, newScene().asked().with(func(s *scene) { s.lost(MailConsentRequest, s.rep, MailFailed, s.days(1)) }), d(1), ""},
		{WaitConsentWrong, newScene().asked().with(func(s *scene) { s.Party(s.rep).NotMeAt = s.days(1) }), d(1), ""},
		{WaitConsentFix, newScene().asked().with(func(s *scene) { s.Party(s.rep).FixAskedAt = s.days(1) }), d(1), ""},
		{WaitConsentChanged, newScene().asked().edited(d(2)), d(2), ""},

		{WaitAssessPool, newScene().assessed(), d(4), ""},
		{WaitAssessPoolLate, newScene().assessed().with(func(s *scene) { s.post(MailStillWaiting, s.leader, 1, MailSent, s.days(34)) }), d(36), ""},
		{WaitAssessWaitlist, newScene().assessed().with(func(s *scene) { s.Decision, s.DecidedAt = Waitlist, s.days(10) }), d(11), ""},

		{WaitAssignSearching, newScene().agreed(), d(3), ""},
		{WaitAssignFull, newScene().agreed().with(func(s *scene) { s.MatchTriedAt = s.days(4) }), d(4), ""},
		{WaitAssignManual, newScene().agreed().with(func(s *scene) { s.Policy.Assignment = Proposed }), d(4), ""},

		{WaitPlanContact, newScene().planning(), d(4), ""},
		{WaitPlanContactLate, newScene().planning(), d(11), ""},
		{WaitPlanStartBy, newScene().planning(), d(40), ""},
		{WaitPlanStartByLate, newScene().planning(), d(185), ""},
		{WaitReassign, newScene().planning().with(func(s *scene) { s.meeting(Booked, s.days(30)).assigned(s.days(20)) }), d(20), ""},

		{WaitMeetNext, newScene().held(1).meeting(Booked, at13(2027, 4, 22)), march.AddDate(0, 0, 1), ""},
		{WaitMeetNext, newScene().held(1).meeting(Booked, at13(2027, 4, 22)), at13(2027, 4, 21), ""},
		{WaitMeetToday, newScene().held(1).meeting(Booked, at13(2027, 4, 22)), at13(2027, 4, 22).Add(-time.Hour), ""},
		{WaitMeetRegister, newScene().held(1).meeting(Booked, at13(2027, 4, 22)), at13(2027, 4, 23), ""},
		{WaitMeetRegisterLate, newScene().held(1).meeting(Booked, at13(2027, 4, 22)), at13(2027, 5, 4), ""},
		{WaitMeetUnplanned, newScene().held(2), march.AddDate(0, 0, 1), ""},
		{WaitMeetUnplannedLate, newScene().held(2), march.AddDate(0, 0, 20), ""},
		{WaitMeetCancelled, newScene().held(1).meeting(Cancelled, at13(2027, 4, 7)), at13(2027, 4, 8), ""},
		{WaitMeetNoShow, newScene().held(1).meeting(NoShow, at13(2027, 4, 7)), at13(2027, 4, 8), ""},

		{WaitContactReplace, newScene().held(1).with(func(s *scene) { s.Party(s.leader).LeftAt = at13(2027, 4, 6) }), at13(2027, 4, 7), ""},
		{WaitContactSelf, newScene().held(1).with(func(s *scene) { s.Party(s.leader).Consent = nil }), at13(2027, 4, 7), ""},

		{WaitEvalRest, newScene().held(4).to(AwaitingEvaluation, march.Add(4*time.Hour)), march.AddDate(0, 1, 0), ""},
		{WaitEvalRestLate, newScene().held(4).to(AwaitingEvaluation, march.Add(4*time.Hour)), march.AddDate(0, 4, 0), ""},
		{WaitEvalSelf, newScene().evaluating(), june, ""},
		{WaitEvalQueued, newScene().evaluating().with(func(s *scene) {
			for i := range s.Mails {
				if s.Mails[i].Kind == MailEvaluationRequest {
					s.Mails[i].State, s.Mails[i].SentAt = MailPlanned, time.Time{}
				}
			}
		}), june, ""},
		{WaitEvalNone, newScene().evaluating(), june, ""},
		{WaitEvalOne, newScene().evaluating().with(func(s *scene) { s.Invitations[0].AnsweredAt = june }), june.Add(time.Hour), ""},
		{WaitEvalMissing, newScene().evaluating().with(func(s *scene) { s.Invitations[0].RefusedAt = june }), june.Add(time.Hour), ""},
		{WaitEvalLast, newScene().evaluating().with(func(s *scene) {
			for _, p := range s.CurrentParties() {
				s.post(MailEvaluationReminder, p.ID, 12, MailSent, june.AddDate(0, 1, 14))
			}
		}), june.AddDate(0, 1, 15), ""},
		{WaitEvalLate, newScene().evaluating(), june.AddDate(0, 3, 0), ""},
		{WaitEvalBounced, newScene().evaluating().with(func(s *scene) { s.lost(MailEvaluationRequest, s.rep, MailFailed, june) }), june, ""},
		{WaitEvalUncertain, newScene().evaluating().with(func(s *scene) { s.lost(MailEvaluationRequest, s.rep, MailUncertain, june) }), june, ""},

		{WaitDoneCompleted, newScene().evaluating().to(Completed, june.AddDate(0, 0, 9)), june.AddDate(0, 0, 10), ""},
		{WaitDoneDeclined, newScene().asked().with(func(s *scene) { s.says(s.rep, No, s.days(1)).to(Declined, s.days(1)) }), d(2), ""},
		{WaitDoneLapsed, newScene().asked().to(Lapsed, d(22)), d(23), ""},
		{WaitDoneLapsed, newScene().asked().to(Lapsed, d(22)), d(60), ""},
		{WaitDoneRejected, newScene().assessed().to(Rejected, d(10)), d(11), ""},
		{WaitDoneWithdrawn, newScene().agreed().to(Withdrawn, d(10)), d(11), ""},
		{WaitDoneStopped, newScene().held(1).to(Stopped, march.AddDate(0, 0, 1)), march.AddDate(0, 0, 2), ""},
	}
}

func TestDump(t *testing.T) {
	for _, w := range waitingScenes() {
		got := w.waiting()
		mark := ""
		if got.Key != w.key {
			mark = "   <<<<<<<<< want " + string(w.key)
		}
		fmt.Printf("%s | %s | %s%s\n", got.Key, got.Sentence(), got.English(), mark)
	}
	require.True(t, true)
}
