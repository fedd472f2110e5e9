package workflows

import (
	"net/url"
	"strings"

	"github.com/google/uuid"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/temporal"
)

// Every word in this file is on the wire, together with the signals, which
// are named by forloeb.ActNames. Once released a word is never changed.

// TaskQueue is where workers find the process's work.
const TaskQueue = "spark"

// MailQueue is where workers find mails to hand over.
const MailQueue = "spark-mail"

// WorkflowType is the process of one forløb.
const WorkflowType = "Forloeb"

// deployment is the name under which Temporal tells our releases apart.
const deployment = "spark"

// workflowPrefix begins the name of every forløb's process.
const workflowPrefix = "forloeb/"

// WorkflowID names the process of one forløb.
func WorkflowID(id uuid.UUID) string { return workflowPrefix + id.String() }

// PageOf is the address of a forløb's process in Temporal's own pages.
func PageOf(ui, namespace string, id uuid.UUID) string {
	if namespace == "" {
		namespace = client.DefaultNamespace
	}
	return strings.TrimRight(ui, "/") + "/namespaces/" + url.PathEscape(namespace) + "/workflows/" + url.PathEscape(WorkflowID(id))
}

// Activities. Look and Commit are local ones.
const (
	activityLook     = "Look"
	activityCommit   = "Commit"
	activityMatch    = "Match"
	activitySendMail = "SendMail"
)

// causeSettled is the cause of a commit that only notes that nothing is left
// to do. Other causes are acts and duties.
const causeSettled = "settled"

// Search attributes, for the people who operate the process. They hold codes,
// a date and a flag, nothing else.
var (
	attributeStatus         = temporal.NewSearchAttributeKeyKeyword("SparkStatus")
	attributeProgramme      = temporal.NewSearchAttributeKeyKeyword("SparkProgramme")
	attributeNext           = temporal.NewSearchAttributeKeyTime("SparkNext")
	attributeNeedsAttention = temporal.NewSearchAttributeKeyBool("SparkNeedsAttention")
)
