package main

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

const wish = "Fredag formiddag passer bedre."

// A party who cannot come follows the link of the invitation, takes the
// meeting to the calendar after all, and asks for another time. The consultant
// hears of it once and moves the meeting; then the party may ask again.
func TestAPartyCannotCome(t *testing.T) {
	r := newRunning(t)
	p := r.apply("hanne", nil)
	r.answer(p.leader, forloeb.Yes, nil)
	r.answer(p.rep, forloeb.Yes, nil)
	consultant := r.stands(p, forloeb.Planning).Consultant.Email
	start := nextMeeting()
	r.post("forloeb/"+p.id+"/meetings", map[string]any{
		"starts_at": start.Format(time.RFC3339), "ends_at": start.Add(2 * time.Hour).Format(time.RFC3339), "place": "Lærerværelset",
	})
	r.stands(p, forloeb.InProgress)

	invitation, err := r.out.newestMail(t.Context(), p.rep.email, "Møde 1")
	require.NoError(t, err)
	link, err := invitation.link("/moede/")
	require.NoError(t, err)
	page := r.opens(p.rep, "/moede/")
	require.Equal(t, "Møde 1 – "+forloeb.Interval(start, start.Add(2*time.Hour)), readable(page.Find("h1")))
	r.requireSameCalendar(invitation, page)

	before := r.still()
	require.NoError(t, r.out.head(t.Context(), link))
	require.Positive(t, r.sendEveryForm([]string{link}))
	require.Equal(t, before, r.digest(), "a robot asks for nothing")

	thanks, err := asksOtherTime(page).send(t.Context())
	require.NoError(t, err)
	require.Contains(t, readable(thanks.Find(`[data-test-id="just-asked"]`)), "Tak. Konsulenten har fået besked og vender tilbage til jer begge.")
	r.stands(p, forloeb.InProgress)
	told, err := r.out.newestMail(t.Context(), consultant, "En part kan ikke komme")
	require.NoError(t, err)
	require.Contains(t, told.Text, "medarbejderrepræsentanten ikke komme "+forloeb.DateTime(start)+".")
	require.NotContains(t, told.Text, wish)
	_, err = asksOtherTime(page).send(t.Context()) // the page as it was
	require.NoError(t, err)
	r.stands(p, forloeb.InProgress)
	require.Equal(t, 1, r.timesTold(consultant))

	meeting, moved := r.booked(p), start.AddDate(0, 0, 7)
	require.NoError(t, r.staff.call(t.Context(), http.MethodPatch, "meetings/"+meeting, map[string]any{
		"starts_at": moved.Format(time.RFC3339), "ends_at": moved.Add(2 * time.Hour).Format(time.RFC3339)}, nil))
	r.stands(p, forloeb.InProgress)
	again, err := r.out.open(t.Context(), link) // the first mail's link is still the meeting's
	require.NoError(t, err)
	said, err := again.says("moved")
	require.NoError(t, err)
	require.Contains(t, said, "Mødet er flyttet fra "+forloeb.DateTime(start)+" til "+forloeb.DateTime(moved)+".")
	update, err := r.out.newestMail(t.Context(), p.rep.email, "er flyttet")
	require.NoError(t, err)
	r.requireSameCalendar(update, again)
	_, err = asksOtherTime(again).send(t.Context())
	require.NoError(t, err)
	r.stands(p, forloeb.InProgress)
	require.Equal(t, 2, r.timesTold(consultant))
	r.requireEachMailOnce()
}

// asksOtherTime fills in the form on a meeting's page and presses its button.
func asksOtherTime(p *page) *form {
	return p.form("other-time-form").fill("other_time", wish).fill("ask", "yes")
}

// timesTold counts the mails that say that somebody cannot come.
func (r *running) timesTold(consultant string) (n int) {
	r.t.Helper()
	mails, err := r.out.mails(r.t.Context())
	require.NoError(r.t, err)
	for _, m := range mails {
		if m.recipient() == consultant && strings.HasSuffix(m.Subject, "En part kan ikke komme") {
			n++
		}
	}
	return n
}

// requireSameCalendar compares the file on a meeting's page with what came in
// the mail, line by line; only the time of writing differs.
func (r *running) requireSameCalendar(m caughtMail, p *page) {
	r.t.Helper()
	answer, err := http.Get(r.out.product + p.Find(`[data-test-id="calendar"]`).AttrOr("href", ""))
	require.NoError(r.t, err)
	defer answer.Body.Close()
	require.Equal(r.t, http.StatusOK, answer.StatusCode)
	require.Equal(r.t, "text/calendar; charset=utf-8", answer.Header.Get("Content-Type"))
	file, err := io.ReadAll(answer.Body)
	require.NoError(r.t, err)
	require.Contains(r.t, string(file), "\r\nUID:")
	require.Len(r.t, m.Attachments, 2, "for calendars, and as a file")
	for _, a := range m.Attachments {
		mailed, err := r.out.mailPart(r.t.Context(), m.ID, a.PartID)
		require.NoError(r.t, err)
		require.Equal(r.t, withoutStamp(mailed), withoutStamp(string(file)))
	}
}

func withoutStamp(calendar string) (lines []string) {
	for line := range strings.SplitSeq(calendar, "\r\n") {
		if !strings.HasPrefix(line, "DTSTAMP:") {
			lines = append(lines, line)
		}
	}
	return lines
}
