package smtpfault

import (
	"bufio"
	"encoding/json"
	"os"
	"time"
)

// Attempt is one line of the log: one mail that a client tried to hand over,
// or a session that did not come that far.
type Attempt struct {
	At         time.Time `json:"at"`                   // when it began
	Session    int       `json:"session"`              // counted from 1
	Fault      Fault     `json:"fault"`                // of the session
	MessageID  string    `json:"message_id,omitempty"` // without angle brackets; known once the mail's header was read
	Recipient  string    `json:"recipient,omitempty"`
	Bytes      int       `json:"bytes"`    // of the mail that were read
	Accepted   bool      `json:"accepted"` // the mail was taken
	AcceptedAt time.Time `json:"accepted_at,omitzero"`
	// Ambiguous: the client began to send the mail and never showed that it
	// got an answer, so it may not know whether the mail was taken.
	Ambiguous bool `json:"ambiguous"`
}

// log is a file of attempts that only grows.
type log struct {
	file *os.File // nil: nothing is written
	err  error    // the first one
}

func openLog(path string) (*log, error) {
	if path == "" {
		return &log{}, nil
	}
	file, err := os.OpenFile(path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	return &log{file: file}, err
}

// write puts the attempt into the file with one write, so that a reader never
// meets half a line of a server that was killed.
func (l *log) write(a Attempt) {
	if l.file == nil {
		return
	}
	line, err := json.Marshal(a)
	if err == nil {
		_, err = l.file.Write(append(line, '\n'))
	}
	if l.err == nil {
		l.err = err
	}
}

func (l *log) close() error {
	if l.file == nil {
		return nil
	}
	if err := l.file.Close(); l.err == nil {
		l.err = err
	}
	return l.err
}

// ReadLog reads the file that Options.Log named.
func ReadLog(path string) (attempts []Attempt, err error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		var a Attempt
		if err := json.Unmarshal(lines.Bytes(), &a); err != nil {
			return nil, err
		}
		attempts = append(attempts, a)
	}
	return attempts, lines.Err()
}
