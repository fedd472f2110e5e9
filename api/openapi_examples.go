package api

import (
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// The examples of the description are one forløb of invented people, told by
// the functions that tell the real ones. An example's date says when.

// sampleID numbers what the example names.
func sampleID(n byte) uuid.UUID {
	id := uuid.MustParse("6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c00")
	id[15] = n
	return id
}

var (
	sampleCase, sampleWorkplace, sampleMeeting = sampleID(1), sampleID(2), sampleID(5)
	sampleLeader, sampleRep, sampleConsultant  = sampleID(3), sampleID(4), sampleID(6)
)

// sampleTime is a time on a day of the example's spring.
func sampleTime(month time.Month, day, hour, minute int) time.Time {
	return time.Date(2027, month, day, hour, minute, 0, 0, forloeb.Copenhagen)
}

// sampleNow is the example's present.
var sampleNow = sampleTime(2, 10, 9, 30)

// sampleColleague is one of the secretariat.
var sampleColleague = uuid.MustParse("6f1c9a52-0b52-4f6e-9f4b-0d3a3d8f6c0a")

const sampleReason = "Aftalt med begge parter i telefonen."

// sampleRequests are an example of every body that is sent.
var sampleRequests = []any{
	sampleApplication,
	intakeBody{State: forloeb.IntakeClosed, From: "2027-07-01", Until: "2027-07-31", Notice: "Alle konsulenter er optaget."},
	assessmentBody{Decision: forloeb.Reject, Reason: "Arbejdspladsen er ikke kommunal."},
	assignmentBody{Consultant: sampleConsultant, Reason: sampleReason},
	declineBody{Reason: forloeb.DeclineOther, Words: sampleReason},
	reasonBody{Reason: sampleReason},
	releaseBody{Reason: sampleReason, Conflict: true},
	askPauseBody{Text: "De flytter i februar og er klar igen i marts."},
	duplicateBody{Of: "26-4817"},
	remarkBody{Reason: sampleReason},
	meetingBody{StartsAt: "2027-03-11T13:00", EndsAt: "2027-03-11T16:00", Place: "Personalerummet"},
	seriesBody{[]meetingBody{
		{StartsAt: "2027-03-11T13:00", EndsAt: "2027-03-11T16:00", Place: "Personalerummet"},
		{StartsAt: "2027-04-08T13:00", EndsAt: "2027-04-08T16:00", Place: "Personalerummet"},
	}},
	planBody{Kind: forloeb.FollowUp, Text: "MED-udvalget tager punktet op hver anden måned, og lederen samler op i september."},
	prepBody{Text: "Spørg kollegerne, hvad der gør en god dag."},
	moveBody{StartsAt: "2027-03-18T13:00:00+01:00", EndsAt: "2027-03-18T16:00:00+01:00"},
	noteBody{Text: "Lederen ringede. Hun vender tilbage på mandag."},
	claimBody{TakeFrom: &sampleColleague},
	putOffBody{Until: "2027-02-15", Reason: "Karen er hjemme igen."},
	extraBody{Meetings: 1, Reason: "Der kom en ny leder midt i forløbet."},
	deadlineBody{Until: time.Date(2027, 1, 8, 12, 0, 0, 0, forloeb.Copenhagen), Reason: "Medarbejderrepræsentanten er syg."},
	guestBody{Name: "Ida Berg", Email: "ida.berg@example.dk"},
	pauseBody{Until: time.Date(2027, 3, 1, 8, 0, 0, 0, forloeb.Copenhagen), Reason: forloeb.PauseChanges, Text: "De flytter til nye lokaler i februar."},
	notedBody{Answer: forloeb.Yes, Said: "Ringede, fordi linket ikke kunne åbnes."},
	addressBody{Email: "amir.dahl@example.dk", Phone: new("70 00 00 02")},
	replaceBody{Name: "Sofie Lind", Role: forloeb.RoleTR, Email: "sofie.lind@example.dk"},
	newConsultantBody{
		Name: "Karen Lund", Email: "karen.lund@example.dk", Phone: "70 00 00 03", Capacity: 5,
		Themes: []forloeb.ThemeCode{forloeb.ThemeChange, forloeb.ThemeCooperation}, Regions: []string{"midtjylland", "syddanmark"},
		Leaves: sampleLeaves,
	},
	changeConsultantBody{Capacity: new(4), Leaves: &sampleLeaves},
	recusalBody{Place: "740", Workplace: "Tranemoseskolen", Reason: "Min søster er lærer på skolen."},
}

var sampleLeaves = []leaveDocument{{From: "2027-07-05", To: "2027-07-25"}}

var sampleApplication = submissionBody{
	Programme: forloeb.Spark, Type: forloeb.Individual, StartedBy: forloeb.StartedByLeader,
	Municipality: "751", Workplace: "Tranemoseskolen", Sector: forloeb.SectorSchool, Employees: forloeb.Employees50To99, Body: forloeb.Trio,
	Leader: leaderBody{Name: "Mette Holm", Title: "Skoleleder", Email: "mette.holm@example.dk", Phone: "70 00 00 01"},
	Rep:    repBody{Name: "Amir Dahl", Role: forloeb.RoleAMR, Email: "amir.dahl@example.dk"},
	Themes: []forloeb.ThemeCode{forloeb.ThemeChange, forloeb.ThemeCooperation}, Situation: "To afdelinger er lagt sammen, og vi mangler fælles måder at arbejde på.",
	Timing: "Helst efter vinterferien.", Declared: true,
}

// sampleRegionalApplication is one to a provider of the regional programme.
var sampleRegionalApplication = submissionBody{
	Programme: forloeb.Regional, Type: forloeb.ExpertAdvice, StartedBy: forloeb.StartedByRep,
	Region: "midtjylland", Workplace: "Afdeling 7", UnitType: forloeb.UnitHospital, Employees: forloeb.Employees20To49, Body: forloeb.LocalMED,
	Provider: forloeb.ProviderNFA, Exclusions: map[forloeb.ExclusionCode]bool{
		forloeb.ExcludedNotice: false, forloeb.ExcludedCrisis: false, forloeb.ExcludedPersonal: false,
	},
	Leader: leaderBody{Name: "Ida Krogh", Title: "Afdelingssygeplejerske", Email: "ida.krogh@example.dk"},
	Rep:    repBody{Name: "Jonas Fisker", Role: forloeb.RoleTR, Email: "jonas.fisker@example.dk"},
	Themes: []forloeb.ThemeCode{forloeb.ThemeViolenceOffences}, Situation: "Vi oplever flere trusler i vagterne og vil gøre det samme, når det sker.", Declared: true,
}

// sampleAnswers are an example of every body that is answered, the forløb
// first.
func (s *Server) sampleAnswers() []any {
	f := sampleForloeb()
	document := s.forloebDocument(f, forloeb.Principal{Role: forloeb.RoleSecretariat}, sampleNow, nil)
	self := "/api/v1/forloeb/" + f.ID.String()
	catalogue := sampleTime(1, 11, 9, 0)
	programme := forloeb.Programmes[0]
	return []any{
		document,
		receivedDocument{ID: f.ID, Reference: f.Reference, Status: forloeb.AwaitingConsent, Links: receivedLinks{
			Self: s.config.BaseURL + self, Receipt: s.config.BaseURL + "/kvittering/…"}},
		textDocument{Revision: 1, Application: sampleUndeclared(), Remarks: []remarkDocument{{Kind: "extra", Text: "Der kom en ny leder midt i forløbet."}},
			Plans:     []planDocument{{Kind: forloeb.Arrangement, Text: "Fire møder på skolen med hele personalet.", By: forloeb.ActorConsultant, At: local(sampleTime(2, 1, 9, 0))}},
			PrepTasks: []prepTaskDocument{{sampleMeeting, "Spørg kollegerne, hvad der gør en god dag."}}},
		listOf[programmeDocument]{[]programmeDocument{newProgrammeDocument(programme, forloeb.IntakeDecision{}, catalogue)}},
		newProgrammeDocument(programme, forloeb.IntakeDecision{}, catalogue),
		listOf[themeDocument]{themeDocuments(programme, catalogue)},
		listOf[municipalityDocument]{municipalityDocuments(catalogue)[:2]},
		pageOf[rowDocument]{[]rowDocument{sampleRow(f)}, "…"},
		listOf[rankedDocument]{sampleRanking(f)},
		listOf[alikeDocument]{[]alikeDocument{{ID: sampleID(8), Reference: "27-0412", Workplace: "Tranemose Skole", AppliedAt: local(sampleTime(2, 1, 9, 0)), Place: true, People: true}}},
		sampleConsultantDocument(),
		listOf[consultantDocument]{[]consultantDocument{sampleConsultantDocument()}},
		listOf[recusalDocument]{[]recusalDocument{
			{ID: sampleID(7), Place: "740", Workplace: "Tranemoseskolen", Reason: "Min søster er lærer på skolen.", RegisteredAt: local(sampleTime(2, 9, 10, 30)), RegisteredBy: "consultant"},
		}},
		listOf[noteDocument]{[]noteDocument{
			{ID: 5, By: sampleColleague, Name: "Anna Bech", At: local(sampleTime(2, 9, 10, 30)), Text: "Lederen ringede. Hun vender tilbage på mandag."},
			{ID: 6, By: sampleColleague, Name: "Anna Bech", At: local(sampleTime(2, 9, 11, 2)), StruckAt: local(sampleTime(2, 9, 11, 5)), StruckBy: "Anna Bech"},
		}},
		pageOf[taskDocument]{[]taskDocument{{
			ID: 17, Kind: forloeb.TaskSignature, Subject: "signature:" + sampleRep.String() + ":1", OpenedAt: local(sampleTime(1, 13, 8, 12)),
			Forloeb: f.ID, Reference: f.Reference, Status: f.Status, Workplace: f.Lead().Name,
			Claim: &claimDocument{sampleColleague, "Anna Bech", local(sampleTime(2, 10, 8, 10))},
		}}, ""},
		taskDocument{
			ID: 17, Kind: forloeb.TaskSignature, Subject: "signature:" + sampleRep.String() + ":1", OpenedAt: local(sampleTime(1, 13, 8, 12)),
			Forloeb: f.ID, Reference: f.Reference, Status: f.Status, Workplace: f.Lead().Name, PutOffUntil: "2027-02-15",
		},
		newStatisticsDocument(map[forloeb.Status]int{
			forloeb.AwaitingConsent: 9, forloeb.Planning: 6, forloeb.InProgress: 41, forloeb.AwaitingEvaluation: 14, forloeb.Evaluating: 5, forloeb.Completed: 212,
			forloeb.Declined: 3, forloeb.Lapsed: 11, forloeb.Withdrawn: 4,
		}, sampleNow.Year(), forloeb.YearCounts{Received: 22, Completed: 8}, forloeb.Initiatives{Answered: 188, Planned: 147, Ongoing: 115},
			sampleTables()),
	}
}

// unsettled is the example's forløb as an act answers with it: the process
// has still to act on what was just stored.
func unsettled(examples []any) forloebDocument {
	f := examples[0].(forloebDocument)
	f.Settled, f.Version = false, f.Version+1
	f.Waiting = newWaitingDocument(forloeb.Waiting{Key: forloeb.WaitProcessing, Since: sampleNow})
	return f
}

// sampleUndeclared is the application as it is given back.
func sampleUndeclared() submissionBody {
	b := sampleApplication
	b.Declared = false
	return b
}

func sampleConsultantRow() forloeb.ConsultantRow {
	return forloeb.ConsultantRow{Load: 3, ConsultantRecord: forloeb.ConsultantRecord{
		Consultant: forloeb.Consultant{
			ID: sampleConsultant, Name: "Karen Lund", Email: "karen.lund@example.dk", Phone: "70 00 00 03", Capacity: 5, Active: true,
			Themes: []forloeb.ThemeCode{forloeb.ThemeChange, forloeb.ThemeCooperation}, Regions: []string{"midtjylland", "syddanmark"},
		},
		Leaves: []forloeb.Leave{{From: sampleTime(7, 5, 0, 0), To: sampleTime(7, 25, 0, 0)}},
	}}
}

func sampleConsultantDocument() consultantDocument {
	return newConsultantDocument(sampleConsultantRow())
}

func sampleRanking(f *forloeb.Forloeb) (list []rankedDocument) {
	karen := sampleConsultantRow()
	full := forloeb.Consultant{ID: sampleID(7), Name: "Jens Vig", Capacity: 2, Active: true, Themes: karen.Themes, Regions: karen.Regions}
	for _, r := range forloeb.Rank(f.Need(sampleNow), []forloeb.Candidate{
		{Consultant: full, Load: 2, LastAssigned: sampleTime(1, 4, 10, 0)}, {Consultant: karen.Consultant, Load: 3},
	}) {
		list = append(list, newRankedDocument(r))
	}
	return list
}

func sampleRow(f *forloeb.Forloeb) rowDocument {
	c := f.Consultant()
	return newRowDocument(forloeb.ListRow{
		ID: f.ID, Reference: f.Reference, Status: f.Status, StatusSince: f.StatusSince, Settled: f.Settled(),
		Workplace: f.Lead().Name, Municipality: f.Lead().Municipality, Themes: f.Application.Themes, ConsultantID: c.ID, Consultant: c.Name,
		Waiting: f.Waiting(sampleNow), NextAt: f.NextAt(sampleNow), NeedsAttention: f.NeedsAttention(), Now: sampleNow,
	})
}

// sampleRefusal is the problem that a rule's refusal is.
func sampleRefusal(code forloeb.RefusalCode) *Problem {
	rules := forloeb.Programmes[0].Policy
	r := &forloeb.Refusal{Code: code, Status: forloeb.InProgress, Date: sampleNow, Side: forloeb.Rep}
	possible := []string{"meetings", "finish", "stop"}
	switch code {
	case forloeb.RefuseClosed, forloeb.RefuseNotReopenable:
		r.Status, possible = forloeb.Completed, []string{}
	case forloeb.RefuseReopenTooLate:
		r.Status, possible = forloeb.Stopped, []string{}
	case forloeb.RefuseNeedsExtraMeetings:
		r.N, possible = rules.Meetings, []string{"extra-meetings", "finish", "stop"}
	case forloeb.RefuseTooManyMeetings:
		r.N = rules.MaxMeetings
	case forloeb.RefuseMeetingTooFarBack:
		r.N = rules.RecordBackDays
	}
	p := refusalProblem(r)
	if p.StatusNow != "" {
		p.Possible = &possible
	}
	return p
}

// sampleTables are those of a few quarters.
func sampleTables() []forloeb.Table {
	var c forloeb.Counts
	for _, quarter := range []string{"1", "2", "3"} {
		c.Sums = append(c.Sums, forloeb.Sum{By: forloeb.ByTime, Value: quarter, Year: sampleNow.Year(), Tally: forloeb.Tally{Asked: 70, Answered: 62, PeopleAsked: 140, PeopleAnswered: 108, Planned: 49, Ongoing: 38}})
	}
	return forloeb.StatisticsOf(forloeb.StatisticsFilter{Programme: forloeb.Spark, At: sampleNow}, c).Tables[:3]
}
