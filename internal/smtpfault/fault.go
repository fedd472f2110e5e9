package smtpfault

import (
	"maps"
	"slices"
	"strings"
)

// Fault is one way to fail, by its name in the log.
type Fault string

// The ways to fail, in the order in which a session comes to them. A session
// that never comes to its fault goes well.
const (
	None Fault = "none"

	Refused      Fault = "refused"       // nobody listens; drawn for one session, the line is reset at once
	SlowBanner   Fault = "slow_banner"   // the greeting takes Options.Slow
	NoBanner     Fault = "no_banner"     // the greeting never comes
	BannerClosed Fault = "banner_closed" // the line is closed instead
	Banner421    Fault = "banner_421"    // too busy for anybody
	Banner554    Fault = "banner_554"    // no mail from us

	STARTTLSMissing  Fault = "starttls_missing"  // it is not offered
	STARTTLSRefused  Fault = "starttls_refused"  // it is offered, and answered with 454
	STARTTLSClosed   Fault = "starttls_closed"   // the line is closed instead of the handshake
	WrongCertificate Fault = "wrong_certificate" // the certificate is another host's

	Mail451    Fault = "mail_451"
	Mail550    Fault = "mail_550"
	MailClosed Fault = "mail_closed"
	MailHang   Fault = "mail_hang"

	Greylisted     Fault = "rcpt_greylisted" // 450 until Options.Grey after the recipient was first met
	Rcpt550        Fault = "rcpt_550"        // the answer quotes the address, as real ones do
	RcptRsetClosed Fault = "rcpt_450_rset"   // 450, and the line is closed at the RSET that follows
	Shutdown421    Fault = "shutdown_421"    // 421 in the middle of the session, and the line is closed

	Data452    Fault = "data_452"
	DataClosed Fault = "data_closed"
	DataHang   Fault = "data_hang"
	AmidData   Fault = "amid_data" // the line is closed when the mail's header has been read

	Dot451         Fault = "dot_451"
	Dot554         Fault = "dot_554"
	ClosedAfterDot Fault = "closed_after_dot" // here and below, the mail is taken
	SlowAfterDot   Fault = "slow_after_dot"   // the 250 takes Options.Slow
	HangAfterDot   Fault = "hang_after_dot"
	Lost250        Fault = "lost_250" // the line is lost in the middle of the 250
	Nonsense       Fault = "nonsense_after_dot"
	RsetRefused    Fault = "rset_refused" // here and below, the client has got the 250
	RsetClosed     Fault = "rset_closed"
	QuitClosed     Fault = "quit_closed"
	QuitHang       Fault = "quit_hang"
)

// script is what a session does instead of the usual, by the client's command.
// Two moments have names of their own: greeting and finalDot.
type script map[string]act

const (
	greeting = "HI"
	finalDot = "."
)

// act is what the server does when it is its turn.
type act struct {
	say  string // as it goes over the line
	then next
}

type next int

const (
	goOn next = iota
	hangUp
	keepSilent // until the client gives up
)

func says(line string) act { return act{say: line + "\r\n"} }

// refuses reports whether a client is told no.
func (a act) refuses() bool { return strings.HasPrefix(a.say, "4") || strings.HasPrefix(a.say, "5") }

// agrees reports whether a client is told yes.
func (a act) agrees() bool { return strings.HasPrefix(a.say, "2") }

var usual = script{
	greeting: says("220 smtpfault"), "EHLO": says("250-smtpfault\r\n250 8BITMIME"), "HELO": says("250 smtpfault"),
	"STARTTLS": says("502 not here"), "MAIL": says("250 ok"), "RCPT": says("250 ok"), "DATA": says("354 go ahead"),
	finalDot: says("250 queued"), "RSET": says("250 ok"), "NOOP": says("250 ok"), "QUIT": says("221 bye"),
}

var unknownCommand = says("500 what")

// badPath is for an address without its angle brackets, which strict servers
// refuse.
var badPath = says("501 5.5.4 an address stands in angle brackets")

// scripts tells of every fault what it does. Those without a line are done by
// the server and the session themselves.
var scripts = map[Fault]script{
	None: {}, Refused: {}, SlowBanner: {}, STARTTLSMissing: {}, WrongCertificate: {}, AmidData: {}, SlowAfterDot: {},

	NoBanner:     {greeting: {then: keepSilent}},
	BannerClosed: {greeting: {then: hangUp}},
	Banner421:    {greeting: says("421 4.3.2 too busy")},
	Banner554:    {greeting: says("554 5.7.1 no mail from you")},

	STARTTLSRefused: {"STARTTLS": says("454 4.7.0 TLS is not available")},
	STARTTLSClosed:  {"STARTTLS": {say: goAhead.say, then: hangUp}},

	Mail451:    {"MAIL": says("451 4.3.0 later")},
	Mail550:    {"MAIL": says("550 5.7.1 not you")},
	MailClosed: {"MAIL": {then: hangUp}},
	MailHang:   {"MAIL": {then: keepSilent}},

	Greylisted:     {"RCPT": says("450 4.2.0 greylisted")},
	Rcpt550:        {"RCPT": says("550 5.1.1 " + recipientSlot + ": no such user")},
	RcptRsetClosed: {"RCPT": says("450 4.2.1 later"), "RSET": {then: hangUp}},
	Shutdown421:    {"RCPT": {say: "421 4.3.2 shutting down\r\n", then: hangUp}},

	Data452:    {"DATA": says("452 4.3.1 full")},
	DataClosed: {"DATA": {then: hangUp}},
	DataHang:   {"DATA": {then: keepSilent}},

	Dot451:         {finalDot: says("451 4.3.0 later")},
	Dot554:         {finalDot: says("554 5.6.0 looks like spam")},
	ClosedAfterDot: {finalDot: {then: hangUp}},
	HangAfterDot:   {finalDot: {then: keepSilent}},
	Lost250:        {finalDot: {say: "25", then: hangUp}},
	Nonsense:       {finalDot: says("thanks")},

	RsetRefused: {"RSET": says("502 5.5.1 no")},
	RsetClosed:  {"RSET": {then: hangUp}},
	QuitClosed:  {"QUIT": {then: hangUp}},
	QuitHang:    {"QUIT": {then: keepSilent}},
}

// recipientSlot stands for the address in an answer.
const recipientSlot = "<recipient>"

// goAhead lets the handshake begin.
var goAhead = says("220 go ahead")

// Faults are all ways to fail and None, sorted.
func Faults() []Fault { return slices.Sorted(maps.Keys(scripts)) }
