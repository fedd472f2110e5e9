package mail

import (
	"context"
	"crypto/tls"
	"errors"
	netmail "net/mail"
	"net/textproto"
	"strconv"
	"strings"
)

// ProbeFault is what keeps a server from taking our mail.
type ProbeFault string

// The faults of a server, in the order in which a conversation meets them.
const (
	ProbeUnreachable ProbeFault = "unreachable" // nobody answers, or not as a mail server does
	ProbeTLS         ProbeFault = "tls"         // the line cannot be protected
	ProbeAuth        ProbeFault = "auth"        // it does not let us in
	ProbeSender      ProbeFault = "sender"      // it takes no mail from the sender
)

// Probe asks the server everything up to a recipient, and sends nothing: it
// connects, protects the line, logs in, names the sender and takes it back.
// The fault is "" when the server would go on; the code is the number it
// answered with, or "".
func (s *Sender) Probe(ctx context.Context, from netmail.Address) (fault ProbeFault, code string) {
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	early, done := context.WithTimeout(ctx, s.limits.HandOver)
	defer done()
	l, err := s.greet(ctx, early)
	if err != nil {
		return greetingFault(err), probeCode(err)
	}
	err = l.Mail(path(from))
	if err == nil {
		_ = l.Reset()
	}
	l.goodbye(err, s.limits.Goodbye)
	switch {
	case err == nil:
		return "", ""
	case answered(err) == 0:
		return ProbeUnreachable, ""
	}
	return ProbeSender, probeCode(err)
}

func probeCode(err error) string {
	if n := answered(err); n != 0 {
		return strconv.Itoa(n)
	}
	return ""
}

// greetingFault tells what the greeting came to grief on. The library has no
// errors of its own for an extension that the server does not offer, only
// their words.
func greetingFault(err error) ProbeFault {
	var certificate *tls.CertificateVerificationError
	var record tls.RecordHeaderError
	var answer *textproto.Error
	switch {
	case errors.As(err, &certificate), errors.As(err, &record), errors.As(err, &answer) && answer.Code == 454, strings.Contains(err.Error(), "STARTTLS"):
		return ProbeTLS
	case errors.As(err, &answer) && (answer.Code == 530 || answer.Code == 534 || answer.Code == 535 || answer.Code == 538),
		strings.Contains(strings.ToLower(err.Error()), "auth"):
		return ProbeAuth
	}
	return ProbeUnreachable
}
