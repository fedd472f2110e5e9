package trace

import (
	"bytes"
	"context"
	"log/slog"
	"testing"

	"github.com/stretchr/testify/require"
)

const carried = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"

func TestLinesTellTheirTrace(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(Logged(slog.NewTextHandler(&out, nil))).With("part", "relay").WithGroup("of")
	log.InfoContext(with(context.Background(), carried), "in a trace")
	require.Contains(t, out.String(), "part=relay of.trace_id=0af7651916cd43dd8448eb211c80319c")
	out.Reset()
	log.InfoContext(t.Context(), "in none")
	require.NotContains(t, out.String(), "trace_id")
}

func TestNothingIsToldUnlessAsked(t *testing.T) {
	for _, name := range wanted {
		t.Setenv(name, "")
	}
	end, err := Open(t.Context(), "spark", slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	defer end()
	require.False(t, On())
	ctx, span := Request(t.Context(), "GET /")
	defer span.End("")
	require.Empty(t, Carried(ctx))
	require.Empty(t, Carried(with(t.Context(), carried)), "nor is what others have begun carried on")
}
