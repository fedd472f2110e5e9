package api

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// Whoever takes over reads what was written for them, and nothing that was only the
// earlier consultant's or the secretariat's.
func TestANewConsultantGetsTheHandoverAndNotEverything(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	require.Equal(t, o.annaID, o.env.Read(id).Consultant().ID)
	anna := forloeb.Actor{Kind: forloeb.ActorConsultant, ID: o.annaID.String()}
	o.env.Exec(`insert into notes (forloeb_id, author, provider, written_at, text) values ($1, gen_random_uuid(), null, now(), 'SEKRETARIATETS NOTAT')`, id)
	o.env.Do(id, anna, forloeb.AskPause{Text: "TIL SEKRETARIATET ALENE"})
	before := o.asConsultant(id)
	notes := "/moeder/" + meeting.String() + ownNotesPath
	before.led(before.sends(notes, url.Values{versionName: {"0"}, noteField: {"ANNAS EGNE NOTER"}}), "?klar=mine-noter")

	o.env.Settle(id)
	o.done(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": o.boID, "reason": "ANNA ER SYG", "handover": "De er nået til handleplanen."}))
	o.env.Settle(id)

	after := o.asConsultant(id)
	require.NotContains(t, after.opens(notes).text, "ANNAS EGNE NOTER")
	page := after.opens("").text
	require.Contains(t, page, "De er nået til handleplanen.")
	for _, hidden := range []string{"SEKRETARIATETS NOTAT", "TIL SEKRETARIATET ALENE", "ANNA ER SYG"} {
		require.NotContains(t, page, hidden)
	}
	text := o.as(o.bo, http.MethodGet, "/forloeb/"+id.String()+"/application", nil)
	require.Equal(t, http.StatusOK, text.StatusCode)
	require.Contains(t, text.text, "handover")
	for _, hidden := range []string{"TIL SEKRETARIATET ALENE", "ANNA ER SYG"} {
		require.NotContains(t, text.text, hidden)
	}
	o.as(o.bo, http.MethodGet, "/forloeb/"+id.String()+"/notes", nil).problem(http.StatusForbidden, "forbidden")
	for _, m := range o.env.Read(id).Mails {
		if m.Recipient == o.annaID {
			require.Equal(t, http.StatusNotFound, after.opens("/mails/"+strconv.FormatInt(m.ID, 10)).StatusCode, "the earlier consultant's post")
		}
	}
	require.Equal(t, http.StatusNotFound, before.opens("").StatusCode)

	o.refused(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": o.annaID, "reason": "Rask.", "handover": "010203-1234"}), http.StatusUnprocessableEntity, forloeb.RefuseUnfitText)
	o.refused(o.does(http.MethodPost, actPath(id, "release"), fields{"reason": "Ferie.", "handover": "010203-1234"}), http.StatusUnprocessableEntity, forloeb.RefuseUnfitText)
}
