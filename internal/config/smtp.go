package config

import (
	"errors"
	"net"
	"net/url"
	"strconv"
)

// SMTP is a mail server and how to speak to it.
type SMTP struct {
	Host     string
	Port     int
	User     string // "" for a server that knows us by our address
	Password Secret
	TLS      TLS
}

// TLS says how the connection to the mail server is encrypted.
type TLS string

// The ways to encrypt. There is no "if the server offers it": then anyone on the way could decide.
const (
	STARTTLS    TLS = "starttls" // smtp://: refuse a server without it
	ImplicitTLS TLS = "tls"      // smtps://: from the first byte
	NoTLS       TLS = "none"     // smtp://…?tls=none: loopback only
)

// String shows the server without user and password.
func (s SMTP) String() string {
	if s.Host == "" {
		return ""
	}
	return net.JoinHostPort(s.Host, strconv.Itoa(s.Port)) + " (" + string(s.TLS) + ")"
}

// GoString is String: %#v must not show the user either.
func (s SMTP) GoString() string { return s.String() }

// smtpURL never repeats what it was given: there is a password in it.
func smtpURL(raw string) (SMTP, error) {
	u, err := url.Parse(raw)
	if err != nil || u.Hostname() == "" || u.Scheme != "smtp" && u.Scheme != "smtps" || u.Path != "" && u.Path != "/" {
		return SMTP{}, errors.New("is not a mail server; use for example smtp://user:password@mail.example.dk:587, " +
			"with @ and / in the password written as %40 and %2F")
	}
	s := SMTP{Host: u.Hostname(), User: u.User.Username(), TLS: STARTTLS, Port: 587}
	if u.Scheme == "smtps" {
		s.TLS, s.Port = ImplicitTLS, 465
	}
	if password, given := u.User.Password(); given {
		s.Password = Secret(password)
	}
	if s.User == "" != (s.Password == "") {
		return SMTP{}, errors.New("has a user without a password or the other way round; give both or neither")
	}
	if port := u.Port(); port != "" {
		if s.Port, err = strconv.Atoi(port); err != nil || s.Port < 1 || s.Port > 65535 {
			return SMTP{}, errors.New("has a port that is not 1 to 65535; use for example 587")
		}
	}
	return s.withOptions(u.Query())
}

func (s SMTP) withOptions(options url.Values) (SMTP, error) {
	for name := range options {
		if name != "tls" {
			return SMTP{}, errors.New("has an option that is not known; only ?tls=none is, on loopback")
		}
	}
	switch {
	case !options.Has("tls"):
		return s, nil
	case options.Get("tls") != string(NoTLS) || s.TLS == ImplicitTLS:
		return SMTP{}, errors.New("has a tls option that is not known; use smtp:// for STARTTLS, smtps:// for TLS " +
			"from the first byte, and ?tls=none only with smtp:// on loopback")
	case !loopback(s.Host):
		return SMTP{}, errors.New("turns TLS off for a server that is not this machine; remove ?tls=none")
	}
	s.TLS = NoTLS
	return s, nil
}
