package mail

import (
	"context"
	"errors"
	"io"
	"net"
	netmail "net/mail"
	"net/textproto"
	"slices"
	"time"

	gomail "github.com/wneessen/go-mail"
	"github.com/wneessen/go-mail/smtp"
)

// stage is how far an attempt came.
type stage int

const (
	greeting stage = iota // the server has not let us in
	envelope              // it has not got the whole message
	finalDot              // it has, and has not said that it took it
	taken                 // it took it
)

// errLate is a message that was not handed over in time.
var errLate = errors.New("the time to hand the message over is past")

// handOver hands one message over, and says how far that came. It leads the
// conversation itself: the library knows one limit for all of MAIL, RCPT, DATA
// and the answer to the final dot, which would be too long for the first
// three or too short for the last.
//
// The line is closed when ctx ends, whatever is waited for, and always in the
// end.
func (s *Sender) handOver(ctx context.Context, m Message, msg *gomail.Msg) (stage, error) {
	ctx, hangUp := context.WithCancel(ctx)
	defer hangUp()
	early, done := context.WithTimeout(ctx, s.limits.HandOver)
	defer done()
	l, err := s.greet(ctx, early)
	if err != nil {
		return greeting, err
	}
	content, err := l.begin(m, msg)
	if err == nil {
		err = l.stillEarly(early)
	}
	if err != nil {
		l.goodbye(err, s.limits.Goodbye)
		return envelope, err
	}
	l.allow(s.limits.Answer)
	err = content.Close()
	l.goodbye(err, s.limits.Goodbye)
	if err != nil {
		return finalDot, err
	}
	return taken, nil
}

// line is a conversation with the server about one message.
type line struct {
	*smtp.Client
	conn net.Conn
	keep func() bool // stops the end of early from closing the line; false when it has
}

// greet connects, protects the line and logs in. Both contexts close the line
// when they end.
func (s *Sender) greet(ctx, early context.Context) (*line, error) {
	l := &line{}
	dial := func(dialing context.Context, network, address string) (net.Conn, error) {
		conn, err := s.dialer.DialContext(dialing, network, address)
		if err != nil {
			return nil, err
		}
		hangUp := func() { _ = conn.Close() }
		context.AfterFunc(ctx, hangUp)
		l.conn, l.keep = conn, context.AfterFunc(early, hangUp)
		return conn, nil
	}
	client, err := gomail.NewClient(s.host, append(slices.Clip(s.options), gomail.WithDialContextFunc(dial))...)
	if err != nil {
		return nil, err
	}
	l.Client, err = client.DialToSMTPClientWithContext(early)
	return l, err
}

// begin says everything up to the final dot, which is sent by closing the
// content.
func (l *line) begin(m Message, msg *gomail.Msg) (content io.WriteCloser, err error) {
	if err := l.Mail(path(m.From)); err != nil {
		return nil, err
	}
	if err := l.Rcpt(path(m.To)); err != nil {
		return nil, err
	}
	if content, err = l.Data(); err != nil {
		return nil, err
	}
	_, err = msg.WriteTo(content)
	return content, err
}

// path is an address as the commands want it (RFC 5321, 4.1.2), which the library
// leaves to us.
func path(a netmail.Address) string { return "<" + a.Address + ">" }

// stillEarly decides, at the last moment when giving up is harmless, whether
// the final dot is sent. A process that was frozen meanwhile finds that it is
// too late, since another one may have taken the mail in hand. The clock on
// the wall is asked too: the other one stands still with a frozen machine.
func (l *line) stillEarly(early context.Context) error {
	end, _ := early.Deadline()
	if !l.keep() || time.Now().After(end.Round(0)) {
		return errLate
	}
	return nil
}

// allow gives the server so long from now.
func (l *line) allow(limit time.Duration) { _ = l.conn.SetDeadline(time.Now().Add(limit)) }

// goodbye ends the session politely, unless the line failed.
func (l *line) goodbye(err error, limit time.Duration) {
	var answer *textproto.Error
	if err == nil || errors.As(err, &answer) {
		l.allow(limit)
		_ = l.Quit()
	}
}
