package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Clock moves one forløb's clock on. Only development has one.
type Clock interface {
	FastForward(ctx context.Context, id uuid.UUID, now, to time.Time) error
}

// maxJumps ends a way to the end that never comes, such as a forløb whose
// next step is a person's.
const maxJumps = 40

// arriveWithin is how long one request winds a clock on: well within what the
// server has for its answer. With hundreds of mails due on the way the clock
// stops short of where it should go, and is asked again.
const arriveWithin = 15 * time.Second

// onTheWay in an address says that the clock stopped short.
const onTheWay = "undervejs"

// showDevelopment is the way around in development.
func (s *Server) showDevelopment(c *gin.Context) error {
	list, err := s.store.List(c.Request.Context(), forloeb.ListFilter{Limit: 50})
	if err != nil {
		return err
	}
	page := &developmentPage{Links: s.config.DevelopmentLinks}
	for _, r := range list.Rows {
		page.List = append(page.List, developmentForloeb{
			Address: developmentAddress(r.ID), Reference: r.Reference, Status: r.Status.Label(), Waiting: r.Waiting.Short(),
		})
	}
	if id, err := uuid.Parse(c.Query("forloeb")); err == nil {
		if page.Chosen, err = s.developmentForloeb(c.Request.Context(), id, c.Query("fra")); err != nil {
			return err
		}
		page.Chosen.Short = c.Query(onTheWay) != ""
	}
	return s.write(c, http.StatusOK, page)
}

func developmentAddress(id uuid.UUID) string { return "/dev/?forloeb=" + id.String() }

func (s *Server) developmentForloeb(ctx context.Context, id uuid.UUID, since string) (*developmentForloeb, error) {
	f, now, err := s.clockOf(ctx, id)
	if err != nil {
		return nil, err
	}
	d := &developmentForloeb{
		Address: developmentAddress(id), FastForward: "/dev/forloeb/" + id.String() + "/fast-forward",
		Reference: f.Reference, Status: f.Status.Label(), Waiting: f.Waiting(now).Sentence(),
		Now: now, Moved: clockMoved(now), Settled: f.Settled() && !f.Sending(), Closed: f.Status.Closed(),
	}
	from, err := time.Parse(time.RFC3339, since)
	for _, m := range f.Timeline(now, forloeb.Staff) {
		switch {
		case m.Kind != forloeb.MomentPast && len(d.Next) < 5 && !m.At.IsZero():
			d.Next = append(d.Next, developmentEvent{m.At, m.Text})
		case err == nil && m.Kind == forloeb.MomentPast && m.At.After(from):
			d.Happened = append(d.Happened, developmentEvent{m.At, m.Text})
		}
	}
	return d, nil
}

func (s *Server) clockOf(ctx context.Context, id uuid.UUID) (*forloeb.Forloeb, time.Time, error) {
	f, err := s.store.Forloeb(ctx, id)
	if err != nil {
		return nil, time.Time{}, err
	}
	now, err := s.store.Now(ctx, id)
	return f, now, err
}

// fastForward moves one forløb's clock: to what comes next, to a date, or to
// its end.
func (s *Server) fastForward(c *gin.Context) error {
	id, err := uuid.Parse(c.Param("id"))
	if err != nil {
		return errNoRoute
	}
	f, now, err := s.clockOf(c.Request.Context(), id)
	if err != nil {
		return err
	}
	if !f.Settled() {
		return catchingUp(developmentAddress(id))
	}
	ctx, cancel := context.WithTimeout(c.Request.Context(), arriveWithin)
	defer cancel()
	after := developmentAddress(id) + "&fra=" + now.UTC().Format(time.RFC3339)
	switch c.PostForm("to") {
	case "next":
		err = s.jump(ctx, f, now, f.NextAt(now))
	case "end":
		err = s.jumpToEnd(ctx, id)
	default:
		err = s.jumpToDate(ctx, c, f, now)
	}
	if err != nil && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		return seeOther(c, after+"&"+onTheWay+"=1")
	}
	if err != nil {
		return err
	}
	return seeOther(c, after)
}

func (s *Server) jumpToDate(ctx context.Context, c *gin.Context, f *forloeb.Forloeb, now time.Time) error {
	to, err := time.Parse(time.RFC3339, c.PostForm("at")) // from a program, to the second
	if err != nil {
		if to, err = forloeb.ParseDate(c.PostForm("date")); err != nil {
			return illegalStep(forloeb.ErrDate.Danish(), developmentAddress(f.ID))
		}
	}
	if !to.After(now) {
		return illegalStep("Man kan ikke spole tilbage. Lav et nyt forløb.", developmentAddress(f.ID))
	}
	return s.jump(ctx, f, now, to)
}

// jumpToEnd goes from date to date until the forløb has closed or only a
// person can move it.
func (s *Server) jumpToEnd(ctx context.Context, id uuid.UUID) error {
	for range maxJumps {
		f, now, err := s.clockOf(ctx, id)
		if err != nil || f.Status.Closed() || f.NextAt(now).IsZero() {
			return err
		}
		if err := s.jump(ctx, f, now, f.NextAt(now)); err != nil {
			return err
		}
	}
	return nil
}

// jump moves the clock and waits until the workflow has acted on where it is.
// When ctx ends before that, the clock is left where it had come to.
func (s *Server) jump(ctx context.Context, f *forloeb.Forloeb, now, to time.Time) error {
	if to.IsZero() || f.Status.Closed() {
		return nil
	}
	if err := s.config.Clock.FastForward(ctx, f.ID, now, to); err != nil {
		return err
	}
	nudge := forloeb.Act{ForloebID: f.ID, Version: f.Version, Name: forloeb.FactsChanged}
	s.process.Now(ctx, nudge)
	for {
		asked := time.Now()
		f, now, err := s.clockOf(ctx, f.ID)
		if err != nil || f.Status.Closed() || !now.Before(to) && arrived(f, now) {
			return err
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(max(time.Since(asked), 50*time.Millisecond)): // a large forløb is not kept busy by the question
		}
	}
}

// arrived reports whether the workflow has acted on everything up to now:
// what people did, what the calendar owed, and the mails that follow.
func arrived(f *forloeb.Forloeb, now time.Time) bool {
	next := f.NextAt(now)
	return f.Settled() && !f.Sending() && (next.IsZero() || next.After(now))
}
