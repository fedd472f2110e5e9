package main

import (
	"encoding/json"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	dto "github.com/prometheus/client_model/go"
	"github.com/prometheus/prometheus/promql/parser"
	"github.com/stretchr/testify/require"
	"go.yaml.in/yaml/v3"
)

// alert is one rule of deploy/alerts.yml.
type alert struct {
	Alert       string            `yaml:"alert"`
	Expr        string            `yaml:"expr"`
	For         string            `yaml:"for"`
	Annotations map[string]string `yaml:"annotations"`
}

func alerts(t *testing.T) (list []alert) {
	t.Helper()
	var file struct {
		Groups []struct {
			Name  string  `yaml:"name"`
			Rules []alert `yaml:"rules"`
		} `yaml:"groups"`
	}
	decoder := yaml.NewDecoder(strings.NewReader(readCheckout(t, "deploy", "alerts.yml")))
	decoder.KnownFields(true)
	require.NoError(t, decoder.Decode(&file))
	for _, g := range file.Groups {
		list = append(list, g.Rules...)
	}
	require.NotEmpty(t, list)
	return list
}

// panelQueries are the dashboard's queries, by panel.
func panelQueries(t *testing.T) map[string]string {
	t.Helper()
	var dashboard struct {
		Panels []struct {
			Title   string `json:"title"`
			Targets []struct {
				RefID string `json:"refId"`
				Expr  string `json:"expr"`
			} `json:"targets"`
		} `json:"panels"`
	}
	require.NoError(t, json.Unmarshal([]byte(readCheckout(t, "deploy", "dashboard.json")), &dashboard))
	queries := map[string]string{}
	for _, p := range dashboard.Panels {
		for _, target := range p.Targets {
			queries[p.Title+" "+target.RefID] = target.Expr
		}
	}
	require.NotEmpty(t, queries)
	return queries
}

// unshown says which metrics and labels a query asks for that nobody shows.
func unshown(query string, shown map[string]*dto.MetricFamily) (missing []string, err error) {
	expr, err := parser.NewParser(parser.Options{}).ParseExpr(query)
	if err != nil {
		return nil, err
	}
	parser.Inspect(expr, func(node parser.Node, _ []parser.Node) error {
		selector, is := node.(*parser.VectorSelector)
		if !is {
			return nil
		}
		family := shown[strings.TrimSuffix(selector.Name, "_bucket")]
		if family == nil {
			missing = append(missing, selector.Name)
			return nil
		}
		for _, matcher := range selector.LabelMatchers {
			if matcher.Name != "__name__" && !slices.Contains(labelsOf(family), matcher.Name) {
				missing = append(missing, selector.Name+"{"+matcher.Name+"}")
			}
		}
		return nil
	})
	return missing, nil
}

func labelsOf(family *dto.MetricFamily) []string {
	names := map[string]bool{}
	for _, m := range family.Metric {
		for _, label := range m.Label {
			names[label.GetName()] = true
		}
	}
	return slices.Collect(maps.Keys(names))
}

// A query that asks for what nobody shows is silent for ever: every metric
// and label of the alerts and of the dashboard is one that the program shows.
func (r *running) requireQueriesFind(shown map[string]*dto.MetricFamily) {
	r.t.Helper()
	queries := panelQueries(r.t)
	for _, a := range alerts(r.t) {
		queries[a.Alert] = a.Expr
	}
	for where, query := range queries {
		missing, err := unshown(query, shown)
		require.NoError(r.t, err, where)
		require.Empty(r.t, missing, where)
	}
}

func TestPlantedMistakesInQueriesAreFound(t *testing.T) {
	name, value := "class", "5xx"
	shown := map[string]*dto.MetricFamily{"spark_http_requests_total": {Metric: []*dto.Metric{{Label: []*dto.LabelPair{{Name: &name, Value: &value}}}}}}
	for query, want := range map[string][]string{
		`sum(rate(spark_http_requests_total{class="5xx"}[5m]))`: nil,
		`sum(rate(spark_http_request_total[5m]))`:               {"spark_http_request_total"},
		`spark_http_requests_total{status="5xx"} > 0`:           {"spark_http_requests_total{status}"},
	} {
		missing, err := unshown(query, shown)
		require.NoError(t, err)
		require.Equal(t, want, missing, query)
	}
	_, err := unshown(`sum(rate(spark_http_requests_total[5m])`, shown)
	require.Error(t, err)
}

// Who is woken is told what to do.
func TestEveryAlertSaysWhatToDo(t *testing.T) {
	anchors := map[string]bool{}
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(readCheckout(t, "docs", "operations.md"), -1) {
		anchors[strings.ReplaceAll(regexp.MustCompile(`[^a-z0-9 -]`).ReplaceAllString(strings.ToLower(heading[1]), ""), " ", "-")] = true
	}
	names, led := map[string]bool{}, map[string]bool{}
	for _, a := range alerts(t) {
		require.False(t, names[a.Alert], a.Alert)
		names[a.Alert] = true
		require.NotEmpty(t, a.Annotations["summary"], a.Alert)
		file, anchor, _ := strings.Cut(a.Annotations["runbook"], "#")
		require.Equal(t, "docs/operations.md", file, a.Alert)
		require.True(t, anchors[anchor], "%s leads to %q, which is not there", a.Alert, anchor)
		led[anchor] = true
	}
	for anchor := range anchors {
		if strings.HasPrefix(anchor, "alert-") {
			require.True(t, led[anchor], "no alert leads to %s", anchor)
		}
	}
}
