package devstack

import (
	"html/template"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

const mailsOnPage = 100

type listData struct {
	Mails        []Message // newest first
	Total        int
	Dropped      int // more than are kept
	First, Last  int
	Newer, Older string // addresses; empty at the ends
	Product      string // its address, and that without the scheme, as the person would type it
	ProductHost  string
}

func (m *Mailcatcher) listPage(w http.ResponseWriter, r *http.Request) {
	all := m.Messages()
	slices.Reverse(all)
	start := min(max(0, number(r, "start", 0)), len(all))
	end := min(start+mailsOnPage, len(all))
	data := listData{Mails: all[start:end], Total: len(all), Dropped: m.Dropped(), First: start + 1, Last: end, Product: m.opts.ProductURL}
	if u, err := url.Parse(m.opts.ProductURL); err == nil {
		data.ProductHost = u.Host
	}
	if start > 0 {
		data.Newer = listAddress(max(0, start-mailsOnPage))
	}
	if end < len(all) {
		data.Older = listAddress(end)
	}
	render(w, http.StatusOK, "list", data)
}

func listAddress(start int) string {
	if start == 0 {
		return "/"
	}
	return "/?start=" + template.URLQueryEscaper(start)
}

type mailData struct {
	Message
	Calendars [][]fact
}

func (m *Mailcatcher) mailPage(w http.ResponseWriter, r *http.Request) {
	mail, ok := m.find(r.PathValue("id"))
	if !ok {
		render(w, http.StatusNotFound, "missing", nil)
		return
	}
	data := mailData{Message: mail}
	for _, a := range mail.Attachments {
		if a.ContentType == "text/calendar" {
			data.Calendars = append(data.Calendars, calendarFacts(a.Content))
		}
	}
	render(w, http.StatusOK, "mail", data)
}

// mailHTML is what the frame beside the text shows.
func (m *Mailcatcher) mailHTML(w http.ResponseWriter, r *http.Request) {
	mail, ok := m.find(r.PathValue("id"))
	if !ok || mail.HTML == "" {
		notFound(w)
		return
	}
	w.Header().Set("Content-Security-Policy", mailPolicy)
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = w.Write([]byte(openOutside(mail.HTML)))
}

var headTag = regexp.MustCompile(`(?i)<head(\s[^>]*)?>`)

// openOutside makes links open in a tab of their own: in the frame they would open inside the sandbox.
func openOutside(html string) string {
	const base = `<base target="_blank">`
	if at := headTag.FindStringIndex(html); at != nil {
		return html[:at[1]] + base + html[at[1]:]
	}
	return base + html
}

func (m *Mailcatcher) deletePage(w http.ResponseWriter, r *http.Request) {
	m.DeleteAll()
	http.Redirect(w, r, "/", http.StatusSeeOther)
}

// span is a piece of a mail's text, with an address when it is a link.
type span struct{ Text, Link string }

var webAddress = regexp.MustCompile(`https?://[^\s<>"]+`)

// spans finds the links in a text.
func spans(text string) []span {
	var out []span
	for {
		at := webAddress.FindStringIndex(text)
		if at == nil {
			return append(out, span{Text: text})
		}
		link := strings.TrimRight(text[at[0]:at[1]], ".,;:!?)»'") // the sentence's, not the link's
		out = append(out, span{Text: text[:at[0]]}, span{Text: link, Link: link})
		text = text[at[0]+len(link):]
	}
}
