package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// posts sends a form as a browser does.
func (w *site) posts(path string, form url.Values) answer {
	w.t.Helper()
	return w.send(request{method: http.MethodPost, path: path, body: form.Encode(), header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}})
}

// press adds the button that was pressed.
func press(form url.Values, name string) url.Values { return with(form, name, "1") }

// savesDraft presses »Gem og fortsæt senere« on a form, types the address and
// saves. It returns the address of the draft.
func (o *office) savesDraft(path string, form url.Values, email string) string {
	o.t.Helper()
	asked := o.posts(path, press(form, "save_draft"))
	require.Equal(o.t, http.StatusOK, asked.StatusCode, asked.text)
	saved := o.posts(saveDraftPath, with(asBrowsersSend(parsed(o.t, asked)), "draft_email", email))
	require.Equal(o.t, http.StatusSeeOther, saved.StatusCode, saved.text)
	return saved.Header.Get("Location")
}

// requireTyped: the form on the page has everything that was typed into the
// other, but for the declarations.
func requireTyped(t *testing.T, form url.Values, doc *goquery.Document) {
	t.Helper()
	shown := asBrowsersSend(doc)
	for name, values := range form {
		if name != "declared" {
			require.Equal(t, values, shown[name], name)
		}
	}
	require.Empty(t, strings.Join(shown["declared"], ""), "that is agreed to when it is sent")
}

func TestADraftIsSavedAndGoneOnWith(t *testing.T) {
	o := newOffice(t)
	form := filledIn()
	form.Set("rep_email", "") // whoever fills it in does not know it yet
	home := o.savesDraft("/ansoegning", form, " Mette@example.dk")
	require.NotContains(t, home, "?")

	shown := visit(t, o.site, home)
	requireTyped(t, form, shown)
	require.Zero(t, shown.Find("[aria-invalid]").Length(), "nobody has sent it yet")
	until := forloeb.Date(time.Now().AddDate(0, 0, forloeb.DraftDays))
	require.Contains(t, said(shown, "draft"), "Den bliver slettet "+until+", hvis du ikke sender den.")
	require.Contains(t, said(shown, "draft"), "mette@example.dk")
	require.Equal(t, 1, o.env.Count(`select count(*) from draft_mails where state = 'planned'`))

	// What is typed meanwhile is kept in the same place, under the same link.
	more := asBrowsersSend(shown)
	more.Set("rep_email", "amir@example.dk")
	asked := parsed(t, o.posts("/ansoegning", press(more, "save_draft")))
	require.Equal(t, "mette@example.dk", sent(asked, "draft_email")[0])
	require.Equal(t, home, o.savesDraft("/ansoegning", more, "mette@example.dk"))
	again := visit(t, o.site, home)
	requireTyped(t, more, again)
	require.Equal(t, 1, o.env.Count(`select count(*) from application_drafts`))

	// Sending it is the end of it.
	mistaken := o.posts("/ansoegning", asBrowsersSend(again))
	require.Equal(t, http.StatusUnprocessableEntity, mistaken.StatusCode)
	require.Equal(t, []string{"mette@example.dk"}, sent(parsed(t, mistaken), "draft_email"), "it can be saved from here too")
	require.Equal(t, http.StatusOK, o.get(home, "").StatusCode)
	receipt := o.posts("/ansoegning", with(asBrowsersSend(again), "declared", "true"))
	require.Equal(t, http.StatusSeeOther, receipt.StatusCode, receipt.text)
	require.True(t, strings.HasPrefix(receipt.Header.Get("Location"), "/kvittering/"))
	o.get(home, "").message(http.StatusNotFound, "Kladden findes ikke mere")
	require.Zero(t, o.env.Count(`select count(*) from application_drafts`))
	require.NotContains(t, o.logged.String(), strings.TrimPrefix(home, saveDraftPath+"/"), "the link is in no log")
	require.NotContains(t, o.logged.String(), "example.dk")
}

func TestADraftForManyWorkplaces(t *testing.T) {
	o := newOffice(t)
	form := sharedFilledIn(t, func(*sharedApplyPage) {})
	home := o.savesDraft(sharedApplyPath, form, "mette@example.dk")
	shown := visit(t, o.site, home)
	requireTyped(t, form, shown)
	require.Equal(t, sharedApplyPath, shown.Find("[data-test-id=apply-form]").AttrOr("action", ""))
	require.Equal(t, "Søg for flere arbejdspladser", plain(shown.Find("h1").Text()))
	added := o.posts(sharedApplyPath, press(asBrowsersSend(shown), "add"))
	require.Equal(t, []string{"mette@example.dk"}, sent(parsed(t, added), "draft_email"))
}

// Whatever opens the link and sends the forms behind it as they stand neither
// deletes the draft nor sends the application.
func TestARobotThatFollowsTheLinkDoesNothing(t *testing.T) {
	o := newOffice(t)
	home := o.savesDraft("/ansoegning", filledIn(), "mette@example.dk")
	state := func() (s string) {
		o.env.Get(&s, `select (select string_agg(d::text, ' ') from application_drafts d) || (select string_agg(m::text, ' ') from draft_mails m) || (select count(*) from forloeb)`)
		return s
	}
	before := state()
	for _, path := range []string{home, home + deletePath} {
		for _, method := range []string{http.MethodHead, http.MethodGet, http.MethodGet} {
			require.NotEqual(t, http.StatusSeeOther, o.send(request{method: method, path: path}).StatusCode)
		}
		doc := visit(t, o.site, path)
		doc.Find("main form").Each(func(_ int, f *goquery.Selection) {
			a := o.posts(f.AttrOr("action", ""), asBrowsersSend(doc))
			require.Contains(t, []int{http.StatusOK, http.StatusUnprocessableEntity}, a.StatusCode)
		})
	}
	require.Equal(t, before, state())
}

func TestADraftIsDeletedByItsWriter(t *testing.T) {
	o := newOffice(t)
	home := o.savesDraft("/ansoegning", filledIn(), "mette@example.dk")
	question := visit(t, o.site, visit(t, o.site, home).Find("[data-test-id=delete-draft]").AttrOr("href", ""))
	form := question.Find("main form")
	o.posts(form.AttrOr("action", ""), url.Values{"delete": {form.Find("button").AttrOr("value", "")}}).message(http.StatusOK, "Kladden er slettet")
	for _, path := range []string{home, home + deletePath} {
		o.get(path, "").message(http.StatusNotFound, "Kladden findes ikke mere")
	}
	o.posts(home+deletePath, url.Values{"delete": {"1"}}).message(http.StatusNotFound, "Kladden findes ikke mere")
	require.Zero(t, o.env.Count(`select count(*) from application_drafts`))
}

// Nobody can tell a draft that was there from one that never was, nor whether
// an address has one.
func TestALinkToADraftTellsNothingElse(t *testing.T) {
	o := newOffice(t)
	form := filledIn()
	old := o.savesDraft("/ansoegning", form, "mette@gmail.com")
	home := o.savesDraft("/ansoegning", form, "mette@example.dk")
	require.NotEqual(t, old, home)
	over := o.savesDraft("/ansoegning", filledIn(), "amir@example.dk")
	o.env.Exec(`update application_drafts set expires_at = now() where email = 'amir@example.dk'`)
	other := o.links.Token(link.Status, uuid.New(), 1)
	texts := map[string]bool{}
	for _, path := range []string{old, over, saveDraftPath + "/" + other, saveDraftPath + "/x", link.Draft.Path(o.links.Token(link.Draft, uuid.New(), 1)), home + "x"} {
		a := o.get(path, "")
		require.Equal(t, http.StatusNotFound, a.StatusCode)
		texts[a.text] = true
	}
	require.Len(t, texts, 1)

	// The address has its share of mails, and nobody else hears of that.
	for range forloeb.MaxDraftMails + 1 {
		o.savesDraft("/ansoegning", filledIn(), "mette@example.dk")
	}
	require.Equal(t, forloeb.MaxDraftMails, o.env.Count(`select count(*) from draft_mails m join application_drafts d on d.id = m.draft_id and d.address = m.address where d.email = 'mette@example.dk'`))
	require.Zero(t, o.env.Count(`select count(*) from draft_mails where address like '%mette%'`))
}

func TestADraftNeedsAWayBack(t *testing.T) {
	o := newOffice(t)
	ask := func(change func(url.Values)) (answer, url.Values) {
		form := asBrowsersSend(parsed(t, o.posts("/ansoegning", press(filledIn(), "save_draft"))))
		change(form)
		return o.posts(saveDraftPath, form), form
	}
	for _, email := range []string{"", "mette", "mette@gmial.com", "Mette Holm <mette@example.dk>"} {
		a, form := ask(func(f url.Values) { f.Set("draft_email", email) })
		require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode, email)
		doc := parsed(t, a)
		require.Equal(t, "true", doc.Find("#draft_email").AttrOr("aria-invalid", ""))
		for name, values := range form {
			require.Equal(t, values, asBrowsersSend(doc)[name], name)
		}
	}
	a, _ := ask(func(f url.Values) { f.Set("draft_email", "mette@gmial.com"); f.Set("draft_email_sure", "true") })
	require.Equal(t, http.StatusSeeOther, a.StatusCode)
	for _, robot := range []func(url.Values){
		func(f url.Values) { f.Set("website", "https://example.dk") },
		func(f url.Values) { f.Set("key", "1") },
		func(f url.Values) { f.Del("key") },
	} {
		a, _ := ask(robot)
		require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
		require.Contains(t, a.text, "Vi kunne ikke gemme kladden.")
	}
	a, _ = ask(func(f url.Values) { f.Set("draft_form", "another") })
	require.Equal(t, http.StatusBadRequest, a.StatusCode)
	require.Equal(t, 1, o.env.Count(`select count(*) from application_drafts`))
}

// A network saves as many drafts in an hour as it may send applications; the
// form is given back.
func TestDraftsFromOneNetwork(t *testing.T) {
	o := newOffice(t)
	o.config.Limits = Limits{Applications: 2, Together: 10}
	for range 2 {
		o.savesDraft("/ansoegning", filledIn(), "mette@example.dk")
	}
	form := asBrowsersSend(parsed(t, o.posts("/ansoegning", press(filledIn(), "save_draft"))))
	a := o.posts(saveDraftPath, form)
	require.Positive(t, a.waits())
	for name, values := range form {
		require.Equal(t, values, asBrowsersSend(parsed(t, a))[name], name)
	}
	require.Equal(t, http.StatusSeeOther, o.applies(filledIn()).StatusCode, "an application can be sent all the same")
}

// While nothing can be sent, it can be saved: that is when a draft is of use.
func TestADraftWhileTheIntakeIsClosed(t *testing.T) {
	o := newOffice(t)
	o.closes()
	home := o.savesDraft("/ansoegning", filledIn(), "mette@example.dk")
	require.NotEmpty(t, said(visit(t, o.site, home), "closed"))
	o.opens()
	require.Empty(t, said(visit(t, o.site, home), "closed"))
}

// The secretariat sees how many there are, before it closes too.
func TestTheSecretariatSeesHowManyDraftsThereAre(t *testing.T) {
	o := newOffice(t)
	cookies := o.loggedIn(forloeb.RoleSecretariat, "anna@example.dk")
	page := func(path string) *goquery.Document {
		return parsed(t, o.send(request{method: http.MethodGet, path: path, header: cookies.header()}))
	}
	require.Empty(t, said(page(intakesPath), "drafts"))
	o.savesDraft("/ansoegning", filledIn(), "mette@example.dk")
	require.Equal(t, "1 kladde er gemt og ikke sendt.", said(page(intakesPath), "drafts"))
	o.savesDraft(sharedApplyPath, sharedFilledIn(t, func(*sharedApplyPage) {}), "amir@example.dk")
	require.Equal(t, "2 kladder er gemt og ikke sendt.", said(page(intakesPath), "drafts"))
	header := cookies.header()
	header["Content-Type"], header["Sec-Fetch-Site"] = "application/x-www-form-urlencoded", "same-origin"
	preview := parsed(t, o.send(request{method: http.MethodPost, path: intakesPath + "/spark", header: header, body: "state=closed"}))
	require.Contains(t, said(preview, "preview"), "2 kladder bliver liggende og kan åbnes og gemmes, men ikke sendes.")
}

func TestADraftForTheRegions(t *testing.T) {
	o := newOffice(t)
	form := asBrowsersSend(document(t, testRenderer(t), regionalApply(func(*regionalApplyPage) {})))
	form.Set("key", uuid.NewString())
	home := o.savesDraft(regionalApplyPath, form, "mette@example.dk")
	shown := visit(t, o.site, home)
	requireTyped(t, form, shown)
	require.Equal(t, regionalApplyPath, shown.Find("[data-test-id=apply-form]").AttrOr("action", ""))
	require.Equal(t, 1, o.env.Count(`select count(*) from application_drafts where programme = 'regional'`))
	require.Contains(t, plain(visit(t, o.site, home+deletePath).Find("title").Text()), regional().Name)
}
