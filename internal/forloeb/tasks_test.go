package forloeb

import (
	"testing"
	"time"

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

// Two answers from one browser shortly after each other may be one person's,
// until a consultant has met both.
func TestFlagAboutTwoAnswersFromOneBrowser(t *testing.T) {
	flags := func(s *scene) (subjects []string) {
		for _, w := range s.wanted(s.days(9)) {
			if w.Kind == TaskSameDevice {
				subjects = append(subjects, w.Subject)
			}
		}
		return subjects
	}
	answered := func(s *scene, leader, rep string, apart time.Duration) *scene {
		a, b := s.Party(s.leader).Consent, s.Party(s.rep).Consent
		a.Device, b.Device, b.At = leader, rep, a.At.Add(apart)
		return s
	}
	first, second := newScene(), newScene()
	require.Equal(t, []string{first.rep.String() + ":1"}, flags(answered(first.agreed(), "x", "x", 10*time.Minute)), "one flag for both")
	require.Equal(t, []string{second.leader.String() + ":1"}, flags(answered(second.agreed(), "x", "x", -time.Minute)), "about the second")
	together := newScene()
	require.Len(t, flags(answered(together.agreed(), "x", "x", 0)), 1)
	require.Empty(t, flags(answered(newScene().agreed(), "x", "x", 10*time.Minute+1)), "a town hall looks like one browser")
	require.Empty(t, flags(answered(newScene().agreed(), "x", "y", time.Minute)))
	require.Empty(t, flags(answered(newScene().agreed(), "", "", time.Minute)), "by telephone, or erased")
	require.Empty(t, flags(answered(newScene().held(1), "x", "x", time.Minute)))
	no := answered(newScene().agreed(), "x", "x", time.Minute)
	no.Party(no.rep).Consent.Answer = No
	require.Empty(t, flags(no))
}
