package store_test

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// agrees is a workplace of Silkeborg that has agreed on a forløb.
func agrees(e *storetest.Env, name string, theme forloeb.ThemeCode, told bool) uuid.UUID {
	id := e.Apply(func(s *forloeb.Submission) {
		s.Municipality, s.Workplace, s.Themes = "740", name, []forloeb.ThemeCode{theme}
	})
	e.Policy(id, func(p *forloeb.Policy) { p.TellMainMED = told })
	e.Settle(id)
	e.Agree(id)
	e.Settle(id)
	return id
}

// The HovedMED is told of several workplaces at once or of none, of each once,
// and of nobody who was not told so before they applied.
func TestTheMainMEDIsToldOfSeveralAtOnce(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	notices := func() []forloeb.MainMEDNotice {
		t.Helper()
		list, err := e.API.MainMEDNotices(t.Context())
		require.NoError(t, err)
		return list
	}
	tell := func(n forloeb.MainMEDNotice) error { return e.API.TellMainMED(t.Context(), n, storetest.Secretary) }

	agrees(e, "Tranemoseskolen", "change", true)
	agrees(e, "Plejecentret Åkanden", "cooperation", true)
	agrees(e, "TRANEMOSESKOLEN", "change", true)
	agrees(e, "Børnehuset Solen", forloeb.ThemeViolence, false)
	require.Empty(t, notices(), "two workplaces, one of them twice, and one that is not told of")
	left := agrees(e, "Hjemmeplejen", forloeb.ThemeViolence, true)
	require.Len(t, notices(), 1)
	e.Do(left, storetest.Secretary, forloeb.Stop{Reason: "De har fortrudt."})
	e.Settle(left)
	require.Empty(t, notices())

	agrees(e, "Biblioteket", forloeb.ThemeWorkContent, true)
	read := notices()
	require.Len(t, read, 1)
	require.Equal(t, "740", read[0].Municipality)
	require.Equal(t, []forloeb.ThemeCode{forloeb.ThemeChange, forloeb.ThemeCooperation, forloeb.ThemeWorkContent}, read[0].Themes)
	require.Len(t, read[0].Workplaces, 4)

	agrees(e, "Vejafdelingen", forloeb.ThemeWorkContent, true)
	require.ErrorIs(t, tell(read[0]), forloeb.ErrNoticeChanged)
	now := notices()[0]
	require.NoError(t, tell(now))
	require.ErrorIs(t, tell(now), forloeb.ErrNoticeChanged, "once")
	require.Empty(t, notices())

	agrees(e, "Svømmehallen", "change", true)
	agrees(e, "Museet", "change", true)
	require.Empty(t, notices(), "those before are not counted again")
	old := agrees(e, "Musikskolen", "change", true)
	require.Len(t, notices()[0].Workplaces, 3)
	e.Exec(`update forloeb_events set at = at - interval '1 year' where forloeb_id = $1`, old)
	require.Empty(t, notices())
	require.Equal(t, 1, e.Count(`select count(*) from main_med_notices`))
}
