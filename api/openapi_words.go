package api

import (
	"reflect"

	"github.com/danielgtaylor/huma/v2"

	"example.dk/spark/internal/forloeb"
)

// vocabularies are the types whose values are a closed list, so that the
// description names the values wherever one is used. What the programme table
// holds (programmes, types, themes) is none of them: it grows by itself, and
// the catalogue lists it.
var vocabularies = []vocabulary{
	words(forloeb.Statuses...),
	words(forloeb.WaitKeys()...),
	words(forloeb.Leader, forloeb.Rep),
	words(forloeb.RoleLeader, forloeb.RoleAMR, forloeb.RoleTR, forloeb.RoleOtherElected),
	words(forloeb.StartedByLeader, forloeb.StartedByRep, forloeb.StartedByOther),
	words(forloeb.Yes, forloeb.No, forloeb.Fix, forloeb.NotMe),
	words(forloeb.Approve, forloeb.Waitlist, forloeb.Reject),
	words(forloeb.Booked, forloeb.Held, forloeb.NoShow, forloeb.Cancelled),
	words(forloeb.MailPlanned, forloeb.MailSending, forloeb.MailSent, forloeb.MailUncertain, forloeb.MailFailed, forloeb.MailCancelled),
	words(forloeb.MailKinds...),
	words(forloeb.TaskKinds...),
	words(forloeb.MomentPast, forloeb.MomentNext, forloeb.MomentFuture),
	words(forloeb.PauseReasons...),
	words(forloeb.Sectors...),
	words(forloeb.UnitTypes...),
	words(forloeb.EmployeeBands...),
	words(forloeb.Bodies...),
	words(forloeb.IntakeStates...),
	words(forloeb.OutDeclined, forloeb.OutSilent, forloeb.OutLeft),
}

// vocabulary is one type with its values.
type vocabulary struct {
	of, described reflect.Type
	values        []any
}

func words[T ~string](list ...T) vocabulary {
	v := vocabulary{of: reflect.TypeFor[T](), described: reflect.TypeFor[word[T]]()}
	for _, w := range list {
		v.values = append(v.values, string(w))
	}
	return v
}

// word stands for a value of a vocabulary, for huma.
type word[T ~string] struct{}

// Schema names the values.
func (word[T]) Schema(huma.Registry) *huma.Schema {
	for _, v := range vocabularies {
		if v.of == reflect.TypeFor[T]() {
			return &huma.Schema{Type: huma.TypeString, Enum: v.values}
		}
	}
	return &huma.Schema{Type: huma.TypeString}
}

// orNull says of fields that they are there and may be null.
func orNull(s *huma.Schema, fields ...string) *huma.Schema {
	for _, name := range fields {
		field := s.Properties[name]
		s.Properties[name] = &huma.Schema{Description: field.Description, AnyOf: []*huma.Schema{{Ref: field.Ref}, {Type: "null"}}}
	}
	return s
}

// TransformSchema: nobody may be responsible.
func (forloebDocument) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	return orNull(s, "consultant")
}

// TransformSchema: nobody may be responsible.
func (rowDocument) TransformSchema(_ huma.Registry, s *huma.Schema) *huma.Schema {
	return orNull(s, "consultant")
}
