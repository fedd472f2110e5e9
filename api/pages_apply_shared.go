package api

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"example.dk/spark/internal/forloeb"
)

// sharedForm is what the form for several workplaces asks of whoever applies,
// beside what every application is asked.
type sharedForm struct {
	Type   string `form:"type"`
	Focus  string `form:"focus"`
	Quorum string `form:"quorum"`
}

// workplaceForm is one workplace on it, as it was typed.
type workplaceForm struct {
	Workplace, Municipality, Sector, Employees string

	LeaderName, LeaderEmail    string
	RepName, RepRole, RepEmail string

	LeaderEmailSure, RepEmailSure bool // "Nej, det er rigtigt"
}

// placeID is the id and the name of a field of the n-th workplace, counted
// from 0.
func placeID(n int, field string) string { return "participants-" + strconv.Itoa(n) + "-" + field }

// placed is the id of the field that a mistake is about, and the number of its
// workplace; 0 for a field of those who apply.
func placed(field string) (id string, number int) {
	if field == "participants" { // their number; the first stands for them all
		return placeID(0, "workplace"), 0
	}
	rest, ofPlace := strings.CutPrefix(field, "participants.")
	if !ofPlace {
		return field, 0
	}
	n, name, _ := strings.Cut(rest, ".")
	i, _ := strconv.Atoi(n)
	return placeID(i, name), i + 1
}

// sentWorkplaces are the workplaces of a form that was sent.
func sentWorkplaces(sent url.Values) (list []workplaceForm) {
	for n := 0; sent.Has(placeID(n, "workplace")); n++ {
		typed := func(field string) string { return sent.Get(placeID(n, field)) }
		list = append(list, workplaceForm{
			Workplace: typed("workplace"), Municipality: typed("municipality"), Sector: typed("sector"), Employees: typed("employees"),
			LeaderName: typed("leader_name"), LeaderEmail: typed("leader_email"),
			RepName: typed("rep_name"), RepRole: typed("rep_role"), RepEmail: typed("rep_email"),
			LeaderEmailSure: typed("leader_email_sure") != "", RepEmailSure: typed("rep_email_sure") != "",
		})
	}
	return list
}

// empty reports whether nothing was typed: a new workplace is where the one
// before it is, and does the same work.
func (w workplaceForm) empty() bool {
	w.Municipality, w.Sector = "", ""
	return w == workplaceForm{}
}

// participant is the workplace as the domain judges it. In a forløb for a whole
// branche it need not say what it does.
func (w workplaceForm) participant(branche string) forloeb.Participant {
	if w.Sector == "" {
		w.Sector = branche
	}
	return forloeb.Participant{
		Workplace: w.Workplace, Municipality: w.Municipality, Sector: forloeb.Sector(w.Sector), Employees: forloeb.Employees(w.Employees),
		Leader: forloeb.Contact{Name: w.LeaderName, Email: w.LeaderEmail},
		Rep:    forloeb.Representative{Name: w.RepName, Role: forloeb.Role(w.RepRole), Email: w.RepEmail},
	}
}

// workplaceBlock is one workplace on the page.
type workplaceBlock struct {
	workplaceForm
	Index               int
	Removable           bool
	Focused             bool // it was just added
	LeaderAsk, RepAsk   bool // whether its address is right
	LeaderNote, RepNote string
}

// Number is what the workplace is called on the page.
func (w workplaceBlock) Number() int { return w.Index + 1 }

// ID is the id of one of its fields.
func (w workplaceBlock) ID(field string) string { return placeID(w.Index, field) }

// sharedApplyPage is the application form for several workplaces.
//
// States: empty; filled in from an earlier application; with a workplace just
// added or taken away; full; with errors, each at its workplace; with a
// question about an address that looks mistyped; with notices, as of types that
// are not open yet.
type sharedApplyPage struct {
	applyPage
	Shared  sharedForm
	Places  []workplaceBlock
	Types   []option
	Changed string // what became of the list
	Full    bool   // no more workplaces can be added
}

func (*sharedApplyPage) template() string { return "apply-shared" }

// Least and most workplaces of a forløb that several share.
var leastPlaces, mostPlaces = func() (int, int) {
	p, _ := forloeb.ProgrammeByCode(forloeb.Spark)
	t, _ := p.Type(forloeb.Joint)
	return t.MinWorkplaces, t.MaxWorkplaces
}()

// newSharedApplyPage is the form for a programme, with what can be applied for
// at the instant.
func newSharedApplyPage(p forloeb.Programme, now time.Time) *sharedApplyPage {
	page := &sharedApplyPage{applyPage: *newApplyPage(p, now)}
	for _, t := range p.Types {
		switch {
		case !t.Shared():
		case t.Open(now):
			page.Types = append(page.Types, option{string(t.Code), t.Label, t.Hint})
		default:
			page.Notices = append(page.Notices, t.Label+" kan søges fra "+forloeb.Date(t.From)+".")
		}
	}
	return page.list(nil)
}

// list puts the workplaces on the page, never fewer than there must be.
func (p *sharedApplyPage) list(all []workplaceForm) *sharedApplyPage {
	for len(all) < leastPlaces {
		all = append(all, workplaceForm{})
	}
	p.Places = nil
	for i, w := range all {
		p.Places = append(p.Places, workplaceBlock{workplaceForm: w, Index: i, Removable: len(all) > leastPlaces})
	}
	p.Full = len(all) >= mostPlaces
	return p
}

func (p *sharedApplyPage) typed() (all []workplaceForm) {
	for _, w := range p.Places {
		all = append(all, w.workplaceForm)
	}
	return all
}

// add gives room for one workplace more, where the last one is.
func (p *sharedApplyPage) add() {
	if p.Full {
		return
	}
	last := p.Places[len(p.Places)-1]
	p.list(append(p.typed(), workplaceForm{Municipality: last.Municipality, Sector: last.Sector}))
	p.Places[len(p.Places)-1].Focused = true
}

// remove takes one away.
func (p *sharedApplyPage) remove(index int) {
	all := p.typed()
	if index < 0 || index >= len(all) || len(all) <= leastPlaces {
		return
	}
	name := strings.TrimSpace(all[index].Workplace)
	if name == "" {
		name = "Arbejdsplads " + strconv.Itoa(index+1)
	}
	p.list(slices.Delete(all, index, index+1))
	p.Changed = name + " er taget af listen. Der er nu " + strconv.Itoa(len(p.Places)) + " arbejdspladser."
}

// withoutEmpty forgets the workplaces that were added and never filled in.
func (p *sharedApplyPage) withoutEmpty() {
	filled := slices.DeleteFunc(p.typed(), workplaceForm.empty)
	if len(filled) >= leastPlaces {
		p.list(filled)
	}
}

// submission is the form as the domain judges it.
func (p *sharedApplyPage) submission() forloeb.Submission {
	s := p.Form.submission(forloeb.Spark, forloeb.TypeCode(p.Shared.Type))
	s.Focus, s.Quorum = p.Shared.Focus, quorumOf(p.Shared.Quorum)
	for _, w := range p.Places {
		s.Participants = append(s.Participants, w.participant(p.Form.Sector))
	}
	return s
}

// mistakes are what the domain finds. Until one of the types is chosen, the rest is
// judged by what holds for them all.
func (p *sharedApplyPage) mistakes(at time.Time) []forloeb.Mistake {
	s := p.submission()
	if slices.ContainsFunc(p.Types, func(o option) bool { return o.Value == p.Shared.Type }) {
		return s.Check(at)
	}
	s.Type = forloeb.Joint
	others := slices.DeleteFunc(s.Check(at), func(m forloeb.Mistake) bool { return m.Field == "type" })
	return append(others, forloeb.Mistake{Field: "type", Code: forloeb.MistakeUnknownType})
}

// quorumOf is the number that was typed: 0 for none, and one that is never
// right for what is no number.
func quorumOf(typed string) int {
	typed = strings.TrimSpace(typed)
	if typed == "" {
		return 0
	}
	n, err := strconv.Atoi(typed)
	if err != nil || n == 0 {
		return -1
	}
	return n
}

// explain puts what the domain found at the fields, in the order of the page.
func (p *sharedApplyPage) explain(mistakes []forloeb.Mistake, hints []forloeb.Hint) {
	var theirs []forloeb.Hint
	for _, h := range hints {
		if _, number := placed(h.Field); number > 0 {
			p.Places[number-1].consider(h, &p.Errors)
		} else {
			theirs = append(theirs, h)
		}
	}
	p.applyPage.explain(nil, theirs)
	for _, m := range mistakes {
		id, number := placed(m.Field)
		p.Errors = append(p.Errors, fieldError{id, atPlace(number, m)})
	}
	slices.SortStableFunc(p.Errors, func(a, b fieldError) int { return sharedOrder(a.Field) - sharedOrder(b.Field) })
}

// atPlace says what to do, and at which workplace.
func atPlace(number int, m forloeb.Mistake) string {
	switch {
	case number > 0:
		return "Arbejdsplads " + strconv.Itoa(number) + ": " + m.Danish()
	case m.Field == "body": // not one of those that apply for one workplace
		return "Vælg, hvem I søger som."
	}
	return m.Danish()
}

// consider asks about an address once, or advises against it.
func (w *workplaceBlock) consider(h forloeb.Hint, errs *[]fieldError) {
	note, ask, sure := &w.LeaderNote, &w.LeaderAsk, w.LeaderEmailSure
	if h.Side == forloeb.Rep {
		note, ask, sure = &w.RepNote, &w.RepAsk, w.RepEmailSure
	}
	switch {
	case h.Code == forloeb.HintSharedMailbox:
		*note = h.Danish()
	case !sure:
		*ask = true
		id, number := placed(h.Field)
		*errs = append(*errs, fieldError{id, "Arbejdsplads " + strconv.Itoa(number) + ": " + h.Danish()})
	}
}

// sharedFields is the order of the page.
var sharedFields = []string{
	"started_by", "type", "focus", "sector", "municipality", "body", "body_name",
	"leader_name", "leader_title", "leader_email", "leader_phone", "rep_name", "rep_role", "rep_email", "rep_phone",
	"themes", "situation", "tried", "timing", "participants", "quorum", "declared",
}

func sharedOrder(id string) int {
	of, _, isPlace := strings.Cut(id, "-")
	order := slices.Index(sharedFields, of) * (mostPlaces + 1)
	if isPlace {
		n, _, _ := strings.Cut(strings.TrimPrefix(id, "participants-"), "-")
		i, _ := strconv.Atoi(n)
		order += i
	}
	return order
}

// Bodies are what the pair can apply as.
func (*sharedApplyPage) Bodies() []option {
	p, _ := forloeb.ProgrammeByCode(forloeb.Spark)
	t, _ := p.Type(forloeb.Joint)
	return bodies(t)
}
