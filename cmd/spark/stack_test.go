package main

import (
	"context"
	"log/slog"
	"net/http"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/trace"
)

// running is the whole product in this process, on state and ports of its own,
// and those who use it.
type running struct {
	*stack
	t     *testing.T
	out   *outside
	staff program
	db    *sqlx.DB // as the owner, to look behind the scenes
	log   *capture
}

func newRunning(t *testing.T, change ...func(*stackOptions)) *running {
	t.Helper()
	r := &running{t: t, log: &capture{}}
	dir := filepath.Join(t.TempDir(), ".spark")
	t.Cleanup(func() { require.NoError(t, devstack.Clean(context.Background(), dir)) })
	options := stackOptions{
		StateDir: dir, Listen: "127.0.0.1:0", OpsListen: "127.0.0.1:0", MailListen: "127.0.0.1:0", SMTPListen: "127.0.0.1:0",
		Progress: r.log, Log: slog.New(trace.Logged(slog.NewTextHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug}))),
	}
	for _, c := range change {
		c(&options)
	}
	var err error
	r.stack, err = startStack(within(t, patience), options)
	require.NoError(t, err)
	t.Cleanup(r.Stop)
	r.out = newOutside(r.config.HTTP.BaseURL, r.mail.URL())
	r.out.patience = patience
	r.staff = program{r.out, r.token()}
	r.db, err = sqlx.Open("postgres", r.postgres.URL(devstack.RoleOwner, devstack.Database))
	require.NoError(t, err)
	t.Cleanup(func() { r.db.Close() })
	eventually(t, "the pages answer", func() bool { return r.out.head(t.Context(), "/") == nil })
	return r
}

// token lets a program act as the secretariat.
func (r *running) token() string {
	r.t.Helper()
	db, err := store.Open(r.postgres.URL(devstack.RoleAPI, devstack.Database))
	require.NoError(r.t, err)
	defer db.Close()
	secret, err := db.CreateToken(within(r.t, patience), forloeb.RoleSecretariat, uuid.Nil, "test", time.Hour)
	require.NoError(r.t, err)
	return secret
}

// server waits until Temporal is there, or could not be started.
func (r *running) server() *devstack.Temporal {
	r.t.Helper()
	var server *devstack.Temporal
	eventually(r.t, "Temporal runs", func() bool {
		select {
		case err := <-r.failed:
			require.NoError(r.t, err)
		default:
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		server = r.temporal
		return server != nil
	})
	return server
}

// pair are the two who apply.
type pair struct {
	id, reference string
	leader, rep   person
}

// apply sends an application, and finds its forløb.
func (r *running) apply(name string, fields map[string]string) (p *pair) {
	r.t.Helper()
	p = r.send(name, fields)
	var err error
	p.id, err = r.staff.find(r.t.Context(), p.reference)
	require.NoError(r.t, err)
	return p
}

// send fills in the form as somebody does; fields replace or add to what they
// write.
func (r *running) send(name string, fields map[string]string) *pair {
	r.t.Helper()
	p := &pair{leader: person{"Mette " + name, "mette." + name + "@example.dk"}, rep: person{"Amir " + name, "amir." + name + "@example.dk"}}
	page, err := r.out.open(r.t.Context(), "/ansoegning")
	require.NoError(r.t, err)
	f := page.form("apply-form")
	for field, value := range map[string]string{
		"started_by": "leader", "municipality": "751", "workplace": "Skolen " + name, "sector": string(forloeb.SectorSchool),
		"employees": string(forloeb.Employees20To49), "body": string(forloeb.Trio),
		"leader_name": p.leader.name, "leader_email": p.leader.email, "rep_name": p.rep.name, "rep_role": "amr", "rep_email": p.rep.email,
		"themes": string(forloeb.ThemeCooperation), "situation": "Samarbejdet er svært.", "declared": "true",
	} {
		if other, changed := fields[field]; changed {
			value = other
		}
		f.fill(field, value)
	}
	for _, optional := range []string{"leader_title", "leader_phone", "rep_phone", "change_goal", "tried", "timing"} {
		if value, given := fields[optional]; given {
			f.fill(optional, value)
		}
	}
	receipt, err := f.send(r.t.Context())
	require.NoError(r.t, err)
	p.reference, err = receipt.says("reference")
	require.NoError(r.t, err)
	return p
}

// answer opens somebody's newest link and answers the application.
func (r *running) answer(who person, answer forloeb.Answer, fields map[string]string) {
	r.t.Helper()
	page := r.opens(who, "/samtykke/")
	f := page.form("consent-form").fill("answer", string(answer))
	if answer == forloeb.Yes {
		f.fill("signature", who.name)
	}
	for name, value := range fields {
		f.fill(name, value)
	}
	after, err := f.send(r.t.Context())
	require.NoError(r.t, err)
	_, err = after.says("answer-" + string(answer))
	require.NoError(r.t, err)
}

// opens is somebody who opens the newest link of theirs below a path.
func (r *running) opens(who person, path string) *page {
	r.t.Helper()
	link, err := r.out.latestLink(r.t.Context(), who.email, path)
	require.NoError(r.t, err)
	page, err := r.out.open(r.t.Context(), link)
	require.NoError(r.t, err)
	return page
}

// stands waits until a forløb is settled and its mails have left, and checks
// where it stands.
func (r *running) stands(p *pair, status forloeb.Status) caseView {
	r.t.Helper()
	v, err := r.staff.settled(r.t.Context(), p.id)
	require.NoError(r.t, err)
	if status == forloeb.Planning && slices.Contains(v.Possible, "accept") { // whoever is asked says yes
		r.post("forloeb/"+p.id+"/accept", nil)
		v, err = r.staff.settled(r.t.Context(), p.id)
		require.NoError(r.t, err)
	}
	require.Equal(r.t, string(status), v.Status, v.Waiting.Sentence.Da)
	return v
}

// post does something as the secretariat.
func (r *running) post(path string, body any) {
	r.t.Helper()
	require.NoError(r.t, r.staff.call(r.t.Context(), http.MethodPost, path, body, nil))
}

// requireEachMailOnce checks that nothing came twice.
func (r *running) requireEachMailOnce() {
	r.t.Helper()
	seen := map[string]bool{}
	for _, m := range r.mail.Messages() {
		require.False(r.t, seen[m.MessageID], "twice: %s", m.Subject)
		seen[m.MessageID] = true
	}
}
