package forloeb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

func TestAgreementCoversItsFirstAndLastDayWhole(t *testing.T) {
	first, last := Period{From: day(2016, 4, 1), Until: day(2018, 3, 31)}, Period{From: day(2019, 1, 7), Until: day(2021, 3, 31)}
	p := Programme{Periods: []Period{first, last}}
	for _, c := range []struct {
		at     time.Time
		agreed bool
		last   Period
	}{
		{day(2016, 4, 1).Add(-time.Second), false, Period{}},
		{day(2016, 4, 1), true, first},
		{day(2018, 3, 31).Add(23*time.Hour + 59*time.Minute), true, first},
		{day(2018, 4, 1), false, first}, // between two agreements
		{day(2019, 1, 7), true, last},
		{day(2021, 4, 1), false, last},
	} {
		require.Equal(t, c.agreed, p.Agreed(c.at), "%s", c.at)
		require.Equal(t, c.last, p.LastAgreed(c.at), "%s", c.at)
	}
}

func TestSparkIsAgreedSinceItsFormOpenedWithNoEnd(t *testing.T) {
	spark, _ := ProgrammeByCode(Spark)
	require.False(t, spark.Agreed(day(2016, 4, 12)))
	require.True(t, spark.Agreed(day(2016, 4, 13)))
	require.True(t, spark.Agreed(day(2046, 1, 1)))
}
