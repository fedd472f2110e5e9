package forloeb

import (
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// reopened undoes a no: the same text as a new revision, and a letter that
// asks.
func (s *scene) reopened(at time.Time) *scene {
	s.says(s.rep, No, at.Add(-time.Hour)).to(Declined, at.Add(-time.Hour))
	s.Party(s.rep).Consent = nil
	s.Application.Revision, s.Application.At, s.ReopenedAt, s.ReopenTo = s.Application.Revision+1, at, at, AwaitingConsent
	s.act(ForloebReopened, "", "", at).to(AwaitingConsent, at)
	for _, p := range s.CurrentParties() {
		s.post(MailReopened, p.ID, s.reopenedSeq(), MailSent, at)
	}
	return s
}

func (s *scene) owes(at time.Time) (mails []Mail) {
	return s.clone().Effects(Change{From: s.Status, To: s.Status, Now: at}).Mails
}

func TestWhoTakesOverAfterReopeningIsAsked(t *testing.T) {
	s := newScene().asked()
	s.reopened(s.days(2))
	require.Empty(t, s.owes(s.days(2)), "the letter asks")
	require.False(t, s.Edited())

	replaced, successor := s.days(2).Add(time.Hour), uuid.New()
	old := s.Party(s.rep)
	old.ReplacedAt = replaced
	s.Parties = append(s.Parties, Party{ID: successor, WorkplaceID: old.WorkplaceID, Side: Rep, Role: RoleTR, LinkVersion: 1,
		Contact: Contact{Name: "Sofie Krogh", Email: "sofie@example.dk"}, ReplacesParty: s.rep})
	s.act(PartyReplaced, s.rep.String(), "replaced", replaced)
	var asked []uuid.UUID
	for _, m := range s.owes(replaced) {
		if m.Kind == MailConsentRequest {
			asked = append(asked, m.Recipient)
		}
	}
	require.Equal(t, []uuid.UUID{successor}, asked)
}

func TestOpeningAgainTwiceIsNotAnEdit(t *testing.T) {
	s := newScene().asked()
	s.reopened(s.days(2)).to(Withdrawn, s.days(3))
	s.ReopenedAt = s.days(4)
	s.act(ForloebReopened, "", "", s.days(4)).to(AwaitingConsent, s.days(4))
	for _, p := range s.CurrentParties() {
		s.post(MailReopened, p.ID, s.reopenedSeq(), MailSent, s.days(4))
	}
	require.False(t, s.Edited())
	require.Empty(t, s.owes(s.days(4)), "nobody is told that the text was changed")
}
