package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	gotoken "go/token"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"
)

func contractOf(t *testing.T) *contract {
	t.Helper()
	c, err := theContract()
	require.NoError(t, err)
	return c
}

// The description is checked against OpenAPI's own schema, as published by the
// OpenAPI Initiative (Apache License 2.0).
func TestTheDescriptionIsOpenAPI(t *testing.T) {
	official, err := openAPISchema()
	require.NoError(t, err)
	c := contractOf(t)
	require.NoError(t, official.Validate(any(c.document)))
	require.Equal(t, "3.1.0", c.document["openapi"])
	c.document = maps.Clone(c.document)
	delete(c.document, "info")
	require.Error(t, official.Validate(any(c.document)), "the schema can tell")
}

func openAPISchema() (*jsonschema.Schema, error) {
	text, err := os.ReadFile("testdata/openapi-3.1.schema.json")
	if err != nil {
		return nil, err
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	compiler := jsonschema.NewCompiler()
	compiler.AssertFormat()
	if err := compiler.AddResource("openapi-schema.json", document); err != nil {
		return nil, err
	}
	return compiler.Compile("openapi-schema.json")
}

func TestTheDescriptionSaysWhereItApplies(t *testing.T) {
	a := newSite(t, &fakeStore{}).get("/openapi.json", "")
	require.Equal(t, "application/openapi+json", a.Header.Get("Content-Type"))
	require.NotContains(t, a.text, "$schema")
	var d struct {
		Servers []struct{ URL string }
		Info    struct {
			Description string
			Contact     struct{ Name, Email string }
			License     struct{ Identifier string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(a.text), &d))
	require.Equal(t, testBaseURL, d.Servers[0].URL)
	require.Equal(t, "MIT", d.Info.License.Identifier)
	require.NotEmpty(t, d.Info.Contact.Name)
	require.Contains(t, d.Info.Description, "settled")
}

func TestEveryOperationIsDescribed(t *testing.T) {
	c, w := contractOf(t), newSite(t, &fakeStore{})
	found := map[string]*describedOperation{}
	for _, op := range c.operations {
		require.Nil(t, found[op.id], op.id)
		found[op.id] = op
	}
	routes := 0
	for _, r := range w.routes() {
		if r.operation == nil {
			continue
		}
		routes++
		place := pointer("paths", r.path, strings.ToLower(r.method))
		described, _ := c.at(place)
		require.NotNil(t, described, place)
		op := found[described.(map[string]any)["operationId"].(string)]
		op.requireWhole(t, len(r.policy.roles) > 0)
	}
	require.Len(t, c.operations, routes)
	for id := range operations {
		require.Contains(t, found, id, "described, and no operation")
	}
}

// requireWhole checks that nothing is left for the reader to guess.
func (o *describedOperation) requireWhole(t *testing.T, staff bool) {
	t.Helper()
	require.Contains(t, operations, o.id)
	require.NotEmpty(t, o.described["summary"], o.id)
	require.NotEmpty(t, o.described["description"], o.id)
	require.Len(t, o.described["tags"], 1, o.id)
	require.Equal(t, staff, o.described["security"] != nil, o.id)
	require.NotContains(t, o.described["responses"], "default", o.id)
	parameters, _ := o.described["parameters"].([]any)
	for _, p := range parameters {
		require.NotEmpty(t, p.(map[string]any)["description"], "%s: %v", o.id, p)
	}
	for i := range o.bodies() {
		require.NotEmpty(t, o.bodies()[i].examples, "%s: %s has no example", o.id, o.bodies()[i].place)
	}
	for status := range o.described["responses"].(map[string]any) {
		_, err := strconv.Atoi(status)
		require.NoError(t, err)
	}
}

// body is a body of a request or an answer.
type body struct {
	place    string
	examples map[string]any
}

func (o *describedOperation) bodies() (list []body) {
	places := []string{o.place + "/requestBody"}
	for status := range o.described["responses"].(map[string]any) {
		places = append(places, o.place+pointer("responses", status))
	}
	for _, place := range places {
		found, place := o.contract.at(place)
		holder, _ := found.(map[string]any)
		contents, _ := holder["content"].(map[string]any)
		for mediaType, content := range contents {
			examples, _ := content.(map[string]any)["examples"].(map[string]any)
			list = append(list, body{place + pointer("content", mediaType), examples})
		}
	}
	return list
}

func TestEveryExampleFitsItsSchema(t *testing.T) {
	c := contractOf(t)
	checked := 0
	for _, op := range c.operations {
		for _, b := range op.bodies() {
			for name := range b.examples {
				example, _ := c.at(b.place + pointer("examples", name))
				c.requireFits(t, b.place+"/schema", example.(map[string]any)["value"])
				checked++
			}
		}
		parameters, _ := op.described["parameters"].([]any)
		for i, p := range parameters {
			if example, given := p.(map[string]any)["example"]; given {
				c.requireFits(t, op.place+pointer("parameters", strconv.Itoa(i), "schema"), example)
				checked++
			}
		}
	}
	require.Greater(t, checked, len(c.operations)*8)
}

func (c *contract) requireFits(t *testing.T, schema string, value any) {
	t.Helper()
	text, err := json.Marshal(value)
	require.NoError(t, err)
	require.NoError(t, c.fits(schema, text), "%s\n%s", schema, text)
}

func TestEverySchemaIsOne(t *testing.T) {
	c := contractOf(t)
	schemas, _ := c.at("/components/schemas")
	for name, s := range schemas.(map[string]any) {
		place := pointer("components", "schemas", name)
		_, err := c.schema(place)
		require.NoError(t, err, name)
		for property, described := range s.(map[string]any)["properties"].(map[string]any) {
			examples, _ := described.(map[string]any)["examples"].([]any)
			for _, example := range examples {
				c.requireFits(t, place+pointer("properties", property), example)
			}
		}
	}
}

func TestEveryReferenceLeadsSomewhere(t *testing.T) {
	c := contractOf(t)
	references := map[string]bool{}
	collectReferences(c.document, references)
	require.NotEmpty(t, references)
	for ref := range references {
		place, local := strings.CutPrefix(ref, "#")
		require.True(t, local, ref)
		found, _ := c.at(place)
		require.NotNil(t, found, ref)
	}
	for _, kind := range []string{"schemas", "examples", "responses"} {
		shared, _ := c.at("/components/" + kind)
		for name := range shared.(map[string]any) {
			require.True(t, references["#"+pointer("components", kind, name)], "%s %s is used by nothing", kind, name)
		}
	}
}

func collectReferences(value any, into map[string]bool) {
	switch v := value.(type) {
	case map[string]any:
		if ref, ok := v["$ref"].(string); ok {
			into[ref] = true
		}
		for _, inside := range v {
			collectReferences(inside, into)
		}
	case []any:
		for _, inside := range v {
			collectReferences(inside, into)
		}
	}
}

// Every value that a type of the domain has is in its vocabulary.
func TestVocabulariesAreWhole(t *testing.T) {
	constants := domainConstants(t)
	for _, v := range vocabularies {
		var values []string
		for _, value := range v.values {
			values = append(values, value.(string))
		}
		require.ElementsMatch(t, constants[v.of.Name()], values, v.of.Name())
	}
}

// domainConstants are the typed string constants of the domain, by type.
func domainConstants(t *testing.T) map[string][]string {
	t.Helper()
	files, err := filepath.Glob("../internal/forloeb/*.go")
	require.NoError(t, err)
	found := map[string][]string{}
	for _, file := range files {
		parsed, err := parser.ParseFile(gotoken.NewFileSet(), file, nil, 0)
		require.NoError(t, err)
		ast.Inspect(parsed, func(n ast.Node) bool {
			spec, is := n.(*ast.ValueSpec)
			if !is || len(spec.Values) == 0 {
				return true
			}
			kind, typed := spec.Type.(*ast.Ident)
			literal, plain := spec.Values[0].(*ast.BasicLit)
			if typed && plain && literal.Kind == gotoken.STRING {
				value, err := strconv.Unquote(literal.Value)
				require.NoError(t, err)
				found[kind.Name] = append(found[kind.Name], value)
			}
			return true
		})
	}
	return found
}

// An answer that is not as described is found out: otherwise no test of this
// package would prove anything about the description.
func TestTheContractFindsOut(t *testing.T) {
	c := contractOf(t)
	i := slices.IndexFunc(c.operations, func(o *describedOperation) bool { return o.id == "list-programmes" })
	good := newSite(t, &fakeStore{}).get("/api/v1/programmes", "")
	for name, spoil := range map[string]func(*answer){
		"another status": func(a *answer) { a.StatusCode = 202 },
		"another type":   func(a *answer) { a.Header.Set("Content-Type", "text/plain") },
		"a field too many": func(a *answer) {
			a.text = strings.Replace(a.text, `{"code"`, `{"more":1,"code"`, 1)
		},
		"a field too few": func(a *answer) { a.text = strings.Replace(a.text, `"name"`, `"code"`, 1) },
		"a wrong value":   func(a *answer) { a.text = strings.Replace(a.text, `"2016-04-13"`, `"13-04-2016"`, 1) },
	} {
		response := *good.Response
		spoiled := answer{&response, t, good.text}
		spoiled.Header = good.Header.Clone()
		spoil(&spoiled)
		require.NotEqual(t, fmt.Sprint(good.StatusCode, good.Header, good.text), fmt.Sprint(spoiled.StatusCode, spoiled.Header, spoiled.text), name)
		require.Error(t, c.operations[i].answers(spoiled, false), name)
	}
	require.NoError(t, c.operations[i].answers(good, false))
}
