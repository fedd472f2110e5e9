package forloeb

import "slices"

// Mistakes finds everything that must be put right before a consultant can be
// kept: a name, an address, and themes and regions that exist.
func (c Consultant) Mistakes() (list []Mistake) {
	add := func(wrong bool, field string, code MistakeCode) {
		if wrong {
			list = append(list, Mistake{Field: field, Code: code})
		}
	}
	add(CleanLine(c.Name) == "", "name", MistakeMissing)
	add(!ValidEmail(NormaliseEmail(c.Email)), "email", MistakeBadEmail)
	add(!ValidPhone(c.Phone), "phone", MistakeBadPhone)
	add(slices.ContainsFunc(c.Themes, unknownTheme), "themes", MistakeUnknownTheme)
	add(slices.ContainsFunc(c.Regions, unknownRegion), "regions", MistakeUnknownRegion)
	_, _, provided := ProviderByCode(c.Provider)
	add(c.Provider != "" && !provided, "provider", MistakeUnknownProvider)
	return list
}

func unknownTheme(code ThemeCode) bool {
	return !slices.ContainsFunc(Programmes, func(p Programme) bool { _, known := p.Theme(code); return known })
}

// unknownRegion: a region of either map is one.
func unknownRegion(code string) bool { return RegionLabel(code) == "" }
