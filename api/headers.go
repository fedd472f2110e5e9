package api

import "github.com/gin-gonic/gin"

// securityHeaders goes on every answer, errors included. Pages hold personal
// data and are not to be kept anywhere; assets loosen that for themselves.
func securityHeaders(https bool) gin.HandlerFunc {
	headers := map[string]string{
		"Content-Security-Policy": "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; " +
			"script-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
		"Referrer-Policy":              "no-referrer", // the address of a party's page is a key to it
		"X-Content-Type-Options":       "nosniff",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":           "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()",
		"Cache-Control":                "no-store",
	}
	if https {
		headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
	}
	return func(c *gin.Context) {
		for name, value := range headers {
			c.Header(name, value)
		}
		c.Next()
	}
}
