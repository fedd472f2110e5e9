package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Registering a meeting is one question with two buttons, so that it is done
// in two taps from the consultant's day. Its address is also where the answer
// stands afterwards, and what comes of it.

const (
	noteLabel      = "Notér mødet"
	registerPath   = "/noter"
	correctingName = "ret" // asks again about a meeting that was registered
	heldName       = "held"
	seenName       = "seen" // what stood about the meeting when it was asked
)

func registerAddress(k staffCase, meeting uuid.UUID) string {
	return k.Home() + "/moeder/" + meeting.String() + registerPath
}

// registerRoutes are the page in every area.
func (s *Server) registerRoutes() (routes []route) {
	for _, p := range caseAreas {
		path := p.path + "/forloeb/{id}/moeder/{meeting}" + registerPath
		routes = append(routes, pageAt(http.MethodGet, path, p.policy, s.showRegister), pageAt(http.MethodPost, path, p.policy, s.sendRegister))
	}
	return routes
}

// showRegister asks, or says what was answered.
func (s *Server) showRegister(c *gin.Context) error {
	k := caseOf(c)
	if err := findMeeting(s, c, &k); err != nil {
		return err
	}
	if k.Which.State == forloeb.Booked || k.Which.State == forloeb.Cancelled {
		if err := k.register(true); err != nil {
			return err
		}
		return s.write(c, http.StatusOK, newRegisterPage(k))
	}
	if c.Query(correctingName) != "" && k.correctable() {
		return s.write(c, http.StatusOK, newRegisterPage(k))
	}
	return s.write(c, http.StatusOK, newRegisteredPage(k))
}

// What the page says after the answer.
const (
	doneRegistered = "noteret"
	doneBefore     = "var-noteret"
)

// sendRegister writes the answer. One that has been given already, twice or
// by a colleague, is shown.
func (s *Server) sendRegister(c *gin.Context) error {
	k := caseOf(c)
	if err := findMeeting(s, c, &k); err != nil {
		return err
	}
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	answer, page := c.Request.PostForm.Get(heldName), registerAddress(k, k.Which.ID)
	deed := forloeb.RegisterMeeting{Meeting: k.Which.ID, Held: answer == "ja"}
	switch {
	case answer != "ja" && answer != "nej":
		return seeOther(c, page)
	case c.Request.PostForm.Get(seenName) != string(k.Which.State), deed.State() == k.Which.State:
		return seeOther(c, withDone(page, doneBefore))
	}
	if err := s.record(c.Request.Context(), k.ID, k.By.Actor(), deed); err != nil {
		return err
	}
	return seeOther(c, withDone(page, doneRegistered))
}

// register asks whether the answer would be legal.
func (k staffCase) register(held bool) error {
	return k.Judge(forloeb.RegisterMeeting{Meeting: k.Which.ID, Held: held}, k.By.Actor(), k.Now)
}

// registrable reports whether it can be said now if the meeting was held.
func (k staffCase) registrable() bool { return k.register(true) == nil }

// correctable reports whether the answer can be changed to the other one.
func (k staffCase) correctable() bool {
	registered := k.Which.State == forloeb.Held || k.Which.State == forloeb.NoShow
	return registered && k.register(k.Which.State == forloeb.NoShow) == nil
}

// correctAddress is where the question is asked again.
func correctAddress(k staffCase) string {
	return registerAddress(k, k.Which.ID) + "?" + correctingName + "=1"
}

func newRegisterPage(k staffCase) *registerPage {
	page := &registerPage{Case: headOf(k), Meeting: k.meetingName(), Question: question(k.Which), Action: registerAddress(k, k.Which.ID), Seen: string(k.Which.State)}
	if k.Which.State != forloeb.Booked {
		page.Now = "Mødet er noteret som " + strings.ToLower(k.Which.State.Label()) + "."
		page.Effects = k.corrected()
		return page
	}
	if after := k.answered(true); after.over() {
		page.Effects = append([]string{"Blev det holdt, var det det sidste møde."}, says(k, []mailing{endMail(after, k.Now)})...)
	}
	return page
}

const notCounted = "Et møde, der ikke blev holdt, tæller ikke med."

// question leaves out the day of the week, which is of no help in a car park.
func question(m *forloeb.Meeting) string {
	_, day, _ := strings.Cut(forloeb.Date(m.StartsAt), " ")
	return "Blev mødet " + day + " holdt?"
}

// meetingName is "Møde 2", and "Mødet" of one that does not count.
func (k staffCase) meetingName() string {
	if k.Which.State == forloeb.NoShow || k.Which.State == forloeb.Cancelled {
		return "Mødet"
	}
	return numbered(k.MeetingNumber(k.Which))
}

// corrected is what the other answer does to the questionnaire.
func (k staffCase) corrected() (effects []string) {
	held := k.Which.State == forloeb.NoShow
	before, after := asksAt(k.Forloeb), asksAt(k.answered(held).Forloeb)
	if held {
		effects = append(effects, "Retter du det, tæller mødet med.")
	} else {
		effects = append(effects, "Retter du det, tæller mødet ikke med.")
	}
	switch {
	case before.IsZero() && !after.IsZero():
		effects = append(effects, "Så er det sidste møde holdt, og spørgeskemaet kommer "+forloeb.Date(after)+".")
		effects = append(effects, says(k, []mailing{endMail(k.answered(held), k.Now)})...)
	case !before.IsZero() && after.IsZero():
		effects = append(effects, "Spørgeskemaet kommer ikke "+forloeb.Date(before)+", men "+k.Policy.Evaluations.After()+" det sidste møde.")
	case !before.Equal(after):
		effects = append(effects, "Spørgeskemaet kommer "+forloeb.Date(after)+" i stedet for "+forloeb.Date(before)+".")
	}
	return effects
}

// answered is the forløb as the answer would leave it.
func (k staffCase) answered(held bool) staffCase {
	f := *k.Forloeb
	f.Meetings = slices.Clone(f.Meetings)
	f.Meeting(k.Which.ID).State = forloeb.RegisterMeeting{Held: held}.State()
	if f.HeldCount() == 0 {
		f.FinishedAt = time.Time{}
	}
	k.Forloeb = &f
	return k
}

// asksAt is when the questionnaire comes, once the last meeting is held; zero
// before that.
func asksAt(f *forloeb.Forloeb) time.Time {
	if f.BookedCount() > 0 || f.FinishedAt.IsZero() && f.HeldCount() < f.Required() {
		return time.Time{}
	}
	return f.EvaluationAt()
}

func newRegisteredPage(k staffCase) *registeredPage {
	page := &registeredPage{Case: headOf(k), When: whenWords(slot{k.Which.StartsAt, k.Which.EndsAt}), Next: k.comesNext(), Ways: k.waysOn()}
	page.Heading = k.meetingName() + " blev holdt"
	if k.Which.State == forloeb.NoShow {
		page.Heading, page.Counts = "Mødet blev ikke holdt", notCounted
	}
	if k.correctable() {
		page.Correct, page.Until = correctAddress(k), k.CorrectUntil(k.Which)
	}
	if k.mayNote() {
		page.Notes = ownNotesAddress(k)
	}
	return page
}

// comesNext says what follows: the next meeting, the questionnaire, or that a
// meeting must be found.
func (k staffCase) comesNext() string {
	held := strconv.Itoa(k.HeldCount()) + " af " + strconv.Itoa(k.Required()) + " møder er holdt"
	switch next, asks := k.NextMeeting(k.Now), asksAt(k.Forloeb); {
	case k.Status.Closed():
		return ""
	case next != nil:
		return held + ". Møde " + strconv.Itoa(k.MeetingNumber(next)) + " er " + forloeb.Interval(next.StartsAt, next.EndsAt) + "."
	case k.BookedCount() > 0:
		return held + ". Der er endnu et møde, som ikke er noteret."
	case !asks.IsZero():
		return held + ". Det var det sidste, og spørgeskemaet kommer " + forloeb.Date(asks) + "."
	}
	return held + ", og det næste er ikke aftalt."
}

// waysOn are what may be done now that the meeting is over.
func (k staffCase) waysOn() (ways []wayOn) {
	offer := func(a *act, label string) {
		if a.legal(k) {
			ways = append(ways, wayOn{Label: label, Address: a.address(k)})
		}
	}
	label := "Aftal møde " + strconv.Itoa(k.nextNumber())
	if k.Which.State == forloeb.NoShow {
		label = "Aftal et nyt møde"
	}
	offer(&bookAct, label)
	offer(&proposeAct, "Foreslå "+strconv.Itoa(k.MissingMeetings())+" datoer")
	if k.MissingMeetings() == 0 && k.BookedCount() == 0 {
		offer(&extraAct, extraAct.label)
	} else if k.Which.State == forloeb.Held {
		offer(&finishAct, finishAct.label)
	}
	return ways
}
