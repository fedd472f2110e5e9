package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"example.dk/spark/internal/forloeb"
)

// mailKind is how a mail is recognised from outside: by its subject, and where
// two kinds share one, by words in it.
type mailKind struct {
	code    forloeb.MailKind
	subject string // after "SPARK {reference}: ", or another programme's name
	words   string
}

// What the people of the demo get.
var (
	kindAskedWriter    = mailKind{forloeb.MailConsentRequest, "Én ting mangler: Bekræft ansøgningen", "/samtykke/"}
	kindAsked          = mailKind{forloeb.MailConsentRequest, "Bekræft ansøgningen senest %s", "/samtykke/"}
	kindReminded       = mailKind{forloeb.MailConsentReminder, "Påmindelse: Bekræft ansøgningen senest %s", "/samtykke/"}
	kindRemindedLast   = mailKind{forloeb.MailConsentReminder, "Sidste påmindelse: Svar senest %s", "/samtykke/"}
	kindGotYes         = mailKind{forloeb.MailAnswerYes, "Vi har modtaget dit svar", "dit ja"}
	kindGotNo          = mailKind{forloeb.MailAnswerNo, "Vi har modtaget dit svar", "dit nej"}
	kindBothAgreed     = mailKind{forloeb.MailBothAgreed, "I har begge bekræftet", ""}
	kindDeclined       = mailKind{forloeb.MailDeclined, "Ansøgningen går ikke videre", ""}
	kindLapsed         = mailKind{forloeb.MailLapsed, "Fristen er udløbet", ""}
	kindRejected       = mailKind{forloeb.MailRejected, "Svar på jeres ansøgning", ""}
	kindStillWaiting   = mailKind{forloeb.MailStillWaiting, "I står stadig på listen", ""}
	kindAssigned       = mailKind{forloeb.MailConsultantAssigned, "Jeres %s er fundet", ""}
	kindCaseForYou     = mailKind{forloeb.MailConsultantNew, "Nyt forløb til dig", ""}
	kindCaseChanged    = mailKind{forloeb.MailConsultantChanges, "Nyt i sag %s", ""}
	kindInvited        = mailKind{forloeb.MailMeetingInvitation, "Møde %s", ""}
	kindMoved          = mailKind{forloeb.MailMeetingMoved, "Møde 3 er flyttet til %s", ""}
	kindMeetingSoon    = mailKind{forloeb.MailMeetingReminder, "I mødes %s", ""}
	kindLastMeetingWas = mailKind{forloeb.MailMeetingsDone, "Det sidste møde er holdt", ""}
	kindAskedResult    = mailKind{forloeb.MailEvaluationRequest, "Hvad kom der ud af forløbet?", "/evaluering/"}
	kindRemindedResult = mailKind{forloeb.MailEvaluationReminder, "Påmindelse: fem minutter om forløbet", "/evaluering/"}
	kindGotResult      = mailKind{forloeb.MailEvaluationThanks, "Tak for dit svar", ""}
	kindInvitedToJoin  = mailKind{forloeb.MailWorkplaceInvited, "Bekræft jeres arbejdsplads senest %s", "/samtykke/"}
	kindBegun          = mailKind{forloeb.MailJointStarted, "Forløbet går i gang", "arbejdspladser er med"}
	kindNotJoining     = mailKind{forloeb.MailWorkplaceLeft, "I er ikke med i forløbet", ""}
	kindNoLongerIn     = mailKind{forloeb.MailWorkplaceLeft, "I er ikke længere med i forløbet", "meldt fra"}
	kindWithdrawn      = mailKind{forloeb.MailWithdrawn, "Forløbet er stoppet", "efter ønske fra en af parterne"}
	kindStopped        = mailKind{forloeb.MailStopped, "Forløbet er stoppet", "Sekretariatet har stoppet forløbet"}
)

// expectedMail is one line of the table.
type expectedMail struct {
	mailKind
	to string // address
	at time.Time
}

// exactness is how near a mail's own date must be: a minute, since the date
// that people and the calendar keep to is one.
const exactness = time.Minute

func (e expectedMail) fits(m caughtMail) bool {
	return e.same(m) && m.Date.Sub(e.at).Abs() < exactness
}

// same reports whether it is this mail to this person, on whatever date.
func (e expectedMail) same(m caughtMail) bool {
	_, subject, _ := strings.Cut(m.Subject, ": ")
	return m.recipient() == e.to && subject == e.subject && strings.Contains(m.Text, e.words)
}

func (e expectedMail) String() string {
	return fmt.Sprintf("»%s« til %s %s", e.subject, e.to, forloeb.DateTime(e.at))
}

// mailTable is every mail of one forløb as the rules have it.
type mailTable struct {
	programme string // its name, which subjects begin with
	reference string
	rows      []expectedMail
}

// add writes a line for each recipient. What the subject names follows its
// kind.
func (t *mailTable) add(kind mailKind, at time.Time, named string, to ...string) {
	if strings.Contains(kind.subject, "%s") {
		kind.subject = fmt.Sprintf(kind.subject, named)
	}
	for _, address := range to {
		t.rows = append(t.rows, expectedMail{kind, address, at})
	}
}

// compare finds the first difference between the table and what was caught.
func (t *mailTable) compare(caught []caughtMail) error {
	left := slices.DeleteFunc(slices.Clone(caught), func(m caughtMail) bool {
		return !strings.HasPrefix(m.Subject, t.programme+" "+t.reference+": ")
	})
	for _, row := range t.rows {
		i := slices.IndexFunc(left, row.fits)
		if i < 0 {
			return row.missingAmong(left)
		}
		left = slices.Delete(left, i, i+1)
	}
	if len(left) > 0 {
		m := left[0]
		return differs("ikke flere mails i sag "+t.reference, "»%s« til %s %s", m.Subject, m.recipient(), forloeb.DateTime(m.Date))
	}
	return nil
}

func (e expectedMail) missingAmong(left []caughtMail) error {
	i := slices.IndexFunc(left, e.same)
	if i < 0 {
		return differs("mailen "+e.String(), "den ikke")
	}
	return differs("mailen "+e.String(), "den %s", forloeb.DateTime(left[i].Date))
}

// count is how many mails of some kinds the table has.
func (t *mailTable) count(codes ...forloeb.MailKind) (n int) {
	for _, row := range t.rows {
		if slices.Contains(codes, row.code) {
			n++
		}
	}
	return n
}

// spared is how many reminders nobody needed: everybody who is asked can be
// reminded twice.
func (t *mailTable) spared() int {
	asked := t.count(forloeb.MailConsentRequest, forloeb.MailEvaluationRequest)
	return 2*asked - t.count(forloeb.MailConsentReminder, forloeb.MailEvaluationReminder)
}
