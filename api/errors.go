package api

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"

	"example.dk/spark/internal/forloeb"
)

// handler serves a page. What it returns is answered by fail.
type handler func(c *gin.Context) error

// page adapts a page's handler.
func (s *Server) page(h handler) gin.HandlerFunc {
	return func(c *gin.Context) {
		if err := h(c); err != nil {
			s.fail(c, err)
		}
	}
}

// fail is the one place that answers an error: with a problem document to a
// program, with a message to a person.
func (s *Server) fail(c *gin.Context, err error) {
	c.Abort()
	if c.Writer.Written() {
		panic(http.ErrAbortHandler) // half an answer is worse than none
	}
	switch {
	case tooLong(c):
		err = errTooLarge
	case errors.Is(err, errUnauthenticated):
		c.Header("WWW-Authenticate", challenge(c))
	}
	var many tooMany
	if errors.As(err, &many) {
		c.Header("Retry-After", many.retryAfter())
	}
	var out loggedOut
	if errors.As(err, &out) {
		err = s.toLoginPage(c, out)
	}
	if forPrograms(c.Request.URL.Path) {
		p := s.problem(c.Request.Context(), err)
		c.Render(p.Status, problemDocument{p})
		return
	}
	var elsewhere redirect
	if errors.As(err, &elsewhere) {
		_ = seeOther(c, elsewhere.to)
		return
	}
	status, page := s.answerTo(c, err)
	if failed := s.write(c, status, page); failed != nil {
		s.log.Error("the page for an error failed", "class", class(failed))
		c.String(http.StatusInternalServerError, "Det virker ikke lige nu. Prøv igen om lidt.")
	}
}

// answerTo is the page that answers a person: a message, or the form that they
// are to send again.
func (s *Server) answerTo(c *gin.Context, err error) (int, pageData) {
	var many tooMany
	if errors.As(err, &many) && many.form != nil {
		return errTooMany.status, many.filledIn()
	}
	m := s.message(c, err)
	return m.Status, m
}

// forPrograms tells whose answer it is.
func forPrograms(path string) bool {
	return strings.HasPrefix(path, "/api/") || path == "/api" || path == openAPIPath
}

// failure is an error of the door itself: the request never came to a rule.
type failure struct {
	code   string
	status int
	detail string              // in English, for programs
	page   func() *messagePage // for people
}

func (f *failure) Error() string { return f.detail }

// What the door refuses.
var (
	errNoRoute         = &failure{"not_found", http.StatusNotFound, "There is nothing at this address.", pageNotFound}
	errMethod          = &failure{"method_not_allowed", http.StatusMethodNotAllowed, "The method is not possible at this address; the Allow header lists those that are.", wrongMethod}
	errNotAStream      = &failure{"not_a_stream", http.StatusNotAcceptable, "Ask for text/event-stream.", notForPeople}
	errTooLarge        = &failure{"too_large", http.StatusRequestEntityTooLarge, "The request is too long: at most 64 KiB.", tooLarge}
	errUnauthenticated = &failure{"unauthenticated", http.StatusUnauthorized, "A bearer token is required. It is missing, unknown, revoked or expired.", pageNotFound}
	errForbidden       = &failure{"forbidden", http.StatusForbidden, "The token's role may not do this.", notYours}
	errNoPurpose       = &failure{"purpose_missing", http.StatusForbidden, "This forløb is closed. Say why you read it in the header Spark-Purpose: question, reopen, follow_up, quality, insight or other; after other, a blank and a few words.", notYours}
	errWrongRole       = &failure{"forbidden", http.StatusForbidden, "The role may not do this.", wrongRole}
	errCrossOrigin     = &failure{"cross_origin", http.StatusForbidden, "The request comes from another site.", fromElsewhere}
	errBadForm         = &failure{"bad_request", http.StatusBadRequest, "The form cannot be read.", unreadable}
	errUnknownLink     = &failure{"unknown_link", http.StatusNotFound, "The link is unknown or damaged.", unknownLink}
	errErased          = &failure{"erased", http.StatusGone, "The personal data have been erased.", erased}
	errReceiptExpired  = &failure{"receipt_expired", http.StatusGone, "The receipt is too old.", receiptExpired}
)

// known are the domain's other errors, as the door's.
var known = map[error]*failure{
	forloeb.ErrBadCursor:     {"bad_cursor", http.StatusUnprocessableEntity, "The cursor is not one that a list has given; begin at the first page.", pageNotFound},
	forloeb.ErrAddressTaken:  {"address_taken", http.StatusConflict, "Another consultant has this mail address.", pageNotFound},
	forloeb.ErrBadConsultant: {"bad_consultant", http.StatusUnprocessableEntity, "A consultant needs a name, a mail address, and known themes and regions.", pageNotFound},
}

// mistakes are what must be put right in what was sent.
type mistakes []forloeb.Mistake

func (m mistakes) Error() string { return "The application has mistakes; nothing was stored." }

// impossible is a refusal with what can be done instead, as ways on from the
// forløb's own address.
type impossible struct {
	*forloeb.Refusal
	possible []string
}

func (i impossible) Unwrap() error { return i.Refusal }

// refusalStatus says which answer a refusal is. What depends on the forløb is
// a conflict; what only has to be written differently is not.
func refusalStatus(code forloeb.RefusalCode) int {
	switch code {
	case forloeb.RefuseNotFound, forloeb.RefuseNotAParty:
		return http.StatusNotFound
	case forloeb.RefuseTooSoon:
		return http.StatusTooManyRequests
	case forloeb.RefuseNoSignature, forloeb.RefuseNoRemark, forloeb.RefuseNoReason, forloeb.RefuseNoName,
		forloeb.RefuseMeetingPast, forloeb.RefuseMeetingOrder, forloeb.RefuseMeetingHours,
		forloeb.RefuseMeetingTooFarBack, forloeb.RefuseBadMeetingTime,
		forloeb.RefuseConsultantUnknown, forloeb.RefuseConsultantUnsuitable, forloeb.RefuseConflictOfInterest, forloeb.RefuseRecused,
		forloeb.RefuseSameAddress, forloeb.RefuseBadAddress, forloeb.RefuseBadPhone, forloeb.RefuseSamePerson,
		forloeb.RefuseEvaluationIncomplete, forloeb.RefuseUnfitText, forloeb.RefuseNoText, forloeb.RefuseNothingChanged, forloeb.RefusePutOffDay, forloeb.RefusePutOffLate, forloeb.RefuseKeyReused, forloeb.RefuseDeadlineEarlier, forloeb.RefuseDeadlineTooFar,
		forloeb.RefuseDuplicateUnknown, forloeb.RefuseDuplicateSelf, forloeb.RefuseDuplicateClosed, forloeb.RefuseDuplicateChain, forloeb.RefuseDuplicateCircle,
		forloeb.RefusePauseEarlier, forloeb.RefusePauseTooFar, forloeb.RefuseNoPauseText, forloeb.RefuseNoGuestName, forloeb.RefuseGuestKnown,
		forloeb.RefuseExcludedNotice, forloeb.RefuseExcludedCrisis, forloeb.RefuseExcludedPersonal:
		return http.StatusUnprocessableEntity
	}
	return http.StatusConflict
}

// report notes an error that nobody foresaw and gives it a number that the
// secretariat can be told. Its text stays here: it may hold anything. A reader
// who has left takes the database's answer along, and needs nobody's attention.
func (s *Server) report(ctx context.Context, err error) (status int, number string) {
	status, number = http.StatusInternalServerError, errorNumber()
	if passing(err) {
		status = http.StatusServiceUnavailable
	}
	level := slog.LevelError
	if errors.Is(ctx.Err(), context.Canceled) {
		level = slog.LevelInfo
	}
	s.log.Log(ctx, level, "request failed", "number", number, "status", status, "class", class(err))
	return status, number
}

func errorNumber() string {
	var number [3]byte
	_, _ = rand.Read(number[:]) // cannot fail
	return hex.EncodeToString(number[:])
}

// sqlState is what a database error tells about its kind.
type sqlState interface{ SQLState() string }

// passing reports whether it may well work in a moment: the database is away,
// full or too slow.
func passing(err error) bool {
	var network net.Error
	var database sqlState
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, context.Canceled), errors.As(err, &network):
		return true
	case errors.As(err, &database):
		switch state := database.SQLState(); {
		case strings.HasPrefix(state, "08"), strings.HasPrefix(state, "53"), strings.HasPrefix(state, "57"), strings.HasPrefix(state, "40"):
			return true
		}
	}
	return false
}

// class is what may be said of an error in a log: its kind, never its text.
func class(err error) string {
	var broken panicked
	var database sqlState
	switch {
	case errors.As(err, &broken):
		return broken.Error()
	case errors.As(err, &database):
		return "sqlstate " + database.SQLState()
	case errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	case errors.Is(err, context.Canceled):
		return "canceled"
	}
	for {
		next := errors.Unwrap(err)
		if next == nil {
			return fmt.Sprintf("%T", err)
		}
		err = next
	}
}
