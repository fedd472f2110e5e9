package devstack

import (
	"fmt"
	"net"
	"strconv"
)

const loopback = "127.0.0.1"

// Free returns a port on loopback that nobody listens on at this moment.
//
// Another program may take it before it is used, so whoever starts a server on it must be ready to try another.
func Free() (int, error) {
	l, err := net.Listen("tcp", address(0))
	if err != nil {
		return 0, fmt.Errorf("there is no free port on %s: %w", loopback, err)
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
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
