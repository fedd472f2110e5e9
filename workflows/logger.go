package workflows

import (
	"log/slog"

	sdklog "go.temporal.io/sdk/log"
)

// logger is the SDK's log, with ids and codes only.
type logger struct{ to *slog.Logger }

var _ sdklog.Logger = logger{}

// loggable are the SDK's keys whose values are ids, names of ours or numbers.
var loggable = map[string]bool{
	"ActivityID": true, "ActivityType": true, "Attempt": true, "BuildID": true,
	"EventID": true, "EventType": true, "LocalActivityType": true,
	"Namespace": true, "RunID": true, "TaskQueue": true, "TimerID": true,
	"WorkerID": true, "WorkerType": true, "WorkflowID": true, "WorkflowType": true,
}

// Debug drops the SDK's own chatter: it prints inputs and results.
func (logger) Debug(string, ...any) {}

// Info logs an event of the SDK.
func (l logger) Info(message string, pairs ...any) { l.to.Info(message, codes(pairs)...) }

// Warn logs a warning of the SDK.
func (l logger) Warn(message string, pairs ...any) { l.to.Warn(message, codes(pairs)...) }

// Error logs an error of the SDK.
func (l logger) Error(message string, pairs ...any) { l.to.Error(message, codes(pairs)...) }

// codes keeps what may be logged. Of an error that is its code; stacks and
// payloads are dropped: Temporal's UI shows those of a failed workflow task.
func codes(pairs []any) []any {
	var kept []any
	for i := 0; i+1 < len(pairs); i += 2 {
		key, _ := pairs[i].(string)
		if err, ok := pairs[i+1].(error); ok {
			kept = append(kept, key, errorCode(err))
		} else if loggable[key] {
			kept = append(kept, key, pairs[i+1])
		}
	}
	return kept
}
