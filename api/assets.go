package api

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"io/fs"
	"net/http"
	"path"
	"regexp"
	"strings"

	"github.com/gin-gonic/gin"
)

// dist is what npm built. A bare "go build" finds only .gitkeep there; the
// pages then work, without their looks.
//
//go:embed all:assets/dist
var dist embed.FS

// staticRoute is where the assets are served.
const staticRoute = "/static/:file"

// assets are the style sheets, scripts, fonts and icons of the pages, each
// under a name that holds a hash of its content. A name never gets other
// content, so browsers may keep it for ever.
type assets struct {
	files     map[string]assetFile // by hashed name
	addresses map[string]string    // plain name to address
}

type assetFile struct {
	mime    string
	content []byte
	gzipped []byte // nil where compression gains nothing
}

var errNoAsset = errors.New("no such asset")

// builtAssets are the ones embedded in the program.
func builtAssets() (*assets, error) {
	files, err := fs.Sub(dist, "assets/dist")
	if err != nil {
		return nil, err
	}
	return readAssets(files)
}

// readAssets reads a folder. Style sheets come last: they refer to other
// files, and those must have got their names first.
func readAssets(folder fs.FS) (*assets, error) {
	a := &assets{files: map[string]assetFile{}, addresses: map[string]string{}}
	entries, err := fs.ReadDir(folder, ".")
	if err != nil {
		return nil, err
	}
	var sheets []string
	for _, entry := range entries {
		name := entry.Name()
		switch {
		case strings.HasPrefix(name, "."):
		case path.Ext(name) == ".css":
			sheets = append(sheets, name)
		default:
			err = errors.Join(err, a.read(folder, name))
		}
	}
	for _, name := range sheets {
		err = errors.Join(err, a.read(folder, name))
	}
	return a, err
}

func (a *assets) read(folder fs.FS, name string) error {
	content, err := fs.ReadFile(folder, name)
	if err != nil {
		return err
	}
	if path.Ext(name) == ".css" {
		if content, err = a.withHashedNames(content); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	hashed := hashedName(name, content)
	a.files[hashed] = assetFile{mime: mimeOf(name), content: content, gzipped: gzipped(name, content)}
	a.addresses[name] = path.Dir(staticRoute) + "/" + hashed
	return nil
}

var cssAddress = regexp.MustCompile(`url\(([^)"']+)\)`)

// withHashedNames points a style sheet at its neighbours' hashed names.
func (a *assets) withHashedNames(css []byte) ([]byte, error) {
	var err error
	css = cssAddress.ReplaceAllFunc(css, func(match []byte) []byte {
		name := string(cssAddress.FindSubmatch(match)[1])
		address, found := a.addresses[name]
		if !found {
			err = errors.Join(err, fmt.Errorf("%w: %s", errNoAsset, name))
		}
		return []byte("url(" + path.Base(address) + ")")
	})
	return css, err
}

// hashedName is spark.1f0c9d2e8ab3c4d5.css for spark.css.
func hashedName(name string, content []byte) string {
	sum := sha256.Sum256(content)
	ext := path.Ext(name)
	return strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:8]) + ext
}

var mimes = map[string]string{
	".css":   "text/css; charset=utf-8",
	".js":    "text/javascript; charset=utf-8",
	".svg":   "image/svg+xml",
	".png":   "image/png",
	".woff2": "font/woff2",
}

func mimeOf(name string) string {
	if mime, known := mimes[path.Ext(name)]; known {
		return mime
	}
	return "text/plain; charset=utf-8" // licences
}

// gzipped compresses text once, at start. Fonts and pictures are compressed
// already.
func gzipped(name string, content []byte) []byte {
	switch path.Ext(name) {
	case ".woff2", ".png":
		return nil
	}
	var b bytes.Buffer
	w, _ := gzip.NewWriterLevel(&b, gzip.BestCompression) // the level is valid
	_, _ = w.Write(content)                               // a buffer does not fail
	_ = w.Close()
	return b.Bytes()
}

// built reports whether npm has built the assets.
func (a *assets) built() bool { return len(a.files) > 0 }

// address is where a browser finds the asset. It is empty when the assets are
// not built, and an error when they are and this is not one of them.
func (a *assets) address(name string) (string, error) {
	if address, found := a.addresses[name]; found || !a.built() {
		return address, nil
	}
	return "", fmt.Errorf("%w: %s", errNoAsset, name)
}

// icon is one of the design system's icons as decoration: the words beside it
// say the same.
func (a *assets) icon(name string) (template.HTML, error) {
	return a.drawing(name, `class="icon-svg" aria-hidden="true" focusable="false"`)
}

// alertLabels say what the colour and the icon of an alert mean.
var alertLabels = map[string]string{"info": "Information", "success": "Succes", "warning": "Advarsel", "error": "Fejl"}

// alertIcon is the icon of an alert.
func (a *assets) alertIcon(kind string) (template.HTML, error) {
	label, known := alertLabels[kind]
	if !known {
		return "", fmt.Errorf("no alert of kind %q", kind)
	}
	return a.drawing(kind, `class="icon-svg alert-icon" role="img" aria-label="`+label+`" focusable="false"`)
}

// drawing refers to one symbol of the sprite, which browsers fetch once. Name
// and attributes come from templates, never from people.
func (a *assets) drawing(name, attributes string) (template.HTML, error) {
	sprite, err := a.address("all-svg-icons.svg")
	if err != nil || sprite == "" {
		return "", err
	}
	return template.HTML(`<svg ` + attributes + `><use href="` + sprite + "#" + name + `"></use></svg>`), nil
}

// serve answers with an asset.
func (a *assets) serve(c *gin.Context) {
	file, found := a.files[c.Param("file")]
	if !found {
		c.Status(http.StatusNotFound)
		return
	}
	c.Header("Cache-Control", "public, max-age=31536000, immutable")
	c.Header("Vary", "Accept-Encoding")
	content := file.content
	if file.gzipped != nil && strings.Contains(c.GetHeader("Accept-Encoding"), "gzip") {
		c.Header("Content-Encoding", "gzip")
		content = file.gzipped
	}
	c.Data(http.StatusOK, file.mime, content)
}
