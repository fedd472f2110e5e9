package main

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"

	"example.dk/spark/internal/config"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/metrics"
)

// A worker that is told to stop while it waits for Temporal has not failed.
func TestAWorkerStopsWhileItWaits(t *testing.T) {
	keys, err := link.ParseKeyring(link.NewKey("first"))
	require.NoError(t, err)
	w, err := newWorker(workerParts{
		Database: "postgres://spark_worker@127.0.0.1:1/spark?sslmode=disable", Temporal: client.Options{HostPort: "127.0.0.1:1"},
		Links: keys, Log: developmentLog(), Metrics: metrics.New(),
		Config: config.Config{
			HTTP:    config.HTTP{BaseURL: "http://127.0.0.1:8080"},
			Mail:    config.Mail{SMTP: config.SMTP{Host: "127.0.0.1", Port: 1025, TLS: config.NoTLS}, From: "spark@example.dk", ReplyTo: "spark@example.dk"},
			Contact: config.Contact{Phone: "00 00 00 00", Hours: "hverdage", Mail: "spark@example.dk"},
		},
	})
	require.NoError(t, err)
	t.Cleanup(w.Close)
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- w.Run(ctx) }()
	stop()
	require.NoError(t, <-ended)
}
