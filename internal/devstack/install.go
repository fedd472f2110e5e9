package devstack

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strings"
)

// tool is a program that must be on the machine.
type tool struct {
	name    string        // as people call it
	find    func() string // its path, or empty
	debian  string        // its package there
	setting string        // what spares one from installing it; may be empty
}

// require finds the tool. On Debian as root it installs what is missing; elsewhere one sentence says what to do.
func (t tool) require(ctx context.Context, log io.Writer) (string, error) {
	if path := t.find(); path != "" {
		return path, nil
	}
	if !canInstall() {
		return "", t.missing()
	}
	say(log, "%s is missing: installing Debian's package %s", t.name, t.debian)
	if err := aptInstall(ctx, t.debian); err != nil {
		return "", fmt.Errorf("%s could not be installed: run apt-get install %s yourself to see why: %w", t.name, t.debian, err)
	}
	if path := t.find(); path != "" {
		return path, nil
	}
	return "", t.missing()
}

func (t tool) missing() error {
	instead := ""
	if t.setting != "" {
		instead = ", or set " + t.setting
	}
	return fmt.Errorf("%s is missing: install it (on Debian: apt-get install %s)%s", t.name, t.debian, instead)
}

func canInstall() bool {
	if os.Geteuid() != 0 {
		return false
	}
	if _, err := os.Stat("/etc/debian_version"); err != nil {
		return false
	}
	_, err := exec.LookPath("apt-get")
	return err == nil
}

func aptInstall(ctx context.Context, pkg string) error {
	// Another apt-get may be at work on a machine that has just started.
	wait := []string{"-q", "-o", "DPkg::Lock::Timeout=300"}
	for _, args := range [][]string{
		append(wait, "update"),
		append(wait, "install", "--yes", "--no-install-recommends", pkg),
	} {
		cmd := exec.CommandContext(ctx, "apt-get", args...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := cmd.CombinedOutput(); err != nil {
			return errors.New(lastLine(string(out)))
		}
	}
	return nil
}

func lastLine(s string) string {
	lines := strings.Split(strings.TrimSpace(s), "\n")
	return lines[len(lines)-1]
}

// Chromium returns the path of the browser that the page tests drive, installing it where it can.
func Chromium(ctx context.Context, log io.Writer) (string, error) {
	return tool{name: "Chromium", find: findChromium, debian: "chromium"}.require(ctx, log)
}

func findChromium() string {
	for _, name := range []string{
		"chromium", "chromium-browser", "google-chrome",
		"/Applications/Chromium.app/Contents/MacOS/Chromium",
		"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
	} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}
