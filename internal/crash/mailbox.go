package crash

import (
	"bytes"
	"io"
	"regexp"
	"sync"

	"github.com/emersion/go-message/mail"

	"example.dk/spark/internal/smtpfault"
)

// taken is the post that the mail server took, as its recipients read it.
type taken struct {
	server *smtpfault.Server
	mu     sync.Mutex
	read   int               // attempts that have been looked at
	links  map[string]string // the newest path, by its recipient and how it begins
}

var address = regexp.MustCompile(`https?://[^/\s]+((/[a-z]+/)\S+[^\s.,)])`)

// Link is the path of the newest link below a path, in a mail to an address;
// "" when there is none.
func (p *taken) Link(to, below string) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	fresh := p.server.AttemptsFrom(p.read)
	p.read += len(fresh)
	for _, a := range fresh {
		if a.Accepted {
			p.keep(a)
		}
	}
	return p.links[to+below]
}

func (p *taken) keep(a smtpfault.Attempt) {
	copies := p.server.Accepted(a.MessageID)
	if len(copies) == 0 {
		return
	}
	for _, found := range address.FindAllStringSubmatch(plain(copies[0]), -1) {
		p.links[a.Recipient+found[2]] = found[1]
	}
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
func (s *stack) takings() (list []taking) {
	for _, a := range s.mails.Attempts() {
		list = append(list, taking{a.MessageID, a.Recipient, string(a.Fault), a.Accepted, a.Ambiguous, a.At, a.AcceptedAt})
	}
	return list
}
