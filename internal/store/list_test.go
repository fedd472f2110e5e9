package store_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestList(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen := e.Consultant("Karen Lund", 1)
	planning := waiting(e)
	full := waiting(e) // a task: nobody has room
	fresh := e.Apply(func(s *forloeb.Submission) {
		s.Municipality, s.Workplace, s.Rep.Name = "851", "100% Børnehuset_Nord", "Åse Ørsted"
		s.Themes = []forloeb.ThemeCode{forloeb.ThemeLoneWork}
	})
	list := func(f forloeb.ListFilter) (ids []uuid.UUID) {
		t.Helper()
		page, err := e.API.List(t.Context(), f)
		require.NoError(t, err)
		for _, r := range page.Rows {
			ids = append(ids, r.ID)
		}
		return ids
	}
	require.Equal(t, []uuid.UUID{full, planning, fresh}, list(forloeb.ListFilter{}), "what needs a person, then what comes soonest, then what has no date")
	for name, c := range map[string]struct {
		filter forloeb.ListFilter
		want   []uuid.UUID
	}{
		"status":       {forloeb.ListFilter{Statuses: []forloeb.Status{forloeb.Planning, forloeb.Completed}}, []uuid.UUID{planning}},
		"municipality": {forloeb.ListFilter{Municipality: "851"}, []uuid.UUID{fresh}},
		"theme":        {forloeb.ListFilter{Theme: forloeb.ThemeViolence}, []uuid.UUID{full, planning}},
		"consultant":   {forloeb.ListFilter{Consultant: karen}, []uuid.UUID{planning}},
		"programme":    {forloeb.ListFilter{Programme: forloeb.Spark}, []uuid.UUID{full, planning, fresh}},
		"no programme": {forloeb.ListFilter{Programme: "other"}, nil},
		"type":         {forloeb.ListFilter{Type: forloeb.Individual}, []uuid.UUID{full, planning, fresh}},
		"no type":      {forloeb.ListFilter{Type: "other"}, nil},
		"attention":    {forloeb.ListFilter{NeedsAttention: true}, []uuid.UUID{full}},
		"workplace":    {forloeb.ListFilter{Query: "børnehuset"}, []uuid.UUID{fresh}},
		"person":       {forloeb.ListFilter{Query: "ÅSE ø"}, []uuid.UUID{fresh}},
		"reference":    {forloeb.ListFilter{Query: e.Read(full).Reference}, []uuid.UUID{full}},
		"wild cards":   {forloeb.ListFilter{Query: "0% b"}, []uuid.UUID{fresh}},
		"no wild card": {forloeb.ListFilter{Query: "%"}, []uuid.UUID{fresh}},
		"all of it":    {forloeb.ListFilter{Municipality: "851", Theme: forloeb.ThemeViolence}, nil},
	} {
		require.Equal(t, c.want, list(c.filter), name)
	}
	page, err := e.API.List(t.Context(), forloeb.ListFilter{})
	require.NoError(t, err)
	row, f := page.Rows[1], e.Read(planning)
	require.Equal(t, "Tranemoseskolen", row.Workplace)
	require.Equal(t, "Karen Lund", row.Consultant)
	require.Equal(t, forloeb.Individual, row.Type)
	require.Equal(t, 1, row.Workplaces)
	require.Equal(t, f.Application.Themes, row.Themes)
	require.Equal(t, f.Written.Waiting, row.Waiting.Key)
	require.True(t, row.NextAt.Equal(f.Written.Next))
	require.True(t, row.Settled)
	require.WithinDuration(t, e.Now(planning), row.Now, time.Minute)
	require.False(t, page.Rows[2].Settled)
	require.Zero(t, page.Rows[2].NextAt)
}

func TestARowKnowsItsForloebsOwnClock(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := e.ApplyAt(at(2027, 5, 3, 10, 0))
	page, err := e.API.List(t.Context(), forloeb.ListFilter{})
	require.NoError(t, err)
	require.WithinDuration(t, e.Now(id), page.Rows[0].Now, time.Minute)
	require.Equal(t, 2027, page.Rows[0].Now.Year())
}

func TestTheNewestClosedForloebComesFirst(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	var want []uuid.UUID
	for _, day := range []int{20, 22, 21} { // of May, when they were withdrawn
		id := e.Apply()
		e.Settle(id)
		p := e.Party(id, forloeb.Leader)
		e.Do(id, storetest.By(p), forloeb.Withdraw{Party: p.ID})
		e.Settle(id)
		e.Exec(`update forloeb set status_since = $2 where id = $1`, id, at(2026, 5, day, 10, 0))
		want = append(want, id)
	}
	page, err := e.API.List(t.Context(), forloeb.ListFilter{Statuses: []forloeb.Status{forloeb.Withdrawn}})
	require.NoError(t, err)
	require.Equal(t, []uuid.UUID{want[1], want[2], want[0]}, []uuid.UUID{page.Rows[0].ID, page.Rows[1].ID, page.Rows[2].ID})
}

func TestAReferenceIsFoundHoweverItIsWritten(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Many(20)
	id := e.Apply()
	reference := e.Read(id).Reference
	long := e.Apply()
	e.Exec(`update forloeb set reference = $2 where id = $1`, long, "07-481733")
	for query, want := range map[string]uuid.UUID{
		reference:          id,
		"sag " + reference: id,
		"Sagsnr. " + reference[:2] + "–" + reference[3:]: id,
		reference[:2] + " " + reference[3:]:              id,
		"SPARK " + reference + ":":                       id,
		"sag 07 48 17 33":                                long,
	} {
		page, err := e.API.List(t.Context(), forloeb.ListFilter{Query: query})
		require.NoError(t, err)
		require.Len(t, page.Rows, 1, query)
		require.Equal(t, want, page.Rows[0].ID, query)
	}
}

func TestOverdueByTheForloebsOwnClock(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	var ids []uuid.UUID
	for range 3 {
		id := e.ApplyAt(at(2026, 11, 23, 10, 0))
		e.Settle(id)
		ids = append(ids, id)
	}
	e.Exec(`update forloeb set waiting = '{}' where id = $1`, ids[2])
	overdue := func(want ...uuid.UUID) {
		t.Helper()
		page, err := e.API.List(t.Context(), forloeb.ListFilter{Overdue: true})
		require.NoError(t, err)
		var got []uuid.UUID
		for _, r := range page.Rows {
			require.True(t, r.Overdue)
			got = append(got, r.ID)
		}
		require.ElementsMatch(t, want, got)
		counts, err := e.API.ListCounts(t.Context(), forloeb.ListFilter{})
		require.NoError(t, err)
		require.Equal(t, len(want), counts.Overdue)
	}
	overdue()
	e.Wind(ids[0], at(2026, 12, 14, 23, 58)) // the last evening for an answer
	overdue()
	e.Wind(ids[0], at(2026, 12, 15, 0, 1))
	e.Wind(ids[2], at(2026, 12, 15, 0, 1)) // waits for nothing with a date
	overdue(ids[0])
	e.Settle(ids[0])
	require.Equal(t, forloeb.Lapsed, e.Read(ids[0]).Status)
	e.Wind(ids[0], at(2027, 12, 15, 0, 1))
	overdue() // closed: the date it names is when data are erased
}

func TestCounts(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen := e.Consultant("Karen Lund", 1)
	waiting(e)
	waiting(e) // a task: nobody has room
	gone := e.Apply(func(s *forloeb.Submission) { s.Municipality, s.Workplace = "851", "Børnehuset" })
	p := e.Party(gone, forloeb.Leader)
	e.Do(gone, storetest.By(p), forloeb.Withdraw{Party: p.ID})
	e.Settle(gone)
	e.Apply(func(s *forloeb.Submission) { s.Municipality = "851" })
	for name, c := range map[string]struct {
		filter forloeb.ListFilter
		want   forloeb.ListCounts
	}{
		"all":            {forloeb.ListFilter{}, forloeb.ListCounts{Found: 4, Open: 3, NeedsAttention: 1, Closed: 1}},
		"the tab itself": {forloeb.ListFilter{Statuses: []forloeb.Status{forloeb.Lapsed}, NeedsAttention: true, Overdue: true, Limit: 1}, forloeb.ListCounts{Open: 3, NeedsAttention: 1, Closed: 1}},
		"one status":     {forloeb.ListFilter{Statuses: []forloeb.Status{forloeb.Withdrawn}}, forloeb.ListCounts{Found: 1, Open: 3, NeedsAttention: 1, Closed: 1}},
		"attention":      {forloeb.ListFilter{NeedsAttention: true}, forloeb.ListCounts{Found: 1, Open: 3, NeedsAttention: 1, Closed: 1}},
		"municipality":   {forloeb.ListFilter{Municipality: "851"}, forloeb.ListCounts{Found: 2, Open: 1, Closed: 1}},
		"workplace":      {forloeb.ListFilter{Query: "børne"}, forloeb.ListCounts{Found: 1, Closed: 1}},
		"consultant":     {forloeb.ListFilter{Consultant: karen}, forloeb.ListCounts{Found: 1, Open: 1}},
		"theme":          {forloeb.ListFilter{Theme: forloeb.ThemeLoneWork}, forloeb.ListCounts{}},
		"programme":      {forloeb.ListFilter{Programme: "other"}, forloeb.ListCounts{}},
	} {
		got, err := e.API.ListCounts(t.Context(), c.filter)
		require.NoError(t, err)
		require.Equal(t, c.want, got, name)
	}
	tasks, err := e.API.OpenTasks(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[forloeb.TaskKind]int{forloeb.TaskNoConsultant: 1}, tasks)
	counts, err := e.API.StatusCounts(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[forloeb.Status]int{
		forloeb.Planning: 1, forloeb.AwaitingConsultant: 1, forloeb.Withdrawn: 1, forloeb.AwaitingConsent: 1}, counts)
}

func TestListPages(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Many(23)
	e.Exec(`update forloeb set needs_attention = reference < $1, next_at = case when reference like '%1' then null
		else now() + make_interval(mins => length(reference)) end,
		status_since = case when reference like '%2' then status_since - interval '1 second' else status_since end`, "5")
	all, err := e.API.List(t.Context(), forloeb.ListFilter{})
	require.NoError(t, err)
	require.Len(t, all.Rows, 23)
	require.Empty(t, all.Next)
	var paged []forloeb.ListRow
	cursor := ""
	for pages := 1; ; pages++ {
		page, err := e.API.List(t.Context(), forloeb.ListFilter{Limit: 5, Cursor: cursor})
		require.NoError(t, err)
		paged = append(paged, page.Rows...)
		if cursor = page.Next; cursor == "" {
			require.Equal(t, 5, pages)
			break
		}
	}
	require.Equal(t, ids(all.Rows), ids(paged))
	for _, bad := range []string{"x", "e30x", "!!"} {
		_, err = e.API.List(t.Context(), forloeb.ListFilter{Cursor: bad})
		require.ErrorIs(t, err, forloeb.ErrBadCursor)
		_, err = e.API.Tasks(t.Context(), forloeb.TaskFilter{Which: forloeb.TasksOpen, Cursor: bad})
		require.ErrorIs(t, err, forloeb.ErrBadCursor)
		_, err = e.API.MailLog(t.Context(), forloeb.MailFilter{Cursor: bad})
		require.ErrorIs(t, err, forloeb.ErrBadCursor)
	}
}

func ids(rows []forloeb.ListRow) (list []uuid.UUID) {
	for _, r := range rows {
		list = append(list, r.ID)
	}
	return list
}

func TestTasks(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := waiting(e)
	e.Exec(`insert into tasks (forloeb_id, kind, subject, opened_at, closed_at)
		select $1, 'mail', n::text, now() - make_interval(mins => 100 + n), now() from generate_series(1, 60) n`, id)
	open, err := e.API.Tasks(t.Context(), forloeb.TaskFilter{Which: forloeb.TasksOpen})
	require.NoError(t, err)
	require.Len(t, open.Rows, 1)
	require.Empty(t, open.Next)
	require.Equal(t, forloeb.TaskNoConsultant, open.Rows[0].Kind)
	require.Equal(t, e.Read(id).Reference, open.Rows[0].Reference)
	require.Equal(t, forloeb.AwaitingConsultant, open.Rows[0].Status)
	require.Equal(t, "Tranemoseskolen", open.Rows[0].Workplace)
	require.True(t, open.Rows[0].Open())

	first, err := e.API.Tasks(t.Context(), forloeb.TaskFilter{Which: forloeb.TasksAll})
	require.NoError(t, err)
	require.Len(t, first.Rows, forloeb.MaxRows)
	rest, err := e.API.Tasks(t.Context(), forloeb.TaskFilter{Which: forloeb.TasksAll, Cursor: first.Next})
	require.NoError(t, err)
	require.Len(t, rest.Rows, 11)
	require.Equal(t, open.Rows[0].Task, rest.Rows[10].Task)
	require.WithinDuration(t, e.Now(id), rest.Rows[10].Now, time.Minute)
	require.True(t, first.Rows[0].OpenedAt.Before(first.Rows[1].OpenedAt))
}

func TestTokens(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx := t.Context()
	karen := e.Consultant("Karen Lund", 1)
	secret, err := e.API.CreateToken(ctx, forloeb.RoleConsultant, karen, "statistik", time.Hour)
	require.NoError(t, err)
	require.Regexp(t, `^spark_[A-Za-z0-9_-]{43}$`, secret)
	require.Zero(t, e.Count(`select count(*) from api_tokens t where t::text like '%' || $1 || '%'`, secret[6:]), "the secret is not kept")
	p, err := e.API.Token(ctx, secret)
	require.NoError(t, err)
	require.Equal(t, forloeb.RoleConsultant, p.Role)
	require.Equal(t, karen, p.Consultant)
	require.Equal(t, "statistik", p.Name)
	require.WithinDuration(t, time.Now().Add(time.Hour), p.Until, time.Minute)

	staff, err := e.API.CreateToken(ctx, forloeb.RoleSecretariat, uuid.Nil, "", time.Hour)
	require.NoError(t, err)
	require.NotEqual(t, secret, staff)
	_, err = e.API.CreateToken(ctx, forloeb.RoleConsultant, uuid.Nil, "", time.Hour)
	require.Error(t, err, "a consultant's token names the consultant")
	_, err = e.API.CreateToken(ctx, "owner", uuid.Nil, "", time.Hour)
	require.Error(t, err)

	for _, unknown := range []string{"", "spark_", secret + "x", secret[:len(secret)-1]} {
		requireNotFound(t, e, unknown)
	}
	expired, err := e.API.CreateToken(ctx, forloeb.RoleSecretariat, uuid.Nil, "", -time.Second)
	require.NoError(t, err)
	requireNotFound(t, e, expired)
	e.Exec(`update consultants set active = false where id = $1`, karen)
	requireNotFound(t, e, secret)
	principal, err := e.API.Token(ctx, staff)
	require.NoError(t, err)
	require.NoError(t, e.API.RevokeToken(ctx, principal.ID))
	requireNotFound(t, e, staff)
	require.Error(t, e.API.RevokeToken(ctx, principal.ID))
}

func requireNotFound(t *testing.T, e *storetest.Env, secret string) {
	t.Helper()
	_, err := e.API.Token(t.Context(), secret)
	var r *forloeb.Refusal
	require.ErrorAs(t, err, &r)
	require.Equal(t, forloeb.RefuseNotFound, r.Code)
}

func TestSeedCoversTheCountry(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	require.NoError(t, e.API.SeedDevelopment(t.Context()))
	require.NoError(t, e.API.SeedDevelopment(t.Context()))
	list, err := e.API.Consultants(t.Context())
	require.NoError(t, err)
	own := slices.DeleteFunc(slices.Clone(list), func(c forloeb.ConsultantRow) bool { return c.Provider != "" })
	require.Len(t, own, 12)
	require.Len(t, list, 15, "and the providers' experts")
	for _, year := range []int{2026, 2027} {
		day := time.Date(year, 6, 1, 0, 0, 0, 0, time.UTC)
		for _, region := range forloeb.Regions(day) {
			for _, theme := range forloeb.Programmes[0].Themes {
				require.True(t, covered(own, region, theme.Code), "%s in %s", theme.Code, region)
			}
		}
	}
	for _, c := range list {
		require.Regexp(t, `@example\.dk$`, c.Email)
		_, err := e.API.SaveConsultant(t.Context(), c.ConsultantRecord)
		require.NoError(t, err, "as the secretariat would write them")
	}
}

func covered(list []forloeb.ConsultantRow, region string, theme forloeb.ThemeCode) bool {
	for _, c := range list {
		for _, r := range c.Regions {
			for _, th := range c.Themes {
				if r == region && th == theme {
					return true
				}
			}
		}
	}
	return false
}
