package store

import (
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

//go:embed queries/pool.sql
var poolSQL string

//go:embed queries/lately.sql
var latelySQL string

// OpenRound is who waits for assessment in a programme, and what has been
// chosen for them so far.
func (s *Store) OpenRound(ctx context.Context, p forloeb.ProgrammeCode) (r forloeb.Round, err error) {
	return r, s.tx(ctx, "round shown", func(tx *transaction) error {
		r, err = openRound(ctx, tx, p, poolSQL)
		return err
	})
}

func openRound(ctx context.Context, tx *transaction, p forloeb.ProgrammeCode, pool string) (forloeb.Round, error) {
	r := forloeb.Round{Programme: p}
	var draft struct {
		SavedAt time.Time `db:"saved_at"`
		SavedBy string    `db:"saved_by"`
	}
	err := tx.GetContext(ctx, &draft, `
		select d.saved_at, coalesce(s.name, '') as saved_by from round_drafts d left join staff s on s.id::text = d.saved_by where d.programme = $1`, p)
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return r, err
	}
	r.SavedAt, r.SavedBy = draft.SavedAt, draft.SavedBy
	if r.Lines, err = roundLines(ctx, tx, pool, p); err != nil {
		return r, err
	}
	r.Lately, err = lately(ctx, tx, p)
	return r, err
}

func roundLines(ctx context.Context, tx asker, query string, args ...any) (list []forloeb.RoundLine, err error) {
	var rows []roundRow
	if err := tx.SelectContext(ctx, &rows, query, args...); err != nil {
		return nil, err
	}
	for _, r := range rows {
		list = append(list, r.line())
	}
	return list, nil
}

type roundRow struct {
	ID           uuid.UUID            `db:"id"`
	Reference    string               `db:"reference"`
	Type         forloeb.TypeCode     `db:"type"`
	AgreedAt     time.Time            `db:"agreed_at"`
	Waited       int                  `db:"waited"`
	Waitlisted   bool                 `db:"waitlisted"`
	Municipality string               `db:"municipality"`
	Sector       forloeb.Sector       `db:"sector"`
	Workplace    string               `db:"workplace"`
	Themes       pq.StringArray       `db:"themes"`
	People       int                  `db:"people"`
	Earlier      int                  `db:"earlier"`
	Decision     forloeb.Decision     `db:"decision"`
	Reason       forloeb.RejectReason `db:"reason"`
	Words        string               `db:"words"`
}

func (r roundRow) line() forloeb.RoundLine {
	return forloeb.RoundLine{
		Choice:    forloeb.RoundChoice{Forloeb: r.ID, Decision: r.Decision, Reason: r.Reason, Words: r.Words},
		Reference: r.Reference, Workplace: r.Workplace, Type: r.Type, Municipality: r.Municipality, Sector: r.Sector, Themes: themeCodes(r.Themes),
		AgreedAt: r.AgreedAt, Waited: r.Waited, Earlier: r.Earlier, Waitlisted: r.Waitlisted, People: r.People,
	}
}

// lately counts by real time: it spans forløb.
func lately(ctx context.Context, tx *transaction, p forloeb.ProgrammeCode) (l forloeb.Lately, err error) {
	var rows []struct {
		Kind, Code string
		N          int
	}
	if err := tx.SelectContext(ctx, &rows, latelySQL, p, time.Now().AddDate(-1, 0, 0)); err != nil {
		return l, err
	}
	l = forloeb.Lately{Municipalities: map[string]int{}, Sectors: map[string]int{}, Themes: map[string]int{}}
	for _, r := range rows {
		map[string]map[string]int{"municipality": l.Municipalities, "sector": l.Sectors, "theme": l.Themes}[r.Kind][r.Code] = r.N
	}
	return l, nil
}

// SaveRound keeps what has been chosen so far; those that are not named stay
// as they were.
func (s *Store) SaveRound(ctx context.Context, p forloeb.ProgrammeCode, by forloeb.Actor, choices []forloeb.RoundChoice) error {
	return s.tx(ctx, "round saved", func(tx *transaction) error {
		_, err := tx.ExecContext(ctx, `
			insert into round_drafts (programme, saved_at, saved_by) values ($1, clock_timestamp(), $2)
			on conflict (programme) do update set saved_at = excluded.saved_at, saved_by = excluded.saved_by`, p, by.ID)
		if err != nil {
			return err
		}
		for _, c := range choices {
			_, err := tx.ExecContext(ctx, `
				insert into round_choices (programme, forloeb_id, decision, reason, words)
				select $1, f.id, $3, $4, $5 from forloeb f where f.id = $2
				on conflict (programme, forloeb_id) do update set decision = excluded.decision, reason = excluded.reason, words = excluded.words`,
				p, c.Forloeb, c.Decision, c.Reason, forloeb.CleanText(c.Words))
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// CloseRound writes every decision of the round and its record in one
// transaction. It answers forloeb.ErrRoundChanged when what was saved, or who
// waits, is no longer as whoever closes it has seen, and
// forloeb.ErrRoundUndecided while something is missing; nothing is written then.
func (s *Store) CloseRound(ctx context.Context, p forloeb.ProgrammeCode, by forloeb.Actor, seen forloeb.RoundSeen) (closed forloeb.ClosedRound, err error) {
	return closed, s.tx(ctx, "round closed", func(tx *transaction) error {
		closed, err = closeRound(ctx, tx, p, by, seen)
		return err
	})
}

func closeRound(ctx context.Context, tx *transaction, p forloeb.ProgrammeCode, by forloeb.Actor, seen forloeb.RoundSeen) (closed forloeb.ClosedRound, err error) {
	if _, err := tx.ExecContext(ctx, `select from round_drafts where programme = $1 for update`, p); err != nil {
		return closed, err
	}
	r, err := openRound(ctx, tx, p, poolSQL+` for update of f`)
	switch {
	case err != nil:
		return closed, err
	case r.Seen() != seen || len(r.Lines) == 0:
		return closed, forloeb.ErrRoundChanged
	case r.Lacking() > 0:
		return closed, forloeb.ErrRoundUndecided
	}
	closed.ID = uuid.New()
	if err := insertRound(ctx, tx, closed.ID, by, r); err != nil {
		return closed, err
	}
	for _, l := range r.Lines {
		recorded, err := record(ctx, tx, l.Choice.Forloeb, by, l.Choice.Deed())
		if refused := (*forloeb.Refusal)(nil); errors.As(err, &refused) {
			return closed, forloeb.ErrRoundChanged // it moved since it was shown
		}
		if err != nil {
			return closed, err
		}
		closed.Acts = append(closed.Acts, recorded.Acts...)
		if err := insertRoundLine(ctx, tx, closed.ID, l); err != nil {
			return closed, err
		}
	}
	_, err = tx.ExecContext(ctx, `delete from round_drafts where programme = $1`, p)
	return closed, err
}

func insertRound(ctx context.Context, tx *transaction, id uuid.UUID, by forloeb.Actor, r forloeb.Round) error {
	counts, err := json.Marshal(r.Lately)
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		insert into rounds (id, programme, number, closed_at, closed_by, lately)
		values ($1, $2, (select count(*) + 1 from rounds where programme = $2), clock_timestamp(), $3, $4)`, id, r.Programme, by.ID, counts)
	return err
}

func insertRoundLine(ctx context.Context, tx *transaction, round uuid.UUID, l forloeb.RoundLine) error {
	reason := l.Choice.Reason
	if l.Choice.Decision != forloeb.Reject {
		reason = "" // chosen before somebody thought better of it
	}
	themes := make(pq.StringArray, len(l.Themes))
	for i, t := range l.Themes {
		themes[i] = string(t)
	}
	_, err := tx.ExecContext(ctx, `
		insert into round_lines (round_id, forloeb_id, reference, type, municipality, sector, themes, agreed_at, waited, earlier, waitlisted, decision, reason)
		values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		round, l.Choice.Forloeb, l.Reference, l.Type, l.Municipality, l.Sector, themes, l.AgreedAt, l.Waited, l.Earlier, l.Waitlisted, l.Choice.Decision, reason)
	return err
}

const roundHeads = `
	select r.id, r.programme, r.number, r.closed_at, coalesce(s.name, '') as closed_by, r.lately
	from rounds r left join staff s on s.id::text = r.closed_by `

type roundHead struct {
	ID        uuid.UUID             `db:"id"`
	Programme forloeb.ProgrammeCode `db:"programme"`
	Number    int                   `db:"number"`
	ClosedAt  time.Time             `db:"closed_at"`
	ClosedBy  string                `db:"closed_by"`
	Lately    []byte                `db:"lately"`
}

func (h roundHead) round() (r forloeb.Round, err error) {
	r = forloeb.Round{ID: h.ID, Programme: h.Programme, Number: h.Number, ClosedAt: h.ClosedAt, ClosedBy: h.ClosedBy}
	return r, json.Unmarshal(h.Lately, &r.Lately)
}

// ClosedRounds are a programme's, the last one first, each with its lines.
func (s *Store) ClosedRounds(ctx context.Context, p forloeb.ProgrammeCode) (list []forloeb.Round, err error) {
	var heads []roundHead
	if err := s.db.SelectContext(ctx, &heads, roundHeads+`where r.programme = $1 order by r.number desc`, p); err != nil {
		return nil, err
	}
	for _, h := range heads {
		r, err := s.closedRound(ctx, h)
		if err != nil {
			return nil, err
		}
		list = append(list, r)
	}
	return list, nil
}

// ClosedRound is the record of one. ErrNotFound when there is none.
func (s *Store) ClosedRound(ctx context.Context, id uuid.UUID) (r forloeb.Round, err error) {
	var h roundHead
	if err := s.db.GetContext(ctx, &h, roundHeads+`where r.id = $1`, id); err != nil {
		return r, notFound(err)
	}
	return s.closedRound(ctx, h)
}

func (s *Store) closedRound(ctx context.Context, h roundHead) (r forloeb.Round, err error) {
	if r, err = h.round(); err != nil {
		return r, err
	}
	r.Lines, err = roundLines(ctx, s.db, `
		select forloeb_id as id, reference, type, municipality, sector, '' as workplace, themes, agreed_at, waited, earlier, waitlisted, 0 as people,
			decision, reason, '' as words
		from round_lines where round_id = $1 order by agreed_at, forloeb_id`, h.ID)
	return r, err
}
