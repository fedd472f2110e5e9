package api

import (
	"errors"
	"net/url"
	"slices"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

var editAct = act{
	path: "ansoegning", label: "Ret ansøgningen", about: "De to, der søger, får en mail og skal svare igen.",
	done: "Ansøgningen er rettet, og de to, der søger, bliver spurgt igen.", roles: bySecretariat,
	settles: []forloeb.TaskKind{forloeb.TaskFix},
	example: always(forloeb.ChangeApplication{}),
	mails:   editMails,
	form: func(k staffCase, _ asking) actForm {
		return actForm{Lead: editLead(k), Effects: editEffects(k)}
	},
	dress: newEditPage,
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		page, err := editedForm(k, sent)
		if err != nil {
			return nil, []fieldError{{"situation", "Vi kunne ikke læse formularen. Send den igen."}}
		}
		sub := editedSubmission(k, page)
		explainEdit(k, page, sub.Check(k.CreatedAt), newHints(k, sub))
		if page.Errors == nil && sub.Hash() == k.Submission().Hash() && !k.AskedForFix() {
			page.Errors = []fieldError{{"situation", "Teksten er den samme som før. En mail eller et telefonnummer kan rettes ud for navnet i sagen, uden at nogen skal svare igen."}}
		}
		return forloeb.ChangeApplication{Submission: sub}, page.Errors
	},
}

func editLead(k staffCase) string {
	const replaced = " Er en af de to blevet en anden, så skift kontaktpersonen i stedet."
	if k.Shared() {
		return "De to, der søger, svarer først. Så bliver arbejdspladserne spurgt, også dem, der har sagt ja til den gamle tekst. Arbejdspladserne selv kan ikke rettes her." + replaced
	}
	return "Ansøgningen går først videre, når begge har sagt ja til den nye tekst." + replaced
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
	switch n := len(answered); {
	case n == 0:
	case k.Shared():
		lost = append(lost, forloeb.Capital(forloeb.Counted(n, "svar", "svar"))+" gælder ikke mere.")
	case n == 1:
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
	for _, p := range k.Applicants() {
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

// editedForm is the form with what was sent. One of several workplaces has
// the fields of those who apply alone: the workplaces are as they were.
func editedForm(k staffCase, sent url.Values) (*sharedApplyPage, error) {
	page := newEditedForm(k)
	return page, errors.Join(fill(&page.Form, sent), fill(&page.Shared, sent))
}

func explainEdit(k staffCase, page *sharedApplyPage, mistakes []forloeb.Mistake, hints []forloeb.Hint) {
	if k.Shared() {
		page.explain(mistakes, hints)
	} else {
		page.applyPage.explain(mistakes, hints)
	}
}

// newEditedForm has what could be applied for when the application came in.
func newEditedForm(k staffCase) *sharedApplyPage {
	programme, _ := forloeb.ProgrammeByCode(k.Programme)
	return newSharedApplyPage(programme, k.CreatedAt)
}

// editedSubmission is the application as it will be. Who began it is as it
// was, and so are a regional workplace's provider and those who take part; the
// declarations are for the parties to say yes to, when they answer.
func editedSubmission(k staffCase, page *sharedApplyPage) forloeb.Submission {
	sub, now := page.Form.submission(k.Programme, k.Type), k.Submission()
	sub.StartedBy, sub.Declared = now.StartedBy, true
	sub.Provider, sub.Exclusions = now.Provider, now.Exclusions
	if k.Shared() {
		sub.Focus, sub.Quorum, sub.Participants = page.Shared.Focus, quorumOf(page.Shared.Quorum), now.Participants
	}
	return sub.Clean()
}

// newHints are about the addresses that are new: the others have been asked
// about.
func newHints(k staffCase, sub forloeb.Submission) []forloeb.Hint {
	now := k.Submission()
	return slices.DeleteFunc(sub.Hints(), func(h forloeb.Hint) bool {
		_, workplace := placed(h.Field)
		return workplace > 0 || h.Side == forloeb.Leader && sub.Leader.Email == now.Leader.Email || h.Side == forloeb.Rep && sub.Rep.Email == now.Rep.Email
	})
}

func newEditPage(k staffCase, plain actPage, a asking) shownAct {
	form := newEditedForm(k)
	form.Form, form.Shared = formOf(k.Submission()), sharedFormOf(k.Submission())
	if typed, err := editedForm(k, a.typed); a.typed != nil && err == nil {
		form = typed
		explainEdit(k, form, nil, newHints(k, editedSubmission(k, form)))
	}
	form.Errors = a.wrong
	page := &editPage{actPage: plain, Application: &form.applyPage, Provider: k.Provider.Label()}
	if page.Button = "Send den rettede ansøgning"; k.Shared() {
		page.Shared = form
	}
	for _, p := range k.CurrentParties() {
		if !p.FixAskedAt.IsZero() {
			page.Wishes = append(page.Wishes, caseRemark{forloeb.Capital(p.Side.Label()) + ", " + forloeb.Date(p.FixAskedAt), p.FixText})
		}
	}
	return page
}
