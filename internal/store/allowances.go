package store

import (
	"context"
	"time"

	"example.dk/spark/internal/crashpoint"
)

// Spend uses one of what a network may do of an act in an hour, and one of
// what all networks may do together (each: 0 for any number). It returns zero,
// or how long to wait when one of them is used up; nothing is used of together
// when it is the network's own that is. An allowance comes back evenly: after
// an hour in full, after a share of the hour by one. It is one statement of
// its own, so that what is used stays used whatever becomes of the request,
// and it holds for every process on this database. Each use removes a few
// allowances that nobody has used for an hour.
func (s *Store) Spend(ctx context.Context, act, network string, each, together int) (wait time.Duration, err error) {
	var seconds float64
	crashpoint.Hit("before commit", "allowance")
	err = s.db.GetContext(ctx, &seconds, spend, act, network, share(each), share(together))
	crashpoint.Hit("after commit", "allowance")
	return time.Duration(seconds * float64(time.Second)), err
}

// share is how many seconds of an hour one of so many takes; 0 for any number.
func share(limit int) float64 {
	if limit == 0 {
		return 0
	}
	return time.Duration(time.Hour.Microseconds() / int64(limit) * int64(time.Microsecond)).Seconds() // rounded down: all of them fit
}

// spend leaves a row as it is, and returns none of it, when its hour is spent.
// The clock is read under the row's lock: by the time of the transaction, of
// two at once the later could seem the earlier. Rows are locked in one order,
// the network's own first, and those removed are never waited for.
const spend = `
	with own as (
		insert into allowances as a (act, network, spent_until)
		select $1, $2, clock_timestamp() + make_interval(secs => $3) where $3 > 0
		on conflict (act, network) do update set spent_until = greatest(a.spent_until, clock_timestamp()) + make_interval(secs => $3)
			where greatest(a.spent_until, clock_timestamp()) + make_interval(secs => $3) <= clock_timestamp() + interval '1 hour'
		returning 1),
	everyone as (
		insert into allowances as a (act, network, spent_until)
		select $1, '', clock_timestamp() + make_interval(secs => $4) where $4 > 0 and ($3 = 0 or exists (select from own))
		on conflict (act, network) do update set spent_until = greatest(a.spent_until, clock_timestamp()) + make_interval(secs => $4)
			where greatest(a.spent_until, clock_timestamp()) + make_interval(secs => $4) <= clock_timestamp() + interval '1 hour'
		returning 1),
	over as (
		delete from allowances where (act, network) in (
			select act, network from allowances
			where spent_until < clock_timestamp() and (act, network) not in (($1, $2), ($1, ''))
			order by spent_until limit 10 for update skip locked)),
	refused as (
		select $2::text as network, $3::float8 as share where $3 > 0 and not exists (select from own)
		union all
		select '', $4 where $4 > 0 and ($3 = 0 or exists (select from own)) and not exists (select from everyone))
	select coalesce(max(greatest(1, r.share - 3600 + coalesce(extract(epoch from a.spent_until - clock_timestamp()), 3600))), 0)
	from refused r
	left join allowances a on a.act = $1 and a.network = r.network`
