// Package bench measures the product where speed was promised: against a
// database of its own, made for it, and as ratios to a baseline in the same
// run, since the machine it runs on is anybody's.
package bench
