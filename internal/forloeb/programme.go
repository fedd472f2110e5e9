package forloeb

import "time"

// ProgrammeCode names a programme.
type ProgrammeCode string

// TypeCode names a type of forløb within a programme.
type TypeCode string

// ThemeCode names a theme that can be applied for.
type ThemeCode string

// Codes of the SPARK programme's first row.
const (
	Spark      ProgrammeCode = "spark"
	Individual TypeCode      = "individual"
	Joint      TypeCode      = "joint"   // fællesforløb
	Network    TypeCode      = "network" // netværksforløb

	ThemeChange      ThemeCode = "change"
	ThemeCooperation ThemeCode = "cooperation"
	ThemeViolence    ThemeCode = "violence_threats"
	ThemeWorkContent ThemeCode = "work_content"
	ThemeLoneWork    ThemeCode = "lone_work"
	ThemeHarassment  ThemeCode = "harassment"
)

// Programme is one row of the programme table: who may apply, for what, and
// from when. Rules are judged at the date of application.
type Programme struct {
	Code         ProgrammeCode
	Name         string
	FullName     string
	Words        Words
	Audience     Employer
	Periods      []Period
	Providers    []Provider  // who carries it out; none: SPARK's own consultants
	Exclusions   []Exclusion // asked before the form
	Themes       []Theme
	Types        []ForloebType
	Declarations []Declaration
	Policy       Policy
	More         Elsewhere // who else tells of it
}

// Elsewhere is a site of somebody else's.
type Elsewhere struct{ Name, Address string }

// Employer is whose workplaces may apply.
type Employer string

// Those who may apply.
const (
	Municipal   Employer = "municipal"
	OfTheRegion Employer = "regional"
)

// Theme is something a forløb can be about.
type Theme struct {
	Code  ThemeCode
	Label string
	Short string
	Hint  string
	From  time.Time // first day it can be applied for
	Until time.Time // last day, zero while open
}

// ForloebType is a kind of forløb within a programme.
type ForloebType struct {
	Code                         TypeCode
	Label                        string
	Hint                         string // what it is, to whoever chooses
	From                         time.Time
	Bodies                       []Body // in whose name a pair may apply
	MinWorkplaces, MaxWorkplaces int    // that take part; of more than one, each joins by a pair of its own
	Meetings, MaxMeetings        int    // planned, and with a reason
}

// Open reports whether the type can be applied for at the instant.
func (t ForloebType) Open(at time.Time) bool { return !at.Before(t.From) }

// Shared reports whether several workplaces take part.
func (t ForloebType) Shared() bool { return t.MaxWorkplaces > 1 }

// Declaration is one thing that both parties say yes to.
type Declaration struct {
	Code string
	Text string
}

// Programmes is the programme table. Adding a theme, a type or a period
// touches this file alone, or the one of the programme's row.
var Programmes = []Programme{{
	Code:     Spark,
	Name:     "SPARK",
	FullName: "Samarbejde om Psykisk ARbejdsmiljø i Kommunerne",
	Words:    sparkWords,
	Audience: Municipal,
	Periods:  []Period{{From: day(2016, 4, 13)}}, // continued at every bargaining since, with no end agreed
	// Four themes since the form opened on 13 April 2016; two more from
	// 1 October 2018 (seed D1).
	Themes: []Theme{
		{Code: ThemeChange, Label: "Forandringer og omstillinger", Short: "forandringer", From: day(2016, 4, 13),
			Hint: "Usikkerhed og utryghed, når noget bliver lavet om"},
		{Code: ThemeCooperation, Label: "Samarbejde", Short: "samarbejde", From: day(2016, 4, 13),
			Hint: "Mellem medarbejdere eller mellem ledere og medarbejdere, også konflikter"},
		{Code: ThemeViolence, Label: "Vold og trusler", Short: "vold og trusler", From: day(2016, 4, 13),
			Hint: "Fra borgere, brugere eller beboere"},
		{Code: ThemeWorkContent, Label: "Arbejdets indhold, omfang og udførelse", Short: "arbejdets indhold", From: day(2016, 4, 13),
			Hint: "Fx for mange opgaver eller uklarhed om, hvordan de skal løses"},
		{Code: ThemeLoneWork, Label: "Alenearbejde", Short: "alenearbejde", From: day(2018, 10, 1),
			Hint: "Fx i pleje, rengøring og vagtarbejde"},
		{Code: ThemeHarassment, Label: "Chikane, herunder mobning og seksuel chikane", Short: "chikane", From: day(2018, 10, 1),
			Hint: "Fra borgere og pårørende eller internt på arbejdspladsen"},
	},
	Types: []ForloebType{{
		Code: Individual, Label: "Individuelt forløb", From: day(2016, 4, 13),
		Bodies: []Body{Trio, LocalMED, AMGroup}, MinWorkplaces: 1, MaxWorkplaces: 1, // A28, C9
		Meetings: 4, MaxMeetings: 6, // A19, A20
	}, {
		Code: Joint, Label: "Fællesforløb", From: day(2019, 1, 9), // E1
		Hint:   "Flere TRIO’er og MED-udvalg arbejder med det samme og prøver det af, hver på deres egen arbejdsplads",
		Bodies: upperBodies, MinWorkplaces: 2, MaxWorkplaces: 98, Meetings: 4, MaxMeetings: 5, // E4, E7
	}, {
		Code: Network, Label: "Netværksforløb", From: day(2021, 4, 1), // since OK21
		Hint:   "Fx alle TRIO’er i en kommune, som også vil lære hinanden at kende og bruge hinanden bagefter",
		Bodies: upperBodies, MinWorkplaces: 2, MaxWorkplaces: 98, Meetings: 4, MaxMeetings: 5,
	}},
	Declarations: []Declaration{
		{Code: "agreed", Text: "Lederen og medarbejderrepræsentanten er enige om at søge."},             // A10
		{Code: "resources", Text: "I bruger tid og kræfter på forløbet."},                               // C21
		{Code: "evaluation", Text: "I svarer på SPARKs spørgeskema tre måneder efter det sidste møde."}, // C22
		{Code: "not_crisis", Text: "I ved, at SPARK ikke er krisehjælp."},                               // A8
	},
	Policy: DefaultPolicy,
}, regional}

// upperBodies apply for others (E10): the levels of MED differ from one
// municipality to the next, so there is always »eller lignende«.
var upperBodies = []Body{MainMED, DepartmentMED, SectorMED, AreaMED, CenterMED, OtherBody}

// PolicyFor is the policy of a type of forløb: the programme's own, with the
// type's meetings.
func (p Programme) PolicyFor(c TypeCode) Policy {
	rules := p.Policy
	if t, known := p.Type(c); known {
		rules.Meetings, rules.MaxMeetings = t.Meetings, t.MaxMeetings
	}
	return rules
}

func day(y int, m time.Month, d int) time.Time { return time.Date(y, m, d, 0, 0, 0, 0, Copenhagen) }

// ProgrammeByCode finds a programme.
func ProgrammeByCode(c ProgrammeCode) (Programme, bool) {
	for _, p := range Programmes {
		if p.Code == c {
			return p, true
		}
	}
	return Programme{}, false
}

// Theme finds a theme of the programme.
func (p Programme) Theme(c ThemeCode) (Theme, bool) {
	for _, t := range p.Themes {
		if t.Code == c {
			return t, true
		}
	}
	return Theme{}, false
}

// Type finds a type of the programme.
func (p Programme) Type(c TypeCode) (ForloebType, bool) {
	for _, t := range p.Types {
		if t.Code == c {
			return t, true
		}
	}
	return ForloebType{}, false
}

// Open reports whether the theme can be applied for at the instant.
func (t Theme) Open(at time.Time) bool {
	return !at.Before(t.From) && (t.Until.IsZero() || at.Before(t.Until.AddDate(0, 0, 1)))
}

// OpenThemes lists what can be applied for at the instant.
func (p Programme) OpenThemes(at time.Time) (open []Theme) {
	for _, t := range p.Themes {
		if t.Open(at) {
			open = append(open, t)
		}
	}
	return open
}
