package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// livedAtOnce is how many forløb are lived at a time.
const livedAtOnce = 20

// deployed is how many forløb there are, the same share in each state:
// SPARK_DEPLOYED=200 is some minutes' work of two cores.
func deployed(t *testing.T) int {
	t.Helper()
	given := os.Getenv("SPARK_DEPLOYED")
	if given == "" {
		return 2 * len(deployStages)
	}
	n, err := strconv.Atoi(given)
	require.NoError(t, err)
	return n
}

// deployStage is where a forløb stands when the new workers come, and how it goes on.
type deployStage struct {
	before []deedOf
	stands forloeb.Status
	after  []deedOf
	ends   forloeb.Status
}

var (
	planned   = []deedOf{(*system).agree}
	met       = append(planned[:1:1], (*system).book, (*system).meet)
	halfway   = append(met[:3:3], forward(45))
	evaluated = append(met[:3:3], forward(95))
	answers   = []deedOf{(*system).evaluate}
	sleepsOn  = []deedOf{forward(50), (*system).evaluate}
	wholeLife = []deedOf{(*system).agree, (*system).book, (*system).meet, forward(95), (*system).evaluate}
)

// Half of them sleep.
var deployStages = []deployStage{
	{nil, forloeb.AwaitingConsent, wholeLife, forloeb.Completed},
	{nil, forloeb.AwaitingConsent, []deedOf{forward(25)}, forloeb.Lapsed},
	{[]deedOf{(*system).assess}, forloeb.AwaitingAssessment, []deedOf{(*system).reject}, forloeb.Rejected},
	{[]deedOf{(*system).choose}, forloeb.AwaitingConsultant, []deedOf{(*system).end}, forloeb.Stopped},
	{planned, forloeb.Planning, wholeLife[1:], forloeb.Completed},
	{append(planned[:1:1], (*system).book), forloeb.InProgress, wholeLife[2:], forloeb.Completed},
	{evaluated, forloeb.Evaluating, answers, forloeb.Completed},
	{append(evaluated[:4:4], (*system).evaluate), forloeb.Completed, nil, forloeb.Completed},
	{[]deedOf{(*system).decline}, forloeb.Declined, nil, forloeb.Declined},
	{append(planned[:1:1], (*system).withdraw), forloeb.Withdrawn, nil, forloeb.Withdrawn},
	{halfway, forloeb.AwaitingEvaluation, sleepsOn, forloeb.Completed},
	{halfway, forloeb.AwaitingEvaluation, sleepsOn, forloeb.Completed},
	{halfway, forloeb.AwaitingEvaluation, sleepsOn, forloeb.Completed},
	{halfway, forloeb.AwaitingEvaluation, sleepsOn, forloeb.Completed},
	{halfway, forloeb.AwaitingEvaluation, sleepsOn, forloeb.Completed},
	{halfway, forloeb.AwaitingEvaluation, []deedOf{(*system).end}, forloeb.Stopped},
	{halfway, forloeb.AwaitingEvaluation, sleepsOn, forloeb.Completed},
	{halfway, forloeb.AwaitingEvaluation, sleepsOn, forloeb.Completed},
	{halfway, forloeb.AwaitingEvaluation, sleepsOn, forloeb.Completed},
	{halfway, forloeb.AwaitingEvaluation, sleepsOn, forloeb.Completed},
}

// A worker with another order of the process, the very one that
// docs/changing-workflows.md shows, is deployed in the middle of the long
// sleep. Today's and the new one work side by side, then the new one alone,
// and every forløb comes to its end with each mail once.
func TestADeployInTheSleep(t *testing.T) {
	t.Parallel()
	s := newSystem(t, newMailcatcher(t))
	require.NoError(t, store.DevelopmentClock(t.Context(), s.OwnerURL()))
	for range 40 {
		s.Consultant("Konsulent", deployed(t))
	}
	old := s.worksAs("one", buildWorker(t, "spark-one", nil))
	s.releases("current", "one")
	lives := make([]uuid.UUID, deployed(t))
	s.each(func(n int, now deployStage) {
		lives[n] = s.Apply()
		s.nudge(lives[n])
		s.calm(lives[n])
		s.lives(lives[n], now.before, now.stands)
	})

	s.worksAs("two", buildWorker(t, "spark-two", map[string]string{"workflows/sleep.go": documented(t, "right")}))
	s.releases("ramp", "two", "50")
	s.each(func(n int, now deployStage) {
		if firstHalf(n) {
			s.lives(lives[n], now.after, now.ends)
		}
	})
	s.releases("current", "two")
	old.stop(t)
	s.each(func(n int, now deployStage) {
		if !firstHalf(n) {
			s.lives(lives[n], now.after, now.ends)
		}
	})
	for _, id := range lives {
		for kind, copies := range s.copies(id) {
			require.Equal(t, 1, copies, kind)
		}
	}
	require.Zero(t, s.Count(`select count(*) from forloeb where status not in ('completed', 'declined', 'lapsed', 'rejected', 'withdrawn', 'stopped')`))
}

// firstHalf has every second forløb of each state.
func firstHalf(n int) bool { return n/len(deployStages)%2 == 0 }

// each does something for every forløb, some at a time.
func (s *system) each(do func(n int, now deployStage)) {
	s.t.Helper()
	var all errgroup.Group
	all.SetLimit(livedAtOnce)
	for n := range deployed(s.t) {
		all.Go(func() error {
			do(n, deployStages[n%len(deployStages)])
			return nil
		})
	}
	require.NoError(s.t, all.Wait())
	require.False(s.t, s.t.Failed())
}

func (s *system) lives(id uuid.UUID, deeds []deedOf, stands forloeb.Status) {
	for _, deed := range deeds {
		deed(s, id)
		s.nudge(id)
		s.calm(id)
	}
	eventually(s.t, "it stands at "+string(stands), func() bool { return s.Read(id).Status == stands })
}

// forward winds a forløb's clock on, through everything that falls due.
func forward(days int) deedOf {
	return func(s *system, id uuid.UUID) {
		now := s.Now(id)
		to := now.AddDate(0, 0, days)
		require.NoError(s.t, s.process.FastForward(within(s.t, patience), id, now, to))
		s.nudge(id)
		eventually(s.t, "its clock has come so far", func() bool { return s.Read(id).Status.Closed() || !s.Now(id).Before(to) })
	}
}

// meet holds the meeting, and it was the last.
func (s *system) meet(id uuid.UUID) {
	m := s.Read(id).Meetings[0]
	forward(30)(s, id)
	s.Do(id, storetest.Secretary, forloeb.RegisterMeeting{Meeting: m.ID, Held: true})
	s.Do(id, storetest.Secretary, forloeb.FinishMeetings{Reason: "Det var nok."})
}

func (s *system) evaluate(id uuid.UUID) {
	for _, p := range s.Read(id).CurrentParties() {
		s.Do(id, storetest.By(p), forloeb.AnswerEvaluation{Party: p.ID, Answers: storetest.Evaluation()})
	}
}

func (s *system) assess(id uuid.UUID) {
	s.Policy(id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
	s.Agree(id)
}

func (s *system) reject(id uuid.UUID) {
	s.Do(id, storetest.Secretary, forloeb.Decide{Decision: forloeb.Reject, Reason: "En grund."})
}

func (s *system) choose(id uuid.UUID) {
	s.Policy(id, func(p *forloeb.Policy) { p.Assignment = forloeb.Proposed })
	s.Agree(id)
}

func (s *system) decline(id uuid.UUID) { s.Answer(id, forloeb.Leader, forloeb.No) }

func (s *system) withdraw(id uuid.UUID) {
	p := s.Party(id, forloeb.Leader)
	s.Do(id, storetest.By(p), forloeb.Withdraw{Party: p.ID, Reason: "Vi venter."})
}

// worksAs starts a worker of a release.
func (s *system) worksAs(release, binary string) *child {
	return start(s.t, binary, s.t.TempDir(), append(s.env(store.RoleWorker), "SPARK_RELEASE="+release), "worker")
}

// buildWorker builds the program with other files in place of some, and with a
// worker that keeps the forløb's own clocks, as spark dev's does.
func buildWorker(t *testing.T, name string, files map[string]string) string {
	t.Helper()
	source, err := os.ReadFile("worker.go")
	require.NoError(t, err)
	const made = "newWorker(workerParts{"
	require.Equal(t, 1, strings.Count(string(source), made))
	replace := map[string]string{}
	overlay := func(file, text string) {
		real, err := filepath.Abs(filepath.Join("../..", file))
		require.NoError(t, err)
		replace[real] = filepath.Join(t.TempDir(), filepath.Base(file))
		require.NoError(t, os.WriteFile(replace[real], []byte(text), 0o600))
	}
	overlay("cmd/spark/worker.go", strings.Replace(string(source), made, made+"Development: true,", 1))
	for file, text := range files {
		overlay(file, text)
	}
	text, err := json.Marshal(map[string]any{"Replace": replace})
	require.NoError(t, err)
	list := filepath.Join(t.TempDir(), "overlay.json")
	require.NoError(t, os.WriteFile(list, text, 0o600))
	binary, err := build(name, "-overlay", list)
	require.NoError(t, err)
	return binary
}

// documented is a file as docs/changing-workflows.md changes it.
func documented(t *testing.T, name string) string {
	t.Helper()
	document, err := os.ReadFile("../../docs/changing-workflows.md")
	require.NoError(t, err)
	_, block, found := strings.Cut(string(document), "```go\n// workflows/sleep.go, "+name+"\n")
	require.True(t, found)
	block, _, found = strings.Cut(block, "```")
	require.True(t, found)
	return block
}
