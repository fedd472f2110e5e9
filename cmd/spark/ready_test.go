package main

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/api"
)

// told is a health that is what the test says.
type told struct{ database, process error }

func (h told) Ready(context.Context) error            { return h.database }
func (h told) ProcessAvailable(context.Context) error { return h.process }

func TestReadyAsksTheProcessBeside(t *testing.T) {
	away := errors.New("away")
	for _, c := range []struct {
		name   string
		health told
		says   string
	}{
		{"ready", told{}, ""},
		{"degraded", told{process: away}, ""},
		{"unavailable", told{database: away}, `not ready: {"status":"unavailable","database":"unavailable"}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			server := httptest.NewServer(api.OperationsHandler(c.health, http.NotFoundHandler()))
			t.Cleanup(server.Close)
			requireReady(t, server.Listener.Addr().String(), c.says)
		})
	}
}

func TestReadyWithoutAProcess(t *testing.T) {
	requireReady(t, "127.0.0.1:1", "not ready: nobody answers on SPARK_OPS_LISTEN")
	requireReady(t, "9090", `SPARK_OPS_LISTEN: "9090" is not host:port`)
}

func TestReadyAsksWhereEverythingListens(t *testing.T) {
	listener, err := net.Listen("tcp", ":0")
	require.NoError(t, err)
	server := &http.Server{Handler: api.OperationsHandler(told{}, http.NotFoundHandler())}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	_, port, err := net.SplitHostPort(listener.Addr().String())
	require.NoError(t, err)
	for _, host := range []string{"", "0.0.0.0", "[::]", "127.0.0.1"} {
		requireReady(t, host+":"+port, "")
	}
}

// requireReady runs the command as a health check does, but for the exit code.
func requireReady(t *testing.T, opsListen, says string) {
	t.Helper()
	t.Setenv("SPARK_OPS_LISTEN", opsListen)
	err := readyCommand{}.Run(t.Context())
	if says == "" {
		require.NoError(t, err, opsListen)
		require.Zero(t, run(t.Context(), []string{"ready"}))
		return
	}
	require.ErrorContains(t, err, says)
	require.Equal(t, 1, run(t.Context(), []string{"ready"}))
}
