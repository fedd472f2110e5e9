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

func TestAConsultantsOwnNotes(t *testing.T) {
	t.Parallel()
	o := withConsultants(t)
	id, meeting := o.inProgress()
	p := o.asConsultant(id)
	page := "/moeder/" + meeting.String() + ownNotesPath
	require.Equal(t, p.home+page, p.opens("").document().Find(`[href$="`+ownNotesPath+`"]`).AttrOr("href", ""))
	first := p.opens(page)
	require.Contains(t, first.text, "Kun du kan se dem.")
	require.Contains(t, first.text, "De slettes tre måneder efter, at forløbet er slut.")

	const words = "Stemningen var trykket."
	write := func(seen, text string) answer {
		return p.sends(page, url.Values{versionName: {seen}, noteField: {text}})
	}
	p.led(write("0", words), "?klar=mine-noter")
	require.Contains(t, p.opens(page).text, words)

	wrong := write("1", "Hun hedder\n010203-1234")
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Contains(t, wrong.mistake(noteField), "CPR-nummer (linje 2)")
	require.Contains(t, wrong.text, "Hun hedder", "nothing that was typed is lost")

	conflict := write("0", "Fra et andet vindue.")
	require.Equal(t, http.StatusConflict, conflict.StatusCode)
	require.Contains(t, conflict.document().Find("[name="+noteField+"]").Text(), "Fra et andet vindue.")
	require.Contains(t, part(conflict.document(), "remarks"), words)
	p.led(write(conflict.document().Find("[name="+versionName+"]").AttrOr("value", ""), "Lagt sammen."), "?klar=mine-noter")
	require.Contains(t, p.opens(page).text, "Lagt sammen.")
	require.Equal(t, http.StatusBadRequest, write("x", words).StatusCode)

	secretary := o.asSecretary(id)
	require.NotContains(t, secretary.opens("").text, "Lagt sammen.")
	require.NotContains(t, secretary.opens("").text, ownNotesPath)
	require.NotContains(t, o.get("/api/v1/forloeb/"+id.String(), o.tokenFor(forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: o.annaID, Name: "x"})).text, "Lagt sammen.")
	require.NotContains(t, o.logged.String(), "Lagt sammen.")
	require.NotContains(t, o.logged.String(), "trykket")

	p.led(write("2", " "), "?klar=mine-noter")
	require.NotContains(t, p.opens(page).text, "Lagt sammen.")

	o.env.Do(id, storetest.Secretary, forloeb.Stop{Reason: "Det er nok."})
	o.env.Settle(id)
	until := o.env.Read(id).MeetingNotesUntil()
	require.Contains(t, p.opens(page).text, "De slettes "+forloeb.Date(until)+".")
	o.env.Wind(id, until.Add(24*time.Hour))
	p.opens(page).message(http.StatusGone, "Noterne er slettet")
	write("3", words).message(http.StatusGone, "Noterne er slettet")
}

// What was typed when the login had run out is there after the next one.
func TestOwnNotesSurviveALogin(t *testing.T) {
	t.Parallel()
	o := withConsultants(t)
	id, meeting := o.inProgress()
	p := o.asConsultant(id)
	page := "/moeder/" + meeting.String() + ownNotesPath
	o.Server.now = func() time.Time { return time.Now().Add(time.Hour) }
	away := p.sends(page, url.Values{versionName: {"0"}, noteField: {"Skrevet i bilen."}})
	require.Contains(t, away.Header.Get("Location"), LoginPath+"?gemt=1")
	email := p.read().Consultant().Email
	identity := forloeb.Identity{Issuer: "test", Subject: "again", Name: "Karen Lund", Email: email, Role: forloeb.RoleConsultant}
	o.login.identity = &identity
	o.env.Get(&identity.Subject, `select subject from staff where email = $1`, email)
	require.Equal(t, http.StatusSeeOther, o.logIn(p.j, forloeb.Principal{}, "/").StatusCode)
	back := p.opens(page)
	require.NotEmpty(t, part(back.document(), "restored"))
	require.Equal(t, "Skrevet i bilen.", back.document().Find("[name="+noteField+"]").Text())

	// Meanwhile something was saved elsewhere: both are shown.
	who := forloeb.AskedBy(t.Context(), forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: p.read().Consultant().ID})
	require.NoError(t, o.env.Front.SaveMeetingNote(who, meeting, p.read().Consultant().ID, 0, "Fra bordet."))
	both := p.opens(page)
	require.Contains(t, part(both.document(), "remarks"), "Fra bordet.")
	require.Equal(t, "Skrevet i bilen.", both.document().Find("[name="+noteField+"]").Text())
}
