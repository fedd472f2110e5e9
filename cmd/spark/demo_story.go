package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"example.dk/spark/internal/forloeb"
)

var tranemose = application{
	workplace: "Tranemoseskolen", municipality: "791", sector: forloeb.SectorSchool, employees: forloeb.Employees50To99,
	leader: person{"Mette Holm", "mette.holm@example.dk"}, title: "Skoleleder",
	rep: person{"Amir Dahl", "amir.dahl@example.dk"}, role: forloeb.RoleAMR,
	themes:    []string{string(forloeb.ThemeChange), string(forloeb.ThemeCooperation)},
	situation: "Skolen har fået ny ledelse, og tre team er lagt sammen. Vi vil finde en fælles måde at arbejde på.",
}

// happy is the whole way: from application to evaluation.
func (d *demo) happy(ctx context.Context) error {
	h := &happy{course: d.course(ctx, tranemose), plan: newPlan(time.Now())}
	d.out.chapter("Et SPARK-forløb, fra ansøgning til svar",
		fmt.Sprintf("Tranemoseskolen har fået ny ledelse og tre sammenlagte team. Vi følger Mette, Amir, Karen og Anna i %d måneder på to minutter.", h.months()),
		fmt.Sprintf("One forløb, %d months, two minutes.", h.months()), time.Now(), h.ended())
	for _, part := range []func(){h.apply, h.scanner, h.firstYes, h.reminder, h.secondYes, h.assigned,
		h.firstMeeting, h.secondMeeting, h.thirdIsMoved, h.thirdMeeting, h.lastReminder, h.lastMeeting,
		h.restart, h.evaluation, h.firstAnswer, h.onlyAmir, h.completed} {
		if part(); h.err != nil {
			return h.err
		}
	}
	d.dates = h.passes()
	return nil
}

type happy struct {
	*course
	plan
	atHerDesk   program // Karen's own
	invitation  calendarEntry
	evaluatedAt time.Time
}

func (h *happy) apply() {
	h.stage()
	start := time.Now()
	receipt := h.course.apply()
	h.plan = newPlan(h.asked(h.rep))
	h.tell(start, fmt.Sprintf("Mette Holm, skoleleder, søger %s. Hun og Amir Dahl, AMR, får straks hver en mail.", forloeb.Clock(start)),
		"Leader applies; two mails at once.", "Mette ser: »"+readable(receipt.Find("main .font-lead"))+"«")
}

// stage lets Anna say who covers what: Karen Lund drives in Midtjylland.
func (h *happy) stage() {
	h.do(func() error {
		return h.changeConsultant(h.ctx, "Karen Lund", map[string]any{
			"regions": []string{"midtjylland"}, "themes": []string{string(forloeb.ThemeChange), string(forloeb.ThemeCooperation)},
		})
	})
}

func (d *demo) changeConsultant(ctx context.Context, name string, change map[string]any) error {
	var list struct{ Items []struct{ ID, Name string } }
	if err := d.anna.call(ctx, http.MethodGet, "consultants", nil, &list); err != nil {
		return err
	}
	for _, c := range list.Items {
		if c.Name == name {
			return d.anna.call(ctx, http.MethodPatch, "consultants/"+c.ID, change, nil)
		}
	}
	return differs("konsulenten "+name, "ingen af det navn")
}

func (h *happy) scanner() {
	h.at(h.Scanned)
	before := h.state
	for _, who := range []person{h.leader, h.rep} {
		h.do(func() error {
			link, err := h.outside.latestLink(h.ctx, who.email, "/samtykke/")
			if err != nil {
				return err
			}
			if err := h.outside.head(h.ctx, link); err != nil {
				return err
			}
			_, err = h.outside.open(h.ctx, link)
			return err
		})
	}
	h.settle()
	h.do(func() error {
		if h.state.Waiting.Sentence != before.Waiting.Sentence {
			return differs("»"+before.Waiting.Sentence.Da+"«", "»%s«", h.state.Waiting.Sentence.Da)
		}
		return nil
	})
	h.tell(h.Scanned, "En robot i kommunens mailfilter åbner begge links. Der sker ikke noget.",
		"A mail scanner opens both links; nothing is recorded.")
}

func (h *happy) firstYes() {
	h.at(h.Confirmed)
	after := h.answers(h.leader, forloeb.Yes, "")
	h.expect(kindGotYes, h.Confirmed, "", h.leader)
	h.tell(h.Confirmed, "Mette bekræfter. Siden siger nu, hvem vi venter på.", "One yes; we say whom we wait for.",
		h.quoted(h.leader, after, "answer-yes"), h.sees(h.leader))
}

func (h *happy) reminder() {
	h.Reminded = reminderDate(h.asked(h.rep), 3)
	h.at(h.Reminded)
	h.expect(kindReminded, h.Reminded, forloeb.Date(consentDeadline(h.asked(h.rep))), h.rep)
	h.check()
	h.do(func() error { return h.sameLink() })
	h.tell(h.Reminded, "Amir har haft travlt og får en venlig påmindelse med det samme link.", "Reminder, same link.")
}

// sameLink compares the link of the reminder with the first one.
func (h *happy) sameLink() error {
	first, err := h.outside.newestMail(h.ctx, h.rep.email, "Bekræft ansøgningen senest")
	if err != nil {
		return err
	}
	one, err := first.link("/samtykke/")
	if err != nil {
		return err
	}
	if two, err := h.outside.latestLink(h.ctx, h.rep.email, "/samtykke/"); err != nil || one != two {
		return differs("det samme link i påmindelsen", "et andet")
	}
	return nil
}

func (h *happy) secondYes() {
	h.at(h.Agreed)
	mine := h.opens(h.rep, "/samtykke/")
	h.do(func() error {
		text := readable(mine.Find("table"))
		if !strings.Contains(text, h.situation) {
			return differs("at Amir læser »"+h.situation+"«", "»%s«", text)
		}
		return nil
	})
	after := h.answers(h.rep, forloeb.Yes, "")
	h.expect(kindGotYes, h.Agreed, "", h.rep)
	h.expect(kindBothAgreed, h.Agreed, "", h.leader, h.rep)
	h.given(h.Agreed)
	h.tell(h.Agreed, fmt.Sprintf("Amir læser den samme tekst som Mette og siger ja. Nu er de enige (tekstens fingeraftryk: %.12s).", h.state.Application.Hash),
		"Both agree; the hash is the same.", h.quoted(h.rep, after, "answer-yes"))
}

func (h *happy) assigned() {
	h.do(func() error {
		if h.taken.name != "Karen Lund" {
			return differs("at Karen Lund får forløbet", "%s", h.taken.name)
		}
		var err error
		h.atHerDesk, err = h.consultant(h.ctx, h.state.Consultant.ID)
		return err
	})
	var reasons []string
	for _, s := range h.state.Consultant.Score {
		reasons = append(reasons, fmt.Sprintf("%s %d", s.Part, s.Points))
	}
	h.tell(h.Agreed, "Karen Lund får forløbet: Hun dækker begge temaer, kører i Midtjylland og har plads ("+strings.Join(reasons, ", ")+").",
		"Assigned, with the reasons.", h.sees(h.leader))
}

// book books a meeting and knows who is invited.
func (h *happy) book(number int, start, now time.Time) {
	h.post(h.atHerDesk, "meetings", meetingTimes(start))
	h.expect(kindInvited, now, fmt.Sprintf("%d: %s", number, forloeb.DateTime(start)), h.leader, h.rep, h.taken)
}

func meetingTimes(start time.Time) map[string]any {
	return map[string]any{
		"starts_at": start.Format(time.RFC3339), "ends_at": start.Add(meetingHours).Format(time.RFC3339), "place": "Personalestuen",
	}
}

// meet goes through a meeting from the reminder on.
func (h *happy) meet(start time.Time) (noted time.Time) {
	h.remind(start)
	return h.note(start)
}

// note is Karen in the car park, who notes that the meeting was held.
func (h *happy) note(start time.Time) (noted time.Time) {
	noted = start.Add(meetingHours + 10*time.Minute)
	h.at(noted)
	h.act(h.atHerDesk, http.MethodPost, "meetings/"+h.booked().ID+"/held", nil)
	return noted
}

func (h *happy) remind(start time.Time) {
	h.at(meetingReminderDate(start))
	h.expect(kindMeetingSoon, meetingReminderDate(start), forloeb.DateTime(start), h.leader, h.rep)
	h.check()
}

func (h *happy) firstMeeting() {
	h.at(h.Booked)
	h.book(1, h.Meetings[0], h.Booked)
	h.stands(forloeb.InProgress)
	h.check()
	noted := h.meet(h.Meetings[0])
	h.book(2, h.Meetings[1], noted)
	h.tell(noted, "Første møde. Karen noterer det med to tryk på parkeringspladsen og aftaler det næste.", "Meeting 1 held.", h.sees(h.rep))
}

func (h *happy) secondMeeting() {
	noted := h.meet(h.Meetings[1])
	h.book(3, h.Before, noted)
	h.tell(noted, "Andet møde.", "Meeting 2 held.", h.sees(h.leader))
}

func (h *happy) thirdIsMoved() {
	h.do(func() (err error) {
		h.invitation, err = h.entry(h.rep, "Møde 3")
		return err
	})
	h.at(h.Moved)
	h.act(h.atHerDesk, http.MethodPatch, "meetings/"+h.booked().ID, meetingTimes(h.Meetings[2]))
	h.expect(kindMoved, h.Moved, forloeb.DateTime(h.Meetings[2]), h.leader, h.rep, h.taken)
	h.check()
	h.do(func() error {
		entry, err := h.entry(h.rep, "flyttet")
		if err == nil && (entry.UID != h.invitation.UID || entry.Sequence != "1" || h.invitation.Sequence != "0" || entry.Method != "REQUEST") {
			err = differs("det samme punkt i kalenderen med nummer 1", "%+v efter %+v", entry, h.invitation)
		}
		return err
	})
	h.tell(h.Moved, fmt.Sprintf("Mødet %s passer ikke. Karen flytter det til %s; det samme punkt i kalenderen rykker sig.",
		forloeb.Date(h.Before), forloeb.Date(h.Meetings[2])), "Moved: same UID, next SEQUENCE.", h.sees(h.rep))
}

// entry is the calendar's entry in the newest mail whose subject holds words.
func (h *happy) entry(who person, words string) (calendarEntry, error) {
	m, err := h.outside.newestMail(h.ctx, who.email, words)
	if err != nil {
		return calendarEntry{}, err
	}
	return h.outside.calendar(h.ctx, m)
}

func (h *happy) thirdMeeting() {
	noted := h.meet(h.Meetings[2])
	h.book(4, h.Meetings[3], noted)
	h.tell(noted, "Tredje møde.", "Meeting 3 held.", h.sees(h.leader))
}

func (h *happy) lastReminder() {
	start := h.Meetings[3]
	h.remind(start)
	why, english := "", "Two working days before."
	if names := holidays(meetingReminderDate(start), start); len(names) > 0 {
		why, english = ", for "+feast(names)+" ligger imellem", "Two working days before, across "+feastEnglish(names)+"."
	}
	h.tell(meetingReminderDate(start), fmt.Sprintf("Påmindelse om mødet %s: to hverdage før%s.", forloeb.Date(start), why), english, h.sees(h.rep))
}

// feast is what people call the holidays together.
func feast(names []string) string {
	for _, n := range names {
		if n == "påskedag" {
			return "påsken"
		}
	}
	return strings.Join(names, " og ")
}

func feastEnglish(names []string) string {
	if feast(names) == "påsken" {
		return "Easter"
	}
	return "a holiday"
}

func (h *happy) lastMeeting() {
	noted := h.note(h.Meetings[3])
	h.stands(forloeb.AwaitingEvaluation)
	season, english := "", ""
	if from := h.Scanned; from.IsDST() != noted.IsDST() {
		season, english = ", og imens er det blevet "+seasonOf(noted), ", in "+seasonEnglish(noted)
	}
	h.tell(noted, "Fjerde og sidste møde. Uret starter: tre måneder"+season+".", "Meeting 4; the clock starts"+english+".", h.sees(h.leader))
}

func seasonOf(t time.Time) string {
	if t.IsDST() {
		return "sommertid"
	}
	return "vintertid"
}

func seasonEnglish(t time.Time) string {
	if t.IsDST() {
		return "summer time"
	}
	return "winter time"
}

// restart takes the worker away while the forløb sleeps. People read their
// pages all the same, and the next worker goes on.
func (h *happy) restart() {
	told := nextMorning(h.Meetings[3])
	h.at(told)
	h.expect(kindLastMeetingWas, told, "", h.leader, h.rep)
	h.check()
	asleep := noonOf(h.Meetings[3].AddDate(0, 0, 45))
	h.at(asleep)
	h.do(func() error {
		h.stack.StopWorker()
		return nil
	})
	saw := h.sees(h.rep)
	h.do(h.stack.StartWorker)
	h.tell(asleep, "Forløbet sover. Systemet bliver genstartet midt i søvnen, og intet går tabt.", "Worker restarted; nothing lost.", saw)
}

func (h *happy) evaluation() {
	due := evaluationDate(h.Meetings[3])
	h.at(due)
	h.stands(forloeb.Evaluating)
	h.expect(kindAskedResult, due, "", h.leader, h.rep)
	h.evaluatedAt = h.state.Evaluation.SentAt
	h.tell(due, "Kl. 9.00: Hvad kom der ud af det? "+whyThen(h.Meetings[3], due), "Evaluation mail, clamped to the month's end.", h.sees(h.leader))
}

// whyThen explains the date of the evaluation.
func whyThen(last, due time.Time) string {
	end := forloeb.AddMonths(last, 3)
	month, _, _ := strings.Cut(forloeb.Month(end), " ")
	why := fmt.Sprintf("%s har ikke %d dage, så det blev den %d.", forloeb.Capital(month), last.In(forloeb.Copenhagen).Day(), end.Day())
	if forloeb.Date(end) != forloeb.Date(due) {
		weekday, _, _ := strings.Cut(forloeb.Date(end), " ")
		why += fmt.Sprintf(" Det er en %s, så mailen kom %s.", weekday, forloeb.Date(due))
	}
	return why
}

// passes names what is hard about the dates of the story.
func (p plan) passes() string {
	last := p.Meetings[3]
	passed := []string{fmt.Sprintf("en måneds slutning (%s plus tre måneder er %s)", forloeb.Date(last), forloeb.Date(evaluationDate(last)))}
	if day, found := changesClock(p.Scanned, p.ended()); found {
		passed = append(passed, fmt.Sprintf("skiftet til %s (%s)", seasonOf(day), forloeb.Date(day)))
	}
	if feast(holidays(p.Scanned, p.ended())) == "påsken" {
		passed = append(passed, "påsken")
	}
	return strings.Join(passed, ", ")
}

func (h *happy) firstAnswer() {
	day := noonOf(evaluationDate(h.Meetings[3]).AddDate(0, 0, 1))
	h.at(day)
	after := h.evaluates(h.leader)
	h.expect(kindGotResult, day, "", h.leader)
	h.tell(day, "Mette svarer: Ja, vi har planlagt noget, og ja, vi er i gang.", "First answer.",
		h.quoted(h.leader, after, "thanks"), h.sees(h.leader))
}

func (h *happy) onlyAmir() {
	due := evaluationReminderDate(h.evaluatedAt)
	h.at(due)
	h.expect(kindRemindedResult, due, "", h.rep)
	why := ""
	if due.Sub(h.evaluatedAt) > 14*24*time.Hour {
		why = " I ferien minder vi ikke om noget."
	}
	h.tell(due, "Kun Amir får en påmindelse. Mette har jo svaret."+why, "Only the missing one is reminded.")
}

func (h *happy) completed() {
	day := h.lastAnswer(evaluationReminderDate(h.evaluatedAt))
	h.at(day)
	h.evaluates(h.rep)
	h.stands(forloeb.Completed)
	h.expect(kindGotResult, day, "", h.rep)
	h.tell(day, "Amir svarer. Forløbet er slut. Ingen blev glemt, og ingen fik en påmindelse for meget.", "Completed.", h.sees(h.rep))
}
