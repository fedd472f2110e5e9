package api

import (
	"bytes"
	"fmt"
	"html/template"
	"io/fs"
	"net/url"
	"path"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"

	"github.com/PuerkitoBio/goquery"
	"github.com/jba/templatecheck"
	"github.com/stretchr/testify/require"
	"golang.org/x/net/html"

	"example.dk/spark/internal/forloeb"
)

func testRenderer(t *testing.T) *renderer {
	t.Helper()
	a, err := builtAssets()
	require.NoError(t, err)
	r, err := newRenderer(exampleSite, a)
	require.NoError(t, err)
	return r
}

func document(t *testing.T, r *renderer, p pageData) *goquery.Document {
	t.Helper()
	body, err := r.bytes(p)
	require.NoError(t, err)
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(body))
	require.NoError(t, err)
	return doc
}

// eachExample runs a check on every page in every state.
func eachExample(t *testing.T, check func(t *testing.T, doc *goquery.Document, e example)) {
	r := testRenderer(t)
	for _, e := range examples() {
		t.Run(e.name, func(t *testing.T) { check(t, document(t, r, e.page), e) })
	}
}

func TestTemplatesFitTheirStructs(t *testing.T) {
	r := testRenderer(t)
	for _, e := range examples() {
		require.NoError(t, templatecheck.CheckHTML(r.sets[e.page.template()], e.page), e.name)
	}
}

func TestATemplateThatAsksForWhatIsNotThereIsCaught(t *testing.T) {
	r := testRenderer(t)
	set, err := template.Must(r.sets["front"].Clone()).New("wrong").Parse(`{{.Mail}}`)
	require.NoError(t, err)
	require.Error(t, templatecheck.CheckHTML(set, &frontPage{}))
}

func TestEveryTemplateIsExecuted(t *testing.T) {
	files, err := fs.Glob(templateFiles, "templates/pages/*.html")
	require.NoError(t, err)
	used := map[string]bool{}
	for _, e := range examples() {
		used[e.page.template()] = true
	}
	for _, file := range files {
		require.True(t, used[strings.TrimSuffix(path.Base(file), ".html")], "%s: no example executes it", file)
	}
	require.Len(t, used, len(files), "a page names a template that does not exist")
}

// Every branch that holds text is reached in some state: a template's literal
// text that no example ever shows is a state without an example.
func TestEveryBranchIsExecuted(t *testing.T) {
	r := testRenderer(t)
	shown := map[string]*strings.Builder{}
	for _, e := range examples() {
		name := e.page.template()
		if shown[name] == nil {
			shown[name] = &strings.Builder{}
		}
		body, err := r.bytes(e.page)
		require.NoError(t, err)
		shown[name].Write(body)
	}
	for name, set := range r.sets {
		for _, part := range ownParts(t, name) {
			for _, text := range literals(set.Lookup(part).Tree.Root) {
				require.True(t, strings.Contains(shown[name].String(), text), "%s: no example shows %q", name, text)
			}
		}
	}
}

// ownParts are the templates that a page's file defines.
func ownParts(t *testing.T, name string) (parts []string) {
	t.Helper()
	source, err := fs.ReadFile(templateFiles, "templates/pages/"+name+".html")
	require.NoError(t, err)
	for _, match := range regexp.MustCompile(`{{define "([^"]+)"`).FindAllSubmatch(source, -1) {
		parts = append(parts, string(match[1]))
	}
	return parts
}

// literals are the pieces of plain text of a template, each a line, since
// values stand between them.
func literals(node parse.Node) (texts []string) {
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return nil
		}
		for _, child := range n.Nodes {
			texts = append(texts, literals(child)...)
		}
	case *parse.TextNode:
		if text := strings.TrimSpace(string(n.Text)); text != "" {
			texts = append(texts, text)
		}
	case *parse.IfNode:
		texts = append(literals(n.List), literals(n.ElseList)...)
	case *parse.WithNode:
		texts = append(literals(n.List), literals(n.ElseList)...)
	case *parse.RangeNode:
		texts = append(literals(n.List), literals(n.ElseList)...)
	}
	return texts
}

func TestOneHeadingAndATitleThatSaysIt(t *testing.T) {
	eachExample(t, func(t *testing.T, doc *goquery.Document, e example) {
		h1 := doc.Find("h1")
		require.Equal(t, 1, h1.Length())
		heading := plain(h1.Text())
		require.NotEmpty(t, heading)
		if e.page.template() == "receipt" {
			heading = "Ansøgningen er sendt" // what a screen reader should say first
		}
		title := heading + " – " + e.page.base().Site.Name
		if e.page.base().Errors != nil {
			title = "Fejl: " + title
		}
		if e.page.base().Wait != "" {
			title = "Ikke sendt: " + title
		}
		require.Equal(t, title, plain(doc.Find("title").Text()))
	})
}

func TestHeadingsAreInOrder(t *testing.T) {
	eachExample(t, func(t *testing.T, doc *goquery.Document, _ example) {
		level := 0
		seenH1 := false
		doc.Find("main h1, main h2, main h3, main h4").Each(func(_ int, s *goquery.Selection) {
			now := int(goquery.NodeName(s)[1] - '0')
			seenH1 = seenH1 || now == 1
			require.True(t, !seenH1 || now <= level+1 || level == 0, "h%d %q after h%d", now, s.Text(), level)
			if seenH1 {
				level = now
			}
		})
	})
}

func TestEveryFieldHasALabel(t *testing.T) {
	eachExample(t, func(t *testing.T, doc *goquery.Document, _ example) {
		doc.Find("input, select, textarea").Each(func(_ int, s *goquery.Selection) {
			if s.AttrOr("type", "") == "hidden" {
				return
			}
			id, has := s.Attr("id")
			require.True(t, has, html1(s))
			require.Equal(t, 1, doc.Find(`label[for="`+id+`"]`).Length(), html1(s))
		})
		doc.Find("fieldset").Each(func(_ int, s *goquery.Selection) {
			require.NotEmpty(t, plain(s.ChildrenFiltered("legend").Text()))
		})
		require.Empty(t, doc.Find("button:not([type])").Nodes, "a button without a type")
	})
}

func TestIDsAreUniqueAndReferencesHold(t *testing.T) {
	eachExample(t, func(t *testing.T, doc *goquery.Document, _ example) {
		ids := map[string]bool{}
		doc.Find("[id]").Each(func(_ int, s *goquery.Selection) {
			id := s.AttrOr("id", "")
			require.False(t, ids[id], "id %s twice", id)
			ids[id] = true
		})
		for _, attribute := range []string{"aria-describedby", "aria-labelledby", "for"} {
			doc.Find("[" + attribute + "]").Each(func(_ int, s *goquery.Selection) {
				for _, id := range strings.Fields(s.AttrOr(attribute, "")) {
					require.True(t, ids[id], "%s=%s of %s", attribute, id, html1(s))
				}
			})
		}
		doc.Find(`a[href^="#"]`).Each(func(_ int, s *goquery.Selection) {
			require.True(t, ids[s.AttrOr("href", "#")[1:]], html1(s))
		})
	})
}

func TestErrorsStandFirstAndAtTheField(t *testing.T) {
	eachExample(t, func(t *testing.T, doc *goquery.Document, e example) {
		summary := doc.Find("main [data-module=error-summary]")
		errs := e.page.base().Errors
		if errs == nil {
			require.Zero(t, summary.Length())
			require.Empty(t, doc.Find("[aria-invalid], .form-error").Nodes)
			return
		}
		require.Equal(t, 1, summary.Length())
		first := doc.Find("main .col-12").First().Children().First()
		require.True(t, first.Is("[data-module=error-summary][autofocus]"), "the summary is not first in main")
		require.Equal(t, len(errs), summary.Find("li").Length())
		for _, wrong := range errs {
			link := summary.Find(`a[href="#` + wrong.Field + `"]`)
			require.Contains(t, link.Text(), wrong.Text)
			require.Equal(t, 1, doc.Find("#"+wrong.Field).Filter("input, select, textarea").Length(), wrong.Field)
			require.Contains(t, doc.Find("#"+wrong.Field+"-error").Text(), wrong.Text)
		}
	})
}

func TestEverythingTypedIsKept(t *testing.T) {
	r := testRenderer(t)
	form := exampleForm()
	form.Tried, form.Timing, form.RepPhone = "Et kursus", "Torsdage", "20 00 00 02"
	page := applyWith(func(p *applyPage) {
		p.Form, p.Errors = form, []fieldError{{"workplace", "Skriv arbejdspladsens navn."}}
	})
	doc := document(t, r, page)
	values := reflect.ValueOf(form)
	for i := range values.NumField() {
		name := values.Type().Field(i).Tag.Get("form")
		if name == "website" || strings.HasSuffix(name, "_sure") || values.Field(i).IsZero() {
			continue
		}
		for _, want := range typed(values.Field(i).Interface()) {
			require.Contains(t, sent(doc, name), want, name)
		}
	}
}

// typed is a form's value as a browser sends it.
func typed(value any) []string {
	switch v := value.(type) {
	case []string:
		return v
	case bool:
		return []string{fmt.Sprint(v)}
	}
	return []string{value.(string)}
}

// sent lists what a browser would send under a name.
func sent(doc *goquery.Document, name string) (values []string) {
	doc.Find(`[name="` + name + `"]`).Each(func(_ int, s *goquery.Selection) {
		switch {
		case s.Is("textarea"):
			values = append(values, s.Text())
		case s.Is("select"):
			values = append(values, s.Find("option[selected]").AttrOr("value", ""))
		case s.Is("[type=radio], [type=checkbox]") && !s.Is("[checked]"):
		default:
			values = append(values, s.AttrOr("value", ""))
		}
	})
	return values
}

func TestFormOfAnEarlierApplication(t *testing.T) {
	form := exampleForm()
	again := formOf(form.submission(forloeb.Spark, forloeb.Individual))
	form.Key, form.Declared = "", false // a new form, and nothing is agreed to yet
	require.Equal(t, form, again)
}

func TestNoAnswerIsChosenBeforehand(t *testing.T) {
	r := testRenderer(t)
	for _, e := range examples() {
		if strings.HasPrefix(e.name, "consent-") || e.name == "apply-empty" || e.name == "apply-shared-empty" || e.name == "evaluation-open" {
			doc := document(t, r, e.page)
			if c, ok := e.page.(*consentPage); !ok || c.Form.Answer == "" {
				require.Zero(t, doc.Find("[checked]").Length(), e.name)
			}
		}
	}
}

// After both have answered, the text is shown by the mailed link alone.
func TestTheStatusPageShowsNoFreeText(t *testing.T) {
	r := testRenderer(t)
	for _, e := range statusExamples() {
		require.NotContains(t, document(t, r, e.page).Text(), "personalemøder", e.name)
	}
}

func TestNothingInlineAndNothingFromOutside(t *testing.T) {
	eachExample(t, func(t *testing.T, doc *goquery.Document, _ example) {
		require.Empty(t, doc.Find("style, [style], base, iframe, object, embed").Nodes)
		require.Empty(t, doc.Find("script:not([src])").Nodes)
		doc.Find("*").Each(func(_ int, s *goquery.Selection) {
			for _, a := range s.Nodes[0].Attr {
				require.False(t, strings.HasPrefix(a.Key, "on"), html1(s))
				require.NotContains(t, a.Val, "ZgotmplZ", html1(s))
				if isAddress(a) {
					requireOwn(t, s, a)
				}
			}
		})
	})
}

func isAddress(a html.Attribute) bool {
	return slices.Contains([]string{"href", "src", "action", "formaction", "srcset", "poster", "data"}, a.Key)
}

// Links may lead to two authorities, to who tells of the regional programme and
// to where a meeting is held; everything else is our own.
func requireOwn(t *testing.T, s *goquery.Selection, a html.Attribute) {
	t.Helper()
	address, err := url.Parse(a.Val)
	require.NoError(t, err)
	switch address.Scheme {
	case "mailto", "tel":
		require.True(t, s.Is("a"))
	case "https":
		require.True(t, s.Is("a"), html1(s))
		require.Contains(t, []string{"was.digst.dk", "www.datatilsynet.dk", "regionaltarbejdsliv.dk", "login.example.dk", "temporal.example.dk", "moede.example.dk"}, address.Host)
	default:
		require.Empty(t, address.Scheme, html1(s))
		require.Empty(t, address.Host, html1(s))
	}
}

func TestSkeleton(t *testing.T) {
	eachExample(t, func(t *testing.T, doc *goquery.Document, _ example) {
		require.Equal(t, "da", doc.Find("html").AttrOr("lang", ""))
		require.Equal(t, 1, doc.Find("main#main-content[tabindex='-1']").Length())
		require.True(t, doc.Find("body").Children().First().Is("a.skipnav[href='#main-content']"))
		footer := plain(doc.Find("footer").Text())
		for _, help := range []string{exampleSite.Phone, exampleSite.Hours, exampleSite.Mail} {
			require.Contains(t, footer, help)
		}
		require.LessOrEqual(t, doc.Find(".button-primary").Length(), 1, "one primary button a page")
		doc.Find("form:not([role=search], [action='/guide'])").Each(func(_ int, s *goquery.Selection) {
			require.Equal(t, "post", s.AttrOr("method", ""), html1(s))
			require.NotEmpty(t, s.AttrOr("action", ""), html1(s))
		})
	})
}

// The voice of the pages: words and signs that never stand on one.
func TestVoice(t *testing.T) {
	never := regexp.MustCompile(`(?i)!|\be-mail|ugyldig|fejl opstod|\btiltag|\bsurvey|\brykker|samtykke(?:t|r)?\b`)
	r := testRenderer(t)
	for _, e := range examples() {
		text := document(t, r, e.page).Find("body").Text()
		text = strings.NewReplacer(
			"Er det et samtykke efter databeskyttelses", "", "Jeres ja er ikke et samtykke til", "").Replace(text)
		require.Empty(t, never.FindString(text), e.name)
	}
}

func TestTimesStayOnOneLine(t *testing.T) {
	require.Equal(t, template.HTML(`Møde &lt;2&gt; er <span class="keep">kl. 13.00–16.00</span>, ikke <span class="keep">kl. 9.00</span>.`),
		timed("Møde <2> er kl. 13.00–16.00, ikke kl. 9.00."))
}

func TestDialling(t *testing.T) {
	require.Equal(t, "+4500000000", dial("+45 00 00 00 00"))
}

func TestMonths(t *testing.T) {
	require.Equal(t, "6 måneder", months(6))
	require.Equal(t, "2 år", months(24))
	require.Equal(t, "1 år", months(12))
	require.Equal(t, "1 måned", months(1))
}

var spaces = regexp.MustCompile(`\s+`)

// plain is text as it is read: without soft hyphens and line breaks.
func plain(s string) string {
	return strings.TrimSpace(spaces.ReplaceAllString(strings.ReplaceAll(s, "\u00ad", ""), " "))
}

func html1(s *goquery.Selection) string {
	outer, err := goquery.OuterHtml(s)
	if err != nil {
		return err.Error()
	}
	return outer
}
