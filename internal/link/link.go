package link

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// Purpose is what a link is for. It is the first part of the link's path and goes into the mac, so that a link
// for one purpose is worth nothing for another. Purposes are frozen: changing one kills its links.
type Purpose string

// The purposes, named after their pages. The id in each token is the one given in the comment.
const (
	Consent         Purpose = "samtykke"   // a party: answer the application
	Status          Purpose = "status"     // a party: their own page
	Evaluation      Purpose = "evaluering" // an invitation: the questionnaire
	Meeting         Purpose = "moede"      // a party's view of one meeting
	Receipt         Purpose = "kvittering" // an application just sent; ends after ReceiptLife
	ApplicationView Purpose = "ansoegning" // a party: read the application again; ends after ApplicationViewLife
	Draft           Purpose = "kladde"     // an application that was saved: go on with it
	Calendar        Purpose = "kalender"   // a consultant: the meetings, for a calendar that follows them
	Guest           Purpose = "deltager"   // a guest: be taken off the mails about the meetings
	Register        Purpose = "noter"      // a meeting: its consultant says whether it was held; ends after RegisterLife
)

// How long the links live that end by themselves. The others live as long as their version does.
const (
	ReceiptLife         = 24 * time.Hour
	ApplicationViewLife = time.Hour
	RegisterLife        = 10 * 24 * time.Hour // from the mail; a reminder comes long before
)

// OnlyVersion is the version of links that are never replaced by newer ones.
const OnlyVersion = 1

// Purposes lists them all.
var Purposes = []Purpose{Consent, Status, Evaluation, Meeting, Receipt, ApplicationView, Draft, Calendar, Guest, Register}

// Ends tells whether links for the purpose must carry the moment they end.
func (p Purpose) Ends() bool { return p == Receipt || p == ApplicationView || p == Register }

// Held tells whether links for the purpose are good for one holder alone: somebody of whom the row behind the id
// tells, and who may be another one tomorrow. The holder is no part of the token, only of its mac.
func (p Purpose) Held() bool { return p == Register }

// Path returns the path of the page that takes the token: "/samtykke/<token>".
func (p Purpose) Path(token string) string { return "/" + string(p) + "/" + token }

// meetingNumber is the part of a query that says which of the meetings a
// party's Meeting link is about. The token names the party; the number gives
// no access.
const meetingNumber = "nr"

// ToMeeting is what follows a Meeting link to lead to one of the meetings.
func ToMeeting(ordinal int) string {
	return "?" + url.Values{meetingNumber: {strconv.Itoa(ordinal)}}.Encode()
}

// MeetingNumber reads it back; 0 when no meeting is named.
func MeetingNumber(query url.Values) int {
	n, err := strconv.Atoi(query.Get(meetingNumber))
	if err != nil || n < 0 {
		return 0
	}
	return n
}

// Verdict is what a token is worth today.
type Verdict int

// The verdicts. The zero value is Invalid, so that nothing is valid by mistake.
const (
	Invalid  Verdict = iota // not ours, damaged, or of a version never given out
	Valid                   // take it
	Replaced                // ours, but a newer link has been sent since
	Expired                 // ours and the newest, but its time is over
)

// String names the verdict for logs and tests.
func (v Verdict) String() string {
	if v < Invalid || v > Expired {
		return "unknown"
	}
	return [...]string{"invalid", "valid", "replaced", "expired"}[v]
}

// ErrMalformed says that a text cannot be a token for the purpose at all: to the person it is the same as
// Invalid.
var ErrMalformed = errors.New("link: malformed token")

const (
	idBytes  = len(uuid.UUID{})
	endBytes = 8 // seconds since 1970
)

// Strict, because two texts for one token would be one too many.
var encoding = base64.RawURLEncoding.Strict()

// Token signs a link that lives as long as its version. It is the same each time. It panics on a purpose whose
// links must end: that is a mistake in the program.
func (r *Keyring) Token(p Purpose, id uuid.UUID, version int) string {
	if p.Ends() || p.Held() {
		panic("link: use TokenUntil or HeldToken for " + string(p))
	}
	return r.sign(p, id[:], nil, version)
}

// TokenUntil signs a link that is Expired from the second of expires on. It panics on a purpose whose links do
// not end.
func (r *Keyring) TokenUntil(p Purpose, id uuid.UUID, version int, expires time.Time) string {
	if !p.Ends() || p.Held() {
		panic("link: use Token or HeldToken for " + string(p))
	}
	return r.sign(p, ending(id, expires), nil, version)
}

// HeldToken signs a link that is good for one holder alone, and Expired from the second of expires on. The version is
// the holder's. It panics on a purpose whose links nobody holds.
func (r *Keyring) HeldToken(p Purpose, id, holder uuid.UUID, version int, expires time.Time) string {
	if !p.Held() {
		panic("link: use Token or TokenUntil for " + string(p))
	}
	return r.sign(p, ending(id, expires), holder[:], version)
}

func ending(id uuid.UUID, expires time.Time) []byte {
	return binary.BigEndian.AppendUint64(id[:], uint64(expires.Unix()))
}

func (r *Keyring) sign(p Purpose, payload, holder []byte, version int) string {
	return encoding.EncodeToString(payload) + "." + encoding.EncodeToString(r.keys[0].mac(p, payload, holder, version))
}

// mac covers everything that gives the link its meaning. Each part has a fixed length or a terminator, so that no
// two meanings share their bytes; the first line keeps the key's other uses, if any, apart.
func (k key) mac(p Purpose, payload, holder []byte, version int) []byte {
	h := hmac.New(sha256.New, k.secret)
	h.Write([]byte("spark link 1\x00" + string(p) + "\x00"))
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(version)))
	h.Write(payload)
	h.Write(holder)
	return h.Sum(nil)
}

// Pseudonym stands for a text that must not be kept: the same for all who have the same first key, and nothing to
// whoever has not, however few texts there are to try.
func (r *Keyring) Pseudonym(text string) string {
	h := hmac.New(sha256.New, r.keys[0].secret)
	h.Write([]byte("spark pseudonym 1\x00" + text))
	return encoding.EncodeToString(h.Sum(nil)[:16])
}

// Opened is a token taken apart. Until Verify says otherwise its content is a claim: ID is fit for finding the
// row that knows the version, and for nothing else.
type Opened struct {
	ID      uuid.UUID
	Expires time.Time // zero when the link does not end

	ring    *Keyring
	purpose Purpose
	payload []byte
	holder  []byte // nil unless HeldBy has said who
	mac     []byte
}

// Open takes a token for a purpose apart. The error is ErrMalformed.
func (r *Keyring) Open(p Purpose, token string) (Opened, error) {
	first, second, _ := strings.Cut(token, ".")
	size := idBytes
	if p.Ends() {
		size += endBytes
	}
	payload, mac := decode(first, size), decode(second, sha256.Size)
	if payload == nil || mac == nil {
		return Opened{}, ErrMalformed
	}
	o := Opened{ID: uuid.UUID(payload[:idBytes]), ring: r, purpose: p, payload: payload, mac: mac}
	if p.Ends() {
		o.Expires = time.Unix(int64(binary.BigEndian.Uint64(payload[idBytes:])), 0)
	}
	return o, nil
}

// decode returns nil unless text is the one way to write so many bytes: the library skips line breaks.
func decode(text string, size int) []byte {
	if len(text) != encoding.EncodedLen(size) {
		return nil
	}
	decoded, err := encoding.DecodeString(text)
	if err != nil || len(decoded) != size {
		return nil
	}
	return decoded
}

// HeldBy is the token as that holder's, who must be named before a link with a holder can be verified.
func (o Opened) HeldBy(holder uuid.UUID) Opened {
	o.holder = holder[:]
	return o
}

// Verify judges the token against the link version in the row, counted from 1, and the time.
func (o Opened) Verify(version int, now time.Time) Verdict {
	switch {
	case !o.signedFor(version):
		return o.older(version)
	case o.purpose.Ends() && !now.Before(o.Expires):
		return Expired
	}
	return Valid
}

// older finds out whether the token was good once. Versions are few: each is a new link asked for by a person.
func (o Opened) older(version int) Verdict {
	for v := version - 1; v >= 1; v-- {
		if o.signedFor(v) {
			return Replaced
		}
	}
	return Invalid
}

// signedFor tries every key, in the same time whether one fits or not.
func (o Opened) signedFor(version int) bool {
	if version < 1 || o.ring == nil || o.purpose.Held() == (o.holder == nil) {
		return false
	}
	fits := false
	for _, k := range o.ring.keys {
		if hmac.Equal(o.mac, k.mac(o.purpose, o.payload, o.holder, version)) {
			fits = true
		}
	}
	return fits
}
