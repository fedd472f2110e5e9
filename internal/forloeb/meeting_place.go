package forloeb

import (
	"net/url"
	"strings"
)

// OnlineAddress is where a meeting is held when its place is an address on
// the web, and nil when it is anywhere else. Only https counts: people are
// shown it as a link.
func (m *Meeting) OnlineAddress() *url.URL {
	place := CleanLine(m.Place)
	u, err := url.Parse(place)
	if err != nil || strings.Contains(place, " ") || u.Scheme != "https" || u.Hostname() == "" || u.User != nil {
		return nil
	}
	return u
}
