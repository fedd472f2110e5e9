package main

import (
	"context"
	"os"
	"strings"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/browsertest"
	"example.dk/spark/internal/forloeb"
)

// picturesVariable names the folder that the README's pictures go to.
const picturesVariable = "SPARK_PICTURES"

// walker is one of the people of a walk, with a browser of their own.
type walker struct {
	*browsertest.Tab
	r             *running
	width, height int64 // of the screen, in CSS pixels
}

func (r *running) atLaptop() *walker { return r.walker(1280, 900) }
func (r *running) onPhone() *walker  { return r.walker(360, 740) }

func (r *running) walker(width, height int64) *walker {
	w := &walker{browsertest.New(r.t), r, width, height}
	w.Resize(width, height)
	return w
}

// at goes to an address of the product.
func (w *walker) at(path string) { w.r.t.Helper(); w.Open(w.r.out.product + path) }

// lastPart is the end of the address the browser is at.
func (w *walker) lastPart() string {
	w.r.t.Helper()
	address, _, _ := strings.Cut(w.Address(), "?")
	return address[strings.LastIndex(address, "/")+1:]
}

// marks remembers the page as it was loaded; marked reports whether it still
// is that one.
func (w *walker) marks()       { w.r.t.Helper(); browsertest.Run[bool](w.Tab, `window.marked = true`) }
func (w *walker) marked() bool { return w.True(`window.marked === true`) }

// looks asks axe about the page, and takes its picture under a name when
// pictures are wanted.
func (w *walker) looks(picture string) {
	w.r.t.Helper()
	w.Axe("../../api/assets")
	w.Resize(w.width, w.height)
	if folder := os.Getenv(picturesVariable); folder != "" && picture != "" {
		w.Picture(folder, picture, w.width, w.height)
	}
}

// opensMenu shows the menu, which is folded on a phone.
func (w *walker) opensMenu() {
	w.r.t.Helper()
	browsertest.Run[bool](w.Tab, `(document.querySelector('[data-test-id=menu] summary').click(), true)`)
}

// follows opens the newest link below a path from the mails to an address.
func (w *walker) follows(email, path string) {
	w.r.t.Helper()
	link, err := w.r.out.latestLink(w.r.t.Context(), email, path)
	require.NoError(w.r.t, err)
	w.Open(link)
}

// followsFrom opens the link below a path from the newest mail to an address
// that holds some words.
func (w *walker) followsFrom(email, words, path string) {
	w.r.t.Helper()
	mail, err := w.r.out.newestMail(w.r.t.Context(), email, words)
	require.NoError(w.r.t, err)
	link, err := mail.link(path)
	require.NoError(w.r.t, err)
	w.Open(link)
}

// logsIn logs in as one of the invented people of development.
func (w *walker) logsIn(name string) {
	w.r.t.Helper()
	w.at("/login")
	w.looks("")
	w.Click("login")
	w.Follow(name)
}

// applies fills in the form.
func (w *walker) applies() {
	w.r.t.Helper()
	w.Choose("started_by-leader")
	for field, text := range map[string]string{
		"municipality": "751", "workplace": "Tranemoseskolen", "sector": string(forloeb.SectorSchool), "employees": string(forloeb.Employees50To99),
		"leader_name": "Mette Holm", "leader_title": "skoleleder", "leader_email": "mette@example.dk", "leader_phone": "20 00 00 00",
		"rep_name": "Amir Dahl", "rep_email": "amir@example.dk",
		"situation": "Vi har fået ny ledelse, og tre teams er lagt sammen. Vi taler forbi hinanden.",
	} {
		w.Fill(field, text)
	}
	for _, choice := range []string{"body-trio", "rep_role-amr", "themes-change", "themes-cooperation", "declared"} {
		w.Choose(choice)
	}
	w.Click("send")
}

// saysYes answers the consent page.
func (w *walker) saysYes(name string) {
	w.r.t.Helper()
	w.Choose("answer-yes")
	w.Fill("signature", name)
	w.Click("send")
	w.Says("Dit ja er modtaget")
}

// winds moves the forløb's clock to a moment: a year passes in a test.
func (r *running) winds(id string, to time.Time) {
	r.t.Helper()
	eventually(r.t, "the forløb has come to rest", func() bool {
		v, err := r.staff.look(r.t.Context(), id)
		return err == nil && v.Settled
	})
	require.NoError(r.t, r.staff.forward(context.WithoutCancel(r.t.Context()), id, to))
}

// referenceIn finds "26-4817" in a sentence.
func referenceIn(text string) string {
	for _, word := range strings.Fields(text) {
		if word = strings.Trim(word, ".,"); len(word) == len("26-4817") && word[2] == '-' {
			return word
		}
	}
	return text
}
