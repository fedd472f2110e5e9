package api

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"strconv"
	"strings"

	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
	"example.dk/spark/internal/link"
)

// A consultant's meetings in the calendar on their telephone: it follows a
// secret address, which shows the case number, the time and the place and
// nobody's name.

const (
	ownCalendarPath = consultantArea + "/kalender"
	makeLinkPath    = ownCalendarPath + "/link"
	dropLinkPath    = makeLinkPath + "/stop"

	feedSuffix = ".ics" // what some calendars go by
)

const feedKey = "feed"

// feedLink is for a calendar with a consultant's own link. One that was never
// given out, one that is void and one of somebody who has stopped are alike.
var feedLink = policy{name: "consultant link", check: func(s *Server, c *gin.Context) error {
	ctx := c.Request.Context()
	token, isFile := strings.CutSuffix(c.Param("token"), feedSuffix)
	opened, err := s.links.Open(link.Calendar, token)
	if err != nil || !isFile {
		return cmp.Or(s.spend(ctx, spendToken), error(errNoRoute))
	}
	l, err := s.store.CalendarLink(ctx, opened.ID)
	if refusedWith(err, forloeb.RefuseNotFound) != nil || err == nil && (l.Since.IsZero() || opened.Verify(l.Version, s.now()) != link.Valid) {
		return cmp.Or(s.spend(ctx, spendToken), error(errNoRoute))
	}
	c.Set(feedKey, opened.ID)
	c.Request = c.Request.WithContext(forloeb.As(ctx, forloeb.ConsultantViewer(opened.ID)))
	return err
}}

// sendFeed is the calendar. It is asked for every hour and seldom new: whoever
// has it is told that it is the same. When it last changed cannot be said,
// since a meeting also goes with its forløb to somebody else.
func (s *Server) sendFeed(c *gin.Context) error {
	consultant, _ := c.Value(feedKey).(uuid.UUID)
	meetings, err := s.store.Feed(c.Request.Context(), consultant)
	if err != nil {
		return err
	}
	feed, err := s.calendar.Feed(meetings)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(feed)
	etag := `"` + base64.RawURLEncoding.EncodeToString(sum[:16]) + `"`
	c.Header("ETag", etag)
	c.Header("Cache-Control", "private, no-cache")
	if matches(c.GetHeader("If-None-Match"), etag) {
		c.Status(http.StatusNotModified)
		return nil
	}
	c.Header("Content-Disposition", `inline; filename="spark.ics"`)
	c.Data(http.StatusOK, "text/calendar; charset=utf-8", feed)
	return nil
}

// matches reads If-None-Match, by the weak comparison (RFC 9110, 13.1.2).
func matches(header, etag string) bool {
	for known := range strings.SplitSeq(header, ",") {
		if known = strings.TrimPrefix(strings.TrimSpace(known), "W/"); known == etag || known == "*" {
			return true
		}
	}
	return false
}

// makeLink makes the link, or a new one instead.
func (s *Server) makeLink(c *gin.Context) error {
	return s.changeLink(c, s.store.MakeCalendarLink, doneLinkMade)
}

// dropLink makes it void.
func (s *Server) dropLink(c *gin.Context) error {
	return s.changeLink(c, s.store.DropCalendarLink, doneLinkDropped)
}

func (s *Server) changeLink(c *gin.Context, change func(context.Context, uuid.UUID, int) error, done string) error {
	if c.Request.ParseForm() != nil {
		return errBadForm
	}
	seen, err := strconv.Atoi(c.Request.PostForm.Get(versionName))
	if err != nil {
		return errBadForm
	}
	if err := change(c.Request.Context(), principal(c.Request.Context()).Consultant, seen); err != nil {
		return err
	}
	return seeOther(c, withDone(ownCalendarPath, done))
}

// followed is how the page tells of the link.
func (s *Server) followed(consultant uuid.UUID, l forloeb.CalendarLink) followedCalendar {
	f := followedCalendar{Make: makeLinkPath, Drop: dropLinkPath, Version: l.Version}
	if !l.Since.IsZero() {
		f.Since, f.Address = l.Since, s.config.BaseURL+link.Calendar.Path(s.links.Token(link.Calendar, consultant, l.Version))+feedSuffix
	}
	return f
}
