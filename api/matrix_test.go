package api

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// access is what came of a request, as far as it concerns who may come in.
type access string

const (
	through   access = "through"   // to the handler, whatever it said
	asked     access = "log in"    // sent to the login page, or 401
	forbidden access = "forbidden" // known, but with the wrong role
	absent    access = "absent"    // 404, as for what does not exist
)

// comer is somebody who tries every address, with a login and with a token.
type comer struct {
	name    string
	role    forloeb.StaffRole    // empty for a stranger
	owner   bool                 // the consultant of the forløb that is tried
	of      forloeb.ProviderCode // whose people they are of
	cookies jar
	token   string
}

// target is which forløb an address names.
type target struct {
	name     string
	ids      map[string]string // by the name of the place in the address
	unknown  bool              // there is none
	provider forloeb.ProviderCode
}

// TestWhoMayGoWhere tries every route of the router as everybody, with a
// forløb that is there, with a provider's, and with one that is not. A new route is tried without
// being mentioned here; a place {in} its address that is not known fails.
//
// Complaint K20, K31.
func TestWhoMayGoWhere(t *testing.T) {
	o := withConsultants(t)
	comers, targets := o.comers(), o.targets()
	routes := slices.Sorted(maps.Keys(o.policies))
	slices.SortStableFunc(routes, func(a, b string) int { return logsOut(a) - logsOut(b) })
	tried := 0
	for _, route := range routes {
		p := o.policies[route]
		for _, who := range comers {
			for _, what := range targets {
				wanted := wantedAccess(p, route, who, what)
				o.restore()
				before := o.lastLine()
				got, page := o.tries(route, p, who, what, wanted)
				require.Equal(t, wanted, got, "%s, %s, forløb %s\n%s", route, who.name, what.name, page)
				require.Equal(t, o.wantedLines(p, route, who, what, wanted), o.linesSince(before), "%s, %s, forløb %s: the access log", route, who.name, what.name)
				tried++
			}
		}
	}
	t.Logf("%d routes × %d people × %d forløb = %d requests", len(routes), len(comers), len(targets), tried)
}

// logsOut puts the one route last that ends the logins of the others.
func logsOut(route string) int {
	if strings.HasSuffix(route, logoutPath) {
		return 1
	}
	return 0
}

// comers are one of each kind.
func (o *office) comers() []comer {
	list := []comer{{name: "a stranger"}}
	for _, c := range []comer{
		{name: "a reader", role: forloeb.RoleReader},
		{name: "the secretariat", role: forloeb.RoleSecretariat},
		{name: "the head", role: forloeb.RoleHead},
		{name: "the forløb's consultant", role: forloeb.RoleConsultant, owner: true},
		{name: "another consultant", role: forloeb.RoleConsultant},
		{name: "NFA", role: forloeb.RoleProvider, of: forloeb.ProviderNFA},
		{name: "RUC", role: forloeb.RoleProvider, of: forloeb.ProviderRUC},
	} {
		email, consultant := c.name+"@example.dk", uuid.Nil
		if c.role == forloeb.RoleConsultant {
			email, consultant = o.addressOf(c.owner), o.boID
			if c.owner {
				consultant = o.annaID
			}
		}
		c.cookies = o.loggedInWith(forloeb.Access{Role: c.role, Provider: c.of}, email)
		c.token = o.tokenFor(forloeb.Principal{Role: c.role, Provider: c.of, Consultant: consultant, Name: "test"})
		list = append(list, c)
	}
	return list
}

func (o *office) addressOf(anna bool) string {
	id := o.boID
	if anna {
		id = o.annaID
	}
	list, err := o.env.API.Consultants(o.t.Context())
	require.NoError(o.t, err)
	i := slices.IndexFunc(list, func(c forloeb.ConsultantRow) bool { return c.ID == id })
	return list[i].Email
}

// loggedIn is a browser in which somebody with the role has logged in.
func (o *office) loggedIn(role forloeb.StaffRole, email string) jar {
	o.t.Helper()
	return o.loggedInWith(forloeb.Access{Role: role}, email)
}

func (o *office) loggedInWith(access forloeb.Access, email string) jar {
	o.t.Helper()
	o.login.identity = &forloeb.Identity{Issuer: "test", Subject: uuid.NewString(), Name: access.String(), Email: email, Role: access.Role, Provider: access.Provider}
	defer func() { o.login.identity = nil }()
	j := jar{}
	require.Equal(o.t, http.StatusSeeOther, o.logIn(j, forloeb.Principal{}, "/").StatusCode)
	return j
}

// targets are a forløb of SPARK's, one of NFA's, and one that does not exist.
func (o *office) targets() []target {
	there := o.target(o.inProgress())
	there.name = "of SPARK"
	ofNFA := o.target(o.inProgressAt(forloeb.ProviderNFA))
	ofNFA.name, ofNFA.provider = "of NFA", forloeb.ProviderNFA
	unknown := target{name: "unknown", unknown: true, ids: maps.Clone(there.ids)}
	unknown.ids["id"], unknown.ids["meeting"], unknown.ids["guest"] = uuid.NewString(), uuid.NewString(), uuid.NewString()
	unknown.ids["consultant"], unknown.ids["recusal"] = uuid.NewString(), uuid.NewString()
	unknown.ids["mail"], unknown.ids["own"], unknown.ids["task"] = "999999999", "999999999", "999999999"
	return []target{there, ofNFA, unknown}
}

// inProgressAt is a provider's forløb with a meeting ahead.
func (o *office) inProgressAt(of forloeb.ProviderCode) (id, meeting uuid.UUID) {
	expert := o.env.Expert("Nanna", of, 5)
	id = o.env.Apply(storetest.Regional, func(s *forloeb.Submission) { s.Provider = of })
	o.env.Settle(id)
	o.env.Agree(id)
	o.env.Settle(id)
	o.env.Do(id, storetest.Secretary, forloeb.Assign{Consultant: expert})
	o.env.Settle(id)
	meeting = o.env.Book(id, o.ahead(id, 9, 10))
	o.env.Settle(id)
	return id, meeting
}

// target is a forløb with a meeting, a mail that failed and a task.
func (o *office) target(id, meeting uuid.UUID) target {
	f := o.env.Read(id)
	var mail int64
	o.env.Get(&mail, `update mails set state = 'failed', code = '550' where id = (select min(id) from mails where forloeb_id = $1 and recipient = $2) returning id`, id, f.Parties[0].ID)
	own := slices.IndexFunc(f.Mails, func(m forloeb.Mail) bool { return m.Recipient == f.Consultant().ID })
	var task int64
	o.env.Get(&task, `insert into tasks (forloeb_id, kind, subject, opened_at) values ($1, 'start', 'matrix', now()) returning id`, id)
	var note int64
	o.env.Get(&note, `insert into notes (forloeb_id, author, provider, written_at, text) select id, gen_random_uuid(), provider, created_at, 'matrix' from forloeb where id = $1 returning id`, id)
	guest := uuid.New()
	o.env.Exec(`insert into guests (id, forloeb_id, workplace_id, added_at) values ($1, $2, $3, now())`, guest, id, f.Workplaces[0].ID)
	o.env.Exec(`insert into guest_contacts values ($1, 'Ida Berg', 'ida.berg@example.dk')`, guest)
	recusal := uuid.New()
	o.env.Exec(`insert into recusals (id, consultant_id, place, places, by_kind, by_id) select $1, $2::uuid, '411', '{411}', 'consultant', $2::uuid::text`, recusal, f.Consultant().ID)
	return target{ids: map[string]string{
		"recusal": recusal.String(),
		"guest":   guest.String(),
		"note":    fmt.Sprint(note),
		"id":      id.String(), "meeting": meeting.String(), "party": f.Parties[0].ID.String(), "workplace": f.Workplaces[0].ID.String(), "side": "leader",
		"mail": fmt.Sprint(mail), "own": fmt.Sprint(f.Mails[own].ID), "task": fmt.Sprint(task), "token": "x.y", "file": "x",
		"consultant": f.Consultant().ID.String(), "staff": uuid.NewString(), "handling": "x", "view": "x", "programme": "spark", "kind": string(forloeb.MailApproved),
	}}
}

// restore undoes what an act without a body has done.
func (o *office) restore() {
	o.t.Helper()
	o.env.Exec(`update tasks set closed_at = null where subject = 'matrix'`)
	o.env.Exec(`update mails set state = 'failed' where code = '550'`)
	o.env.Exec(`update guests set removed_at = null`)
	o.env.Exec(`update recusals set ended_at = null`)
}

// idsOf are the ids in an address. In the JSON API meetings, mails and tasks
// are named {id} too.
func (what target) idsOf(path string) map[string]string {
	ids := maps.Clone(what.ids)
	for prefix, name := range map[string]string{
		"/api/v1/meetings/": "meeting", "/api/v1/mails/": "mail", "/api/v1/tasks/": "task", "/api/v1/consultants/": "consultant",
		"/sekretariat/konsulenter/": "consultant", "/udbyder/eksperter/": "consultant", "/sekretariat/medarbejdere/": "staff",
	} {
		if strings.HasPrefix(path, prefix) {
			ids["id"] = what.ids[name]
		}
	}
	return ids
}

// ofOneForloeb reports whether an address is about one forløb.
func ofOneForloeb(path string) bool {
	for _, prefix := range []string{"/api/v1/forloeb/{id}", "/api/v1/meetings/{id}", "/api/v1/mails/{id}", "/api/v1/tasks/{id}"} {
		if strings.HasPrefix(path, prefix) {
			return true
		}
	}
	return false
}

// ofOneConsultant reports whether an address is about one consultant as a
// person: their own, and those who run their forløb.
func ofOneConsultant(path string) bool {
	return strings.HasPrefix(path, "/api/v1/consultants/{id}/recusals")
}

// wantedAccess is the rule: it knows policies and no route.
func wantedAccess(p policy, route string, who comer, what target) access {
	_, path, _ := strings.Cut(route, " ")
	switch p.name {
	case "public":
		return through
	case "party link", "applicant receipt", "draft link", "guest link", "consultant link":
		return absent // nobody's login is a key to what a link opens
	}
	switch {
	case who.role == "":
		return asked
	case !slices.Contains(p.roles, who.role):
		return forbidden
	case p.name == "staff page":
		return through
	case p.name == "token" && !ofOneForloeb(path) && !ofOneConsultant(path):
		return through
	case what.unknown,
		who.role == forloeb.RoleConsultant && !(who.owner && what.provider == ""),
		who.role == forloeb.RoleProvider && who.of != what.provider:
		return absent
	}
	return through
}

// tries sends the request. Where it is to come through, its body cannot be
// read, so that it changes nothing; else it is one that would.
func (o *office) tries(route string, p policy, who comer, what target, wanted access) (access, string) {
	o.t.Helper()
	method, path, _ := strings.Cut(route, " ")
	r := request{method: method, path: o.filled(path, what), header: map[string]string{}}
	if forPrograms(path) {
		r.token = who.token
		if method != http.MethodGet {
			r.body = "{"
			if wanted == absent {
				r.body = o.exampleBody(method, path)
			}
		}
	} else {
		r.header = who.cookies.header()
		if method != http.MethodGet {
			r.header["Content-Type"], r.header["Sec-Fetch-Site"] = "application/x-www-form-urlencoded", "same-origin"
			r.body = "%zz"
		}
	}
	a := o.send(r)
	return accessOf(a, p), a.text
}

func accessOf(a answer, p policy) access {
	switch {
	case a.StatusCode == http.StatusUnauthorized, strings.Contains(a.Header.Get("Location"), LoginPath+"?til="):
		return asked
	case a.StatusCode == http.StatusForbidden && p.roles != nil:
		return forbidden
	case a.StatusCode == http.StatusNotFound && p.name != "public" && p.name != "staff page":
		return absent
	}
	return through
}

var place = regexp.MustCompile(`\{(\w+)\}`)

func (o *office) filled(path string, what target) string {
	ids := what.idsOf(path)
	return place.ReplaceAllStringFunc(path, func(p string) string {
		value, known := ids[p[1:len(p)-1]]
		require.True(o.t, known, "%s: what is %s? Say it in targets", path, p)
		return value
	})
}

// exampleBody is a body that the JSON API's own description gives; nil where an
// operation takes none.
func (o *office) exampleBody(method, path string) any {
	o.t.Helper()
	c := contractOf(o.t)
	content, where := c.at(pointer("paths", path, strings.ToLower(method), "requestBody", "content", "application/json"))
	if content == nil {
		return nil
	}
	for name := range content.(map[string]any)["examples"].(map[string]any) {
		example, _ := c.at(where + pointer("examples", name))
		text, err := json.Marshal(example.(map[string]any)["value"])
		require.NoError(o.t, err)
		return string(text)
	}
	o.t.Fatalf("%s %s has no example", method, path)
	return nil
}
