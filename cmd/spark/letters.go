package main

import (
	"context"
	"fmt"

	"example.dk/spark/internal/config"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/mail"
	"example.dk/spark/internal/store"
)

// letters shows mails to staff, without the links in them.
type letters struct {
	store  *store.Store
	writer mail.Previewer
}

func newLetters(s *store.Store, c config.Contact) letters {
	return letters{s, mail.NewPreviewer(c.Phone, c.Hours, c.Mail)}
}

// Preview is a mail's subject and text.
func (l letters) Preview(ctx context.Context, id int64) (subject, text string, err error) {
	letter, err := l.store.Letter(ctx, id)
	if err != nil {
		return "", "", err
	}
	subject, text, err = l.writer.Preview(*letter)
	if err != nil {
		return "", "", fmt.Errorf("%w: %w", forloeb.ErrLetterGone, err)
	}
	return subject, text, nil
}

// Kinds are the mails of a programme.
func (letters) Kinds(p forloeb.ProgrammeCode) []forloeb.MailKind { return mail.Kinds(p) }

// Sentences are those of a kind that the secretariat words.
func (letters) Sentences(p forloeb.ProgrammeCode, kind forloeb.MailKind) []forloeb.MailSentence {
	return mail.Sentences(p, kind)
}

// Samples are how a text's mails will look.
func (l letters) Samples(t forloeb.MailText) ([]forloeb.MailSample, error) {
	return l.writer.Samples(t)
}
