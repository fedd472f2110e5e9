package store_test

import (
	"fmt"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store/storetest"
)

// An answer has the workplace and the wave, by the evaluation, and the day. A
// column more has to be thought about here.
func TestNoColumnOfAnAnswerIsAboutAPerson(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	var columns []string
	require.NoError(t, e.DB.Select(&columns, `select table_name || '.' || column_name from information_schema.columns
		where table_schema = 'public' and table_name in ('answers', 'answer_remarks') order by 1`))
	require.Equal(t, []string{
		"answer_remarks.answer_id", "answer_remarks.remark",
		"answers.choices", "answers.day", "answers.evaluation_id", "answers.id", "answers.version",
	}, columns)
}

// It is known who has answered, and when. Of those who answered for a workplace
// neither the order of the rows, nor what wrote them, nor their day tells whose
// is whose: the chance that sixteen stand in the order they came is nil.
func TestTheOrderOfAnswersTellsNothing(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	evaluation := uuid.New()
	e.Exec(`insert into evaluations (id, workplace_id, wave) values ($1, $2, 0)`, evaluation, e.Read(e.Apply()).Lead().ID)
	const many = 16
	var came []int
	for i := range many {
		e.Exec(`select keep_answer($1, 2, $2, $3, $4)`, evaluation, fmt.Sprintf(`{"n": %d}`, i), fmt.Sprint("Nr. ", i), fmt.Sprintf("2027-06-%02d", i+1))
		came = append(came, i)
	}
	for _, order := range []string{"a.ctid", "a.id", "r.ctid", "r.answer_id"} {
		var found []int
		require.NoError(t, e.DB.Select(&found, `select (a.choices->>'n')::int from answers a join answer_remarks r on r.answer_id = a.id
			and r.remark = 'Nr. ' || (a.choices->>'n') order by `+order))
		require.ElementsMatch(t, came, found, "all are there, each with its own words")
		require.NotEqual(t, came, found, order)
	}
	require.Equal(t, 1, e.Count(`select count(distinct x) from (select xmin::text as x from answers union all select xmin::text from answer_remarks) as wrote`))
	require.Equal(t, 1, e.Count(`select count(distinct day) from answers where day = '2027-06-16'`))
	require.Equal(t, many, e.Count(`select count(*) from answers`))
}

// Whoever comes as the api cannot write an answer in another way.
func TestAnswersAreWrittenByOneFunction(t *testing.T) {
	t.Parallel()
	e := storetest.New(t)
	for _, table := range []string{"answers", "answer_remarks"} {
		for _, right := range []string{"insert", "update", "delete"} {
			for _, role := range []string{"spark_api", "spark_worker"} {
				require.Zero(t, e.Count(`select count(*) where has_table_privilege($1, $2, $3)`, role, table, right), "%s %s %s", role, right, table)
			}
		}
	}
}

// An answer keeps the version that was asked.
func TestAnAnswerKeepsItsVersion(t *testing.T) {
	t.Parallel()
	l := sleeping(t).to(2027, 6, 30, 12, 0)
	first := storetest.Evaluation()
	first.Version = 1
	rep := l.Party(l.id, forloeb.Rep)
	l.do(storetest.By(rep), forloeb.AnswerEvaluation{Party: rep.ID, Answers: first})
	l.evaluate(forloeb.Leader)
	var versions []int
	require.NoError(t, l.DB.Select(&versions, `select version from answers order by version`))
	require.Equal(t, []int{1, forloeb.QuestionnaireVersion}, versions)
	require.Equal(t, 1, l.Count(`select count(*) from outcomes where asked = 2 and answered = 2 and 'planned=yes,yes' = any (said)`), "both are counted, and once")
}

// drafts begins an answer, and drafted counts those that are kept.
func (l *life) drafts(p *forloeb.Party) {
	l.t.Helper()
	kept, err := l.API.SaveDraft(l.t.Context(), p.ID, storetest.Evaluation())
	require.NoError(l.t, err)
	require.True(l.t, kept)
	draft, err := l.API.Draft(l.t.Context(), p.ID)
	require.NoError(l.t, err)
	require.Equal(l.t, storetest.Evaluation(), draft)
}

func (l *life) drafted() int {
	l.t.Helper()
	return l.Count(`select count(*) from invitations where draft is not null`)
}

// What is begun hangs on the invitation, and goes with what ends it.
func TestADraftGoesWhenItIsNoLongerWanted(t *testing.T) {
	t.Parallel()
	for name, ends := range map[string]func(l *life, p *forloeb.Party){
		"sent":    func(l *life, p *forloeb.Party) { l.evaluate(p.Side) },
		"refused": func(l *life, p *forloeb.Party) { l.do(storetest.By(p), forloeb.RefuseEvaluation{Party: p.ID}) },
		"left":    func(l *life, p *forloeb.Party) { l.do(storetest.By(p), forloeb.LeaveParty{Party: p.ID}) },
		"replaced": func(l *life, p *forloeb.Party) {
			l.do(storetest.Secretary, forloeb.ReplaceParty{Party: p.ID, New: uuid.New(), Contact: forloeb.Contact{Name: "Ny Kraft", Email: "ny@example.dk"}})
		},
		"withdrawn": func(l *life, p *forloeb.Party) { l.do(storetest.By(p), forloeb.Withdraw{Party: p.ID}) },
		"closed":    func(l *life, _ *forloeb.Party) { l.to(2027, 9, 1, 12, 0).status(forloeb.Completed) },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			l := sleeping(t).to(2027, 6, 30, 12, 0)
			p := l.Party(l.id, forloeb.Leader)
			l.drafts(p)
			require.Equal(t, 1, l.drafted())
			ends(l, p)
			require.Zero(t, l.drafted())
		})
	}
}

// A draft that nobody waits for is not said to be kept.
func TestADraftIsNotKeptInVain(t *testing.T) {
	t.Parallel()
	l := sleeping(t)
	leader := l.Party(l.id, forloeb.Leader)
	kept, err := l.API.SaveDraft(t.Context(), leader.ID, storetest.Evaluation())
	require.NoError(t, err)
	require.False(t, kept, "before anybody has asked")
	l.to(2027, 6, 30, 12, 0)
	l.evaluate(forloeb.Leader)
	kept, err = l.API.SaveDraft(t.Context(), leader.ID, storetest.Evaluation())
	require.NoError(t, err)
	require.False(t, kept, "the answer has been sent")
}

// Who would rather not be asked right after has not taken back an answer, nor
// refused what is asked later.
func TestRefusingIsOfOneTime(t *testing.T) {
	t.Parallel()
	l := askedTwice(t).to(2027, 4, 1, 10, 0)
	leader := l.Party(l.id, forloeb.Leader)
	l.evaluate(forloeb.Leader)
	l.to(2027, 6, 30, 12, 0)
	l.do(storetest.By(leader), forloeb.RefuseEvaluation{Party: leader.ID})
	require.Equal(t, 1, l.Count(`select count(*) from invitations where party_id = $1 and answered_at is not null and refused_at is null`, leader.ID))
	require.Equal(t, 1, l.Count(`select count(*) from invitations where party_id = $1 and answered_at is null and refused_at is not null`, leader.ID))
}
