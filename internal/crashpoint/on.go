//go:build crashpoints

package crashpoint

import (
	"os"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

var (
	mu   sync.Mutex
	left = map[string]int{} // hits of a point until it is died at
	log  *os.File
)

func init() {
	for order := range strings.SplitSeq(os.Getenv("SPARK_CRASH_AT"), ";") {
		if order == "" {
			continue
		}
		colon := strings.LastIndex(order, ":")
		n, err := strconv.Atoi(order[colon+1:])
		if colon < 0 || err != nil || n < 1 {
			panic("SPARK_CRASH_AT is not name:n")
		}
		left[order[:colon]] = n
	}
	if path := os.Getenv("SPARK_CRASH_LOG"); path != "" {
		var err error
		if log, err = os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600); err != nil {
			panic(err)
		}
	}
}

// Hit kills its own process if it is told to die here, and now. What happens
// at the same time in other goroutines may go on for as long as the signal
// takes to arrive; what comes after the point never happens.
func Hit(at, what string) {
	name := at + ": " + what
	mu.Lock()
	defer mu.Unlock()
	if log != nil {
		_, _ = log.WriteString(name + "\n")
	}
	if left[name]--; left[name] == 0 {
		_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
		select {}
	}
}
