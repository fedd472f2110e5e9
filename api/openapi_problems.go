package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"example.dk/spark/internal/forloeb"
)

// possibleProblem is a problem that an operation can give, as an example made
// by the functions that make the real ones.
type possibleProblem struct {
	*Problem
	name   string // of the example
	shared bool   // how it comes about is the same for all operations
}

func (p possibleProblem) code() string { return strings.TrimPrefix(p.Type, problemPath) }

// problems lists what an operation can fail with, one response a status.
func (d describer) problems(op *huma.Operation, a about, roles []forloeb.StaffRole) {
	byStatus := map[int][]possibleProblem{}
	for _, p := range slices.Concat(formProblems(op, a, roles), ruleProblems(a)) {
		byStatus[p.Status] = append(byStatus[p.Status], p)
	}
	for status, list := range byStatus {
		op.Responses[strconv.Itoa(status)] = d.response(status, list)
	}
}

// formProblems come before any rule: of the door, of what was sent, and of us.
func formProblems(op *huma.Operation, a about, roles []forloeb.StaffRole) (list []possibleProblem) {
	add := func(name string, p *Problem) { list = append(list, possibleProblem{p, name, true}) }
	door := func(f *failure) { add(f.code, newProblem(f.status, f.code, f.detail)) }
	ofHuma := func(status int) {
		p := problemOfHuma(status, nil)
		add(possibleProblem{Problem: p}.code(), p)
	}
	if roles != nil {
		door(errUnauthenticated)
		door(errForbidden)
	}
	if roles != nil || op.RequestBody != nil { // a token that is not known, an application
		door(errTooMany)
	}
	if slices.ContainsFunc(op.Parameters, func(p *huma.Param) bool { return p.In == "path" }) {
		add("not_found", refusalProblem(errNoForloeb))
		if readsForloeb(op) {
			p := newProblem(errNoPurpose.status, errNoPurpose.code, errNoPurpose.detail)
			list = append(list, possibleProblem{p, errNoPurpose.code, false})
		}
	}
	if op.RequestBody != nil {
		for _, status := range []int{http.StatusBadRequest, http.StatusRequestTimeout, http.StatusUnsupportedMediaType, http.StatusInternalServerError} {
			ofHuma(status)
		}
		add("invalid", mistakesProblem(mistakes{{Field: "leader_email", Code: forloeb.MistakeBadEmail}, {Field: "themes", Code: forloeb.MistakeMissing}}))
	} else {
		add("invalid_parameter", invalidParameter("colour", "unknown_parameter", formKind("unknown query parameter").detail))
	}
	if op.Method != http.MethodGet {
		door(errTooLarge)
	}
	add("internal", internalProblem(http.StatusInternalServerError, "3fa29c"))
	if a.tag != tagCatalogue {
		add("unavailable", internalProblem(http.StatusServiceUnavailable, "3fa29c"))
	}
	return list
}

// ruleProblems are what the domain refuses.
func ruleProblems(a about) (list []possibleProblem) {
	for _, code := range a.refuses {
		list = append(list, possibleProblem{sampleRefusal(code), string(code), false})
	}
	for _, err := range a.fails {
		door := known[err]
		list = append(list, possibleProblem{newProblem(door.status, door.code, door.detail), door.code, false})
	}
	return list
}

// response is the answer with one status. Those that no rule has a part in are
// shared.
func (d describer) response(status int, list []possibleProblem) *huma.Response {
	if slices.ContainsFunc(list, func(p possibleProblem) bool { return !p.shared }) {
		return d.problemResponse(status, list)
	}
	name := camelCase(list[0].name)
	if d.api.Components.Responses[name] == nil {
		d.api.Components.Responses[name] = d.problemResponse(status, list)
	}
	return &huma.Response{Ref: "#/components/responses/" + name}
}

func (d describer) problemResponse(status int, list []possibleProblem) *huma.Response {
	types, examples := []any{}, map[string]*huma.Example{}
	for _, p := range list {
		types = append(types, p.Type)
		d.api.Components.Examples[p.name] = &huma.Example{Summary: p.Title, Value: p.Problem}
		examples[p.name] = &huma.Example{Ref: "#/components/examples/" + p.name}
	}
	r := &huma.Response{
		Description: http.StatusText(status),
		Content: map[string]*huma.MediaType{problemType: {Examples: examples, Schema: &huma.Schema{AllOf: []*huma.Schema{
			d.schema(Problem{}),
			{Type: huma.TypeObject, Properties: map[string]*huma.Schema{
				"type":   {Type: huma.TypeString, Enum: types},
				"status": {Type: huma.TypeInteger, Enum: []any{status}},
			}},
		}}}},
	}
	if status == http.StatusUnauthorized {
		r.Headers = map[string]*huma.Header{"WWW-Authenticate": {
			Description: "How to log in, and whether what came was a token at all (RFC 6750)", Required: true,
			Schema: &huma.Schema{Type: huma.TypeString}, Example: `Bearer realm="spark"`,
		}}
	}
	if status == http.StatusTooManyRequests {
		r.Headers = map[string]*huma.Header{"Retry-After": {
			Description: "How many seconds to wait", Required: true,
			Schema: &huma.Schema{Type: huma.TypeInteger}, Example: 120,
		}}
	}
	return r
}

// camelCase writes bad_json as BadJson.
func camelCase(name string) string {
	var out strings.Builder
	for part := range strings.SplitSeq(name, "_") {
		out.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return out.String()
}
