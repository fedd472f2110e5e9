package api

import (
	"slices"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// mailing is one mail to some people that follows when staff act. Pages make
// their promises of it, and a test holds it to what is really sent.
type mailing struct {
	Kind     forloeb.MailKind
	To       []uuid.UUID      // parties, guests and consultants
	Newcomer string           // who it goes to instead, when that is somebody the forløb does not know yet
	When     string           // what it waits for, as a sentence begins; empty when it goes at once
	Meeting  *forloeb.Meeting // one that it takes out of the calendar
}

// promise is the mails that follow when a deed is done.
type promise func(k staffCase, d forloeb.Deed) []mailing

// toParties is a mail to those of the parties who can be reached.
func toParties(k staffCase, kind forloeb.MailKind) mailing {
	m := mailing{Kind: kind}
	for _, p := range k.CurrentParties() {
		if p.Reachable() {
			m.To = append(m.To, p.ID)
		}
	}
	return m
}

// toConsultant is a mail to the one who has the forløb now, or is asked.
func toConsultant(k staffCase, kind forloeb.MailKind) mailing {
	m := mailing{Kind: kind}
	if c := k.Chosen(); c != nil {
		m.To = append(m.To, c.ID)
	}
	return m
}

// foreseen are the mails that the domain foresees of a deed. Somebody whom the
// forløb does not know yet is called a newcomer.
func foreseen(k staffCase, d forloeb.Deed, newcomer string) (mails []mailing) {
	for _, m := range k.Foresee(d, k.Now) {
		if !knows(k.Forloeb, m.Recipient) {
			mails = append(mails, mailing{Kind: m.Kind, Newcomer: newcomer})
			continue
		}
		same := slices.IndexFunc(mails, func(o mailing) bool {
			return o.Kind == m.Kind && o.Newcomer == "" && !slices.Contains(o.To, m.Recipient)
		})
		if same < 0 {
			mails = append(mails, mailing{Kind: m.Kind, To: []uuid.UUID{m.Recipient}})
			continue
		}
		mails[same].To = append(mails[same].To, m.Recipient)
	}
	return mails
}

// knows reports whether somebody is of the forløb already.
func knows(f *forloeb.Forloeb, id uuid.UUID) bool {
	return f.Party(id) != nil || f.Guest(id) != nil || f.Expert(id) != nil
}

// when puts off a mail.
func (m mailing) when(condition string) mailing {
	m.When = condition
	return m
}

// cancellations take the meetings to come out of the calendars they are in.
func cancellations(k staffCase) (mails []mailing) {
	for i := range k.Meetings {
		if m := &k.Meetings[i]; m.State == forloeb.Booked && m.StartsAt.After(k.Now) {
			mails = append(mails, mailing{Kind: forloeb.MailMeetingCancelled, To: k.Invited(m), Meeting: m})
		}
	}
	return mails
}

// says promises the mails, and names each party who cannot be reached.
func says(k staffCase, mails []mailing) []string {
	sentences := promised(k, mails)
	for _, p := range k.CurrentParties() {
		if len(mails) > 0 && !p.Reachable() {
			sentences = append(sentences, forloeb.Capital(named(k, p.ID))+" kan ikke nås og får ingen mail.")
		}
	}
	return sentences
}

// promised is a sentence for each meeting that is cancelled, and one for what
// the same people get at the same time.
func promised(k staffCase, mails []mailing) (sentences []string) {
	var all []letters
	for _, m := range mails {
		switch {
		case m.Meeting != nil:
			sentences = append(sentences, m.cancels(k))
		case len(m.To) > 0 || m.Newcomer != "":
			all = m.joined(k, all)
		}
	}
	for _, l := range all {
		sentences = append(sentences, l.sentence())
	}
	return sentences
}

// cancels is "Mødet … bliver aflyst, og Mette Holm (leder) får mailen »Mødet
// er aflyst«."
func (m mailing) cancels(k staffCase) string {
	cancelled := "Mødet " + forloeb.DateTime(m.Meeting.StartsAt) + " bliver aflyst"
	if len(m.To) == 0 {
		return cancelled + "."
	}
	return cancelled + ", og " + letters{people: m.people(k), kinds: []string{k.say(m.Kind.Label())}}.get() + "."
}

// letters are what the same people get at the same time.
type letters struct {
	when, people string
	kinds        []string
}

// joined adds a mail to those that go with it.
func (m mailing) joined(k staffCase, all []letters) []letters {
	people, kind := m.people(k), k.say(m.Kind.Label())
	for i := range all {
		if l := &all[i]; l.when == k.say(m.When) && l.people == people {
			if !slices.Contains(l.kinds, kind) {
				l.kinds = append(l.kinds, kind)
			}
			return all
		}
	}
	return append(all, letters{k.say(m.When), people, []string{kind}})
}

// sentence is "Mette Holm (leder) får mailen »Forløbet er stoppet«."
func (l letters) sentence() string {
	if l.when != "" {
		return l.when + " får " + l.people + l.named() + "."
	}
	return forloeb.Capital(l.get()) + "."
}

func (l letters) get() string { return l.people + " får" + l.named() }

func (l letters) named() string {
	var quoted []string
	for _, kind := range l.kinds {
		quoted = append(quoted, "»"+kind+"«")
	}
	if len(quoted) == 1 {
		return " mailen " + quoted[0]
	}
	return " mailene " + forloeb.AndList(quoted)
}

func (m mailing) people(k staffCase) string {
	if m.Newcomer != "" {
		return k.say(m.Newcomer)
	}
	var names []string
	for _, id := range m.To {
		names = append(names, named(k, id))
	}
	return forloeb.AndList(names)
}

// named is somebody of the forløb with what they are in it.
func named(k staffCase, id uuid.UUID) string {
	if id == k.By.Consultant && id != uuid.Nil {
		return "du"
	}
	if p := k.Party(id); p != nil {
		noun := p.Side.Noun()
		if !p.Current() {
			noun = "tidligere " + noun
		}
		return withRole(p.Contact.Name, noun)
	}
	if g := k.Guest(id); g != nil {
		return withRole(g.Name, "mødedeltager")
	}
	if c := k.Expert(id); c != nil {
		return withRole(c.Name, k.Words().Consultant)
	}
	return k.say("konsulenten")
}

// withRole is "Mette Holm (leder)"; a name that has been erased leaves the
// role.
func withRole(name, role string) string {
	if name == "" {
		return role
	}
	return name + " (" + role + ")"
}

// unnoted warns about meetings that are over and that nobody has said were
// held: they will not count.
func unnoted(k staffCase) (warnings []string) {
	for _, m := range k.Meetings {
		if m.State == forloeb.Booked && !m.StartsAt.After(k.Now) {
			warnings = append(warnings, "Mødet "+forloeb.Date(m.StartsAt)+" er ikke noteret. Blev det holdt, så notér det først; ellers tæller det ikke med.")
		}
	}
	return warnings
}

// latest is the later of two times.
func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
