package api

import (
	"sync"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// maxStreams is how many streams one server keeps open: each is a connection
// and a goroutine. A page that gets none works by reloading.
const maxStreams = 1000

// hub passes news on to the streams that are open. It waits for nobody.
type hub struct {
	limit   int
	stopped chan struct{} // closed when the server stops: streams never end by themselves
	stop    func()

	mu   sync.Mutex
	open map[*listener]bool
}

// listener is one open stream.
type listener struct {
	about   func(forloeb.News) bool
	changed chan struct{} // holds one: several changes are one look
}

func newHub() *hub {
	h := &hub{limit: maxStreams, stopped: make(chan struct{}), open: map[*listener]bool{}}
	h.stop = sync.OnceFunc(func() { close(h.stopped) })
	return h
}

// join opens a stream of the news that it is about; there may be no room. The
// first news waits in it already: something may have changed while the page
// was on its way.
func (h *hub) join(about func(forloeb.News) bool) (l *listener, room bool) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.open) >= h.limit {
		return nil, false
	}
	l = &listener{about: about, changed: make(chan struct{}, 1)}
	h.open[l] = true
	l.tell()
	return l, true
}

func (h *hub) leave(l *listener) {
	h.mu.Lock()
	defer h.mu.Unlock()
	delete(h.open, l)
}

// tell passes news on to those it is about, and to all when nobody knows what
// it is about.
func (h *hub) tell(n forloeb.News) {
	h.mu.Lock()
	defer h.mu.Unlock()
	for l := range h.open {
		if n.Forloeb == uuid.Nil || l.about(n) {
			l.tell()
		}
	}
}

func (l *listener) tell() {
	select {
	case l.changed <- struct{}{}:
	default: // it is going to look anyway
	}
}
