package api

import (
	"net/http"
	"slices"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// staffAct is an act of the API as it would be sent about a forløb with a
// meeting.
type staffAct struct {
	method, path string
	body         any
}

// everyAct lists them, by the operation's id.
func (o *office) everyAct(id, meeting uuid.UUID) map[string]staffAct {
	ahead := fields{"starts_at": rfc(o.ahead(id, 20, 10)), "ends_at": rfc(o.ahead(id, 20, 12))}
	back := fields{"starts_at": rfc(o.ahead(id, -20, 10)), "ends_at": rfc(o.ahead(id, -20, 12))}
	party := "parties/" + o.env.Party(id, forloeb.Rep).ID.String()
	reason := fields{"reason": "Aftalt i telefonen."}
	post := func(path string, body any) staffAct { return staffAct{http.MethodPost, actPath(id, path), body} }
	return map[string]staffAct{
		"edit-application":     post("application", application(o.t)),
		"assess":               post("assessment", fields{"decision": "approved"}),
		"assign":               post("assignment", fields{"consultant": o.boID, "reason": "Aftalt."}),
		"accept":               post("accept", nil),
		"decline":              post("decline", fields{"reason": "no_room"}),
		"release":              post("release", reason),
		"book-meeting":         post("meetings", ahead),
		"book-series":          post("meetings/series", fields{"meetings": []fields{ahead}}),
		"record-meeting":       post("meetings/held", back),
		"grant-extra-meetings": post("extra-meetings", fields{"meetings": 1, "reason": "Aftalt."}),
		"write-plan":           post("plan", fields{"kind": "arrangement", "text": "Fire møder."}),
		"write-prep-task":      {http.MethodPost, meetingPathOf(meeting, "prep-task"), fields{"text": "Tal sammen."}},
		"finish-meetings":      post("finish", nil),
		"stop":                 post("stop", reason),
		"close-duplicate":      post("duplicate", fields{"of": "26-000001"}),
		"withdraw":             post("withdraw", nil),
		"reopen":               post("reopen", reason),
		"extend-deadline":      post("deadline", fields{"until": rfc(o.ahead(id, 20, 10)), "reason": "Sygdom."}),
		"pause":                post("pause", fields{"until": rfc(o.ahead(id, 2, 10)), "reason": "illness"}),
		"resume":               post("resume", nil),
		"add-guest":            post("workplaces/"+o.env.Read(id).Lead().ID.String()+"/guests", fields{"name": "Ida Berg", "email": "ida.berg@example.dk"}),
		"note-answer":          post(party+"/answer", fields{"answer": "yes", "said": "Ringede."}),
		"correct-address":      post(party+"/address", fields{"email": "ny.adresse@example.dk"}),
		"replace-party":        post(party+"/replace", fields{"name": "Sofie Lind", "email": "sofie.lind@example.dk"}),
		"move-meeting":         {http.MethodPatch, "/meetings/" + meeting.String(), ahead},
		"register-held":        {http.MethodPost, meetingPathOf(meeting, "held"), nil},
		"register-no-show":     {http.MethodPost, meetingPathOf(meeting, "no-show"), nil},
		"cancel-meeting":       {http.MethodPost, meetingPathOf(meeting, "cancel"), nil},
	}
}

// requireRefused sends acts that must all be refused alike.
func (o *office) requireRefused(code forloeb.RefusalCode, acts map[string]staffAct, ids ...string) {
	o.t.Helper()
	for _, id := range ids {
		o.t.Log(id, code)
		o.refused(o.does(acts[id].method, acts[id].path, acts[id].body), http.StatusConflict, code)
	}
}

// meetingOperations need a consultant, and a status in which meetings are held.
var meetingOperations = []string{
	"book-meeting", "book-series", "record-meeting", "grant-extra-meetings", "move-meeting", "register-held", "register-no-show", "cancel-meeting", "write-prep-task",
}

func TestEveryActHangsOnWhereTheForloebStands(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	o.env.Policy(id, func(p *forloeb.Policy) { p.Intake = forloeb.Assessed })
	acts := o.everyAct(id, meeting)
	all := slices.DeleteFunc(keys(acts), func(id string) bool { return id == "reopen" })

	o.done(o.does(http.MethodPost, acts["stop"].path, acts["stop"].body))
	o.env.Settle(id)
	o.requireRefused(forloeb.RefuseClosed, acts, all...)

	o.done(o.does(http.MethodPost, acts["reopen"].path, acts["reopen"].body))
	o.requireRefused(forloeb.RefuseCatchingUp, acts, all...)
	o.requireRefused(forloeb.RefuseNotReopenable, acts, "reopen")

	o.env.Settle(id)
	require.Equal(t, forloeb.Planning, o.document(id).Status)
	o.requireRefused(forloeb.RefuseAlreadyAccepted, acts, "accept", "decline")
	o.requireRefused(forloeb.RefuseWrongStatus, acts, "edit-application", "assess", "finish-meetings", "reopen", "extend-deadline")
	o.done(o.does(http.MethodPost, acts["release"].path, acts["release"].body))
	o.requireRefused(forloeb.RefuseNotAssigned, acts, append(meetingOperations, "release")...)
	o.requireRefused(forloeb.RefuseCatchingUp, acts, "accept", "decline")
	o.requireRefused(forloeb.RefuseCatchingUp, acts, "reopen")

	o.env.Settle(id)
	require.Equal(t, forloeb.AwaitingConsultant, o.document(id).Status)
	o.requireRefused(forloeb.RefuseNotAssigned, acts, "accept", "decline")
	o.requireRefused(forloeb.RefuseWrongStatus, acts, append(meetingOperations, "release", "finish-meetings", "write-plan")...)
}

func keys[V any](m map[string]V) (list []string) {
	for k := range m {
		list = append(list, k)
	}
	slices.Sort(list)
	return list
}

func TestMeetingsThatCannotBe(t *testing.T) {
	o := withConsultants(t)
	id, meeting := o.inProgress()
	at := func(days, from, to int) fields {
		return fields{"starts_at": rfc(o.ahead(id, days, from)), "ends_at": rfc(o.ahead(id, days, to))}
	}
	move, held := "/meetings/"+meeting.String(), actPath(id, "meetings/held")
	o.refused(o.does(http.MethodPatch, move, at(5, 12, 10)), http.StatusUnprocessableEntity, forloeb.RefuseBadMeetingTime)
	o.refused(o.does(http.MethodPost, held, at(-5, 12, 10)), http.StatusUnprocessableEntity, forloeb.RefuseBadMeetingTime)
	for code, m := range map[forloeb.RefusalCode]fields{forloeb.RefuseBadMeetingTime: at(5, 12, 10), forloeb.RefuseMeetingPast: at(-5, 10, 12)} {
		o.refused(o.does(http.MethodPost, actPath(id, "meetings/series"), fields{"meetings": []fields{m}}), http.StatusUnprocessableEntity, code)
	}
	o.refused(o.does(http.MethodPost, meetingPathOf(meeting, "no-show"), nil), http.StatusConflict, forloeb.RefuseMeetingNotBegun)

	o.done(o.does(http.MethodPost, held, at(-5, 10, 12)))
	o.done(o.does(http.MethodPost, held, at(-6, 10, 12)))
	o.done(o.does(http.MethodPost, actPath(id, "meetings"), at(7, 10, 12)))
	o.refused(o.does(http.MethodPatch, move, at(7, 11, 13)), http.StatusConflict, forloeb.RefuseMeetingBookedAlready)
	o.refused(o.does(http.MethodPost, held, at(-7, 10, 12)), http.StatusConflict, forloeb.RefuseNeedsExtraMeetings)
	o.done(o.does(http.MethodPost, actPath(id, "extra-meetings"), fields{"meetings": 2, "reason": "Der er brug for det."}))
	for days := -8; days > -10; days-- {
		o.done(o.does(http.MethodPost, held, at(days, 10, 12)))
	}
	for path, more := range map[string]fields{"meetings": at(9, 10, 12), "meetings/series": {"meetings": []fields{at(9, 10, 12)}}, "meetings/held": at(-11, 10, 12)} {
		o.refused(o.does(http.MethodPost, actPath(id, path), more), http.StatusConflict, forloeb.RefuseTooManyMeetings)
	}

	o.done(o.does(http.MethodPost, meetingPathOf(meeting, "cancel"), nil))
	o.refused(o.does(http.MethodPatch, move, at(8, 10, 12)), http.StatusConflict, forloeb.RefuseMeetingNotBooked)
	o.refused(o.does(http.MethodPost, meetingPathOf(meeting, "no-show"), nil), http.StatusConflict, forloeb.RefuseMeetingNotBooked)
}

// A meeting that nobody came to is made up for; then it cannot have been held
// after all, for there would be too many.
func TestANoShowThatIsMadeUpFor(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	o.env.Policy(id, func(p *forloeb.Policy) { p.MaxMeetings = p.Meetings })
	record := func(days int) forloebDocument {
		return o.done(o.does(http.MethodPost, actPath(id, "meetings/held"), fields{"starts_at": rfc(o.ahead(id, days, 10)), "ends_at": rfc(o.ahead(id, days, 12))}))
	}
	missed := record(-9).Meetings.List[0].ID
	o.done(o.does(http.MethodPost, meetingPathOf(missed, "no-show"), nil))
	for days := -8; days < -4; days++ {
		record(days)
	}
	o.refused(o.does(http.MethodPost, meetingPathOf(missed, "held"), nil), http.StatusConflict, forloeb.RefuseTooManyMeetings)
	o.env.Settle(id)
	o.env.SettleAt(id, o.env.Now(id).AddDate(0, 0, 40))
	o.refused(o.does(http.MethodPost, meetingPathOf(missed, "held"), nil), http.StatusConflict, forloeb.RefuseTooLongAgo)
}

func TestPeopleThatCannotBe(t *testing.T) {
	o := withConsultants(t)
	id := o.planning()
	rep := o.env.Party(id, forloeb.Rep).ID
	address := func(party uuid.UUID) string { return actPath(id, "parties/"+party.String()+"/address") }
	replace := func(party uuid.UUID) string { return actPath(id, "parties/"+party.String()+"/replace") }
	sofie := func(change fields) fields {
		f := fields{"name": "Sofie Lind", "email": "sofie.lind@example.dk"}
		for k, v := range change {
			f[k] = v
		}
		return f
	}
	for _, c := range []struct {
		path   string
		body   fields
		status int
		code   forloeb.RefusalCode
	}{
		{address(rep), fields{"email": "a@example.dk", "phone": "ring til mig"}, http.StatusUnprocessableEntity, forloeb.RefuseBadPhone},
		{replace(rep), sofie(fields{"phone": "12"}), http.StatusUnprocessableEntity, forloeb.RefuseBadPhone},
		{replace(rep), sofie(fields{"email": "sofie"}), http.StatusUnprocessableEntity, forloeb.RefuseBadAddress},
		{replace(rep), sofie(fields{"name": "Se mere på gaver.dk"}), http.StatusUnprocessableEntity, forloeb.RefuseNoName},
		{replace(uuid.New()), sofie(nil), http.StatusNotFound, forloeb.RefuseNotAParty},
	} {
		o.refused(o.does(http.MethodPost, c.path, c.body), c.status, c.code)
	}
	d := o.done(o.does(http.MethodPost, replace(rep), sofie(fields{"phone": "+45 70 00 00 04"})))
	require.True(t, slices.ContainsFunc(d.Parties, func(p partyDocument) bool { return p.Name == "Sofie Lind" && p.Phone == "+45 70 00 00 04" }))
	o.refused(o.does(http.MethodPost, address(rep), fields{"email": "a@example.dk"}), http.StatusConflict, forloeb.RefusePartyReplaced)
	o.refused(o.does(http.MethodPost, replace(rep), sofie(nil)), http.StatusConflict, forloeb.RefusePartyReplaced)

	leader := o.env.Party(id, forloeb.Leader)
	o.env.Do(id, storetest.By(leader), forloeb.LeaveParty{Party: leader.ID})
	o.refused(o.does(http.MethodPost, address(leader.ID), fields{"email": "a@example.dk"}), http.StatusConflict, forloeb.RefusePartyLeft)
}
