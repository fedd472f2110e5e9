package api

import "net/url"

// guidePage asks one question of the guide.
//
// States: the first question; a later one; one that has been come back to;
// sent without an answer.
type guidePage struct {
	Base
	Number, Of   int
	ID, Question string
	Options      []option
	Chosen       string   // the answer from before, when they have come back
	Before       []option // the answers so far, by the names they are sent under
	Back         string
}

func (*guidePage) template() string { return "guide" }

// newGuidePage asks the question that follows the answers.
func newGuidePage(given []guideAnswer) *guidePage {
	q := guideQuestions[len(given)]
	page := &guidePage{Number: len(given) + 1, Of: len(guideQuestions), ID: q.name, Question: q.asks, Back: "/"}
	for i, a := range given {
		page.Before = append(page.Before, option{Value: a.value, Label: guideQuestions[i].name})
	}
	for _, a := range q.answers {
		page.Options = append(page.Options, option{Value: a.value, Label: a.label})
	}
	if len(given) > 0 {
		page.Back = guideBackTo(given)
	}
	return page
}

// guideAdvicePage is where the guide ends.
//
// States: one for each advice; of those, one with an address to pass on, some
// that end with the telephone, and one for the regions while their programme is open.
type guideAdvicePage struct {
	Base
	guideAdvice
	Back    string
	Address string // of the front page, to be passed on
}

func (*guideAdvicePage) template() string { return "guide-advice" }

// MailTo writes a mail, to nobody yet, with the address in it.
func (p *guideAdvicePage) MailTo() string {
	return "mailto:?subject=" + url.PathEscape("Gratis hjælp til det psykiske arbejdsmiljø") +
		"&body=" + url.PathEscape("Se, om SPARK er noget for jer: "+p.Address)
}
