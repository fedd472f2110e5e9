package link

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func encodedKey(fill byte, length int) string {
	return base64.StdEncoding.EncodeToString(bytes.Repeat([]byte{fill}, length))
}

func newRing(t testing.TB, setting ...string) *Keyring {
	t.Helper()
	ring, err := ParseKeyring(strings.Join(setting, ","))
	require.NoError(t, err)
	return ring
}

func TestParseKeyring(t *testing.T) {
	good := encodedKey(0xfb, 32) // has both + and / in it
	for _, setting := range []string{
		"2026:" + good,
		" 2026:" + good + " , 2025:" + encodedKey('b', 64) + "\n",
		"2026:" + strings.TrimRight(good, "="),
		"2026:" + strings.NewReplacer("+", "-", "/", "_").Replace(good),
		NewKey("a"),
	} {
		_, err := ParseKeyring(setting)
		require.NoError(t, err)
	}
}

func TestParseKeyringMistakes(t *testing.T) {
	good := encodedKey('a', 32)
	for setting, want := range map[string]string{
		"":                            "no key",
		"  ":                          "no key",
		good:                          "entry 1 has no key id",
		"2026:" + good + ",":          "entry 2 is empty",
		":" + good:                    "entry 1 has a key id that is not",
		"Ny nøgle:" + good:            "entry 1 has a key id that is not",
		"2026:%%%":                    "entry 1 (2026) is not base64",
		"2026:":                       "entry 1 (2026) is 0 bytes",
		"2026:" + encodedKey('a', 31): "entry 1 (2026) is 31 bytes; use at least 32",
		"2026:" + good + ",2026:" + NewKey("")[1:]: "entry 2 (2026) has the same key id",
		"2026:" + good + ",2025:" + good:           "entry 2 (2025) has the same key as 2026",
	} {
		_, err := ParseKeyring(setting)
		require.ErrorContains(t, err, want, setting)
		require.ErrorContains(t, err, "SPARK_LINK_KEYS: ")
		require.NotContains(t, err.Error(), good, "a key must not be repeated")
	}
}

func TestParseKeyringReportsEveryMistake(t *testing.T) {
	_, err := ParseKeyring("one,two:x,three:" + encodedKey('c', 8))
	require.Len(t, strings.Split(err.Error(), "\n"), 3)
}

func TestKeyringHidesItsKeys(t *testing.T) {
	ring := newRing(t, "2026:"+encodedKey('k', 32), "old:"+encodedKey('o', 32))
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("start", "ring", ring)
	for _, shown := range []string{fmt.Sprint(ring), fmt.Sprintf("%v %+v %#v %s", ring, ring, ring, ring), logged.String()} {
		require.Contains(t, shown, "2026, old")
		require.NotContains(t, shown, "kkkk")
		require.NotContains(t, shown, "107 107")
		require.NotContains(t, shown, encodedKey('k', 32)[:8])
	}
}

func TestNewKeysDiffer(t *testing.T) {
	require.NotEqual(t, NewKey("a"), NewKey("a"))
}
