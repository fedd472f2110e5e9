package api

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

var exampleBehind = uuid.MustParse("66666666-6666-4666-8666-666666666666")

func mainMEDExamples() []example {
	at := func(name, municipality string) example {
		return example{"main-med" + name, seenBy(exampleAnna, mainMEDPath, newMainMEDPage(exampleSite, testBaseURL, municipality))}
	}
	notices := func(name string, change func(*mainMEDNoticesPage)) example {
		page := newMainMEDNotices(exampleSite, []forloeb.MainMEDNotice{
			{Municipality: "740", Themes: []forloeb.ThemeCode{forloeb.ThemeChange, forloeb.ThemeLoneWork}, Workplaces: []uuid.UUID{exampleBehind, exampleBehind}},
			{Municipality: "751", Themes: []forloeb.ThemeCode{forloeb.ThemeHarassment}, Workplaces: []uuid.UUID{exampleBehind}},
		})
		change(page)
		return example{"main-med-notices" + name, seenBy(exampleAnna, mainMEDNoticePath, page)}
	}
	linked := newMainMEDPage(exampleSite, testBaseURL, "")
	linked.Notices = true
	return []example{
		at("", ""), at("-letter", "740"), {"main-med-linked", seenBy(exampleAnna, mainMEDPath, linked)},
		notices("", func(*mainMEDNoticesPage) {}),
		notices("-none", func(p *mainMEDNoticesPage) { p.List = nil }),
		notices("-changed", func(p *mainMEDNoticesPage) { p.Changed = true }),
	}
}

// The letter tells the chairs of a municipality's HovedMED what both parties
// have agreed to offer, and nothing of any workplace.
func TestE15TheChairsOfTheMainMEDGetALetter(t *testing.T) {
	page := newMainMEDPage(exampleSite, testBaseURL, "751")
	letter := said(document(t, testRenderer(t), page), "letter")
	for _, part := range []string{"formand og næstformand for HovedMED i Aarhus Kommune", "gratis", "KL og Forhandlingsfællesskabet", "TRIO'er", testBaseURL} {
		require.Contains(t, letter, part)
	}
	mail, err := url.Parse(page.MailTo())
	require.NoError(t, err)
	require.Equal(t, "mailto", mail.Scheme)
	require.Empty(t, mail.Opaque, "to nobody yet")
	query, err := url.ParseQuery(mail.RawQuery)
	require.NoError(t, err)
	require.Equal(t, letter, plain(query.Get("body")))
	require.Equal(t, page.Subject, query.Get("subject"))
	require.NotContains(t, mail.RawQuery, "+", "no space in a mail's address")

	d := newDesk(t)
	require.Equal(t, mainMEDPath, d.opens(mailLogPath).Find("[data-test-id=main-med]").AttrOr("href", ""))
	for path, letters := range map[string]int{"": 0, "?kommune=751": 1, "?kommune=999": 0} {
		require.Equal(t, letters, d.opens(mainMEDPath+path).Find("[data-test-id=letter]").Length(), path)
	}
}

// agrees is a workplace of Silkeborg that has agreed on a forløb, where its
// HovedMED may be told of the theme.
func (o *office) agrees(name string, theme forloeb.ThemeCode) {
	o.t.Helper()
	id := o.env.Apply(func(s *forloeb.Submission) {
		s.Municipality, s.Workplace, s.Themes = "740", name, []forloeb.ThemeCode{theme}
	})
	o.env.Policy(id, func(p *forloeb.Policy) { p.TellMainMED = true })
	o.env.Settle(id)
	o.env.Agree(id)
	o.env.Settle(id)
}

// Somebody reads the notice, sends it and says so; it names the municipality
// and the themes and nothing else, and nothing goes by itself.
func TestTheMainMEDIsToldOfThemes(t *testing.T) {
	d := newDesk(t)
	require.NotEmpty(t, said(d.opens(mainMEDNoticePath), "nothing"))
	d.agrees("Tranemoseskolen", forloeb.ThemeChange)
	d.agrees("Børnehuset Solen", forloeb.ThemeChange)
	require.Zero(t, d.opens(mainMEDNoticePath).Find("[data-test-id=notice]").Length(), "two could be told apart")
	d.agrees("Hjemmeplejen", forloeb.ThemeLoneWork)

	doc := d.opens(mainMEDNoticePath)
	letter := said(doc, "letter")
	for _, words := range []string{"Silkeborg Kommune", "– Forandringer og omstillinger – Alenearbejde", "Vi oplyser ikke, hvilke arbejdspladser det er."} {
		require.Contains(t, letter, words)
	}
	for _, never := range []string{"Tranemoseskolen", "Solen", "Hjemmeplejen", "Samarbejde –", "tre "} {
		require.NotContains(t, letter, never)
	}
	mail, err := url.Parse(doc.Find("[data-test-id=mail]").AttrOr("href", ""))
	require.NoError(t, err)
	query, err := url.ParseQuery(mail.RawQuery)
	require.NoError(t, err)
	require.Equal(t, letter, plain(query.Get("body")))
	require.Empty(t, mail.Opaque, "to nobody yet")

	form := asBrowsersSend(doc)
	header := d.sec.header()
	header["Content-Type"], header["Sec-Fetch-Site"] = "application/x-www-form-urlencoded", "same-origin"
	tells := func() answer {
		return d.send(request{method: http.MethodPost, path: mainMEDNoticePath, body: form.Encode(), header: header})
	}
	d.agrees("Biblioteket", forloeb.ThemeHarassment)
	late := tells()
	require.Equal(t, http.StatusConflict, late.StatusCode)
	require.NotEmpty(t, said(parsed(t, late), "changed"))
	form = asBrowsersSend(parsed(t, late))
	require.Len(t, form["workplace"], 4)
	require.Equal(t, http.StatusSeeOther, tells().StatusCode)
	require.NotEmpty(t, said(d.opens(mainMEDNoticePath), "nothing"))
	require.Equal(t, http.StatusConflict, tells().StatusCode, "once")
	for _, broken := range []url.Values{{}, {"municipality": {"740"}, "workplace": {"x"}}} {
		form = broken
		require.Equal(t, http.StatusBadRequest, tells().StatusCode)
	}
	require.Zero(t, d.opens(mainMEDPath).Find("[data-test-id=notices]").Length(), "it is off, unless SPARK's parties agree on it")
}

// Who applies is told before, where it is so, and not where it is not.
func TestThePartiesAreToldThatTheMainMEDMayBe(t *testing.T) {
	r := testRenderer(t)
	for _, on := range []bool{false, true} {
		programme := exampleProgramme()
		programme.Policy.TellMainMED = on
		for _, page := range []pageData{newApplyPage(programme, exampleApplied), newSharedApplyPage(programme, exampleApplied).list(nil), newPrivacyPage("", programme.Policy)} {
			require.Equal(t, on, document(t, r, page).Find("[data-test-id=tells-main-med]").Length() == 1)
		}
	}
	require.False(t, spark().Policy.TellMainMED)
}
