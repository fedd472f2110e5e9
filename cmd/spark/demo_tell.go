package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"example.dk/spark/internal/forloeb"
)

// narrator prints the story: a line with the bar over the months and the date,
// then what happened, the English caption, and what the person saw.
type narrator struct {
	w        io.Writer
	live     bool // a terminal, whose last line can be written again
	from, to time.Time
	steps    int
}

func newNarrator(w io.Writer) *narrator { return &narrator{w: w, live: isTerminal(w)} }

// isTerminal reports whether somebody watches.
func isTerminal(w io.Writer) bool {
	f, isFile := w.(*os.File)
	if !isFile {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// chapter begins a story whose bar goes from one date to another.
func (n *narrator) chapter(title, about, english string, from, to time.Time) {
	n.from, n.to = from, to
	fmt.Fprintf(n.w, "\n%s\n", title)
	n.wrapped(about + " (" + english + ")")
	fmt.Fprintln(n.w)
}

// waiting shows on a terminal where the story is on its way to.
func (n *narrator) waiting(to time.Time) {
	if n.live {
		fmt.Fprintf(n.w, "\r\033[K%3d %s …", n.steps+1, n.bar(to))
	}
}

// step tells one step: what each person saw is "Mette ser: »…«".
func (n *narrator) step(at time.Time, story, english string, saw ...string) {
	if n.live {
		fmt.Fprint(n.w, "\r\033[K")
	}
	n.steps++
	fmt.Fprintf(n.w, "%3d %s %s\n", n.steps, n.bar(at), forloeb.Capital(forloeb.DateTime(at)))
	n.wrapped(story + " (" + english + ")")
	for _, s := range saw {
		n.wrapped(s)
	}
}

// barWidth is how many places the months share.
const barWidth = 24

// bar is how far the story has come.
func (n *narrator) bar(at time.Time) string {
	done := barWidth
	if span := n.to.Sub(n.from); span > 0 {
		done = int(float64(at.Sub(n.from)) / float64(span) * barWidth)
	}
	done = min(max(done, 1), barWidth)
	return "[" + strings.Repeat("#", done) + strings.Repeat("·", barWidth-done) + "]"
}

// lineWidth fits the narrowest terminal in use.
const lineWidth = 92

// wrapped prints a paragraph, indented and broken between words.
func (n *narrator) wrapped(text string) {
	const indent = "      "
	line := indent[:len(indent)-1]
	for _, word := range strings.Fields(text) {
		if utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > lineWidth && strings.TrimSpace(line) != "" {
			fmt.Fprintln(n.w, line)
			line = indent[:len(indent)-1]
		}
		line += " " + word
	}
	fmt.Fprintln(n.w, line)
}
