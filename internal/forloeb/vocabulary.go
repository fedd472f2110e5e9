package forloeb

import (
	"maps"
	"slices"
)

// TaskKinds lists every task.
var TaskKinds = []TaskKind{
	TaskMail, TaskMailHeld, TaskFix, TaskWrongPerson, TaskPartyLeft, TaskAssess, TaskNoConsultant, TaskRecused, TaskFirstMeeting,
	TaskStart, TaskRegister, TaskNextMeeting, TaskOpenTooLong, TaskSignature, TaskSharedMailbox, TaskPrivateMailbox, TaskSameDevice, TaskNobodyAnswered, TaskReopenAsked, TaskContested, TaskPauseAsked, TaskTooFew,
}

// Bodies lists every body in whose name a pair may apply.
var Bodies = []Body{Trio, LocalMED, AMGroup, MainMED, DepartmentMED, SectorMED, AreaMED, CenterMED, OtherBody}

// WaitKeys lists every sentence of the catalogue, by its name.
func WaitKeys() []WaitKey { return slices.Sorted(maps.Keys(waitCatalogue)) }
