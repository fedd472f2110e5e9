//go:build crashpoints

package activities

import (
	"os"
	"syscall"
)

// crash kills its own process, once, at the point named by SPARK_CRASH_AT.
// The file SPARK_CRASH_FILE remembers that it has happened, so that the
// process that is started next gets past the point. Only the tests that prove
// that nothing is lost or done twice are built with it.
func crash(point string) {
	if os.Getenv("SPARK_CRASH_AT") != point {
		return
	}
	once, err := os.OpenFile(os.Getenv("SPARK_CRASH_FILE"), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	_ = once.Close()
	_ = syscall.Kill(os.Getpid(), syscall.SIGKILL)
	select {} // the signal is on its way; nothing more may happen
}
