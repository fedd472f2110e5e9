package api

import (
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

const listPath = secretariatArea + "/forloeb"

// caseAddress is the secretariat's page of a forløb.
func caseAddress(id uuid.UUID) string { return listPath + "/" + id.String() }

// showCases lists the forløb that the address asks for. One that is named by
// its reference is shown at once.
func (s *Server) showCases(c *gin.Context) error {
	ctx := c.Request.Context()
	consultants, err := s.store.Consultants(ctx)
	if err != nil {
		return err
	}
	b := bureauOf(principal(ctx))
	wish := readListWish(b, c.Request.URL.Query(), consultants)
	named, err := s.named(c, b, wish.Query)
	switch {
	case err != nil:
		return err
	case named != "":
		return seeOther(c, named)
	}
	rows, err := s.store.List(ctx, wish.filter())
	if errors.Is(err, forloeb.ErrBadCursor) {
		wish.ignore(lostPlace)
		wish.Cursor = ""
		rows, err = s.store.List(ctx, wish.filter())
	}
	if err != nil {
		return err
	}
	counts, err := s.store.ListCounts(ctx, wish.filter())
	if err != nil {
		return err
	}
	views, err := s.store.SavedViews(ctx, principal(ctx))
	if err != nil {
		return err
	}
	page := newCasesPage(wish, rows, counts, consultants)
	page.Saved, page.KeepView = wish.savedIn(views), wish.keepView(principal(ctx), views)
	return s.write(c, http.StatusOK, page)
}

// named is the address of the forløb whose whole reference was searched for.
func (s *Server) named(c *gin.Context, b bureau, query string) (address string, err error) {
	reference := forloeb.ReferenceIn(query)
	if reference == "" {
		return "", nil
	}
	found, err := s.store.List(c.Request.Context(), forloeb.ListFilter{Query: reference})
	for _, r := range found.Rows {
		if r.Reference == reference {
			address = b.list() + "/" + r.ID.String()
		}
	}
	return address, err
}

func newCasesPage(w listWish, found forloeb.ListPage, counts forloeb.ListCounts, consultants []forloeb.ConsultantRow) *casesPage {
	page := &casesPage{
		Heading: w.heading(), Action: w.list(), Live: w.stream(), Views: w.views(counts), Form: w.form(consultants), Ignored: w.ignored(),
		Summary: w.summary(len(found.Rows), found.Next != "", counts.Found),
	}
	for _, r := range found.Rows {
		page.Rows = append(page.Rows, w.line(r))
	}
	if found.Next != "" {
		page.Next = w.address(func(next *listWish) { next.Cursor = found.Next })
	}
	if w.Cursor != "" {
		page.First = w.address(func(first *listWish) { first.Cursor = "" })
	}
	if w.provider == "" && len(page.Rows) > 0 {
		page.Export = w.exportAddress()
	}
	if len(page.Rows) == 0 {
		page.None, page.Widen = w.none(counts)
	}
	return page
}

// line tells what the workflow wrote last: what was promised and did not
// come is left out.
func (b bureau) line(r forloeb.ListRow) listLine {
	line := listLine{
		ID: r.ID.String(), Reference: r.Reference, Address: b.list() + "/" + r.ID.String(), Workplace: r.Workplace, Municipality: r.Where(),
		Status: rowBadge(r), Attention: r.NeedsAttention, Waiting: unread, Consultant: r.Consultant,
	}
	if t, known := spark().Type(r.Type); known && t.Shared() {
		line.Kind = t.Label + ", " + forloeb.Counted(r.Workplaces, "én arbejdsplads", "arbejdspladser")
	}
	if !r.Settled {
		return line
	}
	line.Waiting = r.Waiting.Promising(r.Now).Short()
	switch light := r.Light(); {
	case light.Colour != forloeb.LightNone:
		line.Date, line.Light = "Senest "+forloeb.ShortDate(r.Waiting.Deadline), badge{light.Words(), lightKinds[light.Colour]}
	case r.NextAt.After(r.Now) && !r.Status.Closed():
		line.Date = "Næste skridt " + forloeb.ShortDate(r.NextAt)
	}
	return line
}

// heading is what the list is called.
func (b bureau) heading() string {
	if b.provider != "" {
		return "Vores forløb"
	}
	return "Forløb"
}

// unread is said of a forløb whose last news the process has not acted on.
const unread = "Sidste hændelse er endnu ikke behandlet."

// lightKinds are the lights' badges; the words say the same.
var lightKinds = map[forloeb.LightColour]string{forloeb.LightYellow: "warning", forloeb.LightRed: "error"}

func municipalityName(code string) string {
	m, _ := forloeb.MunicipalityByCode(code)
	return m.OfficialName
}
