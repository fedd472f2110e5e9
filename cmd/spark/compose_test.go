package main

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
	"github.com/compose-spec/compose-go/v2/loader"
	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/require"
	"go.temporal.io/sdk/contrib/envconfig"

	"example.dk/spark/internal/config"
	"example.dk/spark/internal/devstack"
	"example.dk/spark/internal/link"
)

// There is no Docker here to try docker-compose.yml with. So it is read as
// Docker Compose reads it, and what it says is held against the program and
// against itself. composed is what was read.
type composed struct {
	*types.Project
	t    *testing.T
	root string // the checkout
}

// compose reads a compose file as Compose does when nobody has set anything.
func compose(t *testing.T, content string) (composed, error) {
	t.Helper()
	root := checkoutRoot(t)
	project, err := loader.LoadWithContext(t.Context(), types.ConfigDetails{
		WorkingDir:  root,
		ConfigFiles: []types.ConfigFile{{Filename: filepath.Join(root, "docker-compose.yml"), Content: []byte(content)}},
		Environment: types.Mapping{},
	})
	return composed{project, t, root}, err
}

func checkoutRoot(t *testing.T) string {
	t.Helper()
	root, err := devstack.Checkout()
	require.NoError(t, err)
	return root
}

func readCheckout(t *testing.T, path ...string) string {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(append([]string{checkoutRoot(t)}, path...)...))
	require.NoError(t, err)
	return string(content)
}

func TestComposeFile(t *testing.T) {
	c, err := compose(t, readCheckout(t, "docker-compose.yml"))
	require.NoError(t, err)
	require.Empty(t, c.mistakes())
	require.Len(t, c.ours(), 3)
	require.Equal(t, 2, replicas(c.Services["api"]))
	require.Equal(t, 2, replicas(c.Services["worker"]))
}

// mistakes are sentences that say what is wrong with the file.
func (c composed) mistakes() (found []string) {
	for _, service := range c.Services {
		found = append(found, c.mistakesOfAny(service)...)
	}
	for _, service := range c.ours() {
		found = append(found, c.mistakesOfOurs(service)...)
	}
	return append(found, c.mistakesBetween()...)
}

// ours are the services that run this program.
func (c composed) ours() (ours []types.ServiceConfig) {
	for _, name := range slices.Sorted(maps.Keys(c.Services)) {
		if c.Services[name].Build != nil {
			ours = append(ours, c.Services[name])
		}
	}
	return ours
}

// mistakesOfOurs holds a service against the program: is its command one, does
// it read what it is given, and is it given what it needs.
func (c composed) mistakesOfOurs(service types.ServiceConfig) (found []string) {
	c.inEnvironmentOf(service, func() {
		node, err := parseCommand(service.Command)
		if err != nil {
			found = append(found, service.Name+" does not run: "+err.Error())
			return
		}
		serves := slices.Contains(serving, node.Name)
		found = append(found, unread(service, node, serves)...)
		if serves {
			found = append(found, c.mistakesOfServing(service, node.Name)...)
		} else if _, err := loadConfig(node.Name); err != nil {
			found = append(found, service.Name+" does not start: "+err.Error())
		}
	})
	return found
}

// serving are the commands that read their settings with loadSettings; the
// others do with loadConfig.
var serving = []string{"api", "worker"}

func (c composed) mistakesOfServing(service types.ServiceConfig, command string) (found []string) {
	s, err := loadSettings(command)
	if err != nil {
		found = append(found, service.Name+" does not start: "+err.Error())
	}
	if s.temporal.HostPort == "" || s.temporal.Namespace == "" {
		found = append(found, service.Name+" is not told where Temporal is")
	}
	if replicas(service) != 2 {
		found = append(found, service.Name+" does not run twice")
	}
	for _, port := range service.Ports {
		found = append(found, service.Name+" publishes port "+port.Published+", which two cannot share and operations must not")
	}
	return append(found, c.mistakesOfHealthCheck(service)...)
}

func replicas(service types.ServiceConfig) int { return service.GetScale() }

// mistakesOfHealthCheck: the image holds the program and nothing else to ask
// with, and the program asks the operations port it has been told of.
func (c composed) mistakesOfHealthCheck(service types.ServiceConfig) []string {
	binary := readDockerfile(readCheckout(c.t, "cmd", "spark", "Dockerfile")).entrypoint
	check := service.HealthCheck
	if check == nil || len(check.Test) < 3 || check.Test[0] != "CMD" || check.Test[1] != binary {
		return []string{service.Name + " has no health check that its image can run"}
	}
	node, err := parseCommand(types.ShellCommand(check.Test[2:]))
	if err != nil || node.Name != "ready" {
		return []string{service.Name + "'s health check does not ask whether it is ready"}
	}
	return nil
}

// parseCommand finds the command in the environment that there is.
func parseCommand(args []string) (*kong.Node, error) {
	parser, err := kong.New(&commands{}, kong.Name("spark"), kong.NoDefaultHelp())
	if err != nil {
		return nil, err
	}
	parsed, err := parser.Parse(args)
	if err != nil {
		return nil, err
	}
	return parsed.Selected(), nil
}

// inEnvironmentOf runs f as a process of the service would run: with its
// variables, and with none of ours. Files that are made at the first start lie
// elsewhere meanwhile.
func (c composed) inEnvironmentOf(service types.ServiceConfig, f func()) {
	c.t.Run("as "+service.Name, func(t *testing.T) {
		made := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(made, "link.keys"), []byte(link.NewKey("first")+"\n"), 0o600))
		for _, entry := range os.Environ() {
			if name, _, _ := strings.Cut(entry, "="); strings.HasPrefix(name, "SPARK_") || strings.HasPrefix(name, "TEMPORAL_") {
				t.Setenv(name, "") // is put back at the end
				os.Unsetenv(name)
			}
		}
		for name, value := range service.Environment {
			t.Setenv(name, strings.ReplaceAll(*value, "/run/spark/", made+"/"))
		}
		f()
	})
}

// unread names the variables that the program would not read.
func unread(service types.ServiceConfig, node *kong.Node, serves bool) (found []string) {
	read := map[string]bool{"SSL_CERT_FILE": true} // by crypto/x509
	for _, flag := range node.Flags {
		for _, name := range flag.Envs {
			read[name] = true
		}
	}
	_, _ = config.Load(func(name string) string { read[name] = true; return "" })
	if serves {
		_, _ = envconfig.LoadClientOptions(envconfig.LoadClientOptionsRequest{EnvLookup: asked(read)})
	}
	for name := range service.Environment {
		if !read[name] {
			found = append(found, service.Name+" is given "+name+", which spark "+node.Name+" does not read")
		}
	}
	return found
}

// asked remembers which variables were looked up. There are none.
type asked map[string]bool

// Environ implements envconfig.EnvLookup.
func (asked) Environ() []string { return nil }

// LookupEnv implements envconfig.EnvLookup.
func (a asked) LookupEnv(name string) (string, bool) {
	a[name] = true
	return "", false
}
