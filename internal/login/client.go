package login

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net/http"
	"time"
)

const (
	patience  = 10 * time.Second // for each answer of the provider
	maxAnswer = 1 << 20          // bytes; keys and descriptions are a few thousand
)

// newClient follows no redirects: they would carry our password along.
func newClient() *http.Client {
	return &http.Client{
		Transport:     transport{http.DefaultTransport},
		Timeout:       patience,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// transport makes a failure of no answer, and of an answer that only says that
// the provider is not well.
type transport struct{ base http.RoundTripper }

func (t transport) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := t.base.RoundTrip(r)
	if err != nil {
		return nil, away(unreached(err))
	}
	if answer.StatusCode >= http.StatusInternalServerError || answer.StatusCode == http.StatusTooManyRequests {
		answer.Body.Close()
		return nil, away(fmt.Sprintf("its status is %d", answer.StatusCode))
	}
	answer.Body = http.MaxBytesReader(nil, answer.Body, maxAnswer)
	return answer, nil
}

func unreached(err error) string {
	if _, ok := errors.AsType[*tls.CertificateVerificationError](err); ok {
		return "its certificate is not trusted"
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, context.Canceled) {
		return noAnswerInTime
	}
	return "no connection"
}

const noAnswerInTime = "no answer in time"
