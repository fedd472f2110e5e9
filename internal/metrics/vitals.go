package metrics

import (
	"context"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"example.dk/spark/internal/forloeb"
)

const (
	// vitalsTimeout is how long the database and Temporal may take; less than
	// Prometheus waits.
	vitalsTimeout = 4 * time.Second
	// vitalsKept is how long what was read is shown again: several who scrape
	// cost the database no more than one.
	vitalsKept = 5 * time.Second
)

// Sources are asked when somebody scrapes.
type Sources struct {
	// Vitals reads the figures of all forløb.
	Vitals func(context.Context) (forloeb.Vitals, error)
	// Polling reports whether any worker asks Temporal for work; an error means
	// that Temporal does not answer.
	Polling func(context.Context) (bool, error)
}

// MailStates are those a mail can have, and the outcomes of an attempt.
var MailStates = []forloeb.MailState{
	forloeb.MailPlanned, forloeb.MailSending, forloeb.MailSent, forloeb.MailUncertain, forloeb.MailFailed, forloeb.MailCancelled,
}

// unsent are the states that are shown: how many mails have been sent only grows.
var unsent = []forloeb.MailState{forloeb.MailPlanned, forloeb.MailSending, forloeb.MailUncertain, forloeb.MailFailed}

// Watch shows the figures of the product as a whole. Every process that does
// shows the same ones: take their maximum, not their sum.
func (m *Metrics) Watch(s Sources) { m.registry.MustRegister(&vitals{sources: s, now: time.Now}) }

// vitals collects what is read when somebody scrapes.
type vitals struct {
	sources Sources
	now     func() time.Time

	mutex sync.Mutex // whoever scrapes meanwhile waits for the same answer
	read  time.Time
	kept  []prometheus.Metric
}

func describe(name, help string, labels ...string) *prometheus.Desc {
	return prometheus.NewDesc(name, help, labels, nil)
}

var (
	vitalsUp        = describe("spark_vitals_up", "1 when the figures of all forløb could be read from the database; without it they are left out.")
	forloebCount    = describe("spark_forloeb", "Forløb in each status of each programme.", "programme", "status")
	overdueCount    = describe("spark_forloeb_overdue", "Open forløb whose day is over.")
	unsettledCount  = describe("spark_forloeb_unsettled", "Forløb that should have moved on a minute ago.")
	unsettledAge    = describe("spark_forloeb_unsettled_age_seconds", "How late the latest of them is; 0 without one.")
	unrelayedAge    = describe("spark_acts_unrelayed_age_seconds", "Age of the oldest act that Temporal has not been told of; 0 without one.")
	taskCount       = describe("spark_tasks_open", "Tasks that wait for a person, also those put off, by kind.", "kind")
	mailCount       = describe("spark_mails", "Mails that have not been sent, by state; held ones are apart.", "state")
	draftMailCount  = describe("spark_draft_mails", "Mails about drafts of applications that have not been sent, by state.", "state")
	heldCount       = describe("spark_mails_held", "Mails that wait for the secretariat to release them.")
	unsentAge       = describe("spark_mails_unsent_age_seconds", "How late the oldest mail is that is not held; 0 without one.")
	temporalUp      = describe("spark_temporal_up", "1 when Temporal answers this process.")
	workersPolling  = describe("spark_workers_polling", "1 when any worker asks Temporal for work.")
	vitalsDescribed = []*prometheus.Desc{
		vitalsUp, forloebCount, overdueCount, unsettledCount, unsettledAge, unrelayedAge, taskCount, mailCount, draftMailCount, heldCount, unsentAge,
		temporalUp, workersPolling,
	}
)

// Describe implements prometheus.Collector.
func (v *vitals) Describe(to chan<- *prometheus.Desc) {
	for _, d := range vitalsDescribed {
		to <- d
	}
}

// Collect implements prometheus.Collector.
func (v *vitals) Collect(to chan<- prometheus.Metric) {
	v.mutex.Lock()
	defer v.mutex.Unlock()
	if v.kept == nil || v.now().Sub(v.read) >= vitalsKept {
		v.kept, v.read = v.sources.collect(), v.now()
	}
	for _, metric := range v.kept {
		to <- metric
	}
}

// collect asks both at once: either may be away.
func (s Sources) collect() []prometheus.Metric {
	ctx, cancel := context.WithTimeout(context.Background(), vitalsTimeout)
	defer cancel()
	process := make(chan []prometheus.Metric, 1)
	go func() { process <- s.ofProcess(ctx) }()
	return append(s.ofDatabase(ctx), <-process...)
}

func (s Sources) ofProcess(ctx context.Context) []prometheus.Metric {
	polling, err := s.Polling(ctx)
	return []prometheus.Metric{gauge(temporalUp, truth(err == nil)), gauge(workersPolling, truth(err == nil && polling))}
}

func (s Sources) ofDatabase(ctx context.Context) []prometheus.Metric {
	v, err := s.Vitals(ctx)
	if err != nil {
		return []prometheus.Metric{gauge(vitalsUp, 0)}
	}
	all := []prometheus.Metric{
		gauge(vitalsUp, 1), gauge(overdueCount, float64(v.Overdue)), gauge(heldCount, float64(v.Held)),
		gauge(unsettledCount, float64(v.Unsettled)), gauge(unsettledAge, v.OldestUnsettled.Seconds()),
		gauge(unrelayedAge, v.OldestUnrelayed.Seconds()), gauge(unsentAge, v.OldestUnsent.Seconds()),
	}
	all = append(all, counts(taskCount, forloeb.TaskKinds, v.Tasks)...)
	all = append(all, counts(mailCount, unsent, v.Mails)...)
	all = append(all, counts(draftMailCount, unsent, v.Drafts)...)
	return append(all, inStatuses(v.Forloeb)...)
}

// counts shows each that is known, also those of which there are none, so that
// a panel and an alert have something to look at; the rest is one number.
func counts[T ~string](d *prometheus.Desc, known []T, of map[T]int) (all []prometheus.Metric) {
	rest := 0
	for _, n := range of {
		rest += n
	}
	for _, code := range known {
		all = append(all, gauge(d, float64(of[code]), string(code)))
		rest -= of[code]
	}
	if rest > 0 {
		all = append(all, gauge(d, float64(rest), other))
	}
	return all
}

func inStatuses(of map[forloeb.StatusOf]int) (all []prometheus.Metric) {
	shown := map[[2]string]int{}
	for _, p := range forloeb.Programmes {
		for _, status := range forloeb.Statuses {
			shown[[2]string{string(p.Code), string(status)}] = 0
		}
	}
	for at, n := range of {
		shown[[2]string{programme(at.Programme), oneOf(at.Status, forloeb.Statuses)}] += n
	}
	for labels, n := range shown {
		all = append(all, gauge(forloebCount, float64(n), labels[:]...))
	}
	return all
}

func programme(code forloeb.ProgrammeCode) string {
	for _, p := range forloeb.Programmes {
		if p.Code == code {
			return string(code)
		}
	}
	return other
}

func gauge(d *prometheus.Desc, value float64, labels ...string) prometheus.Metric {
	return prometheus.MustNewConstMetric(d, prometheus.GaugeValue, value, labels...)
}

func truth(is bool) float64 {
	if is {
		return 1
	}
	return 0
}
