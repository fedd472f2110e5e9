package main

import (
	"context"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
)

// newTab is a browser of somebody's own.
func newTab(t *testing.T) context.Context {
	t.Helper()
	chromium, err := devstack.Chromium(t.Context(), os.Stderr)
	require.NoError(t, err)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true))...)
	t.Cleanup(stop)
	tab, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	return tab
}

// is tells whether a script is true on a page, which may be on its way to
// another.
func is(tab context.Context, script string) bool {
	yes, err := chromedp.Run(tab, chromedp.Evaluate[bool](script))
	return err == nil && yes
}

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

	leader, rep := newTab(t), newTab(t)
	require.NoError(t, chromedp.Do(leader, chromedp.Navigate(r.out.product+own)))
	require.True(t, is(leader, `(window.marked = true) && !document.body.innerText.includes('Medarbejderrepræsentanten bekræftede')`))
	require.NoError(t, chromedp.Do(rep, chromedp.Navigate(asked)))
	require.True(t, is(rep, `(() => {
		document.querySelector('[name=answer][value=yes]').click();
		document.querySelector('[name=signature]').value = '`+p.rep.name+`';
		document.querySelector('[data-test-id=send]').click();
		return true;
	})()`))
	eventually(t, "the answer is taken", func() bool { return is(rep, `document.querySelector('[data-test-id=answer-yes]') !== null`) })
	answered := time.Now()
	eventually(t, "the other sees the answer", func() bool {
		return is(leader, `document.body.innerText.includes('Medarbejderrepræsentanten bekræftede')`)
	})
	t.Logf("seen after %s", time.Since(answered))
	eventually(t, "and what came of it", func() bool {
		return is(leader, `document.body.innerText.includes('Begge har bekræftet') && document.querySelector('[data-refresh]') === null`)
	})
	require.True(t, is(leader, `window.marked === true`), "in the same page")
}
