package api

import (
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// How a stream runs.
const (
	eventsApart = 500 * time.Millisecond // at least, between two events
	heartbeat   = 15 * time.Second       // so that nothing on the way thinks the connection dead
	recheckEach = time.Minute            // whether the page may still be shown
	streamLife  = 10 * time.Minute       // then the browser connects again
	slowest     = 10 * time.Second       // that one write may take
	noRoomFor   = "30"                   // seconds, until it is worth trying again
)

// eventStream is what a browser asks for when it opens a stream. For anybody
// else, an answer without an end has no use.
const eventStream = "text/event-stream"

func asksForStream(c *gin.Context) bool { return strings.Contains(c.GetHeader("Accept"), eventStream) }

// byItself reports whether a page asks to keep itself current, and not a
// person: an open page does not keep its reader logged in.
func byItself(c *gin.Context) bool { return asksForStream(c) || c.GetHeader("Spark-Live") != "" }

// Follow passes on to open pages what changes, until ctx ends.
func (s *Server) Follow(ctx context.Context) error {
	return s.news.Listen(ctx, s.hub.tell)
}

// followStatus is the stream of a party's own page.
func (s *Server) followStatus(c *gin.Context) error {
	id := visitorOf(c).Forloeb.ID
	return s.stream(c,
		func(n forloeb.News) bool { return n.Forloeb == id },
		func(context.Context) error { return partyLink(link.Status).check(s, c) })
}

// stream tells an open page when something that it is about may have changed,
// and nothing else: what has changed, and whether its reader may know, comes
// out when the page is fetched again. It ends with the page, the server, or
// the reader's right to the page, which recheck tells, and after a while in
// any case.
func (s *Server) stream(c *gin.Context, about func(forloeb.News) bool, recheck func(context.Context) error) error {
	if !asksForStream(c) {
		return errNotAStream
	}
	l, room := s.hub.join(about)
	if !room {
		c.Header("Retry-After", noRoomFor)
		c.AbortWithStatus(http.StatusServiceUnavailable)
		return nil
	}
	defer s.hub.leave(l)
	out, err := beginEvents(c)
	if err != nil {
		return err
	}
	s.follow(c.Request.Context(), l, out, recheck)
	return nil
}

// follow runs a stream to its end.
func (s *Server) follow(ctx context.Context, l *listener, out events, recheck func(context.Context) error) {
	beat, check, end := time.Tick(heartbeat), time.Tick(recheckEach), time.After(streamLife)
	changed := l.changed // nil while the stream rests after an event
	var rested <-chan time.Time
	var err error
	for err == nil {
		select {
		case <-ctx.Done():
			return
		case <-s.hub.stopped:
			return
		case <-end:
			return
		case <-check:
			err = recheck(ctx)
		case <-beat:
			err = out.send(":\n\n")
		case <-changed:
			err = out.send("event: changed\ndata: look again\n\n")
			changed, rested = nil, time.After(eventsApart)
		case <-rested:
			changed, rested = l.changed, nil
		}
	}
}

// events writes server-sent events.
type events struct {
	to      io.Writer
	control *http.ResponseController
}

// beginEvents begins an answer that has no end: the server's own limits, which
// are for pages, are lifted. Browsers are told to come back at different times,
// as a server that stops loses them all at once.
func beginEvents(c *gin.Context) (events, error) {
	e := events{c.Writer, http.NewResponseController(c.Writer)}
	if err := e.control.SetReadDeadline(time.Time{}); err != nil {
		return e, err
	}
	c.Header("Content-Type", eventStream)
	c.Header("X-Accel-Buffering", "no")
	return e, e.send(fmt.Sprintf("retry: %d\n\n", 2000+rand.IntN(3000)))
}

// send writes and flushes, or fails within the time that a write may take.
func (e events) send(text string) error {
	if err := e.control.SetWriteDeadline(time.Now().Add(slowest)); err != nil {
		return err
	}
	if _, err := io.WriteString(e.to, text); err != nil {
		return err
	}
	return e.control.Flush()
}
