package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"example.dk/spark/internal/forloeb"
)

const problemType = "application/problem+json"

// problemPath begins the type of every problem.
const problemPath = "/problems/"

// Problem is an error as programs read it (RFC 9457).
type Problem struct {
	Type      string         `json:"type" doc:"Names the kind of problem: /problems/ and a code" example:"/problems/wrong_status"`
	Title     string         `json:"title" doc:"The kind in words"`
	Status    int            `json:"status" doc:"HTTP status code"`
	Detail    string         `json:"detail" doc:"What happened and what to do instead"`
	StatusNow forloeb.Status `json:"status_now,omitempty" doc:"Where the forløb stands, when that is why"`
	Possible  *[]string      `json:"possible,omitempty" nullable:"false" doc:"What can be done to the forløb now, as paths below it: POST /api/v1/forloeb/{id}/<one of these>"`
	Opens     string         `json:"opens,omitempty" format:"date" doc:"The day on which the programme takes applications again, when that is known"`
	Notice    string         `json:"notice,omitempty" doc:"What the public is told about a closed intake, in Danish"`
	Number    string         `json:"number,omitempty" doc:"Number of an unforeseen error; it stands in the log"`
	Errors    []ProblemError `json:"errors,omitempty" nullable:"false" doc:"Every mistake in what was sent"`

	retryAfter string // the header's value; empty for none
}

// ProblemError is one mistake in what was sent. It never repeats it.
type ProblemError struct {
	Pointer   string `json:"pointer,omitempty" doc:"Where in the body" example:"#/leader/email"`
	Parameter string `json:"parameter,omitempty" doc:"Which parameter of the path, the query or the header"`
	Code      string `json:"code" example:"missing" doc:"Names the kind of mistake"`
	Detail    string `json:"detail" doc:"What is expected"`
}

// Error is the detail.
func (p *Problem) Error() string { return p.Detail }

// GetStatus is the HTTP status, for huma.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders are the answer's own headers, for huma.
func (p *Problem) GetHeaders() http.Header {
	if p.retryAfter == "" {
		return nil
	}
	return http.Header{"Retry-After": {p.retryAfter}}
}

// ContentType is the media type of problems, for huma.
func (p *Problem) ContentType(string) string { return problemType }

// problemDocument writes a problem outside huma.
type problemDocument struct{ *Problem }

// Render writes it, for gin.
func (d problemDocument) Render(w http.ResponseWriter) error {
	d.WriteContentType(w)
	return json.NewEncoder(w).Encode(d.Problem)
}

// WriteContentType says what it is, for gin.
func (problemDocument) WriteContentType(w http.ResponseWriter) {
	w.Header().Set("Content-Type", problemType)
}

func newProblem(status int, code, detail string) *Problem {
	title := strings.ReplaceAll(code, "_", " ")
	return &Problem{
		Type: problemPath + code, Title: strings.ToUpper(title[:1]) + title[1:],
		Status: status, Detail: detail,
	}
}

// problem says what went wrong to a program.
func (s *Server) problem(ctx context.Context, err error) *Problem {
	var (
		ready   *Problem
		door    *failure
		list    mistakes
		cannot  impossible
		refusal *forloeb.Refusal
		many    tooMany
	)
	switch {
	case errors.As(err, &ready):
		return ready
	case errors.As(err, &many):
		p := newProblem(errTooMany.status, errTooMany.code, errTooMany.detail)
		p.retryAfter = many.retryAfter()
		return p
	case errors.As(err, &door):
		return newProblem(door.status, door.code, door.detail)
	case errors.As(err, &list):
		return mistakesProblem(list)
	case errors.As(err, &cannot):
		p := refusalProblem(cannot.Refusal)
		p.Possible = &cannot.possible
		return p
	case errors.As(err, &refusal):
		return refusalProblem(refusal)
	}
	for expected, door := range known {
		if errors.Is(err, expected) {
			return newProblem(door.status, door.code, door.detail)
		}
	}
	return internalProblem(s.report(ctx, err))
}

// internalProblem is an error that nobody foresaw.
func internalProblem(status int, number string) *Problem {
	code := "internal"
	if status == http.StatusServiceUnavailable {
		code = "unavailable"
	}
	p := newProblem(status, code, "This is our fault, and it has been noted. Try again in a moment.")
	p.Number = number
	return p
}

func refusalProblem(r *forloeb.Refusal) *Problem {
	p := newProblem(refusalStatus(r.Code), string(r.Code), r.English())
	if p.Status == http.StatusConflict {
		p.StatusNow = r.Status
	}
	if r.Item > 0 {
		p.Errors = []ProblemError{{Pointer: seriesPointer(r.Item - 1), Code: string(r.Code), Detail: p.Detail}}
	}
	return p
}

// closedProblem says when a closed intake opens, and what the public is told.
func closedProblem(r *forloeb.Refusal, now forloeb.IntakeNow) *Problem {
	p := refusalProblem(r)
	p.Opens, p.Notice = day(now.Opens), now.Notice
	return p
}

// wholeBody points at all of the body.
const wholeBody = "#"

// seriesPointer points at one of several meetings: the only thing of which
// more than one is done at a time.
func seriesPointer(i int) string { return wholeBody + "/meetings/" + strconv.Itoa(i) }

func mistakesProblem(list mistakes) *Problem {
	p := newProblem(http.StatusUnprocessableEntity, "invalid", list.Error())
	p.Errors = ruleErrors(list)
	return p
}

func ruleErrors(list mistakes) (errs []ProblemError) {
	for _, m := range list {
		errs = append(errs, ProblemError{Pointer: pointerTo(m.Field), Code: string(m.Code), Detail: m.English()})
	}
	return errs
}

// pointerTo finds a field of the form in the body of the JSON API.
func pointerTo(field string) string {
	if i := strings.LastIndex(field, "."); i >= 0 { // of one of the workplaces
		return "#/" + strings.ReplaceAll(field[:i], ".", "/") + strings.TrimPrefix(pointerTo(field[i+1:]), "#")
	}
	for _, side := range []string{"leader", "rep"} {
		if rest, found := strings.CutPrefix(field, side+"_"); found {
			return "#/" + side + "/" + rest
		}
	}
	return "#/" + field
}

// invalid are mistakes in what was sent, found by a handler.
func invalid(found ...ProblemError) *Problem {
	p := newProblem(http.StatusUnprocessableEntity, "invalid", "The request has mistakes; nothing was stored.")
	p.Errors = found
	return p
}

// Problems are the errors that huma makes itself, too.
func init() {
	huma.NewError = func(status int, _ string, errs ...error) huma.StatusError { return problemOfHuma(status, errs) }
}

// problemOfHuma tells what huma found in a request. Its own words can repeat
// what was sent, so that only those about form are kept.
func problemOfHuma(status int, errs []error) *Problem {
	var long *http.MaxBytesError
	if errors.As(errors.Join(errs...), &long) {
		return newProblem(errTooLarge.status, errTooLarge.code, errTooLarge.detail)
	}
	switch status {
	case http.StatusBadRequest:
		return newProblem(status, "bad_json", "The body is not JSON that can be read. Nothing was stored.")
	case http.StatusUnsupportedMediaType:
		return newProblem(status, "unsupported_media_type", "Send application/json.")
	case http.StatusRequestTimeout:
		return newProblem(status, "request_timeout", "The body took too long to arrive. Nothing was stored.")
	case http.StatusUnprocessableEntity:
		return wrongForm(errs)
	case http.StatusInternalServerError:
		return newProblem(http.StatusBadRequest, "unreadable", "The request could not be read to its end. Nothing was stored.")
	}
	return newProblem(status, "error", http.StatusText(status))
}

func wrongForm(errs []error) *Problem {
	p := invalid()
	var rules []ProblemError
	for _, err := range errs {
		var found huma.ErrorDetailer
		var list mistakes
		switch {
		case errors.As(err, &list):
			rules = ruleErrors(list)
		case errors.As(err, &found):
			p.Errors = append(p.Errors, formError(found.ErrorDetail()))
		}
	}
	p.Errors = together(p.Errors, rules)
	return p
}

// invalidParameter is a mistake in one parameter.
func invalidParameter(name, code, detail string) *Problem {
	return invalid(ProblemError{Parameter: name, Code: code, Detail: detail})
}
