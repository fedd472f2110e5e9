package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/mail"
	"os"
	"strings"
	"time"

	"example.dk/spark/internal/config"
	"example.dk/spark/internal/doctor"
	sparkmail "example.dk/spark/internal/mail"
	"example.dk/spark/internal/store"
	"example.dk/spark/workflows"
)

type doctorCommand struct {
	Fix  bool   `help:"Mend what is safe: wake or start workflows, create search attributes. Sends no mail and deletes nothing."`
	JSON bool   `name:"json" help:"Write the findings as JSON."`
	As   string `enum:"worker,api" default:"worker" help:"Whose settings these are: worker or api."`
}

// Help tells what --help adds.
func (doctorCommand) Help() string {
	return "Run it with the settings of a spark worker. It changes nothing without --fix, sends nothing, and ends with 1 when something does not work."
}

// doctorPatience is the longest that an examination may take.
const doctorPatience = 5 * time.Minute

// Run examines, mends when asked to, and tells.
func (d doctorCommand) Run(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, doctorPatience)
	defer cancel()
	report := d.examine(ctx, time.Now)
	if err := d.tell(os.Stdout, report); err != nil {
		return err
	}
	if report.Failed() {
		return exitCode(1)
	}
	return nil
}

func (d doctorCommand) examine(ctx context.Context, now func() time.Time) doctor.Report {
	patient, done := d.patient(now)
	defer done()
	report := doctor.Examine(ctx, patient)
	if d.Fix {
		report.Mend(ctx)
	}
	return report
}

// patient is what the settings lead to; what they leave out is not examined.
func (d doctorCommand) patient(now func() time.Time) (p doctor.Patient, done func()) {
	s, err := loadSettings(d.As)
	p = doctor.Patient{Now: now}
	if err != nil {
		p.Mistakes = strings.Split(err.Error(), "\n")
	}
	if s.links != nil {
		p.Keys = s.links.IDs()
	}
	var close []func()
	if url := s.Database.URL.Reveal(); url != "" {
		if db, err := store.Open(url); err == nil {
			p.Database, close = db, append(close, func() { db.Close() })
		} else {
			p.Mistakes = append(p.Mistakes, "SPARK_DATABASE_URL: "+err.Error())
		}
	}
	if process, err := workflows.Connect(s.temporal, slog.New(slog.DiscardHandler)); err == nil {
		p.Process, close = process, append(close, process.Close)
	} else {
		p.Mistakes = append(p.Mistakes, "TEMPORAL_*: "+err.Error())
	}
	p.Mail = mailOf(s.Config)
	return p, func() {
		for _, c := range close {
			c()
		}
	}
}

// mailOf is nil where no mail server or sender is set.
func mailOf(c config.Config) *doctor.Mail {
	from, err := mail.ParseAddress(c.Mail.From)
	if err != nil || c.Mail.SMTP.Host == "" {
		return nil
	}
	_, domain, _ := strings.Cut(from.Address, "@")
	sender, err := newSender(c.Mail.SMTP, domain)
	if err != nil {
		return nil
	}
	return &doctor.Mail{
		Server: c.Mail.SMTP.String(), User: c.Mail.SMTP.User, FromDomain: domain,
		Probe: func(ctx context.Context) (string, string) {
			fault, code := sender.Probe(ctx, *from)
			return string(fault), code
		},
	}
}

// newSender is the one connection to the mail server, greeting by a domain.
func newSender(c config.SMTP, domain string) (*sparkmail.Sender, error) {
	return sparkmail.NewSender(sparkmail.SMTPConfig{
		Host: c.Host, Port: c.Port, User: c.User, Password: c.Password.Reveal(), Security: sparkmail.Security(c.TLS), HELO: domain,
	})
}

func (d doctorCommand) tell(to io.Writer, report doctor.Report) error {
	if d.JSON {
		e := json.NewEncoder(to)
		e.SetIndent("", "  ")
		e.SetEscapeHTML(false)
		return e.Encode(report)
	}
	for _, f := range report.Findings {
		level := string(f.Level)
		if f.Mended {
			level = "mended"
		}
		fmt.Fprintf(to, "%-6s %s: %s\n", level, f.Name, f.Says)
		if f.Remedy != "" && !f.Mended {
			fmt.Fprintf(to, "       → %s.\n", f.Remedy)
		}
	}
	return nil
}
