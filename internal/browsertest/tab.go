// Package browsertest lets tests use the pages as people do, in a headless
// Chromium: look, fill in, click, and ask axe what somebody with another way
// of reading would stumble over. Only tests import it.
package browsertest

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/devstack"
)

// patience is how long a page may take on a busy machine.
const patience = 30 * time.Second

// Tab is a browser of somebody's own, with one tab: its cookies are nobody
// else's.
type Tab struct {
	t   *testing.T
	ctx context.Context
	axe string
}

// New opens a browser.
func New(t *testing.T) *Tab {
	t.Helper()
	chromium, err := devstack.Chromium(t.Context(), os.Stderr)
	require.NoError(t, err)
	allocator, stop := chromedp.NewExecAllocator(context.Background(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox,
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true))...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)
	return &Tab{t: t, ctx: ctx}
}

// Resize sets the window's size, in CSS pixels.
func (b *Tab) Resize(width, height int64) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b.ctx, chromedp.EmulateViewport(width, height)))
}

// Open goes to an address.
func (b *Tab) Open(address string) {
	b.t.Helper()
	require.NoError(b.t, chromedp.Do(b.ctx, chromedp.Navigate(address)))
}

// Run evaluates a script, which may await.
func Run[T any](b *Tab, script string) T {
	b.t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	require.NoError(b.t, err, script)
	return value
}

// True reports whether a script is true on the page, which may be on its way
// to another.
func (b *Tab) True(script string) bool {
	yes, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](script))
	return err == nil && yes
}

// Await waits until a script is true on the page.
func (b *Tab) Await(what, script string) {
	b.t.Helper()
	for end := time.Now().Add(patience); !b.True(script); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			b.t.Fatalf("%s: not within %s. The page says:\n%s", what, patience, b.Text("body"))
		}
	}
}

// named is the selector of what a test may touch.
func named(id string) string { return `[data-test-id="` + id + `"]` }

func quoted(s string) string {
	text, _ := json.Marshal(s)
	return string(text)
}

// Has reports whether the page has something with a test id.
func (b *Tab) Has(id string) bool {
	return b.True(`document.querySelector(` + quoted(named(id)) + `) !== null`)
}

// Text is what a part of the page says.
func (b *Tab) Text(selector string) string {
	b.t.Helper()
	return Run[string](b, `(document.querySelector(`+quoted(selector)+`) ?? {innerText: '(not on the page)'}).innerText`)
}

// TextOf is what the part with a test id says.
func (b *Tab) TextOf(id string) string { b.t.Helper(); return b.Text(named(id)) }

// Says waits until the page says something.
func (b *Tab) Says(words string) {
	b.t.Helper()
	b.Await("the page says »"+words+"«", `document.body.innerText.replace(/\s+/g, ' ').includes(`+quoted(words)+`)`)
}

// Address is where the tab is.
func (b *Tab) Address() string { b.t.Helper(); return Run[string](b, `location.href`) }

// Fill types into a field, in place of what it holds.
func (b *Tab) Fill(id, text string) {
	b.t.Helper()
	require.True(b.t, b.Has(id), "no field %s at %s:\n%s", id, b.Address(), b.Text("main"))
	Run[bool](b, `(e => {
		e.value = `+quoted(text)+`;
		e.dispatchEvent(new Event('input', {bubbles: true}));
		e.dispatchEvent(new Event('change', {bubbles: true}));
		return true;
	})(document.querySelector(`+quoted(named(id))+`))`)
}

// Choose clicks a radio button or a tick box, which leads nowhere.
func (b *Tab) Choose(id string) {
	b.t.Helper()
	require.True(b.t, b.Has(id), "no choice %s at %s:\n%s", id, b.Address(), b.Text("main"))
	Run[bool](b, `(document.querySelector(`+quoted(named(id))+`).click(), true)`)
}

// Click clicks a link or a button with the mouse and waits for the page it
// leads to.
func (b *Tab) Click(id string) { b.t.Helper(); b.ClickOn(named(id)) }

// ClickOn is Click, for what has no test id.
func (b *Tab) ClickOn(selector string) {
	b.t.Helper()
	require.True(b.t, b.True(`document.querySelector(`+quoted(selector)+`) !== null`), "no %s at %s:\n%s", selector, b.Address(), b.Text("main"))
	Run[bool](b, `window.leaving = true`)
	at := Run[[]float64](b, `(e => {
		e.scrollIntoView({block: 'center', behavior: 'instant'});
		const largest = [...e.getClientRects()].sort((a, b) => b.width * b.height - a.width * a.height)[0];
		const at = [largest.x + largest.width / 2, largest.y + largest.height / 2];
		return e.contains(document.elementFromPoint(...at)) ? at : [];
	})(document.querySelector(`+quoted(selector)+`))`)
	require.Len(b.t, at, 2, "%s is covered by something at %s", selector, b.Address())
	require.NoError(b.t, chromedp.Do(b.ctx, chromedp.MouseClickXY(at[0], at[1])))
	b.arrived(selector)
}

// Follow clicks the first link or button that says something and can be seen.
func (b *Tab) Follow(words string) {
	b.t.Helper()
	b.Await("a link or button says »"+words+"«", `(() => {
		document.querySelector('[data-to-follow]')?.removeAttribute('data-to-follow');
		const says = e => e.textContent.replace(/\s+/g, ' ').includes(`+quoted(words)+`);
		const found = [...document.querySelectorAll('a, button, summary')].find(e => says(e) && e.checkVisibility());
		found?.setAttribute('data-to-follow', '');
		return found !== undefined;
	})()`)
	b.ClickOn("[data-to-follow]")
}

// Press presses keys one after the other: names such as Tab, Enter and Space,
// or text to type.
func (b *Tab) Press(keys ...string) {
	b.t.Helper()
	for _, k := range keys {
		if code, special := map[string]string{"Tab": kb.Tab, "Enter": kb.Enter, "Space": " ", "Down": kb.ArrowDown, "Backspace": kb.Backspace}[k]; special {
			k = code
		}
		require.NoError(b.t, chromedp.Do(b.ctx, chromedp.KeyEvent(k)))
	}
}

// TabTo presses Tab until what has the focus has a test id, as somebody does
// who has no mouse.
func (b *Tab) TabTo(id string) {
	b.t.Helper()
	b.tabUntil(id, `e.dataset.testId === `+quoted(id))
}

// TabToWords is TabTo, for what has no test id but says something.
func (b *Tab) TabToWords(words string) {
	b.t.Helper()
	b.tabUntil("»"+words+"«", `e.textContent.replace(/\s+/g, ' ').includes(`+quoted(words)+`)`)
}

// tabUntil requires of all that has the focus on the way that it can be seen
// (WCAG 2.4.7 and 2.4.11).
func (b *Tab) tabUntil(what, found string) {
	b.t.Helper()
	for range 200 {
		if b.True(`(e => e !== document.body && ` + found + `)(document.activeElement)`) {
			return
		}
		b.Press("Tab")
		require.Empty(b.t, Run[string](b, `(e => {
			const seen = e.matches('[type=radio], [type=checkbox]') ? e.labels[0] : e;
			const box = seen.getBoundingClientRect();
			return e === document.body || box.bottom > 0 && box.top < innerHeight ? '' : e.outerHTML;
		})(document.activeElement)`), "it has the focus at %s, out of sight", b.Address())
	}
	b.t.Fatalf("the keyboard does not reach %s at %s", what, b.Address())
}

// Enter presses Enter on what has the focus, and waits for the page it leads
// to.
func (b *Tab) Enter() {
	b.t.Helper()
	Run[bool](b, `window.leaving = true`)
	b.Press("Enter")
	b.arrived("Enter")
}

func (b *Tab) arrived(by string) {
	b.t.Helper()
	b.Await("a new page after "+by, `!window.leaving && document.readyState === 'complete'`)
}

// axeRun looks for breaches of WCAG 2.2 at level AA and axe's own good
// practice.
const axeRun = `axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
	.then(found => found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + v.help + '\n    ' + n.html)))`

// Axe fails the test when axe finds anything on the page at a phone's and a
// laptop's width, or when the page scrolls sideways. Assets are the pages'
// npm modules.
func (b *Tab) Axe(assets string) {
	b.t.Helper()
	if b.axe == "" {
		script, err := os.ReadFile(filepath.Join(assets, "node_modules/axe-core/axe.min.js"))
		require.NoError(b.t, err, "axe-core is not installed: run make assets")
		b.axe = string(script)
	}
	Run[bool](b, b.axe+"; true")
	for _, width := range []int64{320, 360, 1280} {
		b.Resize(width, 900)
		require.LessOrEqual(b.t, Run[int64](b, `document.documentElement.scrollWidth`), width, "sideways scrolling at %d px at %s", width, b.Address())
		found := Run[[]string](b, axeRun)
		require.Empty(b.t, found, "%s at %d px:\n%s", b.Address(), width, strings.Join(found, "\n"))
	}
}

// Picture writes what the window shows to a folder, at a width.
func (b *Tab) Picture(folder, name string, width, height int64) {
	b.t.Helper()
	b.Resize(width, height)
	picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	require.NoError(b.t, err)
	require.NoError(b.t, os.MkdirAll(folder, 0o755))
	require.NoError(b.t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("%s-%d.png", name, width)), picture, 0o644))
}
