package api

import (
	"errors"
	"io"
	"net/http"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/trace"
)

// maxBody is the longest request: several times the longest application.
const maxBody = 256 << 10

// spanned begins the trace of a click. What it is told by strangers it does not
// believe, and what takes as long as a page is open, or is a file, is none.
func (s *Server) spanned(c *gin.Context) {
	method, route := knownMethod(c.Request.Method), routeOf(c)
	if route == staticRoute || strings.HasSuffix(route, livePath) {
		c.Next()
		return
	}
	ctx, span := trace.Request(c.Request.Context(), method+" "+route, trace.Method(method), trace.Route(route))
	failure := "aborted"
	defer func() { span.End(failure) }()
	c.Request = c.Request.WithContext(ctx)
	c.Next()
	span.Note(trace.Status(c.Writer.Status()))
	if failure = ""; c.Writer.Status() >= http.StatusInternalServerError {
		failure = http.StatusText(c.Writer.Status())
	}
}

// accessLog names the route and never the address: that of a party's page is
// a key to it.
func (s *Server) accessLog(c *gin.Context) {
	start := time.Now()
	c.Next()
	method, route, status, took := knownMethod(c.Request.Method), routeOf(c), c.Writer.Status(), time.Since(start)
	s.log.InfoContext(c.Request.Context(), "request", "method", method, "route", route, "status", status, "ms", took.Milliseconds())
	s.measure(method, route, status, took)
}

// routeOf is the template that was matched.
func routeOf(c *gin.Context) string {
	if route := c.FullPath(); route != "" {
		return route
	}
	return "none"
}

// knownMethod keeps what a stranger made up out of the log.
func knownMethod(method string) string {
	switch method {
	case http.MethodGet, http.MethodHead, http.MethodPost, http.MethodPut, http.MethodPatch, http.MethodDelete, http.MethodOptions:
		return method
	}
	return "other"
}

// recovered turns a panic into an error that is answered like any other.
func (s *Server) recovered(c *gin.Context) {
	defer func() {
		switch p := recover(); {
		case p == nil:
		case p == http.ErrAbortHandler, c.Writer.Written():
			panic(http.ErrAbortHandler) // half an answer is worse than none
		default:
			s.fail(c, panicked{where: panicPlace()})
		}
	}()
	c.Next()
}

// panicked is a panic without its value, which may hold personal data.
type panicked struct{ where string }

func (p panicked) Error() string { return "panic at " + p.where }

// panicPlace is the file and line of ours that panicked.
func panicPlace() string {
	var counters [32]uintptr
	frames := runtime.CallersFrames(counters[:runtime.Callers(3, counters[:])])
	for {
		frame, more := frames.Next()
		if _, ours, found := strings.Cut(frame.Function, "example.dk/spark/"); found && !strings.Contains(frame.Function, "recovered") {
			return ours + ":" + strconv.Itoa(frame.Line)
		}
		if !more {
			return "a library"
		}
	}
}

// limited refuses a request that is too long: at once when it says so, else
// when it turns out.
func (s *Server) limited(c *gin.Context) {
	if c.Request.ContentLength > maxBody {
		s.fail(c, errTooLarge)
		return
	}
	body := &limitedBody{ReadCloser: http.MaxBytesReader(c.Writer, c.Request.Body, maxBody)}
	c.Request.Body = body
	c.Set(bodyKey, body)
	c.Next()
}

const bodyKey = "body"

// limitedBody remembers that there was more than it let through: whoever
// parses a form says only that it cannot be read.
type limitedBody struct {
	io.ReadCloser
	exceeded bool
}

func (b *limitedBody) Read(p []byte) (int, error) {
	n, err := b.ReadCloser.Read(p)
	var long *http.MaxBytesError
	b.exceeded = b.exceeded || errors.As(err, &long)
	return n, err
}

// tooLong reports whether the request turned out to be too long.
func tooLong(c *gin.Context) bool {
	body, limited := c.Value(bodyKey).(*limitedBody)
	return limited && body.exceeded
}

// headAsGet lets every page be asked for by its headers alone: the server
// below leaves the body out.
func headAsGet(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodHead {
			get := *r
			get.Method = http.MethodGet
			r = &get
		}
		next.ServeHTTP(w, r)
	})
}
