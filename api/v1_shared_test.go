package api

import (
	"net/http"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// shared applies for three workplaces, and lets the applying pair agree, so
// that they are asked.
func (o *office) shared() (id uuid.UUID, workplaces []uuid.UUID) {
	o.t.Helper()
	var d receivedDocument
	o.apply(uuid.NewString(), application(o.t, makeJoint, func(f fields) {
		third := map[string]any{}
		for name, value := range f["participants"].([]map[string]any)[0] {
			third[name] = value
		}
		third["workplace"] = "Sted C"
		f["participants"] = append(f["participants"].([]map[string]any), third)
	})).into(http.StatusCreated, &d)
	o.env.Settle(d.ID)
	o.env.Agree(d.ID)
	o.env.Settle(d.ID)
	for _, w := range o.env.Read(d.ID).Participants() {
		workplaces = append(workplaces, w.ID)
	}
	require.Len(o.t, workplaces, 3)
	return d.ID, workplaces
}

// joins lets both parties of a workplace say yes.
func (o *office) joins(id, workplace uuid.UUID) {
	o.t.Helper()
	f := o.env.Read(id)
	for _, p := range f.Of(workplace) {
		o.env.Do(id, storetest.By(p), storetest.Answer(f, p, forloeb.Yes))
	}
}

func leavePath(id, workplace uuid.UUID) string {
	return actPath(id, "workplaces/"+workplace.String()+"/leave")
}

func TestBegin(t *testing.T) {
	o := withConsultants(t)
	id, places := o.shared()
	begins := func() answer { return o.does(http.MethodPost, actPath(id, "begin"), nil) }

	o.joins(id, places[0])
	o.env.Settle(id)
	o.refused(begins(), http.StatusConflict, forloeb.RefuseTooFewJoined)
	require.Equal(t, forloeb.AwaitingConsent, o.document(id).Status)

	o.joins(id, places[1])
	o.env.Settle(id)
	require.Contains(t, o.document(id).Possible, "begin")
	o.done(begins())
	o.env.Settle(id)
	require.Equal(t, forloeb.Planning, o.document(id).Status, "the third did not answer in time")
	require.True(t, o.env.Read(id).Workplace(places[2]).Out())
	o.refused(begins(), http.StatusConflict, forloeb.RefuseWrongStatus)

	o.done(o.does(http.MethodPost, actPath(id, "stop"), fields{"reason": "Aftalt."}))
	o.env.Settle(id)
	o.refused(begins(), http.StatusConflict, forloeb.RefuseClosed)
	o.done(o.does(http.MethodPost, actPath(id, "reopen"), fields{"reason": "Alligevel."}))
	o.refused(begins(), http.StatusConflict, forloeb.RefuseCatchingUp)
}

func TestAWorkplaceLeaves(t *testing.T) {
	o := withConsultants(t)
	id, places := o.shared()
	leaves := func(workplace uuid.UUID) answer {
		return o.does(http.MethodPost, leavePath(id, workplace), fields{"reason": "De har travlt."})
	}
	for _, place := range places {
		o.joins(id, place)
	}
	o.env.Settle(id)

	o.done(leaves(places[0]))
	o.env.Settle(id)
	require.Equal(t, forloeb.OutLeft, o.env.Read(id).Workplace(places[0]).OutReason)
	require.Equal(t, forloeb.Planning, o.document(id).Status, "the others go on")
	o.refused(leaves(places[0]), http.StatusConflict, forloeb.RefuseWorkplaceOut)
	o.refused(leaves(uuid.New()), http.StatusNotFound, forloeb.RefuseNotFound)
	o.does(http.MethodPost, actPath(id, "workplaces/none/leave"), nil).problem(http.StatusNotFound, "not_found")

	alone := o.env.Apply()
	leaveAlone := func() answer { return o.does(http.MethodPost, leavePath(alone, o.env.Read(alone).Lead().ID), nil) }
	o.refused(leaveAlone(), http.StatusConflict, forloeb.RefuseCatchingUp)
	o.env.Settle(alone)
	o.refused(leaveAlone(), http.StatusConflict, forloeb.RefuseWrongStatus)

	o.done(o.does(http.MethodPost, actPath(id, "stop"), fields{"reason": "Aftalt."}))
	o.env.Settle(id)
	o.refused(leaves(places[1]), http.StatusConflict, forloeb.RefuseClosed)
}

// Whoever has said no is asked again, and takes part when both say yes.
func TestAWorkplaceIsAskedAgain(t *testing.T) {
	o := withConsultants(t)
	id, places := o.shared()
	asks := func(workplace uuid.UUID, reason string) answer {
		return o.does(http.MethodPost, actPath(id, "workplaces/"+workplace.String()+"/ask-again"), fields{"reason": reason})
	}
	says := func(workplace uuid.UUID, given forloeb.Answer) {
		f := o.env.Read(id)
		p := f.Of(workplace)[0]
		o.env.Do(id, storetest.By(p), storetest.Answer(f, p, given))
		o.env.Settle(id)
	}
	o.refused(asks(places[0], "De har fortrudt."), http.StatusConflict, forloeb.RefuseWorkplaceNotOut)
	says(places[0], forloeb.No)
	require.Contains(t, o.document(id).Possible, "workplaces/"+places[0].String()+"/ask-again")
	o.refused(asks(places[0], " "), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	o.done(asks(places[0], "De har fortrudt."))
	o.env.Settle(id)
	require.False(t, o.document(id).Workplaces[1].AskedAgainAt.IsZero())
	require.NotContains(t, o.document(id).Possible, "workplaces/"+places[0].String()+"/ask-again")
	for _, place := range places[:2] {
		o.joins(id, place)
	}
	says(places[2], forloeb.No)
	o.env.Settle(id)
	require.Equal(t, forloeb.Planning, o.document(id).Status)
	require.True(t, o.document(id).Workplaces[1].Joined)

	o.refused(asks(uuid.New(), "Alligevel."), http.StatusNotFound, forloeb.RefuseNotFound)
	o.does(http.MethodPost, actPath(id, "workplaces/none/ask-again"), fields{"reason": "-"}).problem(http.StatusNotFound, "not_found")
	gone := o.env.Read(id).Of(places[2])[1]
	o.env.Do(id, storetest.By(gone), forloeb.LeaveParty{Party: gone.ID})
	o.refused(asks(places[2], "Alligevel."), http.StatusConflict, forloeb.RefusePartyLeft)
	o.done(o.does(http.MethodPost, actPath(id, "stop"), fields{"reason": "Aftalt."}))
	o.env.Settle(id)
	o.refused(asks(places[2], "Alligevel."), http.StatusConflict, forloeb.RefuseClosed)
	o.done(o.does(http.MethodPost, actPath(id, "reopen"), fields{"reason": "Alligevel."}))
	o.refused(asks(places[2], "Alligevel."), http.StatusConflict, forloeb.RefuseCatchingUp)
}

// Meetings are for workplaces that take part, whether they are booked or noted;
// when the last is held there is nothing to be asked again for.
func TestMeetingsOfSomeWorkplaces(t *testing.T) {
	o := newOffice(t)
	id := sharedMet(o)
	places := o.env.Read(id).Participants()
	stays, out := places[0].ID, places[2].ID
	o.env.Do(id, storetest.Secretary, forloeb.GrantExtra{N: 1, Reason: "Aftalt."})
	o.env.Do(id, storetest.Secretary, forloeb.LeaveWorkplace{Workplace: out})
	o.env.Settle(id)
	held := func(workplace uuid.UUID) fields {
		return fields{"starts_at": "2026-12-07T09:00", "ends_at": "2026-12-07T11:00", "workplaces": []string{workplace.String()}}
	}
	ahead := fields{"starts_at": "2027-02-11T09:00", "ends_at": "2027-02-11T11:00", "workplaces": []string{out.String()}}
	o.refused(o.does(http.MethodPost, actPath(id, "meetings"), ahead), http.StatusConflict, forloeb.RefuseWorkplaceOut)
	o.refused(o.does(http.MethodPost, actPath(id, "meetings/series"), fields{"meetings": []fields{ahead}}), http.StatusConflict, forloeb.RefuseWorkplaceOut)
	o.refused(o.does(http.MethodPost, actPath(id, "meetings/held"), held(out)), http.StatusConflict, forloeb.RefuseWorkplaceOut)
	guest := fields{"name": "Eva Krog", "email": "eva.krog@example.dk"}
	o.refused(o.does(http.MethodPost, actPath(id, "workplaces/"+out.String()+"/guests"), guest), http.StatusConflict, forloeb.RefuseWorkplaceOut)
	o.done(o.does(http.MethodPost, actPath(id, "meetings/held"), held(stays)))
	o.env.Settle(id)
	f := o.env.Read(id)
	require.Equal(t, []uuid.UUID{stays}, f.Meetings[0].Workplaces)

	o.env.Do(id, storetest.Secretary, forloeb.FinishMeetings{Reason: "Aftalt."})
	o.env.Settle(id)
	again := o.does(http.MethodPost, actPath(id, "workplaces/"+out.String()+"/ask-again"), fields{"reason": "De har fortrudt."})
	o.refused(again, http.StatusConflict, forloeb.RefuseWrongStatus)
}

// What those who apply wrote can be read, mended and sent back; the workplaces
// are asked by themselves and stay.
func TestASharedApplicationIsEdited(t *testing.T) {
	o := newOffice(t)
	id, _ := o.shared()
	var words textDocument
	o.does(http.MethodGet, actPath(id, "application"), nil).into(http.StatusOK, &words)
	require.Len(t, words.Application.Participants, 3)
	require.Equal(t, "Sted C", words.Application.Participants[2].Workplace)

	edited := words.Application
	edited.Focus, edited.Quorum, edited.Declared = "Et godt arbejdsliv", 2, true
	for _, change := range []func(*submissionBody){
		func(b *submissionBody) { b.Participants = nil },
		func(b *submissionBody) { b.Participants = append(b.Participants[:1:1], b.Participants[2]) },
		func(b *submissionBody) {
			b.Participants = append([]participantBody{}, b.Participants...)
			b.Participants[0].Leader.Email = "en.anden@example.dk"
		},
	} {
		wrong := edited
		change(&wrong)
		p := o.does(http.MethodPost, actPath(id, "application"), wrong).problem(http.StatusUnprocessableEntity, "invalid")
		require.Equal(t, "#/participants", p.Errors[0].Pointer)
	}
	o.done(o.does(http.MethodPost, actPath(id, "application"), edited))
	o.env.Settle(id)
	f := o.env.Read(id)
	require.Equal(t, 2, f.Application.Revision)
	require.Equal(t, "Et godt arbejdsliv", f.Application.Texts.Focus)
	require.Equal(t, 2, f.Application.Quorum)
	require.Equal(t, forloeb.AwaitingConsent, f.Status)
}
