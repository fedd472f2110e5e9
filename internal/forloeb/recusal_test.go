package forloeb

import (
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func TestARecusalIsOfAPlaceThatExists(t *testing.T) {
	codes := func(r Recusal) (list []string) {
		for _, m := range r.Clean().Mistakes() {
			require.NotEmpty(t, m.Danish())
			list = append(list, m.Field+":"+string(m.Code))
		}
		return list
	}
	require.Empty(t, codes(Recusal{Place: "0630", Workplace: " Solsikken ", Reason: "Min søster arbejder der."}))
	require.Empty(t, codes(Recusal{Place: "hovedstaden"}))
	require.Equal(t, []string{"place:unknown_place"}, codes(Recusal{}))
	require.Equal(t, []string{"place:unknown_place"}, codes(Recusal{Place: "999"}))
	require.Equal(t, []string{"workplace:short_workplace"}, codes(Recusal{Place: "630", Workplace: "B. ø"}))
	require.Equal(t, []string{"workplace:not_a_name"}, codes(Recusal{Place: "630", Workplace: "<b>"}))
	require.Equal(t, []string{"workplace:too_long"}, codes(Recusal{Place: "630", Workplace: strings.Repeat("a", MaxWorkplace+1)}))
	require.Equal(t, []string{"reason:cpr"}, codes(Recusal{Place: "630", Reason: "010203-1234"}))
	require.Equal(t, []string{"reason:too_long"}, codes(Recusal{Place: "630", Reason: strings.Repeat("a", MaxText+1)}))
	require.Contains(t, Mistake{Field: "reason", Code: MistakeTooLong, N: 1}.Danish(), "2.000")
}

func TestARecusalHoldsOnBothMapsOfTheRegions(t *testing.T) {
	require.Equal(t, []string{"630"}, Recusal{Place: "0630"}.Clean().Places())
	require.Equal(t, []string{"syddanmark"}, Recusal{Place: "syddanmark"}.Places())
	require.ElementsMatch(t, []string{"hovedstaden", "oestdanmark"}, Recusal{Place: "hovedstaden"}.Places(), "not the neighbour, which becomes the same")
	require.ElementsMatch(t, []string{"oestdanmark", "hovedstaden", "sjaelland"}, Recusal{Place: "oestdanmark"}.Places())
	require.Equal(t, "Vejle Kommune", Recusal{Place: "630"}.Where())
	require.Equal(t, "Solsikken, Region Syddanmark", Recusal{Place: "syddanmark", Workplace: "Solsikken"}.Where())
}

func TestAConsultantEndsTheirOwnRecusalsAlone(t *testing.T) {
	karen, secretary := Actor{Kind: ActorConsultant, ID: uuid.NewString()}, Actor{Kind: ActorSecretary, ID: uuid.NewString()}
	require.NoError(t, Recusal{By: karen}.MayEnd(karen))
	require.NoError(t, Recusal{By: karen}.MayEnd(secretary))
	var no *Refusal
	require.ErrorAs(t, Recusal{By: secretary}.MayEnd(karen), &no)
	require.Equal(t, RefuseRecusalNotYours, no.Code)
}

func TestNobodyIsGivenAForloebWhereTheyAreRecused(t *testing.T) {
	ranked := Rank(Need{Municipality: "630"}, []Candidate{
		{Consultant: Consultant{ID: uuid.Max, Active: true, Capacity: 10, Regions: []string{"syddanmark"}}, Recused: true},
		{Consultant: Consultant{Active: true, Capacity: 2, Regions: []string{"syddanmark"}}, Load: 1},
	})
	require.True(t, ranked[0].Fits())
	require.Equal(t, uuid.Nil, ranked[0].ID, "the fuller one")
	require.Equal(t, []string{ObstacleRecused}, ranked[1].Obstacles)
}
