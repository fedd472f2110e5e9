package crash

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jmoiron/sqlx"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/smtpfault"
	"example.dk/spark/internal/store"
)

// stack is everything that runs: PostgreSQL, Temporal, the product's
// processes, and a mail server that fails.
type stack struct {
	options  Options
	history  *History
	postgres *devstack.Postgres // the first, which knows the address of those that follow
	members  []*member
	mails    *smtpfault.Server
	db       *sqlx.DB // as the owner
	hosts    map[string]string
	keys     string
	doom     doom
	ports    struct{ postgres, temporal, mails int }
}

// Day is how long a day is in a crash run: the questionnaire comes half a
// minute after the last meeting.
const Day = time.Second

func newStack(ctx context.Context, o Options, history *History) (_ *stack, err error) {
	s := &stack{options: o, history: history, hosts: map[string]string{}}
	secret := make([]byte, 32)
	_, _ = rand.Read(secret)
	s.keys = "crash:" + base64.StdEncoding.EncodeToString(secret)
	for _, port := range []*int{&s.ports.postgres, &s.ports.temporal, &s.ports.mails} {
		if *port, err = devstack.Free(); err != nil {
			return s, err
		}
	}
	if s.mails, err = smtpfault.Start(smtpfault.Options{
		Address: local(s.ports.mails), Log: filepath.Join(o.Dir, "mails.jsonl"), Seed: o.Seed, Slow: 3 * time.Second, Grey: 5 * time.Second,
	}); err != nil {
		return s, err
	}
	if err := s.start(ctx, "postgres", s.startPostgres); err != nil {
		return s, err
	}
	if err := s.prepare(ctx); err != nil {
		return s, err
	}
	if err := s.start(ctx, "temporal", s.startTemporal); err != nil {
		return s, err
	}
	for n := 1; n <= 2 && (n == 1 || !o.alone); n++ {
		if err := s.startPair(ctx, strconv.Itoa(n)); err != nil {
			return s, err
		}
	}
	return s, s.waitUp(ctx)
}

// startPair starts one process of the api and one worker.
func (s *stack) startPair(ctx context.Context, n string) error {
	api, worker := "api-"+n, "worker-"+n
	port, err := devstack.Free()
	if err != nil {
		return err
	}
	s.hosts[api] = local(port)
	if err := s.start(ctx, api, s.program(api, store.RoleAPI, s.hosts[api], "api")); err != nil {
		return err
	}
	return s.start(ctx, worker, s.program(worker, store.RoleWorker, local(0), "worker"))
}

func (s *stack) start(ctx context.Context, name string, begin func(context.Context) (running, error)) error {
	m := &member{name: name, begin: begin, notes: s.history.Notes}
	s.members = append(s.members, m)
	return m.start(ctx)
}

// program starts one of the product's processes, with its output in a file
// that is added to.
func (s *stack) program(name, role, listen, command string) func(context.Context) (running, error) {
	return func(context.Context) (running, error) {
		log, err := os.OpenFile(filepath.Join(s.options.Dir, name+".log"), os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
		if err != nil {
			return nil, err
		}
		defer log.Close() // the child has its own
		cmd := exec.Command(s.options.Binary, command)
		cmd.Env, cmd.Stdout, cmd.Stderr = append(append(os.Environ(), s.env(role, listen)...), s.doom.settings(name)...), log, log
		return devstack.StartProgram(cmd)
	}
}

func (s *stack) startPostgres(ctx context.Context) (running, error) {
	p, err := devstack.StartPostgres(ctx, devstack.PostgresOptions{StateDir: filepath.Join(s.options.Dir, "state"), Port: s.ports.postgres, Durable: !s.options.alone})
	if err != nil {
		return nil, err
	}
	if s.postgres == nil {
		s.postgres = p
	}
	return p, nil
}

// startTemporal starts a server that keeps its state where the product's is,
// as in production.
func (s *stack) startTemporal(ctx context.Context) (running, error) {
	o := devstack.TemporalOptions{
		StateDir: filepath.Join(s.options.Dir, "state"), Port: s.ports.temporal, UIPort: devstack.NoUI, Binary: s.options.Temporal,
	}
	if !s.options.alone {
		o.Postgres = s.postgres.URL(devstack.RoleTemporal, "postgres")
	}
	return devstack.StartTemporal(ctx, o)
}

func local(port int) string { return net.JoinHostPort("127.0.0.1", strconv.Itoa(port)) }

// shortDays makes every forløb of this database live by short days, come to its
// questionnaire after few meetings, and wait long for people that are cut off.
// Production has no way to ask for it.
const shortDays = `
	create function short_days() returns trigger language plpgsql as $$
	begin
		new.policy := new.policy || jsonb_build_object('day', %d, 'meetings', 2, 'max_meetings', 4, 'consent_days', 60,
			'evaluation_months', 1, 'evaluation_days', 60, 'keep_closed_months', 1200, 'keep_completed_months', 1200);
		return new;
	end $$;
	create trigger short_days before insert on forloeb for each row execute function short_days()`

func (s *stack) prepare(ctx context.Context) error {
	owner := s.postgres.URL(devstack.RoleOwner, devstack.Database)
	if err := store.Migrate(ctx, owner); err != nil {
		return err
	}
	db, err := store.Open(s.postgres.URL(devstack.RoleAPI, devstack.Database))
	if err != nil {
		return err
	}
	defer db.Close()
	if err := errors.Join(db.SeedDevelopment(ctx), opensRegional(ctx, db)); err != nil {
		return err
	}
	if s.db, err = sqlx.Open("postgres", owner); err != nil {
		return err
	}
	if day := s.options.Day; day > 0 {
		if _, err := s.db.ExecContext(ctx, fmt.Sprintf(shortDays, day.Nanoseconds())); err != nil {
			return err
		}
	}
	_, err = s.db.ExecContext(ctx, `update consultants set capacity = 10000`)
	return err
}

// token lets a client be one of the staff.
func (s *stack) token(ctx context.Context, who forloeb.Principal) (string, error) {
	db, err := store.Open(s.postgres.URL(devstack.RoleAPI, devstack.Database))
	if err != nil {
		return "", err
	}
	defer db.Close()
	who.Name = "crash"
	return db.CreateTokenFor(ctx, who, 24*time.Hour)
}

// env are the settings of a process, as an operator gives them.
func (s *stack) env(role, listen string) []string {
	return append([]string{
		"SPARK_LISTEN=" + listen, "SPARK_OPS_LISTEN=127.0.0.1:0", "SPARK_BASE_URL=http://127.0.0.1:1",
		"SPARK_DATABASE_URL=" + s.postgres.URL(role, devstack.Database), "SPARK_SMTP_URL=smtp://" + s.mails.Address() + "?tls=none",
		"SPARK_MAIL_FROM=SPARK <spark@example.dk>", "SPARK_MAIL_REPLY_TO=sekretariat@example.dk", "SPARK_LINK_KEYS=" + s.keys,
		"SPARK_CONTACT_PHONE=00 00 00 00", "SPARK_CONTACT_HOURS=hverdage kl. 9.00–15.00", "SPARK_CONTACT_MAIL=sekretariat@example.dk",
		"SPARK_CONTROLLER=SPARKs sekretariat, Eksempelvej 1", "SPARK_LOG_LEVEL=info",
		"SPARK_LIMIT_APPLICATIONS=0", "SPARK_LIMIT_ANSWERS=0", "SPARK_LIMIT_REQUEST_MAILS=0", // everybody is one address here
		"TEMPORAL_ADDRESS=" + local(s.ports.temporal), "TEMPORAL_NAMESPACE=" + devstack.Namespace,
	}, s.options.more...)
}

// hostsUp are the processes of the api that are not known to be down.
func (s *stack) hostsUp() (list []string) {
	for _, m := range s.members {
		if host, is := s.hosts[m.name]; is && m.up() {
			list = append(list, host)
		}
	}
	return list
}

// waitUp waits until both processes of the api answer.
func (s *stack) waitUp(ctx context.Context) error {
	for _, host := range s.hosts {
		for {
			answer, err := http.Get("http://" + host + "/")
			if err == nil {
				answer.Body.Close()
				break
			}
			if ctx.Err() != nil {
				return fmt.Errorf("the api does not answer: %w", err)
			}
			pause(ctx, 100*time.Millisecond)
		}
	}
	return nil
}

// stop ends everything.
func (s *stack) stop() {
	for i := len(s.members) - 1; i >= 0; i-- {
		s.members[i].thaw()
		s.members[i].kill()
	}
	if s.db != nil {
		_ = s.db.Close()
	}
	if s.mails != nil {
		_ = s.mails.Stop()
	}
}
