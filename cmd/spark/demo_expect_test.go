package main

import (
	"bytes"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func mailAt(at time.Time, to, subject, text string) caughtMail {
	return caughtMail{To: []struct{ Name, Address string }{{Address: to}}, Subject: subject, Text: text, Date: at}
}

// The table stops at the first difference: a mail that is missing, is late,
// goes to somebody else, is another kind with the same subject, or is one too
// many.
func TestMailTable(t *testing.T) {
	at := time.Date(2026, 11, 26, 9, 0, 0, 0, forloeb.Copenhagen)
	table := &mailTable{programme: "SPARK", reference: "26-1"}
	table.add(kindReminded, at, "fredag", "a@example.dk")
	table.add(kindGotYes, at, "", "a@example.dk", "b@example.dk")
	const reminder, receipt = "SPARK 26-1: Påmindelse: Bekræft ansøgningen senest fredag", "SPARK 26-1: Vi har modtaget dit svar"
	good := []caughtMail{
		mailAt(at.Add(20*time.Second), "b@example.dk", receipt, "Vi har modtaget dit ja"),
		mailAt(at, "a@example.dk", reminder, "https://spark/samtykke/x"),
		mailAt(at, "a@example.dk", "SPARK 26-2: Vi har modtaget dit svar", "of another case"),
		mailAt(at, "a@example.dk", receipt, "Vi har modtaget dit ja"),
	}
	require.NoError(t, table.compare(good))

	changed := func(i int, m caughtMail) []caughtMail {
		list := append([]caughtMail(nil), good...)
		list[i] = m
		return list
	}
	for name, c := range map[string]struct {
		mails []caughtMail
		says  string
	}{
		"missing":      {good[:3], "vi ventede mailen »Vi har modtaget dit svar« til a@example.dk torsdag den 26. november 2026 kl. 9.00, men så den ikke"},
		"late":         {changed(1, mailAt(at.Add(time.Hour), "a@example.dk", reminder, "/samtykke/")), "men så den torsdag den 26. november 2026 kl. 10.00"},
		"to another":   {changed(1, mailAt(at, "b@example.dk", reminder, "/samtykke/")), "men så den ikke"},
		"another kind": {changed(0, mailAt(at, "b@example.dk", receipt, "Vi har modtaget dit nej")), "men så den ikke"},
		"one too many": {append(good, good[1]), "vi ventede ikke flere mails i sag 26-1, men så »" + reminder + "« til a@example.dk"},
	} {
		require.ErrorContains(t, table.compare(c.mails), c.says, name)
	}
	require.Equal(t, -1, table.spared(), "one reminder sent, nobody asked")
}

func TestNarrator(t *testing.T) {
	from := time.Date(2026, 11, 23, 14, 30, 0, 0, forloeb.Copenhagen)
	var out bytes.Buffer
	n := newNarrator(&out)
	n.chapter("Titel", "Om det.", "About it.", from, from.AddDate(0, 8, 0))
	n.waiting(from.AddDate(0, 1, 0))
	n.step(from.AddDate(0, 4, 0), strings.Repeat("ord ", 40)+"slut.", "Words.", "Mette ser: »Tak«")
	require.NotContains(t, out.String(), "\r", "nobody watches a file")
	require.Contains(t, out.String(), "  1 [###########·············] Tirsdag den 23. marts 2027 kl. 14.30\n")
	for _, line := range strings.Split(out.String(), "\n") {
		require.LessOrEqual(t, len([]rune(line)), lineWidth)
	}
	require.Contains(t, out.String(), "\n      Mette ser: »Tak«\n")
}

// Every status that the demo promises to show is one of the product's.
func TestDemoNeedsEveryStatus(t *testing.T) {
	d := &demo{out: newNarrator(&bytes.Buffer{}), seen: map[forloeb.Status]sighting{}}
	for _, status := range forloeb.Statuses[1:] {
		d.seen[status] = sighting{}
	}
	require.EqualError(t, d.close(), "vi ventede at se status awaiting_consent, men så den ikke")
	d.seen[forloeb.AwaitingConsent] = sighting{}
	require.NoError(t, d.close())
}

// What cannot be played is said before anything is started.
func TestTheDemoRefusesWhatItCannotPlay(t *testing.T) {
	for wrong, o := range map[string]demoCommand{
		"a regional forløb is for one workplace": {Programme: forloeb.Regional, Provider: "NFA", Type: forloeb.Joint, Workplaces: 12},
		"--provider is one of NFA, RUC":          {Programme: forloeb.Regional, Provider: "CBS", Type: forloeb.Individual},
		"--workplaces is between":                {Programme: forloeb.Spark, Provider: "nfa", Type: forloeb.Joint, Workplaces: 1},
	} {
		require.ErrorContains(t, o.Run(t.Context()), wrong)
	}
}
