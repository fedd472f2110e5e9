package devstack

import (
	"fmt"
	"math/rand/v2"
	"net"
	"strconv"
	"sync"
)

const loopback = "127.0.0.1"

// Ports that no system hands to outgoing connections by itself (Linux does from 32768 on, others from 49152). One of
// those could be taken by any connection before a server that is told its port has come so far as to listen on it.
const (
	firstFree = 20000
	lastFree  = 32767
)

// given are the ports that Free has named in this process: none is named twice.
var given sync.Map

// Free returns a port on loopback that nobody listens on at this moment, another one each time.
//
// Another program may take it before it is used, so whoever chooses a server's port should be ready to try another.
func Free() (int, error) {
	for range 1000 {
		port := firstFree + rand.IntN(lastFree-firstFree+1)
		if _, before := given.LoadOrStore(port, true); before {
			continue
		}
		if l, err := net.Listen("tcp", address(port)); err == nil {
			return port, l.Close()
		}
	}
	return 0, fmt.Errorf("there is no free port on %s between %d and %d", loopback, firstFree, lastFree)
}

// Check returns an error when addr cannot be listened on. The error names the port, what it was meant for, and the
// setting that moves it: Check("product", "SPARK_LISTEN", "127.0.0.1:8080").
func Check(name, setting, addr string) error {
	l, err := net.Listen("tcp", addr)
	if err == nil {
		return l.Close()
	}
	_, port, splitErr := net.SplitHostPort(addr)
	if splitErr != nil {
		return fmt.Errorf("%q is no address for %s: set %s to host:port", addr, name, setting)
	}
	return fmt.Errorf("port %s (%s) is taken: stop the program that uses it or set %s", port, name, setting)
}

func address(port int) string { return net.JoinHostPort(loopback, strconv.Itoa(port)) }

// choosePort gives the wanted port when it is free, and any free one for 0.
func choosePort(wanted int, name, setting string) (int, error) {
	if wanted == 0 {
		return Free()
	}
	if setting == "" {
		setting = "another port"
	}
	return wanted, Check(name, setting, address(wanted))
}
