package api

import (
	"slices"
	"strconv"
	"time"

	"example.dk/spark/internal/forloeb"
)

// applicationForm is what was typed, as it was typed. The tags are the ids and
// names of the fields.
type applicationForm struct {
	Key  string `form:"key"`     // made with the form: the same form sent twice gives the same receipt
	Trap string `form:"website"` // invisible; only robots fill it in
	// DraftEmail is where the link to the draft goes that the form was opened
	// from.
	DraftEmail string `form:"draft_email"`

	StartedBy    string `form:"started_by"`
	Municipality string `form:"municipality"`
	Workplace    string `form:"workplace"`
	Sector       string `form:"sector"`
	Employees    string `form:"employees"`
	Body         string `form:"body"`
	BodyName     string `form:"body_name"` // of one that is none of the list's

	// Of a regional workplace, instead of municipality and sector.
	Region   string `form:"region"`
	UnitType string `form:"unit_type"`
	Provider string `form:"provider"`

	LeaderName      string `form:"leader_name"`
	LeaderTitle     string `form:"leader_title"`
	LeaderEmail     string `form:"leader_email"`
	LeaderEmailSure bool   `form:"leader_email_sure"` // "Nej, det er rigtigt"
	LeaderPhone     string `form:"leader_phone"`

	RepName      string `form:"rep_name"`
	RepRole      string `form:"rep_role"`
	RepEmail     string `form:"rep_email"`
	RepEmailSure bool   `form:"rep_email_sure"`
	RepPhone     string `form:"rep_phone"`

	Themes     []string `form:"themes"`
	Situation  string   `form:"situation"`
	ChangeGoal string   `form:"change_goal"`
	Tried      string   `form:"tried"`
	Timing     string   `form:"timing"`
	Declared   bool     `form:"declared"`
}

// submission is the form as the domain judges it.
func (f applicationForm) submission(p forloeb.ProgrammeCode, t forloeb.TypeCode) forloeb.Submission {
	s := forloeb.Submission{
		Programme: p, Type: t, StartedBy: forloeb.StartedBy(f.StartedBy),
		Municipality: f.Municipality, Workplace: f.Workplace, Sector: forloeb.Sector(f.Sector),
		Employees: forloeb.Employees(f.Employees), Body: forloeb.Body(f.Body),
		Leader:    forloeb.Contact{Name: f.LeaderName, Title: f.LeaderTitle, Email: f.LeaderEmail, Phone: f.LeaderPhone},
		Rep:       forloeb.Representative{Name: f.RepName, Role: forloeb.Role(f.RepRole), Email: f.RepEmail, Phone: f.RepPhone},
		Situation: f.Situation, ChangeGoal: f.ChangeGoal, Tried: f.Tried, Timing: f.Timing, Declared: f.Declared,
		Region: f.Region, UnitType: forloeb.UnitType(f.UnitType), Provider: forloeb.ProviderCode(f.Provider),
	}
	if s.Body == forloeb.OtherBody {
		s.BodyName = f.BodyName
	}
	for _, theme := range f.Themes {
		s.Themes = append(s.Themes, forloeb.ThemeCode(theme))
	}
	return s
}

// formOf is an earlier application, to apply again with the same information.
func formOf(s forloeb.Submission) applicationForm {
	f := applicationForm{
		StartedBy: string(s.StartedBy), Municipality: s.Municipality, Workplace: s.Workplace,
		Sector: string(s.Sector), Employees: string(s.Employees), Body: string(s.Body),
		LeaderName: s.Leader.Name, LeaderTitle: s.Leader.Title, LeaderEmail: s.Leader.Email, LeaderPhone: s.Leader.Phone,
		RepName: s.Rep.Name, RepRole: string(s.Rep.Role), RepEmail: s.Rep.Email, RepPhone: s.Rep.Phone,
		Situation: s.Situation, ChangeGoal: s.ChangeGoal, Tried: s.Tried, Timing: s.Timing,
		BodyName: s.BodyName, Region: s.Region, UnitType: string(s.UnitType), Provider: string(s.Provider),
	}
	for _, theme := range s.Themes {
		f.Themes = append(f.Themes, string(theme))
	}
	return f
}

// applyPage is the application form.
//
// States: empty; filled in from an earlier application; a draft, gone on with; with errors; with a
// question about an address that looks mistyped; with advice about a shared
// mailbox; with notices, as of themes that are not open yet; while the intake
// is closed; sent after it was.
type applyPage struct {
	Base
	programme forloeb.Programme

	Closed    *forloeb.IntakeNow // nil: the programme takes applications
	Notices   []string
	Prefilled bool
	Draft     *keptDraft // that it was opened from
	Form      applicationForm

	// What the addresses were perhaps meant to be, and what to consider about
	// them. Neither refuses anything.
	LeaderSuggestion, RepSuggestion string
	LeaderNote, RepNote             string

	Themes       []option
	Regions      []option // on the day's map
	Declarations []string
}

func (*applyPage) template() string { return "apply" }

// newApplyPage is the form for a programme, with what can be applied for at
// the instant.
func newApplyPage(p forloeb.Programme, now time.Time) *applyPage {
	page := &applyPage{programme: p, Base: Base{Programme: p.Code}}
	for _, t := range p.Themes {
		switch {
		case t.Open(now):
			page.Themes = append(page.Themes, option{string(t.Code), t.Label, t.Hint})
		case now.Before(t.From):
			page.Notices = append(page.Notices, "Temaet "+t.Label+" kan søges fra "+forloeb.Date(t.From)+".")
		}
	}
	for _, d := range p.Declarations {
		page.Declarations = append(page.Declarations, d.Text)
	}
	for _, r := range forloeb.Regions(now) {
		page.Regions = append(page.Regions, option{Value: r, Label: forloeb.RegionLabel(r)})
	}
	return page
}

// Regional reports whether the form is that of a regional workplace.
func (p *applyPage) Regional() bool { return p.programme.Audience == forloeb.OfTheRegion }

// Words are the programme's own.
func (p *applyPage) Words() forloeb.Words { return p.programme.Words }

// explain puts what the domain found at the fields. An address that looks
// mistyped is asked about once, with a tick box to say that it is right; a
// shared mailbox is only advised against.
func (p *applyPage) explain(mistakes []forloeb.Mistake, hints []forloeb.Hint) {
	for _, m := range mistakes {
		p.Errors = append(p.Errors, p.wrong(m))
	}
	for _, h := range hints {
		suggestion, note, sure := &p.LeaderSuggestion, &p.LeaderNote, p.Form.LeaderEmailSure
		if h.Side == forloeb.Rep {
			suggestion, note, sure = &p.RepSuggestion, &p.RepNote, p.Form.RepEmailSure
		}
		switch {
		case h.Code == forloeb.HintSharedMailbox:
			*note = h.Danish()
		case !sure:
			*suggestion = h.Text
			p.Errors = append(p.Errors, fieldError{h.Field, h.Danish()})
		}
	}
}

// wrong is a mistake at its field, in words that fit the programme.
func (p *applyPage) wrong(m forloeb.Mistake) fieldError {
	if p.Regional() {
		return ofRegion(m)
	}
	return fieldError{m.Field, m.Danish()}
}

// TellsMainMED reports whether the HovedMED may be told of the theme.
func (p *applyPage) TellsMainMED() bool { return p.programme.Policy.TellMainMED }

// LeastTold is of how many workplaces at once.
func (*applyPage) LeastTold() string { return strconv.Itoa(forloeb.LeastTold) }

// Starters are the choices of "Jeg udfylder som".
func (*applyPage) Starters() []option {
	return []option{
		labelled(forloeb.StartedByLeader),
		labelled(forloeb.StartedByRep),
		{string(forloeb.StartedByOther), forloeb.StartedByOther.Label(), "Du bliver ikke selv part."},
	}
}

// Municipalities are all 98 in Danish order.
func (*applyPage) Municipalities() (list []option) {
	for _, m := range forloeb.Municipalities() {
		list = append(list, option{Value: m.Code, Label: m.OfficialName})
	}
	return list
}

// Sectors are the kinds of municipal work.
func (*applyPage) Sectors() []option { return labelledAll(forloeb.Sectors) }

// EmployeeBands are the sizes of a workplace.
func (*applyPage) EmployeeBands() []option { return labelledAll(forloeb.EmployeeBands) }

// UnitTypes are the kinds of regional work.
func (*applyPage) UnitTypes() []option { return labelledAll(forloeb.UnitTypes) }

// Bodies are what the pair can apply as for one workplace, which is every
// programme's first type.
func (p *applyPage) Bodies() []option { return bodies(p.programme.Types[0]) }

func bodies(t forloeb.ForloebType) []option {
	list := labelledAll(t.Bodies)
	for i := range list {
		list[i].Label = forloeb.Capital(list[i].Label)
	}
	return list
}

// RepRoles are what a representative can be elected as.
func (*applyPage) RepRoles() []option { return labelledAll(forloeb.RepRoles) }

// code is a wire word with a Danish label.
type code interface {
	~string
	Label() string
}

func labelled[C code](c C) option { return option{Value: string(c), Label: c.Label()} }

func labelledAll[C code](codes []C) (list []option) {
	for _, c := range codes {
		list = append(list, labelled(c))
	}
	return list
}

// receiptPage tells the sender that the application has arrived and that both
// must still answer.
//
// States: mails on their way; a mail is held back, because of its address or because many have applied; an address can be
// corrected, also with an error; nothing can be corrected any more; the mail
// queue is slow; for several workplaces, which are asked afterwards; where a
// provider chooses who comes.
type receiptPage struct {
	Base
	Reference string
	Parties   []receiptParty
	Places    []receiptPlace // of a shared forløb
	Provider  string         // who chooses whoever comes; empty for us
	Deadline  time.Time
	Slow      bool
}

// receiptPlace is a workplace that is asked when those who apply have agreed.
type receiptPlace struct {
	Name string
	To   []string // whom the mails go to
}

func (*receiptPage) template() string { return "receipt" }

// Correctable reports whether an address can still be corrected.
func (p *receiptPage) Correctable() bool {
	return slices.ContainsFunc(p.Parties, func(r receiptParty) bool { return r.Correct != "" })
}

// receiptParty is one of the two whom the mail goes to.
type receiptParty struct {
	ID          string // of the field, as "leader_email"
	Role        string // in the definite form: "lederen"
	Name        string
	Email       string
	Correct     string    // where to correct the address; empty once the party has answered
	Refused     bool      // a correction was: the form is open
	Typed       string    // what was typed then
	Note        string    // as of a shared mailbox
	HeldForMany bool      // not because of the address, but because many have applied
	HeldUntil   time.Time // when the secretariat has looked at a mail that is held back
}
