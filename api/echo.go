package api

import (
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// The steps of an act that is said back before it is done. Each button sends
// the whole form, so that nothing is kept on the way.
const (
	stepName    = "step"
	stepDo      = "gem"
	stepBack    = "ret"
	stepPropose = "foreslaa"
)

// echoPage says back what was typed, with the day of the week, and what must
// be ticked off, before it is done.
//
// States: one meeting, or several; with something to tick off, before and
// after it was forgotten; with other dates to ask for.
type echoPage struct {
	Base
	Case       caseHead
	Subheading string
	Heading    string
	Note       string
	Facts      []fact
	Effects    []string
	Action     string
	Version    string
	Hidden     []fact
	Ticks      []field
	Button     string
	Wish       []field // which dates to propose instead
	WishOpen   bool

	slots []slot
}

func (*echoPage) template() string { return "echo" }

func (p *echoPage) status() int {
	if p.Errors != nil {
		return http.StatusUnprocessableEntity
	}
	return http.StatusOK
}

// fact is a label and what stands beside it.
type fact struct{ Label, Value string }

// carried is what the page carries on of what was typed.
var carried = []string{"date", "start", "length", "where", "place", placesField, prepField}

// says back what was typed for an act, which has been read before.
func (a *act) saysBack(k staffCase, sent url.Values) *echoPage {
	slots, _ := readSlots(sent)
	slices.SortFunc(slots, func(a, b slot) int { return a.From.Compare(b.From) })
	place, _ := readPlace(sent)
	deeds, _ := a.read(k, sent)
	page := &echoPage{
		Case: headOf(k), Heading: "Passer datoerne?", Effects: says(k, a.follows(k, deeds)),
		Action: a.address(k), Version: sent.Get(versionName), slots: slots,
	}
	if len(slots) == 1 {
		page.Heading = whenWords(slots[0]) + " – passer det?"
	} else {
		for _, s := range slots {
			page.Facts = append(page.Facts, fact{numbered(k.with(slots).numberAt(s)), whenWords(s)})
		}
	}
	page.Facts = append(page.Facts, fact{"Sted", placeWords(place)})
	for _, name := range carried {
		for _, value := range sent[name] {
			page.Hidden = append(page.Hidden, fact{name, value})
		}
	}
	for i, s := range slots {
		page.concerns(k.with(slots[:i]), s, strconv.Itoa(i+1), sent)
	}
	a.echo(k, sent, page)
	return page
}

// follows are the mails that follow from deeds done together.
func (a *act) follows(k staffCase, deeds []forloeb.Deed) (mails []mailing) {
	for _, d := range deeds {
		mails = append(mails, a.mails(k, d)...)
	}
	return mails
}

func whenWords(s slot) string { return forloeb.Capital(forloeb.Interval(s.From, s.To)) }

// with is the forløb as it will be when meetings are booked at these times.
func (k staffCase) with(slots []slot) staffCase {
	f := *k.Forloeb
	f.Meetings = slices.Clone(f.Meetings)
	for _, s := range slots {
		f.Meetings = append(f.Meetings, forloeb.Meeting{ID: uuid.New(), State: forloeb.Booked, StartsAt: s.From, EndsAt: s.To})
	}
	k.Forloeb = &f
	return k
}

// numberAt is what a meeting at this time is called.
func (k staffCase) numberAt(s slot) int {
	return k.MeetingNumber(&forloeb.Meeting{ID: k.meetingID(), StartsAt: s.From})
}

// meetingID is the meeting that the address names; nil for a new one.
func (k staffCase) meetingID() uuid.UUID {
	if k.Which == nil {
		return uuid.Nil
	}
	return k.Which.ID
}

// notTicked is said when something is left.
const notTicked = "Sæt kryds ved det hele, eller ret tidspunktet."

// concerns asks to tick off what speaks against a time.
func (p *echoPage) concerns(k staffCase, s slot, line string, sent url.Values) {
	id := "sure-" + line
	ticks := field{ID: id, Name: id, Control: "checkboxes", Label: "Sæt kryds, hvis det er meningen.", Values: sent[id]}
	if len(p.slots) > 1 {
		ticks.Label = whenWords(s) + ": " + ticks.Label
	}
	left := false
	for _, c := range k.Concerns(k.Diary, k.meetingID(), s.From, s.To, k.Now) {
		o := option{Value: string(c.Code) + " " + c.Date.Format(time.RFC3339), Label: k.concernWords(c)}
		left = left || !slices.Contains(ticks.Values, o.Value)
		ticks.Options = append(ticks.Options, o)
	}
	if left && sent.Get(stepName) == stepDo {
		ticks.Wrong = []string{notTicked}
		p.Errors = append(p.Errors, fieldError{id, notTicked})
	}
	if len(ticks.Options) > 0 {
		p.Ticks = append(p.Ticks, ticks)
	}
}

// concernWords speaks to the consultant of their own calendar.
func (k staffCase) concernWords(c forloeb.Concern) string {
	if k.By.Role == forloeb.RoleConsultant {
		return c.Danish()
	}
	return k.say(c.DanishToOthers())
}
