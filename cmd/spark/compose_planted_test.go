package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

func TestPlantedComposeMistakesAreFound(t *testing.T) {
	file := readCheckout(t, "docker-compose.yml")
	for _, c := range []struct{ old, planted, want string }{
		// what the Compose specification refuses
		{"    restart: unless-stopped", "    restarts: unless-stopped", "services.proxy.restarts"},
		{"mailpit: { condition: service_healthy }", "mail: { condition: service_healthy }", `depends on undefined service "mail"`},
		{"source: caddyfile", "source: nothing", "refers to undefined config nothing"},
		{"networks: [front]", "networks: [back]", "refers to undefined network back"},
		{"condition: service_healthy", "condition: service_well", "value must be one of"},

		// what the program does not read, lacks or cannot use
		{"  SPARK_CONTACT_PHONE:", "  SPARK_CONTACT_TELEPHONE:", "api is given SPARK_CONTACT_TELEPHONE, which spark api does not read"},
		{"  SPARK_CONTACT_PHONE:", "  SPARK_CONTACT_TELEPHONE:", "SPARK_CONTACT_PHONE: not set, and spark worker needs it"},
		{"  SPARK_MAIL_FROM: SPARK <spark@example.dk>\n", "", "worker does not start: SPARK_MAIL_FROM: not set"},
		{"SPARK_BASE_URL: http://localhost:8080", "SPARK_BASE_URL: http://spark.example.dk", `"http://spark.example.dk" is not encrypted`},
		{"  SPARK_LINK_KEYS_FILE: /run/spark/link.keys", "  SPARK_LINK_KEYS: development", "worker does not start: SPARK_LINK_KEYS: entry 1 has no key id"},
		{"smtp://mailpit:1025", "smtp://mailpit:1025?tls=none", "turns TLS off for a server that is not this machine"},
		{"SPARK_OIDC_ISSUER: https:", "SPARK_OIDC_ISSUER: http:", "is not encrypted; use https"},
		{"  TEMPORAL_NAMESPACE: spark\n", "  TEMPORAL_NAMESPACES: spark\n", "worker is given TEMPORAL_NAMESPACES, which spark worker does not read"},
		{"  TEMPORAL_ADDRESS: temporal:7233\n  TEMPORAL_N", "  TEMPORAL_N", "api is not told where Temporal is"},
		{"      SPARK_DATABASE_URL: postgres://spark_owner", "      SPARK_DATABASE_URL_FILE: postgres://spark_owner", "migrate does not start: SPARK_DATABASE_URL: cannot read the file"},
		{"SPARK_SMTP_URL: smtp", "SSL_CERT_FILES: x\n      SPARK_SMTP_URL: smtp", "worker is given SSL_CERT_FILES"},
		{"SPARK_DATABASE_URL: postgres://spark_owner", "DATABASE_URL: postgres://spark_owner", "migrate is given DATABASE_URL, which spark migrate does not read"},
		{"SPARK_DATABASE_URL: postgres://spark_owner", "DATABASE_URL: postgres://spark_owner", "migrate does not start: SPARK_DATABASE_URL: not set"},
		{"command: [api]", "command: [serve]", `api does not run: unexpected argument serve`},
		{"command: [migrate]", "command: [migrate, up]", "migrate does not run: unexpected argument up"},

		// what is not there when it is needed
		{"      <<: *health\n      test: [CMD, /mailpit, readyz]", "      disable: true", "worker waits for mailpit, which has no health check"},
		{"migrate: { condition: service_completed_successfully }", "migrate: { condition: service_started }", "api waits for migrate, which need not be ready then"},
		{"    command: [migrate]", "    command: [migrate]\n    restart: always", "api waits for migrate, which never ends"},
		{"test: [CMD, /spark, ready]", "test: [CMD, curl, -f, 'http://127.0.0.1:9090/readyz']", "api has no health check that its image can run"},
		{"test: [CMD, /spark, ready]", "test: [CMD-SHELL, /spark ready]", "api has no health check that its image can run"},
		{"test: [CMD, /spark, ready]", "test: [CMD, /spark, --help]", "api's health check does not ask whether it is ready"},
		{"aliases: [login.localhost]", "aliases: [login]", "api is told of login.localhost by SPARK_OIDC_ISSUER, and cannot reach it"},
		{"@postgres:5432/spark", "@database:5432/spark", "api is told of database by SPARK_DATABASE_URL, and cannot reach it"},
		{"SQL_HOST: postgres", "SQL_HOST: database", "temporal-schema is told of database by SQL_HOST"},
		{"networks: [front, default]", "networks: [front]", "api is told of temporal by TEMPORAL_ADDRESS"},

		// what others could reach, or what changes under us
		{"127.0.0.1:8080:8080", "8080:8080", "proxy publishes port 8080 beyond this machine"},
		{"127.0.0.1:8025:8025", "0.0.0.0:8025:8025", "mailpit publishes port 8025 beyond this machine"},
		{"    command: [api]", "    command: [api]\n    ports: ['127.0.0.1:9090:9090']", "api publishes port 9090, which two cannot share and operations must not"},
		{"image: caddy:2.11.4-alpine", "image: caddy:latest", "proxy has an image without a version: caddy:latest"},
		{"image: caddy:2.11.4-alpine", "image: caddy", "proxy has an image without a version: caddy"},
		{"temporalio/server:1.32.1", "temporalio/auto-setup:1.29.7", "temporal has the image that Temporal has given up"},
		{"temporalio/server:1.32.1", "temporalio/server:1.31.0", "Temporal is not of the version that cmd/devserver embeds"},
		{"temporalio/ui:2.54.1", "temporalio/ui:2.34.0", "Temporal is not of the version that cmd/devserver embeds"},
		{"    networks: [front, default]\n    deploy: { replicas: 2 }", "    networks: [front, default]", "api does not run twice"},

		// what must agree
		{"subnet: 10.83.80.0/28", "subnet: 10.83.81.0/28", "the apis do not trust the network that the proxy asks on"},
		{"SPARK_TRUSTED_PROXIES: 10.83.80.0/28", "SPARK_TRUSTED_PROXIES: 10.0.0.0/8", "or trust more"},
		{"dynamic a api 8080", "dynamic a api 9090", "the proxy does not ask where the apis listen"},
		{"DNS:login.localhost,DNS:mailpit", "DNS:login.localhost", "the certificate does not name the hosts"},
		{"environment: *temporal", "environment: { <<: *temporal, TEMPORAL_NAMESPACE: default }", "the namespace that is made is not the one that is used"},
		{"--name SparkNext --type Datetime", "--name SparkNext --type Keyword", "the search attributes that are made are not those of workflows/names.go"},
		{"SPARK_TEMPORAL_UI: http://localhost:8233", "SPARK_TEMPORAL_UI: http://localhost:8080", "the apis lead elsewhere than to Temporal's pages"},
		{"127.0.0.1:8233:8080", "127.0.0.1:8234:8080", "the apis lead elsewhere than to Temporal's pages"},
		{"issuer: https://login.localhost:8081", "issuer: https://login.localhost", "the login goes by another name"},
		{"id: spark\n", "id: sparks\n", "the login does not know the apis"},
		{"http://localhost:8080/login/svar", "http://localhost:8080/login", "the login does not know the apis, or where they want people sent back"},
		{"      SPARK_OIDC_CLIENT_SECRET: ${SPARK_OIDC_CLIENT_SECRET:-development}\n    configs", "      SPARK_OIDC_CLIENT_SECRET: other\n    configs", "different passwords"},
		{"SPARK_OIDC_SCOPES: groups", "SPARK_OIDC_SCOPES: roles", "the apis do not ask for the groups"},
		{"SPARK_OIDC_ROLE_CLAIM: groups", "SPARK_OIDC_ROLE_CLAIM: roles", "or do not look there for the role"},

		// who watches
		{"names: [worker], type: A, port: 9090", "names: [worker], type: A, port: 9091", "Prometheus does not ask every process where it tells"},
		{"names: [worker]", "names: [api]", "Prometheus does not ask every process where it tells"},
		{"SPARK_OPS_LISTEN: \":9090\"", "SPARK_OPS_LISTEN: 127.0.0.1:9090", "Prometheus does not ask every process where it tells"},
		{"source: alerts, target: /etc/prometheus/alerts.yml", "source: alerts, target: /etc/alerts.yml", "Prometheus does not read deploy/alerts.yml"},
		{"file: ./deploy/alerts.yml", "file: ./deploy/dashboard.json", "Prometheus does not read deploy/alerts.yml"},
		{"uid: prometheus", "uid: figures", "Grafana's dashboard asks another source than Grafana has"},
		{"http://prometheus:9090\"", "http://figures:9090\"", "Grafana's dashboard asks another source than Grafana has"},
		{"path: /etc/spark }", "path: /etc/grafana }", "Grafana does not show deploy/dashboard.json"},
		{"PATH: /etc/spark/dashboard.json", "PATH: /etc/spark/home.json", "Grafana does not show deploy/dashboard.json"},
		{"127.0.0.1:3000:3000", "3000:3000", "grafana publishes port 3000 beyond this machine"},
		{"groups: [reader]", "groups: [readers]", "the login does not have one person for each role"},
	} {
		t.Run(c.want, func(t *testing.T) {
			require.Contains(t, file, c.old)
			planted, err := compose(t, strings.Replace(file, c.old, c.planted, 1))
			if err != nil {
				require.ErrorContains(t, err, c.want)
				return
			}
			require.Contains(t, strings.Join(planted.mistakes(), "\n"), c.want)
		})
	}
}
