package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// overNow has a meeting that has just ended.
func overNow(o *office) uuid.UUID {
	id := met(o)
	o.env.RunTo(id, at(2027, 1, 12, 16, 5))
	return id
}

func (p planner) meetingPage(i int, what string) string {
	return "/moeder/" + p.read().Meetings[i].ID.String() + "/" + what
}

func (p planner) says(below, held string) answer {
	p.t.Helper()
	seen := p.opens(below).document().Find("[name="+seenName+"]").AttrOr("value", "")
	return p.sends(below, url.Values{seenName: {seen}, heldName: {held}})
}

func TestAMeetingIsRegisteredInTwoTaps(t *testing.T) {
	bothAreas(t, overNow, func(t *testing.T, p planner) {
		page := p.meetingPage(1, "noter")
		asks := p.opens(page)
		require.Equal(t, "Blev mødet den 12. januar 2027 holdt?", plain(asks.document().Find("h1").Text()))
		require.Equal(t, "Ja, det blev holdt", part(asks.document(), "held"))
		require.Equal(t, "Nej, det blev ikke holdt", part(asks.document(), "no-show"))

		p.led(p.sends(page, url.Values{seenName: {"booked"}}), page)
		require.Equal(t, forloeb.Booked, p.read().Meetings[1].State, "without an answer")
		p.led(p.says(page, "ja"), page+"?klar=noteret")
		require.Equal(t, forloeb.Held, p.read().Meetings[1].State)
		version := p.read().Version
		p.led(p.sends(page, url.Values{seenName: {"booked"}, heldName: {"nej"}}), page+"?klar=var-noteret")
		p.led(p.sends(page, url.Values{seenName: {"held"}, heldName: {"ja"}}), page+"?klar=var-noteret")
		require.Equal(t, version, p.read().Version, "the first stands")
		said := p.opens(page + "?klar=var-noteret")
		require.Contains(t, said.text, "Mødet var allerede noteret. Intet er ændret.")
		require.Equal(t, "Møde 2 blev holdt", plain(said.document().Find("h1").Text()))

		p.env.Settle(p.id)
		ways := p.opens(page).document().Find("[data-test-id=ways] a")
		require.Equal(t, []string{"Aftal møde 3", "Foreslå 2 datoer", "Afslut forløbet"}, labelsOf(ways))
	})
}

func TestWhatComesAfterTheLastMeeting(t *testing.T) {
	bothAreas(t, after(planned, func(o *office, id uuid.UUID) {
		for _, day := range []int{1, 3, 8} {
			o.holds(id, at(2026, 12, day, 13, 0))
		}
		o.env.Book(id, at(2026, 12, 10, 13, 0))
		o.env.RunTo(id, at(2026, 12, 10, 16, 5))
	}), func(t *testing.T, p planner) {
		page := p.meetingPage(3, "noter")
		asked := p.opens(page)
		require.Contains(t, asked.text, "Blev det holdt, var det det sidste møde.")
		require.Contains(t, asked.text, "Fredag den 11. december 2026 kl. 8.00 får Mette Holm (leder) og Amir Dahl (medarbejderrepræsentant) mailen »Det sidste møde er holdt«.")
		p.says(page, "ja")
		for _, when := range []string{"at once", "settled"} {
			said := p.opens(page)
			require.Contains(t, part(said.document(), "next"), "4 af 4 møder er holdt. Det var det sidste, og spørgeskemaet kommer onsdag den 10. marts 2027.", when)
			require.Equal(t, []string{"Giv flere møder"}, labelsOf(said.document().Find("[data-test-id=ways] a")), when)
			p.env.Settle(p.id)
		}
		require.Equal(t, forloeb.AwaitingEvaluation, p.read().Status)
		p.env.RunTo(p.id, at(2026, 12, 11, 9, 0))
		require.Equal(t, 2, p.env.Count(`select count(*) from mails where kind = 'meetings_done' and state = 'sent'`))

		asks := p.opens(page + "?ret=1")
		require.Contains(t, part(asks.document(), "now"), "Mødet er noteret som holdt.")
		require.Contains(t, asks.text, "Spørgeskemaet kommer ikke onsdag den 10. marts 2027, men tre måneder efter det sidste møde.")
		p.led(p.sends(page, url.Values{seenName: {"held"}, heldName: {"nej"}}), page+"?klar=noteret")
		p.env.Settle(p.id)
		require.Equal(t, forloeb.InProgress, p.read().Status)
		said := p.opens(page)
		require.Equal(t, "Mødet blev ikke holdt", plain(said.document().Find("h1").Text()))
		require.Equal(t, "Aftal et nyt møde", labelsOf(said.document().Find("[data-test-id=ways] a"))[0])

		back := p.opens(page + "?ret=1")
		require.Contains(t, back.text, "Så er det sidste møde holdt, og spørgeskemaet kommer onsdag den 10. marts 2027.")
	})
}

func TestARegistrationIsCorrectedForTenWorkingDays(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.asConsultant(overNow(o))
	page := p.meetingPage(1, "noter")
	p.says(page, "ja")
	o.env.Settle(p.id)
	require.Contains(t, part(p.opens(page).document(), "correct"), "tirsdag den 26. januar 2027")
	o.env.RunTo(p.id, at(2027, 1, 26, 15, 0))
	require.NotZero(t, p.opens(page+"?ret=1").document().Find("[data-test-id=no-show]").Length())
	o.env.RunTo(p.id, at(2027, 1, 29, 15, 0))
	late := p.opens(page + "?ret=1")
	require.Zero(t, late.document().Find("[data-test-id=no-show]").Length())
	require.Empty(t, part(late.document(), "correct"))
	p.sends(page, url.Values{seenName: {"held"}, heldName: {"nej"}}).message(http.StatusConflict, "Mødet kan ikke rettes mere.")
}

func TestAMeetingToComeIsNotRegistered(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.asConsultant(met(o))
	p.opens(p.meetingPage(1, "noter")).message(http.StatusConflict, "Mødet er ikke begyndt endnu")
	require.Equal(t, http.StatusConflict, p.sends(p.meetingPage(1, "noter"), url.Values{seenName: {"booked"}, heldName: {"ja"}}).StatusCode)
}

// The questionnaire is not promised while another meeting may have been held.
func TestAnotherMeetingIsNotRegisteredYet(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.asConsultant(after(overNow, func(o *office, id uuid.UUID) {
		o.env.Book(id, at(2027, 1, 13, 9, 0))
		o.env.RunTo(id, at(2027, 1, 13, 12, 5))
	})(o))
	page := p.meetingPage(1, "noter")
	p.says(page, "ja")
	require.Contains(t, part(p.opens(page).document(), "next"), "2 af 4 møder er holdt. Der er endnu et møde, som ikke er noteret.")
}

// On the forløb's own page each meeting leads to what can be done about it.
func TestWaysOfAMeeting(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.asConsultant(met(o))
	ways := func() (all [][]string) {
		k := o.staffCase(p.id, forloeb.RoleConsultant)
		for i := range k.Meetings {
			var labels []string
			for _, w := range meetingWays(k, &k.Meetings[i]) {
				labels = append(labels, w.Label)
				require.Equal(t, http.StatusOK, p.browse(p.j, w.Address).StatusCode, w.Address)
			}
			all = append(all, labels)
		}
		return all
	}
	require.Equal(t, [][]string{{"Ret", "Mine noter"}, {"Skriv hjemmeopgave", "Flyt mødet", "Aflys mødet", "Mine noter"}}, ways())
	o.env.RunTo(p.id, at(2027, 1, 12, 14, 0))
	require.Equal(t, [][]string{{"Mine noter"}, {"Notér mødet", "Flyt mødet", "Aflys mødet", "Mine noter"}}, ways())
}

// labelsOf are the words of some links or buttons.
func labelsOf(s *goquery.Selection) []string {
	return s.Map(func(_ int, one *goquery.Selection) string { return plain(one.Text()) })
}
