package main

import (
	"log/slog"
	"net/http"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	tracepb "go.opentelemetry.io/proto/otlp/trace/v1"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/trace"
)

// newTraced is everything running, and telling a collector.
func newTraced(t *testing.T) (*running, *collected) {
	t.Helper()
	to := newCollector(t)
	t.Setenv("OTEL_EXPORTER_OTLP_ENDPOINT", to.URL)
	t.Setenv("OTEL_BSP_SCHEDULE_DELAY", "50") // milliseconds
	end, err := trace.Open(t.Context(), "spark", slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	t.Cleanup(end)
	r := newRunning(t)
	r.server()
	return r, to
}

// One click, one trace: from the request through the act, the relay, the
// workflow and its activities to the mail.
func TestOneTraceFromClickToMail(t *testing.T) {
	r, to := newTraced(t)
	p := r.sing("trace")
	r.both(p)
	r.stands(p, forloeb.Planning)

	var one spans
	eventually(t, "the trace is whole", func() bool {
		one = nil
		for _, click := range to.spans().named("POST /samtykke/:token") {
			if whole := to.spans().of(click.TraceId); len(whole.named("mail ")) > 0 {
				one = whole
			}
		}
		return one != nil && len(one.named("activity SendMail")) == len(one.named("mail "))
	})
	click := one.named("POST /samtykke/:token")[0]
	require.Empty(t, click.ParentSpanId)
	act := one.named("act consent-answered")[0]
	require.Equal(t, click, one.parent(act))
	relay := one.named("relay consent-answered")[0]
	require.Equal(t, act, one.parent(relay))
	require.Equal(t, relay, one.parent(one.named("workflow consent-answered")[0]))
	for _, name := range []string{"activity Look", "activity Commit", "activity SendMail"} {
		require.NotEmpty(t, one.named(name), name)
		require.Equal(t, act, one.parent(one.named(name)[0]), name)
	}
	for _, mail := range one.named("mail ") {
		require.Equal(t, "activity SendMail", one.parent(mail).Name)
	}
	require.Contains(t, r.log.String(), "trace_id="+hexed(click.TraceId), "the log's lines tell of the trace")
	var kept string
	require.NoError(t, r.db.GetContext(t.Context(), &kept, `select traceparent from acts where traceparent like $1`, "00-"+hexed(click.TraceId)+"-%"))
	require.Equal(t, "00-"+hexed(act.TraceId)+"-"+hexed(act.SpanId)+"-01", kept)
	draw(t, one)

	r.requireLater(p, to)
	r.requireNobodyIn(p, to)
}

// requireLater: what happens later than an act's own work points to the act,
// and is no part of the click.
func (r *running) requireLater(p *pair, to *collected) {
	r.t.Helper()
	_, err := r.db.ExecContext(r.t.Context(), `update acts set written_at = written_at - interval '3 months' where forloeb_id = $1`, p.id)
	require.NoError(r.t, err)
	var last string
	require.NoError(r.t, r.db.GetContext(r.t.Context(), &last, `select substr(traceparent, 4, 32) from acts where forloeb_id = $1 order by version desc limit 1`, p.id))
	r.forwardTo(p, time.Now().AddDate(0, 1, 0))
	eventually(r.t, "later work points back", func() bool {
		for _, span := range to.spans().named("activity ") {
			if len(span.Links) == 1 && hexed(span.Links[0].TraceId) == last {
				return len(span.ParentSpanId) == 0 && hexed(span.TraceId) != last
			}
		}
		return false
	})
}

// attributes are all that a span may have, and what each looks like.
var attributes = map[string]*regexp.Regexp{
	"http.request.method": regexp.MustCompile(`^[A-Z]+$`), "http.route": regexp.MustCompile(`^(none|[a-z0-9/:._*-]+)$`),
	"http.response.status_code": regexp.MustCompile(`^[0-9]{3}$`), "spark.forloeb": regexp.MustCompile(`^[0-9a-f-]{36}$`),
	"spark.version": regexp.MustCompile(`^[0-9]+$`), "spark.attempt": regexp.MustCompile(`^[0-9]+$`), "spark.mail.state": regexp.MustCompile(`^[a-z]+$`),
}

// requireNobodyIn: no span tells of a person or has a key to a page.
func (r *running) requireNobodyIn(p *pair, to *collected) {
	r.t.Helper()
	link, err := r.out.latestLink(r.t.Context(), p.leader.email, "/status/")
	require.NoError(r.t, err)
	for _, path := range []string{"/" + canary + "?q=" + canary, "/svar/" + canary, "/sekretariat/forloeb/" + canary} {
		_ = r.out.head(r.t.Context(), path) // whatever it answers
	}
	told := func() spans {
		return to.spans().where(func(s *tracepb.Span) bool { return s.Name == "GET none" || s.Name == "HEAD none" })
	}
	eventually(r.t, "the strangest request was told of", func() bool { return len(told()) > 0 })
	r.requireNoCanary("the spans", to.said())
	for _, secret := range []string{p.reference, "@", link[len(link)-30:]} {
		require.NotContains(r.t, string(to.said()), secret)
	}
	for _, span := range to.spans() {
		require.Empty(r.t, span.Events, "an event has an error's words")
		require.Empty(r.t, span.TraceState)
		require.Regexp(r.t, `^((GET|HEAD|POST|PUT|PATCH|DELETE) [a-z0-9/:._*-]+|(act|relay|workflow|mail) [a-z0-9_-]+|activity [A-Za-z]+)$`, span.Name)
		for _, a := range span.Attributes {
			require.NotNil(r.t, attributes[a.Key], "%s of %s: can it be anybody's words?", a.Key, span.Name)
			require.Regexp(r.t, attributes[a.Key], text(a.Value.GetStringValue(), a.Value.GetIntValue()))
		}
	}
}

// Who asks from outside does not choose the trace, and without the setting
// there is none.
func TestAStrangersTraceIsNotBelieved(t *testing.T) {
	r, to := newTraced(t)
	const stranger = "0af7651916cd43dd8448eb211c80319c"
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, r.config.HTTP.BaseURL+"/", nil)
	require.NoError(t, err)
	request.Header.Set("traceparent", "00-"+stranger+"-b7ad6b7169203331-01")
	request.Header.Set("baggage", "name="+canary)
	answer, err := http.DefaultClient.Do(request)
	require.NoError(t, err)
	answer.Body.Close()
	eventually(t, "it is told of", func() bool { return len(to.spans().named("GET /")) > 0 })
	for _, span := range to.spans() {
		require.NotEqual(t, stranger, hexed(span.TraceId))
	}
	r.requireNoCanary("the spans", to.said())
}
