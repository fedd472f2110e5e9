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
	Limits   Limits         // DefaultLimits when zero
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

// Limits are how long one attempt waits for the server.
type Limits struct {
	HandOver time.Duration // for everything up to the final dot
	Answer   time.Duration // for the answer to the final dot
	Goodbye  time.Duration // for the answer to QUIT
}

// DefaultLimits are short where giving up is harmless. After the final dot it
// is not: whoever gives up there does not know whether the mail was taken, and
// sends it twice. So that wait is the ten minutes of RFC 5321, 4.5.3.2.6. The
// goodbye is the shortest: a mail that was taken is not written down before it,
// and a crash in between sends it again.
var DefaultLimits = Limits{HandOver: 45 * time.Second, Answer: 10 * time.Minute, Goodbye: time.Second}

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
