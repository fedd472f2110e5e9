package api

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

type rows struct {
	Items []rowDocument
	Next  string
}

func (o *office) rows(query string) (r rows) {
	o.t.Helper()
	o.does(http.MethodGet, "/forloeb"+query, nil).into(http.StatusOK, &r)
	return r
}

func TestTheListOfForloeb(t *testing.T) {
	o := withConsultants(t)
	planning := o.planning()
	var waiting []uuid.UUID
	for i := range 4 {
		id := o.env.Apply(func(s *forloeb.Submission) {
			s.Workplace, s.Municipality = fmt.Sprintf("Børnehuset %d", i), "101"
			s.Themes = []forloeb.ThemeCode{forloeb.ThemeLoneWork}
		})
		o.env.Settle(id)
		waiting = append(waiting, id)
	}

	all := o.rows("")
	require.Len(t, all.Items, 5)
	require.Empty(t, all.Next)
	for _, row := range all.Items {
		require.True(t, row.Settled)
		require.NotEmpty(t, row.Waiting.Sentence.Danish)
		require.False(t, row.NextAt.IsZero())
	}

	one := o.rows("?status=planning,in_progress")
	require.Len(t, one.Items, 1)
	require.Equal(t, planning, one.Items[0].ID)
	require.Equal(t, &consultantName{o.annaID, "Anna"}, one.Items[0].Consultant)
	require.Len(t, o.rows("?municipality=101").Items, 4)
	require.Len(t, o.rows("?theme=lone_work").Items, 4)
	require.Len(t, o.rows("?consultant="+o.annaID.String()).Items, 1)
	require.Len(t, o.rows("?q="+url.QueryEscape("børnehuset 2")).Items, 1)
	require.Len(t, o.rows("?q="+one.Items[0].Reference).Items, 1)
	require.Empty(t, o.rows("?needs_attention=true").Items)
	require.Empty(t, o.rows("?status=completed").Items)

	seen := map[uuid.UUID]bool{}
	next := ""
	for range 5 {
		page := o.rows("?status=awaiting_consent&limit=3&cursor=" + next)
		for _, row := range page.Items {
			require.False(t, seen[row.ID])
			seen[row.ID] = true
		}
		if next = page.Next; next == "" {
			break
		}
	}
	require.Len(t, seen, len(waiting))

	o.does(http.MethodGet, "/forloeb?cursor=nonsense", nil).problem(http.StatusUnprocessableEntity, "bad_cursor")
	for _, query := range []string{"status=perhaps", "consultant=Anna", "limit=0", "limit=51", "colour=red", "needs_attention=maybe"} {
		p := o.does(http.MethodGet, "/forloeb?"+query, nil).problem(http.StatusUnprocessableEntity, "invalid")
		name, _, _ := strings.Cut(query, "=")
		require.Equal(t, name, p.Errors[0].Parameter)
	}
}

func TestRowsPromiseNothingInThePast(t *testing.T) {
	day := time.Date(2026, 11, 26, 8, 0, 0, 0, forloeb.Copenhagen)
	row := forloeb.ListRow{Now: day.Add(time.Hour), Waiting: forloeb.Waiting{
		Key: forloeb.WaitAssignFull, Since: day.AddDate(0, 0, -1), Next: day, Deadline: day.AddDate(0, 0, 2),
	}}
	require.True(t, newRowDocument(row).Waiting.Next.Equal(day), "the day itself")
	row.Now = day.AddDate(0, 0, 1)
	late := newRowDocument(row).Waiting
	require.Zero(t, late.Next)
	require.NotContains(t, late.Sentence.Danish, forloeb.Date(day))
	require.True(t, late.Deadline.Equal(row.Waiting.Deadline))
}

type tasksPage struct {
	Items []taskDocument
	Next  string
}

func TestTasks(t *testing.T) {
	o := newOffice(t)
	id := o.env.Apply()
	o.env.Settle(id)
	o.env.Answer(id, forloeb.Leader, forloeb.Fix)
	o.env.Settle(id)
	var open tasksPage
	o.does(http.MethodGet, "/tasks", nil).into(http.StatusOK, &open)
	require.Len(t, open.Items, 1)
	task := open.Items[0]
	require.Equal(t, forloeb.TaskFix, task.Kind)
	require.Equal(t, id, task.Forloeb)
	require.Equal(t, forloeb.Fix, o.document(id).Parties[0].Answer)
	require.True(t, o.rows("?needs_attention=true").Items[0].NeedsAttention)

	o.refused(o.does(http.MethodPost, fmt.Sprintf("/tasks/%d/close", task.ID), nil), http.StatusConflict, forloeb.RefuseTaskStands)

	id = o.env.Apply()
	o.env.Settle(id)
	o.env.Do(id, forloeb.Actor{Kind: forloeb.ActorParty}, forloeb.AnswerConsent{
		Party: o.env.Party(id, forloeb.Leader).ID, Revision: 1, Answer: forloeb.Yes, Signature: "En helt anden", Channel: forloeb.ByLink,
	})
	o.env.Settle(id)
	o.does(http.MethodGet, "/tasks", nil).into(http.StatusOK, &open)
	require.Len(t, open.Items, 2)
	task = open.Items[1]
	require.Equal(t, forloeb.TaskSignature, task.Kind)

	closing := fmt.Sprintf("/tasks/%d/close", task.ID)
	d := o.done(o.does(http.MethodPost, closing, nil))
	require.Empty(t, d.Tasks)
	o.refused(o.does(http.MethodPost, closing, nil), http.StatusNotFound, forloeb.RefuseNotFound)
	for _, nothing := range []string{"/tasks/999999/close", "/tasks/x/close"} {
		o.refused(o.does(http.MethodPost, nothing, nil), http.StatusNotFound, forloeb.RefuseNotFound)
	}
	o.does(http.MethodGet, "/tasks", nil).into(http.StatusOK, &open)
	require.Len(t, open.Items, 1)
	o.does(http.MethodGet, "/tasks?all=true", nil).into(http.StatusOK, &open)
	require.False(t, open.Items[1].ClosedAt.IsZero())
	o.does(http.MethodGet, "/tasks?cursor=nonsense", nil).problem(http.StatusUnprocessableEntity, "bad_cursor")
}

// failedMail is a forløb whose first mail to the leader was refused.
func (o *office) failedMail() (id uuid.UUID, mail mailDocument) {
	o.t.Helper()
	o.env.Mailer(func(l forloeb.Letter) forloeb.Outcome {
		if l.Party != nil && l.Party.Side == forloeb.Leader {
			return forloeb.Outcome{State: forloeb.MailFailed, Code: "550"}
		}
		return forloeb.Outcome{State: forloeb.MailSent}
	})
	id = o.env.Apply()
	o.env.Settle(id)
	for _, m := range o.document(id).Mails {
		if m.State == forloeb.MailFailed {
			return id, m
		}
	}
	o.t.Fatal("no mail failed")
	return id, mail
}

func mailPath(m mailDocument, act string) string { return fmt.Sprintf("/mails/%d/%s", m.ID, act) }

func TestResendAMail(t *testing.T) {
	o := newOffice(t)
	id, mail := o.failedMail()
	require.Equal(t, "550", mail.Code)
	require.Equal(t, forloeb.TaskMail, o.document(id).Tasks[0].Kind)
	o.refused(o.does(http.MethodPost, mailPath(mail, "release"), nil), http.StatusConflict, forloeb.RefuseMailNotSettleable)
	o.env.Mailer(nil)
	o.done(o.does(http.MethodPost, mailPath(mail, "resend"), nil))
	o.env.Settle(id)
	d := o.document(id)
	require.Empty(t, d.Tasks)
	for _, m := range d.Mails {
		require.Equal(t, forloeb.MailSent, m.State)
	}
	o.refused(o.does(http.MethodPost, mailPath(mail, "resend"), nil), http.StatusConflict, forloeb.RefuseMailNotSettleable)
	for _, nothing := range []string{"/mails/999999/resend", "/mails/x/let-be"} {
		o.refused(o.does(http.MethodPost, nothing, nil), http.StatusNotFound, forloeb.RefuseNotFound)
	}
}

func TestLetAMailBe(t *testing.T) {
	o := newOffice(t)
	id, mail := o.failedMail()
	o.done(o.does(http.MethodPost, mailPath(mail, "let-be"), nil))
	o.env.Settle(id)
	require.Empty(t, o.document(id).Tasks)
	o.refused(o.does(http.MethodPost, mailPath(mail, "let-be"), nil), http.StatusConflict, forloeb.RefuseMailNotSettleable)
}

func TestReleaseAHeldMail(t *testing.T) {
	o := newOffice(t)
	var last uuid.UUID
	for range 4 { // more than three to one address in a week are held
		last = o.env.Apply(func(s *forloeb.Submission) { s.Leader.Email = "mette.holm@kommune.example.dk" })
		o.env.Settle(last)
	}
	var held mailDocument
	for _, m := range o.document(last).Mails {
		if m.Held {
			held = m
		}
	}
	require.NotZero(t, held.ID)
	require.Equal(t, forloeb.TaskMailHeld, o.document(last).Tasks[0].Kind)
	o.done(o.does(http.MethodPost, mailPath(held, "release"), nil))
	o.env.Settle(last)
	d := o.document(last)
	require.Empty(t, d.Tasks)
	for _, m := range d.Mails {
		require.False(t, m.Held)
		require.Equal(t, forloeb.MailSent, m.State)
	}
}

func TestConsultants(t *testing.T) {
	o := newOffice(t)
	add := func(change func(fields)) answer {
		f := fields{"name": "Karen Lund", "email": "Karen.Lund@example.dk", "themes": []string{"change", "cooperation", "violence_threats"},
			"regions": []string{"syddanmark", "midtjylland"}, "capacity": 5}
		if change != nil {
			change(f)
		}
		return o.does(http.MethodPost, "/consultants", f)
	}
	var karen consultantDocument
	add(nil).into(http.StatusCreated, &karen)
	require.Equal(t, "karen.lund@example.dk", karen.Email)
	require.True(t, karen.Active)

	add(nil).problem(http.StatusConflict, "address_taken")
	p := add(func(f fields) {
		f["email"], f["name"], f["phone"] = "karen", " ", "12"
		f["themes"], f["regions"] = []string{"change", "weather"}, []string{"atlantis"}
		f["leaves"] = []fields{{"from": "2027-02-01", "to": "2027-02-10"}, {"from": "2027-02-10", "to": "2027-02-01"}}
	}).problem(http.StatusUnprocessableEntity, "invalid")
	var wrong []string
	for _, e := range p.Errors {
		wrong = append(wrong, e.Pointer+" "+e.Code)
	}
	require.Equal(t, []string{
		"#/name missing", "#/email bad_email", "#/phone bad_phone", "#/themes unknown_theme", "#/regions unknown_region", "#/leaves/1 bad_date"}, wrong)

	address := "/consultants/" + karen.ID.String()
	var changed consultantDocument
	o.does(http.MethodPatch, address, fields{"capacity": 0, "leaves": []fields{{"from": "2099-02-01", "to": "2099-02-10"}}}).into(http.StatusOK, &changed)
	require.Equal(t, karen.Name, changed.Name, "what is left out stays")
	require.Equal(t, karen.Themes, changed.Themes)
	require.Zero(t, changed.Capacity)
	require.Equal(t, []leaveDocument{{"2099-02-01", "2099-02-10"}}, changed.Leaves)
	for _, id := range []string{uuid.NewString(), "1"} {
		o.does(http.MethodPatch, "/consultants/"+id, fields{"capacity": 1}).problem(http.StatusNotFound, "not_found")
	}
	add(func(f fields) { f["email"], f["capacity"] = "jens.vig@example.dk", 0 }).into(http.StatusCreated, new(consultantDocument))
	o.does(http.MethodPatch, address, fields{"email": "jens.vig@example.dk"}).problem(http.StatusConflict, "address_taken")
	o.does(http.MethodPatch, address, fields{"email": "karen"}).problem(http.StatusUnprocessableEntity, "invalid")

	id := o.env.Apply()
	o.env.Settle(id)
	o.env.Agree(id)
	o.env.Settle(id)
	require.Equal(t, forloeb.AwaitingConsultant, o.env.Read(id).Status)
	o.does(http.MethodPatch, address, fields{"capacity": 3}).into(http.StatusOK, &changed)
	told := o.process.told()
	require.NotEmpty(t, told, "room nudges those who wait")
	require.Equal(t, id, told[len(told)-1].ForloebID)
	o.env.Settle(id)
	require.Equal(t, karen.ID, o.document(id).Consultant.ID)

	var list struct{ Items []consultantDocument }
	o.does(http.MethodGet, "/consultants", nil).into(http.StatusOK, &list)
	require.Len(t, list.Items, 2)
	require.Equal(t, 1, list.Items[0].Load+list.Items[1].Load)
}
