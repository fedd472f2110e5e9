package forloeb

import (
	"slices"
	"time"
)

// FilterGroup is a dimension and the groups that can be chosen of it.
type FilterGroup struct {
	By     Dimension
	Values []Option
}

// FilterGroups are what statistics can be narrowed to, in the order of a page:
// the tables have the same rows, and a year is all that they can be crossed
// with.
func FilterGroups(programme ProgrammeCode, at time.Time) (groups []FilterGroup) {
	p, _ := ProgrammeByCode(programme)
	for _, by := range dimensionsOf(p) {
		g := FilterGroup{By: by}
		for _, code := range offered(by, p, at) {
			g.Values = append(g.Values, Option{code, p.GroupLabel(by, code)})
		}
		groups = append(groups, g)
	}
	return groups
}

// Narrowed is the filter for one group; for all where there is no such group.
func (f StatisticsFilter) Narrowed(by Dimension, value string) StatisticsFilter {
	for _, g := range FilterGroups(f.Programme, f.At) {
		if g.By == by && slices.ContainsFunc(g.Values, func(o Option) bool { return o.Code == value }) {
			f.By, f.Value = by, value
		}
	}
	return f
}

// TableLoad is the table of how much each consultant has.
const TableLoad TableCode = "load"

// Load is how much a consultant has.
type Load struct {
	Name                      string
	Open, Capacity, Completed int // forløb
}

// LoadTable is for the head alone: it is about colleagues, by name. It tells
// nothing that was answered.
func LoadTable(loads []Load) Table {
	t := Table{Code: TableLoad, Title: "Konsulenternes forløb", Dimension: "Konsulent", HeadOnly: true, Note: "Kun du, som leder, ser denne tabel. Den kan ikke tages ud.",
		Columns: []Column{{"open", "I gang", KindCount}, {"capacity", "Plads til", KindCount}, {"completed", "Afsluttet", KindCount}}}
	for _, l := range loads {
		t.Rows = append(t.Rows, Row{l.Name, l.Name, []Cell{shown(l.Open), shown(l.Capacity), shown(l.Completed)}})
	}
	return t
}
