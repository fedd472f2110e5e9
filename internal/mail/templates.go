package mail

import (
	"embed"
	htmltemplate "html/template"
	"strings"
	texttemplate "text/template"

	"example.dk/spark/internal/forloeb"
)

//go:embed templates/*.tmpl
var templateFiles embed.FS

// bodies are a kind's two templates, each parsed together with the frames.
type bodies struct {
	text *texttemplate.Template
	html *htmltemplate.Template
}

// templates are each programme's: the same files, with its own words.
var templates = mustParseAll()

func mustParseAll() map[forloeb.ProgrammeCode]map[forloeb.MailKind]bodies {
	all := make(map[forloeb.ProgrammeCode]map[forloeb.MailKind]bodies, len(forloeb.Programmes))
	for _, p := range forloeb.Programmes {
		all[p.Code] = mustParse(p.Words)
	}
	return all
}

func mustParse(of forloeb.Words) map[forloeb.MailKind]bodies {
	words := map[string]any{"capital": forloeb.Capital, "words": func() forloeb.Words { return of }}
	parsed := make(map[forloeb.MailKind]bodies, len(kinds))
	for code := range kinds {
		file := "templates/" + string(code)
		text := texttemplate.New("").Funcs(texttemplate.FuncMap(words))
		html := htmltemplate.New("").Funcs(htmltemplate.FuncMap(words))
		parsed[code] = bodies{
			text: texttemplate.Must(text.ParseFS(templateFiles, "templates/frame.txt.tmpl", file+".txt.tmpl")),
			html: htmltemplate.Must(html.ParseFS(templateFiles, "templates/frame.html.tmpl", file+".html.tmpl")),
		}
	}
	return parsed
}

// frame is what stands around every body.
type frame struct {
	Subject   string
	Name      string // whom to greet
	Reference string
	Phone     string
	Hours     string
	Contact   string // the secretariat's mail address
	Mail      any    // the kind's own struct
}

// subject is the kind's subject, without what every subject begins with.
func (b bodies) subject(mail any) (string, error) {
	var out strings.Builder
	err := b.text.ExecuteTemplate(&out, "subject", mail)
	return forloeb.CleanLine(out.String()), err
}

// render writes both bodies inside the frame of that name.
func (b bodies) render(frameName string, f frame) (text, html string, err error) {
	var plain, marked strings.Builder
	if err = b.text.ExecuteTemplate(&plain, frameName, f); err != nil {
		return "", "", err
	}
	if err = b.html.ExecuteTemplate(&marked, frameName, f); err != nil {
		return "", "", err
	}
	return tidy(plain.String()), marked.String(), nil
}

// tidy leaves one empty line between paragraphs: where a paragraph was left
// out there would be two.
func tidy(text string) string {
	var paragraphs []string
	for _, p := range strings.Split(text, "\n\n") {
		if p = strings.Trim(p, "\n"); p != "" {
			paragraphs = append(paragraphs, p)
		}
	}
	return strings.Join(paragraphs, "\n\n") + "\n"
}
