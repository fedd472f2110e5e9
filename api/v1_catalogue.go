package api

import (
	"context"
	"time"

	"example.dk/spark/internal/forloeb"
)

type programmeDocument struct {
	Code         forloeb.ProgrammeCode `json:"code"`
	Name         string                `json:"name"`
	FullName     string                `json:"full_name"`
	Audience     forloeb.Employer      `json:"audience" doc:"Whose workplaces it is for: municipal or regional"`
	Open         bool                  `json:"open" doc:"Whether it can be applied to now"`
	Periods      []periodDocument      `json:"periods" nullable:"false" doc:"What its agreements cover"`
	Providers    []providerDocument    `json:"providers" nullable:"false" doc:"Who carries it out, by the applicant's choice; none: SPARK's own consultants"`
	Exclusions   []exclusionDocument   `json:"exclusions" nullable:"false" doc:"Asked before the application; a yes refuses it"`
	Types        []typeDocument        `json:"types" nullable:"false"`
	Themes       []themeDocument       `json:"themes" nullable:"false"`
	Declarations []declarationDocument `json:"declarations" nullable:"false" doc:"What both parties say yes to"`
	Intake       intakeDocument        `json:"intake"`
}

type periodDocument struct {
	From  string `json:"from" format:"date" doc:"First day"`
	Until string `json:"until,omitempty" format:"date" doc:"Last day, where one is agreed"`
}

type providerDocument struct {
	Code     forloeb.ProviderCode `json:"code"`
	Name     string               `json:"name"`
	FullName string               `json:"full_name"`
	From     string               `json:"from" format:"date" doc:"First day it can be applied to"`
	Until    string               `json:"until,omitempty" format:"date" doc:"Last day"`
	Open     bool                 `json:"open" doc:"Whether it can be applied to now"`
}

type exclusionDocument struct {
	Code     forloeb.ExclusionCode `json:"code"`
	Question string                `json:"question" doc:"In Danish"`
	Advice   string                `json:"advice" doc:"Where to turn instead, in Danish"`
}

type typeDocument struct {
	Code   forloeb.TypeCode `json:"code"`
	Label  string           `json:"label"`
	From   string           `json:"from" format:"date" doc:"First day it can be applied for"`
	Bodies []forloeb.Body   `json:"bodies" nullable:"false"`
}

type themeDocument struct {
	Programme forloeb.ProgrammeCode `json:"programme"`
	Code      forloeb.ThemeCode     `json:"code"`
	Label     string                `json:"label"`
	Hint      string                `json:"hint"`
	From      string                `json:"from" format:"date" doc:"First day it can be applied for"`
	Until     string                `json:"until,omitempty" format:"date" doc:"Last day"`
	Open      bool                  `json:"open" doc:"Whether it can be applied for on the day asked about"`
}

type declarationDocument struct {
	Code string `json:"code"`
	Text string `json:"text" doc:"In Danish"`
}

// listOf is a whole list.
type listOf[T any] struct {
	Items []T `json:"items" nullable:"false"`
}

type listOutput[T any] struct{ Body listOf[T] }

func listed[T any](items []T) *listOutput[T] { return &listOutput[T]{listOf[T]{orEmpty(items)}} }

func (s *Server) programmes(ctx context.Context, _ *struct{}) (*listOutput[programmeDocument], error) {
	var list []programmeDocument
	for _, p := range forloeb.Programmes {
		list = append(list, newProgrammeDocument(p, s.decision(ctx, p.Code), s.now()))
	}
	return listed(list), nil
}

func newProgrammeDocument(p forloeb.Programme, decided forloeb.IntakeDecision, at time.Time) programmeDocument {
	intake := newIntakeDocument(p, decided, at)
	d := programmeDocument{Code: p.Code, Name: p.Name, FullName: p.FullName, Audience: p.Audience, Open: intake.Open, Intake: intake, Themes: themeDocuments(p, at),
		Periods: []periodDocument{}, Providers: []providerDocument{}, Exclusions: []exclusionDocument{}}
	for _, period := range p.Periods {
		d.Periods = append(d.Periods, periodDocument{day(period.From), day(period.Until)})
	}
	for _, provider := range p.Providers {
		d.Providers = append(d.Providers, providerDocument{provider.Code, provider.Name, provider.FullName,
			day(provider.Open.From), day(provider.Open.Until), intake.Open && provider.Open.Covers(at)})
	}
	for _, e := range p.Exclusions {
		d.Exclusions = append(d.Exclusions, exclusionDocument{e.Code, e.Question, e.Advice})
	}
	for _, t := range p.Types {
		d.Types = append(d.Types, typeDocument{t.Code, t.Label, day(t.From), t.Bodies})
	}
	for _, t := range p.Declarations {
		d.Declarations = append(d.Declarations, declarationDocument(t))
	}
	return d
}

func themeDocuments(p forloeb.Programme, at time.Time) (list []themeDocument) {
	for _, t := range p.Themes {
		list = append(list, themeDocument{p.Code, t.Code, t.Label, t.Hint, day(t.From), day(t.Until), t.Open(at)})
	}
	return list
}

// day is a date without a time; zero is none.
func day(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.In(forloeb.Copenhagen).Format(time.DateOnly)
}

type themesInput struct {
	Programme forloeb.ProgrammeCode `query:"programme" doc:"Only this programme's" example:"spark"`
	On        string                `query:"on" example:"2027-03-11" doc:"The day asked about; today when left out"`
}

func themes(_ context.Context, in *themesInput) (*listOutput[themeDocument], error) {
	at := time.Now()
	if in.On != "" {
		var err error
		if at, err = time.ParseInLocation(time.DateOnly, in.On, forloeb.Copenhagen); err != nil {
			return nil, invalidParameter("on", "bad_date", "A date such as 2027-03-11.")
		}
	}
	var list []themeDocument
	for _, p := range forloeb.Programmes {
		if in.Programme == "" || in.Programme == p.Code {
			list = append(list, themeDocuments(p, at)...)
		}
	}
	return listed(list), nil
}

type municipalityDocument struct {
	Code         string `json:"code" doc:"Three digits"`
	Name         string `json:"name"`
	OfficialName string `json:"official_name"`
	Region       string `json:"region" doc:"Code of the region it belongs to today"`
	RegionName   string `json:"region_name"`
	RegionMap    string `json:"region_map" doc:"Which map of the regions that is, in Danish"`
}

func municipalities(context.Context, *struct{}) (*listOutput[municipalityDocument], error) {
	return listed(municipalityDocuments(time.Now())), nil
}

func municipalityDocuments(at time.Time) (list []municipalityDocument) {
	for _, m := range forloeb.Municipalities() {
		region := m.Region(at)
		list = append(list, municipalityDocument{m.Code, m.Name, m.OfficialName, region, forloeb.RegionLabel(region), forloeb.RegionMap(at)})
	}
	return list
}
