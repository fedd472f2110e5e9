package devstack

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/client"
)

// binaryForTests does not build: that takes minutes, and a test's clock would run out.
func binaryForTests() (string, error) {
	if binary := os.Getenv(TestTemporalBinary); binary != "" {
		return binary, nil
	}
	return "", fmt.Errorf("%s is not set: run make test, which builds Temporal's server and sets it", TestTemporalBinary)
}

func holdTemporal(dir string) error {
	binary, err := binaryForTests()
	if err != nil {
		return err
	}
	s, err := StartTemporal(context.Background(), TemporalOptions{StateDir: dir, Binary: binary})
	if err != nil {
		return err
	}
	fmt.Println(s.port)
	select {}
}

func startTemporal(t *testing.T, opts TemporalOptions) *Temporal {
	t.Helper()
	binary, err := binaryForTests()
	require.NoError(t, err)
	opts.Binary = binary
	s, err := StartTemporal(within(t, time.Minute), opts)
	require.NoError(t, err)
	t.Cleanup(s.Stop)
	return s
}

func dial(t *testing.T, s *Temporal) client.Client {
	t.Helper()
	c, err := client.DialContext(within(t, time.Minute), client.Options{HostPort: s.Address(), Namespace: Namespace})
	require.NoError(t, err)
	t.Cleanup(c.Close)
	return c
}

// begin starts a workflow that no worker runs: it is there, and that is all that is asked.
func begin(t *testing.T, s *Temporal, id string) {
	t.Helper()
	_, err := dial(t, s).ExecuteWorkflow(within(t, time.Minute), client.StartWorkflowOptions{ID: id, TaskQueue: "none"}, "Any")
	require.NoError(t, err)
}

func known(t *testing.T, s *Temporal, id string) bool {
	t.Helper()
	_, err := dial(t, s).DescribeWorkflowExecution(within(t, time.Minute), id, "")
	return err == nil
}

func TestTemporalServesAndKeepsItsState(t *testing.T) {
	opts := TemporalOptions{StateDir: stateFor(t)}
	s := startTemporal(t, opts)
	begin(t, s, "kept")
	eventually(t, "the UI answers", func() bool { return get(s.UI()) == http.StatusOK })
	s.Stop()

	// A crash loses nothing either, and whoever is connected finds it at the same place.
	opts.Port = s.port
	s = startTemporal(t, opts)
	require.True(t, known(t, s, "kept"))
	s.Kill()
	s = startTemporal(t, opts)
	require.True(t, known(t, s, "kept"))
}

func get(url string) int {
	resp, err := http.Get(url)
	if err != nil {
		return 0
	}
	defer resp.Body.Close()
	_, _ = io.Copy(io.Discard, resp.Body)
	return resp.StatusCode
}

func TestTemporalDeleteState(t *testing.T) {
	opts := TemporalOptions{StateDir: stateFor(t), UIPort: NoUI}
	s := startTemporal(t, opts)
	require.Empty(t, s.UI())
	begin(t, s, "lost")
	require.NoError(t, s.DeleteState())
	s = startTemporal(t, opts)
	require.False(t, known(t, s, "lost"))
}

func TestTemporalDiesWithItsStarter(t *testing.T) {
	dir := stateFor(t)
	holder, port := startTask(t, "temporal:"+dir)
	killNow(t, holder)
	eventually(t, "the port is free again", func() bool { return Check("", "", "127.0.0.1:"+port) == nil })
	startTemporal(t, TemporalOptions{StateDir: dir, UIPort: NoUI})
}

func TestTemporalLeftRunningIsStopped(t *testing.T) {
	dir := stateFor(t)
	s := startTemporal(t, TemporalOptions{StateDir: dir, UIPort: NoUI})
	s.lock.Close() // as if we had died and the server had not noticed
	again := startTemporal(t, TemporalOptions{StateDir: dir, Port: s.port, UIPort: NoUI})
	require.True(t, s.proc.ended())
	require.False(t, again.proc.ended())
}

func TestTemporalThatEndsIsExplained(t *testing.T) {
	_, err := StartTemporal(within(t, time.Minute), TemporalOptions{StateDir: stateFor(t), Binary: "/bin/false"})
	require.ErrorContains(t, err, "it ended at once")
	_, err = StartTemporal(within(t, time.Minute), TemporalOptions{StateDir: stateFor(t)})
	require.ErrorContains(t, err, "TemporalBinary")
}
