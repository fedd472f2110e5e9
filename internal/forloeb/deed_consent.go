package forloeb

import (
	"time"
	"unicode"

	"github.com/google/uuid"
)

// AnswerConsent is a party's answer to the application.
type AnswerConsent struct {
	Party     uuid.UUID
	Revision  int // the text the party saw
	Answer    Answer
	Signature string // for a yes
	Device    string // stands for the browser it came from, within this forløb
	Remark    string // what must be corrected, or why not; only the secretariat sees it
	Channel   Channel
}

// Line names the act.
func (d AnswerConsent) Line() Line { return Line{ConsentAnswered, d.Party.String(), string(d.Answer)} }

// Check lets a party answer once, in time, what it has read. An answer that
// was noted by telephone is theirs to replace as long as it can be contested.
func (d AnswerConsent) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	if err != nil {
		return err
	}
	if p.Consent != nil && !f.Contestable(p, now) {
		return &Refusal{Code: RefuseAlreadyAnswered, Status: f.Status, Answer: p.Consent.Answer, Date: p.Consent.At}
	}
	return first(f.open(), f.mayAnswer(p, d, now), d.complete(f))
}

// mayAnswer: before the deadline, unless the party took over later or contests
// what was noted, when the forløb goes on meanwhile.
func (f *Forloeb) mayAnswer(p *Party, d AnswerConsent, now time.Time) error {
	closes := later(later(f.ConsentCloses(), f.ConsentDeadline(p)), f.ContestUntil(p))
	goesOn := p.ReplacesParty != uuid.Nil || f.Contested(p) || f.Contestable(p, now)
	switch {
	case !p.NotMeAt.IsZero() || !p.LeftAt.IsZero():
		return f.refuse(RefusePartyLeft)
	case f.askedAgain(p, now) && d.Revision == f.Application.Revision:
		return nil
	case f.out(p):
		return f.refuseOn(RefuseWorkplaceOut, f.Workplace(p.WorkplaceID).LeftAt)
	case f.Status == AwaitingConsent && !f.Applies(p) && !f.Joining():
		return f.refuse(RefuseWrongStatus)
	case d.Revision != f.Application.Revision:
		return f.refuseOn(RefuseRevisionChanged, f.Application.At)
	case f.Status != AwaitingConsent && !goesOn:
		return f.refuse(RefuseWrongStatus)
	case f.Status == AwaitingConsent && !closes.IsZero() && now.After(closes):
		return f.refuseOn(RefuseDeadlinePassed, closes)
	case f.Status == AwaitingConsent && f.AskedForFix() && d.Answer != NotMe:
		return f.refuse(RefuseWrongStatus)
	}
	return nil
}

func (d AnswerConsent) complete(f *Forloeb) error {
	switch {
	case d.Answer == Yes && d.Channel == ByLink && letterCount(d.Signature) < 2:
		return f.refuse(RefuseNoSignature)
	case d.Answer == Fix && CleanText(d.Remark) == "":
		return f.refuse(RefuseNoRemark)
	}
	return nil
}

// letterCount counts letters: a robot fills in nothing or digits, a person
// writes a name.
func letterCount(s string) (n int) {
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}

// ChangeApplication is an edit by the secretariat: a new revision that voids
// the answers, so that both are asked again.
type ChangeApplication struct{ Submission Submission }

// Line names the act.
func (d ChangeApplication) Line() Line { return Line{Name: ApplicationChanged, Detail: "edited"} }

// Check allows it until a consultant is assigned. The submission's own
// mistakes are told before this.
func (d ChangeApplication) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := first(f.open(), f.in(AwaitingConsent, AwaitingAssessment, AwaitingConsultant)); err != nil {
		return err
	}
	if f.Consultant() != nil { // has just said yes, and is about to begin
		return f.refuse(RefuseWrongStatus)
	}
	return nil
}

// AskLink asks for the link to be sent again to the address on file.
type AskLink struct{ Party uuid.UUID }

// Line names the act.
func (d AskLink) Line() Line { return Line{FactsChanged, d.Party.String(), "link"} }

// Check allows it once in ten minutes, so that a link cannot be used to fill
// a mailbox.
func (d AskLink) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	if err != nil {
		return err
	}
	if !p.Reachable() {
		return f.refuse(RefusePartyLeft)
	}
	return f.notAgain(p.LinkAskedAt, now)
}

// AskText asks for a one-hour link to the application's text.
type AskText struct{ Party uuid.UUID }

// Line names the act.
func (d AskText) Line() Line { return Line{FactsChanged, d.Party.String(), "text"} }

// Check allows it once in ten minutes.
func (d AskText) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	if err != nil {
		return err
	}
	if !p.Reachable() {
		return f.refuse(RefusePartyLeft)
	}
	return f.notAgain(p.TextAskedAt, now)
}

const askAgainAfter = 10 * time.Minute

func (f *Forloeb) notAgain(last, now time.Time) error {
	if again := last.Add(askAgainAfter); !last.IsZero() && now.Before(again) {
		return f.refuseOn(RefuseTooSoon, again)
	}
	return nil
}
