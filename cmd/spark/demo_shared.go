package main

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// location is a workplace that is asked to join a shared forløb.
type location struct {
	name        string
	leader, rep person
	id          string
}

// shared is a forløb of several workplaces: the first declines, the second
// never answers, the third leaves after the second meeting, and the others go
// the whole way.
type shared struct {
	*course
	kind   forloeb.TypeCode
	sites  []*location
	atDesk program // the consultant's own
}

// The story needs three workplaces that do not stay and two that do; the
// catalogue has room for no more than the country has municipalities.
const (
	minSites = 5
	maxSites = 98
)

// playShared plays one such forløb, with as many workplaces as asked for.
func (d *demo) playShared(ctx context.Context, kind forloeb.TypeCode, workplaces int) error {
	if err := d.prepare(ctx); err != nil {
		return err
	}
	s := d.sharedCourse(ctx, kind, workplaces)
	start := time.Now()
	d.out.chapter("Et fællesforløb", fmt.Sprintf("HovedMED i Thisted søger for %d arbejdspladser. Én siger nej, én svarer aldrig, og én melder fra undervejs.", workplaces),
		"A joint forløb; three workplaces do not go the whole way.", start, forloeb.AddMonths(start, 10))
	for _, part := range []func(){s.applies, s.agree, s.join, s.begins, s.meet, s.leaves, s.finish, s.evaluate} {
		if part(); s.err != nil {
			return s.err
		}
	}
	return d.sizes(ctx, s, workplaces)
}

// sizes tells how much such a forløb is.
func (d *demo) sizes(ctx context.Context, s *shared, workplaces int) error {
	id, err := uuid.Parse(s.id)
	if err != nil {
		return err
	}
	size, err := d.stack.api.process.Size(ctx, id)
	if err != nil {
		return err
	}
	fmt.Fprintf(d.out.w, "\n%d mails sendt til %d arbejdspladser, 0 glemt.\nTemporal: %d hændelser i %d kørsler, %d kB.\nTid: %s\n",
		len(s.mails.rows), workplaces, size.Events, size.Runs, size.Bytes/1000, time.Since(d.began).Round(time.Second))
	return nil
}

func (d *demo) sharedCourse(ctx context.Context, kind forloeb.TypeCode, workplaces int) *shared {
	s := &shared{kind: kind, course: d.course(ctx, application{
		workplace: "HovedMED", municipality: "787",
		leader: person{"Inge Brandt", "inge.brandt@example.dk"}, title: "Kommunaldirektør",
		rep: person{"Kurt Holst", "kurt.holst@example.dk"}, role: forloeb.RoleOtherElected,
		themes: []string{string(forloeb.ThemeLoneWork)}, situation: "Mange af vores medarbejdere arbejder alene om aftenen og natten.",
	})}
	for n := range workplaces {
		s.sites = append(s.sites, &location{
			name:   fmt.Sprintf("Hjemmeplejen, gruppe %d", n+1),
			leader: person{fmt.Sprintf("Lis Nummer %c", 'A'+n%26), fmt.Sprintf("lis.%d@example.dk", n+1)},
			rep:    person{fmt.Sprintf("Rie Nummer %c", 'A'+n%26), fmt.Sprintf("rie.%d@example.dk", n+1)},
		})
	}
	return s
}

func (s *shared) declines() *location { return s.sites[0] }
func (s *shared) silent() *location   { return s.sites[1] }
func (s *shared) left() *location     { return s.sites[2] }
func (s *shared) stay() []*location   { return s.sites[3:] }

func (w *location) both() []person { return []person{w.leader, w.rep} }

func everybody(sites []*location) (people []person) {
	for _, w := range sites {
		people = append(people, w.both()...)
	}
	return people
}

// applies sends the application as a program does.
func (s *shared) applies() {
	sent := map[string]any{
		"programme": forloeb.Spark, "type": s.kind, "started_by": forloeb.StartedByLeader, "municipality": s.municipality, "body": forloeb.MainMED,
		"leader": map[string]string{"name": s.leader.name, "title": s.title, "email": s.leader.email},
		"rep":    map[string]any{"name": s.rep.name, "role": s.role, "email": s.rep.email},
		"themes": s.themes, "situation": s.situation, "focus": "Trygt arbejde alene", "declared": true,
	}
	var participants []map[string]any
	for _, w := range s.sites {
		participants = append(participants, map[string]any{
			"workplace": w.name, "municipality": s.municipality, "sector": forloeb.SectorElderly, "employees": forloeb.Employees20To49,
			"leader": map[string]string{"name": w.leader.name, "email": w.leader.email},
			"rep":    map[string]any{"name": w.rep.name, "role": forloeb.RoleAMR, "email": w.rep.email},
		})
	}
	sent["participants"] = participants
	var received struct{ ID, Reference string }
	s.do(func() error {
		return s.anna.apply(s.ctx, uuid.NewString(), sent, &received)
	})
	s.id, s.mails = received.ID, &mailTable{programme: s.terms().Name, reference: received.Reference}
	s.stands(forloeb.AwaitingConsent)
	s.expect(kindAskedWriter, s.asked(s.leader), "", s.leader)
	s.expect(kindAsked, s.asked(s.rep), forloeb.Date(consentDeadline(s.asked(s.rep))), s.rep)
	for i, w := range s.state.Workplaces[1:] {
		s.sites[i].id = w.ID
	}
	s.tell(s.asked(s.rep), "Inge Brandt og Kurt Holst søger for HovedMED. Kun de to får en mail.", "Only the two who apply are asked.")
}

// agree lets the two who apply say yes: now the workplaces are asked.
func (s *shared) agree() {
	at := s.bothAgree()
	for _, p := range everybody(s.sites) {
		s.expect(kindInvitedToJoin, s.asked(p), forloeb.Date(consentDeadline(s.asked(p))), p)
	}
	s.tell(at, fmt.Sprintf("De siger ja, og %d arbejdspladser bliver spurgt: en leder og en medarbejderrepræsentant hvert sted.", len(s.sites)),
		"The workplaces are asked.", s.sees(s.leader))
}

// join: all but one workplace answer, each for itself.
func (s *shared) join() {
	day := forloeb.NextWorkingDayAt(s.state.Now, 10, 0)
	s.at(day)
	s.answers(s.declines().rep, forloeb.No, "Vi er lige blevet færdige med et andet forløb.")
	s.expect(kindGotNo, day, "", s.declines().rep)
	s.expect(kindNotJoining, day, "", s.declines().leader)
	for _, w := range s.sites[2:] {
		for _, p := range w.both() {
			at := s.state.Now // the answers of very many take longer than a mail's date may differ
			s.answers(p, forloeb.Yes, "")
			s.expect(kindGotYes, at, "", p)
		}
	}
	s.stands(forloeb.AwaitingConsent)
	s.tell(day, fmt.Sprintf("%d arbejdspladser siger ja, og én siger nej. De andre mærker ikke noget til det.", len(s.sites)-2), "One no takes one workplace out.",
		s.sees(s.left().leader), s.sees(s.leader))
}

// begins: at the deadline, without the one that never answered.
func (s *shared) begins() {
	asked := s.asked(s.silent().leader)
	closes := consentDeadline(asked)
	for _, p := range s.silent().both() {
		s.expect(kindReminded, reminderDate(s.asked(p), 3), forloeb.Date(consentDeadline(s.asked(p))), p)
		s.expect(kindRemindedLast, reminderDate(s.asked(p), 10), forloeb.Date(consentDeadline(s.asked(p))), p)
		if d := consentDeadline(s.asked(p)); d.After(closes) {
			closes = d
		}
	}
	s.at(closes.Add(time.Second))
	if s.stands(forloeb.Planning); s.err != nil {
		return
	}
	s.taken = person{s.state.Consultant.Name, s.state.Consultant.Email}
	who := append([]person{s.leader, s.rep}, everybody(s.sites[2:])...)
	s.expect(kindBegun, closes, "", who...)
	s.expect(kindNotJoining, closes, "", s.silent().both()...)
	s.expect(kindCaseForYou, closes, "", s.taken)
	s.expect(kindAssigned, closes, s.terms().Words.Consultant, who...)
	s.do(func() (err error) {
		s.atDesk, err = s.consultant(s.ctx, s.state.Consultant.ID)
		return err
	})
	s.tell(closes, "Fristen udløber. Forløbet går i gang med dem, der har svaret ja; den, der aldrig svarede, får besked om, at de ikke er med.",
		"It begins with those who joined.", s.sees(s.stay()[0].rep))
}

// meeting is one for the people named: of all workplaces, or of one.
func (s *shared) meeting(number int, after time.Time, who []person, only ...*location) (noted time.Time) {
	var ids []string
	for _, w := range only {
		ids = append(ids, w.id)
	}
	return s.meets(s.atDesk, number, after, who, ids...)
}

func (s *shared) all(sites []*location) []person {
	return append([]person{s.leader, s.rep}, everybody(sites)...)
}

func (s *shared) meet() {
	day := forloeb.NextWorkingDayAt(s.state.Now, 9, 20)
	s.at(day)
	first := s.meeting(1, day, s.all(s.sites[2:]))
	second := s.meeting(2, first, s.all(s.sites[2:]))
	s.tell(second, "De mødes to gange, alle sammen.", "Two meetings for all.", s.sees(s.left().leader))
}

// leaves: one workplace leaves from its own page; the others go on.
func (s *shared) leaves() {
	at := s.state.Now
	own := s.opens(s.left().leader, "/status/")
	s.do(func() error {
		link, found := own.Find(`[data-test-id="withdraw-link"]`).Attr("href")
		if !found {
			return differs("et link til at melde fra", "ikke noget")
		}
		p, err := s.outside.open(s.ctx, link)
		if err != nil {
			return err
		}
		_, err = p.formWith("withdraw").send(s.ctx)
		return err
	})
	s.stands(forloeb.InProgress)
	s.expect(kindNoLongerIn, at, "", s.left().both()...)
	s.expect(kindCaseChanged, at, s.state.Reference, s.taken)
	s.tell(at, s.left().name+" melder fra fra sin egen side. De andre fortsætter.", "One workplace leaves; the rest go on.", s.sees(s.stay()[0].leader))
}

// finish: a third meeting for all, and a fourth for the last workplace alone.
func (s *shared) finish() {
	third := s.meeting(3, s.state.Now, s.all(s.stay()))
	last := s.stay()[len(s.stay())-1]
	fourth := s.meeting(4, third, last.both(), last)
	s.stands(forloeb.AwaitingEvaluation)
	told := nextMorning(fourth)
	s.at(told)
	s.expect(kindLastMeetingWas, told, "", s.all(s.stay())...)
	s.tell(told, "Tredje møde er for alle, det fjerde kun for "+last.name+".", "The last meeting is for one workplace.", s.sees(last.leader))
}

// evaluate: each workplace three months after the last meeting that was for it.
func (s *shared) evaluate() {
	last := s.stay()[len(s.stay())-1]
	others := s.stay()[:len(s.stay())-1]
	var third, fourth time.Time
	for _, m := range s.state.Meetings.List {
		switch m.Number {
		case 3:
			third = m.StartsAt
		case 4:
			fourth = m.StartsAt
		}
	}
	for _, round := range []struct {
		due   time.Time
		sites []*location
	}{{evaluationDate(third.Add(meetingHours)), others}, {evaluationDate(fourth.Add(meetingHours)), []*location{last}}} {
		s.at(round.due)
		s.expect(kindAskedResult, round.due, "", everybody(round.sites)...)
		for _, p := range everybody(round.sites) {
			at := s.state.Now
			s.evaluates(p)
			s.expect(kindGotResult, at, "", p)
		}
		s.tell(round.due, fmt.Sprintf("%d arbejdspladser får spørgeskemaet tre måneder efter deres eget sidste møde, og svarer.", len(round.sites)), "Each evaluates on its own date.")
	}
	s.stands(forloeb.Completed)
	s.tell(s.state.Now, "Forløbet er slut.", "Completed.", s.sees(last.rep))
}
