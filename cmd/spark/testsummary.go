package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

var errNoTests = errors.New("no test ran: name packages that have tests, for example PKG=./...")

// testSummary reads what go test -json prints, shows each package as it ends
// and the output of what failed, and counts.
type testSummary struct {
	w                       io.Writer
	line                    bytes.Buffer
	output                  map[string]*strings.Builder // of tests not yet known to have passed
	passed, failed, skipped int
}

func newTestSummary(w io.Writer) *testSummary {
	return &testSummary{w: w, output: map[string]*strings.Builder{}}
}

// Write takes the command's output in any pieces.
func (s *testSummary) Write(p []byte) (int, error) {
	for _, b := range p {
		if b != '\n' {
			s.line.WriteByte(b)
			continue
		}
		s.event(s.line.Bytes())
		s.line.Reset()
	}
	return len(p), nil
}

type testEvent struct {
	Action, Package, Test, Output string
	Elapsed                       float64
}

func (s *testSummary) event(line []byte) {
	var e testEvent
	if json.Unmarshal(line, &e) != nil {
		fmt.Fprintf(s.w, "%s\n", line)
		return
	}
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output", "build-output":
		if s.output[key] == nil {
			s.output[key] = &strings.Builder{}
		}
		s.output[key].WriteString(e.Output)
	case "pass", "fail", "skip", "build-fail":
		s.ended(e, key)
	}
}

func (s *testSummary) ended(e testEvent, key string) {
	if e.Action == "fail" || e.Action == "build-fail" {
		if out := s.output[key]; out != nil {
			fmt.Fprint(s.w, out.String())
		}
	}
	delete(s.output, key)
	if e.Test == "" {
		if e.Action != "skip" {
			fmt.Fprintf(s.w, "%-5s %s %.1fs\n", e.Action, e.Package, e.Elapsed)
		}
		return
	}
	switch e.Action {
	case "pass":
		s.passed++
	case "fail":
		s.failed++
	case "skip":
		s.skipped++
		fmt.Fprintf(s.w, "skip  %s\n", key)
	}
}

// print shows what was left unsaid (a build that failed) and the count.
func (s *testSummary) print() {
	for key, out := range s.output {
		if strings.Contains(out.String(), "FAIL") || !strings.Contains(key, "/") {
			fmt.Fprint(s.w, out.String())
		}
	}
	fmt.Fprintf(s.w, "%d passed, %d failed, %d skipped\n", s.passed, s.failed, s.skipped)
}
