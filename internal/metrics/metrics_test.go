package metrics

import (
	"context"
	"database/sql"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func text(m *Metrics) string {
	w := httptest.NewRecorder()
	m.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
	return w.Body.String()
}

// has looks for a line as it is written, or the beginning of one.
func has(t *testing.T, m *Metrics, lines ...string) {
	t.Helper()
	said := "\n" + text(m)
	for _, line := range lines {
		require.Contains(t, said, "\n"+line)
	}
}

// fake answers as the database and Temporal would.
type fake struct {
	vitals  forloeb.Vitals
	polling bool
	err     error
	asked   int
}

func (f *fake) sources() Sources {
	return Sources{
		Vitals:  func(context.Context) (forloeb.Vitals, error) { f.asked++; return f.vitals, f.err },
		Polling: func(context.Context) (bool, error) { return f.polling, f.err },
	}
}

func TestFiguresOfTheProduct(t *testing.T) {
	f := &fake{polling: true, vitals: forloeb.Vitals{
		Forloeb: map[forloeb.StatusOf]int{{Programme: "spark", Status: forloeb.Planning}: 3, {Programme: "gone", Status: "mette@example.dk"}: 2},
		Tasks:   map[forloeb.TaskKind]int{forloeb.TaskKinds[0]: 4, "mette@example.dk": 1}, Mails: map[forloeb.MailState]int{forloeb.MailFailed: 5},
		Held: 6, Overdue: 7, Unsettled: 8, OldestUnsettled: time.Minute, OldestUnrelayed: 2 * time.Second, OldestUnsent: 1500 * time.Millisecond,
	}}
	m := New()
	m.Watch(f.sources())
	has(t, m, `spark_forloeb{programme="spark",status="planning"} 3`, `spark_forloeb{programme="spark",status="completed"} 0`,
		`spark_forloeb{programme="other",status="other"} 2`, `spark_tasks_open{kind="`+string(forloeb.TaskKinds[0])+`"} 4`, `spark_tasks_open{kind="other"} 1`,
		`spark_mails{state="failed"} 5`, `spark_mails{state="uncertain"} 0`, `spark_draft_mails{state="planned"} 0`, `spark_mails_held 6`, `spark_forloeb_overdue 7`,
		`spark_forloeb_unsettled 8`, `spark_forloeb_unsettled_age_seconds 60`, `spark_acts_unrelayed_age_seconds 2`, `spark_mails_unsent_age_seconds 1.5`,
		`spark_vitals_up 1`, `spark_temporal_up 1`, `spark_workers_polling 1`)
	require.NotContains(t, text(m), "mette")
}

func TestFiguresThatCannotBeReadAreLeftOut(t *testing.T) {
	m := New()
	m.Watch((&fake{polling: true, err: errors.New("away")}).sources())
	has(t, m, `spark_vitals_up 0`, `spark_temporal_up 0`, `spark_workers_polling 0`, `go_goroutines`)
	require.NotContains(t, text(m), "spark_acts_unrelayed_age_seconds", "an old figure would look like a new one")
}

func TestManyWhoScrapeCostNoMoreThanOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, f := New(), &fake{}
		m.Watch(f.sources())
		for range 5 {
			text(m)
		}
		require.Equal(t, 1, f.asked)
		time.Sleep(vitalsKept) // by the clock of the bubble: nobody waits
		text(m)
		require.Equal(t, 2, f.asked)
	})
}

func TestADatabaseThatHangsEndsTheReading(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		m, start := New(), time.Now()
		m.Watch(Sources{
			Vitals:  func(ctx context.Context) (forloeb.Vitals, error) { <-ctx.Done(); return forloeb.Vitals{}, ctx.Err() },
			Polling: func(ctx context.Context) (bool, error) { <-ctx.Done(); return false, ctx.Err() },
		})
		has(t, m, `spark_vitals_up 0`)
		require.Equal(t, vitalsTimeout, time.Since(start))
	})
}

func TestWorkIsCounted(t *testing.T) {
	m := New()
	m.Answered("GET", "/svar/:token", 200, 20*time.Millisecond)
	m.Answered("GET", "/svar/:token", 503, time.Second)
	m.Handed(forloeb.Outcome{State: forloeb.MailSent}, time.Second)
	m.Handed(forloeb.Outcome{State: forloeb.MailPlanned, Code: "451"}, time.Second)
	m.Handed(forloeb.Outcome{State: forloeb.MailPlanned, Code: "no_connection"}, time.Second)
	m.Handed(forloeb.Outcome{State: forloeb.MailFailed, Code: "mette@example.dk"}, time.Second)
	m.Pool("api", func() sql.DBStats {
		return sql.DBStats{MaxOpenConnections: 40, InUse: 3, Idle: 2, WaitCount: 1, WaitDuration: time.Second}
	})
	m.Relay(func() time.Time { return time.Unix(100, 0) }, func() int64 { return 9 })
	m.Reconciler(func() int64 { return 2 })
	has(t, m, `spark_http_requests_total{class="2xx",method="GET",route="/svar/:token"} 1`, `spark_http_requests_total{class="5xx",method="GET",route="/svar/:token"} 1`,
		`spark_http_request_duration_seconds_bucket{method="GET",route="/svar/:token",le="0.025"} 1`,
		`spark_smtp_attempts_total{code="none",state="sent"} 1`, `spark_smtp_attempts_total{code="4xx",state="planned"} 1`,
		`spark_smtp_attempts_total{code="no_connection",state="planned"} 1`, `spark_smtp_attempts_total{code="other",state="failed"} 1`,
		`spark_db_connections_max{pool="api"} 40`, `spark_db_connections_in_use{pool="api"} 3`, `spark_db_connections_idle{pool="api"} 2`,
		`spark_db_waits_total{pool="api"} 1`, `spark_db_wait_seconds_total{pool="api"} 1`, `spark_sweep_last_success_timestamp_seconds 100`, `spark_nudges_total{by="sweep"} 9`, `spark_nudges_total{by="reconciler"} 2`)
}

func TestASweepThatNeverWas(t *testing.T) {
	m := New()
	m.Relay(func() time.Time { return time.Time{} }, func() int64 { return 0 })
	has(t, m, "spark_sweep_last_success_timestamp_seconds 0")
}

// What Temporal's SDK is told of a workflow must not come out as a label.
func TestTemporalsTagsAreNames(t *testing.T) {
	m := New()
	h := m.Temporal().WithTags(map[string]string{"operation": "StartWorkflow", "workflow_id": "forloeb-mette", "activity_type": "none"})
	h.Counter("temporal_request").Inc(2)
	h.WithTags(map[string]string{"task_queue": "spark-mail", "cause": "mailbox of mette@example.dk is full"}).Timer("temporal_request_latency").Record(time.Second)
	h.WithTags(map[string]string{"task_queue": "7f3b2c1a-0000-4000-8000-000000000000"}).Gauge("temporal_num_pollers").Update(3)
	m.Temporal().WithTags(nil).Counter("temporal_local_activity_total").Inc(1)
	said := text(m)
	require.NotContains(t, said, "mette")
	require.NotContains(t, said, "7f3b")
	for name, want := range map[string]string{
		"temporal_request_total": `operation="StartWorkflow"`, "temporal_request_latency_seconds_count": `task_queue="spark-mail"`,
		"temporal_num_pollers": `task_queue="other"`, "temporal_local_activity_total": ` 1`,
	} {
		_, line, found := strings.Cut(said, "\n"+name+"{")
		require.True(t, found, name)
		line, _, _ = strings.Cut(line, "\n")
		require.Contains(t, line, want)
	}
}
