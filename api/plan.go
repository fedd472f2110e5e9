package api

import (
	"net/url"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// planCard is something that is agreed on with the workplace, as parties and
// staff read it.
type planCard struct {
	Title   string
	Text    string // empty while nothing is written
	Written string // who wrote it, and when
	Missing string // what staff are told while nothing is
}

var planTitles = map[forloeb.PlanKind]string{
	forloeb.Arrangement: "Aftalen om forløbet", forloeb.FollowUp: "Aftalen om opfølgning",
}

// plansOf is what is agreed on, and what is not yet.
func plansOf(f *forloeb.Forloeb) (list []planCard) {
	for _, kind := range forloeb.PlanKinds {
		card := planCard{Title: planTitles[kind]}
		if p := f.Plan(kind); p != nil {
			card.Text, card.Written = p.Text, writtenBy(f, p.Version)
		} else {
			card.Missing = card.Title + " er ikke skrevet endnu."
		}
		list = append(list, card)
	}
	return list
}

// writtenBy says who wrote the words of a version, and when; "" when that is
// not known.
func writtenBy(f *forloeb.Forloeb, version int64) string {
	act := f.ActAt(version)
	if act == nil {
		return ""
	}
	return "Skrevet af " + writerName(f, act.Actor) + " " + forloeb.Date(act.At) + "."
}

func writerName(f *forloeb.Forloeb, by forloeb.Actor) string {
	if id, err := uuid.Parse(by.ID); err == nil && by.Kind == forloeb.ActorConsultant {
		if c := f.Expert(id); c != nil && c.Name != "" {
			return c.Name
		}
	}
	if by.Kind == forloeb.ActorConsultant {
		return f.Words().Say("konsulenten")
	}
	if by.Kind == forloeb.ActorProvider {
		return f.Provider.Label()
	}
	return "sekretariatet"
}

// seenByAll is said where words are asked for that the parties read.
const seenByAll = "Parterne ser teksten på deres side. Skriv ikke navne, CPR-numre eller oplysninger om enkeltpersoners helbred."

// noMails is the promise of an act that nobody hears of.
func noMails(staffCase, forloeb.Deed) []mailing { return nil }

var planAct = act{
	path: "aftale", label: "Skriv aftalen", about: "Hvordan forløbet er arrangeret, og hvordan der følges op.",
	done: "Aftalen er gemt, og parterne kan læse den på deres side.", roles: byAllStaff,
	relabel: func(k staffCase) string {
		if len(k.Plans) > 0 {
			return "Ret aftalen"
		}
		return "Skriv aftalen"
	},
	example: func(k staffCase) forloeb.Deed { return forloeb.WritePlan{Kind: forloeb.Arrangement, Text: unwritten} },
	mails:   noMails,
	form: func(k staffCase, a asking) actForm {
		return actForm{
			Lead:    "Det, du gemmer, afløser det, der stod. Vil du fjerne en tekst, så gør feltet tomt.",
			Effects: []string{"Parterne kan læse aftalen på deres side. Ingen får en mail."},
			Fields: []field{
				a.plan(k, forloeb.Arrangement, "Hvad er aftalt om møderne og tiden imellem dem, hvem er med, og hvad vil I nå? "+seenByAll),
				a.plan(k, forloeb.FollowUp, "Hvordan bliver der fulgt op på det, der er sat i gang, når møderne er slut?"),
			},
			Button: "Gem aftalen",
		}
	},
	deeds: func(k staffCase, sent url.Values) (deeds []forloeb.Deed, wrong []fieldError) {
		for _, kind := range forloeb.PlanKinds {
			d := forloeb.WritePlan{Kind: kind, Text: sent.Get(string(kind))}
			if m, found := d.Mistake(); found {
				wrong = append(wrong, fieldError{string(kind), m.Danish()})
			} else if forloeb.CleanText(d.Text) != planText(k, kind) {
				deeds = append(deeds, d)
			}
		}
		if len(deeds)+len(wrong) == 0 {
			wrong = []fieldError{{string(forloeb.Arrangement), (&forloeb.Refusal{Code: forloeb.RefuseNothingChanged}).Danish()}}
		}
		return deeds, wrong
	},
}

// unwritten is a text that nobody has written, for an example of a deed.
const unwritten = "\u2026"

func (a asking) plan(k staffCase, kind forloeb.PlanKind, hint string) field {
	f := a.text(string(kind), planTitles[kind])
	f.Value, f.Hint, f.Optional = a.value(f.ID, planText(k, kind)), hint, true
	return f
}

func planText(k staffCase, kind forloeb.PlanKind) string {
	if p := k.Plan(kind); p != nil {
		return p.Text
	}
	return ""
}

const prepField = "prep_task"

// prepTask asks what is to be prepared for a meeting.
func (a asking) prepTask(begin string) field {
	f := a.text(prepField, "Hjemmeopgave")
	f.Value, f.Optional = a.value(prepField, begin), true
	f.Hint = "Hvad skal arbejdspladsen forberede inden mødet? " + seenByAll
	return f
}

// readPrepTask reads it.
func readPrepTask(meeting uuid.UUID, sent url.Values) (d forloeb.WritePrepTask, wrong []fieldError) {
	d = forloeb.WritePrepTask{Meeting: meeting, Text: sent.Get(prepField)}
	if m, found := d.Mistake(); found {
		wrong = []fieldError{{prepField, m.Danish()}}
	}
	return d, wrong
}

var prepAct = act{
	path: "moeder/{meeting}/hjemmeopgave", label: "Skriv hjemmeopgave", about: "Det, arbejdspladsen forbereder inden mødet.",
	done: "Hjemmeopgaven er gemt, og parterne kan læse den på mødets side.", roles: byAllStaff,
	relabel: func(k staffCase) string {
		if k.Which.PrepTask != "" {
			return "Ret hjemmeopgaven"
		}
		return "Skriv hjemmeopgave"
	},
	find:    findMeeting,
	example: func(k staffCase) forloeb.Deed { return forloeb.WritePrepTask{Meeting: k.Which.ID, Text: unwritten} },
	mails:   noMails,
	form: func(k staffCase, a asking) actForm {
		return actForm{
			Heading: "Hjemmeopgave til mødet " + forloeb.DateTime(k.Which.StartsAt), Button: "Gem hjemmeopgaven",
			Effects: []string{"Parterne kan læse den på mødets side. Påmindelsen om mødet siger, at der er noget at forberede. Ingen får en mail nu."},
			Fields:  []field{a.prepTask(k.Which.PrepTask)},
		}
	},
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		d, wrong := readPrepTask(k.Which.ID, sent)
		if wrong == nil && forloeb.CleanText(d.Text) == k.Which.PrepTask {
			wrong = []fieldError{{prepField, (&forloeb.Refusal{Code: forloeb.RefuseNothingChanged}).Danish()}}
		}
		return d, wrong
	},
}
