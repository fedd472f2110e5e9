package api

import (
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// mainMEDNoticePath is below the letter, which tells of no forløb at all.
const mainMEDNoticePath = mainMEDPath + "/besked"

// mainMEDNoticesPage is what the HovedMED of the municipalities can be told
// now. Somebody reads each, sends it from a mailbox of the secretariat's own,
// and says so: nothing goes by itself.
//
// States: nothing to tell; with notices; with one that was just told; with one
// that has changed since it was read.
type mainMEDNoticesPage struct {
	Base
	List    []mainMEDNotice
	Changed bool
}

func (*mainMEDNoticesPage) template() string { return "main-med-notices" }

// Least is how many workplaces there must be.
func (*mainMEDNoticesPage) Least() string { return strconv.Itoa(forloeb.LeastTold) }

// mainMEDNotice is one of them.
type mainMEDNotice struct {
	Code, Municipality string
	letter
	Workplaces []string // ids of those behind it, as they were read
}

// letter is what is written to somebody whose address the product does not
// know.
type letter struct{ Subject, Text string }

// MailTo writes it in the reader's own mail program, to nobody yet.
func (l letter) MailTo() string {
	return "mailto:?subject=" + mailtoValue(l.Subject) + "&body=" + mailtoValue(strings.ReplaceAll(l.Text, "\n", "\r\n"))
}

func newMainMEDNotices(site Site, list []forloeb.MainMEDNotice) *mainMEDNoticesPage {
	page := &mainMEDNoticesPage{}
	for _, n := range list {
		m, _ := forloeb.MunicipalityByCode(n.Municipality)
		notice := mainMEDNotice{Code: n.Municipality, Municipality: m.OfficialName, letter: mainMEDNoticeLetter(site, m.OfficialName, n.Themes)}
		for _, w := range n.Workplaces {
			notice.Workplaces = append(notice.Workplaces, w.String())
		}
		page.List = append(page.List, notice)
	}
	return page
}

// mainMEDNoticeLetter tells of themes and the municipality, and of nothing
// else.
func mainMEDNoticeLetter(site Site, municipality string, codes []forloeb.ThemeCode) letter {
	lines := []string{
		"Kære formand for HovedMED i " + municipality,
		"Arbejdspladser i " + municipality + " har det seneste år aftalt forløb hos " + site.Name + " om:",
	}
	var themes []string
	for _, t := range spark().Themes {
		for _, code := range codes {
			if t.Code == code {
				themes = append(themes, "– "+t.Label)
			}
		}
	}
	return letter{"SPARK-forløb i jeres kommune", strings.Join(append(lines,
		strings.Join(themes, "\n"),
		"Vi oplyser ikke, hvilke arbejdspladser det er. Samarbejdet er fortroligt mellem "+site.Name+" og arbejdspladserne.",
		"I skal ikke gøre noget. Har I spørgsmål om "+site.Name+", så ring til os: "+site.Phone+", "+site.Hours+".",
		"Venlig hilsen\n"+site.Name+"s sekretariat"), "\n\n")}
}

// showMainMEDNotices is what can be told now.
func (s *Server) showMainMEDNotices(c *gin.Context) error {
	list, err := s.store.MainMEDNotices(c.Request.Context())
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, newMainMEDNotices(s.config.Site, list))
}

// sendMainMEDNotice writes down that one was sent, as it was read.
func (s *Server) sendMainMEDNotice(c *gin.Context) error {
	seen := forloeb.MainMEDNotice{Municipality: c.PostForm("municipality")}
	for _, w := range c.PostFormArray("workplace") {
		id, err := uuid.Parse(w)
		if err != nil {
			return errBadForm
		}
		seen.Workplaces = append(seen.Workplaces, id)
	}
	if seen.Municipality == "" {
		return errBadForm
	}
	err := s.store.TellMainMED(c.Request.Context(), seen, actor(c.Request.Context()))
	if errors.Is(err, forloeb.ErrNoticeChanged) {
		return s.mainMEDNoticeChanged(c)
	}
	if err != nil {
		return err
	}
	return seeOther(c, withDone(mainMEDNoticePath, doneNotice))
}

// mainMEDNoticeChanged shows what can be told now instead.
func (s *Server) mainMEDNoticeChanged(c *gin.Context) error {
	list, err := s.store.MainMEDNotices(c.Request.Context())
	if err != nil {
		return err
	}
	page := newMainMEDNotices(s.config.Site, list)
	page.Changed = true
	return s.write(c, http.StatusConflict, page)
}
