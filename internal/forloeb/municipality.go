package forloeb

import (
	"cmp"
	_ "embed"
	"encoding/csv"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Municipality is one of the 98 Danish municipalities. The code is Danmarks Statistik's three digits, kept as
// text: it is a name, not a number.
type Municipality struct {
	Code         string // "751"
	Name         string // "Aarhus"
	OfficialName string // "Aarhus Kommune"

	regionUntil2026, regionFrom2027 string
}

// municipalitiesCSV follows Danmarks Statistik's list. Christiansø (411) is no municipality and not in it.
//
//go:embed municipalities.csv
var municipalitiesCSV string

var (
	municipalities      = mustReadMunicipalities(municipalitiesCSV)
	municipalitiesByKey = indexMunicipalities(municipalities)
)

// newRegionalMap is the day Region Hovedstaden and Region Sjælland become Region Østdanmark (law of
// 20 June 2025). The municipalities keep their codes.
var newRegionalMap = time.Date(2027, time.January, 1, 0, 0, 0, 0, Copenhagen)

// regions lists the regional codes with their names and the days they are on the map; zero is open.
var regions = []struct {
	code, label string
	from, until time.Time
	becomes     string
}{
	{code: "nordjylland", label: "Region Nordjylland"},
	{code: "midtjylland", label: "Region Midtjylland"},
	{code: "syddanmark", label: "Region Syddanmark"},
	{code: "sjaelland", label: "Region Sjælland", until: newRegionalMap, becomes: "oestdanmark"},
	{code: "hovedstaden", label: "Region Hovedstaden", until: newRegionalMap, becomes: "oestdanmark"},
	{code: "oestdanmark", label: "Region Østdanmark", from: newRegionalMap},
}

// Region returns the code of the region the municipality lies in at a moment; RegionLabel names it.
func (m Municipality) Region(at time.Time) string {
	if at.Before(newRegionalMap) {
		return m.regionUntil2026
	}
	return m.regionFrom2027
}

// Regions returns the codes of the regions on the map at a moment: five up to 2026, four from 2027.
func Regions(at time.Time) []string {
	var codes []string
	for _, r := range regions {
		if !at.Before(r.from) && (r.until.IsZero() || at.Before(r.until)) {
			codes = append(codes, r.code)
		}
	}
	return codes
}

// RegionAt is the region that covers a region's area on the map of a moment: itself, or the one it became.
func RegionAt(code string, at time.Time) string {
	for _, r := range regions {
		if r.code == code && r.becomes != "" && !at.Before(r.until) {
			return r.becomes
		}
	}
	return code
}

// RegionMap names the map that regions are counted by at a moment: figures by region say which they use.
func RegionMap(at time.Time) string {
	if at.Before(newRegionalMap) {
		return "Regioner som i 2026"
	}
	return "Regioner som i 2027"
}

// RegionLabel returns the Danish name of a region of either map, "Region Sjælland", or "" for an unknown code.
func RegionLabel(code string) string {
	for _, r := range regions {
		if r.code == code {
			return r.label
		}
	}
	return ""
}

// MunicipalityByCode finds a municipality by its code, "101" or in the four-digit form of other registers "0101".
func MunicipalityByCode(code string) (Municipality, bool) {
	if len(code) == 4 && code[0] == '0' {
		code = code[1:]
	}
	m, ok := municipalitiesByKey[code]
	return m, ok
}

// Municipalities returns all 98 in Danish alphabetical order. The caller owns the slice.
func Municipalities() []Municipality { return slices.Clone(municipalities) }

// MunicipalitiesNamed are the codes of those whose name holds the word, in small letters; or begins with it, when it is
// of one or two letters, which stand in many.
func MunicipalitiesNamed(word string) (codes []string) {
	holds := strings.Contains
	if utf8.RuneCountInString(word) < 3 {
		holds = strings.HasPrefix
	}
	for _, m := range municipalities {
		if holds(strings.ToLower(m.Name), word) {
			codes = append(codes, m.Code)
		}
	}
	return codes
}

// placeNames are the municipalities that are not "i" their name: islands, and names in the genitive.
var placeNames = map[string]string{
	"336": "på Stevns", "360": "på Lolland", "400": "på Bornholm", "480": "på Nordfyn", "482": "på Langeland",
	"492": "på Ærø", "563": "på Fanø", "741": "på Samsø", "773": "på Mors", "820": "i Vesthimmerland", "825": "på Læsø",
}

// Where says in a sentence where something is: "i Vejle", "på Bornholm".
func (m Municipality) Where() string {
	if where, special := placeNames[m.Code]; special {
		return where
	}
	return "i " + m.Name
}

func indexMunicipalities(list []Municipality) map[string]Municipality {
	index := make(map[string]Municipality, len(list))
	for _, m := range list {
		index[m.Code] = m
	}
	return index
}

// mustReadMunicipalities panics on a broken file: it is compiled in, so the first test sees it.
func mustReadMunicipalities(text string) []Municipality {
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil {
		panic(fmt.Sprintf("forloeb: municipalities.csv: %v", err))
	}
	list := make([]Municipality, 0, len(rows))
	for _, row := range rows[1:] { // the first names the columns
		list = append(list, Municipality{row[0], row[1], row[2], row[3], row[4]})
	}
	slices.SortFunc(list, func(a, b Municipality) int { return CompareDanish(a.Name, b.Name) })
	return list
}

// CompareDanish orders names as a Danish reader expects: Æ, Ø and Å last, Aa as Å, case and hyphens of no weight.
// It is made for names of places and people; a full collation would need a table larger than the rest of the
// package.
func CompareDanish(a, b string) int {
	return cmp.Or(strings.Compare(danishKey(a), danishKey(b)), strings.Compare(a, b))
}

// danishLetters replaces what sorts differently from its code point: the three last letters get the code points
// after z, foreign twins follow Retskrivningsordbogen (ä as æ, ö as ø, ü as y).
var danishLetters = strings.NewReplacer("aa", "}", "æ", "{", "ø", "|", "å", "}", "ä", "{", "ö", "|", "ü", "y", "é", "e")

func danishKey(s string) string {
	key := danishLetters.Replace(strings.ToLower(s))
	return strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) && r != '{' && r != '}' {
			return -1
		}
		return r
	}, key)
}
