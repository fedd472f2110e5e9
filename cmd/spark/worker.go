package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/mail"
	"strings"
	"sync"
	"time"

	"go.temporal.io/sdk/client"

	"example.dk/spark/activities"
	"example.dk/spark/api"
	"example.dk/spark/internal/config"
	"example.dk/spark/internal/doctor"
	"example.dk/spark/internal/link"
	sparkmail "example.dk/spark/internal/mail"
	"example.dk/spark/internal/metrics"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/trace"
	"example.dk/spark/workflows"
)

type workerCommand struct{}

// Run works until it is told to stop, and then finishes what it has begun.
func (workerCommand) Run(ctx context.Context) error {
	s, err := loadSettings("worker")
	if err != nil {
		return err
	}
	told, err := trace.Open(ctx, "spark-worker", s.log)
	if err != nil {
		return err
	}
	defer told()
	counted := metrics.New()
	s.temporal.MetricsHandler = counted.Temporal()
	w, err := newWorker(workerParts{
		Database: s.Database.URL.Reveal(), Temporal: s.temporal, Links: s.links, Config: s.Config, Log: s.log, Metrics: counted,
	})
	if err != nil {
		return err
	}
	defer w.Close()
	counted.Pool("worker", w.store.Stats)
	counted.Watch(watched(w.store, w.process))
	ops, err := serve(s.HTTP.OpsListen, api.OperationsHandler(workerHealth{w}, counted.Handler()), s.log)
	if err != nil {
		return err
	}
	defer ops.stop()
	return w.Run(ctx)
}

// workerParts are what a worker is made of.
type workerParts struct {
	Database    string
	Temporal    client.Options
	Links       *link.Keyring
	Config      config.Config
	Log         *slog.Logger
	Development bool
	Metrics     *metrics.Metrics
}

// runningWorker moves forløb on.
type runningWorker struct {
	store   *store.Store
	process *workflows.Process
	worker  *workflows.Worker
	drafts  *activities.Drafts
	samples *activities.Samples
	staff   *activities.StaffPost
	eraser  *activities.Eraser
	mender  *doctor.Reconciler
	log     *slog.Logger
	fatal   chan error
}

func newWorker(p workerParts) (*runningWorker, error) {
	composed, err := newMailer(p.Config, p.Links)
	if err != nil {
		return nil, err
	}
	db, err := store.Open(p.Database)
	if err != nil {
		return nil, err
	}
	db.Development, db.RequestsAnHour = p.Development, p.Config.Limits.RequestMails
	process, err := workflows.Connect(p.Temporal, p.Log)
	if err != nil {
		db.Close()
		return nil, err
	}
	w := &runningWorker{store: db, process: process, log: p.Log, fatal: make(chan error, 1)}
	mailer := measured{composed, p.Metrics}
	w.drafts = &activities.Drafts{Store: db, Mailer: mailer, Log: p.Log}
	w.samples = &activities.Samples{Store: db, Mailer: mailer, Log: p.Log}
	w.staff = &activities.StaffPost{Store: db, Mailer: mailer, Log: p.Log}
	w.eraser = &activities.Eraser{Store: db, Log: p.Log}
	w.mender = &doctor.Reconciler{Rows: db, Runs: process, Log: p.Log}
	p.Metrics.Reconciler(w.mender.Started)
	w.worker = process.Worker(&activities.Activities{Store: db, Mailer: mailer, Cause: db.Cause}, p.Config.Temporal.Release, func(err error) {
		select {
		case w.fatal <- err:
		default:
		}
	})
	return w, nil
}

func newMailer(c config.Config, links *link.Keyring) (*sparkmail.Mailer, error) {
	from, err := mailSender(c)
	if err != nil {
		return nil, err
	}
	replyTo, err := mail.ParseAddress(c.Mail.ReplyTo)
	if err != nil {
		return nil, errors.New("SPARK_MAIL_REPLY_TO is not a mail address; use a mailbox that somebody reads")
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	composer, err := sparkmail.NewComposer(sparkmail.Config{
		BaseURL: c.HTTP.BaseURL, Links: links, From: *from, ReplyTo: *replyTo,
		Phone: c.Contact.Phone, Hours: c.Contact.Hours, Contact: c.Contact.Mail, Domain: domain,
	})
	if err != nil {
		return nil, err
	}
	sender, err := newSender(c.Mail.SMTP, domain)
	if err != nil {
		return nil, err
	}
	return sparkmail.NewMailer(composer, sender), nil
}

// mailSender is whom mails come from, and who invites to meetings.
func mailSender(c config.Config) (*mail.Address, error) {
	from, err := mail.ParseAddress(c.Mail.From)
	if err != nil {
		return nil, errors.New("SPARK_MAIL_FROM is not a mail address; use for example \"SPARK <spark@example.dk>\"")
	}
	return from, nil
}

// Run works until ctx ends. It waits for Temporal, however long that takes;
// drafts do not.
func (w *runningWorker) Run(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	var beside sync.WaitGroup
	beside.Go(func() { w.drafts.Run(ctx) })
	beside.Go(func() { w.samples.Run(ctx) })
	beside.Go(func() { w.staff.Run(ctx) })
	beside.Go(func() { w.eraser.Run(ctx) })
	beside.Go(func() { w.mender.Run(ctx) })
	defer beside.Wait()
	defer stop()
	if err := w.connect(ctx); ctx.Err() != nil {
		return nil
	} else if err != nil {
		return err
	}
	if err := w.worker.Start(); err != nil {
		return fmt.Errorf("the worker cannot start: %w", err)
	}
	defer w.worker.Stop()
	select {
	case <-ctx.Done():
		return nil
	case err := <-w.fatal:
		return fmt.Errorf("the worker cannot go on: %w", err)
	}
}

// connect waits until Temporal answers and has the search attributes. It says
// once that it waits, and once more when it knows the setting that is wrong: of
// a server that hangs up, the first attempt may see nothing but that.
func (w *runningWorker) connect(ctx context.Context) error {
	said := map[string]bool{}
	for {
		err := w.process.Available(ctx)
		if err == nil {
			return w.process.EnsureSearchAttributes(ctx)
		}
		if why := misset(err); !said[why] && ctx.Err() == nil {
			w.log.Warn("Temporal cannot be reached; forløb and mails wait", "why", err.Error())
			said[""], said[why] = true, true
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(time.Second):
		}
	}
}

// misset is what to set, where a setting is why Temporal cannot be reached.
func misset(err error) string {
	var m *workflows.Misset
	if errors.As(err, &m) {
		return m.Remedy
	}
	return ""
}

// Close lets go of the database and of Temporal.
func (w *runningWorker) Close() {
	w.process.Close()
	w.store.Close()
}

// workerHealth: a worker needs both, so without Temporal it is not ready.
type workerHealth struct{ *runningWorker }

// Ready reports why the worker cannot work.
func (w workerHealth) Ready(ctx context.Context) error {
	return errors.Join(w.store.Ready(ctx), w.process.Available(ctx))
}

// ProcessAvailable adds nothing: Ready has asked.
func (w workerHealth) ProcessAvailable(context.Context) error { return nil }
