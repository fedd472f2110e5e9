package doctor

import (
	"context"
	"time"

	"example.dk/spark/internal/forloeb"
	"github.com/google/uuid"
)

// Names of the findings.
const (
	Settings         = "settings"
	LinkKeys         = "link_keys"
	DatabaseReached  = "database"
	DatabaseSchema   = "database_schema"
	DatabaseRole     = "database_role"
	DatabaseRights   = "database_rights"
	ActsUnrelayed    = "acts_unrelayed"
	MailsStuck       = "mails_stuck"
	MailsUncertain   = "mails_uncertain"
	MailsWait        = "mails_wait"
	ForloebUnseen    = "forloeb_unseen"
	ForloebUnerased  = "forloeb_unerased"
	TemporalReached  = "temporal"
	Namespace        = "temporal_namespace"
	Retention        = "temporal_retention"
	SearchAttributes = "temporal_search_attributes"
	Workers          = "temporal_workers"
	Releases         = "temporal_release"
	ClockDatabase    = "clock_database"
	ClockTemporal    = "clock_temporal"
	SMTPReached      = "smtp"
	SMTPTLS          = "smtp_tls"
	SMTPAuth         = "smtp_auth"
	SMTPSender       = "smtp_sender"
	MailFrom         = "mail_from"
	WorkflowMissing  = "workflow_missing"
	WorkflowOfClosed = "workflow_of_closed"
	WorkflowUnknown  = "workflow_unknown"
	DriftUnknown     = "drift"
)

// Database is what the checks ask PostgreSQL.
type Database interface {
	Rows
	Schema(ctx context.Context) (at, need int64, err error)
	Role(ctx context.Context) (name string, above bool, err error)
	MissingRights(ctx context.Context) ([]string, error)
	OldestUnrelayed(ctx context.Context) (time.Duration, error)
	TroubledMails(ctx context.Context, olderThan time.Duration) (stuck, uncertain int, err error)
	Unerased(ctx context.Context, olderThan time.Duration) ([]uuid.UUID, error)
	Restored(ctx context.Context) (forloeb.Restored, error)
	Clock(ctx context.Context) (time.Time, error)
}

// Process is what the checks ask Temporal.
type Process interface {
	Runs
	Available(ctx context.Context) error
	Namespace(ctx context.Context) (name string, retention time.Duration, known bool, err error)
	MissingSearchAttributes(ctx context.Context) ([]string, error)
	EnsureSearchAttributes(ctx context.Context) error
	IdleQueues(ctx context.Context) ([]string, error)
	Served(ctx context.Context) (release string, served bool, waiting []string, err error)
	Clock(ctx context.Context) (time.Time, error)
}

// Patient is an installation: its settings, and what they lead to. What could
// not be made of the settings is nil, and is not examined.
type Patient struct {
	Mistakes []string // of the settings, each a sentence that begins with the setting's name
	Keys     []string // ids of the keys that sign links, the one that signs first
	Database Database
	Process  Process
	Mail     *Mail
	Now      func() time.Time // this machine's clock
}

// Examine does every check. It changes nothing.
func Examine(ctx context.Context, p Patient) Report {
	var r Report
	add := func(found []Finding) { r.Findings = append(r.Findings, found...) }
	add(p.settings())
	add(p.keys())
	database, schema := p.database(ctx)
	add(database)
	temporal, reached := p.temporal(ctx)
	add(temporal)
	add(p.Mail.examine(ctx))
	if schema {
		add(p.waiting(ctx))
	}
	if schema && reached {
		add(p.drift(ctx))
	}
	return r
}
