package api

import (
	"errors"
	"net/http"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// act is something staff can do to a forløb on a page of its own. The page
// says what will happen and who gets a mail, and asks for what the deed needs.
type act struct {
	path  string // below the forløb's page, in both areas; {party} is whom it is about
	label string // verb and thing: heading and button; see labelled
	about string // one line where acts are listed
	done  string // what the forløb's page says afterwards
	final bool   // it ends or undoes something
	roles []forloeb.StaffRole

	relabel func(k staffCase) string // another label where it is called otherwise; nil for one in all

	leaves  bool               // the forløb is no longer theirs who did it
	likely  []forloeb.Status   // where it is among what is done most
	settles []forloeb.TaskKind // tasks that it is the answer to

	// find adds to the case what the address names; nil when that is the forløb
	// alone.
	find func(s *Server, c *gin.Context, k *staffCase) error
	// example is a deed that the domain judges to tell whether it is legal now.
	example func(k staffCase) forloeb.Deed
	// mails are those that follow from the deed. What the form says of them is
	// made of the same.
	mails promise
	// form says what will happen, and asks.
	form func(k staffCase, a asking) actForm
	// dress puts the form on a page that shows more; nil when it needs none.
	dress func(k staffCase, plain actPage, a asking) shownAct
	// deed reads the answers. What is wrong with them is a fieldError each.
	deed func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError)
}

// actForm is the middle of an act's page.
type actForm struct {
	Lead    string
	Effects []string // what happens, and who gets a mail
	Fields  []field
}

// asking composes fields with what was typed and what is wrong with it.
type asking struct {
	wrong []fieldError
	typed url.Values // nil the first time
}

// value is what was typed, or what to begin with.
func (a asking) value(id, begin string) string {
	if a.typed == nil {
		return begin
	}
	return a.typed.Get(id)
}

func (a asking) line(id, label, begin string) field {
	return newInput(a.wrong, id, label, a.value(id, begin))
}

func (a asking) text(id, label string) field {
	f := a.line(id, label, "")
	f.Control = "textarea"
	return f
}

func (a asking) choice(id, label, begin string, options ...option) field {
	f := a.line(id, label, begin)
	f.Control, f.Options = "radios", options
	return f
}

// reason is asked for by most acts.
func (a asking) reason() field {
	f := a.text("reason", "Hvorfor?")
	f.Hint = "Det bliver stående i sagen."
	return f
}

// legal reports whether who asks may do it, and it can be done now.
func (a *act) legal(k staffCase) bool {
	return slices.Contains(a.roles, k.By.Role) && k.Judge(a.example(k), k.By.Actor(), k.Now) == nil
}

// labelled is what the act is called in this forløb.
func (a *act) labelled(k staffCase) string {
	if a.relabel == nil {
		return a.label
	}
	return a.relabel(k)
}

// address is the act's page.
func (a *act) address(k staffCase) string {
	address := k.Home() + "/" + a.path
	if k.Whom != nil {
		address = strings.Replace(address, "{party}", k.Whom.ID.String(), 1)
	}
	return address
}

// code names the act in addresses, where it has just been done.
func (a *act) code() string { return path.Base(a.path) }

// caseFor is the forløb that the policy has found, with what the act is about.
func (s *Server) caseFor(c *gin.Context, a *act) (staffCase, error) {
	k := caseOf(c)
	if a.find == nil {
		return k, nil
	}
	err := a.find(s, c, &k)
	return k, err
}

// leadsTo is where whoever did it goes on.
func (a *act) leadsTo(k staffCase) string {
	if a.leaves {
		return k.Area + "/"
	}
	return k.Home()
}

// actRoutes are the acts' pages in both areas.
func (s *Server) actRoutes() (routes []route) {
	for _, a := range allActs() {
		for _, area := range []struct {
			path   string
			policy policy
		}{{secretariatArea, secretariatCase}, {consultantArea, consultantCase}} {
			if !slices.ContainsFunc(a.roles, func(r forloeb.StaffRole) bool { return slices.Contains(area.policy.roles, r) }) {
				continue
			}
			path := area.path + "/forloeb/{id}/" + a.path
			routes = append(routes, pageAt(http.MethodGet, path, area.policy, s.showAct(a)), pageAt(http.MethodPost, path, area.policy, s.sendAct(a)))
		}
	}
	return routes
}

// showAct asks, unless it cannot be done now.
func (s *Server) showAct(a *act) handler {
	return func(c *gin.Context) error {
		k, err := s.caseFor(c, a)
		if err != nil {
			return err
		}
		if err := k.Judge(a.example(k), k.By.Actor(), k.Now); err != nil {
			return err
		}
		typed := s.typed(c)
		page := shownActOf(k, a, asking{typed: typed})
		page.act().Restored = typed != nil
		return s.write(c, http.StatusOK, page)
	}
}

// sendAct does it, or shows the form again with what was typed.
func (s *Server) sendAct(a *act) handler {
	return func(c *gin.Context) error {
		k, err := s.caseFor(c, a)
		if err != nil {
			return err
		}
		if c.Request.ParseForm() != nil {
			return errBadForm
		}
		sent := c.Request.PostForm
		again := func(status int, conflict string, wrong ...fieldError) error {
			page := shownActOf(k, a, asking{wrong: wrong, typed: sent})
			page.act().Conflict = conflict
			return s.write(c, status, page)
		}
		deed, wrong := a.deed(k, sent)
		if len(wrong) > 0 {
			return again(http.StatusUnprocessableEntity, "", wrong...)
		}
		if first := s.colleagueFirst(c, k, sent.Get("version")); first != "" {
			return again(http.StatusConflict, first)
		}
		err = s.record(c.Request.Context(), k.ID, k.By.Actor(), deed)
		var refusal *forloeb.Refusal
		switch {
		case err == nil:
			return seeOther(c, withDone(a.leadsTo(k), a.code()))
		case !errors.As(err, &refusal), refusal.Code == forloeb.RefuseNotFound:
			return err
		}
		if k, err = s.caseFor(c, a); err != nil { // what was found may be another now
			return err
		}
		if field := refusedField[refusal.Code]; field != "" {
			return again(http.StatusUnprocessableEntity, "", fieldError{field, refusal.Danish()})
		}
		return again(refusalStatus(refusal.Code), refusal.Danish())
	}
}

// refusedField is the field that a refusal is about.
var refusedField = map[forloeb.RefusalCode]string{
	forloeb.RefuseNoReason: "reason", forloeb.RefuseNoName: "name",
	forloeb.RefuseBadAddress: "email", forloeb.RefuseSameAddress: "email", forloeb.RefuseSamePerson: "name",
	forloeb.RefuseBadPhone: "phone", forloeb.RefuseConsultantUnsuitable: "consultant", forloeb.RefuseConsultantUnknown: "consultant",
}

// colleagueFirst tells who changed the forløb while the form was being filled
// in, or "". Of what happens by itself, only that a consultant was found.
func (s *Server) colleagueFirst(c *gin.Context, k staffCase, version string) string {
	seen, err := strconv.ParseInt(version, 10, 64)
	if err != nil {
		return ""
	}
	for _, done := range slices.Backward(k.Acts) {
		if done.Version <= seen {
			break
		}
		switch {
		case done.Actor.Kind == forloeb.ActorSystem && done.Name == forloeb.ConsultantAssigned && k.Consultant() != nil:
			return k.Consultant().Name + " fik forløbet " + meanwhile(done.At)
		case done.Actor.Kind != forloeb.ActorSystem && done.Actor != k.By.Actor():
			return forloeb.Capital(s.nameOf(c, k, done.Actor)) + " ændrede sagen " + meanwhile(done.At)
		}
	}
	return ""
}

func meanwhile(at time.Time) string {
	return forloeb.Clock(at) + ", mens du skrev. Det, du skrev, er her stadig. Se ændringen, og gem igen."
}

// nameOf is who did something, as colleagues call them.
func (s *Server) nameOf(c *gin.Context, k staffCase, by forloeb.Actor) string {
	switch by.Kind {
	case forloeb.ActorConsultant:
		for _, a := range k.Assignments {
			if a.Consultant.ID.String() == by.ID {
				return a.Consultant.Name
			}
		}
		return "konsulenten"
	case forloeb.ActorSecretary:
		if name := s.staffName(c.Request.Context(), by.ID); name != "" {
			return name
		}
		return "sekretariatet"
	}
	for i := range k.Parties {
		if k.Parties[i].ID.String() == by.ID {
			return k.Parties[i].Side.Label()
		}
	}
	return "ansøgeren"
}

// actPage is the page of an act.
//
// States: asking; with errors; when a colleague was first or it is not legal
// any more (Conflict); with what was typed before a new login (Restored).
type actPage struct {
	Base
	Case     caseHead
	Heading  string
	Action   string
	Form     actForm
	Button   string
	Leave    string // the way back, when it is another than to regret
	Final    bool
	Version  int64
	Conflict string
	Restored bool
}

func (*actPage) template() string { return "act" }

// shownAct is an act's page: the plain one, or one around it.
type shownAct interface {
	pageData
	act() *actPage
}

func (p *actPage) act() *actPage { return p }

func shownActOf(k staffCase, a *act, asks asking) shownAct {
	plain := actPageOf(k, a, asks)
	if a.dress == nil {
		return plain
	}
	return a.dress(k, *plain, asks)
}

// caseHead is what every page of one forløb begins with.
type caseHead struct {
	Reference string
	Workplace string
	Home      string
}

func headOf(k staffCase) caseHead {
	return caseHead{Reference: k.Reference, Workplace: k.Lead().Name, Home: k.Home()}
}

func actPageOf(k staffCase, a *act, asks asking) *actPage {
	page := &actPage{
		Case: headOf(k), Heading: a.labelled(k), Button: a.labelled(k), Action: a.address(k),
		Form: a.form(k, asks), Final: a.final, Version: k.Version,
	}
	page.Errors = asks.wrong
	return page
}
