package main

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/metrics"
)

// scrape asks the operations port as Prometheus does.
func (r *running) scrape() (families map[string]*dto.MetricFamily, text string) {
	r.t.Helper()
	w := httptest.NewRecorder()
	r.api.ops().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	require.Equal(r.t, http.StatusOK, w.Code)
	text = w.Body.String()
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(strings.NewReader(text))
	require.NoError(r.t, err)
	return families, text
}

// A label says where and what kind, and never who. Its values are those of a
// list in the program, which this test knows; a label that it does not know
// must be thought about first.
func TestMetricsNameNobody(t *testing.T) {
	r := newRunning(t)
	r.server()
	p := r.sing("metrics")
	r.both(p)
	r.stands(p, forloeb.Planning)
	require.Error(t, r.out.head(t.Context(), "/metrics"), "not on the public port")
	for _, path := range []string{"/" + canary, "/svar/" + canary, "/sekretariat/forloeb/" + p.id} {
		_ = r.out.head(t.Context(), path) // whatever it answers
	}
	r.post("forloeb/"+p.id+"/release", map[string]string{"reason": sings("release")})

	runs, err := r.api.process.Runs(t.Context(), uuid.New())
	require.NoError(t, err)
	require.False(t, runs, "Temporal's »not found« is a failure to its SDK, which shows no failures before the first")

	var families map[string]*dto.MetricFamily
	eventually(t, "the figures follow", func() bool {
		families, _ = r.scrape()
		return sum(families["spark_smtp_attempts_total"], "state", "sent") >= 3 && sum(families["temporal_request_total"], "operation", "SignalWithStartWorkflowExecution") > 0 &&
			sum(families["spark_sweep_last_success_timestamp_seconds"], "", "") > 0 // the first sweep comes after two seconds
	})
	_, text := r.scrape()
	r.requireNoCanary("the metrics", []byte(text))
	for _, secret := range []string{p.id, p.reference, "@"} {
		require.NotContains(t, text, secret)
	}
	known := knownLabels()
	seen := map[string]bool{}
	for name, family := range families {
		for _, m := range family.Metric {
			for _, label := range m.Label {
				allowed, listed := known[label.GetName()]
				require.True(t, listed, "label %s of %s: is every value from a list?", label.GetName(), name)
				require.Regexp(t, allowed, label.GetValue(), "label %s of %s", label.GetName(), name)
				seen[label.GetName()] = true
			}
		}
	}
	for _, label := range []string{"route", "status", "kind", "code", "state", "operation", "task_queue"} {
		require.True(t, seen[label], label)
	}
	require.Equal(t, 1.0, sum(families["spark_forloeb"], "programme", "spark"), "the one forløb, in one status")
	require.Equal(t, 1.0, sum(families["spark_temporal_up"], "", ""))
	require.Equal(t, 1.0, sum(families["spark_workers_polling"], "", ""))
	require.Positive(t, sum(families["spark_http_requests_total"], "route", "none"), "what nobody asked for has no address")
	r.requireQueriesFind(families)
}

// knownLabels are the labels there may be, and what their values look like.
func knownLabels() map[string]*regexp.Regexp {
	of := func(values ...string) *regexp.Regexp {
		for i, v := range values {
			values[i] = regexp.QuoteMeta(v)
		}
		return regexp.MustCompile(`^(` + strings.Join(append(values, "other"), "|") + `)$`)
	}
	programmes := []string{}
	for _, p := range forloeb.Programmes {
		programmes = append(programmes, string(p.Code))
	}
	activities := []string{"", "Look", "Commit", "Match", "SendMail"}
	return map[string]*regexp.Regexp{
		"programme": of(programmes...), "status": of(texts(forloeb.Statuses)...), "kind": of(texts(forloeb.TaskKinds)...), "state": of(texts(metrics.MailStates)...),
		"code":   of("none", "2xx", "4xx", "5xx", "no_connection", "lost_before_data", "lost_after_data", "not_composed"),
		"method": of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"), "route": regexp.MustCompile(`^(none|/|(/(v1|[a-z._-]+|:[a-z_]+|\*[a-z]+))+/?)$`), "class": of("2xx", "3xx", "4xx", "5xx"), "pool": of("api", "worker"),
		"by":            of("sweep", "reconciler"),
		"activity_type": of(activities...), "workflow_type": of("", "Forloeb"), "task_queue": of("", "spark", "spark-mail"),
		"operation": regexp.MustCompile(`^[A-Za-z]*$`), "worker_type": regexp.MustCompile(`^[A-Za-z]*$`), "poller_type": regexp.MustCompile(`^[a-z_]*$`),
		"cause": regexp.MustCompile(`^[A-Za-z_]*$`), "failure_reason": regexp.MustCompile(`^[A-Za-z_]*$`), "status_code": regexp.MustCompile(`^[A-Za-z_]*$`),
		"version": regexp.MustCompile(`^(go[0-9.]+|\(devel\)|v[0-9a-z.+-]+|)$`), "path": of("example.dk/spark", "example.dk/spark/cmd/spark", ""), "checksum": of("", "unknown"),
		"quantile": regexp.MustCompile(`^[0-9.]+$`), "le": regexp.MustCompile(`^([0-9.e+]+|\+Inf)$`),
	}
}

func texts[T ~string](codes []T) (list []string) {
	for _, c := range codes {
		list = append(list, string(c))
	}
	return list
}

// sum adds what a family says where a label has a value; of all with no label.
func sum(family *dto.MetricFamily, label, value string) (total float64) {
	for _, m := range family.GetMetric() {
		if label == "" || slices.ContainsFunc(m.Label, func(l *dto.LabelPair) bool { return l.GetName() == label && l.GetValue() == value }) {
			total += m.GetGauge().GetValue() + m.GetCounter().GetValue() + m.GetUntyped().GetValue()
		}
	}
	return total
}
