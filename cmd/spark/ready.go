package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"time"
)

// readyCommand lets a container ask itself how it is: its image holds this
// program and nothing that could ask instead.
type readyCommand struct{}

// readyTimeout is longer than the check itself may take.
const readyTimeout = 5 * time.Second

// Run asks /readyz of the process that runs beside it with the same settings.
// An api is ready also while Temporal is away (degraded).
func (readyCommand) Run(ctx context.Context) error {
	c, err := loadConfig("ready")
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(ctx, readyTimeout)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+reachable(c.HTTP.OpsListen)+"/readyz", nil)
	if err != nil {
		return err
	}
	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		return errors.New("not ready: nobody answers on SPARK_OPS_LISTEN")
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		body, _ := io.ReadAll(io.LimitReader(answer.Body, 1<<10))
		return fmt.Errorf("not ready: %s", strings.TrimSpace(string(body)))
	}
	return nil
}

// reachable is where to call what listens: an address that stands for all of a
// machine's is none to call.
func reachable(listen string) string {
	host, port, err := net.SplitHostPort(listen)
	if ip := net.ParseIP(host); err == nil && (host == "" || ip.IsUnspecified()) {
		return net.JoinHostPort("localhost", port)
	}
	return listen
}
