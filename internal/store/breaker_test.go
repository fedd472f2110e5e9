package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// More requests in an hour than the setting says, and those beyond it wait for
// the secretariat: the applications are there, and nothing of them is lost.
func TestRequestsBeyondAnHoursNumberAreHeld(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Worker.RequestsAnHour = 4
	apply := func() *life {
		l := &life{Env: e, t: t, id: e.Apply(func(s *forloeb.Submission) {
			s.Leader.Email, s.Rep.Email = uuid.NewString()+"@example.dk", uuid.NewString()+"@example.dk"
		})}
		l.Settle(l.id)
		return l
	}
	for range 2 {
		require.Empty(t, apply().tasks())
	}
	l := apply()
	require.Equal(t, []string{"mail_held", "mail_held"}, l.tasks())
	f := l.Read(l.id)
	require.Equal(t, forloeb.AwaitingConsent, f.Status)
	require.Equal(t, forloeb.WaitConsentHeld, f.Written.Waiting)
	require.True(t, f.ConsentCloses().IsZero(), "no clock runs")
	for _, m := range f.Mails {
		require.True(t, m.Held)
		require.Equal(t, forloeb.CodeManyApplications, m.Code)
	}

	release := forloeb.SettleMail{Mail: l.mailID(forloeb.MailConsentRequest, forloeb.Rep), Action: forloeb.ReleaseMail}
	l.do(storetest.Secretary, release)
	require.Equal(t, []string{"mail_held"}, l.tasks())
	require.Equal(t, 1, e.Count(`select count(*) from mails where forloeb_id = $1 and state = 'sent' and code = ''`, l.id))

	e.Exec(`update mails set real_at = real_at - interval '1 hour'`)
	require.Empty(t, apply().tasks(), "an hour later there is room again")
}
