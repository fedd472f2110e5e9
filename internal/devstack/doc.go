// Package devstack runs the parts SPARK needs around it on one machine: PostgreSQL, Temporal, a mail catcher and a login
// for the staff.
//
// They are the real ones, or speak as those do, so that what works for `spark dev`, `spark demo` and the tests works in
// production. Everything listens on loopback only, keeps its state in one directory, and goes when its starter goes,
// also when that is killed.
package devstack
