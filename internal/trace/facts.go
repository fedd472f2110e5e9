package trace

import (
	"github.com/google/uuid"
	"go.opentelemetry.io/otel/attribute"
)

// These are all the attributes there are. Each takes what cannot be anybody's
// words: TestOneTraceFromClickToMail knows them.

// Method is that of a request.
func Method(known string) attribute.KeyValue {
	return attribute.String("http.request.method", known)
}

// Route is the template that a request's address matched.
func Route(template string) attribute.KeyValue { return attribute.String("http.route", template) }

// Status is that of an answer.
func Status(code int) attribute.KeyValue { return attribute.Int("http.response.status_code", code) }

// Forloeb is the id of the forløb that the work is about.
func Forloeb(id uuid.UUID) attribute.KeyValue { return attribute.String("spark.forloeb", id.String()) }

// Version is that of a forløb's facts.
func Version(of int64) attribute.KeyValue { return attribute.Int64("spark.version", of) }

// Attempt is how many times the work was begun.
func Attempt(n int) attribute.KeyValue { return attribute.Int("spark.attempt", n) }

// Outcome is what became of a mail: a state of the domain's.
func Outcome[T ~string](state T) attribute.KeyValue {
	return attribute.String("spark.mail.state", string(state))
}
