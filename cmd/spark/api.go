package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"

	"example.dk/spark/api"
	"example.dk/spark/internal/config"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/login"
	"example.dk/spark/internal/mail"
	"example.dk/spark/internal/metrics"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/trace"
	"example.dk/spark/workflows"
)

type apiCommand struct{}

// Run answers until it is told to stop, and then finishes what it has begun.
func (apiCommand) Run(ctx context.Context) error {
	s, err := loadSettings("api")
	if err != nil {
		return err
	}
	told, err := trace.Open(ctx, "spark-api", s.log)
	if err != nil {
		return err
	}
	defer told()
	counted := metrics.New()
	s.temporal.MetricsHandler = counted.Temporal()
	a, err := newAPI(apiParts{
		Database: s.Database.URL.Reveal(), Temporal: s.temporal, Links: s.links, Login: s.login, Config: s.Config, Log: s.log, Metrics: counted,
	})
	if err != nil {
		return err
	}
	defer a.Close()
	counted.Watch(watched(a.store, a.process))
	ops, err := serve(s.HTTP.OpsListen, a.ops(), s.log)
	if err != nil {
		return err
	}
	defer ops.stop()
	return a.Run(ctx)
}

// apiParts are what the public side is made of.
type apiParts struct {
	Database         string
	Temporal         client.Options
	Links            *link.Keyring
	Login            *login.Provider // nil: nobody can log in
	Config           config.Config
	Log              *slog.Logger
	Development      bool
	DevelopmentLinks []api.Link
	Policy           func(forloeb.Programme) forloeb.Policy // for development; see store.Store
	Metrics          *metrics.Metrics
}

// runningAPI answers people and programs, relays what they do, and tells open
// pages what changes.
type runningAPI struct {
	store   *store.Store
	process *workflows.Process
	relayer *workflows.Relayer
	public  *api.Server
	server  *http.Server
	log     *slog.Logger
	metrics *metrics.Metrics
}

func newAPI(p apiParts) (*runningAPI, error) {
	organizer, err := mailSender(p.Config)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(p.Database)
	if err != nil {
		return nil, err
	}
	db.Policy = p.Policy
	process, err := workflows.Connect(p.Temporal, p.Log)
	if err != nil {
		db.Close()
		return nil, err
	}
	a := &runningAPI{store: db, process: process, relayer: workflows.NewRelayer(process, db, p.Log), log: p.Log, metrics: p.Metrics}
	p.Metrics.Pool("api", db.Stats)
	p.Metrics.Relay(a.relayer.LastSweep, a.relayer.Nudged)
	a.public, err = api.New(api.Config{
		BaseURL: p.Config.HTTP.BaseURL, TrustedProxies: p.Config.HTTP.TrustedProxies, Site: site(p.Config, p.Development),
		Controller: p.Config.Controller.NameAndAddress, Statement: p.Config.Controller.WASURL,
		Development: p.Development, DevelopmentLinks: p.DevelopmentLinks, Clock: process,
		Limits:  limitsOf(p.Config.Limits),
		Session: api.SessionLimits{Idle: p.Config.Sessions.Idle, Life: p.Config.Sessions.Life}, WorkflowPage: workflowPage(p),
	}, api.Dependencies{
		Store: db, Process: a.relayer, News: db, Calendar: mail.Calendar{Organizer: *organizer}, Letters: newLetters(db, p.Config.Contact),
		Links: p.Links, Log: p.Log, Measure: p.Metrics.Answered,
		Login: loginOf(p.Login), Sessions: db.Sessions(),
	})
	if err != nil {
		a.Close()
		return nil, err
	}
	a.server = a.public.HTTPServer(p.Config.HTTP.Listen)
	return a, nil
}

func limitsOf(c config.Limits) api.Limits {
	return api.Limits{
		Applications: c.Applications, Links: c.Links, Answers: c.Answers, Logins: c.Logins, Tokens: c.Tokens, Together: c.Together,
	}
}

// workflowPage is nil when staff are not shown Temporal's own pages.
func workflowPage(p apiParts) func(uuid.UUID) string {
	if p.Config.Temporal.UI == "" {
		return nil
	}
	return func(id uuid.UUID) string { return workflows.PageOf(p.Config.Temporal.UI, p.Temporal.Namespace, id) }
}

// loginOf is nil when no provider is set: nobody can log in then.
func loginOf(p *login.Provider) api.Login {
	if p == nil {
		return nil
	}
	return p
}

func site(c config.Config, development bool) api.Site {
	return api.Site{
		Phone: c.Contact.Phone, Hours: c.Contact.Hours, Mail: c.Contact.Mail, Development: development,
	}
}

// Run answers until ctx ends.
func (a *runningAPI) Run(ctx context.Context) error {
	listener, err := net.Listen("tcp", a.server.Addr)
	if err != nil {
		return fmt.Errorf("%s is taken: stop the program that uses it or set SPARK_LISTEN", a.server.Addr)
	}
	beside, stop := context.WithCancel(context.WithoutCancel(ctx))
	var running sync.WaitGroup
	running.Go(func() { a.relayer.Run(beside) })
	running.Go(func() { _ = a.public.Follow(beside) }) // until it is stopped
	answered := make(chan error, 1)
	go func() { answered <- a.server.Serve(listener) }()
	select {
	case <-ctx.Done():
		err = shutdown(a.server)
	case err = <-answered:
	}
	stop() // after the last answer, so that its act is relayed too
	running.Wait()
	if errors.Is(err, http.ErrServerClosed) {
		return nil
	}
	return err
}

// ops answers the operations port.
func (a *runningAPI) ops() http.Handler {
	return api.OperationsHandler(health{a.store, a.process}, a.metrics.Handler())
}

// Close lets go of the database and of Temporal.
func (a *runningAPI) Close() {
	a.process.Close()
	a.store.Close()
}

// graceful is how long answers that have begun may take to end.
const graceful = 20 * time.Second

func shutdown(s *http.Server) error {
	ctx, cancel := context.WithTimeout(context.Background(), graceful)
	defer cancel()
	return s.Shutdown(ctx)
}

// served is a small server beside the main work.
type served struct{ server *http.Server }

func serve(address string, h http.Handler, log *slog.Logger) (*served, error) {
	listener, err := net.Listen("tcp", address)
	if err != nil {
		return nil, fmt.Errorf("%s is taken: stop the program that uses it or set SPARK_OPS_LISTEN", address)
	}
	s := &served{&http.Server{Handler: h, ReadHeaderTimeout: 5 * time.Second}}
	go func() {
		if err := s.server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			log.Error("the operations port stopped answering", "class", fmt.Sprintf("%T", err))
		}
	}()
	return s, nil
}

func (s *served) stop() { _ = shutdown(s.server) }
