package forloeb

import (
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// writes writes down what is agreed on, as the act of that version.
func (s *scene) writes(kind PlanKind, text string, version int64, at time.Time) {
	s.Plans = append(s.Plans, Plan{Kind: kind, Version: version, Text: text})
	s.act(FactsChanged, "", string(kind), at)
	s.Acts[len(s.Acts)-1].Version = version
	s.Acts[len(s.Acts)-1].Actor = Actor{Kind: ActorConsultant}
}

func TestWhenAPlanCanBeWritten(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *scene, d *WritePlan)
		code   RefusalCode // none: it can
	}{
		"in progress":             {},
		"how it is followed up":   {change: func(_ *scene, d *WritePlan) { d.Kind = FollowUp }},
		"while planning":          {change: func(s *scene, _ *WritePlan) { s.Status = Planning }},
		"after the last meeting":  {change: func(s *scene, _ *WritePlan) { s.Status = AwaitingEvaluation }},
		"while it is evaluated":   {change: func(s *scene, _ *WritePlan) { s.Status = Evaluating }},
		"before a consultant":     {change: func(s *scene, _ *WritePlan) { s.Status = AwaitingConsultant }, code: RefuseWrongStatus},
		"closed":                  {change: func(s *scene, _ *WritePlan) { s.to(Stopped, s.days(9)) }, code: RefuseClosed},
		"about to be withdrawn":   {change: func(s *scene, _ *WritePlan) { s.WithdrawnAt = s.days(9) }, code: RefuseClosed},
		"other words":             {change: func(s *scene, _ *WritePlan) { s.writes(Arrangement, "To møder.", 7, s.days(9)) }},
		"the same words":          {change: func(s *scene, _ *WritePlan) { s.writes(Arrangement, "Fire møder.", 7, s.days(9)) }, code: RefuseNothingChanged},
		"the other one's words":   {change: func(s *scene, _ *WritePlan) { s.writes(FollowUp, "Fire møder.", 7, s.days(9)) }},
		"taken away":              {change: func(s *scene, d *WritePlan) { s.writes(Arrangement, "To møder.", 7, s.days(9)); d.Text = " \n" }},
		"nothing there to remove": {change: func(_ *scene, d *WritePlan) { d.Text = " \n" }, code: RefuseNothingChanged},
		"a CPR number":            {change: func(_ *scene, d *WritePlan) { d.Text = "Spørg\n010203-1234" }, code: RefuseUnfitText},
		"too many words":          {change: func(_ *scene, d *WritePlan) { d.Text = strings.Repeat("å", MaxText+1) }, code: RefuseUnfitText},
	} {
		t.Run(name, func(t *testing.T) {
			s := newScene().held(1)
			s.Seen = s.Version
			d := WritePlan{Kind: Arrangement, Text: "Fire møder. "}
			if c.change != nil {
				c.change(s, &d)
			}
			requireJudged(t, c.code, s.Judge(d, Actor{Kind: ActorSecretary}, s.days(30)))
		})
	}
}

func TestWhenAPrepTaskCanBeWritten(t *testing.T) {
	for name, c := range map[string]struct {
		change func(s *scene, m *Meeting, d *WritePrepTask)
		at     time.Duration // after the morning of 12 April
		code   RefusalCode   // none: it can
	}{
		"a meeting to come":           {},
		"the moment before it begins": {at: 10*24*time.Hour - time.Second},
		"it has begun":                {at: 10 * 24 * time.Hour, code: RefuseMeetingPast},
		"cancelled":                   {change: func(_ *scene, m *Meeting, _ *WritePrepTask) { m.State = Cancelled }, code: RefuseMeetingNotBooked},
		"no such meeting":             {change: func(_ *scene, _ *Meeting, d *WritePrepTask) { d.Meeting = uuid.New() }, code: RefuseNotFound},
		"without a consultant":        {change: func(s *scene, _ *Meeting, _ *WritePrepTask) { s.Assignments = nil }, code: RefuseNotAssigned},
		"closed":                      {change: func(s *scene, _ *Meeting, _ *WritePrepTask) { s.to(Stopped, s.days(9)) }, code: RefuseClosed},
		"other words":                 {change: func(_ *scene, m *Meeting, _ *WritePrepTask) { m.PrepTask = "Læs." }},
		"the same words":              {change: func(_ *scene, m *Meeting, _ *WritePrepTask) { m.PrepTask = "Tal sammen." }, code: RefuseNothingChanged},
		"taken away":                  {change: func(_ *scene, m *Meeting, d *WritePrepTask) { m.PrepTask, d.Text = "Læs.", "" }},
		"a CPR number":                {change: func(_ *scene, _ *Meeting, d *WritePrepTask) { d.Text = "010203-1234" }, code: RefuseUnfitText},
	} {
		t.Run(name, func(t *testing.T) {
			s, m, now := ahead()
			d := WritePrepTask{Meeting: m.ID, Text: "Tal sammen."}
			if c.change != nil {
				c.change(s, m, &d)
			}
			requireJudged(t, c.code, s.Judge(d, Actor{Kind: ActorSecretary}, now.Add(c.at)))
		})
	}
}

func requireJudged(t *testing.T, want RefusalCode, err error) {
	t.Helper()
	if want == "" {
		require.NoError(t, err)
		return
	}
	var r *Refusal
	require.ErrorAs(t, err, &r)
	require.Equal(t, want, r.Code)
}

// The timeline tells that something was written, and never what.
func TestWhatIsWrittenIsTold(t *testing.T) {
	s, m, now := ahead()
	for _, l := range []Line{
		WritePlan{Kind: Arrangement, Text: "x"}.Line(), WritePlan{Kind: FollowUp, Text: "x"}.Line(), WritePlan{Kind: Arrangement}.Line(), WritePlan{Kind: FollowUp}.Line(),
		WritePrepTask{Meeting: m.ID, Text: "x"}.Line(), WritePrepTask{Meeting: m.ID}.Line(),
	} {
		require.Equal(t, FactsChanged, l.Name)
		s.act(l.Name, l.Ref, l.Detail, s.days(20))
	}
	var told []string
	for _, moment := range s.Timeline(now, Applicant) {
		if moment.At.Equal(s.days(20)) {
			told = append(told, moment.Text)
		}
	}
	require.Equal(t, []string{
		"Aftalen om forløbet er skrevet", "Aftalen om opfølgning er skrevet", "Aftalen om forløbet er fjernet", "Aftalen om opfølgning er fjernet",
		"Hjemmeopgaven til møde 2 er skrevet", "Hjemmeopgaven til møde 2 er fjernet",
	}, told)
}
