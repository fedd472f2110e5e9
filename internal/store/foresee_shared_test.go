package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// asking is a fællesforløb of four where the pair has agreed, and so many have joined.
func asking(t *testing.T, joined int) *life {
	l := begin(t, jointly(4))
	l.to(2026, 11, 24, 9, 0).agree()
	for _, place := range l.places()[:joined] {
		l.says(place, forloeb.Yes, forloeb.Yes)
	}
	return l
}

// gathering has two meetings ahead, one of them for its first two workplaces
// alone.
func gathering(t *testing.T) *life {
	l := begin(t, jointly(4))
	l.Consultant("Karen Lund", 3)
	l.to(2026, 11, 24, 9, 0).agree()
	for _, place := range l.places() {
		l.says(place, forloeb.Yes, forloeb.Yes)
	}
	l.book(2026, 12, 8)
	starts := at(2026, 12, 15, 13, 0)
	l.do(storetest.Secretary, forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: starts, EndsAt: starts.Add(2 * time.Hour), Workplaces: l.places()[:2]})
	return l
}

// What is foreseen when a workplace leaves, or a shared forløb begins, is what
// people get, no more and no less.
func TestWhatIsForeseenOfASharedForloebIsWhatPeopleGet(t *testing.T) {
	t.Parallel()
	leaves := func(n int) func(*life) forloeb.Deed {
		return func(l *life) forloeb.Deed { return forloeb.LeaveWorkplace{Workplace: l.places()[n]} }
	}
	again := func(l *life) forloeb.Deed {
		l.says(l.places()[3], forloeb.No)
		l.Settle(l.id)
		return forloeb.TakeWorkplaceIn{Workplace: l.places()[3], Reason: "Alligevel."}
	}
	begins := func(*life) forloeb.Deed { return forloeb.BeginShared{} }
	for name, c := range map[string]struct {
		set   func(*testing.T) *life
		deed  func(*life) forloeb.Deed
		ends  forloeb.Status
		mails int
	}{
		"leaves before anybody is asked":    {func(t *testing.T) *life { return begin(t, jointly(4)) }, leaves(0), forloeb.AwaitingConsent, 0},
		"leaves before it has answered":     {func(t *testing.T) *life { return asking(t, 1) }, leaves(3), forloeb.AwaitingConsent, 2},
		"leaves after it has joined":        {func(t *testing.T) *life { return asking(t, 1) }, leaves(0), forloeb.AwaitingConsent, 2},
		"leaves as the last one waited for": {func(t *testing.T) *life { return asking(t, 3) }, leaves(3), forloeb.AwaitingConsultant, 2 + 2 + 6},
		"leaves so that too few are left": {func(t *testing.T) *life {
			l := asking(t, 1)
			l.says(l.places()[1], forloeb.No)
			l.says(l.places()[2], forloeb.No)
			return l
		}, leaves(3), forloeb.Lapsed, 2 + 2 + 2},
		"begins with three":               {func(t *testing.T) *life { return asking(t, 3) }, begins, forloeb.AwaitingConsultant, 2 + 2 + 6},
		"leaves with meetings ahead":      {gathering, leaves(1), forloeb.InProgress, 2 + 4 + 1},
		"leaves with one meeting for it":  {gathering, leaves(3), forloeb.InProgress, 2 + 2 + 1},
		"is asked again before the start": {func(t *testing.T) *life { return asking(t, 1) }, again, forloeb.AwaitingConsent, 2},
		"is asked again with meetings ahead": {func(t *testing.T) *life {
			l := gathering(t)
			l.do(storetest.Secretary, forloeb.LeaveWorkplace{Workplace: l.places()[0]})
			return l
		}, func(l *life) forloeb.Deed {
			return forloeb.TakeWorkplaceIn{Workplace: l.places()[0], Reason: "Alligevel."}
		}, forloeb.InProgress, 2},
		"leaves before its evaluation": {func(t *testing.T) *life { return resting(t) }, leaves(0), forloeb.AwaitingEvaluation, 2 + 1},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := c.set(t)
			l.Settle(l.id)
			deed := c.deed(l)
			f, before := l.Read(l.id), len(l.Sent(l.id))
			var promised, got []string
			for _, m := range f.Foresee(deed, l.Now(l.id)) {
				promised = append(promised, string(m.Kind)+" "+m.Recipient.String()+" "+m.Ref)
			}
			l.do(storetest.Secretary, deed)
			for _, s := range l.Sent(l.id)[before:] {
				got = append(got, string(s.Kind)+" "+s.Letter.Mail.Recipient.String()+" "+s.Letter.Mail.Ref)
			}
			slices.Sort(promised)
			slices.Sort(got)
			require.Equal(t, got, promised)
			require.Len(t, got, c.mails)
			l.status(c.ends)
		})
	}
}

// resting has held its last meeting.
func resting(t *testing.T) *life {
	l := gathering(t)
	for _, m := range l.Read(l.id).Meetings {
		l.SettleAt(l.id, m.EndsAt.Add(time.Hour))
		l.held(m.ID)
	}
	l.do(storetest.Secretary, forloeb.FinishMeetings{})
	return l
}
