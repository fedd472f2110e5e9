package forloeb

// Words are what a programme says of itself to those who apply.
type Words struct {
	Consultant string // whoever comes; -en, -er and -erne can follow
}

var sparkWords = Words{Consultant: "konsulent"}

var regionalWords = Words{Consultant: "ekspert"}
