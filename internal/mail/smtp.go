package mail

import (
	"context"
	"crypto/tls"
	"net"
	"slices"
	"time"

	gomail "github.com/wneessen/go-mail"

	"example.dk/spark/internal/forloeb"
)

// Sender hands messages to one SMTP server. It is safe for concurrent use:
// every message gets a line of its own, so that no failure touches another.
type Sender struct {
	host    string
	dialer  contextDialer
	timeout time.Duration
	options []gomail.Option
}

type contextDialer interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// dialTimeout bounds the way to a server that does not answer at all.
const dialTimeout = 30 * time.Second

// NewSender checks the settings; it does not connect.
func NewSender(c SMTPConfig) (*Sender, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if c.Timeout == 0 {
		c.Timeout = DefaultTimeout
	}
	s := &Sender{host: c.Host, dialer: dialer(c), timeout: c.Timeout, options: options(c)}
	_, err := gomail.NewClient(s.host, s.options...) // says what is wrong with the settings
	return s, err
}

func dialer(c SMTPConfig) contextDialer {
	plain := &net.Dialer{Timeout: dialTimeout}
	if c.Security == TLS {
		return &tls.Dialer{NetDialer: plain, Config: tlsConfig(c)}
	}
	return plain
}

func tlsConfig(c SMTPConfig) *tls.Config {
	return &tls.Config{ServerName: c.Host, RootCAs: c.RootCAs, MinVersion: tls.VersionTLS12}
}

// options leave out what asks a server for more than we need: addresses are
// ASCII, and a mail marked SMTPUTF8 is refused by servers further on.
func options(c SMTPConfig) []gomail.Option {
	o := []gomail.Option{
		gomail.WithPort(c.Port), gomail.WithTimeout(c.Timeout), gomail.WithTLSConfig(tlsConfig(c)),
		gomail.WithoutNoop(), gomail.WithoutSMTPUTF8(),
	}
	switch c.Security {
	case TLS:
		o = append(o, gomail.WithSSL())
	case Plain:
		o = append(o, gomail.WithTLSPolicy(gomail.NoTLS))
	default:
		o = append(o, gomail.WithTLSPolicy(gomail.TLSMandatory))
	}
	if c.HELO != "" {
		o = append(o, gomail.WithHELO(c.HELO))
	}
	if c.User != "" {
		o = append(o, gomail.WithUsername(c.User), gomail.WithPassword(c.Password),
			gomail.WithOpportunisticSMTPAuth(gomail.SMTPAuthSCRAMSHA256, gomail.SMTPAuthPlain, gomail.SMTPAuthLogin))
	}
	return o
}

// Send tries once. The outcome holds a code and never the server's words.
func (s *Sender) Send(ctx context.Context, m Message) forloeb.Outcome {
	msg, err := mimeMessage(m)
	if err != nil {
		return forloeb.Outcome{State: forloeb.MailFailed, Code: codeNotComposed}
	}
	return outcome(msg.IsDelivered, s.deliver(ctx, msg))
}

// deliver dials, sends and hangs up. The line is closed when the context ends,
// whatever the library is waiting for, and always in the end: on some errors
// the library forgets to.
func (s *Sender) deliver(ctx context.Context, msg *gomail.Msg) error {
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	client, err := gomail.NewClient(s.host, append(slices.Clip(s.options), gomail.WithDialContextFunc(s.dial(ctx)))...)
	if err != nil {
		return err
	}
	return client.DialAndSendWithContext(ctx, msg)
}

// dial connects for one message. Its context is the library's and ends before
// the message is sent; line is ours.
func (s *Sender) dial(line context.Context) gomail.DialContextFunc {
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		conn, err := s.dialer.DialContext(ctx, network, address)
		if err == nil {
			context.AfterFunc(line, func() { _ = conn.Close() })
		}
		return conn, err
	}
}
