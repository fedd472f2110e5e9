package devstack

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

const (
	postgresName = "postgres"
	// Long enough for the orphans of a killed server to notice and let go of its memory.
	postgresStartWithin = 30 * time.Second
	postgresStopWithin  = 15 * time.Second
)

// PostgresOptions say where a server keeps its data and how much it minds losing them.
type PostgresOptions struct {
	StateDir    string
	Port        int       // 0 for a free one
	PortSetting string    // named in the error when Port is taken
	Durable     bool      // false is for tests: faster, but the last commits are lost when the server is killed
	Log         io.Writer // a line for each thing that takes time; may be nil
}

// Postgres is a running PostgreSQL server of our own.
type Postgres struct {
	port int
	data string
	proc *process
	lock *os.File
}

// StartPostgres starts a server on loopback, creating its data on first use. It stops one that a crashed run left
// behind on the same state. The context is for starting only.
func StartPostgres(ctx context.Context, opts PostgresOptions) (_ *Postgres, err error) {
	if opts.StateDir, err = openState(opts.StateDir); err != nil {
		return nil, err
	}
	lock, err := lockState(opts.StateDir, postgresName)
	if err != nil {
		return nil, err
	}
	p := &Postgres{lock: lock}
	if err := p.start(ctx, opts); err != nil {
		p.Stop()
		return nil, err
	}
	return p, nil
}

func (p *Postgres) start(ctx context.Context, opts PostgresOptions) error {
	// Installing PostgreSQL creates the user it runs as, and who that is decides where the data can lie.
	if _, err := requirePostgres(ctx, "", opts.Log); err != nil {
		return err
	}
	who := databaseAccount()
	var err error
	if p.data, err = placeFor(opts.StateDir, who); err != nil {
		return err
	}
	bin, err := requirePostgres(ctx, p.data, opts.Log)
	if err != nil {
		return err
	}
	if err := stopPostgresLeftover(ctx, p.data, opts.Log); err != nil {
		return err
	}
	if err := initialise(ctx, bin, who, p.data, opts.Log); err != nil {
		return err
	}
	if err := p.launchUntilUp(ctx, bin, who, opts); err != nil {
		return err
	}
	db, err := sql.Open("postgres", p.URL(superuser, "postgres"))
	if err != nil {
		return err
	}
	defer db.Close()
	return createRoles(ctx, db)
}

// initialise creates the data beside their place and moves them there when they are whole, so that a kill half-way
// leaves nothing that looks finished.
func initialise(ctx context.Context, bin postgresBinaries, who account, data string, log io.Writer) error {
	if dataVersion(data) != 0 {
		return who.checkOwned(data)
	}
	say(log, "creating a PostgreSQL %d database in %s", bin.major, data)
	fresh := data + unfinished
	if err := os.RemoveAll(fresh); err != nil {
		return fmt.Errorf("what is left of an unfinished database cannot be removed: %w", err)
	}
	if err := who.makeOwned(fresh); err != nil {
		return fmt.Errorf("PostgreSQL's data directory cannot be created: %w", err)
	}
	if err := initdb(ctx, bin, who, fresh); err != nil {
		return err
	}
	_ = os.Remove(data) // an empty one would be in the way of the rename on some systems
	return os.Rename(fresh, data)
}

func initdb(ctx context.Context, bin postgresBinaries, who account, dir string) error {
	var out []byte
	var err error
	for _, locale := range []string{"C.UTF-8", "C"} { // not every system has the first
		cmd := exec.CommandContext(ctx, filepath.Join(bin.dir, "initdb"),
			"--pgdata="+dir, "--username="+superuser, "--encoding=UTF8", "--locale="+locale, "--no-sync",
			// Nobody is asked for a password. That is no wider than the machine: the server listens on loopback
			// only, its host file names loopback only, and the people in it are invented.
			"--auth=trust")
		cmd.SysProcAttr = who.attributes()
		cmd.Env = postgresEnv()
		cmd.Dir = "/" // the checkout may be closed to its user
		if out, err = cmd.CombinedOutput(); err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return fmt.Errorf("initdb failed, set SPARK_DATABASE_URL to a server of your own or see to this: %s", lastLine(string(out)))
}

// postgresEnv leaves out what would lead the server elsewhere, such as PGDATA, and the language of its messages, which
// we read.
func postgresEnv() []string {
	return []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
}

// launchUntilUp tries again: right after a crash the memory of the old server is still held by its last processes,
// and a port that was free a moment ago may be taken.
func (p *Postgres) launchUntilUp(ctx context.Context, bin postgresBinaries, who account, opts PostgresOptions) error {
	ctx, cancel := context.WithTimeout(ctx, postgresStartWithin)
	defer cancel()
	logFile := filepath.Join(opts.StateDir, postgresName+".log")
	for {
		err := p.launch(ctx, bin, who, opts, logFile)
		if err == nil || p.proc == nil {
			return err
		}
		why := tail(logFile)
		if ctx.Err() != nil || !transient(why) {
			return fmt.Errorf("PostgreSQL did not start, see %s: %w\n%s", logFile, err, why)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func transient(log string) bool {
	for _, s := range []string{"shared memory block", "still in use", "lock file", "could not bind", "Address already in use"} {
		if strings.Contains(log, s) {
			return true
		}
	}
	return false
}

// launch leaves p.proc nil when the reason lies before the server itself.
func (p *Postgres) launch(ctx context.Context, bin postgresBinaries, who account, opts PostgresOptions, logFile string) error {
	p.proc = nil
	port, err := choosePort(opts.Port, "PostgreSQL", opts.PortSetting)
	if err != nil {
		return err
	}
	p.port = port
	// A file and not a pipe: a pipe would break when we are killed, while the server still has to shut down.
	log, err := os.Create(logFile)
	if err != nil {
		return fmt.Errorf("PostgreSQL's log cannot be written: %w", err)
	}
	defer log.Close()
	cmd := exec.Command(filepath.Join(bin.dir, "postgres"), serverArgs(p.data, port, opts.Durable)...)
	cmd.SysProcAttr = who.attributes()
	cmd.Env = postgresEnv()
	cmd.Dir = "/"
	cmd.Stdout, cmd.Stderr = log, log
	if p.proc, err = startProcess(cmd, syscall.SIGINT); err != nil {
		return err
	}
	return p.waitUp(ctx)
}

func serverArgs(data string, port int, durable bool) []string {
	settings := []string{
		"listen_addresses=" + loopback,
		"unix_socket_directories=", // one folder less that must exist and be short enough
		"max_connections=200",
		"timezone=UTC", "log_timezone=UTC",
		// A failed statement in the log would bring names and addresses there.
		"log_min_error_statement=panic", "log_error_verbosity=terse",
		"log_checkpoints=off",
	}
	if !durable {
		settings = append(settings, "fsync=off", "synchronous_commit=off", "full_page_writes=off")
	}
	args := []string{"-D", data, "-p", strconv.Itoa(port)}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	return args
}

func (p *Postgres) waitUp(ctx context.Context) error {
	db, err := sql.Open("postgres", p.URL(superuser, "postgres")+"&connect_timeout=2")
	if err != nil {
		return err
	}
	defer db.Close()
	for {
		var data string
		if err = db.QueryRowContext(ctx, "SHOW data_directory").Scan(&data); err == nil && data == p.data {
			return nil // and not another server that took the port first
		}
		select {
		case <-p.proc.done:
			return errors.New("it ended at once")
		case <-ctx.Done():
			return fmt.Errorf("it does not answer: %w", err)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// URL is for lib/pq, as the given role on the given database.
func (p *Postgres) URL(role, database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(role), Host: address(p.port), Path: "/" + database, RawQuery: "sslmode=disable"}
	return u.String()
}

// Port is the one the server listens on.
func (p *Postgres) Port() int { return p.port }

// Done is closed when the server has ended, by Stop or on its own.
func (p *Postgres) Done() <-chan struct{} { return p.proc.done }

// Stop shuts the server down, ending its connections, and waits until it is gone.
func (p *Postgres) Stop() {
	if p.proc != nil {
		p.Resume()
		p.proc.stop(syscall.SIGINT, postgresStopWithin)
	}
	p.lock.Close()
}

// Kill ends every process of the server as a crash of the machine would, for tests of what follows.
func (p *Postgres) Kill() {
	p.signal(syscall.SIGKILL)
	<-p.proc.done
	p.lock.Close()
}
