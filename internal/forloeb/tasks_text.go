package forloeb

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// TaskSentence says to the secretariat what a task is about and why it waits.
func (f *Forloeb) TaskSentence(t Task, now time.Time) string {
	return f.Words().Say(f.taskSentence(t, now))
}

// Short names what a task is about, with nothing of the forløb: "Ansøgningen
// skal rettes".
func (k TaskKind) Short() string {
	switch k {
	case TaskMail:
		return "En mail nåede ikke frem"
	case TaskMailHeld:
		return "En mail var holdt tilbage"
	}
	_, words, _ := strings.Cut(taskNews[k], ": ")
	return words
}

func (f *Forloeb) taskSentence(t Task, now time.Time) string {
	switch t.Kind {
	case TaskMail, TaskMailHeld:
		return f.mailTaskSentence(t, now)
	case TaskFix, TaskWrongPerson, TaskPartyLeft, TaskSignature, TaskSharedMailbox, TaskPrivateMailbox, TaskSameDevice, TaskContested:
		return f.partyTaskSentence(t)
	case TaskRegister:
		return f.registerSentence(t)
	case TaskNoConsultant:
		return f.noConsultantSentence(now)
	}
	if words := fill(taskSentences[t.Kind], f.taskSlots(t, now)); words != "" {
		return words
	}
	return t.Kind.Short() + "."
}

// taskSentences are those that need no more than the forløb's own dates.
var taskSentences = map[TaskKind]string{
	TaskAssess:         "Begge bekræftede[ {agreed}], og ansøgningen venter på en afgørelse.",
	TaskRecused:        "{Konsulent} skal ikke have forløb på dette sted (habilitet). Vælg en anden, eller luk opgaven, hvis det kan fortsætte.",
	TaskFirstMeeting:   "{Konsulent} har ikke aftalt et første møde.[ Det er {days} siden tildelingen.]",
	TaskStart:          "Forløbet skulle være begyndt[ senest {start}], men der er ikke holdt et møde.",
	TaskNextMeeting:    "Der har ikke været et møde i kalenderen[ siden {moved}]. Konsulenten er mindet om det.",
	TaskOpenTooLong:    "Forløbet har været i gang[ siden {begun}]. Tal med konsulenten om, hvornår det slutter.",
	TaskNobodyAnswered: "Spørgeskemaet lukkede, uden at nogen svarede.",
	TaskReopenAsked:    "En af parterne har bedt om, at sagen bliver åbnet igen.[ Det kan den til og med {reopen}.]",
	TaskPauseAsked:     "{Asker} har brug for en pause. Tal med dem om, hvornår forløbet kan gå videre.",
	TaskTooFew:         "Der er for få arbejdspladser tilbage i forløbet. Tal med dem, der er med, om de fortsætter.",
}

func (f *Forloeb) taskSlots(t Task, now time.Time) map[string]string {
	slots := map[string]string{
		"agreed": dayWords(f.Agreed()), "start": dayWords(f.StartBy()), "moved": dayWords(f.lastMovement()),
		"reopen": dayWords(f.ReopenUntil()), "Konsulent": "Konsulenten", "Asker": f.pauseAsker(t),
	}
	if a := f.Assignment(); a != nil {
		slots["days"] = WorkingDays(WorkingDaysBetween(a.Since(), now))
		if a.Consultant.Name != "" {
			slots["Konsulent"] = a.Consultant.Name
		}
	}
	if taken := f.TakenAssignments(); len(taken) > 0 {
		slots["begun"] = dayWords(taken[0].Since())
	}
	return slots
}

// pauseAsker is who asked for the pause that a task is about.
func (f *Forloeb) pauseAsker(t Task) string {
	for _, a := range f.Acts {
		if t.Kind == TaskPauseAsked && itoa(a.Version) == t.Subject && a.Ref != "" {
			return Capital((&story{f: f}).who(a.Ref))
		}
	}
	return "Konsulenten"
}

// TaskMailOf is the mail a task is about; nil when it is about none.
func (f *Forloeb) TaskMailOf(t Task) *Mail {
	for i := range f.Mails {
		if m := &f.Mails[i]; (t.Kind == TaskMail || t.Kind == TaskMailHeld) && mailSubject(m) == t.Subject {
			return m
		}
	}
	return nil
}

// TaskParty is the party a task is about; nil when it is about none.
func (f *Forloeb) TaskParty(t Task) *Party {
	if m := f.TaskMailOf(t); m != nil {
		return f.Party(m.Recipient)
	}
	switch t.Kind {
	case TaskFix, TaskWrongPerson, TaskPartyLeft, TaskSignature, TaskSharedMailbox, TaskPrivateMailbox, TaskSameDevice, TaskContested:
		return f.Party(t.subjectID())
	}
	return nil
}

// TaskMeeting is the meeting a task is about; nil when it is about none.
func (f *Forloeb) TaskMeeting(t Task) *Meeting {
	if t.Kind != TaskRegister {
		return nil
	}
	return f.Meeting(t.subjectID())
}

// subjectID is the id that the subject begins with; nil when it is no id.
func (t Task) subjectID() uuid.UUID {
	id, _, _ := strings.Cut(t.Subject, ":")
	parsed, _ := uuid.Parse(id)
	return parsed
}

func (f *Forloeb) mailTaskSentence(t Task, now time.Time) string {
	m := f.TaskMailOf(t)
	if m == nil {
		return "En mail nåede ikke frem."
	}
	slots := map[string]string{"to": (&story{f: f}).recipient(m), "reason": m.Reason(), "since": dayWords(m.PlannedAt), "kind": m.Kind.Label()}
	words := "Mailen »{kind}« til {to} har ventet siden {since} og er ikke kommet af sted[: {reason}]."
	switch {
	case m.Held && m.Code == CodeManyApplications:
		words = "Mailen »{kind}« til {to} er holdt tilbage, fordi der er kommet usædvanlig mange ansøgninger på kort tid."
	case m.Held:
		words = "Mailen »{kind}« til {to} er holdt tilbage, fordi adressen har fået flere mails fra os i denne uge."
	case m.State == MailFailed:
		words = "Mailen »{kind}« til {to} blev afvist[: {reason}]."
	case m.State == MailUncertain:
		words = "Vi ved ikke, om mailen »{kind}« til {to} nåede frem[: {reason}]. Sender du igen, kan {to} få den to gange."
	}
	if f.HoldsClock(m) {
		words += " Fristen for at svare står stille imens."
	}
	return fill(words, slots)
}

// HoldsClock reports whether the recipient's deadline waits for the mail.
func (f *Forloeb) HoldsClock(m *Mail) bool {
	p := f.Party(m.Recipient)
	if p == nil || f.Status.Closed() {
		return false
	}
	return f.Status == AwaitingConsent && f.askMail(p) == m || m.Kind == MailEvaluationRequest
}

func (f *Forloeb) partyTaskSentence(t Task) string {
	p := f.TaskParty(t)
	if p == nil {
		return t.Kind.Short() + "."
	}
	role := p.Side.Label()
	switch {
	case t.Kind == TaskFix:
		return fill("{r} bad om en rettelse[ {d}]. Når ansøgningen er rettet, svarer begge igen.", map[string]string{"r": Capital(role), "d": dayWords(p.FixAskedAt)})
	case t.Kind == TaskWrongPerson:
		return fill("Modtageren skrev[ {d}], at mailen til {r} var gået til den forkerte.", map[string]string{"r": role, "d": dayWords(p.NotMeAt)})
	case t.Kind == TaskSignature:
		return "Underskriften under svaret fra " + role + " er en anden end navnet på ansøgningen. Det er tit uskyldigt. Konsulenten kan spørge ved første kontakt."
	case t.Kind == TaskSharedMailbox:
		return "Svaret fra " + role + " kom fra en adresse, der ligner en fælles postkasse. Det er tit uskyldigt. Konsulenten kan spørge ved første kontakt."
	case t.Kind == TaskPrivateMailbox:
		return "Svaret fra " + role + " kom fra en privat mailadresse. Det er tit uskyldigt. Konsulenten kan spørge ved første kontakt."
	case t.Kind == TaskSameDevice:
		return "Svaret fra " + role + " kom fra samme browser som det andet og kort efter. Det er tit uskyldigt: De sad sammen. Konsulenten kan spørge ved første kontakt."
	case t.Kind == TaskContested:
		return fill("{r} skrev[ {d}], at det svar, der blev noteret i telefonen, ikke passer. Det gælder ikke mere. Ring, og hør, hvad der er rigtigt.", map[string]string{"r": Capital(role), "d": dayWords(p.ContestedAt)})
	case strings.HasSuffix(t.Subject, ":no") && p.ReplacesParty == uuid.Nil:
		return Capital(role) + " har svaret nej, efter at forløbet gik videre. Tal med arbejdspladsen om, hvordan det skal fortsætte."
	case strings.HasSuffix(t.Subject, ":no"):
		return Capital(role) + " er ny kontaktperson og har svaret nej. Tal med arbejdspladsen om, hvem der skal tage over."
	}
	return fill("{r} er ikke længere på arbejdspladsen[, meldt {d}]. Forløbet fortsætter, men mangler en kontaktperson.", map[string]string{"r": Capital(role), "d": dayWords(p.LeftAt)})
}

func (f *Forloeb) registerSentence(t Task) string {
	m := f.TaskMeeting(t)
	if m == nil {
		return "Et møde er ikke noteret. Konsulenten er spurgt to gange."
	}
	return "Møde " + strconv.Itoa(f.MeetingNumber(m)) + " var " + Date(m.StartsAt) + ". Konsulenten er spurgt to gange."
}

// noConsultantSentence says what was looked for in vain, or that somebody has
// to choose.
func (f *Forloeb) noConsultantSentence(now time.Time) string {
	if a := f.chosenInVain(); a != nil {
		return cmp.Or(a.Consultant.Name, "Konsulenten") + " har sagt nej: " + a.Declined.Label() + ". Vælg en anden."
	}
	switch f.Policy.Assignment {
	case ByProvider:
		return "Forløbet venter på, at " + f.Provider.Label() + " vælger en ekspert."
	case Proposed:
		return "Forløbet venter på, at sekretariatet vælger en konsulent."
	}
	place, known := MunicipalityByCode(f.Lead().Municipality)
	if !known || len(f.Application.Themes) == 0 {
		return "Ingen konsulent med plads dækker tema og område."
	}
	return "Ingen konsulent med plads dækker " + f.themesInBrief() + " i " + RegionLabel(place.Region(now)) + "."
}

// themesInBrief is "samarbejde og alenearbejde".
func (f *Forloeb) themesInBrief() string {
	programme, _ := ProgrammeByCode(f.Programme)
	var short []string
	for _, code := range f.Application.Themes {
		if t, known := programme.Theme(code); known {
			short = append(short, t.Short)
		}
	}
	return AndList(short)
}
