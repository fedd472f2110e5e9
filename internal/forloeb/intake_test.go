package forloeb

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// agreedTwice is a programme that is agreed for 2026 and again for 2028.
func agreedTwice() Programme {
	return Programme{Code: "p", Name: "Programmet", Periods: []Period{
		{From: day(2026, 1, 1), Until: day(2026, 12, 31)}, {From: day(2028, 1, 1), Until: day(2028, 12, 31)}}}
}

func TestIntake(t *testing.T) {
	noon := func(y int, m time.Month, d int) time.Time { return day(y, m, d).Add(12 * time.Hour) }
	closed := IntakeDecision{State: IntakeClosed, From: day(2026, 7, 1), Until: day(2026, 7, 31), Notice: "Alle konsulenter er optaget."}
	opened := IntakeDecision{State: IntakeOpen, From: day(2027, 3, 1), Notice: "Aftalen er forlænget."}
	for name, c := range map[string]struct {
		decided IntakeDecision
		at      time.Time
		open    bool
		opens   time.Time
		told    string
	}{
		"as agreed":                         {IntakeDecision{}, noon(2026, 5, 1), true, time.Time{}, ""},
		"the agreement's last minute":       {IntakeDecision{}, day(2027, 1, 1).Add(-time.Minute), true, time.Time{}, ""},
		"between two agreements":            {IntakeDecision{}, day(2027, 1, 1), false, day(2028, 1, 1), "Aftalen dækker til og med torsdag den 31. december 2026. Vi åbner igen lørdag den 1. januar 2028. Forløb, der er i gang, fortsætter."},
		"before the first":                  {IntakeDecision{}, noon(2025, 5, 1), false, day(2026, 1, 1), "Vi åbner igen torsdag den 1. januar 2026. Forløb, der er i gang, fortsætter."},
		"after the last":                    {IntakeDecision{}, noon(2029, 5, 1), false, time.Time{}, "Aftalen dækker til og med søndag den 31. december 2028. Forløb, der er i gang, fortsætter."},
		"before it closes":                  {closed, day(2026, 7, 1).Add(-time.Minute), true, time.Time{}, ""},
		"closed":                            {closed, day(2026, 7, 1), false, day(2026, 8, 1), "Alle konsulenter er optaget. Vi åbner igen lørdag den 1. august 2026. Forløb, der er i gang, fortsætter."},
		"its last minute":                   {closed, day(2026, 8, 1).Add(-time.Minute), false, day(2026, 8, 1), "Alle konsulenter er optaget. Vi åbner igen lørdag den 1. august 2026. Forløb, der er i gang, fortsætter."},
		"open again":                        {closed, day(2026, 8, 1), true, time.Time{}, ""},
		"closed until further notice":       {IntakeDecision{State: IntakeClosed}, noon(2026, 5, 1), false, time.Time{}, "Forløb, der er i gang, fortsætter."},
		"closed into the agreement's pause": {IntakeDecision{State: IntakeClosed, Until: day(2027, 2, 1)}, noon(2026, 5, 1), false, day(2028, 1, 1), "Vi åbner igen lørdag den 1. januar 2028. Forløb, der er i gang, fortsætter."},
		"to be opened outside":              {opened, noon(2027, 2, 1), false, day(2027, 3, 1), "Aftalen dækker til og med torsdag den 31. december 2026. Vi åbner igen mandag den 1. marts 2027. Forløb, der er i gang, fortsætter."},
		"opened outside the agreement":      {opened, noon(2027, 3, 1), true, time.Time{}, ""},
		"decided to be as agreed":           {IntakeDecision{State: IntakeAgreed, Notice: "Intet."}, noon(2027, 5, 1), false, day(2028, 1, 1), "Aftalen dækker til og med torsdag den 31. december 2026. Vi åbner igen lørdag den 1. januar 2028. Forløb, der er i gang, fortsætter."},
	} {
		t.Run(name, func(t *testing.T) {
			now := agreedTwice().IntakeAt(c.decided, c.at)
			require.Equal(t, c.open, now.Open)
			require.Equal(t, c.opens, now.Opens)
			if c.open {
				require.Nil(t, now.Refusal())
				return
			}
			require.Equal(t, c.told, now.Told())
			if now.Decided {
				require.Equal(t, &Refusal{Code: RefuseIntakeClosed, Date: c.opens}, now.Refusal())
			} else {
				require.Equal(t, &Refusal{Code: RefuseProgrammeClosed, Date: now.Ended}, now.Refusal())
			}
			require.NotEmpty(t, now.Heading())
		})
	}
}

// Whatever is decided, the day that is promised is one on which it opens, and
// there is none before it.
func TestTheDayThatIsPromisedIsTheFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		aDay := rapid.Custom(func(t *rapid.T) time.Time {
			return day(2025, 1, 1).AddDate(0, 0, rapid.IntRange(0, 1500).Draw(t, "day"))
		})
		i := IntakeDecision{State: rapid.SampledFrom(IntakeStates).Draw(t, "state"), From: aDay.Draw(t, "from")}
		if rapid.Bool().Draw(t, "ends") {
			i.Until = i.From.AddDate(0, 0, rapid.IntRange(0, 400).Draw(t, "days"))
		}
		p, at := agreedTwice(), aDay.Draw(t, "at")
		now := p.IntakeAt(i, at)
		last := at.AddDate(5, 0, 0)
		if !now.Opens.IsZero() {
			require.True(t, p.IntakeAt(i, now.Opens).Open)
			last = now.Opens
		}
		for d := at; !now.Open && d.Before(last); d = d.AddDate(0, 0, 1) {
			require.False(t, p.IntakeAt(i, d).Open, "%s", d)
		}
	})
}

func TestSparkIsOpen(t *testing.T) {
	p, _ := ProgrammeByCode(Spark)
	require.True(t, p.IntakeAt(IntakeDecision{}, day(2026, 11, 23)).Open)
	now := p.IntakeAt(IntakeDecision{State: IntakeClosed}, day(2026, 11, 23))
	require.Equal(t, "Vi tager ikke imod nye ansøgninger lige nu", now.Heading())
	require.Equal(t, "SPARK tager ikke imod ansøgninger", p.IntakeAt(IntakeDecision{}, day(2015, 1, 1)).Heading())
}

func TestADecisionAboutTheIntakeIsChecked(t *testing.T) {
	at := day(2026, 11, 23).Add(12 * time.Hour)
	long := strings.Repeat("ø", MaxNotice)
	require.Empty(t, IntakeDecision{State: IntakeAgreed}.Check(at))
	require.Empty(t, IntakeDecision{State: IntakeClosed, From: day(2026, 11, 23), Until: day(2026, 11, 23), Notice: long + " \n"}.Check(at))
	require.Equal(t, []Mistake{{Field: "state", Code: MistakeUnknownIntake}, {Field: "notice", Code: MistakeTooLong, N: 1}},
		IntakeDecision{Notice: long + "ø"}.Check(at))
	for _, i := range []IntakeDecision{
		{State: IntakeClosed, Until: day(2026, 11, 22)},
		{State: IntakeClosed, From: day(2026, 12, 2), Until: day(2026, 12, 1)},
	} {
		require.Equal(t, []Mistake{{Field: "until", Code: MistakeEndsTooSoon}}, i.Check(at))
	}
	require.Equal(t, "Teksten er 1 tegn for lang. Forkort den til 500 tegn.", Mistake{Field: "notice", Code: MistakeTooLong, N: 1}.Danish())
}
