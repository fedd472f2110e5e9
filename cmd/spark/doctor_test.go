package main

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/url"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/doctor"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/metrics"
	"example.dk/spark/internal/smtpfault"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
	"example.dk/spark/workflows"
)

// ward is an installation without an api, whose sweep would heal what is
// planted: a database, a namespace, a mail server and a worker.
type ward struct {
	*storetest.Env
	t         *testing.T
	mail      *smtpfault.Server
	namespace string
	temporal  client.Client
	process   *workflows.Process
	open      uuid.UUID // a forløb that waits for both to confirm
}

func newWard(t *testing.T) *ward {
	w := &ward{Env: storetest.New(t), t: t, namespace: "doctor-" + uuid.NewString()}
	var err error
	w.mail, err = smtpfault.Start(smtpfault.Options{})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, w.mail.Stop()) })
	w.set("SPARK_DATABASE_URL", w.URL(store.RoleWorker))
	w.set("SPARK_BASE_URL", "http://127.0.0.1:8080")
	w.set("SPARK_SMTP_URL", "smtp://"+w.mail.Address()+"?tls=none")
	w.set("SPARK_MAIL_FROM", "SPARK <spark@example.dk>")
	w.set("SPARK_MAIL_REPLY_TO", "spark@example.dk")
	w.set("SPARK_LINK_KEYS", link.NewKey("first"))
	w.set("SPARK_CONTACT_PHONE", "00 00 00 00")
	w.set("SPARK_CONTACT_HOURS", "hverdage kl. 9.00–15.00")
	w.set("SPARK_CONTACT_MAIL", "sekretariat@example.dk")
	w.set("TEMPORAL_ADDRESS", os.Getenv(devstack.TestTemporalAddress))
	w.set("TEMPORAL_NAMESPACE", w.namespace)
	w.temporal, err = client.NewLazyClient(client.Options{HostPort: os.Getenv(devstack.TestTemporalAddress), Namespace: w.namespace})
	require.NoError(t, err)
	t.Cleanup(w.temporal.Close)
	w.process = w.register(w.namespace, 30*24*time.Hour)
	require.EventuallyWithT(t, func(c *assert.CollectT) { require.NoError(c, w.process.EnsureSearchAttributes(t.Context())) }, patience, 50*time.Millisecond)
	w.work()
	w.open = w.Apply()
	w.start(w.open)
	return w
}

func (w *ward) set(name, value string) { w.t.Setenv(name, value) }

// register makes a namespace without anything in it.
func (w *ward) register(name string, keeps time.Duration) *workflows.Process {
	w.t.Helper()
	_, err := w.temporal.WorkflowService().RegisterNamespace(w.t.Context(), &workflowservice.RegisterNamespaceRequest{
		Namespace: name, WorkflowExecutionRetentionPeriod: durationpb.New(keeps),
	})
	require.NoError(w.t, err)
	process, err := workflows.Connect(client.Options{HostPort: os.Getenv(devstack.TestTemporalAddress), Namespace: name}, slog.New(slog.DiscardHandler))
	require.NoError(w.t, err)
	w.t.Cleanup(process.Close)
	return process
}

func (w *ward) work() {
	s, err := loadSettings("worker")
	require.NoError(w.t, err)
	worker, err := newWorker(workerParts{
		Database: s.Database.URL.Reveal(), Temporal: s.temporal, Links: s.links, Config: s.Config, Log: slog.New(slog.DiscardHandler), Development: true,
		Metrics: metrics.New(),
	})
	require.NoError(w.t, err)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- worker.Run(ctx) }()
	w.t.Cleanup(func() { stop(); <-ended; worker.Close() })
}

// start relays what happened and waits until all that follows has been done.
func (w *ward) start(id uuid.UUID) {
	w.t.Helper()
	acts, err := w.API.Unrelayed(w.t.Context(), 0, 10)
	require.NoError(w.t, err)
	for _, act := range acts {
		require.NoError(w.t, w.process.Relay(w.t.Context(), act))
	}
	require.NoError(w.t, w.API.MarkRelayed(w.t.Context(), acts))
	eventually(w.t, "it is settled", func() bool {
		return w.Count(`select count(*) from forloeb where id = $1 and seen_version = version`, id) == 1 &&
			w.Count(`select count(*) from mails where forloeb_id = $1 and state <> 'sent'`, id) == 0
	})
	w.Exec(`update acts set written_at = written_at - interval '1 hour'`) // nothing is young any more
}

// examine is what the doctor finds that is not well, by name.
func (w *ward) examine(d doctorCommand, ahead time.Duration) map[string]doctor.Finding {
	d.As = "worker"
	ill := map[string]doctor.Finding{}
	report := d.examine(w.t.Context(), func() time.Time { return time.Now().Add(ahead) })
	for _, f := range report.Findings {
		require.NotEmpty(w.t, f.Says)
		if f.Level != doctor.OK {
			ill[f.Name] = f
		}
	}
	return ill
}

func (w *ward) terminate(id uuid.UUID) {
	w.t.Helper()
	require.NoError(w.t, w.temporal.TerminateWorkflow(w.t.Context(), workflows.WorkflowID(id), "", "planted"))
}

// fault is one thing wrong with an installation.
type fault struct {
	finds  string
	remedy string // words of it
	plant  func(w *ward) (heal func())
	ahead  time.Duration // this machine's clock
	others []string      // what else must be found with it
	fixed  bool          // --fix heals it
}

func setting(name, value string) func(w *ward) func() {
	return func(w *ward) func() {
		before := os.Getenv(name)
		w.set(name, value)
		return func() { w.set(name, before) }
	}
}

// database plants with one statement and heals with another; both have the
// open forløb as $1.
func database(plant, heal string) func(w *ward) func() {
	return func(w *ward) func() {
		w.Exec(plant, w.open)
		return func() { w.Exec(heal, w.open) }
	}
}

func smtp(f smtpfault.Fault) func(w *ward) func() {
	return func(w *ward) func() {
		require.NoError(w.t, w.mail.Force(f))
		return func() { require.NoError(w.t, w.mail.Force(smtpfault.None)) }
	}
}

func server(change func(u *url.URL)) func(w *ward) func() {
	return func(w *ward) func() {
		u := &url.URL{Scheme: "smtp", Host: w.mail.Address(), RawQuery: "tls=none"}
		change(u)
		return setting("SPARK_SMTP_URL", u.String())(w)
	}
}

func otherNamespace(keeps time.Duration, attributes bool) func(w *ward) func() {
	return func(w *ward) func() {
		name := "doctor-" + uuid.NewString()
		process := w.register(name, keeps)
		require.EventuallyWithT(w.t, func(c *assert.CollectT) {
			_, err := process.Running(w.t.Context())
			require.NoError(c, err)
			if attributes {
				require.NoError(c, process.EnsureSearchAttributes(w.t.Context()))
			}
		}, patience, 50*time.Millisecond)
		return setting("TEMPORAL_NAMESPACE", name)(w)
	}
}

// faults are planted one at a time.
var faults = map[string]fault{
	"a setting that cannot be read": {finds: doctor.Settings, remedy: "SPARK_MAIL_FROM", plant: setting("SPARK_MAIL_FROM", "nobody")},
	"a link key that is too short":  {finds: doctor.LinkKeys, remedy: "SPARK_LINK_KEYS", plant: setting("SPARK_LINK_KEYS", "first:c2hvcnQ=")},
	"PostgreSQL away": {finds: doctor.DatabaseReached, remedy: "start PostgreSQL",
		plant: setting("SPARK_DATABASE_URL", "postgres://spark_worker@127.0.0.1:1/spark?sslmode=disable")},
	"a schema that is behind": {finds: doctor.DatabaseSchema, remedy: "spark migrate",
		plant: func(w *ward) func() {
			at := w.Count(`select max(version_id) from goose_db_version`)
			w.Exec(`update goose_db_version set version_id = -version_id where version_id = $1`, at)
			return func() {
				w.Exec(`update goose_db_version set version_id = -version_id where version_id = -$1::bigint`, at)
			}
		}},
	"the owner's role": {finds: doctor.DatabaseRole, remedy: "spark_worker", plant: func(w *ward) func() {
		return setting("SPARK_DATABASE_URL", w.OwnerURL())(w)
	}},
	"a grant that a restore lost": {finds: doctor.DatabaseRights, remedy: "grants", plant: func(w *ward) func() {
		w.Exec(`revoke select on forloeb from spark_api`)
		return func() { w.Exec(`grant select on forloeb to spark_api`) }
	}},
	"Temporal away":     {finds: doctor.TemporalReached, remedy: "start Temporal", plant: setting("TEMPORAL_ADDRESS", "127.0.0.1:1")},
	"no such namespace": {finds: doctor.Namespace, remedy: "create it", plant: setting("TEMPORAL_NAMESPACE", "nowhere")},
	"a short retention": {finds: doctor.Retention, remedy: "30d", plant: otherNamespace(24*time.Hour, true), others: []string{doctor.Workers, doctor.WorkflowMissing}},
	"no worker":         {finds: doctor.Workers, remedy: "start spark worker", plant: otherNamespace(30*24*time.Hour, true), others: []string{doctor.WorkflowMissing}},
	"workers that wait for their release": {finds: doctor.Releases, remedy: "spark release current", others: []string{doctor.WorkflowMissing},
		plant: func(w *ward) func() {
			heal := otherNamespace(30*24*time.Hour, true)(w)
			w.set("SPARK_RELEASE", "next")
			w.work()
			w.set("SPARK_RELEASE", "")
			return heal
		}},
	"a clock that is off": {finds: doctor.ClockDatabase, remedy: "NTP", ahead: 2 * time.Minute, plant: func(*ward) func() { return func() {} },
		others: []string{doctor.ClockTemporal}},
	"no search attributes": {finds: doctor.SearchAttributes, remedy: "--fix", plant: otherNamespace(30*24*time.Hour, false),
		others: []string{doctor.Workers, doctor.WorkflowMissing}, fixed: true},
	"no mail server":         {finds: doctor.SMTPReached, remedy: "start the mail server", plant: smtp(smtpfault.Refused)},
	"a mail server too busy": {finds: doctor.SMTPReached, remedy: "start the mail server", plant: smtp(smtpfault.Banner421)},
	"a mail server not TLS":  {finds: doctor.SMTPTLS, remedy: "certificate", plant: server(func(u *url.URL) { u.RawQuery = "" })},
	"a login not offered":    {finds: doctor.SMTPAuth, remedy: "user and password", plant: server(func(u *url.URL) { u.User = url.UserPassword("spark", "secret") })},
	"a sender not taken":     {finds: doctor.SMTPSender, remedy: "SPARK_MAIL_FROM", plant: smtp(smtpfault.Mail550)},
	"a sender nobody can be": {finds: doctor.MailFrom, remedy: "own domain", plant: setting("SPARK_MAIL_FROM", "spark@spark.test")},
	"an act nobody relayed": {finds: doctor.ActsUnrelayed, remedy: "spark api",
		plant: database(`update acts set relayed_at = null where forloeb_id = $1`, `update acts set relayed_at = now() where forloeb_id = $1`)},
	"a mail that is stuck": {finds: doctor.MailsStuck, remedy: "SMTP",
		plant: database(`update mails set state = 'planned', real_at = now() - interval '2 hours' where forloeb_id = $1`, `update mails set state = 'sent' where forloeb_id = $1`)},
	"a mail nobody knows of": {finds: doctor.MailsUncertain, remedy: "/sekretariat/",
		plant: database(`update mails set state = 'uncertain' where forloeb_id = $1`, `update mails set state = 'sent' where forloeb_id = $1`)},
	"mails that wait after a restore": {finds: doctor.MailsWait, remedy: "spark restored show",
		plant: database(`insert into restorations (began_at) select now() from forloeb where id = $1`, `update restorations set ended_at = now() where $1::uuid is not null`)},
	"facts not seen": {finds: doctor.ForloebUnseen, remedy: "nudges",
		plant: database(`update forloeb set seen_version = version - 1 where id = $1`, `update forloeb set seen_version = version where id = $1`), fixed: true},
	"names kept too long": {finds: doctor.ForloebUnerased, remedy: "spark worker", plant: func(w *ward) func() {
		var closed uuid.UUID
		w.Get(&closed, `insert into forloeb (id, reference, programme, type, policy, created_at) select gen_random_uuid(), '20-0001', programme, type, policy, now() from forloeb limit 1 returning id`)
		w.Exec(`alter table forloeb disable trigger user`)
		w.Exec(`update forloeb set status = 'stopped', status_since = now() - interval '7 months', seen_version = version where id = $1`, closed)
		w.Exec(`alter table forloeb enable trigger user`)
		return func() { w.Exec(`delete from forloeb where id = $1`, closed) }
	}},
	"a workflow that is gone": {finds: doctor.WorkflowMissing, remedy: "--fix", fixed: true,
		plant: func(w *ward) func() {
			w.terminate(w.open)
			return func() {
				require.NoError(w.t, w.process.Relay(w.t.Context(), forloeb.Act{ForloebID: w.open, Name: forloeb.FactsChanged}))
			}
		}},
	"a workflow of a closed one": {finds: doctor.WorkflowOfClosed, remedy: "--fix", plant: func(w *ward) func() {
		stands := func(status forloeb.Status) {
			w.Exec(`alter table forloeb disable trigger user`) // they know that no event says so
			w.Exec(`update forloeb set status = $2, status_since = now() - interval '1 hour' where id = $1`, w.open, status)
			w.Exec(`alter table forloeb enable trigger user`)
		}
		stands(forloeb.Stopped)
		return func() { stands(forloeb.AwaitingConsent) }
	}},
	"a workflow of none": {finds: doctor.WorkflowUnknown, remedy: "backup", plant: func(w *ward) func() {
		id := uuid.New()
		require.NoError(w.t, w.process.Relay(w.t.Context(), forloeb.Act{ForloebID: id, Name: forloeb.FactsChanged}))
		return func() { w.terminate(id) }
	}},
}

// The doctor finds each fault by name, says what to do about it, and finds
// nothing else; healed, it finds nothing.
func TestTheDoctorFindsWhatIsPlanted(t *testing.T) {
	w := newWard(t)
	w.becomes("healthy", doctorCommand{}, 0, func(ill map[string]doctor.Finding) bool { return len(ill) == 0 })
	for name, f := range faults {
		t.Run(name, func(t *testing.T) {
			mails := len(w.mail.Attempts())
			heal := f.plant(w)
			ill := w.becomes(f.finds, doctorCommand{}, f.ahead, func(ill map[string]doctor.Finding) bool { _, found := ill[f.finds]; return found })
			require.Contains(t, ill[f.finds].Remedy, f.remedy)
			for found := range ill {
				require.Contains(t, append(f.others, f.finds), found, "%+v", ill[found])
			}
			for _, other := range f.others {
				require.Contains(t, ill, other)
			}
			if f.fixed {
				require.True(t, w.examine(doctorCommand{Fix: true}, 0)[f.finds].Mended)
				w.becomes("mended", doctorCommand{}, 0, func(ill map[string]doctor.Finding) bool { _, found := ill[f.finds]; return !found })
			}
			heal()
			w.becomes("healed", doctorCommand{}, 0, func(ill map[string]doctor.Finding) bool { return len(ill) == 0 })
			for _, attempt := range w.mail.AttemptsFrom(mails) {
				require.False(t, attempt.Accepted, "the doctor sent a mail")
			}
		})
	}
}

// becomes examines until it is as wanted: Temporal's list is behind.
func (w *ward) becomes(what string, d doctorCommand, ahead time.Duration, wanted func(map[string]doctor.Finding) bool) (ill map[string]doctor.Finding) {
	w.t.Helper()
	for end := time.Now().Add(patience); time.Now().Before(end); {
		if ill = w.examine(d, ahead); wanted(ill) {
			return ill
		}
	}
	require.Fail(w.t, "not "+what, "%+v", ill)
	return nil
}

// The doctor's exit code and its JSON are for programs.
func TestTheDoctorTellsPrograms(t *testing.T) {
	t.Setenv("SPARK_DATABASE_URL", "postgres://spark_worker@127.0.0.1:1/spark?sslmode=disable")
	t.Setenv("TEMPORAL_ADDRESS", "127.0.0.1:1")
	d := doctorCommand{As: "worker", JSON: true}
	report := d.examine(t.Context(), time.Now)
	require.True(t, report.Failed())
	var out bytes.Buffer
	require.NoError(t, d.tell(&out, report))
	var read doctor.Report
	require.NoError(t, json.Unmarshal(out.Bytes(), &read))
	require.Len(t, read.Findings, len(report.Findings))
	for _, f := range read.Findings {
		require.True(t, f.Level == doctor.OK || f.Remedy != "", "%+v", f)
	}
	require.Equal(t, 1, run(t.Context(), []string{"doctor", "--json"}))
}

// Temporal was restored from before some forløb began: they are settled, their
// next date is far away, and no workflow runs. One pass starts them; two
// passes at once are one.
func TestTheReconcilerStartsWhatIsMissing(t *testing.T) {
	w := newWard(t)
	r := &doctor.Reconciler{Rows: w.Worker, Runs: w.process, Log: slog.New(slog.DiscardHandler)}
	w.terminate(w.open)
	gone := func() bool {
		d, err := doctor.FindDrift(t.Context(), w.Worker, w.process)
		require.NoError(t, err)
		return len(d.Missing) == 1
	}
	eventually(t, "it is seen to be gone", gone)
	did, err := w.API.Alone(t.Context(), func(ctx context.Context) error { return r.Reconcile(ctx) })
	require.NoError(t, err)
	require.True(t, did)
	require.True(t, gone(), "another process was reconciling")
	require.Zero(t, r.Started())
	require.NoError(t, r.Reconcile(t.Context()))
	require.EqualValues(t, 1, r.Started())
	runs, err := w.process.Runs(t.Context(), w.open)
	require.NoError(t, err)
	require.True(t, runs)
	require.False(t, gone(), "the list is behind, and Temporal itself is asked")
	require.Equal(t, 2, w.Count(`select count(*) from mails where forloeb_id = $1`, w.open), "nothing is sent again")
}

// countedRuns counts the questions.
type countedRuns struct {
	real       doctor.Runs
	list, each int
	listed     []uuid.UUID
}

func (c *countedRuns) Running(context.Context) ([]uuid.UUID, error) { c.list++; return c.listed, nil }

func (c *countedRuns) Runs(ctx context.Context, id uuid.UUID) (bool, error) {
	c.each++
	return c.real.Runs(ctx, id)
}

func (c *countedRuns) Relay(ctx context.Context, act forloeb.Act) error {
	return c.real.Relay(ctx, act)
}

// Of many open forløb that all run, Temporal is asked about none by itself.
func TestDriftAsksOnlyAboutSuspects(t *testing.T) {
	e := storetest.New(t)
	const open = 300
	ids := e.Many(open)
	e.Exec(`update acts set written_at = written_at - interval '1 hour'`)
	runs := &countedRuns{listed: ids}
	began := time.Now()
	d, err := doctor.FindDrift(t.Context(), e.Worker, runs)
	require.NoError(t, err)
	t.Logf("%s open forløb took %s", strconv.Itoa(open), time.Since(began).Round(time.Millisecond))
	require.Empty(t, append(append(d.Missing, d.Closed...), d.Unknown...))
	require.Equal(t, 1, runs.list)
	require.Zero(t, runs.each)
}
