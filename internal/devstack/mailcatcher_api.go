package devstack

import (
	"encoding/json"
	"mime"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The JSON has the names and shapes of Mailpit's API, so that a test can be pointed at either. What SPARK never uses
// (tags, read marks, spam checks) is left out or empty.

type apiSummary struct {
	ID          string
	MessageID   string
	Read        bool
	From        Address
	To, Cc, Bcc []Address
	ReplyTo     []Address
	Subject     string
	Created     time.Time
	Tags        []string
	Size        int
	Attachments int
	Snippet     string
}

type apiMessages struct {
	Total         int          `json:"total"`
	Unread        int          `json:"unread"`
	Count         int          `json:"count"`
	MessagesCount int          `json:"messages_count"`
	Start         int          `json:"start"`
	Limit         int          `json:"limit"`
	Tags          []string     `json:"tags"`
	Messages      []apiSummary `json:"messages"`
}

type apiMessage struct {
	ID          string
	MessageID   string
	From        Address
	To, Cc, Bcc []Address
	ReplyTo     []Address
	ReturnPath  string
	Subject     string
	Date        time.Time
	Tags        []string
	Text, HTML  string
	Size        int
	Inline      []apiAttachment
	Attachments []apiAttachment
}

type apiAttachment struct {
	PartID      string
	FileName    string
	ContentType string
	ContentID   string
	Size        int
}

func (m *Mailcatcher) apiList(w http.ResponseWriter, r *http.Request) {
	start := max(0, number(r, "start", 0))
	limit := max(0, number(r, "limit", 50))
	all := m.Messages()
	slices.Reverse(all)
	page := all[min(start, len(all)):]
	page = page[:min(limit, len(page))]
	answer := apiMessages{
		Total: len(all), Unread: len(all), Count: len(page), MessagesCount: len(all),
		Start: start, Limit: limit, Tags: []string{}, Messages: make([]apiSummary, 0, len(page)),
	}
	for _, mail := range page {
		answer.Messages = append(answer.Messages, summary(mail))
	}
	writeJSON(w, answer)
}

func number(r *http.Request, key string, otherwise int) int {
	n, err := strconv.Atoi(r.URL.Query().Get(key))
	if err != nil {
		return otherwise
	}
	return n
}

func summary(m Message) apiSummary {
	return apiSummary{
		ID: m.ID, MessageID: m.MessageID, From: m.From, To: list(m.To), Cc: list(m.Cc), Bcc: bcc(m), ReplyTo: list(m.ReplyTo),
		Subject: m.Subject, Created: m.Received, Tags: []string{}, Size: len(m.Raw), Attachments: len(m.Attachments), Snippet: snippet(m.Text),
	}
}

func list(a []Address) []Address {
	if a == nil {
		return []Address{}
	}
	return a
}

// bcc is who got the mail without being named in it.
func bcc(m Message) []Address {
	named := slices.Concat(m.To, m.Cc)
	out := []Address{}
	for _, to := range m.Recipients {
		if !slices.ContainsFunc(named, func(a Address) bool { return strings.EqualFold(a.Address, to) }) {
			out = append(out, Address{Address: to})
		}
	}
	return out
}

func snippet(text string) string {
	const length = 250
	runes := []rune(strings.Join(strings.Fields(text), " "))
	if len(runes) <= length {
		return string(runes)
	}
	return string(runes[:length]) + "…"
}

func (m *Mailcatcher) apiMessage(w http.ResponseWriter, r *http.Request) {
	mail, ok := m.find(r.PathValue("id"))
	if !ok {
		notFound(w)
		return
	}
	answer := apiMessage{
		ID: mail.ID, MessageID: mail.MessageID, From: mail.From, To: list(mail.To), Cc: list(mail.Cc), Bcc: bcc(mail), ReplyTo: list(mail.ReplyTo),
		ReturnPath: mail.Sender, Subject: mail.Subject, Date: mail.Date, Tags: []string{}, Text: mail.Text, HTML: mail.HTML,
		Size: len(mail.Raw), Inline: []apiAttachment{}, Attachments: make([]apiAttachment, 0, len(mail.Attachments)),
	}
	for _, a := range mail.Attachments {
		answer.Attachments = append(answer.Attachments, apiAttachment{
			PartID: a.PartID, FileName: a.FileName, ContentType: a.ContentType, ContentID: a.ContentID, Size: len(a.Content),
		})
	}
	writeJSON(w, answer)
}

func (m *Mailcatcher) apiHeaders(w http.ResponseWriter, r *http.Request) {
	mail, ok := m.find(r.PathValue("id"))
	if !ok {
		notFound(w)
		return
	}
	writeJSON(w, mail.Header)
}

func (m *Mailcatcher) apiRaw(w http.ResponseWriter, r *http.Request) {
	mail, ok := m.find(r.PathValue("id"))
	if !ok {
		notFound(w)
		return
	}
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write(mail.Raw)
}

// apiPart gives an attachment as a download, whatever it says that it is: nothing in a mail is shown as a page of ours.
func (m *Mailcatcher) apiPart(w http.ResponseWriter, r *http.Request) {
	mail, _ := m.find(r.PathValue("id"))
	part, ok := mail.attachment(r.PathValue("part"))
	if !ok {
		notFound(w)
		return
	}
	w.Header().Set("Content-Type", part.ContentType)
	w.Header().Set("Content-Disposition", mime.FormatMediaType("attachment", map[string]string{"filename": part.FileName}))
	_, _ = w.Write(part.Content)
}

// apiDelete deletes the mails that the body names, and all of them without a body.
func (m *Mailcatcher) apiDelete(w http.ResponseWriter, r *http.Request) {
	var ask struct{ IDs []string }
	if r.ContentLength != 0 {
		if err := json.NewDecoder(http.MaxBytesReader(w, r.Body, 1<<20)).Decode(&ask); err != nil {
			http.Error(w, "The body must be empty or {\"IDs\": […]}.", http.StatusBadRequest)
			return
		}
	}
	m.delete(func(mail Message) bool { return len(ask.IDs) == 0 || slices.Contains(ask.IDs, mail.ID) })
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	_, _ = w.Write([]byte("ok"))
}

func notFound(w http.ResponseWriter) { http.Error(w, "message not found", http.StatusNotFound) }

func writeJSON(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
