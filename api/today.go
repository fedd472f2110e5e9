package api

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// taskSort is a group of the morning page.
type taskSort struct {
	label string
	kinds []forloeb.TaskKind
}

// taskSorts are the groups in their order: what stops a forløb comes first.
var taskSorts = []taskSort{
	{"Mails, der ikke nåede frem", []forloeb.TaskKind{forloeb.TaskMail, forloeb.TaskMailHeld}},
	{"Ansøgninger, der skal vurderes", []forloeb.TaskKind{forloeb.TaskAssess}},
	{"Ingen konsulent", []forloeb.TaskKind{forloeb.TaskNoConsultant}},
	{"Konsulentens habilitet", []forloeb.TaskKind{forloeb.TaskRecused}},
	{"Første møde er ikke aftalt", []forloeb.TaskKind{forloeb.TaskFirstMeeting}},
	{"Næste møde er ikke aftalt", []forloeb.TaskKind{forloeb.TaskNextMeeting}},
	{"Møder, der ikke er noteret", []forloeb.TaskKind{forloeb.TaskRegister}},
	{"Ikke begyndt i tide", []forloeb.TaskKind{forloeb.TaskStart}},
	{"Bad om en ændring", []forloeb.TaskKind{forloeb.TaskContested, forloeb.TaskFix, forloeb.TaskWrongPerson, forloeb.TaskPartyLeft, forloeb.TaskPauseAsked, forloeb.TaskReopenAsked}},
	{"Værd at se på", []forloeb.TaskKind{forloeb.TaskSignature, forloeb.TaskSharedMailbox, forloeb.TaskPrivateMailbox, forloeb.TaskSameDevice, forloeb.TaskOpenTooLong, forloeb.TaskTooFew, forloeb.TaskNobodyAnswered}},
}

// today is what the morning page is made of.
type today struct {
	bureau
	Now     time.Time // real time
	By      forloeb.Principal
	Tasks   forloeb.TaskPage
	PutOff  []forloeb.TaskRow              // to a later day
	Settled []forloeb.SettledTask          // since the last working day
	Cases   map[uuid.UUID]*forloeb.Forloeb // those of the tasks that are not settled
	Open    map[forloeb.TaskKind]int       // on every page, whoever has them
	Alike   []forloeb.Alike                // among the latest applications; the secretariat's only
	Held    []forloeb.HeldMail             // requests that are settled together; the secretariat's only
	Runs    int                            // open forløb
	Ended   string                         // said when the agreement is over; a provider's only

	Mine   bool // only what the reader has taken is shown
	Cursor string
	wish
}

// showToday is what the secretariat, or a provider, begins the day with.
func (s *Server) showToday(c *gin.Context) error {
	d, err := s.readToday(c.Request.Context(), c.Query("fra"), c.Query(shows))
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, newTodayPage(d))
}

func (s *Server) readToday(ctx context.Context, cursor, show string) (d today, err error) {
	d = today{bureau: bureauOf(principal(ctx)), Now: s.now(), By: principal(ctx), Cursor: cursor}
	d.Ended = s.ended(ctx, d.bureau)
	d.Mine = d.known(show, "hvis opgaver der skulle vises", func(v string) bool { return v == showsOwn }) != ""
	if err := s.readPile(ctx, &d); err != nil {
		return d, err
	}
	if d.Open, err = s.store.OpenTasks(ctx); err != nil {
		return d, err
	}
	if d.provider == "" {
		if d.Alike, err = s.store.AlikeLately(ctx); err != nil {
			return d, err
		}
		if d.Held, err = s.store.HeldForMany(ctx); err != nil {
			return d, err
		}
	}
	statuses, err := s.store.StatusCounts(ctx)
	for status, n := range statuses {
		if !status.Closed() {
			d.Runs += n
		}
	}
	return d, err
}

// readPile reads the tasks: those that wait, and beside them those that do not.
func (s *Server) readPile(ctx context.Context, d *today) (err error) {
	filter := forloeb.TaskFilter{Which: forloeb.TasksWaiting, Cursor: d.Cursor}
	if d.Mine {
		filter.Holder = d.By.ID
	} else {
		filter.NoHeld = d.provider == ""
	}
	d.Tasks, err = s.store.Tasks(ctx, filter)
	if errors.Is(err, forloeb.ErrBadCursor) {
		d.ignore(lostPlace)
		d.Cursor, filter.Cursor = "", ""
		d.Tasks, err = s.store.Tasks(ctx, filter)
	}
	if err != nil {
		return err
	}
	later, err := s.store.Tasks(ctx, forloeb.TaskFilter{Which: forloeb.TasksPutOff})
	if err != nil {
		return err
	}
	d.PutOff = later.Rows
	if d.Settled, err = s.store.SettledSince(ctx, forloeb.LastWorkingDay(d.Now)); err != nil {
		return err
	}
	d.Cases, err = s.casesOf(ctx, slices.Concat(d.Tasks.Rows, d.PutOff))
	return err
}

// casesOf reads the forløb of a page of tasks whole: the sentence about a task
// may need any fact. It is a millisecond each.
func (s *Server) casesOf(ctx context.Context, tasks []forloeb.TaskRow) (map[uuid.UUID]*forloeb.Forloeb, error) {
	cases := map[uuid.UUID]*forloeb.Forloeb{}
	for _, t := range tasks {
		if cases[t.ForloebID] != nil {
			continue
		}
		f, err := s.store.Forloeb(ctx, t.ForloebID)
		if err != nil {
			return nil, err
		}
		cases[t.ForloebID] = f
	}
	return cases, nil
}

func newTodayPage(d today) *todayPage {
	page := &todayPage{
		Heading: "I dag, " + forloeb.Date(d.Now), Ended: d.Ended, Count: d.count(), Ignored: d.ignored(), Groups: d.groups(),
		Live: liveStream{Address: d.stream().Address, One: "1 ny opgave. Genindlæs for at se den.", Many: "{n} nye opgaver. Genindlæs for at se dem."},
	}
	if d.provider == "" {
		page.Intakes = intakesPath
	}
	if len(page.Groups) == 0 {
		page.None = d.none()
	}
	if len(d.Held) > 0 && !d.Mine {
		page.Held, page.None = heldLine(len(d.Held)), ""
	}
	page.Whose = wayOn{Label: "Vis kun mine", Address: d.home() + "?" + shows + "=" + showsOwn}
	if d.Mine {
		page.Whose = wayOn{Label: "Vis alle opgaver", Address: d.home()}
	}
	page.Alike = alikePairs(d.Alike)
	page.PutOff, page.Settled = d.putOff(), d.settled()
	page.SettledSince = "Klaret siden " + forloeb.Since(forloeb.LastWorkingDay(d.Now), d.Now)
	if d.Tasks.Next != "" {
		page.Next = d.address("fra", d.Tasks.Next)
	}
	if d.Cursor != "" {
		page.First = d.address("", "")
	}
	return page
}

// address is this page's, with something more.
func (d *today) address(name, value string) string {
	query := url.Values{}
	if d.Mine {
		query.Set(shows, showsOwn)
	}
	if name != "" {
		query.Set(name, value)
	}
	if len(query) == 0 {
		return d.home()
	}
	return d.home() + "?" + query.Encode()
}

// putOff are the tasks that come again, the soonest first.
func (d *today) putOff() (lines []taskLine) {
	rows := slices.SortedFunc(slices.Values(d.PutOff), func(a, b forloeb.TaskRow) int { return a.PutOff.Until.Compare(b.PutOff.Until) })
	for _, row := range rows {
		lines = append(lines, d.line(row))
	}
	return lines
}

// settled are the tasks that are no more.
func (d *today) settled() (lines []settledLine) {
	for _, t := range d.Settled {
		when := forloeb.Since(t.ClosedAt, t.Now) + " " + forloeb.Clock(t.ClosedAt) + "."
		line := settledLine{Reference: t.Reference, Workplace: t.Workplace, Address: d.list() + "/" + t.ForloebID.String(), What: d.say(t.Kind.Short())}
		switch {
		case t.By != "":
			line.How = "Lukket af " + t.By + " " + when
		case t.Claim.Taken():
			line.How = "Løst af sig selv " + when + " " + t.Claim.Name + " havde den."
		default:
			line.How = "Løst af sig selv " + when
		}
		lines = append(lines, line)
	}
	return lines
}

func (d *today) count() string {
	n := 0
	for _, open := range d.Open {
		n += open
	}
	if n == 0 {
		return ""
	}
	return forloeb.Number(n) + " ting venter på et menneske. Resten passer sig selv."
}

func (d *today) none() string {
	if d.Mine {
		return "Du har ikke taget nogen opgaver."
	}
	if d.provider != "" && d.Runs == 0 {
		return "I har ingen åbne forløb."
	}
	const nothing = "Intet venter på jer lige nu. "
	switch d.Runs {
	case 0:
		return nothing + "Der er ingen åbne forløb."
	case 1:
		return nothing + "1 forløb kører, som det skal."
	}
	return nothing + forloeb.Number(d.Runs) + " forløb kører, som de skal."
}

func (d *today) groups() (groups []taskGroup) {
	for _, sort := range taskSorts {
		group := taskGroup{Key: string(sort.kinds[0]), Label: d.say(sort.label)}
		for _, kind := range sort.kinds {
			if !d.Mine {
				group.Count += d.Open[kind]
			}
			if kind == forloeb.TaskMailHeld {
				group.Count = max(0, group.Count-len(d.Held))
			}
		}
		for _, row := range d.Tasks.Rows {
			if slices.Contains(sort.kinds, row.Kind) {
				group.Tasks = append(group.Tasks, d.line(row))
			}
		}
		if len(group.Tasks) > 0 {
			group.Count = max(group.Count, len(group.Tasks))
			groups = append(groups, group)
		}
	}
	return groups
}

func (d *today) line(row forloeb.TaskRow) taskLine {
	k := staffCase{Forloeb: d.Cases[row.ForloebID], By: d.By, Now: row.Now, Area: d.area}
	line := taskLine{
		caseTask: taskOf(k, row.Task, row.Handling), Row: strconv.FormatInt(row.ID, 10), Age: ageOf(k, row.Task),
		Reference: row.Reference, Place: placeOf(k), Address: withOrigin(k.Home()),
	}
	for i := range line.Ways {
		if strings.HasPrefix(line.Ways[i].Address, k.Home()) {
			line.Ways[i].Address = withOrigin(line.Ways[i].Address)
		}
	}
	line.Hold.About, line.Hold.Asked = " i sag "+row.Reference, d.asked()
	if line.Hold.Later != "" {
		line.Hold.Later += "?" + cameFrom + "=" + fromToday
		line.Hold.Note = notesAddress(k) + "/nyt?" + cameFrom + "=" + fromToday
	}
	if len(line.Ways) == 0 && line.Close == "" {
		line.Ways = []wayOn{{Label: "Se sagen", Address: withOrigin(k.Home() + "#" + line.ID)}}
	}
	return line
}

// withOrigin says in the address of a page that it was opened from a task.
func withOrigin(address string) string {
	page, place, found := strings.Cut(address, "#")
	page += "?" + cameFrom + "=" + fromToday
	if found {
		page += "#" + place
	}
	return page
}

// asked goes along with a form on this page, so that it leads back here.
func (d *today) asked() []option {
	asked := []option{{Label: cameFrom, Value: fromToday}}
	if d.Mine {
		asked = append(asked, option{Label: shows, Value: showsOwn})
	}
	return asked
}

// placeOf is the workplace and where it is; a forløb that is anonymised has
// lost its name.
func placeOf(k staffCase) string {
	place := k.Lead().Where()
	if name := k.Lead().Name; name != "" {
		place = name + ", " + place
	}
	return place
}

// ageOf says since when a task waits. It is red when the parties have been
// promised that something was done by now.
func ageOf(k staffCase, t forloeb.Task) badge {
	age := badge{"Siden " + forloeb.Since(t.OpenedAt, k.Now), "info"}
	switch light := forloeb.LightAt(k.FollowUpBy(t.OpenedAt), k.Now); {
	case light.Colour == forloeb.LightRed:
		age.Kind = "error"
	case light.Days == 0:
		age.Kind = "warning"
	}
	return age
}
