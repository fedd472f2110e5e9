package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestAConsultantFindsTheirOwnForloeb(t *testing.T) {
	o := withConsultants(t)
	id, _ := o.inProgress()
	own := o.loggedIn(forloeb.RoleConsultant, o.addressOf(true))
	page := o.browse(own, "/konsulent/")
	require.Equal(t, http.StatusOK, page.StatusCode)
	require.Contains(t, page.text, `href="/konsulent/forloeb/`+id.String()+`"`)
	require.Equal(t, http.StatusOK, o.browse(own, "/konsulent/forloeb/"+id.String()).StatusCode)
	others := o.loggedIn(forloeb.RoleConsultant, o.addressOf(false))
	page = o.browse(others, "/konsulent/")
	require.Contains(t, page.text, "Du har ikke noget, der venter.")
	require.NotContains(t, page.text, id.String())
}
