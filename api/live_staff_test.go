package api

import (
	"bufio"
	"context"
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// streams opens a stream as somebody who is logged in, and gives what it is
// about.
func (w *site) streams(who forloeb.Principal, path string) func(forloeb.News) bool {
	w.t.Helper()
	j := jar{}
	w.logIn(j, who, "/")
	ctx, leave := context.WithCancel(context.Background())
	w.t.Cleanup(leave)
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, w.url+path, nil)
	require.NoError(w.t, err)
	r.Header.Set("Accept", eventStream)
	r.Header.Set("Cookie", j.header()["Cookie"])
	a, err := http.DefaultClient.Do(r)
	require.NoError(w.t, err)
	w.t.Cleanup(func() { a.Body.Close() })
	require.Equal(w.t, http.StatusOK, a.StatusCode)
	_, err = bufio.NewReader(a.Body).ReadString('\n')
	require.NoError(w.t, err)
	w.hub.mu.Lock()
	defer w.hub.mu.Unlock()
	require.Len(w.t, w.hub.open, 1)
	for l := range w.hub.open {
		return l.about
	}
	return nil
}

// Each stream is about what its page shows, and nothing else.
func TestWhatStaffHear(t *testing.T) {
	own, another := exampleCase(exampleKarenWho).Forloeb, uuid.New()
	for name, c := range map[string]struct {
		who                 forloeb.Principal
		path                string
		its, own, somebodys bool // news of the page's forløb, another of the same consultant, and one of somebody else's
	}{
		"the secretariat's pages":         {exampleAnna, "/sekretariat/live", true, true, true},
		"a consultant's pages":            {exampleKarenWho, "/konsulent/live", true, true, false},
		"a forløb's page":                 {exampleAnna, "/sekretariat/forloeb/" + own.ID.String() + "/live", true, false, false},
		"a forløb's page, its consultant": {exampleKarenWho, "/konsulent/forloeb/" + own.ID.String() + "/live", true, false, false},
	} {
		t.Run(name, func(t *testing.T) {
			w, store := loginSite(t)
			store.forloeb = map[uuid.UUID]*forloeb.Forloeb{own.ID: own}
			about := w.streams(c.who, c.path)
			require.Equal(t, c.its, about(forloeb.News{Forloeb: own.ID, Consultant: consultantID}))
			require.Equal(t, c.own, about(forloeb.News{Forloeb: another, Consultant: consultantID}))
			require.Equal(t, c.somebodys, about(forloeb.News{Forloeb: another, Consultant: uuid.New()}))
			require.Equal(t, c.somebodys, about(forloeb.News{Forloeb: another}))
		})
	}
}

// A page that stands open does not keep its reader logged in.
func TestAnOpenPageIsNoUse(t *testing.T) {
	w, _ := loginSite(t)
	clock := time.Now()
	w.now = func() time.Time { return clock }
	j := jar{}
	w.logIn(j, exampleAnna, "/")
	for range 2 {
		clock = clock.Add(20 * time.Minute)
		header := j.header()
		header["Spark-Live"] = "1"
		w.send(request{method: http.MethodGet, path: "/t/staff", header: header})
	}
	require.Equal(t, http.StatusSeeOther, w.browse(j, "/t/staff").StatusCode)
}

// A provider's pages hear of its own forløb, and not even that something
// happened in others.
func TestWhatAProviderHears(t *testing.T) {
	w, _ := loginSite(t)
	about := w.streams(exampleNina, providerArea+livePath)
	require.True(t, about(forloeb.News{Forloeb: uuid.New(), Provider: forloeb.ProviderNFA}))
	require.False(t, about(forloeb.News{Forloeb: uuid.New(), Provider: forloeb.ProviderRUC}))
	require.False(t, about(forloeb.News{Forloeb: uuid.New(), Consultant: consultantID}))
}
