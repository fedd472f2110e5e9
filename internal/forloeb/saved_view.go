package forloeb

import (
	"errors"
	"unicode/utf8"

	"github.com/google/uuid"
)

// SavedView is the list of forløb as a member of staff has narrowed it, under
// a name of theirs.
type SavedView struct {
	ID     uuid.UUID
	Name   string
	Shared bool // shown to all of the secretariat; a head decides that
	Own    bool // of whoever looks
	Narrowing
}

// Narrowing is what a list is narrowed to, in codes. What was searched for is
// no part of it: that is mostly a person or one forløb, and no view to keep.
type Narrowing struct {
	Tab          ListTab
	Status       Status
	Municipality string
	Theme        ThemeCode
	Consultant   uuid.UUID
	Attention    bool
}

// ListTab is one of the views that the list always has.
type ListTab string

// The list's own views, as they are stored.
const (
	TabOpen      ListTab = "open"
	TabAttention ListTab = "attention"
	TabClosed    ListTab = "closed"
	TabAll       ListTab = "all"
)

const (
	// MaxSavedViews is how many a member of staff may have: more would no longer
	// be a choice at a glance.
	MaxSavedViews = 20
	// MaxViewName is how many characters a view's name may have.
	MaxViewName = 40
)

// Why a view cannot be saved.
var (
	ErrTooManyViews  = errors.New("they have as many saved views as they may")
	ErrViewNameTaken = errors.New("they have a saved view of that name")
)

// ViewNameMistake says what is wrong with the name of a view, in Danish; "" when
// nothing is.
func ViewNameMistake(name string) string {
	name = CleanLine(name)
	_, cpr := LooksLikeCPR(name)
	switch {
	case name == "":
		return "Giv visningen et navn."
	case utf8.RuneCountInString(name) > MaxViewName:
		return "Navnet må højst have 40 tegn."
	case cpr:
		return "Fjern det, der ligner et CPR-nummer."
	}
	return ""
}

// MayChange reports whether somebody may rename and delete the view: its owner,
// and a head where all see it, since its owner may have left.
func (v SavedView) MayChange(who Principal) bool {
	return v.Own || v.Shared && who.Role == RoleHead
}
