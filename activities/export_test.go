package activities

// For the tests of what the limits add up to.
const (
	LateAfter   = lateAfter
	SendTimeout = sendTimeout
)
