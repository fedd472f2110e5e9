package api

import (
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
)

const staffPath = secretariatArea + "/medarbejdere"

// staffListPage is who has logged in, for the head of the secretariat.
//
// States: with oneself alone; with others, some of them shut out.
type staffListPage struct {
	Base
	List []staffLine
}

func (*staffListPage) template() string { return "staff" }

// staffLine is one member of staff.
type staffLine struct {
	Name, Role, Email string
	LastLogin         time.Time
	Active            bool
	Self              bool   // nobody shuts out themselves
	Address           string // of what can be done about them
}

// showStaffList lists them.
func (s *Server) showStaffList(c *gin.Context) error {
	members, err := s.store.StaffMembers(c.Request.Context())
	if err != nil {
		return err
	}
	page, self := &staffListPage{}, principal(c.Request.Context()).ID
	for _, m := range members {
		page.List = append(page.List, staffLine{
			Name: m.Name, Role: m.Access().Label(), Email: m.Email, LastLogin: m.LastLoginAt, Active: m.Active,
			Self: m.ID == self, Address: staffPath + "/" + m.ID.String(),
		})
	}
	return s.write(c, http.StatusOK, page)
}

// changeAccess does what one of the page's buttons says.
func (s *Server) changeAccess(done string, do func(c *gin.Context, id uuid.UUID) error) handler {
	return func(c *gin.Context) error {
		id, err := uuid.Parse(c.Param("id"))
		if err != nil || id == principal(c.Request.Context()).ID {
			return errNoRoute
		}
		if err := do(c, id); err != nil {
			return err
		}
		s.log.Info("access changed", "staff", id, "by", principal(c.Request.Context()).ID, "what", done)
		return seeOther(c, withDone(staffPath, done))
	}
}

func (s *Server) closeAccess() handler {
	return s.changeAccess("lukket", func(c *gin.Context, id uuid.UUID) error {
		return s.store.SetStaffActive(c.Request.Context(), id, false)
	})
}

func (s *Server) openAccess() handler {
	return s.changeAccess("aabnet", func(c *gin.Context, id uuid.UUID) error {
		return s.store.SetStaffActive(c.Request.Context(), id, true)
	})
}

func (s *Server) endSessions() handler {
	return s.changeAccess("logget-af", func(c *gin.Context, id uuid.UUID) error {
		return s.store.EndSessions(c.Request.Context(), id)
	})
}
