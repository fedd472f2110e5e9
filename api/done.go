package api

// doneParameter names what was just done, in the address that a form leads
// to. It is one of our own codes: nobody can put words on the page by it.
const doneParameter = "klar"

// Codes of the rounds.
const (
	doneRoundSaved  = "kladde"
	doneRoundClosed = "runde"
)

// doneIntake is for a decision about an intake.
const doneIntake = "modtagelse"

// doneNotice is for a notice to a HovedMED.
const doneNotice = "besked"

// doneReleased is for mails that were held back.
const doneReleased = "sendt-nu"

// Codes of the mails' texts.
const (
	doneText     = "tekst"
	doneTextSame = "tekst-som-foer"
)

// Codes of the pile of tasks.
const (
	doneTaken  = "taget"
	doneGiven  = "givet-fra"
	doneLater  = "udskudt"
	doneShown  = "vist-igen"
	doneNote   = "notat"
	doneStruck = "streget"
	lateTaken  = "optaget"
	lateClosed = "loest"
)

// Codes of the calendar's link.
const (
	doneLinkMade    = "kalenderlink"
	doneLinkDropped = "kalenderlink-stoppet"
)

// doneNotAlike is for two that look alike and are not the same.
const doneNotAlike = "ikke-dublet"

// Codes of where a consultant is not to have forløb.
const (
	doneRecused      = "habilitet"
	doneRecusalEnded = "habilitet-ophaevet"
)

// doneOwnNotes is for a consultant's own.
const doneOwnNotes = "mine-noter"

// Codes of the saved views.
const (
	doneViewSaved   = "visning"
	doneViewDropped = "visning-slettet"
)

// Codes of one's own settings.
const (
	doneDigestOn  = "morgenmail"
	doneDigestOff = "ingen-morgenmail"
)

// lateWords are what the page says when somebody or something was first.
var lateWords = map[string]string{
	lateTaken:  "En kollega tog opgaven lige før dig. Ved opgaven står, hvem det er.",
	lateClosed: "Opgaven er løst i mellemtiden.",
}

// doneWords are what the page says then. Acts bring their own.
var doneWords = map[string]string{
	"konsulent":      "Konsulenten er gemt. Var der nogen, der ventede på plads, bliver de spurgt nu.",
	doneIntake:       "Det er gemt og gælder fra den dag, I har valgt.",
	"lukket":         "Adgangen er lukket, og medarbejderen er logget af.",
	"aabnet":         "Adgangen er åbnet igen.",
	doneRegistered:   "Det er noteret.",
	doneBefore:       "Mødet var allerede noteret. Intet er ændret.",
	"logget-af":      "Medarbejderen er logget af overalt og kan logge ind igen.",
	doneLinkMade:     "Linket er klar. Har du lavet et nyt, virker det gamle ikke mere.",
	doneLinkDropped:  "Linket er stoppet. Kalendere, der bruger det, får ikke mere at vide.",
	doneOwnNotes:     "Noterne er gemt. Kun du kan se dem.",
	doneViewSaved:    "Visningen er gemt. Den står over listen.",
	doneViewDropped:  "Visningen er slettet. Forløbene er de samme.",
	doneDigestOn:     "Det er gemt. Du får en mail de hverdage, hvor noget venter på dig.",
	doneDigestOff:    "Det er gemt. Du får ikke mailen om morgenen.",
	doneRecused:      "Det er noteret og gælder fra nu af.",
	doneRecusalEnded: "Det er ophævet. Var der nogen, der ventede på plads, bliver der ledt igen nu.",
	doneNotAlike:     "Det er noteret. De to sager bliver ikke foreslået som dubletter igen.",
	doneTask:         "Opgaven er lukket.",
	doneTaken:        "Du har opgaven. Dine kolleger kan se det.",
	doneGiven:        "Opgaven er fri igen.",
	doneLater:        "Opgaven er udskudt. Den kommer igen på dagen.",
	doneShown:        "Opgaven står i bunken igen.",
	doneNote:         "Notatet er gemt i sagen.",
	doneStruck:       "Notatet er streget, og ordene er slettet.",
	doneNotice:       "Det er noteret. De arbejdspladser, der står bag, bliver ikke fortalt om igen.",
	doneReleased:     "Mailene er på vej.",
	doneText:         "Teksten er gemt. Gælder mails, der bliver sendt fra nu af.",
	doneTextSame:     "Intet er ændret.",
	doneRoundSaved:   "Kladden er gemt. Ingen har fået besked.",
	doneRoundClosed:  "Runden er lukket, og brevene er på vej.",
}

func init() {
	for _, a := range allActs() {
		doneWords[a.code()] = a.done
	}
	for _, a := range mailActs {
		doneWords[a.path] = a.done
	}
}

// withDone leads to a page that says what was done.
func withDone(address, code string) string { return address + "?" + doneParameter + "=" + code }
