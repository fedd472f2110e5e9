package api

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// planner is somebody at the pages of one forløb, whose clock stands where the
// test has put it.
type planner struct {
	*office
	j    jar
	id   uuid.UUID
	home string
}

// asConsultant is the consultant whose forløb it is.
func (o *office) asConsultant(id uuid.UUID) planner {
	o.t.Helper()
	return planner{o, o.loggedIn(forloeb.RoleConsultant, o.env.Read(id).Consultant().Email), id, ownAddress(id)}
}

// asSecretary is somebody of the secretariat.
func (o *office) asSecretary(id uuid.UUID) planner {
	o.t.Helper()
	return planner{o, o.loggedIn(forloeb.RoleSecretariat, "anna@example.dk"), id, casePath(id)}
}

// bothAreas runs a test as the consultant and as the secretariat.
func bothAreas(t *testing.T, set func(*office) uuid.UUID, test func(t *testing.T, p planner)) {
	for name, who := range map[string]func(*office, uuid.UUID) planner{"consultant": (*office).asConsultant, "secretariat": (*office).asSecretary} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			o := newOffice(t)
			test(t, who(o, set(o)))
		})
	}
}

func (p planner) opens(below string) answer {
	p.t.Helper()
	return p.browse(p.j, p.home+below)
}

func (p planner) sends(below string, form url.Values, more ...string) answer {
	p.t.Helper()
	for i := 0; i < len(more); i += 2 {
		form = over(form, url.Values{more[i]: {more[i+1]}})
	}
	return p.submit(p.j, p.home+below, form)
}

// filled is a form about one meeting, made of the forløb as it is now.
func (p planner) filled(date, start string) url.Values {
	form := typedTimes1(date, start, atWorkplace, "")
	form.Set(versionName, strconv.FormatInt(p.env.Read(p.id).Version, 10))
	return form
}

// echoed is what a page says back, ready to be sent on.
func (a answer) echoed() url.Values {
	a.t.Helper()
	require.Equal(a.t, http.StatusOK, a.StatusCode, a.text)
	doc, form := a.document(), url.Values{}
	for _, name := range append(carried, versionName) {
		values := sent(doc, name)
		form[name] = values[:len(values)/doc.Find("form:has([name="+versionName+"])").Length()] // once for each form
	}
	return form
}

// done is where a form leads when it has been carried out.
func (p planner) led(a answer, to string) {
	p.t.Helper()
	require.Equal(p.t, http.StatusSeeOther, a.StatusCode, a.text)
	require.Equal(p.t, p.home+to, a.Header.Get("Location"))
}

func (p planner) read() *forloeb.Forloeb { return p.env.Read(p.id) }

func TestAMeetingIsSaidBackBeforeItIsBooked(t *testing.T) {
	bothAreas(t, met, func(t *testing.T, p planner) {
		asks := p.opens("/moeder/ny")
		require.Equal(t, "Aftal møde 3", plain(asks.document().Find("h1").Text()))
		require.Equal(t, []string{"13.00"}, sent(asks.document(), "start"), "as the last one")

		echo := p.sends("/moeder/ny", p.filled(" 11/3 27", "13"), "place", "Lokale 3")
		require.Equal(t, "Torsdag den 11. marts 2027 kl. 13.00–16.00 – passer det?", plain(echo.document().Find("h1").Text()))
		require.Contains(t, part(echo.document(), "facts"), "Hos arbejdspladsen, Lokale 3")
		require.Contains(t, part(echo.document(), "effects"), "Mette Holm (leder)")
		require.Contains(t, part(echo.document(), "effects"), "»Indkaldelse til møde«")
		require.Len(t, p.read().Meetings, 2, "nothing is booked yet")

		back := p.sends("/moeder/ny", echo.echoed(), stepName, stepBack)
		require.Equal(t, http.StatusOK, back.StatusCode)
		require.Equal(t, []string{"11/3 27"}, sent(back.document(), "date"))
		require.Equal(t, []string{"Lokale 3"}, sent(back.document(), "place"))

		p.led(p.sends("/moeder/ny", echo.echoed(), stepName, stepDo), "?klar=ny")
		m := p.read().Meetings[2]
		require.True(t, at(2027, 3, 11, 13, 0).Equal(m.StartsAt))
		require.Equal(t, 3*time.Hour, m.EndsAt.Sub(m.StartsAt))
		require.Equal(t, "hos arbejdspladsen, Lokale 3", m.Place)
		p.env.Settle(p.id)
		require.Equal(t, 3, p.env.Count(`select count(*) from mails where kind = 'meeting_invitation' and ref = $1 and state = 'sent'`, m.ID))
	})
}

func TestWhatIsWrongWithATime(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.asConsultant(met(o))
	for _, c := range []struct{ name, typed, field, words string }{
		{"date", "i morgen", "date-1", "Skriv datoen som 11-3-2027."},
		{"date", "20/12", "date-1", "Skriv datoen som 11-3-2027."},
		{"date", "", "date-1", "Skriv datoen som 11-3-2027."},
		{"date", "1-12-2026", "date-1", "Tirsdag den 1. december 2026 kl. 13.00 er allerede gået. Er mødet holdt, så vælg »Notér et møde, der er holdt«."},
		{"date", "12-1-2027", "date-1", "Der er allerede et møde i kalenderen tirsdag den 12. januar 2027."},
		{"start", "middag", "start-1", "Skriv tiden som 13.00."},
		{"start", "24.00", "start-1", "Skriv tiden som 13.00."},
		{"length", "", "length-1", "Vælg, hvor længe mødet varer."},
		{"length", "-30", "length-1", "Vælg, hvor længe mødet varer."},
		{"length", "601", "length-1", "Vælg, hvor længe mødet varer."},
		{"where", "", "where", "Vælg, hvor mødet er."},
		{"where", atOther, "place", "Skriv, hvor mødet er."},
		{"where", atOnline, "place", "Indsæt linket til mødet. Det begynder med https://."},
		{"place", strings.Repeat("å", 203), "place", "Teksten er 3 tegn for lang. Forkort den til 200 tegn."},
		{"place", "Spørg 010203-1234", "place", "Fjern det, der ligner et CPR-nummer (linje 1). Skriv heller ikke navne."},
	} {
		got := p.sends("/moeder/ny", p.filled("11-3-2027", "13.00"), c.name, c.typed)
		require.Equal(t, http.StatusUnprocessableEntity, got.StatusCode, "%s %q", c.name, c.typed)
		require.Contains(t, got.mistake(c.field), c.words)
		if c.name != "where" && c.name != "length" {
			require.Equal(t, []string{c.typed}, sent(got.document(), c.name), "kept as it was typed")
		}
	}
	require.Len(t, p.read().Meetings, 2)
}

// What speaks against a time is ticked off, each thing by itself, or the time
// is another.
func TestConcernsAreTickedOff(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.asConsultant(met(o))
	o.env.Exec(`insert into leaves (consultant_id, days) values ($1, '[2027-03-24,2027-03-26]')`, p.read().Consultant().ID)
	form := p.filled("25-3-2027", "19.30") // Maundy Thursday, in the evening, in a holiday

	echo := p.sends("/moeder/ny", form)
	ticks := echo.document().Find("[name=sure-1]")
	require.Equal(t, 3, ticks.Length(), echo.text)
	for _, words := range []string{"Torsdag den 25. marts 2027 er skærtorsdag.", "Mødet ligger kl. 19.30–22.30.", "Du har ferie til og med fredag den 26. marts 2027."} {
		require.Contains(t, part(echo.document(), "sure-1-group"), words)
	}
	var all []string
	for i := range ticks.Nodes {
		all = append(all, ticks.Eq(i).AttrOr("value", ""))
	}
	sure := func(ticked ...string) url.Values { return over(form, url.Values{"sure-1": ticked, stepName: {stepDo}}) }
	for _, ticked := range [][]string{nil, all[:2], {"holiday", "odd_hours", "leave"}} {
		got := p.sends("/moeder/ny", sure(ticked...))
		require.Equal(t, http.StatusUnprocessableEntity, got.StatusCode)
		require.Contains(t, got.mistake("sure-1"), notTicked)
	}
	kept := p.sends("/moeder/ny", sure(all[0])).document()
	require.Equal(t, []string{all[0]}, sent(kept, "sure-1"), "what was ticked stays")
	require.Len(t, p.read().Meetings, 2)

	another := over(sure(all...), url.Values{"date": {"26-3-2027"}})
	require.Equal(t, http.StatusUnprocessableEntity, p.sends("/moeder/ny", another).StatusCode, "ticked for another day")
	p.led(p.sends("/moeder/ny", sure(all...)), "?klar=ny")
	require.Len(t, p.read().Meetings, 3)

	o.env.Settle(p.id)
	secretary := o.asSecretary(p.id)
	echo = secretary.sends("/moeder/ny", secretary.filled("26-3-2027", "9"))
	require.Contains(t, part(echo.document(), "sure-1-group"), "Konsulenten har ferie")
}

func TestASeriesIsBookedWholeOrNotAtAll(t *testing.T) {
	bothAreas(t, planned, func(t *testing.T, p planner) {
		proposal := p.opens("/moeder/foreslaa")
		require.Equal(t, "Passer datoerne?", plain(proposal.document().Find("h1").Text()))
		require.Zero(t, proposal.document().Find("[name^=sure]").Length(), "nothing speaks against what is proposed")
		form := proposal.echoed()
		require.Len(t, form["date"], 4)

		changed := p.sends("/moeder/foreslaa", form, stepName, stepBack)
		require.Equal(t, form["date"], sent(changed.document(), "date"), "each can be changed")

		clash := over(form, url.Values{"date": {form["date"][0], form["date"][0], form["date"][2], form["date"][3]}, stepName: {stepDo}})
		got := p.sends("/moeder/foreslaa", clash)
		require.Equal(t, http.StatusUnprocessableEntity, got.StatusCode, got.text)
		require.Contains(t, got.mistake("date-2"), "Der er allerede et møde i kalenderen")
		require.Empty(t, p.read().Meetings, "none of them")

		tooMany := over(form, url.Values{"date": append(form["date"], "1-12-2027"), "start": append(form["start"], "9"), "length": append(form["length"], "60"), stepName: {stepDo}})
		got = p.sends("/moeder/foreslaa", tooMany)
		require.Equal(t, http.StatusConflict, got.StatusCode)
		require.Contains(t, part(got.document(), "conflict"), "Giv flere møder med en grund")
		require.Empty(t, p.read().Meetings)

		fewer := over(form, url.Values{"date": {form["date"][0], "", form["date"][2], form["date"][3]}})
		echo := p.sends("/moeder/foreslaa", fewer)
		require.Contains(t, part(echo.document(), "send"), "Aftal tre møder")
		p.led(p.sends("/moeder/foreslaa", echo.echoed(), stepName, stepDo), "?klar=foreslaa")
		p.env.Settle(p.id)
		f := p.read()
		require.Len(t, f.Meetings, 3)
		require.Equal(t, forloeb.InProgress, f.Status)
		require.Equal(t, "hos arbejdspladsen", f.Meetings[0].Place)
		require.Equal(t, 9, p.env.Count(`select count(*) from mails where kind = 'meeting_invitation' and state = 'sent'`))
	})
}

func TestOtherDatesAreProposed(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.asConsultant(planned(o))
	first := p.opens("/moeder/foreslaa").echoed()
	wish := func(more ...string) answer {
		return p.sends("/moeder/foreslaa", first, append([]string{stepName, stepPropose}, more...)...)
	}
	friday := wish(wishFrom, "1-2-2027", wishWeekday, "5", wishClock, "12.30").echoed()
	require.Len(t, friday["date"], 4)
	for i, date := range friday["date"] {
		day, err := forloeb.ParseDate(date)
		require.NoError(t, err)
		require.Equal(t, time.Friday, day.Weekday())
		require.True(t, day.After(at(2027, 2, 1, 0, 0)))
		require.Equal(t, "12.30", friday["start"][i])
	}
	wrong := wish(wishFrom, "snart", wishClock, "tidligt")
	require.Equal(t, http.StatusUnprocessableEntity, wrong.StatusCode)
	require.Equal(t, "Fejl: Skriv datoen som 11-3-2027.", wrong.mistake(wishFrom))
	require.Equal(t, "Fejl: Skriv tiden som 13.00.", wrong.mistake(wishClock))
	require.Equal(t, first["date"], sent(wrong.document(), "date")[:4])
	nowhere := wish(wishClock, "21.00")
	require.Contains(t, part(nowhere.document(), "note"), "Der er ingen ledige datoer, der passer til det")
	require.Equal(t, first["date"], nowhere.echoed()["date"], "as before")

	o.env.Exec(`insert into leaves (consultant_id, days) values ($1, '[2027-01-20,2027-12-31]')`, p.read().Consultant().ID)
	require.Contains(t, part(p.opens("/moeder/foreslaa").document(), "note"), "Der er kun plads til ét møde inden for tre måneder. Aftal resten senere.")
	o.env.Exec(`update leaves set days = '[2026-11-20,2027-12-31]'`)
	none := p.opens("/moeder/foreslaa")
	require.Contains(t, none.text, "Vi kan ikke finde ledige datoer i kalenderen de næste tre måneder.")
	require.Equal(t, []string{"", "", "", ""}, sent(none.document(), "date"))
}

func TestAllMeetingsArePlanned(t *testing.T) {
	bothAreas(t, after(planned, func(o *office, id uuid.UUID) {
		for i := range 4 {
			o.env.Book(id, at(2027, 1, 11+i, 13, 0))
		}
	}), func(t *testing.T, p planner) {
		got := p.opens("/moeder/ny")
		got.message(http.StatusConflict, "Giv flere møder")
		require.Equal(t, p.home+"/flere-moeder", got.document().Find(`main a:contains("Giv flere møder")`).AttrOr("href", ""))
		require.Equal(t, http.StatusOK, p.opens("/flere-moeder").StatusCode)
		p.env.Do(p.id, storetest.Secretary, forloeb.GrantExtra{N: 2, Reason: "x"})
		p.env.Settle(p.id)
		require.Equal(t, "Aftal møde 5", plain(p.opens("/moeder/ny").document().Find("h1").Text()))
		for i := range 2 {
			p.env.Book(p.id, at(2027, 1, 18+i, 13, 0))
		}
		p.opens("/moeder/ny").message(http.StatusConflict, "Et individuelt forløb kan have højst seks møder.")
	})
}

func TestAMeetingIsMoved(t *testing.T) {
	bothAreas(t, met, func(t *testing.T, p planner) {
		m := p.read().Meetings[1]
		rep := p.env.Party(p.id, forloeb.Rep)
		p.env.Do(p.id, storetest.By(rep), forloeb.AskOtherTime{Party: rep.ID, Meeting: m.ID, StartsAt: m.StartsAt, Text: "Hellere fredag."})
		p.env.Settle(p.id)
		move := "/moeder/" + m.ID.String() + "/flyt"
		asks := p.opens(move)
		require.Contains(t, asks.text, "Begge får en ny indkaldelse, som afløser den gamle.")
		require.Contains(t, part(asks.document(), "remarks"), "Amir Dahl (medarbejderrepræsentant) bad om et andet tidspunkt")
		require.Contains(t, part(asks.document(), "remarks"), "Hellere fredag.")
		require.Equal(t, []string{"12-1-2027"}, sent(asks.document(), "date"))

		same := over(p.filled("12-1-2027", "13.00"), url.Values{"where": {atOther}, "place": {m.Place}})
		require.Contains(t, p.sends(move, same).mistake("date-1"), "Mødet ligger der allerede.")
		echo := p.sends(move, p.filled("15-1-2027", "9"))
		require.Contains(t, part(echo.document(), "facts"), "Tirsdag den 12. januar 2027 kl. 13.00–16.00")
		p.led(p.sends(move, echo.echoed(), stepName, stepDo), "?klar=flyt")
		p.env.Settle(p.id)
		f := p.read()
		moved := f.Meeting(m.ID)
		require.True(t, at(2027, 1, 15, 9, 0).Equal(moved.StartsAt))
		require.Equal(t, 1, moved.Sequence)
		require.Equal(t, workplaceWords, moved.Place)
		require.Empty(t, f.OtherTimesAsked(moved, p.env.Now(p.id)), "the wish is met")
		require.Equal(t, 3, p.env.Count(`select count(*) from mails where kind = 'meeting_moved' and state = 'sent'`))
	})
}

func TestAMeetingIsCancelled(t *testing.T) {
	bothAreas(t, met, func(t *testing.T, p planner) {
		m := p.read().Meetings[1]
		cancel := "/moeder/" + m.ID.String() + "/aflys"
		asks := p.opens(cancel)
		require.Contains(t, part(asks.document(), "effects"), "Mødet tirsdag den 12. januar 2027 kl. 13.00 bliver aflyst, og Mette Holm (leder)")
		p.led(p.sends(cancel, url.Values{"reason": {"Sygdom."}}), "?klar=aflys")
		p.env.Settle(p.id)
		require.Equal(t, forloeb.Cancelled, p.read().Meeting(m.ID).State)
		p.opens(cancel).message(http.StatusConflict, "Mødet står ikke længere som aftalt")
		p.opens("/moeder/"+m.ID.String()+"/flyt").message(http.StatusConflict, "Mødet står ikke længere som aftalt")
		p.opens("/moeder/"+m.ID.String()+"/noter").message(http.StatusConflict, "Mødet står ikke længere som aftalt")
	})
}

func TestAMeetingThatWasNotBookedIsWrittenDown(t *testing.T) {
	bothAreas(t, met, func(t *testing.T, p planner) {
		p.env.SettleAt(p.id, at(2027, 1, 5, 12, 0))
		for date, words := range map[string]string{
			"1-11-2026": "Et møde kan noteres op til 60 dage efter.", "6-1-2027": "Mødet er ikke begyndt endnu", "8-12-2026": "Der er allerede et møde i kalenderen",
		} {
			require.Contains(t, p.sends("/moeder/noter", p.filled(date, "13.00")).mistake("date-1"), words)
		}
		echo := p.sends("/moeder/noter", p.filled("4-1-2027", "13.00"))
		require.Contains(t, part(echo.document(), "effects"), "Ingen får en mail.")
		before := p.env.Count(`select count(*) from mails`)
		done := p.sends("/moeder/noter", echo.echoed(), stepName, stepDo)
		m := p.read().Meetings[1]
		require.Equal(t, forloeb.Held, m.State)
		p.led(done, "/moeder/"+m.ID.String()+"/noter?klar=noter")
		p.env.Settle(p.id)
		require.Equal(t, before, p.env.Count(`select count(*) from mails`))
		said := p.browse(p.j, done.Header.Get("Location"))
		require.Contains(t, part(said.document(), "just-done"), "Mødet er noteret.")
		require.Contains(t, part(said.document(), "next"), "2 af 4 møder er holdt. Møde 3 er tirsdag den 12. januar 2027 kl. 13.00–16.00.")
	})
}

// Complaint K19.
func TestAColleagueWasFirst(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.asConsultant(met(o))
	echo := p.sends("/moeder/ny", p.filled("11-3-2027", "13.00")).echoed()
	booked := o.env.Book(p.id, at(2027, 2, 11, 13, 0))
	o.env.Settle(p.id)
	got := p.sends("/moeder/ny", echo, stepName, stepDo)
	require.Equal(t, http.StatusConflict, got.StatusCode)
	require.Contains(t, part(got.document(), "conflict"), "Sekretariatet ændrede sagen")
	require.Equal(t, []string{"11-3-2027"}, sent(got.document(), "date"), "what was typed is here still")
	require.Len(t, p.read().Meetings, 3)

	told := over(echo, url.Values{versionName: sent(got.document(), versionName)})
	p.led(p.sends("/moeder/ny", told, stepName, stepDo), "?klar=ny")
	require.Equal(t, booked, p.read().Meetings[2].ID, "the colleague's stands")
	require.Len(t, p.read().Meetings, 4)
}

// An error on the way does not hide what a colleague did meanwhile.
func TestAColleagueWasFirstAndAMistakeCameBetween(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.asConsultant(met(o))
	form := p.filled("11-3-2027", "middag")
	o.env.Book(p.id, at(2027, 2, 11, 13, 0))
	o.env.Settle(p.id)
	wrong := p.sends("/moeder/ny", form)
	again := over(form, url.Values{"start": {"13"}, versionName: sent(wrong.document(), versionName), stepName: {stepDo}})
	require.Equal(t, http.StatusConflict, p.sends("/moeder/ny", again).StatusCode)
}

func TestATypedTimeSurvivesALogin(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	p := o.asConsultant(met(o))
	o.Server.now = func() time.Time { return time.Now().Add(time.Hour) }
	away := p.sends("/moeder/ny", p.filled("11-3-2027", "13.00"), "place", "Lokale 3", stepName, stepDo)
	require.Contains(t, away.Header.Get("Location"), LoginPath+"?gemt=1")
	require.Len(t, p.read().Meetings, 2)
	email := p.read().Consultant().Email
	identity := forloeb.Identity{Issuer: "test", Subject: "again", Name: "Karen Lund", Email: email, Role: forloeb.RoleConsultant}
	o.login.identity = &identity
	o.env.Get(&identity.Subject, `select subject from staff where email = $1`, email)
	require.Equal(t, http.StatusSeeOther, o.logIn(p.j, forloeb.Principal{}, "/").StatusCode)
	back := p.opens("/moeder/ny")
	require.Equal(t, "Det, du skrev, er her stadig. Intet er sendt endnu.", part(back.document(), "restored"))
	require.Equal(t, []string{"Lokale 3"}, sent(back.document(), "place"))
	require.Equal(t, []string{"11-3-2027"}, sent(back.document(), "date"))
}

// Complaint K20.
func TestMeetingsOfOthersAreNotThere(t *testing.T) {
	t.Parallel()
	o := newOffice(t)
	id, other := met(o), met(o)
	p := o.asSecretary(id)
	stranger := o.env.Read(other).Meetings[1].ID.String()
	for _, meeting := range []string{stranger, uuid.NewString(), "x"} {
		for _, what := range []string{"flyt", "aflys", "noter"} {
			p.opens("/moeder/"+meeting+"/"+what).message(http.StatusNotFound, "Siden findes ikke")
			p.sends("/moeder/"+meeting+"/"+what, url.Values{heldName: {"ja"}}).message(http.StatusNotFound, "Siden findes ikke")
		}
	}
	bo := planner{o, o.loggedIn(forloeb.RoleConsultant, o.consultant("Bo Skov")), id, ownAddress(id)}
	for _, below := range []string{"/moeder/ny", "/moeder/foreslaa", "/moeder/noter", "/moeder/" + o.env.Read(id).Meetings[1].ID.String() + "/noter"} {
		bo.opens(below).message(http.StatusNotFound, "Du har ikke adgang, eller sagen findes ikke")
	}
}

// consultant is the address of a new one.
func (o *office) consultant(name string) (email string) {
	o.t.Helper()
	id := o.env.Consultant(name, 3)
	o.env.Get(&email, `select email from consultants where id = $1`, id)
	return email
}
