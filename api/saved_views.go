package api

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Where the list is saved as it is narrowed, below the list.
const (
	savedViewsPath  = "/visninger"
	newViewPath     = savedViewsPath + "/ny"
	oneViewPath     = savedViewsPath + "/{view}"
	dropViewPath    = "/slet"
	viewNameField   = "navn"
	viewSharedField = "del"
)

func (s *Server) savedViewRoutes() (list []route) {
	for _, at := range []struct {
		list   string
		policy policy
	}{{listPath, secretariatPage}, {providerArea + "/forloeb", providerPage}} {
		list = append(list,
			pageAt(http.MethodGet, at.list+newViewPath, at.policy, s.showNewView),
			pageAt(http.MethodPost, at.list+newViewPath, at.policy, s.sendNewView),
			pageAt(http.MethodGet, at.list+oneViewPath, at.policy, s.showView),
			pageAt(http.MethodPost, at.list+oneViewPath, at.policy, s.sendView),
			pageAt(http.MethodPost, at.list+oneViewPath+dropViewPath, at.policy, s.dropView),
		)
	}
	return list
}

// tabWords are the list's own views by their codes.
var tabWords = map[forloeb.ListTab]string{
	forloeb.TabOpen: viewOpen, forloeb.TabAttention: viewAttention, forloeb.TabClosed: viewClosed, forloeb.TabAll: viewAll,
}

// narrowing is the wish as it is saved.
func (w *listWish) narrowing() forloeb.Narrowing {
	n := forloeb.Narrowing{Status: w.Status, Municipality: w.Municipality, Theme: w.Theme, Consultant: w.Consultant, Attention: w.Attention}
	for tab, word := range tabWords {
		if word == w.View {
			n.Tab = tab
		}
	}
	return n
}

// savedWish is the wish that was saved.
func savedWish(b bureau, n forloeb.Narrowing) listWish {
	return listWish{bureau: b, View: tabWords[n.Tab], Status: n.Status, Municipality: n.Municipality, Theme: n.Theme, Consultant: n.Consultant, Attention: n.Attention}
}

func (w listWish) here() string { return w.address(func(*listWish) {}) }

// savedIn are the views above the list, with the one that is shown marked.
func (w *listWish) savedIn(views []forloeb.SavedView) (list []savedLink) {
	for _, v := range views {
		list = append(list, savedLink{
			Name: v.Name, Address: savedWish(w.bureau, v.Narrowing).here(), Shared: v.Shared,
			Current: v.Narrowing == w.narrowing() && w.Query == "",
		})
	}
	return list
}

// keepView is the way to save what is shown, or to change the view that it is; nil
// where there is nothing to keep but what the list always has.
func (w *listWish) keepView(who forloeb.Principal, views []forloeb.SavedView) *wayOn {
	i := slices.IndexFunc(views, func(v forloeb.SavedView) bool { return v.Narrowing == w.narrowing() })
	switch {
	case i >= 0 && views[i].MayChange(who):
		return &wayOn{Label: "Omdøb eller slet visningen »" + views[i].Name + "«", Address: w.list() + savedViewsPath + "/" + views[i].ID.String()}
	case i >= 0 || w.narrowing() == forloeb.Narrowing{Tab: w.narrowing().Tab}:
		return nil
	}
	return &wayOn{Label: "Gem denne visning", Address: strings.Replace(w.address(func(n *listWish) { n.Cursor = "" }), w.list(), w.list()+newViewPath, 1)}
}

// words say what the list is narrowed to, one line each.
func (w *listWish) words(consultants []forloeb.ConsultantRow) (lines []string) {
	lines = append(lines, map[string]string{
		viewOpen: "Åbne forløb", viewAttention: "Forløb, der kræver handling", viewClosed: "Lukkede forløb", viewAll: "Alle forløb",
	}[w.View])
	form := w.form(consultants)
	for _, f := range append(form.Choices, form.More...) {
		for _, o := range f.Options {
			if o.Value != "" && o.Value == f.Value {
				lines = append(lines, f.Label+": "+o.Label)
			}
		}
	}
	if w.Attention && w.View != viewAttention {
		lines = append(lines, "Kun dem, der kræver handling")
	}
	return lines
}

// savedViewPage is where a view is given its name.
//
// States: a new one, with or without a search that is not kept; one's own; one
// that all see, to a head; with what is wrong; restored after a new login.
type savedViewPage struct {
	Base
	Heading  string
	Back     wayOn
	Narrowed []string    // what it shows
	Search   string      // what was searched for and is not kept
	Sent     []sentValue // what it is narrowed to, sent along
	Name     string
	MayShare bool
	Shared   bool
	Action   string
	Drop     string // where it is deleted; empty of a new one
	Restored bool
}

func (*savedViewPage) template() string { return "saved-view" }

// sentValue is a hidden field.
type sentValue struct{ Name, Value string }

func newSavedViewPage(w listWish, who forloeb.Principal, consultants []forloeb.ConsultantRow) *savedViewPage {
	page := &savedViewPage{
		Heading: "Gem denne visning", Back: wayOn{Label: w.heading(), Address: w.here()}, Narrowed: w.words(consultants), Search: w.Query,
		MayShare: who.Role == forloeb.RoleHead, Action: w.list() + newViewPath,
	}
	if address, err := url.Parse(w.here()); err == nil {
		for name, values := range address.Query() {
			page.Sent = append(page.Sent, sentValue{name, values[0]})
		}
	}
	slices.SortFunc(page.Sent, func(a, b sentValue) int { return cmp.Compare(a.Name, b.Name) })
	return page
}

// newChangeViewPage is the page of a view that is saved.
func newChangeViewPage(b bureau, who forloeb.Principal, v forloeb.SavedView, consultants []forloeb.ConsultantRow) *savedViewPage {
	page := newSavedViewPage(savedWish(b, v.Narrowing), who, consultants)
	page.Heading, page.Sent, page.Name, page.Shared = "Ret visningen", nil, v.Name, v.Shared
	page.Action = b.list() + savedViewsPath + "/" + v.ID.String()
	page.Drop = page.Action + dropViewPath
	return page
}

// fill takes what was typed.
func (p *savedViewPage) fill(sent url.Values) {
	p.Name, p.Shared = sent.Get(viewNameField), p.MayShare && sent.Get(viewSharedField) == "true"
}

// wrong is what is said of a view that cannot be saved: about its name, or what the
// store refused.
func (p *savedViewPage) wrong(err error) {
	words := forloeb.ViewNameMistake(p.Name)
	switch {
	case errors.Is(err, forloeb.ErrViewNameTaken):
		words = "Du har allerede en visning, der hedder det. Vælg et andet navn."
	case errors.Is(err, forloeb.ErrTooManyViews):
		words = fmt.Sprintf("Du har allerede %d visninger. Slet en af dem først.", forloeb.MaxSavedViews)
	}
	if words != "" {
		p.Errors = []fieldError{{viewNameField, words}}
	}
}

// showNewView asks what the list as it is narrowed is to be called.
func (s *Server) showNewView(c *gin.Context) error {
	sent, typed := c.Request.URL.Query(), s.typed(c)
	if typed != nil {
		sent = typed
	}
	page, _, err := s.newView(c, sent)
	if err != nil {
		return err
	}
	page.fill(typed)
	page.Restored = typed != nil
	return s.write(c, http.StatusOK, page)
}

func (s *Server) newView(c *gin.Context, sent url.Values) (*savedViewPage, listWish, error) {
	ctx := c.Request.Context()
	consultants, err := s.store.Consultants(ctx)
	if err != nil {
		return nil, listWish{}, err
	}
	who := principal(ctx)
	w := readListWish(bureauOf(who), sent, consultants)
	w.Cursor = ""
	return newSavedViewPage(w, who, consultants), w, nil
}

// sendNewView saves it.
func (s *Server) sendNewView(c *gin.Context) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	ctx := c.Request.Context()
	page, w, err := s.newView(c, c.Request.PostForm)
	if err != nil {
		return err
	}
	page.fill(c.Request.PostForm)
	if page.wrong(nil); len(page.Errors) == 0 {
		err = s.store.SaveView(ctx, principal(ctx).ID, forloeb.SavedView{Name: page.Name, Shared: page.Shared, Narrowing: w.narrowing()})
		page.wrong(err)
	}
	if len(page.Errors) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	w.Query = ""
	return seeOtherUnless(err, c, andDone(w.here(), doneViewSaved))
}

// savedView finds the view that the address names, to be changed by whoever may.
func (s *Server) savedView(c *gin.Context) (v forloeb.SavedView, page *savedViewPage, err error) {
	ctx := c.Request.Context()
	id, err := uuid.Parse(c.Param("view"))
	if err != nil {
		return v, nil, errNoRoute
	}
	who := principal(ctx)
	if v, err = s.store.SavedView(ctx, who, id); err != nil {
		return v, nil, err
	}
	if !v.MayChange(who) {
		return v, nil, errNoRoute
	}
	consultants, err := s.store.Consultants(ctx)
	return v, newChangeViewPage(bureauOf(who), who, v, consultants), err
}

func (s *Server) showView(c *gin.Context) error {
	_, page, err := s.savedView(c)
	if err != nil {
		return err
	}
	if typed := s.typed(c); typed != nil {
		page.fill(typed)
		page.Restored = true
	}
	return s.write(c, http.StatusOK, page)
}

func (s *Server) sendView(c *gin.Context) error {
	v, page, err := s.savedView(c)
	if err != nil {
		return err
	}
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	page.fill(c.Request.PostForm)
	if page.wrong(nil); len(page.Errors) == 0 {
		err = s.store.ChangeView(c.Request.Context(), v.ID, page.Name, page.Shared)
		page.wrong(err)
	}
	if len(page.Errors) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	return seeOtherUnless(err, c, andDone(page.Back.Address, doneViewSaved))
}

// dropView deletes it. What it showed is shown as before, so nothing is asked
// twice: it is saved again with a press and a name.
func (s *Server) dropView(c *gin.Context) error {
	v, page, err := s.savedView(c)
	if err != nil {
		return err
	}
	return seeOtherUnless(s.store.DropView(c.Request.Context(), v.ID), c, andDone(page.Back.Address, doneViewDropped))
}

// andDone is withDone for an address that may say more.
func andDone(address, code string) string {
	if strings.Contains(address, "?") {
		return address + "&" + doneParameter + "=" + code
	}
	return withDone(address, code)
}
