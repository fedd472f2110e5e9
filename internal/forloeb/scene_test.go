package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// scene is a forløb built fact by fact for the tests of what people are told.
type scene struct {
	*Forloeb
	leader, rep uuid.UUID
	consultant  uuid.UUID
	start       time.Time
}

var sceneStart = time.Date(2026, 11, 23, 14, 30, 0, 0, Copenhagen) // a Monday

func newScene() *scene {
	s := &scene{leader: uuid.New(), rep: uuid.New(), consultant: uuid.New(), start: sceneStart}
	w := uuid.New()
	s.Forloeb = &Forloeb{
		ID: uuid.New(), Reference: "26-4817", Programme: Spark, Type: Individual, Status: AwaitingConsent,
		StatusSince: s.start, CreatedAt: s.start, Version: 1, Seen: 1, Policy: DefaultPolicy,
		Application: Application{Revision: 1, StartedBy: StartedByLeader, At: s.start},
		Workplaces:  []Workplace{{ID: w, Name: "Tranemoseskolen", Municipality: "751"}},
		Parties: []Party{
			{ID: s.leader, WorkplaceID: w, Side: Leader, Role: RoleLeader, LinkVersion: 1, Contact: Contact{Name: "Mette Holm", Email: "mette@example.dk"}},
			{ID: s.rep, WorkplaceID: w, Side: Rep, Role: RoleAMR, LinkVersion: 1, Contact: Contact{Name: "Amir Dahl", Email: "amir@example.dk"}},
		},
		Events: []Event{{Seq: 1, To: AwaitingConsent, At: s.start}},
	}
	return s
}

// post adds a mail's row.
func (s *scene) post(kind MailKind, to uuid.UUID, ordinal int64, state MailState, at time.Time) *scene {
	m := Mail{ID: int64(len(s.Mails) + 1), Kind: kind, Recipient: to, Ordinal: ordinal, State: state, PlannedAt: at}
	if state == MailSent {
		m.SentAt = at
	}
	s.Mails = append(s.Mails, m)
	return s
}

// asked sends both the request.
func (s *scene) asked() *scene {
	for _, p := range s.CurrentParties() {
		s.post(s.AskKind(p), p.ID, s.askOrdinal(p), MailSent, s.start)
	}
	return s
}

// remind sends a party its n-th reminder.
func (s *scene) remind(party uuid.UUID, n int, at time.Time) *scene {
	return s.post(MailConsentReminder, party, s.reminderOrdinal(s.Party(party), n), MailSent, at)
}

func (s *scene) says(party uuid.UUID, a Answer, at time.Time) *scene {
	s.Party(party).Consent = &Consent{Revision: s.Application.Revision, Answer: a, At: at}
	s.act(ConsentAnswered, party.String(), string(a), at)
	return s
}

func (s *scene) act(name ActName, ref, detail string, at time.Time) *scene {
	s.Acts = append(s.Acts, Act{Version: int64(len(s.Acts) + 1), Name: name, Ref: ref, Detail: detail, At: at})
	return s
}

// to takes a step.
func (s *scene) to(status Status, at time.Time) *scene {
	s.Apply(Change{From: s.Status, To: status, Now: at})
	return s
}

func (s *scene) days(n int) time.Time { return s.start.AddDate(0, 0, n) }

// agreed has both say yes on the second day.
func (s *scene) agreed() *scene {
	return s.asked().says(s.leader, Yes, s.days(1)).says(s.rep, Yes, s.days(3)).to(AwaitingConsultant, s.days(3))
}

func (s *scene) assigned(at time.Time) *scene {
	if a := s.Assignment(); a != nil {
		a.Until = at
	}
	s.Assignments = append(s.Assignments, Assignment{ID: int64(len(s.Assignments) + 1), At: at, AcceptedAt: at,
		Consultant: Consultant{ID: s.consultant, Name: "Karen Lund"}})
	return s
}

// offered asks the consultant.
func (s *scene) offered(at time.Time) *scene {
	s.assigned(at).Assignment().AcceptedAt = time.Time{}
	return s
}

// refused has whoever is asked say no.
func (s *scene) refused(why DeclineReason, at time.Time) *scene {
	a := s.Assignment()
	a.Until, a.Declined = at, why
	return s.act(ConsultantDeclined, "", string(why), at)
}

func (s *scene) planning() *scene { return s.agreed().assigned(s.days(3)).to(Planning, s.days(3)) }

// meeting adds a three-hour meeting.
func (s *scene) meeting(state MeetingState, start time.Time) *scene {
	m := Meeting{ID: uuid.New(), Ordinal: len(s.Meetings) + 1, StartsAt: start, EndsAt: start.Add(3 * time.Hour), State: state,
		BookedAt: start.AddDate(0, 0, -14)}
	if state != Booked {
		m.StateAt = m.EndsAt
	}
	s.Meetings = append(s.Meetings, m)
	return s
}

func at13(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 13, 0, 0, 0, Copenhagen)
}

// held is a forløb in progress with so many meetings held, the last one on
// 31 March.
func (s *scene) held(n int) *scene {
	s.planning().to(InProgress, s.days(5))
	for i := n; i > 0; i-- {
		s.meeting(Held, at13(2027, 3, 31).AddDate(0, 0, -21*(i-1)))
	}
	return s
}

// evaluating has both asked on 30 June.
func (s *scene) evaluating() *scene {
	sent := time.Date(2027, 6, 30, 9, 0, 0, 0, Copenhagen)
	s.held(4).to(AwaitingEvaluation, at13(2027, 3, 31).Add(4*time.Hour)).to(Evaluating, sent)
	for _, p := range s.CurrentParties() {
		s.Invitations = append(s.Invitations, Invitation{PartyID: p.ID})
		s.post(MailEvaluationRequest, p.ID, 1, MailSent, sent)
	}
	return s
}

func (s *scene) task(kind TaskKind, subject string, at time.Time) *scene {
	s.Tasks = append(s.Tasks, Task{ID: int64(len(s.Tasks) + 1), Kind: kind, Subject: subject, OpenedAt: at})
	return s
}

// lost turns the last mail to a party of this kind into one that needs a
// person.
func (s *scene) lost(kind MailKind, to uuid.UUID, state MailState, at time.Time) *scene {
	for i := range s.Mails {
		if m := &s.Mails[i]; m.Kind == kind && m.Recipient == to {
			m.State, m.SentAt = state, time.Time{}
			s.task(TaskMail, mailSubject(m), at)
		}
	}
	return s
}

// regional makes it a forløb of NFA's.
func (s *scene) regional() *scene {
	s.Programme, s.Type, s.Provider, s.Policy = Regional, ExpertAdvice, ProviderNFA, regional.Policy
	s.Workplaces[0].Municipality, s.Workplaces[0].Sector = "", ""
	s.Workplaces[0].Region, s.Workplaces[0].UnitType = "midtjylland", UnitHospital
	return s
}

// saysOnTheTelephone is an answer that the secretariat has noted.
func (s *scene) saysOnTheTelephone(party uuid.UUID, a Answer, at time.Time) *scene {
	s.says(party, a, at).Party(party).Consent.Channel = ByPhone
	s.Acts[len(s.Acts)-1].Actor.Kind = ActorSecretary
	return s
}
