package metrics

import (
	"database/sql"
	"time"

	"github.com/prometheus/client_golang/prometheus"
)

// Pool shows a process's connections to the database. which is the name of
// the pool in the program: api or worker.
func (m *Metrics) Pool(which string, stats func() sql.DBStats) {
	show := func(name, help string, of func(sql.DBStats) float64) {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
			Name: name, Help: help, ConstLabels: prometheus.Labels{"pool": which},
		}, func() float64 { return of(stats()) }))
	}
	count := func(name, help string, of func(sql.DBStats) float64) {
		m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
			Name: name, Help: help, ConstLabels: prometheus.Labels{"pool": which},
		}, func() float64 { return of(stats()) }))
	}
	show("spark_db_connections_max", "Connections that this process may have to the database.", func(s sql.DBStats) float64 { return float64(s.MaxOpenConnections) })
	show("spark_db_connections_in_use", "Connections in use.", func(s sql.DBStats) float64 { return float64(s.InUse) })
	show("spark_db_connections_idle", "Connections that wait to be used.", func(s sql.DBStats) float64 { return float64(s.Idle) })
	count("spark_db_waits_total", "How many times somebody had to wait for a connection.", func(s sql.DBStats) float64 { return float64(s.WaitCount) })
	count("spark_db_wait_seconds_total", "How long they waited, together.", func(s sql.DBStats) float64 { return s.WaitDuration.Seconds() })
}

// Relay shows the work of a process that relays acts: when it last finished a
// sweep, and how many forløb it has nudged that nobody worked on.
func (m *Metrics) Relay(lastSweep func() time.Time, nudged func() int64) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{
		Name: "spark_sweep_last_success_timestamp_seconds", Help: "When this process last finished a sweep; 0 when it has not.",
	}, func() float64 {
		if at := lastSweep(); !at.IsZero() {
			return float64(at.UnixMilli()) / 1000
		}
		return 0
	}))
	m.nudges("sweep", nudged)
}

// Reconciler shows the work of a process that starts the workflows that are missing.
func (m *Metrics) Reconciler(started func() int64) { m.nudges("reconciler", started) }

func (m *Metrics) nudges(by string, count func() int64) {
	m.registry.MustRegister(prometheus.NewCounterFunc(prometheus.CounterOpts{
		Name: "spark_nudges_total", Help: "Forløb that this process woke because nobody worked on them, started anew where they had no workflow.",
		ConstLabels: prometheus.Labels{"by": by},
	}, func() float64 { return float64(count()) }))
}
