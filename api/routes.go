package api

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"sync"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/crashpoint"
)

// route is one line of the list: an address, who may use it, and what it does.
type route struct {
	method, path string // the path with {names}
	policy       policy
	handler      handler // of a page, or
	operation    operation
}

// operation is one operation of the JSON API, made known to huma.
type operation func(s *Server, api huma.API)

func pageAt(method, path string, p policy, h handler) route {
	return route{method: method, path: path, policy: p, handler: h}
}

// withoutSlash leads from the address of a folder as people type it, without
// the slash at its end, to the folder's first page.
func withoutSlash(folder string, p policy) route {
	return pageAt(http.MethodGet, folder, p, func(c *gin.Context) error {
		c.Redirect(http.StatusPermanentRedirect, folder+"/")
		return nil
	})
}

// What an operation takes and gives is in its types, from which huma makes the
// description and checks requests.
type operate[I, O any] func(context.Context, *I) (*O, error)

func get[I, O any](path string, p policy, id, summary string, h operate[I, O]) route {
	return newOperation(http.MethodGet, path, p, id, summary, http.StatusOK, h)
}

func post[I, O any](path string, p policy, id, summary string, h operate[I, O]) route {
	return newOperation(http.MethodPost, path, p, id, summary, http.StatusOK, h)
}

// created is a POST that answers 201.
func created[I, O any](path string, p policy, id, summary string, h operate[I, O]) route {
	return newOperation(http.MethodPost, path, p, id, summary, http.StatusCreated, h)
}

func patch[I, O any](path string, p policy, id, summary string, h operate[I, O]) route {
	return newOperation(http.MethodPatch, path, p, id, summary, http.StatusOK, h)
}

func newOperation[I, O any](method, path string, p policy, id, summary string, status int, h operate[I, O]) route {
	r := route{method: method, path: path, policy: p}
	r.operation = func(s *Server, api huma.API) {
		huma.Register(api, huma.Operation{
			OperationID: id, Summary: summary, Method: method, Path: path, DefaultStatus: status,
			MaxBodyBytes: -1, // the server's own limit holds for all routes
		}, func(ctx context.Context, in *I) (*O, error) {
			out, err := h(ctx, in)
			if err != nil {
				return nil, s.problem(ctx, err)
			}
			return out, nil
		})
	}
	return r
}

// humaRouter puts huma's operations behind our own door.
type humaRouter struct{ *Server }

// Handle makes an operation known to Gin.
func (r humaRouter) Handle(op *huma.Operation, serve func(huma.Context)) {
	r.handle(op.Method, op.Path, r.policies[op.Method+" "+op.Path], func(c *gin.Context) error {
		serve(humagin.NewContext(op, c))
		return nil
	})
}

// register makes the routes known.
func (s *Server) register(list []route) error {
	api := s.newAPI()
	for _, r := range list {
		switch {
		case r.policy.check == nil:
			return fmt.Errorf("%s %s has no policy", r.method, r.path)
		case r.policy.name == development.name && !s.config.Development:
			continue
		}
		s.policies[r.method+" "+r.path] = r.policy
		s.shown[ginPath(r.path)] = s.shown[ginPath(r.path)] || r.method == http.MethodGet
		if r.operation != nil {
			r.operation(s, api)
			continue
		}
		s.handle(r.method, r.path, r.policy, r.handler)
	}
	s.openAPI = sync.OnceValues(func() ([]byte, error) { return s.description(api.OpenAPI()) })
	return nil
}

// handle is the one way from Gin to a handler: through the policy. A form
// from another site is refused before anything is looked up; programs have
// tokens, which no browser adds by itself.
func (s *Server) handle(method, path string, p policy, h handler) {
	name := method + " " + path
	s.engine.Handle(method, ginPath(path), s.page(func(c *gin.Context) error {
		defer crashpoint.Hit("before answer", name)
		if !forPrograms(path) && s.origin.Check(c.Request) != nil {
			return errCrossOrigin
		}
		if err := p.check(s, c); err != nil {
			return err
		}
		if answered, err := s.traced(c, path, p); answered || err != nil {
			return err
		}
		if err := h(c); err != nil {
			return err
		}
		s.forgetKept(c)
		return nil
	}))
}

// ginPath writes {names} as Gin does.
func ginPath(path string) string {
	return strings.NewReplacer("{", ":", "}", "").Replace(path)
}

// static serves an asset of the pages.
func (s *Server) static(c *gin.Context) error {
	if _, found := s.assets.files[c.Param("file")]; !found {
		return errNoRoute
	}
	s.assets.serve(c)
	return nil
}
