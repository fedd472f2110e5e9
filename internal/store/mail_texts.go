package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"time"

	"example.dk/spark/internal/forloeb"
)

// MailTexts are the versions in force of a programme's mails; a kind that is
// not there is as it came with the program.
func (s *Store) MailTexts(ctx context.Context, p forloeb.ProgrammeCode) (map[forloeb.MailKind]forloeb.MailText, error) {
	var rows []mailTextRow
	err := s.db.SelectContext(ctx, &rows, `
		select distinct on (t.kind) `+mailTextColumns+` where t.programme = $1 order by t.kind, t.version desc`, p)
	texts := map[forloeb.MailKind]forloeb.MailText{}
	for _, r := range rows {
		if texts[r.Kind], err = r.text(); err != nil {
			return nil, err
		}
	}
	return texts, err
}

// MailTextVersions are all of one kind, the latest first.
func (s *Store) MailTextVersions(ctx context.Context, p forloeb.ProgrammeCode, kind forloeb.MailKind) (list []forloeb.MailText, err error) {
	var rows []mailTextRow
	err = s.db.SelectContext(ctx, &rows, `
		select `+mailTextColumns+` where t.programme = $1 and t.kind = $2 order by t.version desc`, p, kind)
	for _, r := range rows {
		t, err := r.text()
		if err != nil {
			return nil, err
		}
		list = append(list, t)
	}
	return list, err
}

// SaveMailText adds a version to the one that t names, or answers
// forloeb.ErrMailTextChanged when that is not the latest. The words have been
// checked.
func (s *Store) SaveMailText(ctx context.Context, t forloeb.MailText, by forloeb.Actor) error {
	sentences, err := json.Marshal(t.Sentences)
	if err != nil {
		return err
	}
	res, err := statement(ctx, s.db, "mail text", `
		insert into mail_texts (programme, kind, version, sentences, actor_kind, actor_id)
		select $1, $2, $3 + 1, coalesce(nullif($4::jsonb, 'null'), '{}'), $5, $6
		where $3 = (select coalesce(max(version), 0) from mail_texts where programme = $1 and kind = $2)
		on conflict do nothing`, t.Programme, t.Kind, t.Version, string(sentences), by.Kind, by.ID)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); err != nil || n == 0 {
		return errors.Join(err, forloeb.ErrMailTextChanged)
	}
	return nil
}

const mailTextColumns = `t.programme, t.kind, t.version, t.sentences, t.saved_at, coalesce(s.name, '') as by
	from mail_texts t left join staff s on s.id::text = t.actor_id`

type mailTextRow struct {
	Programme forloeb.ProgrammeCode `db:"programme"`
	Kind      forloeb.MailKind      `db:"kind"`
	Version   int                   `db:"version"`
	Sentences []byte                `db:"sentences"`
	At        time.Time             `db:"saved_at"`
	By        string                `db:"by"`
}

func (r mailTextRow) text() (forloeb.MailText, error) {
	t := forloeb.MailText{Programme: r.Programme, Kind: r.Kind, Version: r.Version, By: r.By, At: r.At}
	return t, json.Unmarshal(r.Sentences, &t.Sentences)
}

// pinText notes which version the mail is written in, unless an earlier
// attempt has: in the transaction that takes the mail, before anything of it
// leaves.
const pinText = `text_version = coalesce(text_version,
	(select max(t.version) from mail_texts t, forloeb f where f.id = mails.forloeb_id and t.programme = f.programme and t.kind = mails.kind), 0)`

// textOf are the words of a mail: those it is pinned to, or, to look at it
// before anybody has begun to send it, those in force.
func textOf(ctx context.Context, tx *transaction, mail int64) (t forloeb.MailText, err error) {
	var sentences []byte
	err = tx.QueryRowxContext(ctx, `
		select t.programme, t.kind, t.version, t.sentences
		from mails m join forloeb f on f.id = m.forloeb_id join mail_texts t on t.programme = f.programme and t.kind = m.kind
		where m.id = $1 and t.version = coalesce(m.text_version, t.version)
		order by t.version desc limit 1`, mail).Scan(&t.Programme, &t.Kind, &t.Version, &sentences)
	if errors.Is(err, sql.ErrNoRows) {
		return forloeb.MailText{}, nil
	}
	if err != nil {
		return t, err
	}
	return t, json.Unmarshal(sentences, &t.Sentences)
}
