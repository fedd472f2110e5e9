package forloeb

// YearCounts are the figures of one year.
type YearCounts struct {
	Received  int // applications
	Completed int // forløb
}
