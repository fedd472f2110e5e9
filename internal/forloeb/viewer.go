package forloeb

import (
	"context"

	"github.com/google/uuid"
)

// Viewer is who looks, in the words that the database's own wall reads
// (migrations, seen_forloeb): all, or a kind and whose. The empty one sees no
// forløb at all.
type Viewer string

// The process and what keeps house see everything; so does the secretariat.
const House Viewer = "all"

// HeadViewer reads why a consultant is not to have forløb somewhere, and nothing
// else: who sees all does not.
const HeadViewer Viewer = "head"

// PartyViewer sees the forløb of the party whose link was opened.
func PartyViewer(party uuid.UUID) Viewer { return Viewer("party:" + party.String()) }

// GuestViewer sees the forløb of the guest whose link was opened.
func GuestViewer(guest uuid.UUID) Viewer { return Viewer("guest:" + guest.String()) }

// MeetingViewer sees the forløb of the meeting that a link names.
func MeetingViewer(meeting uuid.UUID) Viewer { return Viewer("meeting:" + meeting.String()) }

// ConsultantViewer sees the forløb that a consultant has now.
func ConsultantViewer(consultant uuid.UUID) Viewer {
	return Viewer("consultant:" + consultant.String())
}

// ForloebViewer sees one forløb: whoever has the receipt of an application.
func ForloebViewer(id uuid.UUID) Viewer { return Viewer("forloeb:" + id.String()) }

// Viewer is what the principal sees: the secretariat all, a consultant the
// forløb they have, a provider's people the provider's. A reader sees figures
// and no forløb.
func (p Principal) Viewer() Viewer {
	switch p.Role {
	case RoleSecretariat, RoleHead:
		return House
	case RoleConsultant:
		return ConsultantViewer(p.Consultant)
	case RoleProvider:
		return Viewer("provider:" + string(p.Only()))
	}
	return ""
}

type viewerKey struct{}

// As says with the context who looks, where that is not a member of staff
// (AskedBy), or where the store keeps house on somebody's behalf.
func As(ctx context.Context, v Viewer) context.Context {
	return context.WithValue(ctx, viewerKey{}, v)
}

// ViewerOf is who looks; empty where nobody has said.
func ViewerOf(ctx context.Context) Viewer {
	if v, said := ctx.Value(viewerKey{}).(Viewer); said {
		return v
	}
	return Asker(ctx).Viewer()
}
