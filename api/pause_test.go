package api

import (
	"net/http"
	"net/url"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

func TestPauseAForloeb(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	path := actPath(id, "pause")
	to := func(days int, reason, text string) fields {
		return fields{"until": rfc(o.ahead(id, days, 12)), "reason": reason, "text": text}
	}
	require.NotContains(t, o.document(id).Possible, "resume")
	o.refused(o.does(http.MethodPost, actPath(id, "resume"), nil), http.StatusConflict, forloeb.RefuseNotPaused)
	o.refused(o.does(http.MethodPost, path, to(0, "illness", "")), http.StatusUnprocessableEntity, forloeb.RefusePauseEarlier)
	o.refused(o.does(http.MethodPost, path, to(300, "illness", "")), http.StatusUnprocessableEntity, forloeb.RefusePauseTooFar)
	o.refused(o.does(http.MethodPost, path, to(30, "other", " ")), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	o.refused(o.does(http.MethodPost, path, to(30, "other", "010203-1234")), http.StatusUnprocessableEntity, forloeb.RefuseUnfitText)
	meeting := o.env.Book(id, o.ahead(id, 1, 10))
	o.env.Settle(id)
	require.True(t, pauseAct.legal(o.staffCase(id, "")), "the form says what to do first")
	o.refused(o.does(http.MethodPost, path, to(30, "illness", "")), http.StatusConflict, forloeb.RefuseMeetingInTheWay)
	o.done(o.does(http.MethodPost, meetingPathOf(meeting, "cancel"), nil))
	o.env.Settle(id)

	o.done(o.does(http.MethodPost, path, to(30, "changes", "De flytter.")))
	o.env.Settle(id)
	d := o.document(id)
	require.Equal(t, forloeb.WaitPaused, d.Waiting.Key)
	require.False(t, d.Waiting.Since.IsZero())
	require.False(t, d.Waiting.Next.IsZero())
	require.Equal(t, forloeb.PauseChanges, d.Pause.Reason)
	require.Equal(t, d.Waiting.Next, d.Pause.Until)
	require.Contains(t, d.Possible, "resume")
	require.Contains(t, d.Possible, "pause", "it can be moved")
	ahead := fields{"starts_at": rfc(o.ahead(id, 9, 10)), "ends_at": rfc(o.ahead(id, 9, 12))}
	o.refused(o.does(http.MethodPost, actPath(id, "meetings"), ahead), http.StatusConflict, forloeb.RefusePaused)
	o.refused(o.does(http.MethodPost, actPath(id, "meetings/series"), fields{"meetings": []fields{ahead}}), http.StatusConflict, forloeb.RefusePaused)
	later := o.env.Book(id, o.ahead(id, 60, 10))
	o.env.Settle(id)
	o.refused(o.does(http.MethodPatch, "/meetings/"+later.String(), ahead), http.StatusConflict, forloeb.RefusePaused)

	o.done(o.does(http.MethodPost, actPath(id, "resume"), nil))
	o.env.Settle(id)
	d = o.document(id)
	require.NotEqual(t, forloeb.WaitPaused, d.Waiting.Key)
	require.Nil(t, d.Pause)
}

// The deadline that stands still cannot be put off, and what is out cannot be
// paused.
func TestWhatAPauseIsNotFor(t *testing.T) {
	o := withConsultants(t)
	id := o.env.Apply()
	o.env.Settle(id)
	o.done(o.does(http.MethodPost, actPath(id, "pause"), fields{"until": rfc(o.ahead(id, 30, 12)), "reason": "leave"}))
	o.env.Settle(id)
	o.refused(o.does(http.MethodPost, actPath(id, "deadline"), fields{"until": rfc(o.ahead(id, 60, 12)), "reason": "x"}), http.StatusConflict, forloeb.RefusePaused)

	out := asksWhatCame(o)
	o.refused(o.does(http.MethodPost, actPath(out, "pause"), fields{"until": rfc(o.ahead(out, 30, 12)), "reason": "leave"}), http.StatusConflict, forloeb.RefuseAskedAlready)
	require.NotContains(t, o.document(out).Possible, "pause")
}

// A party asks on a page of their own; the secretariat's task leads to the form
// with their words in it.
func TestAPartyAsksForAPause(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	leader := o.env.Party(id, forloeb.Leader)
	home := link.Status.Path(o.links.Token(link.Status, leader.ID, leader.LinkVersion))
	require.Contains(t, o.get(home, "").text, "pause-link")
	require.Equal(t, http.StatusUnprocessableEntity, o.fills(home+askPausePath, url.Values{}).StatusCode)
	wrong := o.fills(home+askPausePath, url.Values{"pause": {"010203-1234 er syg"}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Contains(t, wrong.text, "010203-1234 er syg", "nothing typed is lost")
	require.Equal(t, http.StatusSeeOther, o.fills(home+askPausePath, url.Values{"pause": {"Vi flytter i januar."}}).StatusCode)
	require.Equal(t, http.StatusSeeOther, o.fills(home+askPausePath, url.Values{"pause": {"Vi flytter i januar."}}).StatusCode, "a second click finds it done")
	require.Contains(t, part(o.get(home+askPausePath, "").document(), "done"), "Sekretariatet har fået besked")
	o.env.Settle(id)

	k := o.staffCase(id, "")
	open := tasksOf(k)
	require.Len(t, open, 1)
	require.Equal(t, []wayOn{{Label: "Sæt på pause", Address: k.Home() + "/pause"}}, open[0].Ways)
	require.NotEmpty(t, open[0].Close)
	body, err := o.render.bytes(shownActOf(k, &pauseAct, asking{}))
	require.NoError(t, err)
	require.Contains(t, string(body), "Vi flytter i januar.</textarea>")

	pauses(o, id)
	o.env.Settle(id)
	require.Contains(t, part(o.get(home+askPausePath, "").document(), "paused"), "Forløbet går videre")
	require.Empty(t, tasksOf(o.staffCase(id, "")))
	out := asksWhatCame(o)
	rep := o.env.Party(out, forloeb.Rep)
	home = link.Status.Path(o.links.Token(link.Status, rep.ID, rep.LinkVersion))
	require.NotContains(t, o.get(home, "").text, "pause-link")
	require.Equal(t, home, o.get(home+askPausePath, "").Header.Get("Location"))
}

// A consultant's wish is the secretariat's to answer, by program as on the page.
func TestAConsultantAsksForAPauseByProgram(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	asks := func(text string) answer {
		return o.as(o.anna, http.MethodPost, actPath(id, "ask-pause"), fields{"text": text})
	}
	require.NotContains(t, o.document(id).Possible, "ask-pause", "the secretariat pauses")
	require.Equal(t, http.StatusForbidden, o.does(http.MethodPost, actPath(id, "ask-pause"), fields{"text": "De flytter."}).StatusCode)
	o.refused(asks(" "), http.StatusUnprocessableEntity, forloeb.RefuseNoPauseText)
	o.refused(asks("010203-1234"), http.StatusUnprocessableEntity, forloeb.RefuseUnfitText)
	o.done(asks("De flytter."))
	o.env.Settle(id)
	o.refused(asks("De flytter."), http.StatusConflict, forloeb.RefusePauseAsked)

	d := o.document(id)
	require.Len(t, d.Tasks, 1)
	require.Equal(t, forloeb.TaskPauseAsked, d.Tasks[0].Kind)
	require.Nil(t, d.Tasks[0].Claim)
	task := "/tasks/" + strconv.FormatInt(d.Tasks[0].ID, 10)
	require.Equal(t, http.StatusOK, o.does(http.MethodPost, task+"/claim", nil).StatusCode)
	require.NotNil(t, o.document(id).Tasks[0].Claim, "who has it stands at the forløb, too")
	day := o.ahead(id, 3, 10).Format("2006-01-02")
	require.Equal(t, http.StatusOK, o.does(http.MethodPost, task+"/put-off", fields{"until": day}).StatusCode)
	d = o.document(id)
	require.Equal(t, day, d.Tasks[0].PutOffUntil)
	var hers forloebDocument
	o.as(o.anna, http.MethodGet, "/forloeb/"+id.String(), nil).into(http.StatusOK, &hers)
	require.Empty(t, hers.Tasks[0].PutOffUntil, "how the secretariat shares its work is its own")

	o.done(o.does(http.MethodPost, actPath(id, "pause"), fields{"until": rfc(o.ahead(id, 30, 12)), "reason": "changes"}))
	o.env.Settle(id)
	o.refused(asks("De flytter."), http.StatusConflict, forloeb.RefusePaused)

	o.done(o.does(http.MethodPost, actPath(id, "stop"), fields{"reason": "Aftalt."}))
	o.env.Settle(id)
	o.refused(asks("De flytter."), http.StatusConflict, forloeb.RefuseClosed)
	o.done(o.does(http.MethodPost, actPath(id, "reopen"), fields{"reason": "Alligevel."}))
	o.refused(asks("De flytter."), http.StatusConflict, forloeb.RefuseCatchingUp)
	id, _ = o.evaluates()
	o.refused(asks("De flytter."), http.StatusConflict, forloeb.RefuseAskedAlready)
}
