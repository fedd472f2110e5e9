package main

import (
	"context"
	"fmt"
	"net/http"
	"strings"
	"time"

	"example.dk/spark/internal/forloeb"
)

// hospital is the regional workplace of the demo.
var hospital = application{
	workplace: "Afdeling 7", employees: forloeb.Employees50To99,
	leader: person{"Ida Krogh", "ida.krogh@example.dk"}, title: "Afdelingssygeplejerske",
	rep: person{"Jonas Fisker", "jonas.fisker@example.dk"}, role: forloeb.RoleTR,
	themes:    []string{string(forloeb.ThemeViolenceOffences)},
	situation: "Vi oplever flere trusler i vagterne og vil gøre det samme, når det sker.",
}

// regionalCourse is a forløb of the regional programme, by one of its
// providers.
type regionalCourse struct {
	*course
	provider forloeb.Provider
	atTheirs program // the provider's own
	atDesk   program // the expert's own
}

// openProviders are those that can be applied to now.
func openProviders() []forloeb.Provider {
	programme, _ := forloeb.ProgrammeByCode(forloeb.Regional)
	return programme.OpenProviders(time.Now())
}

// providerNamed finds one of them by the name people use.
func providerNamed(name string) (forloeb.Provider, error) {
	var names []string
	for _, p := range openProviders() {
		if strings.EqualFold(p.Name, name) {
			return p, nil
		}
		names = append(names, p.Name)
	}
	return forloeb.Provider{}, fmt.Errorf("--provider is one of %s", strings.Join(names, ", "))
}

// playRegional plays one such forløb, from the opening of the programme to the
// evaluation.
func (d *demo) playRegional(ctx context.Context, provider forloeb.Provider) error {
	if err := d.prepare(ctx); err != nil {
		return err
	}
	r := &regionalCourse{course: d.course(ctx, hospital), provider: provider}
	r.programme = forloeb.Regional
	start := time.Now()
	d.out.chapter("Et forløb i regionerne", fmt.Sprintf("Afdeling 7 på et hospital søger ekspertrådgivning hos %s, som selv vælger, hvem der kommer.", provider.Name),
		"A regional forløb; its provider chooses the expert.", start, forloeb.AddMonths(start, 6))
	for _, part := range []func(){r.opens, r.applies, r.agree, r.choose, r.meet, r.evaluate} {
		if part(); r.err != nil {
			return r.err
		}
	}
	fmt.Fprintf(d.out.w, "\n%d mails sendt, 0 glemt.\nTid: %s\n", len(r.mails.rows), time.Since(d.began).Round(time.Second))
	return nil
}

// opens: the agreement is over, so Anna opens the programme first.
func (r *regionalCourse) opens() {
	var closed string
	r.do(func() error {
		p, err := r.outside.open(r.ctx, "/ansoegning/regional")
		if err != nil {
			return err
		}
		if closed = readable(p.Find(`[data-test-id="closed"] .alert-text`)); closed == "" {
			return differs("at der ikke kan søges endnu", "en åben ansøgning")
		}
		return nil
	})
	r.act(r.anna, http.MethodPost, "programmes/regional/intake", map[string]any{"state": forloeb.IntakeOpen})
	r.do(func() error {
		r.out.step(time.Now(), "Aftalen om programmet er udløbet, og siden siger det. Anna åbner for ansøgninger.", "The secretariat opens the programme.",
			"Siden sagde: »"+closed+"«")
		return nil
	})
}

func (r *regionalCourse) applies() {
	r.applyBy("/ansoegning/regional", func(f *form) {
		for _, e := range r.terms().Exclusions {
			f.fill("exclusions-"+string(e.Code), "no")
		}
		f.fill("region", "midtjylland").fill("unit_type", string(forloeb.UnitHospital)).fill("provider", string(r.provider.Code)).fill("body", string(forloeb.LocalMED))
	})
	r.tell(r.asked(r.leader), "Ida Krogh svarer nej til det, rådgivningen ikke er til for, og søger sammen med Jonas Fisker, TR.",
		"Leader applies; two mails at once.")
}

func (r *regionalCourse) agree() {
	r.at(forloeb.NextWorkingDayAt(r.state.Now, 10, 0))
	at := r.bothAgree()
	r.stands(forloeb.AwaitingConsultant)
	r.tell(at, "Begge siger ja. Nu venter de på udbyderen, og ingen bliver valgt af sig selv.", "Both agree; the provider is to choose.", r.sees(r.rep))
}

// choose lets the provider give the forløb to its expert.
func (r *regionalCourse) choose() {
	at := forloeb.NextWorkingDayAt(r.state.Now, 9, 20)
	r.at(at)
	r.do(func() error {
		secret, err := r.stack.api.store.CreateTokenFor(r.ctx, forloeb.Principal{Role: forloeb.RoleProvider, Provider: r.provider.Code, Name: "demo: " + r.provider.Name}, time.Hour)
		r.atTheirs = program{r.outside, secret}
		return err
	})
	r.post(r.atTheirs, "assignment", map[string]any{"consultant": r.firstExpert()})
	r.given(at)
	r.do(func() (err error) {
		r.atDesk, err = r.consultant(r.ctx, r.state.Consultant.ID)
		return err
	})
	r.tell(at, fmt.Sprintf("%s vælger %s blandt sine egne eksperter.", r.provider.Name, r.taken.name), "The provider chooses.", r.sees(r.leader))
}

// firstExpert is one of those whom the provider sees, who are its own alone.
func (r *regionalCourse) firstExpert() (id string) {
	r.do(func() error {
		var list struct {
			Items []struct {
				ID       string
				Provider forloeb.ProviderCode
			}
		}
		if err := r.atTheirs.call(r.ctx, http.MethodGet, "consultants", nil, &list); err != nil {
			return err
		}
		for _, expert := range list.Items {
			if id = expert.ID; expert.Provider != r.provider.Code {
				return differs("at "+r.provider.Name+" kun ser sine egne eksperter", "også andres")
			}
		}
		if id == "" {
			return differs("at "+r.provider.Name+" har en ekspert", "ingen")
		}
		return nil
	})
	return id
}

func (r *regionalCourse) meet() {
	both := []person{r.leader, r.rep}
	noted := r.state.Now
	for number := 1; number <= r.terms().Types[0].Meetings; number++ {
		noted = r.meets(r.atDesk, number, noted, both)
	}
	r.stands(forloeb.AwaitingEvaluation)
	told := nextMorning(noted)
	r.at(told)
	r.expect(kindLastMeetingWas, told, "", both...)
	r.tell(told, "De mødes fire gange.", "Four meetings.", r.sees(r.rep))
}

// evaluate: both answer three months after the last meeting.
func (r *regionalCourse) evaluate() {
	meetings := r.state.Meetings.List
	due := evaluationDate(meetings[len(meetings)-1].StartsAt.Add(meetingHours))
	r.at(due)
	r.stands(forloeb.Evaluating)
	r.expect(kindAskedResult, due, "", r.leader, r.rep)
	for _, p := range []person{r.leader, r.rep} {
		at := r.state.Now
		r.evaluates(p)
		r.expect(kindGotResult, at, "", p)
	}
	r.stands(forloeb.Completed)
	r.tell(due, "Tre måneder efter det sidste møde svarer begge på spørgeskemaet. Forløbet er slut.", "Both evaluate; completed.", r.sees(r.leader))
}
