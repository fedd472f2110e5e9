package forloeb

import (
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// Whoever applies for the employees has been elected to something.
func TestE13OnlyLeadersAndElectedRepresentativesApply(t *testing.T) {
	for role, fields := range map[Role][]string{
		RoleTR: nil, RoleAMR: nil, RoleOtherElected: nil,
		"employee": {"rep_role"}, "hr": {"rep_role"}, "consultant": {"rep_role"},
	} {
		require.Equal(t, fields, wrong(applicationWith(func(s *Submission) { s.Rep.Role = role }), applied), role)
	}
}

// Somebody else may fill in the form. They get no mail, and both parties are
// asked as if neither had seen it.
func TestE14AHelperIsNeverAParty(t *testing.T) {
	helped := applicationWith(func(s *Submission) { s.StartedBy = StartedByOther })
	require.Empty(t, helped.Check(applied))
	helped.Leader, helped.Rep = Contact{}, Representative{}
	require.Subset(t, wrong(helped, applied), []string{"leader_name", "leader_email", "rep_name", "rep_email"})

	s := newScene()
	s.Application.StartedBy = StartedByOther
	require.Equal(t, 2, s.View(s.start).Pending)
	asked := map[uuid.UUID]bool{}
	for _, m := range s.lastStep().Mails {
		asked[m.Recipient] = true
	}
	require.Equal(t, map[uuid.UUID]bool{s.leader: true, s.rep: true}, asked)
	require.False(t, s.Started(s.Party(s.leader)) || s.Started(s.Party(s.rep)))
}
