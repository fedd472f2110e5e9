package main

import (
	"fmt"
	"net"
)

// checkPorts finds out before anything starts: a service that cannot listen ends the process without a word about why.
func checkPorts(opts options) error {
	for name, port := range map[string]int{"--port": opts.Port, "--ui-port": opts.UIPort} {
		if port == 0 {
			continue // no UI; a frontend always has a port
		}
		l, err := net.Listen("tcp", address(port))
		if err != nil {
			return fmt.Errorf("port %d is taken: stop the program that uses it or give another %s", port, name)
		}
		l.Close()
	}
	return nil
}

// freePorts holds all n at once, so that they differ.
func freePorts(n int) ([]int, error) {
	ports := make([]int, n)
	for i := range ports {
		l, err := net.Listen("tcp", address(0))
		if err != nil {
			return nil, fmt.Errorf("there is no free port on %s: %w", loopback, err)
		}
		defer l.Close()
		ports[i] = l.Addr().(*net.TCPAddr).Port
	}
	return ports, nil
}
