package api

import (
	"net/url"
	"time"

	"example.dk/spark/internal/forloeb"
)

// regionalApply is the form of the regional programme, filled in and changed.
func regionalApply(change func(*regionalApplyPage)) *regionalApplyPage {
	p := newRegionalApplyPage(regional(), exampleApplied)
	p.Form = exampleForm()
	p.Form.Municipality, p.Form.Sector = "", ""
	p.Form.Region, p.Form.Workplace, p.Form.UnitType, p.Form.Provider = "midtjylland", "Afdeling 7", "hospital", "nfa"
	p.Form.Body, p.Form.Themes = "local_med", []string{"violence_offences"}
	for i := range p.Questions {
		p.Questions[i].Answer = answeredNo
	}
	change(p)
	return p
}

// regionalSent is that form when it has been sent and judged.
func regionalSent(change func(*regionalApplyPage)) *regionalApplyPage {
	return regionalApply(func(p *regionalApplyPage) {
		change(p)
		s := p.submission()
		p.explain(s.Check(exampleApplied), s.Hints())
	})
}

func forRegions(p pageData, closed *forloeb.IntakeNow) pageData {
	p.(*guideAdvicePage).forRegions(closed)
	return p
}

func exampleRegionalClosed() *forloeb.IntakeNow {
	now := regional().IntakeAt(forloeb.IntakeDecision{}, exampleApplied)
	return &now
}

func regionalApplyExamples() []example {
	nothing := newRegionalApplyPage(regional(), exampleApplied)
	nothing.explain(nothing.submission().Check(exampleApplied), nil)
	yes := func(some ...int) *applyRefusedPage {
		return regionalApply(func(p *regionalApplyPage) {
			for _, i := range some {
				p.Questions[i].Answer = answeredYes
			}
		}).refused(url.Values{"workplace": {"Afdeling 7"}, "themes": {"workplace_change", "violence_offences"}})
	}
	return []example{
		{"apply-regional-empty", newRegionalApplyPage(regional(), exampleApplied)},
		{"apply-regional-nothing-filled", nothing},
		{"apply-regional-shut", regionalApply(func(p *regionalApplyPage) { p.Closed, p.Shut = exampleRegionalClosed(), true })},
		{"apply-regional-sent-too-late", regionalApply(func(p *regionalApplyPage) {
			p.Closed = exampleRegionalClosed()
			p.Wait = tooLate(p.Closed.Refusal())
		})},
		{"apply-regional-prefilled-wait", tooMany{wait: 110 * time.Second, form: regionalApply(func(p *regionalApplyPage) { p.Prefilled = true })}.filledIn()},
		{"apply-regional-errors", regionalSent(func(p *regionalApplyPage) {
			p.Questions[1].Answer, p.Form.Body, p.Form.Declared, p.Form.LeaderEmail = "", "other", false, "mette"
		})},
		{"apply-refused", yes(0, 1)},
	}
}
