package api

import (
	"net/http"
	"time"

	"example.dk/spark/internal/forloeb"
)

// wayOn is what the reader of a message can do: a link, or an act, which is
// sent as a form.
type wayOn struct {
	Label, Address string
	Act            bool
}

// messagePage says what happened, why, and one way on. Everything that is not
// as the reader hoped ends here.
//
// States: one function below for each.
type messagePage struct {
	Base
	Status     int // the answer's HTTP status
	Heading    string
	Paragraphs []string
	Ways       []wayOn
	Call       bool   // the way on is the telephone
	Code       string // error number that the secretariat can look up
}

func (*messagePage) template() string { return "message" }

var toFront = wayOn{Label: "Gå til forsiden", Address: "/"}

func unknownLink() *messagePage {
	return &messagePage{
		Status: http.StatusNotFound, Heading: "Vi kan ikke genkende linket", Call: true,
		Paragraphs: []string{"Måske er det knækket over i mailen. Kopiér hele linket, eller åbn det fra mailen igen."},
	}
}

// replacedLink offers to send the newer link to the address on file.
func replacedLink(again string) *messagePage {
	return &messagePage{
		Status: http.StatusGone, Heading: "Linket er skiftet ud",
		Paragraphs: []string{"Der er sendt et nyere link, fx fordi adressen blev rettet."},
		Ways:       []wayOn{{Label: "Send linket til adressen på sagen", Address: again, Act: true}},
	}
}

// deadlinePassed offers to ask for the application to be opened again while
// that can be done (reopen not empty), and to apply anew.
func deadlinePassed(deadline time.Time, reopen, apply string) *messagePage {
	page := &messagePage{
		Status: http.StatusGone, Heading: "Fristen er udløbet",
		Paragraphs: []string{"Den var " + forloeb.Date(deadline) + ". Dit svar er ikke registreret."},
	}
	if reopen != "" {
		page.Ways = append(page.Ways, wayOn{Label: "Bed om, at ansøgningen bliver åbnet igen", Address: reopen, Act: true})
	}
	page.Ways = append(page.Ways, wayOn{Label: "Søg på ny", Address: apply})
	return page
}

// reopenAsked answers who asked for a closed application to be opened again.
func reopenAsked() *messagePage {
	return &messagePage{
		Status: http.StatusOK, Heading: "Sekretariatet ser på det",
		Paragraphs: []string{"Vi har sagt til sekretariatet, at I gerne vil have ansøgningen åbnet igen. I hører fra os."},
		Ways:       []wayOn{toFront},
	}
}

// linkSent is the same whether or not the case exists.
func linkSent() *messagePage {
	return &messagePage{
		Status: http.StatusOK, Heading: "Tjek din mail",
		Paragraphs: []string{"Hvis sagen findes, er der sendt et link til den adresse, vi har. Det kan tage et par minutter."},
		Ways:       []wayOn{toFront},
	}
}

// alreadyAnswered is for a second, different answer.
func alreadyAnswered(answer forloeb.Answer, at time.Time, status string) *messagePage {
	return &messagePage{
		Status: http.StatusConflict, Heading: "Du har allerede svaret", Call: true,
		Paragraphs: []string{"Du svarede " + answer.Label() + " " + forloeb.Date(at) +
			". Vil du lave det om, så ring, eller brug knappen herunder."},
		Ways: []wayOn{{Label: "Se din side", Address: status}},
	}
}

func erased() *messagePage {
	return &messagePage{
		Status: http.StatusGone, Heading: "Oplysningerne er slettet",
		Paragraphs: []string{"Forløbet sluttede for længst, og vi har slettet det, vi vidste."},
		Ways:       []wayOn{toFront},
	}
}

// receiptExpired is for a receipt older than a day.
func receiptExpired() *messagePage {
	return &messagePage{
		Status: http.StatusGone, Heading: "Kvitteringen kan ikke vises mere",
		Paragraphs: []string{"Linket i din mail virker."},
		Ways:       []wayOn{toFront},
	}
}

func pageNotFound() *messagePage {
	return &messagePage{
		Status: http.StatusNotFound, Heading: "Siden findes ikke",
		Paragraphs: []string{"Måske er den flyttet."},
		Ways:       []wayOn{toFront},
	}
}

// notYours does not tell staff whether the case exists.
func notYours() *messagePage {
	return &messagePage{
		Status: http.StatusNotFound, Heading: "Du har ikke adgang, eller sagen findes ikke",
		Paragraphs: []string{"Er den lige flyttet til en kollega, så spørg sekretariatet."},
		Ways:       []wayOn{toFront},
	}
}

func tooLarge() *messagePage {
	return &messagePage{
		Status: http.StatusRequestEntityTooLarge, Heading: "Teksten er for lang",
		Paragraphs: []string{"Højst " + forloeb.Number(forloeb.MaxText) + " tegn i hvert felt."},
		Ways:       []wayOn{toFront},
	}
}

// illegalStep is for an act that cannot be done now; because is the domain's
// own sentence.
func illegalStep(because, status string) *messagePage {
	return &messagePage{
		Status: http.StatusConflict, Heading: "Det kan ikke lade sig gøre nu",
		Paragraphs: []string{because},
		Ways:       []wayOn{{Label: "Se sagen", Address: status}},
	}
}

// catchingUp is for an act that came before the one before it was worked on.
func catchingUp(again string) *messagePage {
	return &messagePage{
		Status: http.StatusConflict, Heading: "Prøv igen om et øjeblik",
		Paragraphs: []string{"Vi er ved at behandle det forrige. Dit svar er ikke sendt endnu."},
		Ways:       []wayOn{{Label: "Prøv igen", Address: again}},
	}
}

// ourFault never says that anything was kept. The code finds the log line.
func ourFault(status int, code string) *messagePage {
	return &messagePage{
		Status: status, Heading: "Det virker ikke lige nu", Code: code, Call: true,
		Paragraphs: []string{"Det er vores fejl, og vi er gjort opmærksomme på det. Prøv igen om lidt."},
	}
}
