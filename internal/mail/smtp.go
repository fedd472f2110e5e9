package mail

import (
	"context"
	"crypto/tls"
	"net"

	gomail "github.com/wneessen/go-mail"

	"example.dk/spark/internal/forloeb"
)

// Sender hands messages to one SMTP server. It is safe for concurrent use:
// every message gets a line of its own, so that no failure touches another.
type Sender struct {
	host    string
	dialer  contextDialer
	limits  Limits
	options []gomail.Option
}

type contextDialer interface {
	DialContext(ctx context.Context, network, address string) (net.Conn, error)
}

// NewSender checks the settings; it does not connect.
func NewSender(c SMTPConfig) (*Sender, error) {
	if err := c.check(); err != nil {
		return nil, err
	}
	if c.Limits == (Limits{}) {
		c.Limits = DefaultLimits
	}
	s := &Sender{host: c.Host, dialer: dialer(c), limits: c.Limits, options: options(c)}
	_, err := gomail.NewClient(s.host, s.options...) // says what is wrong with the settings
	return s, err
}

func dialer(c SMTPConfig) contextDialer {
	plain := &net.Dialer{}
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
		gomail.WithPort(c.Port), gomail.WithTimeout(c.Limits.HandOver), gomail.WithTLSConfig(tlsConfig(c)),
		gomail.WithoutSMTPUTF8(),
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
	return outcome(s.handOver(ctx, m, msg))
}
