package forloeb

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// guest writes somebody on and has told them so.
func (s *scene) guest(name string, at time.Time) *Guest {
	g := Guest{ID: uuid.New(), WorkplaceID: s.Lead().ID, By: s.leader, Name: name, Email: strings.ToLower(name) + "@example.dk", AddedAt: at}
	s.Guests = append(s.Guests, g)
	s.post(MailGuestAdded, g.ID, guestAddedOrdinal, MailSent, at)
	return s.Guest(g.ID)
}

// mailsTo are the kinds that are planned now to somebody.
func (s *scene) mailsTo(to uuid.UUID, now time.Time) (kinds []MailKind) {
	for _, m := range s.planned(now) {
		if m.Recipient == to {
			kinds = append(kinds, m.Kind)
		}
	}
	return kinds
}

func TestWhoCanBeWrittenOnAsAGuest(t *testing.T) {
	add := func(change func(*AddGuest)) func(*scene) AddGuest {
		return func(s *scene) AddGuest {
			d := AddGuest{Workplace: s.Lead().ID, Guest: uuid.New(), Party: s.leader, Name: "Ida Berg", Email: "ida@example.dk"}
			if change != nil {
				change(&d)
			}
			return d
		}
	}
	for name, c := range map[string]struct {
		given func() *scene
		deed  func(*scene) AddGuest
		want  RefusalCode
	}{
		"somebody new":            {deed: add(nil)},
		"a workplace of nobody's": {deed: add(func(d *AddGuest) { d.Workplace = uuid.New() }), want: RefuseNotFound},
		"before both agree":       {given: func() *scene { return newScene().asked() }, deed: add(nil), want: RefuseWrongStatus},
		"after the last meeting":  {given: func() *scene { return newScene().evaluating() }, deed: add(nil), want: RefuseWrongStatus},
		"when it is closed":       {given: func() *scene { return newScene().planning().to(Stopped, sceneStart.AddDate(0, 1, 0)) }, deed: add(nil), want: RefuseClosed},
		"no name":                 {deed: add(func(d *AddGuest) { d.Name = " " }), want: RefuseNoGuestName},
		"an advertisement":        {deed: add(func(d *AddGuest) { d.Name = "www.example.dk" }), want: RefuseNoGuestName},
		"a long name":             {deed: add(func(d *AddGuest) { d.Name = strings.Repeat("Ida ", 30) }), want: RefuseNoGuestName},
		"no address":              {deed: add(func(d *AddGuest) { d.Email = "ida" }), want: RefuseBadAddress},
		"the other party":         {deed: add(func(d *AddGuest) { d.Email = "AMIR@example.dk" }), want: RefuseGuestKnown},
		"a party who has left": {given: func() *scene {
			s := newScene().planning()
			s.Party(s.leader).LeftAt = s.days(4)
			return s
		}, deed: add(nil), want: RefusePartyLeft},
		"a party who has not answered": {given: func() *scene {
			s := newScene().planning()
			s.Party(s.leader).Consent = nil
			return s
		}, deed: add(nil), want: RefuseWrongStatus},
		"the same again": {given: func() *scene {
			s := newScene().planning()
			s.guest("Ida", s.days(4))
			return s
		}, deed: add(nil), want: RefuseGuestKnown},
		"a fourth": {given: func() *scene {
			s := newScene().planning()
			for _, name := range []string{"Bo", "Pia", "Eva"} {
				s.guest(name, s.days(4))
			}
			return s
		}, deed: add(nil), want: RefuseTooManyGuests},
		"a tenth, after nine who are off again": {given: nineOff, deed: add(nil), want: RefuseGuestsEver},
		"a tenth, by staff":                     {given: nineOff, deed: add(func(d *AddGuest) { d.Party = uuid.Nil })},
		"one who took themselves off":           {given: declined, deed: add(nil), want: RefuseGuestDeclined},
		"one who has told staff otherwise":      {given: declined, deed: add(func(d *AddGuest) { d.Party = uuid.Nil })},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene().planning()
			if c.given != nil {
				s = c.given()
			}
			err := s.Judge(c.deed(s), Actor{Kind: ActorParty, ID: s.leader.String()}, s.days(40))
			if c.want == "" {
				require.NoError(t, err)
				return
			}
			var r *Refusal
			require.ErrorAs(t, err, &r)
			require.Equal(t, c.want, r.Code)
		})
	}
}

func nineOff() *scene {
	s := newScene().planning()
	for _, name := range strings.Fields("Bo Pia Eva Kim Lis Ulf Tim Kaj Ove") {
		s.guest(name, s.days(4)).RemovedAt = s.days(5)
	}
	return s
}

func declined() *scene {
	s := newScene().planning()
	g := s.guest("Ida", s.days(4))
	g.RemovedAt, g.Declined = s.days(5), true
	return s
}

// A guest is told first what they were written on to, and then gets what changes
// their calendar; once off, the meetings that stand are taken out of it.
func TestAGuestHearsOfTheMeetingsAlone(t *testing.T) {
	s := newScene().planning().to(InProgress, sceneStart.AddDate(0, 0, 5))
	s.meeting(Booked, at13(2027, 1, 21))
	m, now := &s.Meetings[0], s.days(6)
	m.BookedAt = now
	g := s.guest("Ida", now)
	s.Mails[len(s.Mails)-1].State, s.Mails[len(s.Mails)-1].SentAt = MailPlanned, time.Time{}
	require.Empty(t, s.mailsTo(g.ID, now), "the first mail is on its way")
	s.Mails[len(s.Mails)-1].State, s.Mails[len(s.Mails)-1].SentAt = MailSent, now
	require.Equal(t, []MailKind{MailMeetingInvitation}, s.mailsTo(g.ID, now))

	s.post(MailMeetingInvitation, g.ID, s.CalendarOrdinal(g.ID, m), MailSent, now)
	s.Mails[len(s.Mails)-1].Ref = m.ID.String()
	require.Empty(t, s.mailsTo(g.ID, now))
	require.Contains(t, s.Invited(m), g.ID)
	require.Equal(t, []MailKind{MailMeetingReminder}, s.mailsTo(g.ID, at13(2027, 1, 20)))

	m.Sequence, m.MovedFrom, m.StartsAt, m.EndsAt = 1, m.StartsAt, m.StartsAt.AddDate(0, 0, 7), m.EndsAt.AddDate(0, 0, 7)
	require.Equal(t, []MailKind{MailMeetingMoved}, s.mailsTo(g.ID, now))
	m.State, m.Sequence = Cancelled, 2
	require.Equal(t, []MailKind{MailMeetingCancelled}, s.mailsTo(g.ID, now))
	m.State, m.Sequence, m.StartsAt, m.EndsAt = Booked, 0, m.MovedFrom, m.MovedFrom.Add(3*time.Hour)

	g.RemovedAt = now
	require.Equal(t, []MailKind{MailMeetingCancelled}, s.mailsTo(g.ID, now))
	require.NotContains(t, s.Invited(m), g.ID)
}

// One who was written on after the reminder would have come has the invitation.
func TestAGuestWhoCameLateIsNotRemindedToo(t *testing.T) {
	s := newScene().planning().to(InProgress, sceneStart.AddDate(0, 0, 5))
	s.meeting(Booked, at13(2027, 1, 21))
	g := s.guest("Ida", at13(2027, 1, 20))
	require.Equal(t, []MailKind{MailMeetingInvitation}, s.mailsTo(g.ID, at13(2027, 1, 20).Add(time.Minute)))
}

// A guest who becomes a contact person gets the mails as that, and none that takes
// the meetings out of their calendar.
func TestAGuestWhoTakesOverIsAPartyAlone(t *testing.T) {
	s := newScene().planning().to(InProgress, sceneStart.AddDate(0, 0, 5))
	s.meeting(Booked, at13(2027, 1, 21))
	m, now := &s.Meetings[0], s.days(6)
	g := s.guest("Ida", now)
	s.post(MailMeetingInvitation, g.ID, s.CalendarOrdinal(g.ID, m), MailSent, now)
	s.Mails[len(s.Mails)-1].Ref = m.ID.String()
	s.Party(s.rep).Contact.Email = g.Email
	require.Empty(t, s.mailsTo(g.ID, now))
	require.Contains(t, s.mailsTo(s.rep, now), MailMeetingInvitation)
	require.NotContains(t, s.Invited(m), g.ID)
}

// Written on again, they are invited again, above what took the meeting away.
func TestAGuestWhoComesBackIsInvitedAnew(t *testing.T) {
	s := newScene().planning().to(InProgress, sceneStart.AddDate(0, 0, 5))
	s.meeting(Booked, at13(2027, 1, 21))
	m := &s.Meetings[0]
	s.guest("Ida", s.days(6)).RemovedAt = s.days(7)
	first := s.Guests[0].ID
	again := s.guest("Ida", s.days(8))
	off := m.EntrySequence(s.CalendarOrdinal(first, m), true)
	require.Greater(t, off, m.EntrySequence(s.CalendarOrdinal(first, m), false))
	require.Greater(t, m.EntrySequence(s.CalendarOrdinal(again.ID, m), false), off)
}

// In a shared forløb a guest hears of the meetings that concern their workplace,
// and the other workplaces see nothing of them.
func TestAGuestOfASharedForloeb(t *testing.T) {
	s := newScene().planning().to(InProgress, sceneStart.AddDate(0, 0, 5))
	s.Type = Joint
	s.Workplaces[0].OnlyApplies = true
	one, two := uuid.New(), uuid.New()
	s.Workplaces = append(s.Workplaces, Workplace{ID: one, Name: "Nord"}, Workplace{ID: two, Name: "Syd"})
	for _, w := range []uuid.UUID{one, two} {
		for _, side := range []Side{Leader, Rep} {
			s.Parties = append(s.Parties, Party{ID: uuid.New(), WorkplaceID: w, Side: side, LinkVersion: 1, Contact: Contact{Name: "NN", Email: w.String() + string(side) + "@example.dk"},
				Consent: &Consent{Revision: 1, Answer: Yes, At: s.days(2)}})
		}
	}
	now := s.days(6)
	g := s.guest("Ida", now)
	g.WorkplaceID = one
	s.act(FactsChanged, g.ID.String(), guestAddedDetail, now)
	s.meeting(Booked, at13(2027, 1, 21)).meeting(Booked, at13(2027, 1, 28))
	s.Meetings[0].Workplaces, s.Meetings[1].Workplaces = []uuid.UUID{two}, []uuid.UUID{one}
	var about []string
	for _, m := range s.planned(now) {
		if m.Recipient == g.ID {
			about = append(about, string(m.Kind)+" "+m.Ref)
		}
	}
	require.Equal(t, []string{string(MailMeetingInvitation) + " " + s.Meetings[1].ID.String()}, about)

	own, other := s.SeenBy(s.Of(one)[0]), s.SeenBy(s.Of(two)[0])
	require.Len(t, own.Guests, 1)
	require.Empty(t, other.Guests)
	isTheirs := func(m Mail) bool { return m.Recipient == g.ID }
	require.True(t, slices.ContainsFunc(own.Mails, isTheirs))
	require.False(t, slices.ContainsFunc(other.Mails, isTheirs))
	told := func(f *Forloeb) bool {
		return slices.ContainsFunc(f.Timeline(now, Applicant), func(m Moment) bool { return strings.Contains(m.Text, "mødedeltager") })
	}
	require.True(t, told(own))
	require.False(t, told(other))
	require.Len(t, s.SeenByGuest(g).Meetings, 1)
	require.Nil(t, s.SeenByGuest(g).Workplace(two))

	d := AddGuest{Workplace: two, Guest: uuid.New(), Party: s.Of(two)[0].ID, Name: "Ida Berg", Email: g.Email}
	require.NoError(t, s.Judge(d, Actor{Kind: ActorParty}, now), "whom another workplace has written on is not told")
	d.Party = s.Of(one)[0].ID
	require.Error(t, s.Judge(d, Actor{Kind: ActorParty}, now))
}

func TestWhoCanTakeAGuestOff(t *testing.T) {
	s := newScene().planning()
	g := s.guest("Ida", s.days(4))
	for name, c := range map[string]struct {
		deed RemoveGuest
		want RefusalCode
	}{
		"either party":       {RemoveGuest{Guest: g.ID, Party: s.rep}, ""},
		"staff":              {RemoveGuest{Guest: g.ID}, ""},
		"they themselves":    {RemoveGuest{Guest: g.ID, Self: true}, ""},
		"nobody known":       {RemoveGuest{Guest: uuid.New()}, RefuseNotFound},
		"somebody else's":    {RemoveGuest{Guest: g.ID, Party: uuid.New()}, RefuseNotAParty},
		"twice is too often": {RemoveGuest{Guest: s.guest("Bo", s.days(4)).ID}, RefuseGuestOff},
	} {
		s.Guests[1%len(s.Guests)].RemovedAt = time.Time{}
		if c.want == RefuseGuestOff {
			s.Guest(c.deed.Guest).RemovedAt = s.days(5)
		}
		err := s.Judge(c.deed, Actor{Kind: ActorParty}, s.days(40))
		if c.want == "" {
			require.NoError(t, err, name)
			continue
		}
		var r *Refusal
		require.ErrorAs(t, err, &r, name)
		require.Equal(t, c.want, r.Code, name)
	}
}
