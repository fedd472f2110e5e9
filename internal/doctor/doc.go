// Package doctor examines a running installation and says what to do: each
// check gives findings, of a level, one sentence and one remedy. It reads, and
// mends only what is safe: it wakes or starts workflows as the relay does, and
// creates search attributes. It never sends a mail and deletes nothing.
//
// FindDrift, which compares the rows with Temporal, also runs on a schedule in
// the workers (Reconciler).
package doctor
