package api

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// axeRun looks for breaches of WCAG 2.2 at level AA and axe's own good practice.
const axeRun = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
	.then(found => found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + v.help + '\n    ' + n.html)))`

// Every page in every state, on a phone and on a laptop: no accessibility
// problem that a machine can find, no complaint on the console, and nothing
// that needs sideways scrolling, also at 320 px, which is what a zoom of 400 %
// gives on a laptop (WCAG 1.4.10).
func TestPagesInABrowser(t *testing.T) {
	axe, err := os.ReadFile("assets/node_modules/axe-core/axe.min.js")
	require.NoError(t, err, "axe-core is not installed: run make assets")
	server := examplesServer(t)
	b := newBrowser(t)
	for _, e := range examples() {
		t.Run(e.name, func(t *testing.T) {
			b.open(t, server+"/example/"+e.name, narrowest)
			evaluate[bool](t, b, `(document.querySelectorAll('[data-refresh]').forEach(e => e.removeAttribute('data-refresh')), true)`) // so that axe may finish
			requireNoSidewaysScrolling(t, b, narrowest)
			evaluate[bool](t, b, string(axe)+"; true")
			for _, width := range widths {
				b.resize(t, width)
				requireNoSidewaysScrolling(t, b, width)
				found := evaluate[[]string](t, b, axeRun)
				require.Empty(t, found, strings.Join(found, "\n"))
				screenshot(t, b, fmt.Sprintf("%s-%d.png", e.name, width))
			}
			require.Empty(t, b.takeComplaints())
		})
	}
}

func requireNoSidewaysScrolling(t *testing.T, b *browser, width int64) {
	t.Helper()
	needed := evaluate[int64](t, b, `document.documentElement.scrollWidth`)
	require.LessOrEqual(t, needed, width, "sideways scrolling at %d px", width)
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
	folder := os.Getenv("SPARK_SCREENSHOTS")
	if folder == "" {
		return
	}
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	require.NoError(t, err)
	require.NoError(t, os.MkdirAll(folder, 0o755))
	require.NoError(t, os.WriteFile(filepath.Join(folder, name), picture, 0o644))
}
