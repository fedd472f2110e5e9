package main

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/browsertest"
	"example.dk/spark/internal/forloeb"
)

// Two people at two screens: while one waits at their page, the other answers,
// and the first sees it, and what comes of it, in the page that stands open.
func TestAnAnswerIsSeenAtTheOthersScreen(t *testing.T) {
	r := newRunning(t)
	p := r.apply("inge", nil)
	r.stands(p, forloeb.AwaitingConsent)
	r.answer(p.leader, forloeb.Yes, nil)
	r.stands(p, forloeb.AwaitingConsent)
	own, found := r.opens(p.leader, "/samtykke/").Find(`[data-test-id="status-link"]`).Attr("href")
	require.True(t, found)
	asked, err := r.out.latestLink(t.Context(), p.rep.email, "/samtykke/")
	require.NoError(t, err)

	leader, rep := browsertest.New(t), browsertest.New(t)
	leader.Open(r.out.product + own)
	browsertest.Run[bool](leader, `window.marked = true`)
	require.NotContains(t, leader.Text("main"), "Medarbejderrepræsentanten bekræftede")
	rep.Open(asked)
	rep.Choose("answer-yes")
	rep.Fill("signature", p.rep.name)
	rep.Click("send")
	rep.Says("Dit ja er modtaget")

	answered := time.Now()
	leader.Says("Medarbejderrepræsentanten bekræftede")
	t.Logf("seen after %s", time.Since(answered))
	leader.Says("Begge har bekræftet")
	leader.Await("the process has come to rest", `document.querySelector('[data-refresh]') === null`)
	require.True(t, leader.True(`window.marked`), "in the same page")
}
