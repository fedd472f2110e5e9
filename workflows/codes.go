package workflows

import (
	"context"
	"errors"
	"regexp"
	"strings"

	"go.temporal.io/api/serviceerror"
	"go.temporal.io/sdk/temporal"
)

// Codes that stand for errors without one of their own.
const (
	codeInternal       = "internal"
	codePanic          = "panic"
	codeTimeout        = "timeout"
	codeCancelled      = "cancelled"
	codeNondeterminism = "nondeterminism"
	codeNotFound       = "not_found"
	codeUnavailable    = "unavailable"
	codeNotPermitted   = "not_permitted"
	codeLimited        = "limited"
	codeInvalid        = "invalid"
	prefixSQL          = "sql_"
	markNondeterminism = "TMPRL1100"
)

var codePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9_.-]{0,39}$`)

// errorCode reduces an error to a code. Error texts quote addresses, names
// and rows; a code does not.
func errorCode(err error) string {
	var application *temporal.ApplicationError
	var timeout *temporal.TimeoutError
	var sql interface{ SQLState() string }
	switch {
	case errors.As(err, &application):
		return known(application.Type())
	case errors.As(err, &sql):
		return known(prefixSQL + strings.ToLower(sql.SQLState()))
	case errors.As(err, &timeout), errors.Is(err, context.DeadlineExceeded):
		return codeTimeout
	case errors.Is(err, context.Canceled), temporal.IsCanceledError(err):
		return codeCancelled
	}
	return temporalCode(err)
}

// temporalCode is the code of an error of Temporal itself.
func temporalCode(err error) string {
	var notFound *serviceerror.NotFound
	var unavailable *serviceerror.Unavailable
	var late *serviceerror.DeadlineExceeded
	var denied *serviceerror.PermissionDenied
	var limited *serviceerror.ResourceExhausted
	var invalid *serviceerror.InvalidArgument
	switch {
	case errors.As(err, &notFound):
		return codeNotFound
	case errors.As(err, &unavailable):
		return codeUnavailable
	case errors.As(err, &late):
		return codeTimeout
	case errors.As(err, &denied):
		return codeNotPermitted
	case errors.As(err, &limited):
		return codeLimited
	case errors.As(err, &invalid):
		return codeInvalid
	case strings.Contains(err.Error(), markNondeterminism):
		return codeNondeterminism
	}
	return codeInternal
}

// known returns a code that looks like one.
func known(code string) string {
	if codePattern.MatchString(code) {
		return code
	}
	return codeInternal
}
