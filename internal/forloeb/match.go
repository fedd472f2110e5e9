package forloeb

import (
	"slices"
	"time"
)

// Candidate is a consultant with what matching needs to know, read under the
// matching lock so that the load is true.
type Candidate struct {
	Consultant
	Load         int       // open forløb between assignment and the last meeting
	OnLeave      bool      // today
	Conflict     bool      // gave this forløb back, or said no to it
	Interest     bool      // of interest in it: nobody may choose them
	Recused      bool      // registered beforehand as having an interest where it is: see Recusal
	Settling     bool      // new, and has been given one lately
	LastAssigned time.Time // zero when never
}

// Need is what a forløb asks of a consultant.
type Need struct {
	Themes       []ThemeCode
	Municipality string
	Region       string // of a regional workplace
	At           time.Time
}

// Ranked is a candidate with the reasons: the parts of its score in the open.
type Ranked struct {
	Candidate
	Score     []Score
	Obstacles []string // codes of the hard filters it fails; none when it fits
}

// Fits reports whether matching would take the candidate.
func (r Ranked) Fits() bool { return len(r.Obstacles) == 0 }

// Total is the sum of the score's parts.
func (r Ranked) Total() (n int) {
	for _, s := range r.Score {
		n += s.Points
	}
	return n
}

// Need is what this forløb asks for.
func (f *Forloeb) Need(now time.Time) Need {
	return Need{Themes: f.Application.Themes, Municipality: f.Lead().Municipality, Region: f.Lead().Region, At: now}
}

// Rank orders candidates: those who pass every hard filter first, then by
// score, then by lowest load, longest since last assignment, and id, so that
// the same facts always give the same consultant.
func Rank(need Need, candidates []Candidate) []Ranked {
	ranked := make([]Ranked, 0, len(candidates))
	for _, c := range candidates {
		ranked = append(ranked, Ranked{Candidate: c, Score: score(need, c), Obstacles: obstacles(need, c)})
	}
	slices.SortFunc(ranked, better)
	return ranked
}

func better(a, b Ranked) int {
	if a.Fits() != b.Fits() {
		if a.Fits() {
			return -1
		}
		return 1
	}
	if d := b.Total() - a.Total(); d != 0 {
		return d
	}
	if d := a.Load - b.Load; d != 0 {
		return d
	}
	if d := a.LastAssigned.Compare(b.LastAssigned); d != 0 {
		return d
	}
	return slices.Compare(a.ID[:], b.ID[:])
}

// Codes of the hard filters.
const (
	ObstacleInactive = "inactive"
	ObstacleThemes   = "themes"
	ObstacleRegion   = "region"
	ObstacleLeave    = "leave"
	ObstacleConflict = "conflict"
	ObstacleInterest = "conflict_of_interest"
	ObstacleRecused  = "recused"
	ObstacleCapacity = "capacity"
	ObstacleNew      = "new"
)

// obstacles names the hard filters that a candidate fails.
func obstacles(need Need, c Candidate) (failed []string) {
	for _, filter := range []struct {
		code  string
		fails bool
	}{
		{ObstacleInactive, !c.Active},
		{ObstacleThemes, !covers(c.Themes, need.Themes)},
		{ObstacleRegion, !need.within(c.Regions)},
		{ObstacleLeave, c.OnLeave},
		{ObstacleConflict, c.Conflict && !c.Interest},
		{ObstacleInterest, c.Interest},
		{ObstacleRecused, c.Recused},
		{ObstacleCapacity, c.Load >= c.Capacity},
		{ObstacleNew, c.Settling},
	} {
		if filter.fails {
			failed = append(failed, filter.code)
		}
	}
	return failed
}

func covers(has, needs []ThemeCode) bool {
	for _, t := range needs {
		if !slices.Contains(has, t) {
			return false
		}
	}
	return true
}

// score: room counts most, so that work is shared; then specialists before
// generalists, and those who cover one region before those who travel.
func score(need Need, c Candidate) []Score {
	free := 0
	if c.Capacity > 0 {
		free = 60 * max(0, c.Capacity-c.Load) / c.Capacity
	}
	return []Score{
		{Part: "room", Points: free},
		{Part: "themes", Points: 20 * len(need.Themes) / max(1, len(c.Themes))},
		{Part: "region", Points: 20 / max(1, len(c.Regions))},
	}
}

// within: the map of the regions changes on 1 January 2027, and a consultant
// goes on travelling where they did. A region by either map will do.
func (n Need) within(regions []string) bool {
	if n.Region != "" {
		return slices.Contains(regions, n.Region) || slices.Contains(regions, RegionAt(n.Region, n.At))
	}
	m, ok := MunicipalityByCode(n.Municipality)
	return ok && (slices.Contains(regions, m.Region(n.At)) || slices.Contains(regions, m.Region(beforeNewRegions)))
}

var beforeNewRegions = day(2026, 12, 31)
