package api

import (
	"encoding/json"
	"net/http"
	"net/url"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// insightPath is where the secretariat answers somebody who asks what is kept
// about them, and who has seen it (GDPR, article 15).
const insightPath = secretariatArea + "/indsigt"

func (s *Server) showInsight(c *gin.Context) error {
	return s.write(c, http.StatusOK, newInsightPage(asking{}, nil))
}

// sendInsight gathers it: as a page to read and print, or as a file. The
// address is typed into a form and stands in no address of ours.
func (s *Server) sendInsight(c *gin.Context) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	sent := c.Request.PostForm
	if wrong := insightMistakes(sent); len(wrong) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, newInsightPage(asking{wrong: wrong, typed: sent}, nil))
	}
	in, err := s.store.Insight(c.Request.Context(), sent.Get("email"))
	if err != nil {
		return err
	}
	if err := s.exported(c, in, forloeb.CleanLine(sent.Get("words"))); err != nil {
		return err
	}
	if sent.Get("format") != "fil" {
		return s.write(c, http.StatusOK, newInsightPage(asking{typed: sent}, &in))
	}
	document, err := json.MarshalIndent(in, "", "  ")
	if err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="indsigt.json"`)
	c.Data(http.StatusOK, "application/json; charset=utf-8", document)
	return nil
}

// exported writes a line for each forløb that something is taken out of, and
// one where there is none.
func (s *Server) exported(c *gin.Context, in forloeb.Insight, words string) error {
	line := lineOf(principal(c.Request.Context()), insightPath, http.MethodPost)
	line.Kind, line.Purpose, line.Words = forloeb.AccessExport, forloeb.PurposeInsight, words
	if len(in.Forloeb) == 0 {
		return s.store.NoteAccess(c.Request.Context(), line)
	}
	for _, k := range in.Forloeb {
		line.Forloeb = k.ID
		if err := s.store.NoteAccess(c.Request.Context(), line); err != nil {
			return err
		}
	}
	return nil
}

func insightMistakes(sent url.Values) (wrong []fieldError) {
	if !forloeb.ValidEmail(forloeb.NormaliseEmail(sent.Get("email"))) {
		wrong = append(wrong, fieldError{"email", "Skriv mailadressen på den, der har bedt om indsigt."})
	}
	switch words := forloeb.CleanLine(sent.Get("words")); {
	case words == "":
		wrong = append(wrong, fieldError{"words", "Skriv kort, hvem der har bedt om det, og hvordan."})
	case len([]rune(words)) > forloeb.MaxPurposeWords:
		wrong = append(wrong, fieldError{"words", "Skriv det kortere, højst 200 tegn."})
	}
	return wrong
}

func newInsightPage(a asking, in *forloeb.Insight) *insightPage {
	email, words := a.line("email", "Mailadresse", ""), a.line("words", "Hvad er der bedt om?", "")
	email.Kind, email.Autocomplete = "email", "off"
	email.Hint = "Vi finder alle forløb, hvor den er eller har været en parts adresse."
	words.Hint = "Fx: Bad om indsigt i mail den 4. maj. Det bliver stående i loggen."
	page := &insightPage{Fields: []field{email, words}}
	page.Errors = a.wrong
	if in == nil {
		return page
	}
	page.Email, page.MadeAt, page.None = in.Email, forloeb.DateTime(in.MadeAt), len(in.Forloeb) == 0
	for _, k := range in.Forloeb {
		page.Cases = append(page.Cases, insightCaseOf(k))
	}
	return page
}

func insightCaseOf(k forloeb.InsightCase) insightCase {
	c := insightCase{Reference: k.Reference, Workplace: k.Workplace, Facts: []string{
		"Søgte " + forloeb.Date(k.AppliedAt), k.Role.Label(), k.Name,
	}}
	for _, more := range []string{k.Title, k.Phone} {
		if more != "" {
			c.Facts = append(c.Facts, more)
		}
	}
	add := func(heading string, lines []string) {
		if len(lines) > 0 {
			c.Parts = append(c.Parts, insightPart{heading, lines})
		}
	}
	var answers, texts, meetings, mails, asked, seen []string
	for _, a := range k.Answers {
		answers = append(answers, map[string]string{"yes": "Ja", "no": "Nej"}[a.Answer]+", "+forloeb.DateTime(a.At)+signed(a.Signature))
	}
	for _, t := range k.Texts {
		texts = append(texts, insightKinds[t.Kind]+t.Text)
	}
	for _, m := range k.Meetings {
		meetings = append(meetings, forloeb.DateTime(m.StartsAt)+" "+m.Place)
	}
	for _, m := range k.Mails {
		line := m.Kind.Label()
		if m.SentAt != nil {
			line += ", " + forloeb.DateTime(*m.SentAt)
		}
		mails = append(mails, line)
	}
	for _, e := range k.Evaluations {
		asked = append(asked, asWhenAnswered(e))
	}
	for _, a := range k.SeenBy {
		seen = append(seen, forloeb.DateTime(a.At)+": "+a.Role.Label()+". "+a.Kind.Label()+". "+a.Purpose.Label())
	}
	add("Svar på ansøgningen", answers)
	add("Det, der er skrevet", texts)
	add("Møder", meetings)
	add("Mails til personen", mails)
	add("Evalueringer", asked)
	add("Hvem har set sagen", seen)
	return c
}

// insightKinds say what a text is, where that is not plain.
var insightKinds = map[string]string{"application": "Ansøgningen: ", "note": "Notat: "}

func signed(name string) string {
	if name == "" {
		return ""
	}
	return ", skrev under som »" + name + "«"
}

func asWhenAnswered(e forloeb.InsightAsked) string {
	switch {
	case e.AnsweredAt != nil:
		return "Svarede " + forloeb.DateTime(*e.AnsweredAt) + ". Svaret er gemt uden navn."
	case e.RefusedAt != nil:
		return "Ville ikke svare, " + forloeb.DateTime(*e.RefusedAt) + "."
	}
	return "Blev spurgt og svarede ikke."
}
