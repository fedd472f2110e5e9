package api

import (
	"strings"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// staffFrame is what stands around every page of the staff.
type staffFrame struct {
	Name   string // who is logged in
	Role   string
	Place  string // whose pages these are
	Touch  bool   // made for a phone in one hand
	Home   string
	Menu   []menuItem
	Search string // where they look for a forløb; empty for who may not

	Settings string // their own; empty for a reader, who has none
}

// menuItem is one page of the menu.
type menuItem struct {
	Label, Address string
	Active         bool // this page, or one below it
}

var (
	secretariatMenu = []menuItem{
		{Label: "I dag", Address: "/sekretariat/"}, {Label: "Forløb", Address: "/sekretariat/forloeb"},
		{Label: "Konsulenter", Address: "/sekretariat/konsulenter"}, {Label: "Runder", Address: "/sekretariat/runder"}, {Label: "Tal", Address: "/sekretariat/tal"},
		{Label: "Post", Address: "/sekretariat/post"},
	}
	headMenu       = append(secretariatMenu[:len(secretariatMenu):len(secretariatMenu)], menuItem{Label: "Medarbejdere", Address: "/sekretariat/medarbejdere"})
	consultantMenu = []menuItem{
		{Label: "I dag", Address: "/konsulent/"}, {Label: "Mine forløb", Address: "/konsulent/forloeb"}, {Label: "Kalender", Address: "/konsulent/kalender"},
	}
	providerMenu = []menuItem{
		{Label: "I dag", Address: "/udbyder/"}, {Label: "Vores forløb", Address: "/udbyder/forloeb"}, {Label: "Eksperter", Address: expertsPath},
	}
	readerMenu = []menuItem{{Label: "Tal", Address: "/sekretariat/tal"}}
)

// frameOf is the frame for who is logged in; nil when nobody is.
func frameOf(c *gin.Context) *staffFrame {
	who := principal(c.Request.Context())
	if who.Role == "" {
		return nil
	}
	return newFrame(who, c.Request.URL.Path)
}

func newFrame(who forloeb.Principal, path string) *staffFrame {
	f := &staffFrame{Name: who.Name, Role: who.Access().Label(), Place: "sekretariat", Home: homeOf(who), Menu: secretariatMenu, Search: bureauOf(who).list(), Settings: staffArea(who) + settingsPath}
	switch who.Role {
	case forloeb.RoleHead:
		f.Menu = headMenu
	case forloeb.RoleConsultant:
		f.Place, f.Menu, f.Search, f.Touch = consultantPlace(who), consultantMenu, "", true
	case forloeb.RoleProvider:
		f.Place, f.Menu = who.Provider.Label(), providerMenu
	case forloeb.RoleReader:
		f.Place, f.Menu, f.Search, f.Settings = "tal", readerMenu, "", ""
	}
	f.Menu = marked(f.Menu, path)
	return f
}

// consultantPlace is whose pages a consultant's are.
func consultantPlace(who forloeb.Principal) string {
	if who.Provider != "" {
		return who.Provider.Label()
	}
	return "konsulent"
}

// marked marks where the reader is. The first page lies above the others and
// is itself alone.
func marked(menu []menuItem, path string) []menuItem {
	menu = append([]menuItem(nil), menu...)
	for i, item := range menu {
		menu[i].Active = path == item.Address || !strings.HasSuffix(item.Address, "/") && strings.HasPrefix(path, item.Address+"/")
	}
	return menu
}

// liveStream tells a page of the staff when to look again, and what the page
// says when there are new rows in its list.
type liveStream struct {
	Address   string
	One, Many string // {n} is how many; empty for the usual words
}
