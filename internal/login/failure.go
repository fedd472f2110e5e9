package login

import (
	"errors"
	"net"

	"example.dk/spark/internal/forloeb"
)

// failure is why a login came to nothing. What the provider and the libraries
// say stays inside this package: it may hold tokens, addresses and names.
type failure struct {
	kind error // forloeb.ErrLoginAway or forloeb.ErrLoginRefused
	why  string
}

func (f *failure) Error() string { return f.kind.Error() + ": " + f.why }
func (f *failure) Unwrap() error { return f.kind }

func away(why string) error    { return &failure{forloeb.ErrLoginAway, why} }
func refused(why string) error { return &failure{forloeb.ErrLoginRefused, why} }

// failureOf is the failure that a library has wrapped, or else the given one.
func failureOf(err, otherwise error) error {
	if f, ok := errors.AsType[*failure](err); ok {
		return f
	}
	if slow, ok := errors.AsType[net.Error](err); ok && slow.Timeout() {
		return away(noAnswerInTime)
	}
	return otherwise
}
