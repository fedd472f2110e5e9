package workflows

import (
	"context"
	"errors"
	"log/slog"
	"runtime"
	"strconv"
	"strings"

	"go.temporal.io/sdk/activity"
	"go.temporal.io/sdk/interceptor"
	"go.temporal.io/sdk/temporal"
)

// codesOnly turns every activity error or panic into a code before it enters
// a history or a log.
type codesOnly struct {
	interceptor.WorkerInterceptorBase
	log *slog.Logger
}

// InterceptActivity wraps every activity of the worker, local ones too.
func (c *codesOnly) InterceptActivity(_ context.Context, next interceptor.ActivityInboundInterceptor) interceptor.ActivityInboundInterceptor {
	return &codedActivity{
		ActivityInboundInterceptorBase: interceptor.ActivityInboundInterceptorBase{Next: next},
		log:                            c.log,
	}
}

type codedActivity struct {
	interceptor.ActivityInboundInterceptorBase
	log *slog.Logger
}

// ExecuteActivity runs the activity.
func (a *codedActivity) ExecuteActivity(ctx context.Context, in *interceptor.ExecuteActivityInput) (result any, err error) {
	defer func() {
		if recover() == nil {
			return
		}
		a.log.ErrorContext(ctx, "activity panicked", "activity", activity.GetInfo(ctx).ActivityType.Name, "at", panicSite())
		result, err = nil, temporal.NewApplicationError(codePanic, codePanic)
	}()
	result, err = a.Next.ExecuteActivity(ctx, in)
	return result, coded(err)
}

// coded is err reduced to its code: no text, no cause, no stack. Whether and
// when it is tried again is kept.
func coded(err error) error {
	if err == nil {
		return nil
	}
	code := errorCode(err)
	options := temporal.ApplicationErrorOptions{}
	var application *temporal.ApplicationError
	if errors.As(err, &application) {
		options.NonRetryable = application.NonRetryable()
		options.NextRetryDelay = application.NextRetryDelay()
	}
	return temporal.NewApplicationErrorWithOptions(code, code, options)
}

// panicSite is the file and line that panicked: where, but not with what.
// It must be called by the function that recovered.
func panicSite() string {
	callers := make([]uintptr, 32)
	frames := runtime.CallersFrames(callers[:runtime.Callers(3, callers)])
	for {
		frame, more := frames.Next()
		if !strings.HasPrefix(frame.Function, "runtime.") {
			return frame.File + ":" + strconv.Itoa(frame.Line)
		}
		if !more {
			return "unknown"
		}
	}
}
