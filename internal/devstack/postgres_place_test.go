package devstack

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// stranger is nobody that owns anything in these tests.
var stranger = account{uid: 54321, gid: 54321}

func TestPlaceInsideStateWhereItCanBeReached(t *testing.T) {
	dir := openTemp(t)
	got, err := placeFor(dir, stranger)
	require.NoError(t, err)
	require.Equal(t, filepath.Join(dir, "pg"), got)
	require.NoFileExists(t, filepath.Join(dir, placeName))
}

func TestPlaceOutsideClosedDirectory(t *testing.T) {
	dir := openTemp(t)
	closed := filepath.Join(dir, "closed")
	state := filepath.Join(closed, "state")
	require.NoError(t, os.MkdirAll(state, 0o755))
	require.NoError(t, os.Chmod(closed, 0o700))

	got, err := placeFor(state, stranger)
	require.NoError(t, err)
	require.Equal(t, "/tmp", filepath.Dir(got))
	require.Equal(t, got, recordedPlace(state))

	// It stays there although the temporary folder is another one next time.
	t.Setenv("TMPDIR", "/var/tmp")
	again, err := placeFor(state, stranger)
	require.NoError(t, err)
	require.Equal(t, got, again)
}

func TestRecordedPlaceMustBeOurs(t *testing.T) {
	state := t.TempDir()
	for _, record := range []string{"", "/home", "spark-pg-1", "/tmp/other\n"} {
		require.NoError(t, os.WriteFile(filepath.Join(state, placeName), []byte(record), 0o644))
		require.Empty(t, recordedPlace(state), "record %q", record)
	}
}

func TestSomebodyElsesDirectoryIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "pg")
	require.NoError(t, os.Mkdir(dir, 0o700))
	require.ErrorContains(t, stranger.makeOwned(dir), "make clean")

	link := dir + "-link"
	require.NoError(t, os.Symlink(dir, link))
	us := account{os.Geteuid(), os.Getegid()}
	require.NoError(t, us.makeOwned(dir))
	require.Error(t, us.makeOwned(link))
}

// openTemp is a directory that everybody may enter, which t.TempDir is not.
func openTemp(t *testing.T) string {
	t.Helper()
	t.Setenv("TMPDIR", "/tmp")
	dir, err := os.MkdirTemp("/tmp", "devstack-test-")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o755))
	t.Cleanup(func() { os.RemoveAll(dir) })
	return dir
}
