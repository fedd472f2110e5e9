package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptrace"
	"strconv"
	"syscall"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/smtpfault"
	"example.dk/spark/internal/store"
)

// terminate asks a process to end as platforms do, and waits for it: it must
// end well, and before platforms lose their patience.
func (c *child) terminate(t *testing.T, within time.Duration) {
	t.Helper()
	began := time.Now()
	require.NoError(t, c.Process.Signal(syscall.SIGTERM))
	c.wait(t)
	require.Zero(t, c.ProcessState.ExitCode(), c.stderr.String())
	require.Less(t, time.Since(began), within)
}

// An api that is told to end answers the request that is half-way, and does
// not wait for a page that is open.
func TestAnAPIEndsAfterItsLastAnswer(t *testing.T) {
	t.Parallel()
	binary, err := product()
	require.NoError(t, err)
	s := newSystem(t, newMailcatcher(t))
	open := s.Apply()
	port, err := devstack.Free()
	require.NoError(t, err)
	s.baseURL = "http://127.0.0.1:" + strconv.Itoa(port)
	api := start(t, binary, t.TempDir(), s.env(store.RoleAPI), "api")

	stream := s.stream(open)
	began, rest, answered := s.halfAnApplication()
	<-began
	require.NoError(t, api.Process.Signal(syscall.SIGTERM))
	_, err = io.Copy(io.Discard, stream) // ends with the api's goodbye
	require.NoError(t, err)
	rest()
	answer := <-answered
	require.Equal(t, http.StatusCreated, answer.status, answer.body)
	api.terminate(t, graceful)
	var received struct{ ID uuid.UUID }
	require.NoError(t, json.Unmarshal([]byte(answer.body), &received))
	require.Equal(t, 1, s.Count(`select count(*) from forloeb where id = $1`, received.ID))
	require.Zero(t, s.Count(`select count(*) from acts where forloeb_id = $1 and relayed_at is null`, received.ID), "it was relayed too")
}

// stream opens the events of a party's page, when the api is up.
func (s *system) stream(id uuid.UUID) io.Reader {
	s.t.Helper()
	p := s.Party(id, forloeb.Leader)
	address := s.baseURL + link.Status.Path(s.links.Token(link.Status, p.ID, p.LinkVersion)) + "/live"
	var body io.ReadCloser
	eventually(s.t, "the stream is open", func() bool {
		r, err := http.NewRequestWithContext(s.t.Context(), http.MethodGet, address, nil)
		require.NoError(s.t, err)
		r.Header.Set("Accept", "text/event-stream")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			return false
		}
		require.Equal(s.t, http.StatusOK, answer.StatusCode)
		body = answer.Body
		return true
	})
	s.t.Cleanup(func() { body.Close() })
	reader := bufio.NewReader(body)
	_, err := reader.ReadString('\n')
	require.NoError(s.t, err)
	return reader
}

type answer struct {
	status int
	body   string
}

// halfAnApplication begins to send one, and sends the rest when it is told to.
func (s *system) halfAnApplication() (began <-chan struct{}, rest func(), answered <-chan answer) {
	s.t.Helper()
	body, err := json.Marshal(applicationOf())
	require.NoError(s.t, err)
	half := len(body) / 2
	from, to := io.Pipe()
	reading := make(chan struct{})
	ctx := httptrace.WithClientTrace(s.t.Context(), &httptrace.ClientTrace{Got100Continue: func() { close(reading) }})
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, s.baseURL+"/api/v1/applications", from)
	require.NoError(s.t, err)
	r.ContentLength = int64(len(body))
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", uuid.NewString())
	r.Header.Set("Expect", "100-continue")
	client := &http.Client{Transport: &http.Transport{ExpectContinueTimeout: patience}}
	got := make(chan answer, 1)
	go func() {
		a, err := client.Do(r)
		if err != nil {
			got <- answer{body: err.Error()}
			return
		}
		defer a.Body.Close()
		var text bytes.Buffer
		_, _ = text.ReadFrom(a.Body)
		got <- answer{a.StatusCode, text.String()}
	}()
	go func() { _, _ = to.Write(body[:half]) }()
	return reading, func() { _, _ = to.Write(body[half:]); to.Close() }, got
}

// A worker that is told to end lets the mail server take the mails that it is
// handing over: they leave once, and the rows know.
func TestAWorkerEndsAfterItsLastMail(t *testing.T) {
	t.Parallel()
	binary, err := product()
	require.NoError(t, err)
	s := newSystem(t, newMailcatcher(t))
	server, err := smtpfault.Start(smtpfault.Options{Slow: 5 * time.Second})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop()) })
	require.NoError(t, server.Force(smtpfault.SlowAfterDot))
	s.smtp = server.Address()
	worker := s.startWorker(binary)
	id := s.Apply()
	s.nudge(id)
	eventually(t, "both requests are on their way", func() bool {
		return s.Count(`select count(*) from mails where forloeb_id = $1 and state = 'sending'`, id) == 2
	})
	worker.terminate(t, 40*time.Second)

	var sent []string
	require.NoError(t, s.DB.Select(&sent, `select message_id from mails where forloeb_id = $1 and state = 'sent' and attempts = 1`, id))
	require.Len(t, sent, 2)
	for _, m := range sent {
		require.Len(t, server.Accepted(m+"@example.dk"), 1)
	}
}
