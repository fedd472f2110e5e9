package api

import (
	"net/http"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// settingsPath is below the area of whoever is logged in: what is theirs alone.
const settingsPath = "/indstillinger"

func (s *Server) settingsRoutes() (list []route) {
	for area, p := range map[string]policy{secretariatArea: secretariatPage, consultantArea: consultantPage, providerArea: providerPage} {
		list = append(list, pageAt(http.MethodGet, area+settingsPath, p, s.showSettings), pageAt(http.MethodPost, area+settingsPath, p, s.sendSettings))
	}
	return list
}

// settingsPage is a member of staff's own: whether they get a mail in the
// morning.
//
// States: off, on; of those who run forløb, and of a consultant.
type settingsPage struct {
	Base
	Home       string
	Action     string
	Digest     bool
	Consultant bool // has meetings, and no tasks
}

func (*settingsPage) template() string { return "settings" }

func newSettingsPage(who forloeb.Principal, digest bool) *settingsPage {
	area := staffArea(who)
	return &settingsPage{Home: area + "/", Action: area + settingsPath, Digest: digest, Consultant: who.Role == forloeb.RoleConsultant}
}

func (s *Server) showSettings(c *gin.Context) error {
	who := principal(c.Request.Context())
	on, err := s.store.WantsDigest(c.Request.Context(), who.ID)
	if err != nil {
		return err
	}
	if typed := s.typed(c); typed != nil {
		on = typed.Get("digest") == "true"
	}
	return s.write(c, http.StatusOK, newSettingsPage(who, on))
}

func (s *Server) sendSettings(c *gin.Context) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	who, on, done := principal(c.Request.Context()), c.PostForm("digest") == "true", doneDigestOff
	if on {
		done = doneDigestOn
	}
	return seeOtherUnless(s.store.SetDigest(c.Request.Context(), who.ID, on), c, withDone(staffArea(who)+settingsPath, done))
}
