package api

import (
	"context"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// office is the product over a real database, with a token of the secretariat
// and one of each of two consultants.
type office struct {
	*site
	env           *storetest.Env
	secretary     string
	anna, bo      string // tokens
	annaID, boID  uuid.UUID
	beforeRequest int // acts written before the last request
}

func newOffice(t *testing.T) *office {
	t.Helper()
	env := storetest.New(t)
	o := &office{site: newSite(t, env.Front), env: env}
	o.secretary = o.token(forloeb.RoleSecretariat, uuid.Nil, time.Hour)
	return o
}

// withConsultants adds two, who have room.
func withConsultants(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.annaID, o.boID = o.env.Consultant("Anna", 5), o.env.Consultant("Bo", 0)
	o.anna = o.token(forloeb.RoleConsultant, o.annaID, time.Hour)
	o.bo = o.token(forloeb.RoleConsultant, o.boID, time.Hour)
	return o
}

func (o *office) token(role forloeb.StaffRole, consultant uuid.UUID, ttl time.Duration) string {
	o.t.Helper()
	secret, err := o.env.API.CreateToken(context.Background(), role, consultant, "test", ttl)
	require.NoError(o.t, err)
	return secret
}

// tokenFor is a token of whoever it is.
func (o *office) tokenFor(who forloeb.Principal) string {
	o.t.Helper()
	secret, err := o.env.API.CreateTokenFor(context.Background(), who, time.Hour)
	require.NoError(o.t, err)
	return secret
}

func (o *office) acts() int { return o.env.Count(`select count(*) from acts`) }

// does sends an act as the secretariat.
func (o *office) does(method, path string, body any) answer {
	o.t.Helper()
	return o.as(o.secretary, method, path, body)
}

func (o *office) as(token, method, path string, body any) answer {
	o.t.Helper()
	o.beforeRequest = o.acts()
	return o.send(request{method: method, path: "/api/v1" + path, token: token, body: body})
}

// done reads the forløb that an act answers with. The act is written, the
// process is told, and the forløb is not settled yet.
func (o *office) done(a answer) forloebDocument {
	o.t.Helper()
	var d forloebDocument
	a.into(http.StatusOK, &d)
	require.False(o.t, d.Settled, a.text)
	require.Greater(o.t, o.acts(), o.beforeRequest)
	told := o.process.told()
	require.NotEmpty(o.t, told)
	last := told[len(told)-1]
	require.Equal(o.t, d.ID, last.ForloebID)
	require.Equal(o.t, d.Version, last.Version)
	return d
}

// refused checks a refusal, and that nothing was changed.
func (o *office) refused(a answer, status int, code forloeb.RefusalCode) Problem {
	o.t.Helper()
	p := a.problem(status, string(code))
	require.Equal(o.t, o.beforeRequest, o.acts(), "nothing was to be changed")
	return p
}

// document reads a forløb as the secretariat.
func (o *office) document(id uuid.UUID) forloebDocument {
	o.t.Helper()
	var d forloebDocument
	o.does(http.MethodGet, "/forloeb/"+id.String(), nil).into(http.StatusOK, &d)
	return d
}

// planning is a forløb with Anna as its consultant.
func (o *office) planning() uuid.UUID {
	o.t.Helper()
	id := o.env.Apply()
	o.env.Settle(id)
	o.env.Agree(id)
	o.env.Settle(id)
	require.Equal(o.t, forloeb.Planning, o.env.Read(id).Status)
	return id
}

// tomorrow is a decent hour some days ahead.
func (o *office) ahead(id uuid.UUID, days, hour int) time.Time {
	o.t.Helper()
	now := o.env.Now(id).In(forloeb.Copenhagen)
	return time.Date(now.Year(), now.Month(), now.Day()+days, hour, 0, 0, 0, forloeb.Copenhagen)
}

// inProgress is a forløb with one booked meeting some days ahead.
func (o *office) inProgress() (id, meeting uuid.UUID) {
	o.t.Helper()
	id = o.planning()
	meeting = o.env.Book(id, o.ahead(id, 3, 10))
	o.env.Settle(id)
	require.Equal(o.t, forloeb.InProgress, o.env.Read(id).Status)
	return id, meeting
}

type fields map[string]any

func actPath(id uuid.UUID, act string) string { return "/forloeb/" + id.String() + "/" + act }

func meetingPathOf(id uuid.UUID, act string) string { return "/meetings/" + id.String() + "/" + act }

func rfc(t time.Time) string { return t.Format(time.RFC3339) }

func TestTokensEnd(t *testing.T) {
	o := withConsultants(t)
	o.as(o.token(forloeb.RoleSecretariat, uuid.Nil, -time.Second), http.MethodGet, "/tasks", nil).problem(http.StatusUnauthorized, "unauthenticated")
	require.Equal(t, http.StatusOK, o.as(o.secretary, http.MethodGet, "/tasks", nil).StatusCode)
	o.env.Exec(`update api_tokens set revoked_at = now() where role = 'secretariat'`)
	o.as(o.secretary, http.MethodGet, "/tasks", nil).problem(http.StatusUnauthorized, "unauthenticated")
	require.Equal(t, http.StatusOK, o.as(o.anna, http.MethodGet, "/forloeb", nil).StatusCode)
	o.env.Exec(`update consultants set active = false`)
	o.as(o.anna, http.MethodGet, "/forloeb", nil).problem(http.StatusUnauthorized, "unauthenticated")
}

func TestTheDocumentThroughALife(t *testing.T) {
	o := withConsultants(t)
	id := o.env.Apply()
	d := o.document(id)
	require.False(t, d.Settled)
	require.Equal(t, forloeb.AwaitingConsent, d.Status)
	require.Equal(t, forloeb.WaitProcessing, d.Waiting.Key)
	require.Empty(t, d.Parties[0].Answer)
	require.Nil(t, d.Consultant)

	o.env.Settle(id)
	o.env.Answer(id, forloeb.Leader, forloeb.Yes)
	o.env.Settle(id)
	d = o.document(id)
	require.True(t, d.Settled)
	require.NotEmpty(t, d.Waiting.Sentence.Danish)
	require.NotEmpty(t, d.Waiting.Sentence.English)
	require.Equal(t, forloeb.Rep, d.Waiting.Side)
	require.False(t, d.Waiting.Deadline.IsZero())
	require.Equal(t, forloeb.Yes, d.Parties[0].Answer)
	require.Empty(t, d.Parties[1].Answer)
	require.Equal(t, 1, d.Parties[1].Link.Version)
	require.False(t, d.Parties[1].Link.SentAt.IsZero())
	require.False(t, d.Parties[1].Link.Deadline.IsZero())
	require.Equal(t, o.aboutParties(id, "application", "deadline", "pause", "withdraw", "stop", "duplicate"), d.Possible)
	_, offset := d.Waiting.Deadline.Zone()
	require.NotZero(t, offset, "times are Copenhagen's")

	o.env.Answer(id, forloeb.Rep, forloeb.Yes)
	o.env.Settle(id)
	d = o.document(id)
	require.Equal(t, forloeb.Planning, d.Status)
	require.Equal(t, o.annaID, d.Consultant.ID)
	require.NotEmpty(t, d.Consultant.Score)
	require.Equal(t, 4, d.Meetings.Planned)
	require.Equal(t, o.aboutParties(id, "assignment", "release", "meetings", "meetings/series", "meetings/held", "plan", "extra-meetings", "pause", "withdraw", "stop", "duplicate"), d.Possible)
	kinds := map[forloeb.MomentKind]int{}
	for _, m := range d.Timeline {
		kinds[m.Kind]++
		require.NotEmpty(t, m.Text)
		require.NotEmpty(t, m.When)
	}
	require.NotZero(t, kinds[forloeb.MomentPast])
	require.NotZero(t, kinds[forloeb.MomentFuture])
	require.NotEmpty(t, d.Mails)
}

func TestTheDocumentHoldsNoLinkAndNoFreeText(t *testing.T) {
	o := withConsultants(t)
	id := o.env.Apply(func(s *forloeb.Submission) {
		s.Situation, s.Tried, s.Timing, s.ChangeGoal = "fri-tekst-a", "fri-tekst-b", "fri-tekst-c", "fri-tekst-d"
	})
	o.env.Settle(id)
	text := o.does(http.MethodGet, "/forloeb/"+id.String(), nil).text
	require.NotContains(t, text, "fri-tekst")
	for _, p := range o.env.Read(id).Parties {
		links := o.linksOf(&p)
		for _, address := range []string{links.Consent, links.Status, links.Evaluation} {
			require.NotContains(t, text, address)
			require.NotContains(t, text, address[len(address)-43:], "the mac")
		}
	}
	require.NotContains(t, text, testBaseURL)
}

// Complaint K37.
func TestTheDocumentTellsWhoEvaluatedNeverWhat(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	held := uuid.New()
	start := o.ahead(id, -1, 10)
	o.env.Do(id, storetest.Secretary, forloeb.RecordMeeting{Meeting: held, StartsAt: start, EndsAt: start.Add(time.Hour)})
	o.env.Settle(id)
	o.env.Do(id, storetest.Secretary, forloeb.FinishMeetings{})
	o.env.Settle(id)
	o.env.RunTo(id, o.env.Read(id).EvaluationAt().Add(time.Minute))
	leader := o.env.Party(id, forloeb.Leader)
	o.env.Do(id, storetest.By(leader), forloeb.AnswerEvaluation{Party: leader.ID, Answers: storetest.Evaluation()})

	a := o.does(http.MethodGet, "/forloeb/"+id.String(), nil)
	var d forloebDocument
	a.into(http.StatusOK, &d)
	require.Equal(t, forloeb.Evaluating, d.Status)
	states := map[uuid.UUID]string{}
	for _, i := range d.Evaluation.Invited {
		states[i.Party] = i.State
	}
	require.Equal(t, map[uuid.UUID]string{leader.ID: "answered", o.env.Party(id, forloeb.Rep).ID: "open"}, states)
	require.NotContains(t, a.text, storetest.Evaluation().Remark)
	require.False(t, d.Evaluation.ClosesAt.IsZero())
}

func TestAConsultantSeesTheirOwnForloebAlone(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	require.Equal(t, http.StatusOK, o.as(o.anna, http.MethodGet, "/forloeb/"+id.String(), nil).StatusCode)

	later := fields{"starts_at": rfc(o.ahead(id, 9, 10)), "ends_at": rfc(o.ahead(id, 9, 12)), "place": "x"}
	for _, r := range []struct {
		method, path string
		body         any
	}{
		{http.MethodGet, "/forloeb/" + id.String(), nil},
		{http.MethodPost, actPath(id, "release"), fields{"reason": "x"}},
		{http.MethodPost, actPath(id, "meetings"), later},
		{http.MethodPost, actPath(id, "meetings/series"), fields{"meetings": []fields{later}}},
		{http.MethodPost, actPath(id, "meetings/held"), later},
		{http.MethodPost, actPath(id, "extra-meetings"), fields{"meetings": 1, "reason": "x"}},
		{http.MethodPost, actPath(id, "finish"), nil},
		{http.MethodPatch, "/meetings/" + meeting.String(), later},
		{http.MethodPost, meetingPathOf(meeting, "held"), nil},
		{http.MethodPost, meetingPathOf(meeting, "no-show"), nil},
		{http.MethodPost, meetingPathOf(meeting, "cancel"), nil},
	} {
		a := o.as(o.bo, r.method, r.path, r.body)
		o.refused(a, http.StatusNotFound, forloeb.RefuseNotFound)
		require.NotContains(t, a.text, "status_now")
	}

	var mine, theirs struct{ Items []rowDocument }
	o.as(o.anna, http.MethodGet, "/forloeb", nil).into(http.StatusOK, &mine)
	require.Len(t, mine.Items, 1)
	o.as(o.bo, http.MethodGet, "/forloeb?consultant="+o.annaID.String(), nil).into(http.StatusOK, &theirs)
	require.Empty(t, theirs.Items)

	o.done(o.as(o.anna, http.MethodPost, actPath(id, "extra-meetings"), fields{"meetings": 1, "reason": "Der er brug for det."}))
	o.env.Exec(`update consultants set capacity = 5 where id = $1`, o.boID)
	o.env.Do(id, storetest.Secretary, forloeb.Assign{Consultant: o.boID, Reason: "Skift"})
	o.refused(o.as(o.anna, http.MethodGet, "/forloeb/"+id.String(), nil), http.StatusNotFound, forloeb.RefuseNotFound)
	require.Equal(t, http.StatusOK, o.as(o.bo, http.MethodGet, "/forloeb/"+id.String(), nil).StatusCode)
}

func TestAConsultantIsToldWhatConsultantsMayDo(t *testing.T) {
	o := withConsultants(t)
	id, _ := o.inProgress()
	var d forloebDocument
	o.as(o.anna, http.MethodGet, "/forloeb/"+id.String(), nil).into(http.StatusOK, &d)
	require.Equal(t, []string{"release", "meetings", "meetings/series", "meetings/held", "plan", "extra-meetings", "ask-pause",
		"workplaces/" + d.Workplaces[0].ID.String() + "/guests"}, d.Possible)
}

// aboutParties adds what can be done about each of the two.
func (o *office) aboutParties(id uuid.UUID, others ...string) []string {
	o.t.Helper()
	f := o.env.Read(id)
	if f.Status == forloeb.AwaitingConsultant || f.Status == forloeb.Planning || f.Status == forloeb.InProgress {
		others = append(others, "workplaces/"+f.Lead().ID.String()+"/guests")
	}
	for _, p := range f.CurrentParties() {
		if f.Status == forloeb.AwaitingConsent && p.Consent == nil {
			others = append(others, "parties/"+p.ID.String()+"/answer")
		}
		others = append(others, "parties/"+p.ID.String()+"/address", "parties/"+p.ID.String()+"/replace")
	}
	return others
}

// A new act is told of where it can be done. A note changes nothing and can be
// written at any time.
func TestEveryActIsAmongWhatIsPossible(t *testing.T) {
	told := map[string]bool{}
	for _, w := range slices.Concat(waysForward, waysForParty, waysForGuest, waysForWorkplace, waysForMeeting) {
		told[w.route] = true
	}
	for route := range newSite(t, &fakeStore{}).policies {
		method, path, _ := strings.Cut(route, " ")
		if method != http.MethodGet && !strings.Contains(path, "/notes") && (strings.HasPrefix(path, "/api/v1/forloeb/{id}") || strings.HasPrefix(path, "/api/v1/meetings/{id}")) {
			require.True(t, told[route], route)
			delete(told, route)
		}
	}
	require.Empty(t, told, "nowhere to do it")
}

// Complaint K30.
func TestAnActWhileUnsettledIsCatchingUp(t *testing.T) {
	o := withConsultants(t)
	id := o.env.Apply()
	o.env.Settle(id)
	o.env.Agree(id) // and nobody has acted on it yet
	p := o.refused(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": o.annaID}), http.StatusConflict, forloeb.RefuseCatchingUp)
	require.Equal(t, forloeb.AwaitingConsent, p.StatusNow)
	require.Contains(t, p.Detail, "try again")
	o.env.Settle(id)
	o.refused(o.does(http.MethodPost, actPath(id, "assessment"), fields{"decision": "approved"}), http.StatusConflict, forloeb.RefuseNotAssessed)
}
