package store_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// asProvider is what somebody of a provider's asks with.
func asProvider(t *testing.T, p forloeb.ProviderCode) context.Context {
	return forloeb.AskedBy(t.Context(), forloeb.Principal{ID: uuid.New(), Role: forloeb.RoleProvider, Provider: p})
}

// theirs is everything that the store tells of a forløb and its expert to
// whoever asks, by what it was asked.
func theirs(t *testing.T, e *storetest.Env, ctx context.Context, f *forloeb.Forloeb) map[string]bool {
	got := map[string]bool{}
	of := func(name string, err error, found bool) {
		if err != nil {
			require.ErrorIs(t, err, store.ErrNotFound, name)
		}
		got[name] = err == nil && found
	}
	one := func(name string, read func() (*forloeb.Forloeb, error)) {
		found, err := read()
		of(name, err, found != nil)
	}
	expert := f.Consultant().ID
	one("forløb", func() (*forloeb.Forloeb, error) { return e.API.Forloeb(ctx, f.ID) })
	one("party", func() (*forloeb.Forloeb, error) { return e.API.Party(ctx, f.Parties[0].ID) })
	one("meeting", func() (*forloeb.Forloeb, error) { return e.API.ByMeeting(ctx, f.Meetings[0].ID) })
	one("mail", func() (*forloeb.Forloeb, error) { return e.API.ByMail(ctx, f.Mails[0].ID) })
	one("task", func() (*forloeb.Forloeb, error) { return e.API.ByTask(ctx, f.Tasks[0].ID) })
	_, err := e.API.Now(ctx, f.ID)
	of("clock", err, true)
	remarks, err := e.API.Remarks(ctx, f.ID)
	of("remarks", err, len(remarks) > 0)
	ranked, err := e.API.Ranking(ctx, f.ID)
	of("ranking", err, len(ranked) > 0)
	page, err := e.API.List(ctx, forloeb.ListFilter{Query: f.Reference})
	of("list", err, len(page.Rows) > 0)
	page, err = e.API.List(ctx, forloeb.ListFilter{Query: f.Reference, Provider: f.Provider})
	of("list by provider", err, len(page.Rows) > 0)
	counts, err := e.API.ListCounts(ctx, forloeb.ListFilter{Query: f.Reference})
	of("counts", err, counts.Open+counts.Closed > 0)
	diary, err := e.API.Diary(ctx, expert, f.CreatedAt.AddDate(-1, 0, 0), f.CreatedAt.AddDate(9, 0, 0))
	of("diary", err, len(diary.Busy) > 0)
	of("leave", err, len(diary.Leaves) > 0)
	own, err := e.API.OwnMeetings(ctx, expert, f.CreatedAt.AddDate(-1, 0, 0))
	of("meetings", err, len(own) > 0)
	list, err := e.API.Consultants(ctx)
	of("experts", err, len(list) == 1 && list[0].ID == expert || len(list) > 1)
	tasks, err := e.API.Tasks(ctx, forloeb.TaskFilter{Which: forloeb.TasksOpen})
	of("tasks", err, has(tasks.Rows, func(r forloeb.TaskRow) bool { return r.ForloebID == f.ID }))
	mails, err := e.API.MailLog(ctx, forloeb.MailFilter{})
	of("mails", err, has(mails.Rows, func(r forloeb.MailRow) bool { return r.ForloebID == f.ID }))
	return got
}

func has[T any](rows []T, is func(T) bool) bool {
	for _, r := range rows {
		if is(r) {
			return true
		}
	}
	return false
}

// inHandAt is a forløb under way, a provider's or SPARK's own, with something
// of everything.
func inHandAt(e *storetest.Env, p forloeb.ProviderCode) *forloeb.Forloeb {
	change := func(*forloeb.Submission) {}
	expert := e.Consultant("Karen Lund", 9)
	if p != "" {
		change = func(s *forloeb.Submission) { storetest.Regional(s); s.Provider = p }
		e.Exec(`update consultants set provider = $2 where id = $1`, expert, p)
	}
	e.Exec(`insert into leaves (consultant_id, days) values ($1, daterange(current_date + 40, current_date + 50))`, expert)
	id := e.Apply(change)
	e.Settle(id)
	e.Agree(id)
	e.Settle(id)
	if p != "" {
		e.Do(id, storetest.Secretary, forloeb.Assign{Consultant: expert})
		e.Settle(id)
	}
	year, month, day := e.Now(id).In(forloeb.Copenhagen).Date()
	e.Book(id, time.Date(year, month, day+9, 10, 0, 0, 0, forloeb.Copenhagen)) // in the evening a booking asks to be confirmed
	e.Settle(id)
	e.Exec(`insert into tasks (forloeb_id, kind, subject, opened_at) values ($1, 'start', 'reach', now())`, id)
	e.Exec(`insert into remarks (forloeb_id, version, kind, text) values ($1, 1, 'release', 'Ferie.')`, id)
	return e.Read(id)
}

// Whatever the store is asked, a provider's people are told of their own, and
// of nobody else's as if it were not there.
func TestAProviderSeesItsOwnAlone(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ofNFA, ofSpark := inHandAt(e, forloeb.ProviderNFA), inHandAt(e, "")
	for name, row := range map[string]struct {
		who  context.Context
		f    *forloeb.Forloeb
		sees bool
	}{
		"its own":                   {asProvider(t, forloeb.ProviderNFA), ofNFA, true},
		"another's":                 {asProvider(t, forloeb.ProviderRUC), ofNFA, false},
		"SPARK's":                   {asProvider(t, forloeb.ProviderNFA), ofSpark, false},
		"without its provider":      {asProvider(t, ""), ofNFA, false},
		"SPARK's, without provider": {asProvider(t, ""), ofSpark, false},
		"the process":               {t.Context(), ofNFA, true},
		"the secretariat":           {forloeb.AskedBy(t.Context(), forloeb.Principal{Role: forloeb.RoleSecretariat}), ofSpark, true},
	} {
		for what, seen := range theirs(t, e, row.who, row.f) {
			if what == "experts" && name == "SPARK's" { // NFA has its own
				continue
			}
			require.Equal(t, row.sees, seen, "%s: %s", name, what)
		}
	}

	nfa, ruc := asProvider(t, forloeb.ProviderNFA), asProvider(t, forloeb.ProviderRUC)
	experts, err := e.API.Consultants(nfa)
	require.NoError(t, err)
	require.Len(t, experts, 1)
	require.Equal(t, ofNFA.Consultant().ID, experts[0].ID)
	statuses, err := e.API.StatusCounts(nfa)
	require.NoError(t, err)
	require.Equal(t, map[forloeb.Status]int{ofNFA.Status: 1}, statuses)
	statuses, err = e.API.StatusCounts(ruc)
	require.NoError(t, err)
	require.Empty(t, statuses)
	open, err := e.API.OpenTasks(nfa)
	require.NoError(t, err)
	require.Equal(t, 1, open[forloeb.TaskStart])
	open, err = e.API.OpenTasks(ruc)
	require.NoError(t, err)
	require.Empty(t, open)
	year, err := e.API.Year(nfa, time.Now().In(forloeb.Copenhagen).Year())
	require.NoError(t, err)
	require.Equal(t, 1, year.Received)
	year, err = e.API.Year(ruc, time.Now().In(forloeb.Copenhagen).Year())
	require.NoError(t, err)
	require.Zero(t, year.Received)
}

// A deed is refused where its forløb is not seen, whoever the deed says did it.
func TestAProviderDoesNothingToAnotherProvidersForloeb(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ofNFA, ofSpark := inHandAt(e, forloeb.ProviderNFA), inHandAt(e, "")
	second := e.Expert("Mads Eriksen", forloeb.ProviderNFA, 9)
	change := forloeb.Assign{Consultant: second, Reason: "Ferie."}
	by := forloeb.Actor{Kind: forloeb.ActorProvider, ID: uuid.NewString()}
	for _, f := range []*forloeb.Forloeb{ofNFA, ofSpark} {
		for _, actor := range []forloeb.Actor{by, storetest.Secretary} {
			_, err := e.API.Record(asProvider(t, forloeb.ProviderRUC), f.ID, actor, change)
			require.ErrorIs(t, err, store.ErrNotFound)
		}
	}
	require.Equal(t, forloeb.RefuseNotFound, e.Refused(ofSpark.ID, by, forloeb.Release{Reason: "Ferie."}).Code, "a provider has none of SPARK's")
	_, err := e.API.Record(asProvider(t, forloeb.ProviderNFA), ofNFA.ID, by, change)
	require.NoError(t, err)
	require.Equal(t, second, e.Read(ofNFA.ID).Consultant().ID)
}

func TestAProviderKeepsItsOwnExpertsAlone(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	nfa := asProvider(t, forloeb.ProviderNFA)
	record := func(id uuid.UUID, name string) forloeb.ConsultantRecord {
		return forloeb.ConsultantRecord{Consultant: forloeb.Consultant{ID: id, Name: name, Email: name + "@example.dk", Capacity: 3, Active: true}}
	}
	stranger := record(uuid.Nil, "nina")
	stranger.Provider = forloeb.ProviderRUC
	saved, err := e.API.SaveConsultant(nfa, stranger)
	require.NoError(t, err)
	own, err := e.API.Consultants(nfa)
	require.NoError(t, err)
	require.Len(t, own, 1, "hers, whatever was sent")
	require.Equal(t, saved.ID, own[0].ID)
	_, err = e.API.SaveConsultant(nfa, record(saved.ID, "nanna"))
	require.NoError(t, err)

	for _, id := range []uuid.UUID{e.Consultant("Karen Lund", 1), e.Expert("Rune Ulv", forloeb.ProviderRUC, 1)} {
		_, err := e.API.SaveConsultant(nfa, record(id, "anden"))
		require.ErrorIs(t, err, store.ErrNotFound)
	}
	require.Zero(t, e.Count(`select count(*) from consultants where name = 'anden'`))
}

func TestAnExpertIsTheProvidersConsultant(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	expert := e.Expert("Rune Ulv", forloeb.ProviderRUC, 1)
	e.Exec(`update consultants set email = 'rune.ulv@example.dk' where id = $1`, expert)
	m := signsIn(t, e, login(forloeb.RoleConsultant, func(i *forloeb.Identity) { i.Email = "rune.ulv@example.dk" }))
	require.Equal(t, expert, m.Consultant)
	require.Equal(t, forloeb.ProviderRUC, m.Provider)
	require.Equal(t, "Ekspert (RUC)", m.Access().Label())
	require.Empty(t, m.Only(), "an expert's own forløb are found by the expert, not by the provider")
}

func TestAProvidersPeopleSignInForTheirOwn(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	who := login(forloeb.RoleProvider, func(i *forloeb.Identity) { i.Provider = forloeb.ProviderNFA })
	m := signsIn(t, e, who)
	require.Equal(t, forloeb.Access{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}, m.Access())
	again := signsIn(t, e, who)
	require.Equal(t, m.SessionsFrom, again.SessionsFrom)
	who.Provider = forloeb.ProviderRUC
	moved := signsIn(t, e, who)
	require.Equal(t, forloeb.ProviderRUC, moved.Provider)
	require.Greater(t, moved.SessionsFrom, m.SessionsFrom, "what was open was of NFA")
	who.Role, who.Provider = forloeb.RoleReader, ""
	require.Equal(t, forloeb.Access{Role: forloeb.RoleReader}, signsIn(t, e, who).Access())

	who.Role = forloeb.RoleProvider
	refused(t, e, who)
	who.Provider = "spark"
	refused(t, e, who)
	who.Role, who.Provider = forloeb.RoleHead, forloeb.ProviderNFA
	refused(t, e, who)

	secret, err := e.API.CreateTokenFor(t.Context(), forloeb.Principal{Role: forloeb.RoleProvider, Provider: forloeb.ProviderNFA}, time.Hour)
	require.NoError(t, err)
	p, err := e.API.Token(t.Context(), secret)
	require.NoError(t, err)
	require.Equal(t, forloeb.ProviderNFA, p.Only())
	_, err = e.API.CreateTokenFor(t.Context(), forloeb.Principal{Role: forloeb.RoleProvider}, time.Hour)
	require.Error(t, err, "of which provider?")
	_, err = e.API.CreateTokenFor(t.Context(), forloeb.Principal{Role: forloeb.RoleSecretariat, Provider: forloeb.ProviderNFA}, time.Hour)
	require.Error(t, err, "the secretariat is no provider")
}
