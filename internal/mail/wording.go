package mail

import (
	"strconv"
	"strings"
	texttemplate "text/template"

	"example.dk/spark/internal/forloeb"
)

// Sentences are those of a kind of mail that can be worded, as they came with
// the program and in the programme's own words.
func Sentences(programme forloeb.ProgrammeCode, kind forloeb.MailKind) (list []forloeb.MailSentence) {
	p, known := forloeb.ProgrammeByCode(programme)
	if !known {
		return nil
	}
	for _, s := range sentences[kind] {
		list = append(list, forloeb.MailSentence{Name: s.name, Label: s.label, Words: inWordsOf(p, s.words)})
	}
	return list
}

// inWordsOf fills in the programme's own words.
func inWordsOf(p forloeb.Programme, words string) string {
	var out strings.Builder
	if err := texttemplate.Must(texttemplate.New("").Parse(words)).Execute(&out, p.Words); err != nil {
		panic(err) // a field that Words does not have: no mail at all would leave
	}
	return out.String()
}

// said are the templates of a kind's sentences by name: in the words given, or
// where there are none, or they do not fit, as they came with the program.
func said(p forloeb.Programme, kind forloeb.MailKind, words map[string]string) map[string]string {
	sources := map[string]string{}
	for _, s := range Sentences(p.Code, kind) {
		sources[s.Name] = source(s.Words)
		if own, changed := words[s.Name]; changed && s.Fits(own) {
			sources[s.Name] = source(own)
		}
	}
	return sources
}

// source is a sentence as a template. What stands between the slots is a
// constant to it, so that it can never be read as a template, and is escaped
// in HTML like what people typed.
func source(words string) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(words, "{")
		out.WriteString("{{" + strconv.Quote(before) + "}}")
		if !found {
			return out.String()
		}
		slot, after, _ := strings.Cut(rest, "}")
		out.WriteString("{{" + slots[slot] + "}}")
		words = after
	}
}

// ourWords is the version of what came with the program.
const ourWords = 0

// bodies are the templates that the letter is written with. A version never
// changes, so each is parsed once.
func (c *Composer) bodies(d *draft) (bodies, error) {
	programme, known := forloeb.ProgrammeByCode(d.Forloeb.Programme)
	if !known {
		return bodies{}, errTemplate
	}
	text, kind := d.Text, d.Mail.Kind
	switch text.Version {
	case ourWords:
		return templates[programme.Code][kind], nil
	case forloeb.UnsavedText:
		return parse(programme, string(kind), said(programme, kind, text.Sentences)), nil
	}
	key := version{programme.Code, kind, text.Version}
	if b, there := c.worded.Load(key); there {
		return b.(bodies), nil
	}
	b := parse(programme, string(kind), said(programme, kind, text.Sentences))
	c.worded.Store(key, b)
	return b, nil
}

// version names a text that was saved.
type version struct {
	programme forloeb.ProgrammeCode
	kind      forloeb.MailKind
	number    int
}
