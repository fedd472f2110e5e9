package forloeb

import (
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// The tests in rules_*_test.go, here and in other packages, are named after
// the lines of the source documents: docs/programme.md has a row for each.

// applicationWith is a good application with one thing changed.
func applicationWith(change func(s *Submission)) Submission {
	s := goodSubmission()
	change(&s)
	return s
}

// wrong names the fields at which an application has mistakes.
func wrong(s Submission, at time.Time) (fields []string) {
	for _, m := range s.Check(at) {
		fields = append(fields, m.Field)
	}
	return fields
}

// refusal is why a deed is refused; empty when it is not.
func refusal(t *testing.T, err error) RefusalCode {
	t.Helper()
	if err == nil {
		return ""
	}
	var r *Refusal
	require.True(t, errors.As(err, &r), err)
	return r.Code
}

// byConsultant is the consultant who has the forløb.
func (s *scene) byConsultant() Actor { return Actor{Kind: ActorConsultant, ID: s.consultant.String()} }

// lastStep is what the step just taken makes.
func (s *scene) lastStep() Effects {
	e := s.Events[len(s.Events)-1]
	return s.clone().Effects(Change{From: e.From, To: e.To, Now: e.At})
}

func meetingAt(start time.Time, length time.Duration) BookMeeting {
	return BookMeeting{Meeting: uuid.New(), StartsAt: start, EndsAt: start.Add(length)}
}

func TestA1OnlyMunicipalWorkplacesApply(t *testing.T) {
	at := func(code string) []string {
		return wrong(applicationWith(func(s *Submission) { s.Municipality = code }), applied)
	}
	all := Municipalities()
	require.Len(t, all, 98)
	for _, m := range all {
		require.Empty(t, at(m.Code), m.Name)
	}
	for _, elsewhere := range []string{"", "1081", "1082", "1083", "1084", "1085", "midtjylland", "oestdanmark", "411"} {
		require.Equal(t, []string{"municipality"}, at(elsewhere), elsewhere)
	}
}

// A short meeting or a whole day, on any day of the week.
func TestA6MeetingsAreFittedToTheWorkplace(t *testing.T) {
	s := newScene().planning()
	for day := range 14 {
		for _, length := range []time.Duration{time.Hour, 3 * time.Hour, 8 * time.Hour} {
			start := time.Date(2027, 1, 11+day, 9, 0, 0, 0, Copenhagen)
			require.NoError(t, s.Judge(meetingAt(start, length), s.byConsultant(), s.days(4)), start)
		}
	}
}

func TestA9AWishToStrengthenIsEnough(t *testing.T) {
	for _, theme := range []ThemeCode{ThemeChange, ThemeCooperation, ThemeViolence, ThemeWorkContent, ThemeLoneWork, ThemeHarassment} {
		require.Empty(t, applicationWith(func(s *Submission) {
			s.Themes, s.Situation, s.Tried, s.Timing = []ThemeCode{theme}, "Det går godt, og det skal det blive ved med.", "", ""
		}).Check(applied), theme)
	}
}

// Complaint K10.
func TestA10LeaderAndRepresentativeApplyTogether(t *testing.T) {
	choose := Assign{Consultant: uuid.New()}
	for _, first := range []Side{Leader, Rep} {
		s := newScene().asked()
		one, other := s.leader, s.rep
		if first == Rep {
			one, other = other, one
		}
		require.Equal(t, 2, s.View(s.days(1)).Pending)
		s.says(one, Yes, s.days(1))
		require.Equal(t, 1, s.View(s.days(1)).Pending, "one is not enough")
		require.Equal(t, RefuseWrongStatus, refusal(t, s.Judge(choose, Actor{Kind: ActorSecretary}, s.days(1))))
		s.says(other, Yes, s.days(2))
		require.Zero(t, s.View(s.days(2)).Pending)
		require.Equal(t, AwaitingConsultant, s.View(s.days(2)).AfterConsent)
		s.to(AwaitingConsultant, s.days(2))
		require.NoError(t, s.Judge(choose, Actor{Kind: ActorSecretary}, s.days(2)))
	}
	require.Equal(t, []string{"rep_name"}, wrong(applicationWith(func(s *Submission) { s.Rep.Name = s.Leader.Name }), applied))
	require.Equal(t, []string{"rep_email"}, wrong(applicationWith(func(s *Submission) { s.Rep.Email = s.Leader.Email }), applied))
	require.Equal(t, []string{"declared"}, wrong(applicationWith(func(s *Submission) { s.Declared = false }), applied))
}

// But for the one who says no, who has an answer of their own.
func TestA11BothPartiesHearTheSame(t *testing.T) {
	for name, s := range map[string]*scene{
		"received":   newScene(),
		"agreed":     newScene().agreed(),
		"assigned":   newScene().planning(),
		"booked":     newScene().planning().meeting(Booked, at13(2027, 1, 13)).to(InProgress, sceneStart.AddDate(0, 0, 5)),
		"evaluating": newScene().held(4).to(AwaitingEvaluation, at13(2027, 4, 1)).to(Evaluating, at13(2027, 6, 30)),
		"lapsed":     newScene().asked().to(Lapsed, sceneStart.AddDate(0, 0, 22)),
		"withdrawn":  newScene().held(1).to(Withdrawn, at13(2027, 4, 1)),
		"stopped":    newScene().held(1).to(Stopped, at13(2027, 4, 1)),
	} {
		kinds := map[uuid.UUID][]MailKind{}
		for _, m := range s.lastStep().Mails {
			kinds[m.Recipient] = append(kinds[m.Recipient], m.Kind)
		}
		require.NotEmpty(t, kinds[s.leader], name)
		require.Equal(t, kinds[s.leader], kinds[s.rep], name)
	}
}

// requireOpenFrom tries an application for one theme on the days around the
// first, and on every day 2024–2036.
func requireOpenFrom(t *testing.T, theme ThemeCode, first time.Time) {
	t.Helper()
	s := applicationWith(func(s *Submission) { s.Themes = []ThemeCode{theme} })
	require.Contains(t, wrong(s, first.Add(-time.Second)), "themes")
	require.Empty(t, wrong(s, first))
	everyDay(func(day time.Time) { require.Empty(t, wrong(s, day), day) })
}

// formOpened is the day SPARK took its first applications.
var formOpened = time.Date(2016, 4, 13, 0, 0, 0, 0, Copenhagen)

func TestA12UnrestFromChangeIsATheme(t *testing.T) { requireOpenFrom(t, ThemeChange, formOpened) }

func TestA13CooperationIsATheme(t *testing.T) { requireOpenFrom(t, ThemeCooperation, formOpened) }

func TestA14ViolenceAndThreatsAreATheme(t *testing.T) { requireOpenFrom(t, ThemeViolence, formOpened) }

func TestA15WorkItselfIsATheme(t *testing.T) { requireOpenFrom(t, ThemeWorkContent, formOpened) }

func TestA19FourMeetingsWithOneConsultant(t *testing.T) {
	s := newScene().planning()
	for n := range 4 {
		booking := meetingAt(at13(2027, 1, 13).AddDate(0, 0, 21*n), 3*time.Hour)
		require.NoError(t, s.Judge(booking, s.byConsultant(), s.days(4)))
		s.meeting(Booked, booking.StartsAt)
	}
	fifth := meetingAt(at13(2027, 5, 12), 3*time.Hour)
	require.Equal(t, RefuseNeedsExtraMeetings, refusal(t, s.Judge(fifth, s.byConsultant(), s.days(4))))
	another := Assign{Consultant: uuid.New(), Auto: true}
	require.Equal(t, RefuseAlreadyAssigned, refusal(t, s.Judge(another, Actor{Kind: ActorSystem}, s.days(4))))
}

func TestA20ACoupleMoreMeetingsWithAReason(t *testing.T) {
	s, now := newScene().held(4), at13(2027, 4, 1)
	grant := func(n int, reason string) RefusalCode {
		return refusal(t, s.Judge(GrantExtra{N: n, Reason: reason}, s.byConsultant(), now))
	}
	require.Empty(t, grant(1, "Vi mangler det sidste."))
	require.Empty(t, grant(2, "Vi mangler det sidste."))
	require.Equal(t, RefuseTooManyMeetings, grant(3, "Vi mangler det sidste."))
	require.Equal(t, RefuseTooManyMeetings, grant(0, "Vi mangler det sidste."))
	require.Equal(t, RefuseNoReason, grant(1, " \n"))

	s.ExtraMeetings = 2
	require.Equal(t, RefuseTooManyMeetings, grant(1, "Og ét til."))
	for n := range 2 {
		booking := meetingAt(at13(2027, 4, 21).AddDate(0, 0, 7*n), 3*time.Hour)
		require.NoError(t, s.Judge(booking, s.byConsultant(), now))
		s.meeting(Booked, booking.StartsAt)
	}
	require.Equal(t, RefuseTooManyMeetings, refusal(t, s.Judge(meetingAt(at13(2027, 5, 12), time.Hour), s.byConsultant(), now)))
}

func TestA21AForloebCanBeShortAndCompressed(t *testing.T) {
	none, now := newScene().held(0), at13(2027, 4, 1)
	require.Equal(t, RefuseNoMeetingHeld, refusal(t, none.Judge(FinishMeetings{}, none.byConsultant(), now)))
	for n := 1; n <= 4; n++ {
		s := newScene().held(n)
		require.NoError(t, s.Judge(FinishMeetings{}, s.byConsultant(), now), n)
	}

	s := newScene().planning().meeting(Booked, at13(2027, 1, 13))
	require.NoError(t, s.Judge(meetingAt(at13(2027, 1, 14), 3*time.Hour), s.byConsultant(), s.days(4)), "the very next day")
	require.Equal(t, RefuseMeetingBookedAlready, refusal(t, s.Judge(meetingAt(at13(2027, 1, 13), 3*time.Hour), s.byConsultant(), s.days(4))))
}

func TestA24EvaluationThreeMonthsAfterTheLastMeeting(t *testing.T) {
	everyDay(func(day time.Time) {
		s := newScene().planning().to(InProgress, day).meeting(Held, day.Add(time.Hour)).to(AwaitingEvaluation, day.Add(4*time.Hour))
		due := s.Agenda(day.Add(5 * time.Hour))
		i := slices.IndexFunc(due, func(d Due) bool { return d.What == EvaluationDue })
		require.GreaterOrEqual(t, i, 0, day)
		require.Equal(t, threeMonthsOn(day), due[i].At.In(Copenhagen), day)
	})

	s := newScene().held(4)
	before := s.EvaluationAt()
	s.meeting(NoShow, at13(2027, 4, 12)).meeting(Cancelled, at13(2027, 4, 13)).meeting(Booked, at13(2027, 4, 14))
	require.Equal(t, before, s.EvaluationAt(), "only a held meeting counts")
	s.Meetings[len(s.Meetings)-1].State = Held
	require.Equal(t, threeMonthsOn(at13(2027, 4, 14)), s.EvaluationAt())
}

// threeMonthsOn is reckoned by hand: the same day of the third month, or its
// last day; then the first working day, at 9.
func threeMonthsOn(day time.Time) time.Time {
	lastOfMonth := time.Date(day.Year(), day.Month()+4, 0, 9, 0, 0, 0, Copenhagen).Day()
	on := time.Date(day.Year(), day.Month()+3, min(day.Day(), lastOfMonth), 9, 0, 0, 0, Copenhagen)
	for !WorkingDay(on) {
		on = on.AddDate(0, 0, 1)
	}
	return on
}

// evaluationWithout is why an evaluation that leaves a question out is refused.
func evaluationWithout(t *testing.T, question string) RefusalCode {
	s := newScene().evaluating()
	d := AnswerEvaluation{Party: s.rep, Answers: Answers{Version: QuestionnaireVersion, Choices: map[string]string{"planned": "yes", "ongoing": "no"}}}
	delete(d.Answers.Choices, question)
	return refusal(t, s.Judge(d, Actor{Kind: ActorParty, ID: s.rep.String()}, at13(2027, 7, 1)))
}

func TestA25EveryAnswerSaysWhatIsPlanned(t *testing.T) {
	require.Empty(t, evaluationWithout(t, ""))
	require.Equal(t, RefuseEvaluationIncomplete, evaluationWithout(t, "planned"))
}

func TestA26EveryAnswerSaysWhatIsUnderWay(t *testing.T) {
	require.Empty(t, evaluationWithout(t, ""))
	require.Equal(t, RefuseEvaluationIncomplete, evaluationWithout(t, "ongoing"))
}

func TestA28TrioAndLocalMEDApply(t *testing.T) {
	for body, fields := range map[Body][]string{Trio: nil, LocalMED: nil, "": {"body"}} {
		require.Equal(t, fields, wrong(applicationWith(func(s *Submission) { s.Body = body }), applied), body)
	}
}

func TestA29BothHaveContactDetails(t *testing.T) {
	for field, forget := range map[string]func(s *Submission){
		"leader_name":  func(s *Submission) { s.Leader.Name = "" },
		"leader_email": func(s *Submission) { s.Leader.Email = "" },
		"rep_name":     func(s *Submission) { s.Rep.Name = "" },
		"rep_email":    func(s *Submission) { s.Rep.Email = "" },
	} {
		for _, starter := range []StartedBy{StartedByLeader, StartedByRep, StartedByOther} {
			s := applicationWith(forget)
			s.StartedBy = starter
			require.Equal(t, []string{field}, wrong(s, applied), starter)
		}
	}
}
