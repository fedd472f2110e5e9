package crash

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"github.com/google/uuid"
)

// The words of the races' applications, each followed by its number.
const (
	clickedWord = "kanarieklik"
	pairedWord  = "kanariepar"
)

// matterOf is the application with a word and a number.
func matterOf(word string, n int) *matter {
	word = fmt.Sprintf("%s%08d", word, n)
	return &matter{pair: pairOf(word)}
}

// clicksAbreast is how many applications are sent at a time, each Times times.
const clicksAbreast = 2

// clicks opens the form, fills it in and sends it many times at the same
// moment, half to each process: a double click that went wrong.
func (r *race) clicks(ctx context.Context) error {
	return r.each(ctx, r.options.Clicks, clicksAbreast, "applications clicked", r.clicksOn)
}

func (r *race) clicksOn(ctx context.Context, n int) error {
	m := matterOf(clickedWord, n)
	shown, err := r.browser.askAt(ctx, r.host(n), http.MethodGet, "/ansoegning", "", nil)
	if err != nil {
		return err
	}
	fields := shown.form("/ansoegning")
	if fields == nil {
		return fmt.Errorf("no form at /ansoegning, but status %d", shown.status)
	}
	m.fillIn(fields)
	sent, receipts := make([]*Operation, Times), make([]string, Times)
	atOnce(Times, func(i int) {
		op, h := r.asks(ctx, Operation{Client: i, Name: "click", Marker: m.canary}, r.host(i), http.MethodPost, "/ansoegning", formType, []byte(fields.Encode()))
		sent[i], receipts[i] = op, h.location
	})
	if err := r.reads(ctx, sent, receipts); err != nil {
		return err
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.clicked = append(r.clicked, sent...)
	return nil
}

const formType = "application/x-www-form-urlencoded"

// reads notes for each click the reference on the receipt that it led to.
func (r *race) reads(ctx context.Context, sent []*Operation, receipts []string) error {
	references := map[string]string{"": ""}
	for i, receipt := range receipts {
		if _, read := references[receipt]; !read {
			h, err := r.browser.askAt(ctx, r.host(i), http.MethodGet, receipt, "", nil)
			if err != nil {
				return err
			}
			references[receipt] = strings.TrimSpace(h.page().Find(`[data-test-id="reference"]`).Text())
		}
		sent[i].Answer = references[receipt]
	}
	return nil
}

// fillIn writes the application into the page's form, as application does for
// the API.
func (m *matter) fillIn(fields url.Values) {
	for name, value := range map[string]string{
		"started_by": "leader", "municipality": "751", "workplace": "Skolen " + m.canary, "sector": "school", "employees": "50-99", "body": "trio",
		"themes": "cooperation", "situation": m.canary, "declared": "true",
		"leader_name": "Leder " + m.canary, "leader_email": m.leader,
		"rep_name": "Repræsentant " + m.canary, "rep_role": "amr", "rep_email": m.rep,
	} {
		fields.Set(name, value)
	}
}

// applicationsAbreast is how many programs apply at a time.
const applicationsAbreast = 8

// applications come over the API, as programs send them.
func (r *race) applications(ctx context.Context) error {
	return r.each(ctx, r.options.Pairs, applicationsAbreast, "applications", func(ctx context.Context, n int) error {
		m := matterOf(pairedWord, n)
		body, err := json.Marshal(m.application())
		if err != nil {
			return err
		}
		h, err := r.browser.askAt(ctx, r.host(n), http.MethodPost, "/api/v1/applications", "application/json", body, "Idempotency-Key", uuid.NewString())
		if err == nil && h.status != http.StatusCreated {
			err = fmt.Errorf("an application is answered by %d: %s", h.status, h.body)
		}
		return err
	})
}
