package api

import (
	"context"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// as lets a browser be somebody who has logged in.
func (b *browser) as(t *testing.T, who jar) {
	t.Helper()
	require.NoError(t, chromedp.Do(b.ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		if _, err := cdp.Call(ctx, target, network.Enable, network.EnableParams{}); err != nil {
			return err
		}
		_, err := cdp.Call(ctx, target, network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{Headers: network.Headers{"Cookie": who.header()["Cookie"]}})
		return err
	})))
}

// happens changes something and tells the pages that are open.
func (d *desk) happens(id uuid.UUID, change func()) {
	change()
	d.env.Settle(id)
	d.hub.tell(forloeb.News{Forloeb: id})
}

// The morning page hears of a new task and of one that is settled, and moves
// nothing.
func TestTheMorningPageKeepsItselfCurrent(t *testing.T) {
	d := newDesk(t)
	first := d.fixAsked()
	b := quickBrowser(t)
	b.as(t, d.sec)
	b.open(t, d.url+"/sekretariat/", 1280)
	evaluate[bool](t, b, markDocument)
	b.until(t, `document.querySelectorAll('[data-test-id=task]').length === 1`)

	second := d.env.Apply()
	d.env.Settle(second)
	d.happens(second, func() { d.env.Answer(second, forloeb.Leader, forloeb.Fix) })
	b.until(t, `document.querySelector('.live-status').innerText === '1 ny opgave. Genindlæs for at se den.'`)
	b.until(t, `document.querySelector('[data-test-id=count]').innerText.startsWith('2 ting')`)
	require.True(t, evaluate[bool](t, b, `document.querySelectorAll('[data-test-id=task]').length === 1`), "nothing moves by itself")
	b.until(t, `(() => { const more = document.querySelector('[data-test-id=live-more]'); if (more) more.click(); return !!more; })()`)
	b.until(t, `document.querySelectorAll('[data-test-id=task]').length === 2`)

	p := d.env.Party(first, forloeb.Leader)
	d.happens(first, func() { d.env.Do(first, storetest.By(p), forloeb.Withdraw{Party: p.ID}) })
	b.until(t, `/Løst kl. \d/.test((document.querySelector('.gone') || document.body).innerText)`)
	require.True(t, evaluate[bool](t, b, sameDocument+` && document.querySelectorAll('[data-test-id=task]').length === 2
		&& document.querySelector('[data-test-id=group] h2').innerText === 'Bad om en ændring (1)'`))
	screenshot(t, b, "live-today.png")
	require.Empty(t, b.takeComplaints())
}

// A row of the list changes where it stands.
func TestTheListKeepsItselfCurrent(t *testing.T) {
	d := newDesk(t)
	id := d.env.Apply()
	d.env.Settle(id)
	b := quickBrowser(t)
	b.as(t, d.sec)
	b.open(t, d.url+"/sekretariat/forloeb", 1280)
	evaluate[bool](t, b, markDocument)
	b.until(t, `document.querySelector('[data-test-id=row]').innerText.includes('Venter på svar')`)
	d.happens(id, func() { d.env.Agree(id) })
	b.until(t, `document.querySelector('[data-test-id=row]').innerText.includes('Første møde') && document.querySelector('[data-test-id=row]').innerText.includes('Anna')`)
	require.True(t, evaluate[bool](t, b, sameDocument))
	require.Empty(t, b.takeComplaints())
}
