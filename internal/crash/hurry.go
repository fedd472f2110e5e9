package crash

import (
	"context"

	commonpb "go.temporal.io/api/common/v1"
	"go.temporal.io/api/workflowservice/v1"
	sdk "go.temporal.io/sdk/client"

	"example.dk/spark/internal/devstack"
)

// hurry lets mails that wait for their next attempt have it now: after the
// fifth failure that would be half an hour. A mail that nothing waits to send
// is not helped by it.
func (s *stack) hurry(ctx context.Context, temporal sdk.Client) error {
	var ids []string
	if err := s.db.SelectContext(ctx, &ids, `select distinct forloeb_id::text from mails where state in ('planned', 'sending') and not held`); err != nil {
		return err
	}
	for _, id := range ids {
		hurryOne(ctx, temporal, id)
	}
	return nil
}

// hurryOne does it for one forløb. A process where nothing waits refuses, and
// is meant to.
func hurryOne(ctx context.Context, temporal sdk.Client, forloeb string) {
	_, _ = temporal.WorkflowService().ResetActivity(ctx, &workflowservice.ResetActivityRequest{
		Namespace: devstack.Namespace, Execution: &commonpb.WorkflowExecution{WorkflowId: processOf(forloeb)},
		Activity: &workflowservice.ResetActivityRequest_Type{Type: "SendMail"},
	})
}

// processOf is the name of a forløb's process, as docs/architecture.md gives it.
func processOf(forloeb string) string { return "forloeb/" + forloeb }
