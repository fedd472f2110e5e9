package devstack

import (
	"bytes"
	"embed"
	"html/template"
	"net/http"
)

//go:embed pages.tmpl mailcatcher.tmpl login.tmpl pages.css
var pageFiles embed.FS

// pages are the mail catcher's and the login's.
var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"time":  tableTime,
	"spans": spans,
}).ParseFS(pageFiles, "*.tmpl"))

func styles(w http.ResponseWriter, r *http.Request) {
	http.ServeFileFS(w, r, pageFiles, "pages.css")
}

func render(w http.ResponseWriter, status int, name string, data any) {
	var page bytes.Buffer
	if err := pages.ExecuteTemplate(&page, name, data); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = page.WriteTo(w)
}
