package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

func TestGuestsByAProgram(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	place := o.env.Read(id).Lead().ID.String()
	path := actPath(id, "workplaces/"+place+"/guests")
	guest := func(name, email string) fields { return fields{"name": name, "email": email} }
	d := o.done(o.as(o.anna, http.MethodPost, path, guest("Ida Berg", "Ida.Berg@example.dk")))
	o.env.Settle(id)
	require.Len(t, d.Guests, 1)
	ida := d.Guests[0]
	require.Equal(t, "ida.berg@example.dk", ida.Email)
	require.Equal(t, "on", ida.State)
	require.Nil(t, ida.AddedBy)
	require.Contains(t, o.document(id).Possible, "guests/"+ida.ID.String()+"/remove")

	o.refused(o.as(o.bo, http.MethodPost, path, guest("Eva", "eva@example.dk")), http.StatusNotFound, forloeb.RefuseNotFound)
	o.refused(o.does(http.MethodPost, actPath(id, "workplaces/"+uuid.NewString()+"/guests"), guest("Eva", "eva@example.dk")), http.StatusNotFound, forloeb.RefuseNotFound)
	o.refused(o.does(http.MethodPost, actPath(id, "workplaces/x/guests"), guest("Eva", "eva@example.dk")), http.StatusNotFound, forloeb.RefuseNotFound)
	o.refused(o.does(http.MethodPost, path, guest(" ", "eva@example.dk")), http.StatusUnprocessableEntity, forloeb.RefuseNoGuestName)
	o.refused(o.does(http.MethodPost, path, guest("Eva", "eva")), http.StatusUnprocessableEntity, forloeb.RefuseBadAddress)
	o.refused(o.does(http.MethodPost, path, guest("Eva", ida.Email)), http.StatusUnprocessableEntity, forloeb.RefuseGuestKnown)
	o.refused(o.does(http.MethodPost, path, guest("Eva", o.env.Party(id, forloeb.Rep).Contact.Email)), http.StatusUnprocessableEntity, forloeb.RefuseGuestKnown)
	asked := o.env.Apply()
	o.env.Settle(asked)
	early := actPath(asked, "workplaces/"+o.env.Read(asked).Lead().ID.String()+"/guests")
	o.refused(o.does(http.MethodPost, early, guest("Eva", "eva@example.dk")), http.StatusConflict, forloeb.RefuseWrongStatus)
	o.done(o.does(http.MethodPost, path, guest("Bo Lind", "bo.lind@example.dk")))
	o.done(o.does(http.MethodPost, path, guest("Eva Krog", "eva.krog@example.dk")))
	o.refused(o.does(http.MethodPost, path, guest("Ole Juhl", "ole.juhl@example.dk")), http.StatusConflict, forloeb.RefuseTooManyGuests)
	o.env.Settle(id)

	remove := func(guest string) string { return actPath(id, "guests/"+guest+"/remove") }
	d = o.done(o.as(o.anna, http.MethodPost, remove(ida.ID.String()), nil))
	require.Equal(t, "removed", d.Guests[0].State)
	require.False(t, d.Guests[0].RemovedAt.IsZero())
	o.refused(o.does(http.MethodPost, remove(ida.ID.String()), nil), http.StatusConflict, forloeb.RefuseGuestOff)
	o.refused(o.does(http.MethodPost, remove(uuid.NewString()), nil), http.StatusNotFound, forloeb.RefuseNotFound)
	o.refused(o.does(http.MethodPost, remove("x"), nil), http.StatusNotFound, forloeb.RefuseNotFound)
	o.env.Settle(id)
	o.done(o.does(http.MethodPost, actPath(id, "stop"), fields{"reason": "Aftalt."}))
	o.env.Settle(id)
	require.Contains(t, o.document(id).Possible, "guests/"+d.Guests[1].ID.String()+"/remove", "nobody has to stay")
}

// statusOf is an address of the party's own.
func (o *office) statusOf(id uuid.UUID, side forloeb.Side) string {
	p := o.env.Party(id, side)
	return link.Status.Path(o.links.Token(link.Status, p.ID, p.LinkVersion))
}

// Either party writes somebody on and takes them off; what is wrong stands beside
// the field, and nothing typed is lost.
func TestAPartyWritesAGuestOn(t *testing.T) {
	o := withConsultants(t)
	id, _ := o.inProgress()
	leader, rep := o.statusOf(id, forloeb.Leader), o.statusOf(id, forloeb.Rep)
	require.Contains(t, o.get(leader, "").text, "Skal andre fra arbejdspladsen have indkaldelserne?")
	require.Contains(t, o.get(leader+guestsPath, "").text, "Der er ikke skrevet nogen på.")

	ida := url.Values{"name": {"Ida Berg"}, "email": {"ida.berg@example.dk"}}
	known := o.fills(leader+guestsPath, url.Values{"name": {"Ida Berg"}, "email": {o.env.Party(id, forloeb.Rep).Contact.Email}})
	require.Equal(t, http.StatusUnprocessableEntity, known.StatusCode)
	require.Contains(t, known.text, "får mails om møderne")
	require.Contains(t, known.text, `value="Ida Berg"`)
	require.Equal(t, http.StatusSeeOther, o.fills(leader+guestsPath, ida).StatusCode)
	o.env.Settle(id)
	require.Contains(t, o.get(rep, "").text, "Ida Berg</span> får også indkaldelserne.")
	require.Contains(t, o.get(rep+guestsPath, "").text, "ida.berg@example.dk")
	for _, more := range []string{"Bo", "Eva"} {
		require.Equal(t, http.StatusSeeOther, o.fills(rep+guestsPath, url.Values{"name": {more}, "email": {more + "@example.dk"}}).StatusCode)
	}
	require.Contains(t, o.get(rep+guestsPath, "").text, "Der kan ikke være flere.")
	full := o.fills(rep+guestsPath, url.Values{"name": {"Ole"}, "email": {"ole@example.dk"}})
	require.Equal(t, http.StatusUnprocessableEntity, full.StatusCode)

	off := rep + guestsPath + "/" + o.env.Read(id).Guests[0].ID.String()
	require.Equal(t, http.StatusSeeOther, o.fills(off, url.Values{}).StatusCode)
	require.Equal(t, http.StatusSeeOther, o.fills(off, url.Values{}).StatusCode, "a second click")
	o.env.Settle(id)
	require.NotContains(t, o.get(rep+guestsPath, "").text, "Ida Berg")
	require.Equal(t, http.StatusNotFound, o.fills(rep+guestsPath+"/"+uuid.NewString(), url.Values{}).StatusCode)
	require.Equal(t, http.StatusNotFound, o.fills(rep+guestsPath+"/x", url.Values{}).StatusCode)

	o.done(o.does(http.MethodPost, actPath(id, "stop"), fields{"reason": "Aftalt."}))
	o.env.Settle(id)
	require.Contains(t, o.get(rep+guestsPath, "").text, "Der kan ikke skrives nogen på nu.")
	require.Equal(t, http.StatusConflict, o.fills(rep+guestsPath, ida).StatusCode)
}

// A guest opens the link, which changes nothing, and presses the button, which
// does; then the page says how it stands.
func TestAGuestTakesThemselvesOff(t *testing.T) {
	o := withConsultants(t)
	id, _ := o.inProgress()
	place := o.env.Read(id).Lead().ID.String()
	d := o.done(o.does(http.MethodPost, actPath(id, "workplaces/"+place+"/guests"), fields{"name": "Ida Berg", "email": "ida.berg@example.dk"}))
	o.env.Settle(id)
	ida := d.Guests[0].ID
	own := link.Guest.Path(o.links.Token(link.Guest, ida, link.OnlyVersion))
	for range 2 {
		page := o.get(own, "")
		require.Equal(t, http.StatusOK, page.StatusCode)
		require.Contains(t, page.text, "SPARKs sekretariat har skrevet dig på")
		require.NotContains(t, page.text, o.env.Read(id).Lead().Name)
	}
	require.True(t, o.env.Read(id).Guest(ida).On())
	for range 2 {
		require.Equal(t, http.StatusSeeOther, o.fills(own, url.Values{}).StatusCode)
	}
	require.Contains(t, o.get(own, "").text, "Du er taget af")
	require.True(t, o.env.Read(id).Guest(ida).Declined)
	o.env.Settle(id)
	require.Equal(t, "declined", o.document(id).Guests[0].State)

	again := o.fills(o.statusOf(id, forloeb.Leader)+guestsPath, url.Values{"name": {"Ida Berg"}, "email": {"ida.berg@example.dk"}})
	require.Equal(t, http.StatusUnprocessableEntity, again.StatusCode)
	require.Contains(t, again.text, "har selv sagt nej")
	o.done(o.does(http.MethodPost, actPath(id, "workplaces/"+place+"/guests"), fields{"name": "Ida Berg", "email": "ida.berg@example.dk"}))

	for _, wrong := range []string{"x.y", o.links.Token(link.Guest, uuid.New(), link.OnlyVersion), o.links.Token(link.Guest, ida, 2), o.links.Token(link.Status, ida, 1)} {
		require.Equal(t, http.StatusNotFound, o.get(link.Guest.Path(wrong), "").StatusCode)
	}
	o.env.Exec(`delete from guest_contacts`)
	require.Equal(t, http.StatusGone, o.get(own, "").StatusCode)
}
