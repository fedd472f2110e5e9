package workflows

import (
	"errors"
	"strings"

	"go.temporal.io/api/serviceerror"
)

// handshakes are what fails before Temporal is asked anything, by words of the
// error, each with what to set. None gets better by waiting.
var handshakes = []struct{ words, remedy string }{
	{"signed by unknown authority", "its certificate is of an authority that we do not know: set TEMPORAL_TLS_SERVER_CA_CERT_PATH to that authority's certificate"},
	{"certificate is valid for", "its certificate is for another name: set TEMPORAL_TLS_SERVER_NAME to the name in it, or TEMPORAL_ADDRESS right"},
	{"doesn't contain any IP SANs", "its certificate is for a name and not for an address: set TEMPORAL_TLS_SERVER_NAME to the name in it"},
	{"certificate has expired", "its certificate has expired, or this machine's clock is wrong"},
	{"certificate required", "it wants a client certificate: set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH"},
	{"bad certificate", "it does not accept our client certificate: set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH to one that it knows"},
	{"unknown certificate authority", "it does not accept our client certificate: set TEMPORAL_TLS_CLIENT_CERT_PATH and TEMPORAL_TLS_CLIENT_KEY_PATH to one that it knows"},
	{"does not look like a TLS handshake", "it does not speak TLS: unset TEMPORAL_TLS_*, or set TEMPORAL_ADDRESS right"},
	{"error reading server preface", "it broke off the first words: it may want TLS, by TEMPORAL_TLS_*"},
}

// Misset is an error of reaching Temporal that a setting is the reason of.
type Misset struct {
	Remedy string // what is wrong and what to set, in a sentence
	cause  error
}

// Error is the remedy, with the cause.
func (m *Misset) Error() string { return m.Remedy + " (" + m.cause.Error() + ")" }

// Unwrap is the cause.
func (m *Misset) Unwrap() error { return m.cause }

// unreachable finds the setting that is the reason, if one is.
func unreachable(err error) error {
	if err == nil {
		return nil
	}
	var denied *serviceerror.PermissionDenied
	if errors.As(err, &denied) || strings.Contains(err.Error(), "Unauthenticated") {
		return &Misset{"it does not let us in: set TEMPORAL_API_KEY to a key that may use the namespace", err}
	}
	for _, h := range handshakes {
		if strings.Contains(err.Error(), h.words) {
			return &Misset{h.remedy, err}
		}
	}
	return err
}
