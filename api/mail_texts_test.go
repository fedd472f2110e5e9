package api

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

var yesPage = mailTextAddress(forloeb.Spark, forloeb.MailAnswerYes)

// words sends the form of the mail's sentences.
func (d *desk) words(act, version, opening, closing string) answer {
	d.t.Helper()
	return d.submit(d.sec, yesPage, url.Values{"act": {act}, versionName: {version}, "opening": {opening}, "closing": {closing}})
}

// changes saves the opening in other words.
func (d *desk) changes(version, opening string) answer {
	d.t.Helper()
	return d.words("save", version, opening, "Ring til os, hvis noget er forkert.")
}

// The secretariat sees the mail with other words before it saves them, and
// what was said before is still there.
func TestTheSecretariatWordsAMail(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	require.Equal(t, mailTextsPath, d.opens(mailLogPath).Find("[data-test-id=mail-texts]").AttrOr("href", ""))
	list := d.opens(mailTextsPath)
	require.Equal(t, len(forloeb.MailKinds), list.Find("[data-test-id=mail-texts] tbody tr").Length())
	require.NotContains(t, list.Text(), "Version 1")

	shown := d.words("show", "0", "Mange tak for dit ja {tidspunkt}.", "Ring.")
	require.Equal(t, http.StatusOK, shown.StatusCode)
	require.Contains(t, part(shown.document(), "sample-text"), "Mange tak for dit ja tirsdag den 24. november 2026 kl. 9.10.")
	require.NotEmpty(t, part(shown.document(), "unsaved"))
	require.Contains(t, d.opens(yesPage).Find("#opening").Text(), "Vi har modtaget dit ja {tidspunkt}.", "nothing is saved")

	saved := d.changes("0", " Mange tak\r\nfor dit ja {tidspunkt}. ")
	require.Equal(t, withDone(yesPage, doneText), saved.Header.Get("Location"))
	page := d.opens(withDone(yesPage, doneText))
	require.Contains(t, page.Text(), "Gælder mails, der bliver sendt fra nu af.")
	require.Equal(t, "Mange tak for dit ja {tidspunkt}.", page.Find("#opening").Text())
	require.Contains(t, said(page, "history"), "Version 1")
	require.Contains(t, d.opens(mailTextsPath).Text(), "Version 1")
	require.NotContains(t, d.opens(mailTextsOf(forloeb.Regional)).Text(), "Version 1", "the other programme has its own")
	require.Equal(t, withDone(yesPage, doneTextSame), d.changes("1", "Mange tak for dit ja {tidspunkt}.").Header.Get("Location"))
	require.Equal(t, 1, d.env.Count(`select count(*) from mail_texts`))
	require.Equal(t, 1, d.env.Count(`select count(*) from mail_texts t join staff s on s.id::text = t.actor_id where s.email = 'sec@example.dk' and t.sentences = '{"opening": "Mange tak for dit ja {tidspunkt}."}'`),
		"only what is in other words, and who wrote it")
}

func TestAMailCannotLoseWhatItFillsIn(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	for words, why := range map[string]string{
		"Tak for dit ja.":                    "{tidspunkt} skal stå i mailen.",
		"":                                   "Skriv en sætning. Den kan ikke være tom.",
		"Tak {tidspunkt} {navn}.":            "Mailen kender ikke {navn}. Skriv det uden { og }.",
		"Tak {tidspunkt} 010203-1234.":       "Det ligner et CPR-nummer. Skriv det uden.",
		"Tak {tidspunkt} https://x.dk":       "Skriv ikke adresser på nettet. Mailens eget link står der allerede.",
		"{tidspunkt}" + longWords():          "Sætningen er 1 tegn for lang.",
		`{tidspunkt} <script>x</script>{{1}`: "Mailen kender ikke {1}. Skriv det uden { og }.",
	} {
		for _, act := range []string{"save", "show"} {
			a := d.words(act, "0", words, "Ring.")
			require.Equal(t, http.StatusUnprocessableEntity, a.StatusCode, words)
			require.Contains(t, a.mistake("opening"), why)
			require.Equal(t, words, strings.TrimPrefix(a.document().Find("#opening").Text(), "\n"), "nothing typed is lost")
			require.Zero(t, a.document().Find("script:not([src])").Length())
		}
	}
	require.Zero(t, d.env.Count(`select count(*) from mail_texts`))
	require.Equal(t, http.StatusBadRequest, d.words("save", "x", "Tak {tidspunkt}.", "Ring.").StatusCode)
	require.Equal(t, http.StatusBadRequest, d.submit(d.sec, mailTextAddress(forloeb.Spark, forloeb.MailStopped), url.Values{versionName: {"0"}}).StatusCode, "nothing in it can be worded")
	for _, path := range []string{mailTextsPath + "/spark/weather", mailTextsPath + "/mars/answer_yes", mailTextAddress(forloeb.Regional, forloeb.MailJointStarted)} {
		require.Equal(t, http.StatusNotFound, d.browse(d.sec, path).StatusCode, path)
		require.Equal(t, http.StatusNotFound, d.submit(d.sec, path, url.Values{versionName: {"0"}}).StatusCode, path)
		require.Equal(t, http.StatusNotFound, d.submit(d.sec, path+backToPath, url.Values{versionName: {"0"}}).StatusCode, path)
	}
}

func longWords() string {
	return strings.Repeat("å", forloeb.LongestSentence+1-len("{tidspunkt}"))
}

// Two colleagues at once: the second sees what the first has saved, and loses
// nothing.
func TestTwoWordAMailAtOnce(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.changes("0", "Tak {tidspunkt}.")
	late := d.changes("0", "Mange tak {tidspunkt}.")
	require.Equal(t, http.StatusConflict, late.StatusCode)
	require.Equal(t, "Mange tak {tidspunkt}.", late.document().Find("#opening").Text())
	require.Contains(t, part(late.document(), "saved-meanwhile"), "»Tak {tidspunkt}.«")
	require.Equal(t, 1, late.document().Find("[data-test-id=saved-meanwhile]").Length())
	require.Equal(t, "1", late.document().Find("[data-test-id=text-form] [name=version]").AttrOr("value", ""))
	require.Equal(t, http.StatusSeeOther, d.changes("1", "Mange tak {tidspunkt}.").StatusCode)
}

func TestGoingBackToAVersion(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.changes("0", "Tak {tidspunkt}.")
	d.changes("1", "Mange tak {tidspunkt}.")
	back := func(seen, to string) answer {
		return d.submit(d.sec, yesPage+backToPath, url.Values{versionName: {seen}, "to": {to}})
	}
	require.Zero(t, d.opens(yesPage).Find("[data-test-id=back-to-2]").Length(), "it is in force")
	require.Equal(t, "Gå tilbage til version 1", said(d.opens(yesPage), "back-to-1"))
	require.Equal(t, http.StatusSeeOther, back("2", "1").StatusCode)
	require.Equal(t, "Tak {tidspunkt}.", d.opens(yesPage).Find("#opening").Text())
	require.Equal(t, http.StatusSeeOther, back("3", "0").StatusCode)
	require.Equal(t, "Vi har modtaget dit ja {tidspunkt}.", d.opens(yesPage).Find("#opening").Text())
	require.Equal(t, http.StatusConflict, back("2", "1").StatusCode)
	require.Equal(t, 4, d.env.Count(`select count(*) from mail_texts`), "every version stays")
	for _, wrong := range [][2]string{{"4", "9"}, {"x", "1"}, {"4", "x"}} {
		require.Equal(t, http.StatusBadRequest, back(wrong[0], wrong[1]).StatusCode)
	}

	// What was saved before the mail had this slot is left out.
	d.env.Exec(`insert into mail_texts (programme, kind, version, sentences, actor_kind, actor_id) values ('spark', 'answer_yes', 5, '{"opening": "Tak {dato}.", "closing": "Skriv."}', 'secretary', 'x')`)
	page := d.opens(yesPage)
	require.Equal(t, "Vi har modtaget dit ja {tidspunkt}.", page.Find("#opening").Text())
	require.Equal(t, "Skriv.", page.Find("#closing").Text())
	require.NotContains(t, page.Text(), "{dato}")
}

// What was typed when the login had run out is there after the next one.
func TestWordsSurviveALogin(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	d.Server.now = func() time.Time { return time.Now().Add(time.Hour) }
	away := d.changes("0", "Skrevet før frokost {tidspunkt}.")
	require.Contains(t, away.Header.Get("Location"), LoginPath+"?gemt=1")
	identity := forloeb.Identity{Issuer: "test", Subject: "again", Name: "Sekretær", Email: "sec@example.dk", Role: forloeb.RoleSecretariat}
	d.login.identity = &identity
	d.env.Get(&identity.Subject, `select subject from staff where email = 'sec@example.dk'`)
	require.Equal(t, http.StatusSeeOther, d.logIn(d.sec, forloeb.Principal{}, "/").StatusCode)
	back := d.opens(yesPage)
	require.NotEmpty(t, part(back, "restored"))
	require.Equal(t, "Skrevet før frokost {tidspunkt}.", back.Find("#opening").Text())
}

// A sample goes to whoever asks for it, in what they have typed, and saves
// nothing.
func TestASampleGoesToWhoeverAsksForIt(t *testing.T) {
	t.Parallel()
	d := newDesk(t)
	ask := func(opening, variant string) answer {
		return d.submit(d.sec, yesPage, url.Values{versionName: {"0"}, "sample": {variant}, "opening": {opening}, "closing": {"Ring."}})
	}
	require.Equal(t, "first", d.opens(yesPage).Find("[data-test-id=send-sample]").AttrOr("value", ""))
	sent := ask("Mange tak {tidspunkt}.", "first")
	require.Equal(t, http.StatusOK, sent.StatusCode)
	require.NotEmpty(t, part(sent.document(), "sent"))
	require.Equal(t, "Mange tak {tidspunkt}.", sent.document().Find("#opening").Text(), "nothing typed is lost")
	require.Equal(t, 1, d.env.Count(`select count(*) from mail_samples m join staff s on s.id = m.staff_id
		where s.email = 'sec@example.dk' and m.variant = 'first' and m.sentences = '{"opening": "Mange tak {tidspunkt}.", "closing": "Ring."}'`))
	require.Zero(t, d.env.Count(`select count(*) from mail_texts`))
	require.Zero(t, d.env.Count(`select count(*) from mails`))

	require.Equal(t, http.StatusUnprocessableEntity, ask("Tak.", "first").StatusCode)
	require.Equal(t, http.StatusBadRequest, ask("Tak {tidspunkt}.", "third").StatusCode)
	locked := d.submit(d.sec, mailTextAddress(forloeb.Spark, forloeb.MailStopped), url.Values{versionName: {"0"}, "sample": {"last"}})
	require.NotEmpty(t, part(locked.document(), "sent"))
	for range forloeb.MaxSamples - 2 {
		require.Equal(t, http.StatusOK, ask("Tak {tidspunkt}.", "last").StatusCode)
	}
	tooMany := ask("Tak {tidspunkt}.", "last")
	require.Equal(t, http.StatusTooManyRequests, tooMany.StatusCode)
	require.Contains(t, tooMany.text, "Du har fået 20 prøver den sidste time.")
	require.Equal(t, "Tak {tidspunkt}.", tooMany.document().Find("#opening").Text())
}
