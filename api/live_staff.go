package api

import (
	"context"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// followAll is the stream of the pages that are about every forløb.
func (s *Server) followAll(c *gin.Context) error {
	return s.stream(c, func(forloeb.News) bool { return true }, stillMay(s, c, secretariatPage))
}

// followOwn is the stream of the pages about a consultant's own forløb, also
// the one they lose just now.
func (s *Server) followOwn(c *gin.Context) error {
	own := principal(c.Request.Context()).Consultant
	return s.stream(c, func(n forloeb.News) bool { return n.Consultant == own }, stillMay(s, c, consultantPage))
}

// followProvider is the stream of the pages about a provider's forløb.
func (s *Server) followProvider(c *gin.Context) error {
	own := principal(c.Request.Context()).Only()
	return s.stream(c, func(n forloeb.News) bool { return n.Provider == own }, stillMay(s, c, providerPage))
}

// followCase is the stream of the pages of one forløb.
func (s *Server) followCase(p policy) handler {
	return func(c *gin.Context) error {
		id := caseOf(c).ID
		return s.stream(c, func(n forloeb.News) bool { return n.Forloeb == id }, stillMay(s, c, p))
	}
}

// stillMay asks a page's policy again.
func stillMay(s *Server, c *gin.Context, p policy) func(context.Context) error {
	return func(context.Context) error { return p.check(s, c) }
}
