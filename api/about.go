package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// showPrivacy tells what becomes of people's data, from the policy that the
// program itself follows.
func (s *Server) showPrivacy(c *gin.Context) error {
	return s.write(c, http.StatusOK, newPrivacyPage(s.config.Controller, forloeb.DefaultPolicy))
}

// showAccessibility leads to the accessibility statement, which also has a
// short address (/was).
func (s *Server) showAccessibility(c *gin.Context) error {
	if s.config.Statement != "" && c.FullPath() == "/was" {
		return redirect{s.config.Statement}
	}
	return s.write(c, http.StatusOK, &accessibilityPage{Statement: s.config.Statement})
}
