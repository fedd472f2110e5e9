package crash

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
)

// death is a place at which a process dies: the n-th hit of a point.
type death struct {
	process, point string
	n              int
}

func (d death) String() string { return fmt.Sprintf("%s at hit %d of %q", d.process, d.n, d.point) }

// doom is what the processes of a lane are to die of, each death once: whoever
// has died comes back with those that are left. Its zero value dooms nobody.
type doom struct {
	mu     sync.Mutex
	dir    string // where processes write what they pass; "" for nowhere
	deaths []death
	died   []death
}

// begins sets what the processes are to die of when they start next, and
// returns what they have not died of since the last time.
func (d *doom) begins(deaths []death) (left []death) {
	d.mu.Lock()
	defer d.mu.Unlock()
	left = d.deaths
	d.deaths, d.died = slices.Clone(deaths), nil
	return left
}

// passes is the file that a process writes the points to.
func (d *doom) passes(process string) string { return filepath.Join(d.dir, process+".points") }

// settings are those of a process that starts.
func (d *doom) settings(process string) []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.dir == "" {
		return nil
	}
	d.buries(process)
	var left []string
	for _, death := range d.deaths {
		if death.process == process {
			left = append(left, fmt.Sprintf("%s:%d", death.point, death.n))
		}
	}
	return []string{"SPARK_CRASH_LOG=" + d.passes(process), "SPARK_CRASH_AT=" + strings.Join(left, ";")}
}

// buries notes what a process has died of, if of anything: the last point that
// it passed.
func (d *doom) buries(process string) {
	text, _ := os.ReadFile(d.passes(process))
	lines := strings.Split(strings.TrimSpace(string(text)), "\n")
	_ = os.Remove(d.passes(process))
	i := slices.IndexFunc(d.deaths, func(one death) bool { return one.process == process && one.point == lines[len(lines)-1] })
	if i < 0 {
		return
	}
	d.died = append(d.died, d.deaths[i])
	d.deaths = slices.Delete(d.deaths, i, i+1)
}

// ended are the deaths that were died, in order.
func (d *doom) ended() []death {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.died)
}
