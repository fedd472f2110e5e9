package api

import (
	"net/url"
	"strings"

	"example.dk/spark/internal/forloeb"
)

var assessAct = act{
	path: "vurdering", label: "Vurdér ansøgningen", about: "Godkend, venteliste eller afslag. Parterne får en mail.",
	done: "Afgørelsen er gemt.", roles: bySecretariat,
	likely:  []forloeb.Status{forloeb.AwaitingAssessment},
	settles: []forloeb.TaskKind{forloeb.TaskAssess},
	example: always(forloeb.Decide{Decision: forloeb.Approve}),
	mails:   assessMails,
	form: func(k staffCase, a asking) actForm {
		reason := a.reason()
		reason.Hint = "Ved afslag skal det skrives, og parterne læser det på deres side; ellers er det frivilligt. Det bliver stående i sagen."
		return actForm{
			Lead: "Begge bekræftede ansøgningen " + forloeb.Date(k.Agreed()) + ".",
			Fields: []field{a.choice("decision", "Hvad er afgørelsen?", "",
				decisionOption(k, forloeb.Approve, "Godkend", "Så finder vi en konsulent, og alle tre får besked."),
				decisionOption(k, forloeb.Waitlist, "Venteliste", "Ansøgningen bliver stående, og parterne hører fra os hver måned."),
				decisionOption(k, forloeb.Reject, "Afslag", "Sagen lukker og kan ikke åbnes igen.")), reason},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		decision := forloeb.Decision(sent.Get("decision"))
		if !decision.Valid() {
			return nil, []fieldError{{"decision", chooseAnswer}}
		}
		return forloeb.Decide{Decision: decision, Reason: sent.Get("reason")}, nil
	},
}

var decisionMails = map[forloeb.Decision]forloeb.MailKind{
	forloeb.Approve: forloeb.MailApproved, forloeb.Waitlist: forloeb.MailWaitlisted, forloeb.Reject: forloeb.MailRejected,
}

// assessMails are a letter about the decision, and what comes of an approval.
func assessMails(k staffCase, d forloeb.Deed) []mailing {
	decision := d.(forloeb.Decide).Decision
	mails := []mailing{toParties(k, decisionMails[decision])}
	if decision == forloeb.Approve {
		mails = append(mails, newConsultant(k, forloeb.MailConsultantAssigned)...)
	}
	return mails
}

func decisionOption(k staffCase, d forloeb.Decision, label, then string) option {
	sentences := append(says(k, assessMails(k, forloeb.Decide{Decision: d})[:1]), then)
	return option{Value: string(d), Label: label, Hint: strings.Join(sentences, " ")}
}
