package api

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// failing is a page and an operation that fail alike.
func failing(err error) []route {
	return []route{
		pageAt(http.MethodGet, "/fails", public, func(*gin.Context) error { return err }),
		get("/api/v1/fails", public, "fails", "Fails", func(context.Context, *struct{}) (*struct{}, error) { return nil, err }),
	}
}

// secret stands for what must not leave the program.
const secret = "mette.holm@kommune.dk"

// broken is a database error as the driver makes it.
type broken struct{ state string }

func (b broken) Error() string    { return "duplicate key: " + secret }
func (b broken) SQLState() string { return b.state }

func TestUnforeseenErrors(t *testing.T) {
	for _, c := range []struct {
		err    error
		status int
		code   string
		class  string
	}{
		{errors.New(secret), http.StatusInternalServerError, "internal", "*errors.errorString"},
		{fmt.Errorf("record: %w", broken{"23505"}), http.StatusInternalServerError, "internal", "sqlstate 23505"},
		{fmt.Errorf("begin: %w", broken{"57P01"}), http.StatusServiceUnavailable, "unavailable", "sqlstate 57P01"},
		{fmt.Errorf("begin: %w", broken{"53300"}), http.StatusServiceUnavailable, "unavailable", "sqlstate 53300"},
		{fmt.Errorf("dial %s: %w", secret, &net.OpError{Op: "dial", Err: errors.New(secret)}), http.StatusServiceUnavailable, "unavailable", "*errors.errorString"},
		{fmt.Errorf("%s: %w", secret, context.DeadlineExceeded), http.StatusServiceUnavailable, "unavailable", "timeout"},
	} {
		w := newSite(t, &fakeStore{}, failing(c.err)...)
		answered := w.get("/api/v1/fails", "")
		p := answered.problem(c.status, c.code)
		require.Regexp(t, regexp.MustCompile(`^[0-9a-f]{6}$`), p.Number)
		require.NotContains(t, answered.text, secret)

		shown := w.get("/fails", "")
		shown.message(c.status, "Det virker ikke lige nu")
		require.NotContains(t, shown.text, secret)
		number := regexp.MustCompile(`data-test-id="error-code">([0-9a-f]{6})<`).FindStringSubmatch(shown.text)
		require.NotNil(t, number, shown.text)

		logged := w.logged.String()
		require.Contains(t, logged, p.Number)
		require.Contains(t, logged, number[1])
		require.Contains(t, logged, `"class":"`+c.class+`"`)
		require.NotContains(t, logged, secret)
	}
}

func TestPanics(t *testing.T) {
	w := newSite(t, &fakeStore{},
		pageAt(http.MethodGet, "/panics", public, func(*gin.Context) error { panic(secret) }),
		get("/api/v1/panics", public, "panics", "Panics", func(context.Context, *struct{}) (*struct{}, error) { panic(secret) }))
	w.get("/panics", "").message(http.StatusInternalServerError, "Det virker ikke lige nu")
	w.get("/api/v1/panics", "").problem(http.StatusInternalServerError, "internal")
	logged := w.logged.String()
	require.Contains(t, logged, "panic at api.TestPanics")
	require.Contains(t, logged, `"status":500`)
	require.NotContains(t, logged, secret)
	require.NotContains(t, logged, "User-Agent")
}

func TestHalfAnAnswerIsCutOff(t *testing.T) {
	half := func(c *gin.Context) error {
		c.String(http.StatusOK, "half")
		c.Writer.Flush()
		return errors.New("late")
	}
	w := newSite(t, &fakeStore{}, pageAt(http.MethodGet, "/half", public, half))
	res, err := http.Get(w.url + "/half")
	require.NoError(t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.ErrorIs(t, err, io.ErrUnexpectedEOF)
	require.Equal(t, "half", string(text))
	require.NotContains(t, w.logged.String(), "late")
}

func TestRedirectsAreAnswers(t *testing.T) {
	w := newSite(t, &fakeStore{}, failing(redirect{"/status/x"})...)
	a := w.get("/fails", "")
	require.Equal(t, http.StatusSeeOther, a.StatusCode)
	require.Equal(t, "/status/x", a.Header.Get("Location"))
}

func TestMessagesAreAnswers(t *testing.T) {
	newSite(t, &fakeStore{}, failing(linkSent())...).get("/fails", "").message(http.StatusOK, "Tjek din mail")
}

func TestRefusals(t *testing.T) {
	day := time.Date(2026, 11, 23, 12, 0, 0, 0, forloeb.Copenhagen)
	for _, c := range []struct {
		code       forloeb.RefusalCode
		toPrograms int
		toPeople   int
		heading    string
	}{
		{forloeb.RefuseNotFound, http.StatusNotFound, http.StatusNotFound, "Siden findes ikke"},
		{forloeb.RefuseNotAParty, http.StatusNotFound, http.StatusNotFound, "Siden findes ikke"},
		{forloeb.RefuseCatchingUp, http.StatusConflict, http.StatusConflict, "Prøv igen om et øjeblik"},
		{forloeb.RefuseWrongStatus, http.StatusConflict, http.StatusConflict, "Det kan ikke lade sig gøre nu"},
		{forloeb.RefuseClosed, http.StatusConflict, http.StatusConflict, "Det kan ikke lade sig gøre nu"},
		{forloeb.RefuseAlreadyAnswered, http.StatusConflict, http.StatusConflict, "Du har allerede svaret"},
		{forloeb.RefuseDeadlinePassed, http.StatusConflict, http.StatusGone, "Fristen er udløbet"},
		{forloeb.RefuseLinkReplaced, http.StatusConflict, http.StatusGone, "Linket er skiftet ud"},
		{forloeb.RefuseEvaluationClosed, http.StatusConflict, http.StatusGone, "Det kan ikke lade sig gøre nu"},
		{forloeb.RefuseNoReason, http.StatusUnprocessableEntity, http.StatusUnprocessableEntity, "Det kan ikke lade sig gøre nu"},
		{forloeb.RefuseMeetingHours, http.StatusUnprocessableEntity, http.StatusUnprocessableEntity, "Det kan ikke lade sig gøre nu"},
		{forloeb.RefuseMeetingTooFarBack, http.StatusUnprocessableEntity, http.StatusUnprocessableEntity, "Det kan ikke lade sig gøre nu"},
		{forloeb.RefuseKeyReused, http.StatusUnprocessableEntity, http.StatusUnprocessableEntity, "Det kan ikke lade sig gøre nu"},
		{forloeb.RefuseTooSoon, http.StatusTooManyRequests, http.StatusTooManyRequests, "Det kan ikke lade sig gøre nu"},
	} {
		r := &forloeb.Refusal{Code: c.code, Status: forloeb.Planning, Date: day, Answer: forloeb.Yes}
		w := newSite(t, &fakeStore{}, failing(fmt.Errorf("wrapped: %w", r))...)
		p := w.get("/api/v1/fails", "").problem(c.toPrograms, string(c.code))
		require.Equal(t, r.English(), p.Detail)
		if c.toPrograms == http.StatusConflict {
			require.Equal(t, forloeb.Planning, p.StatusNow)
		} else {
			require.Empty(t, p.StatusNow)
		}
		require.Empty(t, p.Number)
		w.get("/fails", "").message(c.toPeople, c.heading)
		require.NotContains(t, w.logged.String(), "request failed", "a refusal is no failure of ours")
	}
}

func TestAReaderWhoLeftIsNoFailureOfOurs(t *testing.T) {
	w := newSite(t, &fakeStore{}, failing(context.Canceled)...)
	left, leave := context.WithCancel(t.Context())
	leave()
	for _, c := range []struct {
		reader context.Context
		level  string
	}{{left, "INFO"}, {t.Context(), "ERROR"}} {
		for _, path := range []string{"/fails", "/api/v1/fails"} {
			w.ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(c.reader, http.MethodGet, path, nil))
		}
		require.Equal(t, 2, strings.Count(w.logged.String(), `"level":"`+c.level+`","msg":"request failed"`))
	}
}

func TestMistakesPointAtTheBody(t *testing.T) {
	w := newSite(t, &fakeStore{}, failing(mistakes{
		{Field: "leader_email", Code: forloeb.MistakeBadEmail}, {Field: "rep_name", Code: forloeb.MistakeSamePerson},
		{Field: "started_by", Code: forloeb.MistakeUnknownStarter}, {Field: "situation", Code: forloeb.MistakeTooLong, N: 7},
	})...)
	p := w.get("/api/v1/fails", "").problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, []ProblemError{
		{Pointer: "#/leader/email", Code: "bad_email", Detail: "A mail address such as name@example.dk."},
		{Pointer: "#/rep/name", Code: "same_person", Detail: p.Errors[1].Detail},
		{Pointer: "#/started_by", Code: "unknown_starter", Detail: p.Errors[2].Detail},
		{Pointer: "#/situation", Code: "too_long", Detail: "7 characters too long; at most 2000."},
	}, p.Errors)
}

// odd is an operation whose input can be wrong in every way of form.
type oddInput struct {
	ID    string `path:"id"`
	Limit int    `query:"limit" minimum:"1" maximum:"50"`
	Flag  bool   `query:"flag"`
	Key   string `header:"Idempotency-Key" required:"true" minLength:"8"`
	Body  struct {
		Name   string   `json:"name" maxLength:"5"`
		Kind   string   `json:"kind,omitempty" enum:"a,b"`
		Number int      `json:"number,omitempty"`
		Tags   []string `json:"tags,omitempty"`
		Person struct {
			Email string `json:"email"`
		} `json:"person"`
	}
}

func TestMistakesOfForm(t *testing.T) {
	ran := false
	odd := post("/api/v1/odd/{id}", public, "odd", "Odd", func(context.Context, *oddInput) (*struct{}, error) { ran = true; return nil, nil })
	w := newSite(t, &fakeStore{}, odd)
	const good = `{"name":"x","person":{"email":"y"}}`
	send := func(query, body string, header map[string]string) answer {
		h := map[string]string{"Idempotency-Key": "a-good-key"}
		for name, value := range header {
			h[name] = value
		}
		r := request{method: http.MethodPost, path: "/api/v1/odd/1" + query, header: h}
		if body != "" {
			r.body = body
		}
		return w.send(r)
	}

	for _, body := range []string{`{`, `{"name":`, `nonsense`, `{"name":"x"}}`, "\x00"} {
		send("", body, nil).problem(http.StatusBadRequest, "bad_json")
	}
	send("", "", nil).problem(http.StatusBadRequest, "bad_json")
	send("", good, map[string]string{"Content-Type": "text/plain"}).problem(http.StatusUnsupportedMediaType, "unsupported_media_type")

	for _, c := range []struct {
		query, body string
		header      map[string]string
		want        ProblemError
	}{
		{"", `{"person":{"email":"y"}}`, nil, ProblemError{Pointer: "#/name", Code: "missing"}},
		{"", `{"name":"x","person":{}}`, nil, ProblemError{Pointer: "#/person/email", Code: "missing"}},
		{"", `{"name":"x","person":{"email":"y"},"status":"completed"}`, nil, ProblemError{Pointer: "#/status", Code: "unknown_field"}},
		{"", `{"name":"x","person":{"email":"y","id":1}}`, nil, ProblemError{Pointer: "#/person/id", Code: "unknown_field"}},
		{"", `{"name":7,"person":{"email":"y"}}`, nil, ProblemError{Pointer: "#/name", Code: "wrong_type"}},
		{"", `{"name":"x","number":"seven","person":{"email":"y"}}`, nil, ProblemError{Pointer: "#/number", Code: "wrong_type"}},
		{"", `{"name":"x","tags":["a",1],"person":{"email":"y"}}`, nil, ProblemError{Pointer: "#/tags/1", Code: "wrong_type"}},
		{"", `{"name":"x","kind":"c","person":{"email":"y"}}`, nil, ProblemError{Pointer: "#/kind", Code: "unknown_value"}},
		{"", `{"name":"` + secret + `","person":{"email":"y"}}`, nil, ProblemError{Pointer: "#/name", Code: "wrong_length"}},
		{"", `[]`, nil, ProblemError{Pointer: "#/", Code: "wrong_type"}},
		{"?limit=51", good, nil, ProblemError{Parameter: "limit", Code: "out_of_range"}},
		{"?limit=" + secret, good, nil, ProblemError{Parameter: "limit", Code: "invalid"}},
		{"?flag=" + secret, good, nil, ProblemError{Parameter: "flag", Code: "invalid"}},
		{"?colour=red", good, nil, ProblemError{Parameter: "colour", Code: "unknown_parameter"}},
		{"", good, map[string]string{"Idempotency-Key": "short"}, ProblemError{Parameter: "Idempotency-Key", Code: "wrong_length"}},
		{"", good, map[string]string{"Idempotency-Key": ""}, ProblemError{Parameter: "Idempotency-Key", Code: "missing"}},
	} {
		a := send(c.query, c.body, c.header)
		p := a.problem(http.StatusUnprocessableEntity, "invalid")
		require.Len(t, p.Errors, 1, a.text)
		require.NotEmpty(t, p.Errors[0].Detail)
		p.Errors[0].Detail = ""
		require.Equal(t, c.want, p.Errors[0], a.text)
		require.NotContains(t, a.text, secret)
	}
	require.False(t, ran)
	require.Equal(t, http.StatusOK, send("", good, nil).StatusCode)
	require.True(t, ran)
}

func TestEveryMistakeOfFormAtOnce(t *testing.T) {
	w := newSite(t, &fakeStore{})
	p := w.send(request{method: http.MethodPost, path: "/api/v1/applications", body: `{"rep":{},"more":1}`}).problem(http.StatusUnprocessableEntity, "invalid")
	var found []string
	for _, e := range p.Errors {
		found = append(found, e.Pointer+e.Parameter+" "+e.Code)
	}
	for _, want := range []string{"Idempotency-Key missing", "#/leader missing", "#/rep/name missing", "#/themes missing", "#/declared missing", "#/more unknown_field"} {
		require.Contains(t, found, want)
	}
}

func TestWhatIsNoIdLeadsNowhere(t *testing.T) {
	w := newSite(t, &fakeStore{})
	for _, id := range []string{"1", "nonsense", uuid.NewString()} {
		w.get("/api/v1/forloeb/"+id, secretaryToken).problem(http.StatusNotFound, "not_found")
	}
}

// slowly sends a request with half a body, then ends its side or falls silent.
func (w *site) slowly(endsHalfway bool) answer {
	w.t.Helper()
	line, err := net.Dial("tcp", strings.TrimPrefix(w.url, "http://"))
	require.NoError(w.t, err)
	defer line.Close()
	r, err := http.NewRequest(http.MethodPost, w.url+"/api/v1/applications", nil)
	require.NoError(w.t, err)
	_, err = fmt.Fprintf(line, "POST %s HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{\"programme\"", r.URL.Path)
	require.NoError(w.t, err)
	if endsHalfway {
		require.NoError(w.t, line.(*net.TCPConn).CloseWrite())
	}
	res, err := http.ReadResponse(bufio.NewReader(line), r)
	require.NoError(w.t, err)
	defer res.Body.Close()
	text, err := io.ReadAll(res.Body)
	require.NoError(w.t, err)
	return w.held(r, answer{res, w.t, string(text)})
}

func TestBodiesThatNeverCome(t *testing.T) {
	w := newSite(t, &fakeStore{})
	w.slowly(true).problem(http.StatusBadRequest, "unreadable")
	w.slowly(false).problem(http.StatusRequestTimeout, "request_timeout")
	require.Zero(t, w.store.(*fakeStore).calls)
}

func TestEveryBodyIsJSON(t *testing.T) {
	w := newSite(t, &fakeStore{})
	w.send(request{method: http.MethodPost, path: "/api/v1/applications", body: "<xml/>", header: map[string]string{
		"Content-Type": "application/xml", "Idempotency-Key": "a-good-key"}}).problem(http.StatusUnsupportedMediaType, "unsupported_media_type")
}

// Programs learn every mistake of an application in one answer, of form and of
// the rules.
func TestMistakesOfFormAndOfTheRulesComeTogether(t *testing.T) {
	w := newSite(t, &fakeStore{})
	p := w.send(request{method: http.MethodPost, path: "/api/v1/applications", body: `{
		"programme": "spark", "type": "individual", "started_by": "leader", "municipality": "000", "workplace": "Skolen", "sector": "circus",
		"employees": "20-49", "body": 7, "leader": {"name": "Mette Holm", "email": "mette"}, "rep": {"name": "Mette Holm"},
		"themes": [], "situation": "x", "declared": "yes"}`}).problem(http.StatusUnprocessableEntity, "invalid")
	var found []string
	for _, e := range p.Errors {
		found = append(found, e.Pointer+e.Parameter+" "+e.Code)
		require.NotEmpty(t, e.Detail)
	}
	require.ElementsMatch(t, []string{
		"Idempotency-Key missing", "#/rep/role missing", "#/rep/email missing", "#/body wrong_type", "#/declared wrong_type",
		"#/municipality unknown_municipality", "#/sector unknown_sector", "#/leader/email bad_email", "#/rep/name same_person", "#/themes missing",
	}, found)
	require.Zero(t, w.store.(*fakeStore).calls)
}
