package api

import (
	"net/url"
	"time"

	"example.dk/spark/internal/forloeb"
)

var pauseAct = act{
	path: "pause", label: "Sæt på pause", about: "Alle frister bliver flyttet, og ingen bliver mindet om noget.",
	done: "Pausen er noteret, og alle får besked.", roles: byRunners,
	relabel: func(k staffCase) string {
		if k.Paused(k.Now) != nil {
			return "Flyt pausens slutning"
		}
		return "Sæt på pause"
	},
	settles: []forloeb.TaskKind{forloeb.TaskPauseAsked},
	example: pausedADay, despite: []forloeb.RefusalCode{forloeb.RefuseMeetingInTheWay},
	mails: func(k staffCase, d forloeb.Deed) []mailing { return foreseen(k, d, "") },
	form:  pauseForm,
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		until, err := forloeb.ParseDate(sent.Get("until"))
		var wrong []fieldError
		if err != nil {
			wrong = append(wrong, fieldError{"until", forloeb.ErrDate.Danish()})
		}
		reason := forloeb.PauseReason(sent.Get("reason"))
		if !reason.Valid() {
			wrong = append(wrong, fieldError{"reason", chooseAnswer})
		}
		if reason == forloeb.PauseOther && forloeb.CleanText(sent.Get("words")) == "" {
			wrong = append(wrong, fieldError{"words", "Skriv hvorfor."})
		}
		return forloeb.PauseForloeb{Until: until, Reason: reason, Text: sent.Get("words")}, wrong
	},
}

// pauseForm begins with what is known: the words of whoever asked for it, or
// the pause that runs.
func pauseForm(k staffCase, a asking) actForm {
	until := a.line("until", "Hvornår går forløbet videre?", "")
	until.Width, until.Autocomplete = "char-11", "off"
	until.Hint = "Fx 11-3-2027, og højst " + forloeb.Date(k.PausableTo(k.Now)) + ". Er det ikke en hverdag, går det videre den næste."
	var reasons []option
	for _, r := range forloeb.PauseReasons {
		reasons = append(reasons, option{Value: string(r), Label: r.Label()})
	}
	asked := k.PauseWished()
	words := a.line("words", "Uddyb det", asked)
	words.Control, words.Optional, words.Hint = "textarea", true, "Det bliver stående i sagen. Parterne ser det ikke."
	form := actForm{
		Lead:    "Pausens dage tæller ikke med i nogen frist. Forløbet går videre af sig selv, når dagen kommer.",
		Effects: append(says(k, foreseen(k, pausedADay(k), "")), "Ingen bliver mindet om noget, før pausen er slut.", "Parterne kan stadig svare, rette og sige fra imens."),
		Fields:  []field{until, a.choice("reason", "Hvorfor?", "", reasons...), words},
	}
	if p := k.Paused(k.Now); p != nil {
		form.Lead = "Forløbet holder pause til " + forloeb.Date(p.Until) + ". Skriv den dag, det skal gå videre i stedet."
	}
	if m := k.NextMeeting(k.Now); m != nil {
		form.Effects = append(form.Effects, "Næste møde er "+forloeb.DateTime(m.StartsAt)+". Skal pausen vare længere, så flyt eller aflys det først.")
	}
	if asked != "" {
		form.Remarks = []caseRemark{{What: "Sådan blev der bedt om pausen", Text: asked}}
	}
	return form
}

// pausedADay is the shortest pause.
func pausedADay(k staffCase) forloeb.Deed {
	return forloeb.PauseForloeb{Until: k.Now.In(forloeb.Copenhagen).AddDate(0, 0, 1), Reason: forloeb.PauseIllness}
}

var resumeAct = act{
	path: "gaa-videre", label: "Lad forløbet gå videre nu", about: "Pausen slutter i dag. Alle får besked.",
	done: "Pausen er slut.", roles: byRunners,
	likely: []forloeb.Status{ // wherever it can be paused
		forloeb.AwaitingConsent, forloeb.AwaitingAssessment, forloeb.AwaitingConsultant, forloeb.Planning, forloeb.InProgress, forloeb.AwaitingEvaluation,
	},
	example: always(forloeb.ResumeForloeb{}),
	mails:   func(k staffCase, d forloeb.Deed) []mailing { return foreseen(k, d, "") },
	form: func(k staffCase, _ asking) actForm {
		return actForm{
			Lead:    "Forløbet holder pause til " + forloeb.Date(k.Paused(k.Now).Until) + ".",
			Effects: append(says(k, foreseen(k, forloeb.ResumeForloeb{}, "")), "Fristerne løber igen fra i dag."),
		}
	},
	deed: func(staffCase, url.Values) (forloeb.Deed, []fieldError) { return forloeb.ResumeForloeb{}, nil },
}

var askPauseAct = act{
	path: "bed-om-pause", label: "Bed om en pause", about: "Sekretariatet får en opgave og vender tilbage.",
	done: "Sekretariatet har fået besked.", roles: byConsultant,
	example: always(forloeb.AskPause{Text: someReason}),
	mails:   func(staffCase, forloeb.Deed) []mailing { return nil },
	form: func(_ staffCase, a asking) actForm {
		words := a.text("words", "Hvorfor, og hvor længe?")
		words.Hint = "Det bliver stående i sagen. Parterne ser det ikke."
		return actForm{
			Lead:    "Sekretariatet afgør, om forløbet holder pause. Indtil da fortsætter det.",
			Effects: []string{"Sekretariatet får en opgave med det, du skriver."},
			Fields:  []field{words},
		}
	},
	deed: func(_ staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		d := forloeb.AskPause{Text: sent.Get("words")}
		if mistake, found := d.Mistake(); found {
			return nil, []fieldError{{"words", mistake.Danish()}}
		}
		return d, nil
	},
}

// pauseEnd is when the pause that runs ends; zero when none does.
func pauseEnd(f *forloeb.Forloeb, now time.Time) time.Time {
	if p := f.Paused(now); p != nil {
		return p.Until
	}
	return time.Time{}
}
