package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// The latest decision holds, those before it stay on record, and whoever
// logged in is named.
func TestDecisionsAboutTheIntakeStayOnRecord(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx := t.Context()
	karen := signsIn(t, e, login(forloeb.RoleHead))
	read := func() forloeb.IntakeDecision {
		t.Helper()
		i, err := e.API.Intake(ctx, forloeb.Spark)
		require.NoError(t, err)
		require.Equal(t, i.State != forloeb.IntakeAgreed, !i.At.IsZero())
		i.At = time.Time{}
		return i
	}
	require.Equal(t, forloeb.IntakeDecision{Programme: forloeb.Spark, State: forloeb.IntakeAgreed}, read(), "nobody has decided anything")

	july := forloeb.IntakeDecision{Programme: forloeb.Spark, State: forloeb.IntakeClosed, Notice: "Alle konsulenter er optaget.",
		From: time.Date(2026, 7, 1, 0, 0, 0, 0, forloeb.Copenhagen), Until: time.Date(2026, 7, 31, 0, 0, 0, 0, forloeb.Copenhagen)}
	require.NoError(t, e.API.DecideIntake(ctx, july, karen.Actor()))
	july.By = karen.Name
	require.Equal(t, july, read())

	program := forloeb.Actor{Kind: forloeb.ActorSecretary, ID: uuid.NewString()}
	require.NoError(t, e.API.DecideIntake(ctx, forloeb.IntakeDecision{Programme: forloeb.Spark, State: forloeb.IntakeOpen}, program))
	require.NoError(t, e.API.DecideIntake(ctx, forloeb.IntakeDecision{Programme: "another", State: forloeb.IntakeClosed}, program))
	require.Equal(t, forloeb.IntakeDecision{Programme: forloeb.Spark, State: forloeb.IntakeOpen}, read())
	require.Equal(t, 3, e.Count(`select count(*) from intakes`))
}

// Closing refuses new applications alone: one that was received answers as
// before, also when it is sent again.
func TestAClosedIntakeRefusesNewApplications(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	ctx := t.Context()
	sub := storetest.Submission().Clean()
	before, err := e.API.Create(ctx, sub, "before", storetest.Applicant)
	require.NoError(t, err)
	decide := func(i forloeb.IntakeDecision) {
		t.Helper()
		i.Programme = forloeb.Spark
		require.NoError(t, e.API.DecideIntake(ctx, i, forloeb.Actor{Kind: forloeb.ActorSecretary, ID: "x"}))
	}
	today := time.Now().In(forloeb.Copenhagen)
	today = time.Date(today.Year(), today.Month(), today.Day(), 0, 0, 0, 0, forloeb.Copenhagen)

	decide(forloeb.IntakeDecision{State: forloeb.IntakeClosed, Until: today.AddDate(0, 0, 9)})
	_, err = e.API.Create(ctx, sub, "after", storetest.Applicant)
	var r *forloeb.Refusal
	require.ErrorAs(t, err, &r)
	require.Equal(t, &forloeb.Refusal{Code: forloeb.RefuseIntakeClosed, Date: today.AddDate(0, 0, 10)}, r)
	require.Equal(t, 1, e.Count(`select count(*) from forloeb`))
	require.Equal(t, 1, e.Count(`select count(*) from idempotency_keys`), "the key can be used when it opens")
	again, err := e.API.Create(ctx, sub, "before", storetest.Applicant)
	require.NoError(t, err)
	require.Equal(t, before.ID, again.ID)

	decide(forloeb.IntakeDecision{State: forloeb.IntakeClosed, From: today.AddDate(0, 0, 2)})
	_, err = e.API.Create(ctx, sub, "after", storetest.Applicant)
	require.NoError(t, err, "it closes the day after tomorrow")
}

// The regional agreement is over; the secretariat's opening is enough to apply.
func TestTheSecretariatOpensTheRegionalProgramme(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	sub := storetest.Submission()
	storetest.Regional(&sub)
	require.Empty(t, sub.Check(time.Now()), "its provider and themes are there")
	refused := func() *forloeb.Refusal {
		decision, err := e.API.Intake(t.Context(), sub.Programme)
		require.NoError(t, err)
		return sub.Refused(decision, time.Now())
	}
	require.NotNil(t, refused())
	require.NoError(t, e.API.DecideIntake(t.Context(), forloeb.IntakeDecision{Programme: sub.Programme, State: forloeb.IntakeOpen}, storetest.Secretary))
	require.Nil(t, refused())
	_, err := e.API.Create(t.Context(), sub.Clean(), uuid.NewString(), storetest.Applicant)
	require.NoError(t, err)
}
