package forloeb

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAViewsNameIsALineThatFits(t *testing.T) {
	t.Parallel()
	for name, wrong := range map[string]bool{
		"Mine": false, strings.Repeat("å", MaxViewName): false, " Over tid ": false,
		"": true, " \t": true, strings.Repeat("å", MaxViewName+1): true, "Om 010170-1234": true,
	} {
		require.Equal(t, wrong, ViewNameMistake(name) != "", name)
	}
}

func TestAHeadMayChangeWhatAllSee(t *testing.T) {
	t.Parallel()
	head, other := Principal{Role: RoleHead}, Principal{Role: RoleSecretariat}
	require.True(t, SavedView{Own: true}.MayChange(other))
	require.True(t, SavedView{Shared: true}.MayChange(head))
	require.False(t, SavedView{Shared: true}.MayChange(other))
	require.False(t, SavedView{}.MayChange(head))
}
