package forloeb

import (
	"time"

	"github.com/google/uuid"
)

// Pause is a stretch in which a forløb stands still: nobody is reminded of
// anything, and its days do not count. See calendar.
type Pause struct {
	ID     int64
	From   time.Time
	Until  time.Time // when it goes on, or went on
	Reason PauseReason
	closed bool // the forløb closed during it
}

// PauseReason is why a forløb is paused, as a code. The words stay in the case.
type PauseReason string

// Reasons.
const (
	PauseIllness    PauseReason = "illness"
	PauseLeave      PauseReason = "leave"
	PauseChanges    PauseReason = "changes"
	PauseBusy       PauseReason = "busy"
	PauseConsultant PauseReason = "consultant"
	PauseOther      PauseReason = "other"
)

// PauseReasons are all of them, in the order of the form.
var PauseReasons = []PauseReason{PauseIllness, PauseLeave, PauseChanges, PauseBusy, PauseConsultant, PauseOther}

// goesOnAt is the hour at which a paused forløb goes on: when the office opens,
// so that nobody is written to at night.
const goesOnAt = officeOpens

// GoesOn is when a forløb that is paused to a day goes on: in the morning of
// that day, or of the next working day.
func (f *Forloeb) GoesOn(day time.Time) time.Time {
	if f.Policy.Day > 0 {
		return day
	}
	return OnWorkingDayAt(day, goesOnAt)
}

// pauses are the forløb's, each no longer than to when it closed.
func (f *Forloeb) pauses() []Pause {
	if len(f.Pauses) == 0 {
		return nil
	}
	list := append([]Pause(nil), f.Pauses...)
	for i := range list {
		p := &list[i]
		for _, e := range f.Events {
			if e.To.Closed() && !e.At.Before(p.From) && e.At.Before(p.Until) {
				p.Until, p.closed = e.At, true
			}
		}
	}
	return list
}

// Paused is the pause that runs; nil when none does.
func (f *Forloeb) Paused(now time.Time) *Pause {
	all := f.pauses()
	if len(all) == 0 || f.Status.Closed() {
		return nil
	}
	if last := &all[len(all)-1]; !last.closed && now.Before(last.Until) {
		return last
	}
	return nil
}

// PauseForloeb lets a forløb stand still until a day. One that is paused
// already goes on then instead.
type PauseForloeb struct {
	Until  time.Time // any instant of the day on which it goes on
	Reason PauseReason
	Text   string // words that stay in the case; needed where the reason is another
}

const pauseDetail, resumeDetail, askPauseDetail = "pause", "resume", "pause_asked"

// What a mail to the consultant about a pause refers to.
const (
	RefPaused  = pauseDetail
	RefResumed = resumeDetail
)

// Line names the act.
func (d PauseForloeb) Line() Line { return Line{Name: FactsChanged, Detail: pauseDetail} }

// Check: before the questionnaire that ends it is out, to a day ahead and not
// too far, with no meeting in the way.
func (d PauseForloeb) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := f.pausable(); err != nil {
		return err
	}
	until, latest := f.GoesOn(d.Until), f.PausableTo(now)
	meeting := f.meetingIn(now, until)
	switch {
	case !until.After(now) || f.Policy.Day == 0 && sameDay(d.Until, now):
		return f.refuseOn(RefusePauseEarlier, now)
	case until.After(latest):
		return f.refuseOn(RefusePauseTooFar, latest)
	case meeting != nil:
		return f.refuseOn(RefuseMeetingInTheWay, meeting.StartsAt)
	case !d.Reason.Valid() || d.Reason == PauseOther && CleanText(d.Text) == "":
		return f.refuse(RefuseNoReason)
	}
	if _, unfit := textMistake("pause", d.Text); unfit {
		return f.refuse(RefuseUnfitText)
	}
	return nil
}

// pausable: while it is open. Once everybody has been asked what came of it
// nothing is left to pause: the deadline for that can be put off.
func (f *Forloeb) pausable() error {
	if err := f.open(); err != nil {
		return err
	}
	if f.Status == Evaluating {
		return f.refuse(RefuseAskedAlready)
	}
	return nil
}

// PausableTo is the last moment at which a pause can end.
func (f *Forloeb) PausableTo(now time.Time) time.Time {
	if f.Policy.Day > 0 {
		return f.always().pauseTo(now)
	}
	return EndOfDay(f.always().pauseTo(now))
}

// meetingIn is the first booked meeting to come that begins before an instant;
// nil when there is none.
func (f *Forloeb) meetingIn(now, until time.Time) *Meeting {
	for i := range f.Meetings {
		if m := &f.Meetings[i]; m.State == Booked && m.EndsAt.After(now) && m.StartsAt.Before(until) {
			return m
		}
	}
	return nil
}

// notPaused refuses what would have a forløb that is paused do something
// before it goes on.
func (f *Forloeb) notPaused(at, now time.Time) error {
	if p := f.Paused(now); p != nil && at.Before(p.Until) {
		return f.refuseOn(RefusePaused, p.Until)
	}
	return nil
}

// ResumeForloeb lets a paused forløb go on at once.
type ResumeForloeb struct{}

// Line names the act.
func (d ResumeForloeb) Line() Line { return Line{Name: FactsChanged, Detail: resumeDetail} }

// Check: while it is paused.
func (d ResumeForloeb) Check(f *Forloeb, by Actor, now time.Time) error {
	if err := f.open(); err != nil {
		return err
	}
	if f.Paused(now) == nil {
		return f.refuse(RefuseNotPaused)
	}
	return nil
}

// AskPause is a party, or the consultant, who needs a pause. The secretariat
// decides.
type AskPause struct {
	Party uuid.UUID // nil when the consultant asks
	Text  string    // why, and until when; for staff alone
}

// Line names the act.
func (d AskPause) Line() Line {
	if d.Party == uuid.Nil {
		return Line{Name: FactsChanged, Detail: askPauseDetail}
	}
	return Line{FactsChanged, d.Party.String(), askPauseDetail}
}

// Check: with words, when it could be paused and is not, once until the
// secretariat has answered.
func (d AskPause) Check(f *Forloeb, by Actor, now time.Time) error {
	if d.Party != uuid.Nil {
		if _, err := f.party(d.Party); err != nil {
			return err
		}
	}
	if err := f.pausable(); err != nil {
		return err
	}
	asked := f.AskedPause()
	_, unfit := d.Mistake()
	switch {
	case f.Paused(now) != nil:
		return f.refuseOn(RefusePaused, f.Paused(now).Until)
	case asked != nil:
		return f.refuseOn(RefusePauseAsked, asked.At)
	case CleanText(d.Text) == "":
		return f.refuse(RefuseNoPauseText)
	case unfit:
		return f.refuse(RefuseUnfitText)
	}
	return nil
}

// Mistake is what is wrong with the text, if anything.
func (d AskPause) Mistake() (Mistake, bool) { return textMistake("pause", d.Text) }

// AskedPause is the wish for a pause that the secretariat has not answered, by
// a pause or by closing its task; nil when there is none.
func (f *Forloeb) AskedPause() (asked *Act) {
	for i := range f.Acts {
		switch a := &f.Acts[i]; {
		case a.Name != FactsChanged:
		case a.Detail == askPauseDetail:
			asked = a
		case a.Detail == pauseDetail:
			asked = nil
		}
	}
	if asked == nil || f.pausable() != nil {
		return nil
	}
	if t := f.everTask(TaskPauseAsked, itoa(asked.Version)); t != nil && !t.Open() {
		return nil
	}
	return asked
}

// PauseWished is what whoever asked for a pause wrote; empty when nobody waits
// for an answer.
func (f *Forloeb) PauseWished() string {
	if f.AskedPause() == nil {
		return ""
	}
	return f.PauseWords
}

// pauseAsked is the task that it opens.
func (f *Forloeb) pauseAsked() []wantedTask {
	if a := f.AskedPause(); a != nil {
		return []wantedTask{{Kind: TaskPauseAsked, Subject: itoa(a.Version)}}
	}
	return nil
}

// pausing is the last act that paused the forløb, or moved the end of a pause.
func (f *Forloeb) pausing() (last *Act) {
	for i := range f.Acts {
		if a := &f.Acts[i]; a.Name == FactsChanged && a.Detail == pauseDetail {
			last = a
		}
	}
	return last
}

// PauseMoved reports whether the last pause has got another end than it began
// with.
func (f *Forloeb) PauseMoved() bool {
	act := f.pausing()
	return act != nil && len(f.Pauses) > 0 && act.At.After(f.Pauses[len(f.Pauses)-1].From)
}

// WentOn is when the last pause ended, or will; zero without any.
func (f *Forloeb) WentOn() time.Time {
	if len(f.Pauses) == 0 {
		return time.Time{}
	}
	return f.Pauses[len(f.Pauses)-1].Until
}

// pauses tells everybody of a pause, and whoever was told of it that it is
// over. A closing tells of itself.
func (p *plan) pauses() {
	all, act := p.f.pauses(), p.f.pausing()
	if len(all) == 0 || act == nil {
		return
	}
	last := all[len(all)-1]
	c := p.f.Consultant()
	if p.f.Paused(p.now) != nil {
		p.toParties(MailPaused, act.Version)
		if c != nil {
			p.mail(MailConsultantChanges, c.ID, act.At.UnixMilli(), RefPaused)
		}
		return
	}
	for _, party := range p.f.CurrentParties() {
		if p.f.mail(MailPaused, party.ID, act.Version) != nil && !last.closed {
			p.mail(MailResumed, party.ID, last.ID, "")
		}
	}
	if c != nil && !last.closed && p.f.mail(MailConsultantChanges, c.ID, act.At.UnixMilli()) != nil {
		p.mail(MailConsultantChanges, c.ID, last.Until.UnixMilli(), RefResumed)
	}
}

// mootPause: a mail about a pause that is over, or that was moved since.
func (f *Forloeb) mootPause(m *Mail, now time.Time) bool {
	act := f.pausing()
	return f.Paused(now) == nil || act == nil || m.Ordinal != act.Version
}

// waitsForPause reports whether a mail is of those that the calendar sends,
// and that wait until a pause is over.
func (k MailKind) waitsForPause() bool {
	switch k {
	case MailConsentReminder, MailOtherMissing, MailStillWaiting, MailMeetingReminder, MailMeetingsDone,
		MailEvaluationReminder, MailFirstMissing, MailNextMissing, MailRegister:
		return true
	}
	return false
}
