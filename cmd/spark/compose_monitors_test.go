package main

import (
	"encoding/json"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strconv"

	"github.com/compose-spec/compose-go/v2/types"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// mistakesOfMonitors are those of Prometheus and Grafana.
func (c composed) mistakesOfMonitors() (found []string) {
	if !slices.Equal(c.scraped(), []string{"api:9090", "worker:9090"}) || c.env("api", "SPARK_OPS_LISTEN") != ":9090" || c.env("worker", "SPARK_OPS_LISTEN") != ":9090" {
		found = append(found, "Prometheus does not ask every process where it tells")
	}
	if !slices.Contains(c.prometheus().RuleFiles, c.target("prometheus", "deploy/alerts.yml")) {
		found = append(found, "Prometheus does not read deploy/alerts.yml")
	}
	if !c.sourceIsThere() {
		found = append(found, "Grafana's dashboard asks another source than Grafana has")
	}
	if at := c.target("grafana", "deploy/dashboard.json"); at == "" || at != c.env("grafana", "GF_DASHBOARDS_DEFAULT_HOME_DASHBOARD_PATH") || path.Dir(at) != c.shown() {
		found = append(found, "Grafana does not show deploy/dashboard.json")
	}
	return found
}

// prometheusFile is what of Prometheus' settings must agree with ours.
type prometheusFile struct {
	RuleFiles     []string `yaml:"rule_files"`
	ScrapeConfigs []struct {
		DNS []struct {
			Names []string `yaml:"names"`
			Port  int      `yaml:"port"`
		} `yaml:"dns_sd_configs"`
	} `yaml:"scrape_configs"`
}

func (c composed) prometheus() (file prometheusFile) {
	require.NoError(c.t, yaml.Unmarshal([]byte(c.Configs["prometheus"].Content), &file))
	return file
}

// scraped are the services that Prometheus asks and reaches, with their ports.
func (c composed) scraped() (list []string) {
	for _, job := range c.prometheus().ScrapeConfigs {
		for _, dns := range job.DNS {
			for _, name := range dns.Names {
				if c.reaches(c.Services["prometheus"], name) {
					list = append(list, name+":"+strconv.Itoa(dns.Port))
				}
			}
		}
	}
	return list
}

// target is where a service has a file of the checkout, or "".
func (c composed) target(service, file string) string {
	for _, mount := range c.Services[service].Configs {
		if c.Configs[mount.Source].File == filepath.Join(c.root, file) {
			return mount.Target
		}
	}
	return ""
}

// sourceIsThere: the dashboard's panels name a source by uid, and Grafana
// reaches that one.
func (c composed) sourceIsThere() bool {
	var given struct {
		Datasources []struct {
			UID string `yaml:"uid"`
			URL string `yaml:"url"`
		} `yaml:"datasources"`
	}
	require.NoError(c.t, yaml.Unmarshal([]byte(c.Configs["datasource"].Content), &given))
	var dashboard struct {
		Panels []struct {
			Datasource struct {
				UID string `json:"uid"`
			} `json:"datasource"`
		} `json:"panels"`
	}
	require.NoError(c.t, json.Unmarshal([]byte(readCheckout(c.t, "deploy", "dashboard.json")), &dashboard))
	for _, panel := range dashboard.Panels {
		if len(given.Datasources) != 1 || panel.Datasource.UID != given.Datasources[0].UID {
			return false
		}
	}
	address, err := url.Parse(given.Datasources[0].URL)
	return err == nil && c.reaches(c.Services["grafana"], address.Hostname()) && listens(c.Services[address.Hostname()], address.Port())
}

// listens tells whether a service has a port that it also publishes.
func listens(service types.ServiceConfig, port string) bool {
	return slices.ContainsFunc(service.Ports, func(p types.ServicePortConfig) bool { return strconv.Itoa(int(p.Target)) == port })
}

// shown is where Grafana looks for dashboards.
func (c composed) shown() string {
	var file struct {
		Providers []struct {
			Options struct {
				Path string `yaml:"path"`
			} `yaml:"options"`
		} `yaml:"providers"`
	}
	require.NoError(c.t, yaml.Unmarshal([]byte(c.Configs["dashboards"].Content), &file))
	require.Len(c.t, file.Providers, 1)
	return file.Providers[0].Options.Path
}
