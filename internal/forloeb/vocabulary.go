package forloeb

import (
	"maps"
	"slices"
)

// TaskKinds lists every task.
var TaskKinds = []TaskKind{
	TaskMail, TaskMailHeld, TaskFix, TaskWrongPerson, TaskPartyLeft, TaskAssess, TaskNoConsultant, TaskFirstMeeting,
	TaskStart, TaskRegister, TaskNextMeeting, TaskOpenTooLong, TaskSignature, TaskNobodyAnswered, TaskReopenAsked,
}

// WaitKeys lists every sentence of the catalogue, by its name.
func WaitKeys() []WaitKey { return slices.Sorted(maps.Keys(waitCatalogue)) }
