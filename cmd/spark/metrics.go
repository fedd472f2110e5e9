package main

import (
	"context"
	"time"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/mail"
	"example.dk/spark/internal/metrics"
	"example.dk/spark/internal/store"
	"example.dk/spark/workflows"
)

// watched is where the figures of the product as a whole are read.
func watched(s *store.Store, p *workflows.Process) metrics.Sources {
	return metrics.Sources{Vitals: s.Vitals, Polling: p.WorkersPolling}
}

// measured counts the mails that are handed to the mail server.
type measured struct {
	mailer  *mail.Mailer
	metrics *metrics.Metrics
}

// Send composes the letter and tries to send it once.
func (m measured) Send(ctx context.Context, l forloeb.Letter) forloeb.Outcome {
	return m.counted(func() forloeb.Outcome { return m.mailer.Send(ctx, l) })
}

// SendDraft does the same with a letter about a draft.
func (m measured) SendDraft(ctx context.Context, l forloeb.DraftLetter) forloeb.Outcome {
	return m.counted(func() forloeb.Outcome { return m.mailer.SendDraft(ctx, l) })
}

// SendSample does the same with a sample that somebody asked for.
func (m measured) SendSample(ctx context.Context, l forloeb.SampleLetter) forloeb.Outcome {
	return m.counted(func() forloeb.Outcome { return m.mailer.SendSample(ctx, l) })
}

// SendStaff does the same with a mail to a member of staff.
func (m measured) SendStaff(ctx context.Context, l forloeb.StaffLetter) forloeb.Outcome {
	return m.counted(func() forloeb.Outcome { return m.mailer.SendStaff(ctx, l) })
}

func (m measured) counted(send func() forloeb.Outcome) forloeb.Outcome {
	start := time.Now()
	outcome := send()
	m.metrics.Handed(outcome, time.Since(start))
	return outcome
}
