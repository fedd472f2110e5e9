package forloeb

import (
	"testing"

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
