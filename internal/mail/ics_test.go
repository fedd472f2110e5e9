package mail

import (
	"bytes"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"example.dk/spark/internal/forloeb"
)

// property is one content line of an iCalendar object.
type property struct {
	name   string
	params map[string]string
	value  string
}

// readCalendar is a parser of our own, so that no mistake is made twice: it
// unfolds, splits at the first colon and the semicolons outside quotes, and
// takes nothing for granted about the encoder.
func readCalendar(t testing.TB, raw []byte) []property {
	t.Helper()
	text := string(raw)
	require.True(t, utf8.Valid(raw))
	require.True(t, strings.HasSuffix(text, "\r\n"))
	require.NotContains(t, strings.ReplaceAll(text, "\r\n", ""), "\n")
	require.NotContains(t, strings.ReplaceAll(text, "\r\n", ""), "\r")
	for _, line := range strings.Split(text, "\r\n") {
		require.LessOrEqual(t, len(line), 75)
	}
	var all []property
	for line := range strings.SplitSeq(strings.TrimSuffix(strings.ReplaceAll(text, "\r\n ", ""), "\r\n"), "\r\n") {
		all = append(all, readLine(line))
	}
	return all
}

func readLine(line string) property {
	var parts []string
	quoted, from := false, 0
	p := property{params: map[string]string{}}
	for i, r := range line {
		switch {
		case r == '"':
			quoted = !quoted
		case r == ';' && !quoted:
			parts, from = append(parts, line[from:i]), i+1
		case r == ':' && !quoted:
			parts, p.value = append(parts, line[from:i]), line[i+1:]
			p.name = parts[0]
			for _, param := range parts[1:] {
				key, value, _ := strings.Cut(param, "=")
				p.params[key] = strings.Trim(value, `"`)
			}
			return p
		}
	}
	return property{name: "BROKEN " + line}
}

func names(all []property) (list []string) {
	for _, p := range all {
		list = append(list, p.name)
	}
	return list
}

func find(t testing.TB, all []property, name string) property {
	t.Helper()
	for _, p := range all {
		if p.name == name {
			return p
		}
	}
	require.Fail(t, "no property", name)
	return property{}
}

var expectedNames = []string{
	"BEGIN", "METHOD", "PRODID", "VERSION", "BEGIN", "ATTENDEE", "CLASS", "DTEND", "DTSTAMP", "DTSTART", "LOCATION",
	"ORGANIZER", "SEQUENCE", "STATUS", "SUMMARY", "UID", "END", "END",
}

// Complaint K14, K15.
func TestCalendarEntries(t *testing.T) {
	at := clock("2027-01-11 10:00")
	for name, c := range map[string]struct {
		letter                                     forloeb.Letter
		method, status, summary, sequence, startAt string
	}{
		"invitation": {letter(forloeb.MailMeetingInvitation, booked(), leaderID, at, about(asItIs)),
			"REQUEST", "CONFIRMED", "SPARK-møde", "0", "20270121T120000Z"},
		"moved": {letter(forloeb.MailMeetingMoved, booked(), leaderID, at, about(moved)),
			"REQUEST", "CONFIRMED", "SPARK-møde", "1", "20270128T080000Z"},
		"cancelled": {letter(forloeb.MailMeetingCancelled, booked(), leaderID, at, about(cancelled)),
			"CANCEL", "CANCELLED", "Aflyst: SPARK-møde", "2", "20270121T120000Z"},
		"consultant": {letter(forloeb.MailMeetingInvitation, booked(), consultantID, at, about(asItIs)),
			"REQUEST", "CONFIRMED", "SPARK-møde 26-4817", "0", "20270121T120000Z"},
		"consultant, cancelled": {letter(forloeb.MailMeetingCancelled, booked(), consultantID, at, about(cancelled)),
			"CANCEL", "CANCELLED", "Aflyst: SPARK-møde 26-4817", "2", "20270121T120000Z"},
	} {
		t.Run(name, func(t *testing.T) {
			m, err := composer(t).Compose(c.letter)
			require.NoError(t, err)
			require.Equal(t, c.method, m.CalendarMethod)
			all := readCalendar(t, m.Calendar)
			require.Equal(t, expectedNames, names(all))
			for property, want := range map[string]string{
				"METHOD": c.method, "STATUS": c.status, "SUMMARY": c.summary, "SEQUENCE": c.sequence, "CLASS": "PRIVATE",
				"UID": "m2@spark.example.dk", "DTSTART": c.startAt, "DTSTAMP": "20270111T090000Z", "VERSION": "2.0",
				"LOCATION": canaryPlace, "ORGANIZER": "mailto:spark@example.dk", "ATTENDEE": "mailto:" + m.To.Address,
			} {
				require.Equal(t, want, unescape(find(t, all, property).value), property)
			}
			require.Equal(t, "FALSE", find(t, all, "ATTENDEE").params["RSVP"])
			require.Equal(t, m.To.Name, find(t, all, "ATTENDEE").params["CN"])
		})
	}
}

// TestCalendarFileIsTheInvitation: whoever takes the meeting from the page
// has the same entry as whoever took it from the mail, moved or not.
func TestCalendarFileIsTheInvitation(t *testing.T) {
	sent, taken := clock("2027-01-11 10:00"), clock("2027-01-12 07:30")
	for kind, change := range map[forloeb.MailKind]func(*forloeb.Meeting){
		forloeb.MailMeetingInvitation: asItIs, forloeb.MailMeetingMoved: moved,
	} {
		l := letter(kind, booked(), repID, sent, about(change))
		m, err := composer(t).Compose(l)
		require.NoError(t, err)
		file, err := Calendar{Organizer: config().From}.CalendarFile(l.Forloeb, l.Party, l.Meeting, taken)
		require.NoError(t, err)
		want, got := readCalendar(t, m.Calendar), readCalendar(t, file)
		for i := range want {
			if want[i].name == "DTSTAMP" { // when the entry was written
				require.Equal(t, "20270112T063000Z", got[i].value)
				got[i] = want[i]
			}
		}
		require.Equal(t, want, got)
	}
}

// TestOnlyMeetingMailsCarryAnEntry: a reminder must not put the meeting into
// the calendar a second time.
func TestOnlyMeetingMailsCarryAnEntry(t *testing.T) {
	for _, c := range cases() {
		m := compose(t, c)
		_, changes := calendarMethods[c.letter.Mail.Kind]
		require.Equal(t, changes, len(m.Calendar) > 0, c.name)
	}
}

// hostile is text that tries to get out of where it stands.
func hostile() *rapid.Generator[string] {
	return rapid.Custom(func(r *rapid.T) string {
		parts := rapid.SliceOfN(rapid.OneOf(
			rapid.SampledFrom([]string{
				"\r\n", "\n", "\r", "\x00", "\x0b", "\u2028", "\u2029", "\u0085", "\u202e", "\ufeff", "\xff", "\"", ";", ":", ",", "\\", "\\n", "=",
				"\r\nBcc: evil@example.com\r\n", "\r\nATTENDEE:mailto:evil@example.com", "\r\nEND:VEVENT\r\nBEGIN:VALARM", "=?utf-8?q?=0d=0aBcc:_x?=",
				"<script>alert(1)</script>", "</p>", "{{.}}", "<a@b.dk>", "\r\n.\r\n", "--spark-outer",
			}),
			rapid.StringN(0, 12, -1), rapid.Just("Sønderborg Åse "),
		), 0, 12).Draw(r, "parts")
		return strings.Join(parts, "")
	})
}

// TestCalendarInjection: whatever stands in names and places, the entry has
// the same lines as always, and their values are the cleaned ones.
func TestCalendarInjection(t *testing.T) {
	c := composer(t)
	rapid.Check(t, func(r *rapid.T) {
		f := booked()
		place, person := hostile().Draw(r, "place"), hostile().Draw(r, "name")
		f.Party(leaderID).Contact.Name = person
		l := letter(forloeb.MailMeetingInvitation, f, leaderID, start, about(func(m *forloeb.Meeting) { m.Place = "x" + place }))
		m, err := c.Compose(l)
		require.NoError(r, err)
		all := readCalendar(t, m.Calendar)
		require.Equal(r, expectedNames, names(all))
		require.Equal(r, forloeb.CleanLine("x"+place), unescape(find(t, all, "LOCATION").value))
		require.Equal(r, "mailto:aase@sonderborg.example.dk", find(t, all, "ATTENDEE").value)
		require.Equal(r, strings.ReplaceAll(personName(person), `"`, ""), find(t, all, "ATTENDEE").params["CN"])
		require.False(r, bytes.ContainsRune(m.Calendar, 0))
	})
}

// unescape reads escapes from left to right, as a calendar does.
func unescape(s string) string {
	var out strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			i++
			if s[i] == 'n' || s[i] == 'N' {
				out.WriteByte('\n')
				continue
			}
		}
		out.WriteByte(s[i])
	}
	return out.String()
}

func TestFoldKeepsLettersWhole(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		line := strings.NewReplacer("\r", "", "\n", "").Replace(rapid.StringN(0, 400, -1).Draw(r, "line"))
		folded := string(fold([]byte(line + "\r\n")))
		require.Equal(r, line+"\r\n", strings.ReplaceAll(folded, "\r\n ", ""))
		for part := range strings.SplitSeq(folded, "\r\n") {
			require.LessOrEqual(r, len(part), 75)
			require.True(r, utf8.ValidString(part))
		}
	})
}
