package forloeb

import (
	"strconv"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func TestTaskSentences(t *testing.T) {
	now := at13(2026, 12, 14)
	mailTask := func(s *scene, state MailState, code string) Task {
		s.Mails[0].State, s.Mails[0].Code = state, code
		return Task{Kind: TaskMail, Subject: mailSubject(&s.Mails[0])}
	}
	for _, c := range []struct {
		name string
		of   func(s *scene) Task
		want string
	}{
		{"refused", func(s *scene) Task { s.asked(); return mailTask(s, MailFailed, "550") },
			"Mailen »Bekræft ansøgningen« til lederen blev afvist: Adressen findes ikke. Fristen for at svare står stille imens."},
		{"refused without a word", func(s *scene) Task { s.agreed(); return mailTask(s, MailFailed, "") },
			"Mailen »Bekræft ansøgningen« til lederen blev afvist."},
		{"uncertain", func(s *scene) Task { s.agreed(); return mailTask(s, MailUncertain, "lost_after_data") },
			"Vi ved ikke, om mailen »Bekræft ansøgningen« til lederen nåede frem: Forbindelsen blev afbrudt, lige da den var sendt. Sender du igen, kan lederen få den to gange."},
		{"stuck", func(s *scene) Task { s.agreed(); return mailTask(s, MailPlanned, "421") },
			"Mailen »Bekræft ansøgningen« til lederen har ventet siden mandag den 23. november 2026 og er ikke kommet af sted: Modtagerens server tager ikke imod den lige nu."},
		{"held", func(s *scene) Task {
			s.asked()
			s.Mails[0].Held = true
			task := mailTask(s, MailPlanned, "")
			task.Kind = TaskMailHeld
			return task
		}, "Mailen »Bekræft ansøgningen« til lederen er holdt tilbage, fordi adressen har fået flere mails fra os i denne uge. Fristen for at svare står stille imens."},
		{"held for many applications", func(s *scene) Task {
			s.asked()
			s.Mails[0].Held = true
			task := mailTask(s, MailPlanned, CodeManyApplications)
			task.Kind = TaskMailHeld
			return task
		}, "Mailen »Bekræft ansøgningen« til lederen er holdt tilbage, fordi der er kommet usædvanlig mange ansøgninger på kort tid. Fristen for at svare står stille imens."},
		{"a mail that is gone", func(*scene) Task { return Task{Kind: TaskMail, Subject: "mail:9:0"} }, "En mail nåede ikke frem."},
		{"fix", func(s *scene) Task {
			s.Party(s.rep).FixAskedAt = s.days(1)
			return Task{Kind: TaskFix, Subject: s.rep.String() + ":1"}
		}, "Medarbejderrepræsentanten bad om en rettelse tirsdag den 24. november 2026. Når ansøgningen er rettet, svarer begge igen."},
		{"wrong person", func(s *scene) Task {
			s.Party(s.rep).NotMeAt = s.days(1)
			return Task{Kind: TaskWrongPerson, Subject: s.rep.String() + ":1"}
		}, "Modtageren skrev tirsdag den 24. november 2026, at mailen til medarbejderrepræsentanten var gået til den forkerte."},
		{"left", func(s *scene) Task {
			s.Party(s.leader).LeftAt = s.days(1)
			return Task{Kind: TaskPartyLeft, Subject: s.leader.String()}
		}, "Lederen er ikke længere på arbejdspladsen, meldt tirsdag den 24. november 2026. Forløbet fortsætter, men mangler en kontaktperson."},
		{"no from a new person", func(s *scene) Task {
			s.Party(s.leader).ReplacesParty = uuid.New()
			return Task{Kind: TaskPartyLeft, Subject: s.leader.String() + ":no"}
		},
			"Lederen er ny kontaktperson og har svaret nej. Tal med arbejdspladsen om, hvem der skal tage over."},
		{"no in place of what was noted", func(s *scene) Task { return Task{Kind: TaskPartyLeft, Subject: s.leader.String() + ":no"} },
			"Lederen har svaret nej, efter at forløbet gik videre. Tal med arbejdspladsen om, hvordan det skal fortsætte."},
		{"what was noted is wrong", func(s *scene) Task {
			s.Party(s.rep).ContestedAt = s.days(1)
			return Task{Kind: TaskContested, Subject: s.rep.String() + ":1"}
		}, "Medarbejderrepræsentanten skrev tirsdag den 24. november 2026, at det svar, der blev noteret i telefonen, ikke passer. Det gælder ikke mere. Ring, og hør, hvad der er rigtigt."},
		{"signature", func(s *scene) Task { return Task{Kind: TaskSignature, Subject: s.leader.String() + ":1"} },
			"Underskriften under svaret fra lederen er en anden end navnet på ansøgningen. Det er tit uskyldigt. Konsulenten kan spørge ved første kontakt."},
		{"shared mailbox", func(s *scene) Task { return Task{Kind: TaskSharedMailbox, Subject: s.rep.String() + ":1"} },
			"Svaret fra medarbejderrepræsentanten kom fra en adresse, der ligner en fælles postkasse. Det er tit uskyldigt. Konsulenten kan spørge ved første kontakt."},
		{"private mailbox", func(s *scene) Task { return Task{Kind: TaskPrivateMailbox, Subject: s.leader.String() + ":1"} },
			"Svaret fra lederen kom fra en privat mailadresse. Det er tit uskyldigt. Konsulenten kan spørge ved første kontakt."},
		{"same device", func(s *scene) Task { return Task{Kind: TaskSameDevice, Subject: s.rep.String() + ":1"} },
			"Svaret fra medarbejderrepræsentanten kom fra samme browser som det andet og kort efter. Det er tit uskyldigt: De sad sammen. Konsulenten kan spørge ved første kontakt."},
		{"nobody known", func(*scene) Task { return Task{Kind: TaskFix, Subject: "x"} }, "Ansøgningen skal rettes."},
		{"assess", func(s *scene) Task { s.agreed(); return Task{Kind: TaskAssess} },
			"Begge bekræftede torsdag den 26. november 2026, og ansøgningen venter på en afgørelse."},
		{"nobody has room", func(s *scene) Task {
			s.agreed()
			s.Application.Themes = []ThemeCode{ThemeCooperation, ThemeLoneWork}
			return Task{Kind: TaskNoConsultant}
		}, "Ingen konsulent med plads dækker samarbejde og alenearbejde i Region Midtjylland."},
		{"to be chosen", func(s *scene) Task { s.Policy.Assignment = Proposed; return Task{Kind: TaskNoConsultant} },
			"Forløbet venter på, at sekretariatet vælger en konsulent."},
		{"no place", func(s *scene) Task { s.Workplaces[0].Municipality = ""; return Task{Kind: TaskNoConsultant} },
			"Ingen konsulent med plads dækker tema og område."},
		{"first meeting", func(s *scene) Task { s.planning(); return Task{Kind: TaskFirstMeeting} },
			"Karen Lund har ikke aftalt et første møde. Det er 12 hverdage siden tildelingen."},
		{"start", func(s *scene) Task { s.planning(); return Task{Kind: TaskStart} },
			"Forløbet skulle være begyndt senest onsdag den 26. maj 2027, men der er ikke holdt et møde."},
		{"register", func(s *scene) Task {
			s.held(1).meeting(Booked, at13(2027, 4, 14))
			return Task{Kind: TaskRegister, Subject: s.Meetings[1].ID.String() + ":0"}
		}, "Møde 2 var onsdag den 14. april 2027. Konsulenten er spurgt to gange."},
		{"register what is gone", func(*scene) Task { return Task{Kind: TaskRegister, Subject: "x"} },
			"Et møde er ikke noteret. Konsulenten er spurgt to gange."},
		{"next meeting", func(s *scene) Task { s.held(2); return Task{Kind: TaskNextMeeting} },
			"Der har ikke været et møde i kalenderen siden onsdag den 31. marts 2027. Konsulenten er mindet om det."},
		{"open too long", func(s *scene) Task { s.held(2); return Task{Kind: TaskOpenTooLong} },
			"Forløbet har været i gang siden torsdag den 26. november 2026. Tal med konsulenten om, hvornår det slutter."},
		{"nobody answered", func(*scene) Task { return Task{Kind: TaskNobodyAnswered} }, "Spørgeskemaet lukkede, uden at nogen svarede."},
		{"reopen", func(s *scene) Task { s.asked().to(Lapsed, s.days(21)); return Task{Kind: TaskReopenAsked} },
			"En af parterne har bedt om, at sagen bliver åbnet igen. Det kan den til og med onsdag den 13. januar 2027."},
	} {
		s := newScene()
		task := c.of(s)
		require.Equal(t, c.want, s.TaskSentence(task, now), c.name)
	}
}

// Every kind of task says something on a forløb that knows nothing of it.
func TestEveryTaskHasASentence(t *testing.T) {
	for _, c := range constants(t, "codes.go") {
		if c.typ != "TaskKind" {
			continue
		}
		sentence := newScene().TaskSentence(Task{Kind: TaskKind(c.value)}, sceneStart)
		require.Greater(t, len(sentence), 10, c.value)
		require.NotContains(t, sentence, "{", c.value)
		require.NotContains(t, sentence, "  ", c.value)
	}
}

func TestInvited(t *testing.T) {
	s := newScene().planning().meeting(Booked, at13(2027, 1, 12))
	m := &s.Meetings[0]
	told := func(kind MailKind, to uuid.UUID, state MailState) {
		s.post(kind, to, int64(len(s.Mails)), state, s.days(5)).Mails[len(s.Mails)-1].Ref = m.ID.String()
	}
	require.Empty(t, s.Invited(m))
	told(MailMeetingInvitation, s.leader, MailPlanned)
	require.Empty(t, s.Invited(m), "it has not left")
	s.Mails[len(s.Mails)-1].State = MailSending
	told(MailMeetingInvitation, s.rep, MailSent)
	told(MailMeetingMoved, s.rep, MailCancelled)
	told(MailMeetingInvitation, s.consultant, MailSent)
	require.Equal(t, []uuid.UUID{s.leader, s.rep, s.consultant}, s.Invited(m))
	told(MailMeetingCancelled, s.consultant, MailPlanned)
	require.Equal(t, []uuid.UUID{s.leader, s.rep}, s.Invited(m))
	s.Party(s.leader).LeftAt = s.days(6)
	require.Equal(t, []uuid.UUID{s.rep}, s.Invited(m))
}

// Every sentence is about somebody, or about a date alone.
func TestWhomAForloebWaitsFor(t *testing.T) {
	alone := map[WaitKey]bool{
		WaitProcessing: true, WaitPaused: true, WaitConsentLate: true, WaitConsentQueued: true, WaitConsentQueuedLate: true, WaitConsentPhone: true, WaitConsentPhoneLate: true, WaitAssignSearching: true, WaitAssignFull: true,
		WaitMeetNext: true, WaitMeetToday: true, WaitEvalRest: true, WaitEvalRestLate: true, WaitEvalQueued: true, WaitEvalLate: true,
	}
	for _, key := range doneKeys {
		alone[key] = true
	}
	for key := range waitCatalogue {
		require.Equal(t, !alone[key], Waiting{Key: key}.Whom() != WhomNobody, string(key))
		require.Equal(t, alone[key], Waiting{Key: key}.Awaited() == "", string(key))
	}
	require.Equal(t, "konsulenten", Waiting{Key: WaitMeetRegister}.Awaited())
	require.Equal(t, "sekretariatet", Waiting{Key: WaitConsentBounced, Side: Rep}.Awaited())
	require.Equal(t, "lederen", Waiting{Key: WaitConsentOne, Side: Leader}.Awaited())
	require.Equal(t, "parterne", Waiting{Key: WaitConsentNone}.Awaited())
}

func TestWhyAMailDidNotArrive(t *testing.T) {
	for code, want := range map[string]string{
		"": "", "550": "Adressen findes ikke", "552": "Postkassen er fuld", "554": "Modtagerens server tager ikke imod den",
		"450": "Modtagerens server tager ikke imod den lige nu", "no_connection": "Modtagerens server svarer ikke",
	} {
		require.Equal(t, want, (&Mail{Code: code}).Reason(), code)
	}
}

func TestRemarks(t *testing.T) {
	s := newScene().asked()
	leader := s.leader
	require.Equal(t, "Lederen vil have rettet", s.RemarkTitle(Remark{Kind: "fix", Party: &leader}))
	require.Equal(t, "Hvorfor en part sagde fra", s.RemarkTitle(Remark{Kind: "withdraw"}))
	require.Equal(t, "Bemærkning", s.RemarkTitle(Remark{Kind: "unheard-of"}))
	require.True(t, Remark{Kind: "no"}.SecretariatOnly())
	require.False(t, Remark{Kind: "fix"}.SecretariatOnly())
	s.act(ForloebStopped, "", "", s.days(2))
	require.Equal(t, ForloebStopped, s.ActOf(Remark{Version: int64(len(s.Acts))}).Name)
	require.Nil(t, s.ActOf(Remark{Version: 99}))
}

func TestCounted(t *testing.T) {
	for n, want := range map[int]string{0: "ingen møder", 1: "ét møde", 4: "fire møder", 12: "12 møder"} {
		require.Equal(t, want, Counted(n, "ét møde", "møder"), strconv.Itoa(n))
	}
	require.Equal(t, "a, b og c", AndList([]string{"a", "b", "c"}))
}

// A mail that means nothing more is not sent again by hand either.
func TestAMootMailIsNotSettledBySending(t *testing.T) {
	s := newScene().asked()
	by, now := Actor{Kind: ActorSecretary}, s.days(4)
	s.Mails[1].State = MailFailed
	require.NoError(t, s.Judge(SettleMail{Mail: s.Mails[1].ID, Action: ResendMail}, by, now))
	s.says(s.rep, Yes, s.days(3))
	var refused *Refusal
	require.ErrorAs(t, s.Judge(SettleMail{Mail: s.Mails[1].ID, Action: ResendMail}, by, now), &refused)
	require.Equal(t, RefuseMailNotSettleable, refused.Code)
	s.Mails[1].State, s.Mails[1].Held = MailPlanned, true
	require.ErrorAs(t, s.Judge(SettleMail{Mail: s.Mails[1].ID, Action: ReleaseMail}, by, now), &refused)
	require.Equal(t, RefuseMailNotSettleable, refused.Code)
}
