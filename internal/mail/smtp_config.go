package mail

import (
	"crypto/x509"
	"errors"
	"net"
	"time"
)

// SMTPConfig is how to reach the server that takes our mail.
type SMTPConfig struct {
	Host     string
	Port     int
	User     string
	Password string
	Security Security
	HELO     string         // the name we greet with; this machine's own would tell too much
	Timeout  time.Duration  // of one attempt; DefaultTimeout when zero
	RootCAs  *x509.CertPool // whom to trust; the system's when nil
}

// Security is how the line is protected.
type Security string

// STARTTLS and TLS are both mandatory: a server that offers neither gets no
// mail. Plain is for the mail catcher on this machine.
const (
	STARTTLS Security = "starttls"
	TLS      Security = "tls"
	Plain    Security = "none"
)

// DefaultTimeout is ten minutes, as RFC 5321 (4.5.3.2) has it for the server's
// answer to the final dot: whoever gives up earlier does not know whether the
// mail was taken, and sends it twice.
const DefaultTimeout = 10 * time.Minute

var errNoTLS = errors.New("mail without TLS is only sent to this machine itself")

func (c SMTPConfig) check() error {
	if c.Security == Plain && !loopback(c.Host) {
		return errNoTLS
	}
	return nil
}

func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
