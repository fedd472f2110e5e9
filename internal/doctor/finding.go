package doctor

import (
	"context"
	"fmt"
	"strings"
)

// Level is how much a finding matters.
type Level string

// The levels. Only Fail means that something does not work.
const (
	OK   Level = "ok"
	Warn Level = "warn"
	Fail Level = "fail"
)

// Finding is what a check found.
type Finding struct {
	Name   string `json:"name"` // for programs: it does not change
	Level  Level  `json:"level"`
	Says   string `json:"says"`             // one sentence
	Remedy string `json:"remedy,omitempty"` // one, unless all is well
	Mended bool   `json:"mended,omitempty"` // by Mend

	mend func(context.Context) error // nil: a person must
}

// Report is every finding, in the order of the checks.
type Report struct {
	Findings []Finding `json:"findings"`
}

// Failed reports whether anything does not work and was not mended.
func (r Report) Failed() bool {
	for _, f := range r.Findings {
		if f.Level == Fail && !f.Mended {
			return true
		}
	}
	return false
}

// Mend does what is safe about the findings. What could not be mended says
// why, and its remedy stands.
func (r *Report) Mend(ctx context.Context) {
	for i := range r.Findings {
		f := &r.Findings[i]
		if f.mend == nil {
			continue
		}
		if err := f.mend(ctx); err != nil {
			f.Says += " Mending failed: " + words(err) + "."
		} else {
			f.Mended = true
		}
	}
}

func ok(name, says string, args ...any) Finding {
	return Finding{Name: name, Level: OK, Says: fmt.Sprintf(says, args...)}
}

func warn(name, remedy, says string, args ...any) Finding {
	return Finding{Name: name, Level: Warn, Says: fmt.Sprintf(says, args...), Remedy: remedy}
}

func fail(name, remedy, says string, args ...any) Finding {
	return Finding{Name: name, Level: Fail, Says: fmt.Sprintf(says, args...), Remedy: remedy}
}

// words are an error on one line.
func words(err error) string { return strings.Join(strings.Fields(err.Error()), " ") }

// unasked is a check that could not be done.
func unasked(name, what string, err error) Finding {
	return fail(name, "see to what the sentence says, and run spark doctor again", "%s could not be asked: %s.", what, words(err))
}
