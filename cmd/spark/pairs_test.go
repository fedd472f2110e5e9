package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"golang.org/x/sync/errgroup"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// pairs is how many say yes at the same instant.
const pairs = 1000

// slow is how long they may take on a machine that does other things too.
const slow = 10 * time.Minute

// Both parties of a thousand forløb say yes at the same instant, each to a
// process of its own. None is stuck, and nothing is done twice.
func TestBothSayYesAtTheSameInstant(t *testing.T) {
	binary, err := product()
	require.NoError(t, err)
	s := newSystem(t, newMailcatcher(t))
	addresses := []string{s.startAPI(binary), s.startAPI(binary)}
	s.startWorker(binary)

	began := time.Now()
	var working errgroup.Group
	working.SetLimit(8)
	for range pairs {
		working.Go(func() error {
			id, err := applyTo(addresses[0])
			if err != nil {
				return err
			}
			return s.bothSayYes(addresses, id)
		})
	}
	require.NoError(t, working.Wait())
	answered := time.Now()
	t.Logf("%d applications and %d answers in %s", pairs, 2*pairs, answered.Sub(began).Round(time.Millisecond))

	require.Eventually(t, func() bool {
		return s.Count(`select count(*) from forloeb where seen_version < version or status = 'awaiting_consent'`) == 0
	}, slow, 200*time.Millisecond, "every forløb has gone on")
	t.Logf("all settled after %s more", time.Since(answered).Round(time.Millisecond))
	require.Eventually(t, func() bool {
		return s.Count(`select count(*) from mails where state not in ('sent', 'cancelled')`) == 0
	}, slow, 200*time.Millisecond, "every mail has left")
	t.Logf("all mails (%d) had left %s after the last answer", len(s.mail.Messages()), time.Since(answered).Round(time.Millisecond))
	s.requireNothingTwice()
}

// startAPI starts spark api on a port of its own and waits until it answers.
func (s *system) startAPI(binary string) string {
	s.t.Helper()
	port, err := devstack.Free()
	require.NoError(s.t, err)
	s.baseURL = "http://127.0.0.1:" + strconv.Itoa(port)
	start(s.t, binary, s.t.TempDir(), s.env(store.RoleAPI), "api")
	address := s.baseURL
	eventually(s.t, "the api answers", func() bool {
		answer, err := http.Get(address + "/")
		if err != nil {
			return false
		}
		answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	})
	return address
}

// applicationOf is an application in the API's words.
func applicationOf() map[string]any {
	s := storetest.Submission()
	return map[string]any{
		"programme": s.Programme, "type": s.Type, "started_by": s.StartedBy, "municipality": s.Municipality, "workplace": s.Workplace,
		"sector": s.Sector, "employees": s.Employees, "body": s.Body, "themes": s.Themes, "situation": s.Situation, "declared": true,
		"leader": map[string]any{"name": s.Leader.Name, "email": s.Leader.Email},
		"rep":    map[string]any{"name": s.Rep.Name, "role": s.Rep.Role, "email": s.Rep.Email},
	}
}

// applyTo sends an application as programs do.
func applyTo(address string) (id uuid.UUID, err error) {
	body, err := json.Marshal(applicationOf())
	if err != nil {
		return id, err
	}
	r, err := http.NewRequest(http.MethodPost, address+"/api/v1/applications", bytes.NewReader(body))
	if err != nil {
		return id, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", uuid.NewString())
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return id, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusCreated {
		problem, _ := io.ReadAll(answer.Body)
		return id, fmt.Errorf("the application is answered by %d: %s", answer.StatusCode, problem)
	}
	var received struct{ ID uuid.UUID }
	return received.ID, json.NewDecoder(answer.Body).Decode(&received)
}

// bothSayYes sends both answers when both are ready to go. The links are those
// of the mails, which need not have arrived.
func (s *system) bothSayYes(addresses []string, id uuid.UUID) error {
	f, err := s.API.Forloeb(s.t.Context(), id)
	if err != nil {
		return err
	}
	ready := make(chan struct{})
	var both errgroup.Group
	var waiting sync.WaitGroup
	for i, p := range f.CurrentParties() {
		path := link.Consent.Path(s.links.Token(link.Consent, p.ID, p.LinkVersion))
		fields := url.Values{"revision": {"1"}, "answer": {string(forloeb.Yes)}, "signature": {p.Contact.Name}}.Encode()
		waiting.Add(1)
		both.Go(func() error {
			waiting.Done()
			<-ready
			return sayYes(addresses[i]+path, fields)
		})
	}
	waiting.Wait()
	close(ready)
	return both.Wait()
}

func sayYes(address, fields string) error {
	answer, err := http.Post(address, "application/x-www-form-urlencoded", strings.NewReader(fields))
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	page, err := io.ReadAll(answer.Body)
	if err == nil && (answer.StatusCode != http.StatusOK || !bytes.Contains(page, []byte(`data-test-id="answer-yes"`))) {
		err = fmt.Errorf("the answer is answered by %d", answer.StatusCode)
	}
	return err
}

// forms are sent so many times each at the same instant.
const forms, clicks = 20, 50

// A form that is sent fifty times at the same instant, half to each process,
// is one application, and every click leads to its receipt.
//
// Complaint K41.
func TestFiftyClicksOnAFormAreOneApplication(t *testing.T) {
	binary, err := product()
	require.NoError(t, err)
	s := newSystem(t, newMailcatcher(t))
	addresses := []string{s.startAPI(binary), s.startAPI(binary)}
	s.startWorker(binary)
	receipts := map[string]bool{}
	for range forms {
		receipt, err := clickOften(addresses)
		require.NoError(t, err)
		receipts[receipt] = true
	}
	require.Len(t, receipts, forms)
	require.Equal(t, forms, s.Count(`select count(*) from forloeb`))
	require.Eventually(t, func() bool {
		return s.Count(`select count(*) from mails where kind = $1 and state = 'sent'`, forloeb.MailConsentRequest) == 2*forms
	}, slow, 100*time.Millisecond, "both are asked")
	require.Equal(t, 2*forms, s.Count(`select count(distinct recipient) from mails`))
	require.Len(t, s.mail.Messages(), 2*forms)
}

// clickOften sends one form, and returns the receipt that all were led to.
func clickOften(addresses []string) (receipt string, err error) {
	body := formFields().Encode()
	client := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	receipts, ready := make([]string, clicks), make(chan struct{})
	var waiting sync.WaitGroup
	var all errgroup.Group
	for i := range clicks {
		waiting.Add(1)
		all.Go(func() error {
			waiting.Done()
			<-ready
			answer, err := client.Post(addresses[i%len(addresses)]+"/ansoegning", "application/x-www-form-urlencoded", strings.NewReader(body))
			if err != nil {
				return err
			}
			receipts[i] = answer.Header.Get("Location")
			if answer.StatusCode != http.StatusSeeOther {
				err = fmt.Errorf("the form is answered by %d", answer.StatusCode)
			}
			return errors.Join(err, answer.Body.Close())
		})
	}
	waiting.Wait()
	close(ready)
	err = all.Wait()
	if others := slices.Compact(slices.Sorted(slices.Values(receipts))); err == nil && len(others) > 1 {
		err = fmt.Errorf("%d clicks led to %d receipts", clicks, len(others))
	}
	return receipts[0], err
}

// formFields are an application as the page's form sends it, with a key of its
// own.
func formFields() url.Values {
	s := storetest.Submission()
	return url.Values{
		"key": {uuid.NewString()}, "started_by": {string(s.StartedBy)}, "municipality": {s.Municipality}, "workplace": {s.Workplace},
		"sector": {string(s.Sector)}, "employees": {string(s.Employees)}, "body": {string(s.Body)},
		"leader_name": {s.Leader.Name}, "leader_email": {s.Leader.Email},
		"rep_name": {s.Rep.Name}, "rep_role": {string(s.Rep.Role)}, "rep_email": {s.Rep.Email},
		"themes": {string(s.Themes[0])}, "situation": {s.Situation}, "declared": {"true"},
	}
}

// requireNothingTwice asks the rows: consent left once, one receipt and one
// letter that both agree to each party, and no mail that came twice.
func (s *system) requireNothingTwice() {
	s.t.Helper()
	zero := func(what, query string) { require.Zero(s.t, s.Count(query), what) }
	require.Equal(s.t, pairs, s.Count(`select count(*) from forloeb where status = 'awaiting_consultant'`))
	require.Equal(s.t, pairs, s.Count(`select count(*) from forloeb_events where "from" = 'awaiting_consent'`))
	require.Equal(s.t, 2*pairs, s.Count(`select count(*) from consents where answer = 'yes'`))
	zero("consent is left more than once", `select count(*) from (select 1 from forloeb_events where "from" = 'awaiting_consent' group by forloeb_id having count(*) <> 1) x`)
	for _, kind := range []forloeb.MailKind{forloeb.MailBothAgreed, forloeb.MailAnswerYes} {
		require.Equal(s.t, 2*pairs, s.Count(`select count(*) from mails where kind = $1 and state = 'sent'`, kind), kind)
		require.Equal(s.t, 2*pairs, s.Count(`select count(distinct recipient) from mails where kind = $1`, kind), kind)
	}
	seen := map[string]bool{}
	for _, m := range s.mail.Messages() {
		require.False(s.t, seen[m.MessageID], "twice: %s", m.Subject)
		seen[m.MessageID] = true
	}
	require.Len(s.t, seen, s.Count(`select count(*) from mails where state = 'sent'`))
}
