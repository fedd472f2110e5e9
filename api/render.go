package api

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

//go:embed templates
var templateFiles embed.FS

// Site is what every page says about whose pages they are: the
// programme's own words, and settings.
type Site struct {
	Name        string // SPARK
	FullName    string
	Words       forloeb.Words // what the programme says of itself
	Phone       string
	Hours       string // when the telephone is answered
	Mail        string
	Development bool // shows the way to the development pages
}

// of is the site in the name of a programme.
func (s Site) of(p forloeb.Programme) Site {
	s.Name, s.FullName, s.Words = p.Name, p.FullName, p.Words
	return s
}

// Base is what every page has. The renderer fills in Site.
type Base struct {
	Site      Site
	Programme forloeb.ProgrammeCode // in whose name it is; empty for SPARK's
	Frame     *staffFrame           // around the pages of the staff
	JustDone  string                // what the reader has just done; staff only
	TooLate   string                // why it was not done, when a colleague was first; staff only
	Errors    []fieldError          // what is wrong with what was sent; the summary comes first on the page
	Wait      string                // why what was sent was not taken now
	Clock     time.Time             // the forløb's own clock, when it has been moved (development only)
}

func (b *Base) base() *Base { return b }

// pageData is a page struct: plain data that fits one template.
type pageData interface {
	base() *Base
	template() string // its file in templates/pages, without .html
}

// renderer turns page structs into pages.
type renderer struct {
	site Site
	sets map[string]*template.Template // one set a page, so that pages cannot see each other's parts
}

func newRenderer(site Site, a *assets) (*renderer, error) {
	shared, err := template.New("").Funcs(templateFuncs(a)).ParseFS(templateFiles, "templates/*.html")
	if err != nil {
		return nil, err
	}
	files, err := fs.Glob(templateFiles, "templates/pages/*.html")
	if err != nil {
		return nil, err
	}
	r := &renderer{site: site, sets: make(map[string]*template.Template, len(files))}
	for _, file := range files {
		if err := r.parse(shared, file); err != nil {
			return nil, err
		}
	}
	return r, nil
}

func (r *renderer) parse(shared *template.Template, file string) error {
	set, err := shared.Clone()
	if err != nil {
		return err
	}
	if set, err = set.ParseFS(templateFiles, file); err != nil {
		return err
	}
	r.sets[strings.TrimSuffix(path.Base(file), ".html")] = set.Lookup("layout")
	return nil
}

// bytes renders a page.
func (r *renderer) bytes(p pageData) ([]byte, error) {
	set, found := r.sets[p.template()]
	if !found {
		return nil, fmt.Errorf("no template %q", p.template())
	}
	programme, known := forloeb.ProgrammeByCode(p.base().Programme)
	if !known {
		programme = spark()
	}
	p.base().Site = r.site.of(programme)
	var b bytes.Buffer
	if err := set.Execute(&b, p); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// page renders to memory and then writes, so that nobody ever gets half a
// page. On an error nothing has been written.
func (r *renderer) page(c *gin.Context, status int, p pageData) error {
	body, err := r.bytes(p)
	if err != nil {
		return fmt.Errorf("page %s: %w", p.template(), err)
	}
	c.Data(status, "text/html; charset=utf-8", body)
	return nil
}

// templateFuncs are what templates may call. A template decides words and
// order, never what is true.
func templateFuncs(a *assets) template.FuncMap {
	return template.FuncMap{
		"asset":     a.address,
		"icon":      a.icon,
		"alertIcon": a.alertIcon,

		"date":     forloeb.Date,
		"datetime": func(t time.Time) template.HTML { return timed(forloeb.DateTime(t)) },
		"moment":   forloeb.DateTime,
		"timed":    timed,
		"capital":  forloeb.Capital,
		"number":   forloeb.Number,
		"iso":      func(t time.Time) string { return t.In(forloeb.Copenhagen).Format(time.RFC3339) },
		"join":     strings.Join,
		"dial":     dial,
		"tick":     tick,
		"maxText":  func() int { return forloeb.MaxText },

		"choices": func(id, label, all string, choices []choice) any {
			return struct {
				ID, Label, All string
				Choices        []choice
			}{id, label, all, choices}
		},
		"figure": func(c forloeb.Cell, columns []forloeb.Column, i int) string { return c.Text(columns[i].Kind) },

		"candidates": candidatesTable,

		"input":    newInput,
		"hint":     func(hint string, f field) field { f.Hint = hint; return f },
		"note":     func(note string, f field) field { f.Note = note; return f },
		"first":    func(words string, f field) field { f.First = words; return f },
		"kind":     func(kind string, f field) field { f.Kind = kind; return f },
		"width":    func(width string, f field) field { f.Width = width; return f },
		"fill":     func(autocomplete string, f field) field { f.Autocomplete = autocomplete; return f },
		"numbered": func(i int, f field) field { f.Label = strconv.Itoa(i+1) + ". " + f.Label; return f },
		"optional": func(f field) field { f.Optional = true; return f },
		"heading":  func(f field) field { f.Heading = true; return f },
		"forget":   func(f field) field { f.Autocomplete = "off"; return f },
		"options":  func(list []option, f field) field { f.Options = list; return f },
		"checked":  func(values []string, f field) field { f.Values = values; return f },
	}
}

// tick is a tick box as it is sent.
func tick(on bool) string {
	if on {
		return "true"
	}
	return ""
}

var clockTime = regexp.MustCompile(`kl\. \d{1,2}\.\d{2}(–\d{1,2}\.\d{2})?`)

// timed keeps the times of day in a sentence each on one line.
func timed(sentence string) template.HTML {
	escaped := template.HTMLEscapeString(sentence)
	return template.HTML(clockTime.ReplaceAllString(escaped, `<span class="keep">$0</span>`))
}

// dial makes a telephone number fit for a tel: link.
func dial(phone string) string {
	return strings.Map(func(r rune) rune {
		if r == '+' || '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, phone)
}
