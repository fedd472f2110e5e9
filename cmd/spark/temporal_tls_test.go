package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"log"
	"math/big"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/store"
)

// authority signs certificates for a test.
type authority struct {
	t    *testing.T
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	file string
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{t: t}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "Test authority"}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	require.NoError(t, err)
	a.key = key
	a.cert, err = x509.ParseCertificate(der)
	require.NoError(t, err)
	a.file = writePEM(t, "ca.pem", "CERTIFICATE", der)
	return a
}

// signs makes a certificate for a name; the files are as operators have them.
func (a *authority) signs(name string) (cert tls.Certificate, certFile, keyFile string) {
	a.t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	require.NoError(a.t, err)
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name}, NotBefore: a.cert.NotBefore, NotAfter: a.cert.NotAfter,
		ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, key.Public(), a.key)
	require.NoError(a.t, err)
	private, err := x509.MarshalPKCS8PrivateKey(key)
	require.NoError(a.t, err)
	certFile, keyFile = writePEM(a.t, name+".pem", "CERTIFICATE", der), writePEM(a.t, name+".key", "PRIVATE KEY", private)
	cert, err = tls.LoadX509KeyPair(certFile, keyFile)
	require.NoError(a.t, err)
	return cert, certFile, keyFile
}

func writePEM(t *testing.T, name, kind string, der []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), name)
	require.NoError(t, os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: kind, Bytes: der}), 0o600))
	return file
}

// gateName is in the gate's certificate; its address is not.
const gateName = "temporal.example.dk"

// gate is what a cluster has in front of its Temporal: TLS, and a judgement of
// who comes. refuse is nil, or says who is not let in.
func gate(t *testing.T, identity tls.Certificate, clients *authority, refuse func(*http.Request) bool) (address string) {
	t.Helper()
	proxy := httputil.NewSingleHostReverseProxy(&url.URL{Scheme: "http", Host: temporalAddress(t)})
	transport := &http.Transport{Protocols: new(http.Protocols)}
	transport.Protocols.SetUnencryptedHTTP2(true)
	proxy.Transport, proxy.FlushInterval = transport, -1
	proxy.ErrorLog = log.New(testWriter{}, "", 0)
	config := &tls.Config{Certificates: []tls.Certificate{identity}, NextProtos: []string{"h2"}}
	if clients != nil {
		config.ClientAuth, config.ClientCAs = tls.RequireAndVerifyClientCert, x509.NewCertPool()
		config.ClientCAs.AddCert(clients.cert)
	}
	server := &http.Server{TLSConfig: config, ErrorLog: log.New(testWriter{}, "", 0), Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if refuse != nil && refuse(r) {
			w.Header().Set("Content-Type", "application/grpc")
			w.Header().Set("Grpc-Status", "16")
			w.Header().Set("Grpc-Message", "Unauthenticated")
			return
		}
		proxy.ServeHTTP(w, r)
	})}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	go func() { _ = server.ServeTLS(listener, "", "") }()
	t.Cleanup(func() { server.Close() })
	return listener.Addr().String()
}

// testWriter takes what a proxy says of streams that end with their worker.
type testWriter struct{}

func (testWriter) Write(p []byte) (int, error) { return len(p), nil }

// A cluster's Temporal is a matter of settings: TLS with a name of its own and
// a certificate of ours, or an API key. A forløb moves through it.
func TestTemporalBehindTLS(t *testing.T) {
	t.Parallel()
	binary, err := product()
	require.NoError(t, err)
	servers, clients := newAuthority(t), newAuthority(t)
	identity, _, _ := servers.signs(gateName)
	_, certificate, key := clients.signs("spark")
	mutual := gate(t, identity, clients, nil)
	keyed := gate(t, identity, nil, func(r *http.Request) bool { return r.Header.Get("Authorization") != "Bearer the-key" })

	for name, settings := range map[string][]string{
		"client certificate": {"TEMPORAL_ADDRESS=" + mutual, "TEMPORAL_TLS_CLIENT_CERT_PATH=" + certificate, "TEMPORAL_TLS_CLIENT_KEY_PATH=" + key},
		"API key":            {"TEMPORAL_ADDRESS=" + keyed, "TEMPORAL_API_KEY=the-key"},
	} {
		t.Run(name, func(t *testing.T) {
			s := newSystem(t, newMailcatcher(t))
			s.startWorker(binary, append(settings, "TEMPORAL_TLS_SERVER_NAME="+gateName, "TEMPORAL_TLS_SERVER_CA_CERT_PATH="+servers.file)...)
			id := s.Apply()
			s.nudge(id)
			s.calm(id)
			require.Len(t, s.mail.Messages(), 2)
		})
	}
}

// What is wrong with the way to Temporal is said in a sentence that names the
// setting.
func TestTemporalThatDoesNotLetUsIn(t *testing.T) {
	t.Parallel()
	binary, err := product()
	require.NoError(t, err)
	servers, clients, strangers := newAuthority(t), newAuthority(t), newAuthority(t)
	identity, _, _ := servers.signs(gateName)
	_, certificate, key := clients.signs("spark")
	_, strange, strangeKey := strangers.signs("stranger")
	mutual := gate(t, identity, clients, nil)
	keyed := gate(t, identity, nil, func(*http.Request) bool { return true })
	s := newSystem(t, newMailcatcher(t))

	for name, c := range map[string]struct {
		settings []string
		says     string
	}{
		"an authority we do not know": {[]string{"TEMPORAL_ADDRESS=" + mutual, "TEMPORAL_TLS_SERVER_NAME=" + gateName, "TEMPORAL_TLS_SERVER_CA_CERT_PATH=" + strangers.file}, "set TEMPORAL_TLS_SERVER_CA_CERT_PATH"},
		"another name":                {[]string{"TEMPORAL_ADDRESS=" + mutual, "TEMPORAL_TLS_SERVER_NAME=another.example.dk", "TEMPORAL_TLS_SERVER_CA_CERT_PATH=" + servers.file}, "set TEMPORAL_TLS_SERVER_NAME"},
		"no name":                     {[]string{"TEMPORAL_ADDRESS=" + mutual, "TEMPORAL_TLS_SERVER_CA_CERT_PATH=" + servers.file}, "set TEMPORAL_TLS_SERVER_NAME"},
		"no certificate of ours":      {[]string{"TEMPORAL_ADDRESS=" + mutual, "TEMPORAL_TLS_SERVER_NAME=" + gateName, "TEMPORAL_TLS_SERVER_CA_CERT_PATH=" + servers.file}, "wants a client certificate"},
		"a stranger's certificate": {[]string{"TEMPORAL_ADDRESS=" + mutual, "TEMPORAL_TLS_SERVER_NAME=" + gateName, "TEMPORAL_TLS_SERVER_CA_CERT_PATH=" + servers.file,
			"TEMPORAL_TLS_CLIENT_CERT_PATH=" + strange, "TEMPORAL_TLS_CLIENT_KEY_PATH=" + strangeKey}, "does not accept our client certificate"},
		"no TLS there":    {[]string{"TEMPORAL_TLS=true", "TEMPORAL_TLS_CLIENT_CERT_PATH=" + certificate, "TEMPORAL_TLS_CLIENT_KEY_PATH=" + key}, "does not speak TLS"},
		"TLS there":       {[]string{"TEMPORAL_ADDRESS=" + mutual}, "may want TLS"},
		"another API key": {[]string{"TEMPORAL_ADDRESS=" + keyed, "TEMPORAL_API_KEY=old", "TEMPORAL_TLS_SERVER_NAME=" + gateName, "TEMPORAL_TLS_SERVER_CA_CERT_PATH=" + servers.file}, "set TEMPORAL_API_KEY"},
	} {
		t.Run(name, func(t *testing.T) {
			worker := start(t, binary, t.TempDir(), append(s.env(store.RoleWorker), c.settings...), "worker")
			eventually(t, c.says, func() bool {
				return strings.Contains(worker.stderr.String(), c.says)
			})
			require.Contains(t, worker.stderr.String(), "Temporal cannot be reached")
			worker.stop(t)
		})
	}
	broken := start(t, binary, t.TempDir(), append(s.env(store.RoleWorker), "TEMPORAL_TLS_CLIENT_CERT_PATH=/no/such.pem", "TEMPORAL_TLS_CLIENT_KEY_PATH=/no/such.key"), "worker")
	broken.wait(t)
	require.Equal(t, 1, broken.ProcessState.ExitCode())
	require.Contains(t, broken.stderr.String(), "TEMPORAL_*: the settings or the profile cannot be read")
}
