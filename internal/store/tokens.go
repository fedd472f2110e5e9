package store

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// tokenPrefix lets people and secret scanners see what a token is.
const tokenPrefix = "spark_"

// CreateToken makes a bearer token and returns its secret. The database keeps
// a hash alone: the secret is never seen again.
func (s *Store) CreateToken(ctx context.Context, role forloeb.StaffRole, consultant uuid.UUID, label string, ttl time.Duration) (secret string, err error) {
	return s.CreateTokenFor(ctx, forloeb.Principal{Role: role, Consultant: consultant, Name: label}, ttl)
}

// CreateTokenFor makes one that may do what the principal may. Its label is
// the principal's name.
func (s *Store) CreateTokenFor(ctx context.Context, who forloeb.Principal, ttl time.Duration) (secret string, err error) {
	secret = tokenPrefix + randomText()
	_, err = s.db.ExecContext(ctx, `
		insert into api_tokens (id, hash, role, consultant_id, provider, label, expires_at) values ($1, $2, $3, $4, nullif($5, ''), $6, now() + make_interval(secs => $7))`,
		uuid.New(), tokenHash(secret), who.Role, nullableID(who.Consultant), who.Provider, forloeb.CleanLine(who.Name), ttl.Seconds())
	if err != nil {
		return "", err
	}
	return secret, nil
}

// randomText is 32 random bytes.
func randomText() string {
	var b [32]byte
	rand.Read(b[:]) // never fails
	return base64.RawURLEncoding.EncodeToString(b[:])
}

// tokenHash needs no salt: nobody guesses 32 random bytes.
func tokenHash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}

// Token finds who a secret speaks for. ErrNotFound when it is unknown,
// expired or revoked, or its consultant has stopped.
func (s *Store) Token(ctx context.Context, secret string) (forloeb.Principal, error) {
	var row struct {
		ID         uuid.UUID         `db:"id"`
		Role       forloeb.StaffRole `db:"role"`
		Consultant uuid.NullUUID     `db:"consultant_id"`
		Provider   string            `db:"provider"`
		Label      string            `db:"label"`
		ExpiresAt  time.Time         `db:"expires_at"`
	}
	err := s.db.GetContext(ctx, &row, `
		select t.id, t.role, t.consultant_id, coalesce(t.provider, '') as provider, t.label, t.expires_at
		from api_tokens t left join consultants k on k.id = t.consultant_id
		where t.hash = $1 and t.expires_at > now() and t.revoked_at is null and coalesce(k.active, true)`, tokenHash(secret))
	if err != nil {
		return forloeb.Principal{}, notFound(err)
	}
	return forloeb.Principal{
		ID: row.ID, Role: row.Role, Consultant: row.Consultant.UUID, Provider: forloeb.ProviderCode(row.Provider), Name: row.Label, Until: row.ExpiresAt,
	}, nil
}

// RevokeToken ends a token. ErrNotFound when there is none, or it has ended
// already.
func (s *Store) RevokeToken(ctx context.Context, id uuid.UUID) error {
	res, err := s.db.ExecContext(ctx, `update api_tokens set revoked_at = now() where id = $1 and revoked_at is null`, id)
	if err != nil {
		return err
	}
	if n, err := res.RowsAffected(); n == 1 || err != nil {
		return err
	}
	return ErrNotFound
}
