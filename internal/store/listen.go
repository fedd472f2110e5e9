package store

import (
	"context"
	"net"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

const (
	// newsChannel is where the triggers tell of a forløb that has changed.
	newsChannel = "forloeb_news"
	// patience is how long a connection is believed in that answers no ping.
	patience = 45 * time.Second
	// Between two attempts to reach a database that is away.
	firstPause, longestPause = 250 * time.Millisecond, 10 * time.Second
)

// Listen calls tell for each forløb that somebody or the process has written
// to, whoever it was, until ctx ends, and returns its error. A database that is
// away is tried again for ever. What happened meanwhile is not known then: on
// every connection, the first too, tell is called with News{}. It is called
// from one goroutine and must be quick. Listening takes a connection of its
// own, to PostgreSQL itself or a pooler that keeps sessions.
func (s *Store) Listen(ctx context.Context, tell func(forloeb.News)) error {
	return s.listen(ctx, tell, patience)
}

func (s *Store) listen(ctx context.Context, tell func(forloeb.News), patience time.Duration) error {
	l := pq.NewDialListener(watcher{ctx, patience}, s.url, firstPause, longestPause, nil)
	defer hangUp(l)
	begun := make(chan struct{})
	go func() {
		subscribe(ctx, l)
		close(begun)
	}()
	ping := time.NewTicker(patience / 3)
	defer ping.Stop()
	for {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-begun:
			begun = nil
			tell(forloeb.News{})
		case n := <-l.Notify:
			tell(newsOf(n))
		case <-ping.C:
			go l.Ping() // its answer comes behind the news that we have to take in here
		}
	}
}

// subscribe waits for the database and for its word that it will tell.
func subscribe(ctx context.Context, l *pq.Listener) {
	for l.Listen(newsChannel) != nil {
		select {
		case <-ctx.Done():
			return
		case <-time.After(longestPause):
		}
	}
}

// hangUp lets the listener's own goroutine end, which may have news to deliver
// or be about to try again.
func hangUp(l *pq.Listener) {
	l.Close()
	go func() {
		for range l.Notify {
		}
	}()
}

// newsOf reads what a trigger told. Nil comes after a connection was lost.
func newsOf(n *pq.Notification) forloeb.News {
	if n == nil {
		return forloeb.News{}
	}
	id, whose, _ := strings.Cut(n.Extra, " ")
	consultant, provider, _ := strings.Cut(whose, " ")
	f, err := uuid.Parse(id)
	if err != nil {
		return forloeb.News{}
	}
	news := forloeb.News{Forloeb: f, Provider: forloeb.ProviderCode(provider)}
	news.Consultant, _ = uuid.Parse(consultant) // empty without one
	return news
}

// watcher dials connections that end with ctx, and when nothing has come for
// as long as patience says. Without it a ping to a server that is gone would
// wait a quarter of an hour for the network to give up.
type watcher struct {
	ctx      context.Context
	patience time.Duration
}

// Dial is not asked for a context: pq has none for its listener.
func (w watcher) Dial(network, address string) (net.Conn, error) {
	return w.DialTimeout(network, address, w.patience)
}

// DialTimeout connects within the timeout.
func (w watcher) DialTimeout(network, address string, timeout time.Duration) (net.Conn, error) {
	d := net.Dialer{Timeout: min(timeout, w.patience)}
	conn, err := d.DialContext(w.ctx, network, address)
	if err != nil {
		return nil, err
	}
	return &watched{Conn: conn, patience: w.patience, forget: context.AfterFunc(w.ctx, func() { conn.Close() })}, nil
}

type watched struct {
	net.Conn
	patience time.Duration
	forget   func() bool
}

func (c *watched) Read(b []byte) (int, error) {
	if err := c.SetReadDeadline(time.Now().Add(c.patience)); err != nil {
		return 0, err
	}
	return c.Conn.Read(b)
}

func (c *watched) Close() error {
	c.forget()
	return c.Conn.Close()
}
