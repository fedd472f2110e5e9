package doctor

import (
	"context"
	"slices"
	"strings"
)

// Mail is the mail server and who we say we are to it.
type Mail struct {
	Server     string // host and port
	User       string // who logs in; "" for nobody
	FromDomain string // of the sender of every mail
	// Probe asks the server everything up to a recipient. Its fault is "",
	// "unreachable", "tls", "auth" or "sender", the code what it answered or "".
	Probe func(ctx context.Context) (fault, code string)
}

func (m *Mail) examine(ctx context.Context) []Finding {
	if m == nil {
		return nil
	}
	return []Finding{m.server(ctx), m.alignment()}
}

func (m *Mail) server(ctx context.Context) Finding {
	fault, code := m.Probe(ctx)
	if code != "" {
		code = " (" + code + ")"
	}
	switch fault {
	case "":
		return ok(SMTPReached, "The mail server %s would take our mail.", m.Server)
	case "tls":
		return fail(SMTPTLS, "give the mail server a certificate for its name that this machine trusts, or set the scheme and name in SPARK_SMTP_URL right",
			"The line to the mail server %s cannot be protected%s.", m.Server, code)
	case "auth":
		return fail(SMTPAuth, "set user and password in SPARK_SMTP_URL right; a server that knows us by our address needs neither",
			"The mail server %s does not let us log in%s.", m.Server, code)
	case "sender":
		return fail(SMTPSender, "let the mail server take mail from SPARK_MAIL_FROM", "The mail server %s takes no mail from our sender%s.", m.Server, code)
	}
	return fail(SMTPReached, "start the mail server, open the way to it, or set SPARK_SMTP_URL right; until then mails wait",
		"The mail server %s does not answer as one%s.", m.Server, code)
}

// reserved are domains that nobody can receive an answer at (RFC 2606, RFC 6762).
var reserved = []string{"example", "example.com", "example.net", "example.org", "invalid", "local", "localhost", "test"}

// alignment is what can be known without DNS: SPF, DKIM and DMARC are not.
func (m *Mail) alignment() Finding {
	_, login, isAddress := strings.Cut(m.User, "@")
	switch {
	case slices.ContainsFunc(reserved, func(r string) bool { return within(m.FromDomain, r) }):
		return warn(MailFrom, "set SPARK_MAIL_FROM to an address of your own domain", "The sender's domain %s is reserved: receivers refuse it.", m.FromDomain)
	case isAddress && !within(m.FromDomain, login) && !within(login, m.FromDomain):
		return warn(MailFrom, "log in to the mail server as somebody of the domain in SPARK_MAIL_FROM, or see that it signs (DKIM) for that domain",
			"Mails say that they are from %s and are handed over by %s: receivers may take them for forged.", m.FromDomain, login)
	}
	return ok(MailFrom, "The sender is at %s; whether its SPF, DKIM and DMARC name this mail server cannot be known from here.", m.FromDomain)
}

// within reports whether a domain is another or below it.
func within(domain, above string) bool {
	domain, above = strings.ToLower(domain), strings.ToLower(above)
	return domain == above || strings.HasSuffix(domain, "."+above)
}
