package forloeb

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/google/uuid"
)

// This file tells what people did.

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
		case recusedDetail:
			return "Det blev noteret, at konsulenten ikke skal have forløb på dette sted", true
		case recusalEndedDetail:
			return "Det blev ophævet, at konsulenten ikke skal have forløb på dette sted", true
		case guestAddedDetail:
			return "En mødedeltager blev skrevet på", false
		case guestRemovedDetail:
			return "En mødedeltager blev taget af", false
		case guestLeftDetail:
			return "En mødedeltager tog sig selv af", false
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
