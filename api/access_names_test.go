package api

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// The log says "Luk som dublet" and not where that page lies.
func TestEveryPageOfTheAccessLogHasAName(t *testing.T) {
	named := 0
	for route, p := range newSite(t, &fakeStore{}).policies {
		_, path, _ := strings.Cut(route, " ")
		if p.name == "staff case" || ofOneForloeb(path) || searches[path] {
			named++
			require.NotContains(t, pageName(path), "/{", "%s has no name", path)
			require.False(t, strings.HasPrefix(pageName(path), "/"), path)
		}
	}
	require.Greater(t, named, 100)
	require.Equal(t, "Luk som dublet", pageName("/sekretariat/forloeb/{id}/dublet"))
	require.Equal(t, "/et/sted", pageName("/et/sted"), "one of an earlier release is shown as it is")
}
