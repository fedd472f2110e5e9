package workflows

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/converter"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/activities"
)

// A mail server may take ten minutes for an answer, and a worker that dies
// meanwhile is noticed in one.
func TestMailsMayTakeTheirTime(t *testing.T) {
	var suite testsuite.WorkflowTestSuite
	env := suite.NewTestWorkflowEnvironment()
	var info activity.Info
	env.RegisterActivityWithOptions(func() error { return nil }, activity.RegisterOptions{Name: activitySendMail})
	env.SetOnActivityStartedListener(func(started *activity.Info, _ context.Context, _ converter.EncodedValues) { info = *started })
	env.ExecuteWorkflow(func(ctx workflow.Context) error {
		return workflow.ExecuteActivity(forMail(ctx), activitySendMail).Get(ctx, nil)
	})
	require.NoError(t, env.GetWorkflowError())
	require.Equal(t, time.Minute, info.HeartbeatTimeout)
	require.Equal(t, activities.SendLimit, info.StartToCloseTimeout)
	require.Less(t, activities.HeartbeatInterval, info.HeartbeatTimeout/3)
}
