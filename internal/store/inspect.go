package store

import (
	"context"
	"slices"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// closedStatuses are those in which nothing more happens by itself.
var closedStatuses = func() pq.StringArray {
	var closed pq.StringArray
	for _, s := range forloeb.Statuses {
		if s.Closed() {
			closed = append(closed, string(s))
		}
	}
	return closed
}()

// Living lists the forløb that a workflow must run for: all that are open or
// are to be opened again, but those to which something happened less than
// so long ago.
func (s *Store) Living(ctx context.Context, olderThan time.Duration) (ids []uuid.UUID, err error) {
	err = s.db.SelectContext(asHouse(ctx), &ids, `
		select id from forloeb f
		where (status <> all($1) or reopen_to is not null) and not exists (
			select from acts a where a.forloeb_id = f.id and a.version = f.version
				and a.written_at >= clock_timestamp() - make_interval(secs => $2))`, closedStatuses, olderThan.Seconds())
	return ids, err
}

// Ended picks from ids the forløb that no workflow has to run for any more:
// those that have been closed and settled for so long and owe no mail, and
// those that are not there at all.
func (s *Store) Ended(ctx context.Context, ids []uuid.UUID, longerThan time.Duration) (closed, unknown []uuid.UUID, err error) {
	var rows []struct {
		ID      uuid.UUID `db:"id"`
		Unknown bool      `db:"unknown"`
	}
	err = s.db.SelectContext(asHouse(ctx), &rows, `
		select g.id, f.id is null as unknown from unnest($1::uuid[]) g(id) left join forloeb f on f.id = g.id
		where f.id is null or f.status = any($2) and f.reopen_to is null and f.seen_version = f.version
			and f.status_since - f.clock_offset < clock_timestamp() - make_interval(secs => $3)
			and not exists (select from mails m where m.forloeb_id = f.id and m.state in ('planned', 'sending'))`,
		pq.Array(ids), closedStatuses, longerThan.Seconds())
	for _, r := range rows {
		if r.Unknown {
			unknown = append(unknown, r.ID)
		} else {
			closed = append(closed, r.ID)
		}
	}
	return closed, unknown, err
}

// Unseen lists forløb whose facts the workflow has not acted on, though it has
// had so long.
func (s *Store) Unseen(ctx context.Context, olderThan time.Duration) (ids []uuid.UUID, err error) {
	err = s.db.SelectContext(asHouse(ctx), &ids, `
		select f.id from forloeb f join acts a on a.forloeb_id = f.id and a.version = f.version
		where f.seen_version < f.version and a.written_at < clock_timestamp() - make_interval(secs => $1)
		order by a.written_at`, olderThan.Seconds())
	return ids, err
}

// OldestUnrelayed is how long the oldest act has waited that Temporal has not
// been told of; 0 when there is none.
func (s *Store) OldestUnrelayed(ctx context.Context) (time.Duration, error) {
	var waited float64
	err := s.db.GetContext(asHouse(ctx), &waited, `
		select coalesce(extract(epoch from clock_timestamp() - min(written_at)), 0) from acts where relayed_at is null`)
	return time.Duration(waited * float64(time.Second)), err
}

// TroubledMails counts the mails that ought to have left so long ago and are
// not held back, and those of which nobody knows whether they arrived.
func (s *Store) TroubledMails(ctx context.Context, olderThan time.Duration) (stuck, uncertain int, err error) {
	err = s.db.scan(asHouse(ctx), `
		select count(*) filter (where state in ('planned', 'sending') and not held and real_at < clock_timestamp() - make_interval(secs => $1)),
			count(*) filter (where state = 'uncertain')
		from mails where state in ('planned', 'sending', 'uncertain')`, []any{olderThan.Seconds()}, &stuck, &uncertain)
	return stuck, uncertain, err
}

// Schema is the version the database has, and the one that this binary needs.
func (s *Store) Schema(ctx context.Context) (at, need int64, err error) {
	at, err = s.SchemaVersion(ctx)
	return at, latestMigration(), err
}

// Clock is the database's time.
func (s *Store) Clock(ctx context.Context) (now time.Time, err error) {
	err = s.db.GetContext(ctx, &now, `select clock_timestamp()`)
	return now, err
}

// Role is whom we are to the database, and whether that role is above the
// rights and the row-level security of the tables: their owner or a superuser.
func (s *Store) Role(ctx context.Context) (name string, above bool, err error) {
	err = s.db.scan(ctx, `
		select current_user, r.rolsuper or r.rolbypassrls or pg_has_role(current_user, c.relowner, 'member')
		from pg_roles r, pg_class c where r.rolname = current_user and c.oid = 'forloeb'::regclass`, nil, &name, &above)
	return name, above, err
}

// rights are those without which nothing works, one or two of each kind: a
// restore that has lost the grants has lost these too.
var rights = [][3]string{
	{RoleAPI, "forloeb", "select"}, {RoleAPI, "acts", "insert"}, {RoleAPI, "acts", "update"},
	{RoleWorker, "forloeb", "select"}, {RoleWorker, "forloeb", "update"}, {RoleWorker, "mails", "update"},
}

// MissingRights says which role lacks what, "spark_api: select on forloeb", or
// that it is not there.
func (s *Store) MissingRights(ctx context.Context) (missing []string, err error) {
	for _, r := range rights {
		var there, has bool
		err := s.db.scan(ctx, `
			select count(*) > 0, coalesce(bool_and(has_any_column_privilege(oid, $2::text, $3)), false) from pg_roles where rolname = $1`,
			[]any{r[0], r[1], r[2]}, &there, &has)
		switch absent := r[0] + ": no such role"; {
		case err != nil:
			return nil, err
		case !there && !slices.Contains(missing, absent):
			missing = append(missing, absent)
		case there && !has:
			missing = append(missing, r[0]+": "+r[2]+" on "+r[1])
		}
	}
	return missing, nil
}

// reconcilingLock is held by the one process that reconciles.
const reconcilingLock = 7_210_003

// Alone does something unless another process is doing it, and reports whether
// it did. The lock is the connection's, so that it goes with a process that
// dies, and no transaction is open meanwhile.
func (s *Store) Alone(ctx context.Context, do func(context.Context) error) (did bool, err error) {
	conn, err := s.db.db.Conn(ctx)
	if err != nil {
		return false, err
	}
	defer conn.Close()
	if err := conn.QueryRowContext(ctx, `select pg_try_advisory_lock($1)`, reconcilingLock).Scan(&did); err != nil || !did {
		return false, err
	}
	defer func() {
		// The connection goes back to the pool: it must not keep the lock.
		_, _ = conn.ExecContext(context.WithoutCancel(ctx), `select pg_advisory_unlock($1)`, reconcilingLock)
	}()
	return true, do(ctx)
}
