package activities_test

import (
	"bytes"
	"context"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/activities"
)

// erasing answers about meeting notes in turn, and then that there is nothing.
type erasing struct {
	answers []error
	at      []time.Time
	others  int // how often it was asked of anything else
}

func (e *erasing) other() (int64, error) { e.others++; return 0, nil }

func (e *erasing) EraseForloeb(context.Context) (int64, error)   { return e.other() }
func (e *erasing) EraseAccessLog(context.Context) (int64, error) { return e.other() }
func (e *erasing) EraseSpent(context.Context) (int64, error)     { return e.other() }

func (e *erasing) EraseMeetingNotes(context.Context) (int64, error) {
	e.at = append(e.at, time.Now())
	if n := len(e.at); n <= len(e.answers) {
		return 1, e.answers[n-1]
	}
	return 0, nil
}

func TestErasingRunsAtOnceAndEveryHour(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var logged bytes.Buffer
		store, began := &erasing{answers: []error{nil, errors.New("secret"), nil}}, time.Now()
		ctx, stop := context.WithCancel(t.Context())
		var running sync.WaitGroup
		running.Go(func() {
			(&activities.Eraser{Store: store, Log: slog.New(slog.NewTextHandler(&logged, nil))}).Run(ctx)
		})
		time.Sleep(2*time.Hour + 2*time.Minute) // of the bubble's own time
		synctest.Wait()
		stop()
		running.Wait()
		var after []time.Duration
		for _, at := range store.at {
			after = append(after, at.Sub(began))
		}
		require.Equal(t, []time.Duration{0, time.Hour, time.Hour + time.Minute}, after[:3], "again soon after it failed")
		require.Equal(t, 3*len(store.at), store.others, "one chore that fails does not hold up the others")
		require.Contains(t, logged.String(), `erased, since its time is over" what="meeting notes" n=1`)
		require.Contains(t, logged.String(), "not erased")
		require.NotContains(t, logged.String(), "secret")
	})
}
