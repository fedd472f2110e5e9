package mailtest

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestRecorderKeepsEverything(t *testing.T) {
	r := &Recorder{}
	var group sync.WaitGroup
	for range 20 {
		group.Go(func() {
			require.Equal(t, forloeb.MailSent, r.Send(t.Context(), forloeb.Letter{Mail: forloeb.Mail{Kind: forloeb.MailLapsed}}).State)
		})
	}
	group.Wait()
	require.Len(t, r.Letters(), 20)
	require.Equal(t, 20, r.Count(forloeb.MailLapsed))
	require.Zero(t, r.Count(forloeb.MailDeclined))
}

func TestRecorderCanFail(t *testing.T) {
	r := &Recorder{}
	r.Outcome = func(l forloeb.Letter) forloeb.Outcome {
		if r.Count(l.Mail.Kind) == 1 {
			return forloeb.Outcome{State: forloeb.MailPlanned, Code: "451"}
		}
		return forloeb.Outcome{State: forloeb.MailSent}
	}
	l := forloeb.Letter{Mail: forloeb.Mail{Kind: forloeb.MailDeclined}}
	require.Equal(t, "451", r.Send(t.Context(), l).Code)
	require.Equal(t, forloeb.MailSent, r.Send(t.Context(), l).State)
	require.Equal(t, []forloeb.MailKind{forloeb.MailDeclined, forloeb.MailDeclined}, r.Kinds())
}
