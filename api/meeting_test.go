package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// invitation is a meeting as one of the parties has its link in a mail.
type invitation struct {
	*office
	id, meeting uuid.UUID
	party       *forloeb.Party
	links       partyLinks
}

func invitedTo(t *testing.T) *invitation {
	o := withConsultants(t)
	i := &invitation{office: o}
	i.id, i.meeting = o.inProgress()
	i.party = o.env.Party(i.id, forloeb.Rep)
	i.links = o.linksOf(i.party)
	return i
}

func (i *invitation) row() *forloeb.Meeting { return i.env.Read(i.id).Meeting(i.meeting) }

func (i *invitation) address() string { return i.links.ToMeeting(i.row()) }

// page is what stands at an address.
func (i *invitation) page(address string) *goquery.Document {
	i.t.Helper()
	a := i.get(address, "")
	require.Equal(i.t, http.StatusOK, a.StatusCode, a.text)
	return parsed(i.t, a)
}

func parsed(t *testing.T, a answer) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.text))
	require.NoError(t, err)
	return doc
}

func part(doc *goquery.Document, testID string) string {
	return plain(doc.Find(`[data-test-id="` + testID + `"]`).Text())
}

// asks fills in the form that stands on the page, and presses its button.
func (i *invitation) asks(doc *goquery.Document, text string) answer {
	i.t.Helper()
	form := doc.Find(`[data-test-id="other-time-form"]`)
	require.Equal(i.t, 1, form.Length())
	return i.fills(form.AttrOr("action", ""), url.Values{
		"starts": {form.Find("[name=starts]").AttrOr("value", "")}, "other_time": {text}, "ask": {"yes"},
	})
}

func (i *invitation) moves(start time.Time) {
	i.t.Helper()
	i.env.Do(i.id, storetest.Secretary, forloeb.MoveMeeting{Meeting: i.meeting, StartsAt: start, EndsAt: start.Add(3 * time.Hour)})
	i.env.Settle(i.id)
}

func (i *invitation) told() int {
	i.env.Settle(i.id)
	return i.env.Count(`select count(*) from mails where kind = 'c_cannot_come' and state = 'sent'`)
}

// Complaint K18.
func TestAMeetingAsAPartySeesIt(t *testing.T) {
	i := invitedTo(t)
	m := i.row()
	before, when := i.env.Read(i.id), forloeb.Interval(m.StartsAt, m.EndsAt)
	for _, address := range []string{i.address(), i.links.Meeting, i.links.Meeting + "?nr=", i.links.Meeting + "?nr=99"} {
		doc := i.page(address)
		require.Equal(t, "Møde 1 – "+when, plain(doc.Find("h1").Text()), address)
		require.Equal(t, "Møde 1 – "+when+" – SPARK", plain(doc.Find("title").Text()))
		require.Equal(t, "Lærerværelset", part(doc, "place"))
		require.Contains(t, part(doc, "invited"), "Mette Holm, leder")
		require.Contains(t, part(doc, "invited"), "Amir Dahl, medarbejderrepræsentant")
		require.Contains(t, part(doc, "invited"), "Anna, konsulent")
		require.Contains(t, part(doc, "consultant"), before.Consultant().Email)
		require.Equal(t, 1, doc.Find(`[data-test-id="other-time-form"]`).Length())

		head := i.send(request{method: http.MethodHead, path: address})
		require.Equal(t, http.StatusOK, head.StatusCode)
		require.Empty(t, head.Header.Values("Set-Cookie"))
	}
	require.Equal(t, before, i.env.Read(i.id), "GET and HEAD change nothing")

	timeline := i.page(i.links.Status).Find(`[data-test-id="timeline"] a`)
	require.Equal(t, i.address(), timeline.AttrOr("href", ""))
	require.Equal(t, "Se møde 1, eller bed om et andet tidspunkt", plain(timeline.Text()))

	i.env.Exec(`update parties set link_version = link_version + 1 where id = $1`, i.party.ID)
	for _, address := range []string{i.address(), i.links.CalendarFile(m)} {
		i.get(address, "").message(http.StatusGone, "Linket er skiftet ud")
	}
	i.fills(i.address(), url.Values{"ask": {"yes"}}).message(http.StatusGone, "Linket er skiftet ud")
	i.get("/moede/abc.def", "").message(http.StatusNotFound, "Vi kan ikke genkende linket")
}

func TestAskingForAnotherTimeWorksOnce(t *testing.T) {
	i := invitedTo(t)
	page, before := i.page(i.address()), i.acts()
	a := i.asks(page, "Fredag passer bedre.")
	require.Equal(t, http.StatusSeeOther, a.StatusCode)
	require.Equal(t, i.address(), a.Header.Get("Location"))
	require.Equal(t, before+1, i.acts())
	last := i.process.told()[len(i.process.told())-1]
	require.Equal(t, forloeb.FactsChanged, last.Name)
	require.Equal(t, i.meeting.String(), last.Ref)
	require.Equal(t, "Fredag passer bedre.", i.row().OtherTimes[0].Text)

	thanks := i.page(i.address())
	require.Contains(t, part(thanks, "just-asked"), "Tak. Konsulenten har fået besked og vender tilbage til jer begge.")
	require.Contains(t, part(thanks, "asked"), "Mødet står, indtil konsulenten flytter det.")
	require.Zero(t, thanks.Find(`[data-test-id="other-time-form"]`).Length())
	require.NotContains(t, thanks.Text(), "Fredag")
	require.Equal(t, 1, thanks.Find("[data-refresh]").Length(), "the process has not heard of it yet")
	require.Equal(t, "Møde 1 – "+forloeb.Interval(i.row().StartsAt, i.row().EndsAt), plain(thanks.Find("h1").Text()))
	require.Equal(t, 1, i.told())

	again := i.asks(page, "Eller mandag.") // from the page as it was
	require.Equal(t, http.StatusSeeOther, again.StatusCode)
	require.Equal(t, 1, i.told())
	require.Len(t, i.row().OtherTimes, 1)

	i.env.Wind(i.id, i.env.Now(i.id).Add(time.Hour))
	later := i.page(i.address())
	require.Zero(t, later.Find(`[data-test-id="just-asked"]`).Length())
	require.Contains(t, part(later, "asked"), "Konsulenten fik besked "+forloeb.DateTime(i.row().OtherTimes[0].At))

	require.Zero(t, later.Find("[data-refresh]").Length())

	leader := i.env.Party(i.id, forloeb.Leader)
	i.env.Do(i.id, storetest.By(leader), forloeb.AskText{Party: leader.ID})
	theirs := i.page(i.linksOf(leader).ToMeeting(i.row()))
	require.Contains(t, part(theirs, "other-asked"), "Medarbejderrepræsentanten har bedt om et andet tidspunkt.")
	require.Contains(t, part(theirs, "waiting-sentence"), "Vi behandler det")
	require.Zero(t, theirs.Find("[data-refresh]").Length(), "a form is not taken away")
	require.Equal(t, http.StatusSeeOther, i.asks(theirs, "").StatusCode)
	require.Equal(t, 2, i.told())
}

// A robot that sends the form as it stands presses no button.
func TestAFormSentAsItStandsAsksForNothing(t *testing.T) {
	i := invitedTo(t)
	before := i.env.Read(i.id)
	form := i.page(i.address()).Find(`[data-test-id="other-time-form"]`)
	a := i.fills(form.AttrOr("action", ""), url.Values{"starts": {form.Find("[name=starts]").AttrOr("value", "")}, "other_time": {""}})
	require.Equal(t, http.StatusSeeOther, a.StatusCode)
	require.Equal(t, i.address(), a.Header.Get("Location"))
	require.Equal(t, before, i.env.Read(i.id))
}

func TestWhatCannotBeSentIsKept(t *testing.T) {
	i := invitedTo(t)
	before := i.env.Read(i.id)
	for text, wrong := range map[string]string{
		"Fredag.\nSpørg 010203-1234":               "Fjern det, der ligner et CPR-nummer (linje 2).",
		strings.Repeat("å", forloeb.MaxText) + "!": "Teksten er 1 tegn for lang. Forkort den til 2.000 tegn.",
	} {
		a := i.asks(i.page(i.address()), text)
		require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
		doc := parsed(t, a)
		require.Contains(t, part(doc, "errors"), wrong)
		require.Equal(t, []string{text}, sent(doc, "other_time"))
	}
	a := i.fills(i.address(), url.Values{"starts": {"i morgen"}, "ask": {"yes"}})
	a.message(http.StatusBadRequest, "Vi kunne ikke læse det")
	require.Equal(t, before, i.env.Read(i.id))
}

// Complaint K19.
func TestAMeetingThatMovesWhileSomebodyWrites(t *testing.T) {
	i := invitedTo(t)
	page, old := i.page(i.address()), i.row().StartsAt
	i.moves(i.ahead(i.id, 6, 9))
	a := i.asks(page, "Fredag passer bedre.")
	require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
	again := parsed(t, a)
	require.Contains(t, part(again, "errors"), "Mødet er flyttet, mens du skrev. Nu er det "+forloeb.DateTime(i.row().StartsAt))
	require.Contains(t, part(again, "moved"), "Mødet er flyttet fra "+forloeb.DateTime(old)+" til "+forloeb.DateTime(i.row().StartsAt)+".")
	require.Equal(t, []string{"Fredag passer bedre."}, sent(again, "other_time"))
	require.Empty(t, i.row().OtherTimes)

	require.Equal(t, http.StatusSeeOther, i.asks(again, "Fredag passer bedre.").StatusCode)
	require.Equal(t, 1, i.told())
	i.moves(i.ahead(i.id, 7, 9))
	require.Equal(t, http.StatusSeeOther, i.asks(i.page(i.address()), "").StatusCode, "the consultant has answered")
	require.Equal(t, 2, i.told())
}

func TestMeetingsThatAreOver(t *testing.T) {
	i := invitedTo(t)
	page, m := i.page(i.address()), i.row()
	when := forloeb.Interval(m.StartsAt, m.EndsAt)
	i.env.Wind(i.id, m.StartsAt.Add(time.Minute))
	begun := i.page(i.address())
	require.NotEmpty(t, part(begun, "begun"))
	require.Zero(t, begun.Find(`[data-test-id="other-time-form"]`).Length())
	require.Equal(t, http.StatusSeeOther, i.asks(page, "").StatusCode)
	require.Empty(t, i.row().OtherTimes)

	i.env.Wind(i.id, m.EndsAt.Add(time.Minute))
	require.NotEmpty(t, part(i.page(i.address()), "over"))
	list := i.page(i.links.Meeting)
	require.Equal(t, "Jeres møder", plain(list.Find("h1").Text()))
	require.Equal(t, "Møde 1 – "+when+"Mangler at blive noteret", part(list, "meetings"))
	require.Equal(t, i.address(), list.Find(`[data-test-id="meetings"] a`).AttrOr("href", ""))

	i.env.Do(i.id, storetest.Secretary, forloeb.RegisterMeeting{Meeting: i.meeting})
	none := i.page(i.address())
	require.NotEmpty(t, part(none, "not-held"))
	require.Equal(t, "Mødet "+when, plain(none.Find("h1").Text()))
	i.env.Do(i.id, storetest.Secretary, forloeb.RegisterMeeting{Meeting: i.meeting, Held: true})
	require.NotEmpty(t, part(i.page(i.address()), "held"))
	i.env.Settle(i.id)

	next := i.env.Book(i.id, i.ahead(i.id, 4, 9))
	i.env.Settle(i.id)
	held := i.page(i.address())
	require.Contains(t, part(held, "next-meeting"), "Møde 2 – ")
	require.Contains(t, plain(i.page(i.links.Meeting).Find("h1").Text()), "Møde 2 – ")
	require.Contains(t, plain(i.page(i.address()).Find("h1").Text()), "Møde 1 – ", "a link in a mail stays with its meeting")

	i.env.Do(i.id, storetest.Secretary, forloeb.CancelMeeting{Meeting: next})
	i.env.Settle(i.id)
	row := i.env.Read(i.id).Meeting(next)
	cancelled := i.page(i.links.ToMeeting(row))
	require.Contains(t, part(cancelled, "cancelled"), "Mødet er aflyst")
	require.Zero(t, cancelled.Find(`[data-test-id="calendar"]`).Length())
	require.Equal(t, http.StatusSeeOther, i.fills(i.links.ToMeeting(row), url.Values{"ask": {"yes"}, "starts": {"1"}}).StatusCode)
	require.Empty(t, i.env.Read(i.id).Meeting(next).OtherTimes)
}

func TestNoMeetingYet(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	links := o.linksOf(o.env.Party(id, forloeb.Leader))
	a := o.get(links.Meeting, "")
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Contains(t, a.text, "Der er ikke aftalt et møde lige nu.")
	require.Contains(t, part(parsed(t, a), "waiting-sentence"), "Konsulenten blev valgt")
	for _, a := range []answer{o.get(links.Meeting+calendarPath, ""), o.fills(links.Meeting, url.Values{"ask": {"yes"}})} {
		require.Equal(t, http.StatusSeeOther, a.StatusCode)
		require.Equal(t, links.Meeting, a.Header.Get("Location"))
	}
}

func TestAnOnlineMeetingIsALink(t *testing.T) {
	i := invitedTo(t)
	i.env.Exec(`update meeting_places set place = 'https://moede.example.dk/rum?a=1&b=2'`)
	online := i.page(i.address()).Find(`[data-test-id="online"]`)
	require.Equal(t, "https://moede.example.dk/rum?a=1&b=2", online.AttrOr("href", ""))
	require.Equal(t, "Deltag online hos moede.example.dk", plain(online.Text()))
	require.Contains(t, online.AttrOr("rel", ""), "noreferrer")
	for _, place := range []string{"javascript:alert(1)", "http://moede.example.dk", `https://x" onclick="alert(1)`} {
		i.env.Exec(`update meeting_places set place = $1`, place)
		doc := i.page(i.address())
		require.Zero(t, doc.Find(`[data-test-id="online"]`).Length(), place)
		require.Equal(t, forloeb.Capital(place), part(doc, "place"))
	}
}

func TestACalendarFile(t *testing.T) {
	i := invitedTo(t)
	m := i.row()
	address := i.page(i.address()).Find(`[data-test-id="calendar"]`).AttrOr("href", "")
	require.Equal(t, i.links.CalendarFile(m), address)
	before := i.env.Read(i.id)
	for range 2 {
		a := i.get(address, "")
		require.Equal(t, http.StatusOK, a.StatusCode)
		require.Equal(t, "text/calendar; charset=utf-8", a.Header.Get("Content-Type"))
		require.Equal(t, `attachment; filename="spark-moede-1.ics"`, a.Header.Get("Content-Disposition"))
		require.Equal(t, "meeting 1 of "+before.Reference+" for "+i.party.Contact.Email, a.text)
	}
	require.Equal(t, before, i.env.Read(i.id))

	i.env.Do(i.id, storetest.Secretary, forloeb.CancelMeeting{Meeting: i.meeting})
	a := i.get(address, "")
	require.Equal(t, http.StatusSeeOther, a.StatusCode)
	require.Equal(t, i.address(), a.Header.Get("Location"))
}

// Without a consultant the wish waits for the next one, and the page says so.
func TestAWishWhileNobodyHasTheForloeb(t *testing.T) {
	i := invitedTo(t)
	i.env.Exec(`update consultants set capacity = 0`)
	i.env.Do(i.id, storetest.Secretary, forloeb.Release{Reason: "Sygdom."})
	i.env.Settle(i.id)
	page := i.page(i.address())
	require.Contains(t, part(page, "consultant"), "Vi er ved at finde en ny konsulent til jer.")
	require.Equal(t, http.StatusSeeOther, i.asks(page, "").StatusCode)
	require.Contains(t, part(i.page(i.address()), "just-asked"), "Jeres næste konsulent får besked")
	require.Zero(t, i.told())
	i.env.Exec(`update consultants set capacity = 5 where id = $1`, i.boID)
	i.env.Do(i.id, storetest.Secretary, forloeb.Assign{Consultant: i.boID, Reason: "Bo har plads."})
	require.Equal(t, 1, i.told())
}
