package mail

import (
	"errors"
	"net/textproto"
	"strconv"

	gomail "github.com/wneessen/go-mail"

	"example.dk/spark/internal/forloeb"
)

// Codes of our own, where the server gave none.
const (
	codeNoConnection  = "no_connection"
	codeLostBefore    = "lost_before_data"
	codeLostAfterData = "lost_after_data"
)

// outcome decides what an attempt came to. The library's own verdict cannot be
// trusted: it calls a mail that was taken, and one that may have been, a
// permanent failure.
//
//   - taken: sent, whatever went wrong after it
//   - refused for good by an answer to this very mail: failed
//   - the line was lost after the final dot: uncertain
//   - everything else, an answer of 4xx and a server that refuses us and not
//     the mail among it: planned, to be tried again
func outcome(delivered func() bool, err error) forloeb.Outcome {
	if delivered() {
		return forloeb.Outcome{State: forloeb.MailSent}
	}
	var refused *gomail.SendError
	if !errors.As(err, &refused) {
		return forloeb.Outcome{State: forloeb.MailPlanned, Code: dialCode(err)}
	}
	code := refused.ErrorCode()
	switch {
	case code >= 500:
		return forloeb.Outcome{State: forloeb.MailFailed, Code: strconv.Itoa(code)}
	case code >= 400:
		return forloeb.Outcome{State: forloeb.MailPlanned, Code: strconv.Itoa(code)}
	case refused.Reason == gomail.ErrSMTPDataClose:
		return forloeb.Outcome{State: forloeb.MailUncertain, Code: codeLostAfterData}
	}
	return forloeb.Outcome{State: forloeb.MailPlanned, Code: codeLostBefore}
}

// dialCode is the number the server greeted or logged us in with, or our own
// word when there was no answer.
func dialCode(err error) string {
	var answer *textproto.Error
	if errors.As(err, &answer) {
		return strconv.Itoa(answer.Code)
	}
	return codeNoConnection
}
