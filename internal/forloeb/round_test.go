package forloeb_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestWhatAChoiceLacks(t *testing.T) {
	for _, k := range []struct {
		choice forloeb.RoundChoice
		lacks  forloeb.Lack
	}{
		{forloeb.RoundChoice{}, forloeb.LacksDecision},
		{forloeb.RoundChoice{Decision: "perhaps"}, forloeb.LacksDecision},
		{forloeb.RoundChoice{Decision: forloeb.Approve}, forloeb.LacksNothing},
		{forloeb.RoundChoice{Decision: forloeb.Waitlist}, forloeb.LacksNothing},
		{forloeb.RoundChoice{Decision: forloeb.Reject}, forloeb.LacksReason},
		{forloeb.RoundChoice{Decision: forloeb.Reject, Words: "Nej tak."}, forloeb.LacksReason},
		{forloeb.RoundChoice{Decision: forloeb.Reject, Reason: forloeb.RejectSpread}, forloeb.LacksNothing},
		{forloeb.RoundChoice{Decision: forloeb.Reject, Reason: forloeb.RejectOther, Words: " \n"}, forloeb.LacksWords},
		{forloeb.RoundChoice{Decision: forloeb.Reject, Reason: forloeb.RejectOther, Words: "Aftalt i telefonen."}, forloeb.LacksNothing},
	} {
		require.Equal(t, k.lacks, k.choice.Lacks(), k.choice)
	}
}

func TestARejectionTellsThePartiesWhy(t *testing.T) {
	words := "I er velkomne igen."
	for _, r := range forloeb.RejectReasons {
		require.True(t, r.Valid())
		d := forloeb.RoundChoice{Decision: forloeb.Reject, Reason: r, Words: words}.Deed()
		require.Contains(t, d.Reason, words)
		if r != forloeb.RejectOther {
			require.Greater(t, len(d.Reason), len(words)+20, r)
		}
	}
	d := forloeb.RoundChoice{Decision: forloeb.Approve, Reason: forloeb.RejectSpread}.Deed()
	require.Empty(t, d.Reason, "a reason that was chosen before somebody thought better of it")
}

func TestSharesOfARound(t *testing.T) {
	line := func(d forloeb.Decision, municipality string, themes ...forloeb.ThemeCode) forloeb.RoundLine {
		return forloeb.RoundLine{Choice: forloeb.RoundChoice{Decision: d}, Municipality: municipality, Themes: themes}
	}
	r := forloeb.Round{Lines: []forloeb.RoundLine{
		line(forloeb.Approve, "751"), line(forloeb.Reject, "751"), line(forloeb.Approve, "101"), line("", "147"),
	}}
	require.Equal(t, []forloeb.Share{
		{Code: "751", Waiting: 2, Approved: 1, Lately: 3}, {Code: "147", Waiting: 1, Lately: 1}, {Code: "101", Waiting: 1, Approved: 1},
	}, r.Shares(map[string]int{"751": 3, "147": 1, "999": 8}, func(l forloeb.RoundLine) []string { return []string{l.Municipality} }))
	require.Equal(t, 1+1, r.Lacking(), "one without a decision, one without a reason")
	require.Len(t, r.Decided(forloeb.Approve), 2)
}
