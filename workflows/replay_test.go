package workflows

import (
	"encoding/json"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	enumspb "go.temporal.io/api/enums/v1"
	historypb "go.temporal.io/api/history/v1"
	"go.temporal.io/api/temporalproto"
	"go.temporal.io/sdk/client"
	"go.temporal.io/sdk/converter"

	"example.dk/spark/internal/forloeb"
)

// historyFiles are kept for good, a folder for each release that made them.
const historyFiles = "testdata/histories/*/*.json"

// TestReplay runs every recorded history against today's code. A change of
// order fails it; such a change belongs behind workflow.GetVersion.
//
// Complaint K40.
func TestReplay(t *testing.T) {
	files, err := filepath.Glob(historyFiles)
	require.NoError(t, err)
	require.NotEmpty(t, files, "make record-histories")
	for _, file := range files {
		t.Run(filepath.Base(filepath.Dir(file))+"/"+filepath.Base(file), func(t *testing.T) {
			require.NoError(t, replayer().ReplayWorkflowHistoryFromJSONFile(quiet(), file))
		})
	}
}

// The newest release's histories lead through every status there is, so that
// one that is added must be recorded.
func TestEveryStatusIsRecorded(t *testing.T) {
	folders, err := filepath.Glob(filepath.Dir(historyFiles))
	require.NoError(t, err)
	require.NotEmpty(t, folders)
	newest := folders[len(folders)-1] // releases are named by their dates
	recorded := statusesIn(t, newest)
	for _, status := range forloeb.Statuses {
		require.True(t, recorded[status], "%s is not in %s: make record-histories", status, newest)
	}
}

// statusesIn are what the histories of a folder told Temporal's lists.
func statusesIn(t *testing.T, folder string) map[forloeb.Status]bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(folder, "*.json"))
	require.NoError(t, err)
	seen := map[forloeb.Status]bool{}
	for _, file := range files {
		reader, err := os.Open(file)
		require.NoError(t, err)
		defer reader.Close()
		history, err := client.HistoryFromJSON(reader, client.HistoryJSONOptions{})
		require.NoError(t, err)
		for _, event := range history.GetEvents() {
			shown := event.GetUpsertWorkflowSearchAttributesEventAttributes().GetSearchAttributes().GetIndexedFields()
			var status forloeb.Status
			if payload := shown[attributeStatus.GetName()]; payload != nil {
				require.NoError(t, converter.GetDefaultDataConverter().FromPayload(payload, &status))
				seen[status] = true
			}
		}
	}
	return seen
}

func quiet() logger { return logger{to: slog.New(slog.DiscardHandler)} }

// record writes the runs of one life to the folder that make record-histories
// names. They are replayed at once in any case.
func record(t *testing.T, life string, histories []*historypb.History) {
	t.Helper()
	for i, history := range histories {
		require.NoError(t, replayer().ReplayWorkflowHistory(quiet(), history))
		folder := os.Getenv("SPARK_RECORD_HISTORIES")
		if folder == "" {
			continue
		}
		forgetMachine(history)
		text, err := temporalproto.CustomJSONMarshalOptions{Indent: " "}.Marshal(history)
		require.NoError(t, err)
		file := filepath.Join(folder, life+"-"+strconv.Itoa(i+1)+".json")
		require.NoError(t, os.WriteFile(file, text, 0o644))
	}
}

// forgetMachine removes the name of the machine, which is part of the name of
// a worker's own queue.
func forgetMachine(history *historypb.History) {
	for _, event := range history.GetEvents() {
		queue := event.GetWorkflowTaskScheduledEventAttributes().GetTaskQueue()
		if queue.GetKind() == enumspb.TASK_QUEUE_KIND_STICKY {
			queue.Name = "sticky"
		}
	}
}

// mutation is a change to the process's source.
type mutation struct {
	name    string
	file    string
	replace []string // old, new, old, new …
	fails   bool
}

var mutations = []mutation{
	{
		name: "two activity calls swapped", file: "wait.go", fails: true,
		replace: []string{
			"	change.ID, change.Version, change.From =", "	if err := f.look(ctx); err != nil {\n\t\treturn err\n\t}\n	change.ID, change.Version, change.From =",
			"		change.Now = now\n		return change\n	})\n	if err != nil {\n		return err\n	}\n	return f.look(ctx)", "		change.Now = now\n		return change\n	})\n	return err",
		},
	},
	{
		name: "a timer added", file: "wait.go", fails: true,
		replace: []string{
			"	return f.commit(ctx, forloeb.Change{To: to, Cause: cause})",
			"	_ = workflow.Sleep(ctx, time.Hour)\n	return f.commit(ctx, forloeb.Change{To: to, Cause: cause})",
		},
	},
	{
		name: "a change that keeps the order", file: "wait.go",
		replace: []string{"brake = 20\n", "brake = 30\n", "pauseAfterFailure = time.Minute", "pauseAfterFailure = 2 * time.Minute"},
	},
}

// The gate is worth something: the same test, run on changed copies of the
// process, fails when the order of what the process does has changed.
func TestReplayNoticesAChangedOrder(t *testing.T) {
	for _, m := range mutations {
		t.Run(m.name, func(t *testing.T) {
			t.Parallel()
			output, err := m.replay(t)
			if !m.fails {
				require.NoError(t, err, output)
				return
			}
			require.Error(t, err)
			require.Contains(t, output, "TMPRL1100", "fails because of the order, and of nothing else")
		})
	}
}

// replay runs TestReplay with the mutated file in place of the real one.
func (m mutation) replay(t *testing.T) (string, error) {
	t.Helper()
	source, err := os.ReadFile(m.file)
	require.NoError(t, err)
	text := string(source)
	for i := 0; i < len(m.replace); i += 2 {
		require.Equal(t, 1, strings.Count(text, m.replace[i]), "the source still reads: %s", m.replace[i])
		text = strings.Replace(text, m.replace[i], m.replace[i+1], 1)
	}
	return replayWith(t, m.file, text)
}

// replayWith runs TestReplay with a text in place of one of this package's
// files.
func replayWith(t *testing.T, file, text string) (string, error) {
	t.Helper()
	real, err := filepath.Abs(file)
	require.NoError(t, err)
	folder := t.TempDir()
	changed, overlay := filepath.Join(folder, file), filepath.Join(folder, "overlay.json")
	require.NoError(t, os.WriteFile(changed, []byte(text), 0o600))
	replace, err := json.Marshal(map[string]map[string]string{"Replace": {real: changed}})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(overlay, replace, 0o600))
	output, err := exec.CommandContext(t.Context(), "go", "test", "-count=1", "-vet=off", "-overlay", overlay, "-run", "^TestReplay$", ".").CombinedOutput()
	return string(output), err
}
