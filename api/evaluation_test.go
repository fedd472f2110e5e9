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

// What is begun in one version of the questionnaire is finished in it; who
// begins now is asked the latest.
func TestTheQuestionnaireKeepsItsVersion(t *testing.T) {
	o := withConsultants(t)
	_, address := o.evaluates()
	page := parsed(t, o.get(address, ""))
	require.Equal(t, "2", page.Find("[name=version]").AttrOr("value", ""))
	require.Equal(t, 3, page.Find("select[name^=initiatives_]").Length())
	require.Contains(t, page.Text(), "Ti spørgsmål, cirka fem minutter.")

	sent := url.Values{"version": {"1"}, "planned": {"yes"}, "initiatives_done": {"3"}, "act": {"save"}}
	saved := parsed(t, o.fills(address, sent))
	require.NotEmpty(t, part(saved, "saved"))
	again := parsed(t, o.get(address, ""))
	require.Equal(t, "1", again.Find("[name=version]").AttrOr("value", ""))
	require.Zero(t, again.Find("select").Length())
	require.Contains(t, again.Text(), "Ni spørgsmål, cirka fem minutter.")
	require.Equal(t, "yes", again.Find("[name=planned][checked]").AttrOr("value", ""))

	sent = url.Values{"version": {"1"}, "planned": {"yes"}, "ongoing": {"no"}}
	require.Equal(t, http.StatusSeeOther, o.fills(address, sent).StatusCode)
	require.Equal(t, 1, o.env.Count(`select count(*) from answers where version = 1 and choices = '{"planned": "yes", "ongoing": "no"}'`))
}

// How many initiatives there are is chosen, not typed; what is not offered is
// pointed out and nothing is lost.
func TestHowManyInitiatives(t *testing.T) {
	o := withConsultants(t)
	_, address := o.evaluates()
	sent := url.Values{"version": {"2"}, "planned": {"yes"}, "ongoing": {"yes"}, "initiatives_planned": {"1"}, "initiatives_ongoing": {"17"}}
	a := o.fills(address, sent)
	require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
	page := parsed(t, a)
	require.Contains(t, part(page, "initiatives_ongoing-error"), "Hvor mange indsatser har I nu? I gang")
	require.Equal(t, "1", page.Find("[name=initiatives_planned] option[selected]").AttrOr("value", ""))
	sent.Set("initiatives_ongoing", "5_or_more")
	require.Equal(t, http.StatusSeeOther, o.fills(address, sent).StatusCode)
	require.Equal(t, 1, o.env.Count(`select count(*) from answers where choices->>'initiatives_ongoing' = '5_or_more'`))
}

// Saving says so only when it is so.
func TestAnswersAreSaidToBeSavedWhenTheyAre(t *testing.T) {
	o := withConsultants(t)
	_, address := o.evaluates()
	bad := o.fills(address, url.Values{"remark": {"Spørg 010203-1234."}, "act": {"save"}})
	require.Equal(t, http.StatusUnprocessableEntity, bad.StatusCode)
	require.Zero(t, o.env.Count(`select count(*) from invitations where draft is not null`))

	require.Equal(t, http.StatusSeeOther, o.fills(address, url.Values{"planned": {"yes"}, "ongoing": {"yes"}}).StatusCode)
	late := o.fills(address, url.Values{"planned": {"no"}, "act": {"save"}})
	require.Equal(t, http.StatusSeeOther, late.StatusCode)
	thanks := parsed(t, o.get(late.Header.Get("Location"), ""))
	require.Contains(t, part(thanks, "thanks"), "gemt uden dit navn")
	require.Contains(t, part(thanks, "what-happens"), "mindst fem arbejdspladser")
	require.Contains(t, part(thanks, "ends"), "Forløbet slutter, når begge har svaret")
	require.Zero(t, o.env.Count(`select count(*) from invitations where draft is not null`))
}
