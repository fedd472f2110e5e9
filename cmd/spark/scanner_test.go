package main

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/browsertest"
	"example.dk/spark/internal/forloeb"
)

func (r *running) tables() (names []string) {
	r.t.Helper()
	require.NoError(r.t, r.db.Select(&names, `select tablename from pg_tables where schemaname = 'public' order by 1`))
	require.NotEmpty(r.t, names)
	return names
}

// digest is every row of every table.
func (r *running) digest() map[string]string {
	r.t.Helper()
	rows := map[string]string{}
	for _, table := range r.tables() {
		var sum string
		require.NoError(r.t, r.db.Get(&sum, `select coalesce(md5(string_agg(t::text, E'\n' order by t::text)), '') from `+table+` t`))
		rows[table] = sum
	}
	return rows
}

// still is the digest when every mail is sent and what follows from that is
// written: when nothing has moved for a second.
func (r *running) still() map[string]string {
	r.t.Helper()
	var last map[string]string
	require.Eventually(r.t, func() bool {
		var underWay int
		require.NoError(r.t, r.db.Get(&underWay, `select count(*) from mails where state in ('planned', 'sending')`))
		now := r.digest()
		same := underWay == 0 && reflect.DeepEqual(last, now)
		last = now
		return same
	}, time.Minute, time.Second)
	return last
}

// Mail services open the links in mails before anybody reads them: by HEAD, by
// GET, in a browser that runs scripts. None of it changes a row. A robot that
// also sends every form as it stands answers nothing either.
//
// Complaint K2, K3.
func TestALinkIsOpenedByScanners(t *testing.T) {
	r := newRunning(t)
	p := r.apply("erik", nil)
	r.stands(p, forloeb.AwaitingConsent)
	var links []string
	for _, who := range []person{p.leader, p.rep} {
		m, err := r.out.newestMail(t.Context(), who.email, "/samtykke/")
		require.NoError(t, err)
		links = append(links, address.FindAllString(m.Text, -1)...)
	}
	require.GreaterOrEqual(t, len(links), 2)
	eventually(t, "the process has written what it waits for", func() bool {
		var written bool
		return r.db.Get(&written, `select waiting::text like '%consent.none%' and next_at is not null from forloeb`) == nil && written
	})
	before := r.still()

	for _, l := range links {
		require.NoError(t, r.out.head(t.Context(), l))
		_, err := r.out.open(t.Context(), l)
		require.NoError(t, err)
	}
	require.Equal(t, before, r.digest(), "HEAD and GET")
	browse(t, links)
	require.Equal(t, before, r.digest(), "a browser that runs scripts")

	sent := r.sendEveryForm(links)
	require.Positive(t, sent)
	require.Equal(t, before, r.digest(), "every form as it stands")
	t.Logf("%d links, %d forms", len(links), sent)
	r.answer(p.leader, forloeb.Yes, nil) // a person still can
}

// ranScripts reads to the end of the page and counts the scripts that came with it.
const ranScripts = `(window.scrollTo(0, document.body.scrollHeight),
	performance.getEntriesByType("resource").filter(e => e.initiatorType === "script").length)`

// browse opens pages in a real browser and clicks nothing.
func browse(t *testing.T, links []string) {
	t.Helper()
	tab := browsertest.New(t)
	for _, l := range links {
		tab.Open(l)
		require.Positive(t, browsertest.Run[int](tab, ranScripts), "the page's scripts have been fetched")
	}
}

// sendEveryForm sends every form of the pages as it stands, with nothing filled
// in and no button pressed, and counts them.
func (r *running) sendEveryForm(links []string) (sent int) {
	r.t.Helper()
	for _, l := range links {
		page, err := r.out.open(r.t.Context(), l)
		require.NoError(r.t, err)
		page.Find("form").Each(func(_ int, found *goquery.Selection) {
			f := page.asForm(found, "any")
			require.NoError(r.t, f.err)
			to, err := url.Parse(f.action)
			require.NoError(r.t, err)
			base, _ := url.Parse(l)
			answer, err := http.Post(base.ResolveReference(to).String(), "application/x-www-form-urlencoded", strings.NewReader(f.fields.Encode()))
			require.NoError(r.t, err)
			answer.Body.Close()
			sent++
		})
	}
	return sent
}
