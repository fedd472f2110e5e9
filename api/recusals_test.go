package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestWhatAConsultantHasThereIsSaidBeforeARecusalIsSaved(t *testing.T) {
	d := newClerk(t)
	id := d.agree(d.env.Apply())
	page, place := consultantsPath+"/"+d.annaID.String()+recusalsPath, d.env.Read(id).Lead().Municipality
	require.Contains(t, d.browse(d.j, consultantsPath+"/"+d.annaID.String()).text, page)
	sends := func(fields url.Values) answer { return d.submit(d.j, page, fields) }
	kept := func() int { return d.env.Count(`select count(*) from recusals where ended_at is null`) }

	wrong := sends(url.Values{"place": {"x"}, "workplace": {"B"}, "reason": {"010203-1234"}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Contains(t, wrong.text, "Vælg en kommune eller en region.")
	require.Contains(t, wrong.text, "Skriv mindst tre bogstaver")

	const why = "Hendes søster er leder."
	fields := url.Values{"place": {place}, "reason": {why}}
	asked := sends(fields)
	require.Equal(t, http.StatusOK, asked.StatusCode)
	require.Zero(t, kept(), "not yet")
	require.Contains(t, asked.text, "Det er ikke gemt endnu")
	require.Contains(t, asked.text, d.env.Read(id).Reference)
	require.Contains(t, asked.text, casePath(id))
	require.Contains(t, asked.text, why, "nothing typed is lost")

	fields.Set("sure", "true")
	require.Equal(t, http.StatusSeeOther, sends(fields).StatusCode)
	require.Equal(t, 1, kept())
	d.env.Settle(id)
	require.Equal(t, d.annaID, d.env.Read(id).Consultant().ID, "nothing is taken away")
	today := d.browse(d.j, secretariatArea+"/").text
	require.Contains(t, today, "Konsulentens habilitet")
	require.Contains(t, today, "Anna skal ikke have forløb på dette sted (habilitet).")
	require.NotContains(t, d.browse(d.j, page).text, why, "the secretariat does not read why")
	require.Contains(t, d.browse(d.loggedIn(forloeb.RoleHead, "henrik@example.dk"), page).text, why)
	again := sends(fields)
	require.Equal(t, http.StatusUnprocessableEntity, again.StatusCode)
	require.Contains(t, again.text, "Det er noteret i forvejen.")
	require.Equal(t, 1, kept())
}

func TestAConsultantRegistersWhereTheyArePartial(t *testing.T) {
	o := withConsultants(t)
	anna := o.loggedIn(forloeb.RoleConsultant, o.addressOf(true))
	require.Contains(t, o.browse(anna, ownCalendarPath).text, ownRecusalsPath)
	const why = "Jeg har været leder der."
	require.Equal(t, http.StatusSeeOther, o.submit(anna, ownRecusalsPath, url.Values{"place": {"630"}, "workplace": {"Solsikken"}, "reason": {why}}).StatusCode)
	own := o.browse(anna, ownRecusalsPath)
	require.Contains(t, own.text, "Solsikken, Vejle Kommune")
	require.Contains(t, own.text, why)
	require.Contains(t, own.text, "af dig")
	require.NotContains(t, o.browse(o.loggedIn(forloeb.RoleConsultant, o.addressOf(false)), ownRecusalsPath).text, "Solsikken")

	acts, err := o.env.Front.Recuse(forloeb.AskedBy(t.Context(), forloeb.Principal{Role: forloeb.RoleSecretariat}), forloeb.Recusal{ID: uuid.New(), Consultant: o.annaID, Place: "751", By: storetest.Secretary})
	require.NoError(t, err)
	require.Empty(t, acts)
	list, err := o.env.Front.Recusals(forloeb.AskedBy(t.Context(), forloeb.Principal{Role: forloeb.RoleSecretariat}), o.annaID)
	require.NoError(t, err)
	secretariats, hers := list[0], list[1]
	own = o.browse(anna, ownRecusalsPath)
	require.Contains(t, own.text, "Ring til sekretariatet, hvis det ikke gælder mere.")
	end := func(id string) string { return ownRecusalsPath + "/" + id + "/ophaev" }
	require.NotContains(t, own.text, end(secretariats.ID.String()))
	require.Equal(t, http.StatusConflict, o.submit(anna, end(secretariats.ID.String()), nil).StatusCode)
	require.Equal(t, http.StatusNotFound, o.submit(anna, end("x"), nil).StatusCode)
	for range 2 { // a second click finds it done
		require.Equal(t, http.StatusSeeOther, o.submit(anna, end(hers.ID.String()), nil).StatusCode)
	}
	require.NotContains(t, o.browse(anna, ownRecusalsPath).text, "Solsikken")
}

func TestNobodyChoosesWhoIsRecused(t *testing.T) {
	o := withConsultants(t)
	id, _ := o.inProgress()
	place := o.env.Read(id).Lead().Municipality
	recusals := "/consultants/" + o.boID.String() + "/recusals"
	o.as(o.secretary, http.MethodPost, recusals, recusalBody{Place: place}).into(http.StatusCreated, new(listOf[recusalDocument]))
	sec := o.loggedIn(forloeb.RoleSecretariat, "anna.berg@example.dk")
	page := o.browse(sec, casePath(id)+"/tildel")
	require.Contains(t, page.text, "Kan ikke: habilitet.")
	radio := page.document().Find(`input[name=consultant][value="` + o.boID.String() + `"]`)
	require.Equal(t, 1, radio.Length())
	_, disabled := radio.Attr("disabled")
	require.True(t, disabled)
	o.refused(o.as(o.secretary, http.MethodPost, "/forloeb/"+id.String()+"/assignment", fields{"consultant": o.boID, "reason": "Den eneste."}), http.StatusUnprocessableEntity, forloeb.RefuseRecused)
	var ranked listOf[rankedDocument]
	o.as(o.secretary, http.MethodGet, "/forloeb/"+id.String()+"/ranking", nil).into(http.StatusOK, &ranked)
	var obstacles []string
	for _, r := range ranked.Items {
		obstacles = append(obstacles, r.Obstacle)
	}
	require.Contains(t, obstacles, forloeb.ObstacleRecused)
}

func TestRecusalsInTheAPI(t *testing.T) {
	o := withConsultants(t)
	id, _ := o.inProgress()
	place := o.env.Read(id).Lead().Municipality
	head := o.tokenFor(forloeb.Principal{Role: forloeb.RoleHead, Name: "Lederen"})
	path := "/consultants/" + o.annaID.String() + "/recusals"
	const why = "Min søster arbejder der."

	for field, body := range map[string]recusalBody{"place": {Place: "999"}, "workplace": {Place: place, Workplace: "B"}, "reason": {Place: place, Reason: "010203-1234"}} {
		problem := o.as(o.secretary, http.MethodPost, path, body).problem(http.StatusUnprocessableEntity, "invalid")
		require.Equal(t, "#/"+field, problem.Errors[0].Pointer)
	}
	o.refused(o.as(o.anna, http.MethodPost, path, recusalBody{Place: place}), http.StatusConflict, forloeb.RefuseHasForloebThere)
	var list listOf[recusalDocument]
	o.as(o.anna, http.MethodPost, path, recusalBody{Place: place, Reason: why, Sure: true}).into(http.StatusCreated, &list)
	require.Equal(t, why, list.Items[0].Reason)
	require.Equal(t, "consultant", list.Items[0].RegisteredBy)
	o.refused(o.as(o.anna, http.MethodPost, path, recusalBody{Place: place, Sure: true}), http.StatusConflict, forloeb.RefuseRecusedAlready)
	list = listOf[recusalDocument]{}
	o.as(o.secretary, http.MethodGet, path, nil).into(http.StatusOK, &list)
	require.Len(t, list.Items, 1)
	require.Empty(t, list.Items[0].Reason)
	o.as(head, http.MethodGet, path, nil).into(http.StatusOK, &list)
	require.Equal(t, why, list.Items[0].Reason)
	hers := list.Items[0].ID.String()

	list = listOf[recusalDocument]{}
	o.as(o.secretary, http.MethodPost, path, recusalBody{Place: "0630"}).into(http.StatusCreated, &list)
	require.Equal(t, "630", list.Items[0].Place)
	o.refused(o.as(o.anna, http.MethodPost, path+"/"+list.Items[0].ID.String()+"/end", nil), http.StatusConflict, forloeb.RefuseRecusalNotYours)
	list = listOf[recusalDocument]{}
	o.as(o.secretary, http.MethodPost, path+"/"+hers+"/end", nil).into(http.StatusOK, &list)
	require.Len(t, list.Items, 1)
	for _, nothing := range []string{path + "/" + hers + "/end", path + "/x/end", "/consultants/" + uuid.NewString() + "/recusals/" + hers + "/end"} {
		o.refused(o.as(o.secretary, http.MethodPost, nothing, nil), http.StatusNotFound, forloeb.RefuseNotFound)
	}
	for _, nothing := range []string{"/consultants/" + o.boID.String() + "/recusals", "/consultants/x/recusals"} {
		o.refused(o.as(o.anna, http.MethodGet, nothing, nil), http.StatusNotFound, forloeb.RefuseNotFound)
		o.refused(o.as(o.anna, http.MethodPost, nothing, recusalBody{Place: "630"}), http.StatusNotFound, forloeb.RefuseNotFound)
	}
}
