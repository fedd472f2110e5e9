package api

import (
	"encoding/json"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// application is a valid one, as JSON fields that a test may spoil.
func application(t *testing.T, change ...func(fields)) fields {
	t.Helper()
	s := storetest.Submission()
	text, err := json.Marshal(submissionBody{
		Programme: s.Programme, Type: s.Type, StartedBy: s.StartedBy, Municipality: s.Municipality, Workplace: s.Workplace,
		Sector: s.Sector, Employees: s.Employees, Body: s.Body, Leader: leaderBody(s.Leader), Rep: repBody(s.Rep),
		Themes: s.Themes, Situation: s.Situation, ChangeGoal: s.ChangeGoal, Tried: s.Tried, Timing: s.Timing, Declared: s.Declared,
	})
	require.NoError(t, err)
	f := fields{}
	require.NoError(t, json.Unmarshal(text, &f))
	for _, c := range change {
		c(f)
	}
	return f
}

func (o *office) apply(key string, body any, header ...string) answer {
	o.t.Helper()
	r := request{method: http.MethodPost, path: "/api/v1/applications", body: body, header: map[string]string{"Idempotency-Key": key}}
	for i := 0; i < len(header); i += 2 {
		r.header[header[i]] = header[i+1]
	}
	o.beforeRequest = o.acts()
	return o.send(r)
}

func TestApply(t *testing.T) {
	o := newOffice(t)
	body := application(t)
	a := o.apply("key-number-one", body, "X-Forwarded-Host", "evil.example")
	var d receivedDocument
	a.into(http.StatusCreated, &d)
	f := o.env.Read(d.ID)
	require.Equal(t, f.Reference, d.Reference)
	require.Equal(t, forloeb.AwaitingConsent, d.Status)
	require.Equal(t, "/api/v1/forloeb/"+d.ID.String(), a.Header.Get("Location"))
	require.Equal(t, testBaseURL+"/api/v1/forloeb/"+d.ID.String(), d.Links.Self)
	require.True(t, strings.HasPrefix(d.Links.Receipt, testBaseURL+"/kvittering/"))
	require.Equal(t, storetest.Submission().Situation, f.Application.Texts.Situation)
	require.Equal(t, []forloeb.Act{{ForloebID: d.ID, Version: 1, Name: forloeb.ApplicationChanged}}, bare(o.process.told()))
	require.Equal(t, forloeb.ActorApplicant, f.Acts[0].Actor.Kind)

	again := o.apply("key-number-one", body)
	require.Equal(t, http.StatusOK, again.StatusCode)
	require.Equal(t, a.text, again.text)
	require.Len(t, o.process.told(), 1)
	require.Equal(t, 1, o.env.Count(`select count(*) from forloeb`))

	second := o.apply("key-number-two", body)
	require.Equal(t, http.StatusCreated, second.StatusCode)
	require.NotEqual(t, a.text, second.text)
}

// bare is acts as the process needs them.
func bare(acts []forloeb.Act) (list []forloeb.Act) {
	for _, a := range acts {
		list = append(list, forloeb.Act{ForloebID: a.ForloebID, Version: a.Version, Name: a.Name})
	}
	return list
}

func TestTheSameApplicationManyTimesAtOnce(t *testing.T) {
	o := newOffice(t)
	body := application(t)
	answers := make([]answer, 20)
	var all sync.WaitGroup
	for i := range answers {
		all.Go(func() {
			answers[i] = o.send(request{method: http.MethodPost, path: "/api/v1/applications", body: body, header: map[string]string{"Idempotency-Key": "the-same-key"}})
		})
	}
	all.Wait()
	fresh := 0
	for _, a := range answers {
		require.Equal(t, answers[0].text, a.text)
		if a.StatusCode == http.StatusCreated {
			fresh++
		}
	}
	require.Equal(t, 1, fresh)
	require.Equal(t, 1, o.env.Count(`select count(*) from forloeb`))
}

func TestAKeyIsForOneApplication(t *testing.T) {
	o := newOffice(t)
	body := application(t)
	require.Equal(t, http.StatusCreated, o.apply("key-number-one", body).StatusCode)
	for _, change := range []func(fields){
		func(f fields) { f["situation"] = "Noget andet." },
		func(f fields) { f["leader"].(map[string]any)["email"] = "en.anden@example.dk" },
		func(f fields) { f["rep"].(map[string]any)["phone"] = "70000099" },
	} {
		changed := application(t)
		for k, v := range body {
			changed[k] = v
		}
		text, err := json.Marshal(changed)
		require.NoError(t, err)
		copied := fields{}
		require.NoError(t, json.Unmarshal(text, &copied))
		change(copied)
		o.refused(o.apply("key-number-one", copied), http.StatusUnprocessableEntity, forloeb.RefuseKeyReused)
	}
	require.Equal(t, 1, o.env.Count(`select count(*) from forloeb`))
}

func TestApplicationsWithMistakes(t *testing.T) {
	o := newOffice(t)
	leader := func(field string, value any) func(fields) {
		return func(f fields) { f["leader"].(map[string]any)[field] = value }
	}
	rep := func(field string, value any) func(fields) {
		return func(f fields) { f["rep"].(map[string]any)[field] = value }
	}
	set := func(field string, value any) func(fields) { return func(f fields) { f[field] = value } }
	for _, c := range []struct {
		name, pointer, code string
		change              func(fields)
	}{
		{"unknown municipality", "#/municipality", "unknown_municipality", set("municipality", "999")},
		{"unknown programme", "#/programme", "unknown_programme", set("programme", "other")},
		{"unknown type", "#/type", "unknown_type", set("type", "other")},
		{"unknown theme", "#/themes", "unknown_theme", set("themes", []string{"weather"})},
		{"no theme", "#/themes", "missing", set("themes", []string{})},
		{"same address", "#/rep/email", "same_address", func(f fields) {
			f["rep"].(map[string]any)["email"] = f["leader"].(map[string]any)["email"]
		}},
		{"same person", "#/rep/name", "same_person", rep("name", "mette  HOLM")},
		{"not declared", "#/declared", "not_declared", set("declared", false)},
		{"a CPR number", "#/situation", "cpr", set("situation", "Det handler om 010190-1234.")},
		{"too long", "#/situation", "too_long", set("situation", strings.Repeat("x", 2001))},
		{"no situation", "#/situation", "missing", set("situation", " ")},
		{"a link as name", "#/leader/name", "not_a_name", leader("name", "www.evil.dk")},
		{"a bad address", "#/leader/email", "bad_email", leader("email", "mette")},
		{"a bad number", "#/leader/phone", "bad_phone", leader("phone", "12")},
		{"an unknown role", "#/rep/role", "unknown_role", rep("role", "leader")},
		{"an unknown body", "#/body", "unknown_body", set("body", "choir")},
		{"an unknown sector", "#/sector", "unknown_sector", set("sector", "space")},
		{"unknown employees", "#/employees", "unknown_employees", set("employees", "7")},
		{"an unknown starter", "#/started_by", "unknown_starter", set("started_by", "cat")},
	} {
		a := o.apply(uuid.NewString(), application(t, c.change))
		p := a.problem(http.StatusUnprocessableEntity, "invalid")
		var codes []string
		for _, e := range p.Errors {
			codes = append(codes, e.Pointer+" "+e.Code)
			require.NotEmpty(t, e.Detail, c.name)
		}
		require.Contains(t, codes, c.pointer+" "+c.code, c.name)
		require.NotContains(t, a.text, "0101901234", c.name)
		require.NotContains(t, a.text, "evil", c.name)
	}
	require.Zero(t, o.env.Count(`select count(*) from forloeb`))
	require.Zero(t, o.env.Count(`select count(*) from idempotency_keys`))
	require.Empty(t, o.process.told())
}

func TestAThemeIsOpenFromItsDay(t *testing.T) {
	o := newOffice(t)
	var list struct{ Items []themeDocument }
	open := func(on string) map[forloeb.ThemeCode]bool {
		o.does(http.MethodGet, "/themes?programme=spark&on="+on, nil).into(http.StatusOK, &list)
		found := map[forloeb.ThemeCode]bool{}
		for _, theme := range list.Items {
			found[theme.Code] = theme.Open
		}
		require.Len(t, found, 6)
		return found
	}
	require.False(t, open("2018-09-30")[forloeb.ThemeLoneWork])
	require.True(t, open("2018-10-01")[forloeb.ThemeLoneWork])
	require.True(t, open("2018-09-30")[forloeb.ThemeViolence])
	for _, list := range []string{"/themes", "/programmes", "/municipalities"} {
		p := o.does(http.MethodGet, list+"?colour=red", nil).problem(http.StatusUnprocessableEntity, "invalid")
		require.Equal(t, ProblemError{Parameter: "colour", Code: "unknown_parameter", Detail: p.Errors[0].Detail}, p.Errors[0])
	}
	p := o.does(http.MethodGet, "/themes?on=1-10-2018", nil).problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, "on", p.Errors[0].Parameter)
	o.does(http.MethodGet, "/themes?programme=other", nil).into(http.StatusOK, &list)
	require.Empty(t, list.Items)
}

func TestAnEditIsJudgedByTheDayOfTheApplication(t *testing.T) {
	o := newOffice(t)
	id := o.env.ApplyAt(time.Date(2018, 9, 3, 10, 0, 0, 0, forloeb.Copenhagen))
	o.env.Settle(id)
	a := o.does(http.MethodPost, actPath(id, "application"), application(t, func(f fields) { f["themes"] = []string{"lone_work"} }))
	p := a.problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, ProblemError{Pointer: "#/themes", Code: "theme_not_open", Detail: "This theme can be applied for from 2018-10-01."}, p.Errors[0])
	require.Equal(t, o.beforeRequest, o.acts())
}

// makeJoint is a good application for two workplaces.
func makeJoint(f fields) {
	site := func(name, email string) map[string]any {
		return map[string]any{
			"workplace": name, "municipality": "461", "sector": "school", "employees": "20-49",
			"leader": map[string]any{"name": "Lis Lund", "email": "lis." + email}, "rep": map[string]any{"name": "Rie Rask", "role": "tr", "email": "rie." + email},
		}
	}
	f["type"], f["body"] = "joint", "main_med"
	f["participants"] = []map[string]any{site("Sted A", "a@example.dk"), site("Sted B", "b@example.dk")}
}

func TestApplyForSeveralWorkplaces(t *testing.T) {
	o := newOffice(t)
	send := func(change func(fields)) answer {
		return o.apply(uuid.NewString(), application(t, makeJoint, change))
	}
	var d receivedDocument
	send(func(fields) {}).into(http.StatusCreated, &d)
	f := o.env.Read(d.ID)
	require.True(t, f.Shared())
	require.Len(t, f.Participants(), 2)

	p := send(func(f fields) { f["participants"].([]map[string]any)[1]["rep"].(map[string]any)["email"] = "rie" }).problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, []ProblemError{{Pointer: "#/participants/1/rep/email", Code: "bad_email", Detail: "A mail address such as name@example.dk."}}, p.Errors)
}

func TestEdit(t *testing.T) {
	o := newOffice(t)
	id := o.env.Apply()
	o.env.Settle(id)
	o.env.Answer(id, forloeb.Leader, forloeb.Yes)
	o.env.Settle(id)

	for field, change := range map[string]func(fields){"programme": func(f fields) { f["programme"] = "spark-2" }, "type": makeJoint} {
		p := o.does(http.MethodPost, actPath(id, "application"), application(t, change)).problem(http.StatusUnprocessableEntity, "invalid")
		require.Equal(t, "#/"+field, p.Errors[0].Pointer)
	}
	d := o.done(o.does(http.MethodPost, actPath(id, "application"), application(t, func(f fields) { f["themes"] = []string{"change"} })))
	require.Equal(t, 2, d.Application.Revision)
	require.Equal(t, []forloeb.ThemeCode{forloeb.ThemeChange}, d.Application.Themes)
	require.Empty(t, d.Parties[0].Answer, "the answers are void")
	o.env.Settle(id)

	o.env.Consultant("Anna", 5)
	o.env.Agree(id)
	o.env.Settle(id)
	p := o.refused(o.does(http.MethodPost, actPath(id, "application"), application(t)), http.StatusConflict, forloeb.RefuseWrongStatus)
	require.Equal(t, forloeb.Planning, p.StatusNow)
	require.NotContains(t, *p.Possible, "application")
	require.Contains(t, *p.Possible, "meetings")
}

func TestCatalogue(t *testing.T) {
	w := newSite(t, &fakeStore{})
	var programmes struct{ Items []programmeDocument }
	w.get("/api/v1/programmes", "").into(http.StatusOK, &programmes)
	require.Len(t, programmes.Items, 2)
	require.True(t, programmes.Items[0].Open)
	require.Empty(t, programmes.Items[0].Providers)
	regional := programmes.Items[1]
	require.False(t, regional.Open, "the agreement ended in 2024")
	require.Equal(t, periodDocument{"2021-04-01", "2024-03-31"}, regional.Periods[2])
	require.Equal(t, "NFA", regional.Providers[0].Name)
	require.Len(t, regional.Exclusions, 3)
	require.Equal(t, "2016-04-13", programmes.Items[0].Types[0].From)
	require.Len(t, programmes.Items[0].Declarations, 4)
	require.Len(t, programmes.Items[0].Themes, 6)

	var municipalities struct{ Items []municipalityDocument }
	w.get("/api/v1/municipalities", "").into(http.StatusOK, &municipalities)
	require.Len(t, municipalities.Items, 98)
	for _, m := range municipalities.Items {
		require.Len(t, m.Code, 3)
		require.NotEmpty(t, m.RegionName)
	}
}
