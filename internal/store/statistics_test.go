package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestTheYearIsCopenhagens(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	newYear := time.Date(2027, time.January, 1, 0, 0, 0, 0, forloeb.Copenhagen)
	e.ApplyAt(newYear.Add(-time.Minute))
	e.ApplyAt(newYear)
	e.ApplyAt(newYear.AddDate(1, 0, 0).Add(-time.Minute))
	for year, want := range map[int]forloeb.YearCounts{2026: {Received: 1}, 2027: {Received: 2}, 2028: {}} {
		counts, err := e.API.Year(t.Context(), year)
		require.NoError(t, err)
		require.Equal(t, want, counts, year)
	}
}
