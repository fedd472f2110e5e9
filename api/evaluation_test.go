package api

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// Where both are asked right after the last meeting as well, the page says so,
// takes the answers while the forløb rests, and says when it asks again.
func TestTheFirstOfTwoEvaluations(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	o.env.Policy(id, func(p *forloeb.Policy) { p.Evaluations = forloeb.Waves{0, 3} })
	ends := o.env.Read(id).Meeting(meeting).EndsAt
	o.env.SettleAt(id, ends.Add(time.Hour))
	o.env.Do(id, storetest.Secretary, forloeb.RegisterMeeting{Meeting: meeting, Held: true})
	o.env.Settle(id)
	o.env.Do(id, storetest.Secretary, forloeb.FinishMeetings{})
	o.env.Settle(id)
	o.env.RunTo(id, o.env.Read(id).NextAsked(o.env.Now(id)).Add(time.Minute))
	rep := o.env.Party(id, forloeb.Rep)
	links := o.linksOf(rep)

	page := parsed(t, o.get(links.Evaluation, ""))
	require.Equal(t, "Hvad er der kommet ud af forløbet indtil nu?", page.Find("h1").Text())
	require.Equal(t, "Vi spørger igen tre måneder efter det sidste møde.", part(page, "again"))
	require.NotEmpty(t, part(page, "deadline"))
	status := o.get(links.Status, "")
	require.Contains(t, status.text, "Svar på spørgeskemaet")

	sent := url.Values{"planned": {"yes"}, "ongoing": {"no"}}
	require.Equal(t, http.StatusSeeOther, o.fills(links.Evaluation, sent).StatusCode)
	o.env.Settle(id)
	require.Equal(t, forloeb.AwaitingEvaluation, o.env.Read(id).Status)
	thanks := parsed(t, o.get(links.Evaluation, ""))
	require.Equal(t, "Vi spørger igen tre måneder efter det sidste møde.", part(thanks, "again"))

	o.env.RunTo(id, o.env.Read(id).EvaluationAt().Add(time.Minute))
	last := parsed(t, o.get(links.Evaluation, ""))
	require.Equal(t, "Hvad kom der ud af forløbet?", last.Find("h1").Text())
	require.Empty(t, part(last, "again"))

	a := o.does(http.MethodGet, "/forloeb/"+id.String(), nil)
	var d forloebDocument
	a.into(http.StatusOK, &d)
	asked := map[int]string{}
	for _, i := range d.Evaluation.Invited {
		if i.Party == rep.ID {
			asked[i.After] = i.State
		}
	}
	require.Equal(t, map[int]string{0: "answered", 3: "open"}, asked)
}
