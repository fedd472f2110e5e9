package api

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// A line of the access log, as tests compare it.
type loggedAccess struct {
	Forloeb string `db:"forloeb"`
	Kind    string `db:"kind"`
	Purpose string `db:"purpose"`
	Words   string `db:"words"`
}

func (o *office) lastLine() int { return o.env.Count(`select coalesce(max(id), 0) from access_log`) }

func (o *office) linesSince(id int) (list []loggedAccess) {
	o.t.Helper()
	require.NoError(o.t, o.env.DB.Select(&list, `select coalesce(forloeb_id::text, '') as forloeb, kind, purpose, words from access_log where id > $1 order by id`, id))
	return list
}

// wantedLines is the rule for the matrix: one line for every request that
// comes through to a forløb or a list of them, with a purpose that follows from
// who asks, and none for any other.
func (o *office) wantedLines(p policy, route string, who comer, what target, wanted access) []loggedAccess {
	method, path, _ := strings.Cut(route, " ")
	line := loggedAccess{Kind: "read", Purpose: "search"}
	switch {
	case forPrograms(path):
		line.Purpose = "program"
	case who.role == forloeb.RoleConsultant || who.role == forloeb.RoleProvider:
		line.Purpose = "own"
	}
	switch {
	case wanted != through || p.roles == nil:
		return nil
	case strings.HasSuffix(path, purposePath): // nothing is shown, and the body cannot be read
		return nil
	case searches[path]: // a form that is refused shows the list too
		line.Kind = "search"
		return []loggedAccess{line}
	case p.name == "staff case" || ofOneForloeb(path):
		if method != http.MethodGet {
			if line.Kind = "change"; forPrograms(path) && o.readsBody(method, path) {
				return nil // refused for its body before anything is found
			}
		}
		line.Forloeb = what.ids["id"]
		return []loggedAccess{line}
	}
	return nil
}

// readsBody reports whether an operation is described as taking a body.
func (o *office) readsBody(method, path string) bool {
	content, _ := contractOf(o.t).at(pointer("paths", path, strings.ToLower(method), "requestBody"))
	return content != nil
}

// closed is a forløb that the secretariat has stopped.
func (o *office) closed() uuid.UUID {
	id, _ := o.inProgress()
	o.env.Do(id, storetest.Secretary, forloeb.Stop{Reason: "Arbejdspladsen lukker."})
	o.env.Settle(id)
	return id
}

func TestAClosedForloebOpensWithAPurpose(t *testing.T) {
	d := newDesk(t)
	id := d.closed()
	home := "/sekretariat/forloeb/" + id.String()
	anna, bo := d.named("Anna Bech", ofSecretariat), d.named("Bo Dam", ofSecretariat)
	before := d.lastLine()
	asks := d.knock(anna, home+"/mails")
	form := home + "/formaal?til=%2Fmails"
	require.Equal(t, form, asks.Header.Get("Location"))
	require.Contains(t, d.knock(anna, form).text, "Hvorfor åbner du sagen?")
	require.NotContains(t, d.knock(anna, form).text, d.env.Read(id).Parties[0].Contact.Name)
	require.Empty(t, d.linesSince(before), "nothing was shown")

	wrong := d.submit(anna, form, url.Values{"words": {"Hun ringede."}})
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Contains(t, wrong.mistake("purpose"), "Vælg, hvorfor du åbner sagen.")
	require.Contains(t, wrong.text, "Hun ringede.", "nothing that was typed is lost")
	wrong = d.submit(anna, form, url.Values{"purpose": {"other"}})
	require.Contains(t, wrong.mistake("words"), "Skriv kort")
	wrong = d.submit(anna, form, url.Values{"purpose": {"other"}, "words": {strings.Repeat("å", 201)}})
	require.Contains(t, wrong.mistake("words"), "højst 200 tegn")
	require.Equal(t, http.StatusUnprocessableEntity, d.submit(anna, form, url.Values{"purpose": {"task"}}).StatusCode, "the way there is no purpose")
	require.Empty(t, d.linesSince(before))

	require.Equal(t, home+"/mails", d.submit(anna, form, url.Values{"purpose": {"question"}, "words": {"Lederen ringede."}}).Header.Get("Location"))
	require.Equal(t, http.StatusOK, d.knock(anna, home+"/mails").StatusCode)
	require.Equal(t, http.StatusOK, d.knock(anna, home).StatusCode, "remembered for the forløb")
	read := loggedAccess{Forloeb: id.String(), Kind: "read", Purpose: "question"}
	first := read
	first.Words = "Lederen ringede."
	require.Equal(t, []loggedAccess{first, read, read}, d.linesSince(before))
	require.Equal(t, home+"/formaal", d.knock(bo, home).Header.Get("Location"), "each for themselves")
	require.NotEqual(t, http.StatusOK, d.knock(anna, "/sekretariat/forloeb/"+d.closed().String()).StatusCode, "for that forløb alone")

	d.env.Exec(`update access_log set at = at - interval '61 minutes'`)
	require.Equal(t, home+"/formaal", d.knock(anna, home).Header.Get("Location"), "a pause of an hour")
	require.Equal(t, home, d.submit(anna, home+"/formaal?til=https%3A%2F%2Fond.example.dk", url.Values{"purpose": {"quality"}}).Header.Get("Location"), "nowhere else")
}

func TestAPageThatKeepsItselfCurrentIsOneLine(t *testing.T) {
	d := newDesk(t)
	id, _ := d.inProgress()
	home := "/sekretariat/forloeb/" + id.String()
	anna := d.named("Anna Bech", ofSecretariat)
	look := func(path string) {
		r := request{method: http.MethodGet, path: path, header: anna.header()}
		r.header["Spark-Live"] = "look"
		require.Equal(t, http.StatusOK, d.send(r).StatusCode)
	}
	before := d.lastLine()
	d.browse(anna, home+"?fra=i-dag")
	for range 5 {
		look(home)
	}
	task := loggedAccess{Forloeb: id.String(), Kind: "read", Purpose: "task"}
	require.Equal(t, []loggedAccess{task}, d.linesSince(before))
	d.browse(anna, home+"/mails")
	require.Equal(t, []loggedAccess{task, task}, d.linesSince(before), "why it was opened holds for the sitting")
	d.env.Exec(`update access_log set at = at - interval '61 minutes'`)
	look(home)
	look(home)
	require.Len(t, d.linesSince(before), 3, "left open, it is a line an hour; who says that it is open already cannot look unseen")

	before = d.lastLine()
	d.browse(anna, "/sekretariat/forloeb?q=Karen&tema=violence&vis=alle")
	for range 3 {
		look("/sekretariat/forloeb?q=Karen&tema=violence&vis=alle")
	}
	require.Equal(t, []loggedAccess{{Kind: "search", Purpose: "search"}}, d.linesSince(before))
	require.Equal(t, 1, d.env.Count(`select count(*) from access_log where id > $1 and filters = '{q,tema=violence,vis=alle}'`, before), "never the words")
}

func TestWhatCannotBeNotedIsNotShown(t *testing.T) {
	d := newDesk(t)
	id, _ := d.inProgress()
	anna := d.named("Anna Bech", ofSecretariat)
	token := d.tokenFor(forloeb.Principal{Role: forloeb.RoleSecretariat, Name: "test"})
	d.env.Exec(`revoke insert on access_log from spark_api`)
	name := d.env.Read(id).Parties[0].Contact.Name
	for _, a := range []answer{
		d.browse(anna, "/sekretariat/forloeb/"+id.String()), d.browse(anna, "/sekretariat/forloeb"),
		d.send(request{method: http.MethodGet, path: "/api/v1/forloeb/" + id.String(), token: token}),
		d.send(request{method: http.MethodGet, path: "/api/v1/forloeb", token: token}),
	} {
		require.GreaterOrEqual(t, a.StatusCode, 500)
		require.NotContains(t, a.text, name)
	}
}

func TestAProgramReadsAClosedForloebWithAPurpose(t *testing.T) {
	o := withConsultants(t)
	id := o.closed()
	token := o.tokenFor(forloeb.Principal{Role: forloeb.RoleSecretariat, Name: "test"})
	reads := func(path, purpose string) answer {
		r := request{method: http.MethodGet, path: "/api/v1/forloeb/" + id.String() + path, token: token, header: map[string]string{purposeHeader: purpose}}
		return o.send(r)
	}
	before := o.lastLine()
	for _, path := range []string{"", "/application", "/notes", "/ranking"} {
		for _, bad := range []string{"", "task", "other", "other " + strings.Repeat("x", 201), "nosy"} {
			a := reads(path, bad)
			require.Equal(t, http.StatusForbidden, a.StatusCode, "%s %s", path, bad)
			require.Contains(t, a.text, "/problems/purpose_missing")
			require.Contains(t, a.text, "Spark-Purpose")
		}
	}
	require.Empty(t, o.linesSince(before))
	require.Equal(t, http.StatusOK, reads("", "quality").StatusCode)
	require.Equal(t, http.StatusOK, reads("/notes", "other Yearly report").StatusCode)
	require.Equal(t, []loggedAccess{{id.String(), "read", "quality", ""}, {id.String(), "read", "other", "Yearly report"}}, o.linesSince(before))

	before = o.lastLine()
	a := o.send(request{method: http.MethodPost, path: "/api/v1/forloeb/" + id.String() + "/notes", token: token, body: map[string]string{"text": "Ringet."}})
	require.Equal(t, http.StatusCreated, a.StatusCode, a.text)
	require.Equal(t, []loggedAccess{{id.String(), "change", "program", ""}}, o.linesSince(before))
}

func TestWhoHasSeenIt(t *testing.T) {
	d := newDesk(t)
	id, _ := d.inProgress()
	home := "/sekretariat/forloeb/" + id.String()
	anna, head := d.named("Anna Bech", ofSecretariat), d.named("Ida Krogh", forloeb.Access{Role: forloeb.RoleHead})
	d.env.Exec(`insert into access_log (at, who, role, forloeb_id, kind, route, purpose, program)
		select now() - n * interval '1 day', gen_random_uuid(), 'consultant', $1, 'read', '/konsulent/forloeb/{id}', 'own', false from generate_series(1, 60) n order by n desc`, id)
	page := d.browse(anna, home)
	way := page.document().Find("[data-test-id=access] , a[data-test-id=access]").First().AttrOr("href", "")
	require.Equal(t, home+"/adgang", way)
	log := d.browse(anna, way).document()
	require.Equal(t, 50, log.Find("[data-test-id=row]").Length())
	require.Contains(t, log.Find("[data-test-id=row]").First().Text(), "Anna Bech")
	require.Contains(t, log.Text(), "En liste eller en søgning")
	next := log.Find("[data-test-id=next]").AttrOr("href", "")
	older := d.browse(anna, next).document()
	require.Equal(t, 12, older.Find("[data-test-id=row]").Length())
	require.Zero(t, older.Find("[data-test-id=next]").Length())
	require.Equal(t, 1, older.Find("[data-test-id=first]").Length())
	require.Equal(t, home+"/adgang", d.browse(anna, home+"/adgang?fra=x").Header.Get("Location"))

	require.Equal(t, http.StatusForbidden, d.browse(anna, "/sekretariat/adgang").StatusCode, "the head alone")
	all := d.browse(head, "/sekretariat/adgang").document()
	require.Contains(t, all.Text(), d.env.Read(id).Reference)
	var who uuid.UUID
	d.env.Get(&who, `select id from staff where name = 'Anna Bech'`)
	hers := d.browse(head, "/sekretariat/adgang?hvem="+who.String()).document()
	hers.Find("[data-test-id=row]").Each(func(_ int, s *goquery.Selection) { require.Contains(t, s.Text(), "Anna Bech") })
	require.Positive(t, hers.Find("[data-test-id=row]").Length())
	require.Equal(t, "/sekretariat/adgang", d.browse(head, "/sekretariat/adgang?fra=x").Header.Get("Location"))
	require.NotContains(t, d.logged.String(), "Anna Bech")
}

// Nothing takes a line away or changes it, but the job that erases what is old.
func TestTheAccessLogOnlyGrows(t *testing.T) {
	o := withConsultants(t)
	o.env.Exec(`insert into access_log (at, who, role, kind, route, purpose, program) select now() - n * interval '1 day', gen_random_uuid(), 'head', 'search', 'x', 'search', false from generate_series(1, 3) n`)
	for _, role := range []string{"spark_api", "spark_worker"} {
		for _, query := range []string{`update access_log set words = ''`, `delete from access_log`, `truncate access_log`} {
			_, err := o.env.Connect(role).Exec(query)
			require.ErrorContains(t, err, "permission denied", "%s: %s", role, query)
		}
	}
	_, err := o.env.Connect("spark_api").Exec(`select erase_access_log(now())`)
	require.ErrorContains(t, err, "permission denied")
	var erased int
	require.NoError(t, o.env.Connect("spark_worker").Get(&erased, `select erase_access_log($1)`, time.Now().AddDate(0, 0, -2)))
	require.Equal(t, 2, erased)
}

// The fake store's log is nobody's to read.
func (*fakeStore) NoteAccess(context.Context, forloeb.AccessLine) error    { return nil }
func (*fakeStore) NoteStillOpen(context.Context, forloeb.AccessLine) error { return nil }
func (*fakeStore) LookedAt(context.Context, uuid.UUID, uuid.UUID, time.Duration) (bool, error) {
	return true, nil
}
