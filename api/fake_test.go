package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alexedwards/scs/v2/memstore"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// fakeStore holds forløb in memory, for what the database is irrelevant to:
// routes, tokens, links and errors.
type fakeStore struct {
	Store
	forloeb map[uuid.UUID]*forloeb.Forloeb
	fails   error // what every call answers, when set
	calls   int
	now     time.Time // zero: the real time
	staff   map[uuid.UUID]forloeb.StaffMember
	kept    map[uuid.UUID]forloeb.KeptForm
	decided forloeb.IntakeDecision // about every intake
}

// SignIn knows those in staff by their id, which is the subject.
func (s *fakeStore) SignIn(ctx context.Context, i forloeb.Identity) (forloeb.StaffMember, error) {
	id, err := uuid.Parse(i.Subject)
	if err != nil {
		return forloeb.StaffMember{}, forloeb.ErrNoAccess
	}
	m, err := s.StaffMember(ctx, id)
	m.LastLoginAt = time.Now()
	return m, err
}

func (s *fakeStore) StaffMember(_ context.Context, id uuid.UUID) (forloeb.StaffMember, error) {
	m, found := s.staff[id]
	if err := s.called(); err != nil || !found {
		return m, cmp.Or(err, error(&forloeb.Refusal{Code: forloeb.RefuseNotFound}))
	}
	return m, nil
}

func (s *fakeStore) KeepForm(_ context.Context, id uuid.UUID, k forloeb.KeptForm, _ time.Duration) error {
	if s.kept == nil {
		s.kept = map[uuid.UUID]forloeb.KeptForm{}
	}
	s.kept[id] = k
	return s.called()
}

func (s *fakeStore) KeptForm(_ context.Context, id uuid.UUID) (forloeb.KeptForm, error) {
	k, found := s.kept[id]
	if !found {
		return k, &forloeb.Refusal{Code: forloeb.RefuseNotFound}
	}
	return k, s.called()
}

func (s *fakeStore) DropKeptForm(_ context.Context, id uuid.UUID) error {
	delete(s.kept, id)
	return s.called()
}

// fakeLogin answers with the identity whose subject is the code.
type fakeLogin struct {
	fails    error
	identity *forloeb.Identity // instead
}

func (l *fakeLogin) Begin(_ context.Context, state, nonce, verifier string) (string, error) {
	return "https://login.example.dk/?" + url.Values{"state": {state}, "nonce": {nonce}, "verifier": {verifier}}.Encode(), l.fails
}

func (l *fakeLogin) Finish(_ context.Context, code, nonce, verifier string) (forloeb.Identity, error) {
	if nonce == "" || verifier == "" {
		return forloeb.Identity{}, forloeb.ErrLoginRefused
	}
	if l.identity != nil {
		return *l.identity, l.fails
	}
	return forloeb.Identity{Subject: code}, l.fails
}

func (*fakeLogin) LogoutAddress(context.Context) string { return "https://login.example.dk/logout" }

// Intake is as agreed, unless something is decided.
func (s *fakeStore) Intake(_ context.Context, p forloeb.ProgrammeCode) (forloeb.IntakeDecision, error) {
	return s.decided, s.fails
}

func (s *fakeStore) called() error { s.calls++; return s.fails }

func (s *fakeStore) Forloeb(_ context.Context, id uuid.UUID) (*forloeb.Forloeb, error) {
	if err := s.called(); err != nil {
		return nil, err
	}
	if f, found := s.forloeb[id]; found {
		return f, nil
	}
	return nil, &forloeb.Refusal{Code: forloeb.RefuseNotFound}
}

func (s *fakeStore) Party(_ context.Context, party uuid.UUID) (*forloeb.Forloeb, error) {
	if err := s.called(); err != nil {
		return nil, err
	}
	for _, f := range s.forloeb {
		if f.Party(party) != nil {
			return f, nil
		}
	}
	return nil, &forloeb.Refusal{Code: forloeb.RefuseNotFound}
}

func (s *fakeStore) Now(context.Context, uuid.UUID) (time.Time, error) {
	if s.now.IsZero() {
		return time.Now(), s.called()
	}
	return s.now, s.called()
}

// Tokens of the fake.
const (
	secretaryToken  = "spark_secretary"
	consultantToken = "spark_consultant"
)

var consultantID = uuid.MustParse("00000000-0000-4000-8000-00000000c001")

func (s *fakeStore) Token(_ context.Context, secret string) (forloeb.Principal, error) {
	if err := s.called(); err != nil {
		return forloeb.Principal{}, err
	}
	switch secret {
	case secretaryToken:
		return forloeb.Principal{Role: forloeb.RoleSecretariat, ID: uuid.New()}, nil
	case consultantToken:
		return forloeb.Principal{Role: forloeb.RoleConsultant, Consultant: consultantID}, nil
	}
	return forloeb.Principal{}, &forloeb.Refusal{Code: forloeb.RefuseNotFound}
}

// fakeProcess remembers what it was told.
type fakeProcess struct {
	mu   sync.Mutex
	acts []forloeb.Act
}

func (p *fakeProcess) Now(_ context.Context, acts ...forloeb.Act) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.acts = append(p.acts, acts...)
}

func (p *fakeProcess) told() []forloeb.Act {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.acts
}

// fakeCalendar writes what it was asked for.
type fakeCalendar struct{}

func (fakeCalendar) CalendarFile(f *forloeb.Forloeb, to *forloeb.Party, m *forloeb.Meeting, now time.Time) ([]byte, error) {
	return fmt.Appendf(nil, "meeting %d of %s for %s", m.Ordinal, f.Reference, to.Contact.Email), nil
}

func (fakeCalendar) Feed(meetings []forloeb.FeedMeeting) ([]byte, error) {
	return fmt.Appendf(nil, "%v", meetings), nil
}

// site is a server under test, behind a real listener.
type site struct {
	*Server
	t       *testing.T
	url     string
	store   Store
	process *fakeProcess
	login   *fakeLogin
	logged  *safeBuffer
}

// safeBuffer is a log that can be read while it is written.
type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (s *safeBuffer) Write(p []byte) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.Write(p)
}

func (s *safeBuffer) String() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.b.String()
}

const testBaseURL = "https://spark.example.dk"

// assetsOnce spares each test the compression.
var assetsOnce = sync.OnceValues(builtAssets)

// newSite starts a server with the product's routes and some more.
func newSite(t *testing.T, store Store, more ...route) *site {
	t.Helper()
	links, err := link.ParseKeyring(link.NewKey("test"))
	require.NoError(t, err)
	w := &site{t: t, store: store, process: &fakeProcess{}, login: &fakeLogin{}, logged: &safeBuffer{}}
	assets, err := assetsOnce()
	require.NoError(t, err)
	w.Server, err = newServer(
		Config{BaseURL: testBaseURL, Site: Site{Name: "SPARK", Phone: "12 34 56 78"}, Session: SessionLimits{Idle: 30 * time.Minute, Life: 10 * time.Hour}},
		Dependencies{Login: w.login, Sessions: memstore.NewWithCleanupInterval(0), Store: store, Process: w.process, Calendar: fakeCalendar{}, Letters: fakeLetters{}, Links: links, Log: slog.New(slog.NewJSONHandler(w.logged, nil))}, assets)
	require.NoError(t, err)
	require.NoError(t, w.register(append(w.routes(), more...)))
	listener := httptest.NewUnstartedServer(nil)
	listener.Config = w.HTTPServer("")
	listener.Start()
	t.Cleanup(func() { w.hub.stop(); listener.Close() })
	w.url = listener.URL
	return w
}

// request is one to send; what is zero is left out.
type request struct {
	method, path, token string
	body                any // JSON, or a string or a reader as it is
	header              map[string]string
}

// answer is what came back.
type answer struct {
	*http.Response
	t    *testing.T
	text string
}

func (w *site) send(r request) answer {
	w.t.Helper()
	req, err := http.NewRequest(r.method, w.url+r.path, bodyOf(w.t, r.body))
	require.NoError(w.t, err)
	if r.body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	if r.token != "" {
		req.Header.Set("Authorization", "Bearer "+r.token)
		req.Header.Set(purposeHeader, string(forloeb.PurposeQuality)) // unless the test says another
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	client := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	res, err := client.Do(req)
	require.NoError(w.t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(w.t, err)
	return w.held(req, answer{res, w.t, string(text)})
}

// held holds an answer against the description of the JSON API.
func (w *site) held(r *http.Request, a answer) answer {
	w.t.Helper()
	described, err := theContract()
	require.NoError(w.t, err)
	described.holds(w.t, r, a)
	return a
}

func bodyOf(t *testing.T, body any) io.Reader {
	switch b := body.(type) {
	case nil:
		return nil
	case string:
		return strings.NewReader(b)
	case io.Reader:
		return b
	}
	text, err := json.Marshal(body)
	require.NoError(t, err)
	return bytes.NewReader(text)
}

func (w *site) get(path, token string) answer {
	w.t.Helper()
	return w.send(request{method: http.MethodGet, path: path, token: token})
}

// problem reads a problem document and checks its form.
func (a answer) problem(status int, code string) Problem {
	a.t.Helper()
	var p Problem
	require.Equal(a.t, status, a.StatusCode, a.text)
	require.Equal(a.t, problemType, a.Header.Get("Content-Type"), a.text)
	require.NoError(a.t, json.Unmarshal([]byte(a.text), &p), a.text)
	require.Equal(a.t, "/problems/"+code, p.Type, a.text)
	require.Equal(a.t, status, p.Status)
	require.NotEmpty(a.t, p.Title)
	require.NotEmpty(a.t, p.Detail)
	return p
}

// message checks a page for people.
func (a answer) message(status int, heading string) {
	a.t.Helper()
	require.Equal(a.t, status, a.StatusCode, a.text)
	require.Equal(a.t, "text/html; charset=utf-8", a.Header.Get("Content-Type"))
	require.Contains(a.t, a.text, heading)
	require.Contains(a.t, a.text, "</html>")
}

// into reads a document of the expected status.
func (a answer) into(status int, document any) {
	a.t.Helper()
	require.Equal(a.t, status, a.StatusCode, a.text)
	require.Equal(a.t, "application/json", a.Header.Get("Content-Type"))
	require.NoError(a.t, json.Unmarshal([]byte(a.text), document), a.text)
}
