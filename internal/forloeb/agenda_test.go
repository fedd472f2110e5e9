package forloeb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// A forløb was withdrawn while a letter to a party was being handed over,
// days after it was planned. The letter opened no task any more and yet had its
// date, so the process wrote the same nothing until it was braked (make crash SEED=1).
func TestALetterOnItsWayWhenTheForloebClosesHasNoDate(t *testing.T) {
	for _, kind := range []MailKind{MailReopened, MailConsentReminder, MailWithdrawn} {
		s := newScene().asked()
		s.post(kind, s.leader, 3, MailSending, sceneStart)
		s.WithdrawnAt = s.days(9)
		s.to(Withdrawn, s.days(9))
		for _, due := range s.Agenda(s.days(10)) {
			if due.At.After(s.days(10)) || due.What.Transition() {
				continue
			}
			effects := s.Effects(Change{From: s.Status, To: s.Status, Cause: string(due.What), Now: s.days(10)})
			require.NotEmpty(t, effects.OpenTasks, "%s is due for %s, and nothing comes of it", due.What, kind)
		}
	}
}

func TestATaskAboutAnInvitationClosesWhenTheMeetingBegins(t *testing.T) {
	s := newScene().planning().to(InProgress, newScene().days(5))
	start := at13(2027, 3, 10)
	s.meeting(Booked, start)
	m := &s.Meetings[len(s.Meetings)-1]
	s.post(MailMeetingInvitation, s.leader, meetingOrdinal(m), MailSent, s.days(6))
	s.Mails[len(s.Mails)-1].Ref = m.ID.String()
	s.lost(MailMeetingInvitation, s.leader, MailFailed, s.days(6))
	closes := func(now time.Time) []time.Time {
		var list []time.Time
		for _, d := range s.Agenda(now) {
			if d.What == MailTooLate {
				list = append(list, d.At)
			}
		}
		return list
	}
	require.Equal(t, []time.Time{start}, closes(s.days(6)))
	require.Equal(t, []time.Time{start}, closes(start.Add(time.Hour)), "as long as it is open")
	e := s.Effects(Change{From: InProgress, To: InProgress, Now: start})
	require.Contains(t, e.CloseTasks, s.Tasks[len(s.Tasks)-1].ID)
	s.Tasks[len(s.Tasks)-1].ClosedAt = start
	require.Empty(t, closes(start), "it is done")
}
