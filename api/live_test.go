package api

import (
	"bufio"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// lookAgain is the only event there is.
const lookAgain = "event: changed\ndata: look again\n\n"

// wire is a connection that keeps what is written, and the deadlines.
type wire struct {
	*httptest.ResponseRecorder

	mu            sync.Mutex
	reads, writes time.Time
	sent          string
	broken        bool
}

func (w *wire) SetReadDeadline(t time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.reads = t
	return nil
}

func (w *wire) SetWriteDeadline(t time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.writes = t
	return nil
}

// WriteString keeps what is unsent until it is flushed.
func (w *wire) WriteString(text string) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.broken {
		return 0, errors.New("broken")
	}
	return w.ResponseRecorder.WriteString(text)
}

// Flush sends it.
func (w *wire) Flush() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.sent = w.Body.String()
}

func (w *wire) breakDown() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.broken = true
}

// text is what has been sent.
func (w *wire) text() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.sent
}

// deadlines are the latest.
func (w *wire) deadlines() (reads, writes time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.reads, w.writes
}

// events counts those that have been sent.
func (w *wire) events() int { return strings.Count(w.text(), lookAgain) }

// opened is a stream that runs on its own, in a bubble of time.
type opened struct {
	*wire
	ended atomic.Bool
	leave context.CancelFunc
}

// opens begins a stream and waits until there is nothing more for it to do.
func opens(t *testing.T, serve http.Handler, address string) *opened {
	t.Helper()
	ctx, leave := context.WithCancel(t.Context())
	o := &opened{wire: &wire{ResponseRecorder: httptest.NewRecorder()}, leave: leave}
	o.reads = time.Now()
	request := httptest.NewRequest(http.MethodGet, address, nil).WithContext(ctx)
	request.Header.Set("Accept", eventStream)
	go func() {
		serve.ServeHTTP(o.wire, request)
		o.ended.Store(true)
	}()
	synctest.Wait()
	return o
}

// quiet is a server without a listener, with a stream of everything at /live
// whose reader may go on as long as allowed says nothing else.
func quiet(t *testing.T, store Store, allowed func() error) *Server {
	t.Helper()
	assets, err := assetsOnce()
	require.NoError(t, err)
	links, err := link.ParseKeyring(link.NewKey("test"))
	require.NoError(t, err)
	s, err := newServer(Config{BaseURL: testBaseURL}, Dependencies{Store: store, Links: links, Log: slog.New(slog.DiscardHandler)}, assets)
	require.NoError(t, err)
	about := func(n forloeb.News) bool { return n.Consultant == consultantID }
	require.NoError(t, s.register(append(s.routes(), pageAt(http.MethodGet, "/live", public, func(c *gin.Context) error {
		return s.stream(c, about, func(context.Context) error { return allowed() })
	}))))
	return s
}

func (h *hub) size() int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.open)
}

// bubble runs a test in a bubble of time, in which hours pass at once.
func bubble(t *testing.T, s *Server, test func(t *testing.T)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s.hub = newHub() // one that belongs to the bubble
		t.Cleanup(s.hub.stop)
		test(t)
	})
}

func stillAllowed() error { return nil }

// passes lets time pass in a bubble.
func passes(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

var anothers = forloeb.News{Forloeb: uuid.MustParse("00000000-0000-4000-8000-00000000f001")}

func TestAStreamSaysThatSomethingChangedAndNoMore(t *testing.T) {
	s := quiet(t, &fakeStore{}, stillAllowed)
	bubble(t, s, func(t *testing.T) {
		o := opens(t, s, "/live")
		require.Equal(t, eventStream, o.Header().Get("Content-Type"))
		require.Equal(t, "no-store", o.Header().Get("Cache-Control"))
		require.Equal(t, "no", o.Header().Get("X-Accel-Buffering"))
		require.Regexp(t, `^retry: [234]\d{3}\n\n`+lookAgain+`$`, o.text(), "something may have changed on the way here")

		passes(time.Second)
		s.hub.tell(anothers)
		passes(time.Second)
		require.Equal(t, 1, o.events())
		s.hub.tell(forloeb.News{Forloeb: uuid.New(), Consultant: consultantID})
		passes(0)
		require.Equal(t, 2, o.events(), "at once")
		passes(time.Second)
		s.hub.tell(forloeb.News{})
		passes(0)
		require.Equal(t, 3, o.events(), "after a gap, all look")
		require.Regexp(t, `^retry: \d+\n\n(`+lookAgain+`){3}$`, o.text())
	})
}

func TestBrowsersComeBackAtDifferentTimes(t *testing.T) {
	s := quiet(t, &fakeStore{}, stillAllowed)
	bubble(t, s, func(t *testing.T) {
		times := map[string]bool{}
		for range 20 {
			first, _, _ := strings.Cut(opens(t, s, "/live").text(), "\n")
			times[first] = true
		}
		require.Greater(t, len(times), 5)
	})
}

func TestManyChangesAreOneLook(t *testing.T) {
	s := quiet(t, &fakeStore{}, stillAllowed)
	bubble(t, s, func(t *testing.T) {
		o := opens(t, s, "/live")
		for range 100 {
			s.hub.tell(forloeb.News{})
			passes(time.Millisecond)
		}
		passes(399 * time.Millisecond)
		require.Equal(t, 1, o.events())
		passes(time.Millisecond)
		require.Equal(t, 2, o.events(), "the last change is not forgotten")
		passes(time.Minute)
		require.Equal(t, 2, o.events())
	})
}

func TestAQuietStreamIsHeardOf(t *testing.T) {
	s := quiet(t, &fakeStore{}, stillAllowed)
	bubble(t, s, func(t *testing.T) {
		o := opens(t, s, "/live")
		before := len(o.text())
		passes(heartbeat)
		require.Equal(t, ":\n\n", o.text()[before:])
	})
}

// The limits for pages are lifted, and each write has its own.
func TestAStreamHasDeadlinesOfItsOwn(t *testing.T) {
	s := quiet(t, &fakeStore{}, stillAllowed)
	bubble(t, s, func(t *testing.T) {
		o := opens(t, s, "/live")
		reads, writes := o.deadlines()
		require.Zero(t, reads)
		require.Equal(t, time.Now().Add(slowest), writes)
		passes(heartbeat)
		_, writes = o.deadlines()
		require.Equal(t, time.Now().Add(slowest), writes)

		o.breakDown()
		passes(heartbeat)
		require.True(t, o.ended.Load(), "nobody is there")
		require.Zero(t, s.hub.size())
	})
}

func TestAStreamEnds(t *testing.T) {
	for name, end := range map[string]func(*Server, *opened){
		"with its page":   func(_ *Server, o *opened) { o.leave() },
		"with the server": func(s *Server, _ *opened) { s.hub.stop() },
		"after a while":   func(*Server, *opened) { passes(streamLife) },
	} {
		t.Run(name, func(t *testing.T) {
			s := quiet(t, &fakeStore{}, stillAllowed)
			bubble(t, s, func(t *testing.T) {
				o := opens(t, s, "/live")
				passes(streamLife - time.Second)
				require.False(t, o.ended.Load())
				require.Equal(t, 1, s.hub.size())
				passes(0)
				end(s, o)
				passes(0)
				require.True(t, o.ended.Load())
				require.Zero(t, s.hub.size())
			})
		})
	}
}

func TestAStreamEndsWithTheRightToThePage(t *testing.T) {
	var asked atomic.Int32
	s := quiet(t, &fakeStore{}, func() error {
		if asked.Add(1) > 5 {
			return errForbidden
		}
		return nil
	})
	bubble(t, s, func(t *testing.T) {
		o := opens(t, s, "/live")
		passes(5 * recheckEach)
		require.EqualValues(t, 5, asked.Load())
		require.False(t, o.ended.Load())
		passes(recheckEach)
		require.True(t, o.ended.Load())
		require.NotContains(t, o.text(), "adgang", "it ends and says nothing")
	})
}

func TestThereAreOnlySoManyStreams(t *testing.T) {
	s := quiet(t, &fakeStore{}, stillAllowed)
	bubble(t, s, func(t *testing.T) {
		require.Equal(t, maxStreams, s.hub.limit)
		s.hub.limit = 2
		first := opens(t, s, "/live")
		opens(t, s, "/live")
		third := opens(t, s, "/live")
		require.True(t, third.ended.Load())
		require.Equal(t, http.StatusServiceUnavailable, third.Code)
		require.Equal(t, noRoomFor, third.Header().Get("Retry-After"))
		first.leave()
		synctest.Wait()
		require.False(t, opens(t, s, "/live").ended.Load())
	})
}

func TestAStreamIsForThoseWhoAskForOne(t *testing.T) {
	s := quiet(t, &fakeStore{}, stillAllowed)
	answer := httptest.NewRecorder()
	s.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, "/live", nil))
	require.Equal(t, http.StatusNotAcceptable, answer.Code)
}

// A party hears of their own forløb, for as long as their link holds.
func TestThePartysStream(t *testing.T) {
	f, p := mettes()
	s := quiet(t, &fakeStore{forloeb: map[uuid.UUID]*forloeb.Forloeb{f.ID: f}}, stillAllowed)
	bubble(t, s, func(t *testing.T) {
		address := s.linksOf(p).Live()
		o := opens(t, s, address)
		passes(time.Second)
		s.hub.tell(anothers)
		passes(time.Second)
		require.Equal(t, 1, o.events())
		s.hub.tell(forloeb.News{Forloeb: f.ID})
		passes(time.Second)
		require.Equal(t, 2, o.events())

		p.LinkVersion++
		s.hub.tell(forloeb.News{Forloeb: f.ID})
		passes(recheckEach)
		require.True(t, o.ended.Load())
		require.Equal(t, http.StatusGone, opens(t, s, address).Code)
		require.False(t, opens(t, s, s.linksOf(p).Live()).ended.Load())
	})
}

// A page that stands open looks for itself; its reader is logged off all the
// same.
func TestAnOpenPageKeepsNobodyLoggedIn(t *testing.T) {
	w, _ := loginSite(t)
	clock := time.Now()
	w.now = func() time.Time { return clock }
	j := jar{}
	w.logIn(j, exampleAnna, "/")
	looks := func() int {
		header := j.header()
		header["Spark-Live"] = "look"
		return w.send(request{method: http.MethodGet, path: "/t/staff", header: header}).StatusCode
	}
	clock = clock.Add(20 * time.Minute)
	require.Equal(t, http.StatusOK, looks())
	clock = clock.Add(20 * time.Minute)
	require.Equal(t, http.StatusSeeOther, looks())
}

// fakeNews tells what the test makes known.
type fakeNews chan forloeb.News

func (n fakeNews) Listen(ctx context.Context, tell func(forloeb.News)) error {
	for {
		select {
		case news := <-n:
			tell(news)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

func TestTheServerFollowsTheNews(t *testing.T) {
	s := quiet(t, &fakeStore{}, stillAllowed)
	bubble(t, s, func(t *testing.T) {
		news := make(fakeNews)
		s.news = news
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- s.Follow(ctx) }()
		o := opens(t, s, "/live")
		passes(time.Second)
		news <- forloeb.News{Forloeb: uuid.New(), Consultant: consultantID}
		passes(0)
		require.Equal(t, 2, o.events())
		stop()
		require.ErrorIs(t, <-ended, context.Canceled)
	})
}

// streaming opens a real stream.
func streaming(t *testing.T, address string) *bufio.Reader {
	t.Helper()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, address, nil)
	require.NoError(t, err)
	request.Header.Set("Accept", eventStream)
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	t.Cleanup(func() { answer.Body.Close() })
	require.Equal(t, http.StatusOK, answer.StatusCode)
	return bufio.NewReader(answer.Body)
}

// nextEvent reads up to and with one event.
func nextEvent(t *testing.T, from *bufio.Reader) {
	t.Helper()
	for {
		line, err := from.ReadString('\n')
		require.NoError(t, err)
		if line == "event: changed\n" {
			return
		}
	}
}

// Two events are further apart than a page may take, and then the server
// stops, which does not wait for streams.
func TestAStreamOutlivesTheLimitsForPages(t *testing.T) {
	s := quiet(t, &fakeStore{}, stillAllowed)
	listener := httptest.NewUnstartedServer(nil)
	listener.Config = s.HTTPServer("")
	listener.Config.ReadTimeout, listener.Config.WriteTimeout = eventsApart/4, eventsApart/4
	listener.Start()
	defer listener.Close()

	from := streaming(t, listener.URL+"/live")
	for range 3 {
		nextEvent(t, from)
		s.hub.tell(forloeb.News{})
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	began := time.Now()
	require.NoError(t, listener.Config.Shutdown(ctx))
	require.Less(t, time.Since(began), heartbeat)
}
