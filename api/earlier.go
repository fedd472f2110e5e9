package api

import (
	"slices"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// findEarlier adds the other forløb at the workplace, where the pages are those
// of who runs forløb; the store keeps to what they see.
func (s *Server) findEarlier(c *gin.Context, k *staffCase) (err error) {
	if k.runs() && !k.Anonymised() {
		k.Earlier, err = s.store.Earlier(c.Request.Context(), k.ID)
	}
	return err
}

// earlierLine is another forløb at the same workplace.
type earlierLine struct{ Words, Reference, Address string }

func earlierOf(k staffCase) (lines []earlierLine) {
	for _, e := range k.Earlier {
		lines = append(lines, earlierLine{e.Words(), e.Reference, k.Area + "/forloeb/" + e.ID.String()})
	}
	return lines
}

// knowsThePlace says that a consultant has had the workplace before.
func (k staffCase) knowsThePlace(consultant uuid.UUID) string {
	if slices.ContainsFunc(k.Earlier, func(e forloeb.Earlier) bool { return e.ConsultantID == consultant }) {
		return "Har haft arbejdspladsen før"
	}
	return ""
}
