package forloeb

import (
	"slices"
	"strconv"
)

// Answers are one party's answers to the questionnaire, by question id.
type Answers struct {
	Version int               `json:"version"`
	Choices map[string]string `json:"choices"`
	Remark  string            `json:"remark,omitempty"`
}

// Question is one question of the questionnaire. Its id means the same text and
// the same options in every version that has it: answers under one id can be
// counted together. A question that changes its meaning gets another id.
type Question struct {
	ID       string
	Text     string
	Part     string   // of a question with several parts, which follow each other under one text
	Options  []Option // none: free text
	Required bool
}

// Option is one possible answer.
type Option struct{ Code, Label string }

// MaxRemark is the length of the questionnaire's free text, in letters.
const MaxRemark = 2000

// QuestionnaireOf is the questions of a version in the words of a programme; nil
// of a version that has never been.
func QuestionnaireOf(c ProgrammeCode, version int) []Question {
	if version < 1 || version > QuestionnaireVersion {
		return nil
	}
	questions := slices.Clone(questionnaires[version-1])
	for i := range questions {
		if questions[i].ID == "recommend" {
			questions[i].Text = wordsOf(c).Recommend
		}
	}
	return questions
}

// ComparableIn lists the versions whose answers to a question can be counted
// together: those that have it.
func ComparableIn(question string) (versions []int) {
	for i, questions := range questionnaires {
		if slices.ContainsFunc(questions, func(q Question) bool { return q.ID == question }) {
			versions = append(versions, i+1)
		}
	}
	return versions
}

// Label is the question's text alone, with its part.
func (q Question) Label() string {
	if q.Part == "" {
		return q.Text
	}
	return q.Text + " " + q.Part
}

// HowMany is what an answer that counts says; "eller flere" counts as the least
// it can be. ok is false of every other answer.
func HowMany(choice string) (n int, ok bool) {
	if choice == orMore {
		return mostCounted, true
	}
	n, err := strconv.Atoi(choice)
	return n, err == nil && n >= 0 && n < mostCounted
}

// Mistakes lists the questions that lack a legal answer in the version that was
// answered, and the version itself where there is no such one.
func (a Answers) Mistakes() (ids []string) {
	for _, q := range QuestionnaireOf(Spark, a.Version) {
		choice, given := a.Choices[q.ID]
		known := slices.ContainsFunc(q.Options, func(o Option) bool { return o.Code == choice })
		if q.Required && !given || given && !known {
			ids = append(ids, q.ID)
		}
	}
	if a.Version < 1 || a.Version > QuestionnaireVersion {
		ids = append(ids, "version")
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
