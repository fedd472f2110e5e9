package api

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"example.dk/spark/internal/forloeb"
)

// keptDraft is what the form tells about the draft it was opened from.
type keptDraft struct {
	Email       string    // whom the link goes to
	Until       time.Time // the day at whose end it is deleted
	Undelivered bool      // the mail with the link came back
	Delete      string    // where to delete it
}

// saveDraftPage asks where to send the link to what was typed.
//
// States: empty; with the address of whoever writes; with an error; with a
// question about an address that looks mistyped; to be sent again later.
type saveDraftPage struct {
	Base
	Form       string   // which form it was typed on
	Typed      []hidden // what was typed there
	Email      string
	EmailSure  bool   // "Nej, det er rigtigt"
	Suggestion string // what the address was perhaps meant to be

	odd bool // no page of ours has sent it, or a robot has filled it in
}

// hidden is a field that rides along.
type hidden struct{ Name, Value string }

func (*saveDraftPage) template() string { return "draft-save" }

// newSaveDraftPage lets what was sent ride along, in one order.
func newSaveDraftPage(form string, sent url.Values) *saveDraftPage {
	page := &saveDraftPage{Form: form, odd: formKey(sent) == "" || sent.Get("website") != ""}
	page.Programme = draftForms[form].programme
	kept := keptOf(sent)
	for _, name := range slices.Sorted(maps.Keys(kept)) {
		for _, value := range kept[name] {
			page.Typed = append(page.Typed, hidden{name, value})
		}
	}
	return page
}

// Weeks is how long a draft is kept.
func (*saveDraftPage) Weeks() string { return weeks(forloeb.DraftDays) }

// MostMails is how many mails about drafts one address gets in a week.
func (*saveDraftPage) MostMails() string { return strconv.Itoa(forloeb.MaxDraftMails) }

// weeks writes a number of days that is one of whole weeks.
func weeks(days int) string { return strconv.Itoa(days/7) + " uger" }

// deleteDraftPage asks before a draft is deleted.
//
// States: one.
type deleteDraftPage struct {
	Base
	Back  string // the draft
	Until time.Time
}

func (*deleteDraftPage) template() string { return "draft-delete" }

func newDeleteDraftPage(back string, d forloeb.ApplicationDraft) *deleteDraftPage {
	return &deleteDraftPage{Base: Base{Programme: d.Programme}, Back: back, Until: d.Expires}
}

// Action is where the button leads.
func (p *deleteDraftPage) Action() string { return p.Back + deletePath }

// noDraft is the same whatever became of a draft, and when there was none.
func noDraft() *messagePage {
	return &messagePage{
		Status: http.StatusNotFound, Heading: "Kladden findes ikke mere",
		Paragraphs: []string{
			"Måske er ansøgningen sendt, kladden slettet eller linket skiftet ud. Vi gemmer en kladde i " + weeks(forloeb.DraftDays) + ".",
			"Er linket knækket over i mailen, så kopiér det hele, eller åbn det fra mailen igen.",
		},
		Ways: []wayOn{{Label: "Søg om et forløb", Address: "/ansoegning"}},
	}
}

func draftDeleted(p forloeb.ProgrammeCode) *messagePage {
	return &messagePage{
		Base: Base{Programme: p}, Status: http.StatusOK, Heading: "Kladden er slettet",
		Paragraphs: []string{"Vi har slettet alt, hvad der stod i den. Der blev ikke sendt noget."},
		Ways:       []wayOn{toFront},
	}
}
