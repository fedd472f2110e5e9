package api

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// noteField is what a note is typed into.
const noteField = "note"

// noteRoutes are the pages of notes, in both areas that have them.
func (s *Server) noteRoutes() (routes []route) {
	for _, area := range caseAreas {
		if area.path == consultantArea {
			continue
		}
		notes := area.path + "/forloeb/{id}/notater"
		routes = append(routes,
			pageAt(http.MethodGet, notes+"/nyt", area.policy, s.showNewNote),
			pageAt(http.MethodPost, notes+"/nyt", area.policy, s.sendNote),
			pageAt(http.MethodGet, notes+"/{note}/streg", area.policy, s.showStrikeNote),
			pageAt(http.MethodPost, notes+"/{note}/streg", area.policy, s.strikeNote))
	}
	return routes
}

func notesAddress(k staffCase) string { return k.Home() + "/notater" }

func strikeAddress(k staffCase, n forloeb.Note) string {
	return notesAddress(k) + "/" + strconv.FormatInt(n.ID, 10) + "/streg"
}

// whoReadsNotes is said where one is written.
func whoReadsNotes(k staffCase) string {
	who := "Sekretariatet ser notatet."
	if k.Area == providerArea {
		who = "I og sekretariatet ser notatet."
	}
	return who + " Det er en del af sagen og kan komme med, hvis nogen beder om indsigt."
}

// notesOf are the notes as the forløb's page shows them.
func notesOf(k staffCase, notes []forloeb.Note) (list []caseNote) {
	for _, n := range notes {
		line := caseNote{What: noteHead(n), Text: n.Text}
		if !n.Struck.IsZero() {
			line.Struck = "Streget af " + n.StruckBy + " " + forloeb.DateTime(n.Struck) + ". Det, der stod, er slettet."
		}
		if n.MayBeStruck(k.By) {
			line.Strike = strikeAddress(k, n)
		}
		list = append(list, line)
	}
	return list
}

func noteHead(n forloeb.Note) string { return n.Name + ", " + forloeb.DateTime(n.At) }

// showNewNote asks for a note.
func (s *Server) showNewNote(c *gin.Context) error {
	k := caseOf(c)
	if k.Anonymised() {
		return &forloeb.Refusal{Code: forloeb.RefuseErased}
	}
	typed := s.typed(c)
	page := newNotePage(k, asking{typed: typed}, c.Query(cameFrom))
	page.Restored = typed != nil
	return s.write(c, http.StatusOK, page)
}

// sendNote writes it down, or shows the form again.
func (s *Server) sendNote(c *gin.Context) error {
	k := caseOf(c)
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	sent := c.Request.PostForm
	if m, found := forloeb.NoteMistake(sent.Get(noteField)); found {
		asks := asking{wrong: []fieldError{{noteField, m.Danish()}}, typed: sent}
		return s.write(c, http.StatusUnprocessableEntity, newNotePage(k, asks, c.Query(cameFrom)))
	}
	if err := s.store.WriteNote(c.Request.Context(), k.ID, k.By, sent.Get(noteField)); err != nil {
		return err
	}
	return seeOther(c, backFrom(c, k, doneNote))
}

func newNotePage(k staffCase, a asking, from string) *actPage {
	text := a.text(noteField, "Notat")
	text.Hint = whoReadsNotes(k) + " Skriv ikke CPR-numre."
	page := &actPage{
		Case: headOf(k), Heading: "Skriv et notat", Button: "Gem notatet", Action: notesAddress(k) + "/nyt",
		Form: actForm{Fields: []field{text}, Effects: []string{"Notatet står i sagen med dit navn og klokkeslættet. Det kan ikke rettes, men du kan strege det.", "Ingen får en mail."}},
	}
	if from == fromToday {
		page.Action += "?" + cameFrom + "=" + fromToday
	}
	page.Errors = a.wrong
	return page
}

// theNote is the one that the address names, if the reader may strike it.
func (s *Server) theNote(c *gin.Context, k staffCase) (n forloeb.Note, err error) {
	id, err := strconv.ParseInt(c.Param("note"), 10, 64)
	if err != nil {
		return n, errNoRoute
	}
	notes, err := s.store.Notes(c.Request.Context(), k.ID)
	if err != nil {
		return n, err
	}
	i := slices.IndexFunc(notes, func(n forloeb.Note) bool { return n.ID == id })
	switch {
	case i < 0:
		return n, errNoRoute
	case !notes[i].MayBeStruck(k.By):
		return n, &forloeb.Refusal{Code: forloeb.RefuseNoteStands}
	}
	return notes[i], nil
}

// showStrikeNote asks whether a note is to lose its words.
func (s *Server) showStrikeNote(c *gin.Context) error {
	k := caseOf(c)
	n, err := s.theNote(c, k)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, strikePage(k, n))
}

func (s *Server) strikeNote(c *gin.Context) error {
	k := caseOf(c)
	n, err := s.theNote(c, k)
	if err != nil {
		return err
	}
	if err := s.store.StrikeNote(c.Request.Context(), k.ID, n.ID, k.By); err != nil {
		return err
	}
	return seeOther(c, withDone(k.Home(), doneStruck))
}

func strikePage(k staffCase, n forloeb.Note) *actPage {
	return &actPage{
		Case: headOf(k), Heading: "Streg notatet", Button: "Streg notatet", Action: strikeAddress(k, n), Final: true,
		Form: actForm{
			Remarks: []caseRemark{{What: noteHead(n), Text: n.Text}},
			Effects: []string{"Ordene bliver slettet og kan ikke hentes igen.", "En linje i sagen siger, hvem der skrev notatet, og at du har streget det."},
		},
	}
}
