package mail

import (
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

var update = flag.Bool("update", false, "write the golden files anew")

// TestGolden holds every mail to what it said last: subject and text in one
// file, HTML and calendar entry beside it.
func TestGolden(t *testing.T) {
	expected := map[string]bool{applicationDraftMail + ".txt": true, applicationDraftMail + ".html": true, "calendar_feed.ics": true}
	for name := range staffLetters() {
		expected["staff_"+name+".txt"], expected["staff_"+name+".html"] = true, true
	}
	for _, c := range cases() {
		t.Run(c.name, func(t *testing.T) {
			m := compose(t, c)
			for file, content := range map[string]string{
				c.name + ".txt":  "Subject: " + m.Subject + "\nTo: " + m.To.String() + "\n\n" + m.Text,
				c.name + ".html": m.HTML,
				c.name + ".ics":  string(m.Calendar),
			} {
				if content == "" {
					continue
				}
				expected[file] = true
				golden(t, file, content)
			}
		})
	}
	files, err := os.ReadDir("testdata")
	require.NoError(t, err)
	for _, f := range files {
		require.True(t, expected[f.Name()] || f.IsDir(), "testdata/%s belongs to no mail", f.Name())
	}
}

func compose(t *testing.T, c mailCase) Message {
	t.Helper()
	m, err := composer(t).Compose(c.letter)
	require.NoError(t, err, c.name)
	return m
}

// golden compares with testdata, or writes it. The calendar's own line ends
// stay as they are.
func golden(t *testing.T, file, content string) {
	t.Helper()
	path := filepath.Join("testdata", file)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(path, []byte(content), 0o644))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), content)
}

// TestEveryKind: no mail without a row, no template without a mail, none left
// unexecuted.
func TestEveryKind(t *testing.T) {
	covered := map[forloeb.MailKind]bool{}
	for _, c := range cases() {
		covered[c.letter.Mail.Kind] = true
	}
	require.Len(t, kinds, len(forloeb.MailKinds))
	for _, kind := range forloeb.MailKinds {
		require.Contains(t, kinds, kind)
		require.True(t, covered[kind], "%s has no case", kind)
	}
	files, err := templateFiles.ReadDir("templates")
	require.NoError(t, err)
	for _, f := range files {
		name, _, _ := strings.Cut(f.Name(), ".")
		require.True(t, name == "frame" || name == applicationDraftMail || staffTemplates[forloeb.Spark][forloeb.StaffMailKind(name)].text != nil || covered[forloeb.MailKind(name)], "templates/%s belongs to no mail", f.Name())
	}
}

// TestSameLetterSameMessage: a retry is the same mail.
//
// Complaint K34.
func TestSameLetterSameMessage(t *testing.T) {
	for _, c := range cases() {
		require.Equal(t, compose(t, c), compose(t, c), c.name)
	}
}
