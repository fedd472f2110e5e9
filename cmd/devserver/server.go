package main

import (
	"context"
	"fmt"
	"net/url"
	"time"

	uiserver "github.com/temporalio/ui-server/v2/server"
	uiconfig "github.com/temporalio/ui-server/v2/server/config"
	uioptions "github.com/temporalio/ui-server/v2/server/server_options"
	"go.temporal.io/server/common/dynamicconfig"
	"go.temporal.io/server/common/log"
	"go.temporal.io/server/temporal"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/health/grpc_health_v1"
)

// options are what the starter decides.
type options struct {
	Port      int
	UIPort    int      // 0 for no UI
	Postgres  *url.URL // nil for SQLite
	Database  string   // SQLite's file
	Namespace string
}

// server is the running Temporal with its UI.
type server struct {
	temporal temporal.Server
	ui       *uiserver.Server // nil without a UI
}

// start returns when the frontend answers.
func start(ctx context.Context, opts options) (*server, error) {
	if err := opts.prepare(ctx); err != nil {
		return nil, err
	}
	cfg, err := newConfig(opts)
	if err != nil {
		return nil, err
	}
	t, err := temporal.NewServer(
		temporal.WithConfig(cfg),
		temporal.ForServices(temporal.DefaultServices),
		temporal.WithStaticHosts(staticHosts(cfg)),
		temporal.WithLogger(logger(opts)),
		temporal.WithDynamicConfigClient(dynamicConfig()),
	)
	if err != nil {
		return nil, fmt.Errorf("Temporal refuses its configuration: %w", err)
	}
	if err := t.Start(); err != nil {
		return nil, fmt.Errorf("Temporal does not start: %w", err)
	}
	s := &server{temporal: t, ui: startUI(opts)}
	if err := waitServing(ctx, address(opts.Port)); err != nil {
		return nil, fmt.Errorf("Temporal started but its frontend does not answer: %w", err)
	}
	return s, nil
}

func logger(opts options) log.Logger {
	l := log.BuildZapLogger(log.Config{Level: "error"})
	if opts.Postgres != nil {
		l = orAgain(l)
	}
	return log.NewZapLogger(l)
}

func (s *server) stop() error {
	if s.ui != nil {
		s.ui.Stop()
	}
	return s.temporal.Stop()
}

func dynamicConfig() dynamicconfig.StaticClient {
	return dynamicconfig.StaticClient{
		// What lets the demo and the tests move one forløb through its months.
		dynamicconfig.WorkflowTimeSkippingEnabled.Key(): true,
		// A search attribute added a moment ago can be used at once.
		dynamicconfig.ForceSearchAttributesCacheRefreshOnRead.Key(): true,
		// Nothing here calls home.
		dynamicconfig.EnableServerVersionCheck.Key(): false,
	}
}

func startUI(opts options) *uiserver.Server {
	if opts.UIPort == 0 {
		return nil
	}
	ui := uiserver.NewServer(uioptions.WithConfigProvider(&uiconfig.Config{
		Host:                loopback,
		Port:                opts.UIPort,
		TemporalGRPCAddress: address(opts.Port),
		DefaultNamespace:    opts.Namespace,
		EnableUI:            true,
		HideLogs:            true,
		DisableNewsFetch:    true,
		CORS:                uiconfig.CORS{CookieInsecure: true}, // there is no TLS on loopback
	}))
	go func() { _ = ui.Start() }() // ends the process itself when it cannot listen
	return ui
}

func waitServing(ctx context.Context, addr string) error {
	ctx, cancel := context.WithTimeout(ctx, 30*time.Second)
	defer cancel()
	conn, err := grpc.NewClient(addr, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		return err
	}
	defer conn.Close()

	health := grpc_health_v1.NewHealthClient(conn)
	ask := &grpc_health_v1.HealthCheckRequest{Service: "temporal.api.workflowservice.v1.WorkflowService"}
	for {
		answer, err := health.Check(ctx, ask, grpc.WaitForReady(true))
		if err == nil && answer.Status == grpc_health_v1.HealthCheckResponse_SERVING {
			return nil
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(20 * time.Millisecond):
		}
	}
}
