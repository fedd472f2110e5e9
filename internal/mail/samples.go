package mail

import (
	"regexp"
	"slices"
	"strings"

	"example.dk/spark/internal/forloeb"
)

// samplesOf are the letters of a kind in a programme. A shared forløb is
// SPARK's alone.
func samplesOf(programme forloeb.ProgrammeCode, kind forloeb.MailKind) (list []mailCase) {
	for _, c := range cases() {
		switch {
		case c.letter.Mail.Kind != kind:
			continue
		case programme == forloeb.Regional && c.letter.Forloeb.Shared():
			continue
		case programme == forloeb.Regional:
			c.letter = regionalLetter(c.letter)
		}
		list = append(list, c)
	}
	return list
}

// Kinds are the mails of a programme, in the order of a forløb.
func Kinds(programme forloeb.ProgrammeCode) (list []forloeb.MailKind) {
	sent := map[forloeb.MailKind]bool{}
	for _, c := range cases() {
		sent[c.letter.Mail.Kind] = sent[c.letter.Mail.Kind] || programme != forloeb.Regional || !c.letter.Forloeb.Shared()
	}
	return slices.DeleteFunc(slices.Clone(forloeb.MailKinds), func(k forloeb.MailKind) bool { return !sent[k] })
}

// Samples are how a text's mails will look, a sample for each variant: with
// invented people, and without links. None when the programme sends no such
// mail.
func (p Previewer) Samples(t forloeb.MailText) (list []forloeb.MailSample, err error) {
	for _, c := range samplesOf(t.Programme, t.Kind) {
		sample, err := p.sample(c, t)
		if err != nil {
			return nil, err
		}
		list = append(list, sample)
	}
	return list, nil
}

func (p Previewer) sample(c mailCase, t forloeb.MailText) (s forloeb.MailSample, err error) {
	c.letter.Text = t
	m, err := p.composer.words(c.letter)
	if err != nil {
		return s, err
	}
	parts, err := p.parts(c.letter)
	return forloeb.MailSample{
		Code: c.name, Title: c.title(), Subject: m.Subject, Text: m.Text, HTML: inside(m.HTML), Parts: parts,
	}, err
}

// mark stands in a mail where a sentence of that name will be. People cannot
// type its first and last character into anything.
func mark(name string) string { return "\x01" + name + "\x02" }

var marks = regexp.MustCompile("\x01([a-z]+)\x02")

// parts are what the mail's text is made of.
func (p Previewer) parts(l forloeb.Letter) (list []forloeb.MailPart, err error) {
	marked := map[string]string{}
	for _, s := range sentences[l.Mail.Kind] {
		marked[s.name] = source(mark(s.name))
	}
	programme, _ := forloeb.ProgrammeByCode(l.Forloeb.Programme)
	d := p.composer.draft(l)
	k := kinds[l.Mail.Kind]
	filled, err := k.fill(d)
	if err != nil {
		return nil, err
	}
	text, _, err := parse(programme, string(l.Mail.Kind), marked).render(frameName(d), p.composer.frame(d, filled))
	if err != nil {
		return nil, errTemplate
	}
	end := 0
	locked := func(words string) {
		if words = strings.TrimSpace(words); words != "" {
			list = append(list, forloeb.MailPart{Locked: words})
		}
	}
	for _, at := range marks.FindAllStringSubmatchIndex(text, -1) {
		locked(text[end:at[0]])
		list = append(list, forloeb.MailPart{Sentence: text[at[2]:at[3]]})
		end = at[1]
	}
	locked(text[end:])
	return list, nil
}

var (
	anchor = regexp.MustCompile(`(?s)<a [^>]*>(.*?)</a>`)
	style  = regexp.MustCompile(` style="[^"]*"`)
)

// inside is what stands in the body of a mail, to be shown on a page of ours:
// where a link was there is only that it was one.
func inside(html string) string {
	_, html, _ = strings.Cut(html, "<body")
	_, html, _ = strings.Cut(html, ">")
	html, _, _ = strings.Cut(html, "</body>")
	return strings.TrimSpace(style.ReplaceAllString(anchor.ReplaceAllString(html, "<u>$1</u>"), ""))
}

// title says who gets this variant, and when.
func (c mailCase) title() string {
	to := "Til konsulenten"
	switch {
	case c.letter.Party != nil:
		to = "Til " + c.letter.Party.Role.Label()
	case c.letter.Guest != nil:
		to = "Til en mødedeltager"
	}
	_, variant, _ := strings.Cut(c.name, ".")
	if when := variants[variant]; when != "" {
		to += ", " + when
	}
	return to
}

// variants tell when a variant is sent. One that is not here is what usually
// happens.
var variants = map[string]string{
	"again":            "når der kommer flere møder til igen",
	"answered":         "når parten har svaret",
	"by_staff":         "når konsulenten eller sekretariatet har skrevet dem på",
	"application":      "mens det er en ansøgning",
	"closed":           "når forløbet er lukket",
	"corrected":        "når adressen er rettet",
	"declined":         "når de har svaret nej",
	"early":            "når der også spørges lige efter det sidste møde",
	"evaluation":       "når det er spørgeskemaets frist",
	"first":            "første gang",
	"forloeb":          "når forløbet er gået i gang",
	"guest_off":        "når de er taget af",
	"handed_over":      "når en anden har overtaget forløbet",
	"helped":           "når en kollega har udfyldt ansøgningen",
	"last":             "sidste gang",
	"leader":           "når lederen er forhindret",
	"left":             "når nogen har meldt fra",
	"list":             "når de står på ventelisten",
	"meetings":         "når der er aftalte møder",
	"moved":            "når pausen er ændret",
	"network":          "i et netværk",
	"no":               "når svaret er nej",
	"no_place":         "når stedet ikke er kendt",
	"nobody":           "når ingen har overtaget",
	"none":             "når der ikke er aftalte møder",
	"one":              "når der er ét",
	"online":           "når mødet er på nettet",
	"other":            "når den anden part har udfyldt ansøgningen",
	"paused":           "når forløbet holder pause",
	"prepare":          "når der er noget at forberede",
	"rep":              "når medarbejderrepræsentanten er forhindret",
	"replaced":         "når en part er skiftet ud",
	"resumed":          "når pausen er slut",
	"second":           "når begge har svaret",
	"shared":           "når flere arbejdspladser er med",
	"silent":           "når de ikke har svaret",
	"stopped":          "når forløbet er stoppet",
	"duplicate":        "når forløbet er lukket som dublet",
	"known":            "når modtageren også er part i den anden sag",
	"unknown":          "når modtageren ikke er part i den anden sag",
	"successor":        "når en kollega har overtaget",
	"three":            "når der er tre",
	"two":              "når der er to",
	"unanswered":       "når parten ikke har svaret",
	"withdrawn":        "når forløbet er trukket tilbage",
	"workplace":        "når en arbejdsplads er ude",
	"writer":           "når parten selv har udfyldt ansøgningen",
	"writer_corrected": "når parten selv har udfyldt den, og adressen er rettet",
	"yes":              "når svaret er ja",
}
