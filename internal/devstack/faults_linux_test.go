package devstack

import (
	"fmt"
	"os/exec"
	"strconv"
	"testing"

	"github.com/stretchr/testify/require"
)

func init() { tasks["program"] = holdPausedProgram }

func holdPausedProgram(string) error {
	cmd := exec.Command("cat")
	if _, err := cmd.StdinPipe(); err != nil {
		return err
	}
	p, err := StartProgram(cmd)
	if err != nil {
		return err
	}
	p.Pause()
	fmt.Println(p.PID())
	select {}
}

func TestPausedProgramDiesWithItsStarter(t *testing.T) {
	holder, line := startTask(t, "program")
	pid, err := strconv.Atoi(line)
	require.NoError(t, err)
	require.True(t, alive(pid))
	killNow(t, holder)
	eventually(t, "the program is gone", func() bool { return !alive(pid) })
}
