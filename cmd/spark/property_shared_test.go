package main

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.dk/spark/internal/forloeb"
)

// applies is the application of these conditions.
func (c conditions) applies(s *forloeb.Submission) {
	if c.places == 0 {
		return
	}
	s.Type, s.Body, s.Workplace, s.Sector, s.Employees = c.kind, forloeb.MainMED, "", "", ""
	for i := range c.places {
		s.Participants = append(s.Participants, forloeb.Participant{
			Workplace: fmt.Sprintf("Sted %d", i+1), Municipality: "751", Sector: forloeb.SectorElderly, Employees: forloeb.Employees20To49,
			Leader: forloeb.Contact{Name: "Lis Lund", Email: fmt.Sprintf("lis.%d@example.dk", i)},
			Rep:    forloeb.Representative{Name: "Rie Rask", Role: forloeb.RoleTR, Email: fmt.Sprintf("rie.%d@example.dk", i)},
		})
	}
}

// drawSharedConditions are also of how many are asked, and how often each is
// asked what came of it.
func drawSharedConditions(t *rapid.T) conditions {
	c := drawConditions(t)
	c.kind = rapid.SampledFrom([]forloeb.TypeCode{forloeb.Joint, forloeb.Network}).Draw(t, "type")
	c.places = rapid.IntRange(2, 3).Draw(t, "places")
	c.waves = rapid.SampledFrom([]forloeb.Waves{nil, {0, 3}}).Draw(t, "waves")
	return c
}

// joins has both of a place say yes.
func joins(place int) []draft {
	return []draft{{days: 1, hour: 9, wish: fmt.Sprintf("leader of place %d answers yes", place)}, {days: 0, hour: 12, wish: fmt.Sprintf("rep of place %d answers yes", place)}}
}

// sharedBeginnings are ways into a shared forløb that chance goes on from.
var sharedBeginnings = map[string][]draft{
	"asking": beginnings["agreed"],
	"joined": slices.Concat(beginnings["agreed"], joins(1), joins(2)),
	"met": slices.Concat(beginnings["agreed"], joins(1), joins(2), []draft{
		{days: 1, hour: 10, wish: "it begins"}, {days: 2, hour: 13, wish: "a meeting is recorded"}}),
}

func drawSharedDrafts(t *rapid.T) []draft {
	beginning := rapid.SampledFrom([]string{"asking", "joined", "met"}).Draw(t, "beginning")
	chance := drawChance(t)
	return append(slices.Clone(sharedBeginnings[beginning]), chance[:min(len(chance), mostDeeds-1)]...)
}

// A shared forløb, in which workplaces join, leave and meet by themselves, is
// as hard to disturb.
func TestADisturbedSharedLifeEndsAsTheOrderlyOne(t *testing.T) {
	t.Parallel()
	disturbs(t, 1, drawSharedConditions, drawSharedDrafts)
}
