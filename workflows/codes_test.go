package workflows

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/interceptor"
	sdklog "go.temporal.io/sdk/log"
	"go.temporal.io/sdk/temporal"
	"go.temporal.io/sdk/testsuite"
	"go.temporal.io/sdk/worker"
)

const personal = "550 no such user åse.østergård@example.dk"

type sqlError struct{ state string }

func (e sqlError) Error() string    { return personal }
func (e sqlError) SQLState() string { return e.state }

func TestErrorsBecomeCodes(t *testing.T) {
	for _, c := range []struct {
		err  error
		code string
	}{
		{errors.New(personal), "internal"},
		{fmt.Errorf("look: %w", sqlError{"40001"}), "sql_40001"},
		{sqlError{personal}, "internal"},
		{context.DeadlineExceeded, "timeout"},
		{fmt.Errorf("%s: %w", personal, context.Canceled), "cancelled"},
		{temporal.NewApplicationError(personal, "mail_retry"), "mail_retry"},
		{temporal.NewApplicationError("451", "451"), "451"},
		{temporal.NewApplicationError("x", personal), "internal"},
		{serviceerror.NewUnavailable(personal), "unavailable"},
		{serviceerror.NewDeadlineExceeded(personal), "timeout"},
		{serviceerror.NewNotFound(personal), "not_found"},
		{serviceerror.NewPermissionDenied(personal, ""), "not_permitted"},
		{serviceerror.NewInvalidArgument(personal), "invalid"},
		{errors.New("[TMPRL1100] " + personal), "nondeterminism"},
		{errors.Join(nil, serviceerror.NewUnavailable(personal)), "unavailable"},
	} {
		require.Equal(t, c.code, errorCode(c.err), c.err)
	}
}

// runActivity runs one activity behind the interceptor and returns its error
// and the log.
func runActivity(t *testing.T, do func(context.Context) error) (error, string) {
	var log bytes.Buffer
	lines := slog.New(slog.NewTextHandler(&log, nil))
	var suite testsuite.WorkflowTestSuite
	suite.SetLogger(logger{to: lines})
	env := suite.NewTestActivityEnvironment()
	env.SetWorkerOptions(worker.Options{Interceptors: []interceptor.WorkerInterceptor{&codesOnly{log: lines}}})
	env.RegisterActivityWithOptions(do, activity.RegisterOptions{Name: "Do"})
	_, err := env.ExecuteActivity("Do")
	return err, log.String()
}

func TestActivityErrorsAreCodes(t *testing.T) {
	err, log := runActivity(t, func(context.Context) error { return errors.New(personal) })
	var application *temporal.ApplicationError
	require.ErrorAs(t, err, &application)
	require.Equal(t, "internal", application.Type())
	require.Equal(t, "internal", application.Message())
	require.False(t, application.NonRetryable())
	require.NotContains(t, err.Error(), "example.dk")
	require.NotContains(t, log, "example.dk")
}

func TestActivityPanicsAreCodes(t *testing.T) {
	err, log := runActivity(t, func(context.Context) error { panic(personal) })
	var application *temporal.ApplicationError
	require.ErrorAs(t, err, &application)
	require.Equal(t, "panic", application.Type())
	require.NotContains(t, err.Error(), "example.dk")
	require.NotContains(t, log, "example.dk")
	require.Contains(t, log, "codes_test.go:", "says where it panicked")
}

// What an error says about trying again survives.
func TestRetryIsKept(t *testing.T) {
	err := coded(temporal.NewApplicationErrorWithOptions(personal, "held", temporal.ApplicationErrorOptions{
		NonRetryable: true, NextRetryDelay: time.Hour, Cause: errors.New(personal), Details: []any{personal},
	}))
	var application *temporal.ApplicationError
	require.ErrorAs(t, err, &application)
	require.True(t, application.NonRetryable())
	require.Equal(t, time.Hour, application.NextRetryDelay())
	require.NoError(t, errors.Unwrap(application))
	require.False(t, application.HasDetails())
}

func TestLogHoldsOnlyCodes(t *testing.T) {
	var lines bytes.Buffer
	log := sdklog.With(logger{to: slog.New(slog.NewTextHandler(&lines, nil))}, "WorkflowID", "forloeb/1", "Input", personal)
	log.Error("Activity error.", "ActivityType", "SendMail", "Attempt", 3, "Error", errors.New(personal),
		"StackTrace", personal, "Result", personal)
	log.Debug(personal)
	require.Contains(t, lines.String(), "WorkflowID=forloeb/1")
	require.Contains(t, lines.String(), "ActivityType=SendMail")
	require.Contains(t, lines.String(), "Error=internal")
	require.NotContains(t, lines.String(), "example.dk")
}
