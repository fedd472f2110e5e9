package forloeb

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestExtendingADeadline(t *testing.T) {
	by := Actor{Kind: ActorSecretary}
	closes := EndOfDay(sceneStart.AddDate(0, 0, 21)) // Monday 14 December
	for name, c := range map[string]struct {
		change func(s *scene, d *ExtendDeadline)
		code   RefusalCode
	}{
		"a day":        {func(*scene, *ExtendDeadline) {}, ""},
		"four weeks":   {func(_ *scene, d *ExtendDeadline) { d.Until = closes.AddDate(0, 0, 28) }, ""},
		"too far":      {func(_ *scene, d *ExtendDeadline) { d.Until = closes.AddDate(0, 0, 29) }, RefuseDeadlineTooFar},
		"the same day": {func(_ *scene, d *ExtendDeadline) { d.Until = closes }, RefuseDeadlineEarlier},
		"no reason":    {func(_ *scene, d *ExtendDeadline) { d.Reason = "" }, RefuseNoReason},
		"none runs":    {func(s *scene, _ *ExtendDeadline) { s.Party(s.rep).FixAskedAt = s.days(1) }, RefuseNoDeadline},
		"under way":    {func(s *scene, _ *ExtendDeadline) { s.to(Planning, s.days(1)) }, RefuseWrongStatus},
		"closed":       {func(s *scene, _ *ExtendDeadline) { s.to(Lapsed, s.days(1)) }, RefuseClosed},
	} {
		s := newScene().asked()
		d := ExtendDeadline{Until: closes.AddDate(0, 0, 1), Reason: "Sygdom."}
		c.change(s, &d)
		require.Equal(t, c.code, refusal(t, s.Judge(d, by, s.days(2))), name)
	}
	late := newScene().asked()
	require.NoError(t, late.Judge(ExtendDeadline{Until: late.days(24), Reason: "Sygdom."}, by, late.days(22)), "it has passed, and the process is late")
}

// The deadline is put off to Friday 8 January: one reminder more comes three
// working days before it, after the quiet days.
func TestRemindersFollowTheNewDate(t *testing.T) {
	s := newScene().asked()
	s.ConsentUntil = EndOfDay(s.days(46))
	s.act(FactsChanged, "", deadlineDetail, s.days(18))
	s.remind(s.rep, 1, s.days(3)).remind(s.rep, 2, s.days(14))
	rep := s.Party(s.rep)
	require.Equal(t, s.ConsentUntil, s.ConsentCloses())
	extra := s.consentReminders(rep)
	require.Len(t, extra, 1)
	require.Equal(t, "2027-01-06 08:00", extra[0].At.In(Copenhagen).Format("2006-01-02 15:04"))
	require.Equal(t, s.reminderOrdinal(rep, 3), extra[0].mails[0].Ordinal)
	require.False(t, s.LastReminder(rep, 2))
	require.True(t, s.LastReminder(rep, 3))

	own := newScene().asked()
	own.ConsentUntil = own.days(10)
	require.Equal(t, newScene().asked().ConsentCloses(), own.ConsentCloses(), "nobody loses a later one of their own")
	require.True(t, own.LastReminder(own.Party(own.rep), 2))
}

func TestTheNewDateIsToldToThoseWhoHaveBeenAsked(t *testing.T) {
	s := newScene().asked().with(func(s *scene) { s.says(s.leader, Yes, s.days(1)) })
	s.ConsentUntil = EndOfDay(s.days(40))
	s.act(FactsChanged, "", deadlineDetail, s.days(5))
	told := func() (to []*Party) {
		for _, m := range s.clone().Effects(Change{From: s.Status, To: s.Status, Now: s.days(5)}).Mails {
			if m.Kind == MailDeadlineMoved {
				to = append(to, s.Party(m.Recipient))
			}
		}
		return to
	}
	require.Equal(t, []*Party{s.Party(s.rep)}, told())
	s.post(MailDeadlineMoved, s.rep, s.ConsentUntil.Unix(), MailPlanned, s.days(5))
	require.Empty(t, told())
	m := &s.Mails[len(s.Mails)-1]
	require.False(t, s.Moot(m, s.days(5)))
	s.ConsentUntil = EndOfDay(s.days(45))
	require.True(t, s.Moot(m, s.days(5)), "it was put off again")
	s.ConsentUntil = EndOfDay(s.days(40))
	s.says(s.rep, Yes, s.days(5))
	require.True(t, s.Moot(m, s.days(5)), "answered")
}
