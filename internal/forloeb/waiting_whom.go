package forloeb

import "cmp"

// Whom is who a forløb waits for.
type Whom string

// Those it can wait for. Nobody: only time brings it on.
const (
	WhomNobody      Whom = ""
	WhomParties     Whom = "parties"
	WhomConsultant  Whom = "consultant"
	WhomSecretariat Whom = "secretariat"
	WhomProvider    Whom = "provider"
)

// whoms leaves out the keys that wait for nobody: a date brings them on.
var whoms = map[WaitKey]Whom{
	WaitConsentSelf: WhomParties, WaitConsentNone: WhomParties, WaitConsentOne: WhomParties,
	WaitConsentLast: WhomParties, WaitConsentChanged: WhomParties, WaitJoinQuorum: WhomParties, WaitJoinOne: WhomParties,
	WaitConsentHeld: WhomSecretariat, WaitConsentBounced: WhomSecretariat, WaitConsentUncertain: WhomSecretariat,
	WaitConsentWrong: WhomSecretariat, WaitConsentFix: WhomSecretariat,

	WaitAssessPool: WhomSecretariat, WaitAssessPoolLate: WhomSecretariat, WaitAssessWaitlist: WhomSecretariat,
	WaitAssignManual: WhomSecretariat, WaitAssignProvider: WhomProvider, WaitAssignOffered: WhomConsultant,

	WaitPlanContact: WhomConsultant, WaitPlanContactLate: WhomConsultant, WaitPlanStartBy: WhomConsultant, WaitPlanStartByLate: WhomConsultant,
	WaitReassign: WhomConsultant,

	WaitMeetRegister: WhomConsultant, WaitMeetRegisterLate: WhomConsultant, WaitMeetUnplanned: WhomConsultant,
	WaitMeetUnplannedLate: WhomConsultant, WaitMeetCancelled: WhomConsultant, WaitMeetNoShow: WhomConsultant,

	WaitContactReplace: WhomSecretariat, WaitContactSelf: WhomParties,

	WaitEvalSelf: WhomParties, WaitEvalNone: WhomParties, WaitEvalOne: WhomParties, WaitEvalMissing: WhomParties, WaitEvalLast: WhomParties,
	WaitEvalBounced: WhomSecretariat, WaitEvalUncertain: WhomSecretariat,
}

// Whom is who can bring the forløb on.
func (w Waiting) Whom() Whom { return whoms[w.Key] }

// Awaited completes "Vi venter på": the one party that is known, or both.
func (w Waiting) Awaited() string {
	switch w.Whom() {
	case WhomConsultant:
		return w.consultant() + "en"
	case WhomProvider:
		return cmp.Or(w.Provider.Label(), "udbyderen")
	case WhomSecretariat:
		return "sekretariatet"
	case WhomParties:
		if w.Side.Valid() {
			return w.Side.Label()
		}
		return "parterne"
	}
	return ""
}
