package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"
)

// healthTimeout is how long a check may take before it has failed.
const healthTimeout = 3 * time.Second

// OperationsHandler answers the port that is kept from the public: whether the
// program lives, whether it can serve, and its metrics.
func OperationsHandler(health Health, metrics http.Handler) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) {
		writeHealth(w, http.StatusOK, healthDocument{Status: "ok"})
	})
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		ctx, cancel := context.WithTimeout(r.Context(), healthTimeout)
		defer cancel()
		status, document := readiness(ctx, health)
		writeHealth(w, status, document)
	})
	mux.Handle("GET /metrics", metrics)
	return mux
}

// healthDocument says in codes what works; errors' texts may hold anything.
type healthDocument struct {
	Status   string `json:"status"`             // ok, degraded or unavailable
	Database string `json:"database,omitempty"` // ok or unavailable
	Process  string `json:"process,omitempty"`  // ok or unavailable
}

// readiness: without the database nobody can be served. Without Temporal or
// workers people still can; their forløb wait.
func readiness(ctx context.Context, health Health) (int, healthDocument) {
	process := make(chan error, 1)
	go func() { process <- health.ProcessAvailable(ctx) }()
	if health.Ready(ctx) != nil {
		return http.StatusServiceUnavailable, healthDocument{Status: "unavailable", Database: "unavailable"}
	}
	if <-process != nil {
		return http.StatusOK, healthDocument{Status: "degraded", Database: "ok", Process: "unavailable"}
	}
	return http.StatusOK, healthDocument{Status: "ok", Database: "ok", Process: "ok"}
}

func writeHealth(w http.ResponseWriter, status int, document healthDocument) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(document) // whoever asked has gone
}
