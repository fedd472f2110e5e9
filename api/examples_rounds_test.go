package api

import (
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// exampleRound is an open round: three who wait, and what was chosen for them.
func exampleRound(decisions ...forloeb.Decision) forloeb.Round {
	line := func(n byte, name, municipality string, sector forloeb.Sector, waited, earlier int, themes ...forloeb.ThemeCode) forloeb.RoundLine {
		return forloeb.RoundLine{
			Choice: forloeb.RoundChoice{Forloeb: uuid.UUID{0: n}}, Reference: "26-480" + string('0'+n), Workplace: name, Municipality: municipality, Sector: sector,
			Type: forloeb.Individual, Themes: themes, AgreedAt: at(2026, time.November, 20, 10, 0).AddDate(0, 0, -waited), Waited: waited, Earlier: earlier, People: 2,
		}
	}
	r := forloeb.Round{
		Programme: forloeb.Spark,
		Lines: []forloeb.RoundLine{
			line(1, "Tranemoseskolen", "740", forloeb.SectorSchool, 34, 0, forloeb.ThemeCooperation, forloeb.ThemeChange),
			line(2, "Plejecenter Solgården", "751", forloeb.SectorElderly, 21, 1, forloeb.ThemeLoneWork),
			line(3, "Børnehaven Myretuen", "751", forloeb.SectorSchool, 1, 0, forloeb.ThemeHarassment),
		},
		Lately: forloeb.Lately{Municipalities: map[string]int{"751": 4}, Sectors: map[string]int{string(forloeb.SectorSchool): 7}, Themes: map[string]int{"change": 2}},
	}
	r.Lines[1].Waitlisted = true
	for i, d := range decisions {
		r.Lines[i].Choice.Decision = d
		if d == forloeb.Reject {
			r.Lines[i].Choice.Reason, r.Lines[i].Choice.Words = forloeb.RejectSpread, "I er meget velkomne igen til foråret."
		}
	}
	return r
}

func roundExamples() []example {
	spark, _ := forloeb.ProgrammeByCode(forloeb.Spark)
	shown := func(p pageData) pageData { return seenBy(exampleAnna, roundsPath, p) }
	decided := exampleRound(forloeb.Approve, forloeb.Waitlist, forloeb.Reject)
	closed := decided
	closed.ID, closed.Number, closed.ClosedAt, closed.ClosedBy = uuid.UUID{15: 9}, 4, at(2026, time.October, 30, 14, 12), "Anna Berg"
	saved := exampleRound(forloeb.Approve, forloeb.Reject)
	saved.SavedAt, saved.SavedBy = at(2026, time.November, 20, 9, 2), "Anna Berg"
	saved.Lines[1].Choice.Reason = ""
	lacking := newRoundsPage(spark, saved, []forloeb.Round{closed}, roundLacks(saved))
	restored := newRoundsPage(spark, saved, nil, nil)
	restored.Restored = true
	two := newRoundsPage(spark, decided, nil, nil)
	two.Others = []programmeLink{{"Ekspertrådgivning", roundsAddress("regional")}}
	single := exampleRound(forloeb.Approve)
	single.Lines = single.Lines[:1]
	changed := newCloseRoundPage(single)
	changed.Changed = true
	return []example{
		{"rounds", shown(two)},
		{"rounds-lacking", shown(lacking)},
		{"rounds-restored", shown(restored)},
		{"rounds-one", shown(newRoundsPage(spark, single, nil, nil))},
		{"rounds-none", shown(newRoundsPage(spark, forloeb.Round{Programme: forloeb.Spark}, []forloeb.Round{closed}, nil))},
		{"round-close", shown(newCloseRoundPage(decided))},
		{"round-close-changed", shown(changed)},
		{"round", shown(newRoundPage(withoutNames(closed)))},
	}
}

// withoutNames is the round as its record is read.
func withoutNames(r forloeb.Round) forloeb.Round {
	r.Lines = append([]forloeb.RoundLine(nil), r.Lines...)
	for i := range r.Lines {
		r.Lines[i].Workplace, r.Lines[i].People = "", 0
	}
	return r
}
