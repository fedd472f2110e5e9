package workflows

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

const day = 24 * time.Hour

// errLost is an answer that did not arrive.
var errLost = errors.New("connection lost")

// fakeStore keeps rows in memory with simple rules of its own: the tests here
// are about when the workflow acts, not about what the domain decides.
type fakeStore struct {
	mu       sync.Mutex
	rows     map[uuid.UUID]*row
	lastMail int64

	clock    map[uuid.UUID]time.Time // of the last look
	holidays int                     // days added to every due date, as a changed calendar would
	looks    int
	commits  int

	failLook    func(now time.Time) error                 // before reading
	afterLook   func(r *row)                              // the view is on its way
	beforeWrite func(r *row, change forloeb.Change)       // between look and commit
	afterWrite  func(r *row, change forloeb.Change) error // the answer is lost on its way
	refused     []string                                  // transitions that the database does not know
}

// row is one forløb.
type row struct {
	id            uuid.UUID
	version, seen int64
	status        forloeb.Status
	since         time.Time // in this status
	unwritten     bool      // stays so: a row that is never content

	recipients       int // of every mail
	parties, yes, no int
	enough, short    bool // of a shared forløb: as many have joined as it needs, or never will
	afterConsent     forloeb.Status
	edited           bool
	decision         forloeb.Decision
	choose           bool // a person chooses the consultant
	room             bool // a consultant has room
	assigned         bool
	offeredAt        time.Time // somebody is asked
	triedAt          time.Time
	booked, held     int
	meets            time.Time // the booked meeting
	required         int
	finished         bool
	lastHeld         time.Time
	early            bool // asked what came of it right after the last meeting as well
	unanswered       int
	withdrawn        bool
	stopped          bool
	reopenTo         forloeb.Status

	written map[forloeb.Duty]int // how often a duty of this status has been written
	mails   []*fakeMail
	tasks   []string
	events  []string
}

type fakeMail struct {
	id      int64
	kind    forloeb.MailKind
	state   forloeb.MailState
	planned time.Time
	stuck   bool // its task is open
}

func newFakeStore() *fakeStore {
	return &fakeStore{rows: map[uuid.UUID]*row{}, clock: map[uuid.UUID]time.Time{}}
}

// create is the application: two parties, each with a link on its way.
func (s *fakeStore) create(now time.Time) *row {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := &row{
		id: uuid.New(), version: 1, status: forloeb.AwaitingConsent, since: now,
		recipients: 1, parties: 2, afterConsent: forloeb.AwaitingConsultant, room: true,
		required: 2, unanswered: 2, written: map[forloeb.Duty]int{},
	}
	s.rows[r.id] = r
	s.plan(r, forloeb.MailConsentRequest, now)
	s.plan(r, forloeb.MailConsentRequest, now)
	return r
}

// at is the forløb's clock when it was last looked at.
func (s *fakeStore) at(id uuid.UUID) time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.clock[id]
}

// fact writes something that has happened.
func (s *fakeStore) fact(id uuid.UUID, happen func(r *row)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.rows[id]
	happen(r)
	r.version++
}

// read shows the row as it is now.
func (s *fakeStore) read(id uuid.UUID) row {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := *s.rows[id]
	r.events, r.tasks = slices.Clone(r.events), slices.Clone(r.tasks)
	r.mails = nil
	for _, m := range s.rows[id].mails {
		copied := *m
		r.mails = append(r.mails, &copied)
	}
	return r
}

func (r row) settled() bool { return r.seen == r.version }

// kinds lists the mails by kind and state, in the order they were planned.
func (r row) kinds() []string {
	var kinds []string
	for _, m := range r.mails {
		kinds = append(kinds, fmt.Sprintf("%s %s", m.kind, m.state))
	}
	return kinds
}

func (s *fakeStore) plan(r *row, kind forloeb.MailKind, now time.Time) {
	n := r.recipients
	if kind == forloeb.MailConsentRequest {
		n = 1
	}
	for range n {
		s.lastMail++
		r.mails = append(r.mails, &fakeMail{id: s.lastMail, kind: kind, state: forloeb.MailPlanned, planned: now})
	}
}

// dues is the fake's calendar.
func (s *fakeStore) dues(r *row) []forloeb.Due {
	var dues []forloeb.Due
	add := func(duty forloeb.Duty, at time.Time) {
		dues = append(dues, forloeb.Due{What: duty, At: at.Add(time.Duration(s.holidays) * day)})
	}
	nth := func(duty forloeb.Duty, from time.Time, after ...int) {
		if n := r.written[duty]; n < len(after) {
			add(duty, from.Add(time.Duration(after[n])*day))
		}
	}
	switch r.status {
	case forloeb.AwaitingConsent:
		nth(forloeb.ConsentReminder, r.since, 3, 10)
		if r.enough {
			add(forloeb.JoinDeadline, r.since.Add(21*day))
		} else {
			add(forloeb.ConsentDeadline, r.since.Add(21*day))
		}
	case forloeb.AwaitingAssessment:
		nth(forloeb.StillWaiting, r.since, 30, 60)
	case forloeb.AwaitingConsultant:
		nth(forloeb.StillWaiting, r.since, 30, 60)
		if !r.offeredAt.IsZero() {
			add(forloeb.OfferEnds, r.offeredAt.Add(2*day))
		} else if r.triedAt.IsZero() {
			add(forloeb.MatchAgain, r.since)
		} else {
			add(forloeb.MatchAgain, r.triedAt.Add(day))
		}
	case forloeb.Planning:
		nth(forloeb.FirstMeetingMail, r.since, 5)
		nth(forloeb.FirstMeetingTask, r.since, 10)
	case forloeb.InProgress:
		if r.booked > 0 && !r.meets.IsZero() {
			nth(forloeb.MeetingReminder, r.meets, -2)
		}
		if r.booked == 0 {
			nth(forloeb.NextMeetingMail, r.lastHeld, 10)
			nth(forloeb.NextMeetingTask, r.lastHeld, 20)
		}
	case forloeb.AwaitingEvaluation:
		nth(forloeb.MeetingsDone, r.lastHeld, 1)
		if r.early {
			nth(forloeb.EvaluationNext, r.lastHeld, 1)
			nth(forloeb.EvaluationReminder, r.lastHeld, 8, 15)
		}
		add(forloeb.EvaluationDue, r.lastHeld.Add(90*day))
	case forloeb.Evaluating:
		nth(forloeb.EvaluationReminder, r.since, 7, 14)
		add(forloeb.EvaluationClose, r.since.Add(28*day))
	}
	for _, m := range r.mails {
		if m.state == forloeb.MailPlanned && !m.stuck {
			add(forloeb.MailStuck, m.planned.Add(5*day))
			break
		}
	}
	return dues
}

// Look is activities.Store's.
func (s *fakeStore) Look(_ context.Context, id uuid.UUID, now time.Time) (forloeb.View, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.looks++
	if s.failLook != nil {
		if err := s.failLook(now); err != nil {
			return forloeb.View{}, err
		}
	}
	r := s.rows[id]
	if r == nil {
		return forloeb.View{}, errors.New("no such forløb")
	}
	s.clock[id] = now
	view := forloeb.View{
		Version: r.version, Seen: r.seen, Programme: forloeb.Spark, Status: r.status,
		Withdrawn: r.withdrawn, Stopped: r.stopped, ReopenTo: r.reopenTo,
		No: r.no, Pending: r.parties - r.yes - r.no, Short: r.short, AfterConsent: r.afterConsent,
		Edited: r.edited, Decision: r.decision, Assigned: r.assigned, Choose: r.choose,
		Booked: r.booked, Held: r.held, Required: r.required, Finished: r.finished,
		Unanswered: r.unanswered, Due: s.dues(r), Unwritten: r.unwritten,
		NeedsAttention: len(r.tasks) > 0,
	}
	for _, m := range r.mails {
		if (m.state == forloeb.MailPlanned || m.state == forloeb.MailSending) && len(view.Owed) < forloeb.MaxOwed {
			view.Owed = append(view.Owed, m.id)
		}
	}
	if s.afterLook != nil {
		s.afterLook(r)
	}
	return view, nil
}

// Commit is activities.Store's.
func (s *fakeStore) Commit(_ context.Context, change forloeb.Change) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.commits++
	r := s.rows[uuid.MustParse(change.ID)]
	if s.beforeWrite != nil {
		s.beforeWrite(r, change)
	}
	if r.version != change.Version || r.status != change.From {
		return nil // stale or already done
	}
	if change.Settled {
		r.seen = change.Version
	}
	s.writeDue(r, change.Now)
	if change.Cause == string(forloeb.MatchAgain) {
		r.triedAt = change.Now
	}
	if change.To != change.From {
		s.writeTransition(r, change)
	}
	if s.afterWrite != nil {
		return s.afterWrite(r, change)
	}
	return nil
}

// writeDue writes everything that is due at once.
func (s *fakeStore) writeDue(r *row, now time.Time) {
	for _, d := range s.dues(r) {
		if d.What.Transition() || d.At.After(now) {
			continue
		}
		r.written[d.What]++
		switch d.What {
		case forloeb.MailStuck:
			r.tasks = append(r.tasks, "mail")
			for _, m := range r.mails {
				m.stuck = m.stuck || m.state == forloeb.MailPlanned
			}
		case forloeb.FirstMeetingTask, forloeb.NextMeetingTask:
			r.tasks = append(r.tasks, string(d.What))
		default:
			s.plan(r, forloeb.MailKind(d.What), now)
		}
	}
}

func (s *fakeStore) writeTransition(r *row, change forloeb.Change) {
	if change.To == forloeb.Planning && !r.offeredAt.IsZero() {
		r.assigned, r.offeredAt = true, time.Time{}
	}
	if !forloeb.Legal(change.From, change.To) {
		s.refused = append(s.refused, fmt.Sprintf("%s>%s", change.From, change.To))
	}
	r.status, r.since, r.written = change.To, change.Now, map[forloeb.Duty]int{}
	r.events = append(r.events, fmt.Sprintf("%s>%s %s", change.From, change.To, change.Cause))
	r.reopenTo, r.edited = "", false
	switch change.To {
	case forloeb.AwaitingConsent:
		r.yes, r.no = 0, 0
	case forloeb.AwaitingConsultant:
		r.triedAt = time.Time{}
	}
	s.plan(r, forloeb.MailKind(change.To), change.Now)
}

// Match is activities.Store's.
func (s *fakeStore) Match(_ context.Context, id uuid.UUID, now time.Time) (forloeb.Matched, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	r := s.rows[id]
	if !r.room {
		return forloeb.Matched{}, nil
	}
	r.assigned = true
	r.version++
	return forloeb.Matched{Assigned: true}, nil
}

// ClaimMail is activities.Store's.
func (s *fakeStore) ClaimMail(_ context.Context, id int64, _ time.Time) (*forloeb.Letter, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m := s.mail(id)
	if m.state != forloeb.MailPlanned && m.state != forloeb.MailSending {
		return nil, nil
	}
	m.state = forloeb.MailSending
	return &forloeb.Letter{Mail: forloeb.Mail{ID: m.id, Kind: m.kind}, Forloeb: &forloeb.Forloeb{}}, nil
}

// SettleMail is activities.Store's.
func (s *fakeStore) SettleMail(_ context.Context, id int64, _ int, outcome forloeb.Outcome) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.mail(id).state = outcome.State
	return nil
}

func (s *fakeStore) mail(id int64) *fakeMail {
	for _, r := range s.rows {
		for _, m := range r.mails {
			if m.id == id {
				return m
			}
		}
	}
	panic("no such mail")
}

// fakeMailer takes every mail unless told otherwise.
type fakeMailer struct {
	mu     sync.Mutex
	sent   []forloeb.MailKind
	answer func(kind forloeb.MailKind) forloeb.Outcome
	inHand atomic.Int64
	silent chan struct{} // closed when the mail server begins to answer; nil when it does at once
}

// Send is activities.Mailer's.
func (m *fakeMailer) Send(_ context.Context, letter forloeb.Letter) forloeb.Outcome {
	m.inHand.Add(1)
	if m.silent != nil {
		<-m.silent
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.answer != nil {
		if outcome := m.answer(letter.Mail.Kind); outcome.State != forloeb.MailSent {
			return outcome
		}
	}
	m.sent = append(m.sent, letter.Mail.Kind)
	return forloeb.Outcome{State: forloeb.MailSent, Code: "250"}
}
