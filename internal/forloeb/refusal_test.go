package forloeb

import (
	"errors"
	"fmt"
	"regexp"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// hole is what a sentence must never show: an unfilled slot, a bracket, a
// date that was never set, two spaces or a space before a full stop.
var hole = regexp.MustCompile(`[{}\[\]|]|0001|  | [.,:]|\.\.|^[ .:]|: ?\.`)

// fullRefusal has a value for every slot.
func fullRefusal(code RefusalCode) *Refusal {
	return &Refusal{Code: code, Status: Stopped, Date: time.Date(2026, 12, 14, 21, 30, 0, 0, Copenhagen), N: 6,
		Side: Rep, Answer: Yes, Possible: []string{string(ForloebReopened)}}
}

func TestEveryRefusalSpeaksBothLanguages(t *testing.T) {
	codes := constants(t, "refusal.go")
	require.Len(t, refusals, len(codes), "a code without words, or words without a code")
	for _, c := range codes {
		for name, r := range map[string]*Refusal{"full": fullRefusal(RefusalCode(c.value)), "bare": {Code: RefusalCode(c.value)}} {
			t.Run(c.value+"/"+name, func(t *testing.T) {
				require.NotEmpty(t, r.Danish())
				require.NotEmpty(t, r.English())
				require.NotRegexp(t, hole, r.Danish())
				require.NotRegexp(t, hole, r.English())
				require.Regexp(t, `^[A-ZÆØÅ].*\.$`, r.Danish())
				require.Regexp(t, `^[A-Z].*\.$`, r.English())
			})
		}
	}
}

func TestRefusalsAsThePagesWriteThem(t *testing.T) {
	at := time.Date(2026, 12, 14, 23, 59, 59, 0, Copenhagen)
	for want, r := range map[string]*Refusal{
		"Skriv dit navn under svaret.": {Code: RefuseNoSignature},
		"Du svarede ja mandag den 14. december 2026. Vil du lave det om, så ring, eller brug knappen herunder.":                                              {Code: RefuseAlreadyAnswered, Answer: Yes, Date: at},
		"Du har allerede svaret. Vil du lave det om, så ring, eller brug knappen herunder.":                                                                  {Code: RefuseAlreadyAnswered},
		"Mandag den 14. december 2026 kl. 23.59 er allerede gået. Er mødet holdt, så vælg »Notér et møde, der er holdt«.":                                    {Code: RefuseMeetingPast, Date: at},
		"Et individuelt forløb kan have højst seks møder. Tal med sekretariatet, hvis der er brug for flere.":                                                {Code: RefuseTooManyMeetings, N: 6},
		"Det kan ikke lade sig gøre nu: Forløbet er stoppet mandag den 14. december 2026. Du kan i stedet åbne igen eller se sagen.":                         {Code: RefuseClosed, Status: Stopped, Date: at, Possible: []string{"forloeb-reopened"}},
		"Det kan ikke lade sig gøre nu: Sagen er lukket. Du kan i stedet se sagen.":                                                                          {Code: RefuseClosed},
		"Det kan ikke lade sig gøre nu: Sagen står på »I gang«.":                                                                                             {Code: RefuseWrongStatus, Status: InProgress},
		"Vi er ved at behandle det forrige. Prøv igen om et øjeblik. Det, du skrev, er her stadig.":                                                          {Code: RefuseCatchingUp},
		"Skriv hvorfor. Det bliver stående i sagen.":                                                                                                         {Code: RefuseNoReason},
		"Adressen hører allerede til den anden part. Skriv medarbejderrepræsentantens egen.":                                                                 {Code: RefuseSameAddress, Side: Rep},
		"Fristen er udløbet. Den var mandag den 14. december 2026. Dit svar er ikke registreret. Bed om, at ansøgningen bliver åbnet igen, eller søg på ny.": {Code: RefuseDeadlinePassed, Date: at},
		"Spørgeskemaet lukkede mandag den 14. december 2026. Vil du fortælle os noget alligevel, så skriv til os.":                                           {Code: RefuseEvaluationClosed, Date: at},
		"Mødet ligger kl. 23.59. Sæt kryds, hvis det er meningen.":                                                                                           {Code: RefuseMeetingHours, Date: at},
		"Adressen kan ikke rettes flere gange her; den er rettet to gange. Ring til sekretariatet, så retter vi den.":                                        {Code: RefuseTooManyCorrections, N: 2},
	} {
		require.Equal(t, want, r.Danish())
	}
}

func TestRefusalInEnglishNamesCodes(t *testing.T) {
	r := &Refusal{Code: RefuseWrongStatus, Status: Planning, Possible: []string{"meeting-booked", "forloeb-stopped"}}
	require.Equal(t, "This is not possible now: the forløb is planning. Possible now: meeting-booked, forloeb-stopped.", r.English())
	require.Equal(t, r.English(), r.Error())
}

func TestRefusalIsFoundInAWrappedError(t *testing.T) {
	var r *Refusal
	require.True(t, errors.As(fmt.Errorf("record: %w", &Refusal{Code: RefuseClosed}), &r))
	require.Equal(t, RefuseClosed, r.Code)
}

func TestWaysToGoOnLeaveOutWhatHasNoWords(t *testing.T) {
	r := &Refusal{Code: RefuseWrongStatus, Possible: []string{"meeting-booked", "facts-changed", "forloeb-stopped"}}
	require.Equal(t, "Det kan ikke lade sig gøre nu. Du kan i stedet aftale et møde eller stoppe forløbet.", r.Danish())
}
