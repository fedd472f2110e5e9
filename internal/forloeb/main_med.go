package forloeb

import (
	"errors"

	"github.com/google/uuid"
)

// LeastTold is how many workplaces of a municipality its HovedMED is told of
// at once, at the least: of fewer, a theme could say which one it is.
const LeastTold = 3

// MainMEDNotice is what the HovedMED of a municipality can be told now: which
// themes its workplaces have agreed on a forløb about in the past year, and
// not which workplaces. It is for those alone whose policy says so, which they
// read before they applied.
type MainMEDNotice struct {
	Municipality string
	Themes       []ThemeCode // each once
	Workplaces   []uuid.UUID // behind it, in one order; never told
}

// ErrNoticeChanged: other workplaces stand behind the notice than when it was
// read, or it has been told.
var ErrNoticeChanged = errors.New("the notice to the HovedMED has changed")
