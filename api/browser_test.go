package api

import (
	"context"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os/exec"
	"strings"
	"sync"
	"testing"

	cdplog "github.com/chromedp/cdproto/log"
	"github.com/chromedp/chromedp"
	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/require"
)

// harmless is said when the design system's script has put the focus on the
// summary of errors before the browser gets to its autofocus attribute, which
// is for those without script.
const harmless = "Autofocus processing was blocked"

// examplesServer serves every example at /example/<name>, with the headers
// and assets of the real server.
func examplesServer(t *testing.T) string {
	t.Helper()
	a, err := builtAssets()
	require.NoError(t, err)
	require.True(t, a.built(), "the pages' assets are not built: run make assets")
	r, err := newRenderer(exampleSite, a)
	require.NoError(t, err)

	byName := map[string]pageData{}
	for _, e := range examples() {
		byName[e.name] = e.page
	}
	gin.SetMode(gin.TestMode)
	engine := gin.New()
	engine.Use(securityHeaders(false))
	engine.GET(staticRoute, a.serve)
	engine.GET("/example/:name", func(c *gin.Context) {
		if err := r.page(c, http.StatusOK, byName[c.Param("name")]); err != nil {
			slog.Error("example", "err", err)
			c.Status(http.StatusInternalServerError)
		}
	})
	engine.NoRoute(quietStream)
	server := httptest.NewServer(engine)
	t.Cleanup(server.Close)
	t.Cleanup(server.CloseClientConnections)
	return server.URL
}

// quietStream answers pages that keep themselves current: nothing changes.
func quietStream(c *gin.Context) {
	if c.GetHeader("Accept") != eventStream {
		return
	}
	c.Header("Content-Type", eventStream)
	c.Status(http.StatusOK)
	c.Writer.Flush()
	<-c.Request.Context().Done()
}

// browser is a headless Chromium with one tab. What the page complains about
// on its console is collected.
type browser struct {
	ctx        context.Context
	mu         sync.Mutex
	complaints []string
}

func newBrowser(t *testing.T) *browser {
	t.Helper()
	chromium, err := exec.LookPath("chromium")
	require.NoError(t, err, "Chromium is not installed: run make test, which installs it, or install the package chromium")

	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox,
		chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true))
	allocator, stop := chromedp.NewExecAllocator(context.Background(), options...)
	t.Cleanup(stop)
	ctx, closeTab := chromedp.NewContext(allocator)
	t.Cleanup(closeTab)

	b := &browser{ctx: ctx}
	require.NoError(t, chromedp.Listen(ctx, b.listen))
	return b
}

func (b *browser) listen(event any) {
	entry, is := event.(*cdplog.EventEntryAdded)
	if !is || strings.HasPrefix(entry.Entry.Text, harmless) {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.complaints = append(b.complaints, entry.Entry.Text+" "+entry.Entry.URL)
}

// takeComplaints returns what has been collected and starts afresh.
func (b *browser) takeComplaints() []string {
	b.mu.Lock()
	defer b.mu.Unlock()
	taken := b.complaints
	b.complaints = nil
	return taken
}

// open shows an address at a width.
func (b *browser) open(t *testing.T, address string, width int64) {
	t.Helper()
	b.resize(t, width)
	require.NoError(t, chromedp.Do(b.ctx, chromedp.Navigate(address)))
}

func (b *browser) resize(t *testing.T, width int64) {
	t.Helper()
	require.NoError(t, chromedp.Do(b.ctx, chromedp.EmulateViewport(width, 900)))
}

// evaluate runs a script as the developer tools do: the page's content
// security policy is not asked.
func evaluate[T any](t *testing.T, b *browser, script string) T {
	t.Helper()
	value, err := chromedp.Run(b.ctx, chromedp.Evaluate[T](script, chromedp.EvalAwaitPromise))
	require.NoError(t, err)
	return value
}
