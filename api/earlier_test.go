package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// What the workplace has had before is told to the secretariat, in words, and
// not to a consultant. An application that came to nothing is no forløb.
func TestWhatAWorkplaceHasHadBefore(t *testing.T) {
	s := newStaffed(t)
	f := s.env.Read(s.id)
	same := func(name, municipality string) uuid.UUID {
		return s.env.Apply(func(a *forloeb.Submission) { a.Workplace, a.Municipality = name, municipality })
	}
	stranger, again := same(f.Lead().Name, "101"), same(f.Lead().Name+" - ", f.Lead().Municipality)
	for _, id := range []uuid.UUID{stranger, again} {
		s.env.Settle(id)
	}
	home := "/sekretariat/forloeb/" + again.String()
	words := "med Anna om"
	require.Contains(t, s.page(s.sec, home), "Har også et åbent forløb fra")
	require.NotContains(t, s.page(s.sec, s.home), "Har haft et forløb i", "nobody has begun the other")
	require.NotContains(t, s.page(s.anna, s.annas), "Se sag")
	require.NotContains(t, s.page(s.sec, "/sekretariat/forloeb/"+stranger.String()), words, "another municipality")

	s.env.Do(s.id, storetest.Secretary, forloeb.Stop{Reason: "Slut."})
	s.env.Settle(s.id)
	s.env.Policy(again, func(p *forloeb.Policy) { p.Assignment = forloeb.Proposed })
	s.env.Agree(again)
	s.env.Settle(again)
	require.Contains(t, s.page(s.sec, home), "Har haft et forløb i")
	assign := s.page(s.sec, home+"/tildel")
	require.Contains(t, assign, words)
	require.Contains(t, assign, "Har haft arbejdspladsen før")
}

// Whoever gives a forløb back for a conflict of interest cannot be chosen for it
// again, whatever is written.
func TestAConflictOfInterestIsFinal(t *testing.T) {
	s := newStaffed(t)
	done := s.submit(s.anna, s.annas+"/giv-tilbage", url.Values{"why": {"habilitet"}})
	require.Equal(t, http.StatusSeeOther, done.StatusCode, done.text)
	s.env.Settle(s.id)
	require.Contains(t, s.page(s.sec, s.home+"/tildel"), "Habilitet: har meldt sig selv ud og kan ikke få forløbet")
	s.refused(s.does(http.MethodPost, actPath(s.id, "assignment"), fields{"consultant": s.annaID, "reason": "Den eneste."}), http.StatusUnprocessableEntity, forloeb.RefuseConflictOfInterest)

	o := withConsultants(t)
	id := o.planning()
	o.done(o.does(http.MethodPost, actPath(id, "release"), fields{"reason": "Kender lederen.", "conflict": true}))
	o.env.Settle(id)
	o.refused(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": o.annaID, "reason": "x"}), http.StatusUnprocessableEntity, forloeb.RefuseConflictOfInterest)
}
