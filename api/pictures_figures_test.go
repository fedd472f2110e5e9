package api

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
	"github.com/stretchr/testify/require"
)

// TestPicturesOfFigures takes the pictures of the figures, where SPARK_PICTURES
// says: one forløb, as the others are taken of, is too few to show any.
func TestPicturesOfFigures(t *testing.T) {
	server, b := examplesServer(t), newBrowser(t)
	for name, example := range map[string]string{"tal-1280.png": "figures", "aarsrapport-1280.png": "year-report"} {
		b.open(t, server+"/example/"+example, 1280)
		require.NoError(t, chromedp.Do(b.ctx, chromedp.EmulateViewport(1280, 1600)))
		require.Positive(t, evaluate[int](t, b, `[...document.querySelectorAll('.plot-drawing')].filter(e => e.getBoundingClientRect().bottom < innerHeight).length`),
			"a whole plot is in the picture of %s", example)
		picture, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
		require.NoError(t, err)
		if folder := os.Getenv("SPARK_PICTURES"); folder != "" {
			require.NoError(t, os.WriteFile(filepath.Join(folder, name), picture, 0o644))
		}
	}
}
