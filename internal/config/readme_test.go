package config

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestReadmeListsEverySetting(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	require.NoError(t, err)
	for _, s := range Settings() {
		def := ""
		if s.Default != "" {
			def = fmt.Sprintf(" (default `%s`)", s.Default)
		}
		row := fmt.Sprintf("| `%s` | %s%s | %s |\n", s.Name, s.Meaning, def, strings.Join(s.RequiredBy, ", "))
		require.Contains(t, string(readme), row)
	}
}
