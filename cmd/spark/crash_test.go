package main

import (
	"fmt"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// crashes is how often the worker is killed at each point.
const crashes = 20

// crashStage is a step of a forløb at which the worker is killed.
type crashStage struct {
	name   string
	before []deedOf       // what has happened before
	deed   deedOf         // what the worker that is killed acts on; nil for the application
	status forloeb.Status // where the forløb stands in the end
	mails  int            // that have arrived in the end
}

type deedOf func(s *system, id uuid.UUID)

// A request and a receipt for each, that both agree, and who the consultant is
// for all three.
const mailsUntilPlanning = 2 + 2 + 2 + 3

var crashStages = []crashStage{
	{"applied", nil, nil, forloeb.AwaitingConsent, 2},
	{"agreed", []deedOf{}, (*system).agree, forloeb.Planning, mailsUntilPlanning},
	{"booked", []deedOf{(*system).agree}, (*system).book, forloeb.InProgress, mailsUntilPlanning + 3},
	{"stopped", []deedOf{(*system).agree}, (*system).end, forloeb.Stopped, mailsUntilPlanning + 3},
}

// agree is of one that asks no consultant first: here it is counted which mails
// come.
func (s *system) agree(id uuid.UUID) {
	s.Policy(id, func(p *forloeb.Policy) { p.OfferDays = 0 })
	s.Agree(id)
}

func (s *system) book(id uuid.UUID) { s.Book(id, nextMeeting()) }

func (s *system) end(id uuid.UUID) { s.Do(id, storetest.Secretary, forloeb.Stop{Reason: "En grund."}) }

// nextMeeting is a day at which a meeting can be.
func nextMeeting() time.Time {
	return forloeb.NextWorkingDayAt(time.Now().AddDate(0, 0, 14), 13, 0)
}

// kill -9 of the real worker right after COMMIT, and right after the mail
// server's 250: the next worker goes on, the forløb is where it should be, and
// every mail has come once, or after a 250 at most twice as the same message.
func TestAWorkerIsKilled(t *testing.T) {
	t.Parallel() // it waits for Temporal's timeouts
	binary, err := crashing()
	require.NoError(t, err)
	mail := newMailcatcher(t)
	var all sync.WaitGroup
	for point, most := range map[string]struct{ atOnce, copies int }{
		"before result: Commit":    {5, 1},
		"before commit: mail sent": {10, 2}, // each waits a minute until Temporal gives the killed one up
	} {
		all.Go(func() {
			t.Run(point, func(t *testing.T) { killOften(t, binary, point, mail, most.atOnce, most.copies) })
		})
	}
	all.Wait()
}

// killOften kills a worker at a point again and again, some at once.
func killOften(t *testing.T, binary, point string, mail *devstack.Mailcatcher, atOnce, most int) {
	var trials errgroup.Group
	trials.SetLimit(atOnce)
	var mu sync.Mutex
	arrived, again := 0, 0
	for n := range crashes {
		trials.Go(func() error {
			stage := crashStages[n%len(crashStages)]
			t.Run(fmt.Sprintf("%s %d", stage.name, n), func(t *testing.T) {
				copies := killAt(t, binary, point, mail, stage)
				mu.Lock()
				defer mu.Unlock()
				for kind, count := range copies {
					require.LessOrEqual(t, count, most, kind)
					require.GreaterOrEqual(t, count, 1, kind)
					arrived, again = arrived+1, again+count-1
				}
			})
			return nil
		})
	}
	require.NoError(t, trials.Wait())
	t.Logf("%d kills: %d mails, %d of them twice as the same message", crashes, arrived, again)
	if most > 1 {
		require.GreaterOrEqual(t, again, crashes, "the mails whose answer died with the worker are sent again: else nothing was proven")
	}
}

// killAt lives a forløb to a stage, kills the worker in it, and returns the
// copies of each mail when the next worker has gone on.
func killAt(t *testing.T, binary, point string, mail *devstack.Mailcatcher, stage crashStage) map[string]int {
	s := newSystem(t, mail)
	s.Consultant("Konsulent", 5)
	var id uuid.UUID
	if stage.deed != nil {
		id = s.lived(binary, stage)
	}
	victim := s.startWorker(binary, "SPARK_CRASH_AT="+point+":1")
	if stage.deed == nil {
		id = s.Apply()
	} else {
		stage.deed(s, id)
	}
	s.nudge(id)
	victim.wait(t)
	killed, ok := victim.ProcessState.Sys().(syscall.WaitStatus)
	require.True(t, ok)
	require.Equal(t, syscall.SIGKILL, killed.Signal(), victim.stderr.String())

	s.startWorker(binary)
	f := s.calm(id)
	require.Equal(t, stage.status, f.Status)
	s.requireOneWay(f)
	copies := s.copies(id)
	require.Len(t, copies, stage.mails)
	return copies
}

// lived brings a forløb to where the stage begins, and stops the worker.
func (s *system) lived(binary string, stage crashStage) uuid.UUID {
	s.t.Helper()
	before := s.startWorker(binary)
	id := s.Apply()
	s.nudge(id)
	s.calm(id)
	for _, deed := range stage.before {
		deed(s, id)
		s.nudge(id)
		s.calm(id)
	}
	before.stop(s.t)
	return id
}

// requireOneWay checks that no step was taken twice.
func (s *system) requireOneWay(f *forloeb.Forloeb) {
	s.t.Helper()
	seen := map[forloeb.Status]bool{}
	for _, e := range f.Events {
		require.False(s.t, seen[e.To], "%s twice", e.To)
		seen[e.To] = true
	}
}
