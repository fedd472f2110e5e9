package forloeb

import (
	"slices"
	"strconv"
	"time"
)

const notBooked = "Ikke aftalt endnu"

// plans collects what is to come.
type plans struct {
	f       *Forloeb
	now     time.Time
	moments []Moment
}

// on is something on a day; a day that is over is not promised.
func (p *plans) on(at time.Time, text string) {
	if !at.IsZero() && !passed(at, p.now) {
		p.moments = append(p.moments, Moment{At: at, When: Capital(Date(at)), Text: text, Kind: MomentFuture})
	}
}

// when is something that hangs on something else.
func (p *plans) when(condition, text string) {
	p.moments = append(p.moments, Moment{When: condition, Text: text, Kind: MomentFuture})
}

// future is what comes next with dates, then what has none yet.
func (f *Forloeb) future(now time.Time) []Moment {
	p := &plans{f: f, now: now}
	if pause := f.Paused(now); pause != nil {
		p.on(pause.Until, "Pausen slutter, og forløbet går videre")
	}
	switch f.Status {
	case AwaitingConsent:
		p.consent()
	case AwaitingAssessment:
		p.assessment()
	case AwaitingConsultant:
		p.assignment()
	case Planning:
		p.on(f.ContactBy(), p.contact())
		p.on(f.StartBy(), "Seneste dato for det første møde")
		p.course()
	case InProgress:
		p.course()
	case AwaitingEvaluation:
		p.waves()
	case Evaluating:
		p.evaluation()
	default:
		p.on(f.EraseAt(), "Personoplysningerne bliver slettet")
	}
	slices.SortStableFunc(p.moments, byDate)
	return slices.CompactFunc(p.moments, func(a, b Moment) bool { return a.When == b.When && a.Text == b.Text })
}

// byDate puts what has no date last, in the order it was told.
func byDate(a, b Moment) int {
	switch {
	case a.At.IsZero() && b.At.IsZero():
		return 0
	case a.At.IsZero():
		return 1
	case b.At.IsZero():
		return -1
	}
	return a.At.Compare(b.At)
}

func (p *plans) consent() {
	for _, party := range p.f.Pending() {
		if p.f.AskedForFix() {
			break
		}
		reminders := p.f.consentReminders(party)
		for i, r := range reminders {
			text := "Påmindelse til dem, der ikke har svaret"
			if i == len(reminders)-1 {
				text = "Sidste påmindelse"
			}
			p.on(r.At, text)
		}
	}
	p.on(p.f.ConsentCloses(), "Frist for at svare")
	agreed := "Når begge har bekræftet"
	if p.f.Shared() {
		agreed = "Når nok arbejdspladser har bekræftet"
	}
	if p.f.Policy.Intake == Assessed {
		p.when(agreed, "Ansøgningen bliver vurderet")
		p.when("Når ansøgningen er godkendt", p.contact())
	} else {
		p.when(agreed, p.contact())
	}
}

// contact is the consultant's first sign of life.
func (p *plans) contact() string { return Capital(p.f.Words().Consultant) + "en kontakter jer" }

func (p *plans) assessment() {
	p.on(p.f.NewsBy(), "Ansøgningen er vurderet, eller I hører fra os")
	p.when("Når ansøgningen er godkendt", p.contact())
}

func (p *plans) assignment() {
	p.on(p.f.NewsBy(), "I hører fra os, også hvis vi stadig leder")
	p.when("Når vi har fundet en "+p.f.Words().Consultant, p.contact())
	p.on(p.f.StartBy(), "Seneste dato for det første møde")
}

// course is the meetings to come and the evaluation they lead to.
func (p *plans) course() {
	count, last := p.f.HeldCount(), p.f.LastHeld()
	for i := range p.f.Meetings {
		if m := &p.f.Meetings[i]; m.State == Booked {
			count, last = count+1, later(last, m.EndsAt)
			p.meeting(m)
		}
	}
	for n := count + 1; n <= p.f.Required(); n++ {
		p.when(notBooked, "Møde "+strconv.Itoa(n))
	}
	if count < p.f.Required() || last.IsZero() {
		p.when("Efter det sidste møde", comes(p.f.Policy.Evaluations.After()))
		return
	}
	for _, wave := range p.f.Policy.Evaluations {
		at := p.f.calendar().at(wave, last)
		p.on(at, comes(wave.After())+", lige nu regnet til "+Date(at))
	}
}

func comes(after string) string { return "Spørgeskemaet kommer " + after + " det sidste møde" }

// waves are the times they are still to be asked.
func (p *plans) waves() {
	for _, t := range p.f.turns(p.now) {
		p.on(t.at, comes(p.f.Policy.Evaluations[t.wave].After()))
	}
	p.on(later(p.f.EvaluationAt(), p.f.StatusSince), comes(p.f.Policy.Evaluations[p.f.Policy.Evaluations.last()].After()))
}

// meeting is one that is booked; one that is over waits to be noted.
func (p *plans) meeting(m *Meeting) {
	name := "Møde " + strconv.Itoa(p.f.MeetingNumber(m))
	if !m.EndsAt.After(p.now) {
		p.moments = append(p.moments, Moment{At: m.StartsAt, When: Capital(Interval(m.StartsAt, m.EndsAt)), Text: name + " mangler at blive noteret", Kind: MomentFuture})
		return
	}
	p.on(p.f.MeetingReminderAt(m, p.now), "Påmindelse om møde "+strconv.Itoa(p.f.MeetingNumber(m)))
	switch {
	case m.OnlineAddress() != nil:
		name += ", online"
	case m.Place != "":
		name += ", " + m.Place
	}
	p.moments = append(p.moments, Moment{At: m.StartsAt, When: Capital(Interval(m.StartsAt, m.EndsAt)), Text: name, Kind: MomentFuture, Meeting: m})
}

func (p *plans) evaluation() {
	at := p.f.EvaluationCloses()
	for i := range p.f.Invitations {
		for _, r := range p.f.evaluationReminders(&p.f.Invitations[i], at) {
			p.on(r.At, "Påmindelse, hvis der mangler svar")
		}
	}
	const closes = "Spørgeskemaet lukker, og forløbet slutter"
	if at.IsZero() {
		p.when("Fristen løber, når det er sendt", closes)
	} else {
		p.on(at, closes)
	}
}
