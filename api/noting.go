package api

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// A consultant on the road registers a meeting from the mail that asks for it,
// without a login. The link can do that and nothing else: it names the meeting
// and nobody in it, and once the meeting is registered it only shows what was
// answered.

// noting is who came by the link of such a mail.
type noting struct {
	visitor
	Which *forloeb.Meeting
}

func (n noting) by() forloeb.Actor {
	return forloeb.Actor{Kind: forloeb.ActorConsultant, ID: n.Forloeb.Consultant().ID.String()}
}

// ownPage is the meeting's page for those who log in.
func (n noting) ownPage() string {
	return ownAddress(n.Forloeb.ID) + "/moeder/" + n.Which.ID.String() + registerPath
}

const notingKey = "noting"

func notingOf(c *gin.Context) noting {
	n, _ := c.Value(notingKey).(noting)
	return n
}

// registerLink is for the consultant of a meeting's forløb, with a link that is
// theirs. One of somebody who has had the forløb is told that it is void, and
// nothing more.
var registerLink = policy{name: "consultant link", check: func(s *Server, c *gin.Context) error {
	token := c.Param("token")
	opened, err := s.links.Open(link.Register, token)
	if err != nil {
		return errUnknownLink
	}
	c.Request = c.Request.WithContext(forloeb.As(c.Request.Context(), forloeb.MeetingViewer(opened.ID)))
	n := noting{visitor: visitor{Home: link.Register.Path(token)}}
	if n.Forloeb, n.Now, err = s.behind(c.Request.Context(), opened.ID, s.store.ByMeeting); err != nil {
		return err
	}
	n.Which = n.Forloeb.Meeting(opened.ID)
	c.Set(visitorKey, n.visitor)
	switch n.verdict(opened) {
	case link.Valid:
		c.Set(notingKey, n)
		return nil
	case link.Expired:
		return registerExpired(n.ownPage())
	case link.Replaced:
		return registerVoid(n.ownPage())
	}
	return errUnknownLink
}}

// verdict is the token's for the consultant there is; for one there has been, a
// link that was good once has been replaced.
func (n noting) verdict(opened link.Opened) link.Verdict {
	now := n.Forloeb.Consultant()
	if now != nil {
		if v := opened.HeldBy(now.ID).Verify(now.LinkVersion, n.Now); v != link.Invalid {
			return v
		}
	}
	for _, a := range n.Forloeb.Assignments {
		if opened.HeldBy(a.Consultant.ID).Verify(a.Consultant.LinkVersion, n.Now) != link.Invalid {
			return link.Replaced
		}
	}
	return link.Invalid
}

// showNoting asks, or says what was answered. It changes nothing, however often
// it is opened and by whom.
func (s *Server) showNoting(c *gin.Context) error {
	return s.write(c, http.StatusOK, s.notingPage(notingOf(c)))
}

// sendNoting writes the answer. The first one stands: it is corrected by those
// who log in.
func (s *Server) sendNoting(c *gin.Context) error {
	n := notingOf(c)
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	answer := c.Request.PostForm.Get(heldName)
	if n.Which.State != forloeb.Booked || answer != "ja" && answer != "nej" { // a robot that sends a form as it stands presses no button
		return seeOther(c, n.Home)
	}
	if err := s.spend(c.Request.Context(), spendAnswer); err != nil {
		return err
	}
	err := s.record(c.Request.Context(), n.Forloeb.ID, n.by(), n.answer(answer))
	if err != nil && refusedWith(err, forloeb.RefuseMeetingNotBooked, forloeb.RefuseMeetingNotBegun) == nil {
		return err
	}
	return seeOther(c, n.Home) // which says how it stands
}

func (s *Server) notingPage(n noting) *notingPage {
	m, f := n.Which, n.Forloeb
	page := &notingPage{
		Base: s.baseOf(n.visitor), Reference: f.Reference, When: whenWords(slot{m.StartsAt, m.EndsAt}), Login: n.ownPage(),
	}
	switch stageOf(m, n.Now) {
	case meetingHeld:
		page.Heading = "Mødet blev holdt"
	case meetingNotHeld:
		page.Heading, page.Because = "Mødet blev ikke holdt", notCounted
	case meetingAhead:
		page.Heading, page.Because = "Mødet er ikke begyndt", "Det kan noteres, når det er begyndt."
	case meetingCancelled:
		page.Heading, page.Because = "Mødet er aflyst", "Der er ikke noget at notere."
	default:
		page.ask(n)
	}
	if wrong := (forloeb.RegisterMeeting{Meeting: m.ID, Held: m.State == forloeb.NoShow}); m.State != forloeb.Booked && f.Judge(wrong, n.by(), n.Now) == nil {
		page.Until = f.CorrectUntil(m)
	}
	return page
}

// ask puts the question where it can be answered.
func (p *notingPage) ask(n noting) {
	p.Heading = question(n.Which)
	var refused *forloeb.Refusal
	if errors.As(n.Forloeb.Judge(n.answer("ja"), n.by(), n.Now), &refused) {
		p.Because = n.Forloeb.Words().Say(because(refused))
		return
	}
	p.Address = n.Home
}

// answer is what the pressed button says. The first answer stands.
func (n noting) answer(held string) forloeb.RegisterMeeting {
	return forloeb.RegisterMeeting{Meeting: n.Which.ID, Held: held == "ja", First: true}
}

// registerExpired is for a link older than ten days.
func registerExpired(page string) *messagePage {
	return &messagePage{
		Status: http.StatusGone, Heading: "Linket virker ikke mere",
		Paragraphs: []string{"Det virkede i ti dage. Log ind, så kan du notere mødet."},
		Ways:       []wayOn{{Label: "Log ind og notér mødet", Address: page}},
	}
}

// registerVoid is for a link that somebody else's assignment, a new link or the
// end of an access has made void.
func registerVoid(page string) *messagePage {
	return &messagePage{
		Status: http.StatusGone, Heading: "Linket er ikke dit mere",
		Paragraphs: []string{"Det holdt op med at virke, fx fordi sagen har skiftet hænder, eller fordi du har lavet et nyt kalenderlink. Er sagen din, så log ind."},
		Ways:       []wayOn{{Label: "Log ind", Address: page}},
	}
}
