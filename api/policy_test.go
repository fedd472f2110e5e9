package api

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// mettes is a forløb whose leader has a link of version 2.
func mettes() (*forloeb.Forloeb, *forloeb.Party) {
	workplace := uuid.New()
	f := &forloeb.Forloeb{ID: uuid.New(), CreatedAt: time.Now().Add(-time.Hour), Workplaces: []forloeb.Workplace{{ID: workplace}}, Parties: []forloeb.Party{
		{ID: uuid.New(), WorkplaceID: workplace, Side: forloeb.Leader, LinkVersion: 2, Contact: forloeb.Contact{Name: "Mette Holm", Email: secret}},
	}}
	return f, &f.Parties[0]
}

// linked is that forløb, with pages that answer who came.
func linked(t *testing.T) (*site, *fakeStore, *forloeb.Forloeb, *forloeb.Party) {
	f, p := mettes()
	store := &fakeStore{forloeb: map[uuid.UUID]*forloeb.Forloeb{f.ID: f}}
	who := func(c *gin.Context) error {
		v := visitorOf(c)
		name := "the applicant"
		if v.Party != nil {
			name = v.Party.Contact.Name
		}
		c.String(http.StatusOK, "%s of %s", name, v.Forloeb.ID)
		return nil
	}
	w := newSite(t, store,
		pageAt(http.MethodGet, "/t/samtykke/{token}", partyLink(link.Consent), who),
		pageAt(http.MethodPost, "/t/samtykke/{token}/nyt-link", oldLink(link.Consent), who),
		pageAt(http.MethodGet, "/t/vis/{token}", partyLink(link.ApplicationView), who),
		pageAt(http.MethodGet, "/t/kvittering/{token}", receiptLink, who))
	return w, store, f, p
}

func TestAPartysLink(t *testing.T) {
	w, store, f, p := linked(t)
	token := w.links.Token(link.Consent, p.ID, p.LinkVersion)
	require.Equal(t, "Mette Holm of "+f.ID.String(), w.get("/t/samtykke/"+token, "").text)

	for name, bad := range map[string]string{
		"nonsense":         "nonsense",
		"tampered":         strings.Replace(token, token[3:5], "AA", 1),
		"cut":              token[:len(token)-4],
		"another purpose":  w.links.Token(link.Status, p.ID, p.LinkVersion),
		"a future version": w.links.Token(link.Consent, p.ID, p.LinkVersion+1),
		"nobody's":         w.links.Token(link.Consent, uuid.New(), 1),
	} {
		a := w.get("/t/samtykke/"+bad, "")
		a.message(http.StatusNotFound, "Vi kan ikke genkende linket")
		require.NotContains(t, a.text, "Mette", name)
	}

	store.fails = broken{"57P01"}
	w.get("/t/samtykke/"+token, "").message(http.StatusServiceUnavailable, "Det virker ikke lige nu")
}

// Complaint K6.
func TestAReplacedLinkAsksForTheNewOneAlone(t *testing.T) {
	w, _, f, p := linked(t)
	old := w.links.Token(link.Consent, p.ID, p.LinkVersion-1)
	a := w.get("/t/samtykke/"+old, "")
	a.message(http.StatusGone, "Linket er skiftet ud")
	require.Contains(t, a.text, `action="/samtykke/`+old+newLinkPath+`"`)
	require.NotContains(t, a.text, secret)
	again := w.send(request{method: http.MethodPost, path: "/t/samtykke/" + old + "/nyt-link"})
	require.Equal(t, "Mette Holm of "+f.ID.String(), again.text)
	w.send(request{method: http.MethodPost, path: "/t/samtykke/x/nyt-link"}).message(http.StatusNotFound, "Vi kan ikke genkende linket")
}

func TestAnErasedPartysLink(t *testing.T) {
	w, _, _, p := linked(t)
	p.Contact = forloeb.Contact{}
	w.get("/t/samtykke/"+w.links.Token(link.Consent, p.ID, p.LinkVersion), "").message(http.StatusGone, "Oplysningerne er slettet")
	w.get("/t/samtykke/"+w.links.Token(link.Consent, p.ID, p.LinkVersion+1), "").message(http.StatusNotFound, "Vi kan ikke genkende linket")
}

func TestALinkToTheTextEnds(t *testing.T) {
	w, store, _, p := linked(t)
	until := time.Now().Add(time.Hour)
	token := w.links.TokenUntil(link.ApplicationView, p.ID, p.LinkVersion, until)
	require.Equal(t, http.StatusOK, w.get("/t/vis/"+token, "").StatusCode)
	store.now = until
	w.get("/t/vis/"+token, "").message(http.StatusGone, "Linket virker ikke mere")
}

func TestAReceipt(t *testing.T) {
	w, store, f, _ := linked(t)
	address := w.receiptAddress(f)
	require.Equal(t, address, w.receiptAddress(f), "it is the same each time")
	token := strings.TrimPrefix(address, "/kvittering/")
	require.Equal(t, "the applicant of "+f.ID.String(), w.get("/t/kvittering/"+token, "").text)
	w.get("/t/kvittering/x", "").message(http.StatusNotFound, "Vi kan ikke genkende linket")
	w.get("/t/kvittering/"+w.links.TokenUntil(link.ApplicationView, f.ID, 1, time.Now().Add(time.Hour)), "").
		message(http.StatusNotFound, "Vi kan ikke genkende linket")
	store.now = f.CreatedAt.Add(link.ReceiptLife)
	w.get("/t/kvittering/"+token, "").message(http.StatusGone, "Kvitteringen kan ikke vises mere")
}
