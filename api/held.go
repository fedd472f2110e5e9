package api

import (
	"errors"
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// heldPath is where requests are released together that wait because many
// applied in an hour.
const heldPath = mailLogPath + "/tilbageholdt"

const (
	// heldAtOnce is how many one press sends: each is a transaction of its own,
	// so that a press that is cut short has sent what it has, and the next goes
	// on from there.
	heldAtOnce = 200
	// heldShown is how many the page names.
	heldShown = 50
)

// lastShown names the last mail that the reader was told of: what has come
// since is not sent.
const lastShown = "til"

// heldPage is what waits, and what sending it does.
//
// States: some to send; more than one press sends; some that stay, or all of
// them; a page more than is named; none any more.
type heldPage struct {
	Base
	Sends   int   // with the next press
	Waits   int   // all of them
	Stays   int   // whose address got too many lately
	Forloeb int   // that those to send are of
	Last    int64 // the last mail that is counted here
	Rows    []heldRow
	More    int // that are not named
}

func (*heldPage) template() string { return "held" }

// heldRow is one mail that waits.
type heldRow struct {
	Reference, Address, To, Workplace, Since string
	Stays                                    bool
}

// heldLine is the morning page's one line for all of them.
func heldLine(n int) string {
	if n == 1 {
		return "1 mail til en ansøger er holdt tilbage, fordi der er kommet mange ansøgninger på kort tid."
	}
	return forloeb.Number(n) + " mails til ansøgere er holdt tilbage, fordi der er kommet mange ansøgninger på kort tid."
}

// showHeld says what waits.
func (s *Server) showHeld(c *gin.Context) error {
	held, err := s.store.HeldForMany(c.Request.Context())
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, newHeldPage(held))
}

func newHeldPage(held []forloeb.HeldMail) *heldPage {
	page, cases := &heldPage{Waits: len(held)}, map[uuid.UUID]bool{}
	for i, m := range held {
		page.Last = m.Mail
		switch {
		case !m.Fits:
			page.Stays++
		case page.Sends < heldAtOnce:
			page.Sends++
			cases[m.Forloeb] = true
		}
		if i < heldShown {
			page.Rows = append(page.Rows, heldRow{
				Reference: m.Reference, Address: secretariatArea + "/forloeb/" + m.Forloeb.String(), To: forloeb.Capital(m.Side.Noun()),
				Workplace: m.Workplace, Since: forloeb.DateTime(m.Since), Stays: !m.Fits,
			})
		}
	}
	page.Forloeb, page.More = len(cases), len(held)-len(page.Rows)
	return page
}

// releaseHeld sends those that fit, the oldest first. One that somebody has
// released or that has lost its meaning meanwhile is passed over.
func (s *Server) releaseHeld(c *gin.Context) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	last, err := strconv.ParseInt(c.PostForm(lastShown), 10, 64)
	if err != nil {
		return errBadForm
	}
	ctx := c.Request.Context()
	held, err := s.store.HeldForMany(ctx)
	if err != nil {
		return err
	}
	held = slices.DeleteFunc(held, func(m forloeb.HeldMail) bool { return !m.Fits || m.Mail > last })
	for _, m := range held[:min(len(held), heldAtOnce)] {
		err := s.record(ctx, m.Forloeb, actor(ctx), forloeb.SettleMail{Mail: m.Mail, Action: forloeb.ReleaseMail})
		var refusal *forloeb.Refusal
		if err != nil && !errors.As(err, &refusal) {
			return err
		}
	}
	return seeOther(c, withDone(heldPath, doneReleased))
}

// Rest reports whether some that fit are left for another press.
func (p *heldPage) Rest() bool { return p.Sends+p.Stays < p.Waits }
