package mail

import "example.dk/spark/internal/forloeb"

// sentence is one that the secretariat may word itself. Its slots, {in
// braces}, are what the mail fills in.
type sentence struct {
	name  string // its template's
	label string
	words string // as it came with the program; {{.Of}} and the like are the programme's own words
}

// sentences are those of each kind, in the order of the mail: how it opens,
// explains and ends. What leads to a page, sets a deadline or tells of rights
// or of personal data is not among them.
var sentences = map[forloeb.MailKind][]sentence{
	forloeb.MailConsentRequest: {
		{"thanks", "Åbning til den, der udfyldte ansøgningen", "Tak for jeres ansøgning. Den er først gyldig, når I begge har bekræftet."},
		{"explanation", "Forklaring til den anden part", "Der sker ikke noget, før I begge har sagt ja."},
	},
	forloeb.MailConsentReminder: {
		{"opening", "Åbning første gang", "Vi mangler dit svar på ansøgningen om et forløb {{.Of}}."},
		{"closing", "Afslutning sidste gang", "Er noget forkert i ansøgningen, så vælg »Noget skal rettes først«."},
	},
	forloeb.MailOtherMissing: {
		{"opening", "Åbning", "Tak for dit svar. Den anden part har endnu ikke svaret og har fået to påmindelser."},
	},
	forloeb.MailDeadlineMoved: {
		{"closing", "Afslutning", "Er du i tvivl om noget, så ring til os."},
	},
	forloeb.MailAnswerYes: {
		{"opening", "Åbning", "Vi har modtaget dit ja {tidspunkt}."},
	},
	forloeb.MailAnswerNo: {
		{"opening", "Åbning", "Vi har modtaget dit nej {tidspunkt}. Ansøgningen går ikke videre."},
	},
	forloeb.MailPhoneReceipt: {
		{"opening", "Åbning", "Du svarede {svar} i telefonen {tidspunkt}, og vi har noteret det."},
	},
	forloeb.MailFixAsked: {
		{"opening", "Åbning", "Den anden part har bedt om, at noget bliver rettet, før I svarer."},
		{"closing", "Afslutning", "Bagefter får I en ny mail og svarer begge."},
	},
	forloeb.MailChanged: {
		{"opening", "Åbning", "Ansøgningen blev ændret {dato}. Jeres tidligere svar gælder derfor ikke mere."},
		{"closing", "Afslutning", "Har du ikke bedt om ændringen, så ring til os."},
	},
	forloeb.MailBothAgreed: {
		{"opening", "Åbning", "I har nu begge sagt ja, og ansøgningen er gyldig."},
		{"closing", "Afslutning", "Skifter en af jer job eller mail, så sig til via linket."},
	},
	forloeb.MailDeclined: {
		{"opening", "Åbning", "Ansøgningen blev ikke bekræftet af begge og er lukket."},
		{"explanation", "Forklaring", "{{.Short}} kan kun hjælpe, når leder og medarbejderrepræsentant er enige om at søge."},
		{"closing", "Afslutning", "Vil du tale med nogen om, hvad I ellers kan gøre, så ring til os."},
	},
	forloeb.MailLapsed: {
		{"closing", "Afslutning", "I kan også søge på ny."},
	},
	forloeb.MailLinkAgain: {
		{"closing", "Afslutning", "Bad du ikke om det, så skal du ikke gøre noget."},
	},
	forloeb.MailApplicationText: {
		{"closing", "Afslutning", "Bad du ikke om det, så skal du ikke gøre noget."},
	},
	forloeb.MailApproved: {
		{"opening", "Åbning", "Vi kan give jer et forløb."},
	},
	forloeb.MailWaitlisted: {
		{"opening", "Åbning", "Vi har flere ansøgninger, end vi har {{.Consultant}}er til, og har derfor sat jer på venteliste."},
		{"explanation", "Forklaring", "I skal ikke søge på ny."},
	},
	forloeb.MailRejected: {
		{"opening", "Åbning", "Vi kan desværre ikke give jer et forløb denne gang."},
		{"explanation", "Forklaring", "Afslaget siger ikke noget om, hvor vigtig jeres situation er. Samme sted står der, hvor I ellers kan få hjælp."},
		{"closing", "Afslutning", "I kan søge igen. Ring gerne, så taler vi om det."},
	},
	forloeb.MailStillWaiting: {
		{"opening", "Åbning", "Vi har ikke glemt jer."},
		{"closing", "Afslutning", "I skal ikke gøre noget. Har noget ændret sig hos jer, så skriv eller ring."},
	},
	forloeb.MailConsultantAssigned: {
		{"opening", "Åbning", "Jeres {{.Consultant}} er {konsulent og kontakt}."},
		{"closing", "Afslutning", "Tal gerne sammen inden: Hvad vil I helst have forandret?"},
	},
	forloeb.MailConsultantChanged: {
		{"explanation", "Når der er aftalte møder", "Aftalte møder står fast."},
		{"closing", "Afslutning", "Har I spørgsmål, så ring til os."},
	},
	forloeb.MailMeetingInvitation: {
		{"opening", "Åbning", "Indkaldelsen er vedhæftet. Læg den i kalenderen."},
		{"explanation", "Når der er noget at forberede", "Der er noget, I skal forberede inden mødet. Det står på mødets side, som linket herunder fører til."},
	},
	forloeb.MailMeetingMoved: {
		{"closing", "Afslutning", "Har du sendt indkaldelsen videre, så fortæl det til dem."},
	},
	forloeb.MailMeetingCancelled: {
		{"closing", "Afslutning", "Har du sendt indkaldelsen videre, så fortæl det til dem."},
	},
	forloeb.MailMeetingReminder: {
		{"explanation", "Når der er noget at forberede", "Der er noget, I skal forberede inden mødet. Det står på mødets side, som linket herunder fører til."},
	},
	forloeb.MailExtraMeetings: {
		{"opening", "Åbning", "I har sammen med {{.Consultant}}en aftalt {flere møder}, i alt {antal møder}."},
	},
	forloeb.MailMeetingsDone: {
		{"opening", "Åbning", "Tak for samarbejdet. I har holdt {holdte møder}, og nu fortsætter I på egen hånd."},
		{"closing", "Afslutning", "Får I brug for et møde mere inden da, så ring til {{.Consultant}}en."},
	},
	forloeb.MailEvaluationRequest: {
		{"opening", "Åbning efter nogen tid", "I holdt det sidste møde for {tid siden mødet} siden. Hvad er der sket siden da?"},
		{"early", "Åbning lige efter det sidste møde", "I har lige holdt det sidste møde. Hvad er der kommet ud af forløbet indtil nu?"},
		{"closing", "Afslutning", "Er du ikke længere på arbejdspladsen, så sig til via linket."},
	},
	forloeb.MailEvaluationReminder: {
		{"explanation", "Forklaring", "Også et kort svar hjælper: Kun to spørgsmål skal besvares."},
	},
	forloeb.MailEvaluationThanks: {
		{"opening", "Åbning", "Vi har modtaget dit svar."},
	},
	forloeb.MailWithdrawn: {
		{"closing", "Afslutning", "I er velkomne igen."},
	},
	forloeb.MailContactNew: {
		{"opening", "Åbning", "Du overtager som {rolle} i et forløb {{.Of}}, der er i gang."},
	},
	forloeb.MailContactOld: {
		{"opening", "Åbning", "En anden har overtaget som {rolle}."},
		{"closing", "Afslutning", "Tak for din indsats."},
	},
	forloeb.MailWorkplaceInvited: {
		{"explanation", "Forklaring", "I svarer kun for jer selv. Siger I nej, kan de andre godt fortsætte."},
	},
	forloeb.MailJointStarted: {
		{"opening", "Åbning", "{antal arbejdspladser} arbejdspladser er med, og forløbet begynder."},
		{"closing", "Afslutning", "Skifter en af jer job eller mail, så sig til via linket."},
	},
	forloeb.MailWorkplaceLeft: {
		{"explanation", "Forklaring", "De andre fortsætter, og I får ikke flere indkaldelser."},
	},
	forloeb.MailPaused: {
		{"closing", "Afslutning", "Vil I i gang før, eller har I brug for længere tid, så ring til os."},
	},
	forloeb.MailResumed: {
		{"closing", "Afslutning", "Passer det ikke, at I går videre nu, så ring til os."},
	},
	forloeb.MailCannotCome: {
		{"explanation", "Forklaring", "Mødet står stadig, og den anden part har ikke fået besked."},
	},
	forloeb.MailConsultantGone: {
		{"closing", "Når en kollega har overtaget", "Tal gerne med {kollega} om overleveringen, men skriv ikke om sagen i mails."},
	},
	forloeb.MailFirstMissing: {
		{"closing", "Afslutning", "Er noget gået i stå, så skriv det i sagen; så hjælper sekretariatet."},
	},
	forloeb.MailNextMissing: {
		{"closing", "Afslutning", "Er noget gået i stå, så skriv det i sagen; så hjælper sekretariatet."},
	},
	forloeb.MailRegister: {
		{"closing", "Afslutning", "Spørgeskemaet regnes fra det sidste holdte møde, så datoen skal passe."},
	},
}

// slots are the fields of the mails' structs by the names that the
// secretariat reads.
var slots = map[string]string{
	"tidspunkt":            ".At",
	"svar":                 ".Answer",
	"dato":                 ".At",
	"konsulent og kontakt": ".Consultant",
	"flere møder":          ".More",
	"antal møder":          ".Total",
	"holdte møder":         ".Held",
	"tid siden mødet":      ".Since",
	"rolle":                ".Role",
	"antal arbejdspladser": ".Workplaces",
	"kollega":              ".Successor",
}
