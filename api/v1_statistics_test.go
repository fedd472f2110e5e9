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

func TestTheStatistics(t *testing.T) {
	o := withConsultants(t)
	reader := o.token(forloeb.RoleReader, uuid.Nil, time.Hour)
	read := func(token string) (d statisticsDocument) {
		o.as(token, http.MethodGet, "/statistics", nil).into(http.StatusOK, &d)
		return d
	}
	d := read(reader)
	require.Equal(t, time.Now().In(forloeb.Copenhagen).Year(), d.Year)
	require.Len(t, d.Statuses, len(forloeb.Statuses), "also those that no forløb has")
	require.Zero(t, d.Received)

	o.env.Settle(o.env.Apply())
	o.planning()
	o.completed()
	lastYear := time.Date(d.Year-1, 12, 31, 23, 59, 0, 0, forloeb.Copenhagen)
	o.env.Settle(o.env.ApplyAt(lastYear))
	o.env.Exec(`update forloeb_events set at = $1 where forloeb_id = $2 and "to" = 'completed'`, lastYear, o.completed())
	for _, token := range []string{reader, o.secretary} {
		d = read(token)
		require.Equal(t, 4, d.Received)
		require.Equal(t, 1, d.Completed)
		require.Equal(t, 2, d.Statuses[forloeb.AwaitingConsent])
		require.Equal(t, 1, d.Statuses[forloeb.Planning])
		require.Equal(t, 2, d.Statuses[forloeb.Completed])
		require.Nil(t, d.Initiatives.Answered, "two could be told apart")
		require.Nil(t, d.Initiatives.Planned)
		require.Equal(t, 76, d.Initiatives.ReportedPlanned)
		require.Equal(t, forloeb.TableResponse, d.Tables[0].Code)
		require.True(t, d.Tables[0].Suppressed)
		require.Equal(t, cellDocument{State: forloeb.CellFew}, d.Tables[0].Rows[0].Cells[0])
	}

	var ofGroup statisticsDocument
	o.as(reader, http.MethodGet, "/statistics?by=sector&value=school&in_year=2026", nil).into(http.StatusOK, &ofGroup)
	require.Len(t, ofGroup.Tables, 3, "a group is crossed with years alone")
	o.as(reader, http.MethodGet, "/statistics?by=consultant", nil).problem(http.StatusUnprocessableEntity, "invalid")

	o.as(o.anna, http.MethodGet, "/statistics", nil).problem(http.StatusForbidden, "forbidden")
	o.as(reader, http.MethodGet, "/forloeb", nil).problem(http.StatusForbidden, "forbidden")
}

// completed is a forløb that was completed today.
func (o *office) completed() uuid.UUID {
	o.t.Helper()
	id := o.planning()
	start := o.ahead(id, -1, 10)
	o.env.Do(id, storetest.Secretary, forloeb.RecordMeeting{Meeting: uuid.New(), StartsAt: start, EndsAt: start.Add(time.Hour)})
	o.env.Settle(id)
	o.env.Do(id, storetest.Secretary, forloeb.FinishMeetings{})
	o.env.Settle(id)
	o.env.RunTo(id, o.env.Read(id).EvaluationAt().Add(time.Minute))
	for _, side := range []forloeb.Side{forloeb.Leader, forloeb.Rep} {
		party := o.env.Party(id, side)
		o.env.Do(id, storetest.By(party), forloeb.AnswerEvaluation{Party: party.ID, Answers: storetest.Evaluation()})
	}
	o.env.Settle(id)
	require.Equal(o.t, forloeb.Completed, o.env.Read(id).Status)
	o.env.Exec(`update forloeb_events set at = now() where forloeb_id = $1 and "to" = 'completed'`, id)
	return id
}

func TestTheSharesBesideWhatWasTold(t *testing.T) {
	t.Parallel()
	d := newInitiativesDocument(forloeb.Initiatives{Answered: 17, Planned: 13, Ongoing: 10})
	require.Equal(t, initiativesDocument{Answered: new(17), Planned: new(76), Ongoing: new(59), ReportedPlanned: 76, ReportedOngoing: 59}, d)
}

func TestATableAsADocument(t *testing.T) {
	t.Parallel()
	d := newTableDocument(sampleTables()[2])
	require.Equal(t, forloeb.TableOverTime, d.Code)
	require.Len(t, d.Columns, 6)
	require.Equal(t, cellDocument{State: forloeb.CellShown, Value: new(79)}, d.Rows[0].Cells[2])
	require.Equal(t, cellDocument{State: forloeb.CellShown, Low: new(73), High: new(84)}, d.Total.Cells[3])
}
