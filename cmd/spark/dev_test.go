package main

import (
	"context"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
)

// checkout is a directory in which spark dev runs as in the real one: with the
// Temporal server built, and without any state.
type checkout struct {
	t     *testing.T
	dir   string
	ports map[string]string // by setting
}

func newCheckout(t *testing.T) *checkout {
	t.Helper()
	root, err := devstack.Checkout()
	require.NoError(t, err)
	c := &checkout{t: t, dir: t.TempDir(), ports: map[string]string{}}
	content, err := os.ReadFile(filepath.Join(root, "go.mod"))
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(filepath.Join(c.dir, "go.mod"), content, 0o600))
	require.NoError(t, os.MkdirAll(filepath.Join(c.dir, "cmd"), 0o755))
	require.NoError(t, os.Symlink(filepath.Join(root, "cmd", "devserver"), filepath.Join(c.dir, "cmd", "devserver")))
	require.NoError(t, os.MkdirAll(filepath.Join(c.dir, ".spark", "bin"), 0o755))
	binary := temporalBinary(t)
	require.NoError(t, os.Symlink(binary, filepath.Join(c.dir, ".spark", "bin", filepath.Base(binary))))
	t.Cleanup(func() { require.NoError(t, devstack.Clean(context.Background(), filepath.Join(c.dir, ".spark"))) })
	for _, setting := range devSettings {
		port, err := devstack.Free()
		require.NoError(t, err)
		c.ports[setting] = strconv.Itoa(port)
	}
	return c
}

// devSettings are the settings of spark dev that name a port, those that name
// an address first.
var devSettings = []string{
	"SPARK_LISTEN", "SPARK_OPS_LISTEN", "SPARK_DEV_MAIL", "SPARK_DEV_SMTP", "SPARK_DEV_LOGIN",
	"SPARK_DEV_TEMPORAL", "SPARK_DEV_TEMPORAL_UI", "SPARK_DEV_POSTGRES",
}

func (c *checkout) address(setting string) string { return "127.0.0.1:" + c.ports[setting] }

func (c *checkout) env() (env []string) {
	for i, setting := range devSettings {
		value := c.ports[setting]
		if i < 5 {
			value = c.address(setting)
		}
		env = append(env, setting+"="+value)
	}
	return append(env, "SPARK_DATABASE_URL=", "TEMPORAL_ADDRESS=")
}

// dev starts spark dev and waits until it says that Temporal runs.
func (c *checkout) dev() (*child, *outside) {
	c.t.Helper()
	binary, err := product()
	require.NoError(c.t, err)
	began := time.Now()
	dev := start(c.t, binary, c.dir, c.env(), "dev")
	out := newOutside("http://"+c.address("SPARK_LISTEN"), "http://"+c.address("SPARK_DEV_MAIL"))
	out.patience = patience
	eventually(c.t, "the pages answer", func() bool { return out.head(c.t.Context(), "/") == nil })
	pages := time.Since(began)
	eventually(c.t, "Temporal runs", func() bool { return strings.Contains(dev.stdout.String(), "Temporal runs") })
	c.t.Logf("pages answered after %s, everything ran after %s", pages.Round(time.Millisecond), time.Since(began).Round(time.Millisecond))
	return dev, out
}

// The built product starts from nothing, and the next start goes on where it
// was: a link from a mail of the first is answered in the second.
func TestASecondStartFindsTheState(t *testing.T) {
	c := newCheckout(t)
	dev, out := c.dev()
	r := &running{t: t, out: out}
	people := r.send("frida", nil)
	link, err := out.latestLink(t.Context(), people.leader.email, "/samtykke/")
	require.NoError(t, err)
	dev.stop(t)
	require.Equal(t, 0, dev.ProcessState.ExitCode(), dev.stderr.String())
	require.Empty(t, c.leftBehind())

	dev, out = c.dev()
	page, err := out.open(t.Context(), link)
	require.NoError(t, err)
	_, err = page.form("consent-form").fill("answer", string(forloeb.Yes)).fill("signature", people.leader.name).send(t.Context())
	require.NoError(t, err)
	_, err = out.newestMail(t.Context(), people.leader.email, "")
	require.NoError(t, err, "the receipt: the forløb went on")
	dev.stop(t)
	require.Empty(t, c.leftBehind())
}

// A port that is taken is named in one sentence, and nothing is left running.
func TestATakenPort(t *testing.T) {
	binary, err := product()
	require.NoError(t, err)
	for _, setting := range devSettings {
		t.Run(setting, func(t *testing.T) {
			c := newCheckout(t)
			taken, err := net.Listen("tcp", c.address(setting))
			require.NoError(t, err)
			defer taken.Close()
			dev := start(t, binary, c.dir, c.env(), "dev")
			dev.wait(t)
			require.Equal(t, 1, dev.ProcessState.ExitCode())
			said := strings.TrimSpace(dev.stderr.String())
			require.NotContains(t, said, "\n", "one sentence")
			require.Contains(t, said, c.ports[setting])
			require.Contains(t, said, setting)
			require.Empty(t, c.leftBehind())
			t.Log(said)
		})
	}
}

// leftBehind lists processes that belong to the checkout.
func (c *checkout) leftBehind() (list []string) {
	c.t.Helper()
	place, _ := os.ReadFile(filepath.Join(c.dir, ".spark", "pg-location"))
	processes, err := filepath.Glob("/proc/[0-9]*/cmdline")
	require.NoError(c.t, err)
	require.NotEmpty(c.t, processes)
	for _, file := range processes {
		line, _ := os.ReadFile(file)
		cwd, _ := os.Readlink(filepath.Join(filepath.Dir(file), "cwd"))
		data := strings.TrimSpace(string(place))
		if strings.Contains(string(line), c.dir) || strings.HasPrefix(cwd, c.dir) || data != "" && strings.Contains(string(line), data) {
			list = append(list, fmt.Sprintf("%s: %s", filepath.Base(filepath.Dir(file)), strings.ReplaceAll(string(line), "\x00", " ")))
		}
	}
	return list
}
