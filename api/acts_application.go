package api

import (
	"net/url"
	"slices"

	"github.com/gin-gonic/gin/binding"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

var editAct = act{
	path: "ansoegning", label: "Ret ansøgningen", about: "Begge får en mail og skal svare igen.",
	done: "Ansøgningen er rettet, og begge bliver spurgt igen.", roles: bySecretariat,
	settles: []forloeb.TaskKind{forloeb.TaskFix},
	// The page has the fields of one workplace; that of several is edited by the API.
	offered: func(k staffCase) bool { return !k.Shared() },
	example: always(forloeb.ChangeApplication{}),
	mails:   editMails,
	form: func(k staffCase, _ asking) actForm {
		return actForm{
			Lead:    "Ansøgningen går først videre, når begge har sagt ja til den nye tekst. Er en af de to blevet en anden, så skift kontaktpersonen i stedet.",
			Effects: editEffects(k),
		}
	},
	dress: newEditPage,
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		form, err := editedForm(sent)
		if err != nil {
			return nil, []fieldError{{"workplace", "Vi kunne ikke læse formularen. Send den igen."}}
		}
		sub := editedSubmission(k, form)
		page := newEditedForm(k)
		page.Form = form
		page.explain(sub.Check(k.CreatedAt), newHints(k, sub))
		if page.Errors == nil && sub.Hash() == k.Submission().Hash() && !k.AskedForFix() {
			page.Errors = []fieldError{{"situation", "Teksten er den samme som før. En mail eller et telefonnummer kan rettes ud for navnet i sagen, uden at nogen skal svare igen."}}
		}
		return forloeb.ChangeApplication{Submission: sub}, page.Errors
	},
}

func editMails(k staffCase, d forloeb.Deed) []mailing { return foreseen(k, d, "") }

// editEffects says what follows whatever is changed, and what more if it is an
// address.
func editEffects(k staffCase) []string {
	same := editMails(k, forloeb.ChangeApplication{Submission: k.Submission()})
	effects := append(says(k, same), lostByEdit(k)...)
	if k.bothReachable() {
		effects = append(effects, "Fristen for at svare bliver "+forloeb.Date(k.ConsentDeadlineFrom(k.Now))+".")
	}
	effects = append(effects, "Er en mailadresse ny, holder det gamle link op med at virke.")
	return append(effects, promised(k, onlyIfMoved(k, same))...)
}

// lostByEdit is what has been said about the old text.
func lostByEdit(k staffCase) (lost []string) {
	var answered []string
	for _, p := range k.CurrentParties() {
		if p.Consent != nil {
			answered = append(answered, p.Side.Label())
		}
	}
	switch len(answered) {
	case 0:
	case 1:
		lost = append(lost, "Svaret fra "+answered[0]+" gælder ikke mere.")
	default:
		lost = append(lost, "Svarene fra "+forloeb.AndList(answered)+" gælder ikke mere.")
	}
	if k.Decision != "" {
		lost = append(lost, "Vurderingen gælder ikke mere.")
	}
	return lost
}

// onlyIfMoved are the mails that follow if an address is new too.
func onlyIfMoved(k staffCase, same []mailing) (mails []mailing) {
	for _, p := range k.CurrentParties() {
		moved := k.Submission()
		if p.Side == forloeb.Leader {
			moved.Leader.Email = someAddress
		} else {
			moved.Rep.Email = someAddress
		}
		for _, m := range editMails(k, forloeb.ChangeApplication{Submission: moved}) {
			m.To = slices.DeleteFunc(m.To, func(to uuid.UUID) bool {
				return slices.ContainsFunc(same, func(o mailing) bool { return o.Kind == m.Kind && slices.Contains(o.To, to) })
			})
			mails = append(mails, m.when("Er "+p.Side.Label()+"s mailadresse ny,"))
		}
	}
	return mails
}

// bothReachable: the deadline runs when both can answer.
func (k staffCase) bothReachable() bool {
	return !slices.ContainsFunc(k.CurrentParties(), func(p *forloeb.Party) bool { return !p.Reachable() })
}

func editedForm(sent url.Values) (form applicationForm, err error) {
	err = binding.MapFormWithTag(&form, sent, "form")
	return form, err
}

// newEditedForm has what could be applied for when the application came in.
func newEditedForm(k staffCase) *applyPage {
	programme, _ := forloeb.ProgrammeByCode(k.Programme)
	return newApplyPage(programme, k.CreatedAt)
}

// editedSubmission is the application as it will be. Who began it is as it
// was, and so is a regional workplace's provider; the declarations are for the
// parties to say yes to, when they answer.
func editedSubmission(k staffCase, form applicationForm) forloeb.Submission {
	sub := form.submission(k.Programme, k.Type)
	now := k.Submission()
	sub.StartedBy, sub.Declared = now.StartedBy, true
	sub.Provider, sub.Exclusions = now.Provider, now.Exclusions
	return sub.Clean()
}

// newHints are about the addresses that are new: the others have been asked
// about.
func newHints(k staffCase, sub forloeb.Submission) []forloeb.Hint {
	now := k.Submission()
	return slices.DeleteFunc(sub.Hints(), func(h forloeb.Hint) bool {
		return h.Side == forloeb.Leader && sub.Leader.Email == now.Leader.Email || h.Side == forloeb.Rep && sub.Rep.Email == now.Rep.Email
	})
}

func newEditPage(k staffCase, plain actPage, a asking) shownAct {
	page := &editPage{actPage: plain, Application: newEditedForm(k), Provider: k.Provider.Label()}
	page.Button = "Send den rettede ansøgning"
	page.Application.Form = formOf(k.Submission())
	if form, err := editedForm(a.typed); a.typed != nil && err == nil {
		page.Application.Form = form
		page.Application.explain(nil, newHints(k, editedSubmission(k, form)))
	}
	page.Application.Errors = a.wrong
	for _, p := range k.CurrentParties() {
		if !p.FixAskedAt.IsZero() {
			page.Wishes = append(page.Wishes, caseRemark{forloeb.Capital(p.Side.Label()) + ", " + forloeb.Date(p.FixAskedAt), p.FixText})
		}
	}
	return page
}
