package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// possibility is a deed that somebody might do now. Its name tells what it is
// about without ids, so that the same can be done in another life.
type possibility struct {
	name   string
	weight int // how likely: what brings a forløb on is done more often
	by     forloeb.Actor
	deed   forloeb.Deed
}

// possibilities are all deeds that somebody could think of; the rules sort
// out those that are legal. n varies what is free: a date, a place, a person.
func possibilities(f *forloeb.Forloeb, now time.Time, n int, consultants []uuid.UUID) []possibility {
	p := &possible{f: f, now: now, n: n}
	for _, party := range f.CurrentParties() {
		p.ofParty(party)
	}
	for i := range f.Workplaces {
		if w := &f.Workplaces[i]; f.AskedAgain(w, now) {
			for _, party := range f.Of(w.ID) {
				p.ofParty(party)
			}
		}
	}
	p.ofSecretariat(consultants)
	p.ofMeetings()
	p.ofTasks()
	if f.Shared() {
		p.ofWorkplaces()
	}
	return p.list
}

// who names a party without ids: its side, and of a shared forløb also the
// number of its workplace; those who apply for others are of none.
func who(f *forloeb.Forloeb, party *forloeb.Party) string {
	for i, w := range f.Workplaces {
		if i > 0 && w.ID == party.WorkplaceID {
			return fmt.Sprintf("%s of place %d", party.Side, i)
		}
	}
	return string(party.Side)
}

type possible struct {
	f    *forloeb.Forloeb
	now  time.Time
	n    int
	list []possibility
}

func (p *possible) add(weight int, by forloeb.Actor, d forloeb.Deed, name string, about ...any) {
	p.list = append(p.list, possibility{fmt.Sprintf(name, about...), weight, by, d})
}

func (p *possible) ofParty(party *forloeb.Party) {
	by, side := storetest.By(party), who(p.f, party)
	for answer, weight := range map[forloeb.Answer]int{forloeb.Yes: 25, forloeb.No: 1, forloeb.Fix: 1, forloeb.NotMe: 1} {
		p.add(weight, by, storetest.Answer(p.f, party, answer), "%s answers %s", side, answer)
	}
	p.add(4, storetest.Secretary, forloeb.NoteAnswer{Party: party.ID, Yes: p.n%4 > 0, Said: "I telefonen."}, "the %s's answer is noted: %v", side, p.n%4 > 0)
	p.add(2, by, forloeb.ContestAnswer{Party: party.ID}, "the %s contests what was noted", side)
	email := fmt.Sprintf("%s.%d@example.dk", strings.ReplaceAll(side, " ", "."), p.n)
	p.add(1, storetest.Applicant, forloeb.CorrectAddress{Party: party.ID, Email: email}, "the starter corrects the %s's address", side)
	p.add(1, storetest.Secretary, forloeb.CorrectAddress{Party: party.ID, Email: email}, "the secretariat corrects the %s's address", side)
	p.add(1, storetest.Secretary, forloeb.ReplaceParty{Party: party.ID, New: uuid.New(),
		Contact: forloeb.Contact{Name: []string{"Ida Bech", "Ole Juhl", "Eva Krogh"}[p.n%3], Email: email}}, "the %s is replaced", side)
	p.add(1, by, forloeb.LeaveParty{Party: party.ID, Successor: "Min afløser"}, "the %s leaves", side)
	p.add(1, by, forloeb.AskLink{Party: party.ID}, "the %s asks for the link", side)
	p.add(1, by, forloeb.AskText{Party: party.ID}, "the %s asks for the text", side)
	p.add(1, by, forloeb.AskReopen{Party: party.ID}, "the %s wants it opened again", side)
	p.add(1, by, forloeb.AskPause{Party: party.ID, Text: "Vi flytter."}, "the %s asks for a pause", side)
	p.add(2, by, forloeb.AddGuest{Workplace: party.WorkplaceID, Guest: uuid.New(), Party: party.ID, Name: "Ida Berg", Email: fmt.Sprintf("gaest.%d@example.dk", p.n)}, "the %s writes a guest on", side)
	for i, g := range p.f.GuestsOf(party.WorkplaceID) {
		p.add(1, by, forloeb.RemoveGuest{Guest: g.ID, Party: party.ID}, "the %s takes guest %d off", side, i)
		p.add(1, forloeb.Actor{Kind: forloeb.ActorGuest, ID: g.ID.String()}, forloeb.RemoveGuest{Guest: g.ID, Self: true}, "guest %d beside the %s leaves", i, side)
	}
	p.add(1, by, forloeb.Withdraw{Party: party.ID}, "the %s withdraws", side)
	p.add(8, by, forloeb.AnswerEvaluation{Party: party.ID, Answers: storetest.Evaluation()}, "the %s evaluates", side)
	p.add(1, by, forloeb.RefuseEvaluation{Party: party.ID}, "the %s refuses to evaluate", side)
	for _, m := range p.f.Meetings {
		p.add(4, by, forloeb.AskOtherTime{Party: party.ID, Meeting: m.ID, StartsAt: m.StartsAt, Text: "En anden dag."}, "the %s cannot come to meeting %d", side, m.Ordinal)
	}
}

func (p *possible) ofSecretariat(consultants []uuid.UUID) {
	by, reason := storetest.Secretary, "En grund."
	edited := p.f.Submission()
	edited.Situation, edited.Declared = fmt.Sprintf("Rettet %d.", p.n), true
	p.add(2, by, forloeb.ChangeApplication{Submission: edited}, "the application is edited")
	for decision, weight := range map[forloeb.Decision]int{forloeb.Approve: 8, forloeb.Waitlist: 2, forloeb.Reject: 1} {
		p.add(weight, by, forloeb.Decide{Decision: decision, Reason: reason}, "decided: %s", decision)
	}
	for i, id := range consultants {
		p.add(2, by, forloeb.Assign{Consultant: id, Reason: reason}, "consultant %d is chosen", i)
	}
	p.add(1, by, forloeb.Release{Reason: reason}, "the consultant is released")
	p.add(6, by, forloeb.Accept{}, "the consultant says yes")
	p.add(2, by, forloeb.Decline{Reason: forloeb.DeclineReasons[p.n%4], Words: reason}, "the consultant says no")
	p.add(1, by, forloeb.ExtendDeadline{Until: p.day(1 + p.n%40), Reason: reason}, "the deadline is put off by %d days", 1+p.n%40)
	p.add(2, by, forloeb.PauseForloeb{Until: p.day(2 + p.n%50), Reason: forloeb.PauseReasons[p.n%len(forloeb.PauseReasons)], Text: reason}, "it is paused for %d days", 2+p.n%50)
	p.add(3, by, forloeb.ResumeForloeb{}, "the pause is ended")
	p.add(1, by, forloeb.Stop{Reason: reason}, "it is stopped")
	p.add(1, by, forloeb.CloseDuplicate{Of: twin}, "it is closed as a duplicate")
	p.add(6, by, forloeb.Reopen{Reason: reason}, "it is opened again")
	p.add(1, by, forloeb.GrantExtra{N: 1 + p.n%2, Reason: reason}, "extra meetings are granted")
	p.add(4, by, forloeb.FinishMeetings{}, "the meetings are finished")
}

func (p *possible) ofMeetings() {
	ahead := p.day(1 + p.n%20)
	p.add(10, storetest.Secretary, forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: ahead, EndsAt: ahead.Add(2 * time.Hour), Place: "Mødelokale 1"}, "a meeting is booked in %d days", 1+p.n%20)
	before := p.day(-1 - p.n%9)
	p.add(5, storetest.Secretary, forloeb.RecordMeeting{Meeting: uuid.New(), StartsAt: before, EndsAt: before.Add(2 * time.Hour)}, "a meeting is recorded %d days back", 1+p.n%9)
	for _, m := range p.f.Meetings {
		p.add(10, storetest.Secretary, forloeb.RegisterMeeting{Meeting: m.ID, Held: true}, "meeting %d was held", m.Ordinal)
		p.add(1, storetest.Secretary, forloeb.RegisterMeeting{Meeting: m.ID}, "nobody came to meeting %d", m.Ordinal)
		p.add(2, storetest.Secretary, forloeb.MoveMeeting{Meeting: m.ID, StartsAt: ahead, EndsAt: ahead.Add(time.Hour)}, "meeting %d is moved to %d days ahead", m.Ordinal, 1+p.n%20)
		p.add(2, storetest.Secretary, forloeb.CancelMeeting{Meeting: m.ID}, "meeting %d is cancelled", m.Ordinal)
	}
}

// ofWorkplaces are what is done in a shared forløb alone.
func (p *possible) ofWorkplaces() {
	p.add(4, storetest.Secretary, forloeb.BeginShared{}, "it begins with those who have joined")
	ahead := p.day(1 + p.n%20)
	for i, w := range p.f.Workplaces[1:] {
		p.add(1, storetest.Secretary, forloeb.LeaveWorkplace{Workplace: w.ID, Reason: "En grund."}, "place %d is taken out", i+1)
		p.add(2, storetest.Secretary, forloeb.TakeWorkplaceIn{Workplace: w.ID, Reason: "En grund."}, "place %d is asked again", i+1)
		p.add(4, storetest.Secretary, forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: ahead, EndsAt: ahead.Add(time.Hour), Workplaces: []uuid.UUID{w.ID}},
			"a meeting of place %d alone is booked in %d days", i+1, 1+p.n%20)
	}
	for _, party := range p.f.CurrentParties() {
		name := who(p.f, party)
		p.add(1, storetest.By(party), forloeb.LeaveWorkplace{Workplace: party.WorkplaceID, Party: party.ID}, "the %s takes its workplace out", name)
		p.add(1, storetest.By(party), forloeb.ListContact{Party: party.ID, On: p.n%2 == 0}, "the %s is listed: %v", name, p.n%2 == 0)
	}
}

// day is some days away in the afternoon, at a minute when nothing else
// happens.
func (p *possible) day(n int) time.Time {
	d := p.now.In(forloeb.Copenhagen).AddDate(0, 0, n)
	return time.Date(d.Year(), d.Month(), d.Day(), 13, 56, 0, 0, forloeb.Copenhagen)
}

func (p *possible) ofTasks() {
	for _, t := range p.f.Tasks {
		if t.Open() {
			p.add(1, storetest.Secretary, forloeb.CloseTask{Task: t.ID}, "task %s is closed", taskKey(p.f, t))
		}
	}
	for i := range p.f.Mails {
		m := &p.f.Mails[i]
		about := mailKey(p.f, m)
		p.add(3, storetest.Secretary, forloeb.SettleMail{Mail: m.ID, Action: forloeb.ResendMail}, "mail %s is sent again", about)
		p.add(3, storetest.Secretary, forloeb.SettleMail{Mail: m.ID, Action: forloeb.ReleaseMail}, "mail %s is released", about)
		p.add(1, storetest.Secretary, forloeb.SettleMail{Mail: m.ID, Action: forloeb.LetMailBe}, "mail %s is let be", about)
	}
}

// legal keeps what the rules allow now, in an order that does not depend on
// ids.
func legal(f *forloeb.Forloeb, now time.Time, list []possibility) []possibility {
	list = slices.DeleteFunc(list, func(p possibility) bool { return f.Judge(p.deed, p.by, now) != nil })
	slices.SortFunc(list, func(a, b possibility) int {
		if a.name < b.name {
			return -1
		}
		return 1
	})
	return list
}

// commuting keeps deeds that mean the same whether or not the workflow has
// acted on the one before. Others are judged by the status: whoever takes over
// from a leader before the forløb has moved on must answer first.
func commuting(list []possibility) []possibility {
	return slices.DeleteFunc(list, func(p possibility) bool {
		return !strings.HasSuffix(p.name, "answers yes") && !strings.HasSuffix(p.name, "evaluates") &&
			!strings.HasSuffix(p.name, "was held") && !strings.Contains(p.name, "asks for")
	})
}

// choose takes what is wished, or one of the list by weight.
func choose(list []possibility, d draft) possibility {
	total, n := 0, d.n
	if i := slices.IndexFunc(list, func(p possibility) bool { return d.wish != "" && strings.HasPrefix(p.name, d.wish) }); i >= 0 {
		return list[i]
	}
	for _, p := range list {
		total += p.weight
	}
	n %= total
	for _, p := range list {
		if n -= p.weight; n < 0 {
			return p
		}
	}
	panic("unreachable")
}

// mailKey names a mail without ids: two lives have the same mails when they
// have the same keys.
func mailKey(f *forloeb.Forloeb, m *forloeb.Mail) string {
	to := "consultant"
	if p := f.Party(m.Recipient); p != nil {
		to = who(f, p)
		for _, o := range f.Parties {
			if o.ReplacesParty == p.ID {
				to = "former " + to
			}
		}
	}
	if g := f.Guest(m.Recipient); g != nil {
		to = "guest " + g.Email
	}
	return fmt.Sprintf("%s to %s %s", m.Kind, to, ordinalKey(f, m))
}

// taskKey names a task without ids: tasks of one kind may open in any order.
func taskKey(f *forloeb.Forloeb, t forloeb.Task) string {
	for i := range f.Mails {
		if strings.HasPrefix(t.Subject, fmt.Sprintf("mail:%d:", f.Mails[i].ID)) {
			return fmt.Sprintf("%s %s", t.Kind, mailKey(f, &f.Mails[i]))
		}
	}
	for i := range f.Parties {
		if strings.HasPrefix(t.Subject, f.Parties[i].ID.String()) {
			return fmt.Sprintf("%s %s", t.Kind, who(f, &f.Parties[i]))
		}
	}
	for _, m := range f.Meetings {
		if strings.HasPrefix(t.Subject, m.ID.String()) {
			return fmt.Sprintf("%s meeting %d", t.Kind, m.Ordinal)
		}
	}
	return string(t.Kind)
}

// ordinalKey is a mail's number. Some are an assignment's id, others a time
// that the workflow chose, known to a few minutes.
func ordinalKey(f *forloeb.Forloeb, m *forloeb.Mail) string {
	switch m.Kind {
	case forloeb.MailConsultantNew, forloeb.MailConsultantGone, forloeb.MailConsultantAssigned, forloeb.MailConsultantChanged, forloeb.MailFirstMissing:
		for i, a := range f.Assignments {
			if a.ID == m.Ordinal {
				return fmt.Sprintf("assignment %d", i+1)
			}
		}
	}
	if m.Kind == forloeb.MailCannotCome {
		return wishKey(f, m)
	}
	switch {
	case m.Ordinal > 1e12: // a workplace has left
		return slot(time.UnixMilli(m.Ordinal))
	case m.Ordinal > 1e9:
		return slot(time.Unix(m.Ordinal, 0))
	}
	return fmt.Sprint(m.Ordinal)
}

// wishKey names the wish for another time that a mail tells of: its ordinal is
// the version of an act, and two lives may count those differently.
func wishKey(f *forloeb.Forloeb, m *forloeb.Mail) string {
	meeting := f.MeetingOf(m)
	for i, o := range meeting.OtherTimes {
		if o.Version == m.Ordinal {
			return fmt.Sprintf("meeting %d wish %d", meeting.Ordinal, i+1)
		}
	}
	return fmt.Sprintf("meeting %d unknown wish", meeting.Ordinal)
}

// slot is a time rounded to what may differ between two lives.
func slot(t time.Time) string {
	if t.IsZero() {
		return "never"
	}
	return t.UTC().Truncate(slotLength).Format("2006-01-02 15:04")
}
