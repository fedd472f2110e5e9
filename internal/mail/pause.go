package mail

import "example.dk/spark/internal/forloeb"

// Mails about a pause. Why stands in the case alone.

// paused tells a party that it stands still, or until when instead.
type paused struct {
	Moved      bool
	Started    bool
	Unanswered bool // the reader may answer meanwhile
	Until      string
	Link       string
}

func fillPaused(d *draft) (any, error) {
	pause := d.Forloeb.Paused(d.Now)
	if pause == nil {
		return nil, errIncomplete
	}
	p := paused{
		Moved: d.Forloeb.PauseMoved(), Started: d.started(), Until: date(pause.Until), Link: d.statusLink(),
		Unanswered: d.Forloeb.AwaitsAnswer(d.Party),
	}
	if p.Unanswered {
		p.Link = d.consent(d.Party)
	}
	return p, nil
}

// resumed tells a party that it goes on.
type resumed struct {
	Started    bool
	Unanswered bool
	At         string
	Waiting    string
	Link       string
}

func fillResumed(d *draft) (any, error) {
	at := d.Forloeb.WentOn()
	r := resumed{
		Started: d.started(), At: date(at), Waiting: d.waitingAt(at).Sentence(), Link: d.statusLink(),
		Unanswered: d.Forloeb.AwaitsAnswer(d.Party),
	}
	if r.Unanswered {
		r.Link = d.consent(d.Party)
	}
	return r, nil
}

// pauseNews tells a consultant of a pause; empty where the mail is about
// something else.
func (d *draft) pauseNews() string {
	switch d.Mail.Ref {
	case forloeb.RefPaused:
		if pause := d.Forloeb.Paused(d.Now); pause != nil {
			return "Forløbet holder pause til " + date(pause.Until) + ". Fristerne er flyttet, og ingen bliver mindet om noget imens."
		}
	case forloeb.RefResumed:
		return "Pausen er slut. Forløbet er i gang igen fra " + date(d.Forloeb.WentOn()) + "."
	}
	return ""
}
