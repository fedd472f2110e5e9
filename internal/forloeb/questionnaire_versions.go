package forloeb

// QuestionnaireVersion is the version that is asked now. It is stored with every
// answer.
const QuestionnaireVersion = 2

// questionnaires are all versions, the first first. One that has been asked is
// never changed: a change is a new version, which a test compares.
//
// All of them ask what came of the forløb. The first two questions give the two
// figures SPARK is known by (seed A25, A26) and are required. The second version
// also asks how many initiatives there are and how far they have come: numbers,
// which are quickly given and say nothing about anybody.
var questionnaires = [QuestionnaireVersion][]Question{
	{askPlanned, askOngoing, askSatisfied, askRecommend, askCooperation, askEquipped, askRoles, askAgain, askRemark},
	{askPlanned, askOngoing, askInitiativesPlanned, askInitiativesOngoing, askInitiativesDone, askSatisfied, askRecommend, askCooperation, askEquipped, askRoles, askAgain, askRemark},
}

var yesNoUnknown = []Option{{"yes", "Ja"}, {"no", "Nej"}, {"unknown", "Det ved jeg ikke"}}

var degrees = []Option{
	{"very_high", "I meget høj grad"}, {"high", "I høj grad"}, {"some", "I nogen grad"},
	{"low", "I ringe grad"}, {"not_at_all", "Slet ikke"},
}

var satisfaction = []Option{
	{"very_satisfied", "Meget tilfreds"}, {"satisfied", "Tilfreds"}, {"neither", "Hverken eller"},
	{"dissatisfied", "Utilfreds"}, {"very_dissatisfied", "Meget utilfreds"},
}

// The most initiatives that are told apart, and the answer for as many or more.
const (
	mostCounted = 5
	orMore      = "5_or_more"
)

var initiativeNumbers = []Option{{"0", "Ingen"}, {"1", "1"}, {"2", "2"}, {"3", "3"}, {"4", "4"}, {orMore, "5 eller flere"}}

const howManyInitiatives = "Hvor mange indsatser har I nu?"

var (
	askPlanned     = Question{ID: "planned", Text: "Har I planlagt en eller flere indsatser på baggrund af forløbet?", Options: yesNoUnknown, Required: true}
	askOngoing     = Question{ID: "ongoing", Text: "Er I gået i gang med en eller flere indsatser?", Options: yesNoUnknown, Required: true}
	askSatisfied   = Question{ID: "satisfied", Text: "Hvor tilfreds er du med forløbet?", Options: satisfaction}
	askRecommend   = Question{ID: "recommend", Text: sparkWords.Recommend, Options: degrees}
	askCooperation = Question{ID: "cooperation", Text: "I hvor høj grad har forløbet styrket samarbejdet i TRIO eller MED?", Options: degrees}
	askEquipped    = Question{ID: "equipped", Text: "I hvor høj grad er I blevet bedre til selv at arbejde med det psykiske arbejdsmiljø?", Options: degrees}
	askRoles       = Question{ID: "roles", Text: "I hvor høj grad forstår I hinandens roller bedre?", Options: degrees}
	askAgain       = Question{ID: "again", Text: "Ville I søge igen?", Options: yesNoUnknown}
	askRemark      = Question{ID: "remark", Text: "Er der noget, du vil tilføje?"}

	askInitiativesPlanned = Question{ID: "initiatives_planned", Text: howManyInitiatives, Part: "Planlagt, men ikke begyndt", Options: initiativeNumbers}
	askInitiativesOngoing = Question{ID: "initiatives_ongoing", Text: howManyInitiatives, Part: "I gang", Options: initiativeNumbers}
	askInitiativesDone    = Question{ID: "initiatives_done", Text: howManyInitiatives, Part: "Gennemført", Options: initiativeNumbers}
)
