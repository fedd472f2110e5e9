package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
)

// word takes a text without spaces: a claim's name, or a scope.
func word(raw string) (string, error) {
	if raw == "" || strings.ContainsFunc(raw, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return "", fmt.Errorf("%q is not one word", raw)
	}
	return raw, nil
}

// words takes several with commas between.
func words(raw string) ([]string, error) {
	var list []string
	for part := range strings.SplitSeq(raw, ",") {
		one, err := word(strings.TrimSpace(part))
		if err != nil {
			return nil, err
		}
		list = append(list, one)
	}
	return list, nil
}

// names takes name=role,name=role. A name may hold spaces and an equals sign.
func names(raw string) (map[string]string, error) {
	roles := map[string]string{}
	for part := range strings.SplitSeq(raw, ",") {
		at := strings.LastIndex(part, "=")
		if at < 0 {
			return nil, fmt.Errorf("%q is not name=role; use for example SPARK-sekretariat=secretariat", part)
		}
		name, role := strings.TrimSpace(part[:at]), strings.TrimSpace(part[at+1:])
		if name == "" || role == "" {
			return nil, fmt.Errorf("%q lacks a name or a role; use for example SPARK-sekretariat=secretariat", part)
		}
		if _, twice := roles[name]; twice {
			return nil, fmt.Errorf("%q is given twice; keep one", name)
		}
		roles[name] = role
	}
	return roles, nil
}

// claim takes name=value or name=value,value.
func claim(raw string) (Claim, error) {
	name, list, _ := strings.Cut(raw, "=")
	c := Claim{Name: strings.TrimSpace(name)}
	for value := range strings.SplitSeq(list, ",") {
		c.Values = append(c.Values, strings.TrimSpace(value))
	}
	if _, err := word(c.Name); err != nil || slices.Contains(c.Values, "") {
		return Claim{}, fmt.Errorf("%q is not claim=value; use for example amr=mfa", raw)
	}
	return c, nil
}

// sessionTime is long enough to fill in a form, and no longer than a working
// day with a night.
func sessionTime(raw string) (time.Duration, error) {
	d, err := time.ParseDuration(raw)
	switch {
	case err != nil:
		return 0, fmt.Errorf("%q is not a length of time; use for example 30m or 10h", raw)
	case d < 5*time.Minute:
		return 0, errors.New("is shorter than 5 minutes, too short to fill in a form; make it longer")
	case d > 24*time.Hour:
		return 0, errors.New("is longer than 24 hours; make it shorter")
	}
	return d, nil
}
