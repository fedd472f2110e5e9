package mail

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"
)

// delivery is one mail as a server took it.
type delivery struct {
	from string
	to   []string
	raw  []byte
}

// inbox is a well-behaved server of another library.
type inbox struct {
	mu    sync.Mutex
	mails []delivery
	users []string
}

func (b *inbox) NewSession(*gosmtp.Conn) (gosmtp.Session, error) { return &session{inbox: b}, nil }

func (b *inbox) taken() []delivery {
	b.mu.Lock()
	defer b.mu.Unlock()
	return append([]delivery(nil), b.mails...)
}

type session struct {
	inbox *inbox
	delivery
}

func (s *session) Reset()        { s.delivery = delivery{} }
func (s *session) Logout() error { return nil }

func (s *session) Mail(from string, o *gosmtp.MailOptions) error {
	if o.UTF8 {
		return &gosmtp.SMTPError{Code: 550, Message: "we never ask for SMTPUTF8"}
	}
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *gosmtp.RcptOptions) error {
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) (err error) {
	s.raw, err = io.ReadAll(r)
	s.inbox.mu.Lock()
	defer s.inbox.mu.Unlock()
	s.inbox.mails = append(s.inbox.mails, s.delivery)
	return err
}

func (s *session) AuthMechanisms() []string { return []string{sasl.Plain} }

func (s *session) Auth(string) (sasl.Server, error) {
	return sasl.NewPlainServer(func(_, user, password string) error {
		if password != "rigtigt" {
			return gosmtp.ErrAuthFailed
		}
		s.inbox.mu.Lock()
		defer s.inbox.mu.Unlock()
		s.inbox.users = append(s.inbox.users, user)
		return nil
	}), nil
}

// serve starts the server on a free port. With a certificate it offers
// STARTTLS; implicit, it speaks TLS from the start.
func serve(t *testing.T, cert *tls.Config, implicit bool) (*inbox, int) {
	t.Helper()
	b := &inbox{}
	server := gosmtp.NewServer(b)
	server.Domain, server.TLSConfig, server.EnableSMTPUTF8 = "test", cert, true
	server.AllowInsecureAuth, server.ErrorLog = true, log.New(io.Discard, "", 0)
	listener := listen(t)
	port := listener.Addr().(*net.TCPAddr).Port
	if implicit {
		listener = tls.NewListener(listener, cert)
	}
	done := make(chan struct{})
	go func() {
		defer close(done)
		_ = server.Serve(listener)
	}()
	t.Cleanup(func() {
		_ = listener.Close() // the server knows of it only once it serves
		_ = server.Close()
		<-done
	})
	return b, port
}

func listen(t *testing.T) net.Listener {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	return l
}

// certificate is one for this machine, and the pool that trusts it.
func certificate(t *testing.T) (*tls.Config, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, IsCA: true, BasicConstraintsValid: true}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	require.NoError(t, err)
	parsed, err := x509.ParseCertificate(der)
	require.NoError(t, err)
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return &tls.Config{Certificates: []tls.Certificate{{Certificate: [][]byte{der}, PrivateKey: key}}}, pool
}

// faulty is a server that fails in one chosen way. Answers replaces what it
// says to a command (a line's first word; "." is the final dot, "HI" the
// greeting); an answer of "" closes the line instead, and "hang" says nothing
// until the client gives up.
type faulty struct {
	answers map[string]string

	mu       sync.Mutex
	commands []string
	accepted int
}

func (f *faulty) copies() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.accepted
}

func (f *faulty) heard(command string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.commands {
		if c == command {
			return true
		}
	}
	return false
}

func (f *faulty) serve(t *testing.T) int {
	t.Helper()
	l := listen(t)
	var lines sync.WaitGroup
	lines.Go(func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			lines.Go(func() {
				defer conn.Close()
				f.talk(conn)
			})
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		lines.Wait()
	})
	return l.Addr().(*net.TCPAddr).Port
}

var usual = map[string]string{
	"HI": "220 test", "EHLO": "250-test\r\n250 8BITMIME", "HELO": "250 test", "MAIL": "250 ok", "RCPT": "250 ok",
	"DATA": "354 go", ".": "250 queued as 1", "RSET": "250 ok", "NOOP": "250 ok", "QUIT": "221 bye",
}

// talk answers until the line is closed.
func (f *faulty) talk(conn net.Conn) {
	in := bufio.NewReader(conn)
	if !f.answer(conn, in, "HI") {
		return
	}
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		command := strings.ToUpper(strings.Fields(line + " ?")[0])
		if !f.answer(conn, in, command) || command == "QUIT" {
			return
		}
		if command == "DATA" && f.says("DATA") == usual["DATA"] && !f.takeData(conn, in) {
			return
		}
	}
}

func (f *faulty) takeData(conn net.Conn, in *bufio.Reader) bool {
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return false
		}
		if line == ".\r\n" {
			break
		}
	}
	if answer := f.says("."); !strings.HasPrefix(answer, "4") && !strings.HasPrefix(answer, "5") {
		f.mu.Lock()
		f.accepted++
		f.mu.Unlock()
	}
	return f.answer(conn, in, ".")
}

func (f *faulty) says(command string) string {
	if answer, changed := f.answers[command]; changed {
		return answer
	}
	if answer, known := usual[command]; known {
		return answer
	}
	return "500 what"
}

// answer reports whether the conversation goes on.
func (f *faulty) answer(conn net.Conn, in *bufio.Reader, command string) bool {
	f.mu.Lock()
	f.commands = append(f.commands, command)
	f.mu.Unlock()
	switch answer := f.says(command); answer {
	case "":
		return false
	case "hang":
		_, _ = in.ReadString('\n') // until the client hangs up
		return false
	default:
		_, err := fmt.Fprintf(conn, "%s\r\n", answer)
		return err == nil
	}
}
