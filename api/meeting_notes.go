package api

import (
	"errors"
	"net/http"
	"net/url"
	"strconv"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// What a consultant writes to themselves about a meeting is on one page of
// theirs and nowhere else: not on the secretariat's pages, not in the JSON API,
// in no list and no search.

const ownNotesPath = "/mine-noter"

func ownNotesAddress(k staffCase) string {
	return k.Home() + "/moeder/" + k.Which.ID.String() + ownNotesPath
}

// mayNote reports whether these are the pages of somebody who writes notes, of
// a forløb that still has some.
func (k staffCase) mayNote() bool {
	return k.Area == consultantArea && !k.MeetingNotesErased(k.Now)
}

// ownNotes finds the meeting, whose notes must not have been erased.
func (s *Server) ownNotes(c *gin.Context) (k staffCase, err error) {
	k = caseOf(c)
	if err := findMeeting(s, c, &k); err != nil {
		return k, err
	}
	if !k.mayNote() {
		return k, ownNotesErased(k)
	}
	return k, nil
}

// showOwnNotes is the page, with what was typed before a new login in the place
// of what was saved.
func (s *Server) showOwnNotes(c *gin.Context) error {
	k, err := s.ownNotes(c)
	if err != nil {
		return err
	}
	note, err := s.store.MeetingNote(c.Request.Context(), k.Which.ID, k.By.Consultant)
	if err != nil {
		return err
	}
	typed := s.typed(c)
	if typed == nil {
		return s.write(c, http.StatusOK, newOwnNotesPage(k, note, asking{typed: url.Values{noteField: {note.Text}}}))
	}
	page := newOwnNotesPage(k, note, asking{typed: typed})
	if page.Restored = true; typed.Get(versionName) != page.Version {
		page.changed(note)
	}
	return s.write(c, http.StatusOK, page)
}

// sendOwnNotes saves them. What was written in another window meanwhile is
// shown beside what was typed here, and nothing is lost.
func (s *Server) sendOwnNotes(c *gin.Context) error {
	k, err := s.ownNotes(c)
	if err != nil {
		return err
	}
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	ctx, sent := c.Request.Context(), c.Request.PostForm
	seen, err := strconv.Atoi(sent.Get(versionName))
	if err != nil {
		return errBadForm
	}
	asks := asking{typed: sent}
	if m, found := forloeb.MeetingNoteMistake(sent.Get(noteField)); found {
		asks.wrong = []fieldError{{noteField, m.Danish()}}
		return s.write(c, http.StatusUnprocessableEntity, newOwnNotesPage(k, forloeb.MeetingNote{Version: seen}, asks))
	}
	err = s.store.SaveMeetingNote(ctx, k.Which.ID, k.By.Consultant, seen, sent.Get(noteField))
	if !errors.Is(err, forloeb.ErrMeetingNoteChanged) {
		return seeOtherUnless(err, c, withDone(k.Home(), doneOwnNotes))
	}
	note, err := s.store.MeetingNote(ctx, k.Which.ID, k.By.Consultant)
	if err != nil {
		return err
	}
	page := newOwnNotesPage(k, note, asks)
	page.changed(note)
	return s.write(c, http.StatusConflict, page)
}

func newOwnNotesPage(k staffCase, note forloeb.MeetingNote, a asking) *actPage {
	text := a.text(noteField, "Noter")
	text.Hint, text.Optional = "Kun du kan se dem. Skriv ikke CPR-numre.", true
	page := &actPage{
		Case: headOf(k), Heading: "Mine noter, " + whenOf(k.Which), Button: "Gem noterne", Action: ownNotesAddress(k), Version: strconv.Itoa(note.Version),
		Form: actForm{Fields: []field{text}, Effects: []string{
			ownNotesUntil(k),
			k.say("Får sagen en anden konsulent, bliver de ikke givet videre, og de slettes efter " + strconv.Itoa(forloeb.MeetingNoteDays) + " dage. Skriv en overlevering om det, der skal bruges."),
		}},
	}
	page.Errors = a.wrong
	return page
}

// whenOf names a meeting by its day.
func whenOf(m *forloeb.Meeting) string { return "mødet " + forloeb.Date(m.StartsAt) }

// ownNotesUntil says when they are erased.
func ownNotesUntil(k staffCase) string {
	if until := k.MeetingNotesUntil(); !until.IsZero() {
		return "De slettes " + forloeb.Date(until) + "."
	}
	return "De slettes tre måneder efter, at forløbet er slut."
}

// changed shows what is saved beside what was typed, to be put together.
func (p *actPage) changed(note forloeb.MeetingNote) {
	p.Conflict = "Du har gemt noterne i et andet vindue, mens du skrev her. Det, der er gemt, står herunder; det, du har skrevet nu, står i feltet og er ikke gemt. Gemmer du, gælder feltet."
	p.Form.Remarks = []caseRemark{{What: "Gemt " + forloeb.DateTime(note.At), Text: note.Text}}
}

func ownNotesErased(k staffCase) *messagePage {
	return &messagePage{
		Status: http.StatusGone, Heading: "Noterne er slettet",
		Paragraphs: []string{"Forløbet er slut, og noter til møderne slettes tre måneder efter."},
		Ways:       []wayOn{{Label: "Se sagen", Address: k.Home()}},
	}
}
