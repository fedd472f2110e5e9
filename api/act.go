package api

import (
	"cmp"
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
	path  string // below the forløb's page, in every area; {party}, {guest}, {workplace} and {meeting} are what it is about
	label string // verb and thing: heading and button; see labelled
	about string // one line where acts are listed
	done  string // what the forløb's page says afterwards
	final bool   // it ends or undoes something
	roles []forloeb.StaffRole

	relabel func(k staffCase) string // another label where it is called otherwise; nil for one in all

	leaves  bool               // the forløb is no longer theirs who did it
	likely  []forloeb.Status   // where it is among what is done most
	settles []forloeb.TaskKind // tasks that it is the answer to

	// offered reports whether it is of any use now; nil when it is whenever it
	// is legal.
	offered func(k staffCase) bool
	// find adds to the case what the address names; nil when that is the forløb
	// alone.
	find func(s *Server, c *gin.Context, k *staffCase) error
	// example is a deed that the domain judges to tell whether it is legal now.
	example func(k staffCase) forloeb.Deed
	// despite are what the example may be refused with and the page still asked
	// for: other answers may be legal, or the refusal says what to do first.
	despite []forloeb.RefusalCode
	// mails are those that follow from the deed. What the form says of them is
	// made of the same.
	mails promise
	// form says what will happen, and asks.
	form func(k staffCase, a asking) actForm
	// dress puts the form on a page that shows more; nil when it needs none.
	dress func(k staffCase, plain actPage, a asking) shownAct
	// deed reads the answers. What is wrong with them is a fieldError each.
	deed func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError)

	// deeds reads them instead where they may be several, done together or not
	// at all.
	deeds func(k staffCase, sent url.Values) ([]forloeb.Deed, []fieldError)
	// echo completes the page that says back what was typed before it is done;
	// nil when the form is enough.
	echo func(k staffCase, sent url.Values, page *echoPage)
	// begin is what is said back before anything is typed, and when other dates
	// are asked for; nil where the form comes first. It may answer nil.
	begin func(a *act, k staffCase, sent url.Values) *echoPage
	// leads is where whoever did it goes on; nil when that is the forløb's page.
	leads func(k staffCase, done []forloeb.Deed) string
}

// actForm is the middle of an act's page.
type actForm struct {
	Heading string // the act's label when empty
	Lead    string
	Remarks []caseRemark // what others wrote about it
	Effects []string     // what happens, and who gets a mail
	Fields  []field
	Button  string  // the act's label when empty
	Ways    []wayOn // what can be done instead
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
	return (a.offered == nil || a.offered(k)) && slices.Contains(a.roles, k.By.Role) && a.refused(k) == nil
}

// refused is why it cannot be done now; nil when it can.
func (a *act) refused(k staffCase) error {
	err := k.Judge(a.example(k), k.By.Actor(), k.Now)
	if refusedWith(err, a.despite...) != nil {
		return nil
	}
	return err
}

// labelled is what the act is called in this forløb.
func (a *act) labelled(k staffCase) string {
	if a.relabel == nil {
		return k.say(a.label)
	}
	return k.say(a.relabel(k))
}

// address is the act's page.
func (a *act) address(k staffCase) string {
	address := k.Home() + "/" + a.path
	if k.Whom != nil {
		address = strings.Replace(address, "{party}", k.Whom.ID.String(), 1)
	}
	if k.Comer != nil {
		address = strings.Replace(address, "{guest}", k.Comer.ID.String(), 1)
	}
	if k.Place != nil {
		address = strings.Replace(address, "{workplace}", k.Place.ID.String(), 1)
	}
	if k.Which != nil {
		address = strings.Replace(address, "{meeting}", k.Which.ID.String(), 1)
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
func (a *act) leadsTo(k staffCase, done []forloeb.Deed) string {
	switch {
	case a.leaves:
		return k.Area + "/"
	case a.leads != nil:
		return a.leads(k, done)
	}
	return k.Home()
}

// read reads the answers.
func (a *act) read(k staffCase, sent url.Values) ([]forloeb.Deed, []fieldError) {
	if a.deeds != nil {
		return a.deeds(k, sent)
	}
	d, wrong := a.deed(k, sent)
	return []forloeb.Deed{d}, wrong
}

// actRoutes are the acts' pages in every area.
func (s *Server) actRoutes() (routes []route) {
	for _, a := range allActs() {
		for _, area := range caseAreas {
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
		if err := a.refused(k); err != nil {
			return err
		}
		typed := s.typed(c)
		if typed == nil && a.begin != nil {
			if page := a.begin(a, k, nil); page != nil {
				return s.write(c, http.StatusOK, page)
			}
		}
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
		deeds, wrong := a.read(k, sent)
		switch {
		case len(wrong) > 0:
			return s.askAgain(c, k, a, sent, obstacle{status: http.StatusUnprocessableEntity, wrong: wrong})
		case sent.Get(stepName) == stepBack:
			return s.askAgain(c, k, a, sent, obstacle{status: http.StatusOK})
		}
		if page := a.nextEcho(k, sent); page != nil {
			return s.write(c, page.status(), page)
		}
		if o, err := s.carryOut(c, k, sent.Get(versionName), deeds); err != nil {
			return err
		} else if o != nil {
			if k, err = s.caseFor(c, a); err != nil { // what was found may be another now
				return err
			}
			return s.askAgain(c, k, a, sent, *o)
		}
		return seeOther(c, withDone(a.leadsTo(k, deeds), a.code()))
	}
}

// nextEcho is what is said back before it is done; nil when it is to be done.
func (a *act) nextEcho(k staffCase, sent url.Values) *echoPage {
	switch {
	case a.echo == nil:
		return nil
	case a.begin != nil && sent.Get(stepName) == stepPropose:
		return a.begin(a, k, sent)
	}
	page := a.saysBack(k, sent)
	if sent.Get(stepName) == stepDo && page.Errors == nil {
		return nil
	}
	return page
}

// versionName is what the form was made of: the forløb's version then.
const versionName = "version"

// obstacle is why a form is shown again and not carried out.
type obstacle struct {
	status   int
	conflict string // with what has happened meanwhile
	wrong    []fieldError
}

// askAgain shows the form with what was typed. Until its reader has been told
// of what happened meanwhile, it is still made of what they saw.
func (s *Server) askAgain(c *gin.Context, k staffCase, a *act, sent url.Values, o obstacle) error {
	page := shownActOf(k, a, asking{wrong: o.wrong, typed: sent})
	page.act().Conflict = o.conflict
	if seen := sent.Get(versionName); o.conflict == "" && seen != "" {
		page.act().Version = seen
	}
	return s.write(c, o.status, page)
}

// carryOut records the deeds, unless something stands in the way.
func (s *Server) carryOut(c *gin.Context, k staffCase, version string, deeds []forloeb.Deed) (*obstacle, error) {
	if first := s.colleagueFirst(c, k, version); first != "" {
		return &obstacle{status: http.StatusConflict, conflict: first}, nil
	}
	err := s.record(c.Request.Context(), k.ID, k.By.Actor(), deeds...)
	var refusal *forloeb.Refusal
	switch {
	case err == nil:
		return nil, nil
	case !errors.As(err, &refusal), refusal.Code == forloeb.RefuseNotFound:
		return nil, err
	}
	if field := fieldOf(refusal); field != "" {
		return &obstacle{status: http.StatusUnprocessableEntity, wrong: []fieldError{{field, k.say(refusal.Danish())}}}, nil
	}
	return &obstacle{status: refusalStatus(refusal.Code), conflict: k.say(refusal.Danish())}, nil
}

// fieldOf is the field that a refusal is about; "" when it is about the
// forløb.
func fieldOf(r *forloeb.Refusal) string {
	if slices.Contains(refusedTimes, r.Code) {
		return "date-" + strconv.Itoa(max(1, r.Item))
	}
	return refusedField[r.Code]
}

// refusedField is the field that a refusal is about.
var refusedField = map[forloeb.RefusalCode]string{
	forloeb.RefuseDeadlineEarlier: "until", forloeb.RefuseDeadlineTooFar: "until",
	forloeb.RefusePauseEarlier: "until", forloeb.RefusePauseTooFar: "until", forloeb.RefuseMeetingInTheWay: "until",
	forloeb.RefuseDuplicateUnknown: "of", forloeb.RefuseDuplicateSelf: "of", forloeb.RefuseDuplicateClosed: "of", forloeb.RefuseDuplicateChain: "of", forloeb.RefuseDuplicateCircle: "of",
	forloeb.RefuseNoPauseText: "words", forloeb.RefuseUnfitText: "words",
	forloeb.RefuseNoReason: "reason", forloeb.RefuseNoName: "name", forloeb.RefuseNoGuestName: "name",
	forloeb.RefuseGuestKnown: "email", forloeb.RefuseGuestDeclined: "email",
	forloeb.RefuseBadAddress: "email", forloeb.RefuseSameAddress: "email", forloeb.RefuseSamePerson: "name",
	forloeb.RefuseBadPhone: "phone", forloeb.RefuseConsultantUnsuitable: "consultant", forloeb.RefuseConflictOfInterest: "consultant", forloeb.RefuseRecused: "consultant", forloeb.RefuseConsultantUnknown: "consultant",
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
		case gives(done) && k.Consultant() != nil:
			return k.Consultant().Name + " fik forløbet " + meanwhile(done.At)
		case gives(done) && k.Chosen() != nil:
			return k.Chosen().Name + " blev spurgt " + meanwhile(done.At)
		case done.Actor.Kind != forloeb.ActorSystem && done.Actor != k.By.Actor():
			return forloeb.Capital(s.nameOf(c, k, done.Actor)) + " ændrede sagen " + meanwhile(done.At)
		}
	}
	return ""
}

// gives reports whether a consultant got the forløb by it, or was asked, and no
// colleague chose.
func gives(done forloeb.Act) bool {
	return done.Name == forloeb.ConsultantAccepted || done.Name == forloeb.ConsultantAssigned && done.Actor.Kind == forloeb.ActorSystem
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
		return k.say("konsulenten")
	case forloeb.ActorSecretary, forloeb.ActorProvider:
		if name := s.staffName(c.Request.Context(), by.ID); name != "" {
			return name
		}
		if by.Kind == forloeb.ActorProvider {
			return k.Provider.Label()
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
	Version  string
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
	Noun      string // what the programme calls a consultant
}

func headOf(k staffCase) caseHead {
	return caseHead{Reference: k.Reference, Workplace: k.Lead().Name, Home: k.Home(), Noun: k.Words().Consultant}
}

func actPageOf(k staffCase, a *act, asks asking) *actPage {
	page := &actPage{
		Case: headOf(k), Heading: a.labelled(k), Button: a.labelled(k), Action: a.address(k),
		Form: a.form(k, asks), Final: a.final, Version: strconv.FormatInt(k.Version, 10),
	}
	page.Heading, page.Button = cmp.Or(page.Form.Heading, page.Heading), cmp.Or(page.Form.Button, page.Button)
	page.Errors = asks.wrong
	return page
}
