package smtpfault

import "fmt"

// Odds are the probabilities with which a session fails in each way; what is
// left to one is the probability that it goes well.
type Odds map[Fault]float64

// Evenly gives every fault the same share of a probability.
func Evenly(p float64, faults ...Fault) Odds {
	o := Odds{}
	for _, f := range faults {
		o[f] = p / float64(len(faults))
	}
	return o
}

func (o Odds) check() error {
	sum := 0.0
	for f, p := range o {
		if _, known := scripts[f]; !known {
			return unknown(f)
		}
		if p < 0 {
			return fmt.Errorf("smtpfault: the probability of %s is negative", f)
		}
		sum += p
	}
	if sum > 1+1e-9 {
		return fmt.Errorf("smtpfault: the probabilities sum to %g", sum)
	}
	return nil
}

// draw turns a number from 0 to 1 into a fault. The order is fixed, so that a
// seed gives the same faults again.
func (o Odds) draw(at float64) Fault {
	for _, f := range Faults() {
		if at < o[f] {
			return f
		}
		at -= o[f]
	}
	return None
}

func unknown(f Fault) error { return fmt.Errorf("smtpfault: there is no fault %q", f) }
