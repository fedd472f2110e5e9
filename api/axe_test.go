package api

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// axeRun looks for breaches of WCAG 2.2 at level AA and axe's own good practice.
const axeRun = `axe.run(document, {resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
	.then(found => found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + v.help + '\n    ' + n.html)))`

// screen is how somebody looks at a page.
type screen struct {
	name  string
	width int64
	text  int // the letters' size, in per cent
}

// screens are a narrow phone, which is also what a zoom of 400 % makes of a
// laptop (WCAG 1.4.10), an ordinary phone, a laptop, and both with letters
// twice as large (WCAG 1.4.4).
var screens = []screen{
	{"320 px", 320, 100}, {"360 px", 360, 100}, {"1280 px", 1280, 100},
	{"360 px med 200 % tekst", 360, 200}, {"1280 px med 200 % tekst", 1280, 200},
}

// look shows the page that is open on a screen.
func (b *browser) look(t *testing.T, s screen) {
	t.Helper()
	b.resize(t, s.width)
	evaluate[bool](t, b, fmt.Sprintf(`(document.documentElement.style.fontSize = '%g%%', true)`, 0.625*float64(s.text)))
}

// Every page in every state, on every screen: no accessibility problem that a
// machine can find, no complaint on the console, and nothing that needs
// sideways scrolling. `make axe` prints the list.
func TestPagesInABrowser(t *testing.T) {
	server := examplesServer(t)
	b := newBrowser(t)
	pages := 0
	for _, e := range examples() {
		t.Run(e.name, func(t *testing.T) {
			b.open(t, server+"/example/"+e.name, 320)
			evaluate[bool](t, b, `(document.querySelectorAll('[data-refresh]').forEach(e => e.removeAttribute('data-refresh')), true)`) // so that axe may finish
			b.requireAccessible(t, e.name)
			require.Empty(t, b.takeComplaints())
			t.Logf("axe: %-45s 0 findings at %s", e.name, screenNames())
			pages++
		})
	}
	t.Logf("axe: %d states of pages × %d screens", pages, len(screens))
}

// requireAccessible asks axe about the page that is open, on every screen, and
// takes its pictures.
func (b *browser) requireAccessible(t *testing.T, name string) {
	t.Helper()
	axe, err := os.ReadFile("assets/node_modules/axe-core/axe.min.js")
	require.NoError(t, err, "axe-core is not installed: run make assets")
	evaluate[bool](t, b, string(axe)+"; true")
	for _, s := range screens {
		b.look(t, s)
		screenshot(t, b, fmt.Sprintf("%s-%d-%d.png", name, s.width, s.text))
		requireNoSidewaysScrolling(t, b, s)
		found := evaluate[[]string](t, b, axeRun)
		require.Empty(t, found, "%s:\n%s", s.name, strings.Join(found, "\n"))
	}
	b.look(t, screen{width: 1280, text: 100})
}

func screenNames() string {
	names := make([]string, 0, len(screens))
	for _, s := range screens {
		names = append(names, s.name)
	}
	return strings.Join(names, ", ")
}

func requireNoSidewaysScrolling(t *testing.T, b *browser, s screen) {
	t.Helper()
	needed := evaluate[int64](t, b, `document.documentElement.scrollWidth`)
	require.LessOrEqual(t, needed, s.width, "sideways scrolling at %s", s.name)
}

// visible are the things on a page that a test may touch and somebody can see.
const visible = `[...document.querySelectorAll('main [data-test-id]:not(.live-status), header [data-test-id]')].filter(e => e.checkVisibility({visibilityProperty: true})).map(e => e.dataset.testId)`

// Without script everything is there on a phone that is there with script.
func TestPagesWithoutScript(t *testing.T) {
	server := examplesServer(t)
	with, without := newBrowser(t), newBrowser(t)
	without.noScript(t)
	for _, e := range examples() {
		t.Run(e.name, func(t *testing.T) {
			with.open(t, server+"/example/"+e.name, 360)
			without.open(t, server+"/example/"+e.name, 360)
			requireNoSidewaysScrolling(t, without, screen{"360 px without script", 360, 100})
			require.Subset(t, evaluate[[]string](t, without, visible), evaluate[[]string](t, with, visible))
			screenshot(t, without, e.name+"-noscript.png")
		})
	}
}

// noScript turns the pages' scripts off.
func (b *browser) noScript(t *testing.T) {
	t.Helper()
	require.NoError(t, chromedp.Do(b.ctx, chromedp.Func(func(ctx context.Context, target *chromedp.Target) error {
		_, err := cdp.Call(ctx, target, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
		return err
	})))
}

// The design system's style sheet, our own, the fonts and both scripts arrive
// under the content security policy.
func TestAssetsArriveInABrowser(t *testing.T) {
	server := examplesServer(t)
	b := newBrowser(t)
	b.open(t, server+"/example/front", 1280)
	require.True(t, evaluate[bool](t, b, `document.styleSheets.length === 2 && typeof DKFDS.init === 'function'`))
	require.True(t, evaluate[bool](t, b, `document.fonts.ready.then(() => document.fonts.check('16px "IBM Plex Sans"'))`))
	require.Equal(t, "16px", evaluate[string](t, b, `getComputedStyle(document.querySelector('main li')).fontSize`))
}

// A reason is asked for beside the answer it belongs to, without script.
func TestFollowUpQuestionsFollowTheAnswer(t *testing.T) {
	server := examplesServer(t)
	b := newBrowser(t)
	b.open(t, server+"/example/consent-other-wrote", 360)
	visible := func(id string) bool {
		return evaluate[bool](t, b, `document.getElementById('`+id+`').offsetParent !== null`)
	}
	require.False(t, visible("fix_text"))
	require.False(t, visible("no_reason"))
	evaluate[bool](t, b, `document.querySelector('[value=fix]').checked = true`)
	require.True(t, visible("fix_text"))
	require.False(t, visible("no_reason"))
	evaluate[bool](t, b, `document.querySelector('[value=no]').checked = true`)
	require.False(t, visible("fix_text"))
	require.True(t, visible("no_reason"))
}

// Focus goes to the summary of errors, so that it is read first.
func TestErrorsGetTheFocus(t *testing.T) {
	server := examplesServer(t)
	b := newBrowser(t)
	b.open(t, server+"/example/apply-errors", 360)
	require.Equal(t, "errors", evaluate[string](t, b, `document.activeElement.dataset.testId`))
}

// screenshot writes a picture for people to look at when SPARK_SCREENSHOTS
// names a folder.
func screenshot(t *testing.T, b *browser, name string) {
	t.Helper()
	if os.Getenv("SPARK_SCREENSHOTS") == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	require.NoError(t, err)
	keepScreenshot(t, name, picture)
}

// keepScreenshot writes what people may look at where SPARK_SCREENSHOTS says.
func keepScreenshot(t *testing.T, name string, picture []byte) {
	t.Helper()
	folder := os.Getenv("SPARK_SCREENSHOTS")
	if folder == "" {
		return
	}
	require.NoError(t, os.MkdirAll(folder, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(folder, name), picture, 0o644))
}
