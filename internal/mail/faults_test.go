package mail

import (
	"bytes"
	"context"
	"fmt"
	"regexp"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/smtpfault"
)

func faultyServer(t *testing.T, o smtpfault.Options) *smtpfault.Server {
	t.Helper()
	s, err := smtpfault.Start(o)
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop()) })
	return s
}

// fails makes the server fail from now on.
func fails(t *testing.T, s *smtpfault.Server, f smtpfault.Fault) {
	t.Helper()
	require.NoError(t, s.Force(f))
}

// attempts waits for so many lines of the server's log.
func attempts(t *testing.T, s *smtpfault.Server, n int) []smtpfault.Attempt {
	t.Helper()
	require.Eventually(t, func() bool { return len(s.Attempts()) >= n }, 20*time.Second, time.Millisecond)
	all := s.Attempts()
	require.Len(t, all, n)
	return all
}

// whatBecame is what an attempt may come to.
type whatBecame struct {
	outcomes []forloeb.Outcome // more than one where it depends on what the line still carried
	copies   int               // that the server took
	silent   bool              // the server leaves the client waiting
}

func sent() whatBecame {
	return whatBecame{outcomes: []forloeb.Outcome{{State: forloeb.MailSent}}, copies: 1}
}

func again(codes ...string) whatBecame { return notTaken(forloeb.MailPlanned, codes...) }

func failed(code string) whatBecame { return notTaken(forloeb.MailFailed, code) }

func notTaken(state forloeb.MailState, codes ...string) (w whatBecame) {
	for _, code := range codes {
		w.outcomes = append(w.outcomes, forloeb.Outcome{State: state, Code: code})
	}
	return w
}

func uncertain() whatBecame {
	return whatBecame{outcomes: []forloeb.Outcome{{State: forloeb.MailUncertain, Code: codeLostAfterData}}, copies: 1}
}

// meanwhile is an attempt whose client gives up waiting.
func meanwhile(w whatBecame) whatBecame {
	w.silent = true
	return w
}

// outcomes is the table of what can happen on the line: what we say came of
// it, and how many copies the server really took.
var outcomes = map[smtpfault.Fault]whatBecame{
	smtpfault.None:             sent(),
	smtpfault.Refused:          again(codeNoConnection),
	smtpfault.SlowBanner:       sent(),
	smtpfault.NoBanner:         meanwhile(again(codeNoConnection)),
	smtpfault.BannerClosed:     again(codeNoConnection),
	smtpfault.Banner421:        again("421"),
	smtpfault.Banner554:        again("554"), // it is us who are refused and not this mail
	smtpfault.STARTTLSMissing:  again(codeNoConnection),
	smtpfault.STARTTLSRefused:  again("454"),
	smtpfault.STARTTLSClosed:   again(codeNoConnection),
	smtpfault.WrongCertificate: again(codeNoConnection),
	smtpfault.Mail451:          again("451"),
	smtpfault.Mail550:          failed("550"),
	smtpfault.MailClosed:       again(codeLostBefore),
	smtpfault.MailHang:         meanwhile(again(codeLostBefore)),
	smtpfault.Greylisted:       again("450"),
	smtpfault.Rcpt550:          failed("550"),
	smtpfault.RcptRsetClosed:   again("450"),
	smtpfault.Shutdown421:      again("421"),
	smtpfault.Data452:          again("452"),
	smtpfault.DataClosed:       again(codeLostBefore),
	smtpfault.DataHang:         meanwhile(again(codeLostBefore)),
	smtpfault.AmidData:         amidData(),
	smtpfault.Dot451:           again("451"),
	smtpfault.Dot554:           failed("554"),
	smtpfault.ClosedAfterDot:   uncertain(),
	smtpfault.SlowAfterDot:     sent(),
	smtpfault.HangAfterDot:     meanwhile(uncertain()),
	smtpfault.Lost250:          uncertain(),
	smtpfault.Nonsense:         uncertain(),
	smtpfault.RsetRefused:      sent(),
	smtpfault.RsetClosed:       sent(),
	smtpfault.QuitClosed:       sent(),
	smtpfault.QuitHang:         meanwhile(sent()),
}

// amidData: nobody took the mail. We know it only when the line refused to
// carry the rest; when it took all of it, the answer is what is missing.
func amidData() whatBecame {
	w := again(codeLostBefore)
	w.outcomes = append(w.outcomes, uncertain().outcomes...)
	return w
}

// TestOutcomes is every mail in every variant of its words, each with every
// fault: the outcome, the copies, and what the server's log says.
//
// Complaint K32.
func TestOutcomes(t *testing.T) {
	require.Len(t, outcomes, len(smtpfault.Faults()))
	for _, fault := range smtpfault.Faults() {
		want := outcomes[fault]
		t.Run(string(fault), func(t *testing.T) {
			server := faultyServer(t, smtpfault.Options{STARTTLS: true, Slow: time.Millisecond, Grey: time.Hour})
			fails(t, server, fault)
			mailer := NewMailer(composer(t), overTLS(t, server))
			for n, c := range cases() {
				c.letter.MessageID = c.name + "@spark.example.dk"
				got := sendAgainst(t, server, want.silent, mailer, c.letter)
				require.Contains(t, want.outcomes, got, c.name)
				require.Len(t, server.Accepted(c.letter.MessageID), want.copies, c.name)
				if fault != smtpfault.Refused {
					requireLogged(t, attempts(t, server, n+1)[n], fault, c, got)
				}
			}
		})
	}
}

func overTLS(t *testing.T, server *smtpfault.Server) *Sender {
	t.Helper()
	settings := local(server.Port())
	settings.Security, settings.RootCAs = STARTTLS, server.RootCAs()
	return sender(t, settings)
}

// sendAgainst sends, and gives up when the server has noted that it will say
// nothing more.
func sendAgainst(t *testing.T, server *smtpfault.Server, silent bool, m *Mailer, l forloeb.Letter) forloeb.Outcome {
	t.Helper()
	if !silent {
		return m.Send(t.Context(), l)
	}
	before := len(server.Attempts())
	ctx, giveUp := context.WithCancel(t.Context())
	result := make(chan forloeb.Outcome, 1)
	go func() { result <- m.Send(ctx, l) }()
	attempts(t, server, before+1)
	giveUp()
	return <-result
}

// requireLogged: the server's log and ours tell the same story.
func requireLogged(t *testing.T, a smtpfault.Attempt, fault smtpfault.Fault, c mailCase, got forloeb.Outcome) {
	t.Helper()
	require.Equal(t, fault, a.Fault, c.name)
	require.Equal(t, outcomes[fault].copies == 1, a.Accepted, c.name)
	if a.Accepted {
		require.Equal(t, c.letter.MessageID, a.MessageID, c.name)
		require.Equal(t, got.State == forloeb.MailUncertain, a.Ambiguous, c.name)
	}
	if got.State == forloeb.MailUncertain {
		require.True(t, a.Ambiguous, "%s: who can know must", c.name)
	}
}

// shortly is a limit for a test that waits for its end, and long enough for
// what a busy machine does within it.
const shortly = 3 * time.Second

// TestSilenceHasAnEnd: a server that says nothing is given up by our own
// clock.
func TestSilenceHasAnEnd(t *testing.T) {
	for _, fault := range []smtpfault.Fault{smtpfault.NoBanner, smtpfault.MailHang, smtpfault.DataHang, smtpfault.HangAfterDot, smtpfault.QuitHang} {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			server := faultyServer(t, smtpfault.Options{})
			fails(t, server, fault)
			settings := local(server.Port())
			settings.Limits = Limits{HandOver: shortly, Answer: shortly, Goodbye: shortly}
			require.Contains(t, outcomes[fault].outcomes, sender(t, settings).Send(t.Context(), anyMessage(t)))
		})
	}
}

// TestThePatienceBeforeTheDotIsForAllOfIt: a server that takes its time with
// every command does not use up ours with each.
func TestThePatienceBeforeTheDotIsForAllOfIt(t *testing.T) {
	server := faultyServer(t, smtpfault.Options{Slow: 20 * time.Second})
	fails(t, server, smtpfault.SlowBanner)
	settings := local(server.Port())
	settings.Limits = Limits{HandOver: shortly / 30, Answer: time.Hour, Goodbye: time.Hour}
	require.Equal(t, forloeb.MailPlanned, sender(t, settings).Send(t.Context(), anyMessage(t)).State)
}

// TestWhoWakesTooLateHandsNothingOver: a worker that was frozen before the
// final dot does not send it when its time is past.
func TestWhoWakesTooLateHandsNothingOver(t *testing.T) {
	server := faultyServer(t, smtpfault.Options{})
	m := anyMessage(t)
	msg, err := mimeMessage(m)
	require.NoError(t, err)
	s := sender(t, local(server.Port()))
	early, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	l, err := s.greet(t.Context(), early)
	require.NoError(t, err)
	_, err = l.begin(m, msg)
	require.NoError(t, err)
	require.NoError(t, l.stillEarly(early))
	past, cancel := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancel()
	l.keep = func() bool { return true } // the timer has not run yet
	require.ErrorIs(t, l.stillEarly(past), errLate)
	require.NoError(t, l.conn.Close())
	require.False(t, attempts(t, server, 1)[0].Accepted)
	require.Equal(t, forloeb.Outcome{State: forloeb.MailPlanned, Code: codeLostBefore}, outcome(envelope, errLate))
}

// later is long enough for every deadline that a mail starts to be another.
const later = 50 * time.Hour

// promisesFromNow are the mails that say what follows from when they are sent:
// a deadline that they start, the next date on which something happens, or a
// link that lives for an hour. Tried again on another day they say another
// day, and nothing else differs.
var promisesFromNow = []forloeb.MailKind{
	forloeb.MailConsentRequest, forloeb.MailChanged, forloeb.MailEvaluationRequest, forloeb.MailStillWaiting, forloeb.MailApplicationText,
	forloeb.MailWorkplaceInvited,
}

// TestARetryIsTheSameMail: a mail that may have arrived is sent again, days
// later. The server then has two copies of one message: the same Message-ID
// and the same bytes.
//
// Complaint K41.
func TestARetryIsTheSameMail(t *testing.T) {
	server := faultyServer(t, smtpfault.Options{})
	mailer := NewMailer(composer(t), sender(t, local(server.Port())))
	for _, c := range cases() {
		l := c.letter
		l.MessageID = c.name + "@spark.example.dk"
		fails(t, server, smtpfault.ClosedAfterDot)
		require.Equal(t, forloeb.MailUncertain, mailer.Send(t.Context(), l).State, c.name)
		fails(t, server, smtpfault.None)
		require.Equal(t, forloeb.MailSent, mailer.Send(t.Context(), l).State, c.name)
		l.Now = l.Now.Add(later)
		require.Equal(t, forloeb.MailSent, mailer.Send(t.Context(), l).State, c.name)
		copies := server.Accepted(l.MessageID)
		require.Len(t, copies, 3, c.name)
		require.Equal(t, string(copies[0]), string(copies[1]), c.name)
		if slices.Contains(promisesFromNow, l.Mail.Kind) {
			requireSameButForTheDay(t, c.name, copies[0], copies[2])
		} else {
			require.Equal(t, string(copies[0]), string(copies[2]), c.name)
		}
	}
}

// fromNow is what may differ: a day in words, or that there is one, and the
// link that ages.
var fromNow = regexp.MustCompile(` ?[a-zø]+dag den [0-9]{1,2}\. [a-z]+ [0-9]{4}|/ansoegning/vis/[^\s"<]+`)

func requireSameButForTheDay(t *testing.T, name string, first, second []byte) {
	t.Helper()
	one, other := read(t, bytes.NewReader(first)), read(t, bytes.NewReader(second))
	require.Equal(t, blanked(fmt.Sprint(one.headers(t))), blanked(fmt.Sprint(other.headers(t))), name)
	require.Equal(t, one.tree(), other.tree(), name)
	for i := range one.children {
		require.Equal(t, blanked(string(one.children[i].body)), blanked(string(other.children[i].body)), name)
	}
}

func blanked(text string) string { return fromNow.ReplaceAllString(text, "") }
