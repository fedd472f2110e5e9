package forloeb

import "time"

// DigestItems are this forløb's lines in its consultant's collected mail of a
// kind; none when it does not need it.
func (f *Forloeb) DigestItems(kind MailKind, now time.Time) (items []DigestItem) {
	switch {
	case f.Paused(now) != nil:
	case kind == MailFirstMissing && f.Status == Planning && f.BookedCount() == 0:
		if a := f.Assignment(); a != nil && !f.ContactBy().After(now) {
			items = append(items, DigestItem{Reference: f.Reference, Since: a.Since(), Before: f.StartBy()})
		}
	case kind == MailNextMissing && f.Status == InProgress && f.BookedCount() == 0:
		since := f.lastMovement()
		if due := f.calendar().reminder(since, f.Policy.NextMeetingMail); !due.After(now) {
			items = append(items, DigestItem{Reference: f.Reference, Since: since, Before: f.calendar().workingDays(since, f.Policy.NextMeetingTask)})
		}
	case kind == MailRegister && f.Status == InProgress:
		items = f.registerItems(now)
	}
	return items
}

func (f *Forloeb) registerItems(now time.Time) (items []DigestItem) {
	for i := range f.Meetings {
		m := &f.Meetings[i]
		if m.State != Booked || f.calendar().morning(m.EndsAt).After(now) {
			continue
		}
		items = append(items, DigestItem{
			Reference: f.Reference, Meeting: f.MeetingNumber(m), MeetingID: m.ID, Since: m.StartsAt,
			Before: f.calendar().workingDays(f.calendar().morning(m.EndsAt), f.Policy.RegisterTask),
		})
	}
	return items
}
