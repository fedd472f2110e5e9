package metrics

import (
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"go.temporal.io/sdk/client"
)

// temporalLabels are the tags of Temporal's SDK that are shown. A new one of
// the SDK's is left out until somebody has thought about what may be in it.
var temporalLabels = []string{
	"activity_type", "cause", "failure_reason", "operation", "poller_type", "status_code", "task_queue", "worker_type", "workflow_type",
}

// name is what a tag's value may look like: a name in a program, without
// digits, so neither an id, an address nor a sentence.
var name = regexp.MustCompile(`^[A-Za-z][A-Za-z_-]{0,59}$`)

// Temporal takes the metrics that Temporal's SDK keeps of itself. It must be
// called once for the process.
func (m *Metrics) Temporal() client.MetricsHandler {
	return &temporal{kept: &temporalVectors{registry: m.registry, vectors: map[string]prometheus.Collector{}}}
}

// temporal is the SDK's way to metrics with some tags.
type temporal struct {
	kept *temporalVectors
	tags prometheus.Labels
}

// temporalVectors are the metrics that the SDK has asked for. Each has every
// label; one without a value is none to Prometheus.
type temporalVectors struct {
	registry *prometheus.Registry
	mutex    sync.Mutex
	vectors  map[string]prometheus.Collector
}

// vector finds or makes a metric.
func vector[V prometheus.Collector](kept *temporalVectors, name string, make func(name, help string) V) V {
	kept.mutex.Lock()
	defer kept.mutex.Unlock()
	if there, found := kept.vectors[name]; found {
		return there.(V)
	}
	made := make(name, "Of Temporal's SDK, see its documentation.")
	kept.registry.MustRegister(made)
	kept.vectors[name] = made
	return made
}

// WithTags implements client.MetricsHandler.
func (t *temporal) WithTags(tags map[string]string) client.MetricsHandler {
	all := maps.Clone(t.labels())
	for tag, value := range tags {
		if slices.Contains(temporalLabels, tag) {
			all[tag] = shown(value)
		}
	}
	return &temporal{kept: t.kept, tags: all}
}

// shown is a tag's value if it looks like a name, and "" for what the SDK calls none.
func shown(value string) string {
	switch {
	case value == "" || value == "none":
		return ""
	case name.MatchString(value):
		return value
	}
	return other
}

func (t *temporal) labels() prometheus.Labels {
	if t.tags != nil {
		return t.tags
	}
	none := prometheus.Labels{}
	for _, label := range temporalLabels {
		none[label] = ""
	}
	return none
}

// Counter implements client.MetricsHandler.
func (t *temporal) Counter(name string) client.MetricsCounter {
	counters := vector(t.kept, ending(name, "_total"), func(name, help string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Name: name, Help: help}, temporalLabels)
	})
	return added{counters.With(t.labels())}
}

// Gauge implements client.MetricsHandler.
func (t *temporal) Gauge(name string) client.MetricsGauge {
	gauges := vector(t.kept, name, func(name, help string) *prometheus.GaugeVec {
		return prometheus.NewGaugeVec(prometheus.GaugeOpts{Name: name, Help: help}, temporalLabels)
	})
	return updated{gauges.With(t.labels())}
}

// Timer implements client.MetricsHandler.
func (t *temporal) Timer(name string) client.MetricsTimer {
	timers := vector(t.kept, ending(name, "_seconds"), func(name, help string) *prometheus.HistogramVec {
		return prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Name: name, Help: help, Buckets: []float64{.005, .025, .1, .5, 1, 5, 30, 120, 600},
		}, temporalLabels)
	})
	return recorded{timers.With(t.labels())}
}

func ending(name, unit string) string { return strings.TrimSuffix(name, unit) + unit }

type added struct{ prometheus.Counter }

// Inc implements client.MetricsCounter.
func (a added) Inc(by int64) { a.Add(float64(by)) }

type updated struct{ prometheus.Gauge }

// Update implements client.MetricsGauge.
func (u updated) Update(to float64) { u.Set(to) }

type recorded struct{ prometheus.Observer }

// Record implements client.MetricsTimer.
func (r recorded) Record(took time.Duration) { r.Observe(took.Seconds()) }
