//go:build sharedlives

package main

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"example.dk/spark/internal/forloeb"
)

// A hundred of these lives take a quarter of an hour: they are no part of the
// suite. docs/reliability.md tells how to run them.

// drawSharedConditions are also of how many are asked, and how often each is
// asked what came of it.
func drawSharedConditions(t *rapid.T) conditions {
	c := drawConditions(t)
	c.regional = false // none of its forløb are shared
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
// as hard to disturb. One such life takes the time of several others.
func TestADisturbedSharedLifeEndsAsTheOrderlyOne(t *testing.T) {
	t.Parallel()
	disturbs(t, 1, drawSharedConditions, drawSharedDrafts)
}
