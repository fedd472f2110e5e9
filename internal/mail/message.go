package mail

import (
	netmail "net/mail"
	"time"
)

// Message is one finished mail to one person.
type Message struct {
	ID      string // without angle brackets
	Date    time.Time
	From    netmail.Address
	ReplyTo netmail.Address
	To      netmail.Address
	Subject string
	Text    string
	HTML    string

	Calendar       []byte // an iCalendar object, or empty
	CalendarMethod string // REQUEST or CANCEL
}
