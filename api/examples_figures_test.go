package api

import "example.dk/spark/internal/forloeb"

// exampleStatistics are invented figures of two years: as many workplaces in
// each sector, but few of the last.
func exampleStatistics(f forloeb.StatisticsFilter, workplaces int) forloeb.Statistics {
	var c forloeb.Counts
	add := func(by forloeb.Dimension, value string, year, n int) {
		if n > 0 {
			c.Sums = append(c.Sums, forloeb.Sum{By: by, Value: value, Year: year, Tally: forloeb.Tally{Asked: n, Answered: n - n/8, PeopleAsked: 2 * n, PeopleAnswered: 2*n - n/3,
				Planned: n * 5 / 8, Ongoing: n / 2}})
		}
	}
	for i, year := range []int{2025, 2026} {
		n := workplaces * (i + 2) / 2
		for j, quarter := range []string{"1", "2", "3", "4"} {
			add(forloeb.ByTime, quarter, year, n/4+j)
			add(forloeb.BySector, string(forloeb.Sectors[j]), year, n/4+j)
			add(forloeb.ByTheme, string(forloeb.Programmes[0].Themes[j].Code), year, n/4+j)
			add(forloeb.ByMunicipality, []string{"751", "101", "265", "851"}[j], year, n/4+j)
		}
		add(forloeb.ByType, string(forloeb.Individual), year, n/4*4+4)
		add(forloeb.ByType, string(forloeb.Joint), year, 2)
		c.Sums = append(c.Sums, forloeb.PlaceSum(year, "751", n), forloeb.PlaceSum(year, "101", n))
		c.Sums = append(c.Sums, forloeb.ReachedSum(year, forloeb.Completed, "4", n)...)
		c.Sums = append(c.Sums, forloeb.ReachedSum(year, forloeb.Declined, "0", n/3)...)
		c.Sums = append(c.Sums, forloeb.ReachedSum(year, forloeb.Planning, "2", n/2)...)
		c.Sums = append(c.Sums, forloeb.AnswerSums(year, "satisfied", []string{"satisfied", "very_satisfied"}, n)...)
		c.Sums = append(c.Sums, forloeb.AnswerSums(year, "recommend", []string{"high", "very_high"}, n)...)
		c.Sums = append(c.Sums, forloeb.AnswerSums(year, "cooperation", []string{"high", "some"}, n)...)
		c.Took = append(c.Took, forloeb.Took{What: "planning", Year: year, Days: 12, N: n}, forloeb.Took{What: "planning", Year: year, Days: 40, N: n / 3},
			forloeb.Took{What: "to_consultant", Year: year, Days: 9, N: n})
	}
	return forloeb.StatisticsOf(f, c)
}

func figuresExamples() []example {
	counts := map[forloeb.Status]int{forloeb.InProgress: 1304, forloeb.Planning: 12, forloeb.Completed: 212}
	all := forloeb.StatisticsFilter{Programme: forloeb.Spark, At: exampleApplied}
	ofYear, ofSector, none := all, all.Narrowed(forloeb.BySector, string(forloeb.SectorSchool)), all
	ofYear.Year, none.Programme = 2026, forloeb.Regional
	load := forloeb.LoadTable([]forloeb.Load{{Name: "Karen Winther", Open: 7, Capacity: 8, Completed: 31}, {Name: "Søren Dahl", Open: 2, Capacity: 6}})
	head := figuresPageOf(counts, exampleStatistics(all, 74))
	head.Load = &load
	fewIn2026 := forloeb.Counts{Sums: []forloeb.Sum{
		{By: forloeb.ByTime, Value: "1", Year: 2026, Tally: forloeb.Tally{Asked: 4, Answered: 4, PeopleAsked: 8, PeopleAnswered: 5, Planned: 4}}}}
	return []example{
		{"year-report", seenBy(exampleReader, yearReportPath, newYearReportPage(exampleStatistics(ofYear, 74)))},
		{"year-report-few", seenBy(exampleReader, yearReportPath, newYearReportPage(forloeb.StatisticsOf(ofYear, fewIn2026)))},
		{"year-report-nobody", seenBy(exampleReader, yearReportPath, newYearReportPage(forloeb.StatisticsOf(none, forloeb.Counts{})))},
		{"year-report-export", seenBy(exampleReader, yearReportPath+exportPath, newYearReportExportPage(ofYear, asking{}))},
		{"figures", seenBy(exampleReader, "/sekretariat/tal", figuresPageOf(counts, exampleStatistics(all, 74)))},
		{"figures-year", seenBy(exampleReader, "/sekretariat/tal", figuresPageOf(counts, exampleStatistics(ofYear, 74)))},
		{"figures-group", seenBy(exampleReader, "/sekretariat/tal", figuresPageOf(counts, exampleStatistics(ofSector, 74)))},
		{"figures-head", seenBy(exampleHead, "/sekretariat/tal", head)},
		{"figures-few", seenBy(exampleReader, "/sekretariat/tal", figuresPageOf(counts, forloeb.StatisticsOf(all, fewIn2026)))},
		{"figures-nobody", seenBy(exampleReader, "/sekretariat/tal", figuresPageOf(counts, forloeb.StatisticsOf(none, forloeb.Counts{})))},
	}
}
