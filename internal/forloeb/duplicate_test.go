package forloeb

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

func TestWhatAForloebIsADuplicateOf(t *testing.T) {
	by := Actor{Kind: ActorSecretary}
	for name, c := range map[string]struct {
		of     string
		change func(s *scene)
		code   RefusalCode
	}{
		"another":           {of: "26-1209"},
		"as it is said":     {of: " sag 26 1209."},
		"nothing":           {of: " ", code: RefuseDuplicateUnknown},
		"no reference":      {of: "Tranemoseskolen", code: RefuseDuplicateUnknown},
		"itself":            {of: "26-4817", code: RefuseDuplicateSelf},
		"itself, otherwise": {of: "SPARK 26–4817", code: RefuseDuplicateSelf},
		"closed":            {of: "26-1209", change: func(s *scene) { s.to(Lapsed, s.days(1)) }, code: RefuseClosed},
		"about to close":    {of: "26-1209", change: func(s *scene) { s.StoppedAt = s.days(1) }, code: RefuseClosed},
	} {
		s := newScene().asked()
		s.Reference = "26-4817"
		if c.change != nil {
			c.change(s)
		}
		require.Equal(t, c.code, refusal(t, s.Judge(CloseDuplicate{Of: c.of}, by, s.days(2))), name)
	}
}

func TestWhatMayBeTheOriginal(t *testing.T) {
	f := newScene().Forloeb
	for code, o := range map[RefusalCode]Original{
		"":                    {Open: true},
		RefuseDuplicateClosed: {},
		RefuseDuplicateChain:  {Duplicate: true},
		RefuseDuplicateCircle: {Duplicate: true, Ours: true},
	} {
		require.Equal(t, code, refusal(t, f.MayBe(o)), "%+v", o)
	}
}

// Which forløb the other is, only those are told who are party to it; that
// others were closed as duplicates of this one, none of the parties.
func TestWhoSeesWhatItIsADuplicateOf(t *testing.T) {
	s := newScene().asked()
	require.Same(t, s.Forloeb, s.SeenBy(s.Party(s.rep)))
	require.Empty(t, s.DuplicateWords())
	s.DuplicateOf = &Duplicate{Twin: Twin{uuid.New(), "26-1209"}, Known: []uuid.UUID{s.leader}}
	s.Duplicates = []Twin{{uuid.New(), "26-1210"}}
	known, unknown := s.SeenBy(s.Party(s.leader)), s.SeenBy(s.Party(s.rep))
	require.Contains(t, known.DuplicateWords(), "26-1209")
	require.NotContains(t, unknown.DuplicateWords(), "26-1209")
	require.Equal(t, &Duplicate{}, unknown.DuplicateOf)
	require.Nil(t, known.Duplicates)
	require.Nil(t, unknown.Duplicates)
	require.NotEmpty(t, s.Duplicates)
}
