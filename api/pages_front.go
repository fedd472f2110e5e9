package api

import "example.dk/spark/internal/forloeb"

// frontPage tells what SPARK is and leads to the application.
//
// States: open; while the intake is closed; while the regions' programme is
// open, too.
type frontPage struct {
	Base
	Themes   []string           // what can be applied for today
	Closed   *forloeb.IntakeNow // nil: applications are taken
	Regional bool               // a regional workplace can apply to its own programme
}

func (*frontPage) template() string { return "front" }
