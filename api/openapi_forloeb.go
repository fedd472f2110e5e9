package api

import (
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// sampleForloeb is the description's forløb: agreed upon, with one meeting
// held and the next one booked.
func sampleForloeb() *forloeb.Forloeb {
	applied, agreed := sampleTime(1, 11, 14, 30), sampleTime(1, 13, 8, 10)
	b := sampleStory{&forloeb.Forloeb{
		ID: sampleCase, Reference: "27-4817", Programme: forloeb.Spark, Type: forloeb.Individual,
		Status: forloeb.InProgress, StatusSince: sampleTime(1, 15, 10, 5), CreatedAt: applied, Policy: forloeb.Programmes[0].Policy,
		Application: forloeb.Application{
			Revision: 1, StartedBy: forloeb.StartedByLeader, Body: forloeb.Trio, Themes: sampleApplication.Themes,
			Hash: sampleApplication.submission().Hash(), At: applied,
		},
		Workplaces: []forloeb.Workplace{{
			ID: sampleWorkplace, Name: sampleApplication.Workplace, Municipality: sampleApplication.Municipality,
			Sector: sampleApplication.Sector, Employees: sampleApplication.Employees,
		}},
	}}
	b.party(sampleLeader, forloeb.Leader, forloeb.RoleLeader, forloeb.Contact(sampleApplication.Leader))
	b.party(sampleRep, forloeb.Rep, sampleApplication.Rep.Role, forloeb.Representative(sampleApplication.Rep).Contact())
	b.act(forloeb.ApplicationChanged, uuid.Nil, "applied", forloeb.ActorApplicant, applied)
	b.answer(sampleLeader, sampleTime(1, 11, 14, 41))
	b.answer(sampleRep, agreed)
	b.Assignments = []forloeb.Assignment{{
		ID: 1, Consultant: sampleConsultantRow().Consultant, Reason: "automatic", At: agreed, AcceptedAt: agreed,
		Score: []forloeb.Score{{Part: "room", Points: 24}, {Part: "themes", Points: 20}, {Part: "region", Points: 10}},
	}}
	b.meeting(sampleID(8), forloeb.Held, sampleTime(2, 2, 13, 0), sampleTime(1, 15, 10, 4))
	b.meeting(sampleMeeting, forloeb.Booked, sampleTime(3, 2, 13, 0), sampleTime(2, 2, 16, 10))
	b.Events = []forloeb.Event{
		{Seq: 1, To: forloeb.AwaitingConsent, At: applied},
		{Seq: 2, From: forloeb.AwaitingConsent, To: forloeb.AwaitingConsultant, At: agreed},
		{Seq: 3, From: forloeb.AwaitingConsultant, To: forloeb.Planning, At: agreed},
		{Seq: 4, From: forloeb.Planning, To: forloeb.InProgress, At: b.StatusSince},
	}
	b.Seen = b.Version
	return b.Forloeb
}

// sampleStory writes the example's facts.
type sampleStory struct{ *forloeb.Forloeb }

func (b sampleStory) party(id uuid.UUID, side forloeb.Side, role forloeb.Role, c forloeb.Contact) {
	b.Parties = append(b.Parties, forloeb.Party{ID: id, WorkplaceID: sampleWorkplace, Side: side, Role: role, LinkVersion: 1, Contact: c})
	b.mail(forloeb.MailConsentRequest, id, 1001, b.CreatedAt) // revision 1, link 1
}

func (b sampleStory) mail(kind forloeb.MailKind, to uuid.UUID, ordinal int64, at time.Time) {
	b.Mails = append(b.Mails, forloeb.Mail{
		ID: int64(40 + len(b.Mails)), Kind: kind, Recipient: to, Ordinal: ordinal, State: forloeb.MailSent, PlannedAt: at, SentAt: at})
}

func (b sampleStory) act(name forloeb.ActName, ref uuid.UUID, detail string, by forloeb.ActorKind, at time.Time) {
	b.Version++
	b.Acts = append(b.Acts, forloeb.Act{
		ForloebID: b.ID, Version: b.Version, Name: name, Ref: ref.String(), Detail: detail, Actor: forloeb.Actor{Kind: by}, At: at})
}

func (b sampleStory) answer(party uuid.UUID, at time.Time) {
	b.Party(party).Consent = &forloeb.Consent{Revision: 1, Answer: forloeb.Yes, At: at, Channel: forloeb.ByLink}
	b.act(forloeb.ConsentAnswered, party, string(forloeb.Yes), forloeb.ActorParty, at)
}

func (b sampleStory) meeting(id uuid.UUID, state forloeb.MeetingState, start, booked time.Time) {
	b.Meetings = append(b.Meetings, forloeb.Meeting{
		ID: id, Ordinal: len(b.Meetings) + 1, StartsAt: start, EndsAt: start.Add(3 * time.Hour), Place: "Personalerummet", State: state, BookedAt: booked})
	b.act(forloeb.MeetingBooked, id, "", forloeb.ActorConsultant, booked)
	b.mail(forloeb.MailMeetingInvitation, sampleLeader, int64(len(b.Meetings)), booked)
	b.mail(forloeb.MailMeetingInvitation, sampleRep, int64(len(b.Meetings)), booked)
}
