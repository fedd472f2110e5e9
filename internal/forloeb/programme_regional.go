package forloeb

// Regional is the expert advice for the regions' workplaces, agreed by
// Forhandlingsfællesskabet and Danske Regioner (seed C23).
const (
	Regional     ProgrammeCode = "regional"
	ExpertAdvice TypeCode      = "expert_advice"

	ThemeOrganisationalChange  ThemeCode = "organisational_change"
	ThemeProfessionalChange    ThemeCode = "professional_change"
	ThemeCooperationAndCulture ThemeCode = "cooperation_culture"
	ThemeWorkplaceChange       ThemeCode = "workplace_change"
	ThemeViolenceOffences      ThemeCode = "violence_offences"
	ThemeCultureAndCoreTask    ThemeCode = "culture_core_task"
	ThemeIntroductionRetention ThemeCode = "introduction_retention"

	ProviderNFA     ProviderCode = "nfa"
	ProviderRUC     ProviderCode = "ruc"
	ProviderAlectia ProviderCode = "alectia"
	ProviderCBS     ProviderCode = "cbs"
	ProviderNIRAS   ProviderCode = "niras_joblife"

	ExcludedNotice   ExclusionCode = "improvement_notice"
	ExcludedCrisis   ExclusionCode = "crisis_help"
	ExcludedPersonal ExclusionCode = "personal_support"
)

// What ends with the agreement has no last day of its own: should the parties
// go on, it is there.
var regional = Programme{
	Code:     Regional,
	Name:     "Ekspertrådgivning om psykisk arbejdsmiljø",
	FullName: "Ekspertrådgivning om psykisk arbejdsmiljø i regionerne",
	Words:    regionalWords,
	Audience: OfTheRegion,
	Periods: []Period{
		{From: day(2016, 4, 1), Until: day(2018, 3, 31)}, // OK15
		{From: day(2019, 1, 7), Until: day(2021, 3, 31)}, // OK18
		{From: day(2021, 4, 1), Until: day(2024, 3, 31)}, // OK21, »until 2024« (C24): the end of that bargaining's period
	},
	Providers: []Provider{
		{Code: ProviderNFA, Name: "NFA", FullName: "Det Nationale Forskningscenter for Arbejdsmiljø", Open: Period{From: day(2016, 4, 1)}},
		{Code: ProviderRUC, Name: "RUC", FullName: "Roskilde Universitet", Open: Period{From: day(2016, 4, 1)}},
		{Code: ProviderAlectia, Name: "Alectia", FullName: "Alectia", Open: Period{From: day(2016, 4, 1), Until: day(2018, 3, 31)}},
		{Code: ProviderCBS, Name: "CBS", FullName: "Copenhagen Business School", Open: Period{From: day(2016, 4, 1), Until: day(2018, 3, 31)}},
		{Code: ProviderNIRAS, Name: "NIRAS-Joblife", FullName: "NIRAS-Joblife", Open: Period{From: day(2019, 1, 7), Until: day(2021, 3, 31)}},
	},
	Themes: []Theme{
		{Code: ThemeOrganisationalChange, Label: "Organisatoriske forandringer", Short: "organisatoriske forandringer", From: day(2016, 4, 1), Until: day(2021, 3, 31)},
		{Code: ThemeProfessionalChange, Label: "Faglige forandringer", Short: "faglige forandringer", From: day(2016, 4, 1), Until: day(2021, 3, 31)},
		{Code: ThemeViolence, Label: "Vold og trusler", Short: "vold og trusler", From: day(2016, 4, 1), Until: day(2021, 3, 31)},
		{Code: ThemeCooperationAndCulture, Label: "Samarbejde, arbejdspladskultur og mobning", Short: "samarbejde og mobning", From: day(2019, 1, 7), Until: day(2021, 3, 31)},
		// C28
		{Code: ThemeWorkplaceChange, Label: "Forandringer på arbejdspladsen", Short: "forandringer", From: day(2021, 4, 1)},
		{Code: ThemeViolenceOffences, Label: "Vold og krænkelser", Short: "vold og krænkelser", From: day(2021, 4, 1)},
		{Code: ThemeCultureAndCoreTask, Label: "Arbejdspladskultur og løsning af kerneopgaven", Short: "arbejdspladskultur", From: day(2021, 4, 1)},
		{Code: ThemeIntroductionRetention, Label: "Introduktion og fastholdelse af medarbejdere", Short: "introduktion og fastholdelse", From: day(2021, 4, 1)},
	},
	Exclusions: []Exclusion{
		{Code: ExcludedNotice, Refusal: RefuseExcludedNotice, // C29; what is complied with is no bar
			Question: "Skal rådgivningen følge op på et påbud fra Arbejdstilsynet, som endnu ikke er efterkommet?",
			Advice:   "Tal med Arbejdstilsynet om påbuddet. I er velkomne til at søge, når det er efterkommet."},
		{Code: ExcludedCrisis, Refusal: RefuseExcludedCrisis, // C30
			Question: "Har I brug for krisehjælp efter noget, der er sket?",
			Advice:   "Brug regionens egen krisehjælp; jeres leder eller arbejdsmiljørepræsentant ved, hvem I ringer til. Er nogen i akut fare, så ring 112."},
		{Code: ExcludedPersonal, Refusal: RefuseExcludedPersonal, // C31
			Question: "Er det støtte til en enkelt leder eller medarbejder, I søger?",
			Advice:   "Spørg lederen, HR eller arbejdsmiljøorganisationen i jeres region, hvem der kan støtte den enkelte."},
	},
	Types: []ForloebType{{
		Code: ExpertAdvice, Label: "Ekspertrådgivning", From: day(2016, 4, 1),
		Bodies:        append([]Body{LocalMED, AMGroup, Trio}, upperBodies...), // C33: at the right level
		MinWorkplaces: 1, MaxWorkplaces: 1, Meetings: 4, MaxMeetings: 6,
	}},
	Declarations: []Declaration{
		{Code: "agreed", Text: "Lederen og medarbejderrepræsentanten er enige om at søge."}, // C33, C34
		{Code: "resources", Text: "I bruger tid og kræfter på forløbet."},
		{Code: "evaluation", Text: "I svarer på et spørgeskema tre måneder efter det sidste møde."},
		{Code: string(ExcludedNotice), Text: "I søger ikke for at følge op på et påbud fra Arbejdstilsynet, der ikke er efterkommet."}, // C29
		{Code: string(ExcludedCrisis), Text: "I ved, at rådgivningen ikke er krisehjælp."},                                             // C30
		{Code: string(ExcludedPersonal), Text: "I ved, at rådgivningen ikke er støtte til enkeltpersoner."},                            // C31
	},
	Policy: providersChoose(DefaultPolicy),
	More:   Elsewhere{Name: "Regionalt Arbejdsliv", Address: "https://regionaltarbejdsliv.dk/"}, // C35
}

// providersChoose: who comes is the provider's to say (C32).
func providersChoose(p Policy) Policy {
	p.Assignment, p.OfferDays = ByProvider, 0 // it has asked its own people
	return p
}
