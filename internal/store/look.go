package store

import (
	"context"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Look computes what the workflow needs to know at an instant of its clock.
// In development it notes how far that clock has been wound on, so that
// everything else about the forløb reads the same time.
func (s *Store) Look(ctx context.Context, id uuid.UUID, now time.Time) (forloeb.View, error) {
	if s.Development {
		if err := s.wind(ctx, id, now); err != nil {
			return forloeb.View{}, err
		}
	}
	f, err := s.Forloeb(ctx, id)
	if err != nil {
		return forloeb.View{}, err
	}
	return f.View(now), nil
}

// wind writes the offset of a wound-on clock, in seconds: an interval of days
// would be an hour wrong across summer time where the server keeps Danish
// time. A clock that is a few seconds behind is only busy.
func (s *Store) wind(ctx context.Context, id uuid.UUID, now time.Time) error {
	_, err := s.db.ExecContext(ctx, `
		update forloeb set clock_offset = case when $2 - now() between '-10 s' and '10 s' then '0'
			else make_interval(secs => extract(epoch from $2 - now())::double precision) end
		where id = $1 and $2 - now() - clock_offset not between '-10 s' and '1 s'`, id, now)
	return err
}
