package mail

import (
	"html"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

// typedOddly is what nobody should type, around what a sentence needs.
func typedOddly(s forloeb.MailSentence) string {
	words := `Æg & "ål" <script>alert('x')</script> <a href=x>` + "`" + ` %d \n +45`
	for _, slot := range s.Slots() {
		words += " {" + slot + "}"
	}
	return words
}

// Every kind of mail can be written with every sentence changed, in both
// programmes, and says what it says, in the text and in the HTML.
func TestEveryMailWithEverySentenceChanged(t *testing.T) {
	for _, programme := range forloeb.Programmes {
		for _, kind := range forloeb.MailKinds {
			seen := map[string]bool{}
			text := forloeb.MailText{Programme: programme.Code, Kind: kind, Version: 1, Sentences: map[string]string{}}
			for _, s := range Sentences(programme.Code, kind) {
				require.Empty(t, s.Wrong(s.Words), "%s %s: as it came with the program", kind, s.Name)
				text.Sentences[s.Name] = typedOddly(s)
				require.Empty(t, s.Wrong(typedOddly(s)), "%s %s", kind, s.Name)
			}
			c := composer(t)
			for _, sample := range samplesOf(programme.Code, kind) {
				plain, err := c.Compose(sample.letter)
				require.NoError(t, err, sample.name)
				sample.letter.Text = text
				changed, err := c.Compose(sample.letter)
				require.NoError(t, err, sample.name)
				retried, err := c.Compose(sample.letter)
				require.NoError(t, err, sample.name)
				require.Equal(t, changed, retried, "%s: a retry is the same message", sample.name)
				require.Equal(t, plain.Subject, changed.Subject, sample.name)
				require.Equal(t, plain.ID, changed.ID, sample.name)
				preview, err := NewPreviewer("1", "2", "3").sample(sample, text)
				require.NoError(t, err)
				used := 0
				for _, part := range preview.Parts {
					if part.Sentence != "" {
						seen[part.Sentence] = true
						used++
					}
				}
				const odd = `Æg & "ål" <script>alert('x')</script> <a href=x>`
				require.Equal(t, used, strings.Count(changed.Text, odd), sample.name)
				require.Equal(t, used, strings.Count(html.UnescapeString(changed.HTML), odd), sample.name)
				require.Zero(t, page(t, changed).Find("script").Length(), sample.name)
				require.Equal(t, leads(page(t, plain)), leads(page(t, changed)), "%s: its links are its own", sample.name)
				require.NotContains(t, changed.Text, "{", sample.name)
				require.NotContains(t, changed.Text, "<no value>", sample.name)
			}
			for _, s := range Sentences(programme.Code, kind) {
				require.True(t, seen[s.Name] || len(samplesOf(programme.Code, kind)) == 0, "%s %s stands in no sample", kind, s.Name)
			}
		}
	}
}

func leads(d *goquery.Document) []string {
	return d.Find("a").Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") })
}

// What was saved before a sentence got another slot is not used.
func TestASentenceThatDoesNotFitAnyMoreIsLeftOut(t *testing.T) {
	l := letter(forloeb.MailAnswerYes, halfAgreed(), leaderID, clock("2026-11-24 09:10"))
	was, err := composer(t).Compose(l)
	require.NoError(t, err)
	for _, words := range []string{"Tak.", "Tak {dato}.", "", "Tak {tidspunkt} {", "{{.Link}} {tidspunkt}"} {
		l.Text = forloeb.MailText{Version: 3, Sentences: map[string]string{"opening": words, "unknown": "Hej."}}
		is, err := composer(t).Compose(l)
		require.NoError(t, err)
		require.Equal(t, was, is, words)
	}
}

// A sentence has a name of its own among the templates, a label, and slots
// that are known.
func TestTheSentencesAreWellFormed(t *testing.T) {
	for kind, list := range sentences {
		require.Contains(t, kinds, kind)
		own := parse(forloeb.Programmes[0], string(kind), nil)
		names := map[string]bool{}
		for _, s := range list {
			require.Regexp(t, `^[a-z]+$`, s.name)
			require.Nil(t, own.text.Lookup(s.name), "%s: the mail has a template of that name", kind)
			require.False(t, names[s.name], "%s %s", kind, s.name)
			require.NotEmpty(t, s.label)
			names[s.name] = true
		}
		for _, p := range forloeb.Programmes {
			for _, s := range Sentences(p.Code, kind) {
				for _, slot := range s.Slots() {
					require.Contains(t, slots, slot)
				}
			}
		}
	}
	require.Empty(t, Sentences("other", forloeb.MailAnswerYes))
}

// What is shown has no link that leads anywhere, and what is locked is all that
// is not the secretariat's.
func TestSamplesAreShownWithoutLinks(t *testing.T) {
	shown := NewPreviewer(config().Phone, config().Hours, config().Contact)
	titles := 0
	for _, kind := range forloeb.MailKinds {
		list, err := shown.Samples(forloeb.MailText{Programme: forloeb.Spark, Kind: kind})
		require.NoError(t, err)
		require.NotEmpty(t, list, kind)
		for _, s := range list {
			require.NotContains(t, s.HTML, "href")
			require.NotContains(t, s.HTML, "style")
			require.NotContains(t, s.Text, ours)
			require.NotContains(t, s.Text, "\x01")
			words := s.Text
			for _, part := range s.Parts {
				require.Contains(t, words, part.Locked)
				_, words, _ = strings.Cut(words, part.Locked)
			}
			if strings.Contains(s.Title, ", ") {
				titles++
			}
		}
	}
	require.Greater(t, titles, 70)
	for _, c := range cases() {
		if _, variant, there := strings.Cut(c.name, "."); there && variant != "consultant" && variant != "guest" {
			require.NotEmpty(t, variants[variant], c.name)
		}
	}
	regional, err := shown.Samples(forloeb.MailText{Programme: forloeb.Regional, Kind: forloeb.MailJointStarted})
	require.NoError(t, err)
	require.Empty(t, regional)
}
