package forloeb

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
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

// act tells what people did. A no says nothing to applicants beyond the
// closing.
func (s *story) act(act Act) {
	text, forStaff := s.actText(act)
	if text == "" || forStaff && !s.staff {
		return
	}
	if by := actorWords[act.Actor.Kind]; s.staff && by != "" {
		text += " (" + by + ")"
	}
	s.add(act.At, text)
}

var actorWords = map[ActorKind]string{
	ActorApplicant: "ansøgeren", ActorConsultant: "konsulenten", ActorSecretary: "sekretariatet", ActorProvider: "udbyderen",
}

func (s *story) actText(act Act) (text string, forStaff bool) {
	switch act.Name {
	case ConsentAnswered:
		return s.answer(act)
	case ApplicationChanged:
		return s.change(act)
	case PartyReplaced:
		if s.staff {
			return "Kontaktperson skiftet: " + s.who(act.Ref) + "; det gamle link virker ikke", false
		}
		return Capital(s.who(act.Ref)) + " blev skiftet ud", false
	case PartyLeft:
		if act.Detail == workplaceDetail {
			return s.f.placeWords(act.Ref) + " er ikke længere med", false
		}
		return Capital(s.who(act.Ref)) + " er ikke længere på arbejdspladsen", false
	case AssessmentDecided:
		return decisionNews[Decision(act.Detail)], false
	case ConsultantDeclined:
		return s.declined(act), true
	case ConsultantReleased:
		return "Vi finder en ny " + s.f.Words().Consultant, false
	case MeetingBooked, MeetingMoved, MeetingCancelled:
		return s.calendar(act), false
	case MeetingRegistered:
		if act.Detail == "corrected" {
			return s.f.meetingWords(act.Ref) + " blev rettet", true
		}
	case ExtraMeetingsGranted:
		return s.extra(act), false
	case MailSettled:
		return s.settled(act), true
	case FactsChanged:
		switch act.Detail {
		case deadlineDetail:
			return s.extended(act), false
		case pauseDetail:
			return s.paused(act), false
		case resumeDetail:
			return "Pausen blev afsluttet, og forløbet gik videre", false
		case askPauseDetail:
			return s.wantsPause(act), false
		}
		return s.written(act), false
	}
	return "", false
}

// extended names the date of the last one alone; those before it have made way.
func (s *story) extended(act Act) string {
	text, to := "Fristen for at svare blev forlænget", s.f.ExtendedTo()
	if to.IsZero() || !act.At.Equal(s.f.lastExtended()) {
		return text
	}
	return text + " til " + Date(to)
}

// paused names the date of the last one alone, unless it was ended early; those
// before it have made way.
func (s *story) paused(act Act) string {
	early := slices.ContainsFunc(s.f.Acts, func(a Act) bool { return a.Detail == resumeDetail && a.Version > act.Version })
	if act.Version != s.f.pausing().Version || early || len(s.f.Pauses) == 0 {
		return "Forløbet blev sat på pause"
	}
	text := "Forløbet blev sat på pause til " + Date(s.f.WentOn())
	if why := s.f.Pauses[len(s.f.Pauses)-1].Reason; s.staff && why != PauseOther {
		text += ": " + why.Label()
	}
	return text
}

func (s *story) wantsPause(act Act) string {
	if act.Ref == "" {
		return "Der blev bedt om en pause"
	}
	return Capital(s.who(act.Ref)) + " bad om en pause"
}

// resumed tells of the pauses that ended by themselves.
func (s *story) resumed(now time.Time) {
	for _, p := range s.f.pauses() {
		early := slices.ContainsFunc(s.f.Acts, func(a Act) bool { return a.Detail == resumeDetail && a.At.Equal(p.Until) })
		if !p.closed && !early && !p.Until.After(now) {
			s.add(p.Until, "Pausen sluttede, og forløbet gik videre")
		}
	}
}

// written tells of words that somebody has written, and never which.
func (s *story) written(act Act) string {
	switch act.Detail {
	case againDetail:
		return s.f.placeWords(act.Ref) + " blev spurgt igen"
	case otherTimeDetail:
		return Capital(s.who(act.Actor.ID)) + " bad om et andet tidspunkt for " + strings.ToLower(s.f.meetingWords(act.Ref))
	case prepDetail:
		return "Hjemmeopgaven til " + strings.ToLower(s.f.meetingWords(act.Ref)) + " er skrevet"
	case prepDetail + removedDetail:
		return "Hjemmeopgaven til " + strings.ToLower(s.f.meetingWords(act.Ref)) + " er fjernet"
	}
	return planNews[act.Detail]
}

var planNews = map[string]string{
	string(Arrangement):                 "Aftalen om forløbet er skrevet",
	string(Arrangement) + removedDetail: "Aftalen om forløbet er fjernet",
	string(FollowUp):                    "Aftalen om opfølgning er skrevet",
	string(FollowUp) + removedDetail:    "Aftalen om opfølgning er fjernet",
}

// decisionNews says what came of an assessment; a rejection is told by the
// closing.
var decisionNews = map[Decision]string{
	Approve: "Ansøgningen blev godkendt", Waitlist: "Ansøgningen kom på venteliste",
}

func (s *story) answer(act Act) (text string, forStaff bool) {
	who := Capital(s.who(act.Ref))
	noted := act.Actor.RunsForloeb() && s.staff
	switch Answer(act.Detail) {
	case contestedDetail:
		text = who + " skrev, at det noterede svar ikke passer"
	case Yes:
		text = who + " bekræftede"
	case No:
		text, forStaff = who+" svarede nej", true
	case Fix:
		text = who + " bad om en rettelse"
	case NotMe:
		text = "Modtageren skrev, at mailen til " + s.who(act.Ref) + " var gået til den forkerte"
	}
	if noted && text != "" {
		text += ", noteret pr. telefon"
	}
	return text, forStaff
}

func (s *story) change(act Act) (text string, forStaff bool) {
	switch act.Detail {
	case "edited":
		if s.f.Shared() {
			return "Ansøgningen blev ændret, og alle svarer igen", false
		}
		return "Ansøgningen blev ændret, og begge svarer igen", false
	case "address":
		return "Mailadressen til " + s.who(act.Ref) + " blev rettet; det gamle link virker ikke", true
	}
	return "", false
}

// who is the party an act or a mail is about.
func (s *story) who(ref string) string {
	if id, err := uuid.Parse(ref); err == nil {
		if p := s.f.Party(id); p != nil {
			return p.Side.Label()
		}
	}
	return "en part"
}

// meetingWords is "Møde 2".
func (f *Forloeb) meetingWords(ref string) string {
	if id, err := uuid.Parse(ref); err == nil {
		if m := f.Meeting(id); m != nil {
			return "Møde " + strconv.Itoa(f.MeetingNumber(m))
		}
	}
	return "Et møde"
}

// calendar tells of a meeting that was booked, moved or cancelled. Only the
// first and the last date of a meeting are known.
func (s *story) calendar(act Act) string {
	text := s.f.meetingWords(act.Ref)
	id, err := uuid.Parse(act.Ref)
	m := s.f.Meeting(id)
	if err != nil || m == nil {
		m = &Meeting{}
	}
	var date time.Time
	switch act.Name {
	case MeetingCancelled:
		return text + " blev aflyst"
	case MeetingBooked:
		text, date = text+" blev aftalt", s.firstStart(m)
	case MeetingMoved:
		text = text + " blev flyttet"
		if s.lastOf(act) {
			date = m.StartsAt
		}
	}
	if !date.IsZero() {
		text += " til " + Date(date)
	}
	return text
}

// firstStart is the date a meeting was booked for; zero when it has been
// moved more than once.
func (s *story) firstStart(m *Meeting) time.Time {
	moves := m.Sequence
	if m.State == Cancelled {
		moves--
	}
	switch moves {
	case 0:
		return m.StartsAt
	case 1:
		return m.MovedFrom
	}
	return time.Time{}
}

// lastOf reports whether no later act of the same name is about the same.
func (s *story) lastOf(act Act) bool {
	return !slices.ContainsFunc(s.f.Acts, func(o Act) bool {
		return o.Name == act.Name && o.Ref == act.Ref && o.Version > act.Version
	})
}

func (s *story) extra(act Act) string {
	if !s.lastOf(act) {
		return "Der er aftalt ekstra møder"
	}
	if s.f.ExtraMeetings == 1 {
		return "Der er aftalt ét ekstra møde"
	}
	return "Der er aftalt " + countWord(s.f.ExtraMeetings) + " ekstra møder"
}

var settledWords = map[string]string{
	"released": "blev frigivet", "resend": "bliver sendt igen", "let_be": "bliver ikke sendt igen",
}

func (s *story) settled(act Act) string {
	words, known := settledWords[act.Detail]
	if !known {
		return ""
	}
	for i := range s.f.Mails {
		if m := &s.f.Mails[i]; itoa(m.ID) == act.Ref {
			return "Mailen til " + s.recipient(m) + " " + words
		}
	}
	return "En mail " + words
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
