//go:build !linux

package devstack

import "syscall"

// Only Linux can do this. Elsewhere Temporal notices that its standard input closes, and a PostgreSQL left behind is
// found and stopped by the next start.
func signalOnParentDeath(*syscall.SysProcAttr, syscall.Signal) {}
