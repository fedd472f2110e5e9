package api

import "example.dk/spark/internal/forloeb"

// consultantsPage lists the consultants, or a provider's experts.
//
// States: with some; empty.
type consultantsPage struct {
	Base
	Address string // of the list
	List    []consultantLine
}

func (*consultantsPage) template() string { return "consultants" }

// consultantLine is a consultant in the list.
type consultantLine struct {
	Address  string
	Name     string
	Load     int
	Capacity int
	Full     bool
	Active   bool
	Leave    string // the running or the next one; empty without
	OnLeave  bool
	Covers   string // regions, and how many themes
}

// consultantForm is a consultant as the form sends them. Leaves come as two
// lists of days.
type consultantForm struct {
	Name     string   `form:"name"`
	Email    string   `form:"email"`
	Phone    string   `form:"phone"`
	Themes   []string `form:"themes"`
	Regions  []string `form:"regions"`
	Capacity string   `form:"capacity"`
	Stopped  bool     `form:"stopped"`
	From     []string `form:"leave_from"`
	To       []string `form:"leave_to"`
	Sure     bool     `form:"sure"` // what it leaves undone has been read
}

// leaveLine is one period of leave in the form.
type leaveLine struct {
	From, To field
	period   forloeb.Leave // as typed; zero when it is none
	Meetings []wayOn       // own meetings in it
}

// consultantFormPage is where a consultant is written down or changed.
//
// States: a new one; one that is there, perhaps with meetings in a leave; not
// saved yet, since meetings lie in the leave or the one who stops has open
// forløb; with errors; with what was typed before a new login.
type consultantFormPage struct {
	Base
	Back     string // the list
	New      bool
	Name     string // as it is stored
	Action   string
	Form     consultantForm
	Themes   []option
	Regions  []option
	Leaves   []leaveLine
	Load     int
	Unsaved  bool    // it leaves something undone, and has to be sent once more
	Left     []wayOn // open forløb of who stops, the first of them
	Restored bool
}

func (*consultantFormPage) template() string { return "consultant" }

// RoomHint says how slowly SPARK's own begin; a provider chooses among its
// experts itself.
func (p *consultantFormPage) RoomHint() string {
	if p.New && p.Programme == "" {
		return "En ny konsulent får højst ét forløb om ugen i de første to måneder. Du kan selv vælge at give flere."
	}
	return ""
}
