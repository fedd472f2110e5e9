package forloeb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestNotingAnAnswer(t *testing.T) {
	by := Actor{Kind: ActorSecretary}
	for name, c := range map[string]struct {
		change func(s *scene, d *NoteAnswer)
		code   RefusalCode
	}{
		"a yes":            {func(*scene, *NoteAnswer) {}, ""},
		"a no":             {func(_ *scene, d *NoteAnswer) { d.Yes = false }, ""},
		"nothing was said": {func(_ *scene, d *NoteAnswer) { d.Said = " \n" }, RefuseNoReason},
		"answered":         {func(s *scene, _ *NoteAnswer) { s.says(s.rep, Yes, s.days(1)) }, RefusePartyAnswered},
		"noted before":     {func(s *scene, _ *NoteAnswer) { s.saysOnTheTelephone(s.rep, Yes, s.days(1)) }, RefusePartyAnswered},
		"replaced":         {func(s *scene, _ *NoteAnswer) { s.Party(s.rep).ReplacedAt = s.days(1) }, RefusePartyReplaced},
		"left":             {func(s *scene, _ *NoteAnswer) { s.Party(s.rep).LeftAt = s.days(1) }, RefusePartyLeft},
		"to be corrected":  {func(s *scene, _ *NoteAnswer) { s.Party(s.leader).FixAskedAt = s.days(1) }, RefuseWrongStatus},
		"under way":        {func(s *scene, _ *NoteAnswer) { s.to(Planning, s.days(1)) }, RefuseWrongStatus},
		"closed":           {func(s *scene, _ *NoteAnswer) { s.to(Stopped, s.days(1)) }, RefuseClosed},
	} {
		s := newScene().asked()
		d := NoteAnswer{Party: s.rep, Yes: true, Said: "Ringede fra bussen."}
		c.change(s, &d)
		require.Equal(t, c.code, refusal(t, s.Judge(d, by, s.days(2))), name)
	}
	s := newScene().asked()
	require.Equal(t, RefuseDeadlinePassed, refusal(t, s.Judge(NoteAnswer{Party: s.rep, Yes: true, Said: "x"}, by, s.days(30))))
}

// Monday 23 November: five working days after it is Monday 30 November.
func TestAnAnswerThatWasNotedStandsAfterFiveWorkingDays(t *testing.T) {
	for answer, moves := range map[Answer]func(View) bool{
		Yes: func(v View) bool { return v.Pending == 0 },
		No:  func(v View) bool { return v.No > 0 },
	} {
		s := newScene().asked()
		s.says(s.leader, Yes, s.start).saysOnTheTelephone(s.rep, answer, s.start)
		ends := EndOfDay(s.days(7))
		before, after := s.View(ends.Add(-time.Second)), s.View(ends)
		require.Equal(t, WaitConsentPhone, before.Waiting)
		require.False(t, moves(before), answer)
		require.Contains(t, before.Due, Due{ContestEnds, ends}, "so that it is looked at again then")
		require.True(t, moves(after), answer)
		require.NotContains(t, after.Due, Due{ContestEnds, ends})
		require.Zero(t, s.Policy.Day)
		s.Policy.ContestDays = 0
		require.Equal(t, ends, s.ContestUntil(s.Party(s.rep)), "a policy from before")
	}
}

func TestWhoeverAnswersByTheLinkHasSettledIt(t *testing.T) {
	for _, own := range []Answer{Yes, No, Fix, NotMe} {
		s := newScene().asked()
		s.says(s.leader, Yes, s.start).saysOnTheTelephone(s.rep, Yes, s.start)
		d := AnswerConsent{Party: s.rep, Revision: 1, Answer: own, Signature: "Amir Dahl", Remark: "Noget.", Channel: ByLink}
		require.NoError(t, s.Judge(d, Actor{}, s.days(5)), own)
		require.Equal(t, RefuseAlreadyAnswered, refusal(t, s.Judge(d, Actor{}, s.days(8))), own)
		d.Party = s.leader
		require.Equal(t, RefuseAlreadyAnswered, refusal(t, s.Judge(d, Actor{}, s.days(5))), "theirs was by the link")
	}
}

// A no that was noted ends nothing yet, and nobody is reminded to answer what
// may be over.
func TestANoThatWasNotedWaitsToo(t *testing.T) {
	s := newScene().asked()
	s.saysOnTheTelephone(s.leader, No, s.days(2))
	require.Equal(t, WaitConsentPhone, s.Waiting(s.days(3)).Key, "and not that one has agreed")
	for _, due := range s.Agenda(s.days(3)) {
		require.NotEqual(t, ConsentReminder, due.What)
	}

	shared := newShared(3).joining()
	one := shared.Of(shared.places[0])[0]
	shared.saysOnTheTelephone(one.ID, No, shared.now)
	require.Empty(t, shared.clone().Effects(Change{From: AwaitingConsent, To: AwaitingConsent, Now: shared.now}).PutOut)
	require.Len(t, shared.clone().Effects(Change{From: AwaitingConsent, To: AwaitingConsent, Now: shared.now.AddDate(0, 0, 10)}).PutOut, 1)
}

func TestContesting(t *testing.T) {
	s := newScene().asked()
	s.says(s.leader, Yes, s.start).saysOnTheTelephone(s.rep, Yes, s.start)
	contest := ContestAnswer{Party: s.rep}
	require.NoError(t, s.Judge(contest, Actor{}, s.days(6)))
	require.Equal(t, RefuseContestOver, refusal(t, s.Judge(contest, Actor{}, s.days(8))))
	require.Equal(t, RefuseContestOver, refusal(t, s.Judge(ContestAnswer{Party: s.leader}, Actor{}, s.days(2))), "it was their own")

	p := s.Party(s.rep)
	p.Consent, p.ContestedAt = nil, s.days(6)
	require.True(t, s.Contested(p))
	require.Equal(t, []*Party{p}, s.Pending())
	require.Equal(t, s.calendar().deadline(s.days(6), s.Policy.ConsentDays), s.ConsentDeadline(p), "their clock starts anew")
	require.Equal(t, TaskContested, s.wanted(s.days(6))[0].Kind)
	s.says(s.rep, No, s.days(7))
	require.Empty(t, s.wanted(s.days(7)))

	under := newScene().planning()
	p = under.Party(under.rep)
	p.Consent = &Consent{Revision: 1, Answer: Yes, At: under.days(3), Channel: ByPhone}
	require.NoError(t, under.Judge(ContestAnswer{Party: under.rep}, Actor{}, under.days(4)), "also when it has moved on")
	p.Consent, p.ContestedAt = nil, under.days(4)
	require.Equal(t, Planning, under.View(under.days(4)).Status)
	require.NotEqual(t, WaitContactSelf, under.WaitingFor(p, under.days(4)).Key)
	require.NoError(t, under.Judge(AnswerConsent{Party: under.rep, Revision: 1, Answer: No, Channel: ByLink}, Actor{}, under.days(5)))
}

func TestAReceiptIsForTheAnswerThatStands(t *testing.T) {
	s := newScene().asked().with(func(s *scene) { s.saysOnTheTelephone(s.rep, Yes, s.days(1)) })
	receipts := func() (n int) {
		for _, m := range s.clone().Effects(Change{From: s.Status, To: s.Status, Now: s.days(1)}).Mails {
			require.NotEqual(t, MailAnswerYes, m.Kind)
			if m.Kind == MailPhoneReceipt {
				n++
			}
		}
		return n
	}
	require.Equal(t, 1, receipts())
	s.post(MailPhoneReceipt, s.rep, s.Party(s.rep).Consent.At.Unix(), MailPlanned, s.days(1))
	require.Zero(t, receipts(), "once")
	m := &s.Mails[len(s.Mails)-1]
	require.False(t, s.Moot(m, s.days(1)))
	s.Party(s.rep).Consent = nil
	require.True(t, s.Moot(m, s.days(2)), "contested before it left")
}
