package crash

import (
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// Every bug still fits the source; whether it builds is seen when it is run.
func TestPlantsFit(t *testing.T) {
	root, err := filepath.Abs("../..")
	require.NoError(t, err)
	for _, p := range Plants {
		t.Run(p.Name, func(t *testing.T) {
			_, err := p.fit(root)
			require.NoError(t, err)
		})
	}
}
