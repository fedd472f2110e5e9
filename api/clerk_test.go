package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// clerk is somebody of the secretariat at a browser, in the office.
type clerk struct {
	*office
	j jar
}

func newClerk(t *testing.T) clerk {
	t.Helper()
	o := withConsultants(t)
	return clerk{o, o.loggedIn(forloeb.RoleSecretariat, "anna@example.dk")}
}

func casePath(id uuid.UUID) string { return secretariatArea + "/forloeb/" + id.String() }

// sends fills in the form on a page, leaves the rest as the page has it, and
// sends it.
func (d clerk) sends(page string, typed url.Values) answer {
	d.t.Helper()
	return d.submit(d.j, page, over(d.opens(page), typed))
}

// opens is the form on a page as it would be sent untouched.
func (d clerk) opens(page string) url.Values {
	d.t.Helper()
	shown := d.browse(d.j, page)
	require.Equal(d.t, http.StatusOK, shown.StatusCode, shown.text)
	doc, form := shown.document(), url.Values{}
	doc.Find("main form [name]").Each(func(_ int, s *goquery.Selection) {
		name := s.AttrOr("name", "")
		form[name] = sent(doc, name)
	})
	return form
}

// over is a form with some of its fields filled in.
func over(form, typed url.Values) url.Values {
	all := url.Values{}
	for _, some := range []url.Values{form, typed} {
		for name, values := range some {
			all[name] = values
		}
	}
	return all
}

func (a answer) document() *goquery.Document {
	a.t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(a.text))
	require.NoError(a.t, err)
	return doc
}

// mistake is what a page says is wrong with a field.
func (a answer) mistake(field string) string {
	a.t.Helper()
	return plain(a.document().Find("#" + field + "-error").Text())
}
