package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/mail"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Shorter names for the table's sake.
type (
	prefixes = []netip.Prefix
	logLevel = slog.Level
	duration = time.Duration
)

// The longest SPARK_BASE_URL, so that links stay under 200 characters: longer ones break in mail programs.
const maxBaseURL = 100

// releaseNames are what Temporal takes, and what nobody has to quote.
var releaseNames = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$`)

// releaseName takes the name of a release.
func releaseName(raw string) (string, error) {
	if !releaseNames.MatchString(raw) || raw == "unversioned" {
		return "", fmt.Errorf("%q is no name for a release; use up to 63 letters, digits, dots and dashes, for example 2026.12.1, and not unversioned", raw)
	}
	return raw, nil
}

func hostPort(example string) func(string) (string, error) {
	return func(raw string) (string, error) {
		_, port, err := net.SplitHostPort(raw)
		if err == nil && validPort(port) {
			return raw, nil
		}
		return "", fmt.Errorf("%q is not host:port; use for example %s", raw, example)
	}
}

// validPort allows 0, the system's choice.
func validPort(port string) bool {
	_, err := strconv.ParseUint(port, 10, 16)
	return err == nil
}

// loopback tells whether a host is this machine, by its name or number.
func loopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}

// webURL takes an https address, or http on loopback.
func webURL(raw string) (string, error) {
	u, err := url.Parse(raw)
	switch {
	case err != nil || u.Hostname() == "" || u.Scheme != "http" && u.Scheme != "https":
		return "", fmt.Errorf("%q is not a web address; use for example https://spark.example.dk", raw)
	case u.User != nil || u.Fragment != "":
		return "", errors.New("the address holds a user or a fragment; remove it")
	case u.Scheme == "http" && !loopback(u.Hostname()):
		return "", fmt.Errorf("%q is not encrypted; use https", raw)
	}
	return raw, nil
}

func baseURL(raw string) (string, error) {
	raw, err := webURL(raw)
	if err != nil {
		return "", err
	}
	raw = strings.TrimRight(raw, "/")
	u, _ := url.Parse(raw) // webURL has
	switch {
	case u.Path != "" || u.RawQuery != "":
		return "", fmt.Errorf("%q has more than scheme and host; use %s://%s", raw, u.Scheme, u.Host)
	case len(raw) > maxBaseURL:
		return "", fmt.Errorf("is longer than %d characters, which would break links in mails; use a shorter host name", maxBaseURL)
	}
	return raw, nil
}

// networks also takes single addresses. Trusting everybody would let anyone choose the address they are
// counted by.
func networks(raw string) (prefixes, error) {
	var list prefixes
	for part := range strings.SplitSeq(raw, ",") {
		part = strings.TrimSpace(part)
		prefix, err := netip.ParsePrefix(part)
		if addr, single := netip.ParseAddr(part); single == nil {
			prefix, err = netip.PrefixFrom(addr, addr.BitLen()), nil
		}
		if err != nil {
			return nil, fmt.Errorf("%q is not a network; use for example 10.0.0.0/8", part)
		}
		if prefix.Bits() == 0 {
			return nil, fmt.Errorf("%q trusts everybody; name the proxy's own network", part)
		}
		list = append(list, prefix.Masked())
	}
	return list, nil
}

// databaseURL never repeats what it was given, nor url.Parse's error, which does: there is a password in it. Off
// loopback sslmode must be said, since the driver's default for it is about to change (lib/pq 1.12.0's notes).
func databaseURL(raw string) (Secret, error) {
	const example = "use for example postgres://spark_api:password@db.example.dk/spark?sslmode=verify-full"
	u, err := url.Parse(raw)
	if err != nil || u.Scheme != "postgres" && u.Scheme != "postgresql" {
		return "", errors.New("is not a postgres:// address; " + example)
	}
	host := u.Hostname()
	if host == "" {
		host = u.Query().Get("host")
	}
	socket := strings.HasPrefix(host, "/")
	switch {
	case host == "":
		return "", errors.New("names no host; " + example)
	case strings.Trim(u.Path, "/") == "":
		return "", errors.New("names no database; " + example)
	case !u.Query().Has("sslmode") && !socket && !loopback(host):
		return "", errors.New("does not say sslmode; add ?sslmode=verify-full")
	}
	return Secret(raw), nil
}

// mailAddress takes "Name <address>" or a bare address.
func mailAddress(raw string) (string, error) {
	parsed, err := mail.ParseAddress(raw)
	if err != nil || !strings.Contains(parsed.Address, ".") {
		return "", fmt.Errorf("%q is not a mail address; use for example SPARK <spark@example.dk>", raw)
	}
	return raw, nil
}

func bareAddress(raw string) (string, error) {
	parsed, err := mail.ParseAddress(raw)
	if err != nil || parsed.Address != raw {
		return "", fmt.Errorf("%q is not a bare mail address; use for example spark@example.dk", raw)
	}
	return raw, nil
}

var phonePattern = regexp.MustCompile(`^\+?[0-9][0-9 ]{2,18}[0-9]$`)

func phone(raw string) (string, error) {
	if !phonePattern.MatchString(raw) {
		return "", fmt.Errorf("%q is not a telephone number; use for example 12 34 56 78", raw)
	}
	return raw, nil
}

// line takes any text of one line.
func line(raw string) (string, error) {
	if strings.ContainsFunc(raw, unicode.IsControl) {
		return "", errors.New("holds a line break or a control character; write it on one line")
	}
	return raw, nil
}

// maxLimit keeps a share of an hour well above the database's microsecond.
const maxLimit = 100_000

func limit(raw string) (int, error) {
	n, err := strconv.Atoi(raw)
	if err != nil || n < 0 || n > maxLimit {
		return 0, fmt.Errorf("%q is not a number from 0 to %d", raw, maxLimit)
	}
	return n, nil
}

func anySecret(raw string) (Secret, error) { return Secret(raw), nil }

func level(raw string) (logLevel, error) {
	levels := map[string]logLevel{"debug": slog.LevelDebug, "info": slog.LevelInfo, "warn": slog.LevelWarn, "error": slog.LevelError}
	found, ok := levels[strings.ToLower(raw)]
	if !ok {
		return 0, fmt.Errorf("%q is not a level; use debug, info, warn or error", raw)
	}
	return found, nil
}

func oneOf(allowed ...string) func(string) (string, error) {
	return func(raw string) (string, error) {
		if !slices.Contains(allowed, raw) {
			return "", fmt.Errorf("%q is not known; use %s", raw, strings.Join(allowed, " or "))
		}
		return raw, nil
	}
}
