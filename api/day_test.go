package api

import (
	"net/http"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// karens are two forløb of one consultant: one without any meeting, and one
// with a meeting that has just ended and another that somebody cannot come to.
func karens(o *office) (unplanned, running planner) {
	o.env.Consultant("Karen Lund", 3)
	running = o.asConsultant(waiting(o))
	unplanned = running
	unplanned.id = waiting(o)
	unplanned.home = ownAddress(unplanned.id)
	o.env.Book(running.id, at(2026, 12, 8, 13, 0))
	next := o.env.Book(running.id, at(2026, 12, 9, 9, 0))
	o.env.Settle(running.id)
	rep := o.env.Party(running.id, forloeb.Rep)
	o.env.Do(running.id, storetest.By(rep), forloeb.AskOtherTime{Party: rep.ID, Meeting: next, StartsAt: at(2026, 12, 9, 9, 0), Text: "Hellere fredag."})
	o.env.RunTo(running.id, at(2026, 12, 8, 16, 5))
	return unplanned, running
}

func TestAConsultantsDay(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	unplanned, running := karens(o)
	meetings := running.read().Meetings
	register, move := running.home+"/moeder/"+meetings[0].ID.String()+"/noter", running.home+"/moeder/"+meetings[1].ID.String()+"/flyt"

	day := o.browse(running.j, "/konsulent/").document()
	now := day.Find("[data-test-id=now]")
	require.Equal(t, 1, now.Find(`a[href="`+register+`"]:contains("Notér møde 1 hos")`).Length())
	require.Equal(t, 1, now.Find(`a[href="`+move+`"]:contains("Flyt møde 2")`).Length())
	require.Equal(t, 1, now.Find(`a[href="`+unplanned.home+`/moeder/ny"]`).Length())
	require.Equal(t, 1, now.Find(`a[href="`+unplanned.home+`/moeder/foreslaa"]:contains("Foreslå 4 datoer")`).Length())
	said := part(day, "now")
	require.Contains(t, said, "Møde 1 var tirsdag den 8. december 2026 kl. 13.00–16.00.")
	require.Contains(t, said, "Medarbejderrepræsentanten kan ikke komme til møde 2 onsdag den 9. december 2026 kl. 9.00–12.00. Mødet står, til du flytter det. Hellere fredag.")
	require.Contains(t, said, "Aftal det første møde senest "+forloeb.Date(unplanned.read().ContactBy())+".")
	require.Contains(t, part(day, "soon"), "I morgen kl. 9.00–12.00")
	require.Equal(t, 1, day.Find(`[data-test-id=plan] a[href="`+running.home+`/moeder/ny"]:contains("Aftal møde 3")`).Length())
	require.Equal(t, 2, day.Find("[data-test-id=own] > li").Length())
	for _, way := range day.Find("main a[href^='/konsulent/']").EachIter() {
		require.Equal(t, http.StatusOK, o.browse(running.j, way.AttrOr("href", "")).StatusCode, way.AttrOr("href", ""))
	}

	running.says(running.meetingPage(0, "noter"), "ja")
	o.env.Settle(running.id)
	require.NotContains(t, part(o.browse(running.j, "/konsulent/").document(), "now"), "Notér")

	another := o.browse(o.loggedIn(forloeb.RoleConsultant, o.consultant("Bo Skov")), "/konsulent/").document()
	require.Equal(t, "Du har ikke noget, der venter.", part(another, "idle"))
	require.Equal(t, "Du har ingen åbne forløb. Du får en mail, når du får et.", part(another, "no-own"))
}

func TestAConsultantsOwnForloeb(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	unplanned, running := karens(o)
	own := func(address string) []string {
		return o.browse(running.j, address).document().Find("[data-test-id=own] .own-case").Map(hrefOf)
	}
	require.ElementsMatch(t, []string{unplanned.home, running.home}, own("/konsulent/forloeb"))
	require.Empty(t, own("/konsulent/forloeb?lukkede=1"))
	o.env.Do(running.id, storetest.Secretary, forloeb.Stop{Reason: "Aftalt."})
	o.env.Settle(running.id)
	require.Equal(t, []string{unplanned.home}, own("/konsulent/forloeb"))
	require.Equal(t, []string{running.home}, own("/konsulent/forloeb?lukkede=1"))

	for address, beginning := range map[string]string{"/konsulent/forloeb?fra=x": "/konsulent/forloeb", "/konsulent/forloeb?lukkede=1&fra=x": "/konsulent/forloeb?lukkede=1"} {
		got := o.browse(running.j, address)
		require.Equal(t, http.StatusSeeOther, got.StatusCode)
		require.Equal(t, beginning, got.Header.Get("Location"))
	}
}

func TestAConsultantsCalendar(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	_, running := karens(o)
	o.env.Exec(`insert into leaves (consultant_id, days) values ($1, '[2027-02-15,2027-02-19]')`, running.read().Consultant().ID)
	calendar := o.browse(running.j, "/konsulent/kalender").document()
	require.Contains(t, part(calendar, "past"), "Tirsdag den 8. december 2026 kl. 13.00–16.00")
	require.Contains(t, part(calendar, "past"), "Møde 1 Ikke noteret")
	require.Contains(t, part(calendar, "ahead"), "Onsdag den 9. december 2026 kl. 9.00–12.00")
	require.Contains(t, part(calendar, "ahead"), "Mandag den 15. februar 2027 til og med fredag den 19. februar 2027 Ferie")
}

// The secretariat's task about a meeting leads to where it is registered.
func TestATaskLeadsToTheMeeting(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id := overNow(o)
	o.env.RunTo(id, at(2027, 1, 22, 12, 0))
	o.env.Settle(id)
	secretary := o.asSecretary(id)
	meeting := o.env.Read(id).Meetings[1].ID
	ways := func() (list []wayOn) {
		k := o.staffCase(id, forloeb.RoleSecretariat)
		for _, task := range k.Tasks {
			if task.Open() && task.Kind == forloeb.TaskRegister {
				list = append(list, taskWays(k, task)...)
			}
		}
		return list
	}
	require.Contains(t, ways(), wayOn{Label: "Notér mødet", Address: registerAddress(o.staffCase(id, forloeb.RoleSecretariat), meeting)})
	secretary.says("/moeder/"+meeting.String()+"/noter", "ja")
	o.env.Settle(id)
	require.NotContains(t, ways(), wayOn{Label: "Notér mødet", Address: registerAddress(o.staffCase(id, forloeb.RoleSecretariat), meeting)})
}

func hrefOf(_ int, link *goquery.Selection) string { return link.AttrOr("href", "") }
