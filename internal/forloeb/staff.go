package forloeb

import (
	"errors"
	"slices"
	"time"

	"github.com/google/uuid"
)

// StaffRole is what a member of staff, or the bearer of a token, may do.
type StaffRole string

// Roles of the staff.
const (
	RoleSecretariat StaffRole = "secretariat" // every forløb
	RoleHead        StaffRole = "head"        // the same, and who else has access
	RoleConsultant  StaffRole = "consultant"  // their own forløb
	RoleReader      StaffRole = "reader"      // figures, and no forløb
	RoleProvider    StaffRole = "provider"    // a provider's forløb and experts; see Access
)

// StaffRoles lists them all.
var StaffRoles = []StaffRole{RoleSecretariat, RoleHead, RoleConsultant, RoleReader, RoleProvider}

// Valid reports whether it is a role at all.
func (r StaffRole) Valid() bool { return slices.Contains(StaffRoles, r) }

// Label is the role as staff read it.
func (r StaffRole) Label() string {
	switch r {
	case RoleSecretariat:
		return "Sekretariatet"
	case RoleHead:
		return "Leder af sekretariatet"
	case RoleConsultant:
		return "Konsulent"
	case RoleReader:
		return "Læser"
	case RoleProvider:
		return "Udbyder"
	}
	return string(r)
}

// Principal is who asks: a member of staff, or a program with a token.
type Principal struct {
	ID         uuid.UUID // of the member of staff, or of the token
	Role       StaffRole
	Consultant uuid.UUID    // whose forløb a consultant sees; nil for others
	Provider   ProviderCode // whose forløb a provider's people see, and whose expert a consultant is; empty for others
	Name       string       // of the person, or the token's label
	Until      time.Time    // a token ends; zero for a person
}

// Actor is the principal as acts name them. A consultant acts as the
// consultant that a forløb is assigned to.
func (p Principal) Actor() Actor {
	switch p.Role {
	case RoleConsultant:
		return Actor{Kind: ActorConsultant, ID: p.Consultant.String()}
	case RoleProvider:
		return Actor{Kind: ActorProvider, ID: p.ID.String()}
	}
	return Actor{Kind: ActorSecretary, ID: p.ID.String()}
}

// Identity is what a login told about somebody. Issuer and Subject together
// name the person for good; the rest may change.
type Identity struct {
	Issuer   string
	Subject  string
	Name     string
	Email    string
	Role     StaffRole    // empty when the login told of none that we know
	Provider ProviderCode // of RoleProvider alone
}

// Access is what the login gives.
func (i Identity) Access() Access { return Access{i.Role, i.Provider} }

// StaffMember is somebody who has logged in.
type StaffMember struct {
	Principal
	Email        string
	Active       bool      // may log in
	SessionsFrom time.Time // sessions that began before are over
	LastLoginAt  time.Time // by the same clock: when the session of that login began
}

// ErrNoAccess: the person is known to the login, but has no role here, is no
// consultant of ours, or may not log in any more.
var ErrNoAccess = errors.New("the person has no access")

// ErrConsultantTaken: somebody else logs in as the same consultant now.
var ErrConsultantTaken = errors.New("another member of staff is this consultant")

// KeptForm is what somebody typed when their login had run out. The key to it
// is in their browser alone.
type KeptForm struct {
	Staff  uuid.UUID // whose it is
	Path   string    // of the form
	Sealed []byte
}

// News tells that a forløb has changed, to pages that show it.
type News struct {
	Forloeb    uuid.UUID    // nil: changes may have been missed, so that all may have changed
	Consultant uuid.UUID    // whose forløb it is, or was until now; nil without
	Provider   ProviderCode // who carries it out; empty for SPARK's own consultants
}

// Why a login does not succeed, beside ErrNoAccess. None of them holds
// anything of the person.
var (
	ErrLoginAway    = errors.New("the login provider does not answer")
	ErrLoginRefused = errors.New("the login provider's answer was refused")
	ErrNoMFA        = errors.New("the login lacked a second factor")
)
