package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/url"
	"os"

	"example.dk/spark/internal/devstack"
)

type devCommand struct {
	Listen     string `env:"SPARK_LISTEN" default:"127.0.0.1:8080" help:"The product."`
	OpsListen  string `env:"SPARK_OPS_LISTEN" default:"127.0.0.1:9090" help:"Operations."`
	Mail       string `env:"SPARK_DEV_MAIL" default:"127.0.0.1:8025" help:"The mail catcher's page."`
	SMTP       string `env:"SPARK_DEV_SMTP" name:"smtp" default:"127.0.0.1:1025" help:"The mail catcher's SMTP."`
	Login      string `env:"SPARK_DEV_LOGIN" default:"127.0.0.1:8081" help:"The staff's login."`
	Temporal   int    `env:"SPARK_DEV_TEMPORAL" default:"7233" help:"Temporal's port."`
	TemporalUI int    `env:"SPARK_DEV_TEMPORAL_UI" name:"temporal-ui" default:"8233" help:"Port of Temporal's own pages."`
	Postgres   int    `env:"SPARK_DEV_POSTGRES" default:"5433" help:"PostgreSQL's port."`

	TemporalAddress string `env:"TEMPORAL_ADDRESS" help:"A Temporal on loopback to use instead of an own one."`
}

// Help tells what --help adds.
func (devCommand) Help() string {
	return "SPARK_DATABASE_URL names a PostgreSQL on loopback to use instead of an own one."
}

// Run runs the whole product until Ctrl-C. The next start finds the state
// where it was.
func (d devCommand) Run(ctx context.Context) error {
	c, err := loadConfig("dev")
	if err != nil {
		return err
	}
	database := c.Database.URL.Reveal()
	if err := d.check(database); err != nil {
		return err
	}
	s, err := startStack(ctx, stackOptions{
		StateDir: stateDir, Listen: d.Listen, OpsListen: d.OpsListen, MailListen: d.Mail, SMTPListen: d.SMTP, LoginListen: d.Login,
		PostgresPort: d.Postgres, TemporalPort: d.Temporal, TemporalUIPort: d.TemporalUI,
		DatabaseURL: database, TemporalAddress: d.TemporalAddress,
		Durable: true, Progress: os.Stdout, Log: developmentLog(),
	})
	if err != nil {
		return err
	}
	defer s.Stop()
	ops, err := serve(d.OpsListen, s.api.ops(), s.options.Log)
	if err != nil {
		return err
	}
	defer ops.stop()
	d.say(s)
	err = s.Wait(ctx)
	fmt.Println("Stopping. The state stays in .spark; make run goes on from there, make clean removes it.")
	return err
}

// check finds taken ports before anything is started, and refuses servers
// that are not this machine's: development writes to them as it likes.
func (d devCommand) check(database string) error {
	var taken []error
	for _, p := range []struct{ name, setting, address string }{
		{"product", "SPARK_LISTEN", d.Listen},
		{"operations", "SPARK_OPS_LISTEN", d.OpsListen},
		{"mail catcher", "SPARK_DEV_MAIL", d.Mail},
		{"SMTP", "SPARK_DEV_SMTP", d.SMTP},
		{"login", "SPARK_DEV_LOGIN", d.Login},
		{"Temporal", "SPARK_DEV_TEMPORAL", loopback(d.Temporal)},
		{"Temporal's pages", "SPARK_DEV_TEMPORAL_UI", loopback(d.TemporalUI)},
	} {
		if d.elsewhere(p.name) {
			continue
		}
		taken = append(taken, devstack.Check(p.name, p.setting, p.address))
	}
	if err := errors.Join(taken...); err != nil {
		return err
	}
	return errors.Join(onLoopback("SPARK_DATABASE_URL", hostOf(database)), onLoopback("TEMPORAL_ADDRESS", hostOf("tcp://"+d.TemporalAddress)))
}

func (d devCommand) elsewhere(name string) bool {
	return d.TemporalAddress != "" && (name == "Temporal" || name == "Temporal's pages")
}

func loopback(port int) string { return fmt.Sprintf("127.0.0.1:%d", port) }

func hostOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "?"
	}
	return u.Hostname()
}

func onLoopback(setting, host string) error {
	if ip := net.ParseIP(host); host == "" || host == "localhost" || ip != nil && ip.IsLoopback() {
		return nil
	}
	return fmt.Errorf("%s: development uses only servers on this machine; %s is not one", setting, host)
}

func (d devCommand) say(s *stack) {
	fmt.Printf(`
  SPARK           %s
  Mails           %s
  Staff login     %s, no password
  Wind on a clock %s/dev/
  Temporal        http://127.0.0.1:%d (when it runs)
  API             %s/openapi.json, tokens: bin/spark token create
  Operations      http://%s/readyz

  Ctrl-C stops everything.

`, s.config.HTTP.BaseURL, s.mail.URL(), s.login.URL(), s.config.HTTP.BaseURL, d.TemporalUI, s.config.HTTP.BaseURL, d.OpsListen)
}

// developmentLog is quiet: what matters is on the screen already.
func developmentLog() *slog.Logger {
	return slog.New(slog.NewTextHandler(os.Stderr, &slog.HandlerOptions{Level: slog.LevelWarn}))
}
