package main

import (
	"fmt"
	"maps"
	"net"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"

	"example.dk/spark/api"
	"example.dk/spark/internal/forloeb"
)

// mistakesOfAny is what may go wrong with any service, whoever wrote it.
func (c composed) mistakesOfAny(service types.ServiceConfig) (found []string) {
	say := func(format string, args ...any) { found = append(found, service.Name+fmt.Sprintf(format, args...)) }
	if service.Build == nil && !pinned.MatchString(service.Image) {
		say(" has an image without a version: %s", service.Image)
	}
	if strings.Contains(service.Image, "auto-setup") {
		say(" has the image that Temporal has given up")
	}
	for _, port := range service.Ports {
		if port.HostIP != "127.0.0.1" {
			say(" publishes port %s beyond this machine", port.Published)
		}
	}
	for name, how := range service.DependsOn {
		if why := unmet(c.Services[name], how.Condition); why != "" {
			say(" waits for %s, which %s", name, why)
		}
	}
	for name, value := range service.Environment {
		if host := hostIn(name, value); host != "" && !c.reaches(service, host) {
			say(" is told of %s by %s, and cannot reach it", host, name)
		}
	}
	return found
}

// pinned is an image with a version: a tag that says more than »the newest«.
var pinned = regexp.MustCompile(`^[a-z0-9./-]+:v?[0-9]+\.[0-9]+[a-z0-9.-]*$`)

// unmet says why a condition never comes true, or "".
func unmet(service types.ServiceConfig, condition string) string {
	checked := service.HealthCheck != nil && !service.HealthCheck.Disable && len(service.HealthCheck.Test) > 0
	ends := service.Restart == "" || service.Restart == "no"
	switch {
	case condition == types.ServiceConditionHealthy && !checked:
		return "has no health check"
	case condition == types.ServiceConditionCompletedSuccessfully && !ends:
		return "never ends"
	case condition == types.ServiceConditionStarted:
		return "need not be ready then: say service_healthy or service_completed_successfully"
	}
	return ""
}

// naming are the variables that name another service.
var naming = []string{"SPARK_DATABASE_URL", "SPARK_SMTP_URL", "SPARK_OIDC_ISSUER", "TEMPORAL_ADDRESS", "SQL_HOST", "POSTGRES_SEEDS"}

// hostIn is the host that a variable names, or "".
func hostIn(name string, value *string) string {
	if value == nil || !slices.Contains(naming, name) {
		return ""
	}
	if address, err := url.Parse(*value); err == nil && address.Host != "" {
		return address.Hostname()
	}
	if host, _, err := net.SplitHostPort(*value); err == nil {
		return host
	}
	return *value
}

// reaches tells whether a service finds another by a name: they must share a
// network on which the other has it.
func (c composed) reaches(from types.ServiceConfig, host string) bool {
	for _, to := range c.Services {
		for network, at := range to.Networks {
			_, shared := from.Networks[network]
			known := to.Name == host || at != nil && slices.Contains(at.Aliases, host)
			if shared && known {
				return true
			}
		}
	}
	return false
}

// mistakesBetween are those that no service makes alone.
func (c composed) mistakesBetween() (found []string) {
	rules := []struct {
		broken func() bool
		what   string
	}{
		{c.proxyIsNotTrusted, "the apis do not trust the network that the proxy asks on, or trust more"},
		{c.proxyAsksElsewhere, "the proxy does not ask where the apis listen"},
		{c.certificateIsForOthers, "the certificate does not name the hosts that are asked for it"},
		{c.namespaceDiffers, "the namespace that is made is not the one that is used"},
		{c.attributesDiffer, "the search attributes that are made are not those of workflows/names.go"},
		{c.temporalPagesElsewhere, "the apis lead elsewhere than to Temporal's pages"},
		{c.temporalDiffers, "Temporal is not of the version that cmd/devserver embeds"},
	}
	for _, rule := range rules {
		if rule.broken() {
			found = append(found, rule.what)
		}
	}
	return append(append(found, c.mistakesOfLogin()...), c.mistakesOfMonitors()...)
}

func (c composed) env(service, name string) string {
	if value := c.Services[service].Environment[name]; value != nil {
		return *value
	}
	return ""
}

func (c composed) proxyIsNotTrusted() bool {
	proxy := c.Services["proxy"]
	if len(proxy.Networks) != 1 {
		return true
	}
	pools := c.Networks[slices.Collect(maps.Keys(proxy.Networks))[0]].Ipam.Config
	return len(pools) != 1 || c.env("api", "SPARK_TRUSTED_PROXIES") != pools[0].Subnet
}

var upstream = regexp.MustCompile(`dynamic a (\S+) (\d+) \{`)

func (c composed) proxyAsksElsewhere() bool {
	asks := upstream.FindStringSubmatch(c.Configs["caddyfile"].Content)
	return asks == nil || !c.reaches(c.Services["proxy"], asks[1]) || c.env(asks[1], "SPARK_LISTEN") != ":"+asks[2]
}

func (c composed) certificateIsForOthers() bool {
	for service, name := range map[string]string{"api": "SPARK_OIDC_ISSUER", "worker": "SPARK_SMTP_URL"} {
		value := c.env(service, name)
		if !regexp.MustCompile(`DNS:` + regexp.QuoteMeta(hostIn(name, &value)) + `\b`).MatchString(c.Configs["certificate"].Content) {
			return true
		}
	}
	return false
}

func (c composed) namespaceDiffers() bool {
	made := c.env("temporal-namespace", "TEMPORAL_NAMESPACE")
	return made == "" || made != c.env("api", "TEMPORAL_NAMESPACE") || made != c.env("worker", "TEMPORAL_NAMESPACE")
}

var (
	declaredAttribute = regexp.MustCompile(`NewSearchAttributeKey(\w+)\("(\w+)"\)`)
	createdAttribute  = regexp.MustCompile(`--name (\w+) --type (\w+)`)
)

func (c composed) attributesDiffer() bool {
	var declared, created []string
	for _, found := range declaredAttribute.FindAllStringSubmatch(readCheckout(c.t, "workflows", "names.go"), -1) {
		kind := strings.Replace(found[1], "Time", "Datetime", 1)
		declared = append(declared, found[2]+" "+kind)
	}
	require.NotEmpty(c.t, declared)
	for _, found := range createdAttribute.FindAllStringSubmatch(strings.Join(c.Services["temporal-namespace"].Command, " "), -1) {
		created = append(created, found[1]+" "+found[2])
	}
	return !slices.Equal(declared, created)
}

func (c composed) temporalPagesElsewhere() bool {
	ports := c.Services["temporal-ui"].Ports
	return len(ports) != 1 || c.env("api", "SPARK_TEMPORAL_UI") != "http://localhost:"+ports[0].Published
}

func (c composed) temporalDiffers() bool {
	embedded := readCheckout(c.t, "cmd", "devserver", "go.mod")
	for service, module := range map[string]string{
		"temporal": "go.temporal.io/server", "temporal-schema": "go.temporal.io/server", "temporal-namespace": "go.temporal.io/server",
		"temporal-ui": "github.com/temporalio/ui-server/v2",
	} {
		_, version, _ := strings.Cut(c.Services[service].Image, ":")
		if version == "" || !strings.Contains(embedded, "\t"+module+" v"+version+"\n") {
			return true
		}
	}
	return false
}

// provider is what of the login provider's settings must agree with ours.
type provider struct {
	Issuer        string `yaml:"issuer"`
	StaticClients []struct {
		ID           string   `yaml:"id"`
		RedirectURIs []string `yaml:"redirectURIs"`
	} `yaml:"staticClients"`
	StaticPasswords []struct {
		Email  string   `yaml:"email"`
		Groups []string `yaml:"groups"`
	} `yaml:"staticPasswords"`
}

func (c composed) mistakesOfLogin() (found []string) {
	var p provider
	if err := yaml.Unmarshal([]byte(c.Configs["login"].Content), &p); err != nil {
		return []string{"the login cannot be read: " + err.Error()}
	}
	if p.Issuer == "" || p.Issuer != c.env("api", "SPARK_OIDC_ISSUER") {
		found = append(found, "the login goes by another name than the apis know it by")
	}
	client := c.env("api", "SPARK_OIDC_CLIENT_ID")
	back := c.env("api", "SPARK_BASE_URL") + api.LoginAnswerPath
	if len(p.StaticClients) != 1 || p.StaticClients[0].ID != client || !slices.Equal(p.StaticClients[0].RedirectURIs, []string{back}) {
		found = append(found, "the login does not know the apis, or where they want people sent back")
	}
	if c.env("login", "SPARK_OIDC_CLIENT_SECRET") != c.env("api", "SPARK_OIDC_CLIENT_SECRET") {
		found = append(found, "the login and the apis have different passwords")
	}
	if c.env("api", "SPARK_OIDC_SCOPES") != "groups" || c.env("api", "SPARK_OIDC_ROLE_CLAIM") != "groups" {
		found = append(found, "the apis do not ask for the groups, or do not look there for the role")
	}
	var roles []forloeb.StaffRole
	for _, person := range p.StaticPasswords {
		for _, group := range person.Groups {
			access, _ := forloeb.ParseAccess(group)
			roles = append(roles, access.Role)
		}
	}
	if slices.Sort(roles); !slices.Equal(roles, slices.Sorted(slices.Values(forloeb.StaffRoles))) {
		found = append(found, "the login does not have one person for each role")
	}
	return found
}
