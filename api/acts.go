package api

import (
	"slices"

	"example.dk/spark/internal/forloeb"
)

// Who may do an act.
var (
	bySecretariat = []forloeb.StaffRole{forloeb.RoleSecretariat, forloeb.RoleHead}
	byConsultant  = []forloeb.StaffRole{forloeb.RoleConsultant}
	byRunners     = []forloeb.StaffRole{forloeb.RoleSecretariat, forloeb.RoleHead, forloeb.RoleProvider} // a provider its own
	byAnswering   = []forloeb.StaffRole{forloeb.RoleSecretariat, forloeb.RoleHead, forloeb.RoleConsultant}
	byAllStaff    = []forloeb.StaffRole{forloeb.RoleSecretariat, forloeb.RoleHead, forloeb.RoleProvider, forloeb.RoleConsultant}
)

// acts is everything staff can do to a forløb on a page of its own, in the
// order in which they are offered.
var acts = []*act{
	&resumeAct, &beginAct, &assessAct, &editAct, &acceptAct, &declineAct, &assignAct, &bookAct, &proposeAct, &recordAct, &planAct, &finishAct, &extraAct, &giveBackAct, &releaseAct, &extendAct, &pauseAct, &askPauseAct, &reopenAct, &withdrawAct, &duplicateAct, &stopAct,
}

// partyActs are about one of the parties, in the order in which they are
// offered beside the name.
var partyActs = []*act{
	&noteAct, &addressAct, &replaceAct,
}

// meetingActs are about one of the meetings, in the order in which they are
// offered beside it.
var meetingActs = []*act{
	&prepAct, &moveAct, &cancelAct,
}

// placeActs are about one of the workplaces of a shared forløb, in the order in
// which they are offered beside it.
var placeActs = []*act{
	&leaveAct, &againAct,
}

// allActs are those with a page.
func allActs() []*act { return slices.Concat(acts, partyActs, guestActs, placeActs, meetingActs) }

// chooseAnswer is said where nothing is chosen.
const chooseAnswer = "Vælg et svar."
