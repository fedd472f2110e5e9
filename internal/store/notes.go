package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// WriteNote adds a note to a forløb.
func (s *Store) WriteNote(ctx context.Context, id uuid.UUID, by forloeb.Principal, text string) error {
	return s.tx(ctx, "note", func(tx *transaction) error {
		f, now, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		return writeNote(ctx, tx, f, by, text, now)
	})
}

func writeNote(ctx context.Context, tx *transaction, f *forloeb.Forloeb, by forloeb.Principal, text string, now time.Time) error {
	if err := f.JudgeNote(text); err != nil {
		return err
	}
	_, err := tx.ExecContext(ctx, `insert into notes (forloeb_id, author, provider, written_at, text) values ($1, $2, nullif($3, ''), $4, $5)`,
		f.ID, by.ID, by.Only(), now, forloeb.CleanText(text))
	return err
}

// Notes are those of a forløb that whoever asks may read, oldest first: a
// provider's people their own provider's, the secretariat all.
func (s *Store) Notes(ctx context.Context, id uuid.UUID) (list []forloeb.Note, err error) {
	var rows []noteRow
	err = s.db.SelectContext(ctx, &rows, selectNotes+` where n.forloeb_id = $1 and ($2 = '' or n.provider = $2) order by n.id`, id, only(ctx))
	for _, r := range rows {
		list = append(list, r.note())
	}
	return list, err
}

// StrikeNote takes the words out of a note, if it is who's to strike.
// ErrNotFound when the forløb has no such note that they may read.
func (s *Store) StrikeNote(ctx context.Context, id uuid.UUID, note int64, by forloeb.Principal) error {
	return s.tx(ctx, "note", func(tx *transaction) error {
		_, now, err := lock(ctx, tx, id)
		if err != nil {
			return err
		}
		var row noteRow
		if err := tx.GetContext(ctx, &row, selectNotes+` where n.forloeb_id = $1 and ($2 = '' or n.provider = $2) and n.id = $3`, id, only(ctx), note); err != nil {
			return notFound(err)
		}
		if !row.note().MayBeStruck(by) {
			return &forloeb.Refusal{Code: forloeb.RefuseNoteStands}
		}
		_, err = tx.ExecContext(ctx, `update notes set text = null, struck_at = $2, struck_by = $3 where id = $1`, note, now, by.ID)
		return err
	})
}

const selectNotes = `
	select n.id, n.author, coalesce(s.name, k.label, '') as name, n.written_at, coalesce(n.text, '') as text,
		n.struck_at, coalesce(ss.name, sk.label, '') as struck_by
	from notes n
	left join staff s on s.id = n.author left join api_tokens k on k.id = n.author
	left join staff ss on ss.id = n.struck_by left join api_tokens sk on sk.id = n.struck_by`

type noteRow struct {
	ID       int64      `db:"id"`
	Author   uuid.UUID  `db:"author"`
	Name     string     `db:"name"`
	At       time.Time  `db:"written_at"`
	Text     string     `db:"text"`
	StruckAt *time.Time `db:"struck_at"`
	StruckBy string     `db:"struck_by"`
}

func (r noteRow) note() forloeb.Note {
	n := forloeb.Note{ID: r.ID, By: r.Author, Name: r.Name, At: r.At, Text: r.Text, StruckBy: r.StruckBy}
	if r.StruckAt != nil {
		n.Struck = *r.StruckAt
	}
	return n
}
