package api

import (
	"context"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

var assignAct = act{
	path: "tildel", label: "Vælg konsulent", relabel: assignLabel, about: "Se, hvem der passer og har plads. Konsulenten får en mail.",
	done: "Konsulenten er valgt.", roles: byRunners, find: findCandidates,
	likely:  []forloeb.Status{forloeb.AwaitingConsultant},
	settles: []forloeb.TaskKind{forloeb.TaskNoConsultant, forloeb.TaskRecused},
	example: always(toAnybody),
	mails:   assignMails,
	form:    assignForm,
	dress:   newAssignPage,
	deed: func(k staffCase, sent url.Values) (forloeb.Deed, []fieldError) {
		chosen := slices.IndexFunc(k.Candidates, func(c candidate) bool { return c.ID.String() == sent.Get("consultant") })
		if chosen < 0 {
			return nil, []fieldError{{"consultant", k.say("Vælg en konsulent.")}}
		}
		d := forloeb.Assign{Consultant: k.Candidates[chosen].ID, Reason: sent.Get("reason"), Handover: sent.Get(handoverField)}
		if reasoned := chosen > 0 || !k.Candidates[chosen].Fits() || k.Chosen() != nil; reasoned && forloeb.CleanText(d.Reason) == "" {
			return d, []fieldError{{"reason", (&forloeb.Refusal{Code: forloeb.RefuseNoReason}).Danish()}}
		}
		return d, handoverWrong(sent)
	},
}

// toAnybody gives the forløb to somebody who is not chosen yet.
var toAnybody = forloeb.Assign{Consultant: uuid.Max, Reason: someReason}

func assignLabel(k staffCase) string {
	if k.Chosen() == nil {
		return "Vælg konsulent"
	}
	return "Skift konsulent"
}

// candidate is somebody the forløb can be given to.
type candidate struct {
	forloeb.Ranked
	Leaves []forloeb.Leave // from today on
}

// onlyFull reports whether room is all that is missing, now or for somebody new.
func (c candidate) onlyFull() bool {
	return !slices.ContainsFunc(c.Obstacles, func(o string) bool { return o != forloeb.ObstacleCapacity && o != forloeb.ObstacleNew })
}

// findCandidates adds everybody who can be given the forløb, in the order in
// which matching would take them; those who only lack room before those whom
// it does not suit. One who has stopped cannot log in.
func findCandidates(s *Server, c *gin.Context, k *staffCase) (err error) {
	if k.Candidates, err = s.candidates(c.Request.Context(), *k); err != nil {
		return err
	}
	return s.findEarlier(c, k)
}

func (s *Server) candidates(ctx context.Context, k staffCase) (list []candidate, err error) {
	ranked, err := s.store.Ranking(ctx, k.ID)
	if err != nil {
		return nil, err
	}
	leaves, err := s.leaves(ctx)
	if err != nil {
		return nil, err
	}
	has := k.Chosen()
	for _, r := range ranked {
		if r.Active && (has == nil || has.ID != r.ID) {
			list = append(list, candidate{r, leaves[r.ID]})
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return a.group() - b.group() })
	return list, nil
}

func (c candidate) group() int {
	switch {
	case c.Fits():
		return 0
	case c.onlyFull():
		return 1
	}
	return 2
}

func (s *Server) leaves(ctx context.Context) (map[uuid.UUID][]forloeb.Leave, error) {
	rows, err := s.store.Consultants(ctx)
	leaves := map[uuid.UUID][]forloeb.Leave{}
	for _, r := range rows {
		leaves[r.ID] = r.Leaves
	}
	return leaves, err
}

// assignMails are those that follow at once, and those that wait for whoever is
// asked to say yes.
func assignMails(k staffCase, d forloeb.Deed) []mailing {
	taken, asks, then := *k.Forloeb, k.TakenAt(k.Now).IsZero(), whenTaken(k)
	taken.Policy.OfferDays = 0
	k.Forloeb = &taken
	mails := foreseen(k, d, newConsultantNoun)
	for i, m := range mails {
		if asks && m.Kind != forloeb.MailConsultantNew && m.Kind != forloeb.MailConsultantGone {
			mails[i] = m.when(then)
		}
	}
	return mails
}

// whenTaken is when an offer is the consultant's.
func whenTaken(k staffCase) string {
	return "Når konsulenten har sagt ja eller ikke har sagt nej i " + forloeb.WorkingDays(k.Policy.OfferDays) + ","
}

func assignForm(k staffCase, a asking) actForm {
	reason := a.reason()
	form := actForm{Effects: says(k, assignMails(k, toAnybody))}
	switch had := k.Assignment(); {
	case k.Offer() != nil:
		form.Lead = had.Consultant.Name + " er spurgt og har ikke svaret."
		form.Effects = append(form.Effects, had.Consultant.Name+" mister adgangen til sagen.")
	case had != nil:
		form.Lead = had.Consultant.Name + " har haft forløbet siden " + forloeb.Date(had.Since()) + "."
		form.Effects = append(form.Effects, had.Consultant.Name+" mister adgangen til sagen.")
		if k.NextMeeting(k.Now) != nil {
			form.Effects = append(form.Effects, "Aftalte møder står fast for parterne.")
		}
	case len(k.Candidates) > 0 && k.Candidates[0].Fits():
		reason.Hint = "Skal skrives, når du vælger en anden end den foreslåede. " + reason.Hint
	}
	form.Fields = []field{reason}
	if k.Consultant() != nil {
		form.Fields = append(form.Fields, a.handover(k))
	}
	return form
}

const handoverField = "handover"

// handover asks what the next consultant should know.
func (a asking) handover(k staffCase) field {
	f := a.text(handoverField, k.say("Overlevering til den næste konsulent"))
	f.Optional = true
	f.Hint = k.say("Hvor er I nået til, og hvad er aftalt? Den næste konsulent læser det på sagens side. Egne mødenotater følger ikke med. Skriv ikke om enkeltpersoner.")
	return f
}

// handoverWrong is what is wrong with it.
func handoverWrong(sent url.Values) []fieldError {
	if mistake, found := forloeb.HandoverMistake(sent.Get(handoverField)); found {
		return []fieldError{{handoverField, mistake.Danish()}}
	}
	return nil
}

func newAssignPage(k staffCase, plain actPage, a asking) shownAct {
	page := &assignPage{actPage: plain, Themes: themeLabels(k.Forloeb), Area: areaOf(k), StartBy: k.StartBy(), Before: earlierOf(k)}
	page.Choice = newInput(a.wrong, "consultant", k.say("Konsulent"), a.value("consultant", ""))
	for i, c := range k.Candidates {
		line := candidateLineOf(k, c, page.Choice.OptionID(i))
		line.Chosen = line.Value == page.Choice.Value
		if c.Fits() {
			line.Proposed = i == 0
			page.Fitting = append(page.Fitting, line)
			continue
		}
		page.UnfitOpen = page.UnfitOpen || line.Chosen
		page.Unfit = append(page.Unfit, line)
	}
	if page.Fitting != nil {
		page.Choice.Hint = "Øverst står den, vi ville vælge: Plads tæller mest, derefter temaer og område."
		return page
	}
	page.Nobody = nobodyFits(k)
	if k.Chosen() == nil {
		page.Button, page.Leave = "Tildel alligevel", "Lad det vente"
	}
	return page
}

// nobodyFits says what can be done when nobody with room suits the forløb.
func nobodyFits(k staffCase) string {
	had := k.Chosen()
	switch {
	case len(k.Candidates) == 0:
		return k.say("Der er ingen konsulenter at vælge imellem.")
	case had != nil:
		return "Du kan skifte alligevel og skrive hvorfor, eller lade " + had.Name + " beholde forløbet."
	case k.Policy.Chosen():
		return "Du kan tildele forløbet alligevel og skrive hvorfor, eller lade det vente."
	}
	return "Du kan tildele forløbet alligevel og skrive hvorfor, eller lade det vente. Vi leder igen " + forloeb.Date(k.MatchAgainAt()) + "."
}

// areaOf is "Silkeborg Kommune, Midtjylland".
func areaOf(k staffCase) string {
	if k.Lead().Region != "" {
		return k.Lead().Where()
	}
	return k.Lead().Where() + ", " + regionOf(k)
}

func regionOf(k staffCase) string {
	if region := k.Lead().Region; region != "" {
		return strings.TrimPrefix(forloeb.RegionLabel(region), "Region ")
	}
	m, _ := forloeb.MunicipalityByCode(k.Lead().Municipality)
	return strings.TrimPrefix(forloeb.RegionLabel(m.Region(k.Now)), "Region ")
}

func candidateLineOf(k staffCase, c candidate, id string) candidateLine {
	line := candidateLine{
		ID: id, Value: c.ID.String(), Name: c.Name, Themes: themesOf(k, c), Region: regionOf(k), Notes: notesOn(k, c),
		Room: strconv.Itoa(c.Load) + " af " + strconv.Itoa(c.Capacity) + " pladser brugt", Full: c.fails(forloeb.ObstacleCapacity), Barred: c.fails(forloeb.ObstacleInterest) || c.fails(forloeb.ObstacleRecused),
	}
	if c.fails(forloeb.ObstacleRegion) {
		line.Region = "Dækker ikke " + line.Region
	}
	return line
}

func (c candidate) fails(obstacle string) bool { return slices.Contains(c.Obstacles, obstacle) }

// themesOf says whether the candidate covers what is applied for.
func themesOf(k staffCase, c candidate) string {
	var missing []string
	programme, _ := forloeb.ProgrammeByCode(k.Programme)
	for _, code := range k.Application.Themes {
		if theme, _ := programme.Theme(code); !slices.Contains(c.Consultant.Themes, code) {
			missing = append(missing, theme.Short)
		}
	}
	switch n := len(k.Application.Themes); {
	case missing != nil:
		return "Dækker ikke " + strings.Join(missing, ", ")
	case n == 1:
		return "Dækker temaet"
	case n == 2:
		return "Dækker begge temaer"
	default:
		return "Dækker alle " + forloeb.Counted(n, "temaet", "temaer")
	}
}

// notesOn is what else speaks for or against the candidate.
func notesOn(k staffCase, c candidate) (notes []string) {
	for _, note := range []string{before(k, c), interest(c), k.knowsThePlace(c.ID)} {
		if note != "" {
			notes = append(notes, note)
		}
	}
	if c.fails(forloeb.ObstacleNew) {
		notes = append(notes, "Er ny og har fået et forløb inden for den sidste uge")
	}
	for i, l := range c.Leaves {
		if i == 0 && c.fails(forloeb.ObstacleLeave) {
			notes = append(notes, "Ferie til og med "+forloeb.ShortDate(l.To))
			continue
		}
		notes = append(notes, "Ferie "+forloeb.ShortDate(l.From)+"–"+forloeb.ShortDate(l.To))
	}
	return notes
}

// before is how the candidate lost the forløb, when they have had it.
func before(k staffCase, c candidate) string {
	for _, a := range slices.Backward(k.Assignments) {
		if a.Consultant.ID != c.ID {
			continue
		}
		switch released := k.releasedBy(a); {
		case released.Kind == forloeb.ActorConsultant:
			return "Gav selv forløbet tilbage " + forloeb.ShortDate(a.Until)
		case a.Declined != "":
			return "Sagde nej " + forloeb.ShortDate(a.Until) + ": " + a.Declined.Label()
		case released.RunsForloeb():
			return "Blev frigjort " + forloeb.ShortDate(a.Until)
		}
		return "Havde forløbet til " + forloeb.ShortDate(a.Until)
	}
	if c.fails(forloeb.ObstacleConflict) {
		return "Har givet forløbet tilbage før"
	}
	return ""
}

// interest says why nobody may choose somebody.
func interest(c candidate) string {
	switch {
	case c.fails(forloeb.ObstacleInterest):
		return "Habilitet: har meldt sig selv ud og kan ikke få forløbet"
	case c.fails(forloeb.ObstacleRecused):
		return "Kan ikke: habilitet. Det er noteret på forhånd og skal ophæves først"
	}
	return ""
}

// releasedBy is who released a consultant; nobody when another one took over.
func (k staffCase) releasedBy(a forloeb.Assignment) (by forloeb.Actor) {
	for _, done := range k.Acts {
		if done.Name == forloeb.ConsultantReleased && done.At.Equal(a.Until) {
			by = done.Actor
		}
	}
	return by
}
