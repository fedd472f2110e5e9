package api

import (
	"encoding/json"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
	"github.com/gin-gonic/gin"
)

const openAPIPath = "/openapi.json"

// describe serves the description of the JSON API.
func (s *Server) describe(c *gin.Context) error {
	text, err := s.openAPI()
	if err != nil {
		return err
	}
	c.Data(http.StatusOK, "application/openapi+json", text)
	return nil
}

// newAPI is the JSON API without anything huma adds by itself: no pages, no
// links to schemas, and only the operations of the list.
func (s *Server) newAPI() huma.API {
	config := huma.DefaultConfig("SPARK", "1")
	config.CreateHooks, config.OpenAPIPath, config.DocsPath, config.SchemasPath = nil, "", "", ""
	config.RejectUnknownQueryParameters = true
	config.Servers = []*huma.Server{{URL: s.config.BaseURL}}
	config.Info.Description = introduction
	config.Info.Contact = &huma.Contact{Name: "The secretariat of " + s.config.Site.Name, Email: s.config.Site.Mail}
	config.Info.License = &huma.License{Name: "MIT", Identifier: "MIT"}
	config.Tags = tags
	for _, v := range vocabularies {
		config.Components.Schemas.RegisterTypeAlias(v.of, v.described)
	}
	return huma.NewAPI(config, humaRouter{s})
}

const introduction = `What consultants, the secretariat and a workplace's own systems do with SPARK, without its pages.

**Who asks.** Staff send ` + "`Authorization: Bearer …`" + ` with a token from ` + "`spark token create`" + `. A token has a role; a consultant's sees only the forløb that consultant has now, and to it no other exists. Applying, and the lists that an application is made from, need none.

**Who has seen what.** Every request about a forløb, and every list, is a line of the access log with the token's label. A forløb that is closed is read with a purpose, in the header ` + "`" + purposeHeader + "`" + `.

**What happens to an act.** A POST that answers 2xx is stored, whatever becomes of the process behind it. What follows (the next status, mails, tasks) takes a moment: until then the forløb says ` + "`settled: false`" + `. An act that the status forbids in that moment is refused with ` + "`catching_up`" + `; ask again.

**Errors** are problem documents (RFC 9457). Their ` + "`type`" + ` is ` + "`/problems/`" + ` and a code; the codes an operation can give stand with it. 422 tells every mistake in what was sent, 409 what the forløb stands at and what is possible instead. Nothing was stored, whichever it is.

**Times** are RFC 3339 with Copenhagen's offset. A time that is sent without an offset is on the clocks of Copenhagen. **Lists** come in pages: send ` + "`next`" + ` back as ` + "`cursor`" + ` until there is none. Fields and values may be added; none changes its meaning.`

// description is the whole document, when every operation is known.
func (s *Server) description(api *huma.OpenAPI) ([]byte, error) {
	d := describer{Server: s, api: api, answers: s.sampleAnswers()}
	d.components()
	for _, path := range api.Paths {
		for _, op := range []*huma.Operation{path.Get, path.Post, path.Patch} {
			if op != nil {
				d.operation(op)
			}
		}
	}
	return json.Marshal(api)
}

// describer completes what huma knows from the types of the handlers.
type describer struct {
	*Server
	api     *huma.OpenAPI
	answers []any // an example of every body that is answered
}

// components are the parts that operations share.
func (d describer) components() {
	c := d.api.Components
	c.SecuritySchemes = map[string]*huma.SecurityScheme{"bearer": {
		Type: "http", Scheme: "bearer",
		Description: "A token from: spark token create --role secretariat, head, reader, or consultant with --consultant",
	}}
	c.Examples, c.Responses = map[string]*huma.Example{}, map[string]*huma.Response{}
	d.schema(Problem{})
}
