package forloeb

import (
	"errors"
	"time"
)

// MeetingNote is what a consultant writes to themselves about a meeting. Nobody
// else reads it, also not who takes over, and it is erased long before the rest
// of the forløb.
type MeetingNote struct {
	Text    string
	Version int       // counted from 1; 0 when nothing was written yet
	At      time.Time // when it was last written, on the forløb's clock
}

// How long meeting notes are kept.
const (
	MeetingNoteMonths = 3  // after the forløb has ended
	MeetingNoteDays   = 30 // after another consultant took over: the writer cannot read them any more
)

// ErrMeetingNoteChanged: the note was written in another window meanwhile.
var ErrMeetingNoteChanged = errors.New("the note has changed")

// MeetingNotesUntil is the day on which the notes of a closed forløb's meetings
// are erased; zero while it is open.
func (f *Forloeb) MeetingNotesUntil() time.Time {
	if closed := f.ClosedAt(); !closed.IsZero() {
		return AddMonths(closed, MeetingNoteMonths)
	}
	return time.Time{}
}

// MeetingNotesErased reports whether that day has come.
func (f *Forloeb) MeetingNotesErased(now time.Time) bool {
	until := f.MeetingNotesUntil()
	return f.Anonymised() || !until.IsZero() && !EndOfDay(now).Before(EndOfDay(until))
}

// MeetingNoteMistake is what is wrong with the text, if anything. None at all
// takes away what was written.
func MeetingNoteMistake(text string) (Mistake, bool) { return textMistake(noteField, text) }
