package crash

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// dayOfPoints is how long a day is: the questionnaire comes after three seconds.
const dayOfPoints = 100 * time.Millisecond

// quiet are the rules of every forløb in the loop: what has a date comes in the
// far future, so that only what people do counts and the same happens each time.
// The questionnaire comes after a month of short days.
func quiet() map[string]any {
	const never, months = 100_000, 1200
	return map[string]any{
		"day": dayOfPoints, "evaluation_months": 1, "consent_reminders": []int{never, 2 * never}, "consent_days": 3 * never,
		"still_waiting_months": months, "first_meeting_mail": never, "first_meeting_task": never, "start_months": months,
		"register_again": never, "register_task": never, "next_meeting_mail": never, "next_meeting_task": never, "open_months": months,
		"record_back_days": never, "correct_days": never, "evaluation_reminders": []int{never, 2 * never}, "evaluation_days": 3 * never,
		"mail_stuck_days": never, "reopen_days": 50 * never, "keep_closed_months": months, "keep_completed_months": months,
		"contest_days": never, "extend_days": 20 * never, "pause_months": months, "tell_main_med": true, "offer_days": 0,
	}
}

// differing are the quiet rules, and others of some forløb alone, by the first
// word of their workplace's name.
const differing = `
	create function quiet() returns trigger language plpgsql as $$
	begin
		new.policy := new.policy || '%s'::jsonb;
		return new;
	end $$;
	create trigger quiet before insert on forloeb for each row execute function quiet();
	create function differing() returns trigger language plpgsql security definer as $$
	begin
		update forloeb f set policy = f.policy || case split_part(new.name, ' ', 1)
			when 'Valgt' then '{"assignment": "proposed", "offer_days": 100000}'::jsonb
			when 'Vurderet' then '{"intake": "assessed"}'
			when 'Stille' then '{"consent_reminders": [3, 10], "consent_days": 40}'
			when 'Travlt' then '{"offer_days": 1, "first_meeting_mail": 1, "evaluation_reminders": [10, 20], "evaluation_days": 60}'
			when 'Langsomt' then '{"intake": "assessed", "consent_reminders": [50], "still_waiting_months": 1, "meeting_reminder": 40, "next_meeting_mail": 1}'
			when 'Region' then '{"intake": "assessed"}'
			else '{}' end
		from workplaces w where w.id = new.workplace_id and f.id = w.forloeb_id;
		return new;
	end $$;
	create trigger differing after insert on workplace_names for each row execute function differing()`

func (l *lane) quietens(ctx context.Context) error {
	rules, err := json.Marshal(quiet())
	if err != nil {
		return err
	}
	_, err = l.db.ExecContext(ctx, fmt.Sprintf(differing, rules))
	return err
}

// plot is a forløb of the scenario: the first word of its workplace's name, what
// happens, and the status in which it ends.
type plot struct {
	name, workplace string
	tell            func(t *tale)
	ends            string
	dated           bool                            // which mails come of it depends on how long things take
	applies         func(t *tale, workplace string) // how, unless a program sends it
}

// plots are what people can do, each kind of deed in one at least. They run
// side by side.
var plots = []plot{
	{name: "to the end", workplace: "Hel", tell: (*tale).toTheEnd, ends: "completed"},
	{name: "a no", workplace: "Uenig", applies: (*tale).appliesFromDraft, tell: (*tale).declines, ends: "declined"},
	{name: "withdrawn", workplace: "Fortrudt", tell: (*tale).withdraws, ends: "withdrawn"},
	{name: "people come and go", workplace: "Valgt", tell: (*tale).comesAndGoes, ends: "withdrawn"},
	{name: "assessed", workplace: "Vurderet", tell: (*tale).isAssessed, ends: "rejected"},
	{name: "nobody answers", workplace: "Stille", tell: (*tale).isSilent, ends: "lapsed", dated: true},
	{name: "everything takes long", workplace: "Langsomt", tell: (*tale).isSlow, ends: "withdrawn", dated: true},
	{name: "one will not evaluate", workplace: "Halvt", tell: (*tale).isHalfEvaluated, ends: "completed"},
	{name: "nobody evaluates", workplace: "Travlt", tell: (*tale).isNotEvaluated, ends: "completed", dated: true},
	{name: "a network", workplace: "Net", applies: (*tale).appliesForOthers, tell: (*tale).isShared, ends: "completed"},
	{name: "of a region", workplace: "Region", applies: (*tale).appliesToProvider, tell: (*tale).isRegional, ends: "completed"},
	{name: "rejected in a round", workplace: "Region", applies: (*tale).appliesToProviderToo, tell: (*tale).agree, ends: "rejected"},
}

func (t *tale) toTheEnd() {
	t.agree()
	t.calm("planning")
	t.plans("arrangement")
	t.secretary("series", "meeting-booked  ", 2, "meetings/series", func(marker string) any {
		return map[string]any{"meetings": []any{later(marker+" a", time.Hour), later(marker+" b", 2*time.Hour)}}
	})
	t.calm("in_progress")
	t.secretary("book", "meeting-booked  ", 1, "meetings", func(marker string) any { return later(marker, 3*time.Hour) })
	t.calm("in_progress")
	t.does(asked{name: "cannot come", line: "facts-changed other_time ", acts: 1, ask: func(marker string) heard {
		return t.party("rep", "/moede/", "", url.Values{"other_time": {marker}, "ask": {"yes"}})
	}})
	t.calm("in_progress")
	wished := t.meeting(`exists (select from other_times o where o.meeting_id = m.id)`)
	t.moves(wished, 5*time.Hour)
	t.calm("in_progress")
	cancelled := t.meeting(`m.state = 'booked' and m.id::text <> '` + wished + `'`)
	t.registers("cancel", "meeting-cancelled  ", cancelled)
	t.calm("in_progress")
	t.prepares(t.meeting(`m.state = 'booked'`))
	t.notesDown(t.meeting(`m.state = 'booked'`))
	t.secretary("extra", "extra-meetings-granted  ", 1, "extra-meetings", because("meetings", 1))
	t.calm("in_progress")
	t.records()
	t.calm("in_progress")
	t.plans("follow_up")
	t.secretary("finish", "meetings-finished  ", 1, "finish", because())
	t.calm("evaluating")
	t.savesDraft("leader")
	t.both(func(t *tale) { t.evaluates("leader") }, func(t *tale) { t.evaluates("rep") })
}

// declines says no, thinks it over and says no again.
func (t *tale) declines() {
	t.shutsOut()
	t.followsCalendar()
	t.wordsAMail()
	t.calm("awaiting_consent")
	t.comesTwice()
	t.calm("awaiting_consent")
	t.answers("rep", "no")
	t.calm("declined")
	t.does(asked{name: "asks to reopen", line: "facts-changed reopen leader", acts: 1, ask: func(string) heard { return t.presses("leader", "/status/", "/aabn-igen") }})
	t.calm("declined")
	t.sharesThePile()
	t.does(asked{name: "close task", line: "facts-changed task ", acts: 1, ask: func(string) heard {
		return t.post("/api/v1/tasks/"+t.value(`select id::text from tasks where forloeb_id = $1 and closed_at is null order by id limit 1`)+"/close", nil)
	}})
	t.secretary("reopen", "forloeb-reopened  ", 1, "reopen", because())
	t.calm("awaiting_consent")
	t.answers("rep", "no")
}

func (t *tale) withdraws() {
	t.calm("awaiting_consent")
	t.secretary("put off", "facts-changed deadline ", 1, "deadline", func(marker string) any {
		return map[string]any{"until": time.Now().AddDate(0, 0, 1).Format(time.RFC3339), "reason": marker}
	})
	t.calm("awaiting_consent")
	t.denies("rep")
	t.agree()
	t.calm("planning")
	t.pauses()
	t.does(asked{name: "asks for the text", line: "facts-changed text leader", acts: 1, ask: func(string) heard { return t.presses("leader", "/status/", "/vis-ansoegningen") }})
	t.calm("planning")
	t.secretary("book", "meeting-booked  ", 1, "meetings", func(marker string) any { return later(marker, time.Hour) })
	t.calm("in_progress")
	t.guests()
	t.does(asked{name: "leave", line: "party-left left rep", acts: 1, ask: func(marker string) heard {
		return t.party("rep", "/status/", "/ikke-laengere-her", url.Values{"name": {"Afløser " + marker}})
	}})
	t.calm("in_progress")
	t.does(asked{name: "withdraw", line: "forloeb-withdrawn  leader", acts: 1, ask: func(marker string) heard {
		return t.party("leader", "/status/", "/traek-tilbage", url.Values{"reason": {marker}})
	}})
}

// pauses asks for a pause, gets it and goes on before it is over.
func (t *tale) pauses() {
	t.does(asked{name: "ask for a pause", line: "facts-changed pause_asked rep", acts: 1, ask: func(marker string) heard {
		return t.party("rep", "/status/", "/pause", url.Values{"pause": {marker}})
	}})
	t.calm("planning")
	t.secretary("pause", "facts-changed pause ", 1, "pause", func(marker string) any {
		return map[string]any{"until": time.Now().Add(30 * time.Minute).Format(time.RFC3339), "reason": "other", "text": marker}
	})
	t.calm("planning")
	t.secretary("resume", "facts-changed resume ", 1, "resume", func(string) any { return nil })
	t.calm("planning")
}

// guests are written on by a party: one is taken off by the secretariat, the other
// by themselves.
func (t *tale) guests() {
	on := func(email string, nth int) {
		t.does(asked{name: "write a guest on", line: "facts-changed guest_added ", acts: 1, ask: func(string) heard {
			return t.party("leader", "/status/", "/deltagere", url.Values{"name": {"Ida Berg"}, "email": {email}})
		}})
		t.until("invite the guest", func() error { // once they have been told
			if n := t.value(`select count(*)::text from mails m join guests g on g.id = m.recipient where m.forloeb_id = $1 and m.kind = 'meeting_invitation'`); n != strconv.Itoa(nth) {
				return fmt.Errorf("%s are", n)
			}
			return t.mindsUncertain()
		})
		t.calm("in_progress")
	}
	first, second := "en."+t.m.leader, "to."+t.m.leader
	on(first, 1)
	t.does(asked{name: "take a guest off", line: "facts-changed guest_removed ", acts: 1, ask: func(string) heard {
		return t.post("/api/v1/forloeb/"+t.m.id+"/guests/"+t.value(`select id::text from guests where forloeb_id = $1 order by added_at limit 1`)+"/remove", nil)
	}})
	t.calm("in_progress")
	on(second, 2)
	t.does(asked{name: "a guest leaves", line: "facts-changed guest_left ", acts: 1, ask: func(string) heard {
		link := t.mails.Link(second, "/deltager/")
		if link == "" {
			return heard{}.notAsked()
		}
		return t.browser.send(t.ctx, link, url.Values{})
	}})
	t.calm("in_progress")
}

// comesAndGoes: addresses, people and consultants change, and the forløb is
// stopped and opened again.
func (t *tale) comesAndGoes() {
	t.calm("awaiting_consent")
	old := t.m.rep
	t.hires()
	t.m.rep = "rettet." + t.m.rep
	t.does(asked{name: "correct address", line: "application-changed address rep", acts: 1, ask: func(string) heard {
		return t.browser.send(t.ctx, t.m.receipt+"/rep", url.Values{"rep_email": {t.m.rep}})
	}})
	t.calm("awaiting_consent")
	t.does(asked{name: "ask for link", line: "facts-changed link rep", acts: 1, ask: func(string) heard {
		return t.browser.send(t.ctx, t.mails.Link(old, "/samtykke/")+"/nyt-link", url.Values{})
	}})
	t.agree()
	t.calm("awaiting_consultant")
	t.assigns(0)
	t.calm("awaiting_consultant")
	t.secretary("decline", "consultant-declined other ", 1, "decline", func(marker string) any { return map[string]any{"reason": "other", "words": marker} })
	t.calm("awaiting_consultant")
	t.assigns(1)
	t.calm("awaiting_consultant")
	t.accepts()
	t.calm("planning")
	t.secretary("release", "consultant-released  ", 1, "release", because())
	t.calm("awaiting_consultant")
	t.assigns(0)
	t.calm("awaiting_consultant")
	t.accepts()
	t.calm("planning")
	t.stops()
	t.calm("stopped")
	t.secretary("reopen", "forloeb-reopened  ", 1, "reopen", because())
	t.calm("planning")
	t.replaces("leader", &t.m.leader)
	t.calm("planning")
	t.answers("leader", "yes")
	t.calm("planning")
	t.secretary("withdraw", "forloeb-withdrawn  ", 1, "withdraw", because())
}

// isAssessed is edited until too many requests have gone to the same two, which
// a person then sends.
func (t *tale) isAssessed() {
	t.calm("awaiting_consent")
	t.answers("leader", "fix")
	for n := range 3 {
		t.calm("awaiting_consent")
		t.secretary("edit", "application-changed edited ", 1, "application", func(string) any {
			body := t.m.application()
			body["workplace"], body["tried"] = "Vurderet "+t.m.canary, "Rettet "+strconv.Itoa(n)
			return body
		})
	}
	t.calm("awaiting_consent")
	for range 2 {
		t.does(asked{name: "release mail", line: "mail-settled released ", acts: 1, ask: func(string) heard {
			return t.post("/api/v1/mails/"+t.value(`select id::text from mails where forloeb_id = $1 and held and state = 'planned' order by id limit 1`)+"/release", nil)
		}})
		t.calm("awaiting_consent")
	}
	t.agree()
	t.calm("awaiting_assessment")
	t.secretary("assess", "assessment-decided waitlisted ", 1, "assessment", because("decision", "waitlisted"))
	t.calm("awaiting_assessment")
	t.secretary("assess", "assessment-decided rejected ", 1, "assessment", because("decision", "rejected"))
}

func (t *tale) isSilent() {}

// isSlow: nobody does anything before they have been told that it is time.
func (t *tale) isSlow() {
	t.calm("awaiting_consent")
	t.answers("leader", "yes")
	t.hears("consent_reminder")
	t.calm("awaiting_consent")
	t.answers("rep", "yes")
	t.calm("awaiting_assessment")
	t.hears("still_waiting")
	t.secretary("assess", "assessment-decided approved ", 1, "assessment", because("decision", "approved"))
	t.calm("planning")
	t.secretary("book", "meeting-booked  ", 1, "meetings", func(marker string) any { return later(marker, 8*time.Second) })
	t.calm("in_progress")
	missed := t.meeting("true")
	t.waitsFor(missed)
	t.hears("c_register")
	t.registers("no-show", "meeting-registered no_show ", missed)
	t.calm("planning")
	t.records()
	t.calm("in_progress")
	t.hears("c_next_missing")
	t.secretary("withdraw", "forloeb-withdrawn  ", 1, "withdraw", because())
}

func (t *tale) isNotEvaluated() {
	t.agree()
	t.calm("planning")
	t.secretary("book", "meeting-booked  ", 1, "meetings", func(marker string) any { return later(marker, 2*time.Second) })
	t.calm("in_progress")
	held := t.meeting("true")
	t.waitsFor(held)
	t.registers("held", "meeting-registered held ", held)
	t.calm("in_progress")
	t.secretary("finish", "meetings-finished  ", 1, "finish", because())
}

func (t *tale) isHalfEvaluated() {
	t.calm("awaiting_consent")
	t.answers("rep", "not_me")
	t.calm("awaiting_consent")
	t.replaces("rep", &t.m.rep)
	t.agree()
	t.calm("planning")
	t.records()
	t.calm("in_progress")
	t.secretary("finish", "meetings-finished  ", 1, "finish", because())
	t.calm("evaluating")
	t.does(asked{name: "leader evaluates", line: "evaluation-answered refused leader", acts: 1, ask: func(string) heard {
		link := t.mails.Link(t.m.leader, "/evaluering/")
		return t.browser.send(t.ctx, link+"/svar-ikke", url.Values{})
	}})
	t.evaluates("rep")
}

// agree: both say yes, in the same moment.
func (t *tale) agree() {
	t.calm("awaiting_consent")
	t.both(func(t *tale) { t.answers("leader", "yes") }, func(t *tale) { t.answers("rep", "yes") })
}

// later is a meeting that begins after a while.
func later(place string, after time.Duration) map[string]any {
	start := time.Now().Add(after).Truncate(time.Second)
	return map[string]any{"starts_at": start.Format(time.RFC3339), "ends_at": start.Add(200 * time.Millisecond).Format(time.RFC3339Nano), "place": place, "odd_hours": true}
}

func (t *tale) moves(meeting string, after time.Duration) {
	t.does(asked{name: "move", line: "meeting-moved  ", acts: 1, ask: func(string) heard {
		start := time.Now().Add(after)
		return t.staff.call(t.ctx, http.MethodPatch, "/api/v1/meetings/"+meeting, map[string]any{
			"starts_at": start.Format(time.RFC3339Nano), "ends_at": start.Add(200 * time.Millisecond).Format(time.RFC3339Nano), "odd_hours": true,
		})
	}})
}

func (t *tale) registers(how, line, meeting string) {
	t.does(asked{name: how, line: line, acts: 1, ask: func(string) heard { return t.post("/api/v1/meetings/"+meeting+"/"+how, nil) }})
}

// records writes down a meeting that was held without being booked.
func (t *tale) records() {
	t.secretary("record", "meeting-registered recorded ", 1, "meetings/held", func(marker string) any {
		end := time.Now().Add(-100 * time.Millisecond)
		return map[string]any{"starts_at": end.Add(-time.Second).Format(time.RFC3339Nano), "ends_at": end.Format(time.RFC3339Nano), "place": marker, "odd_hours": true}
	})
}

// plans writes down what is agreed on.
func (t *tale) plans(kind string) {
	t.secretary("plan", "facts-changed "+kind+" ", 1, "plan", func(marker string) any { return map[string]any{"kind": kind, "text": marker} })
}

// prepares says what is to be prepared for a meeting.
func (t *tale) prepares(meeting string) {
	t.does(asked{name: "prepare", line: "facts-changed prep_task ", acts: 1, ask: func(marker string) heard {
		return t.post("/api/v1/meetings/"+meeting+"/prep-task", map[string]any{"text": marker})
	}})
}

// replaces puts a new person in the place of one of the two, with an address of
// their own.
func (t *tale) replaces(side string, address *string) {
	old := t.value(`select id::text from parties where forloeb_id = $1 and side = '` + side + `' and replaced_at is null`)
	*address = "ny." + *address
	t.secretary("replace", "party-replaced replaced "+side, 1, "parties/"+old+"/replace", func(string) any {
		return map[string]any{"name": "Ny " + t.m.canary, "email": *address}
	})
}

// hears waits until the calendar has sent a mail of the kind.
func (t *tale) hears(kind string) {
	t.until("hear "+kind, func() error {
		if t.value(`select count(*)::text from mails where forloeb_id = $1 and kind = '`+kind+`' and state not in ('planned', 'sending')`) == "0" {
			return fmt.Errorf("not sent")
		}
		return nil
	})
}

func (t *tale) accepts() {
	t.does(asked{name: "accept", line: "consultant-accepted  ", acts: 1, ask: func(string) heard { return t.post("/api/v1/forloeb/"+t.m.id+"/accept", nil) }})
}

func (t *tale) assigns(n int) {
	t.secretary("assign", "consultant-assigned chosen ", 1, "assignment", because("consultant", t.consultants[n]))
}

func (t *tale) savesDraft(side string) {
	t.until("save a draft", func() error {
		if t.party(side, "/evaluering/", "", url.Values{"act": {"save"}, "planned": {"yes"}}).outcome() == Done {
			return nil
		}
		_ = t.mindsUncertain() // the questionnaire may not have come
		return fmt.Errorf("not kept")
	})
}

// waitsFor waits until a meeting is over.
func (t *tale) waitsFor(meeting string) {
	t.until("wait for the meeting", func() error {
		if t.value(`select count(*)::text from meetings where forloeb_id = $1 and id = '`+meeting+`' and ends_at < now()`) == "1" {
			return nil
		}
		return fmt.Errorf("not over")
	})
}

// meeting finds one by what is so of it.
func (t *tale) meeting(so string) string {
	return t.value(`select id::text from meetings m where forloeb_id = $1 and ` + so + ` order by ordinal limit 1`)
}

// value reads one of the forløb, and "" when there is none.
func (t *tale) value(query string) (value string) {
	_ = t.db.GetContext(t.ctx, &value, query, t.m.id)
	return value
}

// applies sends the application with a key until it is received.
func (t *tale) applies(workplace string) {
	key := uuid.NewString()
	body := t.m.application()
	if len(t.m.places) == 0 {
		body["workplace"] = workplace + " " + t.m.canary
	}
	t.step("apply", func() error {
		for end := time.Now().Add(patient); time.Now().Before(end); pause(t.ctx, 100*time.Millisecond) {
			op := t.history.Asks(Operation{Name: "apply", Marker: t.m.canary, Args: map[string]string{"key": key}})
			h := t.browser.call(t.ctx, http.MethodPost, "/api/v1/applications", body, "Idempotency-Key", key)
			var received struct {
				ID, Reference string
				Links         struct{ Receipt string }
			}
			h.json(&received)
			t.history.Hears(op, h.outcome(), h.status, received.Reference)
			switch h.outcome() {
			case Done:
				t.m.id, t.m.reference = received.ID, received.Reference
				_, receipt, _ := strings.Cut(strings.TrimPrefix(received.Links.Receipt, "http://"), "/")
				t.m.receipt = "/" + receipt
				return nil
			case Refused:
				return fmt.Errorf("refused with %d: %.300s", h.status, h.body)
			}
		}
		return fmt.Errorf("nobody answers")
	})
}
