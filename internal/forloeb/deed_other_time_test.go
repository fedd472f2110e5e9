package forloeb

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// ahead is a forløb with a meeting on Thursday 22 April 2027 at 13, and the
// morning of Monday 12 April.
func ahead() (s *scene, m *Meeting, now time.Time) {
	s = newScene().held(1).meeting(Booked, at13(2027, 4, 22))
	return s, &s.Meetings[1], at13(2027, 4, 12)
}

// asks writes down that a party cannot come, as the act of that version.
func (s *scene) asks(m *Meeting, party uuid.UUID, version int64, at time.Time) {
	m.OtherTimes = append(m.OtherTimes, OtherTime{Party: party, Version: version, At: at, Text: "Hellere fredag."})
	s.act(FactsChanged, m.ID.String(), "other_time", at)
	s.Acts[len(s.Acts)-1].Actor = Actor{Kind: ActorParty, ID: party.String()}
}

func TestWhenAnotherTimeCanBeAskedFor(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *scene, m *Meeting, d *AskOtherTime)
		at     time.Duration // after the morning of 12 April
		code   RefusalCode   // none: it can
	}{
		"a meeting to come":           {},
		"with words":                  {change: func(_ *scene, _ *Meeting, d *AskOtherTime) { d.Text = "Fredag passer bedre." }},
		"the moment before it begins": {at: 10*24*time.Hour - time.Second},
		"it has begun":                {at: 10 * 24 * time.Hour, code: RefuseMeetingBegun},
		"without a consultant":        {change: func(s *scene, _ *Meeting, _ *AskOtherTime) { s.Assignments = nil }},
		"the other party has asked": {change: func(s *scene, m *Meeting, _ *AskOtherTime) {
			s.asks(m, s.rep, 7, s.days(30))
		}},
		"asked before": {change: func(s *scene, m *Meeting, _ *AskOtherTime) { s.asks(m, s.leader, 7, s.days(30)) }, code: RefuseAlreadyAsked},
		"asked about the time before": {change: func(s *scene, m *Meeting, _ *AskOtherTime) {
			s.asks(m, s.leader, 7, s.days(30))
			m.OtherTimes[0].AnsweredAt = s.days(31)
		}},
		"moved since the page was read": {change: func(_ *scene, _ *Meeting, d *AskOtherTime) { d.StartsAt = d.StartsAt.AddDate(0, 0, 1) }, code: RefuseMeetingMoved},
		"cancelled":                     {change: func(_ *scene, m *Meeting, _ *AskOtherTime) { m.State = Cancelled }, code: RefuseMeetingNotBooked},
		"held":                          {change: func(_ *scene, m *Meeting, _ *AskOtherTime) { m.State = Held }, code: RefuseMeetingNotBooked},
		"no such meeting":               {change: func(_ *scene, _ *Meeting, d *AskOtherTime) { d.Meeting = uuid.New() }, code: RefuseNotFound},
		"no such party":                 {change: func(_ *scene, _ *Meeting, d *AskOtherTime) { d.Party = uuid.New() }, code: RefuseNotAParty},
		"replaced":                      {change: func(s *scene, _ *Meeting, _ *AskOtherTime) { s.Party(s.leader).ReplacedAt = s.days(9) }, code: RefuseLinkReplaced},
		"left":                          {change: func(s *scene, _ *Meeting, _ *AskOtherTime) { s.Party(s.leader).LeftAt = s.days(9) }, code: RefusePartyLeft},
		"about to be withdrawn":         {change: func(s *scene, _ *Meeting, _ *AskOtherTime) { s.WithdrawnAt = s.days(9) }, code: RefuseClosed},
		"closed":                        {change: func(s *scene, _ *Meeting, _ *AskOtherTime) { s.to(Stopped, s.days(9)) }, code: RefuseClosed},
		"a CPR number":                  {change: func(_ *scene, _ *Meeting, d *AskOtherTime) { d.Text = "Spørg\n010203-1234" }, code: RefuseUnfitText},
		"too many words":                {change: func(_ *scene, _ *Meeting, d *AskOtherTime) { d.Text = strings.Repeat("å", MaxText+1) }, code: RefuseUnfitText},
	} {
		t.Run(name, func(t *testing.T) {
			s, m, now := ahead()
			d := AskOtherTime{Party: s.leader, Meeting: m.ID, StartsAt: m.StartsAt}
			if c.change != nil {
				c.change(s, m, &d)
			}
			err := s.Judge(d, Actor{Kind: ActorParty, ID: d.Party.String()}, now.Add(c.at))
			if c.code == "" {
				require.NoError(t, err)
				return
			}
			var r *Refusal
			require.ErrorAs(t, err, &r)
			require.Equal(t, c.code, r.Code)
		})
	}
}

func TestTheMistakeInAWish(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "Fredag passer bedre.": "", strings.Repeat("å", MaxText): "",
		"Spørg\n010203-1234":                 "Fjern det, der ligner et CPR-nummer (linje 2). Skriv heller ikke navne.",
		strings.Repeat("å", MaxText+3):       "Teksten er 3 tegn for lang. Forkort den til 2.000 tegn.",
		strings.Repeat(" ", 2*MaxText) + "å": "",
	} {
		m, wrong := AskOtherTime{Text: text}.Mistake()
		require.Equal(t, want != "", wrong)
		if wrong {
			require.Equal(t, want, m.Danish())
		}
	}
}

// wishes are the mails about other times that a commit would plan.
func (s *scene) wishes(now time.Time) (planned []Mail) {
	for _, m := range s.clone().Effects(Change{From: s.Status, To: s.Status, Now: now}).Mails {
		if m.Kind == MailCannotCome {
			planned = append(planned, m)
		}
	}
	return planned
}

func TestTheConsultantIsToldOnceForEachWish(t *testing.T) {
	s, m, now := ahead()
	require.Empty(t, s.wishes(now))
	s.asks(m, s.rep, 7, now)
	planned := s.wishes(now)
	require.Len(t, planned, 1)
	require.Equal(t, s.consultant, planned[0].Recipient)
	require.Equal(t, m.ID.String(), planned[0].Ref)
	require.Equal(t, s.rep, s.OtherTimeOf(&planned[0], now).Party)

	s.Mails = append(s.Mails, planned...)
	require.Empty(t, s.wishes(now), "once")
	s.asks(m, s.leader, 8, now)
	planned = s.wishes(now)
	require.Len(t, planned, 1)
	require.Equal(t, s.leader, s.OtherTimeOf(&planned[0], now).Party)

	s.Assignments[0].Until = now
	require.Empty(t, s.wishes(now), "nobody to tell")
	s.consultant = uuid.New()
	s.assigned(now)
	require.Len(t, s.wishes(now), 2, "whoever takes over knows of neither")
}

// A mail that has not been sent loses its meaning with the wish.
func TestAWishThatIsMet(t *testing.T) {
	for name, over := range map[string]func(s *scene, m *Meeting) (now time.Time){
		"the meeting has another time": func(s *scene, m *Meeting) time.Time {
			m.OtherTimes[0].AnsweredAt = s.days(50)
			return at13(2027, 4, 12)
		},
		"it is cancelled":    func(_ *scene, m *Meeting) time.Time { m.State = Cancelled; return at13(2027, 4, 12) },
		"it has begun":       func(_ *scene, m *Meeting) time.Time { return m.StartsAt },
		"the party has left": func(s *scene, _ *Meeting) time.Time { s.Party(s.rep).LeftAt = s.days(50); return at13(2027, 4, 12) },
		"another consultant has it": func(s *scene, _ *Meeting) time.Time {
			s.consultant = uuid.New()
			s.assigned(s.days(50))
			return at13(2027, 4, 12)
		},
	} {
		s, m, now := ahead()
		s.asks(m, s.rep, 7, now)
		s.Mails = append(s.Mails, s.wishes(now)...)
		mail := &s.Mails[len(s.Mails)-1]
		require.Equal(t, MailCannotCome, mail.Kind)
		require.False(t, s.Moot(mail, now), name)
		require.True(t, s.Moot(mail, over(s, m)), name)
	}
}

func TestTimelineOfAWish(t *testing.T) {
	s, m, now := ahead()
	s.asks(m, s.rep, 7, now)
	s.post(MailCannotCome, s.consultant, 7, MailSent, now)
	const told = "Mandag den 12. april 2027 kl. 13.00: Medarbejderrepræsentanten bad om et andet tidspunkt for møde 2"
	applicant, staff := lines(s.Timeline(now, Applicant), MomentPast), lines(s.Timeline(now, Staff), MomentPast)
	require.Contains(t, applicant, told)
	require.Contains(t, staff, told)
	require.Equal(t, "Mandag den 12. april 2027 kl. 13.00: Mail til konsulenten: En part kan ikke komme", staff[len(staff)-1])
	require.Equal(t, told, applicant[len(applicant)-1])
	for _, line := range append(applicant, staff...) {
		require.NotContains(t, line, "Hellere fredag")
	}
}

// A meeting to come leads to its own page; one that is over does not.
func TestMomentsThatAreMeetings(t *testing.T) {
	s, m, now := ahead()
	m.Place = "https://moede.example.dk/spark"
	about := func(now time.Time) (list []string) {
		for _, moment := range s.Timeline(now, Applicant) {
			if moment.Meeting != nil {
				list = append(list, moment.Meeting.ID.String()+" "+moment.Text)
			}
		}
		return list
	}
	require.Equal(t, []string{m.ID.String() + " Møde 2, online"}, about(now))
	require.Empty(t, about(m.EndsAt))
}

func TestOnlineAddress(t *testing.T) {
	for place, host := range map[string]string{
		"https://moede.example.dk/spark?rum=2": "moede.example.dk", " https://moede.example.dk:8443/a ": "moede.example.dk:8443",
		"": "", "lærerværelset": "", "http://moede.example.dk": "", "javascript:alert(1)": "", "https://": "", "https:///a": "",
		"https://moede.example.dk@evil.example": "", "Online: https://moede.example.dk": "", "https://moede.example.dk og lokale 2": "", "https://moede.example.dk/a og lokale 2": "",
	} {
		u := (&Meeting{Place: place}).OnlineAddress()
		if host == "" {
			require.Nil(t, u, place)
			continue
		}
		require.Equal(t, host, u.Host, place)
	}
}
