package api

import "time"

// intake says whether applications are received just now.
type intake struct {
	Closed  bool
	Reason  string    // a setting, a whole sentence; may be empty
	OpensAt time.Time // zero when nobody knows
}

// frontPage tells what SPARK is and leads to the application.
//
// States: intake open; intake closed, with or without a reason and a date.
type frontPage struct {
	Base
	Intake intake
	Themes []string // what can be applied for today
}

func (*frontPage) template() string { return "front" }
