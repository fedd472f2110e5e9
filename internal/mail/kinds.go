package mail

import "example.dk/spark/internal/forloeb"

// kind is one of the product's mails: the function that fills its struct, and
// whom it can be written to.
type kind struct {
	fill       func(*draft) (any, error)
	consultant bool // it can be written to a consultant
	party      bool // it can be written to a party
	guest      bool // it can be written to a guest
	digest     bool // it is about several forløb
}

// toParty is a mail that only a party gets.
func toParty(fill func(*draft) (any, error)) kind { return kind{fill: fill, party: true} }

// toConsultant is a mail that only a consultant gets.
func toConsultant(fill func(*draft) (any, error)) kind { return kind{fill: fill, consultant: true} }

// toGuest is a mail that only a guest gets.
func toGuest(fill func(*draft) (any, error)) kind { return kind{fill: fill, guest: true} }

// toTheInvited is a mail that parties, guests and consultants get.
func toTheInvited(fill func(*draft) (any, error)) kind {
	return kind{fill: fill, party: true, guest: true, consultant: true}
}

// toThePlace is a mail that those at the workplace get.
func toThePlace(fill func(*draft) (any, error)) kind {
	return kind{fill: fill, party: true, guest: true}
}

// digest is a collected mail to a consultant.
func digest(fill func(*draft) (any, error)) kind {
	return kind{fill: fill, consultant: true, digest: true}
}

// kinds holds every mail. A kind's templates carry its code as their name.
var kinds = map[forloeb.MailKind]kind{
	forloeb.MailConsentRequest:  toParty(fillConsentRequest),
	forloeb.MailConsentReminder: toParty(fillConsentReminder),
	forloeb.MailOtherMissing:    toParty(fillOtherMissing),
	forloeb.MailDeadlineMoved:   toParty(fillDeadlineMoved),
	forloeb.MailAnswerYes:       toParty(fillAnswerYes),
	forloeb.MailAnswerNo:        toParty(fillAnswerNo),
	forloeb.MailPhoneReceipt:    toParty(fillPhoneReceipt),
	forloeb.MailFixAsked:        toParty(fillFixAsked),
	forloeb.MailChanged:         toParty(fillChanged),
	forloeb.MailBothAgreed:      toParty(fillBothAgreed),
	forloeb.MailLinkAgain:       toParty(fillLinkAgain),
	forloeb.MailApplicationText: toParty(fillApplicationText),

	forloeb.MailApproved:     toParty(fillApproved),
	forloeb.MailWaitlisted:   toParty(fillWaitlisted),
	forloeb.MailRejected:     toParty(fillRejected),
	forloeb.MailStillWaiting: toParty(fillStillWaiting),

	forloeb.MailConsultantAssigned: toParty(fillConsultantAssigned),
	forloeb.MailConsultantChanged:  toParty(fillConsultantChanged),

	forloeb.MailMeetingInvitation: toTheInvited(fillMeetingInvitation),
	forloeb.MailMeetingMoved:      toTheInvited(fillMeetingMoved),
	forloeb.MailMeetingCancelled:  toTheInvited(fillMeetingCancelled),
	forloeb.MailMeetingReminder:   toThePlace(fillMeetingReminder),
	forloeb.MailExtraMeetings:     toParty(fillExtraMeetings),
	forloeb.MailMeetingsDone:      toParty(fillMeetingsDone),

	forloeb.MailEvaluationRequest:  toParty(fillEvaluationRequest),
	forloeb.MailEvaluationReminder: toParty(fillEvaluationReminder),
	forloeb.MailEvaluationThanks:   toParty(fillEvaluationThanks),

	forloeb.MailContactNew: toParty(fillContactNew),
	forloeb.MailContactOld: toParty(fillContactOld),

	forloeb.MailDeclined:  toParty(fillDeclined),
	forloeb.MailLapsed:    toParty(fillLapsed),
	forloeb.MailWithdrawn: toParty(fillWithdrawn),
	forloeb.MailStopped:   toParty(fillStopped),
	forloeb.MailDuplicate: toParty(fillDuplicate),
	forloeb.MailReopened:  toParty(fillReopened),

	forloeb.MailPaused:  toParty(fillPaused),
	forloeb.MailResumed: toParty(fillResumed),

	forloeb.MailGuestAdded: toGuest(fillGuestAdded),

	forloeb.MailWorkplaceInvited: toParty(fillWorkplaceInvited),
	forloeb.MailJointStarted:     toParty(fillJointStarted),
	forloeb.MailWorkplaceLeft:    toParty(fillWorkplaceLeft),

	forloeb.MailConsultantNew:     toConsultant(fillConsultantNew),
	forloeb.MailConsultantGone:    toConsultant(fillConsultantGone),
	forloeb.MailConsultantChanges: toConsultant(fillConsultantChanges),
	forloeb.MailCannotCome:        toConsultant(fillCannotCome),
	forloeb.MailFirstMissing:      digest(fillMissingMeetings),
	forloeb.MailNextMissing:       digest(fillMissingMeetings),
	forloeb.MailRegister:          digest(fillRegister),
}
