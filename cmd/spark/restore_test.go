package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// The procedure of docs/operations.md, as it is written there: the database
// goes back to a moment, and what people did since is lost. Forløb go on, and
// no mail comes twice or not at all.
func TestRestoreFromABackup(t *testing.T) {
	t.Parallel()
	binary, err := product()
	require.NoError(t, err)
	d := newDrill(t, binary)

	answered, reminded := d.Apply(), d.Apply()
	d.Policy(reminded, func(p *forloeb.Policy) {
		p.Day, p.ConsentReminders, p.ConsentDays = 10*time.Second, []int{3}, 100
	})
	d.pass(answered, reminded)
	d.cluster.shell("base", "BACKUP="+d.backup, "ADMIN_URL="+d.cluster.url("postgres", "postgres"))
	later := d.Apply()
	d.pass(later)
	d.worker.stop(t)
	soon, never := d.owed(), d.owed()
	var until string
	d.Get(&until, `select clock_timestamp()::text`)

	d.startWorker(binary)
	d.pass(soon)
	d.Agree(answered)
	lost := d.Apply()
	d.pass(answered, lost)
	eventually(t, "the reminders have left", func() bool { return d.reminders(reminded, "sent") == 2 })
	d.worker.stop(t)
	left := d.copiesByID()

	d.restore(until)
	require.Equal(t, forloeb.AwaitingConsent, d.Read(answered).Status, "they agreed after that moment")
	require.Zero(t, d.Count(`select count(*) from forloeb where id = $1`, lost))
	d.Exec(`update acts set written_at = written_at - interval '1 hour', relayed_at = written_at`) // the doctor leaves what is young to the api's sweep
	d.spark("begin")
	d.namespace = "restored-" + uuid.NewString()
	d.prepareNamespace()
	d.startWorker(binary)
	d.spark("doctor")
	eventually(t, "the reminders are owed again", func() bool { return d.reminders(reminded, "planned") == 2 })
	require.Equal(t, left, d.copiesByID())

	shown := d.spark("sent")
	for _, m := range d.ofNobody() {
		require.Contains(t, shown, m)
	}
	d.Agree(answered) // again
	d.nudge(answered)
	d.spark("end")
	for _, id := range []uuid.UUID{answered, reminded, later, soon, never} {
		d.calm(id)
	}
	d.worker.stop(t)
	d.requireOnce(left)
	require.Equal(t, 2, d.Count(`select count(*) from mails where forloeb_id = $1 and kind = 'consent_request' and code = 'left_before_restore'`, soon))
	require.Equal(t, 2, d.Count(`select count(*) from mails where forloeb_id = $1 and kind = 'consent_reminder' and code = 'left_before_restore'`, reminded))
	require.Equal(t, 2, d.Count(`select count(*) from mails where forloeb_id = $1 and kind = 'consent_request' and code <> 'left_before_restore'`, never))
	require.NotEqual(t, forloeb.AwaitingConsent, d.Read(answered).Status)
}

// drill is an installation with backups.
type drill struct {
	*system
	cluster *cluster
	binary  string
	backup  string
}

func newDrill(t *testing.T, binary string) *drill {
	t.Helper()
	c := newCluster(t)
	d := &drill{cluster: c, binary: binary, backup: filepath.Join(c.dir, "backup")}
	c.shell("archive", "BACKUP="+d.backup)
	c.start()
	c.writable()
	c.prepare(binary)
	d.system = newSystemOn(t, storetest.On(t, c.url("spark_owner", "spark")), newMailcatcher(t))
	d.startWorker(binary)
	return d
}

// pass lets what happened be acted on.
func (d *drill) pass(ids ...uuid.UUID) {
	d.t.Helper()
	for _, id := range ids {
		d.nudge(id)
	}
	for _, id := range ids {
		d.calm(id)
	}
}

// owed is a forløb whose requests are written, and which no worker has sent.
func (d *drill) owed() uuid.UUID {
	d.t.Helper()
	id := d.Apply()
	require.NoError(d.t, d.Step(d.t.Context(), id))
	return id
}

func (d *drill) reminders(id uuid.UUID, state string) int {
	d.t.Helper()
	return d.Count(`select count(*) from mails where forloeb_id = $1 and kind = 'consent_reminder' and state = $2`, id, state)
}

// restore goes back to a moment.
func (d *drill) restore(until string) {
	d.t.Helper()
	d.cluster.stop()
	bases, err := filepath.Glob(filepath.Join(d.backup, "base", "*"))
	require.NoError(d.t, err)
	require.Len(d.t, bases, 1)
	d.cluster.shell("restore", "BACKUP="+d.backup, "BASE="+bases[0], "UNTIL="+until)
	d.cluster.start()
	d.cluster.writable()
}

// spark runs a block of the procedure with a worker's settings; the doctor
// again until the worker is there.
func (d *drill) spark(block string) (said string) {
	d.t.Helper()
	log := filepath.Join(d.t.TempDir(), "mail.log")
	require.NoError(d.t, os.WriteFile(log, []byte(d.mailLog()), 0o600))
	eventually(d.t, block, func() bool {
		cmd := exec.Command("bash", "-euo", "pipefail", "-c", drillBlock(d.t, block))
		cmd.Env = append(append(os.Environ(), d.env(store.RoleWorker)...), "PATH="+filepath.Dir(d.binary)+":"+os.Getenv("PATH"), "MAIL_LOG="+log)
		out, err := cmd.CombinedOutput()
		said = string(out)
		if block != "doctor" {
			require.NoError(d.t, err, said)
		}
		d.t.Log(said)
		return err == nil
	})
	return said
}

// mailLog is what a mail server notes of everything it has taken.
func (d *drill) mailLog() string {
	var log strings.Builder
	fmt.Fprintln(&log, "Mar  1 09:00:00 mail postfix/cleanup[71]: 4A1: message-id=<20270301.0123@another.example.dk>")
	for id := range d.copiesByID() {
		fmt.Fprintf(&log, "Mar  1 09:00:00 mail postfix/cleanup[71]: 4A2: message-id=%s\n", id)
	}
	return log.String()
}

// copiesByID counts what has arrived.
func (s *system) copiesByID() map[string]int {
	copies := map[string]int{}
	for _, m := range s.mail.Messages() {
		copies[m.MessageID]++
	}
	return copies
}

// ofNobody are the Message-IDs of what has arrived about something that is
// not in the database any more.
func (d *drill) ofNobody() (ids []string) {
	d.t.Helper()
	for message := range d.copiesByID() {
		local, _, _ := strings.Cut(strings.Trim(message, "<>"), "@")
		if d.Count(`select count(*) from mails where message_id = $1`, local) == 0 {
			ids = append(ids, message)
		}
	}
	require.NotEmpty(d.t, ids)
	return ids
}

// requireOnce: no message came twice, what left before the restore included,
// and every mail that is noted as sent came.
func (d *drill) requireOnce(left map[string]int) {
	d.t.Helper()
	copies := d.copiesByID()
	for id, n := range copies {
		require.Equal(d.t, 1, n, id)
	}
	require.Greater(d.t, len(copies), len(left))
	var sent []string
	require.NoError(d.t, d.DB.Select(&sent, `select message_id from mails where state = 'sent'`))
	for _, id := range sent {
		require.Contains(d.t, copies, id+"@example.dk")
	}
}
