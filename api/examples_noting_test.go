package api

import "example.dk/spark/internal/forloeb"

// notingExamples are what a consultant sees who comes from a mail.
func notingExamples() []example {
	page := func(change func(k *staffCase)) pageData {
		k := caseAt(exampleKarenWho, func(k *staffCase) {
			k.Now, k.Which = at(2027, 1, 21, 16, 5), &k.Meetings[1]
			change(k)
		})
		n := noting{visitor: visitor{Forloeb: k.Forloeb, Now: k.Now, Home: "/noter/abc.def"}, Which: k.Which}
		return (&Server{}).notingPage(n)
	}
	state := func(s forloeb.MeetingState) func(*staffCase) {
		return func(k *staffCase) { k.Which.State, k.Which.StateAt = s, k.Now }
	}
	const own = "/konsulent/forloeb/x/moeder/y/noter"
	return []example{
		{"noting", page(func(*staffCase) {})},
		{"noting-held", page(state(forloeb.Held))},
		{"noting-not-held", page(state(forloeb.NoShow))},
		{"noting-held-long-ago", page(func(k *staffCase) { state(forloeb.Held)(k); k.Now = k.Now.AddDate(0, 2, 0) })},
		{"noting-cancelled", page(state(forloeb.Cancelled))},
		{"noting-ahead", page(func(k *staffCase) { k.Now = k.Now.AddDate(0, 0, -2) })},
		{"noting-impossible", page(func(k *staffCase) { k.Status = forloeb.Evaluating })},
		{"message-register-expired", registerExpired(own)},
		{"message-register-void", registerVoid(own)},
	}
}
