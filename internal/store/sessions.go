package store

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// Sessions keeps what belongs to a login: the store of alexedwards/scs. The
// tokens that come here must be hashes (HashTokenInStore), so that whoever
// reads the table can log in as nobody.
type Sessions struct{ db pool }

// Sessions keeps logins in this database.
func (s *Store) Sessions() Sessions { return Sessions{s.db} }

// FindCtx returns what a session holds; not found when it is unknown or over.
func (s Sessions) FindCtx(ctx context.Context, token string) (data []byte, found bool, err error) {
	err = s.db.GetContext(ctx, &data, `select data from sessions where token = $1 and expires_at > now()`, token)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	return data, err == nil, err
}

// CommitCtx writes a session. Each time a few that are over go: more than come,
// and never so many that somebody waits for it.
func (s Sessions) CommitCtx(ctx context.Context, token string, data []byte, expiry time.Time) error {
	_, err := statement(ctx, s.db, "session", `
		with over as (
			delete from sessions where token in (
				select token from sessions where expires_at <= now() and token <> $1
				order by expires_at limit 10 for update skip locked))
		insert into sessions (token, data, expires_at) values ($1, $2, $3)
		on conflict (token) do update set data = excluded.data, expires_at = excluded.expires_at`, token, data, expiry)
	return err
}

// DeleteCtx ends a session; one that is unknown has ended already.
func (s Sessions) DeleteCtx(ctx context.Context, token string) error {
	_, err := statement(ctx, s.db, "session ended", `delete from sessions where token = $1`, token)
	return err
}

// Find is FindCtx for a caller without a context.
func (s Sessions) Find(token string) ([]byte, bool, error) {
	return s.FindCtx(context.Background(), token)
}

// Commit is CommitCtx for a caller without a context.
func (s Sessions) Commit(token string, data []byte, expiry time.Time) error {
	return s.CommitCtx(context.Background(), token, data, expiry)
}

// Delete is DeleteCtx for a caller without a context.
func (s Sessions) Delete(token string) error {
	return s.DeleteCtx(context.Background(), token)
}
