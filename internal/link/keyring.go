package link

import (
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"regexp"
	"slices"
	"strings"
)

// minKey is the shortest key in bytes: as long as the hash's output, so that the mac is as strong as it looks
// (RFC 2104, section 3).
const minKey = 32

// Keyring holds the keys that sign links, newest first. The first one signs and all of them verify, so that a
// key can be replaced while its links are still in people's mailboxes. The zero Keyring is not usable.
type Keyring struct {
	keys []key
}

type key struct {
	kid    string
	secret []byte
}

var kidPattern = regexp.MustCompile(`^[a-z0-9_-]{1,32}$`)

// ParseKeyring reads the setting SPARK_LINK_KEYS, "kid:base64,kid:base64". It reports every mistake, one a line,
// and never repeats a key.
func ParseKeyring(setting string) (*Keyring, error) {
	if strings.TrimSpace(setting) == "" {
		return nil, errors.New("SPARK_LINK_KEYS: no key; use for example 2026:$(openssl rand -base64 32)")
	}
	ring := &Keyring{}
	var mistakes []error
	for i, entry := range strings.Split(setting, ",") {
		k, err := parseKey(strings.TrimSpace(entry))
		if err == nil {
			err = ring.add(k)
		}
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("SPARK_LINK_KEYS: entry %d %w", i+1, err))
		}
	}
	if mistakes != nil {
		return nil, errors.Join(mistakes...)
	}
	return ring, nil
}

func parseKey(entry string) (key, error) {
	kid, encoded, found := strings.Cut(entry, ":")
	switch {
	case entry == "":
		return key{}, errors.New("is empty; remove the comma")
	case !found:
		return key{}, errors.New("has no key id; write it as kid:base64")
	case !kidPattern.MatchString(kid): // it may be the key: do not print it
		return key{}, errors.New("has a key id that is not 1 to 32 of a–z, 0–9, _ and -")
	}
	secret, err := decodeKey(encoded)
	if err != nil {
		return key{}, fmt.Errorf("(%s) is not base64", kid)
	}
	if len(secret) < minKey {
		return key{}, fmt.Errorf("(%s) is %d bytes; use at least %d, for example from openssl rand -base64 32", kid, len(secret), minKey)
	}
	return key{kid, secret}, nil
}

// decodeKey takes base64 of either alphabet, with padding or without, as different tools write it.
func decodeKey(encoded string) ([]byte, error) {
	plain := strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(encoded, "="))
	return base64.RawStdEncoding.DecodeString(plain)
}

// add refuses a key id or a key given twice: either means that a rotation did not do what somebody thinks.
func (r *Keyring) add(k key) error {
	for _, other := range r.keys {
		if other.kid == k.kid {
			return fmt.Errorf("(%s) has the same key id as an entry before it", k.kid)
		}
		if slices.Equal(other.secret, k.secret) {
			return fmt.Errorf("(%s) has the same key as %s", k.kid, other.kid)
		}
	}
	r.keys = append(r.keys, k)
	return nil
}

// NewKey returns one entry for SPARK_LINK_KEYS with a new random key.
func NewKey(kid string) string {
	secret := make([]byte, minKey)
	_, _ = rand.Read(secret) // cannot fail
	return kid + ":" + base64.StdEncoding.EncodeToString(secret)
}

// IDs names the keys, the one that signs first.
func (r *Keyring) IDs() []string {
	kids := make([]string, len(r.keys))
	for i, k := range r.keys {
		kids[i] = k.kid
	}
	return kids
}

// String names the keys without showing them.
func (r *Keyring) String() string { return "link keys " + strings.Join(r.IDs(), ", ") }

// GoString is String: %#v must not show keys either.
func (r *Keyring) GoString() string { return r.String() }

// LogValue is String, for slog.
func (r *Keyring) LogValue() slog.Value { return slog.StringValue(r.String()) }
