package api

import (
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// The acts in this file are about when and where the parties meet. What is
// typed is said back, with the day of the week, before it is done; and what
// speaks against it has then been ticked off, odd hours too.

// seeFirst leads to what is said back.
const seeFirst = "Se, hvad der bliver sendt"

// invitesBoth is what follows when a meeting is booked.
const invitesBoth = "Når du gemmer, får lederen og medarbejderrepræsentanten hver en indkaldelse."

// invites says who gets one: in a shared forløb not only two.
func (k staffCase) invites() string {
	if k.Shared() {
		return "Når du gemmer, får alle, mødet er for, hver en indkaldelse."
	}
	return invitesBoth
}

var bookAct = act{
	path: "moeder/ny", label: "Aftal et møde", about: "Parterne får hver en indkaldelse.",
	done: "Mødet er aftalt, og indkaldelserne bliver sendt nu.", roles: byAllStaff,
	likely:  []forloeb.Status{forloeb.Planning, forloeb.InProgress},
	settles: []forloeb.TaskKind{forloeb.TaskFirstMeeting, forloeb.TaskStart, forloeb.TaskNextMeeting},
	find:    findDiary,
	example: anyMeeting,
	mails:   invitations,
	form: func(k staffCase, a asking) actForm {
		usual := k.Usual()
		return actForm{
			Heading: "Aftal møde " + strconv.Itoa(k.nextNumber()), Lead: k.invites(), Button: seeFirst,
			Fields: slices.Concat(a.times(k, undated(usual)), a.place(usual.Place), a.concerned(k, "Hvem er mødet for?", invitesAll), []field{a.prepTask("")}),
		}
	},
	deeds: bookingsForSome,
	echo: func(k staffCase, sent url.Values, page *echoPage) {
		page.onlyFor(k, sent)
		page.Subheading, page.Button = "Aftal møde "+strconv.Itoa(k.numberAt(page.slots[0])), "Aftal mødet"
		if task := forloeb.CleanText(sent.Get(prepField)); task != "" {
			page.Facts = append(page.Facts, fact{"Hjemmeopgave", task})
		}
	},
}

// anyMeeting is one at a time when there is no other.
func anyMeeting(k staffCase) forloeb.Deed {
	start := k.Now.AddDate(50, 0, 0)
	return forloeb.BookMeeting{StartsAt: start, EndsAt: start.Add(time.Minute), OddHours: true}
}

// nextNumber is what the next meeting will be called.
func (k staffCase) nextNumber() int { return k.HeldCount() + k.BookedCount() + 1 }

// bookings are one meeting or several; one alone may have something to be
// prepared for it.
func bookings(k staffCase, sent url.Values) ([]forloeb.Deed, []fieldError) {
	deeds, wrong := k.timed(sent, func(s slot, place string) forloeb.Deed {
		return forloeb.BookMeeting{Meeting: uuid.New(), StartsAt: s.From, EndsAt: s.To, Place: place, OddHours: true}
	})
	task, unfit := readPrepTask(uuid.Nil, sent)
	if wrong = append(wrong, unfit...); len(wrong) > 0 || forloeb.CleanText(task.Text) == "" {
		return deeds, wrong
	}
	task.Meeting = deeds[0].(forloeb.BookMeeting).Meeting
	return append(deeds, task), nil
}

// bookingsForSome are for the workplaces that are ticked.
func bookingsForSome(k staffCase, sent url.Values) ([]forloeb.Deed, []fieldError) {
	deeds, wrong := bookings(k, sent)
	wrong = append(wrong, nobodyChosen(k, sent)...)
	for i := range deeds {
		if d, books := deeds[i].(forloeb.BookMeeting); books {
			d.Workplaces = chosenPlaces(k, sent)
			deeds[i] = d
		}
	}
	return deeds, wrong
}

// invitations go to everybody who comes.
func invitations(k staffCase, d forloeb.Deed) []mailing {
	m, booked := d.(forloeb.BookMeeting)
	if !booked {
		return nil // what is to be prepared stands in the invitation
	}
	invited, meeting := toAttendees(k, forloeb.MailMeetingInvitation), &forloeb.Meeting{Workplaces: m.Workplaces}
	invited.To = slices.DeleteFunc(invited.To, func(id uuid.UUID) bool {
		p := k.Party(id)
		return p != nil && !k.IsFor(meeting, p)
	})
	return slices.Concat(acceptedBy(k), []mailing{invited}, extraOwed(k))
}

// acceptedBy are the mails that follow when whoever is asked says yes by booking.
func acceptedBy(k staffCase) []mailing {
	if !isOffer(k) {
		return nil
	}
	return acceptMails(k, forloeb.Accept{})
}

// toAttendees is a mail to everybody who comes to the meetings.
func toAttendees(k staffCase, kind forloeb.MailKind) mailing {
	m := toParties(k, kind)
	m.To = append(m.To, toConsultant(k, kind).To...)
	return m
}

// moveMails go to everybody who comes: whom no invitation has reached yet is
// invited to the new time.
func moveMails(k staffCase, _ forloeb.Deed) []mailing {
	invited := k.Invited(k.Which)
	moved, anew := toAttendees(k, forloeb.MailMeetingMoved), toAttendees(k, forloeb.MailMeetingInvitation)
	moved.To = slices.DeleteFunc(moved.To, func(id uuid.UUID) bool { return !slices.Contains(invited, id) })
	anew.To = slices.DeleteFunc(anew.To, func(id uuid.UUID) bool { return slices.Contains(invited, id) })
	return []mailing{moved, anew}
}

var moveAct = act{
	path: "moeder/{meeting}/flyt", label: "Flyt mødet", about: "Begge får en ny indkaldelse, som afløser den gamle.",
	done: "Mødet er flyttet, og de nye indkaldelser bliver sendt nu.", roles: byAllStaff,
	find:    findMeetingAndDiary,
	example: anyOtherTime,
	mails:   moveMails,
	form: func(k staffCase, a asking) actForm {
		m := k.Which
		return actForm{
			Heading: "Flyt møde " + strconv.Itoa(k.MeetingNumber(m)), Button: seeFirst,
			Lead:    "Det er " + forloeb.Interval(m.StartsAt, m.EndsAt) + ". Begge får en ny indkaldelse, som afløser den gamle.",
			Remarks: wishes(k),
			Fields:  append(a.times(k, typedAs(m.StartsAt, m.EndsAt)), a.place(m.Place)...),
			Ways:    []wayOn{{Label: "Aflys mødet i stedet", Address: cancelAct.address(k)}},
		}
	},
	deeds: func(k staffCase, sent url.Values) ([]forloeb.Deed, []fieldError) {
		deeds, wrong := k.timed(sent, func(s slot, place string) forloeb.Deed {
			return forloeb.MoveMeeting{Meeting: k.Which.ID, StartsAt: s.From, EndsAt: s.To, Place: place, OddHours: true}
		})
		if len(wrong) == 0 && k.stays(deeds[0].(forloeb.MoveMeeting)) {
			wrong = []fieldError{{"date-1", "Mødet ligger der allerede. Skriv et andet tidspunkt eller et andet sted."}}
		}
		return deeds, wrong
	},
	echo: func(k staffCase, _ url.Values, page *echoPage) {
		page.Subheading, page.Button = "Flyt møde "+strconv.Itoa(k.MeetingNumber(k.Which)), "Flyt mødet"
		page.Facts = append([]fact{{"Før", whenWords(slot{k.Which.StartsAt, k.Which.EndsAt})}}, page.Facts...)
	},
}

// anyOtherTime is when there is no other meeting.
func anyOtherTime(k staffCase) forloeb.Deed {
	start := k.Now.AddDate(50, 0, 0)
	return forloeb.MoveMeeting{Meeting: k.Which.ID, StartsAt: start, EndsAt: start.Add(time.Minute), OddHours: true}
}

// stays reports whether the meeting is there already.
func (k staffCase) stays(d forloeb.MoveMeeting) bool {
	m := k.Which
	return d.StartsAt.Equal(m.StartsAt) && d.EndsAt.Equal(m.EndsAt) && d.Place == m.Place
}

var recordAct = act{
	path: "moeder/noter", label: "Notér et møde, der er holdt", about: "Når det ikke var aftalt her.",
	done: "Mødet er noteret.", roles: byAllStaff,
	find:    findDiary,
	example: anyHeld,
	mails:   recordMails,
	form: func(k staffCase, a asking) actForm {
		usual := k.Usual()
		return actForm{
			Lead:   "Et møde kan noteres op til " + strconv.Itoa(k.Policy.RecordBackDays) + " dage efter. Spørgeskemaet regnes fra det sidste holdte møde, så datoen skal passe.",
			Button: "Videre",
			Fields: slices.Concat(a.times(k, undated(usual)), a.place(usual.Place),
				a.concerned(k, "Hvem var mødet for?", "Hver arbejdsplads får spørgeskemaet efter det sidste møde, der var for den.")),
		}
	},
	deeds: func(k staffCase, sent url.Values) ([]forloeb.Deed, []fieldError) {
		only := chosenPlaces(k, sent)
		deeds, wrong := k.timed(sent, func(s slot, place string) forloeb.Deed {
			return forloeb.RecordMeeting{Meeting: uuid.New(), StartsAt: s.From, EndsAt: s.To, Place: place, OddHours: true, Workplaces: only}
		})
		return deeds, append(wrong, nobodyChosen(k, sent)...)
	},
	echo: func(k staffCase, sent url.Values, page *echoPage) {
		page.onlyFor(k, sent)
		page.Subheading, page.Button = "Notér et møde, der er holdt", "Notér mødet"
		counts := "Mødet tæller med som holdt."
		if page.Effects == nil {
			counts += " Ingen får en mail."
		} else if k.holding(page.slots[0], chosenPlaces(k, sent)).over() {
			counts += " Det var det sidste."
		}
		page.Effects = append([]string{counts}, page.Effects...)
	},
	leads: func(k staffCase, d []forloeb.Deed) string {
		return registerAddress(k, d[0].(forloeb.RecordMeeting).Meeting)
	},
}

// recordMails follow when the meeting was the last one that was missing, or is
// later than the last one was.
func recordMails(k staffCase, d forloeb.Deed) []mailing {
	r := d.(forloeb.RecordMeeting)
	after := k.holding(slot{r.StartsAt, r.EndsAt}, r.Workplaces)
	switch {
	case k.Status != forloeb.AwaitingEvaluation && after.over():
		return append(extraOwed(k), endMail(after, k.Now))
	case k.Status != forloeb.AwaitingEvaluation:
		return extraOwed(k)
	case after.LastHeld().After(k.LastHeld()):
		return []mailing{endMail(after, latest(after.LastHeld(), k.StatusSince))}
	}
	return nil
}

// holding is the forløb as it will be when a meeting has been held then, for
// these workplaces or for all.
func (k staffCase) holding(s slot, only []uuid.UUID) staffCase {
	k = k.with([]slot{s})
	m := &k.Meetings[len(k.Meetings)-1]
	m.State, m.Workplaces = forloeb.Held, only
	return k
}

// over reports whether the last meeting has been held.
func (k staffCase) over() bool { return !asksAt(k.Forloeb).IsZero() }

// anyHeld is one that is over.
func anyHeld(k staffCase) forloeb.Deed {
	return forloeb.RecordMeeting{StartsAt: k.Now.Add(-time.Minute), EndsAt: k.Now, OddHours: true}
}

// timed reads when and where, and asks the domain about each time alone. What
// stands in the way of all of them together is found when they are recorded.
func (k staffCase) timed(sent url.Values, deed func(slot, string) forloeb.Deed) (deeds []forloeb.Deed, wrong []fieldError) {
	slots, wrong := readSlots(sent)
	place, misplaced := readPlace(sent)
	if wrong = append(wrong, misplaced...); len(wrong) > 0 {
		return nil, wrong
	}
	for i, s := range slots {
		d := deed(s, place)
		if r := refusedWith(k.Judge(d, k.By.Actor(), k.Now), refusedTimes...); r != nil {
			wrong = append(wrong, fieldError{"date-" + strconv.Itoa(i+1), r.Danish()})
		}
		deeds = append(deeds, d)
	}
	return deeds, wrong
}

// refusedTimes are the refusals that are about the time of one meeting.
var refusedTimes = []forloeb.RefusalCode{
	forloeb.RefuseMeetingPast, forloeb.RefuseBadMeetingTime, forloeb.RefuseMeetingBookedAlready,
	forloeb.RefuseMeetingTooFarBack, forloeb.RefuseMeetingNotBegun, forloeb.RefusePaused,
}
