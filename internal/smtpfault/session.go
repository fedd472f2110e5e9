package smtpfault

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"io"
	"net"
	netmail "net/mail"
	"strings"
	"time"
)

// session is one client's line.
type session struct {
	server *Server
	conn   net.Conn
	in     *bufio.Reader
	number int
	fault  Fault
	secure bool

	attempt  Attempt
	under    bool // an attempt is under way
	answered bool // its final dot has been
	noted    bool // the session has a line in the log
}

func (s *session) run() {
	s.in = bufio.NewReader(s.conn)
	defer func() {
		s.note()
		s.conn.Close()
	}()
	s.begin()
	if !s.greet() {
		return
	}
	for s.turn() {
	}
}

func (s *session) greet() bool {
	switch s.fault {
	case Refused:
		s.note()
		_ = s.conn.(*net.TCPConn).SetLinger(0) // so that closing resets the line
		return false
	case SlowBanner:
		if !s.dawdle() {
			return false
		}
	}
	return s.do(s.act(greeting))
}

// dawdle takes its time, and reports whether the session goes on.
func (s *session) dawdle() bool {
	select {
	case <-time.After(s.server.options.Slow):
		return true
	case <-s.server.stopping:
		return false
	}
}

// turn answers one command and reports whether the session goes on.
func (s *session) turn() bool {
	line, err := s.in.ReadString('\n')
	if err != nil {
		return false
	}
	s.heard()
	verb := strings.ToUpper(strings.Fields(line + " ?")[0])
	if (verb == "MAIL" || verb == "RCPT") && !strings.Contains(line, "<") {
		return s.do(badPath)
	}
	switch verb {
	case "STARTTLS":
		return s.startTLS()
	case "MAIL":
		if s.under {
			s.note()
		}
		s.begin()
		s.under = true
	case "RCPT":
		s.attempt.Recipient = address(line)
	case "DATA":
		return s.data()
	case "RSET", "QUIT":
		s.note()
	}
	return s.do(s.act(verb)) && verb != "QUIT"
}

func (s *session) begin() {
	s.attempt = Attempt{At: time.Now().UTC(), Session: s.number, Fault: s.fault}
}

// heard: a client that goes on after the final dot has got the answer to it.
func (s *session) heard() {
	if s.answered {
		s.attempt.Ambiguous, s.answered = false, false
		s.note()
	}
}

// note writes the attempt into the log, or says of a session without one how
// it failed. It comes before what the client can see, so that whoever waits
// for the client finds the line.
func (s *session) note() {
	if s.under || !s.noted {
		s.server.note(s.attempt)
	}
	s.under, s.noted = false, true
}

// act is what is to be done at a command.
func (s *session) act(verb string) act {
	own, other := scripts[s.fault][verb]
	switch {
	case other && s.fault == Greylisted && !s.server.greylisted(s.attempt.Recipient):
		return usual[verb]
	case other:
		own.say = strings.ReplaceAll(own.say, recipientSlot, s.attempt.Recipient)
		return own
	case s.offersTLS() && verb == "EHLO":
		return says("250-smtpfault\r\n250-8BITMIME\r\n250 STARTTLS")
	case s.offersTLS() && verb == "STARTTLS":
		return goAhead
	}
	if a, known := usual[verb]; known {
		return a
	}
	return unknownCommand
}

func (s *session) offersTLS() bool {
	return s.server.options.STARTTLS && !s.secure && s.fault != STARTTLSMissing
}

// do carries it out and reports whether the session goes on.
func (s *session) do(a act) bool {
	if a.then != goOn {
		s.note()
	}
	_, err := io.WriteString(s.conn, a.say)
	if err == nil && a.then == keepSilent {
		_, _ = io.Copy(io.Discard, s.in)
	}
	return err == nil && a.then == goOn
}

func (s *session) startTLS() bool {
	a := s.act("STARTTLS")
	if !s.do(a) || a != goAhead {
		return a.then == goOn
	}
	certificate := s.server.right
	if s.fault == WrongCertificate {
		certificate = s.server.wrong
	}
	line := tls.Server(s.conn, &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12})
	s.conn, s.in, s.secure = line, bufio.NewReader(line), true
	return line.Handshake() == nil
}

func (s *session) data() bool {
	a := s.act("DATA")
	if !s.do(a) || a.refuses() {
		return a.then == goOn
	}
	s.attempt.Ambiguous = true // until the client shows that it has heard
	raw, whole := s.read()
	if !whole {
		return false
	}
	if s.fault == SlowAfterDot && !s.dawdle() {
		return false
	}
	a = s.act(finalDot)
	s.answered = a.refuses() || a.agrees()
	if !a.refuses() {
		s.attempt.Accepted, s.attempt.AcceptedAt = true, time.Now().UTC()
		s.server.keep(s.attempt.MessageID, raw)
	}
	return s.do(a)
}

// read takes the mail up to the final dot, and reports whether it came so far.
func (s *session) read() (raw []byte, whole bool) {
	for {
		line, err := s.in.ReadBytes('\n')
		if err != nil {
			return nil, false
		}
		if string(line) == ".\r\n" {
			return raw, true
		}
		raw = append(raw, bytes.TrimPrefix(line, []byte("."))...)
		s.attempt.Bytes = len(raw)
		if string(line) == "\r\n" && s.attempt.MessageID == "" {
			s.attempt.MessageID = messageID(raw)
			if s.fault == AmidData {
				return nil, false
			}
		}
	}
}

func messageID(header []byte) string {
	m, err := netmail.ReadMessage(bytes.NewReader(header))
	if err != nil {
		return ""
	}
	return strings.Trim(m.Header.Get("Message-Id"), "<> ")
}

// address is what stands between the angle brackets of a command.
func address(line string) string {
	_, rest, _ := strings.Cut(line, "<")
	inside, _, _ := strings.Cut(rest, ">")
	return inside
}
