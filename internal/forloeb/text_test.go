package forloeb

import (
	"bytes"
	"crypto/rand"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

func TestLooksLikeCPR(t *testing.T) {
	for text, line := range map[string]int{
		"010190-1234":      1,
		"010190 1234":      1,
		"0101901234":       1,
		"010190–1234":      1,
		"010190 - 1234":    1,
		"010190\u00a01234": 1,
		"(311299-0000)":    1,
		"cpr:290204-1234,": 1,
		"Vi har det svært.\nHan er 150385-1234.": 2,
		"a\r\nb\r\n150385-1234":                  3,
		"a\rb\r150385-1234":                      3,
		"710190-1234":                            1, // replacement number
		"999999-9999 og 010190-1234":             1,
		"99 0101901234":                          1, // begins after a pair that is no date

		"":                               0,
		"86 12 34 56":                    0, // telephone
		"86123456":                       0,
		"+45 86123456":                   0,
		"4586123456":                     0, // the 45th of the month
		"26-4817":                        0, // case
		"sag 26-4817 og 26-4818":         0,
		"12345678":                       0, // eight digits
		"5798009811578":                  0, // thirteen digits
		"57980098110101901234":           0,
		"01019012345":                    0,
		"10101901234":                    0,
		"320190-1234":                    0, // no such day
		"310490-1234":                    0,
		"290203-1234":                    0, // 2003 was no leap year, nor 1903
		"001290-1234":                    0,
		"011390-1234":                    0,
		"920190-1234":                    0,
		"010190-123":                     0,
		"010190-12345":                   0,
		"010190  1234":                   0,
		"010190\n1234":                   0,
		"18-0230.146":                    0,
		"mandag den 23. november 2026":   0,
		"i 2019 var vi 120 og i 2026 84": 0,
	} {
		got, found := LooksLikeCPR(text)
		require.Equal(t, line, got, "%q", text)
		require.Equal(t, line > 0, found, "%q", text)
	}
}

func TestEveryBirthdayIsFound(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		day := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 49_000).Draw(r, "day"))
		number := day.Format("020106") + rapid.SampledFrom([]string{"", "-", " ", "–"}).Draw(r, "sep") +
			fmt.Sprintf("%04d", rapid.IntRange(0, 9999).Draw(r, "serial"))
		before := rapid.SliceOf(rapid.SampledFrom([]string{"Æblet faldt", "86 12 34 56", "26-4817", ""})).Draw(r, "before")
		text := strings.Join(append(before, "nr. "+number+"."), "\n")
		line, found := LooksLikeCPR(text)
		require.True(r, found, text)
		require.Equal(r, len(before)+1, line)
	})
}

func TestValidEmail(t *testing.T) {
	for _, good := range []string{"navn@kommune.dk", "Anne.Marie-2@skole.aarhus.dk", "o'hara@x.dk", "a+b@x.co", "navn@xn--brnehaven-o8a.dk",
		strings.Repeat("a", 64) + "@" + strings.Repeat("b", 60) + ".dk"} {
		require.True(t, ValidEmail(good), good)
	}
	for _, bad := range []string{"", "navn", "navn@", "@kommune.dk", "navn@kommune", "navn@@kommune.dk", "a@b@kommune.dk", "navn @kommune.dk",
		" navn@kommune.dk", "navn@kommune.dk ", "navn@kommune.dk\r\nBcc: x@y.dk", "navn@kommune.dk\n", "Navn <navn@kommune.dk>", "<navn@kommune.dk>",
		`"a b"@kommune.dk`, "navn@kommune..dk", "navn@.kommune.dk", "navn@kommune.dk.", ".navn@kommune.dk", "na..vn@kommune.dk", "navn@-kommune.dk",
		"navn@127.0.0.1", "navn@[127.0.0.1]", "navn@kommune.d", "navn,anden@kommune.dk", "navn@kommune.dk,anden@kommune.dk", "åse@kommune.dk",
		"navn@børnehaven.dk", "na\x00vn@kommune.dk", "na\u202evn@kommune.dk", strings.Repeat("a", 65) + "@kommune.dk",
		"a@" + strings.Repeat("b.", 126) + "dk"} {
		require.False(t, ValidEmail(bad), "%q", bad)
	}
}

func TestValidEmailNeverLetsALineThrough(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringMatching(`[a-z.@ \r\n<>",æ+-]{0,20}`).Draw(r, "s")
		if ValidEmail(s) {
			require.NotContains(t, s, " ")
			require.False(r, strings.ContainsAny(s, "\r\n<>\", æ"), s)
			require.Equal(r, 1, strings.Count(s, "@"))
			require.True(r, SameMailbox(s, strings.ToUpper(s)))
		}
	})
}

// Complaint K4.
func TestSameMailbox(t *testing.T) {
	require.Equal(t, "navn@kommune.dk", NormaliseEmail("  Navn@Kommune.DK\n"))
	for _, pair := range [][2]string{{"navn@kommune.dk", "NAVN@kommune.dk "}, {"navn+tr@kommune.dk", "navn@kommune.dk"},
		{"navn+a@kommune.dk", "navn+b@kommune.dk"}} {
		require.True(t, SameMailbox(pair[0], pair[1]), pair)
	}
	for _, pair := range [][2]string{{"navn@kommune.dk", "navn@skole.kommune.dk"}, {"navn@kommune.dk", "navne@kommune.dk"},
		{"+a@kommune.dk", "+b@kommune.dk"}} {
		require.False(t, SameMailbox(pair[0], pair[1]), pair)
	}
}

func TestSharedMailbox(t *testing.T) {
	for _, shared := range []string{"kontakt@x.dk", "Info@x.dk", "leder@x.dk", "post@x.dk", "kommune@x.dk", "administration@x.dk", "sikkerpost@x.dk",
		"sikker-post@x.dk", "leder2@x.dk", "info.skolen@x.dk", "kontakt+spark@x.dk", "digital.post@x.dk", "hr_raadhus@x.dk"} {
		require.True(t, SharedMailbox(shared), shared)
	}
	for _, own := range []string{"anne.post@x.dk", "navn@x.dk", "anne.jensen@kommune.dk", "medina@x.dk", "postma@x.dk", "1234@x.dk", "", "@x.dk", "leif@info.dk"} {
		require.False(t, SharedMailbox(own), own)
	}
}

func TestPrivateMailbox(t *testing.T) {
	for _, private := range []string{"anne@gmail.com", "Anne@Hotmail.DK", "anne@live.dk", "anne@mail.dk", "anne@proton.me", "anne@me.com"} {
		require.True(t, PrivateMailbox(private), private)
	}
	for _, work := range []string{"anne@aarhus.dk", "anne@mail.aarhus.dk", "anne@skole.example.dk", "gmail@kommune.dk", "", "anne"} {
		require.False(t, PrivateMailbox(work), work)
	}
}

func TestLikelyTypo(t *testing.T) {
	for typed, meant := range map[string]string{
		"anne@gmial.com": "anne@gmail.com", "anne@gmai.com": "anne@gmail.com", "anne@gamil.com": "anne@gmail.com", "anne@gmaill.com": "anne@gmail.com",
		"anne@gnail.com": "anne@gmail.com", "anne@gmail.con": "anne@gmail.com", "anne@gmial.con": "anne@gmail.com", "anne@gmail.co": "anne@gmail.com",
		"anne@gmail.dk": "anne@gmail.com", "anne@hotmial.com": "anne@hotmail.com", "Anne@hotmal.dk": "anne@hotmail.dk", "anne@outlok.dk": "anne@outlook.dk",
		"anne@yaho.com": "anne@yahoo.com", "anne@iclud.com": "anne@icloud.com", "anne@aarhus.kd": "anne@aarhus.dk", "anne@skole.aarhus.dkk": "anne@skole.aarhus.dk",
		"anne@gmail.com": "", "anne@hotmail.dk": "", "anne@mail.com": "", "anne@ymail.com": "", "anne@email.dk": "", "anne@mail.dk": "", "anne@kommune.dk": "",
		"anne@hotmail.de": "", "anne@yahoo.no": "", "anne@kd.dk": "", "anne@con.dk": "", "anne": "", "": "", "@": "", "anne@": "",
	} {
		require.Equal(t, meant, LikelyTypo(typed), typed)
	}
}

func TestASuggestionIsFinal(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		typed := "navn@" + rapid.StringMatching(`[gmailhot]{3,7}\.(com|con|dk|kd|co|cmo)`).Draw(r, "domain")
		if meant := LikelyTypo(typed); meant != "" {
			require.True(r, ValidEmail(meant))
			require.Empty(r, LikelyTypo(meant), "%s → %s", typed, meant)
		}
	})
}

func TestCleanLine(t *testing.T) {
	for in, want := range map[string]string{
		"":                                     "",
		"  Åse   Østergård ":                   "Åse Østergård",
		"Anne\r\nBcc: x@y.dk":                  "Anne Bcc: x@y.dk",
		"Anne\tMarie":                          "Anne Marie",
		"a\x00b\x07c\x7f":                      "abc",
		"a\u0085b\u2028c\u2029d":               "a b c d",
		"a\u00a0b\u3000c":                      "a b c",
		"\u202eevil\u202c \u2066x\u2069\u200f": "evil x",
		"a\u200bb\ufeff\u00adc":                "abc",
		"bad\xffbyte":                          "badbyte",
		"\r\n":                                 "",
		"Ærø – »Børnehaven«":                   "Ærø – »Børnehaven«",
	} {
		require.Equal(t, want, CleanLine(in), "%q", in)
	}
}

func TestCleanText(t *testing.T) {
	for in, want := range map[string]string{
		"":                           "",
		"en\r\nto\rtre\nfire":        "en\nto\ntre\nfire",
		"\n\n  en  \n\n to \n\n":     "en\n\n to",
		"en\u2028to\u2029tre\u0085x": "en\nto\ntre\nx",
		"en\tto  tre":                "en to  tre",
		"en\x00\n\u202eto\xff":       "en\nto",
	} {
		require.Equal(t, want, CleanText(in), "%q", in)
	}
}

func TestCleaningProperties(t *testing.T) {
	hostile := rapid.StringOf(rapid.OneOf(rapid.Rune(), rapid.SampledFrom([]rune("\r\n\t \u2028\u202e\u200b\x00\x1b\u0085æ"))))
	rapid.Check(t, func(r *rapid.T) {
		s := hostile.Draw(r, "s")
		line, text := CleanLine(s), CleanText(s)
		require.Equal(r, line, CleanLine(line))
		require.Equal(r, text, CleanText(text))
		require.Equal(r, line, CleanLine(text))
		require.True(r, utf8.ValidString(line) && utf8.ValidString(text))
		require.NotContains(r, line, "  ")
		require.False(r, strings.ContainsFunc(line, invisible), "%q", line)
		require.False(r, strings.ContainsFunc(strings.ReplaceAll(text, "\n", ""), invisible), "%q", text)
	})
}

func invisible(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || unicode.IsSpace(r) && r != ' '
}

func TestNewReference(t *testing.T) {
	require.Equal(t, "26-4817", NewReference(2026, bytes.NewReader([]byte{0, 0, 0x12, 0xd1})))
	require.Equal(t, "07-0000", NewReference(2107, bytes.NewReader(make([]byte, 4))))
	require.Panics(t, func() { NewReference(2026, bytes.NewReader(nil)) })
	drawn := map[string]bool{}
	for range 1000 {
		reference := NewReference(2026, rand.Reader)
		require.Regexp(t, `^26-\d{4}$`, reference)
		_, cpr := LooksLikeCPR(reference)
		require.False(t, cpr)
		drawn[reference] = true
	}
	require.Greater(t, len(drawn), 900) // 1,000 of 10,000 leave about 950 different
}

func TestReferenceIn(t *testing.T) {
	for written, want := range map[string]string{
		"26-4817": "26-4817", " 26-4817 ": "26-4817", "26 4817": "26-4817", "264817": "26-4817", "26 48 17": "26-4817",
		"26–4817": "26-4817", "26 — 4817": "26-4817", "26\u20114817": "26-4817", "26\u00a04817": "26-4817", "26/4817": "26-4817",
		"sag 26-4817": "26-4817", "Sag nr. 26-4817": "26-4817", "SAGSNR.: 26-4817": "26-4817", "sagsnummer: 26-4817": "26-4817",
		"sagen 26-4817.": "26-4817", "SPARK 26-4817:": "26-4817", "#26-4817": "26-4817", "sag26-4817": "26-4817",
		"26-481733": "26-481733", "sag 26 48 17 33": "26-481733",
		"": "", "sag": "", "26": "", "26-48": "", "26-48173": "", "26-4817-1": "", "126-4817": "", "Skolen 26-4817": "", "26-4817 Skolen": "",
		"26a4817": "", "26 og 4817": "",
	} {
		require.Equal(t, want, ReferenceIn(written), "%q", written)
	}
	for range 100 {
		reference := NewReference(2026, rand.Reader)
		require.Equal(t, reference, ReferenceIn("sag "+reference))
	}
}

func TestValidPhone(t *testing.T) {
	for _, good := range []string{"", " ", "20304050", "20 30 40 50", "+45 20-30-40-50", "0045 20304050", "+46 (8) 123 456 78"} {
		require.True(t, ValidPhone(good), good)
	}
	for _, bad := range []string{"1234", "112", "12345678", "20304050 lok. 3", "ring"} {
		require.False(t, ValidPhone(bad), bad)
	}
}
