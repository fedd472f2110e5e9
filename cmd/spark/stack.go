package main

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"sync"
	"time"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"

	"example.dk/spark/api"
	"example.dk/spark/internal/config"
	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/metrics"
	"example.dk/spark/internal/store"
)

// stackOptions say where the whole product runs on one machine. A port that
// is 0 is a free one. Policy, when set, gives new forløb their rules instead
// of the programme's own.
type stackOptions struct {
	StateDir                                   string
	Listen, OpsListen                          string
	MailListen, SMTPListen, LoginListen        string
	PostgresPort, TemporalPort, TemporalUIPort int
	DatabaseURL, TemporalAddress               string // instead of our own
	Policy                                     func(forloeb.Programme) forloeb.Policy
	Durable                                    bool
	Progress                                   io.Writer
	Log                                        *slog.Logger
}

// stack is the whole product with everything it needs, in one process and its
// children.
type stack struct {
	options  stackOptions
	postgres *devstack.Postgres
	mail     *devstack.Mailcatcher
	login    *devstack.Login
	config   config.Config
	links    *link.Keyring
	api      *runningAPI
	worker   *runningWorker

	mu       sync.Mutex
	temporal *devstack.Temporal
	stopping bool

	works     workerParts
	endWorker func() // returns when it has ended

	runs   context.Context
	ends   context.CancelFunc
	done   sync.WaitGroup
	failed chan error
}

// startStack starts everything that is quick, and Temporal in the background:
// what people do before it is there waits in its rows. Nothing half-started
// is left behind when it fails.
func startStack(ctx context.Context, o stackOptions) (s *stack, err error) {
	s = &stack{options: o, failed: make(chan error, 4)}
	defer func() {
		if err != nil {
			s.Stop()
			s = nil
		}
	}()
	if err = s.options.choosePorts(); err != nil {
		return s, err
	}
	if s.links, err = developmentLinks(o.StateDir); err != nil {
		return s, err
	}
	database, err := s.startDatabase(ctx)
	if err != nil {
		return s, err
	}
	if s.mail, err = devstack.StartMailcatcher(devstack.MailcatcherOptions{
		HTTPAddr: o.MailListen, HTTPSetting: "SPARK_DEV_MAIL", SMTPAddr: o.SMTPListen, SMTPSetting: "SPARK_DEV_SMTP",
		ProductURL: s.options.baseURL(),
	}); err != nil {
		return s, err
	}
	if s.login, err = developmentLogin(s.options); err != nil {
		return s, err
	}
	return s, s.startProduct(ctx, database)
}

// choosePorts replaces port 0 where others are told the address before anybody
// listens on it.
func (o *stackOptions) choosePorts() error {
	for _, address := range []*string{&o.Listen, &o.OpsListen} {
		host, port, err := net.SplitHostPort(*address)
		if err != nil || port != "0" {
			continue // a wrong address is named by whoever listens on it
		}
		free, err := devstack.Free()
		if err != nil {
			return err
		}
		*address = net.JoinHostPort(host, strconv.Itoa(free))
	}
	return nil
}

// baseURL is where the product is, once the ports are chosen.
func (o stackOptions) baseURL() string { return "http://" + o.Listen }

// databases are the addresses of the one database for its three roles.
type databases struct{ owner, api, worker string }

func (s *stack) startDatabase(ctx context.Context) (d databases, err error) {
	if u := s.options.DatabaseURL; u != "" {
		d = databases{u, u, u}
	} else {
		s.postgres, err = devstack.StartPostgres(ctx, devstack.PostgresOptions{
			StateDir: s.options.StateDir, Port: s.options.PostgresPort, PortSetting: "SPARK_DEV_POSTGRES",
			Durable: s.options.Durable, Log: s.options.Progress,
		})
		if err != nil {
			return d, err
		}
		url := func(role string) string { return s.postgres.URL(role, devstack.Database) }
		d = databases{url(devstack.RoleOwner), url(devstack.RoleAPI), url(devstack.RoleWorker)}
	}
	if err := store.Migrate(ctx, d.owner); err != nil {
		return d, err
	}
	if err := store.DevelopmentClock(ctx, d.owner); err != nil {
		return d, err
	}
	return d, seed(ctx, d.api)
}

func seed(ctx context.Context, url string) error {
	db, err := store.Open(url)
	if err != nil {
		return err
	}
	defer db.Close()
	return db.SeedDevelopment(ctx)
}

// startProduct puts the product together as its own commands do.
func (s *stack) startProduct(ctx context.Context, d databases) (err error) {
	s.config = developmentConfig(s.options, s.mail.SMTPAddress(), s.login)
	staff, err := newLogin(s.config)
	if err != nil {
		return err
	}
	temporal, port, err := s.temporalOptions()
	if err != nil {
		return err
	}
	uiPort := s.options.TemporalUIPort
	if uiPort == 0 {
		if uiPort, err = devstack.Free(); err != nil {
			return err
		}
	}
	temporalUI := fmt.Sprintf("http://127.0.0.1:%d", uiPort)
	if s.options.TemporalAddress == "" {
		s.config.Temporal.UI = temporalUI
	}
	counted := metrics.New()
	temporal.MetricsHandler = counted.Temporal()
	s.api, err = newAPI(apiParts{
		Metrics:  counted,
		Database: d.api, Temporal: temporal, Links: s.links, Login: staff, Config: s.config, Log: s.options.Log, Development: true, Policy: s.options.Policy,
		DevelopmentLinks: []api.Link{
			{Label: "Mails, der er sendt", Address: s.mail.URL()},
			{Label: "Temporals egne sider", Address: temporalUI},
			{Label: "API'et", Address: s.config.HTTP.BaseURL + "/openapi.json"},
		},
	})
	if err != nil {
		return err
	}
	counted.Watch(watched(s.api.store, s.api.process))
	s.works = workerParts{
		Metrics:  counted,
		Database: d.worker, Temporal: temporal, Links: s.links, Config: s.config, Log: s.options.Log, Development: true,
	}
	if s.worker, err = newWorker(s.works); err != nil {
		return err
	}
	s.runs, s.ends = context.WithCancel(context.WithoutCancel(ctx))
	s.goes(func() error { return s.api.Run(s.runs) })
	s.goes(func() error { return s.moves(s.runs, port, uiPort) })
	return nil
}

// moves starts Temporal, which may have to be built first, and works.
func (s *stack) moves(ctx context.Context, port, uiPort int) error {
	if s.options.TemporalAddress == "" {
		if err := s.startTemporal(ctx, port, uiPort); err != nil {
			return err
		}
	}
	return s.work(ctx)
}

// work runs the worker until ctx or endWorker ends it.
func (s *stack) work(ctx context.Context) error {
	ctx, end := context.WithCancel(ctx)
	ended := make(chan struct{})
	defer close(ended)
	s.mu.Lock()
	s.endWorker = func() { end(); <-ended }
	s.mu.Unlock()
	return s.worker.Run(ctx)
}

// StopWorker ends the worker, as a restart of the machine would: forløb stand
// still until StartWorker.
func (s *stack) StopWorker() {
	s.mu.Lock()
	end := s.endWorker
	s.mu.Unlock()
	if end != nil {
		end()
	}
	s.worker.Close()
	s.worker = nil
}

// StartWorker starts another worker after StopWorker.
func (s *stack) StartWorker() (err error) {
	if s.worker, err = newWorker(s.works); err == nil {
		s.goes(func() error { return s.work(s.runs) })
	}
	return err
}

func (s *stack) startTemporal(ctx context.Context, port, uiPort int) error {
	binary, err := devstack.TemporalBinary(ctx, func(line string) { fmt.Fprintln(s.options.Progress, line) })
	if err != nil {
		return err
	}
	t, err := devstack.StartTemporal(ctx, devstack.TemporalOptions{
		StateDir: s.options.StateDir, Binary: binary, Log: s.options.Progress,
		Port: port, PortSetting: "SPARK_DEV_TEMPORAL", UIPort: uiPort, UIPortSetting: "SPARK_DEV_TEMPORAL_UI",
	})
	if err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.temporal = t; s.stopping {
		t.Stop()
		return nil
	}
	fmt.Fprintf(s.options.Progress, "Temporal runs: %s\n", t.UI())
	return nil
}

// goes runs a part of the product; the first that fails ends the stack.
func (s *stack) goes(part func() error) {
	s.done.Add(1)
	go func() {
		defer s.done.Done()
		if err := part(); err != nil && !errors.Is(err, context.Canceled) {
			select {
			case s.failed <- err:
			default:
			}
		}
	}()
}

// Wait returns when ctx ends, or with what went wrong.
func (s *stack) Wait(ctx context.Context) error {
	select {
	case <-ctx.Done():
		return nil
	case err := <-s.failed:
		return err
	}
}

// Stop ends everything in order: first who asks, then what answers.
func (s *stack) Stop() {
	s.mu.Lock()
	s.stopping = true
	s.mu.Unlock()
	if s.ends != nil {
		s.ends()
		s.done.Wait()
	}
	if s.worker != nil {
		s.worker.Close()
	}
	if s.api != nil {
		s.api.Close()
	}
	if s.temporal != nil {
		s.temporal.Stop()
	}
	if s.login != nil {
		s.login.Stop()
	}
	if s.mail != nil {
		s.mail.Stop()
	}
	if s.postgres != nil {
		s.postgres.Stop()
	}
}

// temporalOptions say where Temporal will be, before it is there.
func (s *stack) temporalOptions() (client.Options, int, error) {
	port := s.options.TemporalPort
	if s.options.TemporalAddress != "" {
		options, err := envconfig.LoadClientOptions(envconfig.LoadClientOptionsRequest{DisableFile: true})
		return options, 0, err
	}
	if port == 0 {
		free, err := devstack.Free()
		if err != nil {
			return client.Options{}, 0, err
		}
		port = free
	}
	return client.Options{HostPort: net.JoinHostPort("127.0.0.1", strconv.Itoa(port)), Namespace: devstack.Namespace}, port, nil
}

// developmentLinks keeps one key below the state directory, so that links in
// caught mails go on working after a restart.
func developmentLinks(stateDir string) (*link.Keyring, error) {
	if err := os.MkdirAll(stateDir, 0o755); err != nil {
		return nil, fmt.Errorf("%s cannot be written: run spark in a directory of your own", stateDir)
	}
	file := filepath.Join(stateDir, "link.keys")
	key, err := os.ReadFile(file)
	if errors.Is(err, os.ErrNotExist) {
		secret := make([]byte, 32)
		rand.Read(secret)
		key = []byte("dev:" + base64.StdEncoding.EncodeToString(secret))
		err = os.WriteFile(file, key, 0o600)
	}
	if err != nil {
		return nil, fmt.Errorf("%s cannot be used: remove it, or run make clean", file)
	}
	return link.ParseKeyring(string(key))
}

// developmentConfig is what production sets by environment variables.
func developmentConfig(o stackOptions, smtp string, login *devstack.Login) config.Config {
	host, port, _ := net.SplitHostPort(smtp)
	number, _ := strconv.Atoi(port)
	return config.Config{
		HTTP:       config.HTTP{Listen: o.Listen, OpsListen: o.OpsListen, BaseURL: o.baseURL()},
		Mail:       config.Mail{SMTP: config.SMTP{Host: host, Port: number, TLS: config.NoTLS}, From: "SPARK <spark@example.dk>", ReplyTo: "SPARK <sekretariat@example.dk>"},
		Contact:    config.Contact{Phone: "00 00 00 00", Hours: "mandag til torsdag kl. 9.00–15.00, fredag kl. 9.00–13.00", Mail: "sekretariat@example.dk"},
		Controller: config.Controller{NameAndAddress: "SPARKs sekretariat, Eksempelvej 1, 1000 Eksempelby"},
		OIDC: config.OIDC{
			Issuer: login.Issuer(), ClientID: login.ClientID(), ClientSecret: config.Secret(login.ClientSecret()),
			RoleClaim: "roles", MFA: config.Claim{Name: "amr", Values: []string{"mfa"}},
		},
		Sessions: config.Sessions{Idle: 30 * time.Minute, Life: 10 * time.Hour},
	}
}
