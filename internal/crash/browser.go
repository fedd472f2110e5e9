package crash

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// answerWithin is how long a client waits. It is shorter than most pauses, so
// that answers are missed too.
const answerWithin = 8 * time.Second

// browser asks one of the product's processes, another one each time, and
// follows nothing: what a client is told is the first answer.
type browser struct {
	hosts func() []string // of the api's processes
	rand  *rand.Rand
	http  *http.Client
	token string // of the staff; "" for the parties
}

func newBrowser(hosts func() []string, r *rand.Rand) *browser {
	return &browser{hosts: hosts, rand: r, http: &http.Client{
		Timeout:       answerWithin,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// heard is an answer: none has status 0.
type heard struct {
	status   int
	location string
	body     []byte
}

func (h heard) outcome() Outcome {
	switch {
	case h.status >= 200 && h.status < 400:
		return Done
	case h.status >= 400 && h.status < 500 && h.status != http.StatusRequestTimeout:
		return Refused
	}
	return Unknown
}

// page is the answer as a page.
func (h heard) page() *goquery.Document {
	doc, err := goquery.NewDocumentFromReader(bytes.NewReader(h.body))
	if err != nil {
		return &goquery.Document{Selection: &goquery.Selection{}}
	}
	return doc
}

// json reads the answer; false when it is none.
func (h heard) json(into any) bool { return h.status/100 == 2 && json.Unmarshal(h.body, into) == nil }

var errNobodyUp = errors.New("no process of the api is up")

// ask sends a request to one of the processes.
func (b *browser) ask(ctx context.Context, method, path, kind string, body []byte, headers ...string) (heard, error) {
	hosts := b.hosts()
	if len(hosts) == 0 {
		return heard{}, errNobodyUp
	}
	return b.askAt(ctx, hosts[b.rand.IntN(len(hosts))], method, path, kind, body, headers...)
}

// askAt sends it to this one. Many may do so at the same time.
func (b *browser) askAt(ctx context.Context, host, method, path, kind string, body []byte, headers ...string) (heard, error) {
	r, err := http.NewRequestWithContext(ctx, method, "http://"+host+path, bytes.NewReader(body))
	if err != nil {
		return heard{}, err
	}
	if kind != "" {
		r.Header.Set("Content-Type", kind)
	}
	if b.token != "" {
		r.Header.Set("Authorization", "Bearer "+b.token)
		r.Header.Set("Spark-Purpose", "quality") // also of what is closed
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	answer, err := b.http.Do(r)
	if err != nil {
		return heard{}, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		return heard{}, err // cut off: what it said cannot be trusted
	}
	return heard{answer.StatusCode, answer.Header.Get("Location"), text}, nil
}

// get opens a page or reads from the API.
func (b *browser) get(ctx context.Context, path string) heard {
	h, err := b.ask(ctx, http.MethodGet, path, "", nil)
	if err != nil {
		return heard{}
	}
	return h
}

// send posts a form.
func (b *browser) send(ctx context.Context, path string, fields url.Values) heard {
	h, err := b.ask(ctx, http.MethodPost, path, "application/x-www-form-urlencoded", []byte(fields.Encode()))
	if err != nil {
		return heard{}
	}
	return h
}

// call asks the JSON API.
func (b *browser) call(ctx context.Context, method, path string, body any, headers ...string) heard {
	text, err := json.Marshal(body)
	if err != nil {
		panic(err) // a body of this package
	}
	h, err := b.ask(ctx, method, path, "application/json", text, headers...)
	if err != nil {
		return heard{}
	}
	return h
}

// form is what the fields of a page's form hold, for the form that goes to a
// path; nil when the page has none.
func (h heard) form(action string) url.Values {
	var fields url.Values
	h.page().Find("form").EachWithBreak(func(_ int, form *goquery.Selection) bool {
		if to, _ := form.Attr("action"); !strings.HasPrefix(to, action) {
			return true
		}
		fields = url.Values{}
		form.Find("input[type=hidden]").Each(func(_ int, hidden *goquery.Selection) {
			fields.Add(hidden.AttrOr("name", ""), hidden.AttrOr("value", ""))
		})
		return false
	})
	return fields
}
