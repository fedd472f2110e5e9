package forloeb

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// shared is a fællesforløb of a HovedMED with so many workplaces, asked for by
// the scene's own pair.
type shared struct {
	*scene
	places []uuid.UUID
	now    time.Time
	owing  func() // when set, called with mails that are planned and not yet sent
}

func newShared(places int) *shared {
	s := &shared{scene: newScene()}
	s.Type, s.now = Joint, s.start
	s.Application.Body = MainMED
	s.Workplaces[0].OnlyApplies = true
	for i := range places {
		w := Workplace{ID: uuid.New(), Name: fmt.Sprintf("Sted %d", i+1), Municipality: "751"}
		s.Workplaces, s.places = append(s.Workplaces, w), append(s.places, w.ID)
		for _, side := range []Side{Leader, Rep} {
			role := map[Side]Role{Leader: RoleLeader, Rep: RoleTR}[side]
			s.Parties = append(s.Parties, Party{ID: uuid.New(), WorkplaceID: w.ID, Side: side, Role: role, LinkVersion: 1,
				Contact: Contact{Name: fmt.Sprintf("%s %d", side, i+1), Email: fmt.Sprintf("%s%d@example.dk", side, i+1)}})
		}
	}
	return s
}

// rest writes what is owed now, and sends it, until nothing is.
func (s *shared) rest() *shared {
	for range 10 {
		e := s.Effects(Change{From: s.Status, To: s.Status, Now: s.now})
		if e.Empty() {
			return s
		}
		s.write(e)
	}
	panic("the effects never end")
}

func (s *shared) write(e Effects) {
	for _, m := range e.Mails {
		s.post(m.Kind, m.Recipient, m.Ordinal, MailPlanned, s.now)
		s.Mails[len(s.Mails)-1].Ref = m.Ref
	}
	if s.owing != nil {
		s.owing()
	}
	for i := range s.Mails {
		if m := &s.Mails[i]; m.State == MailPlanned {
			m.State, m.SentAt = MailSent, s.now
		}
	}
	for _, t := range e.OpenTasks {
		s.task(t.Kind, t.Subject, s.now)
	}
	for _, id := range e.CloseTasks {
		s.Tasks[slices.IndexFunc(s.Tasks, func(t Task) bool { return t.ID == id })].ClosedAt = s.now
	}
}

// goes takes a step with all it owes.
func (s *shared) goes(to Status) *shared {
	c := Change{From: s.Status, To: to, Now: s.now}
	s.Apply(c)
	s.write(s.Effects(c))
	return s.rest()
}

func (s *shared) at(day int) *shared { s.now = s.days(day); return s }

// say has both, or the leader alone for a no, of a workplace answer.
func (s *shared) say(workplace uuid.UUID, answers ...Answer) *shared {
	for i, p := range s.Of(workplace) {
		if i < len(answers) {
			s.says(p.ID, answers[i], s.now)
		}
	}
	return s.rest()
}

// got counts the mails of a kind that the parties of a workplace were sent.
func (s *shared) got(workplace uuid.UUID, kind MailKind) (n int) {
	for _, p := range s.Of(workplace) {
		for _, m := range s.Mails {
			if m.Recipient == p.ID && m.Kind == kind && m.State == MailSent {
				n++
			}
		}
	}
	return n
}

func (s *shared) lead() uuid.UUID { return s.Workplaces[0].ID }

// joining has the applying pair agreed on the second day.
func (s *shared) joining() *shared { return s.rest().at(1).say(s.lead(), Yes, Yes) }

// seenByFirst is what the first workplace sees when it has joined.
func (s *shared) seenByFirst() *scene {
	s.at(3).say(s.places[0], Yes, Yes)
	return &scene{Forloeb: s.SeenBy(s.Of(s.places[0])[0])}
}

func TestWorkplacesAreAskedWhenThePairHasAgreed(t *testing.T) {
	s := newShared(3).rest()
	require.Len(t, s.Pending(), 2)
	require.Equal(t, 2, s.got(s.lead(), MailConsentRequest))
	require.Zero(t, s.got(s.places[0], MailWorkplaceInvited))
	first := s.Of(s.places[0])[0]
	var refused *Refusal
	require.ErrorAs(t, s.Judge(AnswerConsent{Party: first.ID, Revision: 1, Answer: Yes, Signature: "Leder 1", Channel: ByLink}, Actor{}, s.now), &refused)
	require.Equal(t, RefuseWrongStatus, refused.Code)
	require.False(t, s.AwaitsAnswer(first))

	s.at(1).say(s.lead(), Yes)
	require.False(t, s.Joining())
	s.say(s.lead(), Yes, Yes)
	require.True(t, s.Joining())
	require.Len(t, s.Pending(), 6)
	require.True(t, s.AwaitsAnswer(first))
	require.Equal(t, 2, s.got(s.lead(), MailBothAgreed))
	for _, place := range s.places {
		require.Equal(t, 2, s.got(place, MailWorkplaceInvited))
		require.Zero(t, s.got(place, MailConsentRequest))
	}
	require.NoError(t, s.Judge(AnswerConsent{Party: first.ID, Revision: 1, Answer: Yes, Signature: "Leder 1", Channel: ByLink}, Actor{}, s.now))
}

// One declines, one never answers: the rest begin at the deadline, and those
// two hear that they are not in it.
func TestASharedForloebBeginsWithoutSome(t *testing.T) {
	s := newShared(4).joining()
	s.at(2).say(s.places[0], No).say(s.places[1], Yes, Yes)
	require.Equal(t, OutDeclined, s.Workplace(s.places[0]).OutReason)
	require.Equal(t, 1, s.got(s.places[0], MailAnswerNo))
	require.Equal(t, 1, s.got(s.places[0], MailWorkplaceLeft), "the representative hears of it")
	v := s.View(s.now)
	require.Zero(t, v.No)
	require.False(t, v.Short)
	require.Equal(t, 4, v.Pending)
	require.Equal(t, ConsentDeadline, s.consentDuty(), "one has joined, two are needed")

	s.say(s.places[2], Yes, Yes)
	require.Equal(t, JoinDeadline, s.consentDuty())
	closes := s.ConsentCloses()
	require.Equal(t, "14.12.2026", ShortDate(closes.AddDate(0, 0, -1)), "21 days from the invitation")

	s.now = closes.Add(time.Minute)
	require.Contains(t, s.Agenda(s.now), Due{JoinDeadline, closes})
	s.goes(AwaitingConsultant)
	require.Equal(t, OutSilent, s.Workplace(s.places[3]).OutReason)
	require.Equal(t, 2, s.got(s.places[3], MailWorkplaceLeft))
	require.Equal(t, 2, s.got(s.places[1], MailJointStarted))
	require.Equal(t, 2, s.got(s.lead(), MailJointStarted))
	require.Zero(t, s.got(s.places[0], MailJointStarted)+s.got(s.places[3], MailJointStarted))
	require.Len(t, s.CurrentParties(), 6)
	require.Empty(t, s.Judge(LeaveWorkplace{Workplace: s.places[1]}, Actor{}, s.now))
}

func TestASharedForloebNeedsItsQuorum(t *testing.T) {
	s := newShared(3).joining()
	s.Application.Quorum = 3
	s.at(3).say(s.places[0], Yes, Yes).say(s.places[1], Yes, Yes)
	require.Equal(t, ConsentDeadline, s.consentDuty())
	require.Equal(t, 2, s.View(s.now).Pending)
	var refused *Refusal
	require.ErrorAs(t, s.Judge(BeginShared{}, Actor{}, s.now), &refused)
	require.Equal(t, RefuseTooFewJoined, refused.Code)
	s.say(s.places[2], Yes, No)
	require.True(t, s.View(s.now).Short, "it cannot begin any more")

	s = newShared(3).joining()
	s.say(s.places[0], Yes, Yes).say(s.places[1], Yes, Yes)
	require.NoError(t, s.Judge(BeginShared{}, Actor{}, s.now))
	s.BegunAt = s.now
	require.Zero(t, s.View(s.now).Pending)
}

// A workplace that leaves after the second meeting hears no more; the rest go
// on, each to its own evaluation, three months after the last meeting that was
// for it.
func TestEachWorkplaceHasItsOwnMeetingsAndEvaluation(t *testing.T) {
	s := newShared(3).joining()
	for _, place := range s.places {
		s.at(3).say(place, Yes, Yes)
	}
	require.Zero(t, s.View(s.now).Pending)
	s.goes(AwaitingConsultant)
	s.assigned(s.now)
	s.goes(Planning)
	all, own := at13(2027, 1, 12), at13(2027, 3, 31)
	s.meeting(Booked, all).meeting(Booked, own).meeting(Booked, all.AddDate(0, 0, 7))
	s.Meetings[1].Workplaces = []uuid.UUID{s.places[0]}
	s.goes(InProgress)
	require.Equal(t, 6, s.got(s.places[0], MailMeetingInvitation))
	require.Equal(t, 4, s.got(s.places[1], MailMeetingInvitation))
	require.Equal(t, 4, s.got(s.lead(), MailMeetingInvitation))

	s.Meetings[0].State, s.Meetings[0].StateAt = Held, s.Meetings[0].EndsAt
	s.now = all.AddDate(0, 0, 2)
	require.NoError(t, s.Judge(LeaveWorkplace{Workplace: s.places[2], Party: s.Of(s.places[2])[0].ID}, Actor{}, s.now))
	s.Workplace(s.places[2]).LeftAt, s.Workplace(s.places[2]).OutReason = s.now, OutLeft
	s.rest()
	require.Equal(t, 2, s.got(s.places[2], MailWorkplaceLeft))
	require.Equal(t, 2, s.got(s.places[2], MailMeetingCancelled), "the one that was to come")
	require.Zero(t, s.got(s.places[1], MailMeetingCancelled))

	for i := range s.Meetings {
		s.Meetings[i].State, s.Meetings[i].StateAt = Held, s.Meetings[i].EndsAt
	}
	s.now = own.AddDate(0, 0, 1)
	s.goes(AwaitingEvaluation)
	early, late := s.EvaluationAt(), s.evaluationAtFor(s.places[0])
	require.Equal(t, "19.4.2027", ShortDate(early))
	require.Equal(t, "30.6.2027", ShortDate(late))
	s.now = early
	s.goes(Evaluating)
	require.Equal(t, 2, s.got(s.places[1], MailEvaluationRequest))
	require.Zero(t, s.got(s.places[0], MailEvaluationRequest))
	require.Equal(t, 4, s.View(s.now).Unanswered)
	require.Contains(t, s.Agenda(s.now), Due{EvaluationNext, late})
	require.True(t, s.EvaluationCloses().IsZero(), "somebody is yet to be asked")

	s.now = late
	s.rest()
	require.Equal(t, 2, s.got(s.places[0], MailEvaluationRequest))
	require.Zero(t, s.got(s.places[2], MailEvaluationRequest)+s.got(s.lead(), MailEvaluationRequest))
	require.False(t, s.EvaluationCloses().IsZero())
	require.Equal(t, 2, s.got(s.places[1], MailEvaluationRequest), "nobody is asked twice")
}

// What a party sees holds nothing of another workplace.
func TestAPartySeesItsOwnWorkplace(t *testing.T) {
	s := newShared(3).joining()
	s.say(s.places[0], Yes, Yes).say(s.places[1], Yes)
	s.meeting(Booked, at13(2027, 1, 12)).meeting(Booked, at13(2027, 1, 13))
	s.Meetings[1].Workplaces = []uuid.UUID{s.places[1]}
	s.act(MeetingBooked, s.Meetings[1].ID.String(), "", s.now)

	me := s.Of(s.places[0])[0]
	c := s.SeenBy(me)
	text := fmt.Sprintf("%+v %+v %+v %+v %+v", c.Workplaces, c.Parties, c.Meetings, c.Acts, c.Mails)
	require.Contains(t, text, "leader 1")
	for _, other := range []string{"leader 2", "rep 2", "Sted 2", "Sted 3", "leader3@", "Mette Holm", s.Meetings[1].ID.String(), s.Of(s.places[1])[0].ID.String()} {
		require.NotContains(t, text, other)
	}
	require.Equal(t, 1, c.JoinedCount())
	require.Equal(t, WaitJoinOne, c.WaitingFor(me, s.now).Key)
	require.Equal(t, WaitConsentSelf, s.SeenBy(s.Of(s.places[1])[1]).WaitingFor(s.Of(s.places[1])[1], s.now).Key)
	require.Equal(t, WaitJoinQuorum, s.SeenBy(s.Of(s.lead())[0]).WaitingFor(s.Of(s.lead())[0], s.now).Key)
}

// What somebody of another workplace wrote about a meeting for all is not in the
// copy either.
func TestAPartyDoesNotSeeWhyOthersCannotCome(t *testing.T) {
	s := newShared(2).joining()
	s.meeting(Booked, at13(2027, 1, 12))
	mine, theirs := s.Of(s.places[0])[0], s.Of(s.places[1])[0]
	s.Meetings[0].OtherTimes = []OtherTime{{Party: theirs.ID, Text: "Vi er for få den dag"}, {Party: mine.ID, Text: "Helst om eftermiddagen"}}
	require.Equal(t, []OtherTime{s.Meetings[0].OtherTimes[1]}, s.SeenBy(mine).Meetings[0].OtherTimes)
	require.Len(t, s.Meetings[0].OtherTimes, 2)
}

// Whoever said no is not told a second time when the text is edited.
func TestANoIsAnsweredOnce(t *testing.T) {
	s := newShared(3).joining()
	s.at(2).say(s.places[0], Yes, No)
	rep := s.Of(s.places[0])[1]
	s.Application.Revision, s.Application.At = 2, s.days(3)
	for i := range s.Parties {
		s.Parties[i].Consent = nil
	}
	s.at(3).rest()
	for _, m := range s.Mails {
		require.False(t, m.Recipient == rep.ID && m.Kind == MailWorkplaceLeft)
	}
}

// Where nobody can be asked, no date is left that brings nothing.
func TestAnEvaluationThatNobodyCanBeAskedForHasNoDate(t *testing.T) {
	alone := newScene().evaluating()
	alone.Invitations = nil
	s := newShared(2).joining()
	s.say(s.places[0], Yes, Yes).say(s.places[1], Yes, Yes).goes(AwaitingConsultant)
	s.assigned(s.now)
	s.goes(Planning)
	s.meeting(Held, at13(2027, 1, 12))
	s.goes(InProgress)
	s.now = at13(2027, 1, 13)
	s.goes(AwaitingEvaluation)
	s.now = s.EvaluationAt()
	for _, f := range []*Forloeb{alone.Forloeb, s.Forloeb} {
		for i := range f.Parties {
			f.Parties[i].LeftAt = f.StatusSince
		}
	}
	s.goes(Evaluating)
	for _, f := range []*Forloeb{alone.Forloeb, s.Forloeb} {
		for _, due := range f.Agenda(f.StatusSince) {
			require.NotEqual(t, EvaluationNext, due.What)
		}
		require.False(t, f.EvaluationCloses().IsZero())
	}
}
