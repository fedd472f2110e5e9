package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// twice applies twice for the same workplace; the leader sends both, the
// second time with capital letters and another colleague.
func (o *office) twice() (first, second *forloeb.Forloeb) {
	o.t.Helper()
	a := o.env.Apply()
	leader := o.env.Party(a, forloeb.Leader).Contact
	b := o.env.Apply(func(s *forloeb.Submission) {
		s.Workplace, s.Leader.Email = strings.ToUpper(s.Workplace)+" ", strings.ToUpper(leader.Email)
		s.Rep.Name, s.Rep.Email = "Ida Bech", "ida.bech@example.dk"
	})
	for _, id := range []uuid.UUID{a, b} {
		o.env.Settle(id)
	}
	return o.env.Read(a), o.env.Read(b)
}

func TestCloseAsADuplicate(t *testing.T) {
	o := newOffice(t)
	first, second := o.twice()
	path := func(f *forloeb.Forloeb) string { return actPath(f.ID, "duplicate") }
	of := func(f *forloeb.Forloeb) fields { return fields{"of": f.Reference} }
	require.Contains(t, o.document(second.ID).Possible, "duplicate")
	o.refused(o.does(http.MethodPost, path(second), fields{"of": "26-0000000"}), http.StatusUnprocessableEntity, forloeb.RefuseDuplicateUnknown)
	o.refused(o.does(http.MethodPost, path(second), fields{"of": "99-999999"}), http.StatusUnprocessableEntity, forloeb.RefuseDuplicateUnknown)
	o.refused(o.does(http.MethodPost, path(second), of(second)), http.StatusUnprocessableEntity, forloeb.RefuseDuplicateSelf)

	o.done(o.does(http.MethodPost, path(second), of(first)))
	o.refused(o.does(http.MethodPost, path(first), of(second)), http.StatusUnprocessableEntity, forloeb.RefuseDuplicateCircle)
	third := o.env.Apply()
	o.env.Settle(third)
	o.refused(o.does(http.MethodPost, actPath(third, "duplicate"), of(second)), http.StatusUnprocessableEntity, forloeb.RefuseDuplicateChain)
	o.env.Settle(second.ID)
	o.refused(o.does(http.MethodPost, path(second), of(first)), http.StatusConflict, forloeb.RefuseClosed)
	require.Equal(t, forloeb.Stopped, o.document(second.ID).Status)
	require.Equal(t, first.Reference, o.document(second.ID).DuplicateOf.Reference)
	require.Equal(t, []twinDocument{{second.ID, second.Reference}}, o.document(first.ID).Duplicates)

	read := o.env.Read(second.ID)
	require.Equal(t, []uuid.UUID{o.env.Party(second.ID, forloeb.Leader).ID}, read.DuplicateOf.Known, "the address is the same but for its letters")
	kinds := map[forloeb.MailKind]int{}
	for _, m := range read.Mails {
		kinds[m.Kind]++
	}
	require.Equal(t, 2, kinds[forloeb.MailDuplicate])
	require.Zero(t, kinds[forloeb.MailStopped])

	o.done(o.does(http.MethodPost, actPath(second.ID, "reopen"), fields{"reason": "To forskellige."}))
	o.env.Settle(second.ID)
	require.Nil(t, o.document(second.ID).DuplicateOf)
	require.Empty(t, o.document(first.ID).Duplicates)
	o.env.Do(first.ID, storetest.Secretary, forloeb.Stop{Reason: "Slut."})
	o.env.Settle(first.ID)
	o.refused(o.does(http.MethodPost, path(second), of(first)), http.StatusUnprocessableEntity, forloeb.RefuseDuplicateClosed)
}

func TestWhatLooksLikeADuplicate(t *testing.T) {
	o := newOffice(t)
	first, second := o.twice()
	other := o.env.Apply(func(s *forloeb.Submission) {
		s.Workplace, s.Municipality, s.Leader.Email, s.Rep.Email = first.Lead().Name, "101", "a@example.dk", "b@example.dk"
	})
	place := o.env.Apply(func(s *forloeb.Submission) {
		s.Workplace, s.Leader.Email, s.Rep.Email = "SFO ved "+first.Lead().Name, "c@example.dk", "d@example.dk"
	})
	_ = o.env.Apply(func(s *forloeb.Submission) {
		s.Workplace, s.Leader.Email, s.Rep.Email = "Hjemmeplejen Øst", "e@example.dk", "f@example.dk"
	})
	var found struct{ Items []alikeDocument }
	o.does(http.MethodGet, actPath(second.ID, "alike"), nil).into(http.StatusOK, &found)
	require.Len(t, found.Items, 2)
	require.Equal(t, first.ID, found.Items[0].ID)
	require.True(t, found.Items[0].Place && found.Items[0].People)
	require.Equal(t, place, found.Items[1].ID)
	require.False(t, found.Items[1].People)
	o.does(http.MethodGet, actPath(other, "alike"), nil).into(http.StatusOK, &found)
	require.Empty(t, found.Items, "another municipality")

	sec := o.loggedIn(forloeb.RoleSecretariat, "sec@example.dk")
	home := "/sekretariat/forloeb/" + second.ID.String()
	s := &staffed{office: o, sec: sec}
	require.Contains(t, s.page(sec, "/sekretariat/"), "Måske søgt to gange")
	require.Contains(t, s.page(sec, home), "Ligner 2 andre åbne sager")
	require.Contains(t, s.page(sec, home+"/dublet"), "Sag "+first.Reference)

	o.submit(sec, home+notAlikePath, url.Values{"other": {"x"}}).message(http.StatusBadRequest, "")
	for _, other := range []uuid.UUID{uuid.New(), second.ID} {
		require.Equal(t, http.StatusNotFound, o.submit(sec, home+notAlikePath, url.Values{"other": {other.String()}}).StatusCode, "one that is not there, and itself")
	}
	for range 2 {
		require.Equal(t, http.StatusSeeOther, o.submit(sec, home+notAlikePath, url.Values{"other": {first.ID.String()}}).StatusCode)
	}
	require.Contains(t, s.page(sec, home), "Ligner en anden åben sag")
	o.does(http.MethodGet, actPath(first.ID, "alike"), nil).into(http.StatusOK, &found)
	require.Len(t, found.Items, 1, "it is said of both")

	sent := o.submit(sec, home+"/dublet", url.Values{"of": {"26-0000000"}})
	require.Equal(t, http.StatusUnprocessableEntity, sent.StatusCode)
	require.Contains(t, sent.text, "Der er ingen sag med det nummer.")
	require.Contains(t, sent.text, "26-0000000", "nothing typed is lost")
	require.Equal(t, http.StatusSeeOther, o.submit(sec, home+"/dublet", url.Values{"of": {first.Reference}}).StatusCode)
	o.env.Settle(second.ID)
	require.Contains(t, s.page(sec, home), "Lukket som dublet af")
	require.Contains(t, s.page(sec, "/sekretariat/forloeb/"+first.ID.String()), "En dublet er lukket:")
	leader, rep := o.env.Party(second.ID, forloeb.Leader), o.env.Party(second.ID, forloeb.Rep)
	require.Contains(t, o.get(statusPathOf(o, leader), "").text, first.Reference)
	theirs := o.get(statusPathOf(o, rep), "").text
	require.NotContains(t, theirs, first.Reference)
	require.Contains(t, theirs, "Arbejdspladsen har allerede en ansøgning hos os.")
}

// statusPathOf is the path of a party's own page.
func statusPathOf(o *office, p *forloeb.Party) string {
	return strings.TrimPrefix(o.linksOf(p).Status, testBaseURL)
}
