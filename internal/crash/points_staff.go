package crash

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// shutsOut: the head of the secretariat logs somebody off, shuts them out and
// lets them in again.
func (t *tale) shutsOut() {
	const list = "/sekretariat/medarbejdere"
	theirs, own := t.desk(guest), t.desk(head)
	t.comesIn(theirs)
	id := t.value(`select id::text from staff where $1::uuid is not null and subject = '` + guest + `'`)
	does := func(what, so string) {
		page := list + "/" + id + "/" + what
		t.reaches(what, `select `+so+` from staff where id = '`+id+`'`, func() heard { return t.fills(own, list, page, nil) })
	}
	does("log-af", "sessions_from > last_login_at")
	t.comesIn(theirs)
	does("luk", "not active")
	t.until("be refused", func() error {
		if h := t.logsIn(theirs); h.status != http.StatusForbidden {
			return fmt.Errorf("answered %d", h.status)
		}
		return nil
	})
	does("aabn", "active")
	t.comesIn(theirs)
}

// sharesThePile takes an open task and lets go of it, puts it off and has it back,
// and strikes the note that says why.
func (t *tale) sharesThePile() {
	task := t.value(`select id::text from tasks where forloeb_id = $1 and closed_at is null order by id limit 1`)
	does := func(what, rows string, n int, body any) {
		t.reaches(what, fmt.Sprintf(`select count(*) = %d from %s where task_id = %s`, n, rows, task), func() heard {
			return t.post("/api/v1/tasks/"+task+"/"+what, body)
		})
	}
	does("claim", "task_claims", 1, nil)
	does("unclaim", "task_claims", 0, nil)
	does("put-off", "task_delays", 1, map[string]any{"until": time.Now().AddDate(0, 0, 3).Format(time.DateOnly), "reason": "Ferie."})
	does("show", "task_delays", 0, nil)
	note := t.value(`select id::text from notes where forloeb_id = $1`)
	t.reaches("strike", `select count(*) = 1 from notes where struck_at is not null and forloeb_id = '`+t.m.id+`'`, func() heard {
		return t.post("/api/v1/forloeb/"+t.m.id+"/notes/"+note+"/strike", nil)
	})
}

// wordsAMail: somebody in the secretariat gives a mail other words.
func (t *tale) wordsAMail() {
	const page = "/sekretariat/tekster/spark/approved"
	own := t.desk(clerk)
	t.comesIn(own)
	t.reaches("word a mail", `select exists (select from mail_texts where programme = 'spark' and kind = 'approved')`, func() heard {
		return t.fills(own, page, page, func(fields url.Values) {
			fields.Set("act", "save")
			fields.Set("opening", "Vi kan give jer et forløb, og det er vi glade for.")
		})
	})
}

// followsCalendar: a consultant makes the link by which a calendar follows
// their meetings, and stops it.
func (t *tale) followsCalendar() {
	const page = "/konsulent/kalender"
	own := t.desk(guide)
	t.comesIn(own)
	does := func(what, action, so string) {
		t.reaches(what, `select exists (select from consultant_links l join consultants k on k.id = l.consultant_id where k.email = '`+guide+`@example.dk' and l.calendar_at is `+so+` null)`,
			func() heard { return t.fills(own, page, page+action, nil) })
	}
	does("follow the calendar", "/link", "not")
	does("stop following it", "/link/stop", "")
}

// notesDown: the consultant writes to themselves about a meeting.
func (t *tale) notesDown(meeting string) {
	email := t.value(`select k.email from assignments a join consultants k on k.id = a.consultant_id where a.forloeb_id = $1 and a.until is null`)
	own, page := t.desk(strings.TrimSuffix(email, "@example.dk")), "/konsulent/forloeb/"+t.m.id+"/moeder/"+meeting+"/mine-noter"
	t.comesIn(own)
	t.reaches("write notes", `select count(*) = 1 from meeting_notes where meeting_id = '`+meeting+`' and text <> ''`, func() heard {
		return t.fills(own, page, page, func(fields url.Values) { fields.Set("note", "Stemningen var trykket. "+t.m.canary) })
	})
}

func (t *tale) comesIn(desk desk) {
	t.until("log in", func() error {
		if h := t.logsIn(desk); h.status != http.StatusSeeOther {
			return fmt.Errorf("answered %d", h.status)
		}
		return nil
	})
}
