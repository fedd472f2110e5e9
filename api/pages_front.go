package api

import "example.dk/spark/internal/forloeb"

// frontPage tells what SPARK is and leads to the application.
//
// States: open; while the intake is closed.
type frontPage struct {
	Base
	Themes []string           // what can be applied for today
	Closed *forloeb.IntakeNow // nil: applications are taken
}

func (*frontPage) template() string { return "front" }
