package api

import (
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

const (
	roundsPath     = secretariatArea + "/runder"
	closeRoundPath = roundsPath + "/luk"
)

// The form's fields, each with the forløb's id behind it.
const (
	decisionField = "afgoerelse-"
	reasonField   = "grund-"
	wordsField    = "ord-"
)

// showRounds is the open round of a programme, and those before.
func (s *Server) showRounds(c *gin.Context) error {
	programme, err := roundProgramme(c.Query("program"))
	if err != nil {
		return err
	}
	return s.writeRounds(c, programme, http.StatusOK, nil)
}

// roundProgramme is the programme that is asked for, SPARK unless one is named.
func roundProgramme(code string) (forloeb.Programme, error) {
	if code == "" {
		code = string(forloeb.Spark)
	}
	p, known := forloeb.ProgrammeByCode(forloeb.ProgrammeCode(code))
	if !known {
		return p, errNoRoute
	}
	return p, nil
}

// writeRounds shows the round with what was chosen, and the rounds before.
func (s *Server) writeRounds(c *gin.Context, p forloeb.Programme, status int, wrong []fieldError) error {
	ctx := c.Request.Context()
	open, err := s.store.OpenRound(ctx, p.Code)
	if err != nil {
		return err
	}
	closed, err := s.store.ClosedRounds(ctx, p.Code)
	if err != nil {
		return err
	}
	typed := s.typed(c)
	if typed != nil {
		for i, l := range open.Lines {
			open.Lines[i].Choice = roundChoice(l.Choice.Forloeb, typed)
		}
	}
	page := newRoundsPage(p, open, closed, wrong)
	page.Restored = typed != nil
	return s.write(c, status, page)
}

// sendRound keeps what was chosen, and leads on to closing the round when that
// is asked for and nothing is missing.
func (s *Server) sendRound(c *gin.Context) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	sent := c.Request.PostForm
	programme, err := roundProgramme(sent.Get("program"))
	if err != nil {
		return err
	}
	choices, err := roundChoices(sent)
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	if err := s.store.SaveRound(ctx, programme.Code, principal(ctx).Actor(), choices); err != nil {
		return err
	}
	if sent.Get("videre") == "" {
		return seeOther(c, withDone(roundsPath, doneRoundSaved)+"&program="+string(programme.Code))
	}
	open, err := s.store.OpenRound(ctx, programme.Code)
	if err != nil {
		return err
	}
	if wrong := roundLacks(open); len(wrong) > 0 {
		return s.writeRounds(c, programme, http.StatusUnprocessableEntity, wrong)
	}
	return seeOther(c, closeRoundPath+"?program="+string(programme.Code))
}

// roundChoices reads the form: every forløb that it shows.
func roundChoices(sent url.Values) (list []forloeb.RoundChoice, err error) {
	for _, text := range sent["sag"] {
		id, err := uuid.Parse(text)
		if err != nil {
			return nil, errBadForm
		}
		choice := roundChoice(id, sent)
		if choice.Decision != "" && !choice.Decision.Valid() || choice.Reason != "" && !choice.Reason.Valid() {
			return nil, errBadForm
		}
		list = append(list, choice)
	}
	return list, nil
}

func roundChoice(id uuid.UUID, sent url.Values) forloeb.RoundChoice {
	return forloeb.RoundChoice{
		Forloeb: id, Decision: forloeb.Decision(sent.Get(decisionField + id.String())),
		Reason: forloeb.RejectReason(sent.Get(reasonField + id.String())), Words: sent.Get(wordsField + id.String()),
	}
}

// lackWords are what a line lacks: the field, and what to do.
var lackWords = map[forloeb.Lack]struct{ field, words string }{
	forloeb.LacksDecision: {decisionField, "mangler en afgørelse."},
	forloeb.LacksReason:   {reasonField, "mangler en grund til afslaget."},
	forloeb.LacksWords:    {wordsField, "mangler ord om, hvorfor I giver afslag."},
}

func roundLacks(r forloeb.Round) (wrong []fieldError) {
	for _, l := range r.Lines {
		if lack, lacking := lackWords[l.Choice.Lacks()]; lacking {
			wrong = append(wrong, fieldError{lack.field + l.Choice.Forloeb.String(), "Sag " + l.Reference + " " + lack.words})
		}
	}
	return wrong
}

// showCloseRound is the step before: what is sent to whom.
func (s *Server) showCloseRound(c *gin.Context) error {
	programme, err := roundProgramme(c.Query("program"))
	if err != nil {
		return err
	}
	return s.writeCloseRound(c, programme, http.StatusOK, false)
}

func (s *Server) writeCloseRound(c *gin.Context, p forloeb.Programme, status int, changed bool) error {
	open, err := s.store.OpenRound(c.Request.Context(), p.Code)
	switch {
	case err != nil:
		return err
	case len(open.Lines) == 0:
		return seeOther(c, roundsAddress(p.Code))
	case open.Lacking() > 0:
		return s.writeRounds(c, p, http.StatusUnprocessableEntity, roundLacks(open))
	}
	page := newCloseRoundPage(open)
	page.Changed = changed
	return s.write(c, status, page)
}

// sendCloseRound closes it. What has changed since it was shown is shown first.
func (s *Server) sendCloseRound(c *gin.Context) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	programme, err := roundProgramme(c.PostForm("program"))
	if err != nil {
		return err
	}
	seen, err := roundSeen(c.PostForm("set"))
	if err != nil {
		return err
	}
	ctx := c.Request.Context()
	closed, err := s.store.CloseRound(ctx, programme.Code, principal(ctx).Actor(), seen)
	if errors.Is(err, forloeb.ErrRoundChanged) || errors.Is(err, forloeb.ErrRoundUndecided) {
		return s.writeCloseRound(c, programme, http.StatusConflict, true)
	}
	if err != nil {
		return err
	}
	s.process.Now(ctx, closed.Acts...)
	return seeOther(c, withDone(roundsPath+"/"+closed.ID.String(), doneRoundClosed))
}

// seenText carries what somebody has seen through the form.
func seenText(r forloeb.RoundSeen) string {
	return strconv.FormatInt(r.SavedAt, 10) + "." + strconv.Itoa(r.Waiting)
}

func roundSeen(text string) (r forloeb.RoundSeen, err error) {
	if _, err := fmt.Sscanf(text, "%d.%d", &r.SavedAt, &r.Waiting); err != nil {
		return r, errBadForm
	}
	return r, nil
}

// showRound is the record of a closed round.
func (s *Server) showRound(c *gin.Context) error {
	id, err := uuid.Parse(c.Param("id"))
	if err != nil {
		return errNoRoute
	}
	r, err := s.store.ClosedRound(c.Request.Context(), id)
	if refused := (*forloeb.Refusal)(nil); errors.As(err, &refused) {
		return errNoRoute
	}
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, newRoundPage(r))
}

func roundsAddress(p forloeb.ProgrammeCode) string { return roundsPath + "?program=" + string(p) }

func newRoundsPage(p forloeb.Programme, open forloeb.Round, closed []forloeb.Round, wrong []fieldError) *roundsPage {
	page := &roundsPage{Programme: string(p.Code), Fairness: fairness(open), Summary: waitingForRound(len(open.Lines))}
	page.Errors = wrong
	if !open.SavedAt.IsZero() {
		page.Saved = "Gemt " + forloeb.DateTime(open.SavedAt) + byWhom(open.SavedBy) + "."
	}
	for _, other := range forloeb.Programmes {
		if other.Code != p.Code {
			page.Others = append(page.Others, programmeLink{other.Name, roundsAddress(other.Code)})
		}
	}
	for _, l := range open.Lines {
		page.Rows = append(page.Rows, openRoundLine(open.Programme, l, wrong))
	}
	for _, r := range closed {
		page.Closed = append(page.Closed, roundHead{roundsPath + "/" + r.ID.String(), roundTitle(r), roundResult(r)})
	}
	return page
}

func waitingForRound(n int) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "Én ansøgning venter på vurdering."
	}
	return strconv.Itoa(n) + " ansøgninger venter på vurdering."
}

func byWhom(name string) string {
	if name == "" {
		return ""
	}
	return " af " + name
}

// roundLineOf tells what a decision rests on.
func roundLineOf(p forloeb.ProgrammeCode, l forloeb.RoundLine) roundLine {
	line := roundLine{
		ID: l.Choice.Forloeb.String(), Reference: l.Reference, Address: caseAddress(l.Choice.Forloeb), Workplace: l.Workplace,
		Where: forloeb.PlaceLabel(l.Municipality) + ", " + forloeb.WorkLabel(string(l.Sector)), Themes: strings.Join(shortThemes(p, l.Themes), ", "),
		Waited: "Har ventet " + days(l.Waited) + ", siden " + forloeb.ShortDate(l.AgreedAt), Waitlisted: l.Waitlisted, Before: "Har ikke haft et forløb før",
	}
	if l.Earlier > 0 {
		line.Before = "Har haft " + strconv.Itoa(l.Earlier) + " forløb før"
	}
	return line
}

func openRoundLine(p forloeb.ProgrammeCode, l forloeb.RoundLine, wrong []fieldError) roundLine {
	line, id := roundLineOf(p, l), l.Choice.Forloeb.String()
	line.Decision = newInput(wrong, decisionField+id, "Afgørelse", string(l.Choice.Decision))
	for _, d := range []forloeb.Decision{forloeb.Approve, forloeb.Waitlist, forloeb.Reject} {
		line.Decision.Options = append(line.Decision.Options, option{Value: string(d), Label: roundGroups[d].label})
	}
	line.Reason = newInput(wrong, reasonField+id, "Grund til et afslag", string(l.Choice.Reason))
	line.Reason.First = "Vælg ved afslag"
	for _, r := range forloeb.RejectReasons {
		line.Reason.Options = append(line.Reason.Options, option{Value: string(r), Label: r.Label()})
	}
	line.Words = newInput(wrong, wordsField+id, "Egne ord", l.Choice.Words)
	line.Words.Optional, line.Words.Kind, line.Words.Width = true, "text", "xl"
	return line
}

// roundGroups are the decisions: as a choice, as a heading, and what comes of it.
var roundGroups = map[forloeb.Decision]struct{ label, title, then string }{
	forloeb.Approve:  {"Godkend", "Godkendt", "Begge parter får at vide, at ansøgningen er godkendt. Så finder vi en konsulent."},
	forloeb.Waitlist: {"Venteliste", "Venteliste", "Begge parter får at vide, at de er på venteliste. Ansøgningen er med i næste runde."},
	forloeb.Reject:   {"Afslag", "Afslag", "Begge parter får et svar og kan læse grunden på deres side. Sagen lukker og kan ikke åbnes igen."},
}

func newCloseRoundPage(r forloeb.Round) *closeRoundPage {
	people := 0
	page := &closeRoundPage{Programme: string(r.Programme), Seen: seenText(r.Seen()), Result: roundResult(r)}
	for _, d := range []forloeb.Decision{forloeb.Approve, forloeb.Waitlist, forloeb.Reject} {
		group := roundGroup{Title: roundGroups[d].title, Then: roundGroups[d].then}
		for _, l := range r.Decided(d) {
			line := roundLineOf(r.Programme, l)
			if d == forloeb.Reject {
				line.Read = l.Choice.Deed().Reason
			}
			group.Rows, people = append(group.Rows, line), people+l.People
		}
		if group.Rows != nil {
			page.Groups = append(page.Groups, group)
		}
	}
	page.Letters = fmt.Sprintf("%d personer får mail, når du lukker runden.", people)
	return page
}

func newRoundPage(r forloeb.Round) *roundPage {
	page := &roundPage{
		Title: roundTitle(r), Closed: "Lukket " + forloeb.DateTime(r.ClosedAt) + byWhom(r.ClosedBy) + ".", Result: roundResult(r), Fairness: fairness(r),
	}
	for _, l := range r.Lines {
		line := roundLineOf(r.Programme, l)
		line.Decided = roundGroups[l.Choice.Decision].title
		if l.Choice.Decision == forloeb.Reject {
			line.Decided += ": " + l.Choice.Reason.Label()
		}
		page.Rows = append(page.Rows, line)
	}
	return page
}

func roundTitle(r forloeb.Round) string {
	return fmt.Sprintf("Runde %d, %s", r.Number, forloeb.Date(r.ClosedAt))
}

// roundResult is "14 godkendt, 5 på venteliste, 2 afslag".
func roundResult(r forloeb.Round) string {
	return fmt.Sprintf("%d godkendt, %d på venteliste, %d afslag", len(r.Decided(forloeb.Approve)), len(r.Decided(forloeb.Waitlist)), len(r.Decided(forloeb.Reject)))
}

// fairness is how the round is spread.
func fairness(r forloeb.Round) []fairnessTable {
	if len(r.Lines) == 0 {
		return nil
	}
	table := func(head string, lately map[string]int, label func(string) string, codes func(forloeb.RoundLine) []string) fairnessTable {
		t := fairnessTable{Caption: "Fordelt på " + strings.ToLower(head), Head: head}
		for _, s := range r.Shares(lately, codes) {
			t.Rows = append(t.Rows, fairnessRow{label(s.Code), s.Waiting, s.Approved, s.Lately})
		}
		return t
	}
	place := "Kommune"
	if p, _ := forloeb.ProgrammeByCode(r.Programme); p.Audience == forloeb.OfTheRegion {
		place = "Region"
	}
	return []fairnessTable{
		table(place, r.Lately.Municipalities, forloeb.PlaceLabel, func(l forloeb.RoundLine) []string { return []string{l.Municipality} }),
		table("Arbejdsområde", r.Lately.Sectors, forloeb.WorkLabel,
			func(l forloeb.RoundLine) []string { return []string{string(l.Sector)} }),
		table("Tema", r.Lately.Themes, func(code string) string {
			return shortThemes(r.Programme, []forloeb.ThemeCode{forloeb.ThemeCode(code)})[0]
		},
			func(l forloeb.RoundLine) (codes []string) {
				for _, t := range l.Themes {
					codes = append(codes, string(t))
				}
				return codes
			}),
	}
}

// shortThemes are themes as they stand in a table.
func shortThemes(p forloeb.ProgrammeCode, codes []forloeb.ThemeCode) (list []string) {
	programme, _ := forloeb.ProgrammeByCode(p)
	for _, code := range codes {
		t, known := programme.Theme(code)
		if !known {
			t.Short = string(code)
		}
		list = append(list, t.Short)
	}
	return list
}

func days(n int) string {
	if n == 1 {
		return "1 dag"
	}
	return strconv.Itoa(n) + " dage"
}
