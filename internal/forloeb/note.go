package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// Note is what somebody who runs a forløb wrote down about it. The secretariat
// reads every note; a provider's people read their own provider's; consultants
// and parties read none. It is erased with the contacts. Nothing is changed in
// a note: it can be struck, and then its words are gone.
type Note struct {
	ID       int64
	By       uuid.UUID // a member of staff, or a token
	Name     string    // of whoever wrote it
	At       time.Time // on the forløb's clock
	Text     string    // empty when it is struck
	Struck   time.Time // zero while it stands
	StruckBy string    // who struck it
}

// MayBeStruck reports whether it stands and is who's to strike: whoever wrote
// it, and the head.
func (n Note) MayBeStruck(who Principal) bool {
	return n.Struck.IsZero() && (n.By == who.ID || who.Role == RoleHead)
}

// noteField is what the text of a note is sent as.
const noteField = "note"

// NoteMistake is what is wrong with the text of a note, if anything.
func NoteMistake(text string) (Mistake, bool) {
	if CleanText(text) == "" {
		return Mistake{Field: noteField, Code: MistakeMissing}, true
	}
	return textMistake(noteField, text)
}

// JudgeNote refuses a note without words, one that cannot be kept, and one
// about a forløb whose personal data are gone.
func (f *Forloeb) JudgeNote(text string) error {
	if f.Anonymised() {
		return &Refusal{Code: RefuseErased}
	}
	switch m, wrong := NoteMistake(text); {
	case wrong && m.Code == MistakeMissing:
		return &Refusal{Code: RefuseNoText}
	case wrong:
		return &Refusal{Code: RefuseUnfitText}
	}
	return nil
}
