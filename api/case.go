package api

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// showCase is one forløb as staff see it.
func (s *Server) showCase(c *gin.Context) error {
	k := caseOf(c)
	remarks, err := s.store.Remarks(c.Request.Context(), k.ID)
	if err != nil {
		return err
	}
	if k.runs() {
		if k.Handlings, err = s.store.Handlings(c.Request.Context(), k.ID); err != nil {
			return err
		}
		if k.Notes, err = s.store.Notes(c.Request.Context(), k.ID); err != nil {
			return err
		}
	}
	if k.Area == secretariatArea && !k.Status.Closed() {
		if k.Alike, err = s.store.Alike(c.Request.Context(), k.ID); err != nil {
			return err
		}
	}
	if err := s.findEarlier(c, &k); err != nil {
		return err
	}
	page := newCasePage(k)
	isHandover := func(r forloeb.Remark) bool { return r.Kind == forloeb.RemarkHandover }
	isOther := func(r forloeb.Remark) bool { return !isHandover(r) }
	name := func(by forloeb.Actor) string { return s.nameOf(c, k, by) }
	page.Remarks = remarksOf(k, slices.DeleteFunc(slices.Clone(remarks), isHandover), name)
	page.Handovers = remarksOf(k, slices.DeleteFunc(remarks, isOther), name)
	page.Elsewhere = s.elsewhere(k)
	return s.write(c, http.StatusOK, page)
}

func newCasePage(k staffCase) *casePage {
	page := &casePage{
		Case: headOf(k), Back: foundIn(k), Type: strings.ToLower(typeOf(k.Forloeb).Label), Badge: badgeOf(k.Forloeb, k.Now),
		Facts: factsOf(k), Themes: themeLabels(k.Forloeb), Erased: k.Anonymised(), Waiting: staffWaiting(k), Chosen: chosenBy(k), Tasks: tasksOf(k), TasksOn: tasksOn(k),
		Open: !k.Status.Closed(), Application: freeze(k.Forloeb), Revision: revisionOf(k),
		Places: placesOf(k), Parties: partiesOf(k, true), Former: partiesOf(k, false), Consultant: consultantOf(k), Predecessors: predecessorsOf(k),
		Held: heldOf(k), Meetings: meetingsOf(k), Mails: countMails(k),
	}
	page.Guests = guestsAt(k, &k.Workplaces[0])
	if k.Planned() || len(k.Plans) > 0 {
		page.Plans = plansOf(k.Forloeb)
	}
	if planAct.legal(k) {
		page.PlanWay = wayOn{Label: planAct.labelled(k), Address: planAct.address(k)}
	}
	if k.Shared() {
		page.Joined = forloeb.Capital(joinedWords(k)) + "."
	}
	if page.Notes = notesOf(k, k.Notes); k.runs() && !k.Anonymised() {
		page.NewNote, page.NotesFor = notesAddress(k)+"/nyt", whoReadsNotes(k)
	}
	if k.Area == secretariatArea {
		page.Access = accessAddress(k)
	}
	page.Twins, page.Alike, page.Before = twinsOf(k), alikeOf(k), earlierOf(k)
	page.Acts, page.MoreActs = actsOf(k)
	page.Earlier, page.Timeline = folded(staffTimeline(k))
	return page
}

// foundIn is where staff look for a forløb.
func foundIn(k staffCase) wayOn {
	if k.Area == consultantArea {
		return wayOn{Label: "Mine forløb", Address: consultantArea + "/forloeb"}
	}
	if k.Area == providerArea {
		return wayOn{Label: "Vores forløb", Address: providerArea + "/forloeb"}
	}
	return wayOn{Label: "Forløb", Address: listPath}
}

func typeOf(f *forloeb.Forloeb) forloeb.ForloebType {
	programme, _ := forloeb.ProgrammeByCode(f.Programme)
	t, _ := programme.Type(f.Type)
	return t
}

func factsOf(k staffCase) string {
	programme, _ := forloeb.ProgrammeByCode(k.Programme)
	a := freeze(k.Forloeb)
	if k.Shared() {
		return strings.Join([]string{a.Municipality, forloeb.Counted(len(k.Workplaces)-1, "én arbejdsplads", "arbejdspladser"), programme.Name}, " · ")
	}
	return strings.Join([]string{a.Municipality, a.Sector, a.Employees + " ansatte", programme.Name}, " · ")
}

const behind = "Sidste hændelse er endnu ikke behandlet. Det sker normalt inden for et minut."

// staffWaiting says what the forløb waits for, and to whom it is said that
// it is them.
func staffWaiting(k staffCase) waitingBox {
	live := k.Home() + livePath
	if !k.Settled() {
		return waitingBox{Sentence: behind, Refresh: refreshAfter, Live: live}
	}
	w := k.waitingTo()
	box := waitingBox{Sentence: w.Sentence(), On: w.Awaited(), Live: live}
	box.OnYou = w.Whom() == forloeb.WhomConsultant && k.By.Role == forloeb.RoleConsultant
	if w.Whom() == forloeb.WhomProvider && k.By.Role == forloeb.RoleProvider {
		box.On = "jer"
	}
	return box
}

// waitingTo is what the forløb waits for, as the reader of these pages is told.
func (k staffCase) waitingTo() forloeb.Waiting {
	if k.Area == consultantArea {
		return k.Waiting(k.Now).Own()
	}
	return k.Waiting(k.Now)
}

// chosenBy tells a provider by when the workplace that chose it is to hear from
// it.
func chosenBy(k staffCase) string {
	w := k.Waiting(k.Now)
	if k.Area != providerArea || !k.Settled() || w.Key != forloeb.WaitAssignProvider || w.Deadline.IsZero() {
		return ""
	}
	return "Arbejdspladsen valgte jer " + forloeb.Date(k.CreatedAt) + ". Kontakt parterne senest " + forloeb.Date(w.Deadline) + "."
}

func tasksOn(k staffCase) string {
	if k.Area == providerArea {
		return "jer"
	}
	return "sekretariatet"
}

func revisionOf(k staffCase) string {
	if k.Application.Revision == 1 {
		return "Som den blev sendt " + forloeb.Date(k.Application.At) + "."
	}
	return "Udgave " + strconv.Itoa(k.Application.Revision) + " fra " + forloeb.Date(k.Application.At) + "."
}

// Of a long past, the latest is shown and the rest is folded.
const (
	longPast = 10
	latePast = 6
)

func folded(items []timelineItem) (earlier, shown []timelineItem) {
	n := 0
	for n < len(items) && items[n].When == past {
		n++
	}
	if n <= longPast {
		return nil, items
	}
	return items[:n-latePast], items[n-latePast:]
}

// staffTimeline is what has happened and what comes, as staff are told it.
func staffTimeline(k staffCase) (items []timelineItem) {
	for _, m := range k.Timeline(k.Now, forloeb.Staff) {
		items = append(items, itemOf(m))
	}
	return anchored(items)
}

// anchored gives each line an address: what has happened keeps its number.
func anchored(items []timelineItem) []timelineItem {
	for i := range items {
		switch items[i].When {
		case past:
			items[i].ID = "haendelse-" + strconv.Itoa(i+1)
		case next:
			items[i].ID = "naeste"
		}
	}
	return items
}

// remarksOf is what people wrote, as far as this reader may see it.
func remarksOf(k staffCase, remarks []forloeb.Remark, name func(forloeb.Actor) string) (list []caseRemark) {
	for _, r := range readable(k.Forloeb, k.By, remarks) {
		what := k.RemarkTitle(r)
		if a := k.ActOf(r); a != nil {
			what += ", " + forloeb.Date(a.At)
			if a.Actor.RunsForloeb() || a.Actor.Kind == forloeb.ActorConsultant {
				what += " (" + name(a.Actor) + ")"
			}
		}
		list = append(list, caseRemark{What: what, Text: r.Text})
	}
	return list
}

// readable leaves out what the secretariat alone was promised to read, also by a
// consultant before this one.
func readable(f *forloeb.Forloeb, by forloeb.Principal, remarks []forloeb.Remark) []forloeb.Remark {
	if slices.Contains(bySecretariat, by.Role) {
		return remarks
	}
	return slices.DeleteFunc(slices.Clone(remarks), func(r forloeb.Remark) bool { return r.SecretariatOnly() || f.Earlier(r) })
}

// elsewhere are other views of the forløb, for those who operate the product.
func (s *Server) elsewhere(k staffCase) (ways []wayOn) {
	if k.Area == secretariatArea && s.config.WorkflowPage != nil {
		ways = append(ways, wayOn{Label: "Se forløbet i Temporal", Address: s.config.WorkflowPage(k.ID)})
	}
	if s.config.Development {
		ways = append(ways, wayOn{Label: "Udvikling: Spol frem", Address: developmentAddress(k.ID)})
	}
	return ways
}
