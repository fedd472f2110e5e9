package activities_test

import (
	"context"
	"errors"
	netmail "net/mail"
	"slices"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/temporal"

	"example.dk/spark/activities"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/mail"
	"example.dk/spark/internal/smtpfault"
	"example.dk/spark/internal/store/storetest"
)

// office sends the mails of real rows over a line that fails, as the worker
// does; only Temporal is missing, and the test calls again in its place.
type office struct {
	*storetest.Env
	server *smtpfault.Server
	do     *activities.Activities
}

// slow is how long the server's slow answers take: longer than a busy machine
// needs for everything else.
const slow = 5 * time.Second

func open(t *testing.T, limits mail.Limits) *office {
	t.Helper()
	o := &office{Env: storetest.New(t)}
	var err error
	o.server, err = smtpfault.Start(smtpfault.Options{STARTTLS: true, Slow: slow, Grey: time.Hour})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, o.server.Stop()) })
	o.do = &activities.Activities{Store: o.Worker, Mailer: mailer(t, o.server, limits)}
	return o
}

func mailer(t *testing.T, server *smtpfault.Server, limits mail.Limits) *mail.Mailer {
	t.Helper()
	ring, err := link.ParseKeyring("test:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
	require.NoError(t, err)
	from := netmail.Address{Name: "SPARK", Address: "spark@example.dk"}
	composer, err := mail.NewComposer(mail.Config{BaseURL: "https://spark.example.dk", Links: ring, From: from, ReplyTo: from, Domain: "spark.example.dk"})
	require.NoError(t, err)
	sender, err := mail.NewSender(mail.SMTPConfig{Host: smtpfault.Host, Port: server.Port(), Security: mail.STARTTLS, RootCAs: server.RootCAs(), HELO: "spark.example.dk", Limits: limits})
	require.NoError(t, err)
	return mail.NewMailer(composer, sender)
}

func at(year int, month time.Month, day, hour, minute int) time.Time {
	return time.Date(year, month, day, hour, minute, 0, 0, forloeb.Copenhagen)
}

// letter is one mail that is owed.
type letter struct {
	*office
	t    *testing.T
	id   uuid.UUID
	mail int64
	said string // its Message-ID
}

// request is the consent request to the representative of a new application.
func (o *office) request(t *testing.T) *letter {
	t.Helper()
	id := o.ApplyAt(at(2026, 11, 23, 10, 0))
	return o.owed(t, id, forloeb.MailConsentRequest)
}

// questionnaire is the evaluation request to the representative of a forløb
// whose meetings are held.
func (o *office) questionnaire(t *testing.T) *letter {
	t.Helper()
	id := o.ApplyAt(at(2026, 11, 23, 10, 0))
	settle := func(by forloeb.Actor, d forloeb.Deed) {
		o.Do(id, by, d)
		o.Settle(id)
	}
	o.Settle(id)
	o.Agree(id)
	o.Settle(id)
	meeting := o.Book(id, at(2026, 12, 8, 13, 0))
	o.SettleAt(id, at(2026, 12, 8, 17, 0))
	settle(storetest.Secretary, forloeb.RegisterMeeting{Meeting: meeting, Held: true})
	settle(storetest.Secretary, forloeb.FinishMeetings{Reason: "Vi nåede det hele."})
	o.RunTo(id, at(2027, 3, 8, 8, 59))
	require.Equal(t, forloeb.AwaitingEvaluation, o.Read(id).Status)
	o.Wind(id, at(2027, 3, 8, 9, 0))
	return o.owed(t, id, forloeb.MailEvaluationRequest)
}

// owed takes the step that owes a mail of the kind to the representative.
func (o *office) owed(t *testing.T, id uuid.UUID, kind forloeb.MailKind) *letter {
	t.Helper()
	require.NoError(t, o.Step(t.Context(), id))
	l := &letter{office: o, t: t, id: id}
	rep := o.Party(id, forloeb.Rep).ID
	o.Get(&l.mail, `select id from mails where forloeb_id = $1 and kind = $2 and recipient = $3`, id, kind, rep)
	o.Get(&l.said, `select message_id || '@spark.example.dk' from mails where id = $1`, l.mail)
	return l
}

func (l *letter) state() (state string) {
	l.t.Helper()
	l.Get(&state, `select state from mails where id = $1`, l.mail)
	return state
}

// tasks are the open ones about mails.
func (l *letter) tasks() int {
	l.t.Helper()
	return l.Count(`select count(*) from tasks where forloeb_id = $1 and kind = 'mail' and closed_at is null`, l.id)
}

// try lets the worker try to send it while the server fails in this way. A
// worker that waits for an answer that never comes is told to stop.
func (l *letter) try(fault smtpfault.Fault) (smtpfault.Attempt, error) {
	l.t.Helper()
	require.NoError(l.t, l.server.Force(fault))
	before := len(l.server.Attempts())
	ctx, stop := context.WithCancel(l.t.Context())
	defer stop()
	result := make(chan error, 1)
	go func() { result <- l.do.SendMail(ctx, activities.SendInput{Mail: l.mail, Now: l.Now(l.id)}) }()
	if fault == smtpfault.Refused {
		return smtpfault.Attempt{}, <-result
	}
	require.Eventually(l.t, func() bool { return len(l.server.Attempts()) > before }, 20*time.Second, time.Millisecond)
	if slices.Contains(silent, fault) {
		stop()
	}
	return l.server.Attempts()[before], <-result
}

// attempt is try by a worker that nobody stops.
func (l *letter) attempt(fault smtpfault.Fault) error {
	l.t.Helper()
	require.NoError(l.t, l.server.Force(fault))
	return l.do.SendMail(l.t.Context(), activities.SendInput{Mail: l.mail, Now: l.Now(l.id)})
}

var (
	silent  = []smtpfault.Fault{smtpfault.NoBanner, smtpfault.MailHang, smtpfault.DataHang, smtpfault.HangAfterDot, smtpfault.QuitHang}
	forGood = []smtpfault.Fault{smtpfault.Mail550, smtpfault.Rcpt550, smtpfault.Dot554}
)

// requireNeverAgain: a worker that is told once more sends nothing.
func (l *letter) requireNeverAgain() {
	l.t.Helper()
	require.NoError(l.t, l.server.Force(smtpfault.None))
	before := len(l.server.Attempts())
	require.NoError(l.t, l.do.SendMail(l.t.Context(), activities.SendInput{Mail: l.mail, Now: l.Now(l.id)}))
	require.Len(l.t, l.server.Attempts(), before)
}

// requireCopies: so many copies were taken, all the same to the byte.
func (l *letter) requireCopies(n int) {
	l.t.Helper()
	copies := l.server.Accepted(l.said)
	require.Len(l.t, copies, n)
	for _, c := range copies {
		require.Equal(l.t, string(copies[0]), string(c))
	}
}

// requireTriedAgain: the error is one after which Temporal calls again, after
// this pause or, when there is none, as the policy has it. It names nothing but
// a code.
func (l *letter) requireTriedAgain(err error, pause time.Duration) {
	l.t.Helper()
	var application *temporal.ApplicationError
	require.ErrorAs(l.t, err, &application)
	require.False(l.t, application.NonRetryable())
	require.Equal(l.t, pause, application.NextRetryDelay())
	require.Equal(l.t, application.Type(), application.Message())
	require.NotContains(l.t, err.Error(), "@")
}

// TestAConsentRequestOverALineThatFails: with every fault the row says what
// the server knows. What may have arrived is sent again by itself, as the same
// message; only what was refused for good waits for a person.
func TestAConsentRequestOverALineThatFails(t *testing.T) {
	t.Parallel()
	o := open(t, mail.DefaultLimits)
	for _, fault := range smtpfault.Faults() {
		t.Run(string(fault), func(t *testing.T) {
			l := o.request(t)
			truth, err := l.try(fault)
			switch {
			case slices.Contains(forGood, fault):
				require.NoError(t, err)
				require.Equal(t, "failed", l.state())
				require.NoError(t, l.Step(t.Context(), l.id))
				require.Equal(t, 1, l.tasks())
				l.requireNeverAgain()
				l.requireCopies(0)
			case truth.Accepted && !truth.Ambiguous:
				require.NoError(t, err)
				require.Equal(t, "sent", l.state())
				l.requireNeverAgain()
				l.requireCopies(1)
			default:
				l.requireTriedAgain(err, time.Duration(l.doubts())*30*time.Minute)
				require.Equal(t, "planned", l.state())
				l.requireSentAgain(truth)
			}
		})
	}
}

// requireSentAgain: the worker is called again, and nobody else.
func (l *letter) requireSentAgain(truth smtpfault.Attempt) {
	l.t.Helper()
	require.Zero(l.t, l.tasks())
	view, err := l.Worker.Look(l.t.Context(), l.id, l.Now(l.id))
	require.NoError(l.t, err)
	require.Contains(l.t, view.Owed, l.mail)
	_, err = l.try(smtpfault.None)
	require.NoError(l.t, err)
	require.Equal(l.t, "sent", l.state())
	if truth.Accepted {
		l.requireCopies(2)
	} else {
		l.requireCopies(1)
	}
	l.requireNeverAgain()
}

// TestAnEvaluationRequestOverALineThatFails: nobody is asked twice. What may
// have arrived waits for a person, with a task; what has not is sent again by
// itself.
func TestAnEvaluationRequestOverALineThatFails(t *testing.T) {
	t.Parallel()
	o := open(t, mail.DefaultLimits)
	o.Consultant("Karen Lund", 50)
	for _, c := range []struct {
		fault smtpfault.Fault
		state []string // more than one where it depends on what the line still carried
		after int      // copies that were taken
	}{
		{smtpfault.None, []string{"sent"}, 1},
		{smtpfault.Refused, []string{"planned"}, 0},
		{smtpfault.Greylisted, []string{"planned"}, 0},
		{smtpfault.Dot451, []string{"planned"}, 0},
		{smtpfault.DataHang, []string{"planned"}, 0},
		{smtpfault.Dot554, []string{"failed"}, 0},
		{smtpfault.AmidData, []string{"planned", "uncertain"}, 0},
		{smtpfault.ClosedAfterDot, []string{"uncertain"}, 1},
		{smtpfault.SlowAfterDot, []string{"sent"}, 1},
		{smtpfault.HangAfterDot, []string{"uncertain"}, 1},
		{smtpfault.Lost250, []string{"uncertain"}, 1},
		{smtpfault.Nonsense, []string{"uncertain"}, 1},
		{smtpfault.RsetClosed, []string{"sent"}, 1},
		{smtpfault.QuitHang, []string{"sent"}, 1},
	} {
		t.Run(string(c.fault), func(t *testing.T) {
			l := o.questionnaire(t)
			truth, err := l.try(c.fault)
			require.Contains(t, c.state, l.state())
			l.requireCopies(c.after)
			if l.state() == "planned" {
				l.requireTriedAgain(err, 0)
				l.requireSentAgain(truth)
				return
			}
			require.NoError(t, err)
			l.Settle(l.id)
			l.requireNeverAgain()
			l.requireCopies(c.after)
			if l.state() == "sent" {
				require.Zero(t, l.tasks())
				return
			}
			require.Equal(t, 1, l.tasks())
			l.requirePersonDecides(c.after + 1)
		})
	}
}

// requirePersonDecides: the secretariat has it sent again, under the same
// Message-ID and with a Date of its own, and the task is done.
func (l *letter) requirePersonDecides(copies int) {
	l.t.Helper()
	l.Do(l.id, storetest.Secretary, forloeb.SettleMail{Mail: l.mail, Action: forloeb.ResendMail})
	_, err := l.try(smtpfault.None)
	require.NoError(l.t, err)
	require.Equal(l.t, "sent", l.state())
	require.Len(l.t, l.server.Accepted(l.said), copies)
	l.Settle(l.id)
	require.Zero(l.t, l.tasks())
}

// doubts are the attempts in a row that left it in doubt whether the mail has
// arrived, as the row has them.
func (l *letter) doubts() int {
	l.t.Helper()
	return l.Count(`select doubts from mails where id = $1`, l.mail)
}

// TestALimitForEachHalf: the real limits fit into each other. Whoever Temporal
// takes for dead sends nothing when it wakes, and no attempt is cut off before
// the mailer gives up by itself.
func TestALimitForEachHalf(t *testing.T) {
	limits := mail.DefaultLimits
	require.Equal(t, 10*time.Minute, limits.Answer, "RFC 5321, 4.5.3.2.6")
	require.Less(t, activities.LateAfter+limits.HandOver, activities.HeartbeatTimeout)
	require.Less(t, limits.HandOver+limits.Answer+limits.Goodbye, activities.SendTimeout)
	require.LessOrEqual(t, limits.Goodbye, time.Second, "what was taken is not written down meanwhile: crash run, seeds 11 and 21")
}

// TestASlowRelay: a server that answers the final dot after longer than
// everything before it may take is waited for. It is sent once.
func TestASlowRelay(t *testing.T) {
	t.Parallel()
	o := open(t, mail.Limits{HandOver: slow - time.Second, Answer: 20 * slow, Goodbye: slow})
	l := o.request(t)
	truth, err := l.try(smtpfault.SlowAfterDot)
	require.NoError(t, err)
	require.False(t, truth.Ambiguous)
	require.Equal(t, "sent", l.state())
	require.Zero(t, l.doubts())
	l.requireNeverAgain()
	l.requireCopies(1)
}

// TestARelayThatNeverAnswers: three attempts are given up, and then a person
// has a task. Whatever is tried again after that, there is no fourth copy.
func TestARelayThatNeverAnswers(t *testing.T) {
	t.Parallel()
	o := open(t, mail.Limits{HandOver: time.Minute, Answer: slow / 20, Goodbye: slow})
	l := o.request(t)
	for n := 1; n <= 3; n++ {
		if n == 3 { // what surely did not arrive changes nothing
			err := l.attempt(smtpfault.Data452)
			l.requireTriedAgain(err, 0)
			require.Equal(t, 2, l.doubts())
		}
		require.Zero(t, l.tasks())
		err := l.attempt(smtpfault.HangAfterDot)
		if n < 3 {
			l.requireTriedAgain(err, 30*time.Minute)
		} else {
			require.NoError(t, err)
		}
		require.Equal(t, n, l.doubts())
	}
	require.Equal(t, "uncertain", l.state())
	l.Settle(l.id)
	require.Equal(t, 1, l.tasks())
	l.requireNeverAgain()
	l.requireCopies(3)
	o.do.Mailer = mailer(t, o.server, mail.DefaultLimits)
	l.requirePersonDecides(4)
}

// TestAWorkerThatDiesWhileItWaits: nobody tells the row what became of the
// mail. The next attempt counts that as a doubt, and the third death is a
// person's.
func TestAWorkerThatDiesWhileItWaits(t *testing.T) {
	t.Parallel()
	o := open(t, mail.DefaultLimits)
	o.Consultant("Karen Lund", 50)
	for kind, c := range map[forloeb.MailKind]struct {
		owed   func(t *testing.T) *letter
		deaths int // until a person has to decide
	}{
		forloeb.MailConsentRequest:    {o.request, 3},
		forloeb.MailEvaluationRequest: {o.questionnaire, 1},
	} {
		t.Run(string(kind), func(t *testing.T) {
			l := c.owed(t)
			for n := range c.deaths {
				l.dies()
				require.Equal(t, "sending", l.state())
				require.Equal(t, n, l.doubts())
			}
			l.requireNeverAgain()
			require.Equal(t, "uncertain", l.state())
			l.Settle(l.id)
			require.Equal(t, 1, l.tasks())
			l.requireCopies(c.deaths)
			l.requirePersonDecides(c.deaths + 1)
		})
	}
}

// errDead is a worker that does nothing any more.
var errDead = errors.New("the worker is dead")

// dying is the database of a worker that dies before it can write down what
// became of a mail.
type dying struct{ activities.Store }

func (dying) SettleMail(context.Context, int64, int, forloeb.Outcome) error { return errDead }

// dies lets a worker try to send the mail and die while the server is silent
// about it.
func (l *letter) dies() {
	l.t.Helper()
	alive := l.do
	defer func() { l.do = alive }()
	l.do = &activities.Activities{Store: dying{alive.Store}, Mailer: alive.Mailer}
	_, err := l.try(smtpfault.HangAfterDot)
	require.ErrorIs(l.t, err, errDead)
}
