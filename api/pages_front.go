package api

// frontPage tells what SPARK is and leads to the application.
//
// States: one.
type frontPage struct {
	Base
	Themes []string // what can be applied for today
}

func (*frontPage) template() string { return "front" }
