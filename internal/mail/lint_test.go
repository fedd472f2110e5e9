package mail

import (
	"html"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jba/templatecheck"
	"github.com/stretchr/testify/require"
	nethtml "golang.org/x/net/html"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// TestTemplatesFitTheirStructs finds a misspelt slot also in a branch that no
// case takes.
func TestTemplatesFitTheirStructs(t *testing.T) {
	for _, c := range cases() {
		filled, err := kinds[c.letter.Mail.Kind].fill(&draft{Letter: c.letter, addresses: composer(t).links})
		require.NoError(t, err, c.name)
		b := templates[forloeb.Spark][c.letter.Mail.Kind]
		require.NoError(t, templatecheck.CheckText(b.text.Lookup("subject"), filled), c.name)
		require.NoError(t, templatecheck.CheckText(b.text.Lookup("body"), filled), c.name)
		require.NoError(t, templatecheck.CheckHTML(b.html.Lookup("body"), filled), c.name)
	}
}

// Complaint K28.
func TestSubjects(t *testing.T) {
	for _, c := range cases() {
		m := compose(t, c)
		prefix := "SPARK 26-4817: "
		if len(c.letter.Digest) > 1 {
			prefix = "SPARK: " // several forløb: it names none of them
		}
		require.True(t, strings.HasPrefix(m.Subject, prefix), c.name)
		require.Regexp(t, `^[A-ZÆØÅÉ0-9]`, strings.TrimPrefix(m.Subject, prefix), c.name)
		require.NotContains(t, m.Subject, "Østergård", c.name)
	}
}

// TestSecretsStayOut: everything that must not be mailed is recognisable in
// the sample, and is searched for in every part of every mail.
//
// Complaint K28.
func TestSecretsStayOut(t *testing.T) {
	programme, _ := forloeb.ProgrammeByCode(forloeb.Spark)
	for _, c := range cases() {
		m := compose(t, c)
		secrets := []string{canaryWorkplace, canaryText, canaryPhone, "aase@", "soeren@", "bodil@"}
		for _, code := range c.letter.Forloeb.Application.Themes {
			theme, _ := programme.Theme(code)
			secrets = append(secrets, theme.Label, theme.Short)
		}
		if c.letter.Meeting == nil || c.letter.Mail.Kind == forloeb.MailCannotCome {
			secrets = append(secrets, canaryPlace)
		}
		for _, part := range []string{m.Subject, m.Text, html.UnescapeString(m.HTML)} {
			for _, secret := range secrets {
				require.NotContains(t, strings.ToLower(part), strings.ToLower(secret), c.name)
			}
		}
	}
}

// TestOthersNames: only the two mails that must be trusted, of which nobody has
// heard before, name the parties to others, and only a colleague's mail names a consultant to a consultant.
func TestOthersNames(t *testing.T) {
	for _, c := range cases() {
		if c.letter.Mail.Kind == forloeb.MailConsentRequest || c.letter.Mail.Kind == forloeb.MailGuestAdded {
			continue
		}
		m := compose(t, c)
		for _, p := range c.letter.Forloeb.Parties {
			if c.letter.Party == nil || p.ID != c.letter.Party.ID {
				require.NotContains(t, m.Text, p.Contact.Name, c.name)
			}
		}
	}
}

// ours is where every link of ours begins.
const ours = "https://spark.example.dk"

// TestLinks: at most one of ours, where it belongs, and a keyring knows it; a
// collected mail has one for each meeting. A place on the web may be another.
func TestLinks(t *testing.T) {
	for _, c := range cases() {
		m := compose(t, c)
		inText := regexp.MustCompile(`https?://\S+[^\s.]`).FindAllString(m.Text, -1)
		inHTML := page(t, m).Find("a").Map(func(_ int, a *goquery.Selection) string { return a.AttrOr("href", "") })
		require.Equal(t, inText, nilIfEmpty(inHTML), c.name)
		inText = slices.DeleteFunc(inText, func(address string) bool { return address == onlinePlace })
		if c.leads == "" {
			require.Empty(t, inText, c.name)
			continue
		}
		want := 1
		if c.leads == toRegister {
			want = len(c.letter.Digest)
		}
		require.Len(t, inText, want, c.name)
		for _, address := range inText {
			require.True(t, strings.HasPrefix(address, ours+c.leads), "%s leads to %s", c.name, address)
			require.Less(t, len(address), 200, c.name)
			verify(t, c, address)
		}
	}
}

func nilIfEmpty(s []string) []string {
	if len(s) == 0 {
		return nil
	}
	return s
}

var purposes = map[string]link.Purpose{
	toConsent: link.Consent, toStatus: link.Status, toEvaluation: link.Evaluation,
	toMeeting: link.Meeting, toText: link.ApplicationView, toRegister: link.Register, toLeave: link.Guest,
}

func verify(t *testing.T, c mailCase, address string) {
	t.Helper()
	u, err := url.Parse(address)
	require.NoError(t, err)
	if strings.HasPrefix(c.leads, toDay) { // consultants log in
		require.Equal(t, c.leads, u.Path, c.name)
		return
	}
	opened, err := keys.Open(purposes[c.leads], strings.TrimPrefix(u.Path, c.leads))
	require.NoError(t, err, c.name)
	if c.leads == toRegister {
		require.Equal(t, meetingID, opened.ID, c.name)
		require.Equal(t, link.Valid, opened.HeldBy(consultantID).Verify(2, c.letter.Now.AddDate(0, 0, 10).Add(-time.Second)), c.name)
		require.Equal(t, link.Expired, opened.HeldBy(consultantID).Verify(2, c.letter.Now.AddDate(0, 0, 10)), c.name)
		require.Equal(t, link.Invalid, opened.HeldBy(formerID).Verify(2, c.letter.Now), c.name)
		return
	}
	if c.leads == toLeave {
		require.Equal(t, guestID, opened.ID, c.name)
		require.Equal(t, link.Valid, opened.Verify(link.OnlyVersion, c.letter.Now), c.name)
		return
	}
	require.Equal(t, c.letter.Party.ID, opened.ID, c.name)
	require.Equal(t, link.Valid, opened.Verify(c.letter.Party.LinkVersion, c.letter.Now), c.name)
	if c.leads == toText {
		require.Equal(t, link.Expired, opened.Verify(c.letter.Party.LinkVersion, c.letter.Now.Add(link.ApplicationViewLife)), c.name)
	}
	if c.leads == toMeeting {
		require.Equal(t, "3", u.Query().Get("nr"), c.name)
	}
}

// TestSameWordsInBothParts reads the HTML as a text browser does and compares
// it word for word.
func TestSameWordsInBothParts(t *testing.T) {
	for _, c := range cases() {
		m := compose(t, c)
		text := strings.Fields(strings.ReplaceAll("\n"+m.Text, "\n- ", "\n"))
		require.Equal(t, text, strings.Fields(spoken(page(t, m).Find("body").Nodes[0])), c.name)
	}
}

// TestOnlinePlace: a place on the web is a link in the HTML part, and any
// other is words.
func TestOnlinePlace(t *testing.T) {
	mails := map[forloeb.MailKind]func(*forloeb.Meeting){
		forloeb.MailMeetingInvitation: asItIs, forloeb.MailMeetingMoved: moved, forloeb.MailMeetingReminder: asItIs,
	}
	for place, address := range map[string]string{
		onlinePlace:                                            onlinePlace,
		"https://video.example.dk/mødelokale":                  "https://video.example.dk/m%C3%B8delokale",
		"http://video.example.dk/17":                           "",
		"javascript:alert(1)":                                  "",
		"https://anna@video.example.dk/17":                     "",
		"https://video.example.dk eller lokale 2":              "",
		`https://video.example.dk/"><script>alert(1)</script>`: "https://video.example.dk/%22%3E%3Cscript%3Ealert%281%29%3C/script%3E",
	} {
		for kind, change := range mails {
			m := compose(t, mailCase{string(kind), letter(kind, booked(), leaderID, clock("2027-01-11 10:00"),
				about(func(m *forloeb.Meeting) { change(m); m.Place = place })), ""})
			require.Contains(t, m.Text, ", "+place+".\n", kind)
			body := page(t, m).Find("body")
			require.Contains(t, body.Text(), ", "+place+".", kind)
			require.Zero(t, body.Find("script").Length(), kind)
			links := body.Find("a").FilterFunction(func(_ int, a *goquery.Selection) bool { return a.Text() == place })
			require.Equal(t, address, links.AttrOr("href", ""), "%s: %s", kind, place)
		}
	}
}

// spoken is what stands in a node, links written out as "where they lead:
// address", unless the address is what they say.
func spoken(n *nethtml.Node) string {
	if n.Type == nethtml.TextNode {
		return n.Data
	}
	var out strings.Builder
	for child := n.FirstChild; child != nil; child = child.NextSibling {
		out.WriteString(spoken(child))
	}
	switch n.Data {
	case "a":
		if said := out.String(); said != n.Attr[0].Val {
			return said + ": " + n.Attr[0].Val
		}
	case "p", "li", "br":
		return out.String() + "\n"
	}
	return out.String()
}

func page(t *testing.T, m Message) *goquery.Document {
	t.Helper()
	doc, err := goquery.NewDocumentFromReader(strings.NewReader(m.HTML))
	require.NoError(t, err)
	return doc
}

func TestHTMLIsAccessibleAndPlain(t *testing.T) {
	for _, c := range cases() {
		m := compose(t, c)
		doc := page(t, m)
		require.Equal(t, "da", doc.Find("html").AttrOr("lang", ""), c.name)
		require.Equal(t, m.Subject, doc.Find("title").Text(), c.name)
		require.LessOrEqual(t, doc.Find("h1").Length(), 1, c.name)
		require.Zero(t, doc.Find("img, script, link, style, form, iframe").Length(), c.name)
		doc.Find("p, li, a").Each(func(_ int, s *goquery.Selection) {
			require.NotEmpty(t, strings.TrimSpace(s.Text()), "%s has an empty element", c.name)
		})
	}
}

// Words and signs that show a hole in a template, or a voice that is not ours.
var slips = regexp.MustCompile(`<no value>|\{\{|%!|\bnil\b|januar 0?1\b|[ \t]\n|\t| {2}|\n{3}| [.,]|\.\.|!|e-mail|E-mail|tiltag|rykker`)

func TestTextIsTidy(t *testing.T) {
	for _, c := range cases() {
		m := compose(t, c)
		for _, part := range []string{m.Subject, m.Text} {
			require.NotRegexp(t, slips, part, c.name)
		}
		require.True(t, strings.HasPrefix(m.Text, "Hej "), c.name)
		require.True(t, strings.HasSuffix(m.Text, "\n"), c.name)
		for line := range strings.Lines(m.Text) {
			require.Less(t, len(line), 500, c.name)
			require.True(t, !strings.Contains(line, ours) || strings.HasPrefix(line, ours), "%s: an address of ours stands on a line of its own", c.name)
		}
	}
}

// TestFrames: the parties are told whom to ask; staff get the bare news.
func TestFrames(t *testing.T) {
	const signature = "\n\nVenlig hilsen\nSPARKs sekretariat\n33 70 12 34 (hverdage kl. 9.00–15.00)\nsvar@example.dk\n\nSag 26-4817\n\n"
	for _, c := range cases() {
		m := compose(t, c)
		require.Equal(t, c.letter.Consultant == nil, strings.Contains(m.Text, signature), c.name)
		require.Equal(t, c.letter.Party != nil, strings.Contains(m.Text, "et menneske læser med"), c.name)
		on := c.letter.Guest != nil && c.letter.Guest.On()
		require.Equal(t, on, strings.Contains(m.Text, "Det er frivilligt. Vil du ikke have flere mails"), c.name)
	}
}
