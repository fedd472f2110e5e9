package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"syscall"
	"time"

	"go.uber.org/zap"
	"go.uber.org/zap/zapcore"
)

const againAfter = 500 * time.Millisecond

// again begins this program anew as the same process, with the same parent and the same standard streams. A Temporal
// whose PostgreSQL died while it was starting is half up, and there is no way to take that down in order.
func again(why error) error {
	slog.Warn("Temporal could not start beside PostgreSQL: beginning again", "error", why)
	time.Sleep(againAfter)
	self, err := os.Executable()
	if err == nil {
		err = syscall.Exec(self, os.Args, os.Environ())
	}
	return fmt.Errorf("Temporal cannot begin again: %w", err)
}

// orAgain makes what Temporal calls fatal a new beginning too: it is what fails while starting, in goroutines.
func orAgain(l *zap.Logger) *zap.Logger { return l.WithOptions(zap.WithFatalHook(fatal{})) }

type fatal struct{}

func (fatal) OnWrite(entry *zapcore.CheckedEntry, _ []zapcore.Field) {
	slog.Error("Temporal could not run", "error", again(errors.New(entry.Message)))
	os.Exit(1)
}
