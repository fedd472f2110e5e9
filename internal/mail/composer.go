package mail

import (
	"errors"
	"fmt"
	netmail "net/mail"
	"strings"
	"sync"

	"example.dk/spark/internal/forloeb"
)

// Config is what all mails have in common.
type Config struct {
	BaseURL string // what links begin with: "https://spark.example.dk"
	Links   Linker
	From    netmail.Address
	ReplyTo netmail.Address // a mailbox that somebody reads
	Phone   string          // the secretariat's
	Hours   string          // when the telephone is answered
	Contact string          // the secretariat's mail address, as readers see it
	Domain  string          // of the Message-ID
}

// Composer turns letters into messages. It is safe for concurrent use.
type Composer struct {
	config Config
	links  addresses
	worded *sync.Map // the secretariat's own words, parsed; by version
}

// NewComposer checks the settings and makes a composer of them.
func NewComposer(c Config) (*Composer, error) {
	switch {
	case c.BaseURL == "", c.Links == nil, c.Domain == "":
		return nil, errors.New("mail: base URL, link keys and domain are needed")
	case !forloeb.ValidEmail(c.From.Address):
		return nil, errors.New("mail: the sender's address is not valid")
	case !forloeb.ValidEmail(c.ReplyTo.Address):
		return nil, errors.New("mail: the reply address is not valid")
	}
	return &Composer{config: c, links: links{base: strings.TrimRight(c.BaseURL, "/"), signer: c.Links}, worded: &sync.Map{}}, nil
}

// Compose writes the letter. The same letter gives the same message, byte for
// byte. An error names the kind of mail and holds nothing of the letter.
func (c *Composer) Compose(l forloeb.Letter) (Message, error) {
	message, err := c.words(l)
	if err != nil {
		return Message{}, err
	}
	if err := attachCalendar(&message, c.draft(l)); err != nil {
		return Message{}, fmt.Errorf("%s: %w", l.Mail.Kind, err)
	}
	return message, nil
}

// words is the message without what is attached to it.
func (c *Composer) words(l forloeb.Letter) (Message, error) {
	message, err := c.compose(c.draft(l))
	if err != nil {
		return Message{}, fmt.Errorf("%s: %w", l.Mail.Kind, err)
	}
	return message, nil
}

// draft begins a mail. Of a shared forløb a party, and a guest, is told nothing
// but what it may see.
func (c *Composer) draft(l forloeb.Letter) *draft {
	if l.Party != nil && l.Forloeb != nil {
		l.Forloeb = l.Forloeb.SeenBy(l.Party)
		l.Party = l.Forloeb.Party(l.Party.ID)
	}
	if l.Guest != nil && l.Forloeb != nil {
		l.Forloeb = l.Forloeb.SeenByGuest(l.Guest)
	}
	return &draft{l, c.links}
}

var (
	errUnknownKind = errors.New("mail: there is no such mail")
	errTemplate    = errors.New("mail: the template does not fit")
)

func (c *Composer) compose(d *draft) (Message, error) {
	k, known := kinds[d.Mail.Kind]
	if !known {
		return Message{}, errUnknownKind
	}
	if !k.fits(d) {
		return Message{}, errIncomplete
	}
	filled, err := k.fill(d)
	if err != nil {
		return Message{}, err
	}
	return c.write(d, k, filled)
}

// fits reports whether the letter is to somebody this mail can be written to.
func (k kind) fits(d *draft) bool {
	switch {
	case d.Forloeb == nil || d.recipients() != 1:
		return false
	case d.Party != nil:
		return k.party && forloeb.ValidEmail(d.Party.Contact.Email)
	case d.toGuest():
		return k.guest && forloeb.ValidEmail(d.Guest.Email)
	}
	return k.consultant && forloeb.ValidEmail(d.Consultant.Email)
}

// recipients is how many the letter names; one is right.
func (d *draft) recipients() (n int) {
	for _, named := range []bool{d.Party != nil, d.Guest != nil, d.Consultant != nil} {
		if named {
			n++
		}
	}
	return n
}

// write renders the filled struct. A template's own error may quote what it
// was given, so it goes no further.
func (c *Composer) write(d *draft, k kind, filled any) (Message, error) {
	templates, err := c.bodies(d)
	if err != nil {
		return Message{}, err
	}
	subject, err := templates.subject(filled)
	if err != nil {
		return Message{}, errTemplate
	}
	f := c.frame(d, filled)
	f.Subject = subjectPrefix(d, k) + ": " + subject
	text, html, err := templates.render(frameName(d), f)
	if err != nil {
		return Message{}, errTemplate
	}
	return Message{
		ID: c.messageID(d.MessageID), Date: d.Date,
		From: inTheNameOf(c.config.From, d.Forloeb.Words()), ReplyTo: inTheNameOf(c.config.ReplyTo, d.Forloeb.Words()), To: recipient(d),
		Subject: f.Subject, Text: text, HTML: html,
	}, nil
}

func (c *Composer) frame(d *draft, filled any) frame {
	fr := frame{
		Name:      personName(recipient(d).Name),
		Reference: d.Forloeb.Reference,
		Phone:     c.config.Phone, Hours: c.config.Hours, Contact: c.config.Contact,
		Mail: filled,
	}
	if d.toGuest() && d.Guest.On() {
		fr.Leave = d.guest(d.Guest)
	}
	return fr
}

// frameName: staff need no signature and no words about who reads answers.
func frameName(d *draft) string {
	switch {
	case d.toConsultant():
		return "staff"
	case d.toGuest():
		return "guest"
	}
	return "party"
}

// subjectPrefix names the programme and the forløb. A collected mail about
// several forløb names none of them.
func subjectPrefix(d *draft, k kind) string {
	reference := d.Forloeb.Reference
	if k.digest {
		reference = d.Digest[0].Reference
		for _, item := range d.Digest {
			if item.Reference != reference {
				return programmeName(d.Forloeb)
			}
		}
	}
	return programmeName(d.Forloeb) + " " + reference
}

func programmeName(f *forloeb.Forloeb) string {
	programme, _ := forloeb.ProgrammeByCode(f.Programme)
	return programme.Name
}

// inTheNameOf writes in the programme's name, from the address that is set.
func inTheNameOf(set netmail.Address, words forloeb.Words) netmail.Address {
	if name := words.Sender; name != "" {
		set.Name = name
	}
	return set
}

func recipient(d *draft) netmail.Address {
	if d.toConsultant() {
		return netmail.Address{Name: forloeb.CleanLine(d.Consultant.Name), Address: d.Consultant.Email}
	}
	if d.toGuest() {
		return netmail.Address{Name: personName(d.Guest.Name), Address: d.Guest.Email}
	}
	return netmail.Address{Name: personName(d.Party.Contact.Name), Address: d.Party.Contact.Email}
}

// messageID is the row's, under our own domain: a library's default would
// differ from attempt to attempt and name this machine.
func (c *Composer) messageID(id string) string {
	if strings.Contains(id, "@") {
		return id
	}
	return id + "@" + c.config.Domain
}
