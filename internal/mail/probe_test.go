package mail

import (
	netmail "net/mail"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/smtpfault"
)

// What a server would say to a mail is known without sending one.
func TestAProbe(t *testing.T) {
	s := faultyServer(t, smtpfault.Options{STARTTLS: true})
	settings := local(s.Port())
	settings.Security, settings.RootCAs = STARTTLS, s.RootCAs()
	for fault, want := range map[smtpfault.Fault]ProbeFault{
		smtpfault.None: "", smtpfault.Refused: ProbeUnreachable, smtpfault.BannerClosed: ProbeUnreachable, smtpfault.Banner554: ProbeUnreachable,
		smtpfault.STARTTLSMissing: ProbeTLS, smtpfault.STARTTLSRefused: ProbeTLS, smtpfault.WrongCertificate: ProbeTLS,
		smtpfault.Mail451: ProbeSender, smtpfault.Mail550: ProbeSender, smtpfault.MailClosed: ProbeUnreachable,
	} {
		fails(t, s, fault)
		found, _ := sender(t, settings).Probe(t.Context(), netmail.Address{Address: "spark@example.dk"})
		require.Equal(t, want, found, fault)
	}
	for _, attempt := range s.Attempts() {
		require.False(t, attempt.Accepted)
		require.Empty(t, attempt.Recipient)
	}
}

func TestAProbeLogsIn(t *testing.T) {
	cert, pool := certificate(t)
	b, port := serve(t, cert, false)
	settings := local(port)
	settings.Security, settings.RootCAs, settings.User = STARTTLS, pool, "spark"
	for password, want := range map[string]ProbeFault{"rigtigt": "", "forkert": ProbeAuth} {
		settings.Password = password
		found, code := sender(t, settings).Probe(t.Context(), netmail.Address{Address: "spark@example.dk"})
		require.Equal(t, want, found)
		if want != "" {
			require.Equal(t, "535", code)
		}
	}
	require.Empty(t, b.taken())
}
