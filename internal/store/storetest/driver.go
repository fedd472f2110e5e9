package storetest

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// Settle acts on every fact of a forløb and on every date that has come, as
// the workflow would, until nothing is left to do on its clock.
func (e *Env) Settle(id uuid.UUID) {
	e.t.Helper()
	ctx, cancel := within()
	defer cancel()
	require.NoError(e.t, e.settle(ctx, id))
}

// Step looks and takes one step, as the workflow does on waking, and sends
// nothing. It may be called by many goroutines at once.
func (e *Env) Step(ctx context.Context, id uuid.UUID) error {
	c := &course{env: e, id: id, settled: -1}
	if err := c.look(ctx); err != nil {
		return err
	}
	_, err := c.act(ctx)
	return err
}

// SettleAt winds the forløb's clock and settles.
func (e *Env) SettleAt(id uuid.UUID, at time.Time) {
	e.t.Helper()
	e.Wind(id, at)
	e.Settle(id)
}

// RunTo lives through every date until a virtual time, one after the other.
func (e *Env) RunTo(id uuid.UUID, until time.Time) {
	e.t.Helper()
	for range 500 {
		e.Settle(id)
		now := e.Now(id)
		switch next := e.Read(id).NextAt(now); {
		case next.IsZero() || next.After(until):
			e.SettleAt(id, until)
			return
		case next.After(now):
			e.Wind(id, next)
		default: // it fell due while the one before was done: the clock does not stand still
		}
	}
	e.t.Fatal("the dates have no end, or one is due and never done")
}

// course is one round of settling: what the workflow keeps in memory.
type course struct {
	env     *Env
	id      uuid.UUID
	now     time.Time
	view    forloeb.View
	tried   map[int64]bool
	settled int64
}

func (e *Env) settle(ctx context.Context, id uuid.UUID) error {
	c := &course{env: e, id: id, tried: map[int64]bool{}, settled: -1}
	for range 100 {
		if err := c.look(ctx); err != nil {
			return err
		}
		done, err := c.step(ctx)
		if done && err == nil && !e.Hesitate {
			done, err = c.acceptOffer(ctx)
		}
		if done || err != nil {
			return err
		}
	}
	return fmt.Errorf("forløb %s does not settle: %+v", id, c.view)
}

// acceptOffer is what most consultants do as soon as they are asked.
func (c *course) acceptOffer(ctx context.Context) (none bool, err error) {
	f, err := c.env.API.Forloeb(ctx, c.id)
	if err != nil || f.Offer() == nil || f.Status != forloeb.AwaitingConsultant {
		return true, err
	}
	by := forloeb.Actor{Kind: forloeb.ActorConsultant, ID: f.Offer().Consultant.ID.String()}
	_, err = c.env.API.Record(ctx, c.id, by, forloeb.Accept{})
	return false, err
}

func (c *course) look(ctx context.Context) (err error) {
	if c.now, err = c.env.API.Now(ctx, c.id); err != nil {
		return err
	}
	c.now = c.now.Truncate(time.Microsecond)
	c.view, err = c.env.Worker.Look(ctx, c.id, c.now)
	return err
}

func (c *course) step(ctx context.Context) (done bool, err error) {
	if sent, err := c.sendOwed(ctx); sent || err != nil {
		c.settled = -1 // a mail that ends wakes the workflow
		return false, err
	}
	return c.act(ctx)
}

// act is the workflow's table of what is next in each status; it reports that
// there is nothing.
func (c *course) act(ctx context.Context) (done bool, err error) {
	v := c.view
	switch {
	case v.Status.Closed() && v.ReopenTo != "":
		return false, c.move(ctx, v.ReopenTo, string(forloeb.ForloebReopened))
	case v.Status.Closed():
		return c.rest(ctx)
	case v.Withdrawn:
		return false, c.move(ctx, forloeb.Withdrawn, string(forloeb.ForloebWithdrawn))
	case v.Stopped:
		return false, c.move(ctx, forloeb.Stopped, string(forloeb.ForloebStopped))
	}
	if to, cause := c.next(); to != "" {
		return false, c.move(ctx, to, cause)
	}
	if v.Status == forloeb.AwaitingConsultant && !v.Choose && c.due(forloeb.MatchAgain) {
		return false, c.match(ctx)
	}
	return c.rest(ctx)
}

// next is the transition the facts or the calendar call for, if any.
func (c *course) next() (to forloeb.Status, cause string) {
	v := c.view
	met := v.Booked == 0 && v.Held > 0 && (v.Held >= v.Required || v.Finished)
	table := map[forloeb.Status][]transition{
		forloeb.AwaitingConsent: {
			{v.No > 0, forloeb.Declined, string(forloeb.ConsentAnswered)},
			{v.Short, forloeb.Lapsed, string(forloeb.ConsentAnswered)},
			{v.Pending == 0, v.AfterConsent, string(forloeb.ConsentAnswered)},
			{c.due(forloeb.JoinDeadline), v.AfterConsent, string(forloeb.JoinDeadline)},
			{c.due(forloeb.ConsentDeadline), forloeb.Lapsed, string(forloeb.ConsentDeadline)}},
		forloeb.AwaitingAssessment: {
			{v.Edited, forloeb.AwaitingConsent, string(forloeb.ApplicationChanged)},
			{v.Decision == forloeb.Approve, forloeb.AwaitingConsultant, string(forloeb.AssessmentDecided)},
			{v.Decision == forloeb.Reject, forloeb.Rejected, string(forloeb.AssessmentDecided)}},
		forloeb.AwaitingConsultant: {
			{v.Edited, forloeb.AwaitingConsent, string(forloeb.ApplicationChanged)},
			{v.Assigned, forloeb.Planning, string(forloeb.ConsultantAssigned)},
			{c.due(forloeb.OfferEnds), forloeb.Planning, string(forloeb.OfferEnds)}},
		forloeb.Planning: {
			{!v.Assigned, forloeb.AwaitingConsultant, string(forloeb.ConsultantReleased)},
			{v.Booked > 0, forloeb.InProgress, string(forloeb.MeetingBooked)},
			{v.Held > 0, forloeb.InProgress, string(forloeb.MeetingRegistered)}},
		forloeb.InProgress: {
			{!v.Assigned, forloeb.AwaitingConsultant, string(forloeb.ConsultantReleased)},
			{met, forloeb.AwaitingEvaluation, string(forloeb.MeetingRegistered)},
			{v.Booked == 0 && v.Held == 0, forloeb.Planning, string(forloeb.MeetingCancelled)}},
		forloeb.AwaitingEvaluation: {
			{v.Booked > 0, forloeb.InProgress, string(forloeb.MeetingBooked)},
			{!met, forloeb.InProgress, string(forloeb.MeetingRegistered)},
			{c.due(forloeb.EvaluationDue), forloeb.Evaluating, string(forloeb.EvaluationDue)}},
		forloeb.Evaluating: {
			{v.Unanswered == 0, forloeb.Completed, string(forloeb.EvaluationAnswered)},
			{c.due(forloeb.EvaluationClose), forloeb.Completed, string(forloeb.EvaluationClose)}},
	}
	for _, t := range table[v.Status] {
		if t.when {
			return t.to, t.cause
		}
	}
	return "", ""
}

type transition struct {
	when  bool
	to    forloeb.Status
	cause string
}

func (c *course) due(duty forloeb.Duty) bool {
	for _, d := range c.view.Due {
		if d.What == duty {
			return !d.At.After(c.now)
		}
	}
	return false
}

func (c *course) match(ctx context.Context) error {
	matched, err := c.env.Worker.Match(ctx, c.id, c.now)
	if err != nil || matched.Assigned {
		return err
	}
	return c.move(ctx, c.view.Status, string(forloeb.MatchAgain))
}

// rest does what the calendar owes; then it settles; then there is nothing.
func (c *course) rest(ctx context.Context) (done bool, err error) {
	for _, d := range c.view.Due {
		if !d.What.Transition() && c.due(d.What) {
			return false, c.move(ctx, c.view.Status, string(d.What))
		}
	}
	if c.view.Seen >= c.view.Version && !c.view.Unwritten {
		return true, nil
	}
	if c.settled == c.view.Version {
		return false, fmt.Errorf("forløb %s is settled and still unwritten: %+v", c.id, c.view)
	}
	c.settled = c.view.Version
	change := c.change(c.view.Status, "settled")
	change.Settled = true
	return false, c.env.Worker.Commit(ctx, change)
}

func (c *course) move(ctx context.Context, to forloeb.Status, cause string) error {
	c.settled = -1
	return c.env.Worker.Commit(ctx, c.change(to, cause))
}

func (c *course) change(to forloeb.Status, cause string) forloeb.Change {
	return forloeb.Change{ID: c.id.String(), Version: c.view.Version, From: c.view.Status, To: to, Cause: cause, Now: c.now}
}
