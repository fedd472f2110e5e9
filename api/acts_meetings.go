package api

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

var finishAct = act{
	path: "afslut", label: "Afslut forløbet", about: "Når det sidste møde er holdt før tid. Parterne får besked.",
	done: "Møderne er afsluttet.", roles: byAllStaff,
	example: always(forloeb.FinishMeetings{Reason: someReason}),
	mails:   finishMails,
	form: func(k staffCase, a asking) actForm {
		reason := a.reason()
		reason.Optional = true
		return actForm{
			Lead:    "Der er holdt " + meetings(k.HeldCount()) + " af " + strconv.Itoa(k.Required()) + ".",
			Effects: append(append(unnoted(k), says(k, finishMails(k, nil))...), finishEffects(k)...),
			Fields:  []field{reason},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		return forloeb.FinishMeetings{Reason: sent.Get("reason")}, nil
	},
}

// finishMails take the rest out of the calendars. What comes next is told the
// next working morning, unless the questionnaire itself comes before that.
func finishMails(k staffCase, _ forloeb.Deed) []mailing {
	return append(cancellations(k), endMail(k, k.Now))
}

// endMail is what comes next when the meetings ended then.
func endMail(k staffCase, ended time.Time) mailing {
	told, asked := k.FinishedMailFrom(ended), asksFrom(k)
	switch {
	case !asked.After(told):
		return toParties(k, forloeb.MailEvaluationRequest).when(forloeb.Capital(forloeb.Date(asked)))
	case told.After(k.Now):
		return toParties(k, forloeb.MailMeetingsDone).when(forloeb.Capital(forloeb.DateTime(told)))
	}
	return toParties(k, forloeb.MailMeetingsDone)
}

// asksFrom is when the questionnaire comes if the meetings end now.
func asksFrom(k staffCase) time.Time { return forloeb.OfficeHours(latest(k.EvaluationAt(), k.Now)) }

func finishEffects(k staffCase) []string {
	return []string{
		"Spørgeskemaet kommer " + forloeb.Date(asksFrom(k)) + ".",
		"Bliver der aftalt et møde inden da, går forløbet i gang igen.",
	}
}

var extraAct = act{
	path: "flere-moeder", label: "Giv flere møder", about: "Når de planlagte møder ikke rækker. Parterne får en mail.",
	done: "Der er givet flere møder.", roles: byAllStaff,
	likely:  []forloeb.Status{forloeb.AwaitingEvaluation},
	example: always(forloeb.GrantExtra{N: 1, Reason: someReason}),
	mails:   extraMails,
	form: func(k staffCase, a asking) actForm {
		reason := a.reason()
		reason.Label = "Hvorfor er der brug for mere end " + meetings(k.Policy.Meetings) + "?"
		return actForm{
			Lead:    "Der er planlagt " + meetings(k.Required()) + " i forløbet, og der kan være højst " + strconv.Itoa(k.Policy.MaxMeetings) + ".",
			Effects: append(says(k, extraMails(k, nil)), extraEffects(k)...),
			Fields:  []field{a.choice("number", "Hvor mange flere?", "", extraOptions(k)...), reason},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		n, err := strconv.Atoi(sent.Get("number"))
		if err != nil {
			return nil, []fieldError{{"number", chooseAnswer}}
		}
		return forloeb.GrantExtra{N: n, Reason: sent.Get("reason")}, nil
	},
}

// extraMails tell the parties as soon as there is a course of meetings to add
// to; see extraOwed.
func extraMails(k staffCase, _ forloeb.Deed) []mailing {
	told := toParties(k, forloeb.MailExtraMeetings)
	if k.Status == forloeb.InProgress || goesOn(k) {
		return []mailing{told}
	}
	return []mailing{told.when("Når det næste møde er aftalt,")}
}

// extraOwed are the mails about extra meetings that were waiting for one to be
// in the calendar.
func extraOwed(k staffCase) []mailing {
	told := func(to uuid.UUID) bool {
		return slices.ContainsFunc(k.Mails, func(m forloeb.Mail) bool {
			return m.Kind == forloeb.MailExtraMeetings && m.Recipient == to && m.Ordinal == int64(k.Required()) && m.State != forloeb.MailCancelled
		})
	}
	owed := toParties(k, forloeb.MailExtraMeetings)
	if owed.To = slices.DeleteFunc(owed.To, told); k.ExtraMeetings == 0 || len(owed.To) == 0 {
		return nil
	}
	return []mailing{owed}
}

// goesOn reports whether more meetings bring a resting forløb back in
// progress: one that was finished early rests until a meeting is booked.
func goesOn(k staffCase) bool {
	return k.Status == forloeb.AwaitingEvaluation && k.FinishedAt.IsZero()
}

func extraEffects(k staffCase) []string {
	switch {
	case goesOn(k):
		return []string{"Forløbet går i gang igen, og spørgeskemaet kommer " + k.Policy.Evaluations.After() + " det sidste af møderne."}
	case k.Status == forloeb.AwaitingEvaluation:
		return []string{"Forløbet går i gang igen, når der er aftalt et møde."}
	}
	return []string{"Spørgeskemaet kommer " + k.Policy.Evaluations.After() + " det sidste af møderne."}
}

func extraOptions(k staffCase) (options []option) {
	for n := 1; k.Required()+n <= k.Policy.MaxMeetings; n++ {
		options = append(options, option{Value: strconv.Itoa(n), Label: forloeb.Capital(meetings(n)) + " mere, i alt " + strconv.Itoa(k.Required()+n)})
	}
	return options
}

// meetings is a number of them in words.
func meetings(n int) string { return forloeb.Counted(n, "ét møde", "møder") }
