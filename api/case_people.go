package api

import (
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// partiesOf are those to write to, or those who were replaced. Of a shared forløb
// the first are those who apply: the others stand at their workplaces.
func partiesOf(k staffCase, current bool) (list []caseParty) {
	for i := range k.Parties {
		if p := &k.Parties[i]; p.Current() == current && (!current || k.Applies(p)) {
			list = append(list, partyOf(k, p))
		}
	}
	return list
}

func partyOf(k staffCase, p *forloeb.Party) caseParty {
	link, trouble := linkState(k, p)
	return caseParty{
		Role: forloeb.Capital(p.Role.Short()), Name: withTitle(p.Contact.Name, p.Contact.Title),
		Phone: p.Contact.Phone, Email: p.Contact.Email,
		Answer: answerOf(k, p), Link: link, Trouble: trouble, Listed: !p.ListedAt.IsZero(), Ways: partyWays(k, p),
	}
}

// partyWays are the pages on which something can be done about a party now.
func partyWays(k staffCase, p *forloeb.Party) (ways []wayOn) {
	k.Whom = p
	for _, a := range partyActs {
		if a.legal(k) {
			ways = append(ways, wayOn{Label: a.labelled(k), Address: a.address(k)})
		}
	}
	return ways
}

// answerOf is the party's answer to the text in force.
func answerOf(k staffCase, p *forloeb.Party) string {
	switch {
	case k.Contested(p):
		return "skrev " + forloeb.ShortDate(p.ContestedAt) + ", at det noterede svar ikke passer"
	case p.Consent != nil && p.Consent.Answer == forloeb.No && p.Consent.Channel == forloeb.ByPhone:
		return "svarede nej i telefonen " + forloeb.ShortDate(p.Consent.At)
	case p.Consent != nil && p.Consent.Answer == forloeb.No:
		return "svarede nej " + forloeb.ShortDate(p.Consent.At)
	case p.Consent != nil && p.Consent.Channel == forloeb.ByPhone:
		return "bekræftede i telefonen " + forloeb.ShortDate(p.Consent.At)
	case p.Consent != nil:
		return "bekræftede " + forloeb.ShortDate(p.Consent.At)
	case !p.FixAskedAt.IsZero():
		return "bad om en rettelse " + forloeb.ShortDate(p.FixAskedAt)
	case k.Status.Closed():
		return "svarede ikke"
	}
	return "har ikke svaret"
}

// linkState says in words how it stands with a party's link, and whether
// somebody has to see to it.
func linkState(k staffCase, p *forloeb.Party) (words string, trouble bool) {
	switch {
	case !p.Current():
		return "skiftet ud " + forloeb.ShortDate(p.ReplacedAt) + ", link virker ikke", false
	case !p.NotMeAt.IsZero():
		return "mailen gik til den forkerte, link virker ikke", true
	case !p.LeftAt.IsZero():
		return "har forladt arbejdspladsen " + forloeb.ShortDate(p.LeftAt), true
	case k.Anonymised():
		return "link virker ikke", false
	}
	if m := troubledMail(k, p.ID); m != nil {
		return "mail " + unsentWords(m), true
	}
	deadline := k.ConsentDeadline(p)
	switch {
	case k.Status.Closed():
		return "link virker til " + forloeb.ShortDate(k.EraseAt()), false
	case !k.AwaitsAnswer(p) && !askedAgain(k, p):
		return "link virker", false
	case deadline.IsZero():
		return "mail på vej", false
	}
	return "link virker til " + forloeb.ShortDate(deadline), false
}

// askedAgain reports whether the party is asked again whether its workplace takes
// part, and has not answered.
func askedAgain(k staffCase, p *forloeb.Party) bool {
	w := k.Workplace(p.WorkplaceID)
	return w != nil && k.AskedAgain(w, k.Now) && p.Consent == nil
}

// troubledMail is a mail to somebody that somebody has to decide about.
func troubledMail(k staffCase, to uuid.UUID) *forloeb.Mail {
	for _, t := range k.Tasks {
		if m := k.TaskMailOf(t); t.Open() && m != nil && m.Recipient == to {
			return m
		}
	}
	return nil
}

// consultantOf is who is responsible; why they were chosen is for
// those who choose.
func consultantOf(k staffCase) *caseConsultant {
	a := k.Assignment()
	if a == nil {
		return nil
	}
	c := &caseConsultant{contactCard: cardOf(&a.Consultant), Since: a.Since(), AnswerBy: k.OfferEnds()}
	if !k.runs() {
		return c
	}
	c.Why = k.WhyChosen(a)
	for _, s := range a.Score {
		c.Score = append(c.Score, scorePart{s.Label(), s.Points})
	}
	return c
}

// predecessorsOf are the consultants before this one.
func predecessorsOf(k staffCase) (list []string) {
	for _, a := range k.Assignments {
		if !a.Until.IsZero() {
			list = append(list, predecessor(a))
		}
	}
	return list
}

// predecessor is who had the forløb when, or was asked in vain.
func predecessor(a forloeb.Assignment) string {
	switch {
	case a.Taken():
		return a.Consultant.Name + ", " + forloeb.ShortDate(a.Since()) + "–" + forloeb.ShortDate(a.Until)
	case a.Declined != "":
		return a.Consultant.Name + ", sagde nej " + forloeb.ShortDate(a.Until) + ": " + a.Declined.Label()
	}
	return a.Consultant.Name + ", spurgt " + forloeb.ShortDate(a.At) + ", taget tilbage " + forloeb.ShortDate(a.Until)
}
