package forloeb

import (
	"strings"
	"time"

	"github.com/google/uuid"
)

// Insight is what is kept about one person, in every forløb that they are or
// have been a party or a guest of (GDPR, article 15). Nobody else's name, address or
// number is in it: where somebody wrote them, it says OtherPerson.
type Insight struct {
	Email   string        `json:"email"`
	MadeAt  time.Time     `json:"made_at"`
	Forloeb []InsightCase `json:"forloeb"`
}

// OtherPerson stands where a text named somebody else of the forløb.
const OtherPerson = "[en anden person]"

// InsightCase is what is kept about the person in one forløb.
type InsightCase struct {
	ID           uuid.UUID        `json:"-"`
	Reference    string           `json:"reference"`
	Programme    ProgrammeCode    `json:"programme"`
	Status       Status           `json:"status"`
	AppliedAt    time.Time        `json:"applied_at"`
	Name         string           `json:"name"`
	Title        string           `json:"title,omitempty"`
	Phone        string           `json:"phone,omitempty"`
	Guest        bool             `json:"guest,omitempty"` // only at the meetings; then they have no side or role, and no texts are about them
	Side         Side             `json:"side"`
	Role         Role             `json:"role"`
	Workplace    string           `json:"workplace"`
	ReplacedAt   *time.Time       `json:"replaced_at,omitempty"`
	LeftAt       *time.Time       `json:"left_at,omitempty"`
	Answers      []InsightAnswer  `json:"answers"`
	Texts        []InsightText    `json:"texts"` // the application they agreed to, what they wrote, and notes about the forløb
	Meetings     []InsightMeeting `json:"meetings"`
	Mails        []InsightMail    `json:"mails"`
	Evaluations  []InsightAsked   `json:"evaluations"` // what was answered is kept apart from who answered
	SeenBy       []InsightAccess  `json:"seen_by"`
	OtherPersons []string         `json:"-"`
}

// InsightAnswer is a yes or a no to apply together.
type InsightAnswer struct {
	Answer    string    `json:"answer"`
	At        time.Time `json:"at"`
	Channel   string    `json:"channel"`
	Signature string    `json:"signature,omitempty"`
}

// InsightText is something that was written.
type InsightText struct {
	Kind string     `json:"kind"`
	At   *time.Time `json:"at,omitempty"`
	Text string     `json:"text"`
}

// InsightMeeting is a meeting they were asked to.
type InsightMeeting struct {
	StartsAt time.Time `json:"starts_at"`
	State    string    `json:"state"`
	Place    string    `json:"place,omitempty"`
}

// InsightMail is a mail to them.
type InsightMail struct {
	Kind   MailKind   `json:"kind"`
	State  MailState  `json:"state"`
	SentAt *time.Time `json:"sent_at,omitempty"`
}

// InsightAsked is that they were asked for an evaluation.
type InsightAsked struct {
	Wave       int        `json:"wave"`
	AnsweredAt *time.Time `json:"answered_at,omitempty"`
	RefusedAt  *time.Time `json:"refused_at,omitempty"`
}

// InsightAccess is that somebody of the staff has had the forløb in hand: when,
// what for and in which role, and not who (C-579/21).
type InsightAccess struct {
	At      time.Time  `json:"at"`
	Role    StaffRole  `json:"role"`
	Kind    AccessKind `json:"kind"`
	Purpose Purpose    `json:"purpose"`
}

// Mask takes other people of the forløb out of what was written.
func (c *InsightCase) Mask() {
	var pairs []string
	for _, other := range c.OtherPersons {
		if other = strings.TrimSpace(other); len(other) > 2 && !strings.EqualFold(other, c.Name) && other != c.Phone {
			pairs = append(pairs, other, OtherPerson)
		}
	}
	r := strings.NewReplacer(pairs...)
	for i := range c.Texts {
		c.Texts[i].Text = r.Replace(c.Texts[i].Text)
	}
}
