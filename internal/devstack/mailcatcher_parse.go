package devstack

import (
	"bytes"
	"crypto/rand"
	"errors"
	"io"
	"net/textproto"
	"strconv"
	"strings"
	"time"

	"github.com/emersion/go-message"
	_ "github.com/emersion/go-message/charset" // mails from elsewhere need not be UTF-8
	"github.com/emersion/go-message/mail"
)

// Message is a mail as it came, taken apart.
type Message struct {
	ID          string
	MessageID   string // without the angle brackets
	Sender      string // of the envelope
	Recipients  []string
	From        Address
	To, Cc      []Address
	ReplyTo     []Address
	Subject     string
	Date        time.Time // what the mail says: the forløb's clock
	Received    time.Time // the machine's clock
	Text, HTML  string
	Attachments []Attachment
	Header      map[string][]string
	Raw         []byte
}

// Address is a name, which may be empty, and a mail address.
type Address struct{ Name, Address string }

// Attachment is any part of a mail that is not its text or HTML.
type Attachment struct {
	PartID      string
	FileName    string
	ContentType string
	ContentID   string
	Content     []byte
}

// parseMail takes what it can: a mail that is not well-formed is still shown, with what could be read of it.
func parseMail(raw []byte, sender string, recipients []string, received time.Time) Message {
	m := Message{ID: rand.Text(), Sender: sender, Recipients: recipients, Received: received, Date: received, Raw: raw}
	r, err := mail.CreateReader(bytes.NewReader(raw))
	if r == nil {
		m.Text = unreadable(err)
		return m
	}
	m.readHeader(r.Header)
	for part := 1; ; part++ {
		p, err := r.NextPart()
		if errors.Is(err, io.EOF) {
			return m
		}
		if err != nil && !message.IsUnknownCharset(err) {
			m.Text += unreadable(err)
			return m
		}
		m.readPart(p, strconv.Itoa(part))
	}
}

func unreadable(err error) string {
	if err == nil {
		return "[this mail has no header]"
	}
	return "[this part of the mail cannot be read: " + err.Error() + "]"
}

func (m *Message) readHeader(h mail.Header) {
	m.MessageID, _ = h.MessageID()
	m.Subject, _ = h.Subject()
	if d, err := h.Date(); err == nil && !d.IsZero() {
		m.Date = d
	}
	if from := addresses(h, "From"); len(from) > 0 {
		m.From = from[0]
	}
	m.To, m.Cc, m.ReplyTo = addresses(h, "To"), addresses(h, "Cc"), addresses(h, "Reply-To")
	m.Header = make(map[string][]string)
	for f := h.Fields(); f.Next(); {
		key := textproto.CanonicalMIMEHeaderKey(f.Key())
		value, err := f.Text()
		if err != nil {
			value = f.Value()
		}
		m.Header[key] = append(m.Header[key], value)
	}
}

func addresses(h mail.Header, key string) []Address {
	list, _ := h.AddressList(key)
	out := make([]Address, 0, len(list)) // an empty list and not null in the JSON
	for _, a := range list {
		out = append(out, Address{Name: a.Name, Address: a.Address})
	}
	return out
}

func (m *Message) readPart(p *mail.Part, id string) {
	body, err := io.ReadAll(p.Body)
	if err != nil {
		body = append(body, unreadable(err)...)
	}
	contentType, fileName := partType(p.Header)
	inline := fileName == ""
	switch {
	case inline && contentType == "text/plain":
		m.Text += unixLines(string(body))
	case inline && contentType == "text/html":
		m.HTML += unixLines(string(body))
	default:
		m.Attachments = append(m.Attachments, Attachment{
			PartID:      id,
			FileName:    fileName,
			ContentType: contentType,
			ContentID:   strings.Trim(p.Header.Get("Content-Id"), "<>"),
			Content:     body,
		})
	}
}

// partType also gives an attachment without a name one, so that it can be told from the mail's own text.
func partType(h mail.PartHeader) (contentType, fileName string) {
	switch h := h.(type) {
	case *mail.AttachmentHeader:
		contentType, _, _ = h.ContentType()
		if fileName, _ = h.Filename(); fileName == "" {
			fileName = "attachment"
		}
	case *mail.InlineHeader:
		var params map[string]string
		contentType, params, _ = h.ContentType()
		_, disposition, _ := h.ContentDisposition()
		if fileName = disposition["filename"]; fileName == "" {
			fileName = params["name"]
		}
	}
	return contentType, fileName
}

func unixLines(s string) string { return strings.ReplaceAll(s, "\r\n", "\n") }

// attachment finds a part by its number.
func (m Message) attachment(partID string) (Attachment, bool) {
	for _, a := range m.Attachments {
		if a.PartID == partID {
			return a, true
		}
	}
	return Attachment{}, false
}
