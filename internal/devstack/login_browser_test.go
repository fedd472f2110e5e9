package devstack

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
	"golang.org/x/oauth2"

	"example.dk/spark/internal/login"
)

const axeRun = `axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
	.then(found => found.violations.flatMap(v => v.nodes.map(n => v.id + ': ' + v.help + '\n    ' + n.html)))`

// In a real browser: the page has no accessibility problem that a machine can find, fits a phone, and brings whoever
// is picked back to the product, which is of another origin.
func TestPickingInABrowser(t *testing.T) {
	axe, err := os.ReadFile("../../api/assets/node_modules/axe-core/axe.min.js")
	require.NoError(t, err, "axe-core is not installed: run make assets")
	chromium, err := Chromium(t.Context(), os.Stderr)
	require.NoError(t, err)
	allocator, stop := chromedp.NewExecAllocator(t.Context(), append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium), chromedp.UserDataDir(t.TempDir()), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true))...)
	defer stop()
	tab, closeTab := chromedp.NewContext(allocator)
	defer closeTab()

	brought := make(chan url.Values, 1)
	product := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/login/svar" {
			brought <- r.URL.Query()
		}
	}))
	defer product.Close()
	l, err := StartLogin(LoginOptions{
		ClientID: "spark", ClientSecret: "hemmelig", Users: everybody(),
		RedirectURL: product.URL + "/login/svar", AfterLogoutURL: product.URL + "/login",
	})
	require.NoError(t, err)
	defer l.Stop()
	p := login.New(login.Options{Issuer: l.Issuer(), ClientID: "spark", ClientSecret: "hemmelig", RedirectURL: product.URL + "/login/svar"})
	verifier := oauth2.GenerateVerifier()
	address, err := p.Begin(t.Context(), "state", "nonce", verifier)
	require.NoError(t, err)

	require.NoError(t, chromedp.Do(tab, chromedp.Navigate(address)))
	_, err = chromedp.Run(tab, chromedp.Evaluate[bool](string(axe)+"; true"))
	require.NoError(t, err)
	for _, width := range []int64{320, 360, 1280} {
		require.NoError(t, chromedp.Do(tab, chromedp.EmulateViewport(width, 900)))
		needed, err := chromedp.Run(tab, chromedp.Evaluate[int64](`document.documentElement.scrollWidth`))
		require.NoError(t, err)
		require.LessOrEqual(t, needed, width, "sideways scrolling")
		found, err := chromedp.Run(tab, chromedp.Evaluate[[]string](axeRun, chromedp.EvalAwaitPromise))
		require.NoError(t, err)
		require.Empty(t, found, strings.Join(found, "\n"))
		if folder := os.Getenv("SPARK_SCREENSHOTS"); folder != "" {
			picture, err := chromedp.Run(tab, chromedp.FullScreenshot(100))
			require.NoError(t, err)
			require.NoError(t, os.MkdirAll(folder, 0o755))
			require.NoError(t, os.WriteFile(filepath.Join(folder, fmt.Sprintf("dev-login-%d.png", width)), picture, 0o644))
		}
	}

	require.NoError(t, chromedp.Do(tab, chromedp.Click(`[data-test-id="user-karen.lund"]`)))
	select {
	case back := <-brought:
		who, err := p.Finish(t.Context(), back.Get("code"), "nonce", verifier)
		require.NoError(t, err)
		require.Equal(t, "Karen Lund", who.Name)
	case <-within(t, time.Minute).Done():
		t.Fatal("the browser did not come back to the product")
	}
}

// everybody is as many as development has.
func everybody() []LoginUser {
	users := slices.Clone(loginUsers)
	for i := range 13 {
		users = append(users, LoginUser{Subject: fmt.Sprint("user", i), Name: "Birgitte Elisabeth Østergaard-Nørregaard", RoleLabel: "Leder af sekretariatet"})
	}
	return users
}
