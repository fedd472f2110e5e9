package forloeb

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

var applied = time.Date(2026, 11, 23, 14, 30, 0, 0, Copenhagen)

func goodSubmission() Submission {
	return Submission{
		Programme: Spark, Type: Individual, StartedBy: StartedByLeader,
		Municipality: "751", Workplace: "Tranemoseskolen", Sector: SectorSchool, Employees: Employees50To99, Body: Trio,
		Leader: Contact{Name: "Mette Holm", Title: "Skoleleder", Email: "mette.holm@example.dk", Phone: "20 30 40 50"},
		Rep:    Representative{Name: "Amir Dahl", Role: RoleAMR, Email: "amir.dahl@example.dk"},
		Themes: []ThemeCode{ThemeChange, ThemeCooperation}, Situation: "Tre teams er lagt sammen.", Declared: true,
	}
}

func TestGoodSubmissionHasNoMistakes(t *testing.T) {
	require.Empty(t, goodSubmission().Check(applied))
}

func TestEmptySubmissionTellsEveryMistakeInFormOrder(t *testing.T) {
	var fields []string
	for _, m := range (Submission{Programme: Spark, Type: Individual}).Check(applied) {
		fields = append(fields, m.Field)
		if m.Field != "declared" {
			require.Equal(t, MistakeMissing, m.Code)
		}
	}
	require.Equal(t, []string{"started_by", "municipality", "workplace", "sector", "employees", "body", "leader_name",
		"leader_email", "rep_name", "rep_role", "rep_email", "themes", "situation", "declared"}, fields)
}

// oneMistake is a change that makes exactly one mistake, and what is said.
var oneMistake = []struct {
	name   string
	change func(*Submission)
	field  string
	code   MistakeCode
	danish string
}{
	{"programme", func(s *Submission) { s.Programme = "other" }, "programme", MistakeUnknownProgramme, ""},
	{"type", func(s *Submission) { s.Type = "other" }, "type", MistakeUnknownType, ""},
	{"starter", func(s *Submission) { s.StartedBy = "robot" }, "started_by", MistakeUnknownStarter, ""},
	{"no municipality", func(s *Submission) { s.Municipality = "" }, "municipality", MistakeMissing, "Vælg kommune."},
	{"a region", func(s *Submission) { s.Municipality = "1084" }, "municipality", MistakeUnknownMunicipality,
		"SPARK er for kommuner. Arbejder I i en region, så se her."},
	{"sector", func(s *Submission) { s.Sector = "army" }, "sector", MistakeUnknownSector, "Vælg arbejdsområde."},
	{"employees", func(s *Submission) { s.Employees = "7" }, "employees", MistakeUnknownEmployees, "Vælg antal ansatte."},
	{"body", func(s *Submission) { s.Body = "main_med" }, "body", MistakeUnknownBody, ""},
	{"no leader", func(s *Submission) { s.Leader.Name = " \n" }, "leader_name", MistakeMissing, "Skriv lederens navn."},
	{"markup", func(s *Submission) { s.Leader.Name = "Mette <b>Holm</b>" }, "leader_name", MistakeNotAName, ""},
	{"link", func(s *Submission) { s.Rep.Name = "Vind på www.example.test" }, "rep_name", MistakeNotAName, ""},
	{"bare link", func(s *Submission) { s.Workplace = "Vind penge på spil.example.com nu" }, "workplace", MistakeNotAName, ""},
	{"digits", func(s *Submission) { s.Rep.Name = "12" }, "rep_name", MistakeNotAName, ""},
	{"title", func(s *Submission) { s.Leader.Title = "https://example.dk" }, "leader_title", MistakeNotAName,
		"Skriv kun stillingen, uden links, mailadresser og tegn som < og >."},
	{"long name", func(s *Submission) { s.Leader.Name = strings.Repeat("ø", 103) }, "leader_name", MistakeTooLong,
		"Teksten er 3 tegn for lang. Forkort den til 100 tegn."},
	{"long workplace", func(s *Submission) { s.Workplace = strings.Repeat("å", 201) }, "workplace", MistakeTooLong,
		"Teksten er 1 tegn for lang. Forkort den til 200 tegn."},
	{"no mail", func(s *Submission) { s.Rep.Email = "" }, "rep_email", MistakeMissing, "Skriv medarbejderrepræsentantens mailadresse."},
	{"bad mail", func(s *Submission) { s.Leader.Email = "mette.holm" }, "leader_email", MistakeBadEmail,
		"Skriv en mailadresse som navn@kommune.dk."},
	{"one mailbox", func(s *Submission) { s.Rep.Email = " Mette.Holm+amir@example.DK " }, "rep_email", MistakeSameAddress,
		"Skriv medarbejderrepræsentantens egen mailadresse. Den må ikke være den samme som lederens. Har I kun en fælles postkasse, så brug en privat adresse."},
	{"one person", func(s *Submission) { s.Rep.Name = "METTE  holm" }, "rep_name", MistakeSamePerson,
		"Lederen og medarbejderrepræsentanten skal være to forskellige personer."},
	{"role", func(s *Submission) { s.Rep.Role = RoleLeader }, "rep_role", MistakeUnknownRole, "Vælg, hvad repræsentanten er valgt som."},
	{"phone", func(s *Submission) { s.Rep.Phone = "1234" }, "rep_phone", MistakeBadPhone, ""},
	{"cpr as phone", func(s *Submission) { s.Leader.Phone = "010170-1234" }, "leader_phone", MistakeBadPhone, ""},
	{"no theme", func(s *Submission) { s.Themes = nil }, "themes", MistakeMissing, "Vælg mindst ét tema."},
	{"unknown theme", func(s *Submission) { s.Themes = []ThemeCode{"football"} }, "themes", MistakeUnknownTheme, ""},
	{"no situation", func(s *Submission) { s.Situation = "" }, "situation", MistakeMissing, ""},
	{"cpr", func(s *Submission) { s.Tried = "Vi talte sammen.\nMed 010170-1234." }, "tried", MistakeCPR,
		"Fjern det, der ligner et CPR-nummer (linje 2). Skriv heller ikke navne."},
	{"cpr in a name", func(s *Submission) { s.Rep.Name = "Amir 0101701234" }, "rep_name", MistakeCPR, ""},
	{"long text", func(s *Submission) { s.Timing = strings.Repeat("x", 3304) }, "timing", MistakeTooLong,
		"Teksten er 1.304 tegn for lang. Forkort den til 2.000 tegn."},
	{"not declared", func(s *Submission) { s.Declared = false }, "declared", MistakeNotDeclared,
		"Sæt kryds, hvis I er enige om de fire punkter. Uden det kan vi ikke tage imod ansøgningen."},
}

func TestOneMistakeAtATime(t *testing.T) {
	for _, m := range oneMistake {
		t.Run(m.name, func(t *testing.T) {
			s := goodSubmission()
			m.change(&s)
			found := s.Check(applied)
			require.Len(t, found, 1)
			require.Equal(t, m.field, found[0].Field)
			require.Equal(t, m.code, found[0].Code)
			if m.danish != "" {
				require.Equal(t, m.danish, found[0].Danish())
			}
		})
	}
}

func TestThemesAreJudgedAtTheDateOfApplication(t *testing.T) {
	s := goodSubmission()
	s.Themes = []ThemeCode{ThemeLoneWork, ThemeHarassment, ThemeChange}
	require.Empty(t, s.Check(time.Date(2018, 10, 1, 0, 0, 0, 0, Copenhagen)))

	found := s.Check(time.Date(2018, 9, 30, 23, 59, 0, 0, Copenhagen))
	require.Len(t, found, 2)
	require.Equal(t, "Temaet alenearbejde kan søges fra mandag den 1. oktober 2018. Vælg et andet, eller vent.", found[0].Danish())
	require.Equal(t, "This theme can be applied for from 2018-10-01.", found[1].English())
}

func TestTypeNotOpenYet(t *testing.T) {
	found := goodSubmission().Check(time.Date(2016, 4, 12, 12, 0, 0, 0, Copenhagen))
	require.Equal(t, MistakeTypeNotOpen, found[0].Code)
	require.Equal(t, "Individuelt forløb kan søges fra onsdag den 13. april 2016.", found[0].Danish())
}

func TestClosedTheme(t *testing.T) {
	c := checker{Submission: goodSubmission(), at: applied}
	c.theme(Programme{Themes: []Theme{{Code: "old", Short: "gammelt", From: day(2016, 1, 1), Until: day(2020, 12, 31)}}}, "old")
	require.Equal(t, "Temaet gammelt kunne søges til og med torsdag den 31. december 2020. Vælg et andet.", c.mistakes[0].Danish())
}

func TestEveryMistakeSpeaksBothLanguages(t *testing.T) {
	codes := constants(t, "mistake.go")
	words := 0
	for _, c := range codes {
		if c.typ != "MistakeCode" {
			continue
		}
		words++
		m := Mistake{Field: "body", Code: MistakeCode(c.value), N: 3, Date: applied, Text: "Alenearbejde"}
		require.NotEmpty(t, m.Danish(), c.name)
		require.NotRegexp(t, hole, m.Danish())
		require.NotEmpty(t, m.English(), c.name)
		require.NotRegexp(t, hole, m.English())
	}
	require.Len(t, mistakes, words)
}

func TestEveryRequiredFieldSaysWhatToDo(t *testing.T) {
	for _, m := range (Submission{Programme: Spark, Type: Individual}).Check(applied) {
		require.Regexp(t, `^[A-ZÆØÅ].*\.$`, m.Danish(), m.Field)
	}
}

func TestNamesOfRealPlacesAndPeopleAreAccepted(t *testing.T) {
	for _, name := range []string{"H.C. Andersen Skolen", "H.C.Andersens Børnehus", "Skole/SFO Nord", "Anne-Marie O'Neill", "St. Hans & Co.", "Åby Plejehjem (afd. 2)", "José Ñúñez"} {
		s := goodSubmission()
		s.Workplace, s.Leader.Name = name, name
		require.Empty(t, s.Check(applied), name)
	}
}

func TestTelephoneNumbers(t *testing.T) {
	for number, good := range map[string]bool{
		"20304050": true, "20 30 40 50": true, "+45 20304050": true, "0045 20304050": true, "45 20 30 40 50": true,
		"+46 70 123 45 67": true, "+1 (212) 555-0100": true, "": true,
		"2030405": false, "203040501": false, "12345678": false, "ring til mig": false, "+45 2030": false, "0101701234": false,
	} {
		s := goodSubmission()
		s.Leader.Phone = number
		require.Equal(t, good, len(s.Check(applied)) == 0, number)
	}
}

func TestClean(t *testing.T) {
	s := goodSubmission()
	s.Workplace, s.Leader.Email, s.Situation = " Tranemose\r\nskolen ", " Mette.HOLM@example.dk ", "\r\nEn\r\nto  \n\n"
	s.Themes = []ThemeCode{ThemeCooperation, ThemeChange, ThemeCooperation}
	given := append([]ThemeCode(nil), s.Themes...)
	c := s.Clean()
	require.Equal(t, "Tranemose skolen", c.Workplace)
	require.Equal(t, "mette.holm@example.dk", c.Leader.Email)
	require.Equal(t, "En\nto", c.Situation)
	require.Equal(t, []ThemeCode{ThemeChange, ThemeCooperation}, c.Themes)
	require.Equal(t, given, s.Themes, "what was typed is left alone")
	require.Equal(t, c, c.Clean())
}

// The rendering is frozen: hashes of answers given long ago must still be
// comparable. Rewording a declaration changes it on purpose.
func TestHashIsFrozen(t *testing.T) {
	require.Equal(t, "fe20327a2f1883745ac0f023f7a36fbe28e16dc602cf0a0d4ceebea549d1b901", goodSubmission().Hash())
}

// contactOnly are the fields that can be corrected without asking again.
var contactOnly = map[string]bool{"Leader.Email": true, "Leader.Phone": true, "Rep.Email": true, "Rep.Phone": true, "Declared": true}

// regionalAlone are the fields that a municipal application has not got.
var regionalAlone = map[string]bool{"Region": true, "UnitType": true, "Provider": true}

func TestHashChangesWithEveryVisibleField(t *testing.T) {
	before := goodSubmission().Hash()
	seen := 0
	for _, name := range stringFields(reflect.TypeFor[Submission](), "") {
		s := goodSubmission()
		if regionalAlone[name] {
			s = regionalSubmission()
			setString(&s, name, "another")
			require.NotEqual(t, regionalSubmission().Hash(), s.Hash(), name)
			continue
		}
		setString(&s, name, "another")
		require.Equal(t, contactOnly[name], s.Hash() == before, name)
		seen++
	}
	require.Greater(t, seen, 15)
	s := goodSubmission()
	s.Themes = s.Themes[:1]
	require.NotEqual(t, before, s.Hash())
}

func stringFields(typ reflect.Type, prefix string) (names []string) {
	for i := range typ.NumField() {
		switch f := typ.Field(i); f.Type.Kind() {
		case reflect.Struct:
			names = append(names, stringFields(f.Type, f.Name+".")...)
		case reflect.String:
			names = append(names, prefix+f.Name)
		}
	}
	return names
}

func setString(s *Submission, path, value string) {
	v := reflect.ValueOf(s).Elem()
	for name := range strings.SplitSeq(path, ".") {
		v = v.FieldByName(name)
	}
	v.SetString(value)
}

func TestHashIsTheSameHoweverItWasTyped(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := goodSubmission()
		s.Situation = rapid.String().Draw(t, "situation")
		s.Workplace = rapid.String().Draw(t, "workplace")
		s.Themes = rapid.Permutation([]ThemeCode{ThemeChange, ThemeCooperation, ThemeViolence}).Draw(t, "themes")
		require.Equal(t, s.Hash(), s.Clean().Hash())
		require.Len(t, s.Hash(), 64)
	})
}

// Text moved from one field to the next is another text.
func TestHashKeepsFieldsApart(t *testing.T) {
	a, b := goodSubmission(), goodSubmission()
	a.Situation, a.Tried = "x\ntried 1", "y"
	b.Situation, b.Tried = "x", "tried 1\ny"
	require.NotEqual(t, a.Hash(), b.Hash())
}

func TestHintsAsk(t *testing.T) {
	s := goodSubmission()
	require.Empty(t, s.Hints())
	s.Leader.Email, s.Rep.Email = "kontakt@example.dk", "amir@gmial.com"
	hints := s.Hints()
	require.Len(t, hints, 2)
	require.Equal(t, "kontakt@example.dk ligner en fælles postkasse. Linket er personligt; brug helst en adresse, kun lederen læser.", hints[0].Danish())
	require.Equal(t, "Mente du amir@gmail.com?", hints[1].Danish())
	require.Equal(t, "rep_email", hints[1].Field)
	require.Equal(t, "Did you mean amir@gmail.com?", hints[1].English())
	require.Contains(t, hints[0].English(), "only the leader reads")
	require.Empty(t, s.Check(applied), "questions refuse nothing")
}

func TestSubmissionOfAForloebIsTheOneThatWasSent(t *testing.T) {
	s := goodSubmission()
	w := uuid.New()
	f := &Forloeb{
		Programme: s.Programme, Type: s.Type,
		Application: Application{StartedBy: s.StartedBy, Body: s.Body, Themes: s.Themes, Texts: ApplicationTexts{Situation: s.Situation}},
		Workplaces:  []Workplace{{ID: w, Name: s.Workplace, Municipality: s.Municipality, Sector: s.Sector, Employees: s.Employees}},
		Parties: []Party{
			{ID: uuid.New(), WorkplaceID: w, Side: Rep, Role: s.Rep.Role, Contact: s.Rep.Contact()},
			{ID: uuid.New(), WorkplaceID: w, Side: Leader, Role: RoleLeader, Contact: Contact{Name: "Gået"}, ReplacedAt: applied},
			{ID: uuid.New(), WorkplaceID: w, Side: Leader, Role: RoleLeader, Contact: s.Leader},
		},
	}
	again := f.Submission()
	require.False(t, again.Declared)
	again.Declared = true
	require.Equal(t, s, again)
	require.Equal(t, s.Hash(), again.Hash())
}
