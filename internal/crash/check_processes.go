package crash

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"time"

	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/serviceerror"
	sdk "go.temporal.io/sdk/client"
	"go.temporal.io/sdk/log"

	"example.dk/spark/internal/devstack"
)

// ended are the statuses after which nothing waits for a forløb any more.
var ended = []string{"completed", "declined", "lapsed", "rejected", "withdrawn", "stopped"}

// ends is how long a process takes to end, at most, when its forløb is closed
// and everything else is at rest: a letter that was cancelled may be in the
// hands of a worker that was killed, which is known when nothing has been heard
// of it for a minute (activities.HeartbeatTimeout).
const ends = 90 * time.Second

// hurryEvery is how often a process is hurried: each time begins the next
// attempt anew, and on a busy machine one must have the time to begin.
const hurryEvery = 5 * time.Second

// processes: the rows and Temporal agree (I9): who is open has a process that
// runs, who is not has none. One may be under way from the one to the other, so
// those that disagree are asked again for a while.
func (c *checker) processes() error {
	var ids []string
	if err := c.db.Select(&ids, `select id::text from forloeb`); err != nil {
		return err
	}
	found, err := c.disagree(ids)
	var hurried time.Time
	for end := time.Now().Add(ends); err == nil && len(found) > 0 && time.Now().Before(end); found, err = c.disagree(ids) {
		if time.Since(hurried) > hurryEvery {
			c.hurryThese(found)
			hurried = time.Now()
		}
		pause(context.Background(), 200*time.Millisecond)
		ids = ids[:0]
		for _, v := range found {
			ids = append(ids, v.Forloeb)
		}
	}
	c.found = append(c.found, found...)
	return err
}

// hurryThese: they may wait for the next attempt of a mail that was cancelled.
func (c *checker) hurryThese(found []Violation) {
	for _, v := range found {
		hurryOne(context.Background(), c.temporal, v.Forloeb)
	}
}

// disagree finds those whose row and process disagree. The row is read first: a
// process that has ended since is asked about again.
func (c *checker) disagree(ids []string) (found []Violation, err error) {
	for _, id := range ids {
		var status string
		if err := c.db.Get(&status, `select status from forloeb where id::text = $1`, id); err != nil {
			return nil, err
		}
		runs, err := hasProcess(c.temporal, id)
		if err != nil {
			return nil, err
		}
		if runs == slices.Contains(ended, status) {
			found = append(found, Violation{Rule: "I9 the row and Temporal agree", Forloeb: id, What: fmt.Sprintf("it is %s, and its process runs: %t", status, runs)})
		}
	}
	return found, nil
}

// hasProcess asks Temporal for the process of a forløb.
func hasProcess(temporal sdk.Client, forloeb string) (bool, error) {
	ctx, stop := context.WithTimeout(context.Background(), ends)
	defer stop()
	told, err := temporal.DescribeWorkflowExecution(ctx, processOf(forloeb), "")
	if missing := (*serviceerror.NotFound)(nil); errors.As(err, &missing) {
		return false, nil
	}
	return told.GetWorkflowExecutionInfo().GetStatus() == enumspb.WORKFLOW_EXECUTION_STATUS_RUNNING, err
}

// asks is a connection to Temporal of the checker's own.
func (s *stack) asks() (sdk.Client, error) {
	return sdk.NewLazyClient(sdk.Options{
		HostPort: local(s.ports.temporal), Namespace: devstack.Namespace, Logger: log.NewStructuredLogger(slog.New(slog.DiscardHandler)),
	})
}
