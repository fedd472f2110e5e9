package main

import (
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/alexedwards/scs/v2/memstore"
	"github.com/stretchr/testify/require"

	"example.dk/spark/api"
	"example.dk/spark/internal/config"
	"example.dk/spark/internal/store"
)

// The tests in this file are named after the lines of the source documents:
// docs/programme.md has a row for each. They are here because they are about
// what the product says of itself, which is wired here.

// entrance is a public page, as the product words it; also while the database
// is away.
func entrance(t *testing.T, path string) *goquery.Document {
	t.Helper()
	away, err := store.Open("postgres://spark@127.0.0.1:1/spark?sslmode=disable")
	require.NoError(t, err)
	t.Cleanup(func() { _ = away.Close() })
	server, err := api.New(api.Config{Site: site(config.Config{}, false)},
		api.Dependencies{Store: away, Sessions: memstore.NewWithCleanupInterval(0), Log: slog.New(slog.DiscardHandler)})
	require.NoError(t, err)
	answer := httptest.NewRecorder()
	server.HTTPServer("").Handler.ServeHTTP(answer, httptest.NewRequest(http.MethodGet, path, nil))
	require.Equal(t, http.StatusOK, answer.Code)
	doc, err := goquery.NewDocumentFromReader(answer.Body)
	require.NoError(t, err)
	return doc
}

var entrances = []string{"/", "/ansoegning", "/privatliv"}

func TestA2ItIsFreeAndThePagesSaySo(t *testing.T) {
	for _, path := range entrances {
		require.Contains(t, entrance(t, path).Find("header").Text(), "Gratis for kommunale arbejdspladser", path)
	}
	require.NotRegexp(t, `(?i)\bpris\b|faktur|betal`, entrance(t, "/ansoegning").Text())
}

func TestA3BothPartiesBehindSparkAreNamed(t *testing.T) {
	for _, path := range entrances {
		footer := entrance(t, path).Find("footer").Text()
		require.Contains(t, footer, "KL", path)
		require.Contains(t, footer, "Forhandlingsfællesskabet", path)
	}
}

func TestC4TheFullNameIsSpeltAsTheLettersAre(t *testing.T) {
	for _, path := range entrances {
		header := strings.Join(strings.Fields(entrance(t, path).Find("header").Text()), " ")
		require.Contains(t, header, "Samarbejde om Psykisk ARbejdsmiljø i Kommunerne", path)
	}
}
