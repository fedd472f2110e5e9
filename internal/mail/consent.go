package mail

import (
	"slices"
	"time"

	"example.dk/spark/internal/forloeb"
)

// Mails while both parties are asked to confirm the application.

// consentRequest asks a party to read the application and answer.
type consentRequest struct {
	Writer    bool   // the reader filled it in
	Helped    bool   // a colleague who is no party filled it in
	Corrected bool   // the address was wrong; an earlier link is dead
	Other     string // who is across the table
	Role      string
	Deadline  string
	Link      string
}

func fillConsentRequest(d *draft) (any, error) {
	return consentRequest{
		Writer:    d.Forloeb.Started(d.Party),
		Helped:    helped(d),
		Corrected: d.Party.LinkVersion > 1,
		Other:     d.otherName(),
		Role:      d.Party.Role.Label(),
		Deadline:  d.consentDeadline(d.Party),
		Link:      d.consent(d.Party),
	}, nil
}

// helped reports whether neither of the two parties filled in the
// application: it was a helper, or the one who did has been replaced.
func helped(d *draft) bool {
	other := d.Forloeb.Other(d.Party)
	return !d.Forloeb.Started(d.Party) && (other == nil || !d.Forloeb.Started(other))
}

// consentReminder is for who has not answered.
type consentReminder struct {
	Last     bool
	Deadline string
	Link     string
}

func fillConsentReminder(d *draft) (any, error) {
	return consentReminder{
		Last:     d.Forloeb.LastReminder(d.Party, d.nth()),
		Deadline: d.consentDeadline(d.Party),
		Link:     d.consent(d.Party),
	}, nil
}

// otherMissing tells who has answered that the other is silent.
type otherMissing struct {
	Deadline string
	Link     string
}

func fillOtherMissing(d *draft) (any, error) {
	other := d.Forloeb.Other(d.Party)
	if other == nil {
		return nil, errIncomplete
	}
	return otherMissing{Deadline: d.consentDeadline(other), Link: d.statusLink()}, nil
}

// deadlineMoved gives who has not answered the new date.
type deadlineMoved struct {
	Evaluation bool // it is the questionnaire's
	Deadline   string
	Link       string
}

func fillDeadlineMoved(d *draft) (any, error) {
	if d.Forloeb.Status == forloeb.Evaluating {
		return deadlineMoved{Evaluation: true, Deadline: d.evaluationCloses(), Link: d.evaluation(d.Party)}, nil
	}
	return deadlineMoved{Deadline: d.consentDeadline(d.Party), Link: d.consent(d.Party)}, nil
}

// answerYes is the receipt for a yes.
type answerYes struct {
	At      string
	Waiting string
	Link    string
}

func fillAnswerYes(d *draft) (any, error) {
	return answerYes{At: forloeb.DateTime(answeredAt(d)), Waiting: d.waitingSentence(), Link: d.statusLink()}, nil
}

// answerNo is the receipt for a no.
type answerNo struct {
	At     string
	Erased string
}

func fillAnswerNo(d *draft) (any, error) {
	return answerNo{At: forloeb.DateTime(answeredAt(d)), Erased: date(d.Forloeb.EraseAt())}, nil
}

// phoneReceipt tells a party what somebody else wrote down that they said.
type phoneReceipt struct {
	Answer string
	At     string
	Until  string // the last day to say that it was not so
	Link   string
}

func fillPhoneReceipt(d *draft) (any, error) {
	c := d.Party.Consent
	if c == nil || c.Channel != forloeb.ByPhone {
		return nil, errIncomplete
	}
	return phoneReceipt{
		Answer: c.Answer.Label(), At: forloeb.DateTime(c.At), Until: date(d.Forloeb.ContestUntil(d.Party)), Link: d.consent(d.Party),
	}, nil
}

// answeredAt is when the party answered; an edit since then has taken the
// answer away, but not that it came.
func answeredAt(d *draft) time.Time {
	if d.Party.Consent != nil {
		return d.Party.Consent.At
	}
	return d.Mail.PlannedAt
}

// fixAsked tells a party that the other asked for a correction.
type fixAsked struct {
	ContactBy string
}

func fillFixAsked(d *draft) (any, error) {
	other := d.Forloeb.Other(d.Party)
	if other == nil {
		return nil, errIncomplete
	}
	return fixAsked{ContactBy: date(d.Forloeb.FollowUpBy(other.FixAskedAt))}, nil
}

// changed asks again after an edit.
type changed struct {
	At       string
	Deadline string
	Link     string
}

func fillChanged(d *draft) (any, error) {
	return changed{
		At:       date(d.Forloeb.Application.At),
		Deadline: d.consentDeadline(d.Party),
		Link:     d.consent(d.Party),
	}, nil
}

// bothAgreed tells both that the application stands.
type bothAgreed struct {
	Asked   int // workplaces that are now asked to take part in a shared forløb
	Quorum  int
	Waiting string
	Link    string
}

func fillBothAgreed(d *draft) (any, error) {
	if d.Forloeb.Shared() {
		return bothAgreed{Asked: d.Forloeb.WorkplaceCount(), Quorum: d.Forloeb.Quorum(), Link: d.statusLink()}, nil
	}
	return bothAgreed{Waiting: d.waitingSentence(), Link: d.statusLink()}, nil
}

// linkAgain answers who lost the link, and brings the new one to a corrected
// address.
type linkAgain struct {
	Corrected bool
	Link      string
}

func fillLinkAgain(d *draft) (any, error) {
	m := linkAgain{Corrected: addressCorrected(d), Link: d.statusLink()}
	if d.Forloeb.Status == forloeb.AwaitingConsent && d.Party.Consent == nil {
		m.Link = d.consent(d.Party)
	}
	return m, nil
}

// addressCorrected reports whether the link is sent because the party's
// address was corrected: nobody asked for it then.
func addressCorrected(d *draft) bool {
	act := forloeb.CorrectAddress{Party: d.Party.ID}.Line()
	return slices.ContainsFunc(d.Forloeb.Acts, func(a forloeb.Act) bool {
		return a.Name == act.Name && a.Ref == act.Ref && a.Detail == act.Detail && a.At.Equal(d.Party.LinkAskedAt)
	})
}

// applicationText leads to the frozen application for an hour.
type applicationText struct {
	Link string
}

func fillApplicationText(d *draft) (any, error) {
	return applicationText{Link: d.text(d.Party, d.Now)}, nil
}
