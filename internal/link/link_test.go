package link

import (
	"encoding/base64"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var (
	now   = time.Date(2026, 11, 23, 13, 0, 0, 0, time.UTC)
	party = uuid.MustParse("018f2f0a-6d3e-7c11-9f00-0123456789ab")
	// holder is whose the links with a holder are.
	holder = uuid.MustParse("018f2f0a-6d3e-7c11-9f00-ba9876543210")
)

// token signs for either kind of purpose.
func token(r *Keyring, p Purpose, id uuid.UUID, version int) string {
	if p.Held() {
		return r.HeldToken(p, id, holder, version, now.Add(time.Hour))
	}
	if p.Ends() {
		return r.TokenUntil(p, id, version, now.Add(time.Hour))
	}
	return r.Token(p, id, version)
}

// verdict opens and verifies as a handler does.
func verdict(r *Keyring, p Purpose, token string, version int, at time.Time) Verdict {
	o, err := r.Open(p, token)
	if err != nil {
		return Invalid
	}
	return heldBy(o, p).Verify(version, at)
}

func heldBy(o Opened, p Purpose) Opened {
	if p.Held() {
		return o.HeldBy(holder)
	}
	return o
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		ring := newRing(t, "a:"+encodedKey('a', 32))
		p := rapid.SampledFrom(Purposes).Draw(r, "purpose")
		id := uuid.UUID([]byte(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(r, "id")))
		version := rapid.IntRange(1, 5).Draw(r, "version")
		signed := token(ring, p, id, version)
		require.Equal(r, signed, token(ring, p, id, version), "the same link in every reminder")

		o, err := ring.Open(p, signed)
		require.NoError(r, err)
		require.Equal(r, id, o.ID)
		o = heldBy(o, p)
		require.Equal(r, Valid, o.Verify(version, now))
		for other := -1; other <= 7; other++ {
			switch {
			case other == version:
			case other > version:
				require.Equal(r, Replaced, o.Verify(other, now))
			default:
				require.Equal(r, Invalid, o.Verify(other, now), "a version not given out yet")
			}
		}
	})
}

func TestTokensFitIntoMails(t *testing.T) {
	ring := newRing(t, "a:"+encodedKey('a', 32))
	for _, p := range Purposes {
		signed := token(ring, p, party, 1)
		require.Regexp(t, `^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+$`, signed)
		require.Regexp(t, `^[a-z]+$`, string(p))
		require.Less(t, len(strings.Repeat("x", 100)+p.Path(signed)), 200, "with a base URL of 100")
	}
}

func TestExpiry(t *testing.T) {
	ring := newRing(t, "a:"+encodedKey('a', 32))
	ends := now.Add(ReceiptLife)
	signed := ring.TokenUntil(Receipt, party, 1, ends)
	o, err := ring.Open(Receipt, signed)
	require.NoError(t, err)
	require.True(t, ends.Equal(o.Expires))
	require.Equal(t, Valid, o.Verify(1, ends.Add(-time.Second)))
	require.Equal(t, Expired, o.Verify(1, ends))
	require.Equal(t, Expired, o.Verify(1, ends.AddDate(10, 0, 0)))
	require.Equal(t, Replaced, o.Verify(2, ends), "a newer link is the better news")
}

func TestLinksWithoutEndDoNotEnd(t *testing.T) {
	ring := newRing(t, "a:"+encodedKey('a', 32))
	o, err := ring.Open(Consent, ring.Token(Consent, party, 1))
	require.NoError(t, err)
	require.Zero(t, o.Expires)
	require.Equal(t, Valid, o.Verify(1, now.AddDate(100, 0, 0)))
}

func TestThePurposeDecidesWhetherALinkEnds(t *testing.T) {
	ring := newRing(t, "a:"+encodedKey('a', 32))
	require.Panics(t, func() { ring.Token(Receipt, party, 1) })
	require.Panics(t, func() { ring.TokenUntil(Consent, party, 1, now) })
	_, err := ring.Open(Receipt, ring.Token(Consent, party, 1))
	require.ErrorIs(t, err, ErrMalformed)
	_, err = ring.Open(Consent, ring.TokenUntil(Receipt, party, 1, now))
	require.ErrorIs(t, err, ErrMalformed)
}

// A link with a holder is nothing to anybody else, nor to whoever forgets to say whose it is.
func TestALinkIsItsHoldersAlone(t *testing.T) {
	ring := newRing(t, "a:"+encodedKey('a', 32))
	o, err := ring.Open(Register, ring.HeldToken(Register, party, holder, 2, now.Add(RegisterLife)))
	require.NoError(t, err)
	require.Equal(t, Valid, o.HeldBy(holder).Verify(2, now))
	require.Equal(t, Replaced, o.HeldBy(holder).Verify(3, now))
	require.Equal(t, Expired, o.HeldBy(holder).Verify(2, now.Add(RegisterLife)))
	require.Equal(t, Invalid, o.HeldBy(party).Verify(2, now))
	require.Equal(t, Invalid, o.HeldBy(uuid.Nil).Verify(2, now))
	require.Equal(t, Invalid, o.Verify(2, now))

	o, err = ring.Open(Consent, ring.Token(Consent, party, 1))
	require.NoError(t, err)
	require.Equal(t, Invalid, o.HeldBy(uuid.UUID{}).Verify(1, now))

	require.Panics(t, func() { ring.TokenUntil(Register, party, 1, now) })
	require.Panics(t, func() { ring.Token(Register, party, 1) })
	require.Panics(t, func() { ring.HeldToken(Consent, party, holder, 1, now) })
}

func TestPurposesAreNotInterchangeable(t *testing.T) {
	ring := newRing(t, "a:"+encodedKey('a', 32))
	for _, made := range Purposes {
		for _, used := range append(Purposes, "", "samtykk") {
			got := verdict(ring, used, token(ring, made, party, 1), 3, now)
			if made == used {
				require.Equal(t, Replaced, got)
			} else {
				require.Equal(t, Invalid, got, "%s as %s", made, used)
			}
		}
	}
}

func TestEveryChangedByteIsNoticed(t *testing.T) {
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \r\n\x00%"
	ring := newRing(t, "a:"+encodedKey('a', 32), "b:"+encodedKey('b', 32))
	for _, p := range []Purpose{Consent, Receipt} {
		signed := token(ring, p, party, 1)
		for i := range signed {
			for _, b := range []byte(alphabet) {
				if signed[i] != b {
					require.Equal(t, Invalid, verdict(ring, p, signed[:i]+string(b)+signed[i+1:], 2, now), "byte %d as %q", i, b)
				}
				require.Equal(t, Invalid, verdict(ring, p, signed[:i]+string(b)+signed[i:], 2, now), "%q before byte %d", b, i)
			}
			require.Equal(t, Invalid, verdict(ring, p, signed[:i]+signed[i+1:], 2, now), "without byte %d", i)
			require.Equal(t, Invalid, verdict(ring, p, signed[:i], 2, now), "broken off at %d", i)
		}
	}
}

func TestTheExpiryCannotBeMoved(t *testing.T) {
	ring := newRing(t, "a:"+encodedKey('a', 32))
	early, late := ring.TokenUntil(Receipt, party, 1, now), ring.TokenUntil(Receipt, party, 1, now.AddDate(1, 0, 0))
	lateEnd, _, _ := strings.Cut(late, ".")
	_, earlyMac, _ := strings.Cut(early, ".")
	require.Equal(t, Invalid, verdict(ring, Receipt, lateEnd+"."+earlyMac, 1, now))
}

func TestRotation(t *testing.T) {
	oldKey, newKey := "old:"+encodedKey('o', 32), "new:"+encodedKey('n', 40)
	before, during, after := newRing(t, oldKey), newRing(t, newKey, oldKey), newRing(t, newKey)
	sent := before.Token(Status, party, 1)
	require.Equal(t, Valid, verdict(during, Status, sent, 1, now))
	require.Equal(t, Replaced, verdict(during, Status, sent, 2, now))
	require.Equal(t, Invalid, verdict(after, Status, sent, 1, now))

	renewed := during.Token(Status, party, 1)
	require.Equal(t, after.Token(Status, party, 1), renewed, "the first key signs")
	require.NotEqual(t, sent, renewed)
	require.Equal(t, Invalid, verdict(before, Status, renewed, 1, now))
}

func TestTheKeyIDIsOnlyAName(t *testing.T) {
	key := encodedKey('k', 32)
	require.Equal(t, newRing(t, "a:"+key).Token(Status, party, 1), newRing(t, "b:"+key).Token(Status, party, 1))
}

func TestOpenRefusesWhatIsNoToken(t *testing.T) {
	ring := newRing(t, "a:"+encodedKey('a', 32))
	signed := ring.Token(Consent, party, 1)
	id, mac, _ := strings.Cut(signed, ".")
	for _, bad := range []string{"", ".", id, id + ".", "." + mac, mac + "." + id, signed + ".", signed + "\n", " " + signed, signed + "=",
		id + "." + mac + "." + mac, strings.Repeat("A", 10_000), party.String() + "." + mac} {
		_, err := ring.Open(Consent, bad)
		require.ErrorIs(t, err, ErrMalformed, bad)
	}
}

func TestTheZeroOpenedIsInvalid(t *testing.T) {
	require.Equal(t, Invalid, Opened{}.Verify(1, now))
	require.Equal(t, "invalid", Verdict(0).String())
	require.Equal(t, "unknown", Verdict(9).String())
}

func FuzzOpen(f *testing.F) {
	ring := newRing(f, "a:"+encodedKey('a', 32))
	for _, p := range Purposes {
		f.Add(string(p), token(ring, p, party, 1))
	}
	f.Add("samtykke", "AAAAAAAAAAAAAAAAAAAAAA."+strings.Repeat("A", 43))
	f.Fuzz(func(t *testing.T, purpose, text string) {
		o, err := ring.Open(Purpose(purpose), text)
		if err != nil {
			require.ErrorIs(t, err, ErrMalformed)
			return
		}
		payload, mac, _ := strings.Cut(text, ".")
		require.Equal(t, payload, base64.RawURLEncoding.EncodeToString(o.payload), "one text for one token")
		require.Equal(t, mac, base64.RawURLEncoding.EncodeToString(o.mac))
		if o.Verify(1, now) == Valid {
			require.Equal(t, text, ring.sign(Purpose(purpose), o.payload, nil, 1), "valid without our signature")
		}
	})
}

func TestTheMeetingALinkIsAbout(t *testing.T) {
	for _, ordinal := range []int{1, 3, 12} {
		u, err := url.Parse("/moede/token" + ToMeeting(ordinal))
		require.NoError(t, err)
		require.Equal(t, ordinal, MeetingNumber(u.Query()))
	}
	for _, broken := range []string{"", "nr=", "nr=to", "nr=-1", "nr=99999999999999999999", "andet=2"} {
		query, err := url.ParseQuery(broken)
		require.NoError(t, err)
		require.Zero(t, MeetingNumber(query), broken)
	}
}

func TestPseudonyms(t *testing.T) {
	one, err := ParseKeyring(NewKey("one"))
	require.NoError(t, err)
	two, err := ParseKeyring(NewKey("two"))
	require.NoError(t, err)
	require.Equal(t, one.Pseudonym("192.0.2.1"), one.Pseudonym("192.0.2.1"))
	require.NotEqual(t, one.Pseudonym("192.0.2.1"), one.Pseudonym("192.0.2.2"))
	require.NotEqual(t, one.Pseudonym("192.0.2.1"), two.Pseudonym("192.0.2.1"))
	require.NotContains(t, one.Pseudonym("192.0.2.1"), "192")
}
