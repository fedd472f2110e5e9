package activities

import (
	"context"
	"log/slog"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/log"
	"go.temporal.io/sdk/testsuite"

	"example.dk/spark/internal/forloeb"
)

// wait is shorter than what the SDK's test environment gives an activity.
const wait = 9 * time.Minute

// While the mail server takes its time, Temporal hears that the worker lives.
// (That it ends, synctest sees to: no goroutine may be left.)
func TestAWorkerThatWaitsIsHeard(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var suite testsuite.WorkflowTestSuite
		suite.SetLogger(log.NewStructuredLogger(slog.New(slog.DiscardHandler)))
		env := suite.NewTestActivityEnvironment()
		env.SetTestTimeout(time.Hour)
		begun := time.Now()
		var heard []time.Duration
		env.SetOnActivityHeartbeatListener(func(*activity.Info, converter.EncodedValues) { heard = append(heard, time.Since(begun)) })
		store := &mailStore{kind: forloeb.MailConsentRequest}
		do := &Activities{Store: store, Mailer: &mailer{
			answer: outcome(forloeb.MailSent, "250", 0),
			during: func(context.Context) { time.Sleep(wait) },
		}}
		env.RegisterActivity(do.SendMail)
		_, err := env.ExecuteActivity(do.SendMail, SendInput{Mail: 7, Now: now})
		require.NoError(t, err)
		require.Len(t, store.settled, 1)
		last := time.Duration(0)
		for _, at := range append(heard, wait) {
			require.Less(t, at-last, HeartbeatTimeout)
			last = at
		}
	})
}
