package forloeb

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
)

// Keys of the catalogue. A key that ends in _late says that a promised date
// has passed.
const (
	WaitProcessing WaitKey = "processing"
	WaitPaused     WaitKey = "paused"

	WaitConsentSelf       WaitKey = "consent.self"
	WaitConsentNone       WaitKey = "consent.none"
	WaitConsentOne        WaitKey = "consent.one"
	WaitConsentLast       WaitKey = "consent.last"
	WaitConsentLate       WaitKey = "consent.last_late"
	WaitConsentQueued     WaitKey = "consent.queued"
	WaitConsentQueuedLate WaitKey = "consent.queued_late"
	WaitConsentHeld       WaitKey = "consent.held"
	WaitConsentBounced    WaitKey = "consent.bounced"
	WaitConsentUncertain  WaitKey = "consent.uncertain"
	WaitConsentWrong      WaitKey = "consent.wrong"
	WaitConsentFix        WaitKey = "consent.fix"
	WaitConsentChanged    WaitKey = "consent.changed"
	WaitConsentPhone      WaitKey = "consent.phone"
	WaitConsentPhoneLate  WaitKey = "consent.phone_late"

	WaitJoinQuorum WaitKey = "joint.quorum"
	WaitJoinOne    WaitKey = "joint.one"

	WaitAssessPool     WaitKey = "assess.pool"
	WaitAssessPoolLate WaitKey = "assess.pool_late"
	WaitAssessWaitlist WaitKey = "assess.waitlist"

	WaitAssignSearching WaitKey = "assign.searching"
	WaitAssignFull      WaitKey = "assign.full"
	WaitAssignManual    WaitKey = "assign.manual"
	WaitAssignProvider  WaitKey = "assign.provider"
	WaitAssignOffered   WaitKey = "assign.offered"

	WaitPlanContact     WaitKey = "plan.contact"
	WaitPlanContactLate WaitKey = "plan.contact_late"
	WaitPlanStartBy     WaitKey = "plan.startby"
	WaitPlanStartByLate WaitKey = "plan.startby_late"
	WaitReassign        WaitKey = "reassign"

	WaitMeetNext          WaitKey = "meet.next"
	WaitMeetToday         WaitKey = "meet.today"
	WaitMeetRegister      WaitKey = "meet.register"
	WaitMeetRegisterLate  WaitKey = "meet.register_late"
	WaitMeetUnplanned     WaitKey = "meet.unplanned"
	WaitMeetUnplannedLate WaitKey = "meet.unplanned_late"
	WaitMeetCancelled     WaitKey = "meet.cancelled"
	WaitMeetNoShow        WaitKey = "meet.noshow"

	WaitContactReplace WaitKey = "contact.replace"
	WaitContactSelf    WaitKey = "contact.self"

	WaitEvalRest      WaitKey = "eval.rest"
	WaitEvalRestLate  WaitKey = "eval.rest_late"
	WaitEvalSelf      WaitKey = "eval.self"
	WaitEvalQueued    WaitKey = "eval.queued"
	WaitEvalNone      WaitKey = "eval.none"
	WaitEvalOne       WaitKey = "eval.one"
	WaitEvalMissing   WaitKey = "eval.missing"
	WaitEvalLast      WaitKey = "eval.last"
	WaitEvalLate      WaitKey = "eval.last_late"
	WaitEvalBounced   WaitKey = "eval.bounced"
	WaitEvalUncertain WaitKey = "eval.uncertain" // for staff alone

	WaitDoneCompleted WaitKey = "done.completed"
	WaitDoneDeclined  WaitKey = "done.declined"
	WaitDoneLapsed    WaitKey = "done.lapsed"
	WaitDoneRejected  WaitKey = "done.rejected"
	WaitDoneWithdrawn WaitKey = "done.withdrawn"
	WaitDoneStopped   WaitKey = "done.stopped"
)

var doneKeys = map[Status]WaitKey{
	Completed: WaitDoneCompleted, Declined: WaitDoneDeclined, Lapsed: WaitDoneLapsed,
	Rejected: WaitDoneRejected, Withdrawn: WaitDoneWithdrawn, Stopped: WaitDoneStopped,
}

// Late reports whether the key says that a promised date has passed.
func (k WaitKey) Late() bool { return strings.HasSuffix(string(k), "_late") }

// Self reports whether the sentence asks the very person who reads it.
func (k WaitKey) Self() bool { return strings.HasSuffix(string(k), ".self") }

// waitWords is one entry of the catalogue. A part in [brackets] is left out,
// or replaced by what follows the |, when its date is not known or has
// passed.
type waitWords struct{ danish, english string }

var waitCatalogue = map[WaitKey]waitWords{
	WaitProcessing: {
		"Vi behandler det, der kom ind {sidenkl}. Siden opdaterer sig selv; ellers genindlæs den om lidt.",
		"Working on what came in at {since}."},

	WaitPaused: {
		"Forløbet har holdt pause siden {siden}.[ Det går videre {næste}.] Pausens dage tæller ikke med i fristerne, og ingen bliver mindet om noget imens.",
		"Paused since {since}[; it goes on on {next}]. Days of the pause do not count towards any deadline."},

	WaitConsentSelf: {
		"Du fik mailen {siden}. [Svar senest {frist}|Svar], så kommer ansøgningen videre.",
		"Waiting for this party's answer[ until {deadline}]."},
	WaitConsentNone: {
		"Vi venter på svar fra lederen og medarbejderrepræsentanten, som fik mailen {siden}. [Vi minder om det {næste}, og fristen|Fristen] er {frist}.",
		"Waiting for both parties' answers until {deadline}[; they are reminded on {next}]."},
	WaitConsentOne: {
		"Den ene part har bekræftet, og vi venter på {rolle}, som fik mailen {siden}. [Vi minder om det {næste}, og fristen|Fristen] er {frist}.",
		"One party has agreed; waiting for the {side} until {deadline}[, who is reminded on {next}]."},
	WaitConsentLast: {
		"Vi venter på {rolle}, som fik den sidste påmindelse {siden}. Kommer svaret ikke senest {frist}, lukker ansøgningen.",
		"Waiting for the {side} after the last reminder; the application lapses after {deadline}."},
	WaitConsentLate: {
		"Fristen for at svare var {frist}. Ansøgningen lukker om lidt.",
		"The deadline was {deadline}; the application is about to lapse."},
	WaitConsentQueued: {
		"Mailen til {rolle} bliver sendt {næste}. Fristen for at svare er {frist}.",
		"The mail to the {side} is about to be sent; the deadline will be {deadline}."},
	WaitConsentQueuedLate: {
		"Mailen til {rolle} er forsinket. Fristen for at svare løber først, når den er sendt.",
		"The mail to the {side} is delayed; the deadline counts from when it is sent."},
	WaitConsentHeld: {
		"Mailen til {rolle} venter. Sekretariatet ser på det først[, senest {næste}], og fristen løber først fra den dag.",
		"The mail to the {side} is held back; the secretariat looks at it[ by {next}]."},
	WaitConsentBounced: {
		"Mailen til {rolle} kom retur {siden}. Sekretariatet finder den rigtige adresse[ senest {næste}], og fristen bliver forlænget.",
		"The mail to the {side} was returned; the secretariat finds the right address[ by {next}]."},
	WaitConsentUncertain: {
		"Vi ved ikke, om mailen til {rolle} nåede frem {siden}. Sekretariatet afgør[ senest {næste}], om den skal sendes igen, og fristen står stille imens.",
		"It is not known whether the mail reached the {side}; the secretariat decides[ by {next}] whether to send it again."},
	WaitConsentWrong: {
		"Modtageren skrev {siden}, at mailen var gået til den forkerte. Sekretariatet finder den rette[ senest {næste}].",
		"The recipient says the mail was not for them; the secretariat finds the right person[ by {next}]."},
	WaitConsentFix: {
		"{Rolle} bad om en rettelse {siden}. Når teksten er rettet, får begge en ny mail[, senest {næste}].",
		"The {side} asked for a correction; both are asked again when it is made[, by {next}]."},
	WaitConsentChanged: {
		"Ansøgningen blev ændret {siden}, og derfor skal begge svare igen. Fristen er {frist}.",
		"The application was changed on {since}; waiting for both parties' answers until {deadline}."},

	WaitConsentPhone: {
		"Sekretariatet noterede svaret fra {rolle} i telefonen {siden}. Er det forkert, kan {rolle} rette det til og med {frist}; derefter går sagen videre.",
		"The {side} answered by telephone on {since} and can correct what was noted until {deadline}; the forløb waits until then."},
	WaitConsentPhoneLate: {
		"Det svar, der blev noteret i telefonen, gælder nu. Sagen går videre om lidt.",
		"The answer by telephone stands; the forløb is about to continue."},

	WaitJoinQuorum: {
		"{k} af {m} arbejdspladser har bekræftet. Forløbet går i gang, når {n} er med[, senest {frist}].",
		"{k} of {m} workplaces have joined; it starts with {n}[, by {deadline}]."},
	WaitJoinOne: {
		"Jeres arbejdsplads bekræftede {siden}, og vi venter på de andre[ til og med {frist}]. Forløbet kan godt starte uden dem alle.",
		"This workplace has joined; waiting for the others[ until {deadline}]."},

	WaitAssessPool: {
		"Begge bekræftede {siden}, og sekretariatet vurderer ansøgningen[ {næste}]. I får svar senest {frist}.",
		"Waiting for the secretariat's assessment, due by {deadline}."},
	WaitAssessPoolLate: {
		"Ansøgningen skulle have været vurderet {frist}. Sekretariatet giver jer besked[ senest {næste}].",
		"The assessment was due by {deadline}; the secretariat gets in touch[ by {next}]."},
	WaitAssessWaitlist: {
		"Ansøgningen har stået på venteliste siden {siden}. [Den bliver vurderet igen {næste}, og I|I] hører fra os hver måned.",
		"On the waiting list since {since}[; assessed again on {next}]."},

	WaitAssignSearching: {
		"Begge bekræftede {siden}, og vi er ved at finde en {konsulent}. [I hører fra os senest {frist}.|I hører snart fra os.]",
		"Looking for a consultant[; news by {deadline}]."},
	WaitAssignFull: {
		"Vi har ledt efter en {konsulent} siden {siden}, men ingen med plads passer til tema og område. Vi prøver igen[ {næste}], og I hører fra os[ senest {frist}], også hvis vi stadig leder.",
		"No consultant with room matches; looked for since {since}[, tried again on {next}][, news by {deadline}]."},
	WaitAssignManual: {
		"Begge bekræftede {siden}, og sekretariatet vælger en {konsulent}[ senest {frist}].",
		"Waiting for the secretariat to choose a consultant[ by {deadline}]."},
	WaitAssignProvider: {
		"{Udbyder} vælger en ekspert[ senest {frist}]. Begge bekræftede {siden}.",
		"Waiting for {provider} to choose an expert[ by {deadline}]."},

	WaitAssignOffered: {
		"En {konsulent} er spurgt {siden}. Uden et nej[ senest {frist}] er forløbet {konsulent}ens, og parterne får besked.",
		"A consultant was asked on {since}; without a no[ by {deadline}] the forløb is theirs and the parties are told."},

	WaitPlanContact: {
		"{Konsulent}en blev valgt {siden} og kontakter arbejdspladsen senest {frist} for at aftale det første møde.",
		"The consultant contacts the workplace by {deadline}."},
	WaitPlanContactLate: {
		"Det første møde skulle have været aftalt senest {frist}. Sekretariatet ved det og følger op[ senest {næste}].",
		"The first meeting should have been booked by {deadline}; the secretariat follows up[ by {next}]."},
	WaitPlanStartBy: {
		"{Konsulent}en blev valgt {siden}, men det første møde er ikke aftalt. [Det skal holdes senest {frist}; sekretariatet|Sekretariatet] [kontakter jer senest {næste}|følger op].",
		"No first meeting is booked[; it must be held by {deadline}]."},
	WaitPlanStartByLate: {
		"Det første møde skulle have været holdt senest {frist}. Sekretariatet ved det og følger op[ senest {næste}].",
		"The first meeting should have been held by {deadline}; the secretariat follows up[ by {next}]."},
	WaitReassign: {
		"Forløbet fik en ny {konsulent} {siden}, som kontakter arbejdspladsen senest {frist}.[ Aftalte møder står fast; det næste er {dato}.]",
		"A new consultant since {since} contacts the workplace by {deadline}[; the next meeting is on {date}]."},

	WaitMeetNext: {
		"Møde {n} af {m} er {dato}.[ Vi minder om det {næste}.]",
		"Meeting {n} of {m} is on {date}."},
	WaitMeetToday: {
		"Møde {n} af {m} er i dag kl. {tid}. Bagefter noterer {konsulent}en, at det er holdt.",
		"Meeting {n} of {m} is on {date}, today."},
	WaitMeetRegister: {
		"Møde {n} var {siden}. {Konsulent}en noterer senest {frist}, om det blev holdt.",
		"Meeting {n} was on {since}; the consultant registers it by {deadline}."},
	WaitMeetRegisterLate: {
		"Møde {n} var {siden} og er ikke noteret endnu. Sekretariatet følger op[ senest {næste}].",
		"Meeting {n} was on {since} and is not registered; the secretariat follows up[ by {next}]."},
	WaitMeetUnplanned: {
		"{k} af {m} møder er holdt, det seneste {siden}, og det næste er ikke aftalt. {Konsulent}en foreslår en dato senest {frist}.",
		"{k} of {m} meetings are held and no next one is booked; the consultant proposes a date by {deadline}."},
	WaitMeetUnplannedLate: {
		"Der har ikke været et møde i kalenderen siden {siden}. Sekretariatet følger op[ senest {næste}].",
		"No meeting in the calendar since {since}; the secretariat follows up[ by {next}]."},
	WaitMeetCancelled: {
		"Mødet {dato} er aflyst. {Konsulent}en finder en ny dato senest {frist}.",
		"The meeting on {date} is cancelled; the consultant finds a new date by {deadline}."},
	WaitMeetNoShow: {
		"Mødet {siden} blev ikke holdt og tæller ikke med. {Konsulent}en aftaler et nyt senest {frist}.",
		"The meeting on {since} was not held; the consultant books a new one by {deadline}."},

	WaitContactReplace: {
		"{Rolle} er ved at blive skiftet ud, meldt {siden}. Forløbet fortsætter; den nye kontaktperson får en mail[ senest {næste}].",
		"The {side} is being replaced, reported on {since}[; the new person gets a mail by {next}]."},
	WaitContactSelf: {
		"Du er ny kontaktperson, og vi venter på dit ja. Læs, hvad det går ud på; forløbet fortsætter imens.",
		"Waiting for the new {side} to agree; the forløb goes on meanwhile."},

	WaitEvalRest: {
		"Det sidste møde var {siden}, og spørgeskemaet kommer {næstekl}. Indtil da arbejder I videre på egen hånd.",
		"The last meeting was on {since}; the evaluation is sent on {next}."},
	WaitEvalRestLate: {
		"Det sidste møde var {siden}, og spørgeskemaet skulle være kommet {frist}. I får det så snart som muligt.",
		"The evaluation was due on {deadline} and is about to be sent."},
	WaitEvalSelf: {
		"Spørgeskemaet blev sendt til dig {siden}. Det tager fem minutter[ og lukker {frist}].",
		"Waiting for this party's evaluation[ until {deadline}]."},
	WaitEvalQueued: {
		"Spørgeskemaet er på vej. Fristen for at svare løber først, når det er sendt.",
		"The evaluation is about to be sent."},
	WaitEvalNone: {
		"Spørgeskemaet blev sendt {siden}, og vi venter på svar fra begge parter. Vi minder om det {næste}[, og det lukker {frist}].",
		"Waiting for both evaluations[ until {deadline}]; reminder on {next}."},
	WaitEvalOne: {
		"Spørgeskemaet blev sendt {siden}, og én af to har svaret. Vi minder den anden om det {næste}[, og det lukker {frist}].",
		"One of two evaluations is in; waiting for the other[ until {deadline}]; reminder on {next}."},
	WaitEvalMissing: {
		"Spørgeskemaet blev sendt {siden}, og vi mangler ét svar. Vi minder om det {næste}[, og det lukker {frist}].",
		"Waiting for one evaluation[ until {deadline}]; reminder on {next}."},
	WaitEvalLast: {
		"Spørgeskemaet blev sendt {siden}, og alle påmindelser er sendt. [Det lukker {frist}, og så slutter forløbet|Forløbet slutter, når det lukker], også hvis der mangler svar.",
		"All reminders are sent; the evaluation closes[ after {deadline}]."},
	WaitEvalLate: {
		"Spørgeskemaet lukkede {frist}. Forløbet slutter om lidt.",
		"The evaluation closed on {deadline}; the forløb is about to end."},
	WaitEvalBounced: {
		"Spørgeskemaet til {rolle} kom retur {siden}. Sekretariatet finder den rigtige adresse[ senest {næste}], og fristen bliver forlænget.",
		"The evaluation to the {side} was returned; the secretariat finds the right address[ by {next}]."},
	WaitEvalUncertain: {
		"Vi ved ikke, om spørgeskemaet nåede frem til {rolle} {siden}. Sekretariatet afgør[ senest {næste}], om det skal sendes igen.",
		"It is not known whether the evaluation reached the {side}; the secretariat decides[ by {next}] whether to send it again."},

	WaitDoneCompleted: {
		"Forløbet sluttede {siden}.[ Vi sletter personoplysningerne {frist}.]",
		"Completed on {since}[; personal data are erased on {deadline}]."},
	WaitDoneDeclined: {
		"Ansøgningen blev ikke bekræftet af begge og lukkede {siden}. I kan søge igen.[ Vi sletter oplysningerne {frist}.]",
		"Not confirmed by both parties; closed on {since}[; personal data are erased on {deadline}]."},
	WaitDoneLapsed: {
		"Fristen for at bekræfte udløb {siden}. I kan [bede sekretariatet åbne ansøgningen igen til og med {næste} eller ]søge på ny.[ Vi sletter oplysningerne {frist}.]",
		"Lapsed on {since}[; can be reopened until {next}][; personal data are erased on {deadline}]."},
	WaitDoneRejected: {
		"Ansøgningen fik afslag {siden}. Begrundelsen står i brevet.[ Vi sletter oplysningerne {frist}.]",
		"Rejected on {since}[; personal data are erased on {deadline}]."},
	WaitDoneWithdrawn: {
		"Ansøgningen blev trukket tilbage {siden}.[ Vi sletter oplysningerne {frist}.]",
		"Withdrawn on {since}[; personal data are erased on {deadline}]."},
	WaitDoneStopped: {
		"Forløbet blev stoppet {siden}.[ Vi sletter oplysningerne {frist}.]",
		"Stopped on {since}[; personal data are erased on {deadline}]."},
}

// Sentence is what people read: one or two sentences without names.
func (w Waiting) Sentence() string {
	rolle := "lederen og medarbejderrepræsentanten"
	if w.Side.Valid() {
		rolle = w.Side.Label()
	}
	values := map[string]string{
		"rolle": rolle, "Rolle": Capital(rolle),
		"siden": dayWords(w.Since), "næste": dayWords(w.Next), "frist": dayWords(w.Deadline), "dato": dayWords(w.At),
		"n": strconv.Itoa(w.N), "m": strconv.Itoa(w.M), "k": strconv.Itoa(w.K),
		"tid": clockDigits(w.At), "Udbyder": cmp.Or(w.Provider.Label(), "Udbyderen"),
		"konsulent": w.consultant(), "Konsulent": Capital(w.consultant()),
	}
	if !w.Since.IsZero() {
		values["sidenkl"] = DateTime(w.Since)
	}
	if !w.Next.IsZero() {
		values["næstekl"] = DateTime(w.Next)
	}
	return fill(w.words().danish, values)
}

// sentenceEnd is a full stop that a new sentence follows; the one in
// "23. november" and the one in "kl. 9.00" are none.
var sentenceEnd = regexp.MustCompile(`\. [A-ZÆØÅ]`)

// Short is the first sentence, which stands alone in lists.
func (w Waiting) Short() string {
	sentence := w.Sentence()
	if end := sentenceEnd.FindStringIndex(sentence); end != nil {
		return sentence[:end[0]+1]
	}
	return sentence
}

// consultant is what those who wait call whoever comes to them; -en follows it
// where one is meant.
func (w Waiting) consultant() string {
	if _, programme, known := ProviderByCode(w.Provider); known {
		return programme.Words.Consultant
	}
	return sparkWords.Consultant
}

// English is a short sentence for the API.
func (w Waiting) English() string {
	side := "parties"
	if w.Side.Valid() {
		side = englishSide(w.Side)
	}
	return fill(w.words().english, map[string]string{
		"provider": cmp.Or(w.Provider.Label(), "the provider"), "side": side, "since": isoDay(w.Since), "next": isoDay(w.Next), "deadline": isoDay(w.Deadline), "date": isoDay(w.At),
		"n": strconv.Itoa(w.N), "m": strconv.Itoa(w.M), "k": strconv.Itoa(w.K),
	})
}
