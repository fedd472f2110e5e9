package main

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

const onePage = `<main><h1>Over&shy;skrift</h1><p data-test-id="lead">Hej
	Mette</p>
<form method="post" action="/send" data-test-id="the-form">
<input type="hidden" name="key" value="k1"><input name="name" value="">
<input type="radio" name="answer" value="yes"><input type="radio" name="answer" value="no">
<input type="checkbox" name="agreed" value="true"><input type="checkbox" name="kept" value="a" checked>
<select name="size"><option value=""></option><option value="small" selected>S</option><option value="big">B</option></select>
<textarea name="text">as it was</textarea>
<button type="submit" name="act" value="save" data-test-id="save">Gem</button>
</form></main>`

// formSite is a product with one form, which leads on to a receipt.
func formSite(t *testing.T) (*outside, *http.Request) {
	sent := &http.Request{}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, onePage) })
	mux.HandleFunc("POST /send", func(w http.ResponseWriter, r *http.Request) {
		_ = r.ParseForm()
		*sent = *r
		http.Redirect(w, r, "/done", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /done", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, `<p data-test-id="thanks">Tak</p>`) })
	mux.HandleFunc("GET /wrong/{token}", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusUnprocessableEntity)
		fmt.Fprint(w, `<main><div data-test-id="errors"><ul><li>Vælg et svar.</li></ul></div></main>`)
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	o := newOutside(server.URL, server.URL)
	o.patience = 200 * time.Millisecond
	return o, sent
}

func TestOutsideSendsAForm(t *testing.T) {
	o, sent := formSite(t)
	p, err := o.open(t.Context(), "/")
	require.NoError(t, err)
	lead, err := p.says("lead")
	require.NoError(t, err)
	require.Equal(t, "Hej Mette", lead)
	after, err := p.form("the-form").fill("name", "Mette Holm").fill("answer", "yes").fill("agreed", "true").fill("size", "big").send(t.Context())
	require.NoError(t, err)
	require.Equal(t, map[string][]string{
		"key": {"k1"}, "name": {"Mette Holm"}, "answer": {"yes"}, "agreed": {"true"}, "kept": {"a"}, "size": {"big"}, "text": {"as it was"},
	}, map[string][]string(sent.PostForm), "what was there is sent, too, and no button")
	thanks, err := after.says("thanks")
	require.NoError(t, err)
	require.Equal(t, "Tak", thanks)
}

func TestOutsideSaysWhatItSaw(t *testing.T) {
	o, sent := formSite(t)
	p, err := o.open(t.Context(), "/")
	require.NoError(t, err)
	for name, try := range map[string]func() error{
		"vi ventede feltet »nothing«, men så en formular uden det på /": func() error {
			_, err := p.form("the-form").fill("nothing", "x").fill("name", "y").send(t.Context())
			return err
		},
		"vi ventede »maybe« blandt valgene for »answer«, men så ikke det valg på /": func() error {
			_, err := p.form("the-form").fill("answer", "maybe").send(t.Context())
			return err
		},
		"vi ventede »huge« blandt valgene for »size«, men så ikke det valg på /": func() error {
			_, err := p.formWith("save").fill("size", "huge").send(t.Context())
			return err
		},
		"vi ventede formularen »other« på siden /, men så Overskrift: Hej Mette": func() error {
			_, err := p.form("other").send(t.Context())
			return err
		},
		"vi ventede svar på GET /wrong/…, men så 422: Vælg et svar.": func() error {
			_, err := o.open(t.Context(), "/wrong/aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbb")
			return err
		},
	} {
		err := try()
		require.EqualError(t, err, name)
		require.True(t, isDifference(err))
	}
	require.Nil(t, sent.PostForm, "nothing was sent")
}

// Who waits for what never comes is told what there was instead, and who is
// told to stop stops.
func TestOutsidePolls(t *testing.T) {
	o, _ := formSite(t)
	asked := 0
	require.NoError(t, o.poll(t.Context(), func() error {
		if asked++; asked < 3 {
			return differs("tre", "%d", asked)
		}
		return nil
	}))
	require.Equal(t, 3, asked)
	require.EqualError(t, o.poll(t.Context(), func() error { return differs("noget", "intet") }), "vi ventede noget, men så intet")
	require.ErrorIs(t, o.poll(t.Context(), func() error { return context.Canceled }), context.Canceled)
	stopped, stop := context.WithCancel(t.Context())
	stop()
	_, err := o.open(stopped, "/")
	require.ErrorIs(t, err, context.Canceled)
}

func TestOutsideReadsMails(t *testing.T) {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /api/v1/messages", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, `{"messages":[{"ID":"new"},{"ID":"old"}]}`)
	})
	mux.HandleFunc("GET /api/v1/message/{id}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `{"ID":%q,"To":[{"Address":"a@example.dk"}],"Subject":"SPARK 26-1: %[1]s","Date":"2027-03-11T13:00:00+01:00",
			"Text":"Svar her:\n%s/samtykke/%[1]s.mac_-x\nog se (%[2]s/status/%[1]s).","Attachments":[{"PartID":"3","ContentType":"application/ics"}]}`, r.PathValue("id"), "http://"+r.Host)
	})
	mux.HandleFunc("GET /api/v1/message/{id}/part/3", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nUID:abc\r\n def@spark\r\nSEQUENCE:1\r\nEND:VCALENDAR\r\n")
	})
	server := httptest.NewServer(mux)
	defer server.Close()
	o := newOutside(server.URL, server.URL)
	o.patience = 200 * time.Millisecond

	all, err := o.mails(t.Context())
	require.NoError(t, err)
	require.Equal(t, []string{"SPARK 26-1: old", "SPARK 26-1: new"}, []string{all[0].Subject, all[1].Subject})
	link, err := o.latestLink(t.Context(), "a@example.dk", "/samtykke/")
	require.NoError(t, err)
	require.Equal(t, server.URL+"/samtykke/new.mac_-x", link)
	link, err = all[0].link("/status/")
	require.NoError(t, err)
	require.Equal(t, server.URL+"/status/old", link)
	entry, err := o.calendar(t.Context(), all[1])
	require.NoError(t, err)
	require.Equal(t, calendarEntry{UID: "abcdef@spark", Sequence: "1", Method: "REQUEST"}, entry)
	_, err = o.newestMail(t.Context(), "b@example.dk", "new")
	require.EqualError(t, err, "vi ventede en mail til b@example.dk med »new«, men så ingen")
}

func TestProgramShowsTheProblem(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer secret" {
			w.WriteHeader(http.StatusUnauthorized)
			fmt.Fprint(w, `{"title":"Unauthenticated","detail":"Send a token."}`)
			return
		}
		fmt.Fprint(w, `{"reference":"26-4817","status":"planning","settled":true,"mails":[{"kind":"approved","state":"planned"}]}`)
	}))
	defer server.Close()
	o := newOutside(server.URL, server.URL)
	o.patience = 200 * time.Millisecond
	_, err := program{o, "other"}.look(t.Context(), "1")
	require.EqualError(t, err, "vi ventede at API'et tog imod GET forloeb/1, men så 401 Unauthenticated: Send a token.")
	v, err := program{o, "secret"}.look(t.Context(), "1")
	require.NoError(t, err)
	require.Equal(t, "26-4817", v.Reference)
	_, err = program{o, "secret"}.settled(t.Context(), "1")
	require.EqualError(t, err, "vi ventede at mailene i sag 26-4817 var sendt, men så approved planned")
}
