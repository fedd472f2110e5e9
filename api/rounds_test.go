package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// assessed has both answers and waits for assessment.
func (d clerk) assessed() uuid.UUID {
	d.t.Helper()
	id := d.env.Apply()
	d.env.Policy(id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
	d.env.Agree(id)
	d.env.Settle(id)
	return id
}

// roundForm is the round's form with what is chosen for each.
func roundForm(button string, decisions map[uuid.UUID]forloeb.Decision, typed url.Values) url.Values {
	form := url.Values{"program": {"spark"}}
	for id, d := range decisions {
		form.Add("sag", id.String())
		form.Set(decisionField+id.String(), string(d))
	}
	if button != "" {
		form.Set(button, "ja")
	}
	return over(form, typed)
}

// A round of the regions names the region and what the workplace is.
func TestARoundOfTheRegionsIsShown(t *testing.T) {
	d := newClerk(t)
	id := d.env.Apply(storetest.Regional)
	d.env.Policy(id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
	d.env.Agree(id)
	d.env.Settle(id)
	shown := d.browse(d.j, roundsPath+"?program="+string(forloeb.Regional))
	require.Equal(t, http.StatusOK, shown.StatusCode)
	require.Contains(t, shown.document().Find("[data-test-id=line]").Text(), "Region Midtjylland, Hospital")
	require.Equal(t, "Fordelt på region", shown.document().Find("[data-test-id=fairness] caption").First().Text())
}

func TestTheSecretariatClosesARound(t *testing.T) {
	d := newClerk(t)
	require.Contains(t, d.browse(d.j, roundsPath).text, "Ingen venter på vurdering.")
	yes, no := d.assessed(), d.assessed()
	require.Equal(t, 2, d.browse(d.j, roundsPath).document().Find("[data-test-id=line]").Length())

	// A draft is kept, and tells nobody.
	acts := d.acts()
	saved := d.submit(d.j, roundsPath, roundForm("", map[uuid.UUID]forloeb.Decision{yes: forloeb.Approve, no: ""}, nil))
	require.Equal(t, http.StatusSeeOther, saved.StatusCode, saved.text)
	shown := d.browse(d.j, saved.Header.Get("Location"))
	require.Contains(t, shown.text, "Kladden er gemt.")
	require.Contains(t, shown.text, "af secretariat.")
	require.Equal(t, "approved", shown.document().Find("[name="+decisionField+yes.String()+"][checked]").AttrOr("value", ""))
	require.Equal(t, acts, d.acts())

	// What is missing is said of each, and what was typed is there.
	words := url.Values{wordsField + no.String(): {"Ring gerne til os."}}
	wrong := d.submit(d.j, roundsPath, roundForm("videre", map[uuid.UUID]forloeb.Decision{yes: forloeb.Approve, no: forloeb.Reject}, words))
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Contains(t, wrong.mistake(reasonField+no.String()), "mangler en grund til afslaget.")
	require.Equal(t, "Ring gerne til os.", wrong.document().Find("#"+wordsField+no.String()).AttrOr("value", ""))
	require.Contains(t, wrong.text, "Ingen har fået besked endnu.")
	require.Equal(t, http.StatusUnprocessableEntity, d.browse(d.j, closeRoundPath).StatusCode, "the next step is not to be had by its address either")
	nonsense := d.submit(d.j, roundsPath, roundForm("", map[uuid.UUID]forloeb.Decision{yes: "perhaps"}, nil))
	require.Equal(t, http.StatusBadRequest, nonsense.StatusCode)

	words.Set(reasonField+no.String(), string(forloeb.RejectSpread))
	onward := d.submit(d.j, roundsPath, roundForm("videre", map[uuid.UUID]forloeb.Decision{yes: forloeb.Approve, no: forloeb.Reject}, words))
	require.Equal(t, http.StatusSeeOther, onward.StatusCode, onward.text)
	last := d.browse(d.j, onward.Header.Get("Location"))
	require.Contains(t, plain(last.document().Find("[data-test-id=result]").Text()), "1 godkendt, 0 på venteliste, 1 afslag. 4 personer får mail")
	require.Contains(t, last.text, "Ring gerne til os.")

	// Somebody else saves meanwhile: it is shown again, and nothing is sent.
	form := d.opens(closeRoundPath)
	d.submit(d.j, roundsPath, roundForm("", map[uuid.UUID]forloeb.Decision{yes: forloeb.Waitlist}, nil))
	conflict := d.submit(d.j, closeRoundPath, form)
	require.Equal(t, http.StatusConflict, conflict.StatusCode)
	require.Equal(t, 1, conflict.document().Find("[data-test-id=changed]").Length())
	require.Equal(t, acts, d.acts())

	closed := d.sends(closeRoundPath, nil)
	require.Equal(t, http.StatusSeeOther, closed.StatusCode, closed.text)
	d.env.Settle(yes)
	d.env.Settle(no)
	require.Equal(t, forloeb.AwaitingAssessment, d.env.Read(yes).Status)
	require.Equal(t, forloeb.Rejected, d.env.Read(no).Status)
	record := d.browse(d.j, closed.Header.Get("Location"))
	require.Contains(t, record.text, "Runden er lukket, og brevene er på vej.")
	require.Contains(t, record.text, "Afslag: Andre går forud denne gang")
	require.NotContains(t, record.text, "Ring gerne til os.", "what is said to the parties is the forløb's")
	require.Equal(t, 2, record.document().Find("[data-test-id=line]").Length())
	rounds := d.browse(d.j, roundsPath).document()
	require.Equal(t, 1, rounds.Find("[data-test-id=closed] li").Length())
	require.Equal(t, 1, rounds.Find("[data-test-id=line]").Length(), "who is on the waiting list is in the next round")

	reason := ""
	d.env.Get(&reason, `select text from remarks where forloeb_id = $1 and kind = 'decision'`, no)
	require.Contains(t, reason, "Ring gerne til os.")
	require.Contains(t, reason, "fordeler hjælpen")
	require.Equal(t, http.StatusNotFound, d.browse(d.j, roundsPath+"/"+uuid.NewString()).StatusCode)
	require.Equal(t, http.StatusNotFound, d.browse(d.j, roundsPath+"?program=other").StatusCode)
}
