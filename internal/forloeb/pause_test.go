package forloeb

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

var inFebruary = time.Date(2027, 2, 1, 8, 0, 0, 0, Copenhagen) // a Monday

// paused has been paused on a day, to 1 February.
func (s *scene) paused(at time.Time) *scene {
	s.Pauses = append(s.Pauses, Pause{ID: int64(len(s.Pauses) + 1), From: at, Until: inFebruary, Reason: PauseIllness})
	return s.act(FactsChanged, "", pauseDetail, at)
}

func TestPausing(t *testing.T) {
	by := Actor{Kind: ActorSecretary}
	for name, c := range map[string]struct {
		change func(s *scene, d *PauseForloeb)
		code   RefusalCode
	}{
		"to February":     {func(*scene, *PauseForloeb) {}, ""},
		"while asked":     {func(s *scene, _ *PauseForloeb) { *s = *newScene().asked() }, ""},
		"at rest":         {func(s *scene, _ *PauseForloeb) { s.held(4).to(AwaitingEvaluation, s.days(9)) }, ""},
		"again":           {func(s *scene, d *PauseForloeb) { s.paused(s.days(6)); d.Until = s.days(20) }, ""},
		"today":           {func(s *scene, d *PauseForloeb) { d.Until = s.days(10).Add(time.Hour) }, RefusePauseEarlier},
		"half a year":     {func(s *scene, d *PauseForloeb) { d.Until = AddMonths(s.days(10), 6) }, ""},
		"longer":          {func(s *scene, d *PauseForloeb) { d.Until = AddMonths(s.days(11), 6) }, RefusePauseTooFar},
		"a meeting in it": {func(s *scene, _ *PauseForloeb) { s.meeting(Booked, at13(2027, 1, 12)) }, RefuseMeetingInTheWay},
		"one after it":    {func(s *scene, _ *PauseForloeb) { s.meeting(Booked, at13(2027, 2, 1)) }, ""},
		"one before it":   {func(s *scene, _ *PauseForloeb) { s.meeting(Booked, at13(2026, 12, 1)) }, ""},
		"no reason":       {func(_ *scene, d *PauseForloeb) { d.Reason = "" }, RefuseNoReason},
		"another reason":  {func(_ *scene, d *PauseForloeb) { d.Reason, d.Text = PauseOther, " " }, RefuseNoReason},
		"a CPR number":    {func(_ *scene, d *PauseForloeb) { d.Text = "010190-1234 er syg" }, RefuseUnfitText},
		"evaluating":      {func(s *scene, _ *PauseForloeb) { *s = *newScene().evaluating() }, RefuseAskedAlready},
		"closed":          {func(s *scene, _ *PauseForloeb) { s.to(Stopped, s.days(8)) }, RefuseClosed},
	} {
		s := newScene().planning()
		d := PauseForloeb{Until: inFebruary, Reason: PauseIllness, Text: "Lederen er syg."}
		c.change(s, &d)
		require.Equal(t, c.code, refusal(t, s.Judge(d, by, s.days(10))), name)
	}
}

func TestResuming(t *testing.T) {
	by := Actor{Kind: ActorSecretary}
	require.Equal(t, RefuseNotPaused, refusal(t, newScene().planning().Judge(ResumeForloeb{}, by, sceneStart.AddDate(0, 0, 10))))
	s := newScene().planning().paused(sceneStart.AddDate(0, 0, 9))
	require.NoError(t, s.Judge(ResumeForloeb{}, by, s.days(10)))
	require.Equal(t, RefuseNotPaused, refusal(t, s.Judge(ResumeForloeb{}, by, inFebruary)))
	require.Equal(t, RefuseClosed, refusal(t, s.to(Withdrawn, s.days(10)).Judge(ResumeForloeb{}, by, s.days(11))))
}

// Somebody asks; the task is answered by a pause, or by closing it.
func TestAskingForAPause(t *testing.T) {
	s := newScene().planning()
	by := Actor{Kind: ActorParty, ID: s.leader.String()}
	ask := AskPause{Party: s.leader, Text: "Vi flytter i januar."}
	now := s.days(10)
	require.NoError(t, s.Judge(ask, by, now))
	require.NoError(t, s.Judge(AskPause{Text: ask.Text}, Actor{Kind: ActorConsultant, ID: s.consultant.String()}, now))
	require.Equal(t, RefuseNoPauseText, refusal(t, s.Judge(AskPause{Party: s.leader}, by, now)))
	require.Equal(t, RefuseUnfitText, refusal(t, s.Judge(AskPause{Party: s.leader, Text: strings.Repeat("x", MaxText+1)}, by, now)))

	s.act(FactsChanged, s.leader.String(), askPauseDetail, now)
	wanted := s.pauseAsked()
	require.Len(t, wanted, 1)
	require.Equal(t, RefusePauseAsked, refusal(t, s.Judge(ask, by, now)))
	s.task(TaskPauseAsked, wanted[0].Subject, now)
	require.Equal(t, "Lederen har brug for en pause. Tal med dem om, hvornår forløbet kan gå videre.", s.TaskSentence(s.Tasks[0], now))

	answered := *s.scene()
	answered.paused(now)
	require.Empty(t, answered.pauseAsked(), "by a pause")
	require.Equal(t, RefusePaused, refusal(t, answered.Judge(ask, by, now)))
	s.Tasks[0].ClosedAt = s.days(11)
	s.Acts = append(s.Acts, Act{Version: 90, Name: FactsChanged, Ref: itoa(s.Tasks[0].ID), Detail: "task", At: s.days(11)})
	require.Empty(t, s.pauseAsked(), "by closing the task")
	require.NoError(t, s.Judge(ask, by, s.days(12)), "and they can ask again")
}

// scene is a copy that can be changed alone.
func (s *scene) scene() *scene {
	c := *s
	c.Forloeb = s.Forloeb.clone()
	c.Acts = append([]Act(nil), s.Acts...)
	return &c
}

// While it is paused nobody is reminded, and the rest falls due when it goes on.
func TestAPausedForloebOwesNothing(t *testing.T) {
	for name, s := range map[string]*scene{
		"asked": newScene().asked().with(func(s *scene) { s.remind(s.leader, 1, s.days(3)).remind(s.rep, 1, s.days(3)) }), "planning": newScene().planning(), "waiting": newScene().agreed(),
		"assessed": newScene().assessed(), "meeting": newScene().planning().to(InProgress, sceneStart.AddDate(0, 0, 5)).meeting(Held, at13(2026, 12, 1)),
	} {
		s.paused(s.days(9))
		for now := s.days(9); now.Before(inFebruary); now = now.AddDate(0, 0, 5) {
			require.Equal(t, []Due{{PauseEnds, inFebruary}}, s.Agenda(now), name)
			e := s.clone().Effects(Change{From: s.Status, To: s.Status, Now: now})
			for _, m := range e.Mails {
				require.False(t, m.Kind.waitsForPause(), "%s: %s", name, m.Kind)
			}
			require.Empty(t, e.OpenTasks, name)
			require.Equal(t, WaitPaused, s.Waiting(now).Key, name)
			require.Empty(t, s.DigestItems(MailFirstMissing, now), name)
		}
		require.NotEqual(t, WaitPaused, s.Waiting(inFebruary).Key, name)
		for _, due := range s.Agenda(inFebruary) {
			require.False(t, due.At.Before(inFebruary) && !due.What.Transition() && due.What != MatchAgain, "%s: %s %s", name, due.What, due.At)
		}
	}
}

// A closing ends it: what comes after is counted as if nothing had been.
func TestClosingEndsAPause(t *testing.T) {
	s := newScene().planning().paused(sceneStart.AddDate(0, 0, 9)).to(Withdrawn, sceneStart.AddDate(0, 0, 20))
	require.Nil(t, s.Paused(s.days(21)))
	require.Equal(t, newScene().EraseAtFrom(s.days(20)), s.EraseAt())
	s.to(Planning, s.days(25))
	require.Nil(t, s.Paused(s.days(26)), "opened again, it goes on")
	require.Empty(t, pauseMails(s, s.days(26)))
}

// Both are told, and hear that it is over; whoever takes over later is not told
// of what is past.
func TestWhoIsToldOfAPause(t *testing.T) {
	s := newScene().planning().paused(sceneStart.AddDate(0, 0, 9))
	version := s.pausing().Version
	require.Equal(t, []MailKind{MailPaused, MailPaused, MailConsultantChanges}, pauseMails(s, s.days(9)))
	s.post(MailPaused, s.leader, version, MailSent, s.days(9)).post(MailConsultantChanges, s.consultant, s.days(9).UnixMilli(), MailSent, s.days(9))
	s.Mails[len(s.Mails)-1].Ref = pauseDetail
	require.Equal(t, []MailKind{MailResumed, MailConsultantChanges}, pauseMails(s, inFebruary))

	moved := newScene().planning().paused(sceneStart.AddDate(0, 0, 9)).act(FactsChanged, "", pauseDetail, sceneStart.AddDate(0, 0, 12))
	moved.post(MailPaused, moved.leader, version, MailPlanned, moved.days(9))
	require.True(t, moved.Moot(&moved.Mails[len(moved.Mails)-1], moved.days(12)), "it was moved since")
	require.Len(t, pauseMails(moved, moved.days(12)), 3)
}

func pauseMails(s *scene, now time.Time) (kinds []MailKind) {
	for _, m := range s.clone().Effects(Change{From: s.Status, To: s.Status, Now: now}).Mails {
		if m.Kind == MailPaused || m.Kind == MailResumed || m.Kind == MailConsultantChanges {
			kinds = append(kinds, m.Kind)
		}
	}
	return kinds
}

// A meeting is booked for after it, and not before.
func TestMeetingsAndPauses(t *testing.T) {
	s := newScene().planning().paused(sceneStart.AddDate(0, 0, 9))
	by, now := Actor{Kind: ActorSecretary}, s.days(10)
	book := func(at time.Time) RefusalCode {
		return refusal(t, s.Judge(BookMeeting{StartsAt: at, EndsAt: at.Add(time.Hour)}, by, now))
	}
	require.Equal(t, RefusePaused, book(at13(2027, 1, 12)))
	require.Empty(t, book(at13(2027, 2, 1)))
	s.meeting(Booked, at13(2027, 2, 5))
	at := at13(2027, 1, 12)
	require.Equal(t, RefusePaused, refusal(t, s.Judge(MoveMeeting{Meeting: s.Meetings[0].ID, StartsAt: at, EndsAt: at.Add(time.Hour)}, by, now)))
	s.Meetings = nil
	require.True(t, s.Propose(Diary{}, now, Wish{})[0].StartsAt.After(inFebruary))
}

// Every deadline is later by the pause, and none in the past moves.
func TestDeadlinesFollowAPause(t *testing.T) {
	plain, s := newScene().asked(), newScene().asked().paused(sceneStart.AddDate(0, 0, 9))
	// Twelve days were left of the 21 when it was paused, the day itself
	// included.
	require.Equal(t, "2026-12-14 23:59", plain.ConsentCloses().In(Copenhagen).Format("2006-01-02 15:04"))
	require.Equal(t, "2027-02-13 23:59", s.ConsentCloses().In(Copenhagen).Format("2006-01-02 15:04"))
	rep := s.Party(s.rep)
	require.Equal(t, plain.reminders(plain.Party(plain.rep))[0].at, s.reminders(rep)[0].at, "it had passed")
	require.True(t, s.reminders(rep)[1].at.After(inFebruary))

	extended := newScene().asked().act(FactsChanged, "", deadlineDetail, sceneStart.AddDate(0, 0, 5))
	extended.ConsentUntil = EndOfDay(extended.days(40))
	before := extended.ConsentCloses()
	extended.paused(extended.days(9))
	require.Equal(t, before.AddDate(0, 0, 61).In(Copenhagen), extended.ConsentCloses(), "from 2 December to 1 February")
	require.Equal(t, RefusePaused, refusal(t, extended.Judge(ExtendDeadline{Until: extended.days(200), Reason: "x"}, Actor{Kind: ActorSecretary}, extended.days(10))))

	done := newScene().held(4).to(AwaitingEvaluation, at13(2027, 3, 31).Add(4*time.Hour))
	from := at13(2027, 4, 6)
	done.Pauses = []Pause{{ID: 1, From: from, Until: time.Date(2027, 5, 3, 8, 0, 0, 0, Copenhagen)}}
	require.Equal(t, time.Date(2027, 7, 27, 9, 0, 0, 0, Copenhagen), done.EvaluationAt(), "27 days later than 30 June")
}
