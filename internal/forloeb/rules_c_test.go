package forloeb

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// The higher committees apply for a joint forløb, not for one workplace.
func TestC7OneWorkplaceAppliesForItself(t *testing.T) {
	for _, higher := range []Body{"main_med", "department_med", "sector_med", "area_med", "center_med", "other"} {
		require.Equal(t, []string{"body"}, wrong(applicationWith(func(s *Submission) { s.Body = higher }), applied), higher)
	}
}

func TestC9AWorkEnvironmentGroupApplies(t *testing.T) {
	require.Empty(t, applicationWith(func(s *Submission) { s.Body = AMGroup }).Check(applied))
}

// To any other consultant a forløb is not there, whatever they try.
func TestC11OnlyItsOwnConsultantCanTouchAForloeb(t *testing.T) {
	s, now := newScene().held(1), at13(2027, 4, 1)
	stranger := Actor{Kind: ActorConsultant, ID: uuid.NewString()}
	deeds := []Deed{meetingAt(at13(2027, 4, 21), time.Hour), GrantExtra{N: 1, Reason: "Mere tid."}, FinishMeetings{}, Release{Reason: "Ferie."}}
	for _, d := range deeds {
		require.NoError(t, s.Judge(d, s.byConsultant(), now))
		require.Equal(t, RefuseNotFound, refusal(t, s.Judge(d, stranger, now)))
	}
	former := s.byConsultant()
	s.consultant = uuid.New()
	s.assigned(now)
	for _, d := range deeds {
		require.NoError(t, s.Judge(d, s.byConsultant(), now))
		require.Equal(t, RefuseNotFound, refusal(t, s.Judge(d, former, now)))
	}
}

// Bullying stands in two themes of the document: both may be chosen.
func TestC13CooperationAndHarassmentCanBeChosenTogether(t *testing.T) {
	s := applicationWith(func(s *Submission) { s.Themes = []ThemeCode{ThemeHarassment, ThemeCooperation} })
	require.Empty(t, s.Check(applied))
	require.Equal(t, []ThemeCode{ThemeCooperation, ThemeHarassment}, s.Clean().Themes)
}

// The question about the situation asks how it touches the core task (see
// TestA5TheFormAsksAboutTheCoreTask in api): no theme goes without it.
func TestC14EveryApplicationTellsOfTheCoreTask(t *testing.T) {
	for _, theme := range openCodes(applied) {
		require.Equal(t, []string{"situation"}, wrong(applicationWith(func(s *Submission) {
			s.Themes, s.Situation = []ThemeCode{theme}, " \n "
		}), applied), theme)
	}
}

// A party who cannot come asks for another time, and the consultant hears of
// it; when the last meeting is over, both hear what follows.
func TestC17TheWorkplaceHasASayAndKnowsWhatFollows(t *testing.T) {
	s, m, now := ahead()
	wish := AskOtherTime{Party: s.rep, Meeting: m.ID, StartsAt: m.StartsAt}
	require.NoError(t, s.Judge(wish, Actor{Kind: ActorParty, ID: s.rep.String()}, now))
	s.asks(m, s.rep, 7, now)
	require.Len(t, s.wishes(now), 1)

	resting := newScene().held(4).to(AwaitingEvaluation, at13(2027, 3, 31).Add(4*time.Hour))
	told := map[uuid.UUID]bool{}
	for _, mail := range resting.Effects(Change{From: AwaitingEvaluation, To: AwaitingEvaluation, Now: at13(2027, 4, 1)}).Mails {
		if mail.Kind == MailMeetingsDone {
			told[mail.Recipient] = true
		}
	}
	require.Equal(t, map[uuid.UUID]bool{resting.leader: true, resting.rep: true}, told)
}

// How the forløb is arranged and followed up is written down, and everybody who
// takes part reads it, also in a shared forløb; so is what to prepare.
func TestC17TheAgreementIsWrittenDownForAll(t *testing.T) {
	s, m, now := ahead()
	by := Actor{Kind: ActorConsultant, ID: s.Consultant().ID.String()}
	for _, d := range []Deed{
		WritePlan{Kind: Arrangement, Text: "Fire møder med hele huset."}, WritePlan{Kind: FollowUp, Text: "Vi samler op i september."},
		WritePrepTask{Meeting: m.ID, Text: "Spørg kollegerne."},
	} {
		require.NoError(t, s.Judge(d, by, now))
	}
	shared := newShared(3)
	shared.writes(Arrangement, "Fire møder med hele huset.", 7, shared.days(9))
	for _, p := range shared.CurrentParties() {
		seen := shared.SeenBy(p)
		require.Equal(t, "Fire møder med hele huset.", seen.Plan(Arrangement).Text)
		require.NotNil(t, seen.ActAt(7), "who wrote it, and when")
	}
}

func TestC19ANoFromEitherEndsIt(t *testing.T) {
	for _, against := range []Side{Leader, Rep} {
		s := newScene().asked()
		yes, no := s.leader, s.rep
		if against == Leader {
			yes, no = no, yes
		}
		s.says(yes, Yes, s.days(1)).says(no, No, s.days(2))
		require.Equal(t, 1, s.View(s.days(2)).No)
		s.to(Declined, s.days(2))
		var told []uuid.UUID
		for _, m := range s.lastStep().Mails {
			if m.Kind == MailDeclined {
				told = append(told, m.Recipient)
			}
		}
		require.Equal(t, []uuid.UUID{yes}, told)
		require.Equal(t, RefuseClosed, refusal(t, s.Judge(Assign{Consultant: uuid.New()}, Actor{Kind: ActorSecretary}, s.days(2))))
	}
}

func TestC22BothAreAskedToEvaluate(t *testing.T) {
	s := newScene().held(4).to(AwaitingEvaluation, at13(2027, 4, 1)).to(Evaluating, at13(2027, 6, 30))
	e := s.lastStep()
	invited, asked := map[uuid.UUID]bool{}, map[uuid.UUID]bool{}
	for _, p := range e.Invite {
		invited[p.PartyID] = true
	}
	for _, m := range e.Mails {
		if m.Kind == MailEvaluationRequest {
			asked[m.Recipient] = true
		}
	}
	both := map[uuid.UUID]bool{s.leader: true, s.rep: true}
	require.Equal(t, both, invited)
	require.Equal(t, both, asked)
}
