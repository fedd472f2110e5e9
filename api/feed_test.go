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

// follower is a consultant with a calendar of their own.
type follower struct {
	*office
	j    jar
	id   uuid.UUID // of the forløb
	whom uuid.UUID
}

func newFollower(t *testing.T) follower {
	o := withConsultants(t)
	id, _ := o.inProgress()
	c := o.env.Read(id).Consultant()
	return follower{o, o.loggedIn(forloeb.RoleConsultant, c.Email), id, c.ID}
}

func (f follower) page() answer {
	f.t.Helper()
	a := f.send(request{method: http.MethodGet, path: ownCalendarPath, header: f.j.header()})
	require.Equal(f.t, http.StatusOK, a.StatusCode, a.text)
	return a
}

// presses a button of the page, as it stands.
func (f follower) presses(page answer, testID string) {
	f.t.Helper()
	form := parsed(f.t, page).Find(`[data-test-id="` + testID + `"]`).Closest("form")
	require.Equal(f.t, 1, form.Length(), testID)
	a := f.submit(f.j, form.AttrOr("action", ""), url.Values{versionName: {form.Find("[name=version]").AttrOr("value", "")}})
	require.Equal(f.t, http.StatusSeeOther, a.StatusCode, a.text)
}

func (f follower) address() string {
	f.t.Helper()
	address, err := url.Parse(parsed(f.t, f.page()).Find(`[data-test-id="feed"]`).AttrOr("value", ""))
	require.NoError(f.t, err)
	return address.Path
}

func TestACalendarIsFollowedByASecretLink(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	require.Empty(t, f.address())
	f.presses(f.page(), "make")
	old := f.address()
	m := f.env.Read(f.id).Meetings[0]

	a := f.get(old, "")
	require.Equal(t, http.StatusOK, a.StatusCode)
	require.Equal(t, "text/calendar; charset=utf-8", a.Header.Get("Content-Type"))
	require.Equal(t, "private, no-cache", a.Header.Get("Cache-Control"))
	require.Empty(t, a.Header.Values("Set-Cookie"))
	require.Contains(t, a.text, m.ICSUID)
	require.Contains(t, a.text, f.env.Read(f.id).Reference)
	for _, p := range f.env.Read(f.id).Parties {
		require.NotContains(t, a.text, p.Contact.Name)
		require.NotContains(t, a.text, p.Contact.Email)
	}
	same := f.send(request{method: http.MethodGet, path: old, header: map[string]string{"If-None-Match": `"x", W/` + a.Header.Get("ETag")}})
	require.Equal(t, http.StatusNotModified, same.StatusCode)
	require.Empty(t, same.text)
	require.Equal(t, http.StatusOK, f.send(request{method: http.MethodHead, path: old}).StatusCode)

	f.env.Do(f.id, storetest.Secretary, forloeb.CancelMeeting{Meeting: m.ID})
	changed := f.send(request{method: http.MethodGet, path: old, header: map[string]string{"If-None-Match": a.Header.Get("ETag")}})
	require.Equal(t, http.StatusOK, changed.StatusCode)
	require.Contains(t, changed.text, string(forloeb.Cancelled))

	stale := f.page()
	f.presses(stale, "renew")
	renewed := f.address()
	require.NotEqual(t, old, renewed)
	f.presses(stale, "renew") // pressed twice, or in another window
	require.Equal(t, renewed, f.address())
	f.get(old, "").message(http.StatusNotFound, "Siden findes ikke")
	require.Equal(t, http.StatusOK, f.get(renewed, "").StatusCode)

	f.presses(f.page(), "drop")
	require.Empty(t, f.address())
	f.get(renewed, "").message(http.StatusNotFound, "Siden findes ikke")
	f.presses(f.page(), "make")
	require.NotEqual(t, renewed, f.address(), "what was stopped stays so")
}

func TestACalendarThatNobodyFollows(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	f.presses(f.page(), "make")
	good := f.address()
	version := 1
	for name, path := range map[string]string{
		"nonsense":        "/kalender/x.y.ics",
		"not a file":      good[:len(good)-len(feedSuffix)],
		"cut":             good[:len(good)-8] + feedSuffix,
		"another's":       link.Calendar.Path(f.links.Token(link.Calendar, f.boID, 1)) + feedSuffix,
		"a future":        link.Calendar.Path(f.links.Token(link.Calendar, f.whom, version+1)) + feedSuffix,
		"another purpose": link.Calendar.Path(f.links.Token(link.Draft, f.whom, version)) + feedSuffix,
		"nobody's":        link.Calendar.Path(f.links.Token(link.Calendar, uuid.New(), 1)) + feedSuffix,
	} {
		t.Log(name)
		f.get(path, "").message(http.StatusNotFound, "Siden findes ikke")
	}
	for _, stops := range []string{
		`update staff set sessions_from = now() where consultant_id = $1`,
		`update staff set active = false where consultant_id = $1`,
		`update consultants set active = false where id = $1`,
	} {
		f.env.Exec(`update staff set active = true where consultant_id = $1`, f.whom)
		f.env.Exec(`update consultant_links set calendar_at = now() where consultant_id = $1`, f.whom)
		l, err := f.env.API.CalendarLink(t.Context(), f.whom)
		require.NoError(t, err)
		path := link.Calendar.Path(f.links.Token(link.Calendar, f.whom, l.Version)) + feedSuffix
		require.Equal(t, http.StatusOK, f.get(path, "").StatusCode)
		f.env.Exec(stops, f.whom)
		f.get(path, "").message(http.StatusNotFound, "Siden findes ikke")
	}
	f.env.Exec(`update consultants set active = true where id = $1`, f.whom)
	f.get(good, "").message(http.StatusNotFound, "Siden findes ikke")
}

// Guessing is counted as it is for tokens; a calendar with a good link is not.
func TestGuessingACalendarIsCounted(t *testing.T) {
	t.Parallel()
	f := newFollower(t)
	f.config.Limits = Limits{Tokens: 2, Together: 10}
	f.presses(f.page(), "make")
	for range 2 {
		require.Equal(t, http.StatusNotFound, f.get("/kalender/x.y.ics", "").StatusCode)
	}
	require.Equal(t, http.StatusTooManyRequests, f.get("/kalender/x.y.ics", "").StatusCode)
	require.Equal(t, http.StatusOK, f.get(f.address(), "").StatusCode)
}
