package api

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// wayForward is something staff can do: where, and an example that the domain
// judges to tell whether it is legal now. So there is no second table of what
// is legal when.
type wayForward struct {
	name    string // as programs read it
	route   string
	example func(k staffCase) forloeb.Deed
}

const someReason = "reason"

var waysForward = []wayForward{
	below("application", always(forloeb.ChangeApplication{})),
	below("assessment", always(forloeb.Decide{Decision: forloeb.Approve})),
	below("assignment", always(forloeb.Assign{Consultant: uuid.Max, Reason: someReason})),
	below("accept", always(forloeb.Accept{})),
	below("decline", always(forloeb.Decline{Reason: forloeb.DeclineNoRoom})),
	below("release", always(forloeb.Release{Reason: someReason})),
	below("meetings", anyMeeting),
	below("meetings/series", anyMeeting),
	below("meetings/held", anyHeld),
	below("plan", always(forloeb.WritePlan{Kind: forloeb.Arrangement, Text: unwritten})),
	below("extra-meetings", always(forloeb.GrantExtra{N: 1, Reason: someReason})),
	below("finish", always(forloeb.FinishMeetings{Reason: someReason})),
	below("deadline", oneDayMore),
	below("pause", pausedADay),
	below("ask-pause", always(forloeb.AskPause{Text: someReason})),
	below("resume", always(forloeb.ResumeForloeb{})),
	below("withdraw", always(forloeb.Withdraw{Reason: someReason})),
	below("stop", always(forloeb.Stop{Reason: someReason})),
	below("duplicate", always(forloeb.CloseDuplicate{Of: noReference})),
	below("reopen", always(forloeb.Reopen{Reason: someReason})),
	below("begin", always(forloeb.BeginShared{})),
}

// waysForParty are about one of the parties.
var waysForParty = []wayForward{
	below("parties/{party}/answer", saysYes),
	below("parties/{party}/address", toSomeAddress),
	below("parties/{party}/replace", bySomebody),
}

// waysForWorkplace are about one of the workplaces.
var waysForWorkplace = []wayForward{
	below("workplaces/{workplace}/leave", leavesNow),
	below("workplaces/{workplace}/ask-again", comesAgain),
	below("workplaces/{workplace}/guests", someGuest),
}

// waysForGuest are about one of the mødedeltagere.
var waysForGuest = []wayForward{below("guests/{guest}/remove", removesGuest)}

// waysForMeeting are about one of the meetings.
var waysForMeeting = []wayForward{
	{"move", http.MethodPatch + " /api/v1/meetings/{id}", anyOtherTime},
	{"prep-task", http.MethodPost + " /api/v1/meetings/{id}/prep-task", func(k staffCase) forloeb.Deed {
		return forloeb.WritePrepTask{Meeting: k.Which.ID, Text: unwritten}
	}},
	{"held", http.MethodPost + " /api/v1/meetings/{id}/held", func(k staffCase) forloeb.Deed {
		return forloeb.RegisterMeeting{Meeting: k.Which.ID, Held: true}
	}},
	{"no-show", http.MethodPost + " /api/v1/meetings/{id}/no-show", func(k staffCase) forloeb.Deed {
		return forloeb.RegisterMeeting{Meeting: k.Which.ID}
	}},
	{"cancel", http.MethodPost + " /api/v1/meetings/{id}/cancel", func(k staffCase) forloeb.Deed {
		return forloeb.CancelMeeting{Meeting: k.Which.ID}
	}},
}

// below is a path below the forløb's.
func below(path string, example func(k staffCase) forloeb.Deed) wayForward {
	return wayForward{path, http.MethodPost + " /api/v1/forloeb/{id}/" + path, example}
}

func always(d forloeb.Deed) func(staffCase) forloeb.Deed {
	return func(staffCase) forloeb.Deed { return d }
}

// possible lists what this member of the staff can do to a forløb now.
func (s *Server) possible(f *forloeb.Forloeb, by forloeb.Principal, now time.Time) []string {
	k := staffCase{Forloeb: f, By: by, Now: now}
	list := s.open(waysForward, k)
	for i := range f.Workplaces {
		k.Place = &f.Workplaces[i]
		for _, name := range s.open(waysForWorkplace, k) {
			list = append(list, strings.Replace(name, "{workplace}", k.Place.ID.String(), 1))
		}
	}
	for i := range f.Guests {
		k.Comer = &f.Guests[i]
		for _, name := range s.open(waysForGuest, k) {
			list = append(list, strings.Replace(name, "{guest}", k.Comer.ID.String(), 1))
		}
	}
	for _, k.Whom = range f.CurrentParties() {
		for _, name := range s.open(waysForParty, k) {
			list = append(list, strings.Replace(name, "{party}", k.Whom.ID.String(), 1))
		}
	}
	return list
}

// possibleWith lists what they can do to one of its meetings.
func (s *Server) possibleWith(meeting uuid.UUID, f *forloeb.Forloeb, by forloeb.Principal, now time.Time) []string {
	return s.open(waysForMeeting, staffCase{Forloeb: f, By: by, Now: now, Which: f.Meeting(meeting)})
}

// open names the ways that the one who asks may go, and that are legal now.
func (s *Server) open(ways []wayForward, k staffCase) []string {
	list := []string{}
	for _, w := range ways {
		if slices.Contains(s.policies[w.route].roles, k.By.Role) && k.Judge(w.example(k), k.By.Actor(), k.Now) == nil {
			list = append(list, w.name)
		}
	}
	return list
}
