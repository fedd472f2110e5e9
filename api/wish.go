package api

import "example.dk/spark/internal/forloeb"

// wish is what an address asks a list for. What is not understood is left out
// and named, so that an old or mistyped address still shows something.
type wish struct{ unknown []string }

// known is a value of the address that exists, or "".
func (w *wish) known(value, name string, exists func(string) bool) string {
	if value == "" || exists(value) {
		return value
	}
	w.ignore(name)
	return ""
}

func (w *wish) ignore(name string) { w.unknown = append(w.unknown, name) }

// lostPlace is said when the list has no page where the address has it begin.
const lostPlace = "det sted i listen, du kom fra"

// ignored says what of the address was not used.
func (w *wish) ignored() string {
	if len(w.unknown) == 0 {
		return ""
	}
	return "Vi kunne ikke bruge noget i adressen: " + forloeb.AndList(w.unknown) + ". Listen er vist uden."
}
