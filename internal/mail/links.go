package mail

import (
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// Linker signs what a link is for, whose it is and which version of it. A
// keyring is one.
type Linker interface {
	Token(purpose link.Purpose, id uuid.UUID, version int) string
	TokenUntil(purpose link.Purpose, id uuid.UUID, version int, expires time.Time) string
	HeldToken(purpose link.Purpose, id, holder uuid.UUID, version int, expires time.Time) string
}

// addresses are where mails lead to.
type addresses interface {
	consent(*forloeb.Party) string
	status(*forloeb.Party) string
	evaluation(*forloeb.Party) string
	meeting(*forloeb.Party, *forloeb.Meeting) string
	text(*forloeb.Party, time.Time) string
	guest(*forloeb.Guest) string
	consultant(page string) string
	register(c *forloeb.Consultant, meeting uuid.UUID, from time.Time) string
}

// links builds the addresses that mails lead to. Every link of a party is
// signed with the party's own link version, so that one new version kills all
// the old ones.
type links struct {
	base   string
	signer Linker
}

func (l links) consent(p *forloeb.Party) string { return l.party(link.Consent, p) }
func (l links) status(p *forloeb.Party) string  { return l.party(link.Status, p) }
func (l links) evaluation(p *forloeb.Party) string {
	return l.party(link.Evaluation, p)
}

// meeting signs the party, who may ask for another time, and names the
// meeting by its number.
func (l links) meeting(p *forloeb.Party, m *forloeb.Meeting) string {
	return l.party(link.Meeting, p) + link.ToMeeting(m.Ordinal)
}

// text is short-lived: the text is what a forwarded mail must not give away.
func (l links) text(p *forloeb.Party, now time.Time) string {
	return l.base + "/ansoegning/vis/" + l.signer.TokenUntil(link.ApplicationView, p.ID, p.LinkVersion, now.Add(link.ApplicationViewLife))
}

// guest leads a guest to where they are taken off. They have one link, for good.
func (l links) guest(g *forloeb.Guest) string {
	return l.base + link.Guest.Path(l.signer.Token(link.Guest, g.ID, link.OnlyVersion))
}

// consultant is one of the consultants' own pages. They log in: an id in the
// address opens nothing.
func (l links) consultant(page string) string { return l.base + "/konsulent/" + page }

// register says whether that one meeting was held, and can do nothing else. It
// is good for as long as the consultant has the forløb, and for ten days.
func (l links) register(c *forloeb.Consultant, meeting uuid.UUID, from time.Time) string {
	return l.base + link.Register.Path(l.signer.HeldToken(link.Register, meeting, c.ID, c.LinkVersion, from.Add(link.RegisterLife)))
}

func (l links) party(purpose link.Purpose, p *forloeb.Party) string {
	return l.base + purpose.Path(l.signer.Token(purpose, p.ID, p.LinkVersion))
}
