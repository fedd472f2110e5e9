package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"
)

// caughtMail is a mail as its recipient has it.
type caughtMail struct {
	ID          string
	To          []struct{ Name, Address string }
	Subject     string
	Date        time.Time // what the mail says: the forløb's clock
	Text        string
	Attachments []struct{ PartID, ContentType string }
}

// recipient is the one address that a mail of the product goes to.
func (m caughtMail) recipient() string {
	if len(m.To) != 1 {
		return fmt.Sprintf("%d modtagere", len(m.To))
	}
	return m.To[0].Address
}

// mails are all that have been caught, oldest first.
func (o *outside) mails(ctx context.Context) ([]caughtMail, error) {
	var list struct{ Messages []struct{ ID string } }
	if err := o.fromMailbox(ctx, "messages?limit=5000", &list); err != nil {
		return nil, err
	}
	slices.Reverse(list.Messages)
	mails := make([]caughtMail, 0, len(list.Messages))
	for _, m := range list.Messages {
		mail, read := o.opened[m.ID]
		if !read {
			if err := o.fromMailbox(ctx, "message/"+m.ID, &mail); err != nil {
				return nil, err
			}
			o.opened[m.ID] = mail
		}
		mails = append(mails, mail)
	}
	return mails, nil
}

// newestMail waits for a mail to an address that holds a text in its subject
// or its body, and gives the newest.
func (o *outside) newestMail(ctx context.Context, to, holding string) (newest caughtMail, err error) {
	err = o.poll(ctx, func() error {
		mails, err := o.mails(ctx)
		if err != nil {
			return err
		}
		for _, m := range slices.Backward(mails) {
			if m.recipient() == to && (strings.Contains(m.Subject, holding) || strings.Contains(m.Text, holding)) {
				newest = m
				return nil
			}
		}
		return differs(fmt.Sprintf("en mail til %s med »%s«", to, holding), "ingen")
	})
	return newest, err
}

var address = regexp.MustCompile(`https?://\S+[^\s.,)]`)

// link is the address in the mail that leads below a path.
func (m caughtMail) link(path string) (string, error) {
	links := address.FindAllString(m.Text, -1)
	for _, l := range links {
		if strings.Contains(l, path) {
			return l, nil
		}
	}
	return "", differs(fmt.Sprintf("et link til %s i »%s«", path, m.Subject), "%d andre", len(links))
}

// latestLink is the link below a path in the newest mail to somebody that has
// one.
func (o *outside) latestLink(ctx context.Context, to, path string) (string, error) {
	m, err := o.newestMail(ctx, to, o.product+path)
	if err != nil {
		return "", err
	}
	return m.link(path)
}

// calendarEntry is what tells one entry of a calendar from another.
type calendarEntry struct{ UID, Sequence, Method string }

var calendarLine = regexp.MustCompile(`(?m)^(UID|SEQUENCE|METHOD):(.*?)\r?$`)

// calendar reads the entry that comes with a mail.
func (o *outside) calendar(ctx context.Context, m caughtMail) (e calendarEntry, err error) {
	for _, a := range m.Attachments {
		if !strings.Contains(a.ContentType, "ics") && !strings.Contains(a.ContentType, "calendar") {
			continue
		}
		text, err := o.mailPart(ctx, m.ID, a.PartID)
		if err != nil {
			return e, err
		}
		for _, line := range calendarLine.FindAllStringSubmatch(strings.ReplaceAll(text, "\r\n ", ""), -1) {
			switch line[1] {
			case "UID":
				e.UID = line[2]
			case "SEQUENCE":
				e.Sequence = line[2]
			case "METHOD":
				e.Method = line[2]
			}
		}
		return e, nil
	}
	return e, differs("en indkaldelse i »"+m.Subject+"«", "%d andre bilag", len(m.Attachments))
}

func (o *outside) mailPart(ctx context.Context, mail, part string) (string, error) {
	answer, err := o.askMailbox(ctx, "message/"+mail+"/part/"+part)
	if err != nil {
		return "", err
	}
	defer answer.Body.Close()
	b, err := io.ReadAll(answer.Body)
	return string(b), err
}

func (o *outside) fromMailbox(ctx context.Context, path string, into any) error {
	answer, err := o.askMailbox(ctx, path)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	return json.NewDecoder(answer.Body).Decode(into)
}

func (o *outside) askMailbox(ctx context.Context, path string) (*http.Response, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, o.mailbox+"/api/v1/"+path, nil)
	if err != nil {
		return nil, err
	}
	answer, err := o.http.Do(r)
	if err != nil {
		return nil, unreachable(err, "mailfangeren")
	}
	if answer.StatusCode != http.StatusOK {
		answer.Body.Close()
		return nil, differs("svar fra mailfangeren", "%d", answer.StatusCode)
	}
	return answer, nil
}
