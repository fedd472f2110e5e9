package main

import (
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/browsertest"
	"example.dk/spark/internal/forloeb"
)

// A consultant's day on a phone, by the keyboard alone: somebody asks, a
// meeting is planned and held, what was said is written down for nobody else,
// and the own calendar follows.
func TestADayOfAConsultant(t *testing.T) {
	r := newRunning(t)
	p := r.apply("dag", nil)
	for _, one := range []person{p.leader, p.rep} {
		r.answer(one, forloeb.Yes, nil)
	}
	_, err := r.staff.settled(t.Context(), p.id)
	require.NoError(t, err)
	d := &day{desk{r: r, anna: r.onPhone()}, p, person{}}
	require.NoError(t, r.db.QueryRow(`select k.name, k.email from assignments a join consultants k on k.id = a.consultant_id
		where a.forloeb_id = $1 and a.until is null`, p.id).Scan(&d.consultant.name, &d.consultant.email))
	d.theOffer()
	calendar := d.theCalendar()
	d.theNextMeeting()
	require.Contains(t, d.fetches(calendar), p.reference)
	require.NotContains(t, d.fetches(calendar), "Skolen", "on a telephone that anybody may see")
	d.theMeetingIsHeld()
	d.notesForNobodyElse()
	d.aPause()
	r.requireEachMailOnce()
}

// day is a consultant's.
type day struct {
	desk
	p          *pair
	consultant person
}

func (d *day) theOffer() {
	d.anna.at("/login")
	d.anna.TabTo("login")
	d.anna.Enter()
	d.goes(d.consultant.name)
	d.goes("Sig ja")
	d.sends("send", "Forløbet er taget")
	d.r.stands(d.p, forloeb.Planning)
}

// theCalendar makes the link that the telephone's own calendar follows.
func (d *day) theCalendar() string {
	d.anna.at("/konsulent/kalender")
	d.anna.Says("Der er ikke noget i din kalender")
	d.sends("make", "Linket er klar")
	return browsertest.Run[string](d.anna.Tab, `document.querySelector('[data-test-id=feed]').value`)
}

func (d *day) theNextMeeting() {
	d.anna.at("/konsulent/")
	d.goes("Aftal")
	d.writes("date-1", plainDay(time.Now()).Format("2-1-2006"))
	d.anna.TabTo("start-1")
	d.anna.Press("Backspace", "Backspace", "Backspace", "Backspace", "Backspace", "13")
	d.sends("send", "kl. 13.00")
	d.sends("send", "Mødet er aftalt")
}

// theMeetingIsHeld is said by the link in the mail, on a telephone that nobody
// is logged in on.
func (d *day) theMeetingIsHeld() {
	v := d.r.stands(d.p, forloeb.InProgress)
	d.r.winds(d.p.id, forloeb.NextWorkingDayAt(v.Meetings.List[0].StartsAt, 9, 0))
	other := d.r.onPhone()
	other.follows(d.consultant.email, "/noter/")
	other.looks("")
	other.TabTo("held")
	other.Enter()
	other.Says("Mødet blev holdt")
	other.looks("")
	require.Equal(d.r.t, 1, d.r.stands(d.p, forloeb.InProgress).Meetings.Held)
}

// notesForNobodyElse are read by who wrote them, and not by the secretariat.
func (d *day) notesForNobodyElse() {
	const said = "De to teams taler ikke sammen."
	d.anna.at("/konsulent/forloeb/" + d.p.id)
	d.goes("noter")
	d.writes("note", said)
	d.sends("send", "Kun du kan se dem")
	d.goes("noter")
	require.Equal(d.r.t, said, browsertest.Run[string](d.anna.Tab, `document.querySelector('[data-test-id=note]').value`))
	secretary := d.r.atLaptop()
	secretary.logsIn("Anna Berg")
	secretary.at("/sekretariat/forloeb/" + d.p.id)
	require.NotContains(d.r.t, secretary.Text("main"), said)
}

// aPause is asked for, and the secretariat has the matter.
func (d *day) aPause() {
	d.anna.at("/konsulent/forloeb/" + d.p.id)
	d.anna.TabToWords("Flere handlinger")
	d.anna.Press("Enter")
	d.goes("Bed om en pause")
	d.writes("words", "Lederen er syg.")
	d.sends("send", "Sekretariatet har fået besked")
}

// fetches reads what is at an address.
func (d *day) fetches(address string) string {
	d.r.t.Helper()
	request, err := http.NewRequestWithContext(d.r.t.Context(), http.MethodGet, address, nil)
	require.NoError(d.r.t, err)
	answer, err := http.DefaultClient.Do(request)
	require.NoError(d.r.t, err)
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	require.NoError(d.r.t, err)
	return string(body)
}
