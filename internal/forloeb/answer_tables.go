package forloeb

import (
	"slices"
	"strconv"
)

// answerBlocks has one block for every closed question.
func (o *outcomes) answerBlocks() (blocks []block) {
	for _, q := range everAsked(o.programme.Code) {
		by := byAnswer + Dimension(q.ID)
		if len(q.Options) > 0 {
			b := o.grid(by, codes(q.Options), by, "")
			b.overlap = true
			blocks = append(blocks, b)
		}
	}
	return blocks
}

func codes(options []Option) (list []string) {
	for _, o := range options {
		list = append(list, o.Code)
	}
	return list
}

// TableAnswers is the code of the table of a question's answers.
func TableAnswers(question string) TableCode { return TableCode("answers_" + question) }

// answers has a table for every closed question: how many people gave each
// answer. It is hidden by how many workplaces they are from.
func (o *outcomes) answers(f StatisticsFilter) (tables []Table) {
	for _, q := range everAsked(o.programme.Code) {
		if len(q.Options) == 0 {
			continue
		}
		by := byAnswer + Dimension(q.ID)
		all := o.cell(by, "", f.Year)
		row := func(code, label string) Row {
			return Row{code, label, o.figures(o.cell(by, code, f.Year), func(t Tally) []Cell {
				return []Cell{shown(t.PeopleAnswered), share(t.PeopleAnswered, all.PeopleAnswered)}
			})}
		}
		t := Table{Code: TableAnswers(q.ID), Title: q.title(), Dimension: "Svar", Note: "Så mange personer har svaret. Svar fra færre end " + strconv.Itoa(LeastShown) + " arbejdspladser vises ikke.",
			Columns: []Column{{"people", "Personer", KindCount}, {"percent", "Andel", KindPercent}}}
		for _, option := range q.Options {
			t.Rows = append(t.Rows, row(option.Code, option.Label))
		}
		total := row("", "I alt")
		total.Code = "total"
		t.Total = &total
		tables = append(tables, t)
	}
	return tables
}

// everAsked are the questions of every version, in the words and the order of
// the latest that has them: one means the same in each.
func everAsked(p ProgrammeCode) (questions []Question) {
	for version := QuestionnaireVersion; version > 0; version-- {
		for _, q := range QuestionnaireOf(p, version) {
			if !slices.ContainsFunc(questions, func(known Question) bool { return known.ID == q.ID }) {
				questions = append(questions, q)
			}
		}
	}
	return questions
}

// title is the question, with its part where it has several.
func (q Question) title() string {
	if q.Part == "" {
		return q.Text
	}
	return q.Text + " " + q.Part
}
