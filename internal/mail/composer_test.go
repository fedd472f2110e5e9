package mail

import (
	netmail "net/mail"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/forloeb"
)

func TestNewComposerChecksItsSettings(t *testing.T) {
	for name, spoil := range map[string]func(*Config){
		"no base URL":  func(c *Config) { c.BaseURL = "" },
		"no keys":      func(c *Config) { c.Links = nil },
		"no domain":    func(c *Config) { c.Domain = "" },
		"bad sender":   func(c *Config) { c.From = netmail.Address{Address: "spark"} },
		"bad reply to": func(c *Config) { c.ReplyTo = netmail.Address{Address: "a@b.dk\r\nBcc: c@d.dk"} },
	} {
		c := config()
		spoil(&c)
		_, err := NewComposer(c)
		require.Error(t, err, name)
	}
}

// TestLettersThatCannotBeWritten are refused with an error that holds nothing
// of the letter.
func TestLettersThatCannotBeWritten(t *testing.T) {
	at := clock("2027-01-14 10:00")
	nobody := letter(forloeb.MailApproved, approvedByAssessment(), leaderID, at)
	nobody.Party = nil
	both := letter(forloeb.MailApproved, approvedByAssessment(), leaderID, at)
	both.Consultant = &forloeb.Consultant{Email: "karen@spark.example.dk"}
	alone := sample()
	alone.Parties = alone.Parties[:1]
	noAddress := sample()
	noAddress.Party(leaderID).Contact.Email = "aase@"

	for name, l := range map[string]forloeb.Letter{
		"no recipient":                  nobody,
		"two recipients":                both,
		"unknown kind":                  letter("tak", sample(), leaderID, at),
		"no forløb":                     {Mail: forloeb.Mail{Kind: forloeb.MailLapsed}, Party: sample().Party(leaderID)},
		"a consultant's to a party":     letter(forloeb.MailConsultantNew, assigned(), leaderID, at),
		"a party's to a consultant":     letter(forloeb.MailLapsed, ranOut(), consultantID, at),
		"bad address":                   letter(forloeb.MailBothAgreed, noAddress, leaderID, at),
		"an invitation to no meeting":   letter(forloeb.MailMeetingInvitation, booked(), leaderID, at),
		"a move of no meeting":          letter(forloeb.MailMeetingMoved, booked(), leaderID, at),
		"a cancellation of no meeting":  letter(forloeb.MailMeetingCancelled, booked(), leaderID, at),
		"a reminder of no meeting":      letter(forloeb.MailMeetingReminder, booked(), leaderID, at),
		"a consultant who is not there": letter(forloeb.MailConsultantAssigned, agreed(), leaderID, at),
		"a change to nobody":            letter(forloeb.MailConsultantChanged, agreed(), leaderID, at),
		"nobody else missing":           letter(forloeb.MailOtherMissing, alone, leaderID, at),
		"nobody else to ask for a fix":  letter(forloeb.MailFixAsked, alone, leaderID, at),
		"done without a meeting":        letter(forloeb.MailMeetingsDone, agreed(), leaderID, at),
		"an empty digest":               letter(forloeb.MailRegister, booked(), consultantID, at),
		"an empty list":                 letter(forloeb.MailFirstMissing, booked(), consultantID, at),
	} {
		m, err := composer(t).Compose(l)
		require.Error(t, err, name)
		require.Zero(t, m, name)
		for _, secret := range []string{"aase", "Åse", "karen", canaryWorkplace, canaryText} {
			require.NotContains(t, err.Error(), secret, name)
		}
	}
}

// TestNamesThatAreAdvertisements: the form mails strangers, and nobody shall
// get his text out to them by it.
func TestNamesThatAreAdvertisements(t *testing.T) {
	for _, name := range []string{
		"Vind en bil på http://evil.example.dk", "Besøg www.evil.example", "ring 70 12 34 56", "a@b.dk", "<b>Hej</b>",
		"se evil.dk nu", strings.Repeat("Åse ", 30),
	} {
		f := firstMail()
		f.Party(leaderID).Contact.Name = name
		other, err := composer(t).Compose(letter(forloeb.MailConsentRequest, f, repID, start))
		require.NoError(t, err)
		require.Contains(t, other.Text, "Den anden part har udfyldt en ansøgning", name)
		require.NotContains(t, other.Text+other.HTML, "evil", name)

		own, err := composer(t).Compose(letter(forloeb.MailConsentRequest, f, leaderID, start))
		require.NoError(t, err)
		require.True(t, strings.HasPrefix(own.Text, "Hej\n\n"), name)
		require.Empty(t, own.To.Name, name)
	}
	require.Equal(t, "Søren-Åge O'Neill", personName(" Søren-Åge\n O'Neill "))
}

// TestReplacedWriter: nobody is told that somebody filled in what they did
// not.
func TestReplacedWriter(t *testing.T) {
	f := firstMail()
	f.Party(leaderID).ReplacesParty = oldRepID
	for _, to := range []uuid.UUID{leaderID, repID} {
		m, err := composer(t).Compose(letter(forloeb.MailConsentRequest, f, to, start))
		require.NoError(t, err)
		require.Contains(t, m.Text, "som en kollega har hjulpet jer med at udfylde")
	}
}

// TestDeadlineOfTheFirstMail: a mail that waited for days promises the time
// that the clock will give, which starts when it is sent.
func TestDeadlineOfTheFirstMail(t *testing.T) {
	m, err := composer(t).Compose(letter(forloeb.MailConsentRequest, firstMail(), repID, clock("2026-11-26 10:00"), ordinal(1001)))
	require.NoError(t, err)
	require.Contains(t, m.Subject, "senest torsdag den 17. december 2026")

	held := evaluating()
	held.Mails[len(held.Mails)-1].State = forloeb.MailFailed
	held.Tasks = []forloeb.Task{{ID: 1, Kind: forloeb.TaskMail, Subject: "mail:101:0"}}
	m, err = composer(t).Compose(letter(forloeb.MailEvaluationRequest, held, leaderID, clock("2027-06-30 09:00")))
	require.NoError(t, err)
	require.Contains(t, m.Text, "Svar senest lørdag den 28. august 2027")
}

// TestLateLetters: what happened between planning and sending leaves no hole
// in the words.
func TestLateLetters(t *testing.T) {
	at := clock("2026-12-15 08:00")
	gone := ranOut()
	gone.Party(repID).LeftAt = at
	voided := sample()
	running := booked()
	for name, c := range map[string]struct {
		letter forloeb.Letter
		says   string
	}{
		"lapsed, and the silent one has left": {letter(forloeb.MailLapsed, gone, leaderID, at), "inden mandag den 14. december 2026, så"},
		"a yes to a text edited since":        {letter(forloeb.MailAnswerYes, voided, leaderID, at), "dit ja tirsdag den 15. december 2026 kl. 8.00"},
		"stopped, and opened again since":     {letter(forloeb.MailConsultantChanges, running, consultantID, at), "Der er sket noget nyt."},
	} {
		m, err := composer(t).Compose(c.letter)
		require.NoError(t, err, name)
		require.Contains(t, m.Text, c.says, name)
	}
}

// TestDigestOfOneForloeb: two meetings of one forløb are still one case.
func TestDigestOfOneForloeb(t *testing.T) {
	l := letter(forloeb.MailRegister, booked(), consultantID, start, lines(2))
	l.Digest[1].Reference, l.Digest[1].Since = l.Digest[0].Reference, time.Time{}
	m, err := composer(t).Compose(l)
	require.NoError(t, err)
	require.Equal(t, "SPARK 26-4817: 2 møder mangler at blive noteret", m.Subject)

	l.Mail.Kind, l.Digest = forloeb.MailFirstMissing, []forloeb.DigestItem{{Reference: "26-4820", Since: start}}
	m, err = composer(t).Compose(l)
	require.NoError(t, err)
	require.Contains(t, m.Text, "- 26-4820 – siden mandag den 23. november 2026\n")
}

func TestMessageID(t *testing.T) {
	l := letter(forloeb.MailBothAgreed, agreed(), leaderID, start)
	l.MessageID = "0197-both_agreed"
	m, err := composer(t).Compose(l)
	require.NoError(t, err)
	require.Equal(t, "0197-both_agreed@spark.example.dk", m.ID)
	require.Equal(t, start, m.Date)
}
