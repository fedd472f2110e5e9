package api

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// smallTargets are what can be pressed above the footer and is lower or
// narrower than 44 px. A link in a sentence keeps its line (WCAG 2.5.8), and
// what belongs to a label is pressed by it.
const smallTargets = `[...document.querySelectorAll(':is(header, main) :is(a[href], button, summary, select, textarea, input:not([type=hidden]))')]
	.map(e => e.labels && e.matches('[type=radio], [type=checkbox]') ? e.labels[0] : e)
	.filter(e => e.checkVisibility() && !(e.matches('a') && inSentence(e)))
	.map(e => ({e, box: e.getBoundingClientRect()}))
	.filter(({box}) => box.height < 44 || box.width < 44)
	.map(({e, box}) => Math.round(box.width) + ' × ' + Math.round(box.height) + ': ' + e.outerHTML.slice(0, 200));
	function inSentence(link) { return link.parentElement.innerText.trim() !== link.innerText.trim() && getComputedStyle(link).display === 'inline'; }`

// Consultants press with a thumb, in a car park.
func TestTargetsOnAConsultantsPhone(t *testing.T) {
	server := examplesServer(t)
	b := newBrowser(t)
	for _, e := range examples() {
		if f := e.page.base().Frame; f == nil || !f.Touch {
			continue
		}
		t.Run(e.name, func(t *testing.T) {
			b.open(t, server+"/example/"+e.name, 360)
			evaluate[bool](t, b, `document.querySelectorAll('details').forEach(d => { d.open = true; }); true`)
			found := evaluate[[]string](t, b, smallTargets)
			require.Empty(t, found, strings.Join(found, "\n"))
		})
	}
}
