package main

import (
	"context"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/PuerkitoBio/goquery"
)

// outside uses SPARK as people do who have nothing but a browser without
// script and a mailbox: pages, forms, links from mails. It knows nothing of
// the program's inside. The demo and the end-to-end tests act through it, and
// through program, which uses the JSON API.
type outside struct {
	product  string // address of the pages and the API
	mailbox  string // address of the mail catcher
	patience time.Duration
	http     *http.Client
	opened   map[string]caughtMail // mails already read, by id
}

// newOutside meets a product and the mail catcher beside it. The addresses are
// without a slash at the end.
func newOutside(product, mailbox string) *outside {
	return &outside{
		product: product, mailbox: mailbox, patience: 30 * time.Second,
		http: &http.Client{Timeout: time.Minute}, opened: map[string]caughtMail{},
	}
}

// difference is what every failure here is: something was expected and
// something else was seen. Both are in Danish, for the demo shows them to
// those it was made for.
type difference struct{ expected, seen string }

func (d *difference) Error() string { return "vi ventede " + d.expected + ", men så " + d.seen }

func differs(expected, format string, seen ...any) error {
	return &difference{expected, fmt.Sprintf(format, seen...)}
}

// page is what a browser shows.
type page struct {
	outside *outside
	address string // after redirects
	status  int
	*goquery.Document
}

// open gets a page, following redirects. Any answer but 200 is a difference.
func (o *outside) open(ctx context.Context, address string) (*page, error) {
	return o.request(ctx, http.MethodGet, address, nil)
}

// head asks as a mail scanner does, and drops the answer.
func (o *outside) head(ctx context.Context, address string) error {
	_, err := o.request(ctx, http.MethodHead, address, nil)
	return err
}

// submit sends a form's fields and follows the redirect to what comes of it.
func (o *outside) submit(ctx context.Context, address string, fields url.Values) (*page, error) {
	return o.request(ctx, http.MethodPost, address, fields)
}

func (o *outside) request(ctx context.Context, method, address string, fields url.Values) (*page, error) {
	if strings.HasPrefix(address, "/") {
		address = o.product + address
	}
	var body io.Reader
	if fields != nil {
		body = strings.NewReader(fields.Encode())
	}
	r, err := http.NewRequestWithContext(ctx, method, address, body)
	if err != nil {
		return nil, err
	}
	r.Header.Set("User-Agent", browserOf(r.URL))
	if fields != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	answer, err := o.http.Do(r)
	if err != nil {
		return nil, unreachable(err, routeOnly(address))
	}
	defer answer.Body.Close()
	document, err := goquery.NewDocumentFromReader(answer.Body)
	if err != nil {
		return nil, unreachable(err, routeOnly(address))
	}
	p := &page{outside: o, address: answer.Request.URL.String(), status: answer.StatusCode, Document: document}
	if p.status != http.StatusOK {
		return nil, differs("svar på "+method+" "+routeOnly(address), "%d: %s", p.status, p.complaint())
	}
	return p, nil
}

// browserOf is another one for each link: everybody has their own, and two
// answers from the same are a flag.
func browserOf(u *url.URL) string {
	return fmt.Sprintf("somebody/%08x", crc32.ChecksumIEEE([]byte(u.Path)))
}

// unreachable keeps apart who was told to stop and who got no answer.
func unreachable(err error, what string) error {
	if errors.Is(err, context.Canceled) {
		return context.Canceled
	}
	return differs("svar fra "+what, "intet (%v)", errors.Unwrap(err))
}

// routeOnly leaves out the token of a party's address.
func routeOnly(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return "?"
	}
	parts := strings.SplitN(u.Path, "/", 4)
	if len(parts) > 2 && len(parts[2]) > 40 {
		parts[2] = "…"
	}
	return strings.Join(parts, "/")
}

// complaint is what a page says that is not the one expected: its errors, or
// its heading.
func (p *page) complaint() string {
	if list := readable(p.Find(`[data-test-id="errors"] li`)); list != "" {
		return list
	}
	return readable(p.Find("h1")) + ": " + readable(p.Find("main p").First())
}

// says is what a person reads in the part of the page with this test id.
func (p *page) says(testID string) (string, error) {
	found := p.Find(fmt.Sprintf(`[data-test-id=%q]`, testID))
	if found.Length() == 0 {
		return "", differs("»"+testID+"« på siden "+routeOnly(p.address), "%s", p.complaint())
	}
	return readable(found.First()), nil
}

// readable is text as it is read aloud: without hidden letters and line ends.
func readable(s *goquery.Selection) string {
	text := strings.ReplaceAll(s.Text(), "\u00ad", "")
	return strings.Join(strings.Fields(text), " ")
}

// form is a form on a page, filled in field by field.
type form struct {
	page   *page
	found  *goquery.Selection
	action string
	fields url.Values
	err    error // of the first field that was not there
}

// form finds the one with this test id, with what its fields hold already.
func (p *page) form(testID string) *form {
	found := p.Find(fmt.Sprintf(`form[data-test-id=%q]`, testID)).First()
	return p.asForm(found, testID)
}

// formWith finds the form that a button with this test id belongs to.
func (p *page) formWith(button string) *form {
	found := p.Find(fmt.Sprintf(`[data-test-id=%q]`, button)).First().Closest("form")
	return p.asForm(found, button)
}

func (p *page) asForm(found *goquery.Selection, name string) *form {
	f := &form{page: p, found: found, fields: url.Values{}}
	if found.Length() == 0 {
		f.err = differs("formularen »"+name+"« på siden "+routeOnly(p.address), "%s", p.complaint())
		return f
	}
	f.action, _ = found.Attr("action")
	found.Find("input, textarea, select").Each(func(_ int, field *goquery.Selection) { f.preset(field) })
	return f
}

// preset takes what a browser would send without anybody touching the field.
func (f *form) preset(field *goquery.Selection) {
	name, _ := field.Attr("name")
	value, _ := field.Attr("value")
	kind, _ := field.Attr("type")
	_, checked := field.Attr("checked")
	switch {
	case name == "", kind == "submit":
	case kind == "radio", kind == "checkbox":
		if checked {
			f.fields.Add(name, value)
		}
	case field.Is("textarea"):
		f.fields.Add(name, field.Text())
	case field.Is("select"):
		value, _ = field.Find("option[selected]").Attr("value")
		f.fields.Add(name, value)
	default:
		f.fields.Add(name, value)
	}
}

// fill writes into a field, or chooses from it: what cannot be chosen, or is
// not there, is a difference that send reports.
func (f *form) fill(name string, values ...string) *form {
	fields := f.found.Find(fmt.Sprintf("[name=%q]", name))
	switch kind, _ := fields.First().Attr("type"); {
	case f.err != nil:
		return f
	case fields.Length() == 0:
		f.err = differs("feltet »"+name+"«", "en formular uden det på %s", routeOnly(f.page.address))
		return f
	case kind == "radio", kind == "checkbox":
		f.offered(name, fields, values)
	case fields.Is("select"):
		f.offered(name, fields.Find("option"), values)
	}
	f.fields[name] = values
	return f
}

func (f *form) offered(name string, options *goquery.Selection, values []string) {
	for _, v := range values {
		if options.FilterFunction(func(_ int, o *goquery.Selection) bool { return o.AttrOr("value", "on") == v }).Length() == 0 {
			f.err = differs(fmt.Sprintf("»%s« blandt valgene for »%s«", v, name), "ikke det valg på %s", routeOnly(f.page.address))
		}
	}
}

// send presses the form's button and follows to the page that comes of it.
func (f *form) send(ctx context.Context) (*page, error) {
	if f.err != nil {
		return nil, f.err
	}
	return f.page.outside.submit(ctx, f.action, f.fields)
}

// poll asks again until it is so, and gives up with the last difference. What
// takes long to answer is asked less often.
func (o *outside) poll(ctx context.Context, ask func() error) error {
	ctx, stop := context.WithTimeout(ctx, o.patience)
	defer stop()
	for {
		asked := time.Now()
		err := ask()
		var different *difference
		if err == nil || !errors.As(err, &different) {
			return err
		}
		select {
		case <-ctx.Done():
			return err
		case <-time.After(max(time.Since(asked), 50*time.Millisecond)):
		}
	}
}
