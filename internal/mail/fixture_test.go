package mail

import (
	netmail "net/mail"
	"testing"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/link"
)

var keys = func() *link.Keyring {
	ring, err := link.ParseKeyring("test:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")
	if err != nil {
		panic(err)
	}
	return ring
}()

func config() Config {
	return Config{
		BaseURL: ours + "/",
		Links:   keys,
		From:    netmail.Address{Name: "SPARKs sekretariat", Address: "spark@example.dk"},
		ReplyTo: netmail.Address{Name: "SPARKs sekretariat", Address: "svar@example.dk"},
		Phone:   "33 70 12 34", Hours: "hverdage kl. 9.00–15.00", Contact: "svar@example.dk",
		Domain: "spark.example.dk",
	}
}

func composer(t testing.TB) *Composer {
	t.Helper()
	c, err := NewComposer(config())
	require.NoError(t, err)
	return c
}
