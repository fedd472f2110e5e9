package forloeb

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// The days on which the documents, and the map, change what an application is
// judged by. Each holds from its first moment to its last.
func TestTheDatesOfTheDocuments(t *testing.T) {
	newThemes := applicationWith(func(s *Submission) { s.Themes = []ThemeCode{ThemeChange, ThemeLoneWork, ThemeHarassment} })
	for _, day := range []struct {
		date                 time.Time
		themes               []string // what is wrong with lone work and harassment (D1)
		joint                []string // with a joint forløb (E1)
		network              []string
		regions              int
		koebenhavn, roskilde string
	}{
		{day(2018, 9, 30), []string{"themes", "themes"}, []string{"type"}, []string{"type"}, 5, "hovedstaden", "sjaelland"},
		{day(2018, 10, 1), nil, []string{"type"}, []string{"type"}, 5, "hovedstaden", "sjaelland"},
		{day(2019, 1, 8), nil, []string{"type"}, []string{"type"}, 5, "hovedstaden", "sjaelland"},
		{day(2019, 1, 9), nil, nil, []string{"type"}, 5, "hovedstaden", "sjaelland"},
		{day(2026, 12, 31), nil, nil, nil, 5, "hovedstaden", "sjaelland"},
		{day(2027, 1, 1), nil, nil, nil, 4, "oestdanmark", "oestdanmark"},
	} {
		for _, at := range []time.Time{day.date, day.date.AddDate(0, 0, 1).Add(-time.Second)} {
			require.Empty(t, wrong(goodSubmission(), at), at)
			require.Equal(t, day.themes, wrong(newThemes, at), at)
			require.Equal(t, day.joint, wrong(jointSubmission(2), at), at)
			require.Equal(t, day.network, wrong(jointSubmission(2, func(s *Submission) { s.Type = Network }), at), at)
			require.Len(t, Regions(at), day.regions, at)
			for code, region := range map[string]string{"101": day.koebenhavn, "265": day.roskilde, "751": "midtjylland"} {
				m, known := MunicipalityByCode(code)
				require.True(t, known)
				require.Equal(t, region, m.Region(at), at)
				require.Contains(t, Regions(at), region, at)
			}
		}
	}
}

// On New Year's morning nobody's area has shrunk: whoever covered Hovedstaden still
// does, and whoever covers Østdanmark does so from then.
func TestAConsultantCoversBothMaps(t *testing.T) {
	fits := func(at time.Time, region string) bool {
		consultant := Consultant{Themes: []ThemeCode{ThemeChange}, Regions: []string{region}, Capacity: 1, Active: true}
		need := Need{Themes: []ThemeCode{ThemeChange}, Municipality: "101", At: at}
		return Rank(need, []Candidate{{Consultant: consultant}})[0].Fits()
	}
	before, after := day(2026, 12, 31), day(2027, 1, 1)
	require.True(t, fits(before, "hovedstaden"))
	require.False(t, fits(before, "oestdanmark"))
	require.True(t, fits(after, "hovedstaden"))
	require.True(t, fits(after, "oestdanmark"))
	require.False(t, fits(after, "sjaelland"))
}
