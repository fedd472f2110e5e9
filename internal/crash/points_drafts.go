package crash

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
)

const (
	applicationForm = "/ansoegning"
	draftForm       = "/kladde"
)

// appliesFromDraft saves the form, goes on from the link in the mail and sends
// it. Another draft is deleted.
func (t *tale) appliesFromDraft(workplace string) {
	dropped := t.savesForm(workplace, t.m.rep)
	t.deletesDraft(dropped)
	kept := t.savesForm(workplace, t.m.leader)
	t.opensDraft(kept)
	t.sendsForm(kept)
	t.reaches("find the draft gone", `select count(*) = 0 from application_drafts where key = '`+kept.Get("key")+`'`, func() heard { return heard{}.notAsked() })
}

// savesForm fills in the application's page and has it kept for an address. It
// returns what was typed.
func (t *tale) savesForm(workplace, email string) (typed url.Values) {
	t.until("open the form", func() error {
		shown := t.browser.get(t.ctx, applicationForm)
		if typed = shown.form(applicationForm); typed == nil {
			return fmt.Errorf("answered %d", shown.status)
		}
		return nil
	})
	if t.err != nil {
		return url.Values{}
	}
	t.m.fillIn(typed)
	typed.Set("workplace", workplace+" "+t.m.canary)
	typed.Set("save_draft", "1")
	t.reaches("save a draft of the application", `select count(*) = 1 from application_drafts where key = '`+typed.Get("key")+`'`, func() heard {
		asked := t.browser.send(t.ctx, applicationForm, typed)
		fields := asked.form(draftForm)
		if fields == nil {
			return asked.notAsked()
		}
		fields.Set("draft_email", email)
		return t.browser.send(t.ctx, draftForm, fields)
	})
	typed.Del("save_draft")
	typed.Set("draft_email", email)
	return typed
}

// draftLink waits for the mail with the link.
func (t *tale) draftLink(typed url.Values) (link string) {
	t.until("hear of the draft", func() error {
		if link = t.mails.Link(typed.Get("draft_email"), draftForm+"/"); link == "" {
			return fmt.Errorf("no link came")
		}
		return nil
	})
	return link
}

func (t *tale) deletesDraft(typed url.Values) {
	page := t.draftLink(typed) + "/slet"
	t.reaches("delete the draft", `select count(*) = 0 from application_drafts where key = '`+typed.Get("key")+`'`, func() heard {
		shown := t.browser.get(t.ctx, page)
		fields := shown.form(page)
		if fields == nil {
			return shown.notAsked()
		}
		fields.Set("delete", "1")
		return t.browser.send(t.ctx, page, fields)
	})
}

// opensDraft finds the form as it was left.
func (t *tale) opensDraft(typed url.Values) {
	link := t.draftLink(typed)
	t.until("go on from the draft", func() error {
		shown := t.browser.get(t.ctx, link)
		fields := shown.form(applicationForm)
		if fields == nil {
			return fmt.Errorf("answered %d", shown.status)
		}
		if key, situation := fields.Get("key"), shown.page().Find("textarea[name=situation]").Text(); key != typed.Get("key") || strings.TrimSpace(situation) != t.m.canary {
			t.err = fmt.Errorf("the draft has the key %s and says %q", key, situation)
		}
		return nil
	})
}

// sendsForm sends the application until there is a receipt, and notes what it
// says.
func (t *tale) sendsForm(typed url.Values) {
	t.until("apply", func() error {
		op := t.history.Asks(Operation{Name: "apply", Marker: t.m.canary, Args: map[string]string{"key": typed.Get("key")}})
		h := t.browser.send(t.ctx, applicationForm, typed)
		if h.outcome() == Done && h.status != http.StatusSeeOther {
			h = h.notAsked()
		}
		t.m.reference = t.value(`select reference from forloeb f where $1::text is not null and exists (
			select from application_texts x where x.forloeb_id = f.id and x.situation = '` + t.m.canary + `')`)
		t.history.Hears(op, h.outcome(), h.status, t.m.reference)
		if h.outcome() != Done {
			return fmt.Errorf("answered %d", h.status)
		}
		t.m.receipt = h.location
		return nil
	})
	t.m.id = t.value(`select id::text from forloeb where $1::text is not null and reference = '` + t.m.reference + `'`)
}
