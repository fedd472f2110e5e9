package api

import (
	"errors"
	"html/template"
	"net/http"
	"testing"

	"github.com/gin-gonic/gin"
	"github.com/stretchr/testify/require"
)

func TestNobodyGetsHalfAPage(t *testing.T) {
	r := testRenderer(t)
	r.sets["front"] = template.Must(template.New("x").Funcs(template.FuncMap{
		"fail": func() (string, error) { return "", errors.New("broken midway") },
	}).Parse(`half a page {{fail}}`))

	gin.SetMode(gin.TestMode)
	engine := gin.New()
	engine.GET("/", func(c *gin.Context) {
		if err := r.page(c, http.StatusOK, &frontPage{}); err != nil {
			c.String(http.StatusInternalServerError, "whole error")
		}
	})
	answer := fetch(t, engine, "/")
	require.Equal(t, http.StatusInternalServerError, answer.Code)
	require.Equal(t, "whole error", answer.Body.String())
}

func TestPagesHaveTheirStatusAndType(t *testing.T) {
	r := testRenderer(t)
	gin.SetMode(gin.TestMode)
	engine := gin.New()
	engine.Use(securityHeaders(true))
	engine.GET("/", func(c *gin.Context) {
		gone := erased()
		require.NoError(t, r.page(c, gone.Status, gone))
	})
	answer := fetch(t, engine, "/")
	require.Equal(t, http.StatusGone, answer.Code)
	require.Equal(t, "text/html; charset=utf-8", answer.Header().Get("Content-Type"))
	require.Equal(t, "no-store", answer.Header().Get("Cache-Control"))
	require.Equal(t, "no-referrer", answer.Header().Get("Referrer-Policy"))
	require.Contains(t, answer.Header().Get("Content-Security-Policy"), "default-src 'none'")
	require.NotContains(t, answer.Header().Get("Content-Security-Policy"), "unsafe")
	require.NotEmpty(t, answer.Header().Get("Strict-Transport-Security"))
}

func TestNoStrictTransportOnPlainHTTP(t *testing.T) {
	engine := gin.New()
	engine.Use(securityHeaders(false))
	require.Empty(t, fetch(t, engine, "/").Header().Get("Strict-Transport-Security"))
}

func TestWhatPeopleTypeIsNotMarkup(t *testing.T) {
	r := testRenderer(t)
	const attack = `"><script>alert(1)</script>`
	page := applyWith(func(p *applyPage) { p.Form.Workplace, p.Form.Situation = attack, attack })
	body, err := r.bytes(page)
	require.NoError(t, err)
	require.NotContains(t, string(body), attack)
	doc := document(t, r, page)
	require.Equal(t, []string{attack}, sent(doc, "workplace"))
	require.Equal(t, []string{attack}, sent(doc, "situation"))
}
