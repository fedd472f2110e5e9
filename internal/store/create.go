package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"time"

	"github.com/google/uuid"
	"github.com/lib/pq"

	"example.dk/spark/internal/forloeb"
)

// ErrKeyReused: the same key was used for another application.
var ErrKeyReused = &forloeb.Refusal{Code: forloeb.RefuseKeyReused}

// Create receives an application: the forløb, its first revision, its
// workplace and parties, and the act that starts it, in one transaction. The
// same key with the same application gives the same forløb, also after the
// intake was closed; with another one ErrKeyReused. The submission has been
// checked.
func (s *Store) Create(ctx context.Context, sub forloeb.Submission, key string, by forloeb.Actor) (c forloeb.Created, err error) {
	for clashes := range 30 { // a reference is random digits; a clash draws again
		err = s.tx(ctx, "application", func(tx *transaction) error {
			if err := keepHouse(ctx, tx); err != nil {
				return err
			}
			c, err = create(ctx, tx, sub, s.policy(sub), key, by, clashes)
			return err
		})
		if !uniqueViolation(err, "forloeb_reference_key") {
			break
		}
	}
	return c, err
}

// policy are the rules of time a new forløb gets and keeps.
func (s *Store) policy(sub forloeb.Submission) forloeb.Policy {
	programme, _ := forloeb.ProgrammeByCode(sub.Programme)
	programme.Policy = programme.PolicyFor(sub.Type)
	if s.Policy != nil {
		return s.Policy(programme)
	}
	return programme.Policy
}

func create(ctx context.Context, tx *transaction, sub forloeb.Submission, rules forloeb.Policy, key string, by forloeb.Actor, clashes int) (c forloeb.Created, err error) {
	c.ID = uuid.New()
	fresh, err := claimKey(ctx, tx, "applications", key, bodyHash(sub), &c.ID)
	if err != nil || !fresh {
		return c, err
	}
	now := time.Now().UTC().Truncate(time.Microsecond)
	if err := refuseClosed(ctx, tx, sub.Programme, now); err != nil {
		return c, err
	}
	w := writer{ctx: ctx, tx: tx, by: by, now: now, version: 1, f: &forloeb.Forloeb{ID: c.ID}}
	if err := w.exec(`insert into forloeb (id, reference, programme, type, policy, created_at, provider) values ($1, $2, $3, $4, $5, $6, nullif($7, ''))`,
		c.ID, reference(now, clashes), sub.Programme, sub.Type, toJSON(rules), now, sub.Provider); err != nil {
		return c, err
	}
	if err := w.begin(sub); err != nil {
		return c, err
	}
	if err := w.exec(`delete from application_drafts where key = $1`, key); err != nil { // it is sent
		return c, err
	}
	act, err := w.act(forloeb.Line{Name: forloeb.ApplicationChanged, Detail: "applied"})
	c.Acts = []forloeb.Act{act}
	return c, err
}

// reference draws a case reference. A year has ten thousand; when most are
// taken, it grows by two digits.
func reference(now time.Time, clashes int) string {
	year := now.In(forloeb.Copenhagen).Year()
	short := forloeb.NewReference(year, rand.Reader)
	if clashes < 10 {
		return short
	}
	return short + forloeb.NewReference(year, rand.Reader)[5:]
}

// begin writes what an application tells.
func (w *writer) begin(sub forloeb.Submission) error {
	if err := w.application(1, sub); err != nil {
		return err
	}
	applies := forloeb.Participant{
		Workplace: sub.Place(), Municipality: sub.Municipality, Sector: sub.Sector, Employees: sub.Employees, Leader: sub.Leader, Rep: sub.Rep,
		Region: sub.Region, UnitType: sub.UnitType,
	}
	for i, p := range append([]forloeb.Participant{applies}, sub.Participants...) {
		if err := w.insertWorkplace(i+1, p, i == 0 && len(sub.Participants) > 0); err != nil {
			return err
		}
	}
	return nil
}

// insertWorkplace writes a workplace with its pair; of a shared forløb, the
// first only applies.
func (w *writer) insertWorkplace(position int, p forloeb.Participant, onlyApplies bool) error {
	id := uuid.New()
	if err := w.exec(`insert into workplaces (id, forloeb_id, municipality, sector, employees, position, only_applies, region, unit_type)
			values ($1, $2, nullif($3, ''), case when $8 = '' then $4 end, $5, $6, $7, nullif($8, ''), nullif($9, ''))`,
		id, w.f.ID, p.Municipality, p.Sector, p.Employees, position, onlyApplies, p.Region, p.UnitType); err != nil {
		return err
	}
	if err := w.exec(`insert into workplace_names (workplace_id, name) values ($1, $2)`, id, p.Workplace); err != nil {
		return err
	}
	if err := w.insertParty(forloeb.Party{ID: uuid.New(), WorkplaceID: id, Side: forloeb.Leader, Role: forloeb.RoleLeader, Contact: p.Leader}); err != nil {
		return err
	}
	return w.insertParty(forloeb.Party{ID: uuid.New(), WorkplaceID: id, Side: forloeb.Rep, Role: p.Rep.Role, Contact: p.Rep.Contact()})
}

// bodyHash tells one application from another, telephone numbers included.
func bodyHash(sub forloeb.Submission) string {
	sum := sha256.Sum256(toJSON(sub))
	return hex.EncodeToString(sum[:])
}

// claimKey takes an idempotency key. It is not fresh when it was taken before
// for the same body, and id is then what it was taken for. Two at once wait
// for each other on the key.
func claimKey(ctx context.Context, tx *transaction, route, key, bodyHash string, id *uuid.UUID) (fresh bool, err error) {
	res, err := tx.ExecContext(ctx, `insert into idempotency_keys (route, key, body_hash, response) values ($1, $2, $3, to_jsonb($4::text)) on conflict do nothing`,
		route, key, bodyHash, id.String())
	if err != nil {
		return false, err
	}
	if n, err := res.RowsAffected(); n == 1 || err != nil {
		return true, err
	}
	var before struct {
		Hash string    `db:"body_hash"`
		ID   uuid.UUID `db:"id"`
	}
	err = tx.GetContext(ctx, &before, `select body_hash, (response #>> '{}')::uuid as id from idempotency_keys where route = $1 and key = $2`, route, key)
	if err == nil && before.Hash != bodyHash {
		err = ErrKeyReused
	}
	*id = before.ID
	return false, err
}

func themes(codes []forloeb.ThemeCode) any {
	list := make([]string, len(codes))
	for i, c := range codes {
		list[i] = string(c)
	}
	return pq.Array(list)
}
