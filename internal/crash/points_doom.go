package crash

import (
	"fmt"
	"maps"
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
	mu   sync.Mutex
	dir  string // where processes write what they pass; "" for nowhere
	left []ahead
	died []death
}

// ahead is a death to come. Hits are counted from the beginning of the run, and
// a process counts from its own.
type ahead struct {
	death
	hits int // that are left until then
}

// begins sets what the processes are to die of when they start next, and
// returns what they have not died of since the last time.
func (d *doom) begins(deaths []death) (left []death) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, a := range d.left {
		left = append(left, a.death)
	}
	d.left, d.died = nil, nil
	for _, one := range deaths {
		d.left = append(d.left, ahead{one, one.n})
	}
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
	next := map[string]int{} // of the deaths at one point the first
	for _, a := range d.left {
		if before, other := next[a.point]; a.process == process && (!other || a.hits < before) {
			next[a.point] = a.hits
		}
	}
	var list []string
	for _, point := range slices.Sorted(maps.Keys(next)) {
		list = append(list, fmt.Sprintf("%s:%d", point, next[point]))
	}
	return []string{"SPARK_CRASH_LOG=" + d.passes(process), "SPARK_CRASH_AT=" + strings.Join(list, ";")}
}

// buries notes what a process has passed, and what it has died of, if of
// anything: the hit that was the last before.
func (d *doom) buries(process string) {
	text, _ := os.ReadFile(d.passes(process))
	_ = os.Remove(d.passes(process))
	for point := range strings.Lines(string(text)) {
		point = strings.TrimSpace(point)
		for i := range d.left {
			if a := &d.left[i]; a.process == process && a.point == point {
				a.hits--
			}
		}
	}
	d.left = slices.DeleteFunc(d.left, func(a ahead) bool {
		if a.hits <= 0 {
			d.died = append(d.died, a.death)
		}
		return a.hits <= 0
	})
}

// ended are the deaths that were died, in order.
func (d *doom) ended() []death {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.died)
}
