package mail

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"mime/multipart"
	"mime/quotedprintable"
	"net/textproto"

	gomail "github.com/wneessen/go-mail"
)

// mimeMessage builds the message as it goes over the line. Everything that could
// differ between two attempts is fixed: Message-ID and Date are the row's,
// boundaries follow from the Message-ID, and there is no User-Agent. Neither
// SetBulk (it asks Exchange to suppress bounces, too) nor preformatted headers
// (they let line breaks through) are used.
func mimeMessage(m Message) (*gomail.Msg, error) {
	msg := gomail.NewMsg(gomail.WithNoDefaultUserAgent(), gomail.WithBoundary(boundary(m.ID, "outer")))
	msg.FromMailAddress(&m.From)
	msg.ReplyToMailAddress(&m.ReplyTo)
	msg.ToMailAddress(&m.To)
	msg.Subject(m.Subject)
	msg.SetMessageIDWithValue(m.ID)
	msg.SetDateWithValue(m.Date)
	msg.SetGenHeader("Auto-Submitted", "auto-generated")
	msg.SetGenHeader("X-Auto-Response-Suppress", "OOF, AutoReply")
	msg.SetGenHeader("Content-Language", "da")
	if err := setBody(msg, m); err != nil {
		return nil, err
	}
	// A message that fails to render halfway would be cut short and then
	// ended by the library's QUIT: render it once to find out.
	_, err := msg.WriteTo(io.Discard)
	return msg, err
}

func setBody(msg *gomail.Msg, m Message) error {
	if len(m.Calendar) == 0 {
		msg.SetBodyString(gomail.TypeTextPlain, m.Text)
		msg.AddAlternativeString(gomail.TypeTextHTML, m.HTML)
		return nil
	}
	return setInvitation(msg, m)
}

// setInvitation builds multipart/mixed(multipart/alternative(text, HTML,
// calendar), invite.ics): some calendars read the alternative, others only a
// file. The library nests the two by itself, but then with boundaries that are
// random or the same; so the inner one is written here.
func setInvitation(msg *gomail.Msg, m Message) error {
	inner := boundary(m.ID, "inner")
	alternatives, err := alternative(m, inner)
	if err != nil {
		return err
	}
	msg.SetBodyWriter(gomail.ContentType("multipart/alternative; boundary="+inner), writes(alternatives),
		gomail.WithPartEncoding(gomail.NoEncoding))
	return msg.AttachReader("invite.ics", bytes.NewReader(m.Calendar),
		gomail.WithFileContentType("application/ics"), gomail.WithFileEncoding(gomail.EncodingB64))
}

func writes(content []byte) func(io.Writer) (int64, error) {
	return func(w io.Writer) (int64, error) {
		n, err := w.Write(content)
		return int64(n), err
	}
}

// alternative writes the three forms of an invitation, the plainest first.
func alternative(m Message, boundary string) ([]byte, error) {
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	if err := w.SetBoundary(boundary); err != nil {
		return nil, err
	}
	for _, form := range []struct{ kind, content string }{
		{"text/plain", m.Text},
		{"text/html", m.HTML},
		{"text/calendar; method=" + m.CalendarMethod, string(m.Calendar)},
	} {
		if err := writePart(w, form.kind, form.content); err != nil {
			return nil, err
		}
	}
	err := w.Close()
	return out.Bytes(), err
}

func writePart(w *multipart.Writer, kind, content string) error {
	part, err := w.CreatePart(textproto.MIMEHeader{
		"Content-Type":              {kind + "; charset=UTF-8"},
		"Content-Transfer-Encoding": {"quoted-printable"},
	})
	if err != nil {
		return err
	}
	encoded := quotedprintable.NewWriter(part)
	if _, err = io.WriteString(encoded, content); err != nil {
		return err
	}
	return encoded.Close()
}

// boundary is the same for every attempt at the same mail.
func boundary(id, level string) string {
	sum := sha256.Sum256([]byte(level + " " + id))
	return fmt.Sprintf("spark-%s-%s", level, hex.EncodeToString(sum[:12]))
}
