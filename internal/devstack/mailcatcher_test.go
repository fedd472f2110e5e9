package devstack

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"github.com/wneessen/go-mail"
)

const invitation = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//SPARK//DA\r\nMETHOD:REQUEST\r\nBEGIN:VEVENT\r\n" +
	"UID:m1@example.dk\r\nSEQUENCE:2\r\nDTSTAMP:20261101T080000Z\r\nDTSTART:20261123T120000Z\r\nDTEND:20261123T150000Z\r\n" +
	"SUMMARY:Møde 1\r\nLOCATION:Rådhuset\\, lokale 2\r\nCLASS:PRIVATE\r\nORGANIZER;CN=SPARK:mailto:spark@example.dk\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n"

// forloebTime is what the mail's Date says: the clock of a forløb that has been moved ahead.
var forloebTime = time.Date(2027, 2, 23, 8, 0, 0, 0, time.UTC)

func catcher(t *testing.T, opts MailcatcherOptions) *Mailcatcher {
	t.Helper()
	m, err := StartMailcatcher(opts)
	require.NoError(t, err)
	t.Cleanup(m.Stop)
	return m
}

func newMail(t *testing.T, to, subject string) *mail.Msg {
	t.Helper()
	msg := mail.NewMsg()
	require.NoError(t, msg.FromFormat("SPARK – Nærværk", "spark@example.dk"))
	require.NoError(t, msg.AddToFormat("Søren Ærø", to))
	require.NoError(t, msg.ReplyTo("sekretariat@example.dk"))
	msg.Subject(subject)
	msg.SetDateWithValue(forloebTime)
	msg.SetMessageIDWithValue("1.consent@example.dk")
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetBodyString(mail.TypeTextPlain, "Kære Søren\n\nSvar her: http://127.0.0.1:8080/samtykke/a.b.\n<script>alert(1)</script>")
	msg.AddAlternativeString(mail.TypeTextHTML, "<html><head></head><body><p>Kære Søren: <a href=\"http://127.0.0.1:8080/samtykke/a.b\">Svar her</a></p></body></html>")
	return msg
}

func send(t *testing.T, m *Mailcatcher, msg *mail.Msg) error {
	t.Helper()
	host, port, err := net.SplitHostPort(m.SMTPAddress())
	require.NoError(t, err)
	n, err := strconv.Atoi(port)
	require.NoError(t, err)
	c, err := mail.NewClient(host, mail.WithPort(n), mail.WithTLSPolicy(mail.NoTLS), mail.WithTimeout(10*time.Second))
	require.NoError(t, err)
	return c.DialAndSendWithContext(within(t, time.Minute), msg)
}

func fetch(t *testing.T, method, url string, want int) (string, http.Header) {
	t.Helper()
	req, err := http.NewRequest(method, url, nil)
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	defer resp.Body.Close()
	body, err := io.ReadAll(resp.Body)
	require.NoError(t, err)
	require.Equal(t, want, resp.StatusCode, string(body))
	return string(body), resp.Header
}

func fetchJSON(t *testing.T, url string) (v map[string]any) {
	t.Helper()
	body, header := fetch(t, "GET", url, 200)
	require.Equal(t, "application/json", header.Get("Content-Type"))
	require.NoError(t, json.Unmarshal([]byte(body), &v))
	return v
}

func person2(name, addr string) map[string]any { return map[string]any{"Name": name, "Address": addr} }

func TestMailcatcherJSONHasMailpitsShape(t *testing.T) {
	m := catcher(t, MailcatcherOptions{})
	msg := newMail(t, "soeren@example.dk", "SPARK 26-4817: Bekræft ansøgningen")
	require.NoError(t, msg.AttachReader("møde.ics", strings.NewReader(invitation), mail.WithFileContentType("text/calendar; method=REQUEST")))
	require.NoError(t, send(t, m, msg))
	require.NoError(t, send(t, m, newMail(t, "nr2@example.dk", "SPARK 26-4817: Nummer to")))

	list := fetchJSON(t, m.URL()+"/api/v1/messages")
	for key, want := range map[string]float64{"total": 2, "unread": 2, "count": 2, "messages_count": 2, "start": 0, "limit": 50} {
		require.Equal(t, want, list[key], key)
	}
	messages := list["messages"].([]any)
	require.Equal(t, "SPARK 26-4817: Nummer to", messages[0].(map[string]any)["Subject"], "newest first")
	first := messages[1].(map[string]any)
	id := first["ID"].(string)
	created, err := time.Parse(time.RFC3339, first["Created"].(string))
	require.NoError(t, err)
	require.WithinDuration(t, time.Now(), created, time.Minute)
	delete(first, "ID")
	delete(first, "Created")
	delete(first, "Size")
	require.Equal(t, map[string]any{
		"MessageID": "1.consent@example.dk", "Read": false, "Subject": "SPARK 26-4817: Bekræft ansøgningen",
		"From": person2("SPARK – Nærværk", "spark@example.dk"), "To": []any{person2("Søren Ærø", "soeren@example.dk")},
		"Cc": []any{}, "Bcc": []any{}, "ReplyTo": []any{person2("", "sekretariat@example.dk")}, "Tags": []any{}, "Attachments": 1.0,
		"Snippet": "Kære Søren Svar her: http://127.0.0.1:8080/samtykke/a.b. <script>alert(1)</script>",
	}, first)

	one := fetchJSON(t, m.URL()+"/api/v1/message/"+id)
	require.Equal(t, "2027-02-23T08:00:00Z", one["Date"])
	require.Equal(t, "spark@example.dk", one["ReturnPath"])
	require.Equal(t, "Kære Søren\n\nSvar her: http://127.0.0.1:8080/samtykke/a.b.\n<script>alert(1)</script>", one["Text"])
	require.Contains(t, one["HTML"], "<p>Kære Søren:")
	require.Equal(t, []any{}, one["Inline"])
	part := one["Attachments"].([]any)[0].(map[string]any)
	require.Equal(t, "møde.ics", part["FileName"])
	require.Equal(t, "text/calendar", part["ContentType"])

	content, _ := fetch(t, "GET", m.URL()+"/api/v1/message/"+id+"/part/"+part["PartID"].(string), 200)
	require.Equal(t, invitation, content)
	headers := fetchJSON(t, m.URL()+"/api/v1/message/"+id+"/headers")
	require.Equal(t, []any{"auto-generated"}, headers["Auto-Submitted"])
	raw, _ := fetch(t, "GET", m.URL()+"/api/v1/message/"+id+"/raw", 200)
	require.Contains(t, raw, "Message-ID: <1.consent@example.dk>\r\n")
	require.Equal(t, "SPARK 26-4817: Nummer to", fetchJSON(t, m.URL()+"/api/v1/message/latest")["Subject"])
	fetch(t, "GET", m.URL()+"/api/v1/message/none", 404)
	fetch(t, "GET", m.URL()+"/api/v1/message/none/part/1", 404)

	second := fetchJSON(t, m.URL()+"/api/v1/messages?start=1&limit=1")
	require.Equal(t, 2.0, second["total"])
	require.Len(t, second["messages"], 1)
	require.Empty(t, fetchJSON(t, m.URL()+"/api/v1/messages?start=9")["messages"])

	fetch(t, "DELETE", m.URL()+"/api/v1/messages", 200)
	require.Equal(t, []any{}, fetchJSON(t, m.URL()+"/api/v1/messages")["messages"])
	fetch(t, "GET", m.URL()+"/api/v1/message/latest", 404)
}

func TestMailcatcherDeletesByID(t *testing.T) {
	m := catcher(t, MailcatcherOptions{})
	require.NoError(t, send(t, m, newMail(t, "a@example.dk", "a")))
	require.NoError(t, send(t, m, newMail(t, "b@example.dk", "b")))
	req, err := http.NewRequest("DELETE", m.URL()+"/api/v1/messages", strings.NewReader(fmt.Sprintf(`{"IDs":[%q]}`, m.Messages()[0].ID)))
	require.NoError(t, err)
	resp, err := http.DefaultClient.Do(req)
	require.NoError(t, err)
	resp.Body.Close()
	require.Len(t, m.Messages(), 1)
	require.Equal(t, "b", m.Messages()[0].Subject)
}

func TestMailcatcherPages(t *testing.T) {
	m := catcher(t, MailcatcherOptions{})
	empty, header := fetch(t, "GET", m.URL(), 200)
	require.Contains(t, empty, `Ingen mails endnu. Søg om et forløb på <a href="http://127.0.0.1:8080">127.0.0.1:8080</a>.`)
	require.Contains(t, empty, "Udvikling: Ingen af disse mails er sendt ud af maskinen.")
	require.Contains(t, header.Get("Content-Security-Policy"), "default-src 'none'")
	require.Equal(t, "no-referrer", header.Get("Referrer-Policy"))

	msg := newMail(t, "soeren@example.dk", "Emne <b>")
	require.NoError(t, msg.AttachReader("m.ics", strings.NewReader(invitation), mail.WithFileContentType("text/calendar; method=REQUEST")))
	require.NoError(t, send(t, m, msg))
	list, _ := fetch(t, "GET", m.URL(), 200)
	require.Contains(t, list, "<td>soeren@example.dk</td>")
	require.Contains(t, list, "Emne &lt;b&gt;")
	require.Contains(t, list, "23.02.2027 kl. 9.00")

	id := m.Messages()[0].ID
	page, _ := fetch(t, "GET", m.URL()+"/mail/"+id, 200)
	require.Contains(t, page, `<a href="http://127.0.0.1:8080/samtykke/a.b" target="_blank" rel="noopener noreferrer">http://127.0.0.1:8080/samtykke/a.b</a>.`)
	require.Contains(t, page, "&lt;script&gt;alert(1)&lt;/script&gt;")
	require.NotContains(t, page, "<script")
	for _, fact := range []string{"Indkaldelse (REQUEST)", "mandag den 23. november 2026 kl. 13.00–16.00", "Rådhuset, lokale 2", "SPARK &lt;spark@example.dk&gt;", "<dd>2</dd>"} {
		require.Contains(t, page, fact)
	}

	html, header := fetch(t, "GET", m.URL()+"/mail/"+id+"/html", 200)
	require.Contains(t, html, `<head><base target="_blank">`)
	require.Contains(t, header.Get("Content-Security-Policy"), "sandbox")
	fetch(t, "GET", m.URL()+"/mail/none", 404)
	fetch(t, "GET", m.URL()+"/pages.css", 200)

	after, _ := fetch(t, "POST", m.URL()+"/slet", 200) // after the redirect
	require.Contains(t, after, "Ingen mails endnu.")
	require.Zero(t, m.Dropped(), "begun anew")
}

func TestMailcatcherListGoesOnOnTheNextPage(t *testing.T) {
	m := catcher(t, MailcatcherOptions{Keep: mailsOnPage + 1})
	for i := range mailsOnPage + 3 {
		m.keep(Message{ID: strconv.Itoa(i), Subject: "nr " + strconv.Itoa(i)})
	}
	require.Equal(t, "nr 2", m.Messages()[0].Subject, "the oldest are forgotten")
	page, _ := fetch(t, "GET", m.URL(), 200)
	require.Contains(t, page, "Viser 1–100 af 101")
	require.Contains(t, page, "De 2 ældste er slettet.")
	require.Contains(t, page, `<a href="/?start=100">Ældre</a>`)
	page, _ = fetch(t, "GET", m.URL()+"/?start=100", 200)
	require.Contains(t, page, "nr 2<")
	require.Contains(t, page, `<a href="/">Nyere</a>`)
}

func TestMailcatcherKeepsStrangersOut(t *testing.T) {
	m := catcher(t, MailcatcherOptions{})
	m.keep(Message{ID: "1"})
	for name, change := range map[string]func(*http.Request){
		"a name that points here": func(r *http.Request) { r.Host = "evil.example:8025" },
		"a form on another site":  func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") },
	} {
		req, err := http.NewRequest("POST", m.URL()+"/slet", nil)
		require.NoError(t, err)
		change(req)
		resp, err := http.DefaultClient.Do(req)
		require.NoError(t, err)
		resp.Body.Close()
		require.Equal(t, http.StatusForbidden, resp.StatusCode, name)
	}
	require.Len(t, m.Messages(), 1)
	for host, want := range map[string]bool{
		"localhost:8025": true, "127.0.0.1": true, "[::1]:8025": true, "[::1]": true, "LOCALHOST": true,
		"": false, "localhost.evil.example": false, "10.0.0.1:8025": false, "127.0.0.1.evil.example": false,
	} {
		require.Equal(t, want, loopbackHost(host), host)
	}
	_, err := StartMailcatcher(MailcatcherOptions{HTTPAddr: "0.0.0.0:0"})
	require.ErrorContains(t, err, "loopback only")
	_, err = StartMailcatcher(MailcatcherOptions{SMTPAddr: m.SMTPAddress(), SMTPSetting: "SPARK_X"})
	require.ErrorContains(t, err, "is taken: stop the program that uses it or set SPARK_X")
}

func TestMailcatcherFaults(t *testing.T) {
	var asked []string
	m := catcher(t, MailcatcherOptions{Fault: func(from, to string) error {
		asked = append(asked, from+" "+to)
		return SMTPFault(451, "later")
	}})
	msg := newMail(t, "a@example.dk", "a")
	require.ErrorContains(t, send(t, m, msg), "451")
	require.False(t, msg.IsDelivered())
	require.Equal(t, []string{"spark@example.dk a@example.dk"}, asked)

	m.SetFault(func(string, string) error { return SMTPFault(550, "never") })
	require.ErrorContains(t, send(t, m, newMail(t, "a@example.dk", "a")), "550")
	require.Empty(t, m.Messages())

	m.SetFault(func(string, string) error { return ErrDropAfterData })
	msg = newMail(t, "a@example.dk", "uncertain")
	require.Error(t, send(t, m, msg))
	require.False(t, msg.IsDelivered())
	require.Len(t, m.Messages(), 1, "it was taken all the same")

	m.SetFault(nil)
	require.NoError(t, send(t, m, newMail(t, "a@example.dk", "a")))
}

func TestMailcatcherWaitFor(t *testing.T) {
	m := catcher(t, MailcatcherOptions{})
	go func() {
		m.keep(Message{Subject: "other"})
		m.keep(Message{Subject: "wanted"})
	}()
	got, err := m.WaitFor(within(t, time.Minute), func(m Message) bool { return m.Subject == "wanted" })
	require.NoError(t, err)
	require.Equal(t, "wanted", got.Subject)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	_, err = m.WaitFor(ctx, func(Message) bool { return false })
	require.ErrorIs(t, err, context.Canceled)
}

func TestParseMailTakesWhatItCan(t *testing.T) {
	for name, c := range map[string]struct{ raw, text, html, subject string }{
		"latin-1":       {raw: "Subject: =?iso-8859-1?Q?R=E5d?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\nbl\xe5", text: "blå", subject: "Råd"},
		"html only":     {raw: "Content-Type: text/html\r\n\r\n<p>a</p>", html: "<p>a</p>"},
		"no type":       {raw: "Subject: a\r\n\r\nb", text: "b", subject: "a"},
		"broken":        {raw: "Subject: a\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain\r\n\r\nb", text: "b", subject: "a"},
		"nothing":       {raw: ""},
		"a bad charset": {raw: "Content-Type: text/plain; charset=nonsense\r\n\r\nb", text: "b"},
	} {
		t.Run(name, func(t *testing.T) {
			m := parseMail([]byte(c.raw), "from@example.dk", []string{"to@example.dk"}, forloebTime)
			require.True(t, strings.HasPrefix(m.Text, c.text), m.Text)
			require.Equal(t, c.html, m.HTML)
			require.Equal(t, c.subject, m.Subject)
			require.Equal(t, forloebTime, m.Date)
		})
	}
	require.Equal(t, "Fejl", calendarFacts([]byte("nonsense"))[0].Name)
}
