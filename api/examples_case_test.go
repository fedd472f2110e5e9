package api

import (
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// caseAt changes the forløb in progress to one in another state.
func caseAt(who forloeb.Principal, change func(k *staffCase)) staffCase {
	k := exampleCase(who)
	change(&k)
	return k
}

// leaderOf and repOf are the two parties of the examples.
func leaderOf(k *staffCase) *forloeb.Party { return &k.Parties[0] }
func repOf(k *staffCase) *forloeb.Party    { return &k.Parties[1] }

// mailTo adds a mail.
func mailTo(k *staffCase, kind forloeb.MailKind, to uuid.UUID, ordinal int64, state forloeb.MailState, at time.Time) *forloeb.Mail {
	m := forloeb.Mail{ID: int64(len(k.Mails) + 1), Kind: kind, Recipient: to, Ordinal: ordinal, State: state, PlannedAt: at}
	if state == forloeb.MailSent {
		m.SentAt = at
	}
	k.Mails = append(k.Mails, m)
	return &k.Mails[len(k.Mails)-1]
}

// justAsked is an application that both have been asked about, and nobody has
// answered.
func justAsked(k *staffCase) {
	k.Now = at(2026, 11, 30, 9, 0)
	k.Status, k.StatusSince, k.Assignments, k.Meetings = forloeb.AwaitingConsent, exampleApplied, nil, nil
	for i := range k.Parties {
		k.Parties[i].Consent = nil
		mailTo(k, forloeb.MailConsentRequest, k.Parties[i].ID, 1001, forloeb.MailSent, exampleApplied)
	}
	k.Events = []forloeb.Event{{Seq: 1, To: forloeb.AwaitingConsent, At: exampleApplied}}
}

// agreed is one that both have agreed to.
func agreed(k *staffCase, to forloeb.Status) {
	justAsked(k)
	leaderOf(k).Consent, repOf(k).Consent = exampleYes(24), exampleYes(26)
	k.Status, k.StatusSince = to, at(2026, 11, 26, 10, 0)
	k.Events = append(k.Events, forloeb.Event{Seq: 2, From: forloeb.AwaitingConsent, To: to, At: k.StatusSince})
}

// closed ends it.
func closed(k *staffCase, from, to forloeb.Status) {
	k.Status, k.StatusSince = to, at(2026, 12, 18, 9, 0)
	k.Events = append(k.Events, forloeb.Event{Seq: 9, From: from, To: to, At: k.StatusSince})
	for i := range k.Meetings {
		if m := &k.Meetings[i]; m.State == forloeb.Booked {
			m.State, m.StateAt = forloeb.Cancelled, k.StatusSince
		}
	}
}

// held gives it so many meetings, all held.
func held(k *staffCase, n int) {
	k.Meetings = nil
	for i := range n {
		start := at(2027, 1, 7, 13, 0).AddDate(0, 0, 14*i)
		k.Meetings = append(k.Meetings, forloeb.Meeting{ID: uuid.MustParse("00000000-0000-4000-8000-0000000ee00" + string('0'+rune(i))), Ordinal: i + 1,
			StartsAt: start, EndsAt: start.Add(3 * time.Hour), Place: "Skolevej 1", State: forloeb.Held, StateAt: start.Add(4 * time.Hour)})
	}
	k.Now = at(2027, 3, 5, 9, 0)
}

func task(k *staffCase, kind forloeb.TaskKind, subject string) {
	k.Tasks = append(k.Tasks, forloeb.Task{ID: int64(len(k.Tasks) + 1), Kind: kind, Subject: subject, OpenedAt: at(2026, 12, 18, 8, 0)})
}

// manyMeetings is a long forløb with everything that a meeting can become.
func manyMeetings(k *staffCase) {
	held(k, 5)
	k.ExtraMeetings = 2
	k.Meetings[1].State, k.Meetings[2].State, k.Meetings[4].State = forloeb.Cancelled, forloeb.NoShow, forloeb.Booked
	ahead := k.Meetings[4]
	ahead.ID, ahead.StartsAt, ahead.EndsAt, ahead.Place = uuid.MustParse("00000000-0000-4000-8000-0000000ee009"), at(2027, 3, 31, 9, 0), at(2027, 3, 31, 12, 0), "https://moede.example.dk/spark"
	k.Meetings = append(k.Meetings, ahead)
	for i := range 12 {
		mailTo(k, forloeb.MailMeetingReminder, k.Parties[i%2].ID, int64(i), forloeb.MailSent, at(2026, 12, 8+i, 9, 0))
	}
	former := k.Assignments[0]
	former.Consultant.Name, former.Until = "Jonas Friis", at(2026, 12, 1, 9, 0)
	k.Assignments = []forloeb.Assignment{former, k.Assignments[0]}
	k.Assignments[1].ID, k.Assignments[1].Reason, k.Assignments[1].At, k.Assignments[1].AcceptedAt = 2, "reassigned", at(2026, 12, 1, 9, 0), at(2026, 12, 1, 9, 0)
}

// troubled has a mail of each sad state, and every task.
func troubled(k *staffCase) {
	justAsked(k)
	k.Mails[0].State, k.Mails[0].Code, k.Mails[0].SentAt = forloeb.MailFailed, "550", time.Time{}
	k.Mails[1].Held, k.Mails[1].State, k.Mails[1].SentAt = true, forloeb.MailPlanned, time.Time{}
	mailTo(k, forloeb.MailLinkAgain, leaderOf(k).ID, 5, forloeb.MailUncertain, at(2026, 11, 24, 9, 0)).Code = "interrupted"
	mailTo(k, forloeb.MailApplicationText, leaderOf(k).ID, 6, forloeb.MailPlanned, at(2026, 11, 24, 9, 0)).Code = "no_connection"
	mailTo(k, forloeb.MailApplicationText, repOf(k).ID, 7, forloeb.MailSending, at(2026, 11, 24, 9, 0))
	mailTo(k, forloeb.MailMeetingReminder, repOf(k).ID, 8, forloeb.MailCancelled, at(2026, 11, 24, 9, 0))
	for kind, subject := range map[forloeb.TaskKind]string{forloeb.TaskMail: "mail:1:0", forloeb.TaskMailHeld: "mail:2:0"} {
		task(k, kind, subject)
	}
	for _, subject := range []string{"mail:3:0", "mail:4:0"} {
		task(k, forloeb.TaskMail, subject)
	}
	slices.SortFunc(k.Tasks, func(a, b forloeb.Task) int { return len(a.Kind) - len(b.Kind) })
}

func exampleRemarks(k staffCase) []caseRemark {
	leader := leaderOf(&k).ID
	return remarksOf(k, []forloeb.Remark{
		{Kind: "fix", Party: &leader, Text: "Antallet af ansatte er forkert.\nVi er 42."},
		{Kind: "no", Party: &leader, Text: "Vi har ikke talt om det."},
		{Kind: "cancel", Version: 3, Text: "Lederen er syg."},
	}, func(forloeb.Actor) string { return "Karen Lund" })
}

// caseExamples are the page of one forløb, in each status and to each reader.
func caseExamples() []example {
	var all []example
	add := func(name string, who forloeb.Principal, change func(k *staffCase), more ...func(*casePage)) {
		k := caseAt(who, change)
		page := newCasePage(k)
		for _, m := range more {
			m(page)
		}
		all = append(all, example{"case-" + name, seenBy(who, k.Home(), page)})
	}
	same := func(*staffCase) {}
	add("in-progress", exampleAnna, same, func(p *casePage) {
		k := caseAt(exampleAnna, func(k *staffCase) {
			k.Acts = []forloeb.Act{{Version: 3, Actor: exampleKarenWho.Actor(), At: at(2026, 12, 1, 9, 0)}}
		})
		p.Remarks, p.Handovers = exampleRemarks(k), exampleRemarks(k)[:1]
		p.Elsewhere = []wayOn{{Label: "Se forløbet i Temporal", Address: "https://temporal.example.dk/namespaces/spark/workflows/forloeb%2F1"}, {Label: "Udvikling: Spol frem", Address: "/dev/"}}
		p.Meetings[1].Ways = []wayOn{{Label: "Flyt mødet", Address: k.Home() + "/moeder/1/flyt"}}
	})
	add("consultant", exampleKarenWho, same, func(p *casePage) { p.Remarks = exampleRemarks(exampleCase(exampleKarenWho)) })
	add("plans-written", exampleKarenWho, withPlans)
	add("consultant-awaited", exampleKarenWho, func(k *staffCase) { k.Meetings[1].State = forloeb.Cancelled })
	add("head-without-phones", exampleHead, func(k *staffCase) {
		leaderOf(k).Contact.Phone, k.Assignments[0].Consultant.Phone, k.Application.Themes = "", "", k.Application.Themes[:1]
		k.Assignments[0].Score = nil
	})
	add("awaiting-consent", exampleAnna, justAsked)
	add("awaiting-consent-soon", exampleAnna, func(k *staffCase) { justAsked(k); k.Now = at(2026, 12, 11, 9, 0); leaderOf(k).Consent = exampleYes(24) })
	add("troubled", exampleAnna, troubled)
	add("fix-asked", exampleAnna, func(k *staffCase) {
		justAsked(k)
		leaderOf(k).FixAskedAt, leaderOf(k).FixText = at(2026, 11, 24, 9, 0), "Antallet er forkert."
		task(k, forloeb.TaskFix, leaderOf(k).ID.String()+":1")
	})
	add("assessment", exampleAnna, func(k *staffCase) { assessed(k); task(k, forloeb.TaskAssess, "2") })
	add("waiting-list", exampleAnna, func(k *staffCase) {
		agreed(k, forloeb.AwaitingAssessment)
		k.Policy.Intake, k.Decision, k.DecidedAt = forloeb.Assessed, forloeb.Waitlist, at(2026, 11, 27, 9, 0)
	})
	add("no-consultant", exampleAnna, func(k *staffCase) {
		agreed(k, forloeb.AwaitingConsultant)
		k.MatchTriedAt = at(2026, 11, 26, 10, 0)
		task(k, forloeb.TaskNoConsultant, "2")
	})
	add("asked", exampleAnna, isAskedByTelephone)
	add("asked-consultant", exampleKarenWho, isAsked)
	add("planning", exampleAnna, func(k *staffCase) {
		karen := k.Assignments
		agreed(k, forloeb.Planning)
		k.Assignments = karen
		task(k, forloeb.TaskFirstMeeting, "1")
		task(k, forloeb.TaskSignature, repOf(k).ID.String()+":1")
	})
	add("guest", exampleAnna, func(k *staffCase) {
		m := mailTo(k, forloeb.MailMeetingInvitation, exampleGuest(k).ID, 2001, forloeb.MailFailed, at(2026, 12, 15, 10, 0))
		m.Ref, m.Code = k.Meetings[1].ID.String(), "550"
		k.Meetings[1].Sequence = 1
		k.Tasks = append(k.Tasks, forloeb.Task{ID: 90, Kind: forloeb.TaskMail, Subject: "mail:" + strconv.FormatInt(m.ID, 10) + ":0", OpenedAt: at(2026, 12, 15, 10, 1)})
	})
	add("many-meetings", exampleAnna, manyMeetings)
	add("party-left", exampleAnna, func(k *staffCase) {
		leaderOf(k).LeftAt = at(2026, 12, 18, 9, 0)
		old := *repOf(k)
		old.ID, old.ReplacedAt, old.Contact = uuid.MustParse("00000000-0000-4000-8000-00000000d003"), at(2026, 12, 1, 9, 0), forloeb.Contact{Name: "Ole Vad", Email: "ole@example.dk"}
		repOf(k).Consent, repOf(k).ReplacesParty = nil, old.ID
		k.Parties = append(k.Parties, old)
		task(k, forloeb.TaskPartyLeft, leaderOf(k).ID.String())
	})
	add("behind", exampleAnna, func(k *staffCase) { k.Seen-- })
	add("resting", exampleAnna, func(k *staffCase) {
		held(k, 4)
		k.Status, k.StatusSince = forloeb.AwaitingEvaluation, at(2027, 2, 18, 16, 0)
	})
	add("evaluating", exampleAnna, func(k *staffCase) {
		held(k, 4)
		k.Status, k.StatusSince, k.Now = forloeb.Evaluating, at(2027, 5, 18, 9, 0), at(2027, 5, 20, 9, 0)
		for i := range k.Parties {
			mailTo(k, forloeb.MailEvaluationRequest, k.Parties[i].ID, 1, forloeb.MailSent, k.StatusSince)
			k.Invitations = append(k.Invitations, forloeb.Invitation{PartyID: k.Parties[i].ID})
		}
	})
	add("completed", exampleAnna, func(k *staffCase) { held(k, 4); closed(k, forloeb.Evaluating, forloeb.Completed) })
	add("paused", exampleAnna, func(k *staffCase) { k.Meetings = k.Meetings[:1]; stoodStill(k) })
	add("pause-asked", exampleAnna, func(k *staffCase) { k.Meetings = k.Meetings[:1]; needsAPause(k); task(k, forloeb.TaskPauseAsked, "91") })
	add("withdrawn", exampleAnna, func(k *staffCase) {
		closed(k, forloeb.InProgress, forloeb.Withdrawn)
		leaderOf(k).ReopenAskedAt = k.Now
		task(k, forloeb.TaskReopenAsked, "9")
	})
	add("alike", exampleAnna, func(k *staffCase) { justAsked(k); k.Alike = exampleAlike(k.Forloeb)[:1] })
	add("alike-several", exampleAnna, func(k *staffCase) {
		justAsked(k)
		k.Earlier = exampleEarlier
		k.Alike, k.Duplicates = exampleAlike(k.Forloeb), []forloeb.Twin{{ID: uuid.MustParse("00000000-0000-4000-8000-0000000fa001"), Reference: "26-4816"}}
	})
	for name, who := range map[string]forloeb.Principal{"duplicate": exampleAnna, "duplicate-consultant": exampleKarenWho} {
		add(name, who, func(k *staffCase) {
			closed(k, forloeb.InProgress, forloeb.Stopped)
			k.DuplicateOf = &forloeb.Duplicate{Twin: exampleAlike(k.Forloeb)[0].Twin}
		})
	}
	add("stopped-long-ago", exampleAnna, func(k *staffCase) { closed(k, forloeb.InProgress, forloeb.Stopped); k.Now = at(2027, 4, 1, 9, 0) })
	add("declined", exampleAnna, func(k *staffCase) {
		justAsked(k)
		repOf(k).Consent = &forloeb.Consent{Revision: 1, Answer: forloeb.No, At: at(2026, 11, 24, 9, 0)}
		leaderOf(k).Consent = &forloeb.Consent{Revision: 1, Answer: forloeb.Yes, At: at(2026, 11, 24, 8, 0), Channel: forloeb.ByPhone}
		closed(k, forloeb.AwaitingConsent, forloeb.Declined)
	})
	add("erased", exampleAnna, func(k *staffCase) {
		closed(k, forloeb.InProgress, forloeb.Stopped)
		k.Now, k.Workplaces[0].Name, k.Application.Texts = at(2027, 9, 1, 9, 0), "", forloeb.ApplicationTexts{}
		for i := range k.Parties {
			k.Parties[i].Contact = forloeb.Contact{}
		}
	})
	return all
}

// exampleAlike are like a forløb, each in its way.
func exampleAlike(f *forloeb.Forloeb) []forloeb.Alike {
	alike := forloeb.Alike{Of: forloeb.Twin{ID: f.ID, Reference: f.Reference}, AppliedAt: at(2026, 11, 3, 9, 0), Workplace: "Tranemose Skole", Place: true, People: true,
		Twin: forloeb.Twin{ID: uuid.MustParse("00000000-0000-4000-8000-0000000fa002"), Reference: "26-4790"}}
	people, erased := alike, alike
	people.Place, people.ID, people.Reference = false, uuid.MustParse("00000000-0000-4000-8000-0000000fa003"), "26-4791"
	erased.People, erased.Workplace, erased.ID, erased.Reference = false, "", uuid.MustParse("00000000-0000-4000-8000-0000000fa004"), "26-4792"
	back := alike
	back.Of, back.Twin = alike.Twin, alike.Of
	return []forloeb.Alike{alike, people, erased, back}
}

// mailExamples are a forløb's mails, and one mail in each state.
func mailExamples() []example {
	var all []example
	anna := caseAt(exampleAnna, troubled)
	all = append(all,
		example{"mails", seenBy(exampleAnna, anna.Home(), newMailsPage(anna))},
		example{"mails-none", seenBy(exampleKarenWho, "/konsulent/forloeb/1", newMailsPage(exampleCase(exampleKarenWho)))})
	add := func(name string, k staffCase, m *forloeb.Mail, change func(*mailPage)) {
		page := newMailPage(k, m)
		page.Subject, page.Text = "SPARK 26-4817: Bekræft ansøgningen senest mandag den 14. december 2026", "Hej Mette Holm\n\nLæs den, og svar her: [personligt link]\n\nVenlig hilsen\nSPARKs sekretariat"
		change(page)
		all = append(all, example{"mail-" + name, seenBy(exampleAnna, k.Home(), page)})
	}
	same := func(*mailPage) {}
	add("failed", anna, &anna.Mails[0], same)
	add("held", anna, &anna.Mails[1], same)
	add("uncertain", anna, &anna.Mails[2], same)
	add("stuck", anna, &anna.Mails[3], same)
	add("conflict", anna, &anna.Mails[0], func(p *mailPage) {
		p.Acts, p.Conflict = nil, (&forloeb.Refusal{Code: forloeb.RefuseMailNotSettleable}).Danish()
	})
	sent := caseAt(exampleAnna, justAsked)
	add("sent", sent, &sent.Mails[0], same)
	add("gone", sent, &sent.Mails[1], func(p *mailPage) { p.Gone, p.Subject, p.Text = true, "", "" })
	return all
}
