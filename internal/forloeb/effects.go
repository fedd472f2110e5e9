package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// Effects is what a commit writes beside the status: mails owed, moot mails
// cancelled, tasks opened and closed. They are rows in the transition's own
// transaction, so that no effect is remembered only by where the code stands.
type Effects struct {
	Mails          []Mail
	CancelMails    []int64
	CancelMeetings []uuid.UUID
	Invite         []Invitation // to evaluate
	PutOut         []Out
	OpenTasks      []Task
	CloseTasks     []int64
}

// Out is a workplace of a shared forløb that takes no part any more.
type Out struct {
	Workplace uuid.UUID
	Reason    OutReason
}

// Empty reports whether there is nothing to write.
func (e Effects) Empty() bool {
	return len(e.PutOut)+len(e.Mails)+len(e.CancelMails)+len(e.CancelMeetings)+len(e.Invite)+len(e.OpenTasks)+len(e.CloseTasks) == 0
}

// Apply takes a transition in memory: the forløb as it is right after it.
// Effects are computed on that.
func (f *Forloeb) Apply(c Change) {
	if c.Cause == string(MatchAgain) {
		f.MatchTriedAt = c.Now // else the task that nobody has room would close now
	}
	if c.From == c.To {
		return
	}
	f.Events = append(f.Events, Event{Seq: f.StatusSeq() + 1, From: c.From, To: c.To, Cause: c.Cause, At: c.Now})
	f.Status, f.StatusSince = c.To, c.Now
	if c.To == Planning {
		f.accept(c.Now) // without a word, or it would not have come so far
	}
	if c.From.Closed() {
		f.ReopenTo = ""
	}
}

// Effects is what the facts, the calendar and the transition (when there is
// one) call for and what is not there yet. It is computed from the rows and
// not from messages, so that a lost or doubled signal changes nothing.
func (f *Forloeb) Effects(c Change) Effects {
	p := &plan{f: f, now: c.Now, moving: c.From != c.To}
	p.putOut()
	if p.moving {
		p.transition(f.Events[len(f.Events)-1])
	}
	p.closeMeetings()
	p.invite()
	p.ask()
	p.movedDeadline()
	p.pauses()
	p.askAgain()
	p.receipts()
	p.people()
	p.consultants()
	p.guests()
	p.meetings()
	p.otherTimes()
	p.milestones()
	p.calendar()
	p.cancelMoot()
	p.tasks()
	return p.Effects
}

type plan struct {
	f   *Forloeb
	now time.Time
	// moving: the forløb is on its way, perhaps only through this status. What
	// the calendar owes waits until it has come to rest.
	moving bool
	Effects
}

// mail plans one mail unless its row exists: (kind, recipient, ordinal) is
// planned once in a forløb's life.
func (p *plan) mail(kind MailKind, to uuid.UUID, ordinal int64, ref string) {
	if p.f.mail(kind, to, ordinal) != nil {
		return
	}
	for _, m := range p.Mails {
		if m.Kind == kind && m.Recipient == to && m.Ordinal == ordinal {
			return
		}
	}
	m := Mail{Kind: kind, Recipient: to, Ordinal: ordinal, Ref: ref, State: MailPlanned, PlannedAt: p.now}
	if !p.f.Moot(&m, p.now) {
		p.Mails = append(p.Mails, m)
	}
}

func (p *plan) toParties(kind MailKind, ordinal int64) {
	for _, party := range p.f.CurrentParties() {
		if party.Reachable() {
			p.mail(kind, party.ID, ordinal, "")
		}
	}
}

// transition plans the letters that belong to a step.
func (p *plan) transition(e Event) {
	seq := int64(e.Seq)
	switch {
	case e.From.Closed():
		p.closing(MailReopened, seq)
	case e.begins() && p.f.Shared():
		p.toParties(MailJointStarted, seq)
	case e.begins():
		p.toParties(MailBothAgreed, seq)
	case e.From == AwaitingAssessment && e.To == AwaitingConsultant:
		p.toParties(MailApproved, seq)
	case e.To == Declined:
		p.declined(seq)
	case e.To == Lapsed:
		p.toParties(MailLapsed, seq)
	case e.To == Rejected:
		p.toParties(MailRejected, seq)
	case e.To == Withdrawn:
		p.closing(MailWithdrawn, seq)
	case e.To == Stopped:
		p.closing(p.f.stopLetter(), seq)
	}
}

// declined tells the one who did not say no; the other has a receipt.
func (p *plan) declined(seq int64) {
	for _, party := range p.f.CurrentParties() {
		if party.Reachable() && (party.Consent == nil || party.Consent.Answer != No) {
			p.mail(MailDeclined, party.ID, seq, "")
		}
	}
}

// stopLetter is what the parties get when the secretariat ends it.
func (f *Forloeb) stopLetter() MailKind {
	if f.DuplicateOf != nil {
		return MailDuplicate
	}
	return MailStopped
}

func (p *plan) closing(kind MailKind, seq int64) {
	p.toParties(kind, seq)
	if c := p.f.Chosen(); c != nil {
		p.mail(MailConsultantChanges, c.ID, seq, "")
	}
}

// closeMeetings cancels what is still in the calendar of a closed forløb.
func (p *plan) closeMeetings() {
	if !p.f.Status.Closed() {
		return
	}
	for i := range p.f.Meetings {
		if m := &p.f.Meetings[i]; m.State == Booked {
			p.CancelMeetings = append(p.CancelMeetings, m.ID)
			m.State, m.Sequence, m.StateAt = Cancelled, m.Sequence+1, p.now
		}
	}
}

// invite asks every party who can be reached to evaluate, once in each wave.
func (p *plan) invite() {
	if p.moving && p.f.Status != Evaluating {
		return
	}
	for _, t := range p.f.turns(p.now) {
		if !t.at.After(p.now) && p.f.Paused(p.now) == nil {
			p.Invite = append(p.Invite, Invitation{WorkplaceID: t.party.WorkplaceID, PartyID: t.party.ID, Wave: t.wave})
		}
	}
	p.f.Invitations = append(p.f.Invitations, p.Invite...)
	for i := range p.f.Invitations {
		inv := &p.f.Invitations[i]
		if party := p.f.Party(inv.PartyID); inv.Open() && party.Reachable() {
			p.mail(MailEvaluationRequest, inv.PartyID, int64(inv.Wave)+1, "")
		}
	}
}

// ask plans the mail that asks each party for an answer.
func (p *plan) ask() {
	if p.f.Status != AwaitingConsent || p.f.AskedForFix() {
		return
	}
	if p.f.Joining() {
		p.toApplicants(MailBothAgreed, int64(p.f.Application.Revision))
	}
	for _, party := range p.f.Pending() {
		if party.Reachable() && !p.f.askedByReopening(party) {
			p.mail(p.f.AskKind(party), party.ID, p.f.askOrdinal(party), "")
		}
	}
}

// receipts plans the answers to what a person did: at once, at any hour.
func (p *plan) receipts() {
	for _, party := range p.f.everyParty() {
		p.consentReceipt(party)
	}
	for _, party := range p.f.CurrentParties() {
		if !party.LinkAskedAt.IsZero() && party.Reachable() {
			p.mail(MailLinkAgain, party.ID, party.LinkAskedAt.Unix(), "")
		}
		if !party.TextAskedAt.IsZero() && party.Reachable() {
			p.mail(MailApplicationText, party.ID, party.TextAskedAt.Unix(), "")
		}
		for _, i := range p.f.Invitations {
			if i.PartyID == party.ID && !i.AnsweredAt.IsZero() && party.Reachable() {
				p.mail(MailEvaluationThanks, party.ID, int64(i.Wave)+1, "")
			}
		}
	}
}

// consentReceipt is for an answer to this very text: one that was carried
// over when a declined forløb was opened again has had its receipt.
func (p *plan) consentReceipt(party *Party) {
	c := party.Consent
	if c == nil || !party.Reachable() || c.At.Before(p.f.Application.At) {
		return
	}
	if c.Channel == ByPhone {
		p.mail(MailPhoneReceipt, party.ID, c.At.Unix(), "")
	} else if c.Answer == Yes {
		p.mail(MailAnswerYes, party.ID, p.f.receiptOrdinal(party), "")
	} else {
		p.mail(MailAnswerNo, party.ID, p.f.receiptOrdinal(party), "")
	}
}

// people plans what follows when somebody asks for a correction, leaves or is
// replaced.
func (p *plan) people() {
	for i := range p.f.Parties {
		party := &p.f.Parties[i]
		switch {
		case !party.Current():
			p.replaced(party)
		case !party.FixAskedAt.IsZero():
			if o := p.f.Other(party); o != nil && o.Reachable() {
				p.mail(MailFixAsked, o.ID, int64(p.f.Application.Revision), "")
			}
		case p.f.takesOver(party) && party.Reachable():
			p.mail(MailContactNew, party.ID, int64(party.LinkVersion), "")
		}
	}
	p.tellConsultant()
}

func (p *plan) replaced(old *Party) {
	if old.NotMeAt.IsZero() && old.LeftAt.IsZero() && old.Contact.Email != "" && !p.f.Status.Closed() {
		p.mail(MailContactOld, old.ID, 1, "")
	}
}

// tellConsultant names changes among the parties.
func (p *plan) tellConsultant() {
	a := p.f.Assignment()
	if a == nil || p.f.Status.Closed() {
		return
	}
	for i := range p.f.Parties {
		party := &p.f.Parties[i]
		for _, when := range []time.Time{party.LeftAt, party.ReplacedAt} {
			if when.After(a.At) {
				p.change(a.Consultant.ID, party, when)
			}
		}
	}
	p.tellWorkplaces(a)
}

// tellWorkplaces names the workplaces that have left a shared forløb, and those
// that take part after all.
func (p *plan) tellWorkplaces(a *Assignment) {
	for i := range p.f.Workplaces {
		w := &p.f.Workplaces[i]
		if w.OutReason == OutLeft && w.LeftAt.After(a.At) {
			p.mail(MailConsultantChanges, a.Consultant.ID, w.LeftAt.UnixMilli(), w.ID.String())
		}
		if !w.AskedAgainAt.IsZero() && p.f.Joined(w) && p.f.joinedAt(w).After(a.At) {
			p.mail(MailConsultantChanges, a.Consultant.ID, w.AskedAgainAt.UnixMilli(), w.ID.String())
		}
	}
}

// change tells the consultant of one, by its second; and of one of the other
// party in the same second by that below zero.
func (p *plan) change(to uuid.UUID, party *Party, when time.Time) {
	ordinal, ref := when.Unix(), party.ID.String()
	told := p.f.mail(MailConsultantChanges, to, ordinal)
	for i := range p.Mails {
		if m := &p.Mails[i]; m.Kind == MailConsultantChanges && m.Recipient == to && m.Ordinal == ordinal {
			told = m
		}
	}
	if told != nil && told.Ref != ref {
		ordinal = -ordinal
	}
	p.mail(MailConsultantChanges, to, ordinal, ref)
}

// consultants plans what assigning, changing and releasing owe. Whoever is asked
// hears at once, the parties when it is theirs.
func (p *plan) consultants() {
	kind := MailConsultantAssigned
	for i := range p.f.Assignments {
		a := &p.f.Assignments[i]
		if !a.Until.IsZero() {
			p.released(a)
		} else if p.f.Status == Planning || p.f.Status == InProgress || p.f.Status == AwaitingConsultant && !a.Taken() {
			p.mail(MailConsultantNew, a.Consultant.ID, a.ID, "")
			if a.Taken() {
				p.toParties(kind, a.ID)
			}
		}
		if a.Taken() {
			kind = MailConsultantChanged
		}
	}
}

// released tells whoever had it, or was asked. Who said no knows.
func (p *plan) released(a *Assignment) {
	if p.f.Introduced(a) && a.Declined == "" {
		p.mail(MailConsultantGone, a.Consultant.ID, a.ID, "")
	}
}

// meetings brings everybody's calendar in line with the rows: an invitation,
// a move or a cancellation for whoever was last told something else.
func (p *plan) meetings() {
	for i := range p.f.Meetings {
		m := &p.f.Meetings[i]
		for _, id := range p.attendees(m) {
			p.tell(id, m, m.State == Booked && m.StartsAt.After(p.now) && !p.f.Status.Closed())
		}
		for _, id := range append(p.strangers(m), p.formerGuests(m)...) {
			p.tell(id, m, false)
		}
		for _, a := range p.f.Assignments {
			if c := p.f.Consultant(); c == nil || a.Consultant.ID != c.ID {
				p.tell(a.Consultant.ID, m, false)
			}
		}
	}
}

func (p *plan) attendees(m *Meeting) (ids []uuid.UUID) {
	for _, party := range p.f.CurrentParties() {
		if party.Reachable() && p.f.IsFor(m, party) {
			ids = append(ids, party.ID)
		}
	}
	ids = append(ids, p.f.guestsFor(m)...)
	if c := p.f.Consultant(); c != nil {
		ids = append(ids, c.ID)
	}
	return ids
}

// strangers are parties the meeting is not for, or not any more: their
// workplace is out, or was taken off the meeting.
func (p *plan) strangers(m *Meeting) (ids []uuid.UUID) {
	for _, party := range p.f.everyParty() {
		if party.Reachable() && (p.f.out(party) || !p.f.IsFor(m, party)) {
			ids = append(ids, party.ID)
		}
	}
	return ids
}

func (p *plan) tell(to uuid.UUID, m *Meeting, on bool) {
	told, ordinal, ref := p.f.told(to, m, p.now), p.f.CalendarOrdinal(to, m), m.ID.String()
	knows := told != nil && told.Kind != MailMeetingCancelled
	switch {
	case on && (!knows || !sameRound(told.Ordinal, ordinal)):
		p.mail(MailMeetingInvitation, to, ordinal, ref)
	case on && told.Ordinal < ordinal:
		p.mail(MailMeetingMoved, to, ordinal, ref)
	case !on && knows && m.StartsAt.After(p.now) && (m.State == Cancelled || m.State == Booked):
		p.mail(MailMeetingCancelled, to, ordinal, ref)
	}
}

// otherTimes tells the consultant who cannot come: once for each request, and
// anew whoever takes over.
func (p *plan) otherTimes() {
	c := p.f.Consultant()
	if c == nil {
		return
	}
	for i := range p.f.Meetings {
		m := &p.f.Meetings[i]
		for _, asked := range p.f.OtherTimesAsked(m, p.now) {
			p.mail(MailCannotCome, c.ID, asked.Version, m.ID.String())
		}
	}
}

// milestones plans letters about decisions that move nothing.
func (p *plan) milestones() {
	if p.f.Status == AwaitingAssessment && p.f.Decision == Waitlist {
		p.toParties(MailWaitlisted, p.f.DecidedAt.Unix())
	}
	if p.f.ExtraMeetings > 0 && p.f.Status == InProgress {
		p.toParties(MailExtraMeetings, int64(p.f.Required()))
	}
}

// calendar plans what has fallen due. Of several overdue mails of one kind to
// one person only the last is planned.
func (p *plan) calendar() {
	if p.moving {
		return
	}
	last := map[string]Mail{}
	var order []string
	for _, e := range p.f.agenda(p.now) {
		if e.At.After(p.now) || e.What.Transition() {
			continue
		}
		for _, m := range e.mails {
			key := string(m.Kind) + m.Recipient.String() + m.Ref
			if _, seen := last[key]; !seen {
				order = append(order, key)
			}
			last[key] = m
		}
	}
	for _, key := range order {
		m := last[key]
		p.mail(m.Kind, m.Recipient, m.Ordinal, m.Ref)
	}
}

func (p *plan) cancelMoot() {
	for i := range p.f.Mails {
		if m := &p.f.Mails[i]; m.State == MailPlanned && p.f.Moot(m, p.now) {
			p.CancelMails = append(p.CancelMails, m.ID)
		}
	}
}

func (p *plan) tasks() {
	wanted := map[string]bool{}
	for _, t := range p.f.wanted(p.now) {
		key := string(t.Kind) + " " + t.Subject
		wanted[key] = true
		if p.f.everTask(t.Kind, t.Subject) == nil && (t.Duty == "" || !p.moving) {
			p.OpenTasks = append(p.OpenTasks, Task{Kind: t.Kind, Subject: t.Subject, OpenedAt: p.now})
		}
	}
	for _, t := range p.f.Tasks {
		if t.Open() && !wanted[string(t.Kind)+" "+t.Subject] {
			p.CloseTasks = append(p.CloseTasks, t.ID)
		}
	}
}

// MeetingOf finds the meeting a mail is about; nil when it is about none.
func (f *Forloeb) MeetingOf(m *Mail) *Meeting {
	if id, err := uuid.Parse(m.Ref); err == nil {
		return f.Meeting(id)
	}
	return nil
}
