package api

import (
	"net/url"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// exampleBo is a colleague of Anna's.
var exampleBo = forloeb.Principal{ID: uuid.MustParse("00000000-0000-4000-8000-00000000a006"), Role: forloeb.RoleSecretariat, Name: "Bo Dam"}

var (
	heldByBo   = forloeb.Handling{Claim: forloeb.Claim{By: exampleBo.ID, Name: exampleBo.Name, At: at(2026, 12, 21, 8, 10)}}
	heldByAnna = forloeb.Handling{Claim: forloeb.Claim{By: exampleAnna.ID, Name: exampleAnna.Name, At: at(2026, 12, 18, 15, 2)}}
	toJanuary  = forloeb.Handling{PutOff: forloeb.PutOff{Until: at(2027, 1, 4, 0, 0), Name: exampleBo.Name}}
)

// sharedPile is a morning on which the tasks are shared between colleagues.
func sharedPile() today {
	d := exampleToday()
	d.Tasks.Rows[0].Handling, d.Tasks.Rows[1].Handling = heldByBo, heldByAnna
	last := len(d.Tasks.Rows) - 1
	d.PutOff, d.Tasks.Rows = []forloeb.TaskRow{d.Tasks.Rows[last], d.Tasks.Rows[last-1]}, d.Tasks.Rows[:last-1]
	for i := range d.PutOff {
		d.PutOff[i].Handling = toJanuary
		d.Open[d.PutOff[i].Kind]--
	}
	for i, kind := range []forloeb.TaskKind{forloeb.TaskMail, forloeb.TaskSignature, forloeb.TaskNoConsultant} {
		t := forloeb.SettledTask{TaskRow: d.Tasks.Rows[i]}
		t.Kind, t.ClosedAt, t.Handling = kind, at(2026, 12, 21-i, 8, 40), forloeb.Handling{}
		d.Settled = append(d.Settled, t)
	}
	d.Settled[1].By, d.Settled[2].Handling = exampleBo.Name, heldByAnna
	return d
}

func pileExamples() []example {
	shown := func(name string, d today) example {
		return example{name, seenBy(exampleAnna, "/sekretariat/", newTodayPage(d))}
	}
	mine := sharedPile()
	mine.Mine, mine.Tasks.Rows, mine.Tasks.Next, mine.Cursor = true, mine.Tasks.Rows[1:2], "def", "abc"
	none := sharedPile()
	none.Mine, none.Tasks.Rows, none.PutOff, none.Settled = true, nil, nil, nil

	late := shown("today-too-late", sharedPile())
	late.page.base().TooLate = lateWords[lateTaken]

	k := caseAt(exampleAnna, func(k *staffCase) {
		for i, kind := range []forloeb.TaskKind{forloeb.TaskStart, forloeb.TaskOpenTooLong, forloeb.TaskNextMeeting} {
			k.Tasks = append(k.Tasks, forloeb.Task{ID: int64(i + 1), Kind: kind, Subject: "x", OpenedAt: at(2026, 12, 18, 9, 0)})
		}
		k.Handlings = map[int64]forloeb.Handling{1: heldByBo, 2: heldByAnna, 3: toJanuary}
	})
	start := caseAt(exampleAnna, func(k *staffCase) { agreed(k, forloeb.AwaitingConsultant); k.MatchTriedAt = k.StatusSince })
	t := forloeb.Task{ID: 1, Kind: forloeb.TaskNoConsultant, Subject: "2", OpenedAt: start.StatusSince}
	typed := url.Values{"until": {"1-6-2027"}, "reason": {"Vi venter på Karen.\n010203-1234"}}
	_, wrong := readPutOff(start, t, typed)
	noted := exampleNotes(exampleAnna)
	providers := exampleNotes(exampleNina)
	atNFA(&providers)
	providers.Notes = providers.Notes[2:]
	empty := asking{wrong: []fieldError{{noteField, forloeb.Mistake{Field: noteField, Code: forloeb.MistakeMissing}.Danish()}}, typed: url.Values{}}
	return []example{
		{"case-notes", seenBy(exampleAnna, noted.Home(), newCasePage(noted))},
		{"provider-case-notes", seenBy(exampleNina, providers.Home(), newCasePage(providers))},
		{"note", seenBy(exampleAnna, noted.Home(), newNotePage(noted, asking{}, fromToday))},
		{"provider-note", seenBy(exampleNina, providers.Home(), newNotePage(providers, asking{}, ""))},
		{"note-empty", seenBy(exampleAnna, noted.Home(), newNotePage(noted, empty, ""))},
		{"note-strike", seenBy(exampleAnna, noted.Home(), strikePage(noted, noted.Notes[0]))},
		shown("today-shared", sharedPile()), shown("today-mine", mine), shown("today-mine-none", none), late,
		{"case-tasks-shared", seenBy(exampleAnna, k.Home(), newCasePage(k))},
		{"put-off", seenBy(exampleAnna, start.Home(), putOffPage(start, t, asking{}, ""))},
		{"put-off-no-deadline", seenBy(exampleAnna, k.Home(), putOffPage(k, k.Tasks[1], asking{}, fromToday))},
		{"put-off-errors", seenBy(exampleAnna, start.Home(), putOffPage(start, t, asking{wrong: wrong, typed: typed}, ""))},
	}
}

// exampleNotes is a forløb with a note of the reader's own, one that was struck,
// and one of NFA's.
func exampleNotes(who forloeb.Principal) staffCase {
	return caseAt(who, func(k *staffCase) {
		k.Notes = []forloeb.Note{
			{ID: 1, By: exampleAnna.ID, Name: exampleAnna.Name, At: at(2026, 12, 18, 9, 14), Text: "Lederen ringede.\nHun vender tilbage på mandag."},
			{ID: 2, By: exampleBo.ID, Name: exampleBo.Name, At: at(2026, 12, 18, 13, 2), Struck: at(2026, 12, 18, 13, 5), StruckBy: exampleBo.Name},
			{ID: 3, By: exampleNina.ID, Name: exampleNina.Name, At: at(2026, 12, 21, 8, 30), Text: "Vi tager den i næste uge."},
		}
	})
}
