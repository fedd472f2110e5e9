package api

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"mime"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/link"
)

// contract is the description of the JSON API as a client reads it. Every
// request of every test of this package is held against it (see site.send),
// and what they exercised is counted in the end (see TestMain).
type contract struct {
	document   map[string]any
	compiler   *jsonschema.Compiler
	operations []*describedOperation

	mu      sync.Mutex // a compiler is for one at a time
	schemas map[string]*jsonschema.Schema
}

// describedOperation is one operation of the description.
type describedOperation struct {
	contract     *contract
	id, method   string
	path         *regexp.Regexp
	place        string // of the operation in the description, as a JSON pointer
	described    map[string]any
	mu           sync.Mutex
	succeeded    bool
	problemsSeen map[string]bool
}

const descriptionURL = "openapi.json"

// theContract is read once from a server with the product's routes alone.
var theContract = sync.OnceValues(func() (*contract, error) {
	text, err := productDescription()
	if err != nil {
		return nil, err
	}
	return newContract(text)
})

func productDescription() ([]byte, error) {
	assets, err := assetsOnce()
	if err != nil {
		return nil, err
	}
	links, err := link.ParseKeyring(link.NewKey("test"))
	if err != nil {
		return nil, err
	}
	s, err := newServer(Config{BaseURL: testBaseURL, Site: Site{Name: "SPARK", Mail: "spark@example.dk"}},
		Dependencies{Store: &fakeStore{}, Process: &fakeProcess{}, Links: links, Log: slog.New(slog.DiscardHandler)}, assets)
	if err != nil {
		return nil, err
	}
	if err := s.register(s.routes()); err != nil {
		return nil, err
	}
	return s.openAPI()
}

func newContract(text []byte) (*contract, error) {
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	c := &contract{document: document.(map[string]any), compiler: jsonschema.NewCompiler(), schemas: map[string]*jsonschema.Schema{}}
	c.compiler.AssertFormat()
	if err := c.compiler.AddResource(descriptionURL, document); err != nil {
		return nil, err
	}
	for path, item := range c.document["paths"].(map[string]any) {
		for method, described := range item.(map[string]any) {
			c.operations = append(c.operations, &describedOperation{
				contract: c, id: described.(map[string]any)["operationId"].(string), method: strings.ToUpper(method),
				path:      regexp.MustCompile("^" + regexp.MustCompile(`\\\{\w+\\\}`).ReplaceAllString(regexp.QuoteMeta(path), `[^/]+`) + "$"),
				place:     pointer("paths", path, method),
				described: described.(map[string]any), problemsSeen: map[string]bool{},
			})
		}
	}
	return c, nil
}

// pointer is a JSON pointer (RFC 6901).
func pointer(steps ...string) (p string) {
	for _, step := range steps {
		p += "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(step)
	}
	return p
}

// at is what stands at a place of the description; references are followed,
// and the place they lead to is given back.
func (c *contract) at(place string) (found any, where string) {
	found = c.document
	for _, step := range strings.Split(place, "/")[1:] {
		step = strings.NewReplacer("~1", "/", "~0", "~").Replace(step)
		switch inside := found.(type) {
		case map[string]any:
			found = inside[step]
		case []any:
			if i, err := strconv.Atoi(step); err == nil && i < len(inside) {
				found = inside[i]
			}
		}
	}
	if object, ok := found.(map[string]any); ok {
		if ref, ok := object["$ref"].(string); ok {
			return c.at(strings.TrimPrefix(ref, "#"))
		}
	}
	return found, place
}

// schema compiles the one at a place.
func (c *contract) schema(place string) (*jsonschema.Schema, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if s, compiled := c.schemas[place]; compiled {
		return s, nil
	}
	s, err := c.compiler.Compile(descriptionURL + "#" + (&url.URL{Fragment: place}).EscapedFragment())
	c.schemas[place] = s
	return s, err
}

// fits checks JSON against the schema at a place.
func (c *contract) fits(place string, text []byte) error {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		return err
	}
	schema, err := c.schema(place)
	if err != nil {
		return err
	}
	return schema.Validate(value)
}

// holds checks a request and its answer, and remembers what was seen. An
// address that is not described is some test's own.
func (c *contract) holds(t *testing.T, r *http.Request, a answer) {
	t.Helper()
	for _, op := range c.operations {
		if op.path.MatchString(r.URL.Path) && (op.method == r.Method || op.method == http.MethodGet && r.Method == http.MethodHead) {
			require.NoError(t, op.answers(a, r.Method == http.MethodHead), "%s %s answers as it is not described: %s", r.Method, r.URL.Path, a.text)
			if a.StatusCode/100 == 2 {
				require.NoError(t, op.takes(r), "%s %s takes what is not described", r.Method, r.URL)
			}
		}
	}
}

// answers checks an answer, and remembers it.
func (o *describedOperation) answers(a answer, headersAlone bool) error {
	found, place := o.contract.at(o.place + pointer("responses", strconv.Itoa(a.StatusCode)))
	response, described := found.(map[string]any)
	if !described {
		return fmt.Errorf("the status %d is not described", a.StatusCode)
	}
	headers, _ := response["headers"].(map[string]any)
	for name := range headers {
		if a.Header.Get(name) == "" {
			return fmt.Errorf("the header %s is missing", name)
		}
	}
	mediaType, _, _ := mime.ParseMediaType(a.Header.Get("Content-Type"))
	if _, described := response["content"].(map[string]any)[mediaType]; !described {
		return fmt.Errorf("the type %q is not described", mediaType)
	}
	if headersAlone {
		return nil
	}
	o.saw(a)
	return o.contract.fits(place+pointer("content", mediaType, "schema"), []byte(a.text))
}

func (o *describedOperation) saw(a answer) {
	o.mu.Lock()
	defer o.mu.Unlock()
	var p Problem
	if a.StatusCode/100 == 2 {
		o.succeeded = true
	} else if json.Unmarshal([]byte(a.text), &p) == nil {
		o.problemsSeen[p.Type] = true
	}
}

// takes checks a request that was accepted.
func (o *describedOperation) takes(r *http.Request) error {
	var query []string
	parameters, _ := o.described["parameters"].([]any)
	for _, p := range parameters {
		parameter := p.(map[string]any)
		name, required := parameter["name"].(string), parameter["required"] == true
		switch parameter["in"] {
		case "query":
			query = append(query, name)
		case "header":
			if required && r.Header.Get(name) == "" {
				return fmt.Errorf("without the header %s", name)
			}
		}
	}
	for name := range r.URL.Query() {
		if !slices.Contains(query, name) {
			return fmt.Errorf("with the parameter %s", name)
		}
	}
	return o.takesBody(r)
}

func (o *describedOperation) takesBody(r *http.Request) error {
	if r.GetBody == nil || o.described["requestBody"] == nil {
		return nil // nothing was sent, or nothing is read
	}
	again, err := r.GetBody()
	if err != nil {
		return err
	}
	text, err := io.ReadAll(again)
	if err != nil {
		return err
	}
	return o.contract.fits(o.place+pointer("requestBody", "content", r.Header.Get("Content-Type"), "schema"), text)
}

// documentedProblems are the types of problem that an operation can give, by
// its description.
func (o *describedOperation) documentedProblems() (types []string) {
	for status := range o.described["responses"].(map[string]any) {
		response, _ := o.contract.at(o.place + pointer("responses", status))
		content := response.(map[string]any)["content"].(map[string]any)
		if problem, failure := content[problemType].(map[string]any); failure {
			narrowed := problem["schema"].(map[string]any)["allOf"].([]any)[1].(map[string]any)
			for _, t := range narrowed["properties"].(map[string]any)["type"].(map[string]any)["enum"].([]any) {
				types = append(types, t.(string))
			}
		}
	}
	return types
}

// unseen lists what is described and no test has exercised. A problem that
// does not hang on the operation (of the door, of form, of ours) is seen when
// any operation gave it.
func (c *contract) unseen() []string {
	anywhere := map[string]bool{}
	for _, op := range c.operations {
		maps.Copy(anywhere, op.problemsSeen)
	}
	list := map[string]bool{}
	for _, op := range c.operations {
		if !op.succeeded {
			list[op.id+": success"] = true
		}
		if len(op.problemsSeen) == 0 {
			list[op.id+": a problem"] = true
		}
		for _, problem := range op.documentedProblems() {
			switch {
			case op.ruled(problem) && !op.problemsSeen[problem]:
				list[op.id+": "+problem] = true
			case !anywhere[problem]:
				list[problem] = true
			}
		}
	}
	return slices.Sorted(maps.Keys(list))
}

// ruled reports whether the problem is one of the operation's own rules.
func (o *describedOperation) ruled(problem string) bool {
	return slices.ContainsFunc(ruleProblems(operations[o.id]), func(p possibleProblem) bool { return p.Type == problem })
}
