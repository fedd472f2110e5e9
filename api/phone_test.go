package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/store/storetest"
)

// consentOf is the address of a party's consent page.
func (o *office) consentOf(p *forloeb.Party) string {
	return link.Consent.Path(o.links.Token(link.Consent, p.ID, p.LinkVersion))
}

func (o *office) notes(id uuid.UUID, side forloeb.Side, yes bool) {
	o.t.Helper()
	o.env.Do(id, storetest.Secretary, forloeb.NoteAnswer{Party: o.env.Party(id, side).ID, Yes: yes, Said: "Ringede fra bussen."})
	o.env.Settle(id)
}

func TestNoteAnAnswer(t *testing.T) {
	o := withConsultants(t)
	id := o.env.Apply()
	o.env.Settle(id)
	leader, rep := o.env.Party(id, forloeb.Leader), o.env.Party(id, forloeb.Rep)
	path := func(p uuid.UUID) string { return actPath(id, "parties/"+p.String()+"/answer") }
	yes := fields{"answer": "yes", "said": "Ringede fra bussen."}
	require.Contains(t, o.document(id).Possible, "parties/"+rep.ID.String()+"/answer")
	o.refused(o.does(http.MethodPost, path(rep.ID), fields{"answer": "yes", "said": " "}), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	o.does(http.MethodPost, path(rep.ID), fields{"answer": "fix", "said": "x"}).problem(http.StatusUnprocessableEntity, "invalid")
	o.refused(o.does(http.MethodPost, path(uuid.New()), yes), http.StatusNotFound, forloeb.RefuseNotAParty)
	o.refused(o.does(http.MethodPost, actPath(id, "parties/1/answer"), yes), http.StatusNotFound, forloeb.RefuseNotFound)

	other := o.env.Apply()
	o.env.Settle(other)
	o.env.Answer(other, forloeb.Leader, forloeb.Fix)
	o.env.Settle(other)
	o.refused(o.does(http.MethodPost, actPath(other, "parties/"+o.env.Party(other, forloeb.Rep).ID.String()+"/answer"), yes), http.StatusConflict, forloeb.RefuseWrongStatus)

	d := o.done(o.does(http.MethodPost, path(rep.ID), yes))
	require.Equal(t, forloeb.Yes, d.Parties[1].Answer)
	require.Equal(t, forloeb.ByPhone, d.Parties[1].Channel)
	require.False(t, d.Parties[1].ContestUntil.IsZero())
	o.refused(o.does(http.MethodPost, path(rep.ID), yes), http.StatusConflict, forloeb.RefusePartyAnswered)
	o.env.Do(id, storetest.By(leader), forloeb.LeaveParty{Party: leader.ID})
	o.refused(o.does(http.MethodPost, path(leader.ID), yes), http.StatusConflict, forloeb.RefusePartyLeft)
	newcomer := uuid.New()
	o.env.Do(id, storetest.Secretary, forloeb.ReplaceParty{Party: leader.ID, New: newcomer, Contact: forloeb.Contact{Name: "Ida Bach", Email: "ida@example.dk"}})
	o.refused(o.does(http.MethodPost, path(leader.ID), yes), http.StatusConflict, forloeb.RefusePartyReplaced)
	o.env.Settle(id)
	o.env.Wind(id, o.env.Now(id).AddDate(0, 2, 0))
	o.refused(o.does(http.MethodPost, path(newcomer), yes), http.StatusConflict, forloeb.RefuseDeadlinePassed)
}

func TestThePersonCorrectsWhatWasNoted(t *testing.T) {
	o := withConsultants(t)
	id := o.env.Apply()
	o.env.Settle(id)
	o.notes(id, forloeb.Rep, true)
	rep := o.env.Party(id, forloeb.Rep)
	address := o.consentOf(rep)
	shown := o.get(address, "").text
	require.Contains(t, shown, "Du svarede ja i telefonen")
	require.Contains(t, shown, `data-test-id="send"`, "they may answer right there")

	require.Equal(t, http.StatusSeeOther, o.fills(address+contestPath, nil).StatusCode)
	require.Nil(t, o.env.Party(id, forloeb.Rep).Consent)
	acts := o.acts()
	require.Equal(t, http.StatusSeeOther, o.fills(address+contestPath, nil).StatusCode, "pressed twice")
	require.Equal(t, acts, o.acts())
	shown = o.get(address, "").text
	require.Contains(t, shown, "gælder ikke mere")
	require.NotContains(t, shown, `data-test-id="contest"`)
	o.env.Settle(id)
	require.Equal(t, 1, o.env.Count(`select count(*) from tasks where kind = 'contested' and closed_at is null`))

	require.Equal(t, http.StatusSeeOther, o.fills(address, url.Values{"revision": {"1"}, "answer": {"yes"}, "signature": {rep.Contact.Name}}).StatusCode)
	require.Equal(t, forloeb.ByLink, o.env.Party(id, forloeb.Rep).Consent.Channel)
	o.env.Settle(id)
	require.Zero(t, o.env.Count(`select count(*) from tasks where kind = 'contested' and closed_at is null`))
	require.Equal(t, http.StatusConflict, o.fills(address+contestPath, nil).StatusCode, "it is their own answer now")
}

func TestWhatWasNotedStandsWhenTheDaysAreOver(t *testing.T) {
	o := withConsultants(t)
	id := o.env.Apply()
	o.env.Settle(id)
	o.env.Answer(id, forloeb.Leader, forloeb.Yes)
	o.notes(id, forloeb.Rep, true)
	address := o.consentOf(o.env.Party(id, forloeb.Rep))
	o.env.RunTo(id, o.env.Now(id).AddDate(0, 0, 12))
	require.NotEqual(t, forloeb.AwaitingConsent, o.env.Read(id).Status)
	require.Contains(t, o.get(address, "").text, "Dit ja blev noteret i telefonen")
	refused := o.fills(address+contestPath, nil)
	require.Equal(t, http.StatusConflict, refused.StatusCode)
	require.Contains(t, refused.text, "Ring til os, hvis det ikke passer.")
}
