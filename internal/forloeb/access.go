package forloeb

import (
	"cmp"
	"context"
	"strings"
)

// Access is what a login or a token gives somebody: a role, and for a
// provider's people which provider.
type Access struct {
	Role     StaffRole
	Provider ProviderCode // of RoleProvider, and of a consultant who is its expert
}

// providerMark stands between the role and the provider where both are
// written as one word.
const providerMark = ":"

// ParseAccess reads a role as settings and logins name it: "head", or
// "provider:nfa".
func ParseAccess(word string) (Access, bool) {
	role, provider, named := strings.Cut(word, providerMark)
	a := Access{StaffRole(role), ProviderCode(provider)}
	return a, a.Valid() && named == (a.Role == RoleProvider)
}

// Valid reports whether there is such a role and, where it needs one, such a
// provider.
func (a Access) Valid() bool {
	_, _, known := ProviderByCode(a.Provider)
	return a.Role.Valid() && known == (a.Role == RoleProvider) && known == (a.Provider != "")
}

// String is the word that ParseAccess reads.
func (a Access) String() string {
	if a.Role != RoleProvider {
		return string(a.Role)
	}
	return string(a.Role) + providerMark + string(a.Provider)
}

// Label is the access as staff read it.
func (a Access) Label() string {
	if a.Provider == "" {
		return a.Role.Label()
	}
	return a.Provider.Words().Say(a.Role.Label()) + " (" + a.Provider.Label() + ")"
}

// Accesses lists all there are.
func Accesses() (list []Access) {
	for _, role := range StaffRoles {
		if role != RoleProvider {
			list = append(list, Access{Role: role})
			continue
		}
		for _, programme := range Programmes {
			for _, p := range programme.Providers {
				list = append(list, Access{role, p.Code})
			}
		}
	}
	return list
}

// Access is what the principal's role is, and whose.
func (p Principal) Access() Access { return Access{p.Role, p.Provider} }

// Only is the provider beyond whose forløb and experts the principal sees
// nothing; empty for who is no provider's. One without its provider sees none.
func (p Principal) Only() ProviderCode {
	if p.Role != RoleProvider {
		return ""
	}
	return cmp.Or(p.Provider, "none")
}

type askerKey struct{}

// AskedBy says with the context who of the staff asks. What is read and
// written with it keeps to what they may see.
func AskedBy(ctx context.Context, who Principal) context.Context {
	return context.WithValue(ctx, askerKey{}, who)
}

// Asker is who asks; nobody where no staff does: a party, or the process.
func Asker(ctx context.Context) Principal {
	who, _ := ctx.Value(askerKey{}).(Principal)
	return who
}
