package main

import (
	"encoding/json"
	"go/version"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// dockerfile is what of one must agree with the checkout.
type dockerfile struct {
	stages     []stage
	user       string // of the last stage
	entrypoint string // its first word
}

// stage is one FROM and what is copied after it.
type stage struct {
	image, name string
	copied      []string // from the checkout
	from        []string // from other stages
}

var (
	continued = regexp.MustCompile(`\\\n\s*`)
	lineOf    = regexp.MustCompile(`(?m)^(FROM|COPY|USER|ENTRYPOINT)\s+(.*)$`)
)

// readDockerfile takes a Dockerfile apart as far as this one goes.
func readDockerfile(content string) (d dockerfile) {
	for _, line := range lineOf.FindAllStringSubmatch(continued.ReplaceAllString(content, " "), -1) {
		words := strings.Fields(line[2])
		last := len(d.stages) - 1
		switch line[1] {
		case "FROM":
			next := stage{image: words[0]}
			if len(words) == 3 {
				next.name = words[2]
			}
			d.stages = append(d.stages, next)
			d.user, d.entrypoint = "", ""
		case "COPY":
			d.stages[last].copies(words)
		case "USER":
			d.user = words[0]
		case "ENTRYPOINT":
			var argv []string
			if json.Unmarshal([]byte(line[2]), &argv) == nil && len(argv) > 0 {
				d.entrypoint = argv[0]
			}
		}
	}
	return d
}

func (s *stage) copies(words []string) {
	if from, isFrom := strings.CutPrefix(words[0], "--from="); isFrom {
		s.from = append(s.from, from)
		return
	}
	s.copied = append(s.copied, words[:len(words)-1]...)
}

func TestDockerfile(t *testing.T) {
	content, ignored := readCheckout(t, "cmd", "spark", "Dockerfile"), readCheckout(t, ".dockerignore")
	require.Empty(t, dockerfileMistakes(t, content, ignored, neededDirectories(t)))
}

// dockerfileMistakes are sentences that say what is wrong with a Dockerfile,
// what the builder is sent for it, and what the program is built from.
func dockerfileMistakes(t *testing.T, content, ignored string, needed []string) (found []string) {
	t.Helper()
	d := readDockerfile(content)
	for i, s := range d.stages {
		if s.image != "scratch" && !pinned.MatchString(s.image) {
			found = append(found, "an image has no version: "+s.image)
		}
		for _, from := range s.from {
			if !slices.ContainsFunc(d.stages[:i], func(earlier stage) bool { return earlier.name == from }) {
				found = append(found, "there is no stage "+from)
			}
		}
		found = append(found, missing(t, s.copied, ignored)...)
	}
	if wrong := wrongGo(t, d); wrong != "" {
		found = append(found, wrong)
	}
	if d.user == "" || strings.HasPrefix(d.user, "root") || strings.HasPrefix(d.user, "0") {
		found = append(found, "the program runs as root")
	}
	for _, dir := range needed {
		if !copiesDirectory(d, dir) {
			found = append(found, "the program needs "+dir+", which is not copied")
		}
	}
	return found
}

// missing names what is copied and is not there, or is not sent to the
// builder: .dockerignore lets in what it names and nothing else.
func missing(t *testing.T, copied []string, ignored string) (found []string) {
	t.Helper()
	for _, source := range copied {
		matches, err := filepath.Glob(filepath.Join(checkoutRoot(t), source))
		require.NoError(t, err)
		if len(matches) == 0 {
			found = append(found, "there is no "+source)
		}
		if !letIn(path.Clean(source), ignored) {
			found = append(found, ".dockerignore leaves out "+source)
		}
	}
	return found
}

func letIn(source, ignored string) bool {
	for dir := source; dir != "."; dir = path.Dir(dir) {
		if strings.Contains(ignored, "\n!"+dir+"\n") {
			return true
		}
	}
	return false
}

var goVersion = regexp.MustCompile(`(?m)^go (\d+\.\d+\.\d+)$`)

// wrongGo: the image has the Go that the two modules ask for, which is also
// the README's.
func wrongGo(t *testing.T, d dockerfile) string {
	t.Helper()
	wanted := "go1"
	for _, module := range []string{"go.mod", "cmd/devserver/go.mod"} {
		asks := goVersion.FindStringSubmatch(readCheckout(t, module))
		require.NotNil(t, asks, module)
		if version.Compare("go"+asks[1], wanted) > 0 {
			wanted = "go" + asks[1]
		}
	}
	for _, s := range d.stages {
		if tag, isGo := strings.CutPrefix(s.image, "golang:"); isGo {
			if has, _, _ := strings.Cut("go"+tag, "-"); has != wanted {
				return "the program is built with " + has + " instead of " + wanted
			}
			return ""
		}
	}
	return "the program is not built"
}

// neededDirectories are those of the checkout that the program is built from.
func neededDirectories(t *testing.T) []string {
	t.Helper()
	root := checkoutRoot(t)
	command := exec.Command("go", "list", "-deps", "-f", "{{if .Module}}{{if .Module.Main}}{{.Dir}}{{end}}{{end}}", "./cmd/spark")
	command.Dir = root
	out, err := command.Output()
	require.NoError(t, err)
	var list []string
	for _, dir := range strings.Fields(string(out)) {
		relative, err := filepath.Rel(root, dir)
		require.NoError(t, err)
		list = append(list, filepath.ToSlash(relative))
	}
	require.Contains(t, list, "cmd/spark")
	return list
}

func copiesDirectory(d dockerfile, dir string) bool {
	for _, s := range d.stages {
		for _, source := range s.copied {
			if strings.HasPrefix(s.image, "golang:") && (dir == path.Clean(source) || strings.HasPrefix(dir, path.Clean(source)+"/")) {
				return true
			}
		}
	}
	return false
}

func TestPlantedDockerfileMistakesAreFound(t *testing.T) {
	content, ignored := readCheckout(t, "cmd", "spark", "Dockerfile"), readCheckout(t, ".dockerignore")
	needed := neededDirectories(t)
	for _, c := range []struct{ old, planted, want string }{
		{"FROM golang:1.26.8-trixie", "FROM golang:1.25.1-trixie", "the program is built with go1.25.1 instead of"},
		{"FROM golang:1.26.8-trixie", "FROM golang:latest", "an image has no version: golang:latest"},
		{"FROM node:24.18.0-bookworm-slim", "FROM node", "an image has no version: node"},
		{"FROM scratch", "FROM debian:latest", "an image has no version: debian:latest"},
		{"USER 65532:65532\n", "", "the program runs as root"},
		{"USER 65532:65532\n", "USER 0\n", "the program runs as root"},
		{"USER 65532:65532\n", "USER root:root\n", "the program runs as root"},
		{"COPY workflows/ workflows/\n", "", "the program needs workflows, which is not copied"},
		{"COPY internal/ internal/\n", "COPY internal/link/ internal/link/\n", "the program needs internal/store, which is not copied"},
		{"COPY go.mod go.sum ./", "COPY go.mod go.sum go.work ./", "there is no go.work"},
		{"COPY go.mod go.sum ./", "COPY go.mod go.sum README.md ./", ".dockerignore leaves out README.md"},
		{"COPY --from=assets", "COPY --from=pages", "there is no stage pages"},
	} {
		require.Contains(t, content, c.old)
		found := dockerfileMistakes(t, strings.Replace(content, c.old, c.planted, 1), ignored, needed)
		require.Contains(t, strings.Join(found, "\n"), c.want)
	}
	found := dockerfileMistakes(t, content, strings.Replace(ignored, "!migrations\n", "", 1), needed)
	require.Equal(t, []string{".dockerignore leaves out migrations/"}, found)
}
