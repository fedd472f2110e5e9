package activities

import (
	"context"
	"fmt"
	"log/slog"
	"time"

	"example.dk/spark/internal/forloeb"
)

// SampleStore is what sending samples needs of the database.
type SampleStore interface {
	// ClaimSample returns a sample that is due, or nil.
	ClaimSample(ctx context.Context) (*forloeb.SampleLetter, error)
	// SettleSample notes that it is done with, or is to be tried again after a
	// pause.
	SettleSample(ctx context.Context, sample int64, done bool, pause time.Duration) error
	// DropSamples deletes those that no longer count.
	DropSamples(ctx context.Context) error
}

// SampleMailer hands one sample to the mail server.
type SampleMailer interface {
	SendSample(ctx context.Context, letter forloeb.SampleLetter) forloeb.Outcome
}

// Samples sends samples of mails to those in the secretariat who asked for
// them. They are of no forløb: no workflow waits for them, and no task tells of
// one that does not arrive.
type Samples struct {
	Store  SampleStore
	Mailer SampleMailer
	Log    *slog.Logger
}

const (
	samplesEvery   = 2 * time.Second
	samplePause    = 30 * time.Second
	sampleAttempts = 5 // whoever waits has pressed again by then
)

// Run works until ctx ends.
func (s *Samples) Run(ctx context.Context) {
	tick := time.NewTicker(samplesEvery)
	defer tick.Stop()
	for {
		if err := s.sweep(ctx); err != nil && ctx.Err() == nil {
			s.Log.Warn("samples of mails are not sent; it is tried again", "class", fmt.Sprintf("%T", err))
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return
		}
	}
}

// sweep sends what is due, one after the other.
func (s *Samples) sweep(ctx context.Context) error {
	if err := s.Store.DropSamples(ctx); err != nil {
		return err
	}
	for {
		letter, err := s.Store.ClaimSample(ctx)
		if err != nil || letter == nil {
			return err
		}
		if err := s.send(ctx, *letter); err != nil {
			return err
		}
	}
}

// send tries once. One that may have arrived is not sent again.
func (s *Samples) send(ctx context.Context, letter forloeb.SampleLetter) error {
	sending, cancel := finishing(ctx, sendTimeout)
	defer cancel()
	outcome := s.Mailer.SendSample(sending, letter)
	again := outcome.State == forloeb.MailPlanned && letter.Attempt < sampleAttempts
	noting, cancelNoting := context.WithTimeout(context.WithoutCancel(ctx), settleTimeout)
	defer cancelNoting()
	return s.Store.SettleSample(noting, letter.ID, !again, samplePause)
}
