package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestTheSecretariatEditsAnApplication(t *testing.T) {
	d := newClerk(t)
	id := d.env.Apply()
	d.env.Settle(id)
	d.env.Answer(id, forloeb.Leader, forloeb.Yes)
	d.env.Answer(id, forloeb.Rep, forloeb.Fix)
	d.env.Settle(id)
	before := d.env.Read(id)
	page := casePath(id) + "/ansoegning"
	require.Contains(t, d.browse(d.j, casePath(id)).text, page, "the task leads here")

	shown := d.browse(d.j, page)
	require.Equal(t, 1, shown.document().Find("[data-test-id=wishes] dt").Length())
	require.Contains(t, shown.text, "Svaret fra lederen gælder ikke mere.")
	require.Equal(t, before.Application.Texts.Situation, sent(shown.document(), "situation")[0])

	for _, c := range []struct{ field, typed, text string }{
		{"workplace", "", "Skriv arbejdspladsens navn."},
		{"situation", "Ring til 010203-1234.", "CPR-nummer"},
		{"rep_email", before.Submission().Leader.Email, "må ikke være den samme som lederens"},
		{"leader_email", "mette@gmial.com", "Mente du"},
	} {
		got := d.sends(page, url.Values{c.field: {c.typed}, "tried": {"Vi har talt om det."}})
		require.Equal(t, http.StatusUnprocessableEntity, got.StatusCode, c.field)
		require.Contains(t, got.mistake(c.field), c.text)
		require.Equal(t, []string{c.typed}, sent(got.document(), c.field))
		require.Equal(t, "Vi har talt om det.", sent(got.document(), "tried")[0])
	}
	require.Equal(t, before.Version, d.env.Read(id).Version)

	done := d.sends(page, url.Values{"situation": {"Vi er blevet enige om en anden tekst."}, "rep_email": {"amir@gmial.com"}, "rep_email_sure": {"true"}})
	require.Equal(t, casePath(id)+"?klar=ansoegning", done.Header.Get("Location"), done.text)
	after := d.env.Read(id)
	require.Equal(t, "Vi er blevet enige om en anden tekst.", after.Application.Texts.Situation)
	require.Equal(t, before.Application.Revision+1, after.Application.Revision)
	require.Equal(t, before.Application.StartedBy, after.Application.StartedBy)
	require.False(t, after.AskedForFix())
	require.Len(t, after.Pending(), 2)
	for _, p := range before.CurrentParties() {
		moved := int64(0)
		if p.Side == forloeb.Rep {
			moved = 1
		}
		require.EqualValues(t, int64(p.LinkVersion)+moved, after.Party(p.ID).LinkVersion, p.Side)
	}
}

// A regional application has its own fields, as they were when it came in; its
// provider stays.
func TestTheSecretariatEditsARegionalApplication(t *testing.T) {
	d := newClerk(t)
	id := d.env.ApplyAt(at(2022, 5, 10, 9, 0), storetest.Regional)
	d.env.Settle(id)
	page := casePath(id) + "/ansoegning"
	shown := d.browse(d.j, page).document()
	require.Equal(t, []string{"midtjylland"}, sent(shown, "region"))
	require.Equal(t, 5+1, shown.Find("[name=region] option").Length())
	require.Equal(t, []string{"violence_offences"}, sent(shown, "themes"))
	require.Contains(t, said(shown, "provider"), "Rådgivning fra NFA.")
	require.Zero(t, shown.Find("[name=municipality], [name=sector], [name=provider]").Length())

	got := d.sends(page, url.Values{"unit_type": {""}, "leader_email": {"mette"}, "body": {"other"}})
	require.Equal(t, http.StatusUnprocessableEntity, got.StatusCode)
	require.Equal(t, "Fejl: Vælg, hvad arbejdspladsen er.", got.mistake("unit_type"))
	require.Contains(t, got.mistake("leader_email"), "navn@region.dk")
	require.NotEmpty(t, got.mistake("body_name"))

	done := d.sends(page, url.Values{"unit_type": {"psychiatry"}, "themes": {"culture_core_task"}})
	require.Equal(t, casePath(id)+"?klar=ansoegning", done.Header.Get("Location"), done.text)
	after := d.env.Read(id)
	require.Equal(t, forloeb.UnitPsychiatry, after.Lead().UnitType)
	require.Equal(t, []forloeb.ThemeCode{forloeb.ThemeCultureAndCoreTask}, after.Application.Themes)
	require.Equal(t, forloeb.ProviderNFA, after.Provider)
}

// An edit that changes nothing would void the answers for nothing; unless
// somebody asked for one, and it turned out not to be needed.
func TestAnEditChangesSomething(t *testing.T) {
	d := newClerk(t)
	id := d.env.Apply()
	d.env.Settle(id)
	page := casePath(id) + "/ansoegning"
	for _, typed := range []url.Values{{}, {"rep_phone": {"20 00 00 09"}}, {"rep_email": {"amir.ny@example.dk"}}} {
		got := d.sends(page, typed)
		require.Equal(t, http.StatusUnprocessableEntity, got.StatusCode)
		require.Contains(t, got.mistake("situation"), "Teksten er den samme som før.")
	}
	d.env.Answer(id, forloeb.Rep, forloeb.Fix)
	d.env.Settle(id)
	done := d.sends(page, nil)
	require.Equal(t, http.StatusSeeOther, done.StatusCode, done.text)
	require.False(t, d.env.Read(id).AskedForFix())
}

func TestAnEditComesBeforeAConsultant(t *testing.T) {
	d := newClerk(t)
	id := d.env.Apply()
	d.env.Settle(id)
	page := casePath(id) + "/ansoegning"
	typed := over(d.opens(page), url.Values{"situation": {"Noget andet."}})
	d.env.Agree(id)
	d.env.Settle(id)
	require.NotNil(t, d.env.Read(id).Consultant())

	got := d.submit(d.j, page, typed)
	require.Equal(t, http.StatusConflict, got.StatusCode)
	require.Equal(t, "Noget andet.", sent(got.document(), "situation")[0])
	d.browse(d.j, page).message(http.StatusConflict, "Det kan ikke lade sig gøre nu")
	require.Equal(t, 1, d.env.Read(id).Application.Revision)
}

func TestAnEditSaysWhoIsReachedByANewAddress(t *testing.T) {
	d := newClerk(t)
	id := d.env.Apply()
	d.env.Settle(id)
	d.env.Answer(id, forloeb.Rep, forloeb.NotMe)
	d.env.Settle(id)
	effects := plain(d.browse(d.j, casePath(id)+"/ansoegning").document().Find("[data-test-id=effects]").Text())
	name := d.env.Party(id, forloeb.Rep).Contact.Name
	require.Contains(t, effects, name+" (medarbejderrepræsentant) kan ikke nås og får ingen mail.")
	require.Contains(t, effects, "Er medarbejderrepræsentantens mailadresse ny, får "+name)
	require.NotContains(t, effects, "Er lederens mailadresse ny,", "that brings no other mail")
	require.NotContains(t, effects, "Fristen", "it does not run until both can answer")
}
