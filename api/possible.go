package api

import (
	"net/http"
	"slices"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// wayForward is something staff can do to a forløb: where, and an example that
// the domain judges to tell whether it is legal now. So there is no second
// table of what is legal when.
type wayForward struct {
	path    string
	example func(k staffCase) forloeb.Deed
}

const someReason = "reason"

var waysForward = []wayForward{
	{"application", always(forloeb.ChangeApplication{})},
	{"assessment", always(forloeb.Decide{Decision: forloeb.Approve})},
	{"assignment", always(forloeb.Assign{Consultant: uuid.Max, Reason: someReason})},
	{"release", always(forloeb.Release{Reason: someReason})},
	{"meetings", anyMeeting},
	{"meetings/held", anyHeld},
	{"extra-meetings", always(forloeb.GrantExtra{N: 1, Reason: someReason})},
	{"finish", always(forloeb.FinishMeetings{Reason: someReason})},
	{"withdraw", always(forloeb.Withdraw{Reason: someReason})},
	{"stop", always(forloeb.Stop{Reason: someReason})},
	{"reopen", always(forloeb.Reopen{Reason: someReason})},
}

func always(d forloeb.Deed) func(staffCase) forloeb.Deed {
	return func(staffCase) forloeb.Deed { return d }
}

// possible lists what this member of the staff can do to a forløb now.
func (s *Server) possible(f *forloeb.Forloeb, by forloeb.Principal, now time.Time) []string {
	list := []string{}
	k := staffCase{Forloeb: f, By: by, Now: now}
	for _, w := range waysForward {
		allowed := s.policies[http.MethodPost+" /api/v1/forloeb/{id}/"+w.path].roles
		if slices.Contains(allowed, by.Role) && f.Judge(w.example(k), by.Actor(), now) == nil {
			list = append(list, w.path)
		}
	}
	return list
}
