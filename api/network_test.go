package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/store/storetest"
)

// aNetwork is one of three workplaces, two of which have joined, and none has
// answered from the third.
func aNetwork(o *office) *forloeb.Forloeb {
	id := sharedAsked(3, 2)(o)
	o.env.Exec(`update forloeb set type = 'network' where id = $1`, id)
	return o.env.Read(id)
}

func (o *office) networkPath(p *forloeb.Party) string {
	return link.Status.Path(o.links.Token(link.Status, p.ID, p.LinkVersion)) + networkPath
}

func (o *office) lists(p *forloeb.Party, choice string) answer {
	return o.send(request{method: http.MethodPost, path: o.networkPath(p), body: url.Values{"listed": {choice}}.Encode(),
		header: map[string]string{"Content-Type": "application/x-www-form-urlencoded"}})
}

// Those who take part can find each other, if they want to be found.
func TestB7ThoseWhoTakePartCanFormANetwork(t *testing.T) {
	o := newOffice(t)
	f := aNetwork(o)
	lis, rie := f.Of(f.Participants()[0].ID)[0], f.Of(f.Participants()[1].ID)[1]
	require.Equal(t, "Der står ingen på listen endnu.", said(visit(t, o.site, o.networkPath(rie)), "nobody"))
	home := visit(t, o.site, link.Status.Path(o.links.Token(link.Status, lis.ID, lis.LinkVersion)))
	require.Equal(t, o.networkPath(lis), home.Find("[data-test-id=network-link]").AttrOr("href", ""))

	require.Equal(t, http.StatusSeeOther, o.lists(lis, "ja").StatusCode)
	require.Equal(t, http.StatusSeeOther, o.lists(lis, "ja").StatusCode, "a second click changes nothing")
	shown := said(visit(t, o.site, o.networkPath(rie)), "people")
	require.Contains(t, shown, "Lis LundSted Alis.0@example.dk")
	require.NotContains(t, shown, "Rie Rask", "nobody is on it who has not asked to be")

	require.Equal(t, http.StatusSeeOther, o.lists(lis, "nej").StatusCode)
	require.Zero(t, visit(t, o.site, o.networkPath(rie)).Find("[data-test-id=people]").Length(), "off again any time")
}

// All of a municipality's workplaces may form one, and only those who take part see it.
func TestE9OnlyThoseInTheNetworkSeeItsList(t *testing.T) {
	o := newOffice(t)
	f := aNetwork(o)
	inside, silent := f.Of(f.Participants()[0].ID)[0], f.Of(f.Participants()[2].ID)[0]
	require.Equal(t, http.StatusOK, o.get(o.networkPath(inside), "").StatusCode)
	require.Equal(t, http.StatusOK, o.get(o.networkPath(f.Applicants()[0]), "").StatusCode, "those who applied for it are with it")
	require.Equal(t, http.StatusNotFound, o.get(o.networkPath(silent), "").StatusCode, "they have not said yes")
	require.Equal(t, http.StatusNotFound, o.lists(silent, "ja").StatusCode)

	o.env.Do(f.ID, storetest.Secretary, forloeb.LeaveWorkplace{Workplace: inside.WorkplaceID})
	o.env.Settle(f.ID)
	require.Equal(t, http.StatusNotFound, o.get(o.networkPath(inside), "").StatusCode, "they have left")

	joint := o.env.Read(sharedAsked(2, 1)(o))
	require.Equal(t, http.StatusNotFound, o.get(o.networkPath(joint.Applicants()[0]), "").StatusCode, "a fællesforløb has no list")
}
