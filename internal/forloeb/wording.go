package forloeb

import (
	"regexp"
	"strings"
	"time"
)

var (
	// optional is "[text]" or "[text|text when a slot of the first is empty]".
	optional = regexp.MustCompile(`\[([^\]|]*)(?:\|([^\]]*))?\]`)
	slot     = regexp.MustCompile(`\{([^}]*)\}`)
)

// fill puts values into the {slots} of a sentence. A part in [brackets] is
// left out when one of its slots has no value, so that a date that is not
// known leaves no hole.
func fill(sentence string, values map[string]string) string {
	sentence = optional.ReplaceAllStringFunc(sentence, func(part string) string {
		choice := optional.FindStringSubmatch(part)
		if hasAll(choice[1], values) {
			return choice[1]
		}
		return choice[2]
	})
	return slot.ReplaceAllStringFunc(sentence, func(name string) string {
		return values[strings.Trim(name, "{}")]
	})
}

func hasAll(part string, values map[string]string) bool {
	for _, name := range slot.FindAllStringSubmatch(part, -1) {
		if values[name[1]] == "" {
			return false
		}
	}
	return true
}

// dayWords is Date, or "" without one.
func dayWords(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return Date(t)
}

// isoDay is the day as the API's English sentences write it.
func isoDay(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(Copenhagen).Format(time.DateOnly)
}

// count is a number, or "" for none.
func count(n int) string {
	if n <= 0 {
		return ""
	}
	return Number(n)
}

var smallNumbers = [...]string{"", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti"}

// countWord writes small numbers as prose does; larger ones in digits.
// CountWord is a small number in words: "tre".
func CountWord(n int) string { return countWord(n) }

func countWord(n int) string {
	if n > 0 && n < len(smallNumbers) {
		return smallNumbers[n]
	}
	return count(n)
}

// Counted is a number of things in prose: "ingen møder", "ét møde", "fire
// møder".
func Counted(n int, one, many string) string {
	switch n {
	case 0:
		return "ingen " + many
	case 1:
		return one
	}
	return countWord(n) + " " + many
}

// times writes "én gang", "to gange".
func times(n int) string {
	switch {
	case n <= 0:
		return ""
	case n == 1:
		return "én gang"
	}
	return countWord(n) + " gange"
}

// orList joins "a", "b" and "c" to "a, b eller c".
func orList(words []string) string { return joined(words, " eller ") }

// AndList joins "a", "b" and "c" to "a, b og c".
func AndList(words []string) string { return joined(words, " og ") }

func joined(words []string, last string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	n := len(words) - 1
	return strings.Join(words[:n], ", ") + last + words[n]
}

var englishSides = map[Side]string{Leader: "leader", Rep: "employee representative"}

// englishSide is the party in the API's sentences.
func englishSide(s Side) string {
	if words, known := englishSides[s]; known {
		return words
	}
	return "party"
}
