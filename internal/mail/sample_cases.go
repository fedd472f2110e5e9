package mail

import (
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// mailCase is one mail with its golden files, and where it leads.
type mailCase struct {
	name   string
	letter forloeb.Letter
	leads  string // the link's path, or "" when the mail has none
}

// cases are every mail and every variant of its words.
func cases() []mailCase {
	all := consentCases()
	all = append(all, waitingCases()...)
	all = append(all, meetingCases()...)
	all = append(all, guestCases()...)
	all = append(all, evaluationCases()...)
	all = append(all, closingCases()...)
	all = append(all, sharedCases()...)
	return append(all, consultantCases()...)
}

const (
	toConsent    = "/samtykke/"
	toStatus     = "/status/"
	toEvaluation = "/evaluering/"
	toMeeting    = "/moede/"
	toText       = "/ansoegning/vis/"
	toDay        = "/konsulent/"
	toCase       = "/konsulent/forloeb/99999999-9999-4999-8999-999999999999"
	toMove       = toCase + "/moeder/77777777-7777-4777-8777-777777777777/flyt"
	toRegister   = "/noter/"
	toLeave      = "/deltager/"
)

func consentCases() []mailCase {
	reminded, last := clock("2026-11-26 14:30"), clock("2026-12-07 14:30")
	return []mailCase{
		{"consent_request.writer", letter(forloeb.MailConsentRequest, firstMail(), leaderID, start, ordinal(1001)), toConsent},
		{"consent_request.other", letter(forloeb.MailConsentRequest, firstMail(), repID, start, ordinal(1001)), toConsent},
		{"consent_request.helped", letter(forloeb.MailConsentRequest, helpedBy(), repID, start, ordinal(1001)), toConsent},
		{"consent_request.corrected", letter(forloeb.MailConsentRequest, corrected(repID), repID, start.Add(time.Hour), ordinal(1002)), toConsent},
		{"consent_request.writer_corrected", letter(forloeb.MailConsentRequest, corrected(leaderID), leaderID, start.Add(time.Hour), ordinal(1002)), toConsent},
		{"consent_reminder.first", letter(forloeb.MailConsentReminder, sample(), repID, reminded, ordinal(100101)), toConsent},
		{"consent_reminder.last", letter(forloeb.MailConsentReminder, sample(), repID, last, ordinal(100102)), toConsent},
		{"other_missing", letter(forloeb.MailOtherMissing, halfAgreed(), leaderID, last, ordinal(100102)), toStatus},
		{"answer_yes.first", letter(forloeb.MailAnswerYes, halfAgreed(), leaderID, clock("2026-11-24 09:10")), toStatus},
		{"answer_yes.second", letter(forloeb.MailAnswerYes, agreed(), repID, clock("2026-11-26 11:05")), toStatus},
		{"answer_no", letter(forloeb.MailAnswerNo, saidNo(), repID, clock("2026-11-26 11:05")), ""},
		{"deadline_moved.application", letter(forloeb.MailDeadlineMoved, putOff(sample()), repID, last), toConsent},
		{"deadline_moved.evaluation", letter(forloeb.MailDeadlineMoved, putOff(evaluationSent()), repID, clock("2027-07-05 10:00")), toEvaluation},
		{"phone_receipt.yes", letter(forloeb.MailPhoneReceipt, noted(forloeb.Yes), repID, clock("2026-11-26 11:05")), toConsent},
		{"phone_receipt.no", letter(forloeb.MailPhoneReceipt, noted(forloeb.No), repID, clock("2026-11-26 11:05")), toConsent},
		{"fix_asked", letter(forloeb.MailFixAsked, fixAskedFor(), leaderID, clock("2026-11-25 10:00")), ""},
		{"changed", letter(forloeb.MailChanged, edited(), leaderID, clock("2026-11-27 10:00"), ordinal(2001)), toConsent},
		{"both_agreed", letter(forloeb.MailBothAgreed, agreed(), leaderID, clock("2026-11-26 11:05")), toStatus},
		{"link_again.unanswered", letter(forloeb.MailLinkAgain, sample(), repID, reminded), toConsent},
		{"link_again.answered", letter(forloeb.MailLinkAgain, agreed(), repID, clock("2026-11-26 12:00")), toStatus},
		{"link_again.corrected", letter(forloeb.MailLinkAgain, addressMoved(), repID, clock("2026-11-27 09:00")), toStatus},
		{"application_text", letter(forloeb.MailApplicationText, agreed(), repID, clock("2026-11-26 12:00")), toText},
	}
}

// firstMail is before anybody has been asked: the mail itself starts the clock.
func firstMail() *forloeb.Forloeb {
	f := sample()
	for i := range f.Mails {
		f.Mails[i].State, f.Mails[i].SentAt = forloeb.MailPlanned, time.Time{}
	}
	return f
}

func helpedBy() *forloeb.Forloeb {
	f := firstMail()
	f.Application.StartedBy = forloeb.StartedByOther
	return f
}

func corrected(party uuid.UUID) *forloeb.Forloeb {
	f := sample()
	f.Party(party).LinkVersion, f.Party(party).Corrections = 2, 1
	f.Mails = append(f.Mails, forloeb.Mail{ID: 3, Kind: forloeb.MailConsentRequest, Recipient: party, Ordinal: 1002, State: forloeb.MailPlanned})
	return f
}

// addressMoved: a party who had answered has a new address.
func addressMoved() *forloeb.Forloeb {
	f, at := agreed(), clock("2026-11-27 09:00")
	asked := at.Add(-time.Hour)
	f.Acts = append(f.Acts, forloeb.Act{Name: forloeb.FactsChanged, Ref: repID.String(), At: asked},
		forloeb.Act{Name: forloeb.ApplicationChanged, Ref: repID.String(), Detail: "address", At: at})
	f.Party(repID).LinkVersion, f.Party(repID).LinkAskedAt = 2, at
	return f
}

func halfAgreed() *forloeb.Forloeb {
	f := sample()
	answers(f, leaderID, forloeb.Yes, clock("2026-11-24 09:10"))
	return f
}

func saidNo() *forloeb.Forloeb {
	f := halfAgreed()
	answers(f, repID, forloeb.No, clock("2026-11-26 11:05"))
	moves(f, forloeb.Declined, clock("2026-11-26 11:05"))
	return f
}

// putOff has had its deadline extended.
func putOff(f *forloeb.Forloeb) *forloeb.Forloeb {
	f.ConsentUntil, f.EvaluationUntil = clock("2027-01-08 23:59"), clock("2027-09-10 23:59")
	return f
}

// noted is an answer by telephone.
func noted(answer forloeb.Answer) *forloeb.Forloeb {
	f := halfAgreed()
	answers(f, repID, answer, clock("2026-11-26 11:05"))
	f.Party(repID).Consent.Channel, f.Party(repID).Consent.Signature = forloeb.ByPhone, ""
	return f
}

func fixAskedFor() *forloeb.Forloeb {
	f := halfAgreed()
	f.Party(repID).FixAskedAt, f.Party(repID).FixText = clock("2026-11-25 10:00"), canaryText+" 11"
	return f
}

func edited() *forloeb.Forloeb {
	f := sample()
	f.Application.Revision, f.Application.At = 2, clock("2026-11-27 10:00")
	f.Mails = append(f.Mails, forloeb.Mail{ID: 3, Kind: forloeb.MailChanged, Recipient: leaderID, Ordinal: 2001, State: forloeb.MailPlanned})
	return f
}

func waitingCases() []mailCase {
	month := clock("2026-12-28 08:00")
	return []mailCase{
		{"approved", letter(forloeb.MailApproved, approvedByAssessment(), leaderID, clock("2026-12-01 10:00")), ""},
		{"waitlisted", letter(forloeb.MailWaitlisted, onWaitingList(), leaderID, clock("2026-12-01 10:00")), toStatus},
		{"rejected", letter(forloeb.MailRejected, turnedDown(), leaderID, clock("2026-12-01 10:00")), toStatus},
		{"still_waiting.consultant", letter(forloeb.MailStillWaiting, nobodyHasRoom(), repID, month), ""},
		{"still_waiting.list", letter(forloeb.MailStillWaiting, onWaitingList(), repID, month), ""},
		{"consultant_assigned", letter(forloeb.MailConsultantAssigned, assigned(), leaderID, clock("2026-11-26 11:06")), toStatus},
		{"consultant_changed.meetings", letter(forloeb.MailConsultantChanged, handedOver(), leaderID, clock("2027-01-04 10:00")), ""},
		{"consultant_changed.none", letter(forloeb.MailConsultantChanged, handedOverEarly(), leaderID, clock("2026-12-04 10:00")), ""},
	}
}

func assessed() *forloeb.Forloeb {
	f := sample()
	answers(f, leaderID, forloeb.Yes, clock("2026-11-24 09:10"))
	answers(f, repID, forloeb.Yes, clock("2026-11-26 11:05"))
	f.Policy.Intake = forloeb.Assessed
	moves(f, forloeb.AwaitingAssessment, clock("2026-11-26 11:05"))
	return f
}

func approvedByAssessment() *forloeb.Forloeb {
	f := assessed()
	f.Decision, f.DecidedAt = forloeb.Approve, clock("2026-12-01 10:00")
	moves(f, forloeb.AwaitingConsultant, f.DecidedAt)
	return f
}

func onWaitingList() *forloeb.Forloeb {
	f := assessed()
	f.Decision, f.DecidedAt = forloeb.Waitlist, clock("2026-12-01 10:00")
	return f
}

func turnedDown() *forloeb.Forloeb {
	f := assessed()
	f.Decision, f.DecidedAt = forloeb.Reject, clock("2026-12-01 10:00")
	moves(f, forloeb.Rejected, f.DecidedAt)
	return f
}

func nobodyHasRoom() *forloeb.Forloeb {
	f := agreed()
	f.MatchTriedAt = clock("2026-12-28 08:00")
	return f
}

// undecided: the consultant is asked.
func undecided() *forloeb.Forloeb {
	f := agreed()
	at := clock("2026-11-26 11:06")
	f.Assignments = []forloeb.Assignment{{ID: 7, Consultant: karen(), At: at}}
	return f
}

func handedOverEarly() *forloeb.Forloeb {
	f := assigned()
	at := clock("2026-12-04 10:00")
	f.Assignments[0].Consultant, f.Assignments[0].Until = former(), at
	f.Assignments = append(f.Assignments, forloeb.Assignment{ID: 8, Consultant: karen(), At: at, AcceptedAt: at})
	return f
}

func meetingCases() []mailCase {
	at := clock("2026-12-10 16:15")
	return []mailCase{
		{"meeting_invitation", letter(forloeb.MailMeetingInvitation, booked(), leaderID, at, about(asItIs)), toMeeting},
		{"meeting_invitation.no_place", letter(forloeb.MailMeetingInvitation, booked(), repID, at, about(func(m *forloeb.Meeting) { m.Place = "" })), toMeeting},
		{"meeting_invitation.online", letter(forloeb.MailMeetingInvitation, booked(), leaderID, at, about(online)), toMeeting},
		{"meeting_invitation.prepare", letter(forloeb.MailMeetingInvitation, booked(), leaderID, at, about(prepared)), toMeeting},
		{"meeting_invitation.consultant", letter(forloeb.MailMeetingInvitation, booked(), consultantID, at, about(asItIs)), toCase},
		{"meeting_moved", letter(forloeb.MailMeetingMoved, booked(), leaderID, clock("2027-01-11 10:00"), about(moved)), toMeeting},
		{"meeting_moved.consultant", letter(forloeb.MailMeetingMoved, booked(), consultantID, clock("2027-01-11 10:00"), about(moved)), toCase},
		{"meeting_cancelled", letter(forloeb.MailMeetingCancelled, booked(), leaderID, clock("2027-01-14 10:00"), about(cancelled)), ""},
		{"meeting_cancelled.consultant", letter(forloeb.MailMeetingCancelled, booked(), consultantID, clock("2027-01-14 10:00"), about(cancelled)), ""},
		{"meeting_cancelled.handed_over", letter(forloeb.MailMeetingCancelled, handedOver(), formerID, clock("2027-01-04 10:00"), about(asItIs)), ""},
		{"meeting_reminder.prepare", letter(forloeb.MailMeetingReminder, booked(), repID, clock("2027-01-19 13:00"), about(prepared)), toMeeting},
		{"meeting_reminder", letter(forloeb.MailMeetingReminder, booked(), repID, clock("2027-01-19 13:00"), about(asItIs)), toMeeting},
		{"extra_meetings.one", letter(forloeb.MailExtraMeetings, withMore(1), leaderID, clock("2027-01-11 10:00")), toStatus},
		{"extra_meetings.two", letter(forloeb.MailExtraMeetings, withMore(2), leaderID, clock("2027-01-11 10:00")), toStatus},
		{"extra_meetings.again", letter(forloeb.MailExtraMeetings, grantedTwice(), leaderID, clock("2027-01-11 10:00")), toStatus},
		{"meetings_done", letter(forloeb.MailMeetingsDone, finished(), repID, clock("2027-04-01 08:00")), toStatus},
		{"meetings_done.early", letter(forloeb.MailMeetingsDone, atRest(forloeb.Waves{0, 3}), repID, clock("2027-04-01 08:00")), toStatus},
	}
}

func guestCases() []mailCase {
	at, now := clock("2026-12-10 16:15"), clock("2027-01-14 10:00")
	g := func() *forloeb.Forloeb { return withGuest(booked(), leaderID) }
	return []mailCase{
		{"guest_added", letter(forloeb.MailGuestAdded, withGuest(booked(), leaderID), guestID, at), toLeave},
		{"guest_added.by_staff", letter(forloeb.MailGuestAdded, withGuest(assigned(), uuid.Nil), guestID, at), toLeave},
		{"meeting_invitation.guest", letter(forloeb.MailMeetingInvitation, g(), guestID, at, about(prepared)), toLeave},
		{"meeting_moved.guest", letter(forloeb.MailMeetingMoved, g(), guestID, clock("2027-01-11 10:00"), about(moved)), toLeave},
		{"meeting_cancelled.guest", letter(forloeb.MailMeetingCancelled, g(), guestID, now, about(cancelled)), toLeave},
		{"meeting_cancelled.guest_off", letter(forloeb.MailMeetingCancelled, guestOff(booked()), guestID, now, about(asItIs)), ""},
		{"meeting_reminder.guest", letter(forloeb.MailMeetingReminder, g(), guestID, clock("2027-01-19 13:00"), about(prepared)), toLeave},
	}
}

func withMore(n int) *forloeb.Forloeb {
	f := booked()
	f.ExtraMeetings = n
	return f
}

func grantedTwice() *forloeb.Forloeb {
	f := withMore(2)
	for _, at := range []time.Time{clock("2027-01-04 10:00"), clock("2027-01-11 10:00")} {
		f.Acts = append(f.Acts, forloeb.Act{Name: forloeb.ExtraMeetingsGranted, At: at})
	}
	return f
}

func evaluationCases() []mailCase {
	return []mailCase{
		{"evaluation_request", letter(forloeb.MailEvaluationRequest, evaluating(), leaderID, clock("2027-06-30 09:00")), toEvaluation},
		{"evaluation_reminder.first", letter(forloeb.MailEvaluationReminder, evaluationSent(), repID, clock("2027-08-02 08:00"), ordinal(11)), toEvaluation},
		{"evaluation_reminder.last", letter(forloeb.MailEvaluationReminder, evaluationSent(), repID, clock("2027-08-09 08:00"), ordinal(12)), toEvaluation},
		{"evaluation_thanks.first", letter(forloeb.MailEvaluationThanks, evaluationSent(), leaderID, clock("2027-07-01 10:00")), ""},
		{"evaluation_request.early", letter(forloeb.MailEvaluationRequest, askedEarly(), leaderID, clock("2027-04-01 09:00")), toEvaluation},
		{"evaluation_reminder.early", letter(forloeb.MailEvaluationReminder, requestsSent(askedEarly()), repID, clock("2027-04-08 09:00"), ordinal(11)), toEvaluation},
		{"evaluation_thanks.early", letter(forloeb.MailEvaluationThanks, askedEarly(), leaderID, clock("2027-04-02 10:00")), ""},
		{"evaluation_thanks.last", letter(forloeb.MailEvaluationThanks, completed(), repID, clock("2027-07-09 10:00")), ""},
	}
}

// askedEarly: both are asked right after the last meeting, and again three
// months after.
func askedEarly() *forloeb.Forloeb {
	f := atRest(forloeb.Waves{0, 3})
	asks(f, clock("2027-04-01 09:00"))
	return f
}

// atRest has its last meeting held.
func atRest(waves forloeb.Waves) *forloeb.Forloeb {
	f := finished()
	f.Policy.Evaluations = waves
	return f
}

func completed() *forloeb.Forloeb {
	f := evaluationSent()
	moves(f, forloeb.Completed, clock("2027-07-09 10:00"))
	return f
}

func closingCases() []mailCase {
	early, late, again := clock("2026-11-25 10:00"), clock("2027-01-14 10:00"), clock("2027-01-20 10:00")
	return []mailCase{
		{"declined", letter(forloeb.MailDeclined, saidNo(), leaderID, clock("2026-11-26 11:05")), toStatus},
		{"lapsed", letter(forloeb.MailLapsed, ranOut(), repID, clock("2026-12-15 08:00")), toStatus},
		{"withdrawn.application", letter(forloeb.MailWithdrawn, closes(halfAgreed(), forloeb.Withdrawn, early), repID, early), ""},
		{"withdrawn.forloeb", letter(forloeb.MailWithdrawn, closes(booked(), forloeb.Withdrawn, late), repID, late), ""},
		{"stopped.application", letter(forloeb.MailStopped, closes(halfAgreed(), forloeb.Stopped, early), repID, early), toStatus},
		{"stopped.forloeb", letter(forloeb.MailStopped, closes(booked(), forloeb.Stopped, late), repID, late), toStatus},
		{"duplicate.known", letter(forloeb.MailDuplicate, duplicateOf(closes(halfAgreed(), forloeb.Stopped, early)), leaderID, early), toStatus},
		{"duplicate.unknown", letter(forloeb.MailDuplicate, duplicateOf(closes(halfAgreed(), forloeb.Stopped, early)), repID, early), toStatus},
		{"duplicate.forloeb", letter(forloeb.MailDuplicate, duplicateOf(closes(booked(), forloeb.Stopped, late)), repID, late), toStatus},
		{"reopened.answered", letter(forloeb.MailReopened, reopens(ranOut(), again), leaderID, again), toStatus},
		{"reopened.unanswered", letter(forloeb.MailReopened, reopens(ranOut(), again), repID, again), toConsent},
		{"reopened.forloeb", letter(forloeb.MailReopened, reopens(closes(booked(), forloeb.Stopped, late), again), repID, again), toStatus},
		{"paused.application", letter(forloeb.MailPaused, pausedAt(halfAgreed(), early), leaderID, early), toStatus},
		{"paused.unanswered", letter(forloeb.MailPaused, pausedAt(halfAgreed(), early), repID, early), toConsent},
		{"paused.forloeb", letter(forloeb.MailPaused, pausedAt(booked(), again), repID, again), toStatus},
		{"paused.moved", letter(forloeb.MailPaused, pausedAt(booked(), again, again.Add(time.Hour)), repID, again.Add(time.Hour)), toStatus},
		{"resumed.application", letter(forloeb.MailResumed, pausedAt(halfAgreed(), early), leaderID, clock("2027-03-01 08:00")), toStatus},
		{"resumed.unanswered", letter(forloeb.MailResumed, pausedAt(halfAgreed(), early), repID, clock("2027-03-01 08:00")), toConsent},
		{"resumed.forloeb", letter(forloeb.MailResumed, pausedAt(booked(), again), repID, clock("2027-03-01 08:00")), toStatus},
		{"contact_new", letter(forloeb.MailContactNew, replacedRep(), repID, late), toConsent},
		{"contact_old", letter(forloeb.MailContactOld, replacedRep(), oldRepID, late), ""},
		{"contact_old.closed", letter(forloeb.MailContactOld, closes(replacedRep(), forloeb.Stopped, again), oldRepID, again), ""},
	}
}

// duplicateOf is closed as one of a forløb to which the leader is party, too.
func duplicateOf(f *forloeb.Forloeb) *forloeb.Forloeb {
	f.DuplicateOf = &forloeb.Duplicate{Twin: forloeb.Twin{ID: uuid.New(), Reference: "26-1209"}, Known: []uuid.UUID{leaderID}}
	return f
}

// pausedAt is paused to 1 March, by one act or several.
func pausedAt(f *forloeb.Forloeb, acts ...time.Time) *forloeb.Forloeb {
	f.Pauses = []forloeb.Pause{{ID: 1, From: acts[0], Until: clock("2027-03-01 08:00"), Reason: forloeb.PauseIllness}}
	f.PauseWords = canaryText + " 13"
	for _, at := range acts {
		f.Acts = append(f.Acts, forloeb.Act{Version: int64(len(f.Acts) + 1), Name: forloeb.FactsChanged, Detail: "pause", At: at})
	}
	return f
}

func ranOut() *forloeb.Forloeb {
	f := halfAgreed()
	moves(f, forloeb.Lapsed, clock("2026-12-14 23:59"))
	return f
}

// replacedRep: somebody new represents the employees.
func replacedRep() *forloeb.Forloeb {
	f := booked()
	old := *f.Party(repID)
	old.ID, old.ReplacedAt = oldRepID, clock("2027-01-14 10:00")
	old.Contact.Name, old.Contact.Email = "Bodil Sørensen", "bodil@sonderborg.example.dk"
	f.Parties = append(f.Parties, old)
	f.Party(repID).ReplacesParty, f.Party(repID).Consent = oldRepID, nil
	return f
}

func consultantCases() []mailCase {
	late := clock("2027-01-14 10:00")
	return []mailCase{
		{"c_assigned_asked", letter(forloeb.MailConsultantNew, undecided(), consultantID, clock("2026-11-26 11:06")), toCase},
		{"c_assigned", letter(forloeb.MailConsultantNew, assigned(), consultantID, clock("2026-11-26 11:06")), toCase},
		{"c_unassigned.successor", letter(forloeb.MailConsultantGone, handedOver(), formerID, clock("2027-01-04 10:00")), ""},
		{"c_unassigned.nobody", letter(forloeb.MailConsultantGone, released(), formerID, clock("2026-12-04 10:00")), ""},
		{"c_first_missing.one", letter(forloeb.MailFirstMissing, assigned(), consultantID, clock("2026-12-03 11:06"), lines(1)), toCase},
		{"c_first_missing.three", letter(forloeb.MailFirstMissing, assigned(), consultantID, clock("2026-12-03 11:06"), lines(3)), toDay},
		{"c_next_missing.one", letter(forloeb.MailNextMissing, booked(), consultantID, late, lines(1)), toCase},
		{"c_next_missing.two", letter(forloeb.MailNextMissing, booked(), consultantID, late, lines(2)), toDay},
		{"c_register.one", letter(forloeb.MailRegister, booked(), consultantID, late, lines(1), ref(meetingID)), toRegister},
		{"c_register.two", letter(forloeb.MailRegister, booked(), consultantID, late, lines(2)), toRegister},
		{"c_cannot_come.leader", letter(forloeb.MailCannotCome, cannotAttend(leaderID), consultantID, late, ordinal(41), ref(meetingID), about(asItIs)), toMove},
		{"c_cannot_come.rep", letter(forloeb.MailCannotCome, cannotAttend(repID), consultantID, late, ordinal(41), ref(meetingID), about(asItIs)), toMove},
		{"c_changed.paused", letter(forloeb.MailConsultantChanges, pausedAt(booked(), late), consultantID, late, refers(forloeb.RefPaused)), toCase},
		{"c_changed.resumed", letter(forloeb.MailConsultantChanges, pausedAt(booked(), late), consultantID, clock("2027-03-01 08:00"), refers(forloeb.RefResumed)), toCase},
		{"c_changed.duplicate", letter(forloeb.MailConsultantChanges, duplicateOf(closes(booked(), forloeb.Stopped, late)), consultantID, late), toCase},
		{"c_changed.stopped", letter(forloeb.MailConsultantChanges, closes(booked(), forloeb.Stopped, late), consultantID, late), toCase},
		{"c_changed.withdrawn", letter(forloeb.MailConsultantChanges, closes(booked(), forloeb.Withdrawn, late), consultantID, late), toCase},
		{"c_changed.replaced", letter(forloeb.MailConsultantChanges, replacedRep(), consultantID, late, ref(oldRepID), ordinal(late.Unix())), toCase},
		{"c_changed.left", letter(forloeb.MailConsultantChanges, leftBehind(), consultantID, late, ref(leaderID), ordinal(late.Unix())), toCase},
	}
}

func released() *forloeb.Forloeb {
	f := assigned()
	f.Assignments[0].Consultant, f.Assignments[0].Until = former(), clock("2026-12-04 10:00")
	moves(f, forloeb.AwaitingConsultant, clock("2026-12-04 10:00"))
	return f
}

// cannotAttend: a party has asked for another time for the meeting to come.
func cannotAttend(party uuid.UUID) *forloeb.Forloeb {
	f := booked()
	f.Meeting(meetingID).OtherTimes = []forloeb.OtherTime{{Party: party, Version: 41, At: clock("2027-01-14 10:00"), Text: canaryText + " 12"}}
	return f
}

func leftBehind() *forloeb.Forloeb {
	f := booked()
	f.Party(leaderID).LeftAt = clock("2027-01-14 10:00")
	return f
}
