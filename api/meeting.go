package api

import "github.com/gin-gonic/gin"

// showMeeting leads from a meeting's mail to the party's own page, where the
// meeting stands and the consultant's telephone.
func (s *Server) showMeeting(c *gin.Context) error {
	return redirect{visitorOf(c).Links.Status}
}
