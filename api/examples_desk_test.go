package api

import (
	"net/url"
	"strconv"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// exampleRow is a row of the list: on Monday 30 November, settled.
func exampleRow(reference, workplace, municipality string, status forloeb.Status, w forloeb.Waiting) forloeb.ListRow {
	return forloeb.ListRow{
		ID: uuid.NewSHA1(uuid.Nil, []byte(reference)), Reference: reference, Workplace: workplace, Municipality: municipality, Status: status,
		Waiting: w, Settled: true, Now: at(2026, 11, 30, 9, 0),
	}
}

func exampleRows() []forloeb.ListRow {
	day := func(month time.Month, day int) time.Time { return at(2026, month, day, 10, 0) }
	bounced := exampleRow("26-4790", "Birkehuset", "461", forloeb.AwaitingConsent,
		forloeb.Waiting{Key: forloeb.WaitConsentBounced, Side: forloeb.Rep, Since: day(11, 27), Next: day(12, 1)})
	late := exampleRow("26-4402", "Hjemmeplejen Syd", "259", forloeb.InProgress,
		forloeb.Waiting{Key: forloeb.WaitMeetRegisterLate, N: 3, M: 4, Since: day(11, 16), Deadline: day(11, 24), Next: day(12, 2)})
	late.Consultant, bounced.NeedsAttention, late.NeedsAttention = "Karen Lund", true, true
	full := exampleRow("26-4771", "Søhulen Børnehus", "787", forloeb.AwaitingConsultant,
		forloeb.Waiting{Key: forloeb.WaitAssignFull, Since: day(11, 16), Next: day(12, 1), Deadline: day(12, 17)})
	soon := exampleRow("26-4817", "Tranemoseskolen", "740", forloeb.AwaitingConsent,
		forloeb.Waiting{Key: forloeb.WaitConsentOne, Side: forloeb.Rep, Since: day(11, 23), Next: day(12, 1), Deadline: at(2026, 12, 2, 23, 59)})
	booked := exampleRow("26-4310", "Mosevang Plejecenter", "630", forloeb.InProgress,
		forloeb.Waiting{Key: forloeb.WaitMeetNext, N: 2, M: 4, At: day(12, 10), Next: day(12, 8)})
	booked.NextAt, booked.Consultant = day(12, 8), "Jonas Friis"
	resting := exampleRow("26-2115", "Rådhusets borgerservice og kontaktcenter", "751", forloeb.AwaitingEvaluation,
		forloeb.Waiting{Key: forloeb.WaitEvalRest, Since: day(10, 1), Next: at(2027, 1, 4, 9, 0)})
	resting.NextAt, resting.Consultant = at(2027, 1, 4, 9, 0), "Karen Lund"
	working := exampleRow("26-4900", "Sydskolen", "101", forloeb.Planning, forloeb.Waiting{})
	working.Settled = false
	evaluating := exampleRow("26-1001", "Vejgården", "630", forloeb.Evaluating,
		forloeb.Waiting{Key: forloeb.WaitEvalOne, Since: day(11, 23), Next: day(12, 1), Deadline: day(12, 21)})
	shared := exampleRow("26-1002", "HovedMED i Silkeborg Kommune", "740", forloeb.AwaitingConsent,
		forloeb.Waiting{Key: forloeb.WaitJoinQuorum, K: 2, M: 5, N: 2, Since: day(11, 23), Deadline: day(12, 21)})
	shared.Type, shared.Workplaces = forloeb.Joint, 5
	return []forloeb.ListRow{bounced, shared, late, full, soon, booked, resting, working, evaluating}
}

func listExamples() []example {
	consultants := []forloeb.ConsultantRow{{ConsultantRecord: forloeb.ConsultantRecord{Consultant: forloeb.Consultant{ID: consultantID, Name: "Karen Lund"}}}}
	counts := forloeb.ListCounts{Found: 212, Open: 212, NeedsAttention: 9, Closed: 1304}
	shown := func(name, query string, found forloeb.ListPage, counts forloeb.ListCounts) example {
		return example{"cases" + name, seenBy(exampleAnna, listPath, newCasesPage(readListWish(bureauOf(exampleAnna), queryOf(query), consultants), found, counts, consultants))}
	}
	closed := exampleRow("25-0007", "Nordskolen", "101", forloeb.Completed, forloeb.Waiting{Key: forloeb.WaitDoneCompleted, Since: at(2026, 6, 1, 9, 0), Deadline: at(2028, 6, 1, 9, 0)})
	some, one := exampleRows(), forloeb.ListCounts{Found: 1, Open: 212, NeedsAttention: 9, Closed: 1304}
	return []example{
		shown("", "", forloeb.ListPage{Rows: some, Next: "abc"}, counts),
		shown("-further-on", "fra=abc", forloeb.ListPage{Rows: some, Next: "def"}, counts),
		shown("-last", "fra=def", forloeb.ListPage{Rows: some[7:]}, counts),
		shown("-closed", "vis=lukkede", forloeb.ListPage{Rows: []forloeb.ListRow{closed}}, one),
		shown("-narrowed", "q=skolen&kommune=740&konsulent="+consultantID.String()+"&tema=change&handling=true&vis=handling",
			forloeb.ListPage{Rows: some[:1]}, one),
		shown("-no-hit", "q=Mette+Hansen", forloeb.ListPage{}, forloeb.ListCounts{}),
		shown("-elsewhere", "status=stopped&kommune=101", forloeb.ListPage{}, forloeb.ListCounts{Open: 3, Closed: 2}),
		shown("-one-elsewhere", "q=skolen&vis=lukkede", forloeb.ListPage{}, forloeb.ListCounts{Open: 1}),
		shown("-nothing-here", "vis=handling", forloeb.ListPage{}, forloeb.ListCounts{Open: 3}),
		shown("-first-day", "", forloeb.ListPage{}, forloeb.ListCounts{}),
		shown("-not-understood", "status=perhaps&kommune=999&tema=weather&konsulent=x&vis=mine", forloeb.ListPage{Rows: some}, counts),
	}
}

// exampleViews are one that the head shares, and two of one's own.
func exampleViews() []forloeb.SavedView {
	return []forloeb.SavedView{
		{ID: uuid.NewSHA1(uuid.Nil, []byte("shared")), Name: "Uden konsulent", Shared: true, Narrowing: forloeb.Narrowing{Tab: forloeb.TabOpen, Status: forloeb.AwaitingConsultant}},
		{ID: uuid.NewSHA1(uuid.Nil, []byte("own")), Name: "Silkeborg", Own: true, Narrowing: forloeb.Narrowing{Tab: forloeb.TabOpen, Municipality: "740", Consultant: consultantID}},
		{ID: uuid.NewSHA1(uuid.Nil, []byte("long")), Name: "Forandringer, som kræver handling i dag.", Own: true, Narrowing: forloeb.Narrowing{Tab: forloeb.TabAttention, Theme: "change"}},
	}
}

func savedViewExamples() []example {
	consultants := []forloeb.ConsultantRow{{ConsultantRecord: forloeb.ConsultantRecord{Consultant: forloeb.Consultant{ID: consultantID, Name: "Karen Lund"}}}}
	b, counts := bureauOf(exampleAnna), forloeb.ListCounts{Found: 12, Open: 12, NeedsAttention: 9, Closed: 4}
	shown := func(name, query string) example {
		w := readListWish(b, queryOf(query), consultants)
		page := newCasesPage(w, forloeb.ListPage{Rows: exampleRows()[:3]}, counts, consultants)
		page.Saved, page.KeepView = w.savedIn(exampleViews()), w.keepView(exampleAnna, exampleViews())
		return example{"cases-views" + name, seenBy(exampleAnna, listPath, page)}
	}
	asked := func(name, query string, who forloeb.Principal, change func(*savedViewPage)) example {
		page := newSavedViewPage(readListWish(b, queryOf(query), consultants), who, consultants)
		change(page)
		return example{"saved-view" + name, seenBy(who, listPath+newViewPath, page)}
	}
	shared := newChangeViewPage(b, exampleHead, exampleViews()[0], consultants)
	return []example{
		shown("", ""), shown("-one", "kommune=740&konsulent="+consultantID.String()), shown("-new", "kommune=101&handling=true"), shown("-shared", "status=awaiting_consultant"),
		asked("", "kommune=740&tema=change&handling=true", exampleAnna, func(*savedViewPage) {}),
		asked("-searched", "q=Mette+Hansen&status=planning", exampleHead, func(p *savedViewPage) { p.Restored, p.Name = true, "Første møde" }),
		asked("-wrong", "vis=handling", exampleAnna, func(p *savedViewPage) { p.wrong(nil) }),
		{"saved-view-own", seenBy(exampleAnna, listPath, newChangeViewPage(b, exampleAnna, exampleViews()[1], consultants))},
		{"saved-view-shared", seenBy(exampleHead, listPath, shared)},
	}
}

func settingsExamples() []example {
	shown := func(name string, who forloeb.Principal, on bool) example {
		return example{"settings" + name, seenBy(who, staffArea(who)+settingsPath, newSettingsPage(who, on))}
	}
	return []example{shown("", exampleAnna, false), shown("-on", exampleHead, true), shown("-consultant", exampleKarenWho, true)}
}

func mailLogExamples() []example {
	mail := func(id int64, kind forloeb.MailKind, side forloeb.Side, state forloeb.MailState, code string) forloeb.MailRow {
		r := forloeb.MailRow{ForloebID: uuid.NewSHA1(uuid.Nil, []byte{byte(id)}), Reference: "26-48" + strconv.FormatInt(10+id, 10), Side: side}
		r.Mail = forloeb.Mail{ID: id, Kind: kind, State: state, Code: code, PlannedAt: at(2026, 11, 30, 9, 14)}
		if state == forloeb.MailSent {
			r.SentAt = at(2026, 11, 30, 9, 15)
		}
		return r
	}
	held := mail(7, forloeb.MailConsentRequest, forloeb.Rep, forloeb.MailPlanned, "")
	held.Held = true
	some := []forloeb.MailRow{
		mail(1, forloeb.MailConsentRequest, forloeb.Leader, forloeb.MailSent, ""),
		mail(2, forloeb.MailConsentRequest, forloeb.Rep, forloeb.MailFailed, "550"),
		mail(3, forloeb.MailEvaluationRequest, forloeb.Rep, forloeb.MailUncertain, "interrupted"),
		mail(4, forloeb.MailMeetingReminder, forloeb.Leader, forloeb.MailPlanned, "421"),
		mail(5, forloeb.MailRegister, "", forloeb.MailSending, ""),
		mail(6, forloeb.MailConsentReminder, forloeb.Leader, forloeb.MailCancelled, ""),
		held,
	}
	shown := func(name, query string, found forloeb.MailPage) example {
		return example{"mail-log" + name, seenBy(exampleAnna, mailLogPath, newMailLogPage(readMailWish(queryOf(query)), found))}
	}
	return []example{
		shown("", "", forloeb.MailPage{Rows: some, Next: "abc"}),
		shown("-further-on", "fra=abc&periode=alle", forloeb.MailPage{Rows: some[:2], Next: "def"}),
		shown("-narrowed", "tilstand=kom-retur&periode=7-dage", forloeb.MailPage{Rows: some[1:2]}),
		shown("-none", "periode=i-dag", forloeb.MailPage{}),
		shown("-not-understood", "tilstand=læst&periode=snart", forloeb.MailPage{Rows: some[:1]}),
	}
}

// waitingTask is a task of a forløb that was changed until it needs one, on
// Monday 21 December.
func waitingTask(d *today, kind forloeb.TaskKind, opened time.Time, workplace, municipality string, change func(k *staffCase) (subject string)) {
	n := int64(len(d.Tasks.Rows) + 1)
	k := exampleCase(exampleAnna)
	k.ID, k.Reference = uuid.NewSHA1(uuid.Nil, []byte{byte(n)}), "26-47"+strconv.FormatInt(80+n, 10)
	k.Workplaces[0].Name, k.Workplaces[0].Municipality = workplace, municipality
	t := forloeb.Task{ID: n, Kind: kind, OpenedAt: opened}
	t.Subject = change(&k)
	k.Tasks = append(k.Tasks, t)
	d.Cases[k.ID] = k.Forloeb
	d.Open[kind]++
	d.Tasks.Rows = append(d.Tasks.Rows, forloeb.TaskRow{Task: t, ForloebID: k.ID, Reference: k.Reference, Status: k.Status, Workplace: workplace, Now: at(2026, 12, 21, 9, 14)})
}

func exampleToday() today {
	d := today{bureau: bureauOf(exampleAnna), Now: at(2026, 12, 21, 9, 14), By: exampleAnna, Cases: map[uuid.UUID]*forloeb.Forloeb{}, Open: map[forloeb.TaskKind]int{}, Runs: 212}
	asked := func(change func(k *staffCase) string) func(k *staffCase) string {
		return func(k *staffCase) string { justAsked(k); return change(k) }
	}
	same := func(*staffCase) string { return "x" }
	waitingTask(&d, forloeb.TaskMail, at(2026, 12, 18, 14, 12), "Birkehuset", "461", asked(func(k *staffCase) string {
		k.Mails[1].State, k.Mails[1].Code, k.Mails[1].SentAt = forloeb.MailFailed, "550", time.Time{}
		return "mail:2:0"
	}))
	waitingTask(&d, forloeb.TaskMail, at(2026, 12, 21, 7, 31), "Mosevang Plejecenter", "630", asked(func(k *staffCase) string {
		k.Mails[0].State, k.Mails[0].Code, k.Mails[0].SentAt = forloeb.MailUncertain, "interrupted", time.Time{}
		return "mail:1:0"
	}))
	waitingTask(&d, forloeb.TaskMailHeld, at(2026, 12, 20, 7, 31), "Rådhusets borgerservice og kontaktcenter", "751", asked(func(k *staffCase) string {
		k.Mails[0].State, k.Mails[0].Held, k.Mails[0].SentAt = forloeb.MailPlanned, true, time.Time{}
		return "mail:1:0"
	}))
	waitingTask(&d, forloeb.TaskAssess, at(2026, 12, 17, 10, 0), "Sydskolen", "101", func(k *staffCase) string {
		agreed(k, forloeb.AwaitingAssessment)
		k.Policy.Intake = forloeb.Assessed
		return "2"
	})
	waitingTask(&d, forloeb.TaskNoConsultant, at(2026, 11, 26, 10, 0), "Søhulen Børnehus", "787", func(k *staffCase) string {
		agreed(k, forloeb.AwaitingConsultant)
		k.MatchTriedAt = k.StatusSince
		return "2"
	})
	waitingTask(&d, forloeb.TaskFirstMeeting, at(2026, 12, 10, 9, 30), "Nordskolen", "101", func(k *staffCase) string {
		k.Status, k.Meetings = forloeb.Planning, nil
		return "1"
	})
	waitingTask(&d, forloeb.TaskRegister, at(2026, 12, 21, 8, 0), "Hjemmeplejen Syd", "259", func(k *staffCase) string {
		k.Meetings[1].StartsAt, k.Meetings[1].EndsAt = at(2026, 12, 14, 13, 0), at(2026, 12, 14, 16, 0)
		return k.Meetings[1].ID.String() + ":0"
	})
	waitingTask(&d, forloeb.TaskNextMeeting, at(2026, 12, 21, 8, 0), "Vejgården", "630", same)
	waitingTask(&d, forloeb.TaskStart, at(2026, 12, 21, 8, 0), "Lindehuset", "101", same)
	waitingTask(&d, forloeb.TaskFix, at(2026, 12, 21, 8, 0), "Skovbrynet", "101", asked(func(k *staffCase) string {
		leaderOf(k).FixAskedAt = at(2026, 12, 21, 8, 0)
		return leaderOf(k).ID.String() + ":1"
	}))
	waitingTask(&d, forloeb.TaskSignature, at(2026, 12, 21, 8, 0), "Engskolen", "101", func(k *staffCase) string { return repOf(k).ID.String() + ":1" })
	waitingTask(&d, forloeb.TaskNobodyAnswered, at(2025, 12, 19, 8, 0), "", "101", same)
	return d
}

func todayExamples() []example {
	shown := func(name string, d today) example {
		return example{"today" + name, seenBy(exampleAnna, "/sekretariat/", newTodayPage(d))}
	}
	one := exampleToday()
	one.Tasks.Rows, one.Open = one.Tasks.Rows[:1], map[forloeb.TaskKind]int{forloeb.TaskMail: 1}
	more := exampleToday()
	more.Tasks.Next, more.Open[forloeb.TaskMail] = "abc", 1304
	further := exampleToday()
	further.Tasks.Rows, further.Cursor, further.Open = further.Tasks.Rows[3:5], "abc", more.Open
	lost := one
	lost.ignore(lostPlace)
	alike := exampleToday()
	alike.Alike = exampleAlike(exampleCase(exampleAnna).Forloeb)
	held, onlyHeld := exampleToday(), today{Now: one.Now, By: exampleAnna, Held: exampleHeld(1)}
	held.Held = exampleHeld(143)
	empty := func(runs int) today { return today{Now: one.Now, By: exampleAnna, Runs: runs} }
	return []example{
		shown("", exampleToday()), shown("-one", one), shown("-alike", alike), shown("-held", held), shown("-only-held", onlyHeld), shown("-more", more), shown("-further-on", further), shown("-not-understood", lost),
		shown("-nothing", empty(212)), shown("-nothing-of-one", empty(1)), shown("-first-day", empty(0)),
	}
}

// queryOf is the query of an address.
func queryOf(query string) url.Values {
	values, err := url.ParseQuery(query)
	if err != nil {
		panic(err)
	}
	return values
}
