package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"example.dk/spark/internal/forloeb"
)

// program uses the JSON API with a bearer token, as a member of the staff.
type program struct {
	*outside
	token string
}

// caseView is what a program reads of a forløb, as far as the demo and the
// tests need it.
type caseView struct {
	ID          string
	Reference   string
	Status      string
	StatusSince time.Time `json:"status_since"`
	Settled     bool
	Now         time.Time
	Waiting     struct {
		Key      string
		Sentence struct{ Da, En string }
	}
	Possible    []string
	Application struct{ Hash string }
	Workplaces  []struct{ ID string }
	Parties     []struct {
		ID    string
		Side  string
		Email string
		Link  struct {
			SentAt   time.Time `json:"sent_at"`
			Deadline time.Time
		}
	}
	Consultant *struct {
		ID, Name, Email string
		Score           []struct {
			Part   string
			Points int
		}
	}
	Meetings struct {
		Held int
		List []meetingView
	}
	Evaluation struct {
		SentAt   time.Time `json:"sent_at"`
		ClosesAt time.Time `json:"closes_at"`
	}
	Mails []struct {
		Kind, State, Code string
		Held              bool
	}
	Tasks []struct{ Kind string }
}

type meetingView struct {
	ID       string
	Number   int
	StartsAt time.Time `json:"starts_at"`
	State    string
	Sequence int
}

// call sends a request and reads the answer into what it is given, if
// anything. Any answer but a 2xx is a difference that carries the problem.
func (p program) call(ctx context.Context, method, path string, body, into any) error {
	var sent bytes.Buffer
	if body != nil {
		if err := json.NewEncoder(&sent).Encode(body); err != nil {
			return err
		}
	}
	r, err := http.NewRequestWithContext(ctx, method, p.product+"/api/v1/"+path, &sent)
	if err != nil {
		return err
	}
	r.Header.Set("Authorization", "Bearer "+p.token)
	r.Header.Set("Spark-Purpose", "quality") // also of what is closed
	if body != nil {
		r.Header.Set("Content-Type", "application/json")
	}
	return p.send(r, into)
}

func (p program) send(r *http.Request, into any) error {
	answer, err := p.http.Do(r)
	if err != nil {
		return unreachable(err, "API'et")
	}
	defer answer.Body.Close()
	if answer.StatusCode/100 != 2 {
		var problem struct{ Title, Detail string }
		_ = json.NewDecoder(answer.Body).Decode(&problem)
		return differs(fmt.Sprintf("at API'et tog imod %s %s", r.Method, strings.TrimPrefix(r.URL.Path, "/api/v1/")), "%d %s: %s", answer.StatusCode, problem.Title, problem.Detail)
	}
	if into == nil {
		return nil
	}
	return json.NewDecoder(answer.Body).Decode(into)
}

// apply sends an application under a key, as anybody may.
func (p program) apply(ctx context.Context, key string, application, into any) error {
	body, err := json.Marshal(application)
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, p.product+"/api/v1/applications", bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Idempotency-Key", key)
	return p.send(r, into)
}

// find finds a forløb by its reference.
func (p program) find(ctx context.Context, reference string) (id string, err error) {
	var list struct {
		Items []struct{ ID, Reference string }
	}
	if err := p.call(ctx, http.MethodGet, "forloeb?q="+url.QueryEscape(reference), nil, &list); err != nil {
		return "", err
	}
	for _, f := range list.Items {
		if f.Reference == reference {
			return f.ID, nil
		}
	}
	return "", differs("sag "+reference+" i API'ets liste", "%d andre sager", len(list.Items))
}

// look reads a forløb as it stands.
func (p program) look(ctx context.Context, id string) (v caseView, err error) {
	err = p.call(ctx, http.MethodGet, "forloeb/"+id, nil, &v)
	return v, err
}

// settled reads a forløb when everything that has happened has been acted on
// and every mail has left.
func (p program) settled(ctx context.Context, id string) (v caseView, err error) {
	err = p.poll(ctx, func() error {
		if v, err = p.look(ctx, id); err != nil {
			return err
		}
		if !v.Settled {
			return differs("at sag "+v.Reference+" var behandlet", "at den stadig bliver behandlet (%s)", v.Status)
		}
		return v.mailsLeft()
	})
	return v, err
}

func (v caseView) mailsLeft() error {
	var waiting []string
	for _, m := range v.Mails {
		if m.State != "sent" && m.State != "cancelled" && !m.Held {
			waiting = append(waiting, strings.TrimSpace(m.Kind+" "+m.State+" "+m.Code))
		}
	}
	if len(waiting) == 0 {
		return nil
	}
	return differs("at mailene i sag "+v.Reference+" var sendt", "%s", strings.Join(waiting, ", "))
}

// forward winds one forløb's clock on to a time, through everything that falls
// due on the way, and asks again as long as the clock stops short of it for
// what there is to do. Only development has such a clock.
func (p program) forward(ctx context.Context, id string, to time.Time) error {
	for stood := (time.Time{}); ; {
		if _, err := p.submit(ctx, "/dev/forloeb/"+id+"/fast-forward", url.Values{"to": {"date"}, "at": {to.Format(time.RFC3339)}}); err != nil {
			return err
		}
		v, err := p.settled(ctx, id)
		if err != nil || !v.Now.Before(to) || forloeb.Status(v.Status).Closed() {
			return err
		}
		if v.Now.Sub(stood) < time.Minute {
			return differs("at uret kom frem til "+forloeb.DateTime(to), "at det står på %s", forloeb.DateTime(v.Now))
		}
		stood = v.Now
	}
}
