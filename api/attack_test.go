package api

import (
	"context"
	"flag"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// attack is the flood that made Spamhaus list mailing firms in 2016: a robot
// that fills a form in for others, from ever new addresses.
type attack struct {
	*office
	submissions int
	victims     int // whose addresses are written again and again
	requests    int // mails an hour before the rest are held
}

// The real one was 9,000 submissions; go test ./api -args -flood 9000 takes
// three minutes, and comes to the same.
var flood = flag.Int("flood", 900, "how many submissions a flood has")

// robots send at once.
const robots = 8

// runs sends every submission, each from a network of its own, and lets the
// process plan its mails. It returns how many were not received.
func (a attack) runs() (refused int) {
	a.t.Helper()
	var all sync.WaitGroup
	turnedAway := make([]int, robots)
	for robot := range robots {
		all.Go(func() {
			for i := robot; i < a.submissions; i += robots {
				turnedAway[robot] += a.submits(i)
			}
		})
	}
	all.Wait()
	for robot := range robots {
		refused += turnedAway[robot]
	}
	return refused
}

// submits sends the i-th: a victim as the leader, and as the representative a
// stranger nobody has written to before. It returns 1 when it was refused.
func (a attack) submits(i int) int {
	form := filledIn()
	form.Set("leader_email", victim(i%a.victims))
	form.Set("rep_email", fmt.Sprintf("fremmed%d@example.dk", i))
	r := httptest.NewRequest(http.MethodPost, "/ansoegning", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	r.Header.Set("X-Forwarded-For", "192.0.2.1")
	r.RemoteAddr = fmt.Sprintf("10.%d.%d.%d:1024", i>>16, i>>8&255, i&255)
	w := httptest.NewRecorder()
	a.ServeHTTP(w, r)
	if w.Code == http.StatusSeeOther {
		return 0
	}
	return 1
}

func victim(i int) string { return fmt.Sprintf("offer%d@example.dk", i) }

// plans lets the process take its first step in every forløb.
func (a attack) plans() {
	a.t.Helper()
	var ids []uuid.UUID
	require.NoError(a.t, a.env.DB.Select(&ids, `select id from forloeb order by created_at`))
	errs := make([]error, robots)
	var all sync.WaitGroup
	for robot := range robots {
		all.Go(func() {
			for i := robot; i < len(ids) && errs[robot] == nil; i += robots {
				errs[robot] = a.env.Step(context.Background(), ids[i])
			}
		})
	}
	all.Wait()
	for _, err := range errs {
		require.NoError(a.t, err)
	}
}

// leaving counts the mails to an address that are not held.
func (a attack) leaving(address string) int {
	return a.env.Count(`select count(*) from mails m join party_contacts c on c.party_id = m.recipient where c.email = $1 and not m.held`, address)
}

func TestAFloodOfApplicationsBecomesNoFloodOfMails(t *testing.T) {
	o := limited(t, Limits{Applications: 30, Links: 60, Answers: 120, Together: 20})
	a := attack{office: o, submissions: *flood, victims: 9, requests: 100}
	o.env.Worker.RequestsAnHour = a.requests
	require.Zero(t, a.runs(), "each came from a network of its own")
	a.plans()

	require.Equal(t, a.submissions, o.env.Count(`select count(*) from forloeb`))
	for i := range a.victims {
		require.LessOrEqual(t, a.leaving(victim(i)), 3)
	}
	out := o.env.Count(`select count(*) from mails where not held`)
	require.GreaterOrEqual(t, out, a.requests)
	require.Less(t, out, a.requests+2*robots, "those that are written at once")
	require.Equal(t, 2*a.submissions-out, o.env.Count(`select count(*) from tasks where kind = 'mail_held'`))

	// Somebody real applies in the middle of it.
	answer := o.applies(filledIn())
	require.Equal(t, http.StatusSeeOther, answer.StatusCode, answer.text)
	var id uuid.UUID
	o.env.Get(&id, `select id from forloeb order by created_at desc limit 1`)
	o.env.Settle(id)
	receipt := parsed(t, o.get(answer.Header.Get("Location"), ""))
	require.Contains(t, part(receipt, "leader_email-held"), "Der er kommet usædvanlig mange ansøgninger på kort tid, så sekretariatet ser på det først, senest ")
	f := o.env.Read(id)
	require.Len(t, f.Mails, 2)
	for _, m := range f.Mails {
		require.True(t, m.Held)
		o.done(o.does(http.MethodPost, fmt.Sprintf("/mails/%d/release", m.ID), nil))
	}
	o.env.Settle(id)
	require.Equal(t, 2, o.env.Count(`select count(*) from mails where forloeb_id = $1 and kind = 'consent_request' and state = 'sent'`, id))
	o.env.Answer(id, forloeb.Leader, forloeb.Yes)
	o.env.Answer(id, forloeb.Rep, forloeb.Yes)
	o.env.Settle(id)
	require.NotEqual(t, forloeb.AwaitingConsent, o.env.Read(id).Status)

	// One network is stopped long before that.
	for range 29 {
		require.Equal(t, http.StatusSeeOther, o.applies(filledIn()).StatusCode)
	}
	o.applies(filledIn()).waits()
}
