package main

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"strings"

	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/contrib/envconfig"

	"example.dk/spark/internal/config"
	"example.dk/spark/internal/link"
	"example.dk/spark/internal/login"
	"example.dk/spark/internal/trace"
)

// settings are what a production process starts with.
type settings struct {
	config.Config
	links    *link.Keyring
	login    *login.Provider // nil without a login service
	temporal client.Options
	log      *slog.Logger
}

// loadConfig reads the environment for a command and reports every mistake at
// once. Every command's settings come this way.
func loadConfig(command string) (config.Config, error) {
	c, err := config.Load(os.Getenv)
	return c, errors.Join(err, c.Require(command))
}

// loadSettings is loadConfig for a command that serves, with what such
// settings are made into.
func loadSettings(command string) (settings, error) {
	c, err := loadConfig(command)
	s := settings{Config: c, log: logger(c.Log)}
	if keys := c.Links.Keys.Reveal(); keys != "" {
		var bad error
		s.links, bad = link.ParseKeyring(keys)
		err = errors.Join(err, bad)
	}
	provider, bad := newLogin(c)
	s.login = provider
	err = errors.Join(err, bad)
	options, bad := envconfig.LoadDefaultClientOptions()
	if bad != nil {
		bad = fmt.Errorf("TEMPORAL_*: the settings or the profile cannot be read: %w", bad)
	}
	s.temporal = options
	return s, errors.Join(err, bad)
}

func logger(c config.Log) *slog.Logger {
	options := &slog.HandlerOptions{Level: c.Level}
	if c.Format == "json" {
		return slog.New(trace.Logged(slog.NewJSONHandler(os.Stderr, options)))
	}
	return slog.New(trace.Logged(slog.NewTextHandler(os.Stderr, options)))
}

// settingsHelp lists every setting, one a line.
func settingsHelp() string {
	var b strings.Builder
	for _, s := range config.Settings() {
		fmt.Fprintf(&b, "%s: %s", s.Name, s.Meaning)
		if s.Default != "" {
			fmt.Fprintf(&b, " (default %s)", s.Default)
		}
		b.WriteString("\n\n")
	}
	b.WriteString("TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_TLS_*, TEMPORAL_API_KEY, or a TOML profile: where Temporal is, as for Temporal's own tools\n")
	return b.String()
}
