package api

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// keptLife is how long a form waits for its owner to log in again.
const keptLife = time.Hour

// toLoginPage sends somebody who is not logged in to the login page and back.
// What they sent meanwhile is kept for whoever the session belonged to:
// encrypted, with the key in their own browser and nowhere else.
func (s *Server) toLoginPage(c *gin.Context, out loggedOut) error {
	to, query := c.Request.URL.RequestURI(), url.Values{}
	if out.staff != uuid.Nil {
		query.Set("udloebet", "1")
	}
	if c.Request.Method == http.MethodPost {
		to = s.formPage(c)
		if out.staff != uuid.Nil && to != "/" {
			if err := s.keep(c, out.staff); err != nil {
				return err
			}
			query.Set("gemt", "1")
		}
	}
	query.Set("til", to)
	return redirect{LoginPath + "?" + query.Encode()}
}

// formPage is the page of the form that was sent: the same address, where
// there is a page, or the front.
func (s *Server) formPage(c *gin.Context) string {
	if s.shown[c.FullPath()] {
		return c.Request.URL.Path
	}
	return "/"
}

// keep stores what was sent.
func (s *Server) keep(c *gin.Context, staff uuid.UUID) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	key := make([]byte, 32)
	rand.Read(key)
	id, path := uuid.New(), c.Request.URL.Path
	sealed, err := seal(key, []byte(c.Request.PostForm.Encode()), keptFor(id, staff, path))
	if err != nil {
		return err
	}
	if err := s.store.KeepForm(c.Request.Context(), id, forloeb.KeptForm{Staff: staff, Path: path, Sealed: sealed}, keptLife); err != nil {
		return err
	}
	s.setCookie(c, keptCookie, id.String()+"."+base64.RawURLEncoding.EncodeToString(key), keptLife)
	return nil
}

// typed is what the one who is logged in typed into the form at this address
// before they had to log in again, or nothing.
func (s *Server) typed(c *gin.Context) url.Values {
	id, key, found := s.keptKey(c)
	if !found {
		return nil
	}
	k, err := s.store.KeptForm(c.Request.Context(), id)
	who := principal(c.Request.Context())
	if err != nil || k.Staff != who.ID || k.Path != c.Request.URL.Path {
		return nil
	}
	text, err := open(key, k.Sealed, keptFor(id, k.Staff, k.Path))
	if err != nil {
		return nil
	}
	values, err := url.ParseQuery(string(text))
	if err != nil {
		return nil
	}
	return values
}

// forgetKept forgets a kept form when its owner has sent it again and it has been
// carried out, and not before: whatever goes wrong until then, what they typed is
// there when they come back.
func (s *Server) forgetKept(c *gin.Context) {
	if c.Request.Method != http.MethodPost || c.Writer.Status() != http.StatusSeeOther || s.typed(c) == nil {
		return
	}
	s.setCookie(c, keptCookie, "", 0)
	id, _, _ := s.keptKey(c)
	if err := s.store.DropKeptForm(c.Request.Context(), id); err != nil {
		s.log.Warn("a form that was sent is kept until its time is over", "class", class(err))
	}
}

func (s *Server) keptKey(c *gin.Context) (id uuid.UUID, key []byte, found bool) {
	cookie, err := c.Request.Cookie(s.cookie(keptCookie))
	if err != nil {
		return id, nil, false
	}
	first, second, _ := strings.Cut(cookie.Value, ".")
	if id, err = uuid.Parse(first); err != nil {
		return id, nil, false
	}
	key, err = base64.RawURLEncoding.DecodeString(second)
	return id, key, err == nil
}

// keptFor binds what is sealed to its place.
func keptFor(id, staff uuid.UUID, path string) []byte {
	return []byte(id.String() + staff.String() + path)
}

func seal(key, text, about []byte) ([]byte, error) {
	box, err := newBox(key)
	if err != nil {
		return nil, err
	}
	nonce := make([]byte, box.NonceSize())
	rand.Read(nonce)
	return box.Seal(nonce, nonce, text, about), nil
}

var errDamaged = errors.New("what was kept is damaged")

func open(key, sealed, about []byte) ([]byte, error) {
	box, err := newBox(key)
	if err != nil {
		return nil, err
	}
	if len(sealed) < box.NonceSize() {
		return nil, errDamaged
	}
	return box.Open(nil, sealed[:box.NonceSize()], sealed[box.NonceSize():], about)
}

func newBox(key []byte) (cipher.AEAD, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	return cipher.NewGCM(block)
}
