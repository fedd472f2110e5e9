package main

import (
	"fmt"
	"time"

	"go.temporal.io/server/common/cluster"
	"go.temporal.io/server/common/config"
	"go.temporal.io/server/common/membership/static"
	"go.temporal.io/server/common/primitives"
)

const (
	loopback    = "127.0.0.1"
	clusterName = "active"
)

// newConfig is one cluster whose four services find each other on loopback.
func newConfig(opts options) (*config.Config, error) {
	ports, err := freePorts(4)
	if err != nil {
		return nil, err
	}
	cfg := &config.Config{
		Persistence: opts.persistence(),
		ClusterMetadata: &cluster.Config{
			FailoverVersionIncrement: 10,
			MasterClusterName:        clusterName,
			CurrentClusterName:       clusterName,
			ClusterInformation: map[string]cluster.ClusterInformation{
				clusterName: {Enabled: true, InitialFailoverVersion: 1, RPCAddress: address(opts.Port)},
			},
		},
		DCRedirectionPolicy: config.DCRedirectionPolicy{Policy: "noop"},
		PublicClient:        config.PublicClient{HostPort: address(opts.Port)},
		Services: map[string]config.Service{
			string(primitives.FrontendService): service(opts.Port),
			string(primitives.HistoryService):  service(ports[0]),
			string(primitives.MatchingService): service(ports[1]),
			string(primitives.WorkerService):   service(ports[2]),
		},
	}
	frontend := cfg.Services[string(primitives.FrontendService)]
	frontend.RPC.HTTPPort = ports[3] // callbacks within the server need it
	cfg.Services[string(primitives.FrontendService)] = frontend

	cfg.Global.Membership.MaxJoinDuration = 30 * time.Second
	cfg.Global.Membership.BroadcastAddress = loopback
	disableArchival(cfg)
	return cfg, nil
}

func service(port int) config.Service {
	return config.Service{RPC: config.RPC{GRPCPort: port, BindOnIP: loopback}}
}

func address(port int) string { return fmt.Sprintf("%s:%d", loopback, port) }

func disableArchival(cfg *config.Config) {
	const off = "disabled"
	cfg.Archival.History.State = off
	cfg.Archival.Visibility.State = off
	cfg.NamespaceDefaults.Archival.History.State = off
	cfg.NamespaceDefaults.Archival.Visibility.State = off
}

// staticHosts spares the server its membership protocol: there is one of each service, and we know where.
func staticHosts(cfg *config.Config) map[primitives.ServiceName]static.Hosts {
	hosts := make(map[primitives.ServiceName]static.Hosts)
	for name, s := range cfg.Services {
		hosts[primitives.ServiceName(name)] = static.SingleLocalHost(address(s.RPC.GRPCPort))
	}
	return hosts
}
