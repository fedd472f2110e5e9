package main

import (
	"context"
	"net/http"
	"strings"
	"time"

	"example.dk/spark/internal/forloeb"
)

var mosevang = application{
	workplace: "Mosevang Plejecenter", municipality: "461", sector: forloeb.SectorElderly, employees: forloeb.Employees100To249,
	leader: person{"Bente Krogh", "bente.krogh@example.dk"}, title: "Centerleder",
	rep: person{"Henrik Juul", "henrik.juul@example.dk"}, role: forloeb.RoleTR,
	themes:    []string{string(forloeb.ThemeViolence)},
	situation: "Vi har haft flere episoder med beboere, og vi er usikre på, hvordan vi passer på hinanden.",
}

// declined: a no is an answer, too. The other side is told that, and not why.
func (d *demo) declined(ctx context.Context) error {
	const reason = "Vi mangler at tale med aftenholdet."
	c := d.course(ctx, mosevang)
	start := time.Now()
	d.out.chapter("Imens: Et nej er også et svar", "På Mosevang Plejecenter er de ikke enige.", "Declined, neutrally.",
		start, consentDeadline(start))
	c.apply()
	c.tell(start, "Bente Krogh søger sammen med Henrik Juul.", "Applied.")
	day := newPlan(c.asked(c.rep)).Confirmed
	c.at(day)
	c.answers(c.leader, forloeb.Yes, "")
	c.expect(kindGotYes, day, "", c.leader)
	c.settle()
	after := c.answers(c.rep, forloeb.No, reason)
	c.stands(forloeb.Declined)
	c.expect(kindGotNo, day, "", c.rep)
	c.expect(kindDeclined, day, "", c.leader)
	c.check()
	c.do(func() error { return c.hidden(reason) })
	heading := ""
	c.do(func() error {
		heading = "Henrik ser: »" + readable(after.Find("h1")) + "«"
		return nil
	})
	c.tell(day, "Medarbejderrepræsentanten siger nej. Lederen får at vide, at ansøgningen ikke er bekræftet af begge, og ikke hvorfor. Der kommer ikke flere mails.",
		"Declined; the leader is not told why.", heading, c.sees(c.leader))
	return c.err
}

// hidden: a reason is for the secretariat alone.
func (c *course) hidden(reason string) error {
	own := c.opens(c.leader, "/status/")
	if c.err != nil {
		return c.err
	}
	if strings.Contains(own.Text(), reason) {
		return differs("ingen begrundelse på lederens side", "»%s«", reason)
	}
	mails, err := c.outside.mails(c.ctx)
	if err != nil {
		return err
	}
	for _, m := range mails {
		if strings.Contains(m.Text, reason) {
			return differs("ingen begrundelse i en mail", "den i »%s«", m.Subject)
		}
	}
	return nil
}

var (
	fjordhuset = application{
		workplace: "Bofællesskabet Fjordhuset", municipality: "787", sector: forloeb.SectorSocial, employees: forloeb.Employees20To49,
		leader: person{"Grethe Nørgaard", "grethe.noergaard@example.dk"}, title: "Afdelingsleder",
		rep: person{"Ole Kjær", "ole.kjaer@example.dk"}, role: forloeb.RoleOtherElected,
		themes:    []string{string(forloeb.ThemeLoneWork)},
		situation: "Nattevagterne er alene og vil gerne have faste aftaler om at kalde hjælp.",
	}
	soehulen = application{
		workplace: "Søhulen Børnehus", municipality: "787", sector: forloeb.SectorDaycare, employees: forloeb.Employees1To19,
		leader: person{"Pia Winther", "pia.winther@example.dk"}, title: "Daglig leder",
		rep: person{"Lars Toft", "lars.toft@example.dk"}, role: forloeb.RoleAMR,
		themes:    []string{string(forloeb.ThemeLoneWork)},
		situation: "Vi åbner og lukker alene og vil finde gode rutiner for det.",
	}
)

// nobodyHasRoom: everybody who could is taken; then somebody has room.
func (d *demo) nobodyHasRoom(ctx context.Context) error {
	start := time.Now()
	d.out.chapter("Imens: Ingen har plads", "Søhulen Børnehus i Thisted søger om alenearbejde. Alle, der kan, er optaget.",
		"Nobody has room; then somebody has.", start, newsDate(start).AddDate(0, 0, 1))
	first := d.course(ctx, fjordhuset)
	first.onlyJonas()
	first.apply()
	first.given(first.bothAgree())
	first.tell(start, "Bofællesskabet Fjordhuset får Jonas Bro, og så har han ikke plads til flere.", "Jonas has one place, and it is taken.", first.sees(first.leader))
	c := d.course(ctx, soehulen)
	c.err = first.err
	c.apply()
	agreed := c.bothAgree()
	c.stands(forloeb.AwaitingConsultant)
	c.tell(agreed, "Søhulen søger, begge siger ja, og ingen kan tage forløbet.", "Nobody has room.", c.sees(c.leader))
	news := newsDate(c.state.StatusSince)
	c.at(news)
	c.stands(forloeb.AwaitingConsultant)
	c.expect(kindStillWaiting, news, "", c.leader, c.rep)
	c.tell(news, "En måned senere får begge besked om, at de ikke er glemt.", "They hear every month.", c.sees(c.rep))
	room := c.state.Now
	c.do(func() error { return d.changeConsultant(ctx, "Jonas Bro", map[string]any{"capacity": 2}) })
	c.given(room)
	c.tell(room, "Anna giver Jonas en plads mere, og Søhulen får ham samme minut.", "Anna gives Jonas another place.", c.sees(c.leader))
	d.fjordhuset = first
	return c.err
}

// onlyJonas lets Anna say that of those who drive in Nordjylland and know lone
// work, only Jonas works, and has one place.
func (c *course) onlyJonas() {
	today := time.Now().In(forloeb.Copenhagen)
	c.do(func() error {
		return c.changeConsultant(c.ctx, "Rikke Damgaard", map[string]any{"leaves": []map[string]string{
			{"from": today.Format(time.DateOnly), "to": today.AddDate(0, 6, 0).Format(time.DateOnly)},
		}})
	})
	c.act(c.anna, http.MethodPost, "consultants", map[string]any{
		"name": "Jonas Bro", "email": "jonas.bro@example.dk", "phone": "70 00 00 13", "capacity": 1,
		"regions": []string{"nordjylland"}, "themes": []string{string(forloeb.ThemeLoneWork), string(forloeb.ThemeViolence)},
	})
}

// withdrawn: the representative of Fjordhuset stops the forløb, in two steps,
// from their own page.
func (d *demo) withdrawn(ctx context.Context) error {
	c := d.fjordhuset
	c.settle()
	at := c.state.Now
	own := c.opens(c.rep, "/status/")
	c.do(func() error {
		link, found := own.Find(`[data-test-id="withdraw-link"]`).Attr("href")
		if !found {
			return differs("et link til at stoppe forløbet", "ikke noget")
		}
		p, err := c.outside.open(c.ctx, link)
		if err != nil {
			return err
		}
		_, err = p.formWith("withdraw").send(c.ctx)
		return err
	})
	c.stands(forloeb.Withdrawn)
	c.expect(kindWithdrawn, at, "", c.leader, c.rep)
	c.expect(kindCaseChanged, at, c.state.Reference, c.taken)
	c.tell(at, "Fjordhuset har fået hjælp et andet sted. Ole stopper forløbet fra sin egen side.", "Withdrawn, in two steps, by the same link.", c.sees(c.rep))
	return c.err
}

// otherWays shows the statuses that the three stories do not pass.
func (d *demo) otherWays(ctx context.Context) error {
	start := time.Now()
	d.out.chapter("Andre veje", "Fire forløb, der slutter før tid.", "Four that end early.", start, consentDeadline(start))
	for _, way := range []func(context.Context) error{d.withdrawn, d.stopped, d.rejected, d.lapsed} {
		if err := way(ctx); err != nil {
			return err
		}
	}
	return nil
}

// lapsed: nobody answers.
func (d *demo) lapsed(ctx context.Context) error {
	c := d.course(ctx, application{
		workplace: "Lindely Bibliotek", municipality: "740", sector: forloeb.SectorCulture, employees: forloeb.Employees1To19,
		leader: person{"Susanne Vang", "susanne.vang@example.dk"}, title: "Biblioteksleder",
		rep: person{"Erik Bruun", "erik.bruun@example.dk"}, role: forloeb.RoleTR,
		themes: []string{string(forloeb.ThemeWorkContent)}, situation: "Opgaverne er blevet flere, og vi er i tvivl om, hvad der er vigtigst.",
	})
	c.apply()
	deadlines := map[person]time.Time{c.leader: consentDeadline(c.asked(c.leader)), c.rep: consentDeadline(c.asked(c.rep))}
	closes := deadlines[c.leader]
	for who, deadline := range deadlines {
		c.expect(kindReminded, reminderDate(c.asked(who), 3), forloeb.Date(deadline), who)
		c.expect(kindRemindedLast, reminderDate(c.asked(who), 10), forloeb.Date(deadline), who)
		if deadline.After(closes) {
			closes = deadline
		}
	}
	c.at(closes.Add(time.Second))
	c.stands(forloeb.Lapsed)
	c.expect(kindLapsed, closes, "", c.leader, c.rep)
	c.tell(closes, "Lindely Bibliotek svarer ikke. Efter to påmindelser lukker ansøgningen.", "Lapsed after two reminders.", c.sees(c.leader))
	return c.err
}

// stopped: the secretariat ends a forløb, and says why.
func (d *demo) stopped(ctx context.Context) error {
	const reason = "Arbejdspladsen lukker til nytår."
	c := d.course(ctx, application{
		workplace: "Vejparkens Materielgård", municipality: "461", sector: forloeb.SectorTechnical, employees: forloeb.Employees20To49,
		leader: person{"Torben Lauge", "torben.lauge@example.dk"}, title: "Driftsleder",
		rep: person{"Dorte Riis", "dorte.riis@example.dk"}, role: forloeb.RoleAMR,
		themes: []string{string(forloeb.ThemeCooperation)}, situation: "To hold er lagt sammen og har hver sine vaner.",
	})
	start := time.Now()
	c.apply()
	c.given(c.bothAgree())
	c.check()
	at := c.state.Now
	c.post(c.anna, "stop", map[string]any{"reason": reason})
	c.stands(forloeb.Stopped)
	c.expect(kindStopped, at, "", c.leader, c.rep)
	c.expect(kindCaseChanged, at, c.state.Reference, c.taken)
	own := c.opens(c.leader, "/status/")
	c.tell(start, "Anna stopper et forløb og skriver hvorfor. Begrundelsen står på siden og ikke i mailen.", "Stopped by the secretariat.", c.quoted(c.leader, own, "reason"))
	return c.err
}

// rejected: while Anna assesses applications, she may say no.
func (d *demo) rejected(ctx context.Context) error {
	const reason = "Der er flere ansøgninger, end der er konsulenter til, og I har lige haft et forløb."
	c := d.course(ctx, application{
		workplace: "Jobcenter Åparken", municipality: "740", sector: forloeb.SectorEmploy, employees: forloeb.Employees100To249,
		leader: person{"Jette Mørk", "jette.moerk@example.dk"}, title: "Teamleder",
		rep: person{"Palle Sand", "palle.sand@example.dk"}, role: forloeb.RoleTR,
		themes: []string{string(forloeb.ThemeHarassment)}, situation: "Tonen over for os i receptionen er blevet hårdere.",
	})
	start := time.Now()
	d.assessed.Store(true)
	c.apply()
	d.assessed.Store(false)
	c.bothAgree()
	c.stands(forloeb.AwaitingAssessment)
	c.tell(start, "I en periode vurderer sekretariatet alle ansøgninger. Jobcenter Åparken venter på svar.", "Assessed intake: awaiting a decision.", c.sees(c.leader))
	at := c.state.Now
	c.post(c.anna, "assessment", map[string]any{"decision": "rejected", "reason": reason})
	c.stands(forloeb.Rejected)
	c.expect(kindRejected, at, "", c.leader, c.rep)
	own := c.opens(c.leader, "/status/")
	c.tell(at, "Anna giver afslag og skriver hvorfor.", "Rejected, with the reason.", c.quoted(c.leader, own, "reason"))
	return c.err
}
