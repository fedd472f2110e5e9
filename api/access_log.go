package api

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// searches are the addresses that show many forløb at once. Each request is a
// line of the access log, with what was asked for as codes.
var searches = map[string]bool{
	secretariatArea + "/": true, listPath: true, mailLogPath: true, heldPath: true, roundsPath: true, closeRoundPath: true, roundsPath + "/{id}": true,
	providerArea + "/": true, providerArea + "/forloeb": true,
	consultantsPath + "/{id}" + recusalsPath: true, expertsPath + "/{id}" + recusalsPath: true, ownRecusalsPath: true,
	consultantArea + "/": true, ownPath: true, consultantArea + "/kalender": true,
	"/api/v1/forloeb": true, "/api/v1/tasks": true,
}

// traced writes the line of the access log that a request for a page is, after
// its policy and before anything is shown: what cannot be written down is not
// to be had. It reports that the request is answered: a closed forløb opens
// when somebody has said why.
func (s *Server) traced(c *gin.Context, path string, p policy) (answered bool, err error) {
	k := caseOf(c)
	switch {
	case forPrograms(path) && !searches[path], strings.HasSuffix(path, purposePath):
		return false, nil // an operation finds its forløb itself; the form writes its own line
	case k.Forloeb != nil:
		return s.opens(c, path, k)
	case p.roles != nil && searches[path]:
		return false, s.searched(c, path)
	}
	return false, nil
}

func (s *Server) opens(c *gin.Context, path string, k staffCase) (answered bool, err error) {
	ctx := c.Request.Context()
	if c.Request.Method == http.MethodGet && k.Status.Closed() {
		pause := forloeb.Sitting
		if byItself(c) {
			pause = forloeb.LongSitting
		}
		switch lately, err := s.store.LookedAt(ctx, k.By.ID, k.ID, pause); {
		case err != nil:
			return true, err
		case !lately:
			return true, seeOther(c, purposeAddress(k, c.Request.URL.Path))
		}
	}
	line := lineOf(k.By, path, c.Request.Method)
	line.Forloeb = k.ID
	if c.Query(cameFrom) == fromToday && line.Purpose == forloeb.PurposeSearch {
		line.Purpose = forloeb.PurposeTask
	}
	if byItself(c) {
		return false, s.store.NoteStillOpen(ctx, line)
	}
	return false, s.store.NoteAccess(ctx, line)
}

// lineOf is a line as far as it follows from who asks and where.
func lineOf(by forloeb.Principal, path, method string) forloeb.AccessLine {
	line := forloeb.AccessLine{Who: by.ID, Role: by.Role, Route: path, Kind: forloeb.AccessChange, Purpose: forloeb.PurposeSearch}
	if method == http.MethodGet {
		line.Kind = forloeb.AccessRead
	}
	if by.Role == forloeb.RoleConsultant || by.Role == forloeb.RoleProvider {
		line.Purpose = forloeb.PurposeOwn
	}
	if forPrograms(path) {
		line.Program, line.Purpose = true, forloeb.PurposeProgram
	}
	return line
}

func (s *Server) searched(c *gin.Context, path string) error {
	ctx := c.Request.Context()
	line := lineOf(principal(ctx), path, http.MethodGet)
	line.Kind, line.Filters = forloeb.AccessSearch, filterCodes(c.Request.URL.Query())
	if byItself(c) {
		return s.store.NoteStillOpen(ctx, line)
	}
	return s.store.NoteAccess(ctx, line)
}

// filterCodes are what a list was narrowed by: the parameters and, where it is
// a code, their values. What was typed is not kept, only that something was.
func filterCodes(asked url.Values) (codes []string) {
	for name, values := range asked {
		switch value := values[0]; {
		case !filterName.MatchString(name) || value == "":
		case slices.Contains(typedFilters, name) || !filterCode.MatchString(value):
			codes = append(codes, name)
		default:
			codes = append(codes, name+"="+value)
		}
	}
	slices.Sort(codes)
	return codes[:min(len(codes), maxFilters)]
}

// typedFilters hold what somebody typed, or a place in a list.
var (
	typedFilters = []string{"q", "query", "fra", "cursor"}
	filterName   = regexp.MustCompile(`^[a-z_]{1,20}$`)
	filterCode   = regexp.MustCompile(`^([a-z_-]{1,30}|[0-9]{1,4}|[0-9a-f-]{36})$`)
)

const maxFilters = 12

// The header in which a program says why it reads a closed forløb.
const purposeHeader = "Spark-Purpose"

// traceOfOperation is what the operations of the JSON API note of the request they
// answer.
type traceOfOperation struct {
	path, method, purpose string
	noted                 bool
}

type requestKey struct{}

// remembering keeps it with the context of an operation.
func remembering(c *gin.Context, ctx context.Context) context.Context {
	return context.WithValue(ctx, requestKey{}, &traceOfOperation{path: braced(c.FullPath()), method: c.Request.Method, purpose: c.GetHeader(purposeHeader)})
}

var ginName = regexp.MustCompile(`:(\w+)`)

// braced writes names in an address as the list of routes does.
func braced(path string) string { return ginName.ReplaceAllString(path, "{$1}") }

// opened writes the line of an operation that has found its forløb. A closed
// one is read with a purpose.
func (s *Server) opened(ctx context.Context, f *forloeb.Forloeb) error {
	r, asked := ctx.Value(requestKey{}).(*traceOfOperation)
	if !asked || r.noted {
		return nil
	}
	line := lineOf(principal(ctx), r.path, r.method)
	line.Forloeb = f.ID
	if line.Kind == forloeb.AccessRead && f.Status.Closed() {
		purpose, words, ok := forloeb.ParsePurpose(r.purpose)
		if !ok {
			return errNoPurpose
		}
		line.Purpose, line.Words = purpose, words
	}
	r.noted = true
	return s.store.NoteAccess(ctx, line)
}

const purposePath = "/formaal"

// purposeAddress is where somebody says why they open a closed forløb, and
// which of its pages they were on the way to.
func purposeAddress(k staffCase, to string) string {
	address := k.Home() + purposePath
	if rest := strings.TrimPrefix(to, k.Home()); rest != to && rest != "" {
		address += "?" + url.Values{"til": {rest}}.Encode()
	}
	return address
}

func (s *Server) accessRoutes() (routes []route) {
	for _, area := range caseAreas {
		path := area.path + "/forloeb/{id}"
		routes = append(routes,
			pageAt(http.MethodGet, path+purposePath, area.policy, s.showPurpose),
			pageAt(http.MethodPost, path+purposePath, area.policy, s.sendPurpose))
	}
	return append(routes,
		pageAt(http.MethodGet, listPath+"/{id}/adgang", secretariatCase, s.showCaseAccess),
		pageAt(http.MethodGet, accessPath, headPage, s.showAccess),
		pageAt(http.MethodGet, insightPath, secretariatPage, s.showInsight),
		pageAt(http.MethodPost, insightPath, secretariatPage, s.sendInsight))
}

func (s *Server) showPurpose(c *gin.Context) error {
	return s.write(c, http.StatusOK, newPurposePage(caseOf(c), asking{}, c.Query("til")))
}

// sendPurpose writes down why, and opens the page.
func (s *Server) sendPurpose(c *gin.Context) error {
	k := caseOf(c)
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	sent := c.Request.PostForm
	purpose, words := forloeb.Purpose(sent.Get("purpose")), forloeb.CleanLine(sent.Get("words"))
	if wrong := purposeMistakes(purpose, words); len(wrong) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, newPurposePage(k, asking{wrong: wrong, typed: sent}, c.Query("til")))
	}
	line := lineOf(k.By, listPath+"/{id}"+purposePath, http.MethodGet)
	line.Forloeb, line.Purpose, line.Words = k.ID, purpose, words
	if err := s.store.NoteAccess(c.Request.Context(), line); err != nil {
		return err
	}
	return seeOther(c, k.Home()+withinCase(c.Query("til")))
}

// withinCase is the rest of the address of one of a forløb's own pages.
func withinCase(rest string) string {
	if !pageWithin.MatchString(rest) {
		return ""
	}
	return rest
}

var pageWithin = regexp.MustCompile(`^(/[a-z0-9-]{1,60}){1,4}$`)

func purposeMistakes(p forloeb.Purpose, words string) (wrong []fieldError) {
	switch {
	case !p.Typed():
		return []fieldError{{"purpose", "Vælg, hvorfor du åbner sagen."}}
	case len([]rune(words)) > forloeb.MaxPurposeWords:
		return []fieldError{{"words", "Skriv det kortere, højst 200 tegn."}}
	case !p.Complete(words):
		return []fieldError{{"words", "Skriv kort, hvad det drejer sig om."}}
	}
	return nil
}

func newPurposePage(k staffCase, a asking, to string) *purposePage {
	var options []option
	for _, p := range forloeb.TypedPurposes {
		options = append(options, option{Value: string(p), Label: p.Label()})
	}
	words := a.line("words", "Hvad drejer det sig om?", "")
	words.Hint, words.Optional = "Skriv kort, og ingen navne. Ved »Andet« skal der stå noget.", true
	page := &purposePage{
		Reference: k.Reference, Back: foundIn(k), Action: purposeAddress(k, k.Home()+withinCase(to)),
		Fields: []field{a.choice("purpose", "Jeg åbner sagen, fordi", "", options...), words},
	}
	page.Errors = a.wrong
	return page
}

// accessPath is where the head finds what one person has looked at.
const accessPath = secretariatArea + "/adgang"

// accessAddress is where it stands who has seen a forløb.
func accessAddress(k staffCase) string { return k.Home() + "/adgang" }

// showCaseAccess lists who has had a forløb in hand.
func (s *Server) showCaseAccess(c *gin.Context) error {
	k := caseOf(c)
	found, err := s.store.AccessLog(c.Request.Context(), forloeb.AccessFilter{Forloeb: k.ID, Cursor: c.Query("fra")})
	if errors.Is(err, forloeb.ErrBadCursor) {
		return redirect{accessAddress(k)}
	}
	if err != nil {
		return err
	}
	page := newAccessPage(found, accessAddress(k), url.Values{}, c.Query("fra") != "")
	head := headOf(k)
	page.Case = &head
	return s.write(c, http.StatusOK, page)
}

// showAccess lists what everybody has looked at, or one person.
func (s *Server) showAccess(c *gin.Context) error {
	staff, err := s.store.StaffMembers(c.Request.Context())
	if err != nil {
		return err
	}
	who, _ := uuid.Parse(c.Query("hvem"))
	found, err := s.store.AccessLog(c.Request.Context(), forloeb.AccessFilter{Who: who, Cursor: c.Query("fra")})
	if errors.Is(err, forloeb.ErrBadCursor) {
		return redirect{accessPath}
	}
	if err != nil {
		return err
	}
	query := url.Values{}
	if who != uuid.Nil {
		query.Set("hvem", who.String())
	}
	input := newInput(nil, "hvem", "Medarbejder", query.Get("hvem"))
	input.First = "Alle"
	for _, m := range staff {
		input.Options = append(input.Options, option{Value: m.ID.String(), Label: m.Name + ", " + strings.ToLower(m.Access().Label())})
	}
	page := newAccessPage(found, accessPath, query, c.Query("fra") != "")
	page.Who = &input
	return s.write(c, http.StatusOK, page)
}

// newAccessPage is a page of the log at an address, where query is what
// narrows it.
func newAccessPage(found forloeb.AccessPage, address string, query url.Values, further bool) *accessPage {
	page := &accessPage{}
	for _, l := range found.Rows {
		page.Rows = append(page.Rows, accessLineOf(l))
	}
	if further {
		page.First = withQuery(address, query)
	}
	if found.Next != "" {
		query.Set("fra", found.Next)
		page.Next = withQuery(address, query)
	}
	return page
}

func withQuery(address string, query url.Values) string {
	if len(query) == 0 {
		return address
	}
	return address + "?" + query.Encode()
}

func accessLineOf(l forloeb.AccessLine) accessLine {
	line := accessLine{At: forloeb.DateTime(l.At), Who: cmp.Or(l.Name, "Ukendt"), Role: l.Role.Label(), What: l.Kind.Label(), Page: pageName(l.Route), Why: l.Purpose.Label(), Words: l.Words}
	if l.Program {
		line.Role += ", program"
	}
	if l.Forloeb != uuid.Nil {
		line.Reference, line.Address = l.Reference, caseAddress(l.Forloeb)
	}
	line.Filters = strings.Join(l.Filters, ", ")
	return line
}
