package mail

import (
	"strings"
	"time"

	"example.dk/spark/internal/forloeb"
)

// Mails to consultants.

// consultantNew hands over a forløb, or asks whether they take it.
type consultantNew struct {
	AnswerBy     string // empty when it is theirs already
	Days         string // to make contact, from when it is theirs
	Reference    string
	Municipality string
	ContactBy    string
	StartBy      string
	Link         string
}

func fillConsultantNew(d *draft) (any, error) {
	return consultantNew{
		AnswerBy:     dateTime(d.Forloeb.OfferEnds()),
		Days:         forloeb.WorkingDays(d.Forloeb.Policy.FirstMeetingMail),
		Reference:    d.Forloeb.Reference,
		Municipality: shortPlace(d.Forloeb.Lead()),
		ContactBy:    date(d.Forloeb.ContactBy()),
		StartBy:      date(d.Forloeb.StartBy()),
		Link:         d.consultantCase(""),
	}, nil
}

// dateTime is a moment as mails write it, and nothing when there is none.
func dateTime(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return forloeb.DateTime(t)
}

// shortPlace is the municipality's or the region's name.
func shortPlace(w forloeb.Workplace) string {
	if municipality, known := forloeb.MunicipalityByCode(w.Municipality); known {
		return municipality.Name
	}
	return forloeb.RegionLabel(w.Region)
}

// consultantGone takes it back.
type consultantGone struct {
	Reference string
	Successor string // empty while nobody has taken over
	Meetings  bool   // a mail each takes them out of the calendar
}

func fillConsultantGone(d *draft) (any, error) {
	gone := consultantGone{Reference: d.Forloeb.Reference, Meetings: d.bookedAhead()}
	if c := d.Forloeb.Consultant(); c != nil && c.ID != d.Consultant.ID {
		gone.Successor = forloeb.CleanLine(c.Name)
	}
	return gone, nil
}

// missingMeetings collects the forløb without a meeting in the calendar.
type missingMeetings struct {
	One   bool
	Count string
	Lines []string
	Link  string
}

func fillMissingMeetings(d *draft) (any, error) {
	if len(d.Digest) == 0 {
		return nil, errIncomplete
	}
	m := missingMeetings{
		One:   len(d.Digest) == 1,
		Count: forloeb.Capital(counted(len(d.Digest), "forløb", "forløb")),
		Link:  d.consultant(""),
	}
	if d.aboutItself() {
		m.Link = d.consultantCase("")
	}
	for _, item := range d.Digest {
		m.Lines = append(m.Lines, dashed(item.Reference, prefixed("siden ", item.Since), prefixed("senest ", item.Before)))
	}
	return m, nil
}

// register collects the meetings nobody has said anything about. Each has a
// link of its own, so that whoever is on the road need not log in.
type register struct {
	One      bool
	Count    string
	Meetings []unregistered
}

type unregistered struct{ Name, Link string }

func fillRegister(d *draft) (any, error) {
	if len(d.Digest) == 0 {
		return nil, errIncomplete
	}
	r := register{One: len(d.Digest) == 1, Count: forloeb.Capital(counted(len(d.Digest), "møde", "møder"))}
	for _, item := range d.Digest {
		r.Meetings = append(r.Meetings, unregistered{
			Name: dashed(item.Reference, date(item.Since)),
			Link: d.register(d.Consultant, item.MeetingID, d.Date),
		})
	}
	return r, nil
}

// consultantCase is the forløb's page, or one below it.
func (d *draft) consultantCase(below string) string {
	return d.consultant("forloeb/" + d.Forloeb.ID.String() + below)
}

// aboutItself reports whether a collected mail is about the one forløb that
// owns its row.
func (d *draft) aboutItself() bool {
	return len(d.Digest) == 1 && d.Digest[0].Reference == d.Forloeb.Reference
}

// dashed joins what there is: "26-4817 – siden … – senest …".
func dashed(parts ...string) string {
	var there []string
	for _, p := range parts {
		if p != "" {
			there = append(there, p)
		}
	}
	return strings.Join(there, " – ")
}

func prefixed(word string, t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return word + date(t)
}

// cannotCome says which party asks for another time for a meeting. What they
// wrote about it stands in the case.
type cannotCome struct {
	Reference string
	Who       string
	Start     string
	Link      string
}

func fillCannotCome(d *draft) (any, error) {
	asked := d.Forloeb.OtherTimeOf(&d.Mail, d.Now)
	if asked == nil {
		return nil, errIncomplete
	}
	return cannotCome{
		Reference: d.Forloeb.Reference,
		Who:       d.Forloeb.Party(asked.Party).Side.Label(),
		Start:     forloeb.DateTime(d.Meeting.StartsAt),
		Link:      d.consultantCase("/moeder/" + d.Mail.Ref + "/flyt"),
	}, nil
}

// consultantChanges says what is new in a case.
type consultantChanges struct {
	Reference string
	News      string
	Cancelled []string
	Link      string
}

func fillConsultantChanges(d *draft) (any, error) {
	c := consultantChanges{Reference: d.Forloeb.Reference, News: d.news(), Link: d.consultantCase("")}
	if d.Forloeb.Status.Closed() {
		c.Cancelled = d.cancelledMeetings()
	}
	return c, nil
}

// news is what happened, by the row that the mail was planned for: a party
// who left or was replaced, a workplace that left or is back, or else the end of the forløb or its opening again.
func (d *draft) news() string {
	if news := d.pauseNews(); news != "" {
		return news
	}
	for i := range d.Forloeb.Parties {
		p := &d.Forloeb.Parties[i]
		if p.ID.String() != d.Mail.Ref {
			continue
		}
		if left := p.LeftAt.Unix(); left == d.Mail.Ordinal || -left == d.Mail.Ordinal {
			return forloeb.Capital(p.Side.Label()) + " er ikke længere på arbejdspladsen."
		}
		return "Der er kommet en ny kontaktperson (" + p.Side.Noun() + ")."
	}
	for _, w := range d.Forloeb.Workplaces {
		switch {
		case w.ID.String() != d.Mail.Ref:
		case !w.AskedAgainAt.IsZero() && w.AskedAgainAt.UnixMilli() == d.Mail.Ordinal:
			return "En arbejdsplads, der var meldt fra, er med igen."
		default:
			return "En af arbejdspladserne er meldt fra. De andre fortsætter."
		}
	}
	switch {
	case d.Forloeb.Status == forloeb.Withdrawn:
		return "Forløbet er stoppet efter ønske fra en af parterne."
	case d.Forloeb.DuplicateOf != nil:
		return "Sekretariatet har lukket forløbet som dublet: Arbejdspladsen har et andet."
	case d.Forloeb.Status == forloeb.Stopped:
		return "Sekretariatet har stoppet forløbet."
	case !d.Forloeb.ReopenedAt.IsZero() && !d.Forloeb.Status.Closed():
		return "Forløbet er åbnet igen."
	}
	return "Der er sket noget nyt."
}
