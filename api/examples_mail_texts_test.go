package api

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"example.dk/spark/internal/forloeb"
)

// fakeLetters writes the same for every mail, with one sentence to be worded;
// a mail about a stop has none.
type fakeLetters struct{ fails error }

func (l fakeLetters) Preview(context.Context, int64) (subject, text string, err error) {
	return "SPARK 26-4817: Bekræft ansøgningen", "Hej\n\nSvar her: [personligt link]", l.fails
}

func (fakeLetters) Kinds(p forloeb.ProgrammeCode) []forloeb.MailKind {
	if p == forloeb.Regional {
		return slices.DeleteFunc(slices.Clone(forloeb.MailKinds), func(k forloeb.MailKind) bool { return k == forloeb.MailJointStarted })
	}
	return forloeb.MailKinds
}

func (fakeLetters) Sentences(_ forloeb.ProgrammeCode, kind forloeb.MailKind) []forloeb.MailSentence {
	if kind == forloeb.MailStopped {
		return nil
	}
	return []forloeb.MailSentence{
		{Name: "opening", Label: "Åbning", Words: "Vi har modtaget dit ja {tidspunkt}."},
		{Name: "closing", Label: "Afslutning sidste gang", Words: "Ring til os, hvis noget er forkert."},
	}
}

func (l fakeLetters) Samples(t forloeb.MailText) (list []forloeb.MailSample, err error) {
	sample := forloeb.MailSample{Code: "first", Title: "Til leder, første gang", Subject: "SPARK 26-4817: Vi har modtaget dit svar",
		Parts: []forloeb.MailPart{{Locked: "Hej Åse Østergård"}}}
	words := "Hej Åse Østergård"
	for i, s := range l.Sentences(t.Programme, t.Kind) {
		said := worded(s, t)
		words += "\n\n" + strings.ReplaceAll(said, "{tidspunkt}", "tirsdag den 24. november 2026 kl. 9.10")
		sample.Parts = append(sample.Parts, forloeb.MailPart{Sentence: s.Name})
		if i == 0 {
			sample.Text, sample.HTML = words, "<p>"+words+"</p>"
			sample.Parts = append(sample.Parts, forloeb.MailPart{Locked: "Her kan du altid se, hvor sagen er, og trække dit ja tilbage:\n[personligt link]\n\nVenlig hilsen\nSPARKs sekretariat"})
			list = append(list, sample)
		}
	}
	sample.Code, sample.Title, sample.Text, sample.HTML = "last", "Til konsulenten, sidste gang", words, "<p>"+words+"</p>"
	return append(list, sample), l.fails
}

// exampleWords are a mail's with so many versions.
func exampleWords(kind forloeb.MailKind, versions ...forloeb.MailText) mailWords {
	return mailWords{programme: exampleProgramme(), kind: kind, sentences: fakeLetters{}.Sentences(forloeb.Spark, kind), versions: versions}
}

func exampleText(version int, opening string) forloeb.MailText {
	t := forloeb.MailText{Programme: forloeb.Spark, Kind: forloeb.MailAnswerYes, Version: version, By: exampleAnna.Name, At: at(2026, 11, 20+version, 10, 5)}
	if opening != "" {
		t.Sentences = map[string]string{"opening": opening}
	}
	return t
}

func mailTextExamples() []example {
	list := func(p forloeb.Programme, texts map[forloeb.MailKind]forloeb.MailText) pageData {
		return seenBy(exampleAnna, mailTextsPath, newMailTextsPage(p, fakeLetters{}.Kinds(p.Code), texts))
	}
	shown := func(w mailWords, typed url.Values, change func(*mailTextPage)) pageData {
		if typed == nil {
			typed = w.words(w.now())
		}
		samples, _ := fakeLetters{}.Samples(w.now())
		page := newMailTextPage(w, samples)
		if change != nil {
			change(page)
		}
		page.fill(typed)
		return seenBy(exampleAnna, w.address(), page)
	}
	byProgram := exampleText(2, "")
	byProgram.By = ""
	versions := exampleWords(forloeb.MailAnswerYes, exampleText(3, "Tak for dit ja {tidspunkt}."), byProgram, exampleText(1, "Tak {tidspunkt}."))
	wrong := url.Values{"opening": {"Tak for dit ja."}, "closing": {""}}
	regional, _ := forloeb.ProgrammeByCode(forloeb.Regional)
	return []example{
		{"mail-texts", list(exampleProgramme(), nil)},
		{"mail-texts-worded", list(regional, map[forloeb.MailKind]forloeb.MailText{forloeb.MailAnswerYes: exampleText(3, "x"), forloeb.MailAnswerNo: byProgram})},
		{"mail-text", shown(exampleWords(forloeb.MailAnswerYes), nil, nil)},
		{"mail-text-versions", shown(versions, nil, nil)},
		{"mail-text-all-locked", shown(exampleWords(forloeb.MailStopped), nil, nil)},
		{"mail-text-unsaved", shown(versions, url.Values{"opening": {"Mange tak {tidspunkt}."}}, func(p *mailTextPage) { p.Unsaved = true })},
		{"mail-text-errors", shown(versions, wrong, func(p *mailTextPage) { _, p.Errors = versions.read(wrong, 3) })},
		{"mail-text-conflict", shown(versions, wrong, func(p *mailTextPage) { p.changed(versions, wrong) })},
		{"mail-text-sent", shown(versions, nil, func(p *mailTextPage) { p.Sent = true })},
		{"mail-text-too-many-samples", shown(versions, nil, func(p *mailTextPage) { p.Wait = tooManySamples() })},
		{"mail-text-restored", shown(versions, wrong, func(p *mailTextPage) { p.Restored = true })},
	}
}
