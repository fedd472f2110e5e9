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
var templates = parseForEach(func(p forloeb.Programme) map[forloeb.MailKind]bodies {
	parsed := make(map[forloeb.MailKind]bodies, len(kinds))
	for code := range kinds {
		parsed[code] = parse(p, string(code), said(p, code, nil))
	}
	return parsed
})

func parseForEach[T any](parse func(forloeb.Programme) T) map[forloeb.ProgrammeCode]T {
	all := make(map[forloeb.ProgrammeCode]T, len(forloeb.Programmes))
	for _, p := range forloeb.Programmes {
		all[p.Code] = parse(p)
	}
	return all
}

// parse reads the two templates of that name, with the programme's words and
// the sentences' templates by name.
func parse(p forloeb.Programme, name string, sentences map[string]string) bodies {
	words := htmltemplate.FuncMap{"capital": forloeb.Capital, "words": func() forloeb.Words { return p.Words }}
	file := "templates/" + name
	b := bodies{text: texttemplate.New("").Funcs(texttemplate.FuncMap(words)), html: htmltemplate.New("").Funcs(words)}
	for sentence, source := range sentences {
		texttemplate.Must(b.text.New(sentence).Parse(source))
		htmltemplate.Must(b.html.New(sentence).Parse(source))
	}
	texttemplate.Must(b.text.ParseFS(templateFiles, "templates/frame.txt.tmpl", file+".txt.tmpl"))
	htmltemplate.Must(b.html.ParseFS(templateFiles, "templates/frame.html.tmpl", file+".html.tmpl"))
	return b
}

// frame is what stands around every body.
type frame struct {
	Subject   string
	Name      string // whom to greet
	Reference string
	Phone     string
	Hours     string
	Contact   string // the secretariat's mail address
	Leave     string // where a guest is taken off; empty to others, and to one who is off
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
