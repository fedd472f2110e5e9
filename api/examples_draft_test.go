package api

import (
	"net/url"
	"time"

	"example.dk/spark/internal/forloeb"
)

// exampleTyped is the application form as it is sent, half filled in.
func exampleTyped() url.Values {
	f := exampleForm()
	f.RepName, f.RepRole, f.RepEmail, f.Themes = "", "", "", nil
	typed := sentForm(f)
	typed["key"], typed["started_by"] = []string{f.Key}, []string{f.StartedBy}
	return typed
}

func draftExamples() []example {
	kept := keptDraft{Email: "mette@example.dk", Until: forloeb.DraftExpires(exampleApplied), Delete: "/kladde/abc.def/slet"}
	resumed := func(form string, typed url.Values, d keptDraft, closed *forloeb.IntakeNow) pageData {
		page, err := draftForms[form].from(typed, exampleApplied)
		if err != nil {
			panic(err)
		}
		page.resume(d, closed)
		return page
	}
	asked := func(email string, change func(*saveDraftPage)) *saveDraftPage {
		page := newSaveDraftPage(individualForm, exampleTyped())
		page.Email = email
		change(page)
		return page
	}
	returned, shared := kept, url.Values{"participants-0-workplace": {"Tranemoseskolen"}, "participants-1-workplace": {"Børnehuset Solen"}}
	returned.Undelivered = true
	return []example{
		{"draft-save", asked("mette@example.dk", func(*saveDraftPage) {})},
		{"draft-save-error", asked("mette", (*saveDraftPage).check)},
		{"draft-save-typo", asked("mette@gmial.com", (*saveDraftPage).check)},
		{"draft-save-sure", asked("", func(p *saveDraftPage) { p.EmailSure = true; p.check() })},
		{"draft-save-wait", tooMany{wait: time.Minute, form: asked("mette@example.dk", func(*saveDraftPage) {})}.filledIn()},
		{"draft", resumed(individualForm, exampleTyped(), kept, nil)},
		{"draft-undelivered", resumed(individualForm, exampleTyped(), returned, nil)},
		{"draft-closed", resumed(individualForm, exampleTyped(), kept, exampleClosed())},
		{"draft-shared", resumed(sharedFormCode, shared, kept, nil)},
		{"draft-regional", resumed(regionalFormCode, url.Values{"workplace": {"Afdeling 7"}}, kept, nil)},
		{"draft-delete", newDeleteDraftPage("/kladde/abc.def", forloeb.ApplicationDraft{Programme: forloeb.Spark, Expires: kept.Until})},
	}
}
