package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// AskOtherTime is a party who cannot come to a meeting and asks for another
// time. The meeting stands until the consultant moves it.
type AskOtherTime struct {
	Party    uuid.UUID
	Meeting  uuid.UUID
	StartsAt time.Time // as the party saw it: a meeting may be moved meanwhile
	Text     string    // what suits better; optional, and for staff alone
}

const otherTimeDetail = "other_time"

// Line names the act.
func (d AskOtherTime) Line() Line { return Line{FactsChanged, d.Meeting.String(), otherTimeDetail} }

// Check: a meeting to come, at the time the party saw, once until the
// consultant has given it another.
func (d AskOtherTime) Check(f *Forloeb, by Actor, now time.Time) error {
	p, err := f.party(d.Party)
	if err := first(err, f.open(), f.booked(d.Meeting)); err != nil {
		return err
	}
	m := f.Meeting(d.Meeting)
	_, unfit := d.Mistake()
	switch asked := f.AskedOtherTime(m, p, now); {
	case !p.Reachable():
		return &Refusal{Code: RefusePartyLeft, Status: f.Status, Side: p.Side}
	case !m.StartsAt.After(now):
		return f.refuseOn(RefuseMeetingBegun, m.StartsAt)
	case asked != nil:
		return f.refuseOn(RefuseAlreadyAsked, asked.At)
	case !m.StartsAt.Equal(d.StartsAt):
		return f.refuseOn(RefuseMeetingMoved, m.StartsAt)
	case unfit:
		return f.refuse(RefuseUnfitText)
	}
	return nil
}

// Mistake is what is wrong with the text, if anything.
func (d AskOtherTime) Mistake() (Mistake, bool) { return textMistake(otherTimeDetail, d.Text) }

// OtherTime is a party's wish for another time for a meeting.
type OtherTime struct {
	Party      uuid.UUID
	Version    int64 // of the act; numbers the mail about it
	At         time.Time
	AnsweredAt time.Time // when the meeting got another start; zero until then
	Text       string    // what suits better, if they said: erased with the contacts
}

// OtherTimesAsked are the wishes for another time that the consultant has not
// met: of a meeting that is booked and to come, from parties who still are.
func (f *Forloeb) OtherTimesAsked(m *Meeting, now time.Time) (open []OtherTime) {
	if m.State != Booked || !m.StartsAt.After(now) {
		return nil
	}
	for _, o := range m.OtherTimes {
		if p := f.Party(o.Party); o.AnsweredAt.IsZero() && p != nil && p.Reachable() {
			open = append(open, o)
		}
	}
	return open
}

// AskedOtherTime is the one from a party; nil when there is none.
func (f *Forloeb) AskedOtherTime(m *Meeting, p *Party, now time.Time) *OtherTime {
	for _, o := range f.OtherTimesAsked(m, now) {
		if o.Party == p.ID {
			return &o
		}
	}
	return nil
}

// OtherTimeOf finds the wish that a mail is about; nil when it has been met,
// or nobody waits for it any more.
func (f *Forloeb) OtherTimeOf(mail *Mail, now time.Time) *OtherTime {
	meeting := f.MeetingOf(mail)
	if meeting == nil {
		return nil
	}
	for _, o := range f.OtherTimesAsked(meeting, now) {
		if o.Version == mail.Ordinal {
			return &o
		}
	}
	return nil
}
