package api

import (
	"net/http"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// whileAgreed sets the clock to a day on which the regional programme is
// agreed.
func whileAgreed(o *office) *office {
	o.now = func() time.Time { return time.Date(2022, 5, 10, 9, 0, 0, 0, forloeb.Copenhagen) }
	return o
}

// makeRegional is a good application to NFA.
func makeRegional(f fields) {
	delete(f, "municipality")
	delete(f, "sector")
	f["programme"], f["type"], f["body"] = "regional", "expert_advice", "local_med"
	f["region"], f["unit_type"], f["provider"] = "midtjylland", "hospital", "nfa"
	f["themes"] = []string{"violence_offences"}
	f["exclusions"] = fields{"improvement_notice": false, "crisis_help": false, "personal_support": false}
}

func TestC24TheRegionalProgrammeRefusesOutsideItsPeriod(t *testing.T) {
	o := newOffice(t)
	p := o.refused(o.apply(uuid.NewString(), application(t, makeRegional)), http.StatusConflict, forloeb.RefuseProgrammeClosed)
	require.Equal(t, "The programme takes no applications now: the agreement covers days until 2024-03-31.", p.Detail)
	o.refused(o.apply(uuid.NewString(), application(t, makeRegional, func(f fields) { f["region"] = "" })), http.StatusConflict, forloeb.RefuseProgrammeClosed)
}

func TestRegionalExclusionsAreRefusedByName(t *testing.T) {
	o := whileAgreed(newOffice(t))
	for code, refusal := range map[string]forloeb.RefusalCode{
		"improvement_notice": forloeb.RefuseExcludedNotice, "crisis_help": forloeb.RefuseExcludedCrisis, "personal_support": forloeb.RefuseExcludedPersonal,
	} {
		o.refused(o.apply(uuid.NewString(), application(t, makeRegional, func(f fields) { f["exclusions"].(fields)[code] = true })),
			http.StatusUnprocessableEntity, refusal)
	}
	p := o.apply(uuid.NewString(), application(t, makeRegional, func(f fields) { delete(f["exclusions"].(fields), "crisis_help") })).
		problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, "#/exclusions/crisis_help", p.Errors[0].Pointer)
}

func TestC23ARegionalWorkplaceAppliesToAProvider(t *testing.T) {
	o := whileAgreed(newOffice(t))
	a := o.apply(uuid.NewString(), application(t, makeRegional))
	var received receivedDocument
	a.into(http.StatusCreated, &received)
	d := o.document(received.ID)
	require.Equal(t, forloeb.ProviderNFA, d.Provider)
	require.Equal(t, "midtjylland", d.Workplaces[0].Region)
	require.Equal(t, forloeb.UnitHospital, d.Workplaces[0].UnitType)

	p := o.apply(uuid.NewString(), application(t, makeRegional, func(f fields) {
		f["region"], f["unit_type"], f["provider"] = "skaane", "other", "cbs"
	})).problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, []ProblemError{
		{Pointer: "#/provider", Code: "provider_closed", Detail: "This provider took applications until 2018-03-31."},
		{Pointer: "#/region", Code: "unknown_region", Detail: "No such region; see the municipalities."},
	}, p.Errors)
}

func TestTheExampleOfARegionalApplicationIsTaken(t *testing.T) {
	o := whileAgreed(newOffice(t))
	require.Equal(t, http.StatusCreated, o.apply(uuid.NewString(), sampleRegionalApplication).StatusCode)
}

func TestARegionalApplicationIsEditedWithItsProvider(t *testing.T) {
	o := newOffice(t)
	id := o.env.ApplyAt(time.Date(2022, 5, 10, 9, 0, 0, 0, forloeb.Copenhagen), storetest.Regional)
	o.env.Settle(id)
	p := o.does(http.MethodPost, actPath(id, "application"), application(t, makeRegional, func(f fields) { f["provider"] = "ruc" })).
		problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, "#/provider", p.Errors[0].Pointer)
	d := o.done(o.does(http.MethodPost, actPath(id, "application"), application(t, makeRegional, func(f fields) { f["unit_type"] = "psychiatry" })))
	require.Equal(t, forloeb.UnitPsychiatry, d.Workplaces[0].UnitType)
}

func TestExpertsAreTheProviders(t *testing.T) {
	o := newOffice(t)
	expert := fields{"name": "Nanna Frost", "email": "nanna@example.dk", "themes": []string{"violence_offences"}, "regions": []string{"midtjylland"}, "capacity": 3, "provider": "nfa"}
	var d consultantDocument
	o.does(http.MethodPost, "/consultants", expert).into(http.StatusCreated, &d)
	require.Equal(t, forloeb.ProviderNFA, d.Provider)
	expert["provider"], expert["email"] = "nobody", "other@example.dk"
	p := o.does(http.MethodPost, "/consultants", expert).problem(http.StatusUnprocessableEntity, "invalid")
	require.Equal(t, "#/provider", p.Errors[0].Pointer)
}
