package api

import (
	"regexp"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/validation"
)

// formError tells one mistake of form, as huma found it, in our words and
// without the value.
func formError(found *huma.ErrorDetail) ProblemError {
	place, missing := found.Location, ""
	if name := requiredProperty.FindStringSubmatch(found.Message); name != nil {
		missing = "." + name[1]
	}
	kind := formKind(found.Message)
	e := ProblemError{Code: kind.code, Detail: kind.detail}
	if kind.detail == "" {
		e.Detail = found.Message
	}
	in, rest, _ := strings.Cut(place+missing, ".")
	if in == "body" {
		e.Pointer = "#/" + arrayIndex.ReplaceAllString(strings.ReplaceAll(rest, ".", "/"), "/$1")
	} else {
		e.Parameter = arrayIndex.ReplaceAllString(rest, "")
	}
	return e
}

var (
	requiredProperty = regexp.MustCompile(`^expected required property (\S+) to be present$`)
	arrayIndex       = regexp.MustCompile(`\[(\d+)\]`)
)

// formWords are a kind of mistake of form. Without a detail, the library's own
// words say what was expected and nothing of what came.
type formWords struct{ begins, code, detail string }

var formKinds = []formWords{
	{"expected required property", "missing", "Required."},
	{"required ", "missing", "Required."},
	{validation.MsgUnexpectedProperty, "unknown_field", "There is no such field."},
	{"unknown query parameter", "unknown_parameter", "There is no such parameter."},
	{"expected length", "wrong_length", ""},
	{"expected array length", "wrong_length", ""},
	{"expected value to be one of", "unknown_value", ""},
	{"expected number >=", "out_of_range", ""},
	{"expected number <=", "out_of_range", ""},
	{"expected boolean", "wrong_type", ""},
	{"expected string", "wrong_type", "A value of another type is expected: a string."},
	{"expected array", "wrong_type", ""},
	{"expected object", "wrong_type", ""},
	{"expected number", "wrong_type", ""},
	{"expected integer", "wrong_type", ""},
}

func formKind(message string) formWords {
	for _, k := range formKinds {
		if strings.HasPrefix(message, k.begins) {
			return k
		}
	}
	return formWords{code: "invalid", detail: "The value cannot be used."}
}

// together tells the mistakes of form and those of the rules, each place once.
// Form knows what is missing and what cannot be read, the rules which values
// there are.
func together(form, rules []ProblemError) (all []ProblemError) {
	for _, f := range form {
		if f.Code != "unknown_value" || !slices.ContainsFunc(rules, func(r ProblemError) bool { return r.Pointer == f.Pointer }) {
			all = append(all, f)
		}
	}
	told := len(all)
	for _, r := range rules {
		if !slices.ContainsFunc(all[:told], func(f ProblemError) bool { return within(f.Pointer, r.Pointer) || within(r.Pointer, f.Pointer) }) {
			all = append(all, r)
		}
	}
	return all
}

// within reports whether a pointer leads to a place or into it.
func within(place, pointer string) bool {
	return pointer == place || strings.HasPrefix(pointer, place+"/")
}
