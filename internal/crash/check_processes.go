package crash

import (
	"context"
	"errors"
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
// and everything else is at rest.
const ends = 30 * time.Second

// processes: the rows and Temporal agree (I9): who is open has a process that
// runs, who is not has none.
func (c *checker) processes() error {
	var rows []struct{ ID, Status string }
	if err := c.db.Select(&rows, `select id::text as id, status from forloeb`); err != nil {
		return err
	}
	patience, stop := context.WithTimeout(context.Background(), ends)
	defer stop()
	for _, row := range rows {
		over := slices.Contains(ended, row.Status)
		runs, err := hasProcess(c.temporal, row.ID)
		for ; err == nil && over && runs && patience.Err() == nil; runs, err = hasProcess(c.temporal, row.ID) {
			hurryOne(patience, c.temporal, row.ID) // it may wait for the next attempt of a mail that was cancelled
			pause(patience, 200*time.Millisecond)
		}
		if err != nil {
			return err
		}
		if runs == over {
			c.violates("I9 the row and Temporal agree", row.ID, "it is %s, and its process runs: %t", row.Status, runs)
		}
	}
	return nil
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
