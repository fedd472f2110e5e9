package api

import (
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

const (
	mailTextsPath = secretariatArea + "/tekster"
	mailTextPath  = mailTextsPath + "/{programme}/{kind}"
	backToPath    = "/tilbage"
)

// programmeParameter chooses whose mails the list shows.
const programmeParameter = "program"

// showMailTexts lists every mail of a programme.
func (s *Server) showMailTexts(c *gin.Context) error {
	programme, known := forloeb.ProgrammeByCode(forloeb.ProgrammeCode(c.Query(programmeParameter)))
	if !known {
		programme = spark()
	}
	texts, err := s.store.MailTexts(c.Request.Context(), programme.Code)
	if err != nil {
		return err
	}
	return s.write(c, http.StatusOK, newMailTextsPage(programme, s.letters.Kinds(programme.Code), texts))
}

func newMailTextsPage(programme forloeb.Programme, kinds []forloeb.MailKind, texts map[forloeb.MailKind]forloeb.MailText) *mailTextsPage {
	page := &mailTextsPage{}
	for _, p := range forloeb.Programmes {
		page.Programmes = append(page.Programmes, menuItem{
			Label: p.Name, Address: mailTextsOf(p.Code), Active: p.Code == programme.Code,
		})
	}
	for _, kind := range kinds {
		t := texts[kind]
		page.List = append(page.List, mailTextLine{
			Name: programme.Words.Say(kind.Label()), When: programme.Words.Say(kind.When()), Address: mailTextAddress(programme.Code, kind),
			Version: t.Version, By: t.By, At: t.At,
		})
	}
	return page
}

func mailTextsOf(p forloeb.ProgrammeCode) string {
	return mailTextsPath + "?" + programmeParameter + "=" + string(p)
}

func mailTextAddress(p forloeb.ProgrammeCode, kind forloeb.MailKind) string {
	return mailTextsPath + "/" + string(p) + "/" + string(kind)
}

// mailWords is one kind of mail with what has been said in it.
type mailWords struct {
	programme forloeb.Programme
	kind      forloeb.MailKind
	sentences []forloeb.MailSentence
	versions  []forloeb.MailText // the latest first
}

// mailWordsOf finds the mail that the address names.
func (s *Server) mailWordsOf(c *gin.Context) (w mailWords, err error) {
	programme, known := forloeb.ProgrammeByCode(forloeb.ProgrammeCode(c.Param("programme")))
	w = mailWords{programme: programme, kind: forloeb.MailKind(c.Param("kind"))}
	if !known || !slices.Contains(s.letters.Kinds(programme.Code), w.kind) {
		return w, errNoRoute
	}
	w.sentences = s.letters.Sentences(programme.Code, w.kind)
	w.versions, err = s.store.MailTextVersions(c.Request.Context(), programme.Code, w.kind)
	return w, err
}

func (w mailWords) address() string { return mailTextAddress(w.programme.Code, w.kind) }

// version is a text by its number: 0 is what came with the program.
func (w mailWords) version(number int) (forloeb.MailText, bool) {
	for _, t := range w.versions {
		if t.Version == number {
			return t, true
		}
	}
	return forloeb.MailText{Programme: w.programme.Code, Kind: w.kind}, number == 0
}

// now is the text in force.
func (w mailWords) now() forloeb.MailText {
	if len(w.versions) > 0 {
		return w.versions[0]
	}
	t, _ := w.version(0)
	return t
}

// words are the sentences as a form has them: each in the words of the text.
func (w mailWords) words(t forloeb.MailText) url.Values {
	typed := url.Values{}
	for _, s := range w.sentences {
		typed.Set(s.Name, worded(s, t))
	}
	return typed
}

// worded is a sentence in the words of a text; what does not fit any more is as
// it came with the program, as in the mails.
func worded(s forloeb.MailSentence, t forloeb.MailText) string {
	if words, changed := t.Sentences[s.Name]; changed && s.Fits(words) {
		return words
	}
	return s.Words
}

// read is what was typed as a text upon the version seen, which holds what is
// not as it came with the program.
func (w mailWords) read(typed url.Values, seen int) (t forloeb.MailText, wrong []fieldError) {
	t = forloeb.MailText{Programme: w.programme.Code, Kind: w.kind, Version: seen, Sentences: map[string]string{}}
	for _, s := range w.sentences {
		words := forloeb.CleanLine(typed.Get(s.Name))
		if why := s.Wrong(typed.Get(s.Name)); why != "" {
			wrong = append(wrong, fieldError{s.Name, why})
		} else if words != s.Words {
			t.Sentences[s.Name] = words
		}
	}
	return t, wrong
}

// showMailText is the mail with the text in force, or what was typed before a
// new login.
func (s *Server) showMailText(c *gin.Context) error {
	w, err := s.mailWordsOf(c)
	if err != nil {
		return err
	}
	typed := s.typed(c)
	if typed == nil {
		return s.writeMailText(c, http.StatusOK, w, w.words(w.now()), nil)
	}
	return s.writeMailText(c, http.StatusOK, w, typed, func(p *mailTextPage) { p.Restored = true })
}

// sendMailText shows what is typed, or saves it.
func (s *Server) sendMailText(c *gin.Context) error {
	w, err := s.mailWordsOf(c)
	if err != nil {
		return err
	}
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	typed := c.Request.PostForm
	seen, err := strconv.Atoi(typed.Get(versionName))
	if err != nil {
		return errBadForm
	}
	text, wrong := w.read(typed, seen)
	if len(wrong) > 0 {
		return s.writeMailText(c, http.StatusUnprocessableEntity, w, typed, func(p *mailTextPage) { p.Errors, p.Version = wrong, seen })
	}
	switch variant := typed.Get("sample"); {
	case variant != "":
		return s.askSample(c, w, text, variant, typed)
	case len(w.sentences) == 0:
		return errBadForm
	case typed.Get("act") != "save":
		return s.writeMailText(c, http.StatusOK, w, typed, func(p *mailTextPage) { p.Unsaved, p.Version = true, seen })
	}
	return s.saveMailText(c, w, text, typed)
}

// askSample has what is typed sent to whoever is logged in, saved or not. The
// page is written again, and nothing that was typed is lost.
func (s *Server) askSample(c *gin.Context, w mailWords, text forloeb.MailText, variant string, typed url.Values) error {
	who, ctx := principal(c.Request.Context()), c.Request.Context()
	samples, err := s.letters.Samples(w.now())
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(samples, func(sample forloeb.MailSample) bool { return sample.Code == variant }) {
		return errBadForm
	}
	seen := text.Version
	text.Version = forloeb.UnsavedText
	status, said := http.StatusOK, func(p *mailTextPage) { p.Sent, p.Version = true, seen }
	switch err := s.store.AskSample(ctx, who.ID, text, variant); {
	case errors.Is(err, forloeb.ErrTooManySamples):
		status, said = http.StatusTooManyRequests, func(p *mailTextPage) { p.Wait, p.Version = tooManySamples(), seen }
	case err != nil:
		return err
	}
	return s.writeMailText(c, status, w, typed, said)
}

// saveMailText adds a version. What a colleague saved meanwhile is shown beside
// what is typed, and nothing is lost.
func (s *Server) saveMailText(c *gin.Context, w mailWords, text forloeb.MailText, typed url.Values) error {
	if now := w.now(); text.Version == now.Version && text.Same(now) {
		return seeOther(c, withDone(w.address(), doneTextSame))
	}
	err := s.store.SaveMailText(c.Request.Context(), text, actor(c.Request.Context()))
	if err == nil {
		return seeOther(c, withDone(w.address(), doneText))
	}
	if !errors.Is(err, forloeb.ErrMailTextChanged) {
		return err
	}
	if w, err = s.mailWordsOf(c); err != nil {
		return err
	}
	return s.writeMailText(c, http.StatusConflict, w, typed, func(p *mailTextPage) { p.changed(w, typed) })
}

func tooManySamples() string {
	return "Du har fået " + forloeb.Number(forloeb.MaxSamples) + " prøver den sidste time. Vent lidt, og send den igen."
}

// goBackToMailText makes a version with the words of an earlier one.
func (s *Server) goBackToMailText(c *gin.Context) error {
	w, err := s.mailWordsOf(c)
	if err != nil {
		return err
	}
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	seen, err := strconv.Atoi(c.PostForm(versionName))
	if err != nil {
		return errBadForm
	}
	number, err := strconv.Atoi(c.PostForm("to"))
	if err != nil {
		return errBadForm
	}
	earlier, known := w.version(number)
	if !known {
		return errBadForm
	}
	typed := w.words(earlier)
	text, _ := w.read(typed, seen) // what fitted fits
	return s.saveMailText(c, w, text, typed)
}

// writeMailText writes the page with what is typed. The samples show it when it
// fits, and what is in force when it does not.
func (s *Server) writeMailText(c *gin.Context, status int, w mailWords, typed url.Values, change func(*mailTextPage)) error {
	text, wrong := w.read(typed, forloeb.UnsavedText)
	if len(wrong) > 0 {
		text = w.now()
	}
	samples, err := s.letters.Samples(text)
	if err != nil {
		return err
	}
	page := newMailTextPage(w, samples)
	if change != nil {
		change(page)
	}
	page.fill(typed)
	return s.write(c, status, page)
}

func newMailTextPage(w mailWords, samples []forloeb.MailSample) *mailTextPage {
	page := &mailTextPage{
		Name: w.programme.Words.Say(w.kind.Label()), When: w.programme.Words.Say(w.kind.When()), ProgrammeName: w.programme.Name,
		Back: mailTextsOf(w.programme.Code), Action: w.address(), Version: w.now().Version, Blocks: blocksOf(w.sentences, samples), History: historyOf(w),
	}
	for _, sample := range samples {
		page.Samples = append(page.Samples, mailSampleView{
			Code: sample.Code, Title: w.programme.Words.Say(sample.Title), Subject: sample.Subject, Text: sample.Text, HTML: template.HTML(sample.HTML),
		})
	}
	return page
}

// blocksOf lays the sentences out where they stand in the mail, each once.
func blocksOf(sentences []forloeb.MailSentence, samples []forloeb.MailSample) (blocks []mailBlock) {
	placed := map[string]bool{}
	for _, sample := range samples {
		block, more := mailBlock{Title: sample.Title}, false
		for _, part := range sample.Parts {
			i := slices.IndexFunc(sentences, func(s forloeb.MailSentence) bool { return s.Name == part.Sentence })
			if i < 0 {
				block.Parts = append(block.Parts, mailBlockPart{Locked: part.Locked})
				continue
			}
			if placed[part.Sentence] {
				block.Parts = append(block.Parts, mailBlockPart{Locked: "[" + sentences[i].Label + ": står ovenfor]"})
				continue
			}
			placed[part.Sentence], more = true, true
			f := newInput(nil, part.Sentence, sentences[i].Label, "")
			if slots := sentences[i].Slots(); len(slots) > 0 {
				f.Hint = "Mailen udfylder selv {" + strings.Join(slots, "} og {") + "}. Lad det stå."
			}
			block.Parts = append(block.Parts, mailBlockPart{Field: &f})
		}
		if more {
			blocks = append(blocks, block)
		}
	}
	return blocks
}

// fill puts what is typed, and what is wrong with it, into the fields.
func (p *mailTextPage) fill(typed url.Values) {
	for _, block := range p.Blocks {
		for _, part := range block.Parts {
			if part.Field == nil {
				continue
			}
			part.Field.Value = typed.Get(part.Field.ID)
			for _, e := range p.Errors {
				if e.Field == part.Field.ID {
					part.Field.Wrong = append(part.Field.Wrong, e.Text)
				}
			}
		}
	}
}

// changed shows what a colleague has saved beside what is typed.
func (p *mailTextPage) changed(w mailWords, typed url.Values) {
	now := w.now()
	p.Conflict = "En kollega har gemt en ny version, mens du skrev. Det, du har skrevet, står i felterne og er ikke gemt. Gemmer du, gælder felterne."
	saved := w.words(now)
	for _, block := range p.Blocks {
		for i, part := range block.Parts {
			if part.Field != nil && saved.Get(part.Field.ID) != forloeb.CleanLine(typed.Get(part.Field.ID)) {
				block.Parts[i].Saved = saved.Get(part.Field.ID)
			}
		}
	}
}

// historyOf is every version, and last what came with the program.
func historyOf(w mailWords) (list []mailTextVersion) {
	if len(w.versions) == 0 {
		return nil
	}
	now, ours := w.now(), forloeb.MailText{}
	for _, t := range append(slices.Clone(w.versions), ours) {
		line := mailTextVersion{Number: t.Version, By: t.By, At: t.At, Now: t.Version == now.Version, Back: !t.Same(now)}
		for _, s := range w.sentences {
			if words := worded(s, t); words != s.Words {
				line.Changed = append(line.Changed, mailTextChange{s.Label, words})
			}
		}
		list = append(list, line)
	}
	return list
}
