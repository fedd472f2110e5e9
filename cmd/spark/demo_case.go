package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"example.dk/spark/internal/forloeb"
)

// person is one of those the story is about.
type person struct{ name, email string }

// first is what the story calls them.
func (p person) first() string {
	for i, r := range p.name {
		if r == ' ' {
			return p.name[:i]
		}
	}
	return p.name
}

// application is what a workplace writes in the form.
type application struct {
	workplace, municipality string
	sector                  forloeb.Sector
	employees               forloeb.Employees
	leader, rep             person
	title                   string
	role                    forloeb.Role
	themes                  []string
	situation               string
}

// course is one forløb as its people go through it. Every method does nothing
// once something was not as expected, so that a story reads as one.
type course struct {
	*demo
	ctx context.Context
	err error

	application
	programme forloeb.ProgrammeCode

	id    string
	state caseView
	mails *mailTable
	taken person // the consultant who has it
}

func (d *demo) course(ctx context.Context, a application) *course {
	c := &course{demo: d, ctx: ctx, application: a, programme: forloeb.Spark}
	d.courses = append(d.courses, c)
	return c
}

// terms are what the forløb's programme is and calls things.
func (c *course) terms() forloeb.Programme {
	p, _ := forloeb.ProgrammeByCode(c.programme)
	return p
}

// do does something unless an earlier thing went wrong.
func (c *course) do(what func() error) {
	if c.err == nil {
		c.err = what()
	}
}

// settle waits until everything is acted on, and notes the status.
func (c *course) settle() {
	c.do(func() (err error) {
		if c.state, err = c.anna.settled(c.ctx, c.id); err != nil {
			return err
		}
		status := forloeb.Status(c.state.Status)
		if _, seen := c.seen[status]; !seen {
			c.seen[status] = sighting{c.state.Reference, c.state.StatusSince}
		}
		return nil
	})
}

// stands checks the status.
func (c *course) stands(expected forloeb.Status) {
	c.settle()
	c.do(func() error {
		if c.state.Status != string(expected) {
			return differs("status "+string(expected), "%s (%s)", c.state.Status, c.state.Waiting.Sentence.Da)
		}
		return nil
	})
}

// at winds the forløb's clock on.
func (c *course) at(t time.Time) {
	c.settle()
	c.do(func() error {
		if !t.After(c.state.Now) {
			return nil
		}
		c.out.waiting(t)
		return c.anna.forward(c.ctx, c.id, t)
	})
	c.settle()
}

// expect adds to the table of mails.
func (c *course) expect(kind mailKind, at time.Time, named string, to ...person) {
	if c.err != nil {
		return
	}
	for _, p := range to {
		c.mails.add(kind, at, named, p.email)
	}
}

// tell closes a step: everything is acted on, the mails are those expected and
// no others, and then it is told.
func (c *course) tell(at time.Time, story, english string, saw ...string) {
	c.check()
	if c.err == nil {
		c.out.step(at, story, english, saw...)
	}
}

func (c *course) check() {
	c.settle()
	c.do(func() error {
		caught, err := c.outside.mails(c.ctx)
		if err != nil {
			return err
		}
		return c.mails.compare(caught)
	})
}

// apply fills in the form and sends it.
func (c *course) apply() (receipt *page) {
	return c.applyBy("/ansoegning", func(f *form) {
		f.fill("municipality", c.municipality).fill("sector", string(c.sector)).fill("body", string(forloeb.Trio))
	})
}

// applyBy fills in a form that asks what all do, and something of its own.
func (c *course) applyBy(path string, own func(*form)) (receipt *page) {
	c.do(func() error {
		p, err := c.outside.open(c.ctx, path)
		if err != nil {
			return err
		}
		f := p.form("apply-form").
			fill("started_by", "leader").fill("workplace", c.workplace).fill("employees", string(c.employees)).
			fill("leader_name", c.leader.name).fill("leader_title", c.title).fill("leader_email", c.leader.email).
			fill("rep_name", c.rep.name).fill("rep_role", string(c.role)).fill("rep_email", c.rep.email).
			fill("themes", c.themes...).fill("situation", c.situation).fill("declared", "true")
		own(f)
		receipt, err = f.send(c.ctx)
		return err
	})
	c.do(func() error {
		reference, err := receipt.says("reference")
		if err != nil {
			return err
		}
		c.mails = &mailTable{programme: c.terms().Name, reference: reference}
		c.id, err = c.anna.find(c.ctx, reference)
		return err
	})
	c.stands(forloeb.AwaitingConsent)
	deadline := forloeb.Date(consentDeadline(c.asked(c.leader)))
	c.expect(kindAskedWriter, c.asked(c.leader), "", c.leader)
	c.expect(kindAsked, c.asked(c.rep), deadline, c.rep)
	return receipt
}

// asked is when somebody's link was sent, and so when their clock started.
func (c *course) asked(p person) time.Time {
	for _, party := range c.state.Parties {
		if party.Email == p.email {
			return party.Link.SentAt
		}
	}
	return time.Time{}
}

// opens is somebody who opens the newest link of theirs below a path.
func (c *course) opens(who person, path string) (p *page) {
	c.do(func() error {
		link, err := c.outside.latestLink(c.ctx, who.email, path)
		if err != nil {
			return err
		}
		p, err = c.outside.open(c.ctx, link)
		return err
	})
	return p
}

// says is what stands on a page.
func (c *course) says(p *page, testID string) (text string) {
	c.do(func() (err error) {
		text, err = p.says(testID)
		return err
	})
	return text
}

// sees is what somebody reads on their own page, as the story quotes it.
func (c *course) sees(who person) string {
	c.settle()
	p := c.opens(who, "/status/")
	return c.quoted(who, p, "waiting-sentence")
}

func (c *course) quoted(who person, p *page, testID string) string {
	return fmt.Sprintf("%s ser: »%s«", who.first(), c.says(p, testID))
}

// answers is somebody who answers the application from their mail.
func (c *course) answers(who person, answer forloeb.Answer, remark string) (after *page) {
	p := c.opens(who, "/samtykke/")
	c.do(func() (err error) {
		f := p.form("consent-form").fill("answer", string(answer)).fill("signature", who.name)
		if answer == forloeb.No {
			f.fill("no_reason", remark)
		}
		after, err = f.send(c.ctx)
		return err
	})
	c.settle()
	return after
}

// bothAgree lets both say yes at once, and knows what follows when somebody
// takes the case.
func (c *course) bothAgree() (at time.Time) {
	at = c.state.Now
	c.answers(c.leader, forloeb.Yes, "")
	c.answers(c.rep, forloeb.Yes, "")
	c.expect(kindGotYes, at, "", c.leader, c.rep)
	c.expect(kindBothAgreed, at, "", c.leader, c.rep)
	return at
}

// accepts: whoever is asked to take the case says yes, when somebody is asked.
func (c *course) accepts() {
	c.settle()
	if c.err != nil || c.state.Consultant == nil || !slices.Contains(c.state.Possible, "accept") {
		return
	}
	var asked program
	c.do(func() (err error) { asked, err = c.consultant(c.ctx, c.state.Consultant.ID); return err })
	c.post(asked, "accept", nil)
}

// given: a consultant has just got the case.
func (c *course) given(at time.Time) {
	c.accepts()
	c.stands(forloeb.Planning)
	c.do(func() error {
		if c.state.Consultant == nil {
			return differs("at sagen har en konsulent", "ingen")
		}
		c.taken = person{c.state.Consultant.Name, c.state.Consultant.Email}
		return nil
	})
	c.expect(kindCaseForYou, at, "", c.taken)
	c.expect(kindAssigned, at, c.terms().Words.Consultant, c.leader, c.rep)
}

// act sends a request of a member of the staff about this forløb, or with
// another path than "forloeb/{id}/…" about something else.
func (c *course) act(by program, method, path string, body any) {
	c.do(func() error { return by.call(c.ctx, method, path, body, nil) })
	if c.id != "" {
		c.settle()
	}
}

// post is an act on this forløb.
func (c *course) post(by program, what string, body any) {
	c.act(by, http.MethodPost, "forloeb/"+c.id+"/"+what, body)
}

var errNoMeeting = errors.New("no meeting is booked")

// booked is the meeting in the calendar.
func (c *course) booked() (m meetingView) {
	c.do(func() error {
		for _, m = range c.state.Meetings.List {
			if m.State == string(forloeb.Booked) {
				return nil
			}
		}
		return errNoMeeting
	})
	return m
}

// meets goes through a meeting for the people named, from the booking on: for
// all workplaces, or for some.
func (c *course) meets(by program, number int, after time.Time, who []person, only ...string) (noted time.Time) {
	start := forloeb.NextWorkingDayAt(forloeb.AddWorkingDays(after, 12), meetingHour, 0)
	for forloeb.Quiet(start) || forloeb.Quiet(meetingReminderDate(start)) {
		start = forloeb.NextWorkingDayAt(start, meetingHour, 0)
	}
	body := meetingTimes(start)
	if len(only) > 0 {
		body["workplaces"] = only
	}
	asked := c.state.Now // hundreds of mails may take longer than a mail's date may differ
	c.post(by, "meetings", body)
	c.expect(kindInvited, asked, fmt.Sprintf("%d: %s", number, forloeb.DateTime(start)), append(who, c.taken)...)
	c.at(meetingReminderDate(start))
	c.expect(kindMeetingSoon, meetingReminderDate(start), forloeb.DateTime(start), who...)
	noted = start.Add(meetingHours + 10*time.Minute)
	c.at(noted)
	c.act(by, http.MethodPost, "meetings/"+c.booked().ID+"/held", nil)
	return noted
}

// evaluates is somebody who answers the questionnaire.
func (c *course) evaluates(who person) (after *page) {
	p := c.opens(who, "/evaluering/")
	c.do(func() (err error) {
		after, err = p.form("evaluation-form").fill("planned", "yes").fill("ongoing", "yes").fill("satisfied", "satisfied").send(c.ctx)
		return err
	})
	c.settle()
	return after
}
