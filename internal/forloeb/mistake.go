package forloeb

import (
	"strconv"
	"time"
)

// Mistake is one thing that must be put right before an application can be
// received. It never holds what was typed.
type Mistake struct {
	Field string // the id of the form's input
	Code  MistakeCode
	N     int       // characters too many, or the line
	Date  time.Time // of a theme or a type
	Text  string    // name of a theme, a type or a branche
}

// MistakeCode names a mistake. It is part of the API.
type MistakeCode string

// Every mistake of a submission.
const (
	MistakeMissing             MistakeCode = "missing"
	MistakeUnknownProgramme    MistakeCode = "unknown_programme"
	MistakeUnknownType         MistakeCode = "unknown_type"
	MistakeTypeNotOpen         MistakeCode = "type_not_open"
	MistakeUnknownStarter      MistakeCode = "unknown_starter"
	MistakeUnknownMunicipality MistakeCode = "unknown_municipality"
	MistakeUnknownSector       MistakeCode = "unknown_sector"
	MistakeUnknownEmployees    MistakeCode = "unknown_employees"
	MistakeUnknownBody         MistakeCode = "unknown_body"
	MistakeUnknownRole         MistakeCode = "unknown_role"
	MistakeNotAName            MistakeCode = "not_a_name"
	MistakeBadEmail            MistakeCode = "bad_email"
	MistakeBadPhone            MistakeCode = "bad_phone"
	MistakeSameAddress         MistakeCode = "same_address"
	MistakeSamePerson          MistakeCode = "same_person"
	MistakeUnknownTheme        MistakeCode = "unknown_theme"
	MistakeUnknownRegion       MistakeCode = "unknown_region"
	MistakeThemeNotOpen        MistakeCode = "theme_not_open"
	MistakeThemeClosed         MistakeCode = "theme_closed"
	MistakeNotDeclared         MistakeCode = "not_declared"
	MistakeCPR                 MistakeCode = "cpr"
	MistakeTooLong             MistakeCode = "too_long"
	MistakeNotShared           MistakeCode = "not_shared"
	MistakeTooFewWorkplaces    MistakeCode = "too_few_workplaces"
	MistakeTooManyWorkplaces   MistakeCode = "too_many_workplaces"
	MistakeQuorum              MistakeCode = "bad_quorum"
	MistakeSameWorkplace       MistakeCode = "same_workplace"
	MistakeUnknownIntake       MistakeCode = "unknown_intake"
	MistakeEndsTooSoon         MistakeCode = "ends_too_soon"
	MistakeOtherSector         MistakeCode = "other_sector"
	MistakeUnknownUnitType     MistakeCode = "unknown_unit_type"
	MistakeRegionOffTheMap     MistakeCode = "region_off_the_map"
	MistakeUnknownProvider     MistakeCode = "unknown_provider"
	MistakeProviderNotOpen     MistakeCode = "provider_not_open"
	MistakeProviderClosed      MistakeCode = "provider_closed"
	MistakeUnknownPlace        MistakeCode = "unknown_place"
	MistakeShortWorkplace      MistakeCode = "short_workplace"
)

type mistakeWords struct{ danish, english string }

var mistakes = map[MistakeCode]mistakeWords{
	MistakeUnknownPlace:        {"Vælg en kommune eller en region.", "The three digits of a municipality, or the code of a region."},
	MistakeShortWorkplace:      {"Skriv mindst tre bogstaver af navnet, eller lad feltet stå tomt.", "At least three letters, or nothing for all of the place."},
	MistakeMissing:             {"{mangler}", "Required."},
	MistakeUnknownProgramme:    {"Ordningen findes ikke. Søg fra forsiden.", "No such programme."},
	MistakeUnknownType:         {"Vælg et forløb, der kan søges.", "No such type of forløb in this programme."},
	MistakeTypeNotOpen:         {"{tekst} kan søges fra {dato}.", "This type of forløb can be applied for from {date}."},
	MistakeUnknownStarter:      {"{mangler}", "One of leader, rep, other."},
	MistakeUnknownMunicipality: {"SPARK er for kommuner. Arbejder I i en region, så se her.", "No such municipality; the code has three digits. SPARK is for municipal workplaces."},
	MistakeUnknownSector:       {"{mangler}", "No such sector."},
	MistakeUnknownEmployees:    {"{mangler}", "No such band of employees."},
	MistakeUnknownBody:         {"{mangler}", "This body cannot apply for this type of forløb."},
	MistakeUnknownRole:         {"{mangler}", "One of amr, tr, other_elected."},
	MistakeNotAName:            {"Skriv kun {hvad}, uden links, mailadresser og tegn som < og >.", "Only the name itself: no links, addresses or angle brackets."},
	MistakeBadEmail:            {"Skriv en mailadresse som navn@kommune.dk.", "A mail address such as name@example.dk."},
	MistakeBadPhone:            {"Skriv et telefonnummer med otte cifre, eller lad feltet stå tomt.", "A telephone number: eight Danish digits, or with + and country code."},
	MistakeSameAddress: {"Skriv medarbejderrepræsentantens egen mailadresse. Den må ikke være den samme som lederens. Har I kun en fælles postkasse, så brug en privat adresse.",
		"The representative needs a mailbox of their own, not the leader's."},
	MistakeSamePerson: {"Lederen og medarbejderrepræsentanten skal være to forskellige personer.",
		"Leader and representative must be two different people; namesakes add a middle name or an initial."},
	MistakeUnknownTheme:  {"Vælg mellem temaerne på listen.", "No such theme in this programme."},
	MistakeUnknownRegion: {"Vælg mellem områderne på listen.", "No such region; see the municipalities."},
	MistakeThemeNotOpen:  {"Temaet {tema} kan søges fra {dato}. Vælg et andet, eller vent.", "This theme can be applied for from {date}."},
	MistakeThemeClosed:   {"Temaet {tema} kunne søges til og med {dato}. Vælg et andet.", "This theme could be applied for until {date}."},
	MistakeNotDeclared: {"Sæt kryds, hvis I er enige om de fire punkter. Uden det kan vi ikke tage imod ansøgningen.",
		"All declarations must be accepted."},
	MistakeCPR: {"Fjern det, der ligner et CPR-nummer (linje {n}). Skriv heller ikke navne.", "Line {n} looks like a CPR number; remove it, and names too."},
	MistakeNotShared: {"Et individuelt forløb er for én arbejdsplads. Søg et fællesforløb, hvis flere skal være med.",
		"This type of forløb is for one workplace."},
	MistakeTooFewWorkplaces:  {"Skriv mindst {n} arbejdspladser. Skal kun én være med, så søg et individuelt forløb.", "At least {n} workplaces."},
	MistakeTooManyWorkplaces: {"Der kan højst være {n} arbejdspladser i ét forløb. Ring til os, hvis I er flere.", "At most {n} workplaces."},
	MistakeQuorum:            {"Skriv et tal fra 2 til {n}, eller lad feltet stå tomt.", "The quorum lies between 2 and the number of workplaces, {n}."},
	MistakeSameWorkplace:     {"Arbejdspladsen står her to gange. Fjern den ene.", "This workplace is listed twice."},
	MistakeOtherSector: {"Forløbet er for branchen {tekst}, og arbejdspladsen hører til en anden. Ret arbejdsområdet, eller lad forløbet være for flere brancher.",
		"The forløb is for one branche, {text}, and this workplace belongs to another."},
	MistakeUnknownIntake:   {"Vælg, om modtagelsen er åben eller lukket.", "One of agreed, open, closed."},
	MistakeEndsTooSoon:     {"Den sidste dag er før den første eller er allerede gået. Ret datoen.", "The last day must neither come before the first nor be over."},
	MistakeUnknownUnitType: {"{mangler}", "No such type of unit."},
	MistakeRegionOffTheMap: {"{tekst} er på et andet kort end dagens; kortet skiftede {dato}. Vælg mellem regionerne på listen.", "This region is not on the map of the day; the map changed on {date}."},
	MistakeUnknownProvider: {"{mangler}", "No such provider in this programme."},
	MistakeProviderNotOpen: {"{tekst} tager imod ansøgninger fra {dato}. Vælg en anden.", "This provider takes applications from {date}."},
	MistakeProviderClosed:  {"{tekst} tog imod ansøgninger til og med {dato}. Vælg en anden.", "This provider took applications until {date}."},
	MistakeTooLong:         {"Teksten er {n} tegn for lang. Forkort den til {højst} tegn.", "{n} characters too long; at most {max}."},
}

// missing is what to do about each empty field.
var missing = map[string]string{
	"started_by":   "Vælg, hvem du udfylder som.",
	"municipality": "Vælg kommune.",
	"workplace":    "Skriv arbejdspladsens navn.",
	"sector":       "Vælg arbejdsområde.",
	"employees":    "Vælg antal ansatte.",
	"body":         "Vælg, om I søger som TRIO, lokal-MED eller AM-gruppe.",
	"leader_name":  "Skriv lederens navn.",
	"leader_email": "Skriv lederens mailadresse.",
	"rep_name":     "Skriv medarbejderrepræsentantens navn.",
	"rep_role":     "Vælg, hvad repræsentanten er valgt som.",
	"rep_email":    "Skriv medarbejderrepræsentantens mailadresse.",
	"themes":       "Vælg mindst ét tema.",
	"situation":    "Skriv, hvad der fylder hos jer.",
	"note":         "Skriv et notat.",
	"body_name":    "Skriv, hvad I søger som.",
	"region":       "Vælg region.",
	"unit_type":    "Vælg, hvad arbejdspladsen er.",
	"provider":     "Vælg, hvem I vil have rådgivning fra.",

	string(ExcludedNotice):   "Svar ja eller nej.",
	string(ExcludedCrisis):   "Svar ja eller nej.",
	string(ExcludedPersonal): "Svar ja eller nej.",
}

// Danish says what to do, in the words of the summary and the field.
func (m Mistake) Danish() string {
	what := "navnet"
	if bareField(m.Field) == "leader_title" {
		what = "stillingen"
	}
	return fill(mistakes[m.Code].danish, map[string]string{
		"mangler": missing[bareField(m.Field)], "hvad": what, "n": count(m.N), "højst": count(maxLength(m.Field)),
		"dato": dayWords(m.Date), "tema": m.Text, "tekst": m.Text,
	})
}

// English says the same to a programmer.
func (m Mistake) English() string {
	return fill(mistakes[m.Code].english, map[string]string{
		"n": strconv.Itoa(m.N), "max": strconv.Itoa(maxLength(m.Field)), "date": isoDay(m.Date), "text": m.Text,
	})
}

// Hint is a question about something that may be right as it is.
type Hint struct {
	Field string
	Code  HintCode
	Text  string // the address, or the one that was probably meant
	Side  Side   // whose address it is
}

// HintCode names a question.
type HintCode string

// The questions of a submission.
const (
	HintSharedMailbox HintCode = "shared_mailbox"
	HintTypo          HintCode = "typo"
)

// Hints are questions to ask beside the form; they never refuse anything.
func (s Submission) Hints() (hints []Hint) {
	c := s.Clean()
	hints = addressHints("", c.Leader, c.Rep)
	for i, p := range c.Participants {
		hints = append(hints, addressHints(ParticipantField(i, ""), p.Leader, p.Rep)...)
	}
	return hints
}

func addressHints(prefix string, leader Contact, rep Representative) (hints []Hint) {
	for _, at := range []struct {
		field, email string
		side         Side
	}{{prefix + "leader_email", leader.Email, Leader}, {prefix + "rep_email", rep.Email, Rep}} {
		if meant := LikelyTypo(at.email); meant != "" {
			hints = append(hints, Hint{at.field, HintTypo, meant, at.side})
		}
		if SharedMailbox(at.email) {
			hints = append(hints, Hint{at.field, HintSharedMailbox, at.email, at.side})
		}
	}
	return hints
}

// Danish asks the question.
func (h Hint) Danish() string {
	if h.Code == HintTypo {
		return "Mente du " + h.Text + "?"
	}
	return h.Text + " ligner en fælles postkasse. Linket er personligt; brug helst en adresse, kun " + h.Side.Label() + " læser."
}

// English asks the question.
func (h Hint) English() string {
	if h.Code == HintTypo {
		return "Did you mean " + h.Text + "?"
	}
	return h.Text + " looks like a shared mailbox. The link is personal; prefer an address only the " + englishSide(h.Side) + " reads."
}
