package forloeb

import "slices"

// Answers are one party's answers to the questionnaire, by question id.
type Answers struct {
	Version int               `json:"version"`
	Choices map[string]string `json:"choices"`
	Remark  string            `json:"remark,omitempty"`
}

// Question is one question of the questionnaire.
type Question struct {
	ID       string
	Text     string
	Options  []Option // none: free text
	Required bool
}

// Option is one possible answer.
type Option struct{ Code, Label string }

// MaxRemark is the length of the questionnaire's free text, in letters.
const MaxRemark = 2000

// QuestionnaireVersion is stored with every answer.
const QuestionnaireVersion = 1

var yesNoUnknown = []Option{{"yes", "Ja"}, {"no", "Nej"}, {"unknown", "Det ved jeg ikke"}}

var degrees = []Option{
	{"very_high", "I meget høj grad"}, {"high", "I høj grad"}, {"some", "I nogen grad"},
	{"low", "I ringe grad"}, {"not_at_all", "Slet ikke"},
}

// Questionnaire asks what came of the forløb. The first two questions give
// the two figures SPARK is known by (seed A25, A26) and are required.
var Questionnaire = []Question{
	{ID: "planned", Text: "Har I planlagt en eller flere indsatser på baggrund af forløbet?", Options: yesNoUnknown, Required: true},
	{ID: "ongoing", Text: "Er I gået i gang med en eller flere indsatser?", Options: yesNoUnknown, Required: true},
	{ID: "satisfied", Text: "Hvor tilfreds er du med forløbet?", Options: []Option{
		{"very_satisfied", "Meget tilfreds"}, {"satisfied", "Tilfreds"}, {"neither", "Hverken eller"},
		{"dissatisfied", "Utilfreds"}, {"very_dissatisfied", "Meget utilfreds"}}},
	{ID: "recommend", Text: sparkWords.Recommend, Options: degrees},
	{ID: "cooperation", Text: "I hvor høj grad har forløbet styrket samarbejdet i TRIO eller MED?", Options: degrees},
	{ID: "equipped", Text: "I hvor høj grad er I blevet bedre til selv at arbejde med det psykiske arbejdsmiljø?", Options: degrees},
	{ID: "roles", Text: "I hvor høj grad forstår I hinandens roller bedre?", Options: degrees},
	{ID: "again", Text: "Ville I søge igen?", Options: yesNoUnknown},
	{ID: "remark", Text: "Er der noget, du vil tilføje?"},
}

// QuestionnaireOf is the questions in the words of a programme.
func QuestionnaireOf(c ProgrammeCode) []Question {
	questions := slices.Clone(Questionnaire)
	for i := range questions {
		if questions[i].ID == "recommend" {
			questions[i].Text = wordsOf(c).Recommend
		}
	}
	return questions
}

// Mistakes lists the questions that lack a legal answer.
func (a Answers) Mistakes() (ids []string) {
	for _, q := range Questionnaire {
		choice, given := a.Choices[q.ID]
		known := slices.ContainsFunc(q.Options, func(o Option) bool { return o.Code == choice })
		if q.Required && !given || given && !known {
			ids = append(ids, q.ID)
		}
	}
	if _, bad := a.RemarkMistake(); bad {
		ids = append(ids, "remark")
	}
	return ids
}

// RemarkMistake is what is wrong with the free text, if anything.
func (a Answers) RemarkMistake() (Mistake, bool) {
	if line, found := LooksLikeCPR(a.Remark); found {
		return Mistake{Field: "remark", Code: MistakeCPR, N: line}, true
	}
	if n := len([]rune(a.Remark)) - MaxRemark; n > 0 {
		return Mistake{Field: "remark", Code: MistakeTooLong, N: n}, true
	}
	return Mistake{}, false
}
