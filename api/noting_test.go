package api

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/store/storetest"
)

// fromMail is a meeting that is over, and the link from the mail that asks for it.
type fromMail struct {
	planner
	meeting uuid.UUID
	from    time.Time
}

func askedFor(t *testing.T) fromMail {
	o := newOffice(t)
	p := o.asConsultant(overNow(o))
	p.j = nil // nobody is logged in
	return fromMail{p, p.read().Meetings[1].ID, at(2027, 1, 13, 8, 0)}
}

func (a fromMail) token() string {
	c := a.read().Consultant()
	return a.links.HeldToken(link.Register, a.meeting, c.ID, c.LinkVersion, a.from.Add(link.RegisterLife))
}

func (a fromMail) path() string { return link.Register.Path(a.token()) }

func (a fromMail) state() forloeb.MeetingState { return a.read().Meeting(a.meeting).State }

func TestAMeetingIsRegisteredFromTheMail(t *testing.T) {
	t.Parallel()
	a := askedFor(t)
	page := a.get(a.path(), "")
	doc := parsed(t, page)
	require.Equal(t, "Blev mødet den 12. januar 2027 holdt?", plain(doc.Find("h1").Text()))
	require.Equal(t, "Tirsdag den 12. januar 2027 kl. 13.00–16.00", part(doc, "when"))
	require.Contains(t, page.text, a.read().Reference)
	for _, p := range a.read().Parties {
		require.NotContains(t, page.text, p.Contact.Name)
	}
	require.NotContains(t, page.text, a.read().Lead().Name)
	require.Empty(t, page.Header.Values("Set-Cookie"))
	require.Equal(t, "no-store", page.Header.Get("Cache-Control"))
	require.Equal(t, "no-referrer", page.Header.Get("Referrer-Policy"))

	before := a.read()
	a.send(request{method: http.MethodHead, path: a.path()})
	require.Equal(t, http.StatusSeeOther, a.fills(a.path(), url.Values{}).StatusCode)
	require.Equal(t, http.StatusSeeOther, a.fills(a.path(), url.Values{heldName: {"måske"}}).StatusCode)
	require.Equal(t, before, a.read(), "looking, and sending the form without a button, change nothing")

	sent := a.fills(a.path(), url.Values{heldName: {"ja"}})
	require.Equal(t, http.StatusSeeOther, sent.StatusCode)
	require.Equal(t, a.path(), sent.Header.Get("Location"))
	require.Equal(t, forloeb.Held, a.state())
	last := a.read().Acts[len(a.read().Acts)-1]
	require.Equal(t, forloeb.Actor{Kind: forloeb.ActorConsultant, ID: a.read().Consultant().ID.String()}, last.Actor)

	version := a.read().Version
	require.Equal(t, http.StatusSeeOther, a.fills(a.path(), url.Values{heldName: {"nej"}}).StatusCode)
	a.env.Refused(a.id, last.Actor, forloeb.RegisterMeeting{Meeting: a.meeting, First: true}) // two taps at once
	require.Equal(t, version, a.read().Version, "the first answer stands")
	again := a.get(a.path(), "").document()
	require.Equal(t, "Mødet blev holdt", plain(again.Find("h1").Text()))
	require.Contains(t, part(again, "correct"), "log ind og ret det senest")
	require.Zero(t, again.Find("main form").Length())
}

func TestANoShowFromTheMail(t *testing.T) {
	t.Parallel()
	a := askedFor(t)
	a.fills(a.path(), url.Values{heldName: {"nej"}})
	require.Equal(t, forloeb.NoShow, a.state())
	require.Contains(t, a.get(a.path(), "").text, "Et møde, der ikke blev holdt, tæller ikke med.")
}

func TestALinkThatRegistersNothing(t *testing.T) {
	t.Parallel()
	a := askedFor(t)
	f, good := a.read(), a.token()
	c := f.Consultant()
	until := a.from.Add(link.RegisterLife)
	refuses := func(token string, status int, heading string) {
		t.Helper()
		a.get("/noter/"+token, "").message(status, heading)
		a.fills("/noter/"+token, url.Values{heldName: {"ja"}}).message(status, heading)
		require.Equal(t, forloeb.Booked, a.state())
	}
	for name, token := range map[string]string{
		"nonsense":         "x.y",
		"cut":              good[:len(good)-3],
		"another's":        a.links.HeldToken(link.Register, a.meeting, a.boID, 1, until),
		"a future version": a.links.HeldToken(link.Register, a.meeting, c.ID, c.LinkVersion+1, until),
		"another meeting":  a.links.HeldToken(link.Register, uuid.New(), c.ID, c.LinkVersion, until),
		"another purpose":  a.links.TokenUntil(link.ApplicationView, a.meeting, c.LinkVersion, until),
	} {
		t.Log(name)
		refuses(token, http.StatusNotFound, "Vi kan ikke genkende linket")
	}
	expired := a.links.HeldToken(link.Register, a.meeting, c.ID, c.LinkVersion, at(2027, 1, 12, 16, 5))
	refuses(expired, http.StatusGone, "Linket virker ikke mere")
	require.Contains(t, a.get("/noter/"+expired, "").text, `href="`+a.home+"/moeder/"+a.meeting.String()+`/noter"`, "offers the login")

	a.env.Exec(`insert into consultant_links (consultant_id, version) values ($1, 2)`, c.ID)
	refuses(good, http.StatusGone, "Linket er ikke dit mere")
	renewed := a.token()
	require.Equal(t, http.StatusOK, a.get("/noter/"+renewed, "").StatusCode)

	a.env.Exec(`update consultants set active = false where id = $1`, c.ID)
	refuses(renewed, http.StatusGone, "Linket er ikke dit mere")
}

// Whoever has the forløb now has other links.
func TestALinkDiesWithTheAssignment(t *testing.T) {
	t.Parallel()
	a := askedFor(t)
	old := a.token()
	a.env.Do(a.id, storetest.Secretary, forloeb.Assign{Consultant: a.env.Consultant("Ida", 5), Reason: "Ferie."})
	a.env.Settle(a.id)
	a.get("/noter/"+old, "").message(http.StatusGone, "Linket er ikke dit mere")
	require.Equal(t, http.StatusOK, a.get(a.path(), "").StatusCode)
}
