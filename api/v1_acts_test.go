package api

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

func TestAssess(t *testing.T) {
	o := newOffice(t)
	assessed := func() uuid.UUID {
		id := o.env.Apply()
		o.env.Policy(id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
		o.env.Settle(id)
		o.env.Agree(id)
		o.env.Settle(id)
		require.Equal(t, forloeb.AwaitingAssessment, o.env.Read(id).Status)
		return id
	}
	id := assessed()
	require.Contains(t, o.document(id).Possible, "assessment")
	d := o.done(o.does(http.MethodPost, actPath(id, "assessment"), fields{"decision": "waitlisted"}))
	require.Equal(t, forloeb.Waitlist, d.Application.Decision)
	o.env.Settle(id)
	o.refused(o.does(http.MethodPost, actPath(id, "assessment"), fields{"decision": "rejected"}), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	o.does(http.MethodPost, actPath(id, "assessment"), fields{"decision": "perhaps"}).problem(http.StatusUnprocessableEntity, "invalid")
	o.done(o.does(http.MethodPost, actPath(id, "assessment"), fields{"decision": "rejected", "reason": "Uden for ordningen."}))
	o.env.Settle(id)
	require.Equal(t, forloeb.Rejected, o.document(id).Status)
	p := o.refused(o.does(http.MethodPost, actPath(id, "assessment"), fields{"decision": "approved"}), http.StatusConflict, forloeb.RefuseClosed)
	require.Equal(t, forloeb.Rejected, p.StatusNow)
	require.Empty(t, *p.Possible)

	id = assessed()
	o.done(o.does(http.MethodPost, actPath(id, "assessment"), fields{"decision": "approved"}))
	o.env.Settle(id)
	require.Equal(t, forloeb.AwaitingConsultant, o.document(id).Status)
}

func TestAssignAndRelease(t *testing.T) {
	o := newOffice(t)
	id := o.env.Apply()
	o.env.Settle(id)
	p := o.refused(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": uuid.New()}), http.StatusConflict, forloeb.RefuseWrongStatus)
	require.Equal(t, forloeb.AwaitingConsent, p.StatusNow)
	require.Equal(t, o.aboutParties(id, "application", "deadline", "pause", "withdraw", "stop", "duplicate"), *p.Possible)

	o.env.Agree(id)
	o.env.Settle(id)
	require.Equal(t, forloeb.AwaitingConsultant, o.env.Read(id).Status)
	full, free := o.env.Consultant("Karen", 0), o.env.Consultant("Jens", 3)
	o.refused(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": uuid.New()}), http.StatusUnprocessableEntity, forloeb.RefuseConsultantUnknown)
	o.refused(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": full}), http.StatusUnprocessableEntity, forloeb.RefuseConsultantUnsuitable)
	o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": "Karen"}).problem(http.StatusUnprocessableEntity, "invalid")

	var ranking struct{ Items []rankedDocument }
	o.does(http.MethodGet, actPath(id, "ranking"), nil).into(http.StatusOK, &ranking)
	require.Len(t, ranking.Items, 2)
	require.Equal(t, free, ranking.Items[0].ID)
	require.Empty(t, ranking.Items[0].Obstacle)
	require.NotEmpty(t, ranking.Items[0].Score)
	require.True(t, ranking.Items[0].LastAssigned.IsZero())
	require.Equal(t, "capacity", ranking.Items[1].Obstacle)

	d := o.done(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": full, "reason": "Kender området."}))
	require.Equal(t, full, d.Consultant.ID)
	require.Equal(t, "chosen", d.Consultant.Reason)
	o.env.Settle(id)
	o.refused(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": full, "reason": "x"}), http.StatusConflict, forloeb.RefuseAlreadyAssigned)
	o.refused(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": free}), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	d = o.done(o.does(http.MethodPost, actPath(id, "assignment"), fields{"consultant": free, "reason": "Karen er syg."}))
	require.Equal(t, "reassigned", d.Consultant.Reason)
	o.env.Settle(id)

	o.refused(o.does(http.MethodPost, actPath(id, "release"), fields{"reason": " "}), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	o.does(http.MethodPost, actPath(id, "release"), fields{}).problem(http.StatusUnprocessableEntity, "invalid")
	d = o.done(o.as(o.token(forloeb.RoleConsultant, free, time.Hour), http.MethodPost, actPath(id, "release"), fields{"reason": "Kender lederen."}).asSeenBy(o, id))
	require.Nil(t, d.Consultant)
	o.env.Settle(id)
	require.Equal(t, forloeb.AwaitingConsultant, o.document(id).Status)
	o.refused(o.does(http.MethodPost, actPath(id, "release"), fields{"reason": "x"}), http.StatusConflict, forloeb.RefuseWrongStatus)
}

// asSeenBy: a consultant who has let go of a forløb no longer sees it; the
// secretariat does.
func (a answer) asSeenBy(o *office, id uuid.UUID) answer {
	a.t.Helper()
	require.Equal(a.t, http.StatusOK, a.StatusCode, a.text)
	before := o.beforeRequest
	seen := o.does(http.MethodGet, "/forloeb/"+id.String(), nil)
	o.beforeRequest = before
	return seen
}

func TestStopAndReopen(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	o.refused(o.does(http.MethodPost, actPath(id, "reopen"), fields{"reason": "x"}), http.StatusConflict, forloeb.RefuseWrongStatus)
	o.refused(o.does(http.MethodPost, actPath(id, "stop"), fields{"reason": ""}), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	o.done(o.does(http.MethodPost, actPath(id, "stop"), fields{"reason": "Arbejdspladsen lukker."}))
	p := o.refused(o.does(http.MethodPost, actPath(id, "stop"), fields{"reason": "igen"}), http.StatusConflict, forloeb.RefuseClosed)
	require.Empty(t, *p.Possible, "it is about to close")
	o.env.Settle(id)

	d := o.document(id)
	require.Equal(t, forloeb.Stopped, d.Status)
	require.Equal(t, []string{"reopen"}, d.Possible)
	require.False(t, d.ReopenUntil.IsZero())
	require.False(t, d.EraseAt.IsZero())
	p = o.refused(o.does(http.MethodPost, actPath(id, "meetings"), fields{
		"starts_at": rfc(o.ahead(id, 3, 10)), "ends_at": rfc(o.ahead(id, 3, 12))}), http.StatusConflict, forloeb.RefuseClosed)
	require.Equal(t, forloeb.Stopped, p.StatusNow)
	require.Equal(t, []string{"reopen"}, *p.Possible)

	o.refused(o.does(http.MethodPost, actPath(id, "reopen"), fields{"reason": ""}), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	o.done(o.does(http.MethodPost, actPath(id, "reopen"), fields{"reason": "Den lukker alligevel ikke."}))
	o.env.Settle(id)
	require.Equal(t, forloeb.Planning, o.document(id).Status)
}

func TestReopenTooLate(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	o.env.Do(id, storetest.Secretary, forloeb.Stop{Reason: "x"})
	o.env.Settle(id)
	o.env.RunTo(id, o.env.Now(id).AddDate(0, 0, 32))
	o.refused(o.does(http.MethodPost, actPath(id, "reopen"), fields{"reason": "x"}), http.StatusConflict, forloeb.RefuseReopenTooLate)
}

func TestWithdrawForSomebody(t *testing.T) {
	o := withConsultants(t)
	for _, body := range []any{nil, fields{}, fields{"reason": "Ringede."}} {
		id := o.planning()
		o.done(o.does(http.MethodPost, actPath(id, "withdraw"), body))
		o.refused(o.does(http.MethodPost, actPath(id, "withdraw"), body), http.StatusConflict, forloeb.RefuseClosed)
		o.env.Settle(id)
		require.Equal(t, forloeb.Withdrawn, o.document(id).Status)
	}
}

func TestPartiesAddress(t *testing.T) {
	o := newOffice(t)
	id := o.env.Apply()
	o.env.Settle(id)
	leader, rep := o.env.Party(id, forloeb.Leader), o.env.Party(id, forloeb.Rep)
	address := actPath(id, "parties/"+rep.ID.String()+"/address")
	o.refused(o.does(http.MethodPost, address, fields{"email": leader.Contact.Email}), http.StatusUnprocessableEntity, forloeb.RefuseSameAddress)
	o.refused(o.does(http.MethodPost, address, fields{"email": "amir"}), http.StatusUnprocessableEntity, forloeb.RefuseBadAddress)
	o.refused(o.does(http.MethodPost, actPath(id, "parties/"+uuid.NewString()+"/address"), fields{"email": "a@example.dk"}), http.StatusNotFound, forloeb.RefuseNotAParty)
	o.refused(o.does(http.MethodPost, actPath(id, "parties/1/address"), fields{"email": "a@example.dk"}), http.StatusNotFound, forloeb.RefuseNotFound)

	d := o.done(o.does(http.MethodPost, address, fields{"email": "Amir.Dahl@Example.dk", "phone": "70 00 00 09"}))
	require.Equal(t, "amir.dahl@example.dk", d.Parties[1].Email)
	require.Equal(t, "70 00 00 09", d.Parties[1].Phone)
	require.Equal(t, 2, d.Parties[1].Link.Version)
	d = o.done(o.does(http.MethodPost, address, fields{"email": "amir.dahl@example.dk"}))
	require.Equal(t, "70 00 00 09", d.Parties[1].Phone, "what is left out stays")
	d = o.done(o.does(http.MethodPost, address, fields{"email": "amir.dahl@example.dk", "phone": ""}))
	require.Empty(t, d.Parties[1].Phone)
}

func TestReplaceParty(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	leader, rep := o.env.Party(id, forloeb.Leader), o.env.Party(id, forloeb.Rep)
	replace := actPath(id, "parties/"+rep.ID.String()+"/replace")
	o.refused(o.does(http.MethodPost, replace, fields{"name": leader.Contact.Name, "email": "ny@example.dk"}), http.StatusUnprocessableEntity, forloeb.RefuseSamePerson)
	o.refused(o.does(http.MethodPost, replace, fields{"name": "1", "email": "ny@example.dk"}), http.StatusUnprocessableEntity, forloeb.RefuseNoName)
	o.refused(o.does(http.MethodPost, replace, fields{"name": "Ny Person", "email": leader.Contact.Email}), http.StatusUnprocessableEntity, forloeb.RefuseSameAddress)
	o.does(http.MethodPost, replace, fields{"name": "Ny Person", "email": "ny@example.dk", "role": "leader"}).problem(http.StatusUnprocessableEntity, "invalid")

	d := o.done(o.does(http.MethodPost, replace, fields{"name": "Ny Person", "email": "ny@example.dk", "role": "amr"}))
	require.Equal(t, forloeb.Planning, d.Status)
	states := map[string]partyDocument{}
	for _, p := range d.Parties {
		if p.Side == forloeb.Rep {
			states[p.State] = p
		}
	}
	require.Equal(t, "Ny Person", states["current"].Name)
	require.Equal(t, forloeb.RoleAMR, states["current"].Role)
	require.Equal(t, rep.ID, *states["current"].Replaces)
	require.Empty(t, states["current"].Answer)
	require.Equal(t, rep.ID, states["replaced"].ID)
	o.refused(o.does(http.MethodPost, replace, fields{"name": "En Tredje", "email": "tre@example.dk"}), http.StatusConflict, forloeb.RefusePartyReplaced)
}

func TestExtraMeetingsAndFinish(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	o.refused(o.does(http.MethodPost, actPath(id, "extra-meetings"), fields{"meetings": 1, "reason": " "}), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	o.refused(o.does(http.MethodPost, actPath(id, "extra-meetings"), fields{"meetings": 3, "reason": "x"}), http.StatusConflict, forloeb.RefuseTooManyMeetings)
	d := o.done(o.does(http.MethodPost, actPath(id, "extra-meetings"), fields{"meetings": 2, "reason": "Der er brug for det."}))
	require.Equal(t, 6, d.Meetings.Planned)
	o.env.Settle(id)

	o.refused(o.does(http.MethodPost, actPath(id, "finish"), nil), http.StatusConflict, forloeb.RefuseWrongStatus)
	o.env.Book(id, o.ahead(id, 2, 10))
	o.env.Settle(id)
	o.refused(o.does(http.MethodPost, actPath(id, "finish"), nil), http.StatusConflict, forloeb.RefuseNoMeetingHeld)
	start := o.ahead(id, -1, 10)
	o.env.Do(id, storetest.Secretary, forloeb.RecordMeeting{Meeting: uuid.New(), StartsAt: start, EndsAt: start.Add(time.Hour)})
	o.env.Settle(id)
	require.Contains(t, o.document(id).Possible, "finish")
	o.done(o.as(o.anna, http.MethodPost, actPath(id, "finish"), fields{"reason": "Målet er nået."}))
	o.env.Settle(id)
	require.Equal(t, forloeb.AwaitingEvaluation, o.document(id).Status)
}
