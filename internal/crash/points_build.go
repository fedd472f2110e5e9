package crash

import (
	"fmt"
	"path/filepath"
)

// impatience shortens how long the product waits for a process that is gone,
// as the days are shortened: the same is done, sooner. Production waits longer
// because there a process may only be slow.
var impatience = []change{
	{"workflows/policies.go", "InitialInterval:    5 * time.Second,", "InitialInterval: 200 * time.Millisecond,"},
	{"workflows/policies.go", "StartToCloseTimeout: 30 * time.Second,", "StartToCloseTimeout: 5 * time.Second,"},
	{"activities/heartbeat.go", "HeartbeatTimeout = time.Minute", "HeartbeatTimeout = 4 * time.Second"},
	{"activities/heartbeat.go", "HeartbeatInterval = 10 * time.Second", "HeartbeatInterval = time.Second"},
	{"workflows/client.go", "TaskQueue:                TaskQueue,", "TaskQueue: TaskQueue, WorkflowTaskTimeout: 3 * time.Second,"},
	{"workflows/worker.go", "MaxConcurrentActivityExecutionSize: atOnce,", "MaxConcurrentActivityExecutionSize: atOnce, StickyScheduleToStartTimeout: time.Second,"},
	{"activities/post.go", "postEvery = 2 * time.Second", "postEvery = 200 * time.Millisecond"},
	{"internal/store/application_drafts.go", "draftAttempt = 15 * time.Minute", "draftAttempt = 3 * time.Second"},
	{"internal/config/oidc.go", "d < 5*time.Minute:", "d < time.Second:"},
	{"workflows/relay.go", "sweepEvery     = 2 * time.Second", "sweepEvery = time.Second"},
	{"workflows/relay.go", "sweepUnrelayed = 3 * time.Second", "sweepUnrelayed = time.Second"},
}

// buildDying builds the product at root with its crash points.
func buildDying(root, dir string) (binary string, err error) {
	texts, err := fit(root, impatience)
	if err != nil {
		return "", fmt.Errorf("the product cannot be made impatient any more: %w", err)
	}
	binary = filepath.Join(dir, "spark")
	if err := build(root, dir, binary, texts, "-tags", "crashpoints"); err != nil {
		return "", fmt.Errorf("the product does not build with its crash points: %w", err)
	}
	return binary, nil
}
