package api

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

const mailLogPath = secretariatArea + "/post"

// showMailLog lists the mails of every forløb.
func (s *Server) showMailLog(c *gin.Context) error {
	wish := readMailWish(c.Request.URL.Query())
	found, err := s.store.MailLog(c.Request.Context(), wish.filter(s.now()))
	if errors.Is(err, forloeb.ErrBadCursor) {
		wish.ignore(lostPlace)
		wish.Cursor = ""
		found, err = s.store.MailLog(c.Request.Context(), wish.filter(s.now()))
	}
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, newMailLogPage(wish, found))
}

// mailWish is what a reader of the log asks for, all of it in the address.
type mailWish struct {
	State  string
	Period string
	Cursor string
	wish
}

// mailChoice is one choice of how mails fare.
type mailChoice struct {
	value, label string
	states       []forloeb.MailState
}

var mailChoices = []mailChoice{
	{"kom-retur", "Kom retur", []forloeb.MailState{forloeb.MailFailed}},
	{"usikker", "Usikker", []forloeb.MailState{forloeb.MailUncertain}},
	{"venter", "Venter", []forloeb.MailState{forloeb.MailPlanned, forloeb.MailSending}},
	{"sendt", "Sendt", []forloeb.MailState{forloeb.MailSent}},
}

// mailPeriod is one choice of how far back the log goes.
type mailPeriod struct {
	value, label string
	days         int // before today
}

// usualPeriod is what the log shows unless it is asked for another.
var (
	usualPeriod = mailPeriod{"", "De seneste 30 dage", 30}
	mailPeriods = []mailPeriod{{"i-dag", "I dag", 0}, {"7-dage", "De seneste 7 dage", 7}, {"et-aar", "Det seneste år", 365}, {"alle", "Alle", -1}}
)

func readMailWish(sent url.Values) (w mailWish) {
	w.Cursor = sent.Get("fra")
	w.State = w.known(sent.Get("tilstand"), "tilstand", func(v string) bool {
		return slices.ContainsFunc(mailChoices, func(c mailChoice) bool { return c.value == v })
	})
	w.Period = w.known(sent.Get("periode"), "periode", func(v string) bool {
		return slices.ContainsFunc(mailPeriods, func(p mailPeriod) bool { return p.value == v })
	})
	return w
}

// filter is the wish as the store understands it: whole days.
func (w mailWish) filter(now time.Time) forloeb.MailFilter {
	f := forloeb.MailFilter{Cursor: w.Cursor}
	for _, c := range mailChoices {
		if c.value == w.State {
			f.States = c.states
		}
	}
	period := usualPeriod
	for _, p := range mailPeriods {
		if p.value == w.Period {
			period = p
		}
	}
	if period.days >= 0 {
		year, month, day := now.In(forloeb.Copenhagen).Date()
		f.Since = time.Date(year, month, day-period.days, 0, 0, 0, 0, forloeb.Copenhagen)
	}
	return f
}

func (w mailWish) address(cursor string) string {
	query := url.Values{}
	for name, value := range map[string]string{"tilstand": w.State, "periode": w.Period, "fra": cursor} {
		if value != "" {
			query.Set(name, value)
		}
	}
	if len(query) == 0 {
		return mailLogPath
	}
	return mailLogPath + "?" + query.Encode()
}

func newMailLogPage(w mailWish, found forloeb.MailPage) *mailLogPage {
	state, period := newInput(nil, "tilstand", "Tilstand", w.State), newInput(nil, "periode", "Periode", w.Period)
	state.First, period.First = "Alle", usualPeriod.label
	for _, c := range mailChoices {
		state.Options = append(state.Options, option{Value: c.value, Label: c.label})
	}
	for _, p := range mailPeriods {
		period.Options = append(period.Options, option{Value: p.value, Label: p.label})
	}
	page := &mailLogPage{Live: liveStream{Address: secretariatArea + livePath}, Choices: []field{state, period}, Ignored: w.ignored()}
	for _, r := range found.Rows {
		page.Rows = append(page.Rows, mailLogLineOf(r))
	}
	if found.Next != "" {
		page.Next = w.address(found.Next)
	}
	if w.Cursor != "" {
		page.First = w.address("")
	}
	return page
}

func mailLogLineOf(r forloeb.MailRow) mailLogLine {
	id, mails := strconv.FormatInt(r.ID, 10), caseAddress(r.ForloebID)+"/mails"
	to := "Konsulenten"
	if r.Side.Valid() {
		to = forloeb.Capital(r.Side.Label())
	}
	line := mailLogLine{ID: id, Reference: r.Reference, Mails: mails}
	line.mailRow = mailRow{Sent: sentWords(&r.Mail), To: to, Kind: r.Kind.Label(), State: mailState(&r.Mail), Trouble: sadState(&r.Mail), Address: mails + "/" + id}
	if r.SentAt.IsZero() {
		line.Written = shortTime(r.PlannedAt)
	}
	return line
}
