package main

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/browsertest"
	"example.dk/spark/internal/forloeb"
)

// A whole forløb by clicking alone: the leader and the representative, a
// secretary and the consultant, each in a browser of their own, with the links
// from the mails that were caught. Every page they come by is asked of axe,
// and `make screenshots` keeps the pictures.
func TestAForloebByClicking(t *testing.T) {
	w := newWalk(t)
	w.theyApply()
	w.bothAgree()
	w.theSecretaryChoosesAnotherConsultant()
	w.theConsultantSaysYes()
	w.theConsultantPlansTheMeetings()
	w.theRepresentativeCannotCome()
	w.theConsultantMovesTheMeeting()
	w.theMeetingsAreHeld()
	w.theyAnswerTheQuestionnaire()
	w.theSecretarySeesTheEnd()
	w.r.requireEachMailOnce()
}

// walk is a forløb and those who are in it.
type walk struct {
	r                        *running
	mette, amir, anna, karen *walker
	id, number               string
	consultant               string // the name of whom karen is: the secretary decides
}

func newWalk(t *testing.T) *walk {
	r := newRunning(t)
	return &walk{r: r, mette: r.onPhone(), amir: r.onPhone(), anna: r.atLaptop(), karen: r.onPhone()}
}

func (w *walk) theyApply() {
	w.mette.at("/")
	w.mette.looks("forside")
	w.mette.Click("apply-link")
	w.mette.looks("ansoegning")
	w.mette.applies()
	w.number = referenceIn(w.mette.TextOf("reference"))
	w.mette.looks("kvittering")
}

func (w *walk) bothAgree() {
	w.mette.follows("mette@example.dk", "/samtykke/")
	w.mette.looks("samtykke")
	w.mette.saysYes("Mette Holm")
	w.mette.looks("")
	w.amir.follows("amir@example.dk", "/samtykke/")
	w.amir.saysYes("Amir Dahl")
	w.amir.Click("status-link")
	w.amir.Says("vi er ved at finde en konsulent")
}

// The secretary finds the forløb in the list, reads it and its mails, and
// chooses somebody else than the machine did.
func (w *walk) theSecretaryChoosesAnotherConsultant() {
	w.anna.logsIn("Anna Berg")
	w.anna.looks("")
	w.anna.at("/sekretariat/forloeb")
	w.anna.Fill("q", "tranemose")
	w.anna.Click("filter")
	w.anna.Says("Viser 1")
	w.anna.looks("liste")
	w.anna.Follow(w.number)
	w.id = w.anna.lastPart()
	w.anna.looks("forloeb")
	w.anna.Follow("Se mails")
	w.anna.looks("")
	w.anna.Follow("Kvittering")
	w.anna.looks("mail")
	w.anna.at("/sekretariat/forloeb/" + w.id)
	w.anna.Follow("Skift konsulent")
	w.anna.looks("konsulent")
	w.consultant = browsertest.Run[string](w.anna.Tab, `(() => {
		const first = document.querySelector('[data-test-id=candidate] input');
		first.click();
		return document.querySelector('label[for="' + first.id + '"]').firstChild.textContent.trim();
	})()`)
	w.anna.Fill("reason", "Bor tættere på skolen.")
	w.anna.Click("send")
	w.anna.Says("Konsulenten er valgt")
	w.anna.looks("")
}

// Whoever was chosen says yes, and only then does the page of the representative,
// which stands open, name them.
func (w *walk) theConsultantSaysYes() {
	w.amir.Says("vi er ved at finde en konsulent")
	w.amir.marks()
	w.karen.logsIn(w.consultant)
	w.karen.looks("")
	w.karen.Follow("Sig ja")
	w.karen.looks("")
	w.karen.Click("send")
	w.karen.Says("Forløbet er taget")
	w.amir.Says(w.consultant + " blev")
	require.True(w.r.t, w.amir.marked(), "the page that stands open shows it without being loaded again")
	w.amir.looks("status")
}

// The consultant is proposed dates for all the meetings, and says yes to them.
func (w *walk) theConsultantPlansTheMeetings() {
	w.karen.at("/konsulent/")
	w.karen.looks("konsulent-i-dag")
	w.karen.Follow("Foreslå 4 datoer")
	w.karen.looks("konsulent-datoer")
	w.karen.Click("send")
	w.karen.looks("konsulent-forloeb")
	w.karen.opensMenu()
	w.karen.Follow("Kalender")
	w.karen.looks("konsulent-kalender")
}

// The representative opens the first meeting from the invitation, and asks for
// another time. The consultant's day, which stands open, says so.
func (w *walk) theRepresentativeCannotCome() {
	w.karen.at("/konsulent/")
	w.karen.marks()
	w.amir.followsFrom("amir@example.dk", forloeb.Date(w.meetings()[0].StartsAt), "/moede/")
	w.amir.looks("moede")
	w.amir.Fill("other_time", "En time tidligere ville være fint.")
	w.amir.Click("ask")
	w.amir.Says("Beskeden er sendt")
	w.karen.Says("En time tidligere ville være fint.")
	require.True(w.r.t, w.karen.marked(), "the page that stands open shows it without being loaded again")
	w.karen.looks("")
}

func (w *walk) theConsultantMovesTheMeeting() {
	first := w.meetings()[0].StartsAt
	w.karen.Follow("Flyt møde 1")
	w.karen.looks("")
	w.karen.Fill("start-1", strings.TrimPrefix(forloeb.Clock(first.Add(-time.Hour)), "kl. "))
	w.karen.Click("send")
	w.karen.looks("")
	w.karen.Click("send")
	w.karen.Says("Mødet er flyttet")
	moved, err := w.r.out.newestMail(w.r.t.Context(), "mette@example.dk", forloeb.Clock(first.Add(-time.Hour)))
	require.NoError(w.r.t, err)
	require.Contains(w.r.t, moved.Text, "flyttet")
}

// Each meeting is registered in two taps from the consultant's day. The second
// is forgotten for a while, and the secretariat's morning page says so.
func (w *walk) theMeetingsAreHeld() {
	for i, m := range w.meetings() {
		if i == 1 {
			w.r.winds(w.id, m.StartsAt.AddDate(0, 0, 14))
			w.anna.at("/sekretariat/")
			w.anna.Says("Notér mødet")
			w.anna.looks("sekretariat")
		} else {
			w.r.winds(w.id, m.StartsAt.Add(4*time.Hour))
		}
		w.karen.at("/konsulent/")
		if i == 0 {
			w.karen.looks("")
		}
		w.karen.Follow("Notér møde " + strconv.Itoa(i+1))
		if i == 0 {
			w.karen.looks("konsulent-noter")
		}
		w.karen.Click("held")
		w.karen.Says(strconv.Itoa(i+1) + " af 4 møder er holdt")
	}
	w.karen.Says("spørgeskemaet kommer")
	w.karen.looks("")
}

// Three months after the last meeting both are asked, and both answer.
func (w *walk) theyAnswerTheQuestionnaire() {
	held := w.meetings()
	w.r.winds(w.id, held[len(held)-1].StartsAt.AddDate(0, 3, 4))
	for _, one := range []*walker{w.mette, w.amir} {
		one.follows(map[*walker]string{w.mette: "mette@example.dk", w.amir: "amir@example.dk"}[one], "/evaluering/")
		one.looks("evaluering")
		one.Choose("planned-yes")
		one.Choose("ongoing-yes")
		one.Click("send")
		one.Says("Dit svar er gemt uden dit navn")
		one.looks("")
	}
}

func (w *walk) theSecretarySeesTheEnd() {
	w.anna.at("/sekretariat/forloeb")
	w.anna.Follow("Lukkede")
	w.anna.Says(w.number)
	w.anna.Follow(w.number)
	w.anna.Says("Afsluttet")
	w.anna.looks("afsluttet")
}

// meetings are those of the forløb, as they are booked.
func (w *walk) meetings() []meetingView {
	v, err := w.r.staff.settled(w.r.t.Context(), w.id)
	require.NoError(w.r.t, err)
	return v.Meetings.List
}
