package forloeb

// regional is where a regional workplace belongs, and what it is.
func (c *checker) regional() {
	c.region()
	c.line("workplace", c.Workplace, true)
	c.choice("unit_type", MistakeUnknownUnitType, string(c.UnitType), c.UnitType.Valid())
	c.choice("employees", MistakeUnknownEmployees, string(c.Employees), c.Employees.Valid())
}

// region must be on the map of the day.
func (c *checker) region() {
	m := Mistake{Field: "region", Code: MistakeUnknownRegion}
	switch {
	case c.Region == "":
		m.Code = MistakeMissing
	case RegionLabel(c.Region) == "":
	case RegionAt(c.Region, c.at) != c.Region:
		m.Code, m.Date, m.Text = MistakeRegionOffTheMap, newRegionalMap, RegionLabel(c.Region)
	default:
		return
	}
	c.mistakes = append(c.mistakes, m)
}

// provider is whom it asks, where the programme has any.
func (c *checker) provider() {
	programme, _ := ProgrammeByCode(c.Programme)
	if len(programme.Providers) == 0 {
		return
	}
	provider, known := programme.Provider(c.Provider)
	c.choice("provider", MistakeUnknownProvider, string(c.Provider), known)
	switch m := (Mistake{Field: "provider", Text: provider.Name}); {
	case !known || provider.Open.Covers(c.at):
	case c.at.Before(provider.Open.From):
		m.Code, m.Date = MistakeProviderNotOpen, provider.Open.From
		c.mistakes = append(c.mistakes, m)
	default:
		m.Code, m.Date = MistakeProviderClosed, provider.Open.Until
		c.mistakes = append(c.mistakes, m)
	}
}
