package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestExtendADeadline(t *testing.T) {
	o := withConsultants(t)
	id := o.env.Apply()
	o.env.Settle(id)
	path, closes := actPath(id, "deadline"), o.env.Read(id).ConsentCloses()
	to := func(days int, reason string) fields {
		return fields{"until": rfc(closes.AddDate(0, 0, days)), "reason": reason}
	}
	require.Contains(t, o.document(id).Possible, "deadline")
	o.refused(o.does(http.MethodPost, path, to(0, "x")), http.StatusUnprocessableEntity, forloeb.RefuseDeadlineEarlier)
	o.refused(o.does(http.MethodPost, path, to(40, "x")), http.StatusUnprocessableEntity, forloeb.RefuseDeadlineTooFar)
	o.refused(o.does(http.MethodPost, path, to(7, " ")), http.StatusUnprocessableEntity, forloeb.RefuseNoReason)
	d := o.done(o.does(http.MethodPost, path, to(7, "Sygdom.")))
	require.True(t, d.Parties[0].Link.Deadline.Equal(forloeb.EndOfDay(closes.AddDate(0, 0, 7))))

	o.env.Answer(id, forloeb.Leader, forloeb.Fix)
	o.env.Settle(id)
	require.NotContains(t, o.document(id).Possible, "deadline")
	o.refused(o.does(http.MethodPost, path, to(8, "x")), http.StatusConflict, forloeb.RefuseNoDeadline)
}
