package mail

import (
	"sync"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// Previewer writes mails for others than those they are to: in the same words,
// and without their links, which only the recipient may have.
type Previewer struct{ composer Composer }

// NewPreviewer takes what every mail says of the secretariat.
func NewPreviewer(phone, hours, contact string) Previewer {
	return Previewer{Composer{config: Config{Phone: phone, Hours: hours, Contact: contact}, links: hiddenLinks{}, worded: &sync.Map{}}}
}

// Preview is the mail's subject and text. An error names the kind of mail and
// holds nothing of the letter.
func (p Previewer) Preview(l forloeb.Letter) (subject, text string, err error) {
	m, err := p.composer.words(l)
	return m.Subject, m.Text, err
}

// hidden stands where a link is.
const hidden = "[personligt link]"

type hiddenLinks struct{}

func (hiddenLinks) consent(*forloeb.Party) string                             { return hidden }
func (hiddenLinks) status(*forloeb.Party) string                              { return hidden }
func (hiddenLinks) evaluation(*forloeb.Party) string                          { return hidden }
func (hiddenLinks) meeting(*forloeb.Party, *forloeb.Meeting) string           { return hidden }
func (hiddenLinks) text(*forloeb.Party, time.Time) string                     { return hidden }
func (hiddenLinks) guest(*forloeb.Guest) string                               { return hidden }
func (hiddenLinks) consultant(string) string                                  { return hidden }
func (hiddenLinks) register(*forloeb.Consultant, uuid.UUID, time.Time) string { return hidden }
