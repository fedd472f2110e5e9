package devstack

import (
	"errors"
	"io"
	"log"
	"time"

	"github.com/emersion/go-smtp"
)

const maxMailBytes = 25 << 20 // what large mail services take

func newSMTPServer(m *Mailcatcher) *smtp.Server {
	s := smtp.NewServer(smtp.BackendFunc(func(c *smtp.Conn) (smtp.Session, error) {
		return &session{catcher: m, conn: c}, nil
	}))
	s.Domain = "localhost"
	s.MaxMessageBytes = maxMailBytes
	s.MaxRecipients = 100
	s.ReadTimeout = time.Minute
	s.WriteTimeout = time.Minute
	s.EnableSMTPUTF8 = true
	s.ErrorLog = log.New(io.Discard, "", 0) // its lines would hold addresses
	return s
}

// session is one sender's connection.
type session struct {
	catcher *Mailcatcher
	conn    *smtp.Conn
	from    string
	to      []string
	drop    bool
}

func (s *session) Mail(from string, _ *smtp.MailOptions) error {
	s.from = from
	return nil
}

func (s *session) Rcpt(to string, _ *smtp.RcptOptions) error {
	s.catcher.mu.Lock()
	fault := s.catcher.fault
	s.catcher.mu.Unlock()
	if fault != nil {
		err := fault(s.from, to) // outside the lock: a test may look at the mails in it
		if err != nil && !errors.Is(err, ErrDropAfterData) {
			return err
		}
		s.drop = s.drop || err != nil
	}
	s.to = append(s.to, to)
	return nil
}

func (s *session) Data(r io.Reader) error {
	raw, err := io.ReadAll(r)
	if err != nil {
		return err
	}
	s.catcher.keep(parseMail(raw, s.from, s.to, time.Now()))
	if s.drop {
		_ = s.conn.Conn().Close()
		return ErrDropAfterData // to nobody: the connection is gone
	}
	return nil
}

func (s *session) Reset()        { s.from, s.to, s.drop = "", nil, false }
func (s *session) Logout() error { return nil }
