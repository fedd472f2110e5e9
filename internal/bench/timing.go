package bench

import (
	"context"
	"slices"
	"time"
)

// Timing is how long something took, over many runs, in milliseconds.
type Timing struct {
	Runs   int     `json:"runs"`
	Median float64 `json:"median_ms"`
	P99    float64 `json:"p99_ms"`
	Most   float64 `json:"most_ms"`
}

type stopwatch struct{ took []time.Duration }

// time runs it once.
func (w *stopwatch) time(ctx context.Context, run func(context.Context) error) error {
	began := time.Now()
	err := run(ctx)
	w.took = append(w.took, time.Since(began))
	return err
}

func (w *stopwatch) timing() Timing {
	slices.Sort(w.took)
	at := func(share float64) float64 {
		return float64(w.took[min(len(w.took)-1, int(share*float64(len(w.took))))].Microseconds()) / 1000
	}
	return Timing{Runs: len(w.took), Median: at(0.5), P99: at(0.99), Most: at(1)}
}
