package workflows

import (
	"go.temporal.io/sdk/workflow"

	"example.dk/spark/internal/forloeb"
)

// listen opens the channel of every signal. What a signal carries is not
// read: it says that something has happened, and the row says what.
func (f *course) listen(ctx workflow.Context) {
	for _, name := range forloeb.ActNames {
		f.signals = append(f.signals, workflow.GetSignalChannel(ctx, string(name)))
	}
}

// heard reports whether anything has happened since the last look. The
// channels are asked directly, so that not even a signal that came with the
// last result can be overlooked when the run ends.
func (f *course) heard() bool {
	for _, signal := range f.signals {
		if signal.Len() > 0 {
			return true
		}
	}
	return f.woken
}

// hush forgets what has been heard, before the facts are read again. News
// begins a new wake-up.
func (f *course) hush() {
	if f.heard() {
		f.settled, f.steps = never, 0
	}
	for _, signal := range f.signals {
		for signal.Len() > 0 {
			signal.ReceiveAsync(nil)
		}
	}
	f.woken = false
}
