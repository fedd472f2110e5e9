package devstack

import (
	"bytes"
	"net"
	"os"
	"path/filepath"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestCheckNamesPortAndSetting(t *testing.T) {
	l, err := net.Listen("tcp", address(0))
	require.NoError(t, err)
	defer l.Close()
	port := strconv.Itoa(l.Addr().(*net.TCPAddr).Port)
	require.EqualError(t, Check("product", "SPARK_LISTEN", l.Addr().String()),
		"port "+port+" (product) is taken: stop the program that uses it or set SPARK_LISTEN")
	require.ErrorContains(t, Check("product", "SPARK_LISTEN", "nonsense"), "set SPARK_LISTEN to host:port")

	free, err := Free()
	require.NoError(t, err)
	require.NoError(t, Check("product", "SPARK_LISTEN", address(free)))
}

// A connection that happened to get the port before its server listened once
// kept a server from starting.
func TestAFreePortIsNobodyElses(t *testing.T) {
	seen := map[int]bool{}
	for range 200 {
		port, err := Free()
		require.NoError(t, err)
		require.False(t, seen[port], "named twice")
		require.GreaterOrEqual(t, port, firstFree)
		require.LessOrEqual(t, port, lastFree)
		seen[port] = true
	}
}

func TestMissingToolIsInstalledOrExplained(t *testing.T) {
	installed := filepath.Join(t.TempDir(), "gadget")
	gadget := tool{name: "Gadget", debian: "gadget", setting: "SPARK_GADGET", find: func() string {
		if executable(installed) {
			return installed
		}
		return ""
	}}
	bin := t.TempDir()
	t.Setenv("PATH", bin)
	_, err := gadget.require(within(t, time.Minute), nil)
	require.EqualError(t, err, "Gadget is missing: install it (on Debian: apt-get install gadget), or set SPARK_GADGET")

	// An apt-get that needs its update first, as the real one does on a new machine.
	script := `#!/bin/sh
case "$*" in
*update) >"` + bin + `/updated" ;;
*"install --yes --no-install-recommends gadget") [ -e "` + bin + `/updated" ] && >"` + installed + `" && /bin/chmod +x "` + installed + `" ;;
*) echo "E: no such thing"; exit 100 ;;
esac
`
	require.NoError(t, os.WriteFile(filepath.Join(bin, "apt-get"), []byte(script), 0o755))
	var said bytes.Buffer
	path, err := gadget.require(within(t, time.Minute), &said)
	if !canInstall() {
		require.ErrorContains(t, err, "Gadget is missing")
		return
	}
	require.NoError(t, err)
	require.Equal(t, installed, path)
	require.Equal(t, "Gadget is missing: installing Debian's package gadget\n", said.String())

	other := tool{name: "Other", debian: "other", find: func() string { return "" }}
	_, err = other.require(within(t, time.Minute), nil)
	require.ErrorContains(t, err, "run apt-get install other yourself")
	require.ErrorContains(t, err, "E: no such thing")
}

func TestCleanRemovesNestedStateAndWhatLiesOutside(t *testing.T) {
	root := t.TempDir() + "/.spark" // closed to PostgreSQL's user when we are root
	inner := startPostgres(t, PostgresOptions{StateDir: filepath.Join(root, "test")})
	inner.Stop()
	require.DirExists(t, inner.data)
	require.NoError(t, os.MkdirAll(filepath.Join(root, "bin"), 0o755))

	require.NoError(t, Clean(within(t, time.Minute), root))
	require.NoDirExists(t, root)
	require.NoDirExists(t, inner.data)
	require.NoError(t, Clean(within(t, time.Minute), root), "a second time there is nothing to do")
}

func TestCleanStopsWhatWasLeftRunning(t *testing.T) {
	root := t.TempDir() + "/.spark"
	p := startPostgres(t, PostgresOptions{StateDir: root})
	p.lock.Close() // as if we had died
	require.NoError(t, Clean(within(t, time.Minute), root))
	requireEnded(t, p)
}

func TestCleanRefusesSource(t *testing.T) {
	root, err := Checkout()
	require.NoError(t, err)
	require.ErrorContains(t, Clean(within(t, time.Minute), root), "is no state directory")
	require.ErrorContains(t, Clean(within(t, time.Minute), "/"), "is no state directory")
}

func TestCheckoutIsExplained(t *testing.T) {
	t.Chdir(t.TempDir())
	_, err := Checkout()
	require.ErrorContains(t, err, "inside its checkout")
}
