package smtpfault

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"maps"
	"math/rand/v2"
	"net"
	"slices"
	"sync"
	"time"
)

// Options say how the server fails. The zero value listens on a free port and
// fails in no way.
type Options struct {
	Address  string        // on loopback; empty for a free port
	Log      string        // the file that gets a line for every attempt; empty for none
	Seed     uint64        // of what is drawn: the same seed draws the same faults for the same order of sessions
	Slow     time.Duration // how long a slow greeting takes, or a slow answer to the final dot
	Grey     time.Duration // how long a recipient is greylisted
	STARTTLS bool          // whether STARTTLS is offered
}

// Server is a server that fails.
type Server struct {
	options      Options
	address      *net.TCPAddr
	right, wrong tls.Certificate
	sessions     sync.WaitGroup
	stopping     chan struct{}

	mu       sync.Mutex
	listener net.Listener // nil while connections are refused
	lines    map[net.Conn]bool
	count    int // of sessions
	stopped  bool

	forced Fault // empty: one is drawn
	odds   Odds
	random *rand.Rand
	met    map[string]time.Time // when a recipient was first greylisted

	log      *log
	attempts []Attempt
	accepted map[string][][]byte // by Message-ID; nil when they are not kept
}

// Start listens and returns at once. No session fails until Force or Draw
// says so.
func Start(o Options) (*Server, error) {
	if o.Address == "" {
		o.Address = Host + ":0"
	}
	s := &Server{
		options: o, stopping: make(chan struct{}), forced: None, random: rand.New(rand.NewPCG(o.Seed, 0)),
		lines: map[net.Conn]bool{}, met: map[string]time.Time{}, accepted: map[string][][]byte{},
	}
	if err := s.prepare(); err != nil {
		return nil, err
	}
	return s, nil
}

func (s *Server) prepare() (err error) {
	if s.right, err = Certificate(Host); err != nil {
		return err
	}
	if s.wrong, err = Certificate(otherHost); err != nil {
		return err
	}
	if s.log, err = openLog(s.options.Log); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if err = s.listen(s.options.Address); err != nil {
		return errors.Join(fmt.Errorf("smtpfault: %w", err), s.log.close())
	}
	s.address = s.listener.Addr().(*net.TCPAddr)
	return nil
}

// listen begins to accept. The caller holds the lock.
func (s *Server) listen(address string) error {
	host, _, err := net.SplitHostPort(address)
	if ip := net.ParseIP(host); err != nil || ip == nil || !ip.IsLoopback() {
		return fmt.Errorf("%q is not an address on loopback", address)
	}
	l, err := net.Listen("tcp", address)
	if err != nil {
		return err
	}
	s.listener = l
	s.sessions.Go(func() { s.accept(l) })
	return nil
}

func (s *Server) accept(l net.Listener) {
	for {
		conn, err := l.Accept()
		if err != nil {
			return
		}
		s.mu.Lock()
		if s.stopped {
			s.mu.Unlock()
			conn.Close()
			return
		}
		s.count++
		s.lines[conn] = true
		one := &session{server: s, conn: conn, number: s.count, fault: s.pick()}
		s.mu.Unlock()
		s.sessions.Go(func() {
			one.run()
			s.mu.Lock()
			defer s.mu.Unlock()
			delete(s.lines, conn)
		})
	}
}

// pick decides how the next session fails. The caller holds the lock.
func (s *Server) pick() Fault {
	if s.forced != "" {
		return s.forced
	}
	return s.odds.draw(s.random.Float64())
}

// Address is where the server listens, as host:port.
func (s *Server) Address() string { return s.address.String() }

// Port is the port of the address.
func (s *Server) Port() int { return s.address.Port }

// RootCAs trusts both the right certificate and the wrong one, so that the
// wrong one is wrong by its name alone.
func (s *Server) RootCAs() *x509.CertPool { return Trusting(s.right, s.wrong) }

// Force makes every session from now on fail in this way. Sessions that are
// under way go on as they began.
func (s *Server) Force(f Fault) error {
	if _, known := scripts[f]; !known {
		return unknown(f)
	}
	return s.change(f, nil)
}

// Draw lets chance decide for every session from now on.
func (s *Server) Draw(o Odds) error {
	if err := o.check(); err != nil {
		return err
	}
	return s.change("", maps.Clone(o))
}

func (s *Server) change(forced Fault, odds Odds) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.forced, s.odds = forced, odds
	switch {
	case s.stopped:
		return nil
	case forced == Refused && s.listener != nil:
		l := s.listener
		s.listener = nil
		return l.Close()
	case forced != Refused && s.listener == nil:
		return s.listenAgain()
	}
	return nil
}

// reopening is how long the port may be in somebody else's hands: a client's
// line may happen to begin at it.
const reopening = 10 * time.Second

func (s *Server) listenAgain() (err error) {
	for end := time.Now().Add(reopening); time.Now().Before(end); time.Sleep(10 * time.Millisecond) {
		if err = s.listen(s.Address()); err == nil {
			return nil
		}
	}
	return fmt.Errorf("smtpfault: cannot listen again: %w", err)
}

// Attempts are the lines of the log so far, oldest first. An attempt is there
// before its client can see how it ended, unless it was the client who ended
// it: then it comes as soon as the server notices.
func (s *Server) Attempts() []Attempt { return s.AttemptsFrom(0) }

// AttemptsFrom are the lines of the log but the first n.
func (s *Server) AttemptsFrom(n int) []Attempt {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.attempts[min(n, len(s.attempts)):])
}

// Accepted are the mails with a Message-ID that were taken, oldest first, each
// as it came over the line.
func (s *Server) Accepted(messageID string) [][]byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.accepted[messageID])
}

// Forget lets go of the mails that were taken, and keeps none from now on:
// for those who send very many, and ask the log alone.
func (s *Server) Forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.accepted = nil
}

// Hangup closes every line that is open, as a server that is started again
// does. Who waits for an answer to a mail never gets it.
func (s *Server) Hangup() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.hangup()
}

// hangup is Hangup. The caller holds the lock.
func (s *Server) hangup() {
	for conn := range s.lines {
		conn.Close()
	}
}

// Stop closes every line and the log. Its error is the first that the log
// met.
func (s *Server) Stop() error {
	s.mu.Lock()
	if s.stopped {
		s.mu.Unlock()
		return nil
	}
	s.stopped = true
	close(s.stopping)
	if s.listener != nil {
		s.listener.Close()
	}
	s.hangup()
	s.mu.Unlock()
	s.sessions.Wait()
	return s.log.close()
}

// greylisted reports whether a recipient must wait, and notes when it was
// first met.
func (s *Server) greylisted(recipient string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	since, again := s.met[recipient]
	if !again {
		since = time.Now()
		s.met[recipient] = since
	}
	return time.Since(since) < s.options.Grey
}

func (s *Server) note(a Attempt) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.attempts = append(s.attempts, a)
	s.log.write(a)
}

func (s *Server) keep(messageID string, raw []byte) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.accepted != nil {
		s.accepted[messageID] = append(s.accepted[messageID], raw)
	}
}
