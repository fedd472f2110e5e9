package api

import (
	"net/http"
	"net/url"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

const intakesPath = secretariatArea + "/modtagelse"

// showIntakes lists the programmes, and whether they take applications.
func (s *Server) showIntakes(c *gin.Context) error {
	page := &intakesPage{}
	for _, p := range forloeb.Programmes {
		decided, err := s.store.Intake(c.Request.Context(), p.Code)
		if err != nil {
			return err
		}
		line := intakeLineOf(p, decided, s.now())
		if line.Drafts, err = s.store.CountApplicationDrafts(c.Request.Context(), p.Code); err != nil {
			return err
		}
		page.List = append(page.List, line)
	}
	return s.write(c, http.StatusOK, page)
}

func intakeLineOf(p forloeb.Programme, decided forloeb.IntakeDecision, at time.Time) intakeLine {
	now := p.IntakeAt(decided, at)
	line := intakeLine{Name: p.Name, Address: intakesPath + "/" + string(p.Code), State: badge{Text: "Åben", Kind: "success"}, By: decided.By, At: decided.At}
	if !now.Open {
		line.State, line.Told = badge{Text: "Lukket", Kind: "warning"}, now.Heading()+". "+now.Told()
	}
	if decided.State != forloeb.IntakeAgreed && !decided.At.IsZero() {
		line.Decided = decided.State.Label() + onDays(decided) + "."
	}
	return line
}

// onDays are those that a decision is about: " fra … til og med …".
func onDays(i forloeb.IntakeDecision) (words string) {
	if !i.From.IsZero() {
		words = " fra " + forloeb.Date(i.From)
	}
	if !i.Until.IsZero() {
		words += " til og med " + forloeb.Date(i.Until)
	}
	return words
}

// showIntake is the form with the decision that stands.
func (s *Server) showIntake(c *gin.Context) error {
	page, err := intakePageOf(c)
	if err != nil {
		return err
	}
	decided, err := s.store.Intake(c.Request.Context(), forloeb.ProgrammeCode(c.Param("programme")))
	if err != nil {
		return err
	}
	page.Form = intakeFormOf(decided)
	if typed := s.typed(c); typed != nil {
		page.Form, page.Restored = intakeFormFrom(typed), true
	}
	return s.write(c, http.StatusOK, page)
}

// sendIntake shows what will follow, and then writes it down.
func (s *Server) sendIntake(c *gin.Context) error {
	page, err := intakePageOf(c)
	if err != nil {
		return err
	}
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	programme, _ := forloeb.ProgrammeByCode(forloeb.ProgrammeCode(c.Param("programme")))
	page.Form = intakeFormFrom(c.Request.PostForm)
	decision, wrong := page.Form.decision(programme.Code, s.now())
	if page.Errors = wrong; len(wrong) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if c.PostForm("act") != "save" {
		drafts, err := s.store.CountApplicationDrafts(c.Request.Context(), programme.Code)
		if err != nil {
			return err
		}
		page.Preview = newIntakePreview(programme, decision, drafts, s.now())
		return s.write(c, http.StatusOK, page)
	}
	if err := s.decide(c.Request.Context(), decision); err != nil {
		return err
	}
	return seeOther(c, withDone(intakesPath, doneIntake))
}

// intakePageOf is the page of the programme that the address names.
func intakePageOf(c *gin.Context) (*intakePage, error) {
	p, known := forloeb.ProgrammeByCode(forloeb.ProgrammeCode(c.Param("programme")))
	if !known {
		return nil, errNoRoute
	}
	return &intakePage{Name: p.Name, Action: intakesPath + "/" + string(p.Code)}, nil
}

func intakeFormOf(i forloeb.IntakeDecision) intakeForm {
	form := intakeForm{State: string(i.State), Notice: i.Notice}
	if !i.From.IsZero() {
		form.From = forloeb.ShortDate(i.From)
	}
	if !i.Until.IsZero() {
		form.Until = forloeb.ShortDate(i.Until)
	}
	return form
}

func intakeFormFrom(sent url.Values) intakeForm {
	return intakeForm{State: sent.Get("state"), From: sent.Get("from"), Until: sent.Get("until"), Notice: sent.Get("notice")}
}

// drafted counts drafts.
func drafted(n int) string {
	if n == 1 {
		return "1 kladde"
	}
	return forloeb.Number(n) + " kladder"
}

// decision reads the form.
func (f intakeForm) decision(p forloeb.ProgrammeCode, at time.Time) (i forloeb.IntakeDecision, wrong []fieldError) {
	read := func(id, typed string) (day time.Time) {
		if forloeb.CleanLine(typed) == "" {
			return day
		}
		day, err := forloeb.ParseDate(typed)
		if err != nil {
			wrong = append(wrong, fieldError{id, forloeb.ErrDate.Danish()})
		}
		return day
	}
	i = forloeb.IntakeDecision{Programme: p, State: forloeb.IntakeState(f.State), From: read("from", f.From), Until: read("until", f.Until), Notice: f.Notice}
	for _, m := range i.Check(at) {
		wrong = append(wrong, fieldError{m.Field, m.Danish()})
	}
	return i, wrong
}

// newIntakePreview is what follows on the first day of a decision, where so many
// drafts have been saved.
func newIntakePreview(p forloeb.Programme, i forloeb.IntakeDecision, drafts int, at time.Time) *intakePreview {
	preview, when := &intakePreview{}, "nu"
	if i.From.After(at) {
		at, when = i.From, forloeb.Date(i.From)
	}
	i.Notice = forloeb.CleanText(i.Notice)
	now := p.IntakeAt(i, at)
	if now.Open {
		preview.Effects = []string{"Der kan søges fra " + when + ", og forsiden siger ikke noget om modtagelsen."}
	} else {
		preview.Closed = &now
		preview.Effects = []string{
			"Lukker du " + when + ", kan ingen sende en ansøgning, heller ikke fra en formular, der allerede er åben.",
			"Ansøgninger, der venter på svar, fortsætter, og det samme gør alle forløb.",
		}
		if drafts > 0 {
			preview.Effects = append(preview.Effects, drafted(drafts)+" bliver liggende og kan åbnes og gemmes, men ikke sendes.")
		}
	}
	if !i.Until.IsZero() && i.State != forloeb.IntakeAgreed {
		preview.Effects = append(preview.Effects, "Efter "+forloeb.Date(i.Until)+" er det som aftalt igen.")
	}
	preview.Effects = append(preview.Effects, "Ingen får en mail om det.")
	return preview
}
