package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
)

type demoCommand struct {
	Programme  forloeb.ProgrammeCode `help:"Whose forløb: spark or regional." enum:"spark,regional" default:"spark"`
	Provider   string                `help:"Whom the regional workplace applies to: NFA or RUC." default:"NFA"`
	Type       forloeb.TypeCode      `help:"Type of forløb: individual, joint or network." enum:"individual,joint,network" default:"individual"`
	Workplaces int                   `help:"Workplaces of a joint or network forløb, 2 to 98." default:"12"`
	Mails      bool                  `help:"Also print every mail with its recipient and date."`
}

// Run plays the demo on a stack of its own, which is gone afterwards. When
// something is not as expected, the stack stays up for who watches.
func (o demoCommand) Run(ctx context.Context) error {
	if o.Programme == forloeb.Regional && o.Type != forloeb.Individual {
		return errors.New("a regional forløb is for one workplace: leave out --type")
	}
	if _, err := providerNamed(o.Provider); err != nil {
		return err
	}
	if o.Type != forloeb.Individual && (o.Workplaces < minSites || o.Workplaces > maxSites) {
		return fmt.Errorf("--workplaces is between %d and %d", minSites, maxSites)
	}
	// What takes minutes on a new machine is done before the clock starts.
	if _, err := devstack.TemporalBinary(ctx, func(line string) { fmt.Fprintln(os.Stdout, line) }); err != nil {
		return err
	}
	dir, err := demoState()
	if err != nil {
		return err
	}
	d := &demo{out: newNarrator(os.Stdout), seen: map[forloeb.Status]sighting{}, began: time.Now()}
	if d.stack, err = startStack(ctx, stackOptions{
		StateDir: dir, Listen: "127.0.0.1:0", OpsListen: "127.0.0.1:0", Policy: d.policy,
		Progress: os.Stdout, Log: developmentLog(),
	}); err != nil {
		return errors.Join(err, devstack.Clean(context.WithoutCancel(ctx), dir))
	}
	if err = o.play(ctx, d); err == nil && o.Mails {
		d.listMails()
	}
	different := isDifference(err)
	if different {
		d.hold(ctx, err)
		err = errNotAsExpected
	}
	d.stack.Stop()
	switch {
	case different && !d.out.live:
		return fmt.Errorf("%w; its state is kept in %s", err, dir)
	case !different && ctx.Err() != nil:
		err = errors.New("the demo was stopped before its end")
	}
	return errors.Join(err, devstack.Clean(context.WithoutCancel(ctx), dir))
}

// play plays what was asked for.
func (o demoCommand) play(ctx context.Context, d *demo) error {
	switch {
	case o.Programme == forloeb.Regional:
		provider, err := providerNamed(o.Provider)
		if err != nil {
			return err
		}
		return d.playRegional(ctx, provider)
	case o.Type == forloeb.Individual:
		return d.play(ctx)
	}
	return d.playShared(ctx, o.Type, o.Workplaces)
}

var errNotAsExpected = errors.New("the demo did not go as expected")

// demoState is a directory that PostgreSQL's own user can enter, too.
func demoState() (string, error) {
	dir, err := os.MkdirTemp("", "spark-demo-")
	if err != nil {
		return "", fmt.Errorf("there is no room for the demo's state: set TMPDIR to a directory of your own (%w)", err)
	}
	return dir, os.Chmod(dir, 0o755)
}

func isDifference(err error) bool {
	var d *difference
	return errors.As(err, &d)
}

// demo is one performance.
type demo struct {
	stack      *stack
	out        *narrator
	outside    *outside
	anna       program     // of the secretariat
	assessed   atomic.Bool // new applications are assessed
	seen       map[forloeb.Status]sighting
	courses    []*course
	fjordhuset *course
	dates      string // what is hard about those of the happy story
	began      time.Time
}

// sighting is where a status was first seen.
type sighting struct {
	reference string
	at        time.Time
}

// policy is SPARK's own, except while Anna assesses applications.
func (d *demo) policy(p forloeb.Programme) forloeb.Policy {
	rules := p.Policy
	if d.assessed.Load() {
		rules.Intake = forloeb.Assessed
	}
	return rules
}

// play tells every story, and ends with what was shown.
func (d *demo) play(ctx context.Context) error {
	if err := d.prepare(ctx); err != nil {
		return err
	}
	for _, story := range []func(context.Context) error{d.happy, d.declined, d.nobodyHasRoom, d.otherWays} {
		if err := story(ctx); err != nil {
			return err
		}
	}
	// Nobody who is done has got another mail meanwhile.
	for _, c := range d.courses {
		if c.check(); c.err != nil {
			return c.err
		}
	}
	return d.close()
}

// startsWithin is how long Temporal and the worker may take to start on a busy
// machine.
const startsWithin = 90 * time.Second

// prepare gives Anna a token and waits until forløb move.
func (d *demo) prepare(ctx context.Context) error {
	d.outside = newOutside(d.stack.config.HTTP.BaseURL, d.stack.mail.URL())
	secret, err := d.stack.api.store.CreateToken(ctx, forloeb.RoleSecretariat, uuid.Nil, "demo: Anna", time.Hour)
	if err != nil {
		return err
	}
	d.anna = program{d.outside, secret}
	starting := newOutside(d.outside.product, d.outside.mailbox)
	starting.patience = startsWithin
	return starting.poll(ctx, func() error {
		polling, err := d.stack.api.process.WorkersPolling(ctx)
		if err == nil && polling {
			return nil
		}
		return differs("at forløb kan flytte sig", "at ingen arbejder endnu")
	})
}

// consultant is a program that acts as one of them.
func (d *demo) consultant(ctx context.Context, id string) (program, error) {
	parsed, err := uuid.Parse(id)
	if err != nil {
		return program{}, err
	}
	secret, err := d.stack.api.store.CreateToken(ctx, forloeb.RoleConsultant, parsed, "demo", time.Hour)
	return program{d.outside, secret}, err
}

// close tells what was shown and counts.
func (d *demo) close() error {
	fmt.Fprint(d.out.w, "\nAlle status vist (Every status shown):\n")
	for _, status := range forloeb.Statuses {
		where, shown := d.seen[status]
		if !shown {
			return differs("at se status "+string(status), "den ikke")
		}
		fmt.Fprintf(d.out.w, "  %-20s %-34s sag %s, %s\n", status, status.Label(), where.reference, forloeb.Date(where.at))
	}
	sent, spared := 0, 0
	for _, c := range d.courses {
		sent += len(c.mails.rows)
		spared += c.mails.spared()
	}
	fmt.Fprintf(d.out.w, "\nDatoerne passerede %s.\n", d.dates)
	fmt.Fprintf(d.out.w, "\n%d mails sendt, %d påmindelser sparet, 0 glemt. Se det selv: make run\n", sent, spared)
	fmt.Fprintf(d.out.w, "Tid: %s\n", time.Since(d.began).Round(time.Second))
	return nil
}

// listMails prints the table that every mail was compared with.
func (d *demo) listMails() {
	for _, c := range d.courses {
		fmt.Fprintf(d.out.w, "\nSag %s, %s:\n", c.mails.reference, c.workplace)
		for _, row := range c.mails.rows {
			fmt.Fprintf(d.out.w, "  %s  %-20s %s: %s\n", row.at.In(forloeb.Copenhagen).Format("02.01.2006 15:04"), row.code, row.to, row.subject)
		}
	}
}

// hold says loudly what went wrong, and keeps everything up while somebody
// watches.
func (d *demo) hold(ctx context.Context, err error) {
	var different *difference
	errors.As(err, &different)
	fmt.Fprintf(d.out.w, "\n\nTrin %d gik ikke som ventet: Vi ventede %s, men så %s. ", d.out.steps+1, different.expected, strings.TrimSuffix(different.seen, "."))
	if !d.out.live {
		fmt.Fprintf(d.out.w, "Kør make demo i en terminal for at se nærmere efter.\n")
		return
	}
	fmt.Fprintf(d.out.w, "Alt står stadig; se %s/dev/ og %s. Ctrl-C slutter.\n", d.outside.product, d.outside.mailbox)
	<-ctx.Done()
}
