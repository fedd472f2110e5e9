package api

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// mainMEDPath is below the mails: the letter is one, sent from a mailbox of
// the secretariat's own.
const mainMEDPath = mailLogPath + "/hovedmed"

// mainMEDPage is the letter of both parties behind the programme to the chair
// and the vice-chair of a municipality's HovedMED (seed E15). It is printed, or
// sent as a mail of the secretariat's own: it belongs to no forløb, and whom it
// goes to is kept nowhere.
//
// States: before a municipality is chosen; with the letter.
type mainMEDPage struct {
	Base
	Choice  field
	Letter  string // empty before a municipality is chosen
	Subject string
	Notices bool // the HovedMED is also told of themes
}

func (*mainMEDPage) template() string { return "main-med" }

// MailTo writes the letter in the reader's own mail program, to nobody yet.
func (p *mainMEDPage) MailTo() string { return letter{p.Subject, p.Letter}.MailTo() }

// mailtoValue escapes all that has a meaning in such an address (RFC 6068),
// where + is no space.
func mailtoValue(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }

// showMainMED is the letter to the HovedMED of the municipality in the address.
func (s *Server) showMainMED(c *gin.Context) error {
	return s.write(c, http.StatusOK, newMainMEDPage(s.config.Site, s.config.BaseURL, c.Query("kommune")))
}

func newMainMEDPage(site Site, address, municipality string) *mainMEDPage {
	page := &mainMEDPage{Subject: site.Name + ": Gratis hjælp til det psykiske arbejdsmiljø", Notices: spark().Policy.TellMainMED}
	page.Choice = newInput(nil, "kommune", "Kommune", municipality)
	page.Choice.Control, page.Choice.First = "select", "Vælg kommune"
	for _, m := range forloeb.Municipalities() {
		page.Choice.Options = append(page.Choice.Options, option{Value: m.Code, Label: m.OfficialName})
	}
	if m, known := forloeb.MunicipalityByCode(municipality); known {
		page.Letter = mainMEDLetter(site, address, m.OfficialName)
	}
	return page
}

func mainMEDLetter(site Site, address, municipality string) string {
	return strings.Join([]string{
		"Kære formand og næstformand for HovedMED i " + municipality,
		site.Name + " tilbyder forløb til én eller flere arbejdspladser, gratis og aftalt mellem parterne. " + site.Words.Agreement(),
		"Fortæl det gerne videre til jeres MED-udvalg og TRIO'er. En arbejdsplads søger selv: En leder og en medarbejderrepræsentant søger sammen. " +
			"Et fællesforløb for flere arbejdspladser søges af en leder og en medarbejderrepræsentant fra fx HovedMED eller OmrådeMED.",
		"Læs mere, og søg: " + address,
		"Ring gerne: " + site.Phone + ", " + site.Hours + ".",
		"Venlig hilsen\n" + site.Name + "s sekretariat",
	}, "\n\n")
}
