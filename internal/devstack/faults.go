package devstack

import (
	"os/exec"
	"syscall"
	"time"
)

// What a crash test does to the parts, beside Kill and Stop: a part that is paused keeps its place and its connections
// and does nothing, as on a machine that is starved. Stop and Kill end a paused part too. To start a part again, start
// it with the same options and the port that it had.
//
// Clients that try a dead server's port again and again may be given that very port as their own end. So whoever
// crashes servers for long gives them ports below those that the system hands out.

// Pause freezes every process of the server.
func (p *Postgres) Pause() { p.signal(syscall.SIGSTOP) }

// Resume ends a Pause.
func (p *Postgres) Resume() { p.signal(syscall.SIGCONT) }

// signal begins with the postmaster: dead or frozen it starts no more children, and sees none of them die.
func (p *Postgres) signal(s syscall.Signal) {
	if p.proc.ended() {
		return // what runs on the data now is another server
	}
	p.proc.signal(s)
	for _, pid := range serverProcesses(p.data) {
		if pid != p.proc.pid() {
			_ = syscall.Kill(pid, s)
		}
	}
}

// Pause freezes the server.
func (t *Temporal) Pause() { t.proc.signal(syscall.SIGSTOP) }

// Resume ends a Pause.
func (t *Temporal) Resume() { t.proc.signal(syscall.SIGCONT) }

// A program gets a little longer to stop than the product's worker takes to see its activities end.
const programStopWithin = 45 * time.Second

// Program is a process of the product beside the servers.
type Program struct{ proc *process }

// StartProgram starts cmd, which Ctrl-C in the terminal does not reach. It is killed when we die.
func StartProgram(cmd *exec.Cmd) (*Program, error) {
	p, err := startProcess(cmd, syscall.SIGKILL) // any other signal would wait for a paused one to resume
	if err != nil {
		return nil, err
	}
	return &Program{p}, nil
}

// PID is the process's number.
func (p *Program) PID() int { return p.proc.pid() }

// Done is closed when the program has ended, by us or on its own.
func (p *Program) Done() <-chan struct{} { return p.proc.done }

// Pause freezes the program.
func (p *Program) Pause() { p.proc.signal(syscall.SIGSTOP) }

// Resume ends a Pause.
func (p *Program) Resume() { p.proc.signal(syscall.SIGCONT) }

// Stop ends the program in order and waits until it is gone.
func (p *Program) Stop() { p.proc.stop(syscall.SIGTERM, programStopWithin) }

// Interrupt is Stop for a program that Ctrl-C ends in order, such as PostgreSQL with clients.
func (p *Program) Interrupt() { p.proc.stop(syscall.SIGINT, programStopWithin) }

// Kill ends the program as a crash would.
func (p *Program) Kill() { p.proc.kill() }
