package api

// doneParameter names what was just done, in the address that a form leads
// to. It is one of our own codes: nobody can put words on the page by it.
const doneParameter = "klar"

// doneWords are what the page says then.
var doneWords = map[string]string{}

// withDone leads to a page that says what was done.
func withDone(address, code string) string { return address + "?" + doneParameter + "=" + code }
