package forloeb

// regional is where a regional workplace belongs, what it is, and which
// provider it asks.
func (c *checker) regional(programme Programme) {
	c.region()
	c.line("workplace", c.Workplace, true)
	c.choice("unit_type", MistakeUnknownUnitType, string(c.UnitType), c.UnitType.Valid())
	c.choice("employees", MistakeUnknownEmployees, string(c.Employees), c.Employees.Valid())
	c.provider(programme)
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

func (c *checker) provider(programme Programme) {
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
