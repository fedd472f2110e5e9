package mail

import (
	"crypto/tls"
	"crypto/x509"
	"io"
	"log"
	"net"
	"sync"
	"testing"

	"github.com/emersion/go-sasl"
	gosmtp "github.com/emersion/go-smtp"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/smtpfault"
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
	c, err := smtpfault.Certificate(smtpfault.Host)
	require.NoError(t, err)
	return &tls.Config{Certificates: []tls.Certificate{c}}, smtpfault.Trusting(c)
}
