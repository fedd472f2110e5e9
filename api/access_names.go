package api

import "strings"

// pageName is what people call a page of the access log; the route itself
// where it has no name.
func pageName(route string) string {
	if forPrograms(route) {
		return "Program"
	}
	if name, known := pageNames[route]; known {
		return name
	}
	for _, area := range caseAreas {
		if below, is := strings.CutPrefix(route, area.path+"/forloeb/{id}"); is {
			if name, known := namesWithin[strings.TrimPrefix(below, "/")]; known {
				return name
			}
		}
	}
	return route
}

// pageNames are those of the lists.
var pageNames = map[string]string{
	secretariatArea + "/": "I dag", providerArea + "/": "I dag", consultantArea + "/": "Min dag",
	listPath: "Listen over forløb", providerArea + "/forloeb": "Listen over forløb", ownPath: "Mine forløb", ownCalendarPath: "Min kalender",
	mailLogPath: "Posten", roundsPath: "Runden", closeRoundPath: "Luk runden", roundsPath + "/{id}": "En lukket runde", insightPath: "Indsigt for en person",
	consultantsPath + "/{id}" + recusalsPath: "En konsulents habilitet", expertsPath + "/{id}" + recusalsPath: "En eksperts habilitet", ownRecusalsPath: "Min habilitet",
	heldPath: "Tilbageholdte mails",
}

// namesWithin are those of the pages of one forløb; acts bring their own.
var namesWithin = map[string]string{
	"": "Sagen", "live": "Sagen, mens den stod åben", "formaal": "Hvorfor sagen blev åbnet", "adgang": "Hvem der har set sagen",
	"mails": "Sagens mails", "mails/{mail}": "En mail", "mails/{own}": "En mail", "mails/{mail}/{handling}": "Afgør, hvad der sker med en mail",
	"notater/nyt": "Skriv et notat", "notater/{note}/streg": "Streg et notat", "ikke-dublet": "Det er ikke en dublet",
	"opgaver/{task}/luk": "Luk en opgave", "opgaver/{task}/tag": "Tag en opgave", "opgaver/{task}/giv-fra": "Giv en opgave fra sig",
	"opgaver/{task}/senere": "Udskyd en opgave", "opgaver/{task}/vis-igen": "Vis en udskudt opgave igen",
	"moeder/{meeting}/noter": "Notér et møde", "moeder/{meeting}/mine-noter": "Egne noter til et møde",
}

func init() {
	for _, a := range allActs() {
		namesWithin[a.path] = a.label
	}
}
