package api

import (
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// What a party wants corrected can be read, corrected and sent back: both are
// then asked about the new text.
func TestTheSecretariatReadsAndMendsTheWords(t *testing.T) {
	o := newOffice(t)
	id := o.env.Apply()
	o.env.Settle(id)
	rep := o.env.Party(id, forloeb.Rep)
	o.env.Do(id, forloeb.Actor{Kind: forloeb.ActorParty, ID: rep.ID.String()}, forloeb.AnswerConsent{
		Party: rep.ID, Revision: 1, Answer: forloeb.Fix, Remark: "Vi er 60 ansatte nu.", Channel: forloeb.ByLink,
	})
	o.env.Settle(id)

	var words textDocument
	o.does(http.MethodGet, "/forloeb/"+id.String()+"/application", nil).into(http.StatusOK, &words)
	require.Equal(t, 1, words.Revision)
	require.Equal(t, o.env.Read(id).Application.Texts.Situation, words.Application.Situation)
	require.Equal(t, []remarkDocument{{Kind: "fix", Party: &rep.ID, Text: "Vi er 60 ansatte nu."}}, words.Remarks)

	words.Application.Employees, words.Application.Declared = forloeb.Employees50To99, true
	o.done(o.does(http.MethodPost, "/forloeb/"+id.String()+"/application", words.Application))
	o.env.Settle(id)
	require.Empty(t, o.document(id).Tasks)
	require.Equal(t, 2, o.env.Read(id).Application.Revision)
}
