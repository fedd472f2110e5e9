package main

import (
	"maps"
	"slices"
	"testing"
	"time"

	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/prometheus/prometheus/storage"
	"github.com/prometheus/prometheus/tsdb/chunkenc"
	"github.com/prometheus/prometheus/tsdb/chunks"
	"github.com/stretchr/testify/require"
)

// planted are series in Prometheus' own notation, with a value a minute.
type planted map[string]string

// healthy is a product that is well: two apis and a worker for two hours.
// The clock begins at 0, so 0+60x120 is a sweep just now.
var healthy = planted{
	`spark_acts_unrelayed_age_seconds{instance="a"}`:                      `0 2 0 299 0x117`,
	`spark_sweep_last_success_timestamp_seconds{instance="a"}`:            `0+60x120`,
	`spark_sweep_last_success_timestamp_seconds{instance="b"}`:            `0x120`, // just started
	`spark_forloeb_unsettled_age_seconds{instance="a"}`:                   `0 60 120 0x118`,
	`spark_workers_polling{instance="a"}`:                                 `1 0 0 0 1x117`, // a deploy
	`spark_temporal_up{instance="a"}`:                                     `0x120`,         // one that cannot reach it
	`spark_temporal_up{instance="b"}`:                                     `1x120`,
	`spark_mails{instance="a",state="uncertain"}`:                         `1x50 0x70`, // seen to within the hour
	`spark_mails{instance="a",state="failed"}`:                            `0x120`,
	`spark_mails{instance="a",state="planned"}`:                           `40x120`,
	`spark_mails_unsent_age_seconds{instance="a"}`:                        `0+30x119`,
	`spark_http_requests_total{instance="a",class="2xx",route="/ansoeg"}`: `0+600x120`,
	`spark_http_requests_total{instance="a",class="5xx",route="/ansoeg"}`: `0+6x120`, // one in a hundred
	`spark_db_connections_in_use{instance="a",pool="api"}`:                `3 40 40 3x118`,
	`spark_db_connections_max{instance="a",pool="api"}`:                   `40x120`,
	`spark_vitals_up{instance="a"}`:                                       `0x120`,
	`spark_vitals_up{instance="b"}`:                                       `1 0 0 0 1x117`,
}

// ill is what is wrong when an alert must fire, and the summary of the others
// is silence.
var ill = map[string]planted{
	"SparkActsNotRelayed":       {`spark_acts_unrelayed_age_seconds{instance="a"}`: `0+60x120`},
	"SparkSweepStopped":         {`spark_sweep_last_success_timestamp_seconds{instance="a"}`: `0+60x60 3600x60`},
	"SparkForloebUnsettled":     {`spark_forloeb_unsettled_age_seconds{instance="a"}`: `0+60x120`},
	"SparkNoWorker":             {`spark_workers_polling{instance="a"}`: `1x60 0x60`},
	"SparkTemporalAway":         {`spark_temporal_up{instance="b"}`: `1x60 0x60`},
	"SparkMailsNeedSomebody":    {`spark_mails{instance="a",state="failed"}`: `0x20 1x100`},
	"SparkMailsNotSent":         {`spark_mails_unsent_age_seconds{instance="a"}`: `0+60x120`},
	"SparkErrors":               {`spark_http_requests_total{instance="a",class="5xx",route="/ansoeg"}`: `0+30x120`},
	"SparkConnectionsExhausted": {`spark_db_connections_in_use{instance="a",pool="api"}`: `3x60 40x60`},
	"SparkFiguresMissing":       {`spark_vitals_up{instance="b"}`: `1x60 0x60`},
}

// silent are alerts that also fire when nobody shows the metric any more.
var silent = map[string]string{"SparkSweepStopped": "spark_sweep_last_success_timestamp_seconds", "SparkFiguresMissing": "spark_vitals_up"}

func TestAlertsFireWhenTheyShould(t *testing.T) {
	require.Empty(t, firing(t, healthy), "a product that is well wakes nobody")
	for _, a := range alerts(t) {
		require.NotEmpty(t, ill[a.Alert], "nothing lets %s fire", a.Alert)
	}
	for name, wrong := range ill {
		series := maps.Clone(healthy)
		maps.Copy(series, wrong)
		require.Equal(t, []string{name}, firing(t, series))
	}
	for name, metric := range silent {
		series := maps.Clone(healthy)
		maps.DeleteFunc(series, func(s, _ string) bool { return parsed(t, s, "0").name == metric })
		require.Equal(t, []string{name}, firing(t, series), "nobody shows %s", metric)
	}
}

// firing are the alerts that fire at any time of the two hours.
func firing(t *testing.T, p planted) (names []string) {
	t.Helper()
	engine := promql.NewEngine(promql.EngineOpts{MaxSamples: 1e6, Timeout: time.Minute, LookbackDelta: 5 * time.Minute})
	t.Cleanup(func() { require.NoError(t, engine.Close()) })
	for _, a := range alerts(t) {
		query, err := engine.NewRangeQuery(t.Context(), p.queryable(t), nil, a.Expr, time.Unix(0, 0), time.Unix(120*60, 0), time.Minute)
		require.NoError(t, err, a.Alert)
		matrix, err := query.Exec(t.Context()).Matrix()
		require.NoError(t, err, a.Alert)
		if slices.ContainsFunc(matrix, func(s promql.Series) bool { return lasts(s, a.holds(t)) }) {
			names = append(names, a.Alert)
		}
		query.Close()
	}
	return names
}

// holds is for how long an alert must be true before it fires.
func (a alert) holds(t *testing.T) time.Duration {
	if a.For == "" {
		return 0
	}
	long, err := time.ParseDuration(a.For)
	require.NoError(t, err, a.Alert)
	return long
}

// lasts tells whether a series has a value every minute for so long.
func lasts(s promql.Series, long time.Duration) bool {
	since := int64(0)
	for i, point := range s.Floats {
		if i == 0 || point.T-s.Floats[i-1].T > time.Minute.Milliseconds() {
			since = point.T
		}
		if point.T-since >= long.Milliseconds() {
			return true
		}
	}
	return false
}

// plantedSeries is one series with its values.
type plantedSeries struct {
	name    string
	labels  labels.Labels
	samples []chunks.Sample
}

func parsed(t *testing.T, series, values string) plantedSeries {
	t.Helper()
	ls, sequence, err := parser.NewParser(parser.Options{}).ParseSeriesDesc(series + " " + values)
	require.NoError(t, err, series)
	s := plantedSeries{name: ls.Get(labels.MetricName), labels: ls}
	for i, v := range sequence {
		s.samples = append(s.samples, value{at: int64(i) * time.Minute.Milliseconds(), of: v.Value})
	}
	return s
}

// queryable gives the series that a selector asks for.
func (p planted) queryable(t *testing.T) storage.Queryable {
	var all []plantedSeries
	for series, values := range p {
		all = append(all, parsed(t, series, values))
	}
	return &storage.MockQueryable{MockQuerier: &storage.MockQuerier{
		SelectMockFunction: func(_ bool, _ *storage.SelectHints, matchers ...*labels.Matcher) storage.SeriesSet {
			found := &series{SeriesSet: storage.EmptySeriesSet()}
			for _, s := range all {
				if !slices.ContainsFunc(matchers, func(m *labels.Matcher) bool { return !m.Matches(s.labels.Get(m.Name)) }) {
					found.rest = append(found.rest, s)
				}
			}
			return found
		},
	}}
}

// series is what a selector found.
type series struct {
	storage.SeriesSet
	rest []plantedSeries
	at   plantedSeries
}

// Next implements storage.SeriesSet.
func (s *series) Next() bool {
	if len(s.rest) == 0 {
		return false
	}
	s.at, s.rest = s.rest[0], s.rest[1:]
	return true
}

// At implements storage.SeriesSet.
func (s *series) At() storage.Series { return storage.NewListSeries(s.at.labels, s.at.samples) }

// value is a number at a time; of the rest of a sample nobody asks.
type value struct {
	chunks.Sample
	at int64
	of float64
}

// T implements chunks.Sample.
func (v value) T() int64 { return v.at }

// F implements chunks.Sample.
func (v value) F() float64 { return v.of }

// ST implements chunks.Sample.
func (value) ST() int64 { return 0 }

// Type implements chunks.Sample.
func (value) Type() chunkenc.ValueType { return chunkenc.ValFloat }
