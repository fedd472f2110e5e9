package main

import (
	"bytes"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/lib/pq"
	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	"go.temporal.io/api/workflowservice/v1"
	"go.temporal.io/sdk/client"
	"google.golang.org/protobuf/proto"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
)

// canary begins every text that people type here. It is a word of letters that
// exists nowhere else, so that it is found wherever the text has gone.
const canary = "Kvidrefugl"

// sings is a text with the canary in it, different in each field.
func sings(field string) string { return canary + " " + field }

func songMail(who string) string { return strings.ToLower(canary) + "." + who + "@example.dk" }

// What people type stays in the database and in their mails. It is sought in
// Temporal's files, in everything its API gives, and in every log, after whole
// lives with mail servers that quote addresses in their errors.
func TestNothingPeopleTypeReachesTemporalOrALog(t *testing.T) {
	r := newRunning(t)
	r.server()
	var faults atomic.Int64
	r.mail.SetFault(func(_, to string) error { // every fifth is put off, and says to whom
		if n := faults.Add(1); n%5 == 0 {
			return devstack.SMTPFault(451, "mailbox of "+to+" is busy, "+canary)
		}
		return nil
	})
	r.wholeLife()
	r.shortLives()
	require.Greater(t, faults.Load(), int64(10))

	r.requireNoCanaryInAPI()
	r.requireNoCanary("the logs", []byte(r.log.String()))
	_, metrics := r.scrape()
	r.requireNoCanary("the metrics", []byte(metrics))
	files, err := filepath.Glob(filepath.Join(r.options.StateDir, "temporal*"))
	require.NoError(t, err)
	logs, err := filepath.Glob(filepath.Join(r.options.StateDir, "*.log"))
	require.NoError(t, err)
	bytesRead, known := 0, false
	for _, file := range append(files, logs...) {
		content, err := os.ReadFile(file)
		require.NoError(t, err)
		bytesRead += len(content)
		known = known || bytes.Contains(content, []byte("consent-answered"))
		r.requireNoCanary(filepath.Base(file), content)
	}
	require.True(t, known, "what is known to be in the files is found by the same search")
	t.Logf("%d files, %d bytes, %d attempts at a mail", len(files)+len(logs), bytesRead, faults.Load())
	r.requireErased()
}

// requireErased lets the time of every forløb go by, and finds in no row what
// people typed.
func (r *running) requireErased() {
	r.t.Helper()
	require.NotEmpty(r.t, r.tablesThatSing(), "what is known to be in the rows is found by the same search")
	_, err := r.db.Exec(`update forloeb set clock_offset = clock_offset + interval '25 months'`)
	require.NoError(r.t, err)
	erased, err := r.worker.store.EraseForloeb(r.t.Context())
	require.NoError(r.t, err)
	require.EqualValues(r.t, 3, erased)
	require.Empty(r.t, r.tablesThatSing())
}

// tablesThatSing are those in which a row holds a canary.
func (r *running) tablesThatSing() (found []string) {
	r.t.Helper()
	for _, table := range r.tables() {
		var rows int
		require.NoError(r.t, r.db.Get(&rows, `select count(*) from `+table+` t where t::text ilike '%' || $1 || '%' or t::text like any ($2)`,
			canary, pq.Array([]string{"%" + phoneLeader + "%", "%" + phoneRep + "%"})))
		if rows > 0 {
			found = append(found, fmt.Sprintf("%s (%d)", table, rows))
		}
	}
	return found
}

func (r *running) requireNoCanary(where string, content []byte) {
	r.t.Helper()
	low := bytes.ToLower(content)
	if i := bytes.Index(low, []byte(strings.ToLower(canary))); i >= 0 {
		r.t.Errorf("%s holds a canary: …%q…", where, content[max(0, i-80):min(len(content), i+80)])
	}
	for _, phone := range []string{phoneLeader, phoneRep} {
		require.NotContains(r.t, string(content), phone, where)
	}
}

const phoneLeader, phoneRep = "70918273", "70918274"

// sing applies with a canary in every field there is.
func (r *running) sing(name string) *pair {
	r.t.Helper()
	p := r.apply(name, map[string]string{
		"workplace": sings("workplace"), "leader_name": sings("leader"), "leader_title": sings("title"), "leader_email": songMail("leader." + name),
		"leader_phone": phoneLeader, "rep_name": sings("rep"), "rep_email": songMail("rep." + name), "rep_phone": phoneRep,
		"situation": sings("situation"), "change_goal": sings("change goal"), "tried": sings("tried"), "timing": sings("timing"),
	})
	p.leader, p.rep = person{sings("leader"), songMail("leader." + name)}, person{sings("rep"), songMail("rep." + name)}
	r.stands(p, forloeb.AwaitingConsent)
	return p
}

// both say yes with a canary as signature.
func (r *running) both(p *pair) {
	r.t.Helper()
	r.answer(p.leader, forloeb.Yes, map[string]string{"signature": sings("signature of leader")})
	r.answer(p.rep, forloeb.Yes, map[string]string{"signature": sings("signature of rep")})
}

// wholeLife goes from an application that must be corrected to the answered
// questionnaire.
func (r *running) wholeLife() {
	r.t.Helper()
	p := r.sing("whole")
	r.answer(p.rep, forloeb.Fix, map[string]string{"fix_text": sings("fix")})
	r.stands(p, forloeb.AwaitingConsent)
	r.post("forloeb/"+p.id+"/application", r.edited(p))
	r.stands(p, forloeb.AwaitingConsent)
	r.both(p)
	r.stands(p, forloeb.Planning)

	r.post("forloeb/"+p.id+"/notes", map[string]string{"text": sings("note")})
	r.post("forloeb/"+p.id+"/workplaces/"+r.workplace(p)+"/guests", map[string]string{"name": sings("guest"), "email": songMail("guest")})
	r.stands(p, forloeb.Planning)
	first := nextMeeting()
	r.post("forloeb/"+p.id+"/meetings", meetingAt(first, "place"))
	r.stands(p, forloeb.InProgress)
	meeting := r.booked(p)
	r.post("meetings/"+meeting+"/prep-task", map[string]string{"text": sings("prep task")})
	for _, kind := range []string{"arrangement", "follow_up"} {
		r.post("forloeb/"+p.id+"/plan", map[string]string{"kind": kind, "text": sings(kind)})
	}
	_, err := r.opens(p.rep, "/moede/").form("other-time-form").fill("other_time", sings("other time")).fill("ask", "yes").send(r.t.Context())
	require.NoError(r.t, err)
	r.stands(p, forloeb.InProgress)
	require.NoError(r.t, r.staff.call(r.t.Context(), http.MethodPatch, "meetings/"+meeting, meetingAt(first.AddDate(0, 0, 1), "other place"), nil))
	r.stands(p, forloeb.InProgress)
	r.post("meetings/"+meeting+"/cancel", map[string]string{"reason": sings("cancel")})
	r.stands(p, forloeb.Planning)
	r.post("forloeb/"+p.id+"/release", map[string]string{"reason": sings("release")})
	r.stands(p, forloeb.Planning)
	yesterday := forloeb.OnWorkingDayAt(time.Now().AddDate(0, 0, -8), 13)
	r.post("forloeb/"+p.id+"/meetings/held", meetingAt(yesterday, "place of the past"))
	r.stands(p, forloeb.InProgress)
	r.post("forloeb/"+p.id+"/extra-meetings", map[string]any{"meetings": 1, "reason": sings("extra")})
	r.stands(p, forloeb.InProgress)
	r.post("forloeb/"+p.id+"/finish", map[string]string{"reason": sings("finish")})
	r.stands(p, forloeb.AwaitingEvaluation)
	r.forwardTo(p, yesterday.AddDate(0, 3, 14))
	r.stands(p, forloeb.Evaluating)
	for _, who := range []person{p.leader, p.rep} {
		f := r.opens(who, "/evaluering/").form("evaluation-form").fill("planned", "yes").fill("ongoing", "no").fill("remark", sings("remark of "+who.name))
		_, err := f.send(r.t.Context())
		require.NoError(r.t, err)
	}
	r.stands(p, forloeb.Completed)
}

// shortLives end early, in each of the ways that take words, and are opened
// again.
func (r *running) shortLives() {
	r.t.Helper()
	no := r.sing("no")
	r.answer(no.leader, forloeb.No, map[string]string{"no_reason": sings("no")})
	r.stands(no, forloeb.Declined)
	r.post("forloeb/"+no.id+"/reopen", map[string]string{"reason": sings("reopen")})
	r.stands(no, forloeb.AwaitingConsent)
	r.post("forloeb/"+no.id+"/stop", map[string]string{"reason": sings("stop")})
	r.stands(no, forloeb.Stopped)

	gone := r.sing("gone")
	r.both(gone)
	v := r.stands(gone, forloeb.Planning)
	r.fills(gone.leader, "/ikke-laengere-her", map[string]string{"name": sings("successor"), "email": songMail("successor")})
	r.stands(gone, forloeb.Planning)
	for _, party := range v.Parties {
		if party.Side == "leader" {
			r.post("forloeb/"+gone.id+"/parties/"+party.ID+"/replace", map[string]string{"name": sings("new"), "title": sings("new title"), "email": songMail("new")})
		} else {
			r.post("forloeb/"+gone.id+"/parties/"+party.ID+"/address", map[string]string{"email": songMail("corrected")})
		}
	}
	r.stands(gone, forloeb.Planning)
	r.post("forloeb/"+gone.id+"/withdraw", map[string]string{"reason": sings("withdraw")})
	r.stands(gone, forloeb.Withdrawn)
}

// fills opens a page below a party's own page and sends its form filled in.
func (r *running) fills(who person, below string, fields map[string]string) {
	r.t.Helper()
	link, err := r.out.latestLink(r.t.Context(), who.email, "/status/")
	require.NoError(r.t, err)
	page, err := r.out.open(r.t.Context(), link+below)
	require.NoError(r.t, err)
	f := page.asForm(page.Find("main form").First(), below)
	for name, value := range fields {
		f.fill(name, value)
	}
	_, err = f.send(r.t.Context())
	require.NoError(r.t, err)
}

func meetingAt(start time.Time, place string) map[string]any {
	return map[string]any{"starts_at": start.Format(time.RFC3339), "ends_at": start.Add(2 * time.Hour).Format(time.RFC3339), "place": sings(place)}
}

func (r *running) workplace(p *pair) (id string) {
	r.t.Helper()
	require.NoError(r.t, r.db.Get(&id, `select id from workplaces where forloeb_id = $1`, p.id))
	return id
}

func (r *running) booked(p *pair) string {
	r.t.Helper()
	v, err := r.staff.look(r.t.Context(), p.id)
	require.NoError(r.t, err)
	for _, m := range v.Meetings.List {
		if m.State == string(forloeb.Booked) {
			return m.ID
		}
	}
	r.t.Fatal("no meeting is booked")
	return ""
}

func (r *running) edited(p *pair) map[string]any {
	return map[string]any{
		"programme": "spark", "type": "individual", "started_by": "leader", "municipality": "751", "workplace": sings("edited workplace"),
		"sector": "school", "employees": "20-49", "body": "trio", "themes": []string{string(forloeb.ThemeCooperation)}, "situation": sings("edited"), "declared": true,
		"leader": map[string]string{"name": p.leader.name, "email": p.leader.email},
		"rep":    map[string]string{"name": p.rep.name, "role": "amr", "email": p.rep.email},
	}
}

// forwardTo winds the clock on, past whatever a mail that is put off delays.
func (r *running) forwardTo(p *pair, to time.Time) {
	r.t.Helper()
	require.NoError(r.t, r.out.poll(r.t.Context(), func() error {
		_, err := r.out.submit(r.t.Context(), "/dev/forloeb/"+p.id+"/fast-forward", url.Values{"to": {"date"}, "at": {to.Format(time.RFC3339)}})
		var late *difference
		if v, failed := r.staff.look(r.t.Context(), p.id); errors.As(err, &late) && failed == nil && !v.Now.Before(to) {
			return nil // it has arrived; only a mail was late
		}
		return err
	}))
}

// requireNoCanaryInAPI asks Temporal for everything it would tell an operator:
// every run's description and every event, as they travel. Payloads travel
// undisguised.
func (r *running) requireNoCanaryInAPI() {
	r.t.Helper()
	c, err := client.Dial(client.Options{HostPort: r.server().Address(), Namespace: devstack.Namespace})
	require.NoError(r.t, err)
	defer c.Close()
	ctx := within(r.t, patience)
	list, err := c.ListWorkflow(ctx, &workflowservice.ListWorkflowExecutionsRequest{Namespace: devstack.Namespace, PageSize: 1000})
	require.NoError(r.t, err)
	require.GreaterOrEqual(r.t, len(list.GetExecutions()), 3)
	events, failures, known := 0, 0, false
	for _, run := range list.GetExecutions() {
		id, runID := run.GetExecution().GetWorkflowId(), run.GetExecution().GetRunId()
		described, err := c.DescribeWorkflowExecution(ctx, id, runID)
		require.NoError(r.t, err)
		r.requireNoCanary("a description", wire(r.t, described))
		r.requireNoCanary("a line of the list", wire(r.t, run))
		history := c.GetWorkflowHistory(ctx, id, runID, false, enumspb.HISTORY_EVENT_FILTER_TYPE_ALL_EVENT)
		for history.HasNext() {
			event, err := history.Next()
			require.NoError(r.t, err)
			content := wire(r.t, event)
			events, known = events+1, known || bytes.Contains(content, []byte(`"version":`))
			if bytes.Contains(content, []byte("451")) {
				failures++
			}
			r.requireNoCanary(fmt.Sprintf("event %d (%s)", event.GetEventId(), event.GetEventType()), content)
		}
	}
	require.True(r.t, known, "payloads are read as they were written")
	r.t.Logf("%d runs, %d events, %d of them tell of a mail that was put off", len(list.GetExecutions()), events, failures)
}

func wire(t *testing.T, m proto.Message) []byte {
	t.Helper()
	b, err := proto.Marshal(m)
	require.NoError(t, err)
	return b
}
