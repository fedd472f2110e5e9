package api

import (
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/gin-gonic/gin/binding"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

const (
	saveDraftPath = "/kladde"
	deletePath    = "/slet"
)

// draftForm is a form of which a draft can be kept.
type draftForm struct {
	programme forloeb.ProgrammeCode
	// from is the form's page with what was typed on it.
	from func(typed url.Values, now time.Time) (draftPage, error)
}

// draftPage is the page of such a form.
type draftPage interface {
	pageData
	resume(d keptDraft, closed *forloeb.IntakeNow)
}

// Words in the drafts' rows for the pages they were typed on.
const (
	individualForm   = "individual"
	sharedFormCode   = "shared"
	regionalFormCode = "regional"
)

// draftForms are all of them, by those words.
var draftForms = map[string]draftForm{
	individualForm: {forloeb.Spark, func(typed url.Values, now time.Time) (draftPage, error) {
		page := newApplyPage(spark(), now)
		return page, fill(&page.Form, typed)
	}},
	sharedFormCode: {forloeb.Spark, func(typed url.Values, now time.Time) (draftPage, error) {
		return sharedApplyFrom(typed, now)
	}},
	regionalFormCode: {forloeb.Regional, func(typed url.Values, now time.Time) (draftPage, error) {
		page := newRegionalApplyPage(regional(), now)
		page.answer(typed)
		return page, fill(&page.Form, typed)
	}},
}

// fill reads a form's fields as they were sent.
func fill(form any, typed url.Values) error { return binding.MapFormWithTag(form, typed, "form") }

// resume lets the form go on from a draft.
func (p *applyPage) resume(d keptDraft, closed *forloeb.IntakeNow) {
	p.Draft, p.Form.DraftEmail, p.Closed = &d, d.Email, closed
}

// toBeSaved reports whether »Gem og fortsæt senere« was pressed.
func toBeSaved(c *gin.Context) bool {
	_, pressed := c.GetPostForm("save_draft")
	return pressed
}

// askWhereTo asks for the address that the link to a draft goes to. What was
// typed rides along in the page, so that nothing is kept before it is known
// for whom.
func (s *Server) askWhereTo(c *gin.Context, form string) error {
	page := newSaveDraftPage(form, c.Request.PostForm)
	page.Email = starter(c.Request.PostForm)
	return s.write(c, http.StatusOK, page)
}

// starter is the address of whoever fills in the form, as far as the form
// tells: a draft's own, or that of the party who writes.
func starter(typed url.Values) string {
	if email := typed.Get("draft_email"); email != "" {
		return email
	}
	switch forloeb.StartedBy(typed.Get("started_by")) {
	case forloeb.StartedByLeader:
		return typed.Get("leader_email")
	case forloeb.StartedByRep:
		return typed.Get("rep_email")
	}
	return ""
}

// notKept are the fields that are no part of a draft. The declarations are
// agreed to when it is sent: a robot that sends a page's form as it stands,
// sends no application.
var notKept = []string{"declared", "website", "save_draft", "draft_form", "draft_email", "draft_email_sure", "add", "remove"}

// keptOf is what was typed, as a draft keeps it.
func keptOf(sent url.Values) url.Values {
	kept := url.Values{}
	for name, values := range sent {
		if !slices.Contains(notKept, name) {
			kept[name] = values
		}
	}
	return kept
}

// saveDraft keeps a draft and leads to it. The answer is the same whoever else
// has saved one for the address.
func (s *Server) saveDraft(c *gin.Context) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	sent := c.Request.PostForm
	form, known := draftForms[sent.Get("draft_form")]
	if !known {
		return errBadForm
	}
	page := newSaveDraftPage(sent.Get("draft_form"), sent)
	page.Email, page.EmailSure = sent.Get("draft_email"), sent.Get("draft_email_sure") != ""
	if page.check(); len(page.Errors) > 0 {
		return s.write(c, http.StatusUnprocessableEntity, page)
	}
	if err := s.spend(c.Request.Context(), spendDraft); err != nil {
		return again(err, page)
	}
	draft := forloeb.ApplicationDraft{
		Key: sent.Get("key"), Programme: form.programme, Form: page.Form, Typed: keptOf(sent).Encode(),
		Email: forloeb.NormaliseEmail(page.Email), Expires: forloeb.DraftExpires(s.now()),
	}
	id, version, err := s.store.SaveApplicationDraft(c.Request.Context(), draft, s.links.Pseudonym(draft.Email))
	if err != nil {
		return err
	}
	return seeOther(c, link.Draft.Path(s.links.Token(link.Draft, id, version)))
}

// check finds what is wrong with the page, which is little: a draft may lack
// anything but a way back to it.
func (p *saveDraftPage) check() {
	mistyped := forloeb.LikelyTypo(p.Email)
	switch {
	case !forloeb.ValidEmail(forloeb.NormaliseEmail(p.Email)):
		p.Errors = []fieldError{{"draft_email", forloeb.Mistake{Field: "draft_email", Code: forloeb.MistakeBadEmail}.Danish()}}
	case mistyped != "" && !p.EmailSure:
		p.Suggestion = mistyped
		p.Errors = []fieldError{{"draft_email", forloeb.Hint{Field: "draft_email", Code: forloeb.HintTypo, Text: mistyped}.Danish()}}
	case p.odd:
		p.Errors = []fieldError{{"draft_email", "Vi kunne ikke gemme kladden. Gå tilbage til formularen, og prøv igen, eller ring til os."}}
	}
}

// formKey is what an application is sent with; empty when no page of ours has
// made it.
func formKey(typed url.Values) string {
	if key, err := uuid.Parse(typed.Get("key")); err == nil {
		return key.String()
	}
	return ""
}

const draftKey = "draft"

// draftLink is for whoever has the link to a draft. One that was never given
// out, one to another address and one to a draft that is gone are alike.
var draftLink = policy{name: "draft link", check: func(s *Server, c *gin.Context) error {
	opened, err := s.links.Open(link.Draft, c.Param("token"))
	if err != nil {
		return noDraft()
	}
	draft, err := s.store.ApplicationDraft(c.Request.Context(), opened.ID)
	if refusedWith(err, forloeb.RefuseNotFound) != nil || err == nil && opened.Verify(draft.LinkVersion, s.now()) != link.Valid {
		return noDraft()
	}
	c.Set(draftKey, draft)
	return err
}}

func draftOf(c *gin.Context) forloeb.ApplicationDraft {
	d, _ := c.Value(draftKey).(forloeb.ApplicationDraft)
	return d
}

// showDraft is the form as it was left. It changes nothing, however often it
// is opened and by whom.
func (s *Server) showDraft(c *gin.Context) error {
	d := draftOf(c)
	typed, err := url.ParseQuery(d.Typed)
	form, known := draftForms[d.Form]
	if err != nil || !known {
		return noDraft()
	}
	page, err := form.from(typed, s.now())
	if err != nil {
		return err
	}
	programme, _ := forloeb.ProgrammeByCode(form.programme)
	page.resume(keptDraft{
		Email: d.Email, Until: d.Expires, Undelivered: d.Undelivered, Delete: link.Draft.Path(c.Param("token")) + deletePath,
	}, s.closed(c, programme))
	return s.write(c, http.StatusOK, page)
}

// showDeleteDraft asks once more.
func (s *Server) showDeleteDraft(c *gin.Context) error {
	return s.write(c, http.StatusOK, newDeleteDraftPage(link.Draft.Path(c.Param("token")), draftOf(c)))
}

// deleteDraft needs the button: whoever sends the form as it stands is shown
// it again.
func (s *Server) deleteDraft(c *gin.Context) error {
	if c.PostForm("delete") == "" {
		return s.showDeleteDraft(c)
	}
	if err := s.store.DropApplicationDraft(c.Request.Context(), draftOf(c).ID); err != nil {
		return err
	}
	return draftDeleted(draftOf(c).Programme)
}
