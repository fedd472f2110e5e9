package forloeb

import (
	"strconv"
	"time"

	"github.com/google/uuid"
)

// Earlier is another forløb at the same workplace.
type Earlier struct {
	Twin
	Open         bool
	Programme    ProgrammeCode
	Themes       []ThemeCode
	Began        time.Time // when its last consultant took it
	ConsultantID uuid.UUID
	Consultant   string
}

// Words tells of it in a sentence: "Har haft et forløb i 2024 med Karen Lund om
// samarbejde."
func (e Earlier) Words() string {
	words := "Har haft et forløb i "
	if e.Open {
		words = "Har også et åbent forløb fra "
	}
	words += strconv.Itoa(e.Began.In(Copenhagen).Year()) + " med " + e.Consultant
	programme, _ := ProgrammeByCode(e.Programme)
	var about []string
	for _, code := range e.Themes {
		if theme, known := programme.Theme(code); known {
			about = append(about, theme.Short)
		}
	}
	if about != nil {
		words += " om " + AndList(about)
	}
	return words + "."
}
