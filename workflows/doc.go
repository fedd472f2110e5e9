// Package workflows is when things happen: one workflow per forløb, from the
// application to the evaluation a year later. It waits for signals, sleeps to
// the next date and decides what is next; activities do it.
//
// The workflow is a loop over the status in the forløb's row. It keeps no
// fact of its own: on every wake-up it reads a view of the facts again, so
// that a lost, doubled, early or late signal changes nothing, and so that a
// fresh run continues wherever the forløb stands. It never calls the
// calendar: due dates come with the view, are recorded in the history, and
// are only compared with the workflow's clock.
package workflows
