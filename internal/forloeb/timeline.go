package forloeb

import (
	"cmp"
	"slices"
	"strconv"
	"time"
)

// Moment is one line of a timeline.
type Moment struct {
	At   time.Time // zero when there is no date yet
	When string    // the date as it is read, or what it hangs on
	Text string
	Kind MomentKind

	Meeting *Meeting // the booked one still to come that it is; nil for all else
}

// MomentKind places a moment before or after now.
type MomentKind string

// MomentNext is the first of what is to come.
const (
	MomentPast   MomentKind = "past"
	MomentNext   MomentKind = "now"
	MomentFuture MomentKind = "future"
)

// Audience is who reads a timeline.
type Audience string

// Applicants see what concerns the workplace; staff also see mails, flags and
// who did it.
const (
	Applicant Audience = "applicant"
	Staff     Audience = "staff"
)

// TimelineNote follows what is to come.
const TimelineNote = "Datoerne flytter sig, hvis møderne gør."

// Timeline is what has happened and what comes, oldest first.
func (f *Forloeb) Timeline(now time.Time, a Audience) []Moment {
	past := f.past(now, a)
	future := f.future(now)
	if len(future) > 0 {
		future[0].Kind = MomentNext
	}
	return append(past, future...)
}

// story collects moments.
type story struct {
	f       *Forloeb
	staff   bool
	moments []Moment
}

func (s *story) add(at time.Time, text string) {
	if !at.IsZero() {
		s.moments = append(s.moments, Moment{At: at, When: Capital(DateTime(at)), Text: s.f.Words().Say(text), Kind: MomentPast})
	}
}

func (f *Forloeb) past(now time.Time, a Audience) []Moment {
	s := &story{f: f, staff: a == Staff}
	s.add(f.CreatedAt, "Ansøgningen blev sendt")
	for _, act := range f.Acts {
		s.act(act)
	}
	for _, e := range f.Events {
		s.event(e)
	}
	for i := range f.Mails {
		s.mail(&f.Mails[i])
	}
	s.assignments()
	s.meetings()
	s.evaluation()
	s.resumed(now)
	s.refusals()
	s.tasks()
	s.erased(now)
	slices.SortStableFunc(s.moments, func(a, b Moment) int { return a.At.Compare(b.At) })
	return s.moments
}

// event tells of the steps that no act tells of.
func (s *story) event(e Event) {
	switch {
	case e.From.Closed():
		s.add(e.At, "Sagen blev åbnet igen")
	case e.begins() && s.f.Shared():
		s.add(e.At, "Forløbet begynder med de arbejdspladser, der har bekræftet")
	case e.begins():
		s.add(e.At, "Begge har bekræftet")
	case e.From == InProgress && e.To == AwaitingEvaluation:
		s.add(e.At, "Det sidste møde er holdt")
	case e.To.Closed():
		s.add(e.At, closingNews[e.To])
	}
}

var closingNews = map[Status]string{
	Completed: "Forløbet sluttede",
	Declined:  "Ansøgningen blev ikke bekræftet af begge",
	Lapsed:    "Fristen for at svare udløb",
	Rejected:  "Ansøgningen fik afslag",
	Withdrawn: "Ansøgningen blev trukket tilbage",
	Stopped:   "Forløbet blev stoppet",
}

// mail tells applicants of the mails that ask for an answer. Who is reminded
// of the evaluation would tell who has not answered it.
func (s *story) mail(m *Mail) {
	switch {
	case m.State == MailFailed && s.staff:
		s.add(s.f.failedAt(m), "Mail til "+s.recipient(m)+" blev afvist: "+cmp.Or(m.Reason(), "Vi ved ikke hvorfor")+" ("+m.Kind.Label()+")")
	case m.State == MailUncertain && s.staff:
		s.add(later(m.PlannedAt, m.SentAt), "Vi ved ikke, om mailen til "+s.recipient(m)+" nåede frem ("+m.Kind.Label()+")")
	case m.State != MailSent:
	case m.Kind.Asks():
		s.add(m.SentAt, "Mail med link sendt til "+s.recipient(m))
	case m.Kind == MailConsentReminder:
		s.add(m.SentAt, "Påmindelse sendt til "+s.recipient(m))
	case s.staff:
		s.add(m.SentAt, "Mail til "+s.recipient(m)+": "+m.Kind.Label())
	}
}

func (s *story) recipient(m *Mail) string {
	if p := s.f.Party(m.Recipient); p != nil {
		return p.Side.Label()
	}
	if s.f.Guest(m.Recipient) != nil {
		return "en mødedeltager"
	}
	return s.f.Words().Consultant + "en"
}

func (s *story) assignments() {
	noun := s.f.Words().Consultant
	before := ""
	for _, a := range s.f.Assignments {
		name := cmp.Or(a.Consultant.Name, Capital(noun)+"en")
		if s.staff && !a.AcceptedAt.Equal(a.At) {
			s.add(a.At, name+" blev spurgt")
		}
		if !a.Taken() {
			continue
		}
		switch {
		case before != "" && s.staff:
			s.add(a.Since(), Capital(noun)+" skiftet fra "+before+" til "+name)
		case s.staff:
			s.add(a.Since(), name+" blev "+noun)
		default:
			s.add(a.Since(), name+" blev jeres "+noun)
		}
		before = cmp.Or(a.Consultant.Name, noun+"en")
	}
}

// declined names who said no, and why in a word.
func (s *story) declined(act Act) string {
	for i := range s.f.Assignments {
		if a := &s.f.Assignments[i]; a.Until.Equal(act.At) && a.Declined != "" {
			return cmp.Or(a.Consultant.Name, Capital(s.f.Words().Consultant)+"en") + " sagde nej: " + a.Declined.Label()
		}
	}
	return ""
}

// meetings are told on the day they were held, not when that was noted.
func (s *story) meetings() {
	for i := range s.f.Meetings {
		switch m := &s.f.Meetings[i]; m.State {
		case Held:
			s.add(m.StartsAt, "Møde "+strconv.Itoa(s.f.MeetingNumber(m))+" blev holdt")
		case NoShow:
			s.add(m.StartsAt, "Møde "+strconv.Itoa(s.f.MeetingNumber(m))+" blev ikke holdt")
		}
	}
}

// evaluation tells applicants how many have answered, staff also who.
func (s *story) evaluation() {
	for wave := range s.f.Policy.Evaluations {
		s.add(s.f.sentIn(wave), "Spørgeskemaet blev sendt")
		s.answers(slices.DeleteFunc(slices.Clone(s.f.Invitations), func(i Invitation) bool { return i.Wave != wave }))
	}
}

// answers to one wave.
func (s *story) answers(invited []Invitation) {
	answered := slices.DeleteFunc(slices.Clone(invited), func(i Invitation) bool { return i.AnsweredAt.IsZero() })
	slices.SortFunc(answered, func(a, b Invitation) int { return a.AnsweredAt.Compare(b.AnsweredAt) })
	for i, inv := range answered {
		text := "Spørgeskemaet er besvaret"
		switch {
		case s.staff:
			text = Capital(s.who(inv.PartyID.String())) + " svarede på spørgeskemaet"
		case len(invited) == 2 && i == 0:
			text = "Én af to har svaret på spørgeskemaet"
		case len(invited) == 2:
			text = "Begge har svaret på spørgeskemaet"
		}
		s.add(inv.AnsweredAt, text)
	}
}

// refusals of the evaluation are known to staff, who then write no more.
func (s *story) refusals() {
	for _, inv := range s.f.Invitations {
		if s.staff {
			s.add(inv.RefusedAt, Capital(s.who(inv.PartyID.String()))+" ønsker ikke at svare på spørgeskemaet")
		}
	}
}

// taskNews says why the secretariat was asked. Mails are told by themselves.
var taskNews = map[TaskKind]string{
	TaskMailHeld:       "Opgave: En mail er holdt tilbage, til sekretariatet har set på den",
	TaskFix:            "Opgave: Ansøgningen skal rettes",
	TaskWrongPerson:    "Opgave: Mailen gik til den forkerte",
	TaskPartyLeft:      "Opgave: En kontaktperson skal skiftes",
	TaskAssess:         "Opgave: Ansøgningen skal vurderes",
	TaskNoConsultant:   "Opgave: Forløbet mangler en konsulent",
	TaskRecused:        "Opgave: Der er tvivl om konsulentens habilitet",
	TaskFirstMeeting:   "Opgave: Det første møde er ikke aftalt",
	TaskStart:          "Opgave: Forløbet er ikke begyndt i tide",
	TaskRegister:       "Opgave: Et møde er ikke noteret",
	TaskNextMeeting:    "Opgave: Det næste møde er ikke aftalt",
	TaskOpenTooLong:    "Opgave: Forløbet har varet længe",
	TaskSignature:      "Bemærk: Underskriften er en anden end navnet på ansøgningen",
	TaskSharedMailbox:  "Bemærk: Et ja kom fra noget, der ligner en fælles postkasse",
	TaskPrivateMailbox: "Bemærk: Lederens ja kom fra en privat mailadresse",
	TaskSameDevice:     "Bemærk: Begge svar kom fra samme browser",
	TaskNobodyAnswered: "Opgave: Ingen svarede på spørgeskemaet",
	TaskReopenAsked:    "Opgave: En part beder om, at sagen bliver åbnet igen",
	TaskContested:      "Opgave: Et svar, der blev noteret i telefonen, passer ikke",
	TaskPauseAsked:     "Opgave: Der er bedt om en pause",
	TaskTooFew:         "Opgave: Der er for få arbejdspladser tilbage",
}

func (s *story) tasks() {
	if !s.staff {
		return
	}
	for _, t := range s.f.Tasks {
		if news := taskNews[t.Kind]; news != "" {
			s.add(t.OpenedAt, news)
		}
	}
}

// erased: the last thing there is to tell.
func (s *story) erased(now time.Time) {
	if at := s.f.EraseAt(); !at.IsZero() && !at.After(now) && s.f.Anonymised() {
		s.add(at, "Oplysningerne er slettet")
	}
}

// Anonymised reports whether nothing is left of who the parties were.
func (f *Forloeb) Anonymised() bool {
	for i := range f.Parties {
		if f.Parties[i].Contact != (Contact{}) {
			return false
		}
	}
	return f.Status.Closed()
}
