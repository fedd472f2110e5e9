package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// A secretary's day, by the keyboard alone: what the night has brought, the
// telephone, what somebody wants to know of an old case, and who has looked.
// Every page on the way is asked of axe.
func TestADayOfASecretary(t *testing.T) {
	r := newRunning(t)
	d := &desk{r: r, anna: r.atLaptop()}
	d.night()
	d.theMorningPage()
	d.aCorrection()
	d.aWrongPerson()
	d.theTelephone()
	d.aPause()
	d.anOldCase()
	d.theEndOfTheDay()
	r.requireEachMailOnce()
}

// desk is a secretary and the forløb of the day.
type desk struct {
	r                            *running
	anna                         *walker
	fix, wrong, phone, busy, old *pair
}

// night is what has happened since yesterday.
func (d *desk) night() {
	r := d.r
	d.fix, d.wrong, d.phone, d.busy, d.old = r.apply("ret", nil), r.apply("forkert", nil), r.apply("telefon", nil), r.apply("travl", nil), r.apply("gammel", nil)
	r.answer(d.fix.rep, forloeb.Fix, map[string]string{"fix_text": "Vi er ikke 30, men 60 ansatte."})
	page := r.opens(d.wrong.rep, "/samtykke/")
	_, err := page.formWith("send-not-me").fill("answer", string(forloeb.NotMe)).send(r.t.Context())
	require.NoError(r.t, err)
	r.answer(d.phone.leader, forloeb.Yes, nil)
	for _, one := range []person{d.busy.leader, d.busy.rep} {
		r.answer(one, forloeb.Yes, nil)
	}
	r.stands(d.busy, forloeb.Planning)
	r.post("forloeb/"+d.old.id+"/stop", map[string]any{"reason": "Skolen lukker."})
	r.stands(d.old, forloeb.Stopped)
	r.stands(d.fix, forloeb.AwaitingConsent)
	r.stands(d.wrong, forloeb.AwaitingConsent)
}

// goes follows what says something, and looks at the page it leads to.
func (d *desk) goes(words string) {
	d.r.t.Helper()
	d.anna.TabToWords(words)
	d.anna.Enter()
	d.anna.looks("")
}

// sends presses the button with a test id, and looks at what came of it.
func (d *desk) sends(id, says string) {
	d.r.t.Helper()
	d.anna.TabTo(id)
	d.anna.Enter()
	d.anna.Says(says)
	d.anna.looks("")
}

func (d *desk) writes(field, text string) {
	d.r.t.Helper()
	d.anna.TabTo(field)
	d.anna.Press(text)
}

func (d *desk) chooses(choice string) {
	d.r.t.Helper()
	d.anna.TabTo(choice)
	d.anna.Press("Space")
}

// finds looks a case up from the head of any page.
func (d *desk) finds(p *pair) {
	d.r.t.Helper()
	d.anna.at("/sekretariat/")
	d.anna.TabTo("search")
	d.anna.Press(p.reference)
	d.anna.Enter()
	d.anna.Says("Skolen")
}

// The morning page: one matter is taken, and one is put off.
func (d *desk) theMorningPage() {
	d.anna.at("/login")
	d.anna.TabTo("login")
	d.anna.Enter()
	d.goes("Anna Berg")
	d.anna.Says("venter på et menneske")
	d.goes("Jeg tager den")
	d.anna.Says("Du har den")
	d.goes("Vis igen senere")
	d.writes("until", plainDay(time.Now()).Format("2-1-2006"))
	d.sends("send", "Udskudt (1)")
}

// Somebody has found a mistake in the application. It is mended, and both are
// asked again.
func (d *desk) aCorrection() {
	d.finds(d.fix)
	d.anna.Says("Vi er ikke 30, men 60 ansatte.")
	d.goes("Ret ansøgningen")
	d.writes("employees", "5") // "50–99"
	d.sends("send", "Ansøgningen er rettet")
	d.r.stands(d.fix, forloeb.AwaitingConsent)
	d.r.answer(d.fix.rep, forloeb.Yes, nil)
}

// The mail went to somebody else. The right person gets one, and the old link
// is dead.
func (d *desk) aWrongPerson() {
	d.finds(d.wrong)
	d.goes("Skift kontaktperson")
	d.writes("name", "Rita Bæk")
	d.writes("email", "rita.baek@example.dk")
	d.sends("send", "Kontaktpersonen er skiftet")
	d.r.answer(person{"Rita Bæk", "rita.baek@example.dk"}, forloeb.Yes, nil)
}

// The representative cannot open the mail, and says yes by telephone.
func (d *desk) theTelephone() {
	d.finds(d.phone)
	d.goes("Notér et svar fra telefonen")
	d.chooses("answer-yes")
	d.writes("reason", "Hun kan ikke åbne mailen derhjemme.")
	d.sends("send", "Svaret er noteret")
	d.anna.Says("Er det forkert, kan")
	d.r.stands(d.phone, forloeb.AwaitingConsent)
	_, err := d.r.out.newestMail(d.r.t.Context(), d.phone.rep.email, "telefonen")
	require.NoError(d.r.t, err)
}

// The workplace is busy for a month.
func (d *desk) aPause() {
	d.finds(d.busy)
	d.anna.TabToWords("Flere handlinger")
	d.anna.Press("Enter")
	d.goes("Sæt på pause")
	d.writes("until", plainDay(time.Now()).Format("2-1-2006"))
	d.chooses("reason-illness")
	d.sends("send", "Pausen er noteret")
	_, err := d.r.out.newestMail(d.r.t.Context(), d.busy.leader.email, "pause")
	require.NoError(d.r.t, err)
}

// Somebody asks about a case that is closed: the page asks why before it opens.
func (d *desk) anOldCase() {
	d.anna.at("/sekretariat/")
	d.anna.TabTo("search")
	d.anna.Press(d.old.reference)
	d.anna.Enter()
	d.anna.Says("Hvorfor åbner du sagen?")
	d.anna.looks("")
	d.chooses("purpose-question")
	d.sends("send", "Skolen gammel")
}

// Who has looked at that case, and what has been sent today.
func (d *desk) theEndOfTheDay() {
	d.goes("Hvem har set")
	d.anna.Says("Anna Berg")
	d.anna.at("/sekretariat/post")
	d.anna.Says("Kvittering")
	d.anna.looks("")
	d.anna.at("/sekretariat/tal")
	d.anna.looks("")
	d.anna.at("/sekretariat/")
	d.anna.Says("Klaret siden")
	d.anna.looks("")
}
