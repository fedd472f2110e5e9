package forloeb

import (
	"errors"
	"time"
)

// ErrMailsWait: the database was restored from a backup, and no mail leaves
// until it is known which ones had left after the point of restore.
var ErrMailsWait = errors.New("mails wait: the database was restored")

// ErrNotRestored: no restoration has been begun, or it has ended.
var ErrNotRestored = errors.New("no restoration is under way")

// CodeLeftBefore is the code of a mail that had left before the database was
// restored to a point at which it had not.
const CodeLeftBefore = "left_before_restore"

// Restored is how far the reconciling of mails is after a restore; zero when
// there is none.
type Restored struct {
	Since   time.Time
	Listed  bool     // it has been said what the mail server has taken
	Taken   int      // of those, Message-IDs whose mails have not been found
	Waiting int      // mails that are owed
	Known   int      // of those, mails that are among the taken, and will not be sent
	Unknown []string // taken ones of which there is no row: what was done after the point of restore
}
