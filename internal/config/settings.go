package config

import "slices"

// Setting describes one environment variable, for `spark help`, the README and the checks.
type Setting struct {
	Name       string
	Default    string   // "" for none
	Meaning    string   // one line, with an example where the form is not plain
	Secret     bool     // never shown; may also be given as a file, by NAME_FILE
	RequiredBy []string // the commands that do not start without it
	Field      string   // where Load puts it: "HTTP.Listen"
}

// setting is a Setting with its reader. A reader's error goes on from "NAME: ".
type setting struct {
	Setting
	parse func(c *Config, raw string) error
}

// Commands in sets: what each of them does not start without.
var (
	serving  = []string{"api", "worker"}
	database = []string{"api", "worker", "migrate"}
)

var settings = []setting{
	{Setting{Name: "SPARK_LISTEN", Default: "127.0.0.1:8080", Field: "HTTP.Listen",
		Meaning: "address of the pages and the JSON interface"},
		into(func(c *Config) *string { return &c.HTTP.Listen }, hostPort("127.0.0.1:8080"))},
	{Setting{Name: "SPARK_OPS_LISTEN", Default: "127.0.0.1:9090", Field: "HTTP.OpsListen",
		Meaning: "address of health checks and metrics; keep it from the public"},
		into(func(c *Config) *string { return &c.HTTP.OpsListen }, hostPort("127.0.0.1:9090"))},
	{Setting{Name: "SPARK_BASE_URL", Field: "HTTP.BaseURL", RequiredBy: serving,
		Meaning: "the address people know, for links in mails, for example https://spark.example.dk"},
		into(func(c *Config) *string { return &c.HTTP.BaseURL }, baseURL)},
	{Setting{Name: "SPARK_TRUSTED_PROXIES", Field: "HTTP.TrustedProxies",
		Meaning: "proxies whose X-Forwarded-For is believed, as networks with commas between, for example 10.0.0.0/8; default none"},
		into(func(c *Config) *prefixes { return &c.HTTP.TrustedProxies }, networks)},
	{Setting{Name: "SPARK_DATABASE_URL", Secret: true, Field: "Database.URL", RequiredBy: database,
		Meaning: "PostgreSQL, for example postgres://spark_api:password@db.example.dk/spark?sslmode=verify-full"},
		into(func(c *Config) *Secret { return &c.Database.URL }, databaseURL)},
	{Setting{Name: "SPARK_SMTP_URL", Secret: true, Field: "Mail.SMTP", RequiredBy: []string{"worker"},
		Meaning: "mail server, for example smtp://user:password@mail.example.dk:587, or smtps:// for TLS from the first byte; ?tls=none on loopback only"},
		into(func(c *Config) *SMTP { return &c.Mail.SMTP }, smtpURL)},
	{Setting{Name: "SPARK_MAIL_FROM", Field: "Mail.From", RequiredBy: serving,
		Meaning: "sender of every mail, and who invites to meetings, for example SPARK <spark@example.dk>"},
		into(func(c *Config) *string { return &c.Mail.From }, mailAddress)},
	{Setting{Name: "SPARK_MAIL_REPLY_TO", Field: "Mail.ReplyTo", RequiredBy: []string{"worker"},
		Meaning: "where answers to mails go; somebody must read it"},
		into(func(c *Config) *string { return &c.Mail.ReplyTo }, mailAddress)},
	{Setting{Name: "SPARK_LINK_KEYS", Secret: true, Field: "Links.Keys", RequiredBy: serving,
		Meaning: "keys that sign links, kid:base64,kid:base64 of at least 32 bytes each; the first signs, all verify"},
		into(func(c *Config) *Secret { return &c.Links.Keys }, anySecret)},
	{Setting{Name: "SPARK_CONTACT_PHONE", Field: "Contact.Phone", RequiredBy: serving,
		Meaning: "the secretariat's telephone, as it is shown"},
		into(func(c *Config) *string { return &c.Contact.Phone }, phone)},
	{Setting{Name: "SPARK_CONTACT_HOURS", Field: "Contact.Hours", RequiredBy: serving,
		Meaning: "when the telephone is answered, in Danish, for example hverdage kl. 9.00–15.00"},
		into(func(c *Config) *string { return &c.Contact.Hours }, line)},
	{Setting{Name: "SPARK_CONTACT_MAIL", Field: "Contact.Mail", RequiredBy: serving,
		Meaning: "the secretariat's mail address, as it is shown"},
		into(func(c *Config) *string { return &c.Contact.Mail }, bareAddress)},
	{Setting{Name: "SPARK_CONTROLLER", Field: "Controller.NameAndAddress", RequiredBy: []string{"api"},
		Meaning: "name and address of the data controller, for the page on privacy"},
		into(func(c *Config) *string { return &c.Controller.NameAndAddress }, line)},
	{Setting{Name: "SPARK_WAS_URL", Field: "Controller.WASURL",
		Meaning: "the accessibility statement, for example https://was.digst.dk/spark-example-dk; default a page of our own"},
		into(func(c *Config) *string { return &c.Controller.WASURL }, webURL)},
	{Setting{Name: "SPARK_TEMPORAL_UI", Field: "Temporal.UI",
		Meaning: "address of Temporal's own pages, for example https://temporal.example.dk; the secretariat is shown the way there, default none"},
		into(func(c *Config) *string { return &c.Temporal.UI }, webURL)},
	{Setting{Name: "SPARK_RELEASE", Field: "Temporal.Release",
		Meaning: "name of the release that a worker is of, for example 2026.12.1: it then works only as spark release says; default none, and it works at once"},
		into(func(c *Config) *string { return &c.Temporal.Release }, releaseName)},
	{Setting{Name: "SPARK_LOG_LEVEL", Default: "info", Field: "Log.Level",
		Meaning: "debug, info, warn or error"},
		into(func(c *Config) *logLevel { return &c.Log.Level }, level)},
	{Setting{Name: "SPARK_LOG_FORMAT", Default: "json", Field: "Log.Format",
		Meaning: "json for machines, text for people"},
		into(func(c *Config) *string { return &c.Log.Format }, oneOf("json", "text"))},
	{Setting{Name: "SPARK_OIDC_ISSUER", Field: "OIDC.Issuer",
		Meaning: "the staff's login service (OpenID Connect), exactly as it names itself; set it with the next two, or none of them"},
		into(func(c *Config) *string { return &c.OIDC.Issuer }, webURL)},
	{Setting{Name: "SPARK_OIDC_CLIENT_ID", Field: "OIDC.ClientID",
		Meaning: "our name at the login service"},
		into(func(c *Config) *string { return &c.OIDC.ClientID }, line)},
	{Setting{Name: "SPARK_OIDC_CLIENT_SECRET", Secret: true, Field: "OIDC.ClientSecret",
		Meaning: "our password at the login service"},
		into(func(c *Config) *Secret { return &c.OIDC.ClientSecret }, anySecret)},
	{Setting{Name: "SPARK_OIDC_SCOPES", Field: "OIDC.Scopes",
		Meaning: "scopes to ask for beside openid, profile and email, with commas between, for example groups; default none"},
		into(func(c *Config) *[]string { return &c.OIDC.Scopes }, words)},
	{Setting{Name: "SPARK_OIDC_ROLE_CLAIM", Default: "roles", Field: "OIDC.RoleClaim",
		Meaning: "where a token has a person's roles, with dots into objects, for example realm_access.roles"},
		into(func(c *Config) *string { return &c.OIDC.RoleClaim }, word)},
	{Setting{Name: "SPARK_OIDC_ROLES", Field: "OIDC.Roles",
		Meaning: "the login service's names for head, secretariat, consultant, reader and provider:nfa or another provider's, name=role,name=role; default each by its own name"},
		into(func(c *Config) *map[string]string { return &c.OIDC.Roles }, names)},
	{Setting{Name: "SPARK_OIDC_MFA", Field: "OIDC.MFA",
		Meaning: "what a token must say to show a second factor, claim=value or claim=value,value, for example amr=mfa; default nothing"},
		into(func(c *Config) *Claim { return &c.OIDC.MFA }, claim)},
	{Setting{Name: "SPARK_SESSION_IDLE", Default: "30m", Field: "Sessions.Idle",
		Meaning: "how long staff stay logged in without doing anything"},
		into(func(c *Config) *duration { return &c.Sessions.Idle }, sessionTime)},
	{Setting{Name: "SPARK_SESSION_LIFE", Default: "10h", Field: "Sessions.Life",
		Meaning: "how long staff stay logged in at most"},
		into(func(c *Config) *duration { return &c.Sessions.Life }, sessionTime)},
	{Setting{Name: "SPARK_LIMIT_APPLICATIONS", Default: "30", Field: "Limits.Applications",
		Meaning: "applications an hour from one network, an IPv4 address or an IPv6 /64; 0 for any number"},
		into(func(c *Config) *int { return &c.Limits.Applications }, limit)},
	{Setting{Name: "SPARK_LIMIT_LINKS", Default: "60", Field: "Limits.Links",
		Meaning: "mails with a link that parties ask for, an hour from one network; 0 for any number"},
		into(func(c *Config) *int { return &c.Limits.Links }, limit)},
	{Setting{Name: "SPARK_LIMIT_ANSWERS", Default: "120", Field: "Limits.Answers",
		Meaning: "answers and other forms of parties, an hour from one network; 0 for any number"},
		into(func(c *Config) *int { return &c.Limits.Answers }, limit)},
	{Setting{Name: "SPARK_LIMIT_LOGINS", Default: "240", Field: "Limits.Logins",
		Meaning: "steps of the staff's logging in, two for each login, an hour from one network; 0 for any number"},
		into(func(c *Config) *int { return &c.Limits.Logins }, limit)},
	{Setting{Name: "SPARK_LIMIT_TOKENS", Default: "60", Field: "Limits.Tokens",
		Meaning: "requests with a token that is not known, an hour from one network; 0 for any number"},
		into(func(c *Config) *int { return &c.Limits.Tokens }, limit)},
	{Setting{Name: "SPARK_LIMIT_TOGETHER", Default: "20", Field: "Limits.Together",
		Meaning: "how many times that all networks together may do, except apply; 0 for any number"},
		into(func(c *Config) *int { return &c.Limits.Together }, limit)},
	{Setting{Name: "SPARK_LIMIT_REQUEST_MAILS", Default: "100", Field: "Limits.RequestMails",
		Meaning: "mails an hour that ask somebody to confirm an application; those beyond it wait for the secretariat; 0 for any number"},
		into(func(c *Config) *int { return &c.Limits.RequestMails }, limit)},
}

// into stores what a reader makes of the text in a field.
func into[T any](field func(*Config) *T, read func(raw string) (T, error)) func(*Config, string) error {
	return func(c *Config, raw string) error {
		value, err := read(raw)
		if err == nil {
			*field(c) = value
		}
		return err
	}
}

// Settings lists every setting in the order of the README.
func Settings() []Setting {
	list := make([]Setting, len(settings))
	for i, s := range settings {
		list[i] = s.Setting
		list[i].RequiredBy = slices.Clone(s.RequiredBy)
	}
	return list
}
