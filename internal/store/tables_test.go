package store_test

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// evaluated are so many workplaces that were asked in 2025, two people each, as
// many in every quarter. Of every ten the last has not answered, the first seven
// have planned something, and three are under way. One of the two is satisfied,
// and the other very satisfied.
func evaluated(t *testing.T, n int) *storetest.Env {
	e := storetest.New(t)
	if n == 0 {
		return e
	}
	e.Many(n)
	triggers := e.Untriggered("forloeb", "evaluations", "invitations", "answers", "outcomes", "courses")
	for _, query := range []string{
		`update forloeb set created_at = '2025-06-01 12:00+02'`,
		`create table made as select w.id as workplace, gen_random_uuid() as evaluation, row_number() over (order by w.id) - 1 as n from workplaces w`,
		`insert into evaluations (id, workplace_id, wave) select evaluation, workplace, 0 from made`,
		`insert into invitations (evaluation_id, party_id, answered_at) select m.evaluation, p.id, case when m.n % 10 <> 9 then now() end
			from made m join parties p on p.workplace_id = m.workplace`,
		`insert into answers (id, evaluation_id, version, choices, day) select gen_random_uuid(), m.evaluation, 1, jsonb_build_object(
				'planned', case when m.n % 10 < 7 and p.side = 'rep' then 'yes' else 'no' end,
				'ongoing', case when m.n % 10 in (0, 2, 4) then 'yes' else 'unknown' end,
				'satisfied', case p.side when 'rep' then 'satisfied' else 'very_satisfied' end),
				'2025-01-15'::date + 91 * (m.n % 4)::int
			from made m join parties p on p.workplace_id = m.workplace where m.n % 10 <> 9`,
		`analyze`,
		`select outcome_again(id) from evaluations`, `select course_again(id) from forloeb`, `select sums_again()`,
		`drop table made`,
	} {
		e.Exec(query)
	}
	triggers()
	return e
}

var in2026 = time.Date(2026, time.November, 23, 12, 0, 0, 0, forloeb.Copenhagen)

func ofSpark(year int) forloeb.StatisticsFilter {
	return forloeb.StatisticsFilter{Programme: forloeb.Spark, Year: year, At: in2026}
}

func statistics(t *testing.T, e *storetest.Env, f forloeb.StatisticsFilter) forloeb.Statistics {
	t.Helper()
	s, err := e.Front.Statistics(t.Context(), f)
	require.NoError(t, err)
	return s
}

// words are a table as it is read: a line for every row.
func words(t *testing.T, s forloeb.Statistics, code forloeb.TableCode) (lines [][]string) {
	t.Helper()
	table, known := s.Table(code)
	require.True(t, known, code)
	rows := table.Rows
	if table.Total != nil {
		rows = append(rows, *table.Total)
	}
	for _, r := range rows {
		line := []string{r.Code}
		require.Len(t, r.Cells, len(table.Columns), r.Code)
		for i, c := range r.Cells {
			line = append(line, c.Text(table.Columns[i].Kind))
		}
		lines = append(lines, line)
	}
	return lines
}

func TestNobodyHasAnswered(t *testing.T) {
	t.Parallel()
	s := statistics(t, evaluated(t, 0), ofSpark(0))
	require.Empty(t, s.Years)
	require.Equal(t, [][]string{{"workplaces", "0", "0", "–"}, {"people", "0", "0", "–"}}, words(t, s, forloeb.TableResponse))
	require.Equal(t, [][]string{{"planned", "0", "0", "–", "–", "76 procent"}, {"ongoing", "0", "0", "–", "–", "59 procent"}}, words(t, s, forloeb.TableInitiatives))
	for _, table := range s.Tables {
		require.False(t, table.Suppressed, table.Code)
	}
}

func TestFewerThanFiveAreNotShown(t *testing.T) {
	t.Parallel()
	for _, n := range []int{1, 4} {
		s := statistics(t, evaluated(t, n), ofSpark(0))
		few := forloeb.FewWords
		require.Equal(t, [][]string{{"workplaces", few, few, few}, {"people", few, few, few}}, words(t, s, forloeb.TableResponse))
		require.Equal(t, []string{"planned", few, few, few, few, "76 procent"}, words(t, s, forloeb.TableInitiatives)[0])
		for _, table := range s.Tables {
			for _, r := range table.Rows {
				for i, c := range r.Cells {
					require.False(t, c.Shown() && table.Columns[i].Code != "reported" && c.N > 0, "%s: %s tells of %d", table.Code, r.Code, c.N)
				}
			}
		}
	}
}

func TestFiveAreShownAndNoneOfThemAlone(t *testing.T) {
	t.Parallel()
	e := evaluated(t, 5)
	s := statistics(t, e, ofSpark(0))
	require.Equal(t, [][]string{{"workplaces", "5", "5", "100 procent"}, {"people", "10", "10", "100 procent"}}, words(t, s, forloeb.TableResponse))
	require.Equal(t, [][]string{{"planned", "5", "5", "100 procent", "57–100", "76 procent"}, {"ongoing", "5", "3", "60 procent", "23–88", "59 procent"}}, words(t, s, forloeb.TableInitiatives))
	require.Equal(t, [][]string{{"2025", "5", "5", "100 procent", "57–100", "60 procent", "23–88"}, {"total", "5", "5", "100 procent", "57–100", "60 procent", "23–88"}},
		words(t, s, forloeb.TableOverTime))
	s = statistics(t, e, ofSpark(2025))
	for _, quarter := range words(t, s, forloeb.TableOverTime)[:4] {
		require.Equal(t, forloeb.HiddenWords, quarter[1], "two in one quarter, one in each other")
	}
}

func TestTenThousandGiveTheKnownFigures(t *testing.T) {
	t.Parallel()
	e := evaluated(t, 10000)
	s := statistics(t, e, ofSpark(0))
	require.Equal(t, []int{2025}, s.Years)
	require.Equal(t, [][]string{{"workplaces", "10.000", "9.000", "90 procent"}, {"people", "20.000", "18.000", "90 procent"}}, words(t, s, forloeb.TableResponse))
	require.Equal(t, [][]string{{"planned", "9.000", "7.000", "78 procent", "77–79", "76 procent"}, {"ongoing", "9.000", "3.000", "33 procent", "32–34", "59 procent"}},
		words(t, s, forloeb.TableInitiatives))
	require.Equal(t, [][]string{
		{"very_satisfied", "9.000", "50 procent"}, {"satisfied", "9.000", "50 procent"}, {"neither", "0", "0 procent"},
		{"dissatisfied", "0", "0 procent"}, {"very_dissatisfied", "0", "0 procent"}, {"total", "18.000", "100 procent"}}, words(t, s, forloeb.TableAnswers("satisfied")))
	require.Equal(t, [][]string{{"received", "10.000", "100 procent"}, {"agreed", "0", "0 procent"}, {"assigned", "0", "0 procent"}, {"held", "0", "0 procent"}, {"completed", "0", "0 procent"}},
		words(t, s, forloeb.TableFunnel))
	place := e.Read(first(t, e)).Lead()
	for code, want := range map[forloeb.TableCode]string{"by_municipality": place.Municipality, "by_sector": string(place.Sector), "by_type": string(forloeb.Individual)} {
		for _, row := range words(t, s, code) {
			if row[0] == want {
				require.Equal(t, []string{want, "10.000", "9.000", "78 procent", "77–79", "33 procent", "32–34"}, row)
				want = ""
			}
		}
		require.Empty(t, want, code)
	}
	s = statistics(t, e, ofSpark(2025))
	sum := 0
	table, _ := s.Table(forloeb.TableOverTime)
	require.Len(t, table.Rows, 4)
	for _, r := range table.Rows {
		sum += r.Cells[table.Column("answered")].N
	}
	require.Equal(t, 9000, sum, "the quarters sum to the year")
	require.Equal(t, "0", words(t, statistics(t, e, ofSpark(2024)), forloeb.TableResponse)[0][1])
}

func first(t *testing.T, e *storetest.Env) (id uuid.UUID) {
	t.Helper()
	e.Get(&id, `select id from forloeb limit 1`)
	return id
}

// TestStatisticsSurviveErasing erases everybody as far as tables hold contact
// data and what people have written, and every mail and act as well.
func TestStatisticsSurviveErasing(t *testing.T) {
	t.Parallel()
	e := evaluated(t, 60)
	e.Agree(first(t, e))
	said(e, e.Apply(storetest.Regional), 0, everything)
	var before []forloeb.Statistics
	asked := []forloeb.StatisticsFilter{ofSpark(0), ofSpark(2025), {Programme: forloeb.Regional, At: in2026},
		{Programme: forloeb.Spark, By: forloeb.BySector, Value: "school", At: in2026}}
	for _, f := range asked {
		before = append(before, statistics(t, e, f))
	}
	for _, table := range []string{"party_contacts", "application_texts", "notes", "signatures", "remarks", "answer_remarks", "workplace_names", "meeting_places",
		"meeting_tasks", "meeting_notes", "plan_texts", "mails", "access_log", "application_drafts", "acts", "answers"} {
		e.Exec(`delete from ` + table)
	}
	e.Exec(`update invitations set draft = null`)
	e.Exec(`update parties set role = role, link_version = link_version + 1`)
	for i, f := range asked {
		require.Equal(t, before[i], statistics(t, e, f))
	}
}

// What the last answer of a workplace is counted by does not depend on the
// order in which its rows were written.
func TestWhatIsKeptIsWhatTheRowsSay(t *testing.T) {
	t.Parallel()
	e := answered(t)
	for _, table := range []struct{ name, again string }{
		{"outcomes", `select outcome_again(id) from evaluations`}, {"courses", `select course_again(id) from forloeb`},
	} {
		before := rowsOf(t, e, table.name)
		e.Exec(`delete from ` + table.name)
		e.Exec(table.again)
		require.Equal(t, before, rowsOf(t, e, table.name))
	}
}

func rowsOf(t *testing.T, e *storetest.Env, table string) (rows []string) {
	t.Helper()
	require.NoError(t, e.DB.Select(&rows, `select to_jsonb(t)::text from `+table+` t order by 1`))
	require.NotEmpty(t, rows, table)
	return rows
}
