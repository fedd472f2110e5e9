package store

import (
	"context"
	"database/sql"
	"errors"
	"time"

	"example.dk/spark/internal/forloeb"
)

// Intake is what was last decided about a programme's intake; as agreed when
// nothing was.
func (s *Store) Intake(ctx context.Context, p forloeb.ProgrammeCode) (forloeb.IntakeDecision, error) {
	return intake(ctx, s.db, p)
}

// DecideIntake writes down what is decided. What was decided before stays on
// record.
func (s *Store) DecideIntake(ctx context.Context, i forloeb.IntakeDecision, by forloeb.Actor) error {
	_, err := statement(ctx, s.db, "intake", `
		insert into intakes (programme, state, from_day, until_day, notice, actor_kind, actor_id) values ($1, $2, $3, $4, $5, $6, $7)`,
		i.Programme, i.State, nullableDay(i.From), nullableDay(i.Until), forloeb.CleanText(i.Notice), by.Kind, by.ID)
	return err
}

func intake(ctx context.Context, q asker, p forloeb.ProgrammeCode) (forloeb.IntakeDecision, error) {
	var row struct {
		State  forloeb.IntakeState `db:"state"`
		From   string              `db:"from_day"`
		Until  string              `db:"until_day"`
		Notice string              `db:"notice"`
		By     string              `db:"by"`
		At     time.Time           `db:"decided_at"`
	}
	err := q.GetContext(ctx, &row, `
		select i.state, coalesce(i.from_day::text, '') as from_day, coalesce(i.until_day::text, '') as until_day, i.notice,
			coalesce(s.name, '') as by, i.decided_at
		from intakes i left join staff s on s.id::text = i.actor_id
		where i.programme = $1 order by i.id desc limit 1`, p)
	if errors.Is(err, sql.ErrNoRows) {
		return forloeb.IntakeDecision{Programme: p, State: forloeb.IntakeAgreed}, nil
	}
	if err != nil {
		return forloeb.IntakeDecision{}, err
	}
	i := forloeb.IntakeDecision{Programme: p, State: row.State, Notice: row.Notice, By: row.By, At: row.At}
	if i.From, err = dayOf(row.From); err != nil {
		return i, err
	}
	i.Until, err = dayOf(row.Until)
	return i, err
}

// nullableDay turns a zero day into NULL.
func nullableDay(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return dateOf(t)
}

// dayOf is the day that a text from the database names, in Copenhagen; none of
// "".
func dayOf(text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	return time.ParseInLocation(time.DateOnly, text, forloeb.Copenhagen)
}

// refuseClosed refuses a new application while it is decided that its
// programme takes none. What is agreed was asked before: that changes at
// midnight alone.
func refuseClosed(ctx context.Context, tx *transaction, code forloeb.ProgrammeCode, now time.Time) error {
	decided, err := intake(ctx, tx, code)
	if err != nil {
		return err
	}
	programme, _ := forloeb.ProgrammeByCode(code)
	if r := programme.IntakeAt(decided, now).Refusal(); r != nil && decided.Stands(now) {
		return r
	}
	return nil
}
