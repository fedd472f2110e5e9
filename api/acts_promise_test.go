package api

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// situation is a forløb in which an act is done, and what its page promised
// is compared with what is really owed.
type situation struct {
	name  string
	act   *act
	by    forloeb.StaffRole // the secretariat when empty
	whom  forloeb.Side      // the party that it is about, when it is about one
	place int               // the workplace of a shared forløb that it is about, from 1
	set   func(o *office) uuid.UUID
	sent  url.Values
	find  func(o *office, k *staffCase) // what the page finds; nil when that is nothing
	then  func(o *office, id uuid.UUID) // what the promised later mails wait for; nil when there are none
}

var why = url.Values{"reason": {"Det er aftalt."}}

func situations() []situation {
	return slices.Concat(closingSituations(), reopenSituations(), assessSituations(), releaseSituations(), meetingSituations(), timeSituations(),
		assignSituations(), offerSituations(), noteSituations(), extendSituations(), pauseSituations(), duplicateSituations(), addressSituations(), replaceSituations(), editSituations(), sharedSituations(), guestSituations())
}

func TestThePagesPromisesAreKept(t *testing.T) {
	for _, s := range situations() {
		t.Run(s.act.path+" "+s.name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			id := s.set(o)
			k := o.staffCase(id, s.by)
			if s.whom != "" {
				k.Whom = k.Party(o.env.Party(id, s.whom).ID)
			}
			if s.place > 0 {
				k.Place = &k.Workplaces[s.place]
			}
			if s.find != nil {
				s.find(o, &k)
			}
			require.True(t, s.act.legal(k), "%s", k.Status)
			sent := s.answers(k)
			deeds, wrong := s.act.read(k, sent)
			require.Empty(t, wrong)
			promised := s.act.follows(k, deeds)
			o.requireSaid(s.asks(k, sent), promised)

			before := len(o.env.Read(id).Mails)
			o.doAll(id, k.By.Actor(), deeds)
			o.env.Settle(id)
			owed := o.owed(k, before)
			for _, mail := range promises(promised, false) {
				at := slices.Index(owed, mail)
				require.GreaterOrEqual(t, at, 0, "promised and not sent: %s; sent: %v", mail, owed)
				owed = slices.Delete(owed, at, at+1)
			}
			later := promises(promised, true)
			for _, mail := range owed {
				require.Contains(t, later, mail, "sent and not promised")
			}
			if s.then == nil {
				require.Empty(t, later, "how do these come about?")
				return
			}
			s.then(o, id)
			o.env.Settle(id)
			require.Subset(t, o.owed(k, before), later)
		})
	}
}

// answers are what is sent; a party is chosen when there is one.
func (s situation) answers(k staffCase) url.Values {
	switch {
	case s.act == &withdrawAct:
		return url.Values{"party": {k.Parties[0].ID.String()}}
	case s.act == &editAct:
		return over(sentForm(formOf(k.Submission())), s.sent)
	case s.act == &addressAct && s.sent == nil:
		return url.Values{"email": {k.Whom.Contact.Email}, "phone": {"20 00 00 09"}}
	}
	return s.sent
}

// staffCase is a forløb as its page is given it.
func (o *office) staffCase(id uuid.UUID, role forloeb.StaffRole) staffCase {
	o.t.Helper()
	k := staffCase{Forloeb: o.env.Read(id), By: exampleAnna, Now: o.env.Now(id), Area: secretariatArea}
	if role == forloeb.RoleConsultant {
		k.By, k.Area = forloeb.Principal{Role: role, Consultant: k.Chosen().ID, Name: k.Chosen().Name}, consultantArea
	}
	return k
}

// asks is the last page before it is done.
func (s situation) asks(k staffCase, sent url.Values) pageData {
	if s.act.echo != nil {
		return s.act.saysBack(k, sent)
	}
	return shownActOf(k, s.act, asking{})
}

func (o *office) doAll(id uuid.UUID, by forloeb.Actor, deeds []forloeb.Deed) {
	o.t.Helper()
	_, err := o.env.API.RecordAll(o.t.Context(), id, by, deeds)
	require.NoError(o.t, err)
}

// requireSaid: the page names each mail that goes at once.
func (o *office) requireSaid(page pageData, promised []mailing) {
	o.t.Helper()
	body, err := o.render.bytes(page)
	require.NoError(o.t, err)
	for _, m := range promised {
		if m.When == "" && len(m.To)+len(m.Newcomer) > 0 {
			require.Contains(o.t, string(body), "»"+m.Kind.Label()+"«")
		}
	}
}

// promises lists the mails that go at once, or those that wait for something.
func promises(mails []mailing, later bool) (list []string) {
	for _, m := range mails {
		if (m.When != "") != later {
			continue
		}
		for _, to := range m.To {
			list = append(list, fmt.Sprint(m.Kind, " to ", to))
		}
		if m.Newcomer != "" {
			list = append(list, fmt.Sprint(m.Kind, " to somebody new"))
		}
	}
	return list
}

// owed lists the mails that came after so many.
func (o *office) owed(k staffCase, before int) (list []string) {
	o.t.Helper()
	f := o.env.Read(k.ID)
	for _, m := range f.Mails[before:] {
		to := m.Recipient.String()
		if !knows(k.Forloeb, m.Recipient) {
			to = "somebody new"
		}
		if m.State != forloeb.MailCancelled {
			list = append(list, fmt.Sprint(m.Kind, " to ", to))
		}
	}
	return list
}

// --- Ways into a forløb, on its own clock, from Monday 23 November 2026.

func applied(o *office) uuid.UUID {
	id := o.env.ApplyAt(at(2026, 11, 23, 10, 0))
	o.env.Settle(id)
	return id
}

func toAssess(o *office) uuid.UUID {
	id := o.env.ApplyAt(at(2026, 11, 23, 10, 0))
	o.env.Policy(id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
	return o.agree(id)
}

func waiting(o *office) uuid.UUID { return o.agree(applied(o)) }

func planned(o *office) uuid.UUID {
	o.env.Consultant("Karen Lund", 3)
	return waiting(o)
}

// met has one meeting held and the next one in everybody's calendar.
func met(o *office) uuid.UUID {
	id := planned(o)
	o.holds(id, at(2026, 12, 8, 13, 0))
	o.env.Book(id, at(2027, 1, 12, 13, 0))
	o.env.Settle(id)
	return id
}

// allMet has the planned number of meetings held.
func allMet(o *office) uuid.UUID {
	id := planned(o)
	for _, day := range []int{1, 3, 8, 10} {
		o.holds(id, at(2026, 12, day, 13, 0))
	}
	return id
}

func finishedEarly(o *office) uuid.UUID {
	id := planned(o)
	o.holds(id, at(2026, 12, 8, 13, 0))
	o.env.Do(id, storetest.Secretary, forloeb.FinishMeetings{})
	o.env.Settle(id)
	return id
}

func asksWhatCame(o *office) uuid.UUID {
	id := allMet(o)
	o.env.RunTo(id, at(2027, 3, 12, 12, 0))
	return id
}

func (o *office) agree(id uuid.UUID) uuid.UUID {
	o.env.RunTo(id, at(2026, 11, 24, 10, 0))
	o.env.Agree(id)
	o.env.Settle(id)
	return id
}

func (o *office) holds(id uuid.UUID, start time.Time) {
	m := o.env.Book(id, start)
	o.env.RunTo(id, start.Add(4*time.Hour))
	o.env.Do(id, storetest.Secretary, forloeb.RegisterMeeting{Meeting: m, Held: true})
	o.env.Settle(id)
}

// after does something more on the way.
func after(set func(*office) uuid.UUID, more func(o *office, id uuid.UUID)) func(*office) uuid.UUID {
	return func(o *office) uuid.UUID {
		id := set(o)
		more(o, id)
		o.env.Settle(id)
		return id
	}
}

func leaves(o *office, id uuid.UUID) {
	p := o.env.Party(id, forloeb.Leader)
	o.env.Do(id, storetest.By(p), forloeb.LeaveParty{Party: p.ID})
}

func withdraws(o *office, id uuid.UUID) {
	o.env.Do(id, storetest.Secretary, forloeb.Withdraw{})
}

func booksNext(o *office, id uuid.UUID) {
	now := o.env.Now(id).In(forloeb.Copenhagen)
	o.env.Book(id, time.Date(now.Year(), now.Month(), now.Day()+20, 13, 0, 0, 0, forloeb.Copenhagen))
}

// findsSomebody makes room for the forløb, and waits for the next look.
func findsSomebody(o *office, id uuid.UUID) {
	o.env.Consultant("Jonas Friis", 3)
	o.env.RunTo(id, o.env.Now(id).AddDate(0, 0, 5))
}

// --- What is done there.

func closingSituations() []situation {
	var list []situation
	for name, set := range map[string]func(*office) uuid.UUID{
		"nobody has answered": applied, "without a consultant": waiting, "with a consultant": planned, "with a meeting ahead": met,
		"a party has left": after(met, leaves), "resting": allMet, "asked what came of it": asksWhatCame,
		"with a meeting that was moved": after(met, func(o *office, id uuid.UUID) {
			m := o.env.Read(id).NextMeeting(o.env.Now(id))
			o.env.Do(id, storetest.Secretary, forloeb.MoveMeeting{Meeting: m.ID, StartsAt: m.StartsAt.AddDate(0, 0, 1), EndsAt: m.EndsAt.AddDate(0, 0, 1)})
		}),
		"an address was corrected": after(met, func(o *office, id uuid.UUID) {
			o.env.Do(id, storetest.Secretary, forloeb.CorrectAddress{Party: o.env.Party(id, forloeb.Rep).ID, Email: "amir.ny@example.dk"})
		}),
		"after a consultant was released": after(met, func(o *office, id uuid.UUID) {
			o.env.Do(id, storetest.Secretary, forloeb.Release{Reason: "Ferie."})
		}),
		"before the invitations have left": func(o *office) uuid.UUID {
			id := planned(o)
			o.env.Mailer(func(forloeb.Letter) forloeb.Outcome { return forloeb.Outcome{State: forloeb.MailPlanned, Code: "421"} })
			booksNext(o, id)
			o.env.Settle(id)
			return id
		},
	} {
		list = append(list, situation{name: name, act: &stopAct, set: set, sent: why})
	}
	return append(list, situation{name: "with a meeting ahead", act: &withdrawAct, set: met})
}

func reopenSituations() (list []situation) {
	for name, set := range map[string]func(*office) uuid.UUID{
		"withdrawn before the answers": after(applied, withdraws), "withdrawn without a consultant": after(waiting, withdraws),
		"withdrawn while planning": after(planned, withdraws), "withdrawn with a meeting ahead": after(met, withdraws),
		"withdrawn before the first meeting": after(after(planned, booksNext), withdraws),
		"withdrawn while resting":            after(allMet, withdraws), "withdrawn while evaluating": after(asksWhatCame, withdraws),
		"declined": after(applied, func(o *office, id uuid.UUID) {
			o.env.Answer(id, forloeb.Leader, forloeb.Yes)
			o.env.Answer(id, forloeb.Rep, forloeb.No)
		}),
		"lapsed": after(applied, func(o *office, id uuid.UUID) { o.env.RunTo(id, at(2026, 12, 20, 12, 0)) }),
		"stopped, and a party has left": after(after(met, leaves), func(o *office, id uuid.UUID) {
			o.env.Do(id, storetest.Secretary, forloeb.Stop{Reason: "Aftalt."})
		}),
	} {
		list = append(list, situation{name: name, act: &reopenAct, set: set, sent: why})
	}
	return list
}

func assessSituations() []situation {
	decides := func(d forloeb.Decision) url.Values { return url.Values{"decision": {string(d)}, "reason": {"Aftalt."}} }
	waitlisted := after(toAssess, func(o *office, id uuid.UUID) {
		o.env.Do(id, storetest.Secretary, forloeb.Decide{Decision: forloeb.Waitlist})
	})
	return []situation{
		{name: "approved, nobody has room", act: &assessAct, set: toAssess, sent: decides(forloeb.Approve), then: findsSomebody},
		{name: "approved, somebody has room", act: &assessAct, sent: decides(forloeb.Approve), then: func(*office, uuid.UUID) {},
			set: after(toAssess, func(o *office, _ uuid.UUID) { o.env.Consultant("Karen Lund", 3) })},
		{name: "waiting list", act: &assessAct, set: toAssess, sent: decides(forloeb.Waitlist)},
		{name: "approved from the waiting list", act: &assessAct, set: waitlisted, sent: decides(forloeb.Approve), then: findsSomebody},
		{name: "rejected", act: &assessAct, set: toAssess, sent: decides(forloeb.Reject)},
	}
}

func releaseSituations() []situation {
	another := func(o *office, _ uuid.UUID) { o.env.Consultant("Jonas Friis", 3) }
	nothing := func(*office, uuid.UUID) {}
	return []situation{
		{name: "while planning, nobody has room", act: &releaseAct, set: planned, sent: why, then: findsSomebody},
		{name: "while planning, somebody has room", act: &releaseAct, set: after(planned, another), sent: why, then: nothing},
		{name: "with a meeting ahead, nobody has room", act: &releaseAct, set: met, sent: why, then: findsSomebody},
		{name: "with a meeting ahead, somebody has room", act: &releaseAct, set: after(met, another), sent: why, then: nothing},
		{name: "with a meeting ahead", act: &giveBackAct, by: forloeb.RoleConsultant, set: met, sent: url.Values{"why": {"ferie"}}, then: findsSomebody},
		{name: "before the consultant was told", act: &releaseAct, sent: why, then: func(o *office, id uuid.UUID) {
			o.env.Mailer(nil)
			findsSomebody(o, id)
		}, set: func(o *office) uuid.UUID {
			o.env.Mailer(func(l forloeb.Letter) forloeb.Outcome {
				if l.Mail.Kind == forloeb.MailConsultantNew {
					return forloeb.Outcome{State: forloeb.MailPlanned, Code: "421"}
				}
				return forloeb.Outcome{State: forloeb.MailSent}
			})
			return planned(o)
		}},
	}
}

func meetingSituations() []situation {
	more := url.Values{"number": {"1"}, "reason": {"Der er brug for det."}}
	nextMorning := func(o *office, id uuid.UUID) { o.env.RunTo(id, o.env.Now(id).AddDate(0, 0, 4)) }
	return []situation{
		{name: "with a meeting ahead", act: &finishAct, set: met, then: nextMorning},
		{name: "with nothing ahead", act: &finishAct, set: after(planned, func(o *office, id uuid.UUID) { o.holds(id, at(2026, 12, 8, 13, 0)) }), then: nextMorning},
		{name: "a party has left", act: &finishAct, set: after(met, leaves), then: nextMorning},
		{name: "long after the meeting", act: &finishAct, set: after(planned, func(o *office, id uuid.UUID) {
			o.holds(id, at(2026, 12, 8, 13, 0))
			o.env.RunTo(id, at(2027, 3, 31, 12, 0))
		}), then: func(*office, uuid.UUID) {}},
		{name: "while planning", act: &extraAct, set: planned, sent: more, then: booksNext},
		{name: "in progress", act: &extraAct, set: met, sent: more},
		{name: "resting", act: &extraAct, set: allMet, sent: more},
		{name: "finished early", act: &extraAct, set: finishedEarly, sent: more, then: booksNext},
	}
}

// Every act makes promises that are kept somewhere, so that a new one is
// thought about.
func TestEveryActPromises(t *testing.T) {
	for _, a := range allActs() {
		require.True(t, slices.ContainsFunc(situations(), func(s situation) bool { return s.act == a }), a.path)
		require.NotEmpty(t, a.about, a.path)
		require.NotEmpty(t, a.done, a.path)
		require.False(t, strings.Contains(a.path, "_"), a.path)
	}
}
