package store_test

import (
	"context"
	"net"
	"net/url"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// ear hears what a listener is told.
type ear struct {
	t    *testing.T
	news chan forloeb.News
	end  context.CancelFunc
	err  chan error
}

// listening starts a listener that hears as long as the test runs.
func listening(t *testing.T, listen func(context.Context, func(forloeb.News)) error) *ear {
	ctx, cancel := context.WithCancel(t.Context())
	e := &ear{t: t, news: make(chan forloeb.News, 1000), end: cancel, err: make(chan error, 1)}
	go func() { e.err <- listen(ctx, func(n forloeb.News) { e.news <- n }) }()
	t.Cleanup(e.stop)
	return e
}

func (e *ear) stop() {
	e.end()
	require.ErrorIs(e.t, e.next(e.err), context.Canceled)
	e.err <- context.Canceled // so that it can be stopped again
}

func (e *ear) next(c chan error) error {
	select {
	case err := <-c:
		return err
	case <-time.After(time.Minute):
		e.t.Error("the listener did not end")
		return nil
	}
}

// told waits for the news, and drops what came before.
func (e *ear) told(want forloeb.News) {
	e.t.Helper()
	patience := time.After(time.Minute)
	for {
		select {
		case got := <-e.news:
			if got == want {
				return
			}
		case <-patience:
			require.Fail(e.t, "not told", "%+v", want)
		}
	}
}

func TestListenersHearOfEveryDeedAndStep(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen, jens := e.Consultant("Karen Lund", 3), e.Consultant("Jens Åkjær", 0)
	staff := listening(t, e.API.Listen)
	staff.told(forloeb.News{})
	other := listening(t, e.OpenHouse().Listen)
	other.told(forloeb.News{})
	var id uuid.UUID
	tells := func(do func(), consultants ...uuid.UUID) {
		t.Helper()
		staff.hush(e)
		other.hush(e)
		do()
		for _, c := range consultants {
			staff.told(forloeb.News{Forloeb: id, Consultant: c})
			other.told(forloeb.News{Forloeb: id, Consultant: c})
		}
	}
	tells(func() { id = e.Apply() }, uuid.Nil)
	tells(func() { require.NoError(t, e.Step(t.Context(), id)) }, uuid.Nil)
	tells(func() { e.Agree(id) }, uuid.Nil)
	tells(func() { e.Settle(id) }, uuid.Nil, karen)
	tells(func() { e.Do(id, storetest.Secretary, forloeb.Assign{Consultant: jens, Reason: "De kender hinanden."}) }, karen, jens)
	tells(func() { e.Settle(id) }, jens)
	tells(func() { e.Do(id, storetest.Secretary, forloeb.Release{Reason: "Syg."}) }, jens, uuid.Nil)
}

// News of a provider's forløb says whose it is, also when its expert is chosen.
func TestNewsOfAProvidersForloebSayWhoseItIs(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	expert := e.Expert("Nanna Frost", forloeb.ProviderNFA, 3)
	id := e.Apply(storetest.Regional)
	e.Settle(id)
	e.Agree(id)
	e.Settle(id)
	staff := listening(t, e.API.Listen)
	staff.told(forloeb.News{})
	e.Do(id, storetest.Secretary, forloeb.Assign{Consultant: expert})
	staff.told(forloeb.News{Forloeb: id, Consultant: expert, Provider: forloeb.ProviderNFA})
	staff.hush(e)
	e.Settle(id)
	staff.told(forloeb.News{Forloeb: id, Consultant: expert, Provider: forloeb.ProviderNFA})
}

// hush waits until what has happened so far has been told.
func (e *ear) hush(env *storetest.Env) {
	e.t.Helper()
	mark := uuid.New()
	env.Exec(`select pg_notify('forloeb_news', $1 || ' ')`, mark.String())
	e.told(forloeb.News{Forloeb: mark})
}

func TestTasksAndSettledMailsAreNews(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.Apply()
	e.Mailer(func(forloeb.Letter) forloeb.Outcome { return forloeb.Outcome{State: forloeb.MailFailed, Code: "550"} })
	e.Settle(id)
	f := e.Read(id)
	require.Len(t, f.Tasks, 2)
	staff := listening(t, e.API.Listen)
	staff.told(forloeb.News{})

	staff.hush(e)
	e.Do(id, storetest.Secretary, forloeb.SettleMail{Mail: f.Mails[0].ID, Action: forloeb.ResendMail})
	staff.told(forloeb.News{Forloeb: id})
	staff.hush(e)
	e.Do(id, storetest.Secretary, forloeb.CloseTask{Task: f.Tasks[1].ID})
	staff.told(forloeb.News{Forloeb: id})
	e.Settle(id)
	staff.hush(e)
	before := e.Read(id)
	// A step may open one more task and leave the row as it was.
	require.NoError(t, e.Worker.Commit(t.Context(), forloeb.Change{ID: id.String(), Version: before.Version, From: before.Status, To: before.Status, Now: e.Now(id)}))
	staff.told(forloeb.News{Forloeb: id})
	require.Equal(t, before, e.Read(id))
}

// What goes over the wire can be read by every role of the database.
func TestNewsHoldIDsAlone(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen := e.Consultant("Karen Lund", 3)
	l := pq.NewListener(e.URL(store.RoleWorker), time.Second, time.Second, nil)
	defer l.Close()
	require.NoError(t, l.Listen("forloeb_news"))
	id := e.Apply()
	e.Agree(id)
	e.Settle(id)
	e.Book(id, time.Now().AddDate(0, 0, 7).Truncate(24*time.Hour).Add(12*time.Hour))
	e.Settle(id)
	e.Exec(`notify forloeb_news, 'end'`)
	heard := map[string]int{}
	for n := range l.Notify {
		if n.Extra == "end" {
			break
		}
		heard[n.Extra]++
	}
	require.Len(t, heard, 2)
	require.Positive(t, heard[id.String()+" "])
	require.Positive(t, heard[id.String()+" "+karen.String()])
}

func TestAListenerHearsOnAfterItsConnectionIsLost(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	staff := listening(t, e.API.Listen)
	staff.told(forloeb.News{})
	const theirs = `from pg_stat_activity where datname = current_database() and query = 'LISTEN "forloeb_news"'`
	db := e.Connect(store.RoleAPI)
	for range 3 {
		var ended int
		require.NoError(t, db.Get(&ended, `select count(pg_terminate_backend(pid)) `+theirs))
		require.Equal(t, 1, ended)
		staff.told(forloeb.News{}) // it may have missed some
		id := e.Apply()
		staff.told(forloeb.News{Forloeb: id})
	}
	staff.stop()
	require.Eventually(t, func() bool { return e.Count(`select count(*) `+theirs) == 0 }, time.Minute, 10*time.Millisecond)
}

func TestAListenerNoticesThatNobodyAnswers(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	w := newWire(t, e)
	s := w.open(t)
	staff := listening(t, func(ctx context.Context, tell func(forloeb.News)) error {
		return s.ListenImpatiently(ctx, tell, time.Second)
	})
	staff.told(forloeb.News{})
	w.fallSilent()
	staff.told(forloeb.News{})
	id := e.Apply()
	staff.told(forloeb.News{Forloeb: id})
}

func TestAListenerWaitsForADatabaseThatIsAway(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	w := newWire(t, e)
	w.away.Store(true)
	staff := listening(t, w.open(t).Listen)
	require.Eventually(t, func() bool { return w.refused.Load() > 2 }, time.Minute, time.Millisecond, "it tries again")
	require.Empty(t, staff.err)
	require.Empty(t, staff.news)
	w.away.Store(false)
	staff.told(forloeb.News{})
	id := e.Apply()
	staff.told(forloeb.News{Forloeb: id})

	w.away.Store(true)
	w.cut()
	require.Eventually(t, func() bool { return w.refused.Load() > 4 }, time.Minute, time.Millisecond)
	staff.stop() // while it tries
}

// wire lies between a listener and the database.
type wire struct {
	url, target string
	away        atomic.Bool  // who calls is hung up on
	refused     atomic.Int64 // how many were
	silences    atomic.Int64 // what is said by those who called before the last one is lost

	sync.Mutex
	ends []net.Conn
}

func newWire(t *testing.T, e *storetest.Env) *wire {
	target, err := url.Parse(e.URL(store.RoleAPI))
	require.NoError(t, err)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	w := &wire{target: target.Host}
	target.Host = l.Addr().String()
	w.url = target.String()
	go w.accept(l)
	t.Cleanup(func() {
		l.Close()
		w.cut()
	})
	return w
}

// open is the database through the wire.
func (w *wire) open(t *testing.T) *store.Store {
	s, err := store.Open(w.url)
	require.NoError(t, err)
	t.Cleanup(func() { s.Close() })
	return s
}

func (w *wire) accept(l net.Listener) {
	for {
		near, err := l.Accept()
		if err != nil {
			return
		}
		if w.away.Load() {
			near.Close()
			w.refused.Add(1)
			continue
		}
		w.join(near)
	}
}

func (w *wire) join(near net.Conn) {
	far, err := net.Dial("tcp", w.target)
	if err != nil {
		near.Close()
		return
	}
	w.Lock()
	defer w.Unlock()
	w.ends = append(w.ends, near, far)
	silences := w.silences.Load()
	go w.carry(near, far, silences)
	go w.carry(far, near, silences)
}

func (w *wire) carry(from, to net.Conn, silences int64) {
	defer from.Close()
	defer to.Close()
	said := make([]byte, 4096)
	for {
		n, err := from.Read(said)
		if err != nil {
			return
		}
		if w.silences.Load() > silences {
			continue
		}
		if _, err := to.Write(said[:n]); err != nil {
			return
		}
	}
}

// fallSilent loses every word, without anybody hanging up.
func (w *wire) fallSilent() { w.silences.Add(1) }

// cut hangs up on both ends.
func (w *wire) cut() {
	w.Lock()
	defer w.Unlock()
	for _, end := range w.ends {
		end.Close()
	}
	w.ends = nil
}
