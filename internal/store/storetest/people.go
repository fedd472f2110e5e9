package storetest

import (
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// Actors of the tests.
var (
	Applicant = forloeb.Actor{Kind: forloeb.ActorApplicant}
	Secretary = forloeb.Actor{Kind: forloeb.ActorSecretary, ID: "test"}
)

var people atomic.Int64

// Submission is a valid application from people nobody else has.
func Submission() forloeb.Submission {
	n := people.Add(1)
	return forloeb.Submission{
		Programme: forloeb.Spark, Type: forloeb.Individual, StartedBy: forloeb.StartedByLeader,
		Municipality: "751", Workplace: "Tranemoseskolen", Sector: forloeb.SectorSchool, Employees: forloeb.Employees50To99, Body: forloeb.Trio,
		Leader:    forloeb.Contact{Name: "Mette Holm", Title: "Skoleleder", Email: fmt.Sprintf("mette.holm.%d@example.dk", n), Phone: "70 00 00 01"},
		Rep:       forloeb.Representative{Name: "Amir Dahl", Role: forloeb.RoleTR, Email: fmt.Sprintf("amir.dahl.%d@example.dk", n)},
		Themes:    []forloeb.ThemeCode{forloeb.ThemeCooperation, forloeb.ThemeViolence},
		Situation: "Vi har fået ny ledelse, og samarbejdet er svært.", ChangeGoal: "Vi vil tale sammen igen.", Tried: "Vi har holdt to møder.", Timing: "Helst efter jul.",
		Declared: true,
	}
}

// Regional makes the application one to NFA from a region's workplace.
func Regional(s *forloeb.Submission) {
	s.Programme, s.Type, s.Body = forloeb.Regional, forloeb.ExpertAdvice, forloeb.LocalMED
	s.Municipality, s.Sector = "", ""
	s.Region, s.UnitType, s.Provider = "midtjylland", forloeb.UnitHospital, forloeb.ProviderNFA
	s.Workplace, s.Themes = "Afdeling 7", []forloeb.ThemeCode{forloeb.ThemeViolenceOffences}
	s.Exclusions = map[forloeb.ExclusionCode]bool{forloeb.ExcludedNotice: false, forloeb.ExcludedCrisis: false, forloeb.ExcludedPersonal: false}
}

// Apply sends an application and returns its forløb.
func (e *Env) Apply(change ...func(*forloeb.Submission)) uuid.UUID {
	e.t.Helper()
	ctx, cancel := within()
	defer cancel()
	s := Submission()
	for _, c := range change {
		c(&s)
	}
	require.Empty(e.t, s.Check(time.Now()))
	created, err := e.API.Create(ctx, s.Clean(), uuid.NewString(), Applicant)
	require.NoError(e.t, err)
	return created.ID
}

// ApplyAt applies at a virtual time, and winds the forløb's clock there.
func (e *Env) ApplyAt(at time.Time, change ...func(*forloeb.Submission)) uuid.UUID {
	e.t.Helper()
	id := e.Apply(change...)
	e.Exec(`update forloeb set created_at = $2, status_since = $2 where id = $1`, id, at)
	for _, table := range []string{"applications", "acts", "forloeb_events"} {
		e.Exec(`update `+table+` set at = $2 where forloeb_id = $1`, id, at)
	}
	e.Wind(id, at)
	return id
}

// Wind sets a forløb's own clock.
func (e *Env) Wind(id uuid.UUID, at time.Time) {
	e.t.Helper()
	e.Exec(`update forloeb set clock_offset = make_interval(secs => extract(epoch from $2 - clock_timestamp())::double precision) where id = $1`, id, at)
}

// Now is the time on a forløb's own clock.
func (e *Env) Now(id uuid.UUID) time.Time {
	e.t.Helper()
	ctx, cancel := within()
	defer cancel()
	now, err := e.API.Now(ctx, id)
	require.NoError(e.t, err)
	return now.Truncate(time.Microsecond)
}

// Policy changes the rules of one forløb.
func (e *Env) Policy(id uuid.UUID, change func(*forloeb.Policy)) {
	e.t.Helper()
	p := e.Read(id).Policy
	change(&p)
	document, err := json.Marshal(p)
	require.NoError(e.t, err)
	e.Exec(`update forloeb set policy = $2 where id = $1`, id, document)
}

// Consultant adds one who takes every theme everywhere.
func (e *Env) Consultant(name string, capacity int) uuid.UUID {
	e.t.Helper()
	id := uuid.New()
	e.Exec(`insert into consultants (id, name, email, themes, regions, capacity) values ($1, $2, $3, $4, $5, $6)`,
		id, name, fmt.Sprintf("consultant.%d@example.dk", people.Add(1)), pq.Array(allThemes()), pq.Array(allRegions()), capacity)
	return id
}

// Expert adds a provider's, who takes every theme everywhere.
func (e *Env) Expert(name string, provider forloeb.ProviderCode, capacity int) uuid.UUID {
	e.t.Helper()
	id := e.Consultant(name, capacity)
	e.Exec(`update consultants set provider = $2 where id = $1`, id, provider)
	return id
}

func allThemes() (codes []string) {
	for _, p := range forloeb.Programmes {
		for _, t := range p.Themes {
			codes = append(codes, string(t.Code))
		}
	}
	return codes
}

func allRegions() []string {
	return append(forloeb.Regions(time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)), forloeb.Regions(time.Date(2027, 6, 1, 0, 0, 0, 0, time.UTC))...)
}

// Read is the whole forløb.
func (e *Env) Read(id uuid.UUID) *forloeb.Forloeb {
	e.t.Helper()
	ctx, cancel := within()
	defer cancel()
	f, err := e.API.Forloeb(ctx, id)
	require.NoError(e.t, err)
	return f
}

// Party is the current party of a side.
func (e *Env) Party(id uuid.UUID, side forloeb.Side) *forloeb.Party {
	e.t.Helper()
	for _, p := range e.Read(id).CurrentParties() {
		if p.Side == side {
			return p
		}
	}
	e.t.Fatalf("no current %s", side)
	return nil
}

// Do records a deed that must be legal.
func (e *Env) Do(id uuid.UUID, by forloeb.Actor, d forloeb.Deed) forloeb.Recorded {
	e.t.Helper()
	ctx, cancel := within()
	defer cancel()
	r, err := e.API.Record(ctx, id, by, d)
	require.NoError(e.t, err, "%T", d)
	return r
}

// Refused records a deed that must be illegal, and returns why.
func (e *Env) Refused(id uuid.UUID, by forloeb.Actor, d forloeb.Deed) *forloeb.Refusal {
	e.t.Helper()
	ctx, cancel := within()
	defer cancel()
	_, err := e.API.Record(ctx, id, by, d)
	var r *forloeb.Refusal
	require.ErrorAs(e.t, err, &r, "%T", d)
	return r
}

// Answer answers the application for one side.
func (e *Env) Answer(id uuid.UUID, side forloeb.Side, a forloeb.Answer) {
	e.t.Helper()
	p := e.Party(id, side)
	e.Do(id, By(p), Answer(e.Read(id), p, a))
}

// Agree answers yes for both sides.
func (e *Env) Agree(id uuid.UUID) {
	e.t.Helper()
	e.Answer(id, forloeb.Leader, forloeb.Yes)
	e.Answer(id, forloeb.Rep, forloeb.Yes)
}

// Answer is a party's complete answer to the text in force.
func Answer(f *forloeb.Forloeb, p *forloeb.Party, a forloeb.Answer) forloeb.AnswerConsent {
	return forloeb.AnswerConsent{Party: p.ID, Revision: f.Application.Revision, Answer: a,
		Signature: p.Contact.Name, Remark: "Antallet af ansatte er forkert.", Channel: forloeb.ByLink}
}

// By is a party as actor.
func By(p *forloeb.Party) forloeb.Actor {
	return forloeb.Actor{Kind: forloeb.ActorParty, ID: p.ID.String()}
}

// Book books a meeting of three hours and returns its id.
func (e *Env) Book(id uuid.UUID, start time.Time) uuid.UUID {
	e.t.Helper()
	m := uuid.New()
	e.Do(id, Secretary, forloeb.BookMeeting{Meeting: m, StartsAt: start, EndsAt: start.Add(3 * time.Hour), Place: "Lærerværelset"})
	return m
}

// Evaluation is a complete answer to the questionnaire.
func Evaluation() forloeb.Answers {
	return forloeb.Answers{Version: forloeb.QuestionnaireVersion, Choices: map[string]string{"planned": "yes", "ongoing": "yes"}, Remark: "Godt forløb."}
}
