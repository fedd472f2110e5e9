package smtpfault

import (
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/smtp"
	"net/textproto"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const patience = 20 * time.Second

func start(t *testing.T, o Options) *Server {
	t.Helper()
	s, err := Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
	return s
}

// logged waits for so many lines of the log.
func logged(t *testing.T, s *Server, n int) []Attempt {
	t.Helper()
	require.Eventually(t, func() bool { return len(s.Attempts()) >= n }, patience, time.Millisecond)
	attempts := s.Attempts()
	require.Len(t, attempts, n)
	return attempts
}

// letter is a mail with lines that begin with a dot.
func letter(id string) string {
	return "From: <spark@example.dk>\r\nMessage-ID: <" + id + ">\r\nSubject: Prøve\r\n\r\n.skjult\r\n\r\n..\r\nSlut\r\n"
}

// client is the standard library's, one step after the other.
type client struct {
	*smtp.Client
	body io.WriteCloser
}

// hand hands a mail over and returns the step that failed, and why.
func hand(t *testing.T, s *Server, to, id string) (step string, err error) {
	t.Helper()
	before := len(s.Attempts())
	conn, err := net.Dial("tcp", s.Address())
	if err != nil {
		return "dial", err
	}
	defer conn.Close()
	if silent(s) && s.forced != QuitHang {
		hangs := make(chan struct{})
		defer close(hangs)
		go func() { // gives up when the server has said in its log that it will say nothing
			for len(s.Attempts()) == before {
				select {
				case <-hangs:
					return
				case <-time.After(time.Millisecond):
				}
			}
			conn.Close()
		}()
	}
	var c client
	for _, one := range []struct {
		name string
		do   func() error
	}{
		{"greeting", func() (err error) { c.Client, err = smtp.NewClient(conn, Host); return err }},
		{"starttls", func() error { return c.secure(s) }},
		{"mail", func() error { return c.Mail("spark@example.dk") }},
		{"rcpt", func() error { return c.Rcpt(to) }},
		{"data", func() (err error) { c.body, err = c.Data(); return err }},
		{"dot", func() error {
			_, _ = io.WriteString(c.body, letter(id))
			return c.body.Close()
		}},
		{"rset", func() error { return c.Reset() }},
		{"quit", func() error {
			if s.forced == QuitHang {
				_ = conn.SetDeadline(time.Now().Add(50 * time.Millisecond))
			}
			return c.Quit()
		}},
	} {
		if err := one.do(); err != nil {
			return one.name, err
		}
	}
	return "", nil
}

// silent reports whether the forced fault keeps the client waiting.
func silent(s *Server) bool {
	for _, a := range scripts[s.forced] {
		if a.then == keepSilent {
			return true
		}
	}
	return false
}

func (c *client) secure(s *Server) error {
	if offered, _ := c.Extension("STARTTLS"); !offered {
		if s.options.STARTTLS {
			return errors.New("STARTTLS is not offered")
		}
		return nil
	}
	return c.StartTLS(&tls.Config{ServerName: Host, RootCAs: s.RootCAs(), MinVersion: tls.VersionTLS12})
}

// TestEveryFault is what a client meets, and what the log says of it.
func TestEveryFault(t *testing.T) {
	const (
		never     = "never"
		knownLost = "not taken, and the client knows"
		maybeLost = "not taken, and the client may not know"
		maybeHere = "taken, and the client may not know"
		knownHere = "taken, and the client knows"
	)
	want := map[Fault]struct {
		step string
		code int // of the answer, or 0 when there was none
		log  string
	}{
		None: {"", 0, knownHere}, SlowBanner: {"", 0, knownHere}, SlowAfterDot: {"", 0, knownHere},
		Refused: {"dial", 0, never}, NoBanner: {"greeting", 0, knownLost}, BannerClosed: {"greeting", 0, knownLost},
		Banner421: {"greeting", 421, knownLost}, Banner554: {"greeting", 554, knownLost},
		STARTTLSMissing: {"starttls", 0, knownLost}, STARTTLSRefused: {"starttls", 454, knownLost},
		STARTTLSClosed: {"starttls", 0, knownLost}, WrongCertificate: {"starttls", 0, knownLost},
		Mail451: {"mail", 451, knownLost}, Mail550: {"mail", 550, knownLost}, MailClosed: {"mail", 0, knownLost}, MailHang: {"mail", 0, knownLost},
		Greylisted: {"rcpt", 450, knownLost}, Rcpt550: {"rcpt", 550, knownLost}, RcptRsetClosed: {"rcpt", 450, knownLost},
		Shutdown421: {"rcpt", 421, knownLost},
		Data452:     {"data", 452, knownLost}, DataClosed: {"data", 0, knownLost}, DataHang: {"data", 0, knownLost},
		AmidData: {"dot", 0, maybeLost},
		// The client hangs up and does not say that it has heard.
		Dot451: {"dot", 451, maybeLost}, Dot554: {"dot", 554, maybeLost},
		ClosedAfterDot: {"dot", 0, maybeHere}, HangAfterDot: {"dot", 0, maybeHere}, Lost250: {"dot", 0, maybeHere}, Nonsense: {"dot", 0, maybeHere},
		RsetRefused: {"rset", 502, knownHere}, RsetClosed: {"rset", 0, knownHere},
		QuitClosed: {"quit", 0, knownHere}, QuitHang: {"quit", 0, knownHere},
	}
	require.Len(t, want, len(Faults()))
	s := start(t, Options{STARTTLS: true, Slow: 10 * time.Millisecond, Grey: time.Hour})
	lines := 0
	for _, fault := range Faults() {
		t.Run(string(fault), func(t *testing.T) {
			require.NoError(t, s.Force(fault))
			id := string(fault) + "@example.dk"
			step, err := hand(t, s, "soeren@example.dk", id)
			require.Equal(t, want[fault].step, step, "%v", err)
			require.Equal(t, want[fault].code, code(err), "%v", err)
			if want[fault].log == never {
				require.Len(t, s.Attempts(), lines)
				return
			}
			lines++
			a := logged(t, s, lines)[lines-1]
			require.Equal(t, fault, a.Fault)
			require.Equal(t, want[fault].log == knownHere || want[fault].log == maybeHere, a.Accepted)
			require.Equal(t, want[fault].log == maybeHere || want[fault].log == maybeLost, a.Ambiguous)
			if a.Accepted {
				require.Equal(t, []string{letter(id)}, text(s.Accepted(id)))
				require.Equal(t, len(letter(id)), a.Bytes)
			} else {
				require.Empty(t, s.Accepted(id))
			}
			require.Equal(t, came(step, "rcpt"), a.Recipient == "soeren@example.dk")
			require.Equal(t, came(step, "dot"), a.MessageID == id)
		})
	}
}

// came reports whether a session that failed at a step had come to another.
func came(step, to string) bool {
	order := []string{"dial", "greeting", "starttls", "mail", "rcpt", "data", "dot", "rset", "quit", ""}
	at := map[string]int{}
	for i, name := range order {
		at[name] = i
	}
	return at[step] >= at[to]
}

// code is the number of a real answer.
func code(err error) int {
	var answer *textproto.Error
	if errors.As(err, &answer) && answer.Code >= 100 {
		return answer.Code
	}
	return 0
}

func text(mails [][]byte) (all []string) {
	for _, m := range mails {
		all = append(all, string(m))
	}
	return all
}

// A client that dies between our answer and its next word may not have heard.
func TestAClientThatDiesAfterTheDot(t *testing.T) {
	s := start(t, Options{})
	c, err := textproto.Dial("tcp", s.Address())
	require.NoError(t, err)
	for _, line := range []string{"EHLO x", "MAIL FROM:<a@example.dk>", "RCPT TO:<b@example.dk>", "DATA"} {
		require.NoError(t, c.PrintfLine("%s", line))
	}
	require.NoError(t, c.PrintfLine("Message-ID: <one@example.dk>\r\n\r\nHej\r\n."))
	require.Eventually(t, func() bool { return len(s.Accepted("one@example.dk")) == 1 }, patience, time.Millisecond)
	require.NoError(t, c.Close())
	a := logged(t, s, 1)[0]
	require.True(t, a.Accepted)
	require.True(t, a.Ambiguous)
	require.Equal(t, "b@example.dk", a.Recipient)
}

func TestTwoMailsOnOneLine(t *testing.T) {
	s := start(t, Options{})
	c, err := smtp.Dial(s.Address())
	require.NoError(t, err)
	defer c.Close()
	for n := range 2 {
		require.NoError(t, c.Mail("spark@example.dk"))
		require.NoError(t, c.Rcpt(fmt.Sprintf("to%d@example.dk", n)))
		w, err := c.Data()
		require.NoError(t, err)
		_, _ = io.WriteString(w, letter("same@example.dk"))
		require.NoError(t, w.Close())
	}
	require.NoError(t, c.Quit())
	attempts := logged(t, s, 2)
	require.Equal(t, "to0@example.dk", attempts[0].Recipient)
	require.Equal(t, "to1@example.dk", attempts[1].Recipient)
	require.False(t, attempts[1].Ambiguous)
	require.Len(t, s.Accepted("same@example.dk"), 2)
}

// What is forgotten was taken all the same.
func TestForgettingMails(t *testing.T) {
	s := start(t, Options{})
	for _, id := range []string{"before@example.dk", "after@example.dk"} {
		step, err := hand(t, s, "to@example.dk", id)
		require.NoError(t, err, step)
		s.Forget()
		require.Empty(t, s.Accepted(id))
	}
	for _, a := range logged(t, s, 2) {
		require.True(t, a.Accepted)
	}
}

// Each recipient is greylisted on its own, and for a time.
func TestGreylisting(t *testing.T) {
	s := start(t, Options{Grey: 300 * time.Millisecond})
	require.NoError(t, s.Force(Greylisted))
	for _, to := range []string{"a@example.dk", "b@example.dk"} {
		step, _ := hand(t, s, to, to)
		require.Equal(t, "rcpt", step)
		require.Eventually(t, func() bool {
			step, _ := hand(t, s, to, to)
			return step == ""
		}, patience, 50*time.Millisecond)
		require.Len(t, s.Accepted(to), 1)
	}
}

func TestRefusingAndListeningAgain(t *testing.T) {
	s := start(t, Options{})
	address := s.Address()
	for range 3 {
		require.NoError(t, s.Force(Refused))
		step, _ := hand(t, s, "a@example.dk", "x@example.dk")
		require.Equal(t, "dial", step)
		require.NoError(t, s.Force(None))
		step, err := hand(t, s, "a@example.dk", "x@example.dk")
		require.Empty(t, step, "%v", err)
		require.Equal(t, address, s.Address())
	}
	require.Len(t, s.Accepted("x@example.dk"), 3)
}

// The same seed draws the same, another another, and all that it may.
func TestDrawing(t *testing.T) {
	odds := Evenly(0.8, Refused, Mail451, ClosedAfterDot, QuitClosed)
	drawn := func(seed uint64) (faults []Fault) {
		s := start(t, Options{Seed: seed})
		require.NoError(t, s.Draw(odds))
		for n := range 60 {
			_, _ = hand(t, s, "a@example.dk", fmt.Sprintf("%d@example.dk", n))
			faults = append(faults, logged(t, s, n+1)[n].Fault)
		}
		return faults
	}
	first := drawn(7)
	require.Equal(t, first, drawn(7))
	require.NotEqual(t, first, drawn(8))
	for fault := range odds {
		require.Contains(t, first, fault)
	}
	require.Contains(t, first, None)
}

func TestOddsAreChecked(t *testing.T) {
	s := start(t, Options{})
	for _, wrong := range []Odds{{"no_such": 0.1}, {Mail451: -0.1}, {Mail451: 0.6, Dot451: 0.6}} {
		require.Error(t, s.Draw(wrong), "%v", wrong)
	}
	require.Error(t, s.Force("no_such"))
	require.NoError(t, s.Draw(Evenly(1, Faults()...)))
	require.Equal(t, Mail451, Odds{Mail451: 1}.draw(0.999))
	require.Equal(t, None, Odds{}.draw(0))
}

// The file grows by a line an attempt, also over a restart, and says what
// Attempts says.
func TestTheLogIsAFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "smtp.jsonl")
	var told []Attempt
	for _, fault := range []Fault{None, ClosedAfterDot} {
		s := start(t, Options{Log: path})
		require.NoError(t, s.Force(fault))
		_, _ = hand(t, s, "a@example.dk", "x@example.dk")
		told = append(told, logged(t, s, 1)...)
		require.NoError(t, s.Stop())
	}
	read, err := ReadLog(path)
	require.NoError(t, err)
	require.Equal(t, told, read)
	require.Equal(t, []bool{false, true}, []bool{read[0].Ambiguous, read[1].Ambiguous})
}

func TestItListensOnLoopbackOnly(t *testing.T) {
	for _, address := range []string{"0.0.0.0:0", "[::]:0", ":0", "example.dk:25", "nonsense"} {
		_, err := Start(Options{Address: address})
		require.Error(t, err, address)
	}
	_, err := Start(Options{Log: filepath.Join(t.TempDir(), "no", "such", "folder")})
	require.Error(t, err)
}

// Stop ends whoever waits for an answer that never comes.
func TestStopEndsEverySession(t *testing.T) {
	s := start(t, Options{Slow: time.Hour})
	for _, fault := range []Fault{NoBanner, SlowBanner, SlowAfterDot, None} {
		require.NoError(t, s.Force(fault))
		conn, err := net.Dial("tcp", s.Address())
		require.NoError(t, err)
		defer conn.Close()
		if fault == None {
			_, err = conn.Read(make([]byte, 1))
			require.NoError(t, err)
		}
	}
	require.NoError(t, s.Stop())
	require.NoError(t, s.Stop(), "twice is no mistake")
	require.NoError(t, s.Force(Refused), "nothing to change any more")
	_, err := net.Dial("tcp", s.Address())
	require.Error(t, err)
	require.False(t, strings.HasPrefix(s.Address(), "0.0.0.0"))
}

// A strict server takes no address without its angle brackets.
func TestAddressesStandInBrackets(t *testing.T) {
	s := start(t, Options{})
	conn, err := net.Dial("tcp", s.Address())
	require.NoError(t, err)
	defer conn.Close()
	c := textproto.NewConn(conn)
	_, _, err = c.ReadResponse(220)
	require.NoError(t, err)
	for _, one := range []struct {
		say  string
		code int
	}{
		{"MAIL FROM:spark@example.dk", 501}, {"MAIL FROM:<spark@example.dk>", 250},
		{"RCPT TO:to@example.dk", 501}, {"RCPT TO:<to@example.dk>", 250},
	} {
		require.NoError(t, c.PrintfLine("%s", one.say))
		_, _, err := c.ReadResponse(one.code)
		require.NoError(t, err, one.say)
	}
}
