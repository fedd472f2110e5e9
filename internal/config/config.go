// Package config reads the program's settings from the environment, once, at the start. It knows what a setting
// may look like and nothing about what is done with it.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"
)

// Config holds the settings, a section for each part of the program that is handed one. Zero fields are
// settings that were not given.
type Config struct {
	HTTP       HTTP
	Database   Database
	Mail       Mail
	Links      Links
	Contact    Contact
	Controller Controller
	Log        Log
	OIDC       OIDC
	Sessions   Sessions
	Limits     Limits
	Temporal   Temporal
}

// HTTP is where the program listens and how the world reaches it.
type HTTP struct {
	Listen         string         // host:port
	OpsListen      string         // host:port of health checks, never public
	BaseURL        string         // scheme and host, without a slash at the end; every link in a mail begins with it
	TrustedProxies []netip.Prefix // whose X-Forwarded-For is believed; none by default
}

// Database is where the facts are.
type Database struct {
	URL Secret // as lib/pq takes it
}

// Mail is how mails leave.
type Mail struct {
	SMTP    SMTP
	From    string // "SPARK <spark@example.dk>"
	ReplyTo string // a mailbox somebody reads
}

// Links signs the links in mails.
type Links struct {
	Keys Secret // read by link.ParseKeyring, which also judges it
}

// Contact is how people reach the secretariat; it stands at the foot of every page and mail.
type Contact struct {
	Phone string
	Hours string
	Mail  string
}

// Controller is who answers for the personal data, and the declaration of accessibility.
type Controller struct {
	NameAndAddress string
	WASURL         string // the statement at was.digst.dk; without it the product shows its own
}

// Log is what the program writes to standard error.
type Log struct {
	Level  slog.Level
	Format string // "json" or "text"
}

// OIDC is the login of the staff: the first three or none.
type OIDC struct {
	Issuer       string
	ClientID     string
	ClientSecret Secret
	Scopes       []string          // beside the usual ones
	RoleClaim    string            // where a token has somebody's roles
	Roles        map[string]string // ours by the provider's names; who knows the roles judges them
	MFA          Claim             // what shows a second factor; zero when nothing is demanded
}

// Claim is what a token must say: that a claim has one of some values.
type Claim struct {
	Name   string
	Values []string
}

// Sessions are how long the staff stay logged in.
type Sessions struct {
	Idle time.Duration // without doing anything
	Life time.Duration // at most
}

// Limits are how much may be done in an hour from one network: an IPv4 address, or 64 bits of an IPv6 address.
// Zero is no limit.
type Limits struct {
	Applications int
	Links        int // links and texts asked for by mail
	Answers      int // by parties, on their own pages
	Logins       int // steps of logging in: a login takes two
	Tokens       int // requests with a token that is not one
	Together     int // how many times as much all networks may do together; applications have RequestMails instead
	RequestMails int // mails that ask a party to confirm; those beyond it wait for the secretariat
}

// Temporal is what its own settings do not say.
type Temporal struct {
	UI      string // address of its own pages, for the staff; empty when they are not to see them
	Release string // whose workers these are, for its worker versioning; empty when releases are not told apart
}

// Secret is a setting that must not be shown: printing, logging and encoding it gives a placeholder.
type Secret string

const hidden = "(hidden)"

// Reveal returns the secret itself, for the one call that needs it.
func (s Secret) Reveal() string { return string(s) }

// String hides the secret; it is "" when there is none.
func (s Secret) String() string {
	if s == "" {
		return ""
	}
	return hidden
}

// GoString hides the secret from %#v.
func (s Secret) GoString() string { return fmt.Sprintf("%q", s.String()) }

// MarshalText hides the secret from encoders, JSON's among them.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// LogValue hides the secret from slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// Load reads every setting from env (os.Getenv), or where one is secret from the file that NAME_FILE names. The
// error has one line for every mistake, each an English sentence that says what to do; the Config then holds
// what was right. What a command cannot do without is for Require.
func Load(env func(string) string) (Config, error) {
	var c Config
	var mistakes []error
	for _, s := range settings {
		raw, err := read(s.Setting, env)
		if err == nil && raw != "" {
			err = s.parse(&c, raw)
		}
		if err != nil {
			mistakes = append(mistakes, fmt.Errorf("%s: %w", s.Name, err))
		}
	}
	return c, errors.Join(append(mistakes, c.together()...)...)
}

// read returns a setting's text, its default, or "".
func read(s Setting, env func(string) string) (string, error) {
	value := strings.TrimSpace(env(s.Name))
	file := ""
	if s.Secret {
		file = env(s.Name + "_FILE")
	}
	switch {
	case value != "" && file != "":
		return "", fmt.Errorf("is given twice; remove %s or %s_FILE", s.Name, s.Name)
	case file != "":
		return readFile(s.Name+"_FILE", file)
	case value == "":
		return s.Default, nil
	}
	return value, nil
}

func readFile(name, path string) (string, error) {
	content, err := os.ReadFile(path)
	if err != nil {
		return "", fmt.Errorf("cannot read the file named by %s (%w); check its path and permissions", name, err)
	}
	value := strings.TrimSpace(string(content))
	if value == "" {
		return "", fmt.Errorf("the file named by %s is empty; write the setting's value into it", name)
	}
	return value, nil
}

// together finds mistakes that no setting makes alone.
func (c Config) together() []error {
	var mistakes []error
	if c.HTTP.Listen != "" && c.HTTP.Listen == c.HTTP.OpsListen && !strings.HasSuffix(c.HTTP.Listen, ":0") {
		mistakes = append(mistakes, errors.New("SPARK_OPS_LISTEN: is the same as SPARK_LISTEN; "+
			"give operations a port of its own, since it must not be public"))
	}
	if c.Sessions.Idle > c.Sessions.Life && c.Sessions.Life != 0 {
		mistakes = append(mistakes, errors.New("SPARK_SESSION_IDLE: is longer than SPARK_SESSION_LIFE; make it shorter"))
	}
	given := map[string]bool{
		"SPARK_OIDC_ISSUER": c.OIDC.Issuer != "", "SPARK_OIDC_CLIENT_ID": c.OIDC.ClientID != "",
		"SPARK_OIDC_CLIENT_SECRET": c.OIDC.ClientSecret != "",
	}
	if missing := unset(given); len(missing) != 0 && len(missing) != len(given) {
		mistakes = append(mistakes, fmt.Errorf("%s: missing; set issuer, client id and client secret, or none of them", strings.Join(missing, ", ")))
	}
	return mistakes
}

func unset(given map[string]bool) []string {
	var missing []string
	for name, is := range given {
		if !is {
			missing = append(missing, name)
		}
	}
	slices.Sort(missing)
	return missing
}

// Require reports every setting that a command ("api", "worker", "migrate" …) needs and does not have.
func (c Config) Require(command string) error {
	var missing []error
	for _, s := range settings {
		if slices.Contains(s.RequiredBy, command) && c.value(s.Field).IsZero() {
			missing = append(missing, fmt.Errorf("%s: not set, and spark %s needs it (%s)", s.Name, command, s.Meaning))
		}
	}
	return errors.Join(missing...)
}

// value finds a field by its path, "HTTP.Listen".
func (c Config) value(path string) reflect.Value {
	section, field, _ := strings.Cut(path, ".")
	return reflect.ValueOf(c).FieldByName(section).FieldByName(field)
}

// String shows the settings as NAME=value, one a line, without secrets.
func (c Config) String() string {
	var b strings.Builder
	for _, s := range settings {
		fmt.Fprintf(&b, "%s=%v\n", s.Name, c.value(s.Field).Interface())
	}
	return b.String()
}

// GoString is String: %#v must not show secrets either.
func (c Config) GoString() string { return c.String() }

// LogValue shows the settings to slog, without secrets.
func (c Config) LogValue() slog.Value {
	attrs := make([]slog.Attr, len(settings))
	for i, s := range settings {
		attrs[i] = slog.String(s.Name, fmt.Sprint(c.value(s.Field).Interface()))
	}
	return slog.GroupValue(attrs...)
}
