package api

import (
	"context"
	"errors"
	"net/http"
	"time"

	"github.com/alexedwards/scs/v2"
	"github.com/gin-gonic/gin"
	"github.com/google/uuid"

	"example.dk/spark/internal/forloeb"
)

// SessionLimits say how long a login lasts.
type SessionLimits struct {
	Idle time.Duration // without a request
	Life time.Duration // in all
}

// afterwards is how long an ended session is remembered, so that what its
// owner sends too late can be kept for them.
const afterwards = 24 * time.Hour

// seenEvery is how seldom the time of the last request is written down.
const seenEvery = time.Minute

// What a session holds. The library keeps the token, its hash and the cookie;
// the limits are ours, because an ended session must still say whose it was.
const (
	sessionStaff = "staff" // id of the member of staff
	sessionBegan = "began" // microseconds, by the database's clock
	sessionSeen  = "seen"  // microseconds, by ours
)

func newSessions(store scs.Store, limits SessionLimits, https bool) *scs.SessionManager {
	m := scs.New()
	m.Store = store
	m.HashTokenInStore = true
	m.Lifetime = limits.Life + afterwards
	m.Cookie.Name = cookieName("spark", https)
	m.Cookie.Secure = https
	m.Cookie.HttpOnly = true
	m.Cookie.SameSite = http.SameSiteLaxMode
	m.Cookie.Persist = false
	return m
}

// cookieName binds a cookie to this very host where the browser can: the
// prefix needs https.
func cookieName(name string, https bool) string {
	if https {
		return "__Host-" + name
	}
	return name
}

// loggedOut is why nobody is logged in.
type loggedOut struct {
	staff uuid.UUID // whose session has run out; nil when there was none
}

func (loggedOut) Error() string { return "nobody is logged in" }

// session finds who is logged in. What it returns besides is the session's
// context, for writing to it.
func (s *Server) session(c *gin.Context) (forloeb.Principal, context.Context, error) {
	cookie, err := c.Request.Cookie(s.sessions.Cookie.Name)
	if err != nil {
		return forloeb.Principal{}, nil, loggedOut{}
	}
	ctx, err := s.sessions.Load(c.Request.Context(), cookie.Value)
	if err != nil {
		return forloeb.Principal{}, nil, err
	}
	id, err := uuid.Parse(s.sessions.GetString(ctx, sessionStaff))
	if err != nil {
		return forloeb.Principal{}, nil, loggedOut{}
	}
	began, seen := s.sessionTime(ctx, sessionBegan), s.sessionTime(ctx, sessionSeen)
	if now := s.now(); now.After(began.Add(s.config.Session.Life)) || now.After(seen.Add(s.config.Session.Idle)) {
		return forloeb.Principal{}, nil, loggedOut{staff: id}
	}
	member, err := s.store.StaffMember(ctx, id)
	var unknown *forloeb.Refusal
	switch {
	case errors.As(err, &unknown):
		return forloeb.Principal{}, nil, loggedOut{}
	case err != nil:
		return forloeb.Principal{}, nil, err
	case !member.Active || began.Before(member.SessionsFrom):
		return forloeb.Principal{}, nil, loggedOut{}
	}
	return member.Principal, ctx, nil
}

func (s *Server) sessionTime(ctx context.Context, key string) time.Time {
	return time.UnixMicro(s.sessions.GetInt64(ctx, key))
}

// staffName is the name of a member of staff; empty for a program's token,
// and when it cannot be found out.
func (s *Server) staffName(ctx context.Context, id string) string {
	parsed, err := uuid.Parse(id)
	if err != nil {
		return ""
	}
	member, err := s.store.StaffMember(ctx, parsed)
	if err != nil {
		return ""
	}
	return member.Name
}

// used notes that the session is in use.
func (s *Server) used(ctx context.Context) error {
	now := s.now()
	if now.Sub(s.sessionTime(ctx, sessionSeen)) < seenEvery {
		return nil
	}
	s.sessions.Put(ctx, sessionSeen, now.UnixMicro())
	_, _, err := s.sessions.Commit(ctx)
	return err
}

// beginSession logs somebody in, always with a new token: one that was there
// before the login is worth nothing after it.
func (s *Server) beginSession(c *gin.Context, who forloeb.StaffMember) error {
	if err := s.endSession(c); err != nil {
		return err
	}
	ctx, err := s.sessions.Load(c.Request.Context(), "")
	if err != nil {
		return err
	}
	s.sessions.Put(ctx, sessionStaff, who.ID.String())
	s.sessions.Put(ctx, sessionBegan, who.LastLoginAt.UnixMicro())
	s.sessions.Put(ctx, sessionSeen, s.now().UnixMicro())
	token, expiry, err := s.sessions.Commit(ctx)
	if err != nil {
		return err
	}
	s.sessions.WriteSessionCookie(ctx, c.Writer, token, expiry)
	return nil
}

// endSession logs out whoever is logged in.
func (s *Server) endSession(c *gin.Context) error {
	cookie, err := c.Request.Cookie(s.sessions.Cookie.Name)
	if err != nil {
		return nil
	}
	ctx, err := s.sessions.Load(c.Request.Context(), cookie.Value)
	if err != nil {
		return err
	}
	if err := s.sessions.Destroy(ctx); err != nil {
		return err
	}
	s.sessions.WriteSessionCookie(ctx, c.Writer, "", time.Time{})
	return nil
}
