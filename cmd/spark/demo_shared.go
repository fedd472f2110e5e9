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
// the whole way. Where there are too few for that, all do.
type shared struct {
	*course
	kind   forloeb.TypeCode
	sites  []*location
	atDesk program // the consultant's own
}

// Two workplaces are the fewest that can share a forløb, and no list needs more
// than the country has municipalities. The story can spare three when two are
// left.
const (
	minSites = 2
	maxSites = 98
	spared   = 3
)

// playShared plays one such forløb, with as many workplaces as asked for.
func (d *demo) playShared(ctx context.Context, kind forloeb.TypeCode, workplaces int) error {
	if err := d.prepare(ctx); err != nil {
		return err
	}
	d.outside.patience += time.Duration(workplaces) * 2 * time.Second // for the mails to all of them
	s := d.sharedCourse(ctx, kind, workplaces)
	start := time.Now()
	d.out.chapter("Et fællesforløb", fmt.Sprintf("HovedMED i Thisted søger for %d arbejdspladser. %s", workplaces, s.plot()),
		"A joint forløb.", start, forloeb.AddMonths(start, 10))
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

func (s *shared) plot() string {
	if len(s.left()) == 0 {
		return "Alle er med hele vejen."
	}
	return "Én siger nej, én svarer aldrig, og én melder fra undervejs."
}

// parted are the sites by what they do: the last are those who stay.
func (s *shared) parted(from, to int) []*location {
	if len(s.sites) < spared+minSites {
		from, to = 0, 0
	}
	return s.sites[from:to]
}

func (s *shared) declined() []*location { return s.parted(0, 1) }
func (s *shared) silent() []*location   { return s.parted(1, 2) }
func (s *shared) left() []*location     { return s.parted(2, spared) }

// joined are those who say yes, and stay is who of them go the whole way.
func (s *shared) joined() []*location { return s.sites[len(s.parted(0, 2)):] }
func (s *shared) stay() []*location   { return s.sites[len(s.parted(0, spared)):] }

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
		s.expect(kindInvitedToJoin, at, forloeb.Date(consentDeadline(s.asked(p))), p)
	}
	s.tell(at, fmt.Sprintf("De siger ja, og %d arbejdspladser bliver spurgt: en leder og en medarbejderrepræsentant hvert sted.", len(s.sites)),
		"The workplaces are asked.", s.sees(s.leader))
}

// join: all but one workplace answer, each for itself. When nobody is waited
// for, the forløb begins at once.
func (s *shared) join() {
	day := forloeb.NextWorkingDayAt(s.state.Now, 10, 0)
	s.at(day)
	for _, w := range s.declined() {
		s.answers(w.rep, forloeb.No, "Vi er lige blevet færdige med et andet forløb.")
		s.expect(kindGotNo, day, "", w.rep)
		s.expect(kindNotJoining, day, "", w.leader)
	}
	for _, p := range everybody(s.joined()) {
		at := s.state.Now // the answers of very many take longer than a mail's date may differ
		s.answers(p, forloeb.Yes, "")
		s.expect(kindGotYes, at, "", p)
	}
	if len(s.silent()) == 0 {
		return
	}
	s.stands(forloeb.AwaitingConsent)
	s.tell(day, fmt.Sprintf("%d arbejdspladser siger ja, og én siger nej. De andre mærker ikke noget til det.", len(s.joined())), "One no takes one workplace out.",
		s.sees(s.joined()[0].leader), s.sees(s.leader))
}

// begins: when all have answered, or at the deadline without those who never did.
func (s *shared) begins() {
	closes, story := s.state.Now, "Alle har svaret ja, og forløbet går i gang."
	for _, w := range s.silent() {
		closes = s.deadline(w)
		s.at(closes.Add(time.Second))
		story = "Fristen udløber. Forløbet går i gang med dem, der har svaret ja; den, der aldrig svarede, får besked om, at de ikke er med."
	}
	s.accepts()
	if s.stands(forloeb.Planning); s.err != nil {
		return
	}
	s.taken = person{s.state.Consultant.Name, s.state.Consultant.Email}
	who := s.all(s.joined())
	s.expect(kindBegun, closes, "", who...)
	s.expect(kindNotJoining, closes, "", everybody(s.silent())...)
	s.expect(kindCaseForYou, closes, "", s.taken)
	s.expect(kindAssigned, closes, s.terms().Words.Consultant, who...)
	s.do(func() (err error) {
		s.atDesk, err = s.consultant(s.ctx, s.state.Consultant.ID)
		return err
	})
	s.tell(closes, story, "It begins with those who joined.", s.sees(s.stay()[0].rep))
}

// deadline is when the last of a silent workplace's two can answer; they are
// reminded twice before.
func (s *shared) deadline(w *location) (last time.Time) {
	for _, p := range w.both() {
		closes := consentDeadline(s.asked(p))
		s.expect(kindReminded, reminderDate(s.asked(p), 3), forloeb.Date(closes), p)
		s.expect(kindRemindedLast, reminderDate(s.asked(p), 10), forloeb.Date(closes), p)
		if closes.After(last) {
			last = closes
		}
	}
	return last
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
	first := s.meeting(1, day, s.all(s.joined()))
	second := s.meeting(2, first, s.all(s.joined()))
	s.tell(second, "De mødes to gange, alle sammen.", "Two meetings for all.", s.sees(s.joined()[0].leader))
}

func (s *shared) leaves() {
	for _, w := range s.left() {
		s.leave(w)
	}
}

// leave: one workplace leaves from its own page; the others go on.
func (s *shared) leave(w *location) {
	at := s.state.Now
	own := s.opens(w.leader, "/status/")
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
	s.expect(kindNoLongerIn, at, "", w.both()...)
	s.expect(kindCaseChanged, at, s.state.Reference, s.taken)
	s.tell(at, w.name+" melder fra fra sin egen side. De andre fortsætter.", "One workplace leaves; the rest go on.", s.sees(s.stay()[0].leader))
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
		s.tell(round.due, forloeb.Capital(forloeb.Counted(len(round.sites), "én arbejdsplads", "arbejdspladser"))+" får spørgeskemaet tre måneder efter eget sidste møde, og svarer.", "Each evaluates on its own date.")
	}
	s.stands(forloeb.Completed)
	s.tell(s.state.Now, "Forløbet er slut.", "Completed.", s.sees(last.rep))
}
