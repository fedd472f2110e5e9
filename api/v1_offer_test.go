package api

import (
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// Whoever is asked says yes or no; the next one is asked after a no.
func TestAcceptAndDecline(t *testing.T) {
	o := newOffice(t)
	o.env.Hesitate = true
	karen := o.env.Consultant("Karen", 5)
	id := o.env.Apply()
	o.env.Settle(id)
	o.requireRefused(forloeb.RefuseWrongStatus, o.everyAct(id, id), "accept", "decline")
	o.env.Agree(id)
	o.env.Settle(id)
	jens := o.env.Consultant("Jens", 3)

	d := o.document(id)
	require.Equal(t, forloeb.AwaitingConsultant, d.Status)
	require.Equal(t, karen, d.Consultant.ID)
	require.False(t, d.Consultant.Answer.IsZero())
	require.Equal(t, "assign.offered", string(d.Waiting.Key))
	require.Subset(t, d.Possible, []string{"accept", "decline", "meetings", "assignment"})

	as := func(who string) answer {
		return o.as(o.token(forloeb.RoleConsultant, map[string][16]byte{"karen": karen, "jens": jens}[who], time.Hour), http.MethodPost, actPath(id, "accept"), nil)
	}
	o.refused(as("jens"), http.StatusNotFound, forloeb.RefuseNotFound)
	o.refused(o.does(http.MethodPost, actPath(id, "decline"), fields{"reason": "other"}), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	o.does(http.MethodPost, actPath(id, "decline"), fields{"reason": "bored"}).problem(http.StatusUnprocessableEntity, "invalid")
	require.Nil(t, o.done(o.does(http.MethodPost, actPath(id, "decline"), fields{"reason": "other", "words": "Skifter arbejde."})).Consultant)
	o.env.Settle(id)
	o.refused(as("karen"), http.StatusNotFound, forloeb.RefuseNotFound)
	require.Equal(t, jens, o.done(as("jens")).Consultant.ID)
	o.refused(as("jens"), http.StatusConflict, forloeb.RefuseAlreadyAccepted)
	o.env.Settle(id)
	require.Equal(t, forloeb.Planning, o.document(id).Status)
	require.True(t, o.document(id).Consultant.Answer.IsZero())

	another := o.env.Apply()
	o.env.Agree(another)
	o.env.Settle(another)
	o.done(o.does(http.MethodPost, actPath(another, "decline"), fields{"reason": "conflict"}))
	asked := o.env.Read(another).Assignments[0].Consultant.ID
	o.env.Settle(another)
	o.refused(o.does(http.MethodPost, actPath(another, "assignment"), fields{"consultant": asked, "reason": "Den eneste."}), http.StatusUnprocessableEntity, forloeb.RefuseConflictOfInterest)
}
