package api

import (
	"slices"
	"strconv"
	"strings"
)

// fieldError is one thing that must be put right. The same words stand in the
// summary and at the field.
type fieldError struct {
	Field string // id of the field's first control
	Text  string
}

// field is one field of a form, composed in a template:
//
//	{{template "input" (input .Errors "leader_name" "Navn" .Form.LeaderName | width "l")}}
//
// ID is also the name it is sent under, unless Name is another. In a group of radios or tick boxes it
// is the id of the first, so that an error can link to it.
type field struct {
	ID, Label    string
	Name         string // what it is sent as
	Control      string // textarea, select, radios, checkboxes, tick, group; empty for an input
	Hint         string
	Note         string   // advice about what was typed, not an error
	Wrong        []string // everything that is wrong with it
	Kind         string   // type of an input
	Width        string
	Autocomplete string
	Optional     bool
	Heading      bool   // the label of a group is the page's heading
	First        string // what a select says before anything is chosen
	Value        string
	Values       []string // of tick boxes
	Options      []option
	Parts        []field // of a group: fields side by side
}

// option is one choice of a select or a group.
type option struct {
	Value, Label, Hint string
}

func newInput(errs []fieldError, id, label, value string) field {
	f := field{ID: id, Name: id, Label: label, Value: value, Kind: "text", Width: "l"}
	for _, e := range errs {
		if e.Field == id {
			f.Wrong = append(f.Wrong, e.Text)
		}
	}
	return f
}

// DescribedBy lists the elements that explain the field: the hint first, then
// what is wrong.
func (f field) DescribedBy() string {
	var ids []string
	for _, part := range []struct {
		suffix string
		shown  bool
	}{{"-hint", f.Hint != ""}, {"-note", f.Note != ""}, {"-error", f.Wrong != nil}} {
		if part.shown {
			ids = append(ids, f.ID+part.suffix)
		}
	}
	return strings.Join(ids, " ")
}

// Size is the class for how wide an input is: words and mail addresses by
// their room, what has a fixed form by its characters.
func (f field) Size() string {
	switch {
	case f.Kind == "tel":
		return "input-char-11"
	case strings.HasPrefix(f.Width, "char-"):
		return "input-" + f.Width
	}
	return "input-width-" + f.Width
}

// OptionID is the id of a group's i-th control.
func (f field) OptionID(i int) string {
	if i == 0 {
		return f.ID
	}
	return f.ID + "-" + strconv.Itoa(i+1)
}

// Chosen reports whether the option is what was sent.
func (f field) Chosen(o option) bool {
	return o.Value == f.Value || slices.Contains(f.Values, o.Value)
}
