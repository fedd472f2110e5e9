package crash

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"
)

// mailbox is where clients find their links: in mails that were accepted.
type mailbox interface {
	// Link is the path and query of the newest link below a path in a mail to
	// an address; "" when there is none.
	Link(to, path string) string
}

// client is one of those who use SPARK at the same time.
type client struct {
	n           int
	rand        *rand.Rand
	world       *world
	history     *History
	mails       mailbox
	browser     *browser // without a token
	staff       *browser // the secretariat
	stranger    *browser // a consultant who has nothing
	consultants []string // SPARK's own
	experts     []string // the provider's
	last        *repeatable
}

type repeatable struct {
	deed *deed
	m    *matter
}

// run acts until the context ends.
func (c *client) run(ctx context.Context) {
	for ctx.Err() == nil {
		if c.world.wantsMore() {
			c.applies(ctx)
		}
		c.step(ctx)
		pause(ctx, time.Duration(20+c.rand.IntN(120))*time.Millisecond)
	}
}

// step is something legal in 60 of 100, something done before in 25, and
// something illegal in 15.
func (c *client) step(ctx context.Context) {
	m := c.world.some(c.rand)
	if m == nil {
		return
	}
	switch n := c.rand.IntN(100); {
	case n < 25 && c.last != nil:
		c.does(ctx, c.last.deed, c.last.m)
	case n < 40:
		c.trespasses(ctx, m)
	default:
		c.does(ctx, nil, m)
	}
}

// does looks at a forløb and asks for a deed, one that is possible unless it
// is given.
func (c *client) does(ctx context.Context, d *deed, m *matter) {
	shown := c.staff.get(ctx, "/api/v1/forloeb/"+m.id)
	var v view
	if !shown.json(&v) {
		return
	}
	c.mindsOwn(m, shown)
	c.world.sees(m, &v)
	if d == nil {
		if d = c.legal(&v); d == nil {
			return
		}
		c.last = &repeatable{d, m}
	}
	var other sync.WaitGroup
	if o := deedCalled(others[d.name]); o != nil && c.rand.IntN(3) == 0 {
		other.Go(func() { c.asks(ctx, o, m, &v) })
	}
	c.asks(ctx, d, m, &v)
	other.Wait()
}

// others are deeds that two people do at the same moment now and then.
var others = map[string]string{
	"leader answers": "rep answers", "rep answers": "leader answers",
	"leader evaluates": "rep evaluates", "rep evaluates": "leader evaluates",
}

func (c *client) asks(ctx context.Context, d *deed, m *matter, v *view) {
	marker := "op" + strconv.Itoa(c.n) + "x" + strconv.FormatUint(c.rand.Uint64(), 36) + "z"
	op := c.history.Asks(Operation{Client: c.n, Name: d.name, Forloeb: m.id, Marker: marker, Act: d.act, Acts: d.acts()})
	h := d.ask(ctx, c, m, v, marker)
	c.history.Hears(op, h.outcome(), h.status, "")
}

// legal draws one of the deeds that are possible now.
func (c *client) legal(v *view) *deed {
	var list []*deed
	for i := range deeds {
		if deeds[i].legal(c, v) {
			for range deeds[i].weight {
				list = append(list, &deeds[i])
			}
		}
	}
	if len(list) == 0 {
		return nil
	}
	return list[c.rand.IntN(len(list))]
}

// trespasses does what must not be: a deed out of its time, somebody else's
// forløb, a link that was tampered with, a mail scanner's look.
func (c *client) trespasses(ctx context.Context, m *matter) {
	switch c.rand.IntN(5) {
	case 0:
		c.does(ctx, &deeds[c.rand.IntN(len(deeds))], m)
	case 1:
		op := c.history.Asks(Operation{Client: c.n, Name: "look at another's", Forloeb: m.id})
		h := c.stranger.get(ctx, "/api/v1/forloeb/"+m.id)
		c.history.Hears(op, h.outcome(), h.status, leak(h, m))
	case 2:
		if path := c.mails.Link(m.leader, "/samtykke/"); path != "" {
			op := c.history.Asks(Operation{Client: c.n, Name: "tamper with a link", Forloeb: m.id})
			h := c.browser.get(ctx, path[:len(path)-2])
			c.history.Hears(op, h.outcome(), h.status, leak(h, m))
		}
	case 3:
		c.mindsNeighbours(ctx, m)
	default:
		for _, address := range []string{m.leader, m.rep} {
			for _, below := range []string{"/samtykke/", "/evaluering/"} {
				if path := c.mails.Link(address, below); path != "" {
					_ = c.browser.get(ctx, path) // a scanner opens links and sends nothing
				}
			}
		}
	}
}

// mindsOwn notes a page or an answer that says something of another forløb.
func (c *client) mindsOwn(m *matter, h heard) {
	if o := c.world.other(m, c.rand); o != nil {
		if found := leak(h, o); found != "" {
			c.history.Hears(c.history.Asks(Operation{Client: c.n, Name: "read", Forloeb: m.id}), Done, h.status, found)
		}
	}
}

// leak is the word of a forløb that an answer holds, and must not.
func leak(h heard, m *matter) string {
	if strings.Contains(string(h.body), m.canary) {
		return m.canary
	}
	return ""
}
