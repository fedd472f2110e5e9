package api

import "net/http"

// loginPage is where the staff log in.
//
// States: plain; after a session ran out (TimedOut), perhaps with a form that
// is kept; logged out; without a provider.
type loginPage struct {
	Base
	Start     string // address of the button
	TimedOut  bool
	Kept      bool // what was typed is kept
	Idle      int  // minutes
	LoggedOut bool
	Provider  string // where to log out of the provider too; may be empty
	Closed    bool   // no provider is set
}

func (*loginPage) template() string { return "login" }

var toLogin = wayOn{Label: "Log ind", Address: LoginPath}

// wrongRole is for a page of another role.
func wrongRole() *messagePage {
	return &messagePage{
		Status: http.StatusForbidden, Heading: "Siden er ikke for din rolle",
		Paragraphs: []string{"Har du brug for den, så spørg lederen af sekretariatet."},
		Ways:       []wayOn{{Label: "Gå til din egen side", Address: LoginPath}},
	}
}

// noAccess is for somebody whom the provider knows and we do not.
func noAccess() *messagePage {
	return &messagePage{
		Status: http.StatusForbidden, Heading: "Du har ikke adgang", Call: true,
		Paragraphs: []string{"Du er logget ind, men har ikke adgang. Skriv til lederen af sekretariatet."},
	}
}

func noSecondFactor() *messagePage {
	return &messagePage{
		Status: http.StatusForbidden, Heading: "Der mangler et trin i dit login",
		Paragraphs: []string{"Her skal du logge ind i to trin, fx med en kode fra din telefon. Log ind igen på den måde."},
		Ways:       []wayOn{toLogin},
	}
}

func loginRefused() *messagePage {
	return &messagePage{
		Status: http.StatusForbidden, Heading: "Du blev ikke logget ind",
		Paragraphs: []string{"Måske tog det for lang tid, eller siden var åben i et andet vindue. Prøv igen."},
		Ways:       []wayOn{toLogin},
	}
}

func loginAway() *messagePage {
	return &messagePage{
		Status: http.StatusServiceUnavailable, Heading: "Vi kan ikke logge dig ind lige nu",
		Paragraphs: []string{"Den tjeneste, du logger ind med, svarer ikke. Prøv igen om lidt."},
		Ways:       []wayOn{toLogin},
	}
}
