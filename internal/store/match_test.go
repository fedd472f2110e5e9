package store_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
	"example.dk/spark/internal/store/storetest"
)

// waiting is a forløb that waits for a consultant.
func waiting(e *storetest.Env) uuid.UUID {
	id := e.Apply()
	e.Settle(id)
	e.Agree(id)
	e.Settle(id)
	return id
}

func TestTheLastPlaceIsGivenOnce(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	var ids []uuid.UUID
	for range 10 {
		ids = append(ids, waiting(e))
	}
	e.Consultant("Karen Lund", 1)
	e.Consultant("Bo Skov", 2)
	other := e.Open(store.RoleWorker)
	errs := make([]error, 2*len(ids))
	assigned := make([]bool, 2*len(ids))
	atOnce(2*len(ids), func(i int) {
		s := e.Worker
		if i%2 == 1 {
			s = other
		}
		var m forloeb.Matched
		m, errs[i] = s.Match(context.Background(), ids[i/2], time.Now())
		assigned[i] = m.Assigned
	})
	require.NoError(t, errors.Join(errs...))
	require.Equal(t, 3, e.Count(`select count(*) from assignments where until is null`))
	for i := range ids {
		require.Equal(t, e.Read(ids[i]).Assignment() != nil, assigned[2*i] || assigned[2*i+1])
	}
}

// A person's choice and Match never give away the same place either.
func TestAChoiceAndMatchAtOnce(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	for range 20 {
		a, b := waiting(e), waiting(e)
		karen := e.Consultant("Karen Lund", 1)
		errs := make([]error, 2)
		atOnce(2, func(i int) {
			if i == 0 {
				_, errs[0] = e.Worker.Match(context.Background(), a, time.Now())
			} else {
				_, errs[1] = e.API.Record(context.Background(), b, storetest.Secretary, forloeb.Assign{Consultant: karen})
			}
		})
		require.NoError(t, errs[0])
		var r *forloeb.Refusal
		if errs[1] != nil {
			require.ErrorAs(t, errs[1], &r)
			require.Equal(t, forloeb.RefuseConsultantUnsuitable, r.Code)
		}
		require.Equal(t, 1, e.Count(`select count(*) from assignments where consultant_id = $1`, karen))
		e.Exec(`update consultants set active = false`)
		e.Exec(`update forloeb set match_tried_at = null`)
	}
}

func TestMatchOnlyWhereAConsultantIsAwaited(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Consultant("Karen Lund", 1)
	id := e.Apply()
	m, err := e.Worker.Match(t.Context(), id, time.Now())
	require.NoError(t, err)
	require.False(t, m.Assigned)
	_, err = e.Worker.Match(t.Context(), uuid.New(), time.Now())
	require.ErrorIs(t, err, store.ErrNotFound)
}

func TestTiesGoToTheLowestLoadThenTheLongestSince(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	karen, bo := e.Consultant("Karen Lund", 4), e.Consultant("Bo Skov", 4)
	first := waiting(e)
	chosen := e.Read(first).Consultant().ID
	second := e.Read(waiting(e)).Consultant().ID
	require.ElementsMatch(t, []uuid.UUID{karen, bo}, []uuid.UUID{chosen, second}, "whoever has less to do")
	require.Equal(t, chosen, e.Read(waiting(e)).Consultant().ID, "whoever has waited longest")
}

func TestLeaveAndWhatOneCannotDo(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	away, theme, region, gone := e.Consultant("Away", 4), e.Consultant("Theme", 4), e.Consultant("Region", 4), e.Consultant("Gone", 4)
	e.Exec(`insert into leaves (consultant_id, days) values ($1, daterange(current_date - 2, current_date + 2))`, away)
	e.Exec(`update consultants set themes = '{lone_work}' where id = $1`, theme)
	e.Exec(`update consultants set regions = '{nordjylland}' where id = $1`, region)
	e.Exec(`update consultants set active = false, capacity = 0 where id = $1`, gone)
	id := waiting(e)
	require.Equal(t, forloeb.AwaitingConsultant, e.Read(id).Status)
	ranked, err := e.API.Ranking(t.Context(), id)
	require.NoError(t, err)
	obstacles := map[uuid.UUID][]string{}
	for _, r := range ranked {
		obstacles[r.ID] = r.Obstacles
	}
	require.Equal(t, map[uuid.UUID][]string{away: {"leave"}, theme: {"themes"}, region: {"region"}, gone: {"inactive", "capacity"}}, obstacles)
}

func TestFreedCapacityNudgesTheOldestFirst(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	e.Consultant("Karen Lund", 1)
	busy, oldest, newest := waiting(e), waiting(e), waiting(e)
	require.Equal(t, forloeb.Planning, e.Read(busy).Status)
	r := e.Do(busy, storetest.Secretary, forloeb.Release{Reason: "Karen er inhabil."})
	require.Len(t, r.Acts, 3)
	require.Equal(t, []uuid.UUID{oldest, newest, busy}, []uuid.UUID{r.Acts[0].ForloebID, r.Acts[1].ForloebID, r.Acts[2].ForloebID})
	for _, id := range []uuid.UUID{oldest, newest} {
		f := e.Read(id)
		require.Equal(t, forloeb.CapacityFreed, f.Acts[len(f.Acts)-1].Name)
		require.True(t, f.MatchTriedAt.IsZero())
	}
	e.Settle(oldest)
	require.Equal(t, forloeb.Planning, e.Read(oldest).Status)
	e.Settle(newest)
	require.Equal(t, forloeb.AwaitingConsultant, e.Read(newest).Status)
}

func TestSavingAConsultant(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	id := waiting(e)
	save := func(c forloeb.ConsultantRecord) forloeb.SavedConsultant {
		t.Helper()
		saved, err := e.API.SaveConsultant(t.Context(), c)
		require.NoError(t, err)
		return saved
	}
	today := time.Now().In(forloeb.Copenhagen)
	c := forloeb.ConsultantRecord{
		Consultant: forloeb.Consultant{Name: " Karen  Lund ", Email: "karen@example.dk", Themes: []forloeb.ThemeCode{forloeb.ThemeCooperation, forloeb.ThemeViolence},
			Regions: []string{"midtjylland"}, Capacity: 0, Active: true},
		Leaves: []forloeb.Leave{{From: today.AddDate(0, 0, 3), To: today.AddDate(0, 0, 9)}, {From: today, To: today.AddDate(0, 0, 4)}},
	}
	saved := save(c)
	require.Empty(t, saved.Acts, "no room")
	list, err := e.API.Consultants(t.Context())
	require.NoError(t, err)
	require.Len(t, list, 1)
	require.Equal(t, "Karen Lund", list[0].Name)
	require.True(t, list[0].OnLeave)
	require.Len(t, list[0].Leaves, 1, "overlapping periods are one")
	require.Equal(t, today.AddDate(0, 0, 9).Format(time.DateOnly), list[0].Leaves[0].To.Format(time.DateOnly))

	c.ID, c.Capacity = saved.ID, 1
	require.Empty(t, save(c).Acts, "on leave")
	c.Leaves = nil
	acts := save(c).Acts
	require.Len(t, acts, 1)
	require.Equal(t, id, acts[0].ForloebID)
	require.Empty(t, save(c).Acts, "nothing new")
	e.Settle(id)
	require.Equal(t, saved.ID, e.Read(id).Consultant().ID)
	list, err = e.API.Consultants(t.Context())
	require.NoError(t, err)
	require.Equal(t, 1, list[0].Load)

	twin := c
	twin.ID = uuid.New()
	_, err = e.API.SaveConsultant(t.Context(), twin)
	require.ErrorIs(t, err, forloeb.ErrAddressTaken)
	for name, change := range map[string]func(*forloeb.ConsultantRecord){
		"name":    func(c *forloeb.ConsultantRecord) { c.Name = " " },
		"address": func(c *forloeb.ConsultantRecord) { c.Email = "karen" },
		"theme":   func(c *forloeb.ConsultantRecord) { c.Themes = []forloeb.ThemeCode{"x"} },
		"region":  func(c *forloeb.ConsultantRecord) { c.Regions = []string{"x"} },
	} {
		bad := c
		change(&bad)
		_, err = e.API.SaveConsultant(t.Context(), bad)
		require.ErrorIs(t, err, forloeb.ErrBadConsultant, name)
	}
}

// Whoever is new gets one forløb, and the next one when a week has gone or when
// they have given it back.
//
// Complaint K11.
func TestANewConsultantDoesNotGetEverything(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	first, second, third, fourth := waiting(e), waiting(e), waiting(e), waiting(e)
	saved, err := e.API.SaveConsultant(forloeb.As(t.Context(), forloeb.House), forloeb.ConsultantRecord{Consultant: forloeb.Consultant{
		Name: "Liv Dam", Email: "liv.dam@example.dk", Capacity: 20, Active: true}})
	require.NoError(t, err)
	e.Exec(`update consultants set (themes, regions) = (select themes, regions from consultants where id = $2) where id = $1`, saved.ID, e.Consultant("Karen Lund", 0))
	match := func(id uuid.UUID) bool {
		m, err := e.Worker.Match(t.Context(), id, time.Now())
		require.NoError(t, err)
		return m.Assigned
	}
	require.True(t, match(first))
	require.False(t, match(second), "the same week")
	ranked, err := e.API.Ranking(forloeb.As(t.Context(), forloeb.House), second)
	require.NoError(t, err)
	require.Equal(t, []string{forloeb.ObstacleNew}, ranked[0].Obstacles)

	e.Do(second, storetest.Secretary, forloeb.Assign{Consultant: saved.ID, Reason: "Hun kender området."})
	e.Exec(`update assignments set at = at - interval '7 days' where forloeb_id = $1`, first)
	require.False(t, match(third), "what a person gave them counts too")
	e.Settle(second)
	e.Do(second, storetest.Secretary, forloeb.Release{Reason: "Det var for tidligt."})
	require.True(t, match(third), "a week later")

	e.Exec(`update consultants set since = now() - interval '3 months'`)
	require.True(t, match(fourth), "not new any more")
}
