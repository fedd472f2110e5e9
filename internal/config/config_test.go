package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// production is a complete set of settings.
var production = map[string]string{
	"SPARK_LISTEN":             ":8080",
	"SPARK_OPS_LISTEN":         "10.0.0.7:9090",
	"SPARK_BASE_URL":           "https://spark.example.dk/",
	"SPARK_TRUSTED_PROXIES":    "10.1.2.3/8, 192.0.2.1,2001:db8::/32",
	"SPARK_DATABASE_URL":       "postgres://spark_api:hemmelig@db.example.dk/spark?sslmode=verify-full",
	"SPARK_SMTP_URL":           "smtp://bruger:hemmelig%40@mail.example.dk",
	"SPARK_MAIL_FROM":          "SPARK <spark@example.dk>",
	"SPARK_MAIL_REPLY_TO":      "sekretariat@example.dk",
	"SPARK_LINK_KEYS":          "2026:hemmelig",
	"SPARK_CONTACT_PHONE":      "12 34 56 78",
	"SPARK_CONTACT_HOURS":      "hverdage kl. 9.00–15.00",
	"SPARK_CONTACT_MAIL":       "sekretariat@example.dk",
	"SPARK_CONTROLLER":         "Åben Arbejdsplads, Østergade 1, 1000 København",
	"SPARK_WAS_URL":            "https://was.digst.dk/spark-example-dk",
	"SPARK_TEMPORAL_UI":        "https://temporal.example.dk",
	"SPARK_RELEASE":            "2026.12.1",
	"SPARK_LOG_LEVEL":          "WARN",
	"SPARK_LOG_FORMAT":         "text",
	"SPARK_OIDC_ISSUER":        "https://login.example.dk/tenant",
	"SPARK_OIDC_CLIENT_ID":     "spark",
	"SPARK_OIDC_CLIENT_SECRET": "hemmelig",
	"SPARK_OIDC_SCOPES":        "groups, spark",
	"SPARK_OIDC_ROLE_CLAIM":    "realm_access.roles",
	"SPARK_OIDC_ROLES":         "SPARK leder=head, cn=spark=secretariat,konsulent=consultant",
	"SPARK_OIDC_MFA":           "acr=urn:substantial, urn:high",
	"SPARK_SESSION_IDLE":       "15m",
	"SPARK_SESSION_LIFE":       "8h",

	"SPARK_LIMIT_APPLICATIONS":  "1",
	"SPARK_LIMIT_LINKS":         "2",
	"SPARK_LIMIT_ANSWERS":       "3",
	"SPARK_LIMIT_LOGINS":        "4",
	"SPARK_LIMIT_TOKENS":        "5",
	"SPARK_LIMIT_TOGETHER":      "6",
	"SPARK_LIMIT_REQUEST_MAILS": "7",
}

// with gives the environment of a map, with more laid over it.
func with(base map[string]string, more ...string) func(string) string {
	env := map[string]string{}
	for name, value := range base {
		env[name] = value
	}
	for i := 0; i < len(more); i += 2 {
		env[more[i]] = more[i+1]
	}
	return func(name string) string { return env[name] }
}

func TestLoadProduction(t *testing.T) {
	c, err := Load(with(production))
	require.NoError(t, err)
	require.Equal(t, Config{
		HTTP: HTTP{Listen: ":8080", OpsListen: "10.0.0.7:9090", BaseURL: "https://spark.example.dk", TrustedProxies: []netip.Prefix{
			netip.MustParsePrefix("10.0.0.0/8"), netip.MustParsePrefix("192.0.2.1/32"), netip.MustParsePrefix("2001:db8::/32")}},
		Database: Database{URL: "postgres://spark_api:hemmelig@db.example.dk/spark?sslmode=verify-full"},
		Mail: Mail{SMTP: SMTP{Host: "mail.example.dk", Port: 587, User: "bruger", Password: "hemmelig@", TLS: STARTTLS},
			From: "SPARK <spark@example.dk>", ReplyTo: "sekretariat@example.dk"},
		Links:      Links{Keys: "2026:hemmelig"},
		Contact:    Contact{Phone: "12 34 56 78", Hours: "hverdage kl. 9.00–15.00", Mail: "sekretariat@example.dk"},
		Controller: Controller{NameAndAddress: "Åben Arbejdsplads, Østergade 1, 1000 København", WASURL: "https://was.digst.dk/spark-example-dk"},
		Log:        Log{Level: slog.LevelWarn, Format: "text"},
		OIDC: OIDC{Issuer: "https://login.example.dk/tenant", ClientID: "spark", ClientSecret: "hemmelig", Scopes: []string{"groups", "spark"},
			RoleClaim: "realm_access.roles", Roles: map[string]string{"SPARK leder": "head", "cn=spark": "secretariat", "konsulent": "consultant"},
			MFA: Claim{Name: "acr", Values: []string{"urn:substantial", "urn:high"}}},
		Sessions: Sessions{Idle: 15 * time.Minute, Life: 8 * time.Hour},
		Limits:   Limits{Applications: 1, Links: 2, Answers: 3, Logins: 4, Tokens: 5, Together: 6, RequestMails: 7},
		Temporal: Temporal{UI: "https://temporal.example.dk", Release: "2026.12.1"},
	}, c)
	for _, command := range []string{"api", "worker", "migrate", "dev"} {
		require.NoError(t, c.Require(command))
	}
}

func TestLoadDefaults(t *testing.T) {
	c, err := Load(with(nil))
	require.NoError(t, err)
	require.Equal(t, Config{HTTP: HTTP{Listen: "127.0.0.1:8080", OpsListen: "127.0.0.1:9090"}, Log: Log{Format: "json"},
		OIDC: OIDC{RoleClaim: "roles"}, Sessions: Sessions{Idle: 30 * time.Minute, Life: 10 * time.Hour},
		Limits: Limits{Applications: 30, Links: 60, Answers: 120, Logins: 240, Tokens: 60, Together: 20, RequestMails: 100}}, c)
}

func TestRequire(t *testing.T) {
	c, err := Load(with(nil))
	require.NoError(t, err)
	require.NoError(t, c.Require("help"))
	require.EqualError(t, c.Require("migrate"), "SPARK_DATABASE_URL: not set, and spark migrate needs it (PostgreSQL, for example "+
		"postgres://spark_api:password@db.example.dk/spark?sslmode=verify-full)")
	for _, s := range Settings() {
		for _, command := range s.RequiredBy {
			require.ErrorContains(t, c.Require(command), s.Name+": not set")
		}
	}
}

func TestMistakes(t *testing.T) {
	for _, c := range []struct{ name, value, want string }{
		{"SPARK_LISTEN", "abc", `SPARK_LISTEN: "abc" is not host:port; use for example 127.0.0.1:8080`},
		{"SPARK_LISTEN", "127.0.0.1:http", `is not host:port`},
		{"SPARK_LISTEN", "127.0.0.1:65536", `is not host:port`},
		{"SPARK_LISTEN", "10.0.0.7:9090", `SPARK_OPS_LISTEN: is the same as SPARK_LISTEN`},
		{"SPARK_OPS_LISTEN", "9090", `"9090" is not host:port; use for example 127.0.0.1:9090`},
		{"SPARK_BASE_URL", "spark.example.dk", `is not a web address; use for example https://spark.example.dk`},
		{"SPARK_BASE_URL", "http://spark.example.dk", `"http://spark.example.dk" is not encrypted; use https`},
		{"SPARK_BASE_URL", "https://spark.example.dk/app", `has more than scheme and host; use https://spark.example.dk`},
		{"SPARK_BASE_URL", "https://spark.example.dk?a=b", `has more than scheme and host`},
		{"SPARK_BASE_URL", "https://spark.example.dk#x", `holds a user or a fragment`},
		{"SPARK_BASE_URL", "https://a:b@spark.example.dk", `holds a user or a fragment`},
		{"SPARK_BASE_URL", "https://" + strings.Repeat("a", 93), `longer than 100 characters`},
		{"SPARK_TRUSTED_PROXIES", "10.0.0.0/8,proxy", `"proxy" is not a network`},
		{"SPARK_TRUSTED_PROXIES", "0.0.0.0/0", `"0.0.0.0/0" trusts everybody`},
		{"SPARK_TRUSTED_PROXIES", "::/0", `trusts everybody`},
		{"SPARK_LIMIT_APPLICATIONS", "many", `SPARK_LIMIT_APPLICATIONS: "many" is not a number from 0 to 100000`},
		{"SPARK_LIMIT_REQUEST_MAILS", "-1", `"-1" is not a number`},
		{"SPARK_LIMIT_TOGETHER", "100001", `"100001" is not a number`},
		{"SPARK_DATABASE_URL", "host=db dbname=spark", `is not a postgres:// address`},
		{"SPARK_DATABASE_URL", "mysql://a:hemmelig@db/spark", `is not a postgres:// address`},
		{"SPARK_DATABASE_URL", "postgres://a:hemmelig@db:x/spark", `is not a postgres:// address`},
		{"SPARK_DATABASE_URL", "postgres:///spark", `names no host`},
		{"SPARK_DATABASE_URL", "postgres://a:hemmelig@db.example.dk/?sslmode=verify-full", `names no database`},
		{"SPARK_DATABASE_URL", "postgres://a:hemmelig@db.example.dk/spark", `does not say sslmode; add ?sslmode=verify-full`},
		{"SPARK_SMTP_URL", "mail.example.dk:587", `is not a mail server`},
		{"SPARK_SMTP_URL", "smtp://a:hemmelig@mail.example.dk:0", `has a port that is not`},
		{"SPARK_SMTP_URL", "smtp://a:hemmelig@mail.example.dk/x", `is not a mail server`},
		{"SPARK_SMTP_URL", "smtp://a@mail.example.dk", `has a user without a password`},
		{"SPARK_SMTP_URL", "smtp://a:hemmelig@mail.example.dk?tls=none", `turns TLS off for a server that is not this machine`},
		{"SPARK_SMTP_URL", "smtp://localhost?tls=maybe", `has a tls option that is not known`},
		{"SPARK_SMTP_URL", "smtps://localhost?tls=none", `has a tls option that is not known`},
		{"SPARK_SMTP_URL", "smtp://localhost?skipverify=1", `has an option that is not known`},
		{"SPARK_MAIL_FROM", "SPARK", `"SPARK" is not a mail address`},
		{"SPARK_MAIL_FROM", "spark@example", `is not a mail address`},
		{"SPARK_MAIL_REPLY_TO", "a@example.dk, b@example.dk", `is not a mail address`},
		{"SPARK_CONTACT_MAIL", "SPARK <spark@example.dk>", `is not a bare mail address`},
		{"SPARK_CONTACT_PHONE", "ring", `is not a telephone number`},
		{"SPARK_CONTACT_HOURS", "9\n15", `holds a line break`},
		{"SPARK_CONTROLLER", "KL\r\nKøbenhavn", `holds a line break`},
		{"SPARK_WAS_URL", "was", `is not a web address`},
		{"SPARK_TEMPORAL_UI", "http://temporal.example.dk", `is not encrypted`},
		{"SPARK_RELEASE", "udgave 1", `is no name for a release`},
		{"SPARK_RELEASE", "unversioned", `is no name for a release`},
		{"SPARK_LOG_LEVEL", "loud", `"loud" is not a level; use debug, info, warn or error`},
		{"SPARK_LOG_FORMAT", "xml", `"xml" is not known; use json or text`},
		{"SPARK_OIDC_ISSUER", "http://login.example.dk", `is not encrypted`},
		{"SPARK_OIDC_ISSUER", "https://login.example.dk#x", `holds a user or a fragment`},
		{"SPARK_OIDC_CLIENT_ID", "", `SPARK_OIDC_CLIENT_ID: missing; set issuer, client id and client secret, or none of them`},
		{"SPARK_OIDC_SCOPES", "groups,,spark", `"" is not one word`},
		{"SPARK_OIDC_SCOPES", "groups spark", `"groups spark" is not one word`},
		{"SPARK_OIDC_ROLE_CLAIM", "my roles", `"my roles" is not one word`},
		{"SPARK_OIDC_ROLES", "head", `"head" is not name=role; use for example SPARK-sekretariat=secretariat`},
		{"SPARK_OIDC_ROLES", "leder=", `"leder=" lacks a name or a role`},
		{"SPARK_OIDC_ROLES", "a=head, =reader", `" =reader" lacks a name or a role`},
		{"SPARK_OIDC_ROLES", "a=head,b=reader,a=reader", `"a" is given twice; keep one`},
		{"SPARK_OIDC_MFA", "amr", `"amr" is not claim=value; use for example amr=mfa`},
		{"SPARK_OIDC_MFA", "=mfa", `"=mfa" is not claim=value`},
		{"SPARK_OIDC_MFA", "amr=mfa,", `"amr=mfa," is not claim=value`},
		{"SPARK_SESSION_IDLE", "30", `"30" is not a length of time; use for example 30m or 10h`},
		{"SPARK_SESSION_IDLE", "-30m", `is shorter than 5 minutes`},
		{"SPARK_SESSION_IDLE", "9h", `SPARK_SESSION_IDLE: is longer than SPARK_SESSION_LIFE; make it shorter`},
		{"SPARK_SESSION_LIFE", "25h", `is longer than 24 hours`},
	} {
		_, err := Load(with(production, c.name, c.value))
		require.ErrorContains(t, err, c.want)
		require.NotContains(t, err.Error(), "hemmelig")
		if c.value != "" && !strings.Contains(c.want, ": ") {
			require.ErrorContains(t, err, c.name+": ")
		}
	}
}

func TestOneSettingsMistakeIsOneLine(t *testing.T) {
	_, err := Load(with(production, "SPARK_LISTEN", "abc", "SPARK_LOG_LEVEL", "loud", "SPARK_SMTP_URL", "hemmelig"))
	require.Len(t, strings.Split(err.Error(), "\n"), 3)
}

func TestTheRestIsLoadedBesideAMistake(t *testing.T) {
	c, err := Load(with(production, "SPARK_LISTEN", "abc"))
	require.Error(t, err)
	require.Equal(t, "text", c.Log.Format)
	require.Empty(t, c.HTTP.Listen)
}

func TestSMTP(t *testing.T) {
	for url, want := range map[string]SMTP{
		"smtp://mail.example.dk":              {Host: "mail.example.dk", Port: 587, TLS: STARTTLS},
		"smtps://a:b@mail.example.dk":         {Host: "mail.example.dk", Port: 465, User: "a", Password: "b", TLS: ImplicitTLS},
		"smtp://127.0.0.1:1025?tls=none":      {Host: "127.0.0.1", Port: 1025, TLS: NoTLS},
		"smtp://[::1]:1025/?tls=none":         {Host: "::1", Port: 1025, TLS: NoTLS},
		"smtp://localhost:1025?tls=none":      {Host: "localhost", Port: 1025, TLS: NoTLS},
		"smtp://a%40b.dk:c%2Fd@mail.x.dk:25/": {Host: "mail.x.dk", Port: 25, User: "a@b.dk", Password: "c/d", TLS: STARTTLS},
	} {
		got, err := smtpURL(url)
		require.NoError(t, err, url)
		require.Equal(t, want, got)
	}
}

func TestDatabaseURLsThatAreFine(t *testing.T) {
	for _, url := range []string{"postgres://localhost:5433/spark", "postgresql://a:b@127.0.0.1/spark", "postgres:///spark?host=/run/postgresql",
		"postgres://db/spark?sslmode=disable"} {
		_, err := databaseURL(url)
		require.NoError(t, err, url)
	}
}

func TestPortZeroMayBeGivenTwice(t *testing.T) {
	_, err := Load(with(nil, "SPARK_LISTEN", "127.0.0.1:0", "SPARK_OPS_LISTEN", "127.0.0.1:0"))
	require.NoError(t, err)
}

func TestSecretsFromFiles(t *testing.T) {
	file := filepath.Join(t.TempDir(), "secret")
	require.NoError(t, os.WriteFile(file, []byte("2026:hemmelig\n"), 0o600))
	c, err := Load(with(nil, "SPARK_LINK_KEYS_FILE", file))
	require.NoError(t, err)
	require.Equal(t, "2026:hemmelig", c.Links.Keys.Reveal())

	_, err = Load(with(nil, "SPARK_LINK_KEYS_FILE", file, "SPARK_LINK_KEYS", "x"))
	require.ErrorContains(t, err, "SPARK_LINK_KEYS: is given twice; remove SPARK_LINK_KEYS or SPARK_LINK_KEYS_FILE")

	_, err = Load(with(nil, "SPARK_LINK_KEYS_FILE", file+"x"))
	require.ErrorContains(t, err, "SPARK_LINK_KEYS: cannot read the file named by SPARK_LINK_KEYS_FILE")

	require.NoError(t, os.WriteFile(file, []byte(" \n"), 0o600))
	_, err = Load(with(nil, "SPARK_LINK_KEYS_FILE", file))
	require.ErrorContains(t, err, "is empty")

	require.NoError(t, os.WriteFile(file, []byte("mysql://hemmelig"), 0o600))
	_, err = Load(with(nil, "SPARK_DATABASE_URL_FILE", file))
	require.ErrorContains(t, err, "is not a postgres:// address")
	require.NotContains(t, err.Error(), "hemmelig")

	c, err = Load(with(nil, "SPARK_CONTACT_PHONE_FILE", file))
	require.NoError(t, err)
	require.Empty(t, c.Contact.Phone, "only secrets come from files")
}

func TestSecretsAreNeverShown(t *testing.T) {
	c, err := Load(with(production))
	require.NoError(t, err)
	asJSON, err := json.Marshal(c)
	require.NoError(t, err)
	var logged bytes.Buffer
	slog.New(slog.NewJSONHandler(&logged, nil)).Info("start", "config", c, "key", c.Links.Keys, "smtp", c.Mail.SMTP)
	slog.New(slog.NewTextHandler(&logged, nil)).Info("start", "config", c, "key", c.Links.Keys, "smtp", c.Mail.SMTP)
	for _, shown := range []string{c.String(), fmt.Sprintf("%v %+v %#v %s", c, c, c, c), fmt.Sprintf("%v %+v %#v", c.Mail, c.Mail, c.Mail),
		fmt.Sprintf("%v %+v %#v", c.Database, c.Database, c.Database), fmt.Sprintf("%q %s %#v", c.Links.Keys, c.Links.Keys, c.Links.Keys),
		string(asJSON), logged.String()} {
		require.NotContains(t, shown, "hemmelig")
	}
	require.Contains(t, c.String(), "SPARK_LINK_KEYS=(hidden)\n")
	require.Contains(t, c.String(), "SPARK_SMTP_URL=mail.example.dk:587 (starttls)\n")
	require.Contains(t, c.String(), "SPARK_BASE_URL=https://spark.example.dk\n")
	require.Contains(t, Config{}.String(), "SPARK_LINK_KEYS=\n")
}

func TestEveryFieldHasARowAndEveryRowAField(t *testing.T) {
	fields := map[string]bool{}
	for _, section := range reflect.VisibleFields(reflect.TypeFor[Config]()) {
		for _, field := range reflect.VisibleFields(section.Type) {
			fields[section.Name+"."+field.Name] = true
		}
	}
	names := map[string]bool{}
	for _, s := range Settings() {
		require.True(t, fields[s.Field], "%s has no field %s", s.Name, s.Field)
		delete(fields, s.Field)
		require.False(t, names[s.Name], s.Name)
		names[s.Name] = true
		require.Regexp(t, `^SPARK_[A-Z_]+$`, s.Name)
		require.NotEmpty(t, s.Meaning, s.Name)
	}
	require.Empty(t, fields, "fields without a setting")
}

func TestEverySettingReachesItsField(t *testing.T) {
	for _, s := range Settings() {
		c, err := Load(with(nil, s.Name, production[s.Name]))
		if strings.HasPrefix(s.Name, "SPARK_OIDC_ISSUER") || strings.HasPrefix(s.Name, "SPARK_OIDC_CLIENT") {
			require.ErrorContains(t, err, "set issuer, client id and client secret")
		} else {
			require.NoError(t, err, s.Name)
		}
		require.False(t, c.value(s.Field).IsZero(), "%s does not reach %s", s.Name, s.Field)
	}
}

func TestSecretFieldsAreMarkedSecret(t *testing.T) {
	for _, s := range Settings() {
		kind := reflect.ValueOf(Config{}).FieldByName(strings.Split(s.Field, ".")[0]).FieldByName(strings.Split(s.Field, ".")[1]).Type()
		holds := kind == reflect.TypeFor[Secret]() || kind == reflect.TypeFor[SMTP]()
		require.Equal(t, holds, s.Secret, s.Name)
	}
}

func TestSettingsIsACopy(t *testing.T) {
	Settings()[2].RequiredBy[0] = "changed"
	require.NotEqual(t, "changed", Settings()[2].RequiredBy[0])
}

func TestAnythingMayBeGiven(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.SampledFrom(Settings()).Draw(r, "setting")
		value := rapid.StringMatching(`[a-z:/@.,?=\[\]%0-9 \n-]{0,20}hemmelig[a-z:/@.?=%0-9-]{0,20}`).Draw(r, "value")
		c, err := Load(with(production, s.Name, value))
		require.NotContains(r, c.String(), map[bool]string{true: "hemmelig", false: "\x00"}[s.Secret])
		if err != nil && s.Secret {
			require.NotContains(r, err.Error(), "hemmelig")
		}
	})
}
