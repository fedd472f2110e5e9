package main

import (
	"flag"
	"fmt"
	"html"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"
)

var updateTrace = flag.Bool("update-trace", false, "draw docs/trace.svg anew, from the trace of the test")

func text(s string, n int64) string {
	if s != "" {
		return s
	}
	return strconv.FormatInt(n, 10)
}

const (
	drawnWidth, drawnNames, drawnRow = 1000, 340, 26
	drawnSpan                        = drawnWidth - drawnNames - 90
)

// colours are by what a span is of: its name's first word.
var colours = map[string]string{"act": "#7a4fa3", "relay": "#0a6ebd", "workflow": "#00708c", "activity": "#2d7d46", "mail": "#b3541e"}

// draw writes docs/trace.svg when it is asked to: who waited for whom, and how
// long each took.
func draw(t *testing.T, one spans) {
	t.Helper()
	if !*updateTrace {
		return
	}
	from, to := one[0].StartTimeUnixNano, one[0].EndTimeUnixNano
	for _, s := range one {
		to = max(to, s.EndTimeUnixNano)
	}
	at := func(nano uint64) float64 { return drawnNames + drawnSpan*float64(nano-from)/float64(to-from) }
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, sans-serif" font-size="13" role="img" aria-labelledby="title">`+"\n", drawnWidth, drawnRow*(len(one)+2))
	fmt.Fprintf(&b, `<title id="title">One trace: a yes is sent, and %.0f milliseconds later the last mail has gone</title><rect width="100%%" height="100%%" fill="#fff"/>`+"\n", float64(to-from)/1e6)
	for i, s := range inOrder(one) {
		y := drawnRow*i + drawnRow
		colour := "#333"
		if c := colours[strings.Fields(s.Name)[0]]; c != "" {
			colour = c
		}
		start, width := at(s.StartTimeUnixNano), max(2, at(s.EndTimeUnixNano)-at(s.StartTimeUnixNano))
		fmt.Fprintf(&b, `<text x="%d" y="%d">%s</text><rect x="%.1f" y="%d" width="%.1f" height="14" rx="2" fill="%s"/><text x="%.1f" y="%d" fill="#555">%.1f ms</text>`+"\n",
			12+18*depth(one, s), y+11, html.EscapeString(s.Name), start, y, width, colour, start+width+6, y+11, float64(s.EndTimeUnixNano-s.StartTimeUnixNano)/1e6)
	}
	b.WriteString("</svg>\n")
	require.NoError(t, os.WriteFile(filepath.Join(checkoutRoot(t), "docs", "trace.svg"), []byte(b.String()), 0o644))
}

// inOrder has every span right before those under it.
func inOrder(one spans) (list spans) {
	var add func(parent []byte)
	add = func(parent []byte) {
		for _, s := range one {
			if string(s.ParentSpanId) == string(parent) {
				list = append(list, s)
				add(s.SpanId)
			}
		}
	}
	add(nil)
	return list
}

func depth(one spans, s *tracepb.Span) (n int) {
	for s = one.parent(s); s != nil; s = one.parent(s) {
		n++
	}
	return n
}
