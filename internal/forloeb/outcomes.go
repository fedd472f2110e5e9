package forloeb

import (
	"maps"
	"slices"
	"time"
)

// outcomes are the tallies of a programme by everything that they are shown by,
// with every year and the sum of years. All of it is there whatever a page
// shows, so that what is hidden is the same on each.
type outcomes struct {
	programme Programme
	at        time.Time
	years     []int
	cells     map[groupKey]*tallied
	took      map[groupKey][]Took
}

// groupKey names a cell: the empty value is all workplaces, the year 0 all
// years. The value of ByTime is a quarter.
type groupKey struct {
	by    Dimension
	value string
	year  int
}

type tallied struct {
	group
	Tally
}

// dimensionsOf are what a programme's workplaces are grouped by.
func dimensionsOf(p Programme) []Dimension {
	if p.Audience == OfTheRegion {
		return []Dimension{ByTheme, ByType, ByRegion, BySector}
	}
	return []Dimension{ByTheme, ByType, ByMunicipality, ByRegion, BySector}
}

func newOutcomes(p Programme, at time.Time, counts Counts) *outcomes {
	o := &outcomes{programme: p, at: at, cells: map[groupKey]*tallied{}, took: map[groupKey][]Took{}}
	years := map[int]bool{}
	for _, s := range counts.Sums {
		years[s.Year] = true
		o.count(s)
	}
	for _, t := range counts.Took {
		o.both(Sum{byTook, t.What, t.Year, Tally{Asked: t.N}})
		for _, year := range []int{t.Year, 0} {
			key := groupKey{byTook, t.What, year}
			o.took[key] = append(o.took[key], t)
		}
	}
	o.years = slices.Sorted(maps.Keys(years))
	blocks := slices.Concat(o.blocks(), o.courseBlocks(), o.answerBlocks())
	for _, c := range o.cells {
		c.sizes = []int{c.Asked, c.Answered}
	}
	protect(blocks)
	return o
}

// count adds a sum to its cell and to those that it is part of.
func (o *outcomes) count(s Sum) {
	switch s.By {
	case ByTime:
		o.cell(s.By, s.Value, s.Year).add(s.Tally)
		o.both(Sum{"", "", s.Year, s.Tally})
		return
	case byEnd:
		o.both(Sum{byEnd, "", s.Year, s.Tally})
	case byReached:
		if s.Value == reachedEnd { // what is completed is counted among the ends
			return
		}
	case ByMunicipality, byPlace:
		o.countRegion(s)
	case ByRegion:
		s.Value = RegionAt(s.Value, o.at)
	}
	o.both(s)
}

// countRegion adds what is in a municipality, or in a regional workplace's
// region, to the region.
func (o *outcomes) countRegion(s Sum) {
	region := RegionAt(s.Value, o.at)
	if m, known := MunicipalityByCode(s.Value); known {
		region = m.Region(o.at)
	}
	by := ByRegion
	if s.By == byPlace {
		by = byPlaceRegion
		o.both(Sum{byPlaceRegion, "", s.Year, s.Tally})
	}
	o.both(Sum{by, region, s.Year, s.Tally})
}

// both adds a sum to its year and to all years.
func (o *outcomes) both(s Sum) {
	o.cell(s.By, s.Value, s.Year).add(s.Tally)
	o.cell(s.By, s.Value, 0).add(s.Tally)
}

// cell is one group in one year; all workplaces have no dimension.
func (o *outcomes) cell(by Dimension, value string, year int) *tallied {
	key := groupKey{by, value, year}
	c := o.cells[key]
	if c == nil {
		c = &tallied{group: group{sizes: []int{0, 0}}}
		o.cells[key] = c
	}
	return c
}

// blocks are the tables that share sums: the quarters of a year sum to it, the
// municipalities of a region to the region, and everything to all.
func (o *outcomes) blocks() (blocks []block) {
	for _, year := range o.years {
		var l line
		for _, q := range quarters {
			l = append(l, &o.cell(ByTime, q.code, year).group)
		}
		blocks = append(blocks, block{lines: []line{append(l, &o.cell("", "", year).group)}})
	}
	for _, by := range dimensionsOf(o.programme) {
		if by == ByMunicipality {
			blocks = append(blocks, o.municipalityBlocks()...)
			continue
		}
		b := o.grid(by, o.values(by), "", "")
		b.overlap = by == ByTheme
		blocks = append(blocks, b)
	}
	return blocks
}

// municipalityBlocks has one for every region, whose sum is in another, and one
// of all municipalities: what is hidden of several regions is the rest of their
// table too.
func (o *outcomes) municipalityBlocks() (blocks []block) {
	blocks = append(blocks, o.grid(ByMunicipality, o.values(ByMunicipality), "", ""))
	for _, region := range Regions(o.at) {
		blocks = append(blocks, o.grid(ByMunicipality, municipalitiesIn(region, o.at), ByRegion, region))
	}
	return blocks
}

// grid is every value and, last, what they are part of, in every year and all.
func (o *outcomes) grid(by Dimension, values []string, ofBy Dimension, of string) block {
	row := func(by Dimension, value string) (groups []*group) {
		for _, year := range append(slices.Clone(o.years), 0) {
			groups = append(groups, &o.cell(by, value, year).group)
		}
		return groups
	}
	var cells [][]*group
	for _, v := range values {
		cells = append(cells, row(by, v))
	}
	return grid(append(cells, row(ofBy, of)))
}

// values are the groups of a dimension in the order of a page: those that can
// be chosen, then what was chosen before and is not offered any more.
func (o *outcomes) values(by Dimension) []string {
	values := offered(by, o.programme, o.at)
	var older []string
	for key := range o.cells {
		if key.by == by && !slices.Contains(values, key.value) && !slices.Contains(older, key.value) {
			older = append(older, key.value)
		}
	}
	slices.Sort(older)
	return append(values, older...)
}

func offered(by Dimension, p Programme, at time.Time) (codes []string) {
	switch by {
	case ByTime:
		for _, q := range quarters {
			codes = append(codes, q.code)
		}
	case ByTheme:
		for _, t := range p.Themes {
			codes = append(codes, string(t.Code))
		}
	case ByType:
		for _, t := range p.Types {
			codes = append(codes, string(t.Code))
		}
	case ByMunicipality:
		for _, m := range Municipalities() {
			codes = append(codes, m.Code)
		}
	case ByRegion:
		codes = Regions(at)
	case BySector:
		return places(p)
	}
	return codes
}

func places(p Programme) (codes []string) {
	if p.Audience == OfTheRegion {
		for _, u := range UnitTypes {
			codes = append(codes, string(u))
		}
		return codes
	}
	for _, s := range Sectors {
		codes = append(codes, string(s))
	}
	return codes
}

var quarters = []struct{ code, label string }{{"1", "Januar til marts"}, {"2", "April til juni"}, {"3", "Juli til september"}, {"4", "Oktober til december"}}

// GroupLabel names a group of a dimension in Danish; what is not known any more
// by its code.
func (p Programme) GroupLabel(by Dimension, value string) (label string) {
	switch by {
	case ByTime:
		for _, q := range quarters {
			if q.code == value {
				label = q.label
			}
		}
	case ByTheme:
		t, _ := p.Theme(ThemeCode(value))
		label = t.Label
	case ByType:
		t, _ := p.Type(TypeCode(value))
		label = t.Label
	case ByMunicipality:
		m, _ := MunicipalityByCode(value)
		label = m.Name
	case ByRegion:
		label = RegionLabel(value)
	case BySector:
		label = p.placeLabel(value)
	}
	if label == "" {
		return value
	}
	return label
}

func (p Programme) placeLabel(value string) string {
	if p.Audience == OfTheRegion {
		return UnitType(value).Label()
	}
	return Sector(value).Label()
}
