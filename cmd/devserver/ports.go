package main

import (
	"fmt"
	"math/rand/v2"
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

// Ports that no system hands to outgoing connections by itself: the services listen on theirs one after the other, and
// one that is taken meanwhile ends the process.
const (
	firstFree = 20000
	lastFree  = 32767
)

// freePorts holds all n at once, so that they differ.
func freePorts(n int) ([]int, error) {
	var ports []int
	for range 1000 {
		port := firstFree + rand.IntN(lastFree-firstFree+1)
		l, err := net.Listen("tcp", address(port))
		if err != nil {
			continue
		}
		defer l.Close()
		if ports = append(ports, port); len(ports) == n {
			return ports, nil
		}
	}
	return nil, fmt.Errorf("there are no %d free ports on %s between %d and %d", n, loopback, firstFree, lastFree)
}
