package api

import (
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.dk/spark/internal/forloeb"
)

// example is one page in one state. The tests of this package run over all of
// them, so a new page or state is covered by adding it here.
type example struct {
	name string
	page pageData
}

var exampleSite = Site{
	Name:        "SPARK",
	FullName:    "Samarbejde om Psykisk ARbejdsmiljø i Kommunerne",
	Words:       spark().Words,
	Phone:       "00 00 00 00",
	Hours:       "mandag til torsdag kl. 9.00–15.00, fredag kl. 9.00–13.00",
	Mail:        "spark@example.dk",
	Development: true,
}

func at(year int, month time.Month, day, hour, minute int) time.Time {
	return time.Date(year, month, day, hour, minute, 0, 0, forloeb.Copenhagen)
}

var (
	exampleApplied  = at(2026, 11, 23, 14, 30)
	exampleDeadline = at(2026, 12, 14, 23, 59)
	exampleErase    = at(2027, 5, 27, 0, 0)
	exampleLinks    = partyLinks{Consent: "/samtykke/abc.def", Status: "/status/abc.def", Evaluation: "/evaluering/abc.def", Meeting: "/moede/abc.def"}
	exampleKaren    = contactCard{Name: "Karen Lund", Phone: "00 00 00 01", Email: "karen@example.dk"}
)

func examples() []example {
	var all []example
	for _, some := range [][]example{
		frontExamples(), guideExamples(), applyExamples(), sharedApplyExamples(), regionalApplyExamples(), draftExamples(), receiptExamples(), consentExamples(), statusExamples(), partyExamples(),
		meetingExamples(), evaluationExamples(), messageExamples(), loginExamples(), actExamples(), caseExamples(), mailExamples(), dayExamples(), timesExamples(), consultantExamples(), recusalExamples(),
		intakeExamples(), todayExamples(), listExamples(), savedViewExamples(), settingsExamples(), mailLogExamples(), mainMEDExamples(), staticExamples(), developmentExamples(), roundExamples(),
		sharedCaseExamples(), networkExamples(), guestExamples(), providerExamples(), pileExamples(), accessExamples(), notingExamples(), mailTextExamples(), heldExamples(), exportExamples(), figuresExamples(),
	} {
		all = append(all, some...)
	}
	return all
}

func exampleProgramme() forloeb.Programme {
	p, _ := forloeb.ProgrammeByCode(forloeb.Spark)
	return p
}

func exampleThemes() (labels []string) {
	for _, t := range exampleProgramme().OpenThemes(exampleApplied) {
		labels = append(labels, t.Label)
	}
	return labels
}

func exampleDeclarations() (texts []string) {
	for _, d := range exampleProgramme().Declarations {
		texts = append(texts, d.Text)
	}
	return texts
}

func frontExamples() []example {
	return []example{
		{"front", &frontPage{Themes: exampleThemes()}},
		{"front-closed", &frontPage{Themes: exampleThemes(), Closed: exampleClosed(), Regional: true}},
	}
}

// guideExamples are the questions, and every end.
func guideExamples() []example {
	led := func(address string) pageData {
		query, err := url.ParseQuery(address)
		if err != nil {
			panic(err)
		}
		return guideAt(query, "https://spark.example.dk")
	}
	return []example{
		{"guide-urgent", led("")},
		{"guide-where", led("haster=nej&nr=1")},
		{"guide-who", led("haster=nej&sted=kommune&nr=2")},
		{"guide-back", led("haster=nej&sted=kommune&rolle=leder&tilbage=3")},
		{"guide-how-many", led("haster=nej&sted=kommune&rolle=leder&nr=3")},
		{"guide-no-answer", led("haster=nej&nr=2")},
		{"advice-urgent", led("haster=ja")},
		{"advice-region", forRegions(led("haster=nej&sted=region"), exampleRegionalClosed())},
		{"advice-region-open", forRegions(led("haster=nej&sted=region"), nil)},
		{"advice-elsewhere", led("haster=nej&sted=andet")},
		{"advice-pass-on", led("haster=nej&sted=kommune&rolle=hr")},
		{"advice-apply", led("haster=nej&sted=kommune&rolle=repraesentant&antal=en")},
		{"advice-several", led("haster=nej&sted=kommune&rolle=leder&antal=flere")},
	}
}

func exampleForm() applicationForm {
	return applicationForm{
		Key: "6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c11", StartedBy: "leader", Municipality: "740", Workplace: "Tranemoseskolen",
		Sector: "school", Employees: "50-99", Body: "trio",
		LeaderName: "Mette Holm", LeaderTitle: "skoleleder", LeaderEmail: "mette@example.dk", LeaderPhone: "20 00 00 00",
		RepName: "Amir Dahl", RepRole: "amr", RepEmail: "amir@example.dk",
		Themes: []string{"change", "cooperation"}, Situation: exampleFrozen.Situation, Declared: true,
	}
}

func applyWith(change func(*applyPage)) *applyPage {
	p := newApplyPage(exampleProgramme(), exampleApplied)
	change(p)
	return p
}

func applyExamples() []example {
	sent := func(change func(*applicationForm)) *applyPage {
		return applyWith(func(p *applyPage) {
			p.Form = exampleForm()
			change(&p.Form)
			s := p.Form.submission(forloeb.Spark, forloeb.Individual)
			p.explain(s.Check(exampleApplied), s.Hints())
		})
	}
	return []example{
		{"apply-empty", newApplyPage(exampleProgramme(), exampleApplied)},
		{"apply-theme-not-open", newApplyPage(exampleProgramme(), at(2018, 9, 3, 12, 0))},
		{"apply-tells-main-med", applyWith(func(p *applyPage) { p.programme.Policy.TellMainMED = true })},
		{"apply-wait", tooMany{wait: 110 * time.Second, form: applyWith(func(p *applyPage) { p.Form = exampleForm() })}.filledIn()},
		{"apply-closed", applyWith(func(p *applyPage) { p.Closed = exampleClosed() })},
		{"apply-sent-too-late", applyWith(func(p *applyPage) {
			p.Form, p.Closed = exampleForm(), exampleClosed()
			p.Wait = tooLate(p.Closed.Refusal())
		})},
		{"apply-prefilled", applyWith(func(p *applyPage) { p.Prefilled, p.Form = true, exampleForm() })},
		{"apply-nothing-filled", applyWith(func(p *applyPage) {
			p.explain(p.Form.submission(forloeb.Spark, forloeb.Individual).Check(exampleApplied), nil)
		})},
		{"apply-errors", sent(func(f *applicationForm) {
			f.RepEmail, f.Themes, f.Declared = f.LeaderEmail, nil, false
			f.Situation = "Vi har travlt.\nSpørg 010203-1234."
		})},
		{"apply-typo", sent(func(f *applicationForm) { f.RepEmail = "amir@gmial.com" })},
		{"apply-typo-sure", sent(func(f *applicationForm) { f.RepEmail, f.RepEmailSure, f.Workplace = "amir@gmial.com", true, "" })},
		{"apply-typo-leader", sent(func(f *applicationForm) { f.LeaderEmail = "mette@hotmial.com" })},
		{"apply-shared-mailbox", sent(func(f *applicationForm) {
			f.RepEmail, f.LeaderEmail, f.Employees = "post@example.dk", "kontor@example.dk", ""
		})},
	}
}

func receiptExamples() []example {
	mette := receiptParty{ID: "leader_email", Role: "lederen", Name: "Mette Holm", Email: "mette@example.dk", Correct: "/kvittering/abc.def/adresse"}
	amir := receiptParty{ID: "rep_email", Role: "medarbejderrepræsentanten", Name: "Amir Dahl", Email: "amir@example.dk", Correct: "/kvittering/abc.def/adresse"}
	held := amir
	held.HeldUntil = at(2026, 11, 26, 0, 0)
	heldForMany := held
	heldForMany.HeldForMany = true
	shared := amir
	shared.Note = "post@example.dk ligner en fælles postkasse. Linket er personligt; brug helst en adresse, kun medarbejderrepræsentanten læser."
	wrong := amir
	wrong.Refused, wrong.Typed = true, "mette@example.dk"
	answered := mette
	answered.Correct = ""
	answeredToo := amir
	answeredToo.Correct = ""
	receipt := func(parties ...receiptParty) *receiptPage {
		return &receiptPage{Reference: "26-4817", Parties: parties, Deadline: exampleDeadline}
	}
	slow := receipt(mette, amir)
	slow.Slow, slow.Deadline = true, time.Time{}
	refused := receipt(mette, wrong)
	refused.Errors = []fieldError{{"rep_email", "Adressen hører allerede til den anden part. Skriv medarbejderrepræsentantens egen."}}
	return []example{
		{"receipt", receipt(mette, amir)},
		{"receipt-held", receipt(mette, held)},
		{"receipt-held-many", receipt(mette, heldForMany)},
		{"receipt-shared-mailbox", receipt(mette, shared)},
		{"receipt-slow", slow},
		{"receipt-correction-refused", refused},
		{"receipt-one-answered", receipt(answered, amir)},
		{"receipt-provider", ofAProvider(receipt(mette, amir))},
		{"receipt-both-answered", receipt(answered, answeredToo)},
	}
}

func ofAProvider(p *receiptPage) *receiptPage {
	p.Programme, p.Provider = forloeb.Regional, "NFA"
	return p
}

var exampleFrozen = frozenApplication{
	Workplace: "Tranemoseskolen", Municipality: "Silkeborg Kommune", Sector: "Skole", Employees: "50–99",
	Leader: "Mette Holm, skoleleder", Rep: "Amir Dahl, arbejdsmiljørepræsentant (AMR)", Body: "TRIO",
	Themes:     []string{"Forandringer og omstillinger", "Samarbejde"},
	Situation:  "Vi har fået ny ledelse og flyttet tre teams sammen.\nVi vil gerne finde en fælles måde at tale om arbejdspres på, inden det bliver et problem.",
	ChangeGoal: "Vi vil kunne tale om det, der er svært, uden at nogen går hjem.",
	Tried:      "Vi har holdt to personalemøder om det.",
	Timing:     "Torsdage efter kl. 13.00.",
}

func consentExamples() []example {
	open := func(w writer, change func(*consentPage)) *consentPage {
		p := &consentPage{
			Links: exampleLinks, Writer: w, Name: "Amir Dahl", Other: "Mette Holm", Role: "medarbejderrepræsentant",
			Deadline: exampleDeadline, Application: exampleFrozen, Declarations: exampleDeclarations(),
		}
		if change != nil {
			change(p)
		}
		return p
	}
	answered := func(answer forloeb.Answer, sentence string) *consentPage {
		return open(writtenByOther, func(p *consentPage) {
			p.Answered, p.AnsweredAt, p.Waiting.Sentence = string(answer), at(2026, 11, 24, 8, 15), sentence
		})
	}
	join := func(change func(*consentPage)) *consentPage {
		return open(writtenForAll, func(p *consentPage) {
			p.Application.Applicant, p.Application.Focus = "HovedMED i Silkeborg Kommune", "Et godt arbejdsliv i skolerne"
			if change != nil {
				change(p)
			}
		})
	}
	nothing := open(writtenByOther, func(p *consentPage) {
		p.Errors = []fieldError{{"answer", "Vælg et svar."}, {"signature", "Skriv dit navn under svaret."}}
	})
	fix := open(writtenByOther, func(p *consentPage) {
		p.Form = consentForm{Answer: "fix", Signature: "Amir Dahl"}
		p.Errors = []fieldError{{"fix_text", "Skriv, hvad der skal rettes."}}
	})
	no := open(writtenByOther, func(p *consentPage) {
		p.Form = consentForm{Answer: "no", NoReason: "Vi har ikke talt om det."}
		p.Errors = []fieldError{{"signature", "Skriv dit navn under svaret."}}
	})
	return []example{
		{"consent-other-wrote", open(writtenByOther, nil)},
		{"consent-i-wrote", open(writtenByMe, func(p *consentPage) { p.Name, p.Other, p.Role = "Mette Holm", "Amir Dahl", "leder" })},
		{"consent-helper-wrote", open(writtenByHelper, func(p *consentPage) { p.Application.ChangeGoal, p.Application.Tried, p.Application.Timing = "", "", "" })},
		{"consent-takes-over", open(writtenBefore, nil)},
		{"consent-asked-to-join", join(nil)},
		{"consent-joined", join(func(p *consentPage) {
			p.Answered, p.AnsweredAt = string(forloeb.Yes), at(2026, 11, 27, 8, 15)
			p.Waiting.Sentence = "Jeres arbejdsplads bekræftede fredag den 27. november 2026, og vi venter på de andre til og med tirsdag den 15. december 2026. Forløbet kan godt starte uden dem alle."
		})},
		{"consent-not-joining", join(func(p *consentPage) { p.Answered, p.AnsweredAt = string(forloeb.No), at(2026, 11, 27, 8, 15) })},
		{"consent-changed", open(writtenByOther, func(p *consentPage) { p.ChangedAt = at(2026, 11, 27, 10, 0) })},
		{"consent-nothing-chosen", nothing},
		{"consent-fix-without-text", fix},
		{"consent-no-without-name", no},
		{"consent-yes", answered(forloeb.Yes, "Den ene part har bekræftet, og vi venter på medarbejderrepræsentanten, som fik mailen mandag den 23. november 2026. Vi minder om det torsdag den 26. november 2026, og fristen er mandag den 14. december 2026.")},
		{"consent-no", answered(forloeb.No, "")},
		{"consent-noted-yes", open(writtenByOther, func(p *consentPage) { p.Noted = exampleNoted("ja") })},
		{"consent-noted-no", join(func(p *consentPage) { p.Noted = exampleNoted("nej") })},
		{"consent-noted-under-way", open(writtenByOther, func(p *consentPage) { p.Noted, p.Running = exampleNoted("ja"), true })},
		{"consent-contested", open(writtenByOther, func(p *consentPage) { p.Contested = at(2026, 11, 27, 9, 0) })},
		{"consent-yes-by-telephone", func() *consentPage {
			p := answered(forloeb.Yes, "Begge bekræftede torsdag den 3. december 2026, og vi er ved at finde en konsulent.")
			p.ByPhone = true
			return p
		}()},
		{"consent-fix", answered(forloeb.Fix, "Medarbejderrepræsentanten bad om en rettelse tirsdag den 24. november 2026. Når teksten er rettet, får begge en ny mail, senest tirsdag den 1. december 2026.")},
		{"consent-not-me", answered(forloeb.NotMe, "")},
	}
}

func exampleNoted(answer string) notedAnswer {
	return notedAnswer{Answer: answer, At: at(2026, 11, 26, 11, 5), Until: at(2026, 12, 3, 23, 59)}
}

// onDate is a line of the timeline with a date and no time of day.
func onDate(w when, at time.Time, text string) timelineItem {
	return timelineItem{When: w, At: at, Date: forloeb.Capital(forloeb.Date(at)), Text: text}
}

// onInterval is a line of a meeting.
func onInterval(w when, from, to time.Time, text string) timelineItem {
	return timelineItem{When: w, At: from, Date: forloeb.Capital(forloeb.Interval(from, to)), Text: text}
}

func exampleTimeline() []timelineItem {
	meeting := onInterval(next, at(2027, 1, 21, 13, 0), at(2027, 1, 21, 16, 0), "Møde 2 hos jer")
	meeting.Link, meeting.Linking = "/moede/abc.def?nr=2", "Se møde 2, eller bed om et andet tidspunkt"
	third := onInterval(future, at(2027, 3, 11, 13, 0), at(2027, 3, 11, 16, 0), "Møde 3, online")
	third.Link, third.Linking = "/moede/abc.def?nr=3", "Se møde 3, eller bed om et andet tidspunkt"
	return []timelineItem{
		onDate(past, exampleApplied, "Ansøgningen blev sendt"),
		onDate(past, at(2026, 11, 26, 9, 0), "Begge har bekræftet"),
		onDate(past, at(2026, 11, 26, 9, 0), "Karen Lund blev jeres konsulent"),
		onDate(past, at(2026, 12, 10, 13, 0), "Møde 1 blev holdt"),
		meeting,
		third,
		{When: future, Date: "Ikke aftalt endnu", Text: "Møde 4"},
		{When: future, Date: "Tre måneder efter det sidste møde", Text: "Spørgeskemaet kommer"},
	}
}

func statusExamples() []example {
	status := func(change func(*statusPage)) *statusPage {
		p := &statusPage{
			Links: exampleLinks, Reference: "26-4817", Workplace: "Tranemoseskolen", Started: true,
			Waiting:    waitingBox{Sentence: "Møde 2 af 4 er torsdag den 21. januar 2027. Vi minder om det tirsdag den 19. januar 2027."},
			Consultant: exampleKaren, Timeline: exampleTimeline(),
		}
		change(p)
		p.Waiting.Live = p.Links.Live()
		return p
	}
	early := func(p *statusPage) {
		p.Started, p.Consultant = false, contactCard{}
		p.Timeline = []timelineItem{
			onDate(past, exampleApplied, "Ansøgningen blev sendt"),
			onDate(past, exampleApplied, "Mail med link sendt til lederen"),
			onDate(next, at(2026, 11, 26, 8, 0), "Påmindelse til dem, der ikke har svaret"),
			onDate(future, exampleDeadline, "Frist for at svare"),
		}
	}
	closed := func(p *statusPage) {
		p.Closed, p.ApplyAgain = true, "/ansoegning?fra=abc.def"
		p.Timeline = p.Timeline[:4]
	}
	return []example{
		{"status-in-progress", status(func(*statusPage) {})},
		{"status-plans", status(func(p *statusPage) {
			p.PrepTask = prepCard{Meeting: at(2027, 1, 21, 13, 0), Text: "Spørg tre kolleger hver, hvad der gør en god dag.\nSkriv det ned, og tag det med.", Address: "/moede/abc.def?nr=2"}
			p.Plans = []planCard{
				{Title: "Aftalen om forløbet", Text: "Fire møder på skolen, hver på tre timer, med hele personalet.", Written: "Skrevet af Karen Lund torsdag den 3. december 2026."},
				{Title: "Aftalen om opfølgning", Text: "TRIO'en tager det op på hvert personalemøde til sommer."},
			}
		})},
		{"status-paused", status(func(p *statusPage) {
			p.AskPause = true
			p.AddGuest, p.Guests = true, []string{"Ida Berg", "Bo Lind"}
			p.Waiting.Sentence = "Forløbet har holdt pause siden mandag den 11. januar 2027. Det går videre mandag den 1. marts 2027. Pausens dage tæller ikke med i fristerne, og ingen bliver mindet om noget imens."
		})},
		{"status-no-guests", status(func(p *statusPage) { p.AddGuest = true })},
		{"status-network", status(func(p *statusPage) { p.Network = true })},
		{"status-moved-clock", status(func(p *statusPage) { p.Clock = at(2027, 1, 19, 8, 0) })},
		{"status-consultant-without-phone", status(func(p *statusPage) { p.Consultant.Phone = "" })},
		{"status-waiting-for-you", status(func(p *statusPage) {
			early(p)
			p.Waiting = waitingBox{OnYou: true, Action: "Læs og svar", Address: exampleLinks.Consent,
				Sentence: "Du fik mailen mandag den 23. november 2026. Svar senest mandag den 14. december 2026, så kommer ansøgningen videre."}
		})},
		{"status-processing", status(func(p *statusPage) {
			early(p)
			p.Waiting = waitingBox{Refresh: 3, Sentence: "Vi behandler det, der kom ind tirsdag den 24. november 2026. Siden opdaterer sig selv; ellers genindlæs den om lidt."}
		})},
		{"status-lapsed", status(func(p *statusPage) {
			early(p)
			closed(p)
			p.AskReopen = true
			p.Waiting.Sentence = "Fristen for at bekræfte udløb mandag den 14. december 2026. I kan bede sekretariatet åbne ansøgningen igen til og med onsdag den 13. januar 2027 eller søge på ny. Vi sletter oplysningerne mandag den 14. juni 2027."
		})},
		{"status-stopped", status(func(p *statusPage) {
			closed(p)
			p.Reason = "Arbejdspladsen er blevet lagt sammen med en anden.\nI er velkomne til at søge igen."
			p.Waiting.Sentence = "Forløbet blev stoppet fredag den 15. januar 2027. Vi sletter oplysningerne torsdag den 15. juli 2027."
		})},
	}
}

func partyExamples() []example {
	withdraw := withdrawPage{Links: exampleLinks, Reference: "26-4817", Other: "Mette Holm", EraseAt: exampleErase, EvaluationAhead: true}
	started := withdraw
	started.Started, started.Consultant = true, exampleKaren
	started.Meetings = []time.Time{at(2027, 1, 21, 13, 0), at(2027, 3, 11, 13, 0)}
	long := started
	long.Reason = "For langt"
	long.Errors = []fieldError{{"reason", "Teksten er 12 tegn for lang. Forkort den til 2.000 tegn."}}
	leaves := started
	leaves.Workplace = "Tranemoseskolen"
	gone := leaves
	gone.DoneAt = at(2026, 11, 27, 9, 12)
	withdrawn := withdraw
	withdrawn.DoneAt, withdrawn.ReopenUntil = at(2026, 11, 27, 9, 12), at(2026, 12, 27, 0, 0)
	stopped := started
	stopped.DoneAt = at(2026, 11, 27, 9, 12)

	left := leftPage{Links: exampleLinks, Reference: "26-4817"}
	leftWrong, leftDone := left, left
	leftWrong.Form = leftForm{Name: "Ida Bach", Email: "ida"}
	leftWrong.Errors = []fieldError{{"email", "Skriv en mailadresse som navn@kommune.dk."}}
	leftDone.Done = true

	contact := contactPage{Links: exampleLinks, Reference: "26-4817", Form: contactForm{Email: "amir@example.dk", Phone: "20 00 00 01"}}
	contactWrong, contactDone, contactMoved := contact, contact, contact
	contactWrong.Errors = []fieldError{{"email", "Adressen hører allerede til den anden part. Skriv medarbejderrepræsentantens egen."}}
	contactPhone := contact
	contactPhone.Form.Phone = "1234"
	contactPhone.Errors = []fieldError{{"phone", forloeb.Mistake{Field: "phone", Code: forloeb.MistakeBadPhone}.Danish()}}
	contactDone.Done = true
	contactMoved.Done, contactMoved.NewLink = true, true

	return []example{
		{"withdraw-application", &withdraw},
		{"withdraw-forloeb", &started},
		{"withdraw-workplace", &leaves},
		{"withdraw-workplace-done", &gone},
		{"withdraw-error", &long},
		{"withdraw-application-done", &withdrawn},
		{"withdraw-forloeb-done", &stopped},
		{"ask-pause", &askPausePage{Links: exampleLinks, Reference: "26-4817"}},
		{"ask-pause-error", &askPausePage{Links: exampleLinks, Reference: "26-4817", Base: Base{Errors: []fieldError{{"pause", "Skriv, hvorfor I har brug for en pause, og gerne hvor længe."}}}}},
		{"ask-pause-asked", &askPausePage{Links: exampleLinks, Reference: "26-4817", Asked: true}},
		{"ask-pause-paused", &askPausePage{Links: exampleLinks, Reference: "26-4817", Paused: "mandag den 1. marts 2027"}},
		{"left", &left},
		{"left-error", &leftWrong},
		{"left-done", &leftDone},
		{"contact", &contact},
		{"contact-error", &contactWrong},
		{"contact-phone-error", &contactPhone},
		{"contact-done", &contactDone},
		{"contact-new-link", &contactMoved},
		{"application-again", &applicationPage{Reference: "26-4817", Application: exampleFrozen, Until: at(2026, 12, 1, 10, 30), Status: exampleLinks.Status}},
	}
}

func meetingExamples() []example {
	meeting := func(s meetingStage, change func(*meetingPage)) *meetingPage {
		p := &meetingPage{
			Links: exampleLinks, Reference: "26-4817", Workplace: "Tranemoseskolen",
			Name: "Møde 2 – " + forloeb.Interval(at(2027, 1, 21, 13, 0), at(2027, 1, 21, 16, 0)), Stage: s, StartsAt: at(2027, 1, 21, 13, 0),
			Place: "Lærerværelset, Tranemosevej 2, 8600 Silkeborg", Consultant: exampleKaren, Address: "/moede/abc.def?nr=2",
			Invited: []invitee{{"Mette Holm", "leder"}, {"Amir Dahl", "medarbejderrepræsentant"}, {"Karen Lund", "konsulent"}},
			Form:    otherTimeForm{Starts: at(2027, 1, 21, 13, 0).Unix()},
		}
		if s == meetingAhead || s == meetingBegun {
			p.Calendar, p.CanAsk = "/moede/abc.def/kalender?nr=2", s == meetingAhead
		}
		change(p)
		return p
	}
	asked := func(p *meetingPage) { p.CanAsk, p.AskedAt = false, at(2027, 1, 14, 19, 12) }
	uncounted := func(p *meetingPage) {
		p.Name = "Mødet " + forloeb.Interval(at(2027, 1, 21, 13, 0), at(2027, 1, 21, 16, 0))
		p.Next = meetingLink{"Møde 2 – " + forloeb.Interval(at(2027, 1, 28, 9, 0), at(2027, 1, 28, 12, 0)), "/moede/abc.def?nr=3"}
	}
	nobody := func(p *meetingPage) { p.Consultant, p.Invited = contactCard{}, p.Invited[:2] }
	meetings := meetingsPage{Links: exampleLinks, Reference: "26-4817", Workplace: "Tranemoseskolen", Waiting: waitingBox{
		Sentence: "Konsulenten blev valgt torsdag den 26. november 2026 og kontakter arbejdspladsen senest torsdag den 3. december 2026 for at aftale det første møde."}}
	behind := meetings
	behind.Waiting.Sentence = "1 af 4 møder er holdt, det seneste torsdag den 10. december 2026, og det næste er ikke aftalt. Konsulenten foreslår en dato senest mandag den 4. januar 2027."
	behind.Meetings = []meetingLine{
		{meetingLink{"Mødet " + forloeb.Interval(at(2026, 12, 3, 13, 0), at(2026, 12, 3, 16, 0)), "/moede/abc.def?nr=1"}, forloeb.Cancelled.Label()},
		{meetingLink{"Møde 1 – " + forloeb.Interval(at(2026, 12, 10, 13, 0), at(2026, 12, 10, 16, 0)), "/moede/abc.def?nr=2"}, forloeb.Held.Label()},
	}
	return []example{
		{"meeting-ahead", meeting(meetingAhead, func(*meetingPage) {})},
		{"meeting-moved", meeting(meetingAhead, func(p *meetingPage) { p.MovedFrom = at(2027, 1, 14, 13, 0) })},
		{"meeting-prepare", meeting(meetingAhead, func(p *meetingPage) {
			p.PrepTask = "Spørg tre kolleger hver, hvad der gør en god dag.\nSkriv det ned, og tag det med."
		})},
		{"meeting-online", meeting(meetingAhead, func(p *meetingPage) {
			p.Place = "https://moede.example.dk/rum/tranemoseskolen"
			p.Online, _ = url.Parse(p.Place)
		})},
		{"meeting-no-place", meeting(meetingAhead, func(p *meetingPage) { p.Place, p.Consultant.Phone = "", "" })},
		{"meeting-processing", meeting(meetingAhead, func(p *meetingPage) {
			asked(p)
			p.Waiting = waitingBox{Refresh: 3, Sentence: "Vi behandler det, der kom ind torsdag den 14. januar 2027. Siden opdaterer sig selv; ellers genindlæs den om lidt."}
		})},
		{"meeting-just-asked", meeting(meetingAhead, func(p *meetingPage) { asked(p); p.JustAsked = true })},
		{"meeting-asked", meeting(meetingAhead, func(p *meetingPage) { asked(p); p.OtherAsked = "Lederen" })},
		{"meeting-other-asked", meeting(meetingAhead, func(p *meetingPage) { p.OtherAsked = "Lederen" })},
		{"meeting-nobody", meeting(meetingAhead, nobody)},
		{"meeting-nobody-just-asked", meeting(meetingAhead, func(p *meetingPage) { nobody(p); asked(p); p.JustAsked = true })},
		{"meeting-error", meeting(meetingAhead, func(p *meetingPage) {
			p.Form.OtherTime = "Fredag passer bedre.\nSpørg 010203-1234."
			p.Errors = []fieldError{{"other_time", forloeb.Mistake{Field: "other_time", Code: forloeb.MistakeCPR, N: 2}.Danish()}}
		})},
		{"meeting-moved-meanwhile", meeting(meetingAhead, func(p *meetingPage) {
			p.MovedFrom, p.Form.OtherTime = at(2027, 1, 14, 13, 0), "Fredag passer bedre."
			p.Errors = []fieldError{{"other_time", (&forloeb.Refusal{Code: forloeb.RefuseMeetingMoved, Date: at(2027, 1, 21, 13, 0)}).Danish()}}
		})},
		{"meeting-begun", meeting(meetingBegun, func(*meetingPage) {})},
		{"meeting-over", meeting(meetingOver, func(*meetingPage) {})},
		{"meeting-held", meeting(meetingHeld, func(p *meetingPage) {
			p.Next = meetingLink{"Møde 3 – " + forloeb.Interval(at(2027, 3, 11, 13, 0), at(2027, 3, 11, 16, 0)), "/moede/abc.def?nr=3"}
		})},
		{"meeting-not-held", meeting(meetingNotHeld, uncounted)},
		{"meeting-cancelled", meeting(meetingCancelled, func(p *meetingPage) { uncounted(p); p.CancelledAt = at(2027, 1, 15, 9, 30) })},
		{"meetings", &behind},
		{"meetings-none", &meetings},
	}
}

func evaluationExamples() []example {
	evaluation := func(s evaluationState, change func(*evaluationPage)) *evaluationPage {
		p := &evaluationPage{Links: exampleLinks, Reference: "26-4817", State: s, Deadline: at(2027, 8, 28, 23, 59), Answers: forloeb.Answers{Version: forloeb.QuestionnaireVersion}}
		if change != nil {
			change(p)
		}
		return p
	}
	again := func(p *evaluationPage) { p.Again = "tre måneder efter" }
	return []example{
		{"evaluation-open", evaluation(evaluationOpen, nil)},
		{"evaluation-saved", evaluation(evaluationOpen, func(p *evaluationPage) {
			p.Saved, p.Answers = true, forloeb.Answers{Version: 2, Choices: map[string]string{"planned": "yes", "initiatives_ongoing": "2", "satisfied": "neither"}, Remark: "Det gik godt."}
		})},
		{"evaluation-errors", evaluation(evaluationOpen, func(p *evaluationPage) {
			p.Errors = []fieldError{{"planned", "Vælg et svar til »Har I planlagt en eller flere indsatser på baggrund af forløbet«."}, {"ongoing", "Vælg et svar til »Er I gået i gang med en eller flere indsatser«."}, {"remark", "Fjern det, der ligner et CPR-nummer (linje 1). Skriv heller ikke navne."}}
		})},
		{"evaluation-first-version", evaluation(evaluationOpen, func(p *evaluationPage) { p.Answers.Version = 1 })},
		{"evaluation-thanks", evaluation(evaluationThanks, nil)},
		{"evaluation-thanks-both", evaluation(evaluationThanks, func(p *evaluationPage) { p.BothAnswered = true })},
		{"evaluation-thanks-shared", evaluation(evaluationThanks, func(p *evaluationPage) { p.BothAnswered, p.Shared = true, true })},
		{"evaluation-answered-ended", evaluation(evaluationAnswered, func(p *evaluationPage) { p.EraseAt = at(2029, 7, 9, 0, 0) })},
		{"evaluation-answered-by-both", evaluation(evaluationAnswered, func(p *evaluationPage) { p.BothAnswered, p.EraseAt = true, at(2029, 7, 9, 0, 0) })},
		{"evaluation-refused", evaluation(evaluationRefused, nil)},
		{"evaluation-closed", evaluation(evaluationClosed, nil)},
		{"evaluation-early", evaluation(evaluationOpen, again)},
		{"evaluation-early-thanks", evaluation(evaluationThanks, again)},
		{"evaluation-early-refused", evaluation(evaluationRefused, again)},
	}
}

func messageExamples() []example {
	return []example{
		{"message-unknown-link", unknownLink()},
		{"message-replaced-link", replacedLink("/status/abc.def/nyt-link")},
		{"message-deadline", deadlinePassed(exampleDeadline, "/status/abc.def/aabn-igen", "/ansoegning")},
		{"message-deadline-too-late", deadlinePassed(exampleDeadline, "", "/ansoegning")},
		{"message-reopen-asked", reopenAsked()},
		{"message-link-sent", linkSent()},
		{"message-already-answered", alreadyAnswered(forloeb.Yes, exampleApplied, exampleLinks.Status)},
		{"message-erased", erased()},
		{"message-receipt-expired", receiptExpired()},
		{"message-no-draft", noDraft()},
		{"message-draft-deleted", draftDeleted(forloeb.Spark)},
		{"message-not-found", pageNotFound()},
		{"message-not-yours", notYours()},
		{"message-too-large", tooLarge()},
		{"message-illegal", illegalStep("Forløbet er stoppet fredag den 15. januar 2027.", exampleLinks.Status)},
		{"message-catching-up", catchingUp(exampleLinks.Status)},
		{"message-too-many", tooMany{wait: time.Minute}.message(wayOn{Label: "Prøv igen", Address: exampleLinks.Consent + newLinkPath, Act: true})},
		{"message-our-fault", ourFault(http.StatusInternalServerError, "7K3M")},
	}
}

func staticExamples() []example {
	return []example{
		{"privacy", newPrivacyPage("SPARKs sekretariat er ansvarligt for oplysningerne.", forloeb.DefaultPolicy)},
		{"privacy-main-med", newPrivacyPage("SPARKs sekretariat er ansvarligt for oplysningerne.", forloeb.Policy{TellMainMED: true, KeepClosed: 6, KeepCompleted: 24})},
		{"accessibility", &accessibilityPage{}},
		{"accessibility-statement", &accessibilityPage{Statement: "https://was.digst.dk/spark-example-dk"}},
	}
}

func developmentExamples() []example {
	links := []wayOn{{Label: "Mailfangeren", Address: "/dev/mail"}, {Label: "API", Address: "/openapi.json"}}
	one := developmentForloeb{
		Address: "/dev/?forloeb=1", FastForward: "/dev/forloeb/1/fast-forward", Reference: "26-4817", Status: "Venter på svar",
		Waiting: "Vi venter på svar fra lederen og medarbejderrepræsentanten, som fik mailen mandag den 23. november 2026.",
		Now:     exampleApplied, Settled: true,
		Next: []developmentEvent{{at(2026, 11, 26, 8, 0), "Påmindelse til dem, der ikke har svaret"}, {exampleDeadline, "Frist for at svare"}},
	}
	moved, busy, done := one, one, one
	moved.Moved, moved.Now = true, at(2026, 11, 26, 8, 0)
	moved.Happened = []developmentEvent{{at(2026, 11, 26, 8, 0), "Påmindelse sendt til medarbejderrepræsentanten"}}
	moved.Mails = []string{"Påmindelse om at svare"}
	busy.Settled = false
	short, going := moved, moved
	short.Short, going.Short, going.Settled = true, true, false
	done.Closed, done.Status = true, "Afsluttet"
	chosen := func(f developmentForloeb) *developmentPage {
		return &developmentPage{Links: links, List: []developmentForloeb{one, done}, Chosen: &f}
	}
	after := chosen(moved)
	after.Clock = moved.Now
	return []example{
		{"development-empty", &developmentPage{Links: links}},
		{"development-list", &developmentPage{Links: links, List: []developmentForloeb{one, done}}},
		{"development-chosen", chosen(one)},
		{"development-after-jump", after},
		{"development-unsettled", chosen(busy)},
		{"development-stopped-short", chosen(short)},
		{"development-on-the-way", chosen(going)},
		{"development-closed", chosen(done)},
	}
}

// nameOfExample makes a path fit for the name of an example.
func nameOfExample(path string) string { return strings.ReplaceAll(path, "/", "-") }
