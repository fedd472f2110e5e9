package forloeb

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// agreedDay is a day on which the regional programme is agreed, with NFA and
// RUC.
var agreedDay = time.Date(2022, 5, 10, 9, 0, 0, 0, Copenhagen)

func regionalSubmission() Submission {
	s := goodSubmission()
	s.Programme, s.Type, s.Body = Regional, ExpertAdvice, LocalMED
	s.Municipality, s.Sector = "", ""
	s.Region, s.UnitType, s.Provider = "midtjylland", UnitHospital, ProviderNFA
	s.Workplace, s.Themes = "Afdeling 7", []ThemeCode{ThemeViolenceOffences}
	s.Exclusions = regional.noneExcluded()
	return s
}

func regionalWith(change func(s *Submission)) Submission {
	s := regionalSubmission()
	change(&s)
	return s
}

func TestC23TheRegionsHaveAProgrammeOfTheirOwn(t *testing.T) {
	require.Empty(t, regionalSubmission().Check(agreedDay))
	p, known := ProgrammeByCode(Regional)
	require.True(t, known)
	require.Equal(t, OfTheRegion, p.Audience)
	spark, _ := ProgrammeByCode(Spark)
	require.Equal(t, Municipal, spark.Audience)
	require.Equal(t, []string{"region"}, wrong(regionalWith(func(s *Submission) { s.Region, s.Municipality = "", "751" }), agreedDay), "a municipality is none")
}

func TestC24TheProgrammeIsAgreedUntil2024(t *testing.T) {
	lastDay := time.Date(2024, 3, 31, 23, 59, 0, 0, Copenhagen)
	require.Nil(t, regionalSubmission().Refused(IntakeDecision{}, lastDay))
	for _, at := range []time.Time{lastDay.Add(time.Minute), day(2026, 11, 23)} {
		r := regionalSubmission().Refused(IntakeDecision{}, at)
		require.NotNil(t, r)
		require.Equal(t, RefuseProgrammeClosed, r.Code)
		require.Equal(t, day(2024, 3, 31), r.Date)
		require.Contains(t, r.Danish(), "søndag den 31. marts 2024")
	}
	require.Equal(t, RefuseProgrammeClosed, regionalSubmission().Refused(IntakeDecision{}, day(2018, 6, 1)).Code, "between two agreements")
	require.Nil(t, goodSubmission().Refused(IntakeDecision{}, day(2026, 11, 23)), "SPARK goes on")
}

func TestC25EveryRegionalUnitMayApply(t *testing.T) {
	require.Len(t, UnitTypes, 6)
	for _, unit := range UnitTypes {
		require.Empty(t, wrong(regionalWith(func(s *Submission) { s.UnitType = unit }), agreedDay), unit)
	}
	for _, region := range Regions(agreedDay) {
		require.Empty(t, wrong(regionalWith(func(s *Submission) { s.Region = region }), agreedDay), region)
	}
	require.Equal(t, []string{"unit_type"}, wrong(regionalWith(func(s *Submission) { s.UnitType = "" }), agreedDay))
}

// The map of the day counts: four regions from 2027.
func TestTheRegionIsOnTheMapOfTheDay(t *testing.T) {
	at := func(region string, at time.Time) []MistakeCode {
		var codes []MistakeCode
		for _, m := range regionalWith(func(s *Submission) { s.Region = region }).Check(at) {
			codes = append(codes, m.Code)
		}
		return codes
	}
	last, first := day(2026, 12, 31), day(2027, 1, 1)
	require.Empty(t, at("sjaelland", last))
	require.Equal(t, []MistakeCode{MistakeRegionOffTheMap}, at("sjaelland", first))
	require.Empty(t, at("oestdanmark", first))
	require.Equal(t, []MistakeCode{MistakeUnknownRegion}, at("skaane", last))
	require.Equal(t, "Regioner som i 2026", RegionMap(last))
	require.Equal(t, "Regioner som i 2027", RegionMap(first))
	require.Equal(t, "hovedstaden", RegionAt("hovedstaden", last))
	require.Equal(t, "oestdanmark", RegionAt("hovedstaden", first))
	require.Equal(t, "nordjylland", RegionAt("nordjylland", first))
}

// An expert goes on travelling where they did, whichever map names it.
func TestExpertsKeepTheirRegionOverTheReform(t *testing.T) {
	expert := Candidate{Consultant: Consultant{Active: true, Capacity: 1, Themes: []ThemeCode{ThemeViolenceOffences}, Regions: []string{"oestdanmark"}}}
	need := Need{Themes: expert.Themes, Region: "sjaelland", At: day(2027, 1, 1)}
	require.True(t, Rank(need, []Candidate{expert})[0].Fits())
	need.At = day(2026, 12, 31)
	require.Equal(t, []string{ObstacleRegion}, Rank(need, []Candidate{expert})[0].Obstacles)
	expert.Regions = []string{"sjaelland"}
	need.At = day(2027, 1, 1)
	require.True(t, Rank(need, []Candidate{expert})[0].Fits())
}

func TestC28FourThemesOfItsOwn(t *testing.T) {
	labels := func(at time.Time) (list []string) {
		for _, theme := range regional.OpenThemes(at) {
			list = append(list, theme.Label)
		}
		return list
	}
	require.Equal(t, []string{"Forandringer på arbejdspladsen", "Vold og krænkelser", "Arbejdspladskultur og løsning af kerneopgaven",
		"Introduktion og fastholdelse af medarbejdere"}, labels(agreedDay))
	require.Equal(t, []string{"Organisatoriske forandringer", "Faglige forandringer", "Vold og trusler"}, labels(day(2017, 1, 1)))
	require.Equal(t, []string{"Organisatoriske forandringer", "Faglige forandringer", "Vold og trusler", "Samarbejde, arbejdspladskultur og mobning"}, labels(day(2020, 1, 1)))
	require.Equal(t, []string{"themes"}, wrong(regionalWith(func(s *Submission) { s.Themes = []ThemeCode{ThemeLoneWork} }), agreedDay), "SPARK's")
}

func excluded(code ExclusionCode) *Refusal {
	return regionalWith(func(s *Submission) { s.Exclusions[code] = true }).Refused(IntakeDecision{}, agreedDay)
}

// declares reports whether both parties say of the programme that they know.
func declares(code ExclusionCode) bool {
	for _, d := range regional.Declarations {
		if d.Code == string(code) {
			return true
		}
	}
	return false
}

func TestC29NotToFollowUpOnAnOrder(t *testing.T) {
	require.Equal(t, RefuseExcludedNotice, excluded(ExcludedNotice).Code)
	require.True(t, declares(ExcludedNotice))
}

func TestC30NotForCrisisHelp(t *testing.T) {
	require.Equal(t, RefuseExcludedCrisis, excluded(ExcludedCrisis).Code)
	require.True(t, declares(ExcludedCrisis))
}

func TestC31NotForSupportToSinglePersons(t *testing.T) {
	require.Equal(t, RefuseExcludedPersonal, excluded(ExcludedPersonal).Code)
	require.True(t, declares(ExcludedPersonal))
}

func TestEveryQuestionBeforeTheFormIsAnswered(t *testing.T) {
	for _, e := range regional.Exclusions {
		require.Equal(t, []string{"exclusions." + string(e.Code)}, wrong(regionalWith(func(s *Submission) { delete(s.Exclusions, e.Code) }), agreedDay))
		require.NotEmpty(t, e.Advice)
	}
	require.Nil(t, regionalSubmission().Refused(IntakeDecision{}, agreedDay))
}

func TestC32OneAppliesToOneOfTheProviders(t *testing.T) {
	names := func(at time.Time) (list []string) {
		for _, p := range regional.OpenProviders(at) {
			list = append(list, p.Name)
		}
		return list
	}
	require.Equal(t, []string{"NFA", "RUC"}, names(agreedDay))
	require.Equal(t, []string{"NFA", "RUC", "Alectia", "CBS"}, names(day(2017, 1, 1)))
	require.Equal(t, []string{"NFA", "RUC", "NIRAS-Joblife"}, names(day(2020, 1, 1)))
	for _, c := range []ProviderCode{"", "spark", ProviderAlectia, ProviderNIRAS} {
		require.Equal(t, []string{"provider"}, wrong(regionalWith(func(s *Submission) { s.Provider = c }), agreedDay), c)
	}
	require.Equal(t, []string{"provider"}, wrong(regionalWith(func(s *Submission) { s.Provider = ProviderNIRAS; s.Themes = []ThemeCode{ThemeViolence} }), day(2017, 1, 1)), "not yet")
}

// The provider says who comes: nobody is matched.
func TestC32TheProviderChoosesItsExpert(t *testing.T) {
	s := newScene().agreed().regional()
	require.True(t, s.View(s.days(4)).Choose)
	require.Equal(t, WaitAssignProvider, s.Waiting(s.days(4)).Key)
	require.Equal(t, "NFA", s.Waiting(s.days(4)).Awaited())
	require.NoError(t, s.Judge(Assign{Consultant: uuid.New()}, Actor{Kind: ActorSecretary}, s.days(4)))
}

func TestC33TheLocalPartiesAtTheRightLevelApply(t *testing.T) {
	for _, body := range []Body{LocalMED, AMGroup, Trio, MainMED, AreaMED, CenterMED} {
		require.Empty(t, wrong(regionalWith(func(s *Submission) { s.Body = body }), agreedDay), body)
	}
	require.Equal(t, []string{"rep_name", "rep_role"}, wrong(regionalWith(func(s *Submission) { s.Rep.Name, s.Rep.Role = s.Leader.Name, RoleLeader }), agreedDay))
	require.Equal(t, []string{"rep_name", "rep_email"}, wrong(regionalWith(func(s *Submission) { s.Rep.Name, s.Rep.Email = "", "" }), agreedDay))
}

func TestC34BothMustAgree(t *testing.T) {
	require.Equal(t, []string{"declared"}, wrong(regionalWith(func(s *Submission) { s.Declared = false }), agreedDay))
	s := newScene().regional().asked()
	s.says(s.leader, Yes, s.days(1))
	require.Equal(t, 1, s.View(s.days(1)).Pending, "the other has still to answer")
	s.says(s.rep, No, s.days(2))
	require.Equal(t, 1, s.View(s.days(2)).No, "a no from either ends it")
}
