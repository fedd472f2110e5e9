package main

import (
	"os"
	"os/exec"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
)

// release runs spark release as an operator does.
func (s *system) release(arguments ...string) (string, error) {
	binary, err := product()
	require.NoError(s.t, err)
	cmd := exec.CommandContext(within(s.t, patience), binary, append([]string{"release"}, arguments...)...)
	cmd.Env = append(os.Environ(), s.env(store.RoleWorker)...)
	output, err := cmd.CombinedOutput()
	return string(output), err
}

// releases does what must be allowed in a moment, once Temporal has seen the
// workers.
func (s *system) releases(arguments ...string) {
	s.t.Helper()
	var output string
	require.EventuallyWithT(s.t, func(c *assert.CollectT) {
		var err error
		output, err = s.release(arguments...)
		require.NoError(c, err, output)
	}, patience, patience/600)
	s.t.Log(output)
}

// Workers of a release work when an operator says so, and not before; the way
// back is the same command.
func TestReleasesTakeOver(t *testing.T) {
	t.Parallel()
	binary, err := product()
	require.NoError(t, err)
	s := newSystem(t, newMailcatcher(t))
	s.Consultant("Konsulent", 5)

	start(t, binary, t.TempDir(), append(s.env(store.RoleWorker), "SPARK_RELEASE=one"), "worker")
	id := s.Apply()
	s.nudge(id)
	eventually(t, "the worker of release one asks for work", func() bool {
		_, served, waiting, err := s.process.Served(t.Context())
		return err == nil && !served && len(waiting) == 1 && waiting[0] == "one"
	})
	require.Zero(t, s.Count(`select seen_version from forloeb where id = $1`, id), "nobody said that it should")
	output, err := s.release("current", "two")
	require.Error(t, err, "a release without workers")
	require.Contains(t, output, "release two is not current")
	s.releases("current", "one")
	require.Equal(t, forloeb.AwaitingConsent, s.calm(id).Status)

	two := start(t, binary, t.TempDir(), append(s.env(store.RoleWorker), "SPARK_RELEASE=two"), "worker")
	s.releases("ramp", "two", "50")
	output, err = s.release()
	require.NoError(t, err, output)
	require.Regexp(t, `one +the work +running`, output)
	require.Regexp(t, `two +50 % +running`, output)
	s.releases("current", "two")
	s.agree(id)
	s.nudge(id)
	require.Equal(t, forloeb.Planning, s.calm(id).Status)

	s.releases("current", "one")
	two.stop(t)
	s.book(id)
	s.nudge(id)
	require.Equal(t, forloeb.InProgress, s.calm(id).Status)
	output, err = s.release("check")
	require.NoError(t, err, output)
	require.Contains(t, output, "1 replayed, 0 of them in vain")
	for kind, copies := range s.copies(id) {
		require.Equal(t, 1, copies, kind)
	}
	_, err = s.release("ramp", "two", "101")
	require.Error(t, err)
}
