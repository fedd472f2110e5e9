package devstack

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/emersion/go-smtp"
)

// keptMails is enough for the whole year of a forløb with 98 workplaces, the most there can be, and little enough to
// hold in memory.
const keptMails = 5000

// Fault decides about one recipient before the mail catcher accepts it: nil accepts, SMTPFault refuses, and
// ErrDropAfterData accepts the mail and then loses the connection before saying so.
type Fault func(from, to string) error

// ErrDropAfterData is the fault after which a sender cannot know whether its mail was taken. It was.
var ErrDropAfterData = errors.New("the connection is dropped after the message")

// SMTPFault is an answer with the given code, such as 450 for later and 550 for never.
func SMTPFault(code int, text string) error {
	return &smtp.SMTPError{Code: code, EnhancedCode: smtp.EnhancedCodeNotSet, Message: text}
}

// MailcatcherOptions say where it listens. Addresses must be on loopback; an empty one means a free port.
type MailcatcherOptions struct {
	SMTPAddr, HTTPAddr       string
	SMTPSetting, HTTPSetting string // named in the error when a port is taken
	Keep                     int    // how many mails are kept; 0 for 5000
	Fault                    Fault  // for tests; may be nil
	ProductURL               string // where the page sends those who have no mails yet
}

// Mailcatcher is an SMTP server that keeps every mail, and the pages and JSON to read them.
type Mailcatcher struct {
	opts MailcatcherOptions
	smtp *smtp.Server
	http *http.Server

	smtpAddr, httpAddr string

	mu      sync.Mutex
	fault   Fault
	mails   []Message     // oldest first
	dropped int           // how many more have come since all were deleted
	arrived chan struct{} // closed and replaced with every mail
}

// StartMailcatcher listens and returns at once.
func StartMailcatcher(opts MailcatcherOptions) (*Mailcatcher, error) {
	if opts.Keep == 0 {
		opts.Keep = keptMails
	}
	if opts.ProductURL == "" {
		opts.ProductURL = "http://127.0.0.1:8080"
	}
	m := &Mailcatcher{opts: opts, fault: opts.Fault, arrived: make(chan struct{})}
	incoming, err := listenLoopback("mail", opts.SMTPSetting, opts.SMTPAddr)
	if err != nil {
		return nil, err
	}
	pages, err := listenLoopback("mail catcher", opts.HTTPSetting, opts.HTTPAddr)
	if err != nil {
		incoming.Close()
		return nil, err
	}
	m.smtpAddr, m.httpAddr = incoming.Addr().String(), pages.Addr().String()
	m.smtp = newSMTPServer(m)
	m.http = &http.Server{Handler: m.handler(), ReadHeaderTimeout: 10 * time.Second}
	go func() { _ = m.smtp.Serve(incoming) }()
	go func() { _ = m.http.Serve(pages) }()
	return m, nil
}

// listenLoopback refuses any other address: the catcher asks nobody who they are and shows mails to all who ask, and
// the login believes what it is told.
func listenLoopback(name, setting, addr string) (net.Listener, error) {
	if addr == "" {
		addr = address(0)
	}
	if !loopbackHost(addr) {
		return nil, fmt.Errorf("%s may listen on loopback only: change %q to an address on 127.0.0.1", name, addr)
	}
	l, err := net.Listen("tcp", addr)
	if err == nil {
		return l, nil
	}
	if taken := Check(name, setting, addr); taken != nil {
		return nil, taken
	}
	return nil, fmt.Errorf("%s cannot listen on %s: %w", name, addr, err)
}

// SMTPAddress is where mail is delivered, as host:port.
func (m *Mailcatcher) SMTPAddress() string { return m.smtpAddr }

// URL is the page's address.
func (m *Mailcatcher) URL() string { return "http://" + m.httpAddr }

// Stop ends both servers; what was kept is gone with the process.
func (m *Mailcatcher) Stop() {
	_ = m.smtp.Close()
	_ = m.http.Close()
}

// SetFault changes the fault for mails from now on; nil ends it.
func (m *Mailcatcher) SetFault(f Fault) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.fault = f
}

// Messages are the kept mails, oldest first.
func (m *Mailcatcher) Messages() []Message {
	m.mu.Lock()
	defer m.mu.Unlock()
	return slices.Clone(m.mails)
}

// WaitFor returns the first kept mail that match accepts, waiting for it until ctx ends.
func (m *Mailcatcher) WaitFor(ctx context.Context, match func(Message) bool) (Message, error) {
	for {
		m.mu.Lock()
		i := slices.IndexFunc(m.mails, match)
		arrived := m.arrived
		if i >= 0 {
			defer m.mu.Unlock()
			return m.mails[i], nil
		}
		m.mu.Unlock()
		select {
		case <-arrived:
		case <-ctx.Done():
			return Message{}, fmt.Errorf("no such mail has come: %w", ctx.Err())
		}
	}
}

// DeleteAll forgets every mail.
func (m *Mailcatcher) DeleteAll() { m.delete(func(Message) bool { return true }) }

func (m *Mailcatcher) delete(which func(Message) bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mails = slices.DeleteFunc(m.mails, which)
	if len(m.mails) == 0 {
		m.dropped = 0
	}
}

// Dropped is how many mails were too many to keep: the oldest.
func (m *Mailcatcher) Dropped() int {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.dropped
}

func (m *Mailcatcher) keep(mail Message) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.mails = append(m.mails, mail)
	if extra := len(m.mails) - m.opts.Keep; extra > 0 {
		m.mails = slices.Delete(m.mails, 0, extra)
		m.dropped += extra
	}
	close(m.arrived)
	m.arrived = make(chan struct{})
}

func (m *Mailcatcher) find(id string) (Message, bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if id == "latest" && len(m.mails) > 0 {
		return m.mails[len(m.mails)-1], true
	}
	i := slices.IndexFunc(m.mails, func(mail Message) bool { return mail.ID == id })
	if i < 0 {
		return Message{}, false
	}
	return m.mails[i], true
}
