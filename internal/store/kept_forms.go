package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// KeepForm keeps what somebody typed, sealed, for as long as life says; those
// whose time is over go. The database refuses more than 128 KiB.
func (s *Store) KeepForm(ctx context.Context, id uuid.UUID, k forloeb.KeptForm, life time.Duration) error {
	_, err := statement(ctx, s.db, "form kept", `
		with over as (delete from kept_forms where expires_at <= now())
		insert into kept_forms (id, staff_id, path, sealed, expires_at) values ($1, $2, $3, $4, now() + make_interval(secs => $5))`,
		id, k.Staff, k.Path, k.Sealed, life.Seconds())
	return err
}

// KeptForm reads it. ErrNotFound when there is none, or its time is over.
func (s *Store) KeptForm(ctx context.Context, id uuid.UUID) (k forloeb.KeptForm, err error) {
	err = s.db.GetContext(ctx, &k, `select staff_id as staff, path, sealed from kept_forms where id = $1 and expires_at > now()`, id)
	return k, notFound(err)
}

// DropKeptForm forgets it; one that is unknown is forgotten already.
func (s *Store) DropKeptForm(ctx context.Context, id uuid.UUID) error {
	_, err := statement(ctx, s.db, "form forgotten", `delete from kept_forms where id = $1`, id)
	return err
}
