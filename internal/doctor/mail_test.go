package doctor

import (
	"testing"

	"github.com/stretchr/testify/require"
)

func TestAlignment(t *testing.T) {
	for _, c := range []struct {
		from, user string
		want       Level
	}{
		{"spark.dk", "", OK}, {"spark.dk", "spark", OK}, {"spark.dk", "mail@spark.dk", OK}, {"spark.dk", "mail@SMTP.spark.dk", OK}, {"post.spark.dk", "mail@spark.dk", OK},
		{"spark.dk", "mail@relay.dk", Warn}, {"spark.dk", "mail@notspark.dk", Warn},
		{"spark.test", "", Warn}, {"example.com", "", Warn}, {"spark.local", "", Warn}, {"latest", "", OK},
	} {
		m := Mail{FromDomain: c.from, User: c.user}
		require.Equal(t, c.want, m.alignment().Level, "%+v", c)
	}
}

func TestOnlyAFailureThatIsLeftFails(t *testing.T) {
	for _, c := range []struct {
		finding Finding
		want    bool
	}{
		{ok(Settings, "Well."), false}, {warn(Retention, "do it", "So."), false}, {fail(Workers, "do it", "So."), true},
		{Finding{Name: ForloebUnseen, Level: Fail, Mended: true}, false},
	} {
		require.Equal(t, c.want, Report{[]Finding{c.finding}}.Failed(), "%+v", c.finding)
	}
}
