package api

import (
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// partyLinks are the addresses of one party's pages. Each holds a signed link,
// so a form always carries its own and two parties can answer at one screen.
type partyLinks struct {
	Consent    string
	Status     string
	Evaluation string
	Meeting    string // of the next meeting; see ToMeeting
}

// What a party can do lies under the page it is done from.
const (
	withdrawPath        = "/traek-tilbage"
	leftPath            = "/ikke-laengere-her"
	contactPath         = "/kontakt"
	showApplicationPath = "/vis-ansoegningen"
	askReopenPath       = "/aabn-igen"
	askPausePath        = "/pause"
	guestsPath          = "/deltagere"
	contestPath         = "/passer-ikke"
	newLinkPath         = "/nyt-link"
	againPath           = "/soeg-igen"
	refusePath          = "/svar-ikke"
	livePath            = "/live"
	calendarPath        = "/kalender"
	networkPath         = "/netvaerk"
)

// Withdraw is where the application is withdrawn or the forløb stopped.
func (l partyLinks) Withdraw() string { return l.Status + withdrawPath }

// Contest says that an answer that was noted is wrong.
func (l partyLinks) Contest() string { return l.Consent + contestPath }

// Left is where a party says that they have left the workplace.
func (l partyLinks) Left() string { return l.Status + leftPath }

// Contact is where a party corrects their own mail or telephone.
func (l partyLinks) Contact() string { return l.Status + contactPath }

// Network is the list of those in a network who share their mail.
func (l partyLinks) Network() string { return l.Status + networkPath }

// Live tells the status page when to look again.
func (l partyLinks) Live() string { return l.Status + livePath }

// ShowApplication mails a link to the application's text.
func (l partyLinks) ShowApplication() string { return l.Status + showApplicationPath }

// AskReopen asks the secretariat to open a closed application again.
func (l partyLinks) AskReopen() string { return l.Status + askReopenPath }

// Pause asks the secretariat for a pause.
func (l partyLinks) Pause() string { return l.Status + askPausePath }

// Guests is where others are written on to hear of the meetings.
func (l partyLinks) Guests() string { return l.Status + guestsPath }

// Refuse says that the party would rather not answer the questionnaire.
func (l partyLinks) Refuse() string { return l.Evaluation + refusePath }

// ToMeeting is the page of one of the meetings.
func (l partyLinks) ToMeeting(m *forloeb.Meeting) string {
	return l.Meeting + link.ToMeeting(m.Ordinal)
}

// CalendarFile is a meeting as a file for a calendar.
func (l partyLinks) CalendarFile(m *forloeb.Meeting) string {
	return l.Meeting + calendarPath + link.ToMeeting(m.Ordinal)
}
