package forloeb

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func lines(moments []Moment, kinds ...MomentKind) (texts []string) {
	for _, m := range moments {
		if len(kinds) == 0 || slices.Contains(kinds, m.Kind) {
			texts = append(texts, m.When+": "+m.Text)
		}
	}
	return texts
}

// wholeCourse is a forløb that has been through everything, evaluated by one
// of two.
func wholeCourse() (*scene, time.Time) {
	s := newScene().evaluating()
	june := time.Date(2027, 6, 30, 12, 0, 0, 0, Copenhagen)
	s.Invitations[0].AnsweredAt = june
	s.act(EvaluationAnswered, s.leader.String(), "answered", june)
	return s, june.Add(time.Hour)
}

func TestTimelineOfAWholeCourse(t *testing.T) {
	s, now := wholeCourse()
	require.Equal(t, []string{
		"Mandag den 23. november 2026 kl. 14.30: Ansøgningen blev sendt",
		"Mandag den 23. november 2026 kl. 14.30: Mail med link sendt til lederen",
		"Mandag den 23. november 2026 kl. 14.30: Mail med link sendt til medarbejderrepræsentanten",
		"Tirsdag den 24. november 2026 kl. 14.30: Lederen bekræftede",
		"Torsdag den 26. november 2026 kl. 14.30: Medarbejderrepræsentanten bekræftede",
		"Torsdag den 26. november 2026 kl. 14.30: Begge har bekræftet",
		"Torsdag den 26. november 2026 kl. 14.30: Karen Lund blev jeres konsulent",
		"Onsdag den 27. januar 2027 kl. 13.00: Møde 1 blev holdt",
		"Onsdag den 17. februar 2027 kl. 13.00: Møde 2 blev holdt",
		"Onsdag den 10. marts 2027 kl. 13.00: Møde 3 blev holdt",
		"Onsdag den 31. marts 2027 kl. 13.00: Møde 4 blev holdt",
		"Onsdag den 31. marts 2027 kl. 17.00: Det sidste møde er holdt",
		"Onsdag den 30. juni 2027 kl. 9.00: Spørgeskemaet blev sendt",
		"Onsdag den 30. juni 2027 kl. 12.00: Én af to har svaret på spørgeskemaet",
		"Mandag den 9. august 2027: Påmindelse, hvis der mangler svar",
		"Lørdag den 28. august 2027: Spørgeskemaet lukker, og forløbet slutter",
	}, withoutTimesOfReminders(s.Timeline(now, Applicant)))
}

// withoutTimesOfReminders drops the second reminder, whose date is the
// calendar's business.
func withoutTimesOfReminders(moments []Moment) []string {
	all := lines(moments)
	return slices.DeleteFunc(all, func(l string) bool {
		return strings.Contains(l, "Påmindelse, hvis") && !strings.HasPrefix(l, "Mandag den 9. august")
	})
}

func TestNextIsTheFirstOfWhatIsToCome(t *testing.T) {
	s, now := wholeCourse()
	moments := s.Timeline(now, Applicant)
	next := lines(moments, MomentNext)
	require.Equal(t, []string{"Mandag den 9. august 2027: Påmindelse, hvis der mangler svar"}, next)
	at := slices.IndexFunc(moments, func(m Moment) bool { return m.Kind == MomentNext })
	for i, m := range moments {
		require.Equal(t, i < at, m.Kind == MomentPast)
	}
}

// Who has answered the evaluation, who is reminded of it, and a no are not
// for the other party.
func TestApplicantsAreNotToldWhoAnswered(t *testing.T) {
	s, now := wholeCourse()
	s.post(MailEvaluationReminder, s.rep, 11, MailSent, now.AddDate(0, 1, 9))
	s.Invitations[1].RefusedAt = now.AddDate(0, 1, 10)
	applicant := strings.Join(lines(s.Timeline(now.AddDate(0, 1, 11), Applicant)), "\n")
	staff := strings.Join(lines(s.Timeline(now.AddDate(0, 1, 11), Staff)), "\n")
	for _, told := range []string{"Lederen svarede på spørgeskemaet", "Medarbejderrepræsentanten ønsker ikke at svare", "Mail til medarbejderrepræsentanten: Påmindelse om spørgeskemaet"} {
		require.NotContains(t, applicant, told)
		require.Contains(t, staff, told)
	}

	s = newScene().asked()
	s.says(s.rep, No, s.days(1)).to(Declined, s.days(1))
	applicant = strings.Join(lines(s.Timeline(s.days(2), Applicant)), "\n")
	require.NotContains(t, applicant, "nej")
	require.Contains(t, applicant, "Ansøgningen blev ikke bekræftet af begge")
	require.Contains(t, strings.Join(lines(s.Timeline(s.days(2), Staff)), "\n"), "Medarbejderrepræsentanten svarede nej")
}

func TestStaffSeeMailsFlagsAndWho(t *testing.T) {
	s := newScene().asked()
	s.lost(MailConsentRequest, s.rep, MailFailed, s.days(1)).Mails[1].Code = "550"
	s.act(MailSettled, itoa(s.Mails[1].ID), "resend", s.days(2))
	s.act(ApplicationChanged, s.rep.String(), "address", s.days(2))
	s.says(s.rep, Yes, s.days(3)).task(TaskSignature, s.rep.String()+":1", s.days(3))
	for i := range s.Acts {
		s.Acts[i].Actor.Kind = ActorSecretary
	}
	staff := lines(s.Timeline(s.days(4), Staff), MomentPast)
	require.Equal(t, []string{
		"Mandag den 23. november 2026 kl. 14.30: Ansøgningen blev sendt",
		"Mandag den 23. november 2026 kl. 14.30: Mail med link sendt til lederen",
		"Tirsdag den 24. november 2026 kl. 14.30: Mail til medarbejderrepræsentanten blev afvist: Adressen findes ikke (Bekræft ansøgningen)",
		"Onsdag den 25. november 2026 kl. 14.30: Mailen til medarbejderrepræsentanten bliver sendt igen (sekretariatet)",
		"Onsdag den 25. november 2026 kl. 14.30: Mailadressen til medarbejderrepræsentanten blev rettet; det gamle link virker ikke (sekretariatet)",
		"Torsdag den 26. november 2026 kl. 14.30: Medarbejderrepræsentanten bekræftede, noteret pr. telefon (sekretariatet)",
		"Torsdag den 26. november 2026 kl. 14.30: Bemærk: Underskriften er en anden end navnet på ansøgningen",
	}, staff)
	require.Equal(t, []string{
		"Mandag den 23. november 2026 kl. 14.30: Ansøgningen blev sendt",
		"Mandag den 23. november 2026 kl. 14.30: Mail med link sendt til lederen",
		"Torsdag den 26. november 2026 kl. 14.30: Medarbejderrepræsentanten bekræftede",
	}, lines(s.Timeline(s.days(4), Applicant), MomentPast))
}

func TestWhatIsToComeWhileWeWaitForAnswers(t *testing.T) {
	s := newScene().asked()
	require.Equal(t, []string{
		"Torsdag den 26. november 2026: Påmindelse til dem, der ikke har svaret",
		"Mandag den 7. december 2026: Sidste påmindelse",
		"Mandag den 14. december 2026: Frist for at svare",
		"Når begge har bekræftet: Konsulenten kontakter jer",
	}, lines(s.Timeline(s.days(0), Applicant), MomentNext, MomentFuture))

	s.Party(s.rep).FixAskedAt = s.days(1)
	require.Equal(t, []string{"Når begge har bekræftet: Konsulenten kontakter jer"},
		lines(s.Timeline(s.days(1), Applicant), MomentNext, MomentFuture), "the clocks stand still")
}

func TestMeetingsToCome(t *testing.T) {
	s := newScene().held(2).meeting(Booked, at13(2027, 4, 22))
	s.Meetings[2].Place = "lærerværelset"
	require.Equal(t, []string{
		"Tirsdag den 20. april 2027: Påmindelse om møde 3",
		"Torsdag den 22. april 2027 kl. 13.00–16.00: Møde 3, lærerværelset",
		"Ikke aftalt endnu: Møde 4",
		"Efter det sidste møde: Spørgeskemaet kommer tre måneder efter det sidste møde",
	}, lines(s.Timeline(at13(2027, 4, 12), Applicant), MomentNext, MomentFuture))

	s.meeting(Booked, at13(2027, 5, 31))
	require.Contains(t, lines(s.Timeline(at13(2027, 4, 12), Applicant)),
		"Tirsdag den 31. august 2027: Spørgeskemaet kommer tre måneder efter det sidste møde, lige nu regnet til tirsdag den 31. august 2027")
	require.Equal(t, []string{"Torsdag den 22. april 2027 kl. 13.00–16.00: Møde 3 mangler at blive noteret"},
		lines(s.Timeline(at13(2027, 4, 23), Applicant), MomentNext))
}

func TestMeetingsBookedMovedAndCancelled(t *testing.T) {
	s := newScene().held(0).meeting(Booked, at13(2027, 3, 11))
	m := &s.Meetings[0]
	m.MovedFrom, m.Sequence = at13(2027, 3, 4), 1
	s.act(MeetingBooked, m.ID.String(), "", s.days(6)).act(MeetingMoved, m.ID.String(), "", s.days(20))
	told := lines(s.Timeline(s.days(21), Applicant), MomentPast)
	require.Contains(t, told[len(told)-2], "Møde 1 blev aftalt til torsdag den 4. marts 2027")
	require.Contains(t, told[len(told)-1], "Møde 1 blev flyttet til torsdag den 11. marts 2027")

	m.Sequence = 2
	s.act(MeetingMoved, m.ID.String(), "", s.days(22))
	told = lines(s.Timeline(s.days(23), Applicant), MomentPast)
	require.Regexp(t, "Møde 1 blev aftalt$", told[len(told)-3], "the first date is no longer known")
	require.Regexp(t, "Møde 1 blev flyttet$", told[len(told)-2])

	m.State, m.Sequence = Cancelled, 3
	s.act(MeetingCancelled, m.ID.String(), "", s.days(24))
	told = lines(s.Timeline(s.days(25), Applicant), MomentPast)
	require.Contains(t, told[len(told)-1], "Møde 1 blev aflyst")
}

func TestOtherTurns(t *testing.T) {
	s := newScene().held(1)
	s.ExtraMeetings = 2
	s.act(ExtraMeetingsGranted, "", "", s.days(40)).
		act(ApplicationChanged, "", "edited", s.days(1)).
		act(AssessmentDecided, "", "waitlisted", s.days(2)).
		act(PartyReplaced, s.rep.String(), "replaced", s.days(30)).
		act(PartyLeft, s.leader.String(), "left", s.days(31)).
		act(ConsentAnswered, s.rep.String(), "fix", s.days(1)).
		act(ConsentAnswered, s.rep.String(), "not_me", s.days(1)).
		act(ConsultantReleased, "", "", s.days(32)).
		act(MeetingRegistered, s.Meetings[0].ID.String(), "corrected", s.days(41)).
		assigned(s.days(33)).Assignments[1].Consultant.Name = "Jonas Friis"
	applicant := strings.Join(lines(s.Timeline(at13(2027, 4, 1), Applicant)), "\n")
	staff := strings.Join(lines(s.Timeline(at13(2027, 4, 1), Staff)), "\n")
	for _, told := range []string{
		"Der er aftalt to ekstra møder", "Ansøgningen blev ændret, og begge svarer igen", "Ansøgningen kom på venteliste",
		"Medarbejderrepræsentanten blev skiftet ud", "Lederen er ikke længere på arbejdspladsen",
		"Medarbejderrepræsentanten bad om en rettelse", "var gået til den forkerte", "Vi finder en ny konsulent", "Jonas Friis blev jeres konsulent",
	} {
		require.Contains(t, applicant, told)
	}
	require.NotContains(t, applicant, "blev rettet")
	require.Contains(t, staff, "Møde 1 blev rettet")
	require.Contains(t, staff, "Konsulent skiftet fra Karen Lund til Jonas Friis")
	require.Contains(t, staff, "Karen Lund blev konsulent")
	require.NotContains(t, staff, "jeres", "they are not the ones who read it")
	require.Contains(t, staff, "Kontaktperson skiftet: medarbejderrepræsentanten; det gamle link virker ikke")
}

func TestClosedAndErased(t *testing.T) {
	s := newScene().asked().to(Lapsed, sceneStart.AddDate(0, 0, 22))
	require.Equal(t, []string{"Tirsdag den 15. juni 2027: Personoplysningerne bliver slettet"},
		lines(s.Timeline(s.days(30), Applicant), MomentNext))
	after := s.EraseAt().AddDate(0, 0, 1)
	require.NotContains(t, lines(s.Timeline(after, Applicant))[3], "slettet")
	for i := range s.Parties {
		s.Parties[i].Contact = Contact{}
	}
	told := lines(s.Timeline(after, Applicant))
	require.Contains(t, told[len(told)-1], "Oplysningerne er slettet")
	require.Contains(t, told[len(told)-2], "Fristen for at svare udløb")

	s = newScene().asked().to(Withdrawn, sceneStart.AddDate(0, 0, 2)).to(AwaitingConsent, sceneStart.AddDate(0, 0, 4))
	told = lines(s.Timeline(s.days(5), Applicant), MomentPast)
	require.Contains(t, told[len(told)-1], "Sagen blev åbnet igen")
}

// Whatever a forløb has been through, its timeline is in order and whole.
func TestTimelinesAreInOrderAndWhole(t *testing.T) {
	for _, scene := range waitingScenes() {
		for _, a := range []Audience{Applicant, Staff} {
			inOrder(t, scene.s.Timeline(scene.now, a), scene.now)
		}
	}
}

func inOrder(t *testing.T, moments []Moment, now time.Time) {
	t.Helper()
	var last time.Time
	for _, m := range moments {
		require.NotEmpty(t, m.When)
		require.NotEmpty(t, m.Text)
		require.NotContains(t, m.When, " 1. januar 1")
		if !m.At.IsZero() {
			require.False(t, m.At.Before(last), "%q comes too late", m.Text)
			last = m.At
		}
		if m.Kind == MomentPast {
			require.False(t, m.At.After(now), "%q has not happened", m.Text)
		}
	}
}

func TestOneExtraMeetingAndOneInvitation(t *testing.T) {
	s, now := wholeCourse()
	s.ExtraMeetings = 1
	s.Invitations = s.Invitations[:1]
	s.act(ExtraMeetingsGranted, "", "", s.days(40))
	told := lines(s.Timeline(now, Applicant), MomentPast)
	require.Contains(t, strings.Join(told, "\n"), "Der er aftalt ét ekstra møde")
	require.Contains(t, told[len(told)-1], "Spørgeskemaet er besvaret")
}

func TestUnknownReferencesAreToldWithoutNames(t *testing.T) {
	s := newScene().act(PartyLeft, uuid.NewString(), "left", sceneStart).act(MeetingCancelled, "nonsense", "", sceneStart).act(MailSettled, "99", "let_be", sceneStart)
	staff := strings.Join(lines(s.Timeline(s.days(1), Staff)), "\n")
	require.Contains(t, staff, "En part er ikke længere på arbejdspladsen")
	require.Contains(t, staff, "Et møde blev aflyst")
	require.Contains(t, staff, "En mail bliver ikke sendt igen")
}
