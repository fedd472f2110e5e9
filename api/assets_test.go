package api

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/require"
)

func someAssets(t *testing.T, picture string) *assets {
	t.Helper()
	a, err := readAssets(fstest.MapFS{
		".gitkeep":   {},
		"a.css":      {Data: []byte("x{background:url(plus.svg)}")},
		"plus.svg":   {Data: []byte(picture)},
		"LICENSE.md": {Data: []byte("MIT")},
	})
	require.NoError(t, err)
	return a
}

func fetch(t *testing.T, handler http.Handler, address string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	request := httptest.NewRequest(http.MethodGet, address, nil)
	for i := 0; i+1 < len(headers); i += 2 {
		request.Header.Set(headers[i], headers[i+1])
	}
	answer := httptest.NewRecorder()
	handler.ServeHTTP(answer, request)
	return answer
}

func assetServer(a *assets) http.Handler {
	gin.SetMode(gin.TestMode)
	engine := gin.New()
	engine.Use(securityHeaders(true))
	engine.GET(staticRoute, a.serve)
	return engine
}

func TestAssetsAreKeptForEver(t *testing.T) {
	a := someAssets(t, "<svg/>")
	address, err := a.address("plus.svg")
	require.NoError(t, err)
	require.Regexp(t, `^/static/plus\.[0-9a-f]{16}\.svg$`, address)

	answer := fetch(t, assetServer(a), address)
	require.Equal(t, http.StatusOK, answer.Code)
	require.Equal(t, "<svg/>", answer.Body.String())
	require.Equal(t, "image/svg+xml", answer.Header().Get("Content-Type"))
	require.Equal(t, "public, max-age=31536000, immutable", answer.Header().Get("Cache-Control"))
	require.Equal(t, "nosniff", answer.Header().Get("X-Content-Type-Options"))
}

func TestOtherContentHasAnotherName(t *testing.T) {
	first, err := someAssets(t, "<svg/>").address("a.css")
	require.NoError(t, err)
	second, err := someAssets(t, "<svg></svg>").address("a.css")
	require.NoError(t, err)
	require.NotEqual(t, first, second, "the style sheet refers to a picture that has changed")
}

func TestStyleSheetsPointAtHashedNames(t *testing.T) {
	a := someAssets(t, "<svg/>")
	picture, err := a.address("plus.svg")
	require.NoError(t, err)
	sheet, err := a.address("a.css")
	require.NoError(t, err)
	require.Equal(t, "x{background:url("+strings.TrimPrefix(picture, "/static/")+")}", fetch(t, assetServer(a), sheet).Body.String())
}

func TestAStyleSheetThatPointsAtNothingIsRefused(t *testing.T) {
	_, err := readAssets(fstest.MapFS{"a.css": {Data: []byte("x{background:url(gone.svg)}")}})
	require.ErrorIs(t, err, errNoAsset)
}

func TestAssetsAreCompressedForThoseWhoAsk(t *testing.T) {
	a := someAssets(t, strings.Repeat("<svg/>", 100))
	address, err := a.address("plus.svg")
	require.NoError(t, err)
	answer := fetch(t, assetServer(a), address, "Accept-Encoding", "br, gzip")
	require.Equal(t, "gzip", answer.Header().Get("Content-Encoding"))
	reader, err := gzip.NewReader(answer.Body)
	require.NoError(t, err)
	content, err := io.ReadAll(reader)
	require.NoError(t, err)
	require.Equal(t, strings.Repeat("<svg/>", 100), string(content))
}

func TestUnknownAssets(t *testing.T) {
	a := someAssets(t, "<svg/>")
	_, err := a.address("typo.css")
	require.ErrorIs(t, err, errNoAsset)
	answer := fetch(t, assetServer(a), "/static/typo.css")
	require.Equal(t, http.StatusNotFound, answer.Code)
	require.Equal(t, "no-store", answer.Header().Get("Cache-Control"))
}

// A bare "go build" has no assets: the pages still say what they say.
func TestPagesWithoutAssets(t *testing.T) {
	a, err := readAssets(fstest.MapFS{".gitkeep": {}})
	require.NoError(t, err)
	require.False(t, a.built())
	r, err := newRenderer(exampleSite, a)
	require.NoError(t, err)
	for _, e := range examples() {
		body, err := r.bytes(e.page)
		require.NoError(t, err, e.name)
		require.NotContains(t, string(body), "/static/", e.name)
		require.Contains(t, string(body), "<h1", e.name)
	}
}

// A first visit stays under 250 kB: style, scripts, icons and fonts, as they
// are sent.
func TestAFirstVisitIsSmall(t *testing.T) {
	a, err := builtAssets()
	require.NoError(t, err)
	require.True(t, a.built(), "the pages' assets are not built: run make assets")
	total := 0
	for name, address := range a.addresses {
		file := a.files[strings.TrimPrefix(address, "/static/")]
		switch {
		case strings.HasSuffix(name, ".woff2"):
			total += len(file.content)
		case strings.HasSuffix(name, ".css"), strings.HasSuffix(name, ".js"), name == "all-svg-icons.svg":
			total += len(file.gzipped)
		}
	}
	require.Less(t, total, 250_000)
}

func TestTheLockFileNamesNoRegistry(t *testing.T) {
	lock, err := os.ReadFile("assets/package-lock.json")
	require.NoError(t, err)
	require.False(t, bytes.Contains(lock, []byte("resolved")), "package-lock.json says where packages were fetched: keep assets/.npmrc")
	require.False(t, bytes.Contains(lock, []byte("://")))
}
