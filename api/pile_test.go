package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// named is a browser in which somebody of that name has logged in.
func (o *office) named(name string, access forloeb.Access) jar {
	o.t.Helper()
	o.login.identity = &forloeb.Identity{Issuer: "test", Subject: uuid.NewString(), Name: name, Email: uuid.NewString() + "@example.dk", Role: access.Role, Provider: access.Provider}
	defer func() { o.login.identity = nil }()
	j := jar{}
	require.Equal(o.t, http.StatusSeeOther, o.logIn(j, forloeb.Principal{}, "/").StatusCode)
	return j
}

var ofSecretariat = forloeb.Access{Role: forloeb.RoleSecretariat}

// presses sends a form of a page as it stands, found by its button.
func (o *office) presses(j jar, page, button string) answer {
	o.t.Helper()
	shown := o.browse(j, page)
	require.Equal(o.t, http.StatusOK, shown.StatusCode, shown.text)
	form := shown.document().Find("[data-test-id=" + button + "]").First().Closest("form")
	require.Equal(o.t, 1, form.Length(), "%s on %s", button, page)
	sent := url.Values{}
	form.Find("input").Each(func(_ int, s *goquery.Selection) { sent.Set(s.AttrOr("name", ""), s.AttrOr("value", "")) })
	return o.submit(j, form.AttrOr("action", ""), sent)
}

// reads is what a page says in what a test id marks.
func (o *office) reads(j jar, page, id string) string {
	o.t.Helper()
	shown := o.browse(j, page)
	require.Equal(o.t, http.StatusOK, shown.StatusCode, shown.text)
	return said(shown.document(), id)
}

func TestATaskIsTakenOnThePages(t *testing.T) {
	d := newDesk(t)
	id := d.fixAsked()
	d.fixAsked()
	anna, bo := d.named("Anna Bech", ofSecretariat), d.named("Bo Dam", ofSecretariat)
	const morning, mine = "/sekretariat/", "/sekretariat/?vis=mine"
	task := d.env.Read(id).Tasks[0].ID
	anchor := "#opgave-" + strconv.FormatInt(task, 10)
	before := d.acts()

	bosPage := d.browse(bo, morning).document() // before Anna took it
	a := d.presses(anna, morning, "take-task")
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.text)
	require.Equal(t, "/sekretariat/?klar=taget"+anchor, a.Header.Get("Location"))
	require.Equal(t, "Du har opgaven. Dine kolleger kan se det.", d.reads(anna, "/sekretariat/?klar=taget", "just-done"))
	clock := forloeb.Clock(time.Now())
	require.Regexp(t, `^Du har den siden kl\. `, d.reads(anna, morning, "holder"))
	require.Equal(t, before, d.acts(), "it is no deed")

	late := d.submit(bo, bosPage.Find("[data-test-id=take-task]").First().Closest("form").AttrOr("action", ""), url.Values{"fra": {"i-dag"}})
	require.Equal(t, "/sekretariat/?klar=optaget"+anchor, late.Header.Get("Location"))
	require.Equal(t, "En kollega tog opgaven lige før dig. Ved opgaven står, hvem det er.", d.reads(bo, "/sekretariat/?klar=optaget", "too-late"))
	require.Regexp(t, `^Anna har den siden kl\. `, d.reads(bo, morning, "holder"))
	require.Len(t, d.reads(bo, morning, "holder"), len("Anna har den siden "+clock+"."))

	require.Equal(t, "2 ting venter på et menneske. Resten passer sig selv.", d.reads(anna, mine, "count"), "of all")
	require.Equal(t, 1, d.browse(anna, mine).document().Find("[data-test-id=task]").Length())
	require.Equal(t, []string{"Bad om en ændring (1)"}, waitsFor(d.browse(anna, mine).document()))
	require.Equal(t, "Du har ikke taget nogen opgaver.", d.reads(bo, mine, "none"))
	require.Equal(t, "Vi kunne ikke bruge noget i adressen: hvis opgaver der skulle vises. Listen er vist uden.", d.reads(bo, "/sekretariat/?vis=alles", "ignored"))

	home := "/sekretariat/forloeb/" + id.String()
	require.Contains(t, plain(d.browse(bo, home).document().Find("[data-test-id=take-task]").Text()), "Overtag den fra Anna")
	require.Equal(t, home+"?klar=taget"+anchor, d.presses(bo, home, "take-task").Header.Get("Location"))
	require.Regexp(t, `^Bo har den siden kl\. `, d.reads(anna, home, "holder"))
	require.Equal(t, "/sekretariat/?klar=givet-fra&vis=mine"+anchor, d.presses(bo, mine, "give-up-task").Header.Get("Location"))
	require.Empty(t, d.reads(anna, home, "holder"))

}

func TestATaskIsPutOffOnThePages(t *testing.T) {
	d := newDesk(t)
	flag := d.signedByAnother()
	anna := d.named("Anna Bech", ofSecretariat)
	task := d.env.Read(flag).Tasks[0].ID
	const morning = "/sekretariat/"
	later := d.browse(anna, morning).document().Find("[data-test-id=put-off-way]").AttrOr("href", "")
	require.Equal(t, fmt.Sprintf("/sekretariat/forloeb/%s/opgaver/%d/senere?fra=i-dag", flag, task), later)
	form := d.browse(anna, later)
	require.Contains(t, form.text, "Underskriften under svaret fra lederen")

	last := d.env.Read(flag).ConsentCloses()
	require.Contains(t, form.text, "Senest "+forloeb.Date(last)+": Den dag er fristen")
	sends := func(until, reason string) answer {
		return d.submit(anna, later, url.Values{"until": {until}, "reason": {reason}})
	}
	short := func(t time.Time) string { return t.In(forloeb.Copenhagen).Format("2-1-2006") }
	for until, says := range map[string]string{
		"snart":                      "Skriv datoen som 11-3-2027.",
		short(time.Now()):            "Vælg en dag efter i dag og højst et år frem.",
		short(last.AddDate(0, 0, 1)): "Fristen er " + forloeb.Date(last) + ". Vælg den dag eller en før.",
	} {
		a := sends(until, "Vi venter på Karen.")
		require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode, until)
		require.Contains(t, a.mistake("until"), says)
		require.Contains(t, a.text, "Vi venter på Karen.", "nothing that was typed is lost")
	}
	a := sends(short(last), "Ring til 010203-1234.")
	require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode)
	require.Contains(t, a.mistake("reason"), "Fjern det, der ligner et CPR-nummer (linje 1)")

	a = sends(short(last), "Vi venter på Karen.")
	require.Equal(t, http.StatusSeeOther, a.StatusCode, a.text)
	require.Equal(t, "/sekretariat/?klar=udskudt", a.Header.Get("Location"))
	doc := d.browse(anna, morning).document()
	require.Zero(t, doc.Find("[data-test-id=task]").Length())
	require.Empty(t, said(doc, "count"))
	require.Equal(t, "Udskudt (1)", plain(doc.Find("[data-test-id=put-off] summary").Text()))
	require.Contains(t, plain(doc.Find("[data-test-id=put-off-task]").Text()), "Udskudt til "+forloeb.Date(last)+" af Anna.")
	home := "/sekretariat/forloeb/" + flag.String()
	require.Equal(t, "Udskudt til "+forloeb.Date(last)+" af Anna.", d.reads(anna, home, "holder"))
	require.Equal(t, fmt.Sprintf("/sekretariat/?klar=vist-igen#opgave-%d", task), d.presses(anna, morning, "show-task").Header.Get("Location"))
	require.Equal(t, 1, d.browse(anna, morning).document().Find("[data-test-id=task]").Length())

	closed := d.submit(anna, fmt.Sprintf("%s/opgaver/%d/luk", home, task), nil)
	require.Equal(t, http.StatusSeeOther, closed.StatusCode)
	require.Equal(t, "/sekretariat/?klar=loest", d.browse(anna, later).Header.Get("Location"))
	require.Equal(t, "/sekretariat/?klar=loest", sends(short(last), "").Header.Get("Location"))
	require.Equal(t, http.StatusNotFound, d.browse(anna, home+"/opgaver/999999/senere").StatusCode)
	require.Equal(t, "Opgaven er løst i mellemtiden.", d.reads(anna, "/sekretariat/?klar=loest", "too-late"))

	doc = d.browse(anna, morning).document()
	require.Equal(t, 1, doc.Find("[data-test-id=settled-task]").Length())
	settled := plain(doc.Find("[data-test-id=settled]").Text())
	require.Contains(t, settled, "Klaret siden "+forloeb.Since(forloeb.LastWorkingDay(time.Now()), time.Now())+" (1)")
	require.Contains(t, settled, "Underskriften er en anden end navnet på ansøgningen")
	require.Contains(t, settled, "Lukket af Anna Bech i dag kl. ")
}

func TestThePileInTheAPI(t *testing.T) {
	o := newOffice(t)
	id := o.env.Apply()
	o.env.Settle(id)
	o.env.Answer(id, forloeb.Leader, forloeb.Fix)
	o.env.Settle(id)
	task := func(path string, token string, body any) answer {
		return o.as(token, http.MethodPost, fmt.Sprintf("/tasks/%d/%s", o.env.Read(id).Tasks[0].ID, path), body)
	}
	first, second := o.tokenFor(forloeb.Principal{Role: forloeb.RoleSecretariat, Name: "Journalen"}), o.tokenFor(forloeb.Principal{Role: forloeb.RoleHead, Name: "Lederen"})
	var d taskDocument
	task("claim", first, nil).into(http.StatusOK, &d)
	require.Equal(t, "Journalen", d.Claim.Name)
	require.Zero(t, o.beforeRequest-o.acts())
	o.refused(task("claim", second, nil), http.StatusConflict, forloeb.RefuseTaskTaken)
	var mine tasksPage
	o.as(second, http.MethodGet, "/tasks?mine=true", nil).into(http.StatusOK, &mine)
	require.Empty(t, mine.Items)
	holder := d.Claim.By
	task("claim", second, claimBody{TakeFrom: &holder}).into(http.StatusOK, &d)
	require.Equal(t, "Lederen", d.Claim.Name)
	o.as(second, http.MethodGet, "/tasks?mine=true", nil).into(http.StatusOK, &mine)
	require.Len(t, mine.Items, 1)
	require.Equal(t, "Lederen", mine.Items[0].Claim.Name)

	p := task("put-off", first, putOffBody{Until: "snart"}).problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, "bad_date", p.Errors[0].Code)
	now := o.env.Now(id)
	o.refused(task("put-off", first, putOffBody{Until: now.Format(time.DateOnly)}), http.StatusUnprocessableEntity, forloeb.RefusePutOffDay)
	tomorrow := now.In(forloeb.Copenhagen).AddDate(0, 0, 1).Format(time.DateOnly)
	o.refused(task("put-off", first, putOffBody{Until: tomorrow, Reason: "010203-1234"}), http.StatusUnprocessableEntity, forloeb.RefuseUnfitText)
	d = taskDocument{}
	task("put-off", first, putOffBody{Until: tomorrow, Reason: "Karen er syg."}).into(http.StatusOK, &d)
	require.Equal(t, tomorrow, d.PutOffUntil)
	require.Nil(t, d.Claim)
	d = taskDocument{}
	task("show", first, nil).into(http.StatusOK, &d)
	require.Empty(t, d.PutOffUntil)
	task("claim", first, nil).into(http.StatusOK, &d)
	d = taskDocument{}
	task("unclaim", first, nil).into(http.StatusOK, &d)
	require.Nil(t, d.Claim)

	o.env.Exec(`update tasks set closed_at = now() where forloeb_id = $1`, id)
	o.refused(task("claim", first, nil), http.StatusConflict, forloeb.RefuseTaskClosed)
	o.refused(task("unclaim", first, nil), http.StatusConflict, forloeb.RefuseTaskClosed)
	o.refused(task("show", first, nil), http.StatusConflict, forloeb.RefuseTaskClosed)
	o.refused(task("put-off", first, putOffBody{Until: tomorrow}), http.StatusConflict, forloeb.RefuseTaskClosed)
	for _, path := range []string{"/tasks/999999/claim", "/tasks/x/unclaim", "/tasks/999999/show"} {
		o.refused(o.as(first, http.MethodPost, path, nil), http.StatusNotFound, forloeb.RefuseNotFound)
	}

	flag := o.env.Apply()
	o.env.Settle(flag)
	o.env.Do(flag, forloeb.Actor{Kind: forloeb.ActorParty}, forloeb.AnswerConsent{
		Party: o.env.Party(flag, forloeb.Leader).ID, Revision: 1, Answer: forloeb.Yes, Signature: "En helt anden", Channel: forloeb.ByLink})
	o.env.Settle(flag)
	f := o.env.Read(flag)
	late := f.ConsentCloses().In(forloeb.Copenhagen).AddDate(0, 0, 1).Format(time.DateOnly)
	o.refused(o.as(first, http.MethodPost, fmt.Sprintf("/tasks/%d/put-off", f.Tasks[0].ID), putOffBody{Until: late}), http.StatusUnprocessableEntity, forloeb.RefusePutOffLate)
}
