package mail

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

func draftLetter() forloeb.DraftLetter {
	return forloeb.DraftLetter{
		Mail: forloeb.Mail{ID: 7, State: forloeb.MailPlanned}, Attempt: 1, MessageID: "draft-7", Date: start,
		Draft: forloeb.ApplicationDraft{
			ID: uuid.MustParse("12121212-1212-4212-8212-121212121212"), Programme: forloeb.Spark, Typed: canaryText,
			Email: "mette@example.dk", LinkVersion: 2, Expires: forloeb.DraftExpires(start),
		},
	}
}

// TestTheMailAboutADraft: its words, in each programme's name; the link is the
// draft's, and nothing that was typed is in it.
func TestTheMailAboutADraft(t *testing.T) {
	for _, programme := range forloeb.Programmes {
		l := draftLetter()
		l.Draft.Programme = programme.Code
		m, err := composer(t).ComposeDraft(l)
		require.NoError(t, err)
		again, err := composer(t).ComposeDraft(l)
		require.NoError(t, err)
		require.Equal(t, m, again, "a retry is the same mail")
		require.Equal(t, programme.Name+": Din kladde", m.Subject)
		require.Equal(t, "mette@example.dk", m.To.Address)
		require.Contains(t, m.Text, "Hej\n\nFortsæt her:\n"+ours+"/kladde/"+keys.Token(link.Draft, l.Draft.ID, 2)+"\n\n"+
			"Intet er sendt, og kun du kan se kladden.\n\nDen bliver slettet mandag den 14. december 2026, hvis du ikke sender den.\n\nVenlig hilsen\n")
		require.Contains(t, m.Text, "\n\nDu får mailen, fordi din adresse blev skrevet, da kladden blev gemt. Kender du ikke til den, skal du ikke gøre noget. Svar gerne på den;")
		shown := page(t, m)
		require.Equal(t, ours+"/kladde/"+keys.Token(link.Draft, l.Draft.ID, 2), shown.Find("a").AttrOr("href", ""))
		for _, words := range []string{"Intet er sendt, og kun du kan se kladden.", "Den bliver slettet mandag den 14. december 2026", "Kender du ikke til den"} {
			require.Contains(t, shown.Text(), words)
		}
		for _, never := range []string{"Sag ", "kontaktperson", canaryText} {
			require.NotContains(t, m.Text+shown.Text(), never)
		}
		if programme.Code == forloeb.Spark {
			golden(t, applicationDraftMail+".txt", "Subject: "+m.Subject+"\nTo: "+m.To.String()+"\n\n"+m.Text)
			golden(t, applicationDraftMail+".html", m.HTML)
		}
	}
}

func TestAMailAboutADraftThatCannotBeWritten(t *testing.T) {
	for _, change := range []func(*forloeb.ApplicationDraft){
		func(d *forloeb.ApplicationDraft) { d.Email = "mette" },
		func(d *forloeb.ApplicationDraft) { d.Programme = "another" },
	} {
		l := draftLetter()
		change(&l.Draft)
		_, err := composer(t).ComposeDraft(l)
		require.ErrorIs(t, err, errIncomplete)
		outcome := NewMailer(composer(t), nil).SendDraft(t.Context(), l)
		require.Equal(t, forloeb.Outcome{State: forloeb.MailFailed, Code: codeNotComposed}, outcome)
	}
}

// It goes over the same line as every mail.
func TestTheMailAboutADraftIsSent(t *testing.T) {
	b, port := serve(t, nil, false)
	require.Equal(t, forloeb.Outcome{State: forloeb.MailSent}, NewMailer(composer(t), sender(t, local(port))).SendDraft(t.Context(), draftLetter()))
	require.Len(t, b.taken(), 1)
}
