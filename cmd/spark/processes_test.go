package main

import (
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/types/known/durationpb"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
	"example.dk/spark/workflows"
)

// system is what production is made of, apart from the processes of the
// product: a database, a corner of Temporal and a mail server, each its own.
type system struct {
	*storetest.Env
	t         *testing.T
	mail      *devstack.Mailcatcher
	smtp      string // where the product sends its mail: the mail catcher, unless a test says otherwise
	namespace string
	process   *workflows.Process
	keys      string
	links     *link.Keyring
	baseURL   string
	worker    *child
}

func newSystem(t *testing.T, mail *devstack.Mailcatcher) *system {
	t.Helper()
	return newSystemOn(t, storetest.New(t), mail)
}

// newSystemOn is newSystem on a database that the test has made.
func newSystemOn(t *testing.T, env *storetest.Env, mail *devstack.Mailcatcher) *system {
	t.Helper()
	s := &system{Env: env, t: t, mail: mail, smtp: mail.SMTPAddress(), namespace: "proof-" + uuid.NewString(), baseURL: "http://127.0.0.1:1"}
	secret := make([]byte, 32)
	rand.Read(secret)
	s.keys = "test:" + base64.StdEncoding.EncodeToString(secret)
	var err error
	s.links, err = link.ParseKeyring(s.keys)
	require.NoError(t, err)
	s.prepareNamespace()
	return s
}

func newMailcatcher(t *testing.T) *devstack.Mailcatcher {
	t.Helper()
	m, err := devstack.StartMailcatcher(devstack.MailcatcherOptions{Keep: 50_000})
	require.NoError(t, err)
	t.Cleanup(m.Stop)
	return m
}

// temporalAddress is the server that all tests share.
func temporalAddress(t *testing.T) string {
	t.Helper()
	address := os.Getenv(devstack.TestTemporalAddress)
	require.NotEmpty(t, address, "no Temporal server: run make test")
	return address
}

// prepareNamespace makes the corner of Temporal, and waits until every part of
// the server knows it.
func (s *system) prepareNamespace() {
	s.t.Helper()
	options := client.Options{HostPort: temporalAddress(s.t), Namespace: s.namespace}
	c, err := client.NewLazyClient(options)
	require.NoError(s.t, err)
	defer c.Close()
	_, err = c.WorkflowService().RegisterNamespace(within(s.t, patience), &workflowservice.RegisterNamespaceRequest{
		Namespace: s.namespace, WorkflowExecutionRetentionPeriod: durationpb.New(24 * time.Hour),
	})
	require.NoError(s.t, err)
	s.process, err = workflows.Connect(options, slog.New(slog.DiscardHandler))
	require.NoError(s.t, err)
	s.t.Cleanup(s.process.Close)
	require.EventuallyWithT(s.t, func(c *assert.CollectT) {
		require.NoError(c, s.process.EnsureSearchAttributes(within(s.t, patience)))
	}, patience, 50*time.Millisecond)
}

// env are the settings of a process of the product, as an operator gives them.
func (s *system) env(role string) []string {
	return []string{
		"SPARK_LISTEN=" + strings.TrimPrefix(s.baseURL, "http://"), "SPARK_OPS_LISTEN=127.0.0.1:0", "SPARK_BASE_URL=" + s.baseURL,
		"SPARK_DATABASE_URL=" + s.URL(role), "SPARK_SMTP_URL=smtp://" + s.smtp + "?tls=none",
		"SPARK_MAIL_FROM=SPARK <spark@example.dk>", "SPARK_MAIL_REPLY_TO=sekretariat@example.dk", "SPARK_LINK_KEYS=" + s.keys,
		"SPARK_CONTACT_PHONE=00 00 00 00", "SPARK_CONTACT_HOURS=hverdage kl. 9.00–15.00", "SPARK_CONTACT_MAIL=sekretariat@example.dk",
		"SPARK_CONTROLLER=SPARKs sekretariat, Eksempelvej 1", "SPARK_LOG_LEVEL=warn",
		"TEMPORAL_ADDRESS=" + temporalAddress(s.t), "TEMPORAL_NAMESPACE=" + s.namespace,
		"SPARK_LIMIT_APPLICATIONS=0", "SPARK_LIMIT_ANSWERS=0", "SPARK_LIMIT_REQUEST_MAILS=0", // everybody is one address here
	}
}

// startWorker starts spark worker.
func (s *system) startWorker(binary string, extra ...string) *child {
	s.t.Helper()
	s.worker = start(s.t, binary, s.t.TempDir(), append(s.env(store.RoleWorker), extra...), "worker")
	return s.worker
}

// nudge tells the process that something has happened, as the relay does.
func (s *system) nudge(id uuid.UUID) {
	s.t.Helper()
	require.NoError(s.t, s.process.Relay(within(s.t, patience), forloeb.Act{ForloebID: id, Name: forloeb.FactsChanged}))
}

// calm waits until everything is acted on and no mail is on its way.
func (s *system) calm(id uuid.UUID) *forloeb.Forloeb {
	s.t.Helper()
	eventually(s.t, "the forløb is acted on and its mails have left", func() bool {
		return s.Count(`select count(*) from forloeb where id = $1 and seen_version = version`, id) == 1 &&
			s.Count(`select count(*) from mails where forloeb_id = $1 and state in ('planned', 'sending', 'uncertain') and not held`, id) == 0
	})
	return s.Read(id)
}

// copies counts the mails that have arrived by their Message-ID.
func (s *system) copies(id uuid.UUID) map[string]int {
	s.t.Helper()
	arrived := map[string]int{}
	for _, m := range s.mail.Messages() {
		local, _, _ := strings.Cut(strings.Trim(m.MessageID, "<>"), "@")
		arrived[local]++
	}
	var rows []struct{ Kind, State, MessageID string }
	require.NoError(s.t, s.DB.Select(&rows, `select kind, state, message_id as messageid from mails where forloeb_id = $1`, id))
	own := map[string]int{}
	for _, r := range rows {
		if r.State == "cancelled" {
			require.Zero(s.t, arrived[r.MessageID], "%s was cancelled and has arrived", r.Kind)
			continue
		}
		require.Equal(s.t, "sent", r.State, r.Kind)
		own[fmt.Sprintf("%s %s", r.Kind, r.MessageID)] = arrived[r.MessageID]
	}
	return own
}
