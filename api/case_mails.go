package api

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// mailsOf are the forløb's mails; to a consultant, those to themselves.
func mailsOf(k staffCase) (list []*forloeb.Mail) {
	for i := range k.Mails {
		if m := &k.Mails[i]; k.runs() || m.Recipient == k.By.Consultant {
			list = append(list, m)
		}
	}
	return list
}

// mailOf is one of them; nil when there is none.
func mailOf(k staffCase, id string) *forloeb.Mail {
	for _, m := range mailsOf(k) {
		if strconv.FormatInt(m.ID, 10) == id {
			return m
		}
	}
	return nil
}

func mailAddress(k staffCase, m *forloeb.Mail) string {
	return k.Home() + "/mails/" + strconv.FormatInt(m.ID, 10)
}

// countMails sums them up: »Alle er sendt.«, or what is not.
func countMails(k staffCase) mailCount {
	count := mailCount{Address: k.Home() + "/mails"}
	states := map[string]int{}
	for _, m := range mailsOf(k) {
		if m.State != forloeb.MailCancelled {
			count.N++
			states[unsentWords(m)]++
		}
	}
	var list []string
	for _, words := range []string{"afvist", "usikker", "holdt tilbage", "venter"} {
		if n := states[words]; n > 0 {
			list = append(list, strconv.Itoa(n)+" "+words)
		}
	}
	count.States = cmp.Or(strings.Join(list, ", "), "Alle er sendt") + "."
	if count.N == 0 {
		count.States = "Der er ikke sendt mails."
	}
	return count
}

// unsentWords is how it stands with a mail that is not sent; empty for one
// that is.
func unsentWords(m *forloeb.Mail) string {
	switch {
	case m.State == forloeb.MailFailed:
		return "afvist"
	case m.State == forloeb.MailUncertain:
		return "usikker"
	case m.State == forloeb.MailPlanned && m.Held:
		return "holdt tilbage"
	case m.State == forloeb.MailPlanned, m.State == forloeb.MailSending:
		return "venter"
	}
	return ""
}

func rowOf(k staffCase, m *forloeb.Mail) mailRow {
	row := mailRow{
		Sent: sentWords(m), To: forloeb.Capital(named(k, m.Recipient)), Kind: k.say(m.Kind.Label()), State: mailState(m), Trouble: sadState(m), Address: mailAddress(k, m),
	}
	var labels []string
	for _, a := range mailActsOn(k, m) {
		labels = append(labels, a.label)
	}
	row.Decide = forloeb.Capital(strings.ToLower(strings.Join(labels, " eller ")))
	return row
}

// sentWords says when a mail was sent, in a table.
func sentWords(m *forloeb.Mail) string {
	switch {
	case m.State == forloeb.MailUncertain:
		return "Det ved vi ikke"
	case m.SentAt.IsZero():
		return "Ikke sendt"
	}
	return shortTime(m.SentAt)
}

func shortTime(t time.Time) string { return forloeb.ShortDate(t) + " " + forloeb.Clock(t) }

// sadState reports whether somebody has to decide about a mail.
func sadState(m *forloeb.Mail) bool {
	return m.State == forloeb.MailFailed || m.State == forloeb.MailUncertain || m.State == forloeb.MailPlanned && m.Held
}

// mailState says how far the mail has come, and why no further.
func mailState(m *forloeb.Mail) string {
	words := m.State.Label()
	switch {
	case m.State == forloeb.MailPlanned && m.Held:
		return "Holdt tilbage: Adressen har fået flere mails fra os i denne uge"
	case m.State == forloeb.MailPlanned && m.Code != "":
		words = "Prøver igen"
	case m.State == forloeb.MailSent || m.State == forloeb.MailCancelled:
		return words
	}
	if reason := m.Reason(); reason != "" {
		words += ": " + reason
	}
	return words
}

// mailAct is a way to settle a mail that did not arrive.
type mailAct struct {
	path, label, done string
	action            forloeb.MailAction
	effect            func(k staffCase, m *forloeb.Mail) string
}

var mailActs = []mailAct{
	{"send-igen", "Send igen", "Mailen bliver sendt igen.", forloeb.ResendMail, resendEffect},
	{"send-nu", "Send nu", "Mailen bliver sendt nu.", forloeb.ReleaseMail, func(k staffCase, m *forloeb.Mail) string { return getsNow(k, m) }},
	{"lad-vaere", "Lad være", "Det bliver ikke gjort mere ved mailen.", forloeb.LetMailBe, letBeEffect},
}

// mailActsOn are those that are possible now, and for whoever asks.
func mailActsOn(k staffCase, m *forloeb.Mail) (possible []mailAct) {
	for _, a := range mailActs {
		if k.runs() && k.Judge(forloeb.SettleMail{Mail: m.ID, Action: a.action}, k.By.Actor(), k.Now) == nil {
			possible = append(possible, a)
		}
	}
	return possible
}

func getsNow(k staffCase, m *forloeb.Mail) string {
	return forloeb.Capital(named(k, m.Recipient)) + " får mailen »" + k.say(m.Kind.Label()) + "« nu."
}

func resendEffect(k staffCase, m *forloeb.Mail) string {
	if m.State == forloeb.MailUncertain {
		return getsNow(k, m) + " Nåede den frem første gang, kommer den to gange."
	}
	return getsNow(k, m) + " Den går til samme adresse som før."
}

// letBeEffect: a mail that only waits is sent when it can be; a deadline that
// waited for the mail does so no longer.
func letBeEffect(k staffCase, m *forloeb.Mail) string {
	effect := "Opgaven lukker, og mailen bliver ikke sendt."
	switch {
	case m.State == forloeb.MailPlanned && !m.Held || m.State == forloeb.MailSending:
		effect = "Opgaven lukker. Mailen bliver sendt, så snart det kan lade sig gøre."
	case m.State == forloeb.MailUncertain:
		effect = "Opgaven lukker, og mailen bliver ikke sendt igen."
	}
	if k.HoldsClock(m) {
		effect += " Fristen for at svare løber fra i dag."
	}
	return effect
}

// showMails lists the forløb's mails.
func (s *Server) showMails(c *gin.Context) error {
	return s.write(c, http.StatusOK, newMailsPage(caseOf(c)))
}

func newMailsPage(k staffCase) *mailsPage {
	page := &mailsPage{Case: headOf(k), Live: k.Home() + livePath}
	for _, m := range slices.Backward(mailsOf(k)) {
		page.Mails = append(page.Mails, rowOf(k, m))
	}
	return page
}

// showMail shows one mail in its words, without its links.
func (s *Server) showMail(c *gin.Context) error {
	k := caseOf(c)
	m := mailOf(k, cmp.Or(c.Param("mail"), c.Param("own")))
	if m == nil {
		return errNoForloeb
	}
	return s.writeMail(c, http.StatusOK, k, m, "")
}

func (s *Server) writeMail(c *gin.Context, status int, k staffCase, m *forloeb.Mail, conflict string) error {
	page := newMailPage(k, m)
	page.Conflict = conflict
	var err error
	page.Subject, page.Text, err = s.letters.Preview(c.Request.Context(), m.ID)
	if page.Gone = errors.Is(err, forloeb.ErrLetterGone); err != nil && !page.Gone {
		return err
	}
	return s.write(c, status, page)
}

func newMailPage(k staffCase, m *forloeb.Mail) *mailPage {
	page := &mailPage{Case: headOf(k), Row: rowOf(k, m), AsOf: m.State == forloeb.MailSent}
	for _, a := range mailActsOn(k, m) {
		page.Acts = append(page.Acts, mailButton{
			ID: a.path, Label: a.label, Effect: a.effect(k, m), Action: mailAddress(k, m) + "/" + a.path, Sends: a.action != forloeb.LetMailBe,
		})
	}
	return page
}

// settleMail does what was decided about a mail.
func (s *Server) settleCaseMail(c *gin.Context) error {
	k := caseOf(c)
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	m := mailOf(k, c.Param("mail"))
	which := slices.IndexFunc(mailActs, func(a mailAct) bool { return a.path == c.Param("handling") })
	if m == nil || which < 0 {
		return errNoForloeb
	}
	err := s.record(c.Request.Context(), k.ID, k.By.Actor(), forloeb.SettleMail{Mail: m.ID, Action: mailActs[which].action})
	var refusal *forloeb.Refusal
	switch {
	case err == nil:
		return seeOther(c, withDone(k.Home()+"/mails", mailActs[which].path))
	case !errors.As(err, &refusal), refusal.Code == forloeb.RefuseNotFound:
		return err
	}
	return s.writeMail(c, refusalStatus(refusal.Code), k, m, k.say(refusal.Danish()))
}
