package api

import (
	"crypto/sha256"
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var picturesAreNew = flag.Bool("pictures-are-new", false, "note what the pages are made of: make screenshots has just taken the pictures")

// picturesFolder holds the pictures that the documents show, and a list of
// what the pages were made of when they were taken.
const picturesFolder = "../docs/pictures"

// TestPicturesShowTodaysPages holds the pictures to what decides how pages
// look, without taking them again: that takes minutes.
func TestPicturesShowTodaysPages(t *testing.T) {
	list := filepath.Join(picturesFolder, "pages.sha256")
	now := madeOf(t)
	if *picturesAreNew {
		require.NoError(t, os.WriteFile(list, []byte(strings.Join(now, "\n")+"\n"), 0o644))
	}
	then, err := os.ReadFile(list)
	require.NoError(t, err, "run make screenshots")
	require.Empty(t, inOne(strings.Split(strings.TrimSpace(string(then)), "\n"), now),
		"the pages look different from their pictures in docs/pictures: run make screenshots")
}

// inOne lists what stands in one of two lists alone.
func inOne(a, b []string) []string {
	in := func(list []string) func(string) bool {
		return func(s string) bool { return slices.Contains(list, s) }
	}
	return append(slices.DeleteFunc(slices.Clone(a), in(b)), slices.DeleteFunc(slices.Clone(b), in(a))...)
}

// madeOf lists what decides how pages look, a checksum and a path a line.
func madeOf(t *testing.T) (list []string) {
	t.Helper()
	files, err := filepath.Glob("assets/[^.]*.*") // neither what npm installs nor what is built of it
	require.NoError(t, err)
	require.NoError(t, filepath.WalkDir("templates", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path)
		}
		return err
	}))
	for _, path := range files {
		content, err := os.ReadFile(path)
		require.NoError(t, err)
		list = append(list, fmt.Sprintf("%x  api/%s", sha256.Sum256(content), filepath.ToSlash(path)))
	}
	return list
}

// TestPicturesAreShown: no document shows a picture that is not there, and
// every picture is in a document.
func TestPicturesAreShown(t *testing.T) {
	documents, err := filepath.Glob("../docs/*.md")
	require.NoError(t, err)
	var shown []string
	for _, file := range append(documents, "../README.md") {
		text, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, picture := range regexp.MustCompile(`pictures/([a-z0-9-]+\.png)`).FindAllSubmatch(text, -1) {
			shown = append(shown, string(picture[1]))
		}
	}
	taken, err := filepath.Glob(filepath.Join(picturesFolder, "*.png"))
	require.NoError(t, err)
	require.NotEmpty(t, taken, "run make screenshots")
	for i, file := range taken {
		taken[i] = filepath.Base(file)
	}
	require.Empty(t, inOne(shown, taken), "shown in README.md or docs and not in docs/pictures, or the other way round")
}
