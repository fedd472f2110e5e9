package forloeb

import (
	"testing"

	"github.com/stretchr/testify/require"
)

// The address that a yes came from may be worth a look, until somebody has met
// them.
func TestFlagsAboutMailboxes(t *testing.T) {
	flags := func(s *scene) (kinds []TaskKind) {
		for _, w := range s.wanted(s.days(9)) {
			if w.Kind == TaskSharedMailbox || w.Kind == TaskPrivateMailbox {
				kinds = append(kinds, w.Kind)
			}
		}
		return kinds
	}
	answered := func(leader, rep string) *scene {
		s := newScene().agreed()
		s.Party(s.leader).Contact.Email, s.Party(s.rep).Contact.Email = leader, rep
		s.Party(s.leader).Consent.Channel, s.Party(s.rep).Consent.Channel = ByLink, ByLink
		return s
	}
	require.Empty(t, flags(answered("mette@aarhus.dk", "amir@aarhus.dk")))
	require.Equal(t, []TaskKind{TaskSharedMailbox}, flags(answered("mette@aarhus.dk", "kontakt@skolen.dk")))
	require.Equal(t, []TaskKind{TaskPrivateMailbox}, flags(answered("mette@gmail.com", "amir@gmail.com")), "the leader's alone")
	require.Equal(t, []TaskKind{TaskSharedMailbox}, flags(answered("leder@gmail.com", "amir@aarhus.dk")), "one flag a party")

	byTelephone := answered("leder@aarhus.dk", "amir@aarhus.dk")
	byTelephone.Party(byTelephone.leader).Consent.Channel = ByPhone
	require.Empty(t, flags(byTelephone))
	met := newScene().held(1)
	met.Party(met.leader).Contact.Email, met.Party(met.leader).Consent.Channel = "leder@aarhus.dk", ByLink
	require.Empty(t, flags(met))
	no := answered("leder@aarhus.dk", "amir@aarhus.dk")
	no.Party(no.leader).Consent.Answer = No
	require.Empty(t, flags(no))
}
