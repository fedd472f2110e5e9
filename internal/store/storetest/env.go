// Package storetest gives each test a database of its own, with the product's
// schema and roles, and drives forløb through it on virtual time.
package storetest

import (
	"context"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/jmoiron/sqlx"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/store"
)

// URLVariable names the environment variable that says where the tests'
// PostgreSQL is: a URL of a role that owns tables and may create databases.
const URLVariable = "SPARK_TEST_DATABASE_URL"

// Env is a database of one test's own.
type Env struct {
	API    *store.Store // as spark_api, seeing everything: what people do
	Front  *store.Store // as spark_api, as the product opens it: nobody sees a forløb without saying who looks
	Worker *store.Store // as spark_worker: what the process does
	DB     *sqlx.DB     // as the owner, to look behind the scenes

	// Hesitate keeps consultants from saying yes to what they are offered, which
	// they do at once else.
	Hesitate bool

	t      testing.TB
	server *url.URL // of a role that owns tables
	name   string

	mail sync.Mutex
	sent []Sent
	fate func(forloeb.Letter) forloeb.Outcome
}

// New makes a database from a migrated template and drops it when the test
// ends.
func New(t testing.TB) *Env {
	t.Helper()
	return newEnv(t, createFromTemplate)
}

// NewEmpty makes a database without anything in it, for tests of the
// migrations themselves.
func NewEmpty(t testing.TB) *Env {
	t.Helper()
	return newEnv(t, createEmpty)
}

func newEnv(t testing.TB, create func(testing.TB, string)) *Env {
	t.Helper()
	name := databaseName()
	create(t, name)
	t.Cleanup(func() { dropDatabase(t, name) })
	return open(t, base(t), name)
}

// On is a database that is there already, on a server of the test's own: the
// URL is of the role that owns its tables.
func On(t testing.TB, owner string) *Env {
	t.Helper()
	u, err := url.Parse(owner)
	require.NoError(t, err)
	return open(t, u, strings.TrimPrefix(u.Path, "/"))
}

func open(t testing.TB, server *url.URL, name string) *Env {
	t.Helper()
	e := &Env{t: t, server: server, name: name, fate: delivered}
	e.API, e.Front, e.Worker = e.OpenHouse(), e.Open(store.RoleAPI), e.Open(store.RoleWorker)
	e.DB = e.Connect(server.User.Username())
	return e
}

func databaseName() string { return "spark_test_" + strings.ReplaceAll(uuid.NewString(), "-", "") }

// Open is another connection pool, as another process would have.
func (e *Env) Open(role string) *store.Store {
	e.t.Helper()
	return e.open(store.Open, role)
}

// OpenHouse is another one like API.
func (e *Env) OpenHouse() *store.Store { return e.open(store.OpenHouse, store.RoleAPI) }

func (e *Env) open(open func(string) (*store.Store, error), role string) *store.Store {
	e.t.Helper()
	s, err := open(e.URL(role))
	require.NoError(e.t, err)
	e.t.Cleanup(func() { s.Close() })
	return s
}

// Connect opens the database for plain SQL as a role.
func (e *Env) Connect(role string) *sqlx.DB {
	e.t.Helper()
	db, err := sqlx.Open("postgres", e.URL(role))
	require.NoError(e.t, err)
	e.t.Cleanup(func() { db.Close() })
	return db
}

// URL is the database's address for a role.
func (e *Env) URL(role string) string { return on(e.server, role, e.name) }

// OwnerURL is the database's address for the owner of its tables.
func (e *Env) OwnerURL() string { return e.URL(e.server.User.Username()) }

// Exec runs SQL as the owner.
func (e *Env) Exec(query string, args ...any) {
	e.t.Helper()
	_, err := e.DB.Exec(query, args...)
	require.NoError(e.t, err)
}

// Get reads one row as the owner.
func (e *Env) Get(into any, query string, args ...any) {
	e.t.Helper()
	require.NoError(e.t, e.DB.Get(into, query, args...))
}

// Count runs a query for one number as the owner.
func (e *Env) Count(query string, args ...any) (n int) {
	e.t.Helper()
	require.NoError(e.t, e.DB.Get(&n, query, args...))
	return n
}

func base(t testing.TB) *url.URL {
	t.Helper()
	raw := os.Getenv(URLVariable)
	if raw == "" {
		t.Fatal(URLVariable + " is not set: run make test, which starts what the tests need")
	}
	u, err := url.Parse(raw)
	require.NoError(t, err, URLVariable)
	return u
}

func owner(t testing.TB) string { return base(t).User.Username() }

func address(t testing.TB, role, database string) string { return on(base(t), role, database) }

// on is the address of a database on a server, for a role.
func on(server *url.URL, role, database string) string {
	u := *server
	password, given := u.User.Password()
	u.User, u.Path = url.User(role), "/"+database
	if given {
		u.User = url.UserPassword(role, password)
	}
	return u.String()
}

// within bounds what a test asks of the database.
func within() (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.Background(), 2*time.Minute)
}
