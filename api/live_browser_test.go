package api

import (
	"context"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// until waits until a script is true on the page, which may be on its way to
// another.
func (b *browser) until(t *testing.T, script string) {
	t.Helper()
	require.Eventually(t, func() bool {
		is, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script))
		return err == nil && is
	}, 20*time.Second, 20*time.Millisecond, "never: %s", script)
}

// points moves the mouse to the middle of an element.
func (b *browser) points(t *testing.T, selector string) {
	t.Helper()
	at := evaluate[[]float64](t, b, `(() => { const r = document.querySelector(`+"`"+selector+"`"+`).getBoundingClientRect(); return [r.x + r.width / 2, r.y + r.height / 2]; })()`)
	require.NoError(t, chromedp.Do(b.ctx, chromedp.MouseEvent(chromedp.MouseMoved, at[0], at[1])))
}

// before runs a script on every page from now on, before the page's own.
func (b *browser) before(t *testing.T, script string) {
	t.Helper()
	require.NoError(t, chromedp.Do(b.ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, page.AddScriptToEvaluateOnNewDocument, page.AddScriptToEvaluateOnNewDocumentParams{Source: script})
		return err
	})))
}

// faster makes a page's clock run twenty times as fast, the server's not.
const faster = `{
	const [wait, now] = [window.setTimeout, performance.now.bind(performance)];
	window.setTimeout = (f, ms, ...rest) => wait(f, ms / 20, ...rest);
	performance.now = () => now() * 20;
}`

// markDocument is lost when a page is loaded again.
const (
	markDocument = `(window.marked = true)`
	sameDocument = `window.marked === true`
)

// A party's page shows what the other has answered and what the process made
// of it, in the same page and within two seconds.
func TestAStatusPageKeepsItselfCurrent(t *testing.T) {
	o := newOffice(t)
	id := o.env.Apply()
	o.env.Settle(id)
	o.env.Consultant("Karen Lund", 5)
	leader := o.env.Party(id, forloeb.Leader)
	b := newBrowser(t)
	b.open(t, o.url+link.Status.Path(o.links.Token(link.Status, leader.ID, leader.LinkVersion)), 1280)
	evaluate[bool](t, b, markDocument)
	b.until(t, `document.querySelector('[data-test-id=waiting-sentence]').innerText.startsWith('Du fik mailen')`)

	changes := func(change func(), script string) time.Duration {
		change()
		began := time.Now()
		o.hub.tell(forloeb.News{Forloeb: id})
		b.until(t, script)
		return time.Since(began)
	}
	quickest := min(
		changes(func() { o.env.Answer(id, forloeb.Rep, forloeb.Yes) }, `document.querySelector('[data-refresh]') !== null`),
		changes(func() { o.env.Settle(id) }, `document.querySelector('[data-refresh]') === null`),
		changes(func() { o.env.Answer(id, forloeb.Leader, forloeb.Yes); o.env.Settle(id) }, `document.querySelector('h1').innerText === 'Jeres forløb'`))
	require.Less(t, quickest, 2*time.Second)
	require.True(t, evaluate[bool](t, b, sameDocument+` && document.title === 'Jeres forløb – SPARK'
		&& document.querySelector('[data-test-id=consultant]').innerText.includes('Karen Lund')
		&& document.querySelector('[data-test-id=withdraw-link]').innerText === 'Stop forløbet'`))
	b.until(t, `document.querySelector('.live-status').innerText === 'Siden er opdateret'`)
	screenshot(t, b, "live-status.png")
	require.Empty(t, b.takeComplaints())
}

// listPage is a page with everything that keeps itself current. It stands for
// the lists of the staff.
type listPage struct {
	Base
	Live    string
	Rows    []listRow
	Partial bool
	Refresh string
}

type listRow struct{ ID, Text string }

func (*listPage) template() string { return "live-test" }

const listTemplate = `{{define "h1"}}{{len .Rows}} ting venter{{end}}
{{define "content"}}
<h1>Ting, der venter</h1>
<p role="status" class="live-status" data-live="{{.Live}}" data-live-one="1 ny opgave. Genindlæs for at se den." data-live-many="{n} nye opgaver. Genindlæs for at se dem."></p>
<p data-live-part="count" id="count">{{len .Rows}} ting</p>
{{with .Refresh}}<p data-refresh="{{.}}">Vi behandler det.</p>{{end}}
<div class="live-more" data-live-more="tasks"></div>
<ul data-live-list="tasks" data-live-gone="Løst af sig selv kl. {kl}"{{if .Partial}} data-live-partial{{end}} aria-label="Opgaver">
{{range .Rows}}<li data-live-row="{{.ID}}" id="row-{{.ID}}"><a href="#{{.ID}}">{{.Text}}</a> <label>Note <input class="form-input"></label>
<details class="details"><summary class="details-summary">Mere om {{.ID}}</summary><div class="details-text">{{.Text}}</div></details></li>
{{end}}</ul>
<p><a href="#main-content" id="below">Op</a></p>
{{end}}`

// listSite serves it, and what it says can be changed.
type listSite struct {
	*site
	mu     sync.Mutex
	page   listPage
	status int // what the page answers
	asked  int // how often it was fetched by its script
}

func newListSite(t *testing.T, list ...listRow) *listSite {
	t.Helper()
	l := &listSite{page: listPage{Live: "/proeve/live", Rows: list}, status: http.StatusOK}
	l.site = newSite(t, &fakeStore{},
		pageAt(http.MethodGet, "/proeve", public, l.show),
		pageAt(http.MethodGet, "/proeve/live", public, func(c *gin.Context) error {
			return l.stream(c, func(forloeb.News) bool { return true }, func(context.Context) error { return nil })
		}))
	l.render.site = exampleSite
	set, err := l.render.sets["front"].Clone()
	require.NoError(t, err)
	l.render.sets["live-test"] = template.Must(set.Parse(listTemplate)).Lookup("layout")
	return l
}

// quickBrowser is one in which time passes quickly.
func quickBrowser(t *testing.T) *browser {
	t.Helper()
	b := newBrowser(t)
	b.before(t, faster)
	return b
}

func (l *listSite) show(c *gin.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c.GetHeader("Spark-Live") != "" {
		l.asked++
	}
	if l.status == http.StatusSeeOther {
		return redirect{"/login"}
	}
	shown := l.page
	return l.write(c, l.status, &shown)
}

// becomes changes the page and tells of it.
func (l *listSite) becomes(change func(*listPage)) {
	l.mu.Lock()
	change(&l.page)
	l.mu.Unlock()
	l.hub.tell(forloeb.News{})
}

func (l *listSite) answers(status int) {
	l.mu.Lock()
	l.status = status
	l.mu.Unlock()
	l.hub.tell(forloeb.News{})
}

func (l *listSite) timesAsked() int {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.asked
}

// shows opens the page and waits until it has looked for the first time.
func (l *listSite) shows(t *testing.T, b *browser) {
	t.Helper()
	b.open(t, l.url+"/proeve", 360)
	evaluate[bool](t, b, markDocument)
	require.Eventually(t, func() bool { return l.timesAsked() > 0 }, 10*time.Second, 10*time.Millisecond)
}

func rowsOf(texts ...string) (list []listRow) {
	for _, text := range texts {
		id, _, _ := strings.Cut(text, " ")
		list = append(list, listRow{id, text})
	}
	return list
}

const texts = `[...document.querySelectorAll('[data-live-row] > a')].map((a) => a.innerText).join()`

const noButton = `document.querySelector('[data-test-id=live-more]') === null`

func button(text string) string {
	return `document.querySelector('[data-test-id=live-more]')?.innerText === '` + text + `'`
}

// What is new waits behind a button, what has changed changes where it stands,
// and what is gone stays, crossed out. Nothing moves until somebody asks.
func TestAListKeepsItselfCurrent(t *testing.T) {
	l, b := newListSite(t, rowsOf("a gammel", "b gammel", "c gammel")...), quickBrowser(t)
	l.shows(t, b)
	top := `document.querySelector('[data-live-list]').getBoundingClientRect().top`
	before := evaluate[float64](t, b, top)

	l.becomes(func(p *listPage) { p.Rows = rowsOf("x ny", "b ændret", "c gammel") })
	b.until(t, texts+` === 'a gammel,b ændret,c gammel' && `+button("Vis 1 ændring"))
	require.Regexp(t, `^Løst af sig selv kl\. \d{1,2}\.\d{2}$`, evaluate[string](t, b, `document.querySelector('.gone > .gone-note').innerText`))
	require.True(t, evaluate[bool](t, b, `document.querySelector('.gone').dataset.liveRow === 'a' && document.getElementById('count').innerText === '3 ting'`))
	b.until(t, `document.querySelector('.live-status').innerText === '1 ny opgave. Genindlæs for at se den.'`)

	l.becomes(func(p *listPage) { p.Rows = rowsOf("c gammel", "x ny", "b ændret", "y ny") })
	b.until(t, button("Vis 3 ændringer")+` && document.querySelector('.live-status').innerText === '2 nye opgaver. Genindlæs for at se dem.'`)
	require.Equal(t, before, evaluate[float64](t, b, top), "the list stays where it is")
	b.requireAccessible(t, "live-list")

	evaluate[bool](t, b, `document.querySelector('[data-test-id=live-more]').click() || true`)
	b.until(t, texts+` === 'c gammel,x ny,b ændret,y ny' && document.activeElement.id === 'row-x' && document.querySelector('.live-status').innerText === '' && `+noButton)
	require.Empty(t, evaluate[[]string](t, b, axeRun))
	require.True(t, evaluate[bool](t, b, sameDocument))

	evaluate[bool](t, b, `document.activeElement.blur() || true`)
	l.becomes(func(p *listPage) { p.Rows = rowsOf("c gammel", "b ændret", "y ny", "a tilbage") })
	b.until(t, button("Vis 1 ændring")+` && document.querySelector('.gone').dataset.liveRow === 'x'`)
	l.becomes(func(p *listPage) { p.Rows = rowsOf("c gammel", "x ny", "b ændret", "y ny") })
	b.until(t, `document.querySelector('.gone') === null && `+noButton)
	require.Empty(t, b.takeComplaints())
}

// A row that is missing from one page of a long list may be on the next.
func TestARowMayHaveBeenPushedToTheNextPage(t *testing.T) {
	l, b := newListSite(t, rowsOf("a", "b")...), quickBrowser(t)
	l.page.Partial = true
	l.shows(t, b)
	l.becomes(func(p *listPage) { p.Rows = rowsOf("x", "a") })
	b.until(t, button("Vis 1 ændring"))
	require.True(t, evaluate[bool](t, b, texts+` === 'a,b' && document.querySelector('.gone') === null`))
}

// What somebody is using stays as it is until they have left it.
func TestNothingIsTakenFromUnderSomebodysHands(t *testing.T) {
	b := quickBrowser(t)
	for name, use := range map[string]struct{ begin, end string }{
		"focus":           {`document.querySelector('#row-b a').focus()`, `document.activeElement.blur()`},
		"an open details": {`document.querySelector('#row-b summary').click()`, `document.querySelector('#row-b summary').click()`},
		"a selection":     {`getSelection().selectAllChildren(document.querySelector('#row-b a'))`, `getSelection().removeAllRanges()`},
		"typed words":     {`document.querySelector('#row-b input').value = 'ring'`, `document.querySelector('#row-b input').value = ''`},
		"the pointer":     {"", ""},
	} {
		t.Run(name, func(t *testing.T) {
			l := newListSite(t, rowsOf("a", "b", "c")...)
			l.shows(t, b)
			if name == "the pointer" {
				b.points(t, "#below")
			}
			evaluate[bool](t, b, use.begin+`; true`)
			l.becomes(func(p *listPage) { p.Rows[1].Text = "b ændret"; p.Rows[0].Text = "a ændret" })
			if name == "the pointer" {
				b.until(t, `document.title.startsWith('3')`)
				requireHeld(t, l, b, `a,b,c`)
				b.points(t, "h1")
			} else {
				b.until(t, texts+` === 'a ændret,b,c'`)
				requireHeld(t, l, b, `a ændret,b,c`)
			}
			evaluate[bool](t, b, use.end+`; true`)
			b.until(t, texts+` === 'a ændret,b ændret,c'`)
		})
	}
}

// requireHeld waits until the page has looked again, and more than once tried
// to take over, and finds the rows as they were.
func requireHeld(t *testing.T, l *listSite, b *browser, as string) {
	t.Helper()
	asked := l.timesAsked()
	l.hub.tell(forloeb.News{})
	require.Eventually(t, func() bool { return l.timesAsked() > asked }, 10*time.Second, 10*time.Millisecond)
	evaluate[bool](t, b, `new Promise((done) => setTimeout(done, 3000, true))`) // on its own quick clock
	require.Equal(t, as, evaluate[string](t, b, texts))
}

// Words that somebody has typed in a row are there when the list has been
// brought up to date.
func TestTypedWordsSurviveANewList(t *testing.T) {
	l, b := newListSite(t, rowsOf("a", "b")...), quickBrowser(t)
	l.shows(t, b)
	evaluate[string](t, b, `document.querySelector('#row-b input').value = 'ring'`)
	l.becomes(func(p *listPage) { p.Rows = rowsOf("x", "b ændret", "a") })
	b.until(t, button("Vis 2 ændringer"))
	evaluate[bool](t, b, `document.querySelector('[data-test-id=live-more]').click() || true`)
	b.until(t, texts+` === 'x,b,a'`)
	require.Equal(t, "ring", evaluate[string](t, b, `document.querySelector('#row-b input').value`))
}

// Somebody who listens to the page hears at most one message in ten seconds,
// and the last word. (On a busy machine the quick clock is up to three seconds
// late.)
func TestAPageDoesNotChatter(t *testing.T) {
	l, b := newListSite(t, rowsOf("a")...), quickBrowser(t)
	l.shows(t, b)
	evaluate[bool](t, b, `window.heard = [];
		new MutationObserver(() => {
			const text = document.querySelector('.live-status').textContent;
			if (text) heard.push([performance.now(), text]);
		}).observe(document.querySelector('.live-status'), {childList: true, subtree: true}); true`)
	for _, list := range []string{"a b", "a b c", "a b c d", "a b c d e"} {
		asked := l.timesAsked()
		l.becomes(func(p *listPage) { p.Rows = rowsOf(strings.Fields(list)...) })
		require.Eventually(t, func() bool { return l.timesAsked() > asked }, 10*time.Second, 10*time.Millisecond)
	}
	b.until(t, `heard.length > 0 && heard.at(-1)[1] === '4 nye opgaver. Genindlæs for at se dem.'`)
	require.True(t, evaluate[bool](t, b, `heard.every(([at], i) => at - heard[0][0] >= 10000 * i - 3000)`), "%v", evaluate[string](t, b, `JSON.stringify(heard)`))
}

// setHidden is what a browser does when another tab comes to the front.
func setHidden(hidden bool) string {
	return fmt.Sprintf(`Object.defineProperty(document, 'hidden', {get: () => %v, configurable: true});
		document.dispatchEvent(new Event('visibilitychange')); true`, hidden)
}

// Browsers allow few connections to one site: a tab that nobody sees has none,
// and looks once when it is seen again.
func TestAHiddenTabHasNoStream(t *testing.T) {
	l, b := newListSite(t, rowsOf("a")...), quickBrowser(t)
	l.shows(t, b)
	evaluate[bool](t, b, setHidden(true))
	require.Eventually(t, func() bool { return l.hub.size() == 0 }, 10*time.Second, 10*time.Millisecond)
	asked := l.timesAsked()
	l.becomes(func(p *listPage) { p.Rows[0].Text = "a ændret" })
	require.Equal(t, "a", evaluate[string](t, b, texts))
	evaluate[bool](t, b, setHidden(false))
	b.until(t, texts+` === 'a ændret'`)
	require.Equal(t, 1, l.hub.size())
	require.Equal(t, asked+1, l.timesAsked())
}

// A page that may not be shown any more, or whose session has run out, stays
// as it is and says that it no longer follows.
func TestAPageThatCannotFollowSaysSo(t *testing.T) {
	b := quickBrowser(t)
	for _, status := range []int{http.StatusSeeOther, http.StatusGone, http.StatusNotFound} {
		t.Run(http.StatusText(status), func(t *testing.T) {
			l := newListSite(t, rowsOf("a")...)
			l.shows(t, b)
			l.answers(status)
			b.until(t, `document.querySelector('.live-status').innerText === 'Siden opdaterer sig ikke. Genindlæs den.'`)
			require.Eventually(t, func() bool { return l.hub.size() == 0 }, 10*time.Second, 10*time.Millisecond)
			require.True(t, evaluate[bool](t, b, sameDocument+` && `+texts+` === 'a'`))
		})
	}
}

// A server that is away for a while is tried again.
func TestAPageFollowsAgain(t *testing.T) {
	l, b := newListSite(t, rowsOf("a")...), quickBrowser(t)
	l.shows(t, b)
	l.answers(http.StatusInternalServerError)
	b.until(t, `document.querySelector('.live-status').innerText === 'Siden opdaterer sig ikke. Genindlæs den.'`)
	l.mu.Lock()
	l.status, l.page.Rows = http.StatusOK, rowsOf("a ændret")
	l.mu.Unlock()
	b.until(t, texts+` === 'a ændret' && document.querySelector('.live-status').innerText === 'Siden er opdateret'`)
	require.True(t, evaluate[bool](t, b, sameDocument))
}

// Where there is no stream, a page that waits for the process reloads.
func TestAPageReloadsWithoutAStream(t *testing.T) {
	for name, c := range map[string]struct {
		before  string
		streams int
	}{
		"an old browser":        {`delete window.EventSource`, maxStreams},
		"a server without room": {``, 0},
	} {
		t.Run(name, func(t *testing.T) {
			l, b := newListSite(t, rowsOf("a")...), quickBrowser(t)
			l.hub.limit, l.page.Refresh = c.streams, "3"
			b.before(t, c.before)
			b.before(t, countLoads)
			b.open(t, l.url+"/proeve", 360)
			b.until(t, `window.loaded > 1`)
			l.becomes(func(p *listPage) { p.Refresh = "" })
			b.until(t, `document.querySelector('.live-status').innerText === 'Siden er opdateret' && document.querySelector('[data-refresh]') === null`)
		})
	}
}

const countLoads = `window.loaded = Number(sessionStorage.getItem('loaded')) + 1; sessionStorage.setItem('loaded', window.loaded)`

// Where there is one, it has thought of it a few times, and not done it.
func TestAPageDoesNotReloadBesideAStream(t *testing.T) {
	l, b := newListSite(t, rowsOf("a")...), newBrowser(t)
	l.page.Refresh = "0.05"
	b.before(t, countLoads)
	b.before(t, `{
		const wait = window.setTimeout;
		window.thoughts = 0;
		window.setTimeout = (f, ms, ...rest) => {
			if (ms === 50) thoughts++;
			return wait(f, ms, ...rest);
		};
	}`)
	b.open(t, l.url+"/proeve", 360)
	require.Eventually(t, func() bool { return l.hub.size() == 1 }, 10*time.Second, 10*time.Millisecond)
	b.until(t, `window.thoughts > 5`)
	require.Equal(t, 1, evaluate[int](t, b, `window.loaded`))
}

// Without script the page is the page, and keeps no room for a button that
// never comes.
func TestWithoutScriptThePageIsPlain(t *testing.T) {
	l, b := newListSite(t, rowsOf("a", "b")...), quickBrowser(t)
	b.noScript(t)
	b.open(t, l.url+"/proeve", 360)
	require.Equal(t, "a,b", evaluate[string](t, b, texts))
	require.Zero(t, l.timesAsked())
	require.Zero(t, l.hub.size())
	require.True(t, evaluate[bool](t, b, `document.querySelector('.live-more').offsetParent === null`))
}
