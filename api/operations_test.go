package api

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"testing"

	"github.com/stretchr/testify/require"
)

type fakeHealth struct{ database, process error }

func (h fakeHealth) Ready(context.Context) error            { return h.database }
func (h fakeHealth) ProcessAvailable(context.Context) error { return h.process }

// Complaint K38.
func TestReadiness(t *testing.T) {
	away := errors.New("dial 10.0.0.7: " + secret)
	for _, c := range []struct {
		health fakeHealth
		status int
		body   string
	}{
		{fakeHealth{}, http.StatusOK, `{"status":"ok","database":"ok","process":"ok"}`},
		{fakeHealth{process: away}, http.StatusOK, `{"status":"degraded","database":"ok","process":"unavailable"}`},
		{fakeHealth{database: away}, http.StatusServiceUnavailable, `{"status":"unavailable","database":"unavailable"}`},
		{fakeHealth{database: away, process: away}, http.StatusServiceUnavailable, `{"status":"unavailable","database":"unavailable"}`},
	} {
		answered := ask(OperationsHandler(c.health, http.NotFoundHandler()), "/readyz")
		require.Equal(t, c.status, answered.Code)
		require.JSONEq(t, c.body, answered.Body.String())
	}
}

func TestTheProgramLivesWithoutItsParts(t *testing.T) {
	away := errors.New("away")
	answered := ask(OperationsHandler(fakeHealth{away, away}, http.NotFoundHandler()), "/healthz")
	require.Equal(t, http.StatusOK, answered.Code)
	require.JSONEq(t, `{"status":"ok"}`, answered.Body.String())
}

func TestNothingElseIsOnTheOperationsPort(t *testing.T) {
	require.Equal(t, http.StatusNotFound, ask(OperationsHandler(fakeHealth{}, http.NotFoundHandler()), "/").Code)
	require.Equal(t, http.StatusNotFound, ask(OperationsHandler(fakeHealth{}, http.NotFoundHandler()), "/debug/pprof/").Code)
}

func TestMetricsAreOnTheOperationsPort(t *testing.T) {
	metrics := http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("up 1")) })
	require.Equal(t, "up 1", ask(OperationsHandler(fakeHealth{}, metrics), "/metrics").Body.String())
}

func ask(h http.Handler, path string) *httptest.ResponseRecorder {
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}
