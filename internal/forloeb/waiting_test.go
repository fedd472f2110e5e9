package forloeb

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// waitingScene is a forløb, the moment it is looked at, and what it says.
type waitingScene struct {
	key  WaitKey
	s    *scene
	now  time.Time
	want string
}

func (w waitingScene) waiting() Waiting {
	if w.key.Self() {
		return w.s.WaitingFor(w.s.Party(w.s.leader), w.now)
	}
	return w.s.Waiting(w.now)
}

// with changes a scene in passing.
func (s *scene) with(change func(s *scene)) *scene { change(s); return s }

func (s *scene) assessed() *scene {
	s.Policy.Intake = Assessed
	return s.asked().says(s.leader, Yes, s.days(1)).says(s.rep, Yes, s.days(3)).to(AwaitingAssessment, s.days(3))
}

// queued has neither party asked yet.
func (s *scene) queued() *scene {
	for _, p := range s.CurrentParties() {
		s.post(MailConsentRequest, p.ID, s.askOrdinal(p), MailPlanned, s.start)
	}
	return s
}

func (s *scene) edited(at time.Time) *scene {
	s.Application.Revision, s.Application.At = 2, at
	for _, p := range s.CurrentParties() {
		s.post(MailChanged, p.ID, s.askOrdinal(p), MailSent, at)
	}
	return s
}

// waitingScenes reach every key of the catalogue.
func waitingScenes() []waitingScene {
	d := func(n int) time.Time { return sceneStart.AddDate(0, 0, n).Add(time.Hour) }
	march := at13(2027, 3, 31)
	june := time.Date(2027, 6, 30, 12, 0, 0, 0, Copenhagen)
	return []waitingScene{
		{WaitProcessing, newScene().asked().with(func(s *scene) { s.says(s.leader, Yes, s.days(1)).Version++ }), d(1),
			"Vi behandler det, der kom ind tirsdag den 24. november 2026 kl. 14.30. Siden opdaterer sig selv; ellers genindlæs den om lidt."},

		{WaitPaused, newScene().planning().paused(d(9)), d(10),
			"Forløbet har holdt pause siden onsdag den 2. december 2026. Det går videre mandag den 1. februar 2027. Pausens dage tæller ikke med i fristerne, og ingen bliver mindet om noget imens."},
		{WaitConsentSelf, newScene().asked(), d(0),
			"Du fik mailen mandag den 23. november 2026. Svar senest mandag den 14. december 2026, så kommer ansøgningen videre."},
		{WaitConsentNone, newScene().asked(), d(0),
			"Vi venter på svar fra lederen og medarbejderrepræsentanten, som fik mailen mandag den 23. november 2026. Vi minder om det torsdag den 26. november 2026, og fristen er mandag den 14. december 2026."},
		{WaitConsentOne, newScene().asked().with(func(s *scene) { s.says(s.leader, Yes, s.days(1)) }), d(1),
			"Den ene part har bekræftet, og vi venter på medarbejderrepræsentanten, som fik mailen mandag den 23. november 2026. Vi minder om det torsdag den 26. november 2026, og fristen er mandag den 14. december 2026."},
		{WaitConsentLast, newScene().asked().with(func(s *scene) {
			s.says(s.leader, Yes, s.days(1)).remind(s.rep, 1, s.days(3)).remind(s.rep, 2, s.days(14))
		}), d(15),
			"Vi venter på medarbejderrepræsentanten, som fik den sidste påmindelse mandag den 7. december 2026. Kommer svaret ikke senest mandag den 14. december 2026, lukker ansøgningen."},
		{WaitConsentLast, newScene().asked().with(func(s *scene) {
			s.remind(s.leader, 2, s.days(14)).remind(s.rep, 2, s.days(14))
		}), d(15),
			"Vi venter på lederen og medarbejderrepræsentanten, som fik den sidste påmindelse mandag den 7. december 2026. Kommer svaret ikke senest mandag den 14. december 2026, lukker ansøgningen."},
		{WaitConsentLate, newScene().asked(), d(22),
			"Fristen for at svare var mandag den 14. december 2026. Ansøgningen lukker om lidt."},
		{WaitConsentQueued, newScene().queued(), d(0),
			"Mailen til lederen og medarbejderrepræsentanten bliver sendt mandag den 23. november 2026. Fristen for at svare er mandag den 14. december 2026."},
		{WaitConsentQueuedLate, newScene().queued(), d(1),
			"Mailen til lederen og medarbejderrepræsentanten er forsinket. Fristen for at svare løber først, når den er sendt."},
		{WaitConsentHeld, newScene().asked().with(func(s *scene) {
			m := s.askMail(s.Party(s.rep))
			m.State, m.SentAt, m.Held = MailPlanned, time.Time{}, true
		}), d(0),
			"Mailen til medarbejderrepræsentanten venter. Sekretariatet ser på det først, senest onsdag den 25. november 2026, og fristen løber først fra den dag."},
		{WaitConsentBounced, newScene().asked().with(func(s *scene) { s.lost(MailConsentRequest, s.rep, MailFailed, s.days(1)) }), d(1),
			"Mailen til medarbejderrepræsentanten kom retur tirsdag den 24. november 2026. Sekretariatet finder den rigtige adresse senest torsdag den 26. november 2026, og fristen bliver forlænget."},
		{WaitConsentUncertain, newScene().asked().with(func(s *scene) { s.lost(MailConsentRequest, s.rep, MailUncertain, s.days(1)) }), d(1),
			"Vi ved ikke, om mailen til medarbejderrepræsentanten nåede frem tirsdag den 24. november 2026. Sekretariatet afgør senest torsdag den 26. november 2026, om den skal sendes igen, og fristen står stille imens."},
		{WaitConsentWrong, newScene().asked().with(func(s *scene) { s.Party(s.rep).NotMeAt = s.days(1) }), d(1),
			"Modtageren skrev tirsdag den 24. november 2026, at mailen var gået til den forkerte. Sekretariatet finder den rette senest torsdag den 26. november 2026."},
		{WaitConsentFix, newScene().asked().with(func(s *scene) { s.Party(s.rep).FixAskedAt = s.days(1) }), d(1),
			"Medarbejderrepræsentanten bad om en rettelse tirsdag den 24. november 2026. Når teksten er rettet, får begge en ny mail, senest torsdag den 26. november 2026."},
		{WaitConsentChanged, newScene().asked().edited(d(2)), d(2),
			"Ansøgningen blev ændret onsdag den 25. november 2026, og derfor skal begge svare igen. Fristen er onsdag den 16. december 2026."},

		{WaitConsentPhone, newScene().asked().with(func(s *scene) { s.says(s.leader, Yes, s.days(1)).saysOnTheTelephone(s.rep, Yes, s.days(1)) }), d(1),
			"Sekretariatet noterede svaret fra medarbejderrepræsentanten i telefonen tirsdag den 24. november 2026. Er det forkert, kan medarbejderrepræsentanten rette det til og med tirsdag den 1. december 2026; derefter går sagen videre."},
		{WaitConsentPhoneLate, newScene().asked().with(func(s *scene) { s.says(s.leader, Yes, s.days(1)).saysOnTheTelephone(s.rep, Yes, s.days(1)) }), d(9),
			"Det svar, der blev noteret i telefonen, gælder nu. Sagen går videre om lidt."},

		{WaitJoinQuorum, newShared(3).joining().with(func(s *scene) {}), d(1),
			"0 af 3 arbejdspladser har bekræftet. Forløbet går i gang, når 2 er med, senest tirsdag den 15. december 2026."},
		{WaitJoinOne, newShared(3).joining().seenByFirst(), d(3),
			"Jeres arbejdsplads bekræftede torsdag den 26. november 2026, og vi venter på de andre til og med tirsdag den 15. december 2026. Forløbet kan godt starte uden dem alle."},
		{WaitAssessPool, newScene().assessed(), d(4),
			"Begge bekræftede torsdag den 26. november 2026, og sekretariatet vurderer ansøgningen. I får svar senest mandag den 4. januar 2027."},
		{WaitAssessPoolLate, newScene().assessed().with(func(s *scene) { s.post(MailStillWaiting, s.leader, 1, MailSent, s.days(42)) }), d(50),
			"Ansøgningen skulle have været vurderet mandag den 4. januar 2027. Sekretariatet giver jer besked senest torsdag den 4. februar 2027."},
		{WaitAssessWaitlist, newScene().assessed().with(func(s *scene) { s.Decision, s.DecidedAt = Waitlist, s.days(10) }), d(11),
			"Ansøgningen har stået på venteliste siden torsdag den 3. december 2026. Den bliver vurderet igen mandag den 4. januar 2027, og I hører fra os hver måned."},

		{WaitAssignSearching, newScene().agreed(), d(3),
			"Begge bekræftede torsdag den 26. november 2026, og vi er ved at finde en konsulent. I hører fra os senest mandag den 4. januar 2027."},
		{WaitAssignFull, newScene().agreed().with(func(s *scene) { s.MatchTriedAt = s.days(4) }), d(4),
			"Vi har ledt efter en konsulent siden torsdag den 26. november 2026, men ingen med plads passer til tema og område. Vi prøver igen mandag den 30. november 2026, og I hører fra os senest mandag den 4. januar 2027, også hvis vi stadig leder."},
		{WaitAssignOffered, newScene().agreed().offered(d(3)), d(4),
			"En konsulent er spurgt torsdag den 26. november 2026. Uden et nej senest mandag den 30. november 2026 er forløbet konsulentens, og parterne får besked."},
		{WaitAssignManual, newScene().agreed().with(func(s *scene) { s.Policy.Assignment = Proposed }), d(4),
			"Begge bekræftede torsdag den 26. november 2026, og sekretariatet vælger en konsulent senest mandag den 4. januar 2027."},
		{WaitAssignProvider, newScene().agreed().regional(), d(4),
			"NFA vælger en ekspert senest mandag den 4. januar 2027. Begge bekræftede torsdag den 26. november 2026."},

		{WaitPlanContact, newScene().planning(), d(4),
			"Konsulenten blev valgt torsdag den 26. november 2026 og kontakter arbejdspladsen senest torsdag den 3. december 2026 for at aftale det første møde."},
		{WaitPlanContactLate, newScene().planning(), d(11),
			"Det første møde skulle have været aftalt senest torsdag den 3. december 2026. Sekretariatet ved det og følger op senest mandag den 14. december 2026."},
		{WaitPlanStartBy, newScene().planning(), d(40),
			"Konsulenten blev valgt torsdag den 26. november 2026, men det første møde er ikke aftalt. Det skal holdes senest onsdag den 26. maj 2027; sekretariatet følger op."},
		{WaitPlanStartByLate, newScene().planning(), d(185),
			"Det første møde skulle have været holdt senest onsdag den 26. maj 2027. Sekretariatet ved det og følger op senest fredag den 28. maj 2027."},
		{WaitReassign, newScene().planning().with(func(s *scene) { s.meeting(Booked, s.days(30)).assigned(s.days(20)) }), d(20),
			"Forløbet fik en ny konsulent søndag den 13. december 2026, som kontakter arbejdspladsen senest fredag den 18. december 2026. Aftalte møder står fast; det næste er onsdag den 23. december 2026."},
		{WaitReassign, newScene().planning().with(func(s *scene) { s.assigned(s.days(20)) }), d(20),
			"Forløbet fik en ny konsulent søndag den 13. december 2026, som kontakter arbejdspladsen senest fredag den 18. december 2026."},

		{WaitMeetNext, newScene().held(1).meeting(Booked, at13(2027, 4, 22)), march.AddDate(0, 0, 1),
			"Møde 2 af 4 er torsdag den 22. april 2027. Vi minder om det tirsdag den 20. april 2027."},
		{WaitMeetNext, newScene().held(1).meeting(Booked, at13(2027, 4, 22)), at13(2027, 4, 21),
			"Møde 2 af 4 er torsdag den 22. april 2027."},
		{WaitMeetToday, newScene().held(1).meeting(Booked, at13(2027, 4, 22)), at13(2027, 4, 22).Add(-time.Hour),
			"Møde 2 af 4 er i dag kl. 13.00. Bagefter noterer konsulenten, at det er holdt."},
		{WaitMeetRegister, newScene().held(1).meeting(Booked, at13(2027, 4, 22)), at13(2027, 4, 23),
			"Møde 2 var torsdag den 22. april 2027. Konsulenten noterer senest fredag den 30. april 2027, om det blev holdt."},
		{WaitMeetRegisterLate, newScene().held(1).meeting(Booked, at13(2027, 4, 22)), at13(2027, 5, 4),
			"Møde 2 var torsdag den 22. april 2027 og er ikke noteret endnu. Sekretariatet følger op senest tirsdag den 4. maj 2027."},
		{WaitMeetUnplanned, newScene().held(2), march.AddDate(0, 0, 1),
			"2 af 4 møder er holdt, det seneste onsdag den 31. marts 2027, og det næste er ikke aftalt. Konsulenten foreslår en dato senest torsdag den 15. april 2027."},
		{WaitMeetUnplannedLate, newScene().held(2), march.AddDate(0, 0, 20),
			"Der har ikke været et møde i kalenderen siden onsdag den 31. marts 2027. Sekretariatet følger op senest fredag den 30. april 2027."},
		{WaitMeetCancelled, newScene().held(1).meeting(Cancelled, at13(2027, 4, 7)), at13(2027, 4, 8),
			"Mødet onsdag den 7. april 2027 er aflyst. Konsulenten finder en ny dato senest torsdag den 22. april 2027."},
		{WaitMeetNoShow, newScene().held(1).meeting(NoShow, at13(2027, 4, 7)), at13(2027, 4, 8),
			"Mødet onsdag den 7. april 2027 blev ikke holdt og tæller ikke med. Konsulenten aftaler et nyt senest torsdag den 22. april 2027."},

		{WaitContactReplace, newScene().held(1).with(func(s *scene) { s.Party(s.leader).LeftAt = at13(2027, 4, 6) }), at13(2027, 4, 7),
			"Lederen er ved at blive skiftet ud, meldt tirsdag den 6. april 2027. Forløbet fortsætter; den nye kontaktperson får en mail senest torsdag den 8. april 2027."},
		{WaitContactSelf, newScene().held(1).with(func(s *scene) { s.Party(s.leader).Consent = nil }), at13(2027, 4, 7),
			"Du er ny kontaktperson, og vi venter på dit ja. Læs, hvad det går ud på; forløbet fortsætter imens."},

		{WaitEvalRest, newScene().held(4).to(AwaitingEvaluation, march.Add(4*time.Hour)), march.AddDate(0, 1, 0),
			"Det sidste møde var onsdag den 31. marts 2027, og spørgeskemaet kommer onsdag den 30. juni 2027 kl. 9.00. Indtil da arbejder I videre på egen hånd."},
		{WaitEvalRestLate, newScene().held(4).to(AwaitingEvaluation, march.Add(4*time.Hour)), march.AddDate(0, 4, 0),
			"Det sidste møde var onsdag den 31. marts 2027, og spørgeskemaet skulle være kommet onsdag den 30. juni 2027. I får det så snart som muligt."},
		{WaitEvalSelf, newScene().evaluating(), june,
			"Spørgeskemaet blev sendt til dig onsdag den 30. juni 2027. Det tager fem minutter og lukker lørdag den 28. august 2027."},
		{WaitEvalQueued, newScene().evaluating().with(func(s *scene) {
			for i := range s.Mails {
				if s.Mails[i].Kind == MailEvaluationRequest {
					s.Mails[i].State, s.Mails[i].SentAt = MailPlanned, time.Time{}
				}
			}
		}), june,
			"Spørgeskemaet er på vej. Fristen for at svare løber først, når det er sendt."},
		{WaitEvalNone, newScene().evaluating(), june,
			"Spørgeskemaet blev sendt onsdag den 30. juni 2027, og vi venter på svar fra begge parter. Vi minder om det mandag den 9. august 2027, og det lukker lørdag den 28. august 2027."},
		{WaitEvalOne, newScene().evaluating().with(func(s *scene) { s.Invitations[0].AnsweredAt = june }), june.Add(time.Hour),
			"Spørgeskemaet blev sendt onsdag den 30. juni 2027, og én af to har svaret. Vi minder den anden om det mandag den 9. august 2027, og det lukker lørdag den 28. august 2027."},
		{WaitEvalMissing, newScene().evaluating().with(func(s *scene) { s.Invitations[0].RefusedAt = june }), june.Add(time.Hour),
			"Spørgeskemaet blev sendt onsdag den 30. juni 2027, og vi mangler ét svar. Vi minder om det mandag den 9. august 2027, og det lukker lørdag den 28. august 2027."},
		{WaitEvalLast, newScene().evaluating().with(func(s *scene) {
			for _, p := range s.CurrentParties() {
				s.post(MailEvaluationReminder, p.ID, 12, MailSent, june.AddDate(0, 1, 14))
			}
		}), june.AddDate(0, 1, 15),
			"Spørgeskemaet blev sendt onsdag den 30. juni 2027, og alle påmindelser er sendt. Det lukker lørdag den 28. august 2027, og så slutter forløbet, også hvis der mangler svar."},
		{WaitEvalLate, newScene().evaluating(), june.AddDate(0, 3, 0),
			"Spørgeskemaet lukkede lørdag den 28. august 2027. Forløbet slutter om lidt."},
		{WaitEvalBounced, newScene().evaluating().with(func(s *scene) { s.lost(MailEvaluationRequest, s.rep, MailFailed, june) }), june,
			"Spørgeskemaet til medarbejderrepræsentanten kom retur onsdag den 30. juni 2027. Sekretariatet finder den rigtige adresse senest fredag den 2. juli 2027, og fristen bliver forlænget."},
		{WaitEvalUncertain, newScene().evaluating().with(func(s *scene) { s.lost(MailEvaluationRequest, s.rep, MailUncertain, june) }), june,
			"Vi ved ikke, om spørgeskemaet nåede frem til medarbejderrepræsentanten onsdag den 30. juni 2027. Sekretariatet afgør senest fredag den 2. juli 2027, om det skal sendes igen."},

		{WaitDoneCompleted, newScene().evaluating().to(Completed, june.AddDate(0, 0, 9)), june.AddDate(0, 0, 10),
			"Forløbet sluttede fredag den 9. juli 2027. Vi sletter personoplysningerne mandag den 9. juli 2029."},
		{WaitDoneDeclined, newScene().asked().with(func(s *scene) { s.says(s.rep, No, s.days(1)).to(Declined, s.days(1)) }), d(2),
			"Ansøgningen blev ikke bekræftet af begge og lukkede tirsdag den 24. november 2026. I kan søge igen. Vi sletter oplysningerne mandag den 24. maj 2027."},
		{WaitDoneLapsed, newScene().asked().to(Lapsed, d(22)), d(23),
			"Fristen for at bekræfte udløb mandag den 14. december 2026. I kan bede sekretariatet åbne ansøgningen igen til og med torsdag den 14. januar 2027 eller søge på ny. Vi sletter oplysningerne tirsdag den 15. juni 2027."},
		{WaitDoneLapsed, newScene().asked().to(Lapsed, d(22)), d(60),
			"Fristen for at bekræfte udløb mandag den 14. december 2026. I kan søge på ny. Vi sletter oplysningerne tirsdag den 15. juni 2027."},
		{WaitDoneRejected, newScene().assessed().to(Rejected, d(10)), d(11),
			"Ansøgningen fik afslag torsdag den 3. december 2026. Begrundelsen står i brevet. Vi sletter oplysningerne torsdag den 3. juni 2027."},
		{WaitDoneWithdrawn, newScene().agreed().to(Withdrawn, d(10)), d(11),
			"Ansøgningen blev trukket tilbage torsdag den 3. december 2026. Vi sletter oplysningerne torsdag den 3. juni 2027."},
		{WaitDoneStopped, newScene().held(1).to(Stopped, march.AddDate(0, 0, 1)), march.AddDate(0, 0, 2),
			"Forløbet blev stoppet torsdag den 1. april 2027. Vi sletter oplysningerne fredag den 1. oktober 2027."},
	}
}

// catalogueKeys are the keys as they stand in the source.
func catalogueKeys(t *testing.T) (keys []WaitKey) {
	for _, c := range constants(t, "waiting_text.go") {
		require.Equal(t, "WaitKey", c.typ)
		keys = append(keys, WaitKey(c.value))
	}
	require.NotEmpty(t, keys)
	return keys
}

func TestEveryKeyIsReachedAndSpeaks(t *testing.T) {
	reached := map[WaitKey]bool{}
	for _, w := range waitingScenes() {
		got := w.waiting()
		require.Equal(t, w.key, got.Key, "the scene for: %s", w.want)
		require.Equal(t, w.want, got.Sentence())
		reached[got.Key] = true
	}
	for _, key := range catalogueKeys(t) {
		require.True(t, reached[key], "no facts lead to %s", key)
	}
	require.Len(t, waitCatalogue, len(reached))
}

// Every sentence is whole with every date, and with those left out that have
// passed.
func TestSentencesHaveNoHoles(t *testing.T) {
	day := time.Date(2027, 3, 11, 13, 0, 0, 0, Copenhagen)
	for _, key := range catalogueKeys(t) {
		for _, side := range []Side{Leader, Rep, ""} {
			whole(t, Waiting{Key: key, Side: side, Since: day, Next: day, Deadline: day, At: day, N: 2, M: 4, K: 1})
		}
	}
}

// cut is a preposition whose date is missing.
var cut = regexp.MustCompile(` (senest|siden|inden|on|by|until|since)[.,;]`)

func whole(t *testing.T, w Waiting) {
	t.Helper()
	for _, text := range []string{w.Sentence(), w.Short(), w.English()} {
		if text == "" || !strings.HasSuffix(text, ".") || hole.MatchString(text) || cut.MatchString(text) {
			require.Fail(t, "not a whole sentence", "%q of %+v", text, w)
		}
	}
}

// Whatever day a forløb is looked at, nobody is promised a day that is over.
//
// Complaint K26.
func TestNoDateInThePastIsPromised(t *testing.T) {
	for _, scene := range waitingScenes() {
		for _, days := range []int{0, 1, 2, 3, 5, 8, 13, 15, 21, 30, 45, 70, 100, 190, 300, 500, 1000} {
			now := scene.now.AddDate(0, 0, days)
			for _, p := range []*Party{nil, scene.s.Party(scene.s.leader), scene.s.Party(scene.s.rep)} {
				w := scene.s.WaitingFor(p, now)
				whole(t, w)
				require.False(t, passed(w.Next, now), "%s on %s", w.Key, now)
				require.False(t, passed(w.Deadline, now) && !w.Key.Late(), "%s on %s", w.Key, now)
			}
			whole(t, scene.s.Waiting(now))
		}
	}
}

// The sentence is stored with the row: it must not change from one moment to
// the next, or the workflow would write for ever.
func TestWaitingIsTheSameAllDay(t *testing.T) {
	for _, scene := range waitingScenes() {
		morning := time.Date(2027, 4, 12, 8, 0, 0, 0, Copenhagen)
		require.Equal(t, scene.s.Waiting(morning), scene.s.Waiting(morning.Add(15*time.Hour)), "%s", scene.key)
	}
}

func TestOnlyThePartyWeWaitForIsAsked(t *testing.T) {
	s := newScene().asked()
	s.says(s.leader, Yes, s.days(1))
	now := s.days(1)
	require.Equal(t, WaitConsentOne, s.WaitingFor(s.Party(s.leader), now).Key)
	require.Equal(t, WaitConsentSelf, s.WaitingFor(s.Party(s.rep), now).Key)
	require.Equal(t, WaitConsentOne, s.WaitingFor(nil, now).Key)

	s.Version++
	require.Equal(t, WaitProcessing, s.WaitingFor(s.Party(s.rep), now).Key, "a fact has still to be acted on")
}

func TestApplicantsAreNotToldWhatIsForStaff(t *testing.T) {
	s := newScene().evaluating()
	june := time.Date(2027, 6, 30, 12, 0, 0, 0, Copenhagen)
	s.lost(MailEvaluationRequest, s.rep, MailUncertain, june)
	s.Invitations[0].AnsweredAt = june
	require.Equal(t, WaitEvalUncertain, s.Waiting(june).Key)
	require.NotEqual(t, WaitEvalUncertain, s.WaitingFor(s.Party(s.leader), june).Key)
	whole(t, s.WaitingFor(s.Party(s.leader), june))
}

func TestShortStandsAlone(t *testing.T) {
	s := newScene().held(4).to(AwaitingEvaluation, at13(2027, 3, 31).Add(4*time.Hour))
	require.Equal(t, "Det sidste møde var onsdag den 31. marts 2027, og spørgeskemaet kommer onsdag den 30. juni 2027 kl. 9.00.",
		s.Waiting(at13(2027, 4, 20)).Short())
	s = newScene().held(1).meeting(Booked, at13(2027, 4, 22))
	require.Equal(t, "Møde 2 af 4 er i dag kl. 13.00.", s.Waiting(at13(2027, 4, 22)).Short())
}

func TestFactsRuleOverStatus(t *testing.T) {
	s := newScene().held(2).meeting(Booked, at13(2027, 4, 22))
	s.Party(s.rep).LeftAt = at13(2027, 4, 6)
	require.Equal(t, WaitContactReplace, s.Waiting(at13(2027, 4, 7)).Key)
	require.Equal(t, WaitMeetNext, s.Waiting(at13(2027, 4, 12)).Key, "after the promised day the forløb's own news counts")

	s = newScene().held(1).assigned(at13(2027, 4, 5))
	require.Equal(t, WaitReassign, s.Waiting(at13(2027, 4, 6)).Key)
	s.meeting(Booked, at13(2027, 4, 29)).Meetings[1].BookedAt = at13(2027, 4, 7)
	require.Equal(t, WaitMeetNext, s.Waiting(at13(2027, 4, 8)).Key)
}

func TestAFirstMeetingThatFellThrough(t *testing.T) {
	s := newScene().planning().meeting(Cancelled, s0(14))
	require.Equal(t, WaitMeetCancelled, s.Waiting(s0(16)).Key, "the consultant finds a new date")
	require.Equal(t, WaitPlanStartBy, s.Waiting(s0(60)).Key, "contact was made, so it is not late")
}

func TestAnApplicationLapsesOnItsDeadline(t *testing.T) {
	s := newScene().asked()
	s.lost(MailConsentRequest, s.rep, MailFailed, s.days(1)).to(Lapsed, s.days(40))
	require.Equal(t, "Fristen for at bekræfte udløb mandag den 14. december 2026.", s.Waiting(s.days(41)).Short())

	s = newScene().to(Lapsed, sceneStart.AddDate(0, 0, 22))
	require.Equal(t, s.ClosedAt(), s.Waiting(s.days(30)).Since, "nobody was ever asked")
}

func s0(days int) time.Time { return sceneStart.AddDate(0, 0, days) }

// The consultant is spoken to, and not of; all else is the same.
func TestTheConsultantReadsAboutThemselvesInTheSecondPerson(t *testing.T) {
	for _, w := range waitingScenes() {
		said, own := w.s.Waiting(w.now), w.s.Waiting(w.now).Own()
		_, differs := ownWords[said.Key]
		require.Equal(t, differs, said.Sentence() != own.Sentence(), w.key)
		require.Equal(t, said.English(), own.English(), w.key)
		if differs {
			require.NotContains(t, strings.ToLower(own.Sentence()), "konsulenten", w.key)
		}
	}
	rest := Waiting{Key: WaitMeetUnplanned, K: 2, M: 4, Since: day(2027, 3, 31), Deadline: day(2027, 4, 15)}
	require.Contains(t, rest.Own().Sentence(), "Du foreslår en dato senest")
	require.Contains(t, rest.Sentence(), "Konsulenten foreslår en dato senest")
}
