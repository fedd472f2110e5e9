package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestWhatIsAgreedOn(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	plan := func(kind, text string) answer {
		return o.as(o.anna, http.MethodPost, actPath(id, "plan"), fields{"kind": kind, "text": text})
	}
	prep := func(text string) answer {
		return o.as(o.anna, http.MethodPost, meetingPathOf(meeting, "prep-task"), fields{"text": text})
	}
	words := func() (d textDocument) {
		o.as(o.anna, http.MethodGet, "/forloeb/"+id.String()+"/application", nil).into(http.StatusOK, &d)
		return d
	}
	require.Empty(t, words().Plans)
	require.Empty(t, words().PrepTasks)

	d := o.done(plan("follow_up", "Vi samler op i september."))
	require.NotContains(t, d.Timeline, "september")
	o.done(plan("arrangement", "Fire møder på skolen."))
	o.done(prep("Spørg kollegerne."))
	got := words()
	require.Len(t, got.Plans, 2)
	require.Equal(t, forloeb.Arrangement, got.Plans[0].Kind)
	require.Equal(t, "Fire møder på skolen.", got.Plans[0].Text)
	require.Equal(t, forloeb.ActorConsultant, got.Plans[0].By)
	require.False(t, got.Plans[0].At.IsZero())
	require.Equal(t, []prepTaskDocument{{meeting, "Spørg kollegerne."}}, got.PrepTasks)
	require.NotContains(t, o.does(http.MethodGet, "/forloeb/"+id.String(), nil).text, "Spørg kollegerne")

	o.refused(plan("arrangement", "Fire møder på skolen. "), http.StatusUnprocessableEntity, forloeb.RefuseNothingChanged)
	o.refused(prep("Spørg kollegerne."), http.StatusUnprocessableEntity, forloeb.RefuseNothingChanged)
	o.refused(plan("arrangement", "Spørg 010203-1234."), http.StatusUnprocessableEntity, forloeb.RefuseUnfitText)
	o.refused(prep("Spørg 010203-1234."), http.StatusUnprocessableEntity, forloeb.RefuseUnfitText)
	plan("minutes", "x").problem(http.StatusUnprocessableEntity, "invalid")

	o.env.SettleAt(id, o.ahead(id, 3, 14))
	o.refused(prep("Nu er det for sent."), http.StatusUnprocessableEntity, forloeb.RefuseMeetingPast)
	o.done(o.as(o.anna, http.MethodPost, meetingPathOf(meeting, "held"), nil))
	o.refused(prep("Nu er det for sent."), http.StatusConflict, forloeb.RefuseMeetingNotBooked)
}
