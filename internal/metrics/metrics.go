// Package metrics shows those who run the product how it is, in Prometheus'
// format. Nothing personal is in it: every label's values come from a list in
// the program, and what is in no list is »other«.
package metrics

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"example.dk/spark/internal/forloeb"
)

// Metrics are those of one process.
type Metrics struct {
	registry *prometheus.Registry
	answers  *prometheus.CounterVec
	answered *prometheus.HistogramVec
	handed   *prometheus.CounterVec
	handing  *prometheus.HistogramVec
}

// New makes metrics that count nothing yet.
func New() *Metrics {
	m := &Metrics{
		registry: prometheus.NewRegistry(),
		answers: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "spark_http_requests_total", Help: "Requests answered on the public port, by the route's template.",
		}, []string{"method", "route", "class"}),
		answered: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "spark_http_request_duration_seconds", Help: "How long an answer took. Streams of events take as long as a page is open.",
			Buckets: []float64{.01, .025, .05, .1, .25, .5, 1, 2.5, 5, 15},
		}, []string{"method", "route"}),
		handed: prometheus.NewCounterVec(prometheus.CounterOpts{
			Name: "spark_smtp_attempts_total", Help: "Attempts to hand a mail to the mail server, by what they came to and the server's answer.",
		}, []string{"state", "code"}),
		handing: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: "spark_smtp_attempt_duration_seconds", Help: "How long it took to compose a mail and hand it over.",
			Buckets: []float64{.05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 660},
		}, []string{"state"}),
	}
	m.registry.MustRegister(m.answers, m.answered, m.handed, m.handing,
		collectors.NewGoCollector(), collectors.NewBuildInfoCollector(),
		collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// Handler answers with every metric. One that cannot be read keeps none of the
// others back.
func (m *Metrics) Handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{ErrorHandling: promhttp.ContinueOnError})
}

// Answered counts a request. Method and route must be from closed lists, as
// api.Measure promises.
func (m *Metrics) Answered(method, route string, status int, took time.Duration) {
	m.answers.WithLabelValues(method, route, strconv.Itoa(status/100)+"xx").Inc()
	m.answered.WithLabelValues(method, route).Observe(took.Seconds())
}

// Handed counts an attempt at a mail.
func (m *Metrics) Handed(o forloeb.Outcome, took time.Duration) {
	state := oneOf(o.State, MailStates)
	m.handed.WithLabelValues(state, codeClass(o.Code)).Inc()
	m.handing.WithLabelValues(state).Observe(took.Seconds())
}

// smtpCodes are those of our own, where the server gave none (internal/mail).
var smtpCodes = []string{"no_connection", "lost_before_data", "lost_after_data", "not_composed"}

// codeClass is the class of a mail server's answer, or a code of our own.
func codeClass(code string) string {
	if n, err := strconv.Atoi(code); err == nil && n >= 200 && n < 600 {
		return strconv.Itoa(n/100) + "xx"
	}
	if code == "" {
		return "none"
	}
	return oneOf(code, smtpCodes)
}

// other stands for what is in no list.
const other = "other"

func oneOf[T ~string](value T, known []T) string {
	for _, k := range known {
		if value == k {
			return string(value)
		}
	}
	return other
}
