package login

import (
	"cmp"
	"slices"
	"strings"

	"example.dk/spark/internal/forloeb"
)

// claims are what a provider says of a person, as JSON has them.
type claims map[string]any

// find follows a way of names with dots between into the claims. A name may
// itself hold dots, as where a provider names claims by web addresses.
func (c claims) find(way string) any {
	if value, ok := c[way]; ok {
		return value
	}
	for i := range way {
		if inner, ok := c[way[:i]].(map[string]any); ok && way[i] == '.' {
			if value := claims(inner).find(way[i+1:]); value != nil {
				return value
			}
		}
	}
	return nil
}

func (c claims) has(way string) bool { return c.find(way) != nil }

// words are the texts of a claim that is one text or a list.
func (c claims) words(way string) []string {
	switch value := c.find(way).(type) {
	case string:
		return []string{value}
	case []any:
		var list []string
		for _, one := range value {
			if text, ok := one.(string); ok {
				list = append(list, text)
			}
		}
		return list
	}
	return nil
}

func (c claims) text(name string) string {
	text, _ := c[name].(string)
	return strings.TrimSpace(text)
}

func (c claims) name() string {
	return cmp.Or(c.text("name"), strings.TrimSpace(c.text("given_name")+" "+c.text("family_name")), c.text("preferred_username"))
}

// email is an address that the provider stands by: a consultant is recognised
// by it. A directory that keeps only its own addresses says nothing of the
// matter; a provider where people write their own says whether it has checked.
func (c claims) email() string {
	switch c["email_verified"] {
	case nil, true, "true":
		return c.text("email")
	}
	return ""
}

// byPower lists the roles, the most powerful first.
var byPower = []forloeb.StaffRole{forloeb.RoleHead, forloeb.RoleSecretariat, forloeb.RoleProvider, forloeb.RoleConsultant, forloeb.RoleReader}

// access is the most powerful of somebody's roles that have a name with us, or
// none. Who is said to be of two providers is of neither: one must not be shown
// the other's forløb by mistake.
func (c claims) access(way string, named map[string]forloeb.Access) forloeb.Access {
	held := map[forloeb.StaffRole][]forloeb.Access{}
	for _, name := range c.words(way) {
		if a, known := named[name]; known && !slices.Contains(held[a.Role], a) {
			held[a.Role] = append(held[a.Role], a)
		}
	}
	for _, role := range byPower {
		switch len(held[role]) {
		case 0:
		case 1:
			return held[role][0]
		default:
			return forloeb.Access{}
		}
	}
	return forloeb.Access{}
}

// metBy tells whether the claims say what is required.
func (r Requirement) metBy(c claims) bool {
	return r.Claim == "" || slices.ContainsFunc(c.words(r.Claim), func(word string) bool { return slices.Contains(r.Values, word) })
}
