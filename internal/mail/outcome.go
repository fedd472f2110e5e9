package mail

import (
	"errors"
	"net/textproto"
	"strconv"

	"example.dk/spark/internal/forloeb"
)

// Codes of our own, where the server gave none.
const (
	codeNoConnection  = "no_connection"
	codeLostBefore    = "lost_before_data"
	codeLostAfterData = "lost_after_data"
)

// outcome decides what an attempt came to.
//
//   - taken: sent, whatever went wrong after it
//   - refused for good by an answer to this very mail: failed
//   - no answer to the final dot, or one that makes no sense: uncertain
//   - everything else, an answer of 4xx and a server that refuses us and not
//     the mail among it: planned, to be tried again
func outcome(reached stage, err error) forloeb.Outcome {
	code := answered(err)
	switch {
	case reached == taken:
		return forloeb.Outcome{State: forloeb.MailSent}
	case reached == greeting:
		return forloeb.Outcome{State: forloeb.MailPlanned, Code: coded(code, codeNoConnection)}
	case code >= 500:
		return forloeb.Outcome{State: forloeb.MailFailed, Code: strconv.Itoa(code)}
	case code >= 400 || reached == envelope:
		return forloeb.Outcome{State: forloeb.MailPlanned, Code: coded(code, codeLostBefore)}
	}
	return forloeb.Outcome{State: forloeb.MailUncertain, Code: codeLostAfterData}
}

// answered is the number the server answered with; 0 when it did not.
func answered(err error) int {
	var answer *textproto.Error
	if errors.As(err, &answer) {
		return answer.Code
	}
	return 0
}

func coded(code int, otherwise string) string {
	if code == 0 {
		return otherwise
	}
	return strconv.Itoa(code)
}
