package crash

import (
	"bytes"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/emersion/go-message/mail"

	"example.dk/spark/internal/smtpfault"
)

// taken is the post that the mail server took, as its recipients read it.
type taken struct {
	server *smtpfault.Server
	mu     sync.Mutex
	texts  map[string]string // by Message-ID
}

var address = regexp.MustCompile(`https?://[^/\s]+(/\S+[^\s.,)])`)

// Link is the path of the newest link below a path, in a mail to an address.
func (p *taken) Link(to, below string) string {
	for _, a := range slices.Backward(p.server.Attempts()) {
		if !a.Accepted || a.Recipient != to {
			continue
		}
		for _, found := range address.FindAllStringSubmatch(p.text(a.MessageID), -1) {
			if strings.HasPrefix(found[1], below) {
				return found[1]
			}
		}
	}
	return ""
}

func (p *taken) text(id string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	if text, read := p.texts[id]; read {
		return text
	}
	copies := p.server.Accepted(id)
	if len(copies) == 0 {
		return ""
	}
	p.texts[id] = plain(copies[0])
	return p.texts[id]
}

// plain is a mail's text part.
func plain(raw []byte) string {
	reader, err := mail.CreateReader(bytes.NewReader(raw))
	if err != nil {
		return ""
	}
	for {
		part, err := reader.NextPart()
		if err != nil {
			return ""
		}
		header, inline := part.Header.(*mail.InlineHeader)
		if !inline {
			continue
		}
		if kind, _, _ := header.ContentType(); kind != "text/plain" {
			continue
		}
		text, err := io.ReadAll(part.Body)
		if err != nil {
			return ""
		}
		return string(text)
	}
}

// takings are what the checker asks for.
func (p *taken) takings() (list []taking) {
	for _, a := range p.server.Attempts() {
		list = append(list, taking{a.MessageID, a.Recipient, string(a.Fault), a.Accepted, a.Ambiguous, a.At.UnixNano()})
	}
	return list
}
