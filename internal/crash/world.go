package crash

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"time"
)

// world is what the clients know together: the forløb they have applied for.
type world struct {
	mu    sync.Mutex
	cases []*matter
}

// matter is a forløb as those outside know it.
type matter struct {
	id, reference string
	pair                 // who applies
	kind          string // of a shared forløb
	places        []pair // those it asks; none: one workplace applies for itself
	regional      bool   // a provider is asked
	receipt       string // path of the page that the sender was shown
	closed        bool
}

// pair is the two people of a workplace, or of those who apply for others.
type pair struct {
	canary      string // a word that is theirs alone
	leader, rep string // addresses
}

func newPair(r *rand.Rand) pair { return pairOf("kanarie" + strconv.FormatUint(r.Uint64(), 36)) }

func pairOf(word string) pair {
	return pair{canary: word, leader: "leder." + word + "@example.dk", rep: "amr." + word + "@example.dk"}
}

func (p pair) address(side string) string {
	if side == "leader" {
		return p.leader
	}
	return p.rep
}

// sees notes what the API says of a forløb.
func (w *world) sees(m *matter, v *view) {
	w.mu.Lock()
	defer w.mu.Unlock()
	m.closed = slices.Contains([]string{"completed", "declined", "lapsed", "rejected", "withdrawn", "stopped"}, v.Status)
}

func (w *world) add(m *matter) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.cases = append(w.cases, m)
}

// some is one of those that are open, and sometimes one that is not: the
// clients meet in few.
func (w *world) some(r *rand.Rand) *matter {
	w.mu.Lock()
	defer w.mu.Unlock()
	list := w.cases
	if open := w.open(); len(open) > 0 && r.IntN(20) > 0 {
		list = open
	}
	if len(list) == 0 {
		return nil
	}
	return list[r.IntN(len(list))]
}

func (w *world) open() (list []*matter) {
	for _, m := range w.cases {
		if !m.closed {
			list = append(list, m)
		}
	}
	return list
}

// wantsMore reports whether there are too few open forløb to act on.
func (w *world) wantsMore() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.open()) < inHand
}

// other is any forløb but this one.
func (w *world) other(m *matter, r *rand.Rand) *matter {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.cases) < 2 {
		return nil
	}
	for {
		if o := w.cases[r.IntN(len(w.cases))]; o != m {
			return o
		}
	}
}

func (w *world) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.cases)
}

// inHand is how many forløb the clients keep going at once.
const inHand = 24

// view is what the JSON API says of a forløb, as far as clients act on it.
type view struct {
	ID       string
	Status   string
	Settled  bool
	Possible []string
	Parties  []struct {
		ID, Side string
	}
	Workplaces []struct {
		ID          string
		OnlyApplies bool `json:"only_applies"`
	}
	Consultant *struct{ ID string }
	Meetings   struct {
		List []struct {
			ID       string
			State    string
			StartsAt time.Time `json:"starts_at"`
			EndsAt   time.Time `json:"ends_at"`
			Possible []string
		}
	}
}
