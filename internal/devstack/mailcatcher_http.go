package devstack

import (
	"net"
	"net/http"
	"strings"
)

// handler serves the pages and the JSON to this machine only.
func (m *Mailcatcher) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", m.listPage)
	mux.HandleFunc("GET /mail/{id}", m.mailPage)
	mux.HandleFunc("GET /mail/{id}/html", m.mailHTML)
	mux.HandleFunc("POST /slet", m.deletePage)
	mux.HandleFunc("GET /pages.css", styles)

	mux.HandleFunc("GET /api/v1/messages", m.apiList)
	mux.HandleFunc("DELETE /api/v1/messages", m.apiDelete)
	mux.HandleFunc("GET /api/v1/message/{id}", m.apiMessage)
	mux.HandleFunc("GET /api/v1/message/{id}/headers", m.apiHeaders)
	mux.HandleFunc("GET /api/v1/message/{id}/raw", m.apiRaw)
	mux.HandleFunc("GET /api/v1/message/{id}/part/{part}", m.apiPart)
	return onlyLoopback(secure(http.NewCrossOriginProtection().Handler(mux)))
}

// onlyLoopback keeps out a page elsewhere whose name was made to point at this machine: the browser would let it read.
func onlyLoopback(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !loopbackHost(r.Host) {
			http.Error(w, "This answers to 127.0.0.1 and localhost only.", http.StatusForbidden)
			return
		}
		next.ServeHTTP(w, r)
	})
}

func loopbackHost(hostport string) bool {
	host, _, err := net.SplitHostPort(hostport)
	if err != nil {
		host = strings.Trim(hostport, "[]")
	}
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip := net.ParseIP(host)
	return ip != nil && ip.IsLoopback()
}

const (
	pagePolicy = "default-src 'none'; style-src 'self'; img-src data:; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
	// The mail's own HTML: its styles stand in the elements, it runs no script, loads nothing from outside, and is of
	// no origin, so that it reaches nothing of ours.
	mailPolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox"
)

func secure(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", pagePolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer") // the links in the mails are secrets
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}
