package forloeb

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
	"pgregory.net/rapid"
)

var (
	lastOf2026  = time.Date(2026, 12, 31, 23, 59, 59, 0, Copenhagen)
	firstOf2027 = lastOf2026.Add(time.Second)
)

func TestAllMunicipalities(t *testing.T) {
	all := Municipalities()
	require.Len(t, all, 98)
	before, after := map[string]int{}, map[string]int{}
	for _, m := range all {
		require.Regexp(t, `^[1-8]\d\d$`, m.Code)
		require.NotEmpty(t, m.Name)
		require.True(t, strings.HasSuffix(m.OfficialName, "ommune"), m.OfficialName)
		before[m.Region(lastOf2026)]++
		after[m.Region(firstOf2027)]++
		found, ok := MunicipalityByCode(m.Code)
		require.True(t, ok)
		require.Equal(t, m, found)
	}
	require.Equal(t, map[string]int{"hovedstaden": 29, "sjaelland": 17, "syddanmark": 22, "midtjylland": 19, "nordjylland": 11}, before)
	require.Equal(t, map[string]int{"oestdanmark": 46, "syddanmark": 22, "midtjylland": 19, "nordjylland": 11}, after)
}

func TestMunicipalityByCode(t *testing.T) {
	for code, name := range map[string]string{
		"101": "Københavns Kommune", "0101": "Københavns Kommune", "751": "Aarhus Kommune", "400": "Bornholms Regionskommune",
		"430": "Faaborg-Midtfyn Kommune", "492": "Ærø Kommune", "0147": "Frederiksberg Kommune", "147": "Frederiksberg Kommune",
	} {
		m, ok := MunicipalityByCode(code)
		require.True(t, ok, code)
		require.Equal(t, name, m.OfficialName)
	}
	for _, code := range []string{"", "0", "1", "411", "0411", "1101", "00101", "10", "abc", " 101"} {
		_, ok := MunicipalityByCode(code)
		require.False(t, ok, code)
	}
}

func TestRegionalMapChangesAtNewYear2027(t *testing.T) {
	roskilde, _ := MunicipalityByCode("265")
	require.Equal(t, "sjaelland", roskilde.Region(lastOf2026))
	require.Equal(t, "oestdanmark", roskilde.Region(firstOf2027))
	require.Equal(t, "oestdanmark", roskilde.Region(time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC)))
	require.Len(t, Regions(lastOf2026), 5)
	require.Equal(t, []string{"nordjylland", "midtjylland", "syddanmark", "oestdanmark"}, Regions(firstOf2027))
}

func TestEveryRegionIsOnItsMapAndNamed(t *testing.T) {
	for _, at := range []time.Time{lastOf2026, firstOf2027} {
		for _, m := range Municipalities() {
			require.Contains(t, Regions(at), m.Region(at), m.Name)
			require.True(t, strings.HasPrefix(RegionLabel(m.Region(at)), "Region "), m.Name)
		}
	}
	require.Equal(t, "Region Østdanmark", RegionLabel("oestdanmark"))
	require.Empty(t, RegionLabel("fyn"))
}

func TestMunicipalitiesIsACopy(t *testing.T) {
	Municipalities()[0].Name = "changed"
	require.NotEqual(t, "changed", Municipalities()[0].Name)
}

func TestMunicipalitiesAreInDanishOrder(t *testing.T) {
	var names []string
	for _, m := range Municipalities() {
		names = append(names, m.Name)
	}
	expected := slices.Clone(names)
	collate.New(language.Danish).SortStrings(expected)
	require.Equal(t, expected, names)

	require.Equal(t, "Albertslund", names[0])
	require.Equal(t, []string{"Aabenraa", "Aalborg", "Aarhus"}, names[95:])
	require.Less(t, slices.Index(names, "Furesø"), slices.Index(names, "Faaborg-Midtfyn"))
}

func TestCompareDanishOrdersNamesOfPeople(t *testing.T) {
	names := []string{"Zacharias", "Ærø", "Øster Hornum", "Åse", "Aase", "Anne", "Anders", "anders", "Ågerup", "Lars-Ole", "Larsen", "Bo"}
	slices.SortFunc(names, CompareDanish)
	require.Equal(t, []string{"Anders", "anders", "Anne", "Bo", "Larsen", "Lars-Ole", "Zacharias", "Ærø", "Øster Hornum",
		"Ågerup", "Aase", "Åse"}, names)
}

func TestCompareDanishIsAnOrder(t *testing.T) {
	word := rapid.StringMatching(`[A-ZÆØÅa-zæøåéö -]{0,6}`)
	rapid.Check(t, func(r *rapid.T) {
		a, b, c := word.Draw(r, "a"), word.Draw(r, "b"), word.Draw(r, "c")
		require.Equal(r, -CompareDanish(b, a), CompareDanish(a, b))
		require.Equal(r, a == b, CompareDanish(a, b) == 0)
		if CompareDanish(a, b) <= 0 && CompareDanish(b, c) <= 0 {
			require.LessOrEqual(r, CompareDanish(a, c), 0)
		}
	})
}
