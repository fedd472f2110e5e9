package forloeb

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestEveryAccessHasAWordOfItsOwn(t *testing.T) {
	words := map[string]bool{}
	for _, a := range Accesses() {
		again, known := ParseAccess(a.String())
		require.True(t, known, a)
		require.Equal(t, a, again)
		require.False(t, words[a.String()], a)
		words[a.String()] = true
	}
	for _, none := range []string{"", "provider", "provider:", "provider:spark", "head:", "head:nfa", "nfa", "Provider:nfa", "provider:nfa:ruc"} {
		_, known := ParseAccess(none)
		require.False(t, known, none)
	}
	require.Equal(t, "Udbyder (NFA)", Access{RoleProvider, ProviderNFA}.Label())
	require.Equal(t, "Konsulent", Access{Role: RoleConsultant}.Label())
}

// A provider's person whose provider is not known sees none, and not all.
func TestWhomSomebodyMayKnowOf(t *testing.T) {
	require.Equal(t, ProviderNFA, Principal{Role: RoleProvider, Provider: ProviderNFA}.Only())
	require.NotEmpty(t, Principal{Role: RoleProvider}.Only())
	for _, role := range StaffRoles {
		if role != RoleProvider {
			require.Empty(t, Principal{Role: role}.Only(), role)
		}
	}
	require.Zero(t, Asker(context.Background()))
	who := Principal{Role: RoleHead, Name: "Henrik Lind"}
	require.Equal(t, who, Asker(AskedBy(context.Background(), who)))
}

func TestOurOwnSentencesSayEkspert(t *testing.T) {
	require.Equal(t, "Eksperten får en mail, og eksperterne ikke.", regionalWords.Say("Konsulenten får en mail, og konsulenterne ikke."))
	require.Equal(t, "Konsulenten", sparkWords.Say("Konsulenten"))
	require.Equal(t, regionalWords, ProviderRUC.Words())
	require.Equal(t, sparkWords, ProviderCode("").Words())
}
