package mail

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"mime"
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.dk/spark/internal/forloeb"
)

// local is how to reach a test's server without TLS.
func local(port int) SMTPConfig {
	return SMTPConfig{Host: "127.0.0.1", Port: port, Security: Plain, HELO: "spark.example.dk"}
}

func sender(t testing.TB, c SMTPConfig) *Sender {
	t.Helper()
	s, err := NewSender(c)
	require.NoError(t, err)
	return s
}

func anyMessage(t testing.TB) Message {
	t.Helper()
	m, err := composer(t).Compose(letter(forloeb.MailConsentRequest, firstMail(), repID, start))
	require.NoError(t, err)
	return m
}

func invitationMessage(t testing.TB) Message {
	t.Helper()
	m, err := composer(t).Compose(letter(forloeb.MailMeetingInvitation, booked(), leaderID, start, about(asItIs)))
	require.NoError(t, err)
	return m
}

func TestEndedContextSendsNothing(t *testing.T) {
	b, port := serve(t, nil, false)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.Equal(t, forloeb.Outcome{State: forloeb.MailPlanned, Code: "no_connection"}, sender(t, local(port)).Send(ctx, anyMessage(t)))
	require.Empty(t, b.taken())
}

func TestTLS(t *testing.T) {
	cert, pool := certificate(t)
	for name, c := range map[string]struct {
		cert     bool
		implicit bool
		security Security
		trusted  bool
		sent     bool
	}{
		"STARTTLS":                   {true, false, STARTTLS, true, true},
		"STARTTLS, unknown issuer":   {true, false, STARTTLS, false, false},
		"STARTTLS is not offered":    {false, false, STARTTLS, true, false},
		"TLS from the start":         {true, true, TLS, true, true},
		"TLS, unknown issuer":        {true, true, TLS, false, false},
		"TLS to a server without it": {false, false, TLS, true, false},
	} {
		t.Run(name, func(t *testing.T) {
			offered := cert
			if !c.cert {
				offered = nil
			}
			b, port := serve(t, offered, c.implicit)
			settings := local(port)
			settings.Security, settings.User, settings.Password = c.security, "spark", "rigtigt"
			if c.trusted {
				settings.RootCAs = pool
			}
			got := sender(t, settings).Send(t.Context(), anyMessage(t))
			if !c.sent {
				require.Equal(t, forloeb.Outcome{State: forloeb.MailPlanned, Code: "no_connection"}, got)
				require.Empty(t, b.taken())
				return
			}
			require.Equal(t, forloeb.Outcome{State: forloeb.MailSent}, got)
			require.Len(t, b.taken(), 1)
			require.Equal(t, []string{"spark"}, b.users)
		})
	}
}

func TestWrongPasswordIsOurFaultAndNotTheMails(t *testing.T) {
	cert, pool := certificate(t)
	b, port := serve(t, cert, false)
	settings := local(port)
	settings.Security, settings.RootCAs, settings.User, settings.Password = STARTTLS, pool, "spark", "forkert"
	require.Equal(t, forloeb.Outcome{State: forloeb.MailPlanned, Code: "535"}, sender(t, settings).Send(t.Context(), anyMessage(t)))
	require.Empty(t, b.taken())
}

func TestNewSenderChecksItsSettings(t *testing.T) {
	for name, c := range map[string]SMTPConfig{
		"no TLS to another machine":      {Host: "post.example.dk", Port: 25, Security: Plain},
		"no TLS to what looks like ours": {Host: "localhost.example.dk", Port: 25, Security: Plain},
		"no port":                        {Host: "post.example.dk", Security: TLS},
		"no host":                        {Port: 465, Security: TLS},
	} {
		_, err := NewSender(c)
		require.Error(t, err, name)
	}
	for _, host := range []string{"localhost", "127.0.0.1", "::1"} {
		_, err := NewSender(SMTPConfig{Host: host, Port: 1025, Security: Plain})
		require.NoError(t, err, host)
	}
}

// node is one part of a message as another library reads it.
type node struct {
	kind     string
	params   map[string]string
	header   message.Header
	body     []byte
	children []node
}

func read(t require.TestingT, r io.Reader) node {
	e, err := message.Read(r)
	require.NoError(t, err)
	return nodeOf(t, e)
}

func nodeOf(t require.TestingT, e *message.Entity) node {
	kind, params, err := e.Header.ContentType()
	require.NoError(t, err)
	n := node{kind: kind, params: params, header: e.Header}
	parts := e.MultipartReader()
	if parts == nil {
		n.body, err = io.ReadAll(e.Body)
		require.NoError(t, err)
		return n
	}
	for {
		part, err := parts.NextPart()
		if err == io.EOF {
			return n
		}
		require.NoError(t, err)
		n.children = append(n.children, nodeOf(t, part))
	}
}

func (n node) tree() string {
	if len(n.children) == 0 {
		return n.kind
	}
	var kinds []string
	for _, c := range n.children {
		kinds = append(kinds, c.tree())
	}
	return n.kind + "(" + strings.Join(kinds, " ") + ")"
}

// headers are the names and decoded values on top of a message, in order.
func (n node) headers(t require.TestingT) (all [][2]string) {
	for fields := n.header.Fields(); fields.Next(); {
		value, err := fields.Text()
		require.NoError(t, err)
		all = append(all, [2]string{fields.Key(), value})
	}
	return all
}

func wire(t require.TestingT, m Message) []byte {
	msg, err := mimeMessage(m)
	require.NoError(t, err)
	var out bytes.Buffer
	_, err = msg.WriteTo(&out)
	require.NoError(t, err)
	return out.Bytes()
}

// TestOnTheWire sends every mail to a server and reads it back with another
// library: the envelope has one recipient, the headers are exactly these, and
// the parts are what was composed.
func TestOnTheWire(t *testing.T) {
	b, port := serve(t, nil, false)
	s := sender(t, local(port))
	for i, c := range cases() {
		m := compose(t, c)
		require.Equal(t, forloeb.MailSent, s.Send(t.Context(), m).State, c.name)
		taken := b.taken()
		require.Len(t, taken, i+1, c.name)
		d := taken[i]
		require.Equal(t, "spark@example.dk", d.from, c.name)
		require.Equal(t, []string{m.To.Address}, d.to, c.name)
		checkMessage(t, c.name, m, d.raw)
	}
}

func checkMessage(t require.TestingT, name string, m Message, raw []byte) {
	n := read(t, bytes.NewReader(raw))
	headers := n.headers(t)
	require.Equal(t, "Content-Type", headers[len(headers)-1][0], name)
	require.Equal(t, [][2]string{
		{"Auto-Submitted", "auto-generated"},
		{"Content-Language", "da"},
		{"Date", m.Date.Format(time.RFC1123Z)},
		{"Mime-Version", "1.0"},
		{"Message-Id", "<" + m.ID + ">"},
		{"Subject", m.Subject},
		{"X-Auto-Response-Suppress", "OOF, AutoReply"},
		{"From", decoded(t, m.From)},
		{"To", decoded(t, m.To)},
		{"Reply-To", decoded(t, m.ReplyTo)},
	}, headers[:len(headers)-1], name)
	checkParts(t, name, m, n)
	for line := range bytes.SplitSeq(raw, []byte("\r\n")) {
		require.LessOrEqual(t, len(line), 998, name)
		require.Less(t, bytes.IndexFunc(line, func(r rune) bool { return r > 126 }), 0, "%s: the wire is ASCII", name)
	}
}

// decoded is an address header as a reader sees it.
func decoded(t require.TestingT, a netmail.Address) string {
	s, err := new(mime.WordDecoder).DecodeHeader(a.String())
	require.NoError(t, err)
	return s
}

func checkParts(t require.TestingT, name string, m Message, n node) {
	bodies := n
	if len(m.Calendar) > 0 {
		require.Equal(t, "multipart/mixed(multipart/alternative(text/plain text/html text/calendar) application/ics)", n.tree(), name)
		bodies = n.children[0]
		require.Equal(t, m.CalendarMethod, bodies.children[2].params["method"], name)
		require.Equal(t, string(m.Calendar), string(bodies.children[2].body), name)
		require.Equal(t, string(m.Calendar), string(n.children[1].body), name)
		disposition, params, err := n.children[1].header.ContentDisposition()
		require.NoError(t, err)
		require.Equal(t, "attachment invite.ics", disposition+" "+params["filename"], name)
	} else {
		require.Equal(t, "multipart/alternative(text/plain text/html)", n.tree(), name)
	}
	require.Equal(t, m.Text, unix(bodies.children[0].body), name)
	require.Equal(t, m.HTML, unix(bodies.children[1].body), name)
}

// unix is text as it was before it got the line ends of mail.
func unix(b []byte) string { return strings.ReplaceAll(string(b), "\r\n", "\n") }

// TestHeaderInjection: whatever stands in names and places, the message has
// exactly its own headers, one recipient and its own parts.
func TestHeaderInjection(t *testing.T) {
	b, port := serve(t, nil, false)
	s, c := sender(t, local(port)), composer(t)
	rapid.Check(t, func(r *rapid.T) {
		f := booked()
		f.Party(leaderID).Contact.Name = hostile().Draw(r, "name")
		f.Assignments[0].Consultant.Name = hostile().Draw(r, "consultant")
		f.Reference = "26-4817"
		place := hostile().Draw(r, "place")
		kind := rapid.SampledFrom([]forloeb.MailKind{forloeb.MailMeetingInvitation, forloeb.MailMeetingReminder, forloeb.MailConsultantAssigned, forloeb.MailConsentRequest}).Draw(r, "kind")
		to := rapid.SampledFrom([]string{"leader", "rep"}).Draw(r, "to")
		id := leaderID
		if to == "rep" {
			id = repID
		}
		m, err := c.Compose(letter(kind, f, id, start, about(func(m *forloeb.Meeting) { m.Place = place })))
		require.NoError(r, err)
		require.Equal(r, forloeb.MailSent, s.Send(context.Background(), m).State)
		taken := b.taken()
		d := taken[len(taken)-1]
		require.Equal(r, []string{m.To.Address}, d.to)
		checkMessage(r, fmt.Sprint(kind), m, d.raw)
		require.Zero(r, strings.Count(m.HTML, "<script"))
	})
}

func TestMailerSaysWhatCameOfIt(t *testing.T) {
	b, port := serve(t, nil, false)
	mailer := NewMailer(composer(t), sender(t, local(port)))
	require.Equal(t, forloeb.Outcome{State: forloeb.MailSent}, mailer.Send(t.Context(), letter(forloeb.MailBothAgreed, agreed(), leaderID, start)))
	require.Len(t, b.taken(), 1)
	require.Equal(t, forloeb.Outcome{State: forloeb.MailFailed, Code: "not_composed"},
		mailer.Send(t.Context(), letter(forloeb.MailMeetingInvitation, booked(), leaderID, start)))
	require.Len(t, b.taken(), 1)
}
